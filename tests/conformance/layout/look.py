"""Pages of two PDFs side by side, for a look."""
import os
import subprocess
import zlib


def read_ppm(data):
    """(width, height, rows of RGB) of a P6 file as mutool writes it."""
    fields, at = [], 2
    while len(fields) < 3:
        end = data.index(b"\n", at)
        row = data[at:end]
        if not row.startswith(b"#"):
            fields += [int(word) for word in row.split()]
        at = end + 1
    width, height = fields[:2]
    return width, height, [data[at + y * width * 3:at + (y + 1) * width * 3] for y in range(height)]


def write_png(path, width, rows):
    def chunk(kind, data):
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    head = width.to_bytes(4, "big") + len(rows).to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) +
                   chunk(b"IEND", b""))


def draw(pdf, page):
    run = subprocess.run(["mutool", "draw", "-q", "-r", "60", "-F", "ppm", "-o", "-", pdf,
                          str(page)], capture_output=True, check=False)
    return read_ppm(run.stdout) if run.returncode == 0 and run.stdout else (1, 1, [b"\xff" * 3])


def side_by_side(documents, into, program, folder):
    """Ours on the left, theirs on the right: one picture a page of each document."""
    os.makedirs(into, exist_ok=True)
    empty = os.path.join(folder, "empty.json")
    for one in documents:
        ours = os.path.join(folder, "ours.pdf")
        subprocess.run([program, "render", one.source, "--data", empty, "-o", ours],
                       capture_output=True, check=False)
        for page in range(1, min(max(one.ours, one.theirs), 10) + 1):
            left, right = draw(ours, page), draw(one.pdf, page)
            height = max(left[1], right[1])
            rows = []
            for y in range(height):
                row = b""
                for width, own_height, lines in (left, right):
                    row += (lines[y] if y < own_height else b"\xff" * width * 3) + b"\0" * 6
                rows.append(row)
            write_png(os.path.join(into, f"{one.name}-{page}.png"), left[0] + right[0] + 4, rows)
