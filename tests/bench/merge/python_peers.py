"""python_peers.py docxtpl|relatorio TEMPLATE DATA.jsonl ROUNDS OUT: milliseconds of each merge after
a warm-up, one JSON line."""
import io
import json
import resource
import sys
import time

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()


def euros(amount):
    return ("%.2f" % amount).replace(".", ",") + "\u00a0€"


def date_longue(text):
    year, month, day = text.split("-")
    return "%d %s %s" % (int(day), MONTHS[int(month) - 1], year)


def by_docxtpl(template, record):
    import jinja2
    from docxtpl import DocxTemplate
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=True)
    environment.filters.update(euros=euros, date_longue=date_longue)
    document = DocxTemplate(template)
    document.render(record, environment)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def by_relatorio():
    from relatorio.templates.opendocument import Template
    cached = {}

    def render(template, record):
        # The parsed template is kept, as its own reports do.
        if template not in cached:
            cached[template] = Template(source=None, filepath=template)
        functions = {"euros": euros, "date_longue": date_longue, "upper": str.upper}
        return cached[template].generate(**record, **functions).render().getvalue()
    return render


def main():
    peer, template, file, rounds, out = sys.argv[1:]
    render = by_docxtpl if peer == "docxtpl" else by_relatorio()
    with open(file, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    wall, cpu, last = [], [], b""
    for index, record in enumerate(records):
        before, begin = time.process_time(), time.perf_counter()
        last = render(template, record)
        taken, used = time.perf_counter() - begin, time.process_time() - before
        if index >= len(records) - int(rounds):
            wall.append(taken * 1e3)
            cpu.append(used * 1e3)
    with open(out, "wb") as file:
        file.write(last)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall": wall, "cpu": cpu, "megabytes": peak}))


main()
