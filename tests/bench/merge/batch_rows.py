"""batch_rows.py PARAPHE TEMPLATE FOLDER: a thousand documents, by one thread and by two, in turn."""
import itertools
import os
import resource
import subprocess
import sys
import time

program, template, folder = sys.argv[1:]


runs = itertools.count()


def run(jobs):
    # A new folder each time, gone at the end with the others: ext4 looks long for a free inode
    # where a thousand have just been deleted.
    out = os.path.join(folder, "out-%d" % next(runs))
    begin = time.perf_counter()
    subprocess.run([program, "render", template, "--schema", folder + "/schema.json", "--data-lines",
                    folder + "/lines.jsonl", "--jobs", str(jobs), "-o", out + "/{{ pret.reference }}.odt"],
                   check=True, stderr=subprocess.DEVNULL)
    taken = time.perf_counter() - begin
    if len(os.listdir(out)) != 1000:
        sys.exit("not a thousand documents")
    return taken


times = {1: [], 2: []}
for _ in range(5):
    for jobs in times:
        times[jobs].append(run(jobs))
one, two = (sorted(times[jobs])[2] for jobs in (1, 2))
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print("| one thread | %.2f | |" % one)
print("| two threads | %.2f | %.2f × as fast, goal 1.8 ×; peak %.0f MB |" % (two, one / two, peak))
