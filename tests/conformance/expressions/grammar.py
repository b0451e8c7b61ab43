"""Random templates of the expression language, as trees that can be made smaller.

A Node is a list of strings and Nodes; its text is theirs, one after the other. Its kind says what
may stand in its place: "expr" (any expression in parentheses or an atom), "opt" (may be left out),
"body" (text with tags, may be left out).
"""


class Node:
    def __init__(self, kind, *parts):
        self.kind = kind
        self.parts = list(parts)

    def text(self):
        return "".join(p if isinstance(p, str) else p.text() for p in self.parts)

    def nodes(self):
        """Every node below, with the list and index that hold it, outermost first."""
        for index, part in enumerate(self.parts):
            if isinstance(part, Node):
                yield self.parts, index
                yield from part.nodes()

    def expressions(self):
        for parts, index in self.nodes():
            if parts[index].kind == "expr":
                yield parts[index]


TEXTS = ["''", "'a'", "'Évry'", "'le chat'", "'1'", "'2.5'", "'a,b,c'", "'été'", "'ABC'", "' x '",
         "'l\\'eau'", "'x\\ny'", "nom", "vide", "phrase", "mots[1]", "adresse.ville", "lignes"]
NUMBERS = ["0", "1", "2", "3", "7", "10", "-1", "-4", "42", "age", "nombres[0]",
           "adresse.rue.numero", "1.5", "0.25", "2.0", "-0.5", "prix", "0.1", "100"]
LISTS = ["[]", "[1, 2, 3]", "nombres", "mots", "aucun", "menage", "[1.5, 2]", "['b', 'A', 'a']",
         "(1, 'a')", "[3, 1, 2, 1]", "[[1, 2], [3]]", "[none, 1]", "[true, false]",
         "[{'k': 2}, {'k': 1}]", "range(4)", "range(1, 9, 3)", "range(3, 0, -1)"]
MAPS = ["adresse", "notes", "{}", "{'a': 1}", "{'b': [1], 'a': 'x'}", "adresse.rue",
        "items_de_test", "menage[0]", "dict(a=1, b='c')", "{1: 'un', 'deux': 2}"]
ODD = ["inconnu", "none", "rien", "adresse.pays", "nombres[9]", "vrai", "faux", "true", "false"]
FIELDS = ["nom", "age", "ville", "actif", "k", "a", "absent"]
TYPES = ["text", "number", "list", "map", "truth"]


