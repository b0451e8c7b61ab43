#!/usr/bin/python3
"""instructions.py RENDER_BENCH TEMPLATE KEPT [--renew]: instructions of one warm render.

callgrind counts them, so that the load of the machine changes nothing. More than KEPT says by 3 %
is a failure; --renew writes what was counted. A new compiler, library or kind of processor asks for --renew too.
"""
import re
import subprocess
import sys

TOLERANCE = 0.03


def main():
    program, template, kept_file = sys.argv[1:4]
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no",
         "--toggle-collect=paraphe_counted_render", program, "counted", template],
        capture_output=True, text=True, check=False)
    match = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not match or int(match[1]) == 0:
        sys.exit("callgrind counted nothing:\n" + run.stderr[-2000:])
    counted = int(match[1])
    if "--renew" in sys.argv[4:]:
        with open(kept_file, "w", encoding="utf-8") as file:
            file.write("%d\n" % counted)
        print("instructions of one warm render, 4 pages: %d, kept" % counted)
        return
    with open(kept_file, encoding="utf-8") as file:
        kept = int(file.read())
    change = counted / kept - 1
    print("instructions of one warm render, 4 pages: %.1f million, %+.1f %% to the %.1f kept"
          % (counted / 1e6, change * 100, kept / 1e6))
    if change > TOLERANCE:
        sys.exit("FAILED: more than 3 %% above %s; if that is meant: ./run bench render --renew" % kept_file)
    if change < -TOLERANCE:
        print("faster than kept; keep the gain: ./run bench render --renew")


main()
