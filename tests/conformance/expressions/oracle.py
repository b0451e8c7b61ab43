"""Jinja2 as it is, and Jinja2 with the wanted differences of README.md's table built in.

Where both give what paraphe gives, nothing is to be said. Where only the second does, the
difference is a wanted one, and `fired` tells by which rows of the table.
"""

import fractions
import math
import signal

import jinja2
import jinja2.filters
import jinja2.nodes
import jinja2.sandbox
import jinja2.tests

REFUSED = None


class TooLong(Exception):
    pass


def stop(*_):
    raise TooLong()


def render(environment, source, data):
    """What the template writes; REFUSED for whatever is raised in Python."""
    signal.signal(signal.SIGVTALRM, stop)  # of computing: the machine may be busy
    signal.setitimer(signal.ITIMER_VIRTUAL, 10)
    try:
        return environment.from_string(source).render(data)
    except TooLong:
        raise
    except (Exception, RecursionError):
        return REFUSED
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def as_it_is():
    return jinja2.Environment(undefined=jinja2.StrictUndefined)


class Exact(fractions.Fraction):
    """`exact`, `entier`, `quotient`: a number with decimals is a fraction that prints its digits."""

    def __str__(self):
        rest, places = self.denominator, 0
        while rest % 10 == 0:
            rest, places = rest // 10, places + 1
        for prime in (2, 5):
            while rest % prime == 0:
                rest, places = rest // prime, places + 1
        if rest != 1:
            raise ValueError("unending")
        digits = str(abs(self.numerator) * 10 ** places // self.denominator).rjust(places + 1, "0")
        whole, decimals = digits[:len(digits) - places], digits[len(digits) - places:]
        return ("-" if self < 0 else "") + (whole + "." + decimals.rstrip("0")).rstrip(".")

    __repr__ = __str__
    __hash__ = fractions.Fraction.__hash__


def number(value):
    if isinstance(value, bool) or not isinstance(value, (int, float, fractions.Fraction)):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("not a number")
        value = fractions.Fraction(repr(value))
    if value.denominator == 1:
        value = int(value)
        return value
    return Exact(value)


def operator(name):
    function = getattr(fractions.Fraction, name)

    def run(*arguments):
        result = function(*arguments)
        return result if result is NotImplemented else number(result)

    return run


for _name in ("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "mod", "rmod",
              "floordiv", "rfloordiv", "pow", "neg", "pos", "abs"):
    setattr(Exact, f"__{_name}__", operator(f"__{_name}__"))


class Wanted(jinja2.sandbox.SandboxedEnvironment):
    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])
    intercepted_unops = frozenset()

    def __init__(self):
        super().__init__(undefined=jinja2.StrictUndefined, optimized=False)
        self.fired = set()

        @jinja2.pass_context
        def finalize(_, value):
            return self.printed(value)

        self.finalize = finalize
        for name in ("map", "select", "reject", "selectattr", "rejectattr", "reverse", "items",
                     "unique", "batch"):
            self.filters[name] = self.listing(self.filters[name])
        for name in ("upper", "lower", "capitalize", "title", "trim", "truncate", "indent",
                     "wordcount"):
            self.filters[name] = self.of_text(self.filters[name])
        self.filters["exact__"] = lambda text: number(fractions.Fraction(text))
        self.filters["strict__"] = self.strict
        self.filters["sliced__"] = self.sliced
        self.filters["replace"] = self.replace
        self.filters["round"] = self.round
        self.filters["int"] = self.int
        self.filters["float"] = self.float
        self.filters["string"] = self.string
        self.filters["join"] = self.join
        for name in ("upper", "lower"):
            self.tests[name] = self.text_test(self.tests[name])
        self.tests["float"] = lambda value: isinstance(value, Exact)
        self.globals["range"] = self.listing(range)

    def fire(self, rule):
        self.fired.add(rule)

    # --- booléens, none, listes -----------------------------------------------------------------

    def show(self, value):
        """A value inside a list or map."""
        if isinstance(value, bool):
            self.fire("booléens")
            return "oui" if value else "non"
        if isinstance(value, dict):
            return "{" + ", ".join(
                f"{self.show(k)}: {self.show(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.show, value)) + "]"
        if isinstance(value, tuple):
            inside = ", ".join(map(self.show, value))
            return f"({inside},)" if len(value) == 1 else f"({inside})"
        if isinstance(value, jinja2.Undefined):
            self.fire("indéfini")
            raise ValueError("undefined")
        return repr(value)

    def printed(self, value):
        if value is None:
            self.fire("none")
            raise ValueError("none")
        if callable(value) and not isinstance(value, jinja2.Undefined):
            self.fire("champs")
            raise ValueError("a method")
        if isinstance(value, (bool, dict, list, tuple)):
            return self.show(value)
        return value

    def strict(self, value):
        if isinstance(value, jinja2.Undefined):
            self.fire("indéfini")
            raise ValueError("undefined")
        return value

    def sliced(self, value):
        """Folding constants, Jinja2 gives an undefined value for 1[:]; run, it refuses."""
        if not isinstance(value, (str, list, tuple)):
            self.fire("indéfini")
            raise TypeError("no slice of it")
        return value

    def string(self, value):
        return str(self.printed(value))

    @jinja2.pass_eval_context
    def join(*arguments):
        self, context, value, *rest = arguments
        parts = jinja2.filters.sync_do_join(context, [self.printed(v) for v in value], *rest)
        return parts

    def listing(self, function):
        def run(*arguments, **named):
            if arguments and function is not range:
                self.a_group(arguments[1] if hasattr(function, "jinja_pass_arg") else arguments[0])
            result = function(*arguments, **named)
            if isinstance(result, (str, list)):
                return result
            self.fire("listes")
            return [self.strict(each) for each in result]

        if hasattr(function, "jinja_pass_arg"):
            run.jinja_pass_arg = function.jinja_pass_arg
        return run

    def a_group(self, value):
        if isinstance(value, (int, Exact)) or value is None:
            self.fire("listes")
            raise ValueError("a filter on lists")

    # --- texte ----------------------------------------------------------------------------------

    def of_text(self, function):
        """A filter whose subject and arguments are texts: numbers become text, the rest not."""
        passes = hasattr(function, "jinja_pass_arg")

        def run(*arguments, **named):
            arguments = list(arguments)
            for at in range(1 if passes else 0, len(arguments)):
                value = arguments[at]
                self.not_a_group(value)
                if at == (1 if passes else 0) and not isinstance(value, (str, jinja2.Undefined)):
                    self.fire("texte")
                    arguments[at] = str(self.printed(value))
            return function(*arguments, **named)

        if passes:
            run.jinja_pass_arg = function.jinja_pass_arg
        return run

    def replace(self, value, old, new, count=None):
        texts = []
        for each in (value, old, new):
            self.not_a_group(each)
            if not isinstance(each, (str, jinja2.Undefined)):
                self.fire("texte")
                each = str(self.printed(each))
            texts.append(self.strict(each))
        return texts[0].replace(texts[1], texts[2], -1 if count is None else count)

    def not_a_group(self, value):
        if isinstance(value, (list, tuple, dict)) or value is None:
            self.fire("texte")
            raise ValueError("a filter on text")

    def text_test(self, function):
        def run(value):
            self.not_a_group(value)
            return function(self.printed(value))

        return run

    # --- exact, arrondi, 64 bits, racines, format -------------------------------------------------

    def bounded(self, value):
        if isinstance(value, int) and not -2 ** 63 <= value < 2 ** 63:
            self.fire("64 bits")
            raise ValueError("64 bits")
        return value

    def call_binop(self, context, operator, left, right):
        if operator == "%" and isinstance(left, str):
            self.fire("format")
            raise ValueError("format")
        numbers = (int, fractions.Fraction)
        if isinstance(left, numbers) and isinstance(right, numbers):
            if operator == "/":
                self.fire("quotient")
                return self.bounded(number(fractions.Fraction(left) / fractions.Fraction(right)))
            if operator == "**":
                if isinstance(right, Exact):
                    self.fire("racines")
                    raise ValueError("racines")
                if right < 0 or isinstance(left, Exact):
                    self.fire("exact")
                return self.bounded(number(fractions.Fraction(left) ** right))
            if isinstance(left, Exact) or isinstance(right, Exact):
                self.fire("exact")
        return self.bounded(super().call_binop(context, operator, left, right))

    def round(self, value, precision=0, method="common"):
        if method not in {"common", "ceil", "floor"}:
            raise ValueError(method)
        if isinstance(value, jinja2.Undefined) or not isinstance(value, (int, Exact)):
            raise TypeError("round")
        scaled = fractions.Fraction(value) * fractions.Fraction(10) ** precision
        if method == "ceil":
            whole = math.ceil(scaled)
        elif method == "floor":
            whole = math.floor(scaled)
        else:
            whole = math.floor(abs(scaled) + fractions.Fraction(1, 2)) * (-1 if scaled < 0 else 1)
        self.fire("arrondi")
        return number(fractions.Fraction(whole) / fractions.Fraction(10) ** precision)

    def int(self, value, default=0, base=10):
        return jinja2.filters.do_int(value, default, base)

    def float(self, value, default=0):
        if isinstance(value, jinja2.Undefined):
            return jinja2.filters.do_float(value, default)
        if isinstance(value, (int, Exact)):
            self.fire("entier")
            return number(fractions.Fraction(value))
        try:
            float(value)
            self.fire("entier")
            return number(fractions.Fraction(value.strip().replace("_", "")))
        except (TypeError, ValueError, AttributeError):
            self.fire("entier")
            return default

    # --- champs ---------------------------------------------------------------------------------

    def getattr(self, value, attribute):
        if isinstance(value, dict):
            if attribute in value:
                self.fire("champs")
                return value[attribute]
            attribute = attribute.removeprefix("method__")
            found = super().getattr(value, attribute)
            return self.listing(found) if attribute in ("keys", "values", "items") and callable(
                found) else found
        return super().getattr(value, attribute.removeprefix("method__"))

    # --- the tree -------------------------------------------------------------------------------

    def _parse(self, source, name, filename):
        return self.rewrite(super()._parse(source, name, filename))

    def wrap(self, node, name):
        made = jinja2.nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
        made.set_environment(self)
        return made

    def rewrite(self, node):
        """Numbers with decimals exact; what a list, a map or `set` takes must be defined."""
        for name, field in node.iter_fields():
            if isinstance(field, jinja2.nodes.Node):
                setattr(node, name, self.rewritten(field))
            elif isinstance(field, list):
                setattr(node, name, [self.rewritten(item) if isinstance(item, jinja2.nodes.Node)
                                     else item for item in field])
        if isinstance(node, (jinja2.nodes.List, jinja2.nodes.Tuple)) and (
                getattr(node, "ctx", "load") == "load"):
            node.items = [self.wrap(item, "strict__") for item in node.items]
        elif isinstance(node, jinja2.nodes.Pair):
            node.key, node.value = (self.wrap(n, "strict__") for n in (node.key, node.value))
        elif isinstance(node, jinja2.nodes.Call):
            if isinstance(node.node, jinja2.nodes.Getattr):
                node.node.attr = "method__" + node.node.attr
            for keyword in node.kwargs:
                keyword.value = self.wrap(keyword.value, "strict__")
        elif isinstance(node, jinja2.nodes.Getitem) and isinstance(node.arg, jinja2.nodes.Slice):
            node.node = self.wrap(node.node, "sliced__")
        elif isinstance(node, jinja2.nodes.Compare) and node.ops[0].op in ("in", "notin"):
            node.expr = self.wrap(node.expr, "strict__")
        elif isinstance(node, jinja2.nodes.Concat):
            node.nodes = [self.wrap(item, "string") for item in node.nodes]
        return node

    def rewritten(self, node):
        if isinstance(node, jinja2.nodes.Const) and isinstance(node.value, float):
            self.fire("exact")
            return self.wrap(jinja2.nodes.Const(repr(node.value), lineno=node.lineno), "exact__")
        return self.rewrite(node)


def exact_data(value):
    """The data with exact numbers."""
    if isinstance(value, dict):
        return {key: exact_data(item) for key, item in value.items()}
    if isinstance(value, list):
        return [exact_data(item) for item in value]
    return number(value)