class Grammar:
    def __init__(self, random):
        self.random = random
        self.bound = []

    def pick(self, items):
        return self.random.choice(items)

    def chance(self, probability):
        return self.random.random() < probability

    # --- Templates ----------------------------------------------------------------------------

    def template(self):
        self.bound = []
        if self.chance(0.72):
            return Node("template", *self.printed(self.random.randint(1, 5)))
        return Node("template", self.body(self.random.randint(1, 3)))

    def output(self, depth):
        return Node("body", *self.printed(depth))

    def printed(self, depth):
        """A tag that prints: what has no writing of its own mostly by way of one that has, since
        both sides write lists and truth in their own manner."""
        wanted = self.pick(TYPES)
        tree = self.expression(depth, wanted)
        if self.chance(0.1):
            return "{{ ", tree, " }}"
        if wanted == "truth":
            return "{{ 'o' if ", tree, " else 'n' }}"
        if wanted == "list":
            return "{% for z in ", tree, " %}{{ z", Node("opt", " ~ ';'"), " }}{% endfor %}"
        if wanted == "map":
            return "{% for k, z in ", tree, ".items() %}{{ k ~ '=' ~ z }}{% endfor %}"
        return "{{ ", tree, " }}"

    def body(self, depth):
        parts = []
        for _ in range(self.random.randint(1, 3)):
            parts.append(self.statement(depth) if depth > 0 and self.chance(0.55)
                         else self.output(2) if self.chance(0.75)
                         else Node("body", self.pick([" - ", "x", "é;", "\n"])))
        return Node("body", *parts)

    def inner(self, names, depth):
        self.bound += names
        out = self.body(depth)
        if self.chance(0.8):
            out.parts.append(Node("body", "{{ ", Node("expr", self.pick(names)), " }}"))
        del self.bound[len(self.bound) - len(names):]
        return out

    def statement(self, depth):
        way = self.random.randint(0, 9)
        if way < 4:
            return self.loop(depth - 1)
        if way < 7:
            parts = ["{% if ", self.expression(2, "truth"), " %}", self.body(depth - 1)]
            if self.chance(0.3):
                parts.append(Node("opt", "{% elif ", self.expression(2, "truth"), " %}",
                                  self.body(depth - 1)))
            if self.chance(0.5):
                parts.append(Node("opt", "{% else %}", self.body(depth - 1)))
            return Node("body", *parts, "{% endif %}")
        if way < 8:
            name = self.pick(["u", "v"])
            value = self.expression(2, self.plain())
            self.bound.append(name)
            return Node("body", "{% set " + name + " = ", value, " %}",
                        Node("body", "{{ ", Node("expr", name), " }}"))
        if way < 9:
            return Node("body", "{% with w = ", self.expression(2, self.plain()), " %}",
                        self.inner(["w"], depth - 1), "{% endwith %}")
        if self.chance(0.5):
            return Node("body", "{% set ns = namespace(n=", self.expression(1, "number"),
                        ") %}{% for x in ", self.expression(1, "list"), " %}{% set ns.n = ",
                        Node("expr", "(ns.n ", self.pick(["+", "~", "*"]), " ",
                             Node("expr", self.pick(["x", "1", "loop.index"])), ")"),
                        " %}{% endfor %}{{ ns.n }}")
        return Node("body", "{% set t %}", self.body(depth - 1), "{% endset %}{{ t }}")

    def loop(self, depth):
        if self.chance(0.25):
            names, source = ["p", "q"], Node("expr", "(", self.expression(1, "map"),
                                             self.pick([".items()", " | items", " | dictsort"]),
                                             ")")
        else:
            names, source = [self.pick(["x", "y"])], self.expression(2, "list")
        parts = ["{% for " + ", ".join(names) + " in ", source]
        self.bound += names
        if self.chance(0.2):
            parts.append(Node("opt", " if ", self.expression(1, "truth")))
        parts.append(" %}")
        parts.append(self.inner(names, depth))
        del self.bound[len(self.bound) - len(names):]
        if self.chance(0.5):
            parts.append(Node("body", "{{ loop." + self.pick(
                ["index", "index0", "revindex", "revindex0", "length", "cycle('a', 'b')"]) + " }}"))
        if self.chance(0.2):
            parts.append(Node("body", "{{ ", Node(
                "expr", self.pick(["loop.first", "loop.last", f"loop.changed({names[0]})",
                                   "loop.previtem | default('-')",
                                   "loop.nextitem | default('-')"])), " }}"))
        if self.chance(0.3):
            parts.append(Node("opt", "{% else %}", self.body(depth)))
        return Node("body", *parts, "{% endfor %}")

    # --- Expressions --------------------------------------------------------------------------

    def expression(self, depth, wanted=None):
        """An expression, mostly of the wanted type; sometimes of another, to see both refuse."""
        if wanted is None:
            wanted = self.pick(TYPES)
        elif self.chance(0.07):
            wanted = self.pick(TYPES)
        if self.bound and self.chance(0.2):
            return Node("expr", self.pick(self.bound))
        if self.chance(0.04):
            return Node("expr", self.pick(ODD))
        if depth <= 0:
            return self.atom(wanted)
        if self.chance(0.08):
            return Node("expr", "(", self.expression(depth - 1, wanted), " if ",
                        self.expression(depth - 1, "truth"),
                        Node("opt", " else ", self.expression(depth - 1, wanted)), ")")
        if self.chance(0.05):
            return Node("expr", "(", self.expression(depth - 1), " | default(",
                        self.atom(wanted), Node("opt", self.pick(["", ", true"])), "))")
        return getattr(self, wanted)(depth - 1)

    def plain(self):
        """Mostly what both sides write alike."""
        return self.pick(["text", "number"]) if self.chance(0.8) else self.pick(TYPES)

    def atom(self, wanted):
        return Node("expr", self.pick({"text": TEXTS, "number": NUMBERS, "list": LISTS,
                                       "map": MAPS, "truth": ODD[-4:]}[wanted]))

    def piped(self, subject, name, *arguments):
        """subject | name(arguments), the arguments optional from the end."""
        parts = ["(", subject, " | ", name]
        if arguments:
            parts.append("(")
            for index, argument in enumerate(arguments):
                parts.append(Node("opt" if index or self.chance(0.5) else "part",
                                  ", " if index else "", argument))
            parts.append(")")
        return Node("expr", *parts, ")")

    def text(self, depth):
        e = self.expression
        way = self.random.randint(0, 13)
        if way == 0:
            return Node("expr", "(", e(depth, self.plain()), " ~ ", e(depth, self.plain()), ")")
        if way == 1:
            return Node("expr", "(", e(depth, "text"), " + ", e(depth, "text"), ")")
        if way == 2:
            return Node("expr", "(", e(depth, "text"), " * ", self.pick(["0", "2", "-1", "3"]), ")")
        if way in (3, 4):
            return self.piped(e(depth, "text"), self.pick(
                ["upper", "lower", "capitalize", "title", "trim", "reverse", "string"]))
        if way == 5:
            return self.piped(e(depth, "text"), "replace", e(0, "text"), e(0, "text"),
                              self.pick(["0", "1", "2"]))
        if way == 6:
            return self.piped(e(depth, "list"), "join", self.pick(["', '", "'-'", "''"]))
        if way == 7:
            return self.piped(e(depth, "text"), "truncate", self.pick(["3", "8", "20"]),
                              self.pick(["true", "false"]), self.pick(["'…'", "''"]),
                              self.pick(["0", "2"]))
        if way == 8:
            return self.piped(e(depth, "text"), "indent", self.pick(["1", "2", "'> '"]),
                              self.pick(["true", "false"]), self.pick(["true", "false"]))
        if way == 9:
            return Node("expr", e(depth, "text"), "." + self.pick(
                ["upper()", "lower()", "capitalize()", "title()", "strip()", "lstrip()",
                 "rstrip('e')", "strip('aé')", "replace('a', 'bb')", "replace('e', '', 1)"]))
        if way == 10:
            return Node("expr", e(depth, "text"), self.slice())
        if way == 11:
            return Node("expr", e(depth, "text"), "[", self.pick(["0", "-1", "1", "9"]), "]")
        if way == 12:
            return Node("expr", self.pick(["', '", "'-'"]), ".join(", e(depth, "list"), ")")
        return self.piped(e(depth, "list"), self.pick(["first", "last", "min", "max"]))

    def number(self, depth):
        e = self.expression
        way = self.random.randint(0, 10)
        if way < 4:
            return Node("expr", "(", e(depth, "number"), " ",
                        self.pick(["+", "-", "*", "/", "//", "%"]), " ", e(depth, "number"), ")")
        if way == 4:
            return Node("expr", "(", e(depth, "number"), " ** ",
                        self.pick(["2", "3", "0", "1", "-1", "0.5"]), ")")
        if way == 5:
            return Node("expr", "(", self.pick(["-", "+", "- -"]), e(depth, "number"), ")")
        if way == 6:
            return self.piped(e(depth, self.pick(["number", "text"])), self.pick(["int", "float"]),
                              self.pick(["5", "0", "-1"]))
        if way == 7:
            return self.piped(e(depth, "number"), "round", self.pick(["0", "1", "2"]),
                              self.pick(["'common'", "'ceil'", "'floor'"]))
        if way == 8:
            return self.piped(e(depth, self.pick(["list", "text", "map"])),
                              self.pick(["length", "count", "wordcount"]))
        if way == 9:
            return self.piped(e(depth, "list"), self.pick(
                ["sum", "min", "max", "first", "last", "sum(attribute='age')", "sum(start=2)"]))
        return self.pick([
            lambda: self.piped(e(depth, "number"), "abs"),
            lambda: Node("expr", e(depth, "text"), self.pick(
                [".count('a')", ".find('e')", ".count('')", ".find('')"])),
            lambda: Node("expr", e(depth, "list"), "[", self.pick(["0", "1", "-1"]), "]")])()

    def list(self, depth):
        e = self.expression
        way = self.random.randint(0, 15)
        if way == 0:
            kind = self.plain()
            return Node("expr", "[", e(depth, kind), Node("opt", ", ", e(depth, kind)), "]")
        if way == 1:
            return Node("expr", "(", e(depth, "list"), " + ", e(depth, "list"), ")")
        if way == 2:
            return Node("expr", "(", e(depth, "list"), " * ", self.pick(["0", "2", "-1"]), ")")
        if way == 3:
            return self.piped(e(depth, "list"), "sort", self.pick(["true", "false"]),
                              self.pick(["true", "false"]))
        if way == 4:
            return self.piped(e(depth, "list"), self.pick(["reverse", "list", "unique"]))
        if way == 5:
            return Node("expr", e(depth, "list"), self.slice())
        if way == 6:
            return self.piped(e(depth, "list"), "map", self.pick(
                ["'upper'", "'length'", "'string'", "'int'", "'abs'", "'first'", "'round', 1",
                 "'default', 'x'", "attribute='" + self.pick(FIELDS) + "'",
                 "attribute='" + self.pick(FIELDS) + "', default='-'", "'replace', 'a', 'b'"]))
        if way == 7:
            return self.piped(e(depth, "list"), self.pick(["select", "reject"]), self.pick(
                ["", "'even'", "'odd'", "'gt', 1", "'string'", "'number'", "'defined'", "'none'",
                 "'equalto', 1", "'in', [1, 'a']", "'divisibleby', 2", "'lower'", "'mapping'"]))
        if way == 8:
            return self.piped(Node("expr", "menage"), self.pick(["selectattr", "rejectattr"]),
                              "'" + self.pick(FIELDS) + "'" + self.pick(
                                  ["", ", 'equalto', 'Évry'", ", 'gt', 40", ", 'defined'",
                                   ", 'in', ['Metz', 55]", ", 'string'"]))
        if way == 9:
            return self.piped(Node("expr", self.pick(["menage", "[{'k': 2}, {'k': 1}]"])),
                              self.pick(["sort", "unique", "map", "groupby"]),
                              self.pick(["attribute='", "attribute='"]) + self.pick(FIELDS) + "'")
        if way == 10:
            return self.piped(e(depth, "list"), "batch", self.pick(["1", "2", "3"]),
                              self.pick(["0", "'-'"]))
        if way == 11:
            return self.piped(e(depth, "text"), "list")
        if way == 12:
            return Node("expr", e(depth, "text"), self.pick(
                [".split()", ".split(',')", ".split(' ')", ".split('a', 1)", ".splitlines()",
                 ".split(maxsplit=1)", ".split('é')"]))
        if way == 13:
            return self.piped(e(depth, "map"), self.pick(
                ["items", "dictsort", "list", "dictsort(by='value')", "dictsort(true)",
                 "dictsort(reverse=true)"]))
        if way == 14:
            return Node("expr", e(depth, "map"), self.pick([".keys()", ".values()", ".items()"]))
        return Node("expr", "range(", self.pick(["0", "3", "-2"]), Node(
            "opt", self.pick([", 5", ", 1"]), Node("opt", self.pick([", 2", ", -1"]))), ")")

    def map(self, depth):
        e = self.expression
        way = self.random.randint(0, 4)
        if way < 2:
            return Node("expr", "{'a': ", e(depth, self.plain()),
                        Node("opt", ", ", self.pick(["'b'", "'a'", "1", "'é'"]), ": ",
                             e(depth, self.plain())),
                        "}")
        if way == 2:
            return Node("expr", "dict(", self.pick(["a", "nom"]), "=", e(depth, self.plain()), ")")
        return self.pick([lambda: Node("expr", "menage[", self.pick(["0", "-1", "2"]), "]"),
                          lambda: self.piped(Node("expr", "menage"), self.pick(["first", "last"])),
                          lambda: self.atom("map")])()

    def truth(self, depth):
        e = self.expression
        kind = self.pick(TYPES)
        way = self.random.randint(0, 9)
        if way < 3:
            return Node("expr", "(", e(depth, kind), " ", self.pick(
                ["==", "!=", "<", "<=", ">", ">="]), " ", e(depth, kind), ")")
        if way == 3:
            return Node("expr", "(", e(depth, "number"), self.pick([" < ", " == ", " >= "]),
                        e(depth, "number"), Node("opt", self.pick([" <= ", " != "]),
                                                 e(depth, "number")), ")")
        if way == 4:
            return Node("expr", "(", e(depth), self.pick([" and ", " or "]), e(depth), ")")
        if way == 5:
            return Node("expr", "(not ", e(depth), ")")
        if way == 6:
            return Node("expr", "(", e(depth), self.pick([" in ", " not in "]),
                        e(depth, self.pick(["list", "text", "map"])), ")")
        if way == 7:
            return Node("expr", e(depth, "text"), self.pick(
                [".startswith('l')", ".endswith(('t', 'y'))", ".isdigit()", ".isalpha()"]))
        return Node("expr", "(", e(depth), self.pick([" is ", " is not "]), self.pick(
            ["defined", "undefined", "none", "string", "number", "mapping", "sequence", "iterable",
             "boolean", "true", "false", "integer", "float", "odd", "even", "lower", "upper",
             "divisibleby(2)", "divisibleby 3", "eq(1)", "ne('a')", "lt(2)", "ge(2)", "gt(1)",
             "le(5)", "in([1, 'a'])", "sameas(1)"][:-1]), ")")

    def slice(self):
        number = lambda: Node("opt", self.pick(["0", "1", "2", "-1", "-2", "9", "-9"]))
        step = Node("opt", ":", Node("opt", self.pick(["1", "2", "-1", "-2"])))
        return Node("part", "[", number(), ":", number(), step if self.chance(0.4) else "", "]")
