"""Save a workbook as LibreOffice saves it, open and under a password: office_files.py SOFFICE WORKBOOK FOLDER.

Run by the interpreter that knows `uno`, which is that of the system and not that of this project.
"""

import os
import subprocess
import sys
import time

import uno

FILTERS = {"ods": "calc8", "xls": "MS Excel 97", "html": "HTML (StarCalc)", "xlsx": "Calc MS Excel 2007 XML"}


def value(name, given):
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, given
    return made


def named(name, given):
    made = uno.createUnoStruct("com.sun.star.beans.NamedValue")
    made.Name, made.Value = name, given
    return made


def desktop(pipe):
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(300):
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        except Exception:  # noqa: BLE001 — it has not started yet
            time.sleep(0.2)
    raise SystemExit("LibreOffice does not start")


def main(soffice, source, folder):
    pipe = f"mirador{os.getpid()}"
    started = [
        soffice,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--norestore",
        f"--accept=pipe,name={pipe};urp;",
    ]
    office = subprocess.Popen(started, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        desk = desktop(pipe)
        book = desk.loadComponentFromURL(f"file://{source}", "_blank", 0, (value("Hidden", True),))
        for ending in ("ods", "xls", "html"):
            book.storeToURL(f"file://{folder}/open.{ending}", (value("FilterName", FILTERS[ending]),))
        for ending in ("ods", "xls"):
            book.storeToURL(
                f"file://{folder}/locked.{ending}", (value("FilterName", FILTERS[ending]), value("Password", "clave"))
            )
        # a newer workbook takes its password in another form
        keys = (named("CryptoType", "StrongEncryptionDataSpace"), named("OOXPassword", "clave"))
        locked = value("EncryptionData", uno.Any("[]com.sun.star.beans.NamedValue", keys))
        book.storeToURL(f"file://{folder}/locked.xlsx", (value("FilterName", FILTERS["xlsx"]), locked))
        book.close(True)
        desk.terminate()
        office.wait(30)
    finally:
        office.kill()


main(*sys.argv[1:4])
