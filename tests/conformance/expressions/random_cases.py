"""Random templates through paraphe and Jinja2; what differs unasked is made small and printed."""

import copy
import collections
import json
import multiprocessing
import random
import subprocess

from grammar import Grammar, Node
import oracle

ATOMS = ["1", "'a'", "[]", "0", "none", "true", "[1]", "{}"]


class Ours:
    """paraphe's side: one process, a template a line."""

    def __init__(self, runner, data):
        self.process = subprocess.Popen([runner, data], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def render(self, source):
        self.process.stdin.write(json.dumps(source, ensure_ascii=False) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"expression_runner ended at {source!r}")
        answer = json.loads(line)
        return answer.get("text", oracle.REFUSED), answer.get("error", "")


class Judge:
    def __init__(self, runner, data):
        self.ours = Ours(runner, data)
        with open(data, encoding="utf-8") as file:
            self.data = json.load(file)
        self.exact = oracle.exact_data(self.data)
        self.plain = oracle.as_it_is()
        self.wanted = oracle.Wanted()

    def judge(self, source):
        """("equal" | "both refuse" | "wanted" | "different", rules, details)

        Each side gets data of its own: `mots | indent` in Jinja2 appends to the list.
        """
        ours, error = self.ours.render(source)
        theirs = oracle.render(self.plain, source, copy.deepcopy(self.data))
        if ours == theirs:
            return ("both refuse" if ours is oracle.REFUSED else "equal"), (), ""
        self.wanted.fired = set()
        adjusted = oracle.render(self.wanted, source, copy.deepcopy(self.exact))
        rules = tuple(sorted(self.wanted.fired))
        if ours == adjusted and rules:
            return "wanted", rules, ""
        return "different", rules, (ours, error, theirs, adjusted)

    def minimise(self, tree):
        """Deletes and replaces parts as long as both sides still differ unasked."""
        tree = copy.deepcopy(tree)
        shrunk = True
        while shrunk:
            shrunk = False
            for parts, index in list(tree.nodes()):
                node = parts[index]
                candidates = []
                if node.kind in ("opt", "body"):
                    candidates.append("")
                if node.kind in ("expr", "body", "template"):
                    candidates += [below for holder, at in node.nodes()
                                   for below in [holder[at]] if below.kind == node.kind]
                if node.kind == "expr":
                    candidates += [Node("expr", atom) for atom in ATOMS]
                size = len(node.text())
                for candidate in candidates:
                    text = candidate if isinstance(candidate, str) else candidate.text()
                    if len(text) >= size:
                        continue
                    parts[index] = candidate
                    if self.judge(tree.text())[0] == "different":
                        shrunk = True
                        break
                    parts[index] = node
                if shrunk:
                    break
        return tree.text()


def batch(arguments):
    """One process: `count` templates from a seed of its own."""
    runner, data, seed, count, most = arguments
    judge = Judge(runner, data)
    grammar = Grammar(random.Random(seed))
    verdicts = collections.Counter()
    rules = collections.Counter()
    different = {}
    for _ in range(count):
        tree = grammar.template()
        verdict, fired, _ = judge.judge(tree.text())
        verdicts[verdict] += 1
        if verdict == "wanted":
            rules.update(fired)
        if verdict == "different" and len(different) < most:
            small = judge.minimise(tree)
            different[small] = judge.judge(small)[2]
    return verdicts, rules, different


def escaped(text):
    if text is oracle.REFUSED:
        return "!"
    text = text.replace("\n", "␤")
    if text.startswith(" "):
        text = "␠" + text[1:]
    if text.endswith(" "):
        text = text[:-1] + "␠"
    return text


def compare(runner, data, seed, count, processes=2, batches=20, most=5):
    """Verdicts, wanted differences by rule, and the small cases that differ unasked."""
    verdicts, rules, different = collections.Counter(), collections.Counter(), {}
    jobs = [(runner, data, f"{seed}/{index}", count // batches, most) for index in range(batches)]
    with multiprocessing.Pool(processes) as pool:
        for some, fired, found in pool.imap(batch, jobs):
            verdicts.update(some)
            rules.update(fired)
            different.update(found)
    return verdicts, rules, different
