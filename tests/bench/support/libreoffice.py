#!/usr/bin/python3
"""libreoffice.py FOLDER: one warm LibreOffice loads each FOLDER/*.odt and exports it as PDF.

The service listens on a pipe and is driven through UNO, as a server would keep it. The export asks
for what paraphe writes: PDF/A-3 with tags. Prints: median ms, fastest ms, CPU ms a document, peak
resident MB, pages.
"""
import glob
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

WARM_UP = 3


def listening(profile):
    pipe = "paraphe-bench-%d" % os.getpid()
    process = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", "--nodefault",
         "-env:UserInstallation=file://" + profile, "--accept=pipe,name=%s;urp;" % pipe],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    resolver = uno.getComponentContext().ServiceManager.createInstance(
        "com.sun.star.bridge.UnoUrlResolver")
    for _ in range(600):
        try:
            context = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
            return process, context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
        except NoConnectException:
            time.sleep(0.1)
    process.terminate()
    sys.exit("LibreOffice does not answer")


def program_of(profile):
    """The process that works: soffice.bin, below the launcher."""
    for entry in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(entry, "rb") as file:
                words = file.read().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(b"soffice.bin") and any(profile.encode() in word for word in words):
            return entry.split("/")[2]
    sys.exit("soffice.bin is not there")


def cpu_seconds(process):
    with open("/proc/%s/stat" % process, encoding="ascii", errors="replace") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_megabytes(process):
    with open("/proc/%s/status" % process, encoding="ascii", errors="replace") as file:
        for line in file:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0


def option(name, value):
    return PropertyValue(Name=name, Value=value)


def convert(desktop, source):
    document = desktop.loadComponentFromURL("file://" + source, "_blank", 0, (option("Hidden", True),))
    filter_data = uno.Any("[]com.sun.star.beans.PropertyValue",
                          (option("SelectPdfVersion", 3), option("UseTaggedPDF", True)))
    document.storeToURL("file://" + source[:-4] + ".pdf",
                        (option("FilterName", "writer_pdf_Export"), option("FilterData", filter_data)))
    pages = document.CurrentController.PageCount
    document.close(True)
    return pages


def main():
    folder = os.path.abspath(sys.argv[1])
    sources = sorted(glob.glob(folder + "/*.odt"))
    profile = tempfile.mkdtemp(prefix="paraphe-bench-")
    launcher, desktop = listening(profile)
    try:
        process = program_of(profile)
        times = []
        for number, source in enumerate(sources):
            if number == WARM_UP:
                cpu = cpu_seconds(process)
            begin = time.perf_counter()
            pages = convert(desktop, source)
            times.append((time.perf_counter() - begin) * 1000)
        cpu = (cpu_seconds(process) - cpu) * 1000 / (len(sources) - WARM_UP)
        times = times[WARM_UP:]
        print("%.1f %.1f %.1f %.0f %d" % (statistics.median(times), min(times), cpu,
                                          peak_megabytes(process), pages))
    finally:
        try:
            desktop.terminate()
        except Exception:  # the bridge breaks while the service ends
            pass
        try:
            launcher.wait(20)
        except subprocess.TimeoutExpired:
            launcher.kill()
        shutil.rmtree(profile, ignore_errors=True)


main()
