"""Lines with their places, from our text dump of pages and from a PDF."""
import html
import re
import statistics
import subprocess
import unicodedata
from dataclasses import dataclass

POINT = 72 / 25.4


@dataclass
class Line:
    text: str
    x: float  # of the left edge, in millimetres
    y: float  # of the baseline


def normal(text):
    """Without blanks, bullets, leaders and signs that have no glyph; ligatures taken apart."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub("[\ue000-\uf8ff•◦▪■●○‣·➢✔◻❖→\u00ad\ufffd\u200b\u2060\ufeff]", "", text)
    text = re.sub("[\u2010\u2011]", "-", text)
    text = "".join(text.split())
    text = re.sub(r"[.]{3,}|_{3,}|-{3,}", "", text)  # leaders
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in text):
        text = "".join(sorted(text))  # visual or logical order
    return text


def with_drop_caps(rows):
    """A drop cap stands on the baseline of its last line, and belongs to the first."""
    for at, row in enumerate(rows):
        for piece in [one for one in row if one[2] > 1.8 * min(other[2] for other in row)]:
            first = at
            while first > 0 and piece[0] - rows[first - 1][0][0] < 0.65 * piece[2]:
                first -= 1
            if first != at:
                row.remove(piece)
                rows[first].append((rows[first][0][0], *piece[1:]))
    return [row for row in rows if row]


def baselines(pieces):
    """[(y, x, size, text, end)] of one page, in points, to its lines from top to bottom; `end` is
    where the last sign of the text stands."""
    rows = []
    for piece in sorted(pieces, key=lambda one: one[0]):
        if rows and piece[0] - rows[-1][-1][0] <= 1.0:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    # Raised and lowered text belongs to the line beside it; small text in another column does not.
    def size(row):
        return max(one[2] for one in row)

    def touches(small, large):
        reach = 2 * size(large)
        left, right = min(one[1] for one in large) - reach, max(one[4] for one in large) + reach
        return any(left <= one[1] <= right for one in small)

    at = 0
    while at < len(rows):
        for beside in (at + 1, at - 1):
            if not 0 <= beside < len(rows):
                continue
            between = abs(rows[beside][0][0] - rows[at][0][0])
            if (0.5 * size(rows[beside]) < size(rows[at]) < 0.75 * size(rows[beside])
                    and between < 0.6 * size(rows[beside]) and touches(rows[at], rows[beside])):
                rows[beside] += rows[at]
                del rows[at]
                at -= 1
                break
        at += 1
    rows = with_drop_caps(rows)
    out = []
    for row in rows:
        row.sort(key=lambda one: one[1])
        text = normal("".join(one[3] for one in row))
        # Raised text came last: the line's own baseline is that of its first piece.
        if text:
            seen = [one for one in row if one[3].strip()]
            largest = max(seen, key=lambda one: one[2])
            out.append(Line(text, seen[0][1] / POINT, largest[0] / POINT))
    return out


def shadows(page):
    """Places (x, y) of the signs of a page that are the shadow of another: LibreOffice draws shadowed
    text twice, a third of a point to the right and below."""
    places = {}
    for found in re.finditer(r'<char [^>]*? x="([-\d.e]+)" y="([-\d.e]+)"[^>]*? c="([^"]*)"', page):
        places.setdefault(found[3], []).append((float(found[1]), float(found[2])))
    out = set()
    for sign, all_of_it in places.items():
        at = set((round(x * 5), round(y * 5)) for x, y in all_of_it)
        for x, y in all_of_it:
            near = ((round(x * 5) - dx, round(y * 5) - dy) for dx in (1, 2, 3) for dy in (1, 2, 3))
            if any(one in at for one in near):
                out.add((x, y, sign))
    return out


def slanted(x, y):
    """The direction of a slanted baseline, whose signs are taken along it; text that stands upright
    or lies on its side is read as if it were straight."""
    return (x, y) if min(abs(x), abs(y)) > 0.01 else (1.0, 0.0)


def reference_pages(pdf):
    trace = subprocess.run(["mutool", "draw", "-q", "-F", "stext", pdf], capture_output=True,
                           check=True).stdout.decode("utf-8", "replace")
    pages = []
    for page in re.split(r"<page ", trace)[1:]:
        # Characters that follow each other on a baseline stay in their order: the parts of a
        # ligature have no places of their own.
        pieces, size, pen, direction = [], 1.0, None, (1.0, 0.0)
        doubled = shadows(page)
        for found in re.finditer(r'<font [^>]*size="([-\d.]+)"|<char [^>]*? x="([-\d.e]+)" '
                                 r'y="([-\d.e]+)"[^>]*? c="([^"]*)"|'
                                 r'<line [^>]*dir="([-\d.e]+) ([-\d.e]+)"', page):
            if found[5]:
                direction = slanted(float(found[5]), float(found[6]))
                continue
            if found[1]:
                size, pen = float(found[1]), None
                continue
            if (float(found[2]), float(found[3]), found[4]) in doubled:
                continue
            x, y, text = float(found[2]), float(found[3]), html.unescape(found[4])
            if text.isspace() and not pen:
                continue  # a piece begins with what is seen
            along, across = (0, 0) if not pen else (
                (x - pen[0]) * direction[0] + (y - pen[1]) * direction[1],
                (y - pen[1]) * direction[0] - (x - pen[0]) * direction[1])
            if pen and abs(across) < 0.1 and -size < along < 3 * size:
                first = pieces[-1]
                pieces[-1] = (*first[:3], first[3] + text, x)
            else:
                pieces.append((y, x, size, text, x))
            pen = (x, y)
        pages.append(baselines(pieces))
    return pages


def our_pages(dump):
    pages = []
    for row in dump.splitlines():
        if row.startswith("page "):
            pages.append([])
            continue
        found = re.match(r'    line  ([-\d.]+),[-\d.]+  baseline ([-\d.]+)  "(.*)"$', row)
        if found:
            text = re.sub(r"\\(.)", lambda m: " " if m[1] == "t" else m[1], found[3])
            x = float(found[1]) * POINT
            pages[-1].append((float(found[2]) * POINT, x, 1.0, text, x))
    return [baselines(page) for page in pages]


def distance(documents):
    """The medians over the documents, as text."""
    down = [one.far for one in documents if one.far is not None]
    aside = [one.aside for one in documents if one.aside is not None]
    if not down:
        return "none"
    return f"{statistics.median(down):.2f} mm down, {statistics.median(aside):.2f} mm aside"
