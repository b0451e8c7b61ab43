#!/usr/bin/python3
"""whole_process.py PARAPHE TEMPLATE SCHEMA DATA.jsonl ROUNDS: `paraphe render`, a process a document.

Prints a row of the bench's table; CPU and memory are those of the child, from wait4.
"""
import os
import statistics
import sys
import tempfile
import time

WARM_UP = 3


def main():
    program, template, schema, data, rounds = sys.argv[1:]
    walls, cpus, peak = [], [], 0
    with tempfile.TemporaryDirectory() as folder, open(data, encoding="utf-8") as lines:
        for _ in range(int(rounds) + WARM_UP):
            record, out = folder + "/data.json", folder + "/out.pdf"
            with open(record, "w", encoding="utf-8") as file:
                file.write(next(lines))
            begin = time.perf_counter()
            child = os.posix_spawn(program, [program, "render", template, "--schema", schema, "--data",
                                             record, "--now", "2026-01-14T10:00:00Z", "-o", out], os.environ)
            _, status, usage = os.wait4(child, 0)
            walls.append((time.perf_counter() - begin) * 1000)
            cpus.append((usage.ru_utime + usage.ru_stime) * 1000)
            peak = max(peak, usage.ru_maxrss / 1024)
            if status != 0 or os.path.getsize(out) == 0:
                sys.exit("paraphe render failed")
    walls, cpus = sorted(walls[WARM_UP:]), sorted(cpus[WARM_UP:])
    print("| whole process: `paraphe render` | %.1f | %.1f | %.1f | %.1f | peak %.0f MB; goal ≤ 25 ms |"
          % (statistics.median(walls), walls[0], walls[len(walls) * 95 // 100],
             statistics.median(cpus), peak))


main()
