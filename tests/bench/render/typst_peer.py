#!/usr/bin/python3
"""typst_peer.py DOCUMENT.typ DATA.jsonl ROUNDS: one warm Typst compiler, other data every time.

Runs in a venv that has typst. Prints a row of the bench's table.
"""
import resource
import statistics
import sys
import time

import typst

WARM_UP = 3


def main():
    source, data, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(data, encoding="utf-8") as file:
        lines = [next(file) for _ in range(rounds + WARM_UP)]
    compiler = typst.Compiler(source, sys_inputs={"data": lines[0]})
    walls, cpus = [], []
    for line in lines:
        wall, cpu = time.perf_counter(), time.process_time()
        pdf = compiler.compile(format="pdf", sys_inputs={"data": line}, pdf_standards=["a-3a", "ua-1"])
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    walls, cpus = sorted(walls[WARM_UP:]), sorted(cpus[WARM_UP:])
    print("| — Typst %s, warm, a-3a and ua-1 | %.1f | %.1f | %.1f | %.1f | peak %.0f MB with Python; %d octets |"
          % (typst.__version__ if hasattr(typst, "__version__") else "", statistics.median(walls), walls[0],
             walls[len(walls) * 95 // 100], statistics.median(cpus),
             resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(pdf)))
    if len(sys.argv) > 4:
        with open(sys.argv[4], "wb") as out:
            out.write(pdf)


main()
