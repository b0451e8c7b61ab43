#!/usr/bin/python3
"""Asks LibreOffice what it thinks of the signatures of ODF packages.

usage: libreoffice.py FOLDER_WITH_NSS_DATABASE FILE.odt...
One line a signature: FILE NUMBER valid|invalid trusted|untrusted whole|partial SIGNER
"""
import os
import subprocess
import sys
import tempfile
import time
import uno
from com.sun.star.beans import PropertyValue

READ = 1  # com.sun.star.embed.ElementModes


def property_value(name, value):
    out = PropertyValue()
    out.Name = name
    out.Value = value
    return out


def connect(pipe, process):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local)
    url = "uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe
    for _ in range(240):
        if process.poll() is not None:
            raise SystemExit("LibreOffice ended early")
        try:
            return resolver.resolve(url)
        except Exception:  # not listening yet
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def judge(context, path):
    manager = context.ServiceManager
    factory = manager.createInstanceWithContext("com.sun.star.embed.StorageFactory", context)
    format_ = uno.Any("[]com.sun.star.beans.PropertyValue",
                      (property_value("StorageFormat", "ZipFormat"),))
    storage = uno.invoke(factory, "createInstanceWithArguments",
                         ((uno.systemPathToFileUrl(os.path.abspath(path)), READ, format_),))
    # Each must stay referenced: a storage that is let go disposes of its streams.
    folder = storage.openStorageElement("META-INF", READ)
    stream = folder.openStreamElement("documentsignatures.xml", READ)
    signatures = manager.createInstanceWithArgumentsAndContext(
        "com.sun.star.security.DocumentDigitalSignatures", ("1.3", True), context)
    found = signatures.verifyDocumentContentSignatures(storage, stream.getInputStream())
    for number, one in enumerate(found, 1):
        name = one.Signer.SubjectName if one.Signer else "?"
        print(os.path.basename(path), number,
              "valid" if one.SignatureIsValid else "invalid",
              "trusted" if one.CertificateStatus == 0 else "untrusted",
              "partial" if one.PartialDocumentSignature else "whole", name)
    if not found:
        print(os.path.basename(path), 0, "none")


def main():
    database, files = sys.argv[1], sys.argv[2:]
    pipe = "paraphe-conformance-%d" % os.getpid()
    with tempfile.TemporaryDirectory() as profile:
        environment = dict(os.environ,
                           MOZILLA_CERTIFICATE_FOLDER="sql:" + os.path.abspath(database))
        process = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nolockcheck", "--nodefault",
             "-env:UserInstallation=file://" + profile,
             "--accept=pipe,name=%s;urp;" % pipe],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            context = connect(pipe, process)
            for path in files:
                judge(context, path)
            try:
                context.ServiceManager.createInstanceWithContext(
                    "com.sun.star.frame.Desktop", context).terminate()
            except Exception:  # the bridge falls with the office
                pass
            process.wait(timeout=30)
        finally:
            if process.poll() is None:
                process.kill()


main()
