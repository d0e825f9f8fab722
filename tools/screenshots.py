#!/usr/bin/env python3
"""Make the README's four pictures of the desk, docs/desk-*.png, from the examples, with an installed Chromium.

    python tools/screenshots.py [--chromium PROGRAM]

Reads examples/ into a store that is thrown away (and files of statistics in examples/statistics/, where there are any).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import urllib3
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = str(Path(sys.executable).parent / "multivector")
MOST = 150_000
"""Bytes of one picture."""
PORT = 8798
# Name, address, width and height of the window, scheme. {document} is the example of the border agreement.
SHOTS = (
    ("document", "/documents/{document}", 1080, 560, "light"),
    ("region", "/region?domain=trade", 1080, 760, "light"),
    ("statements", "/statements", 1080, 560, "dark"),
    ("phone", "/documents/{document}", 390, 760, "dark"),
)


def main() -> None:
    """Read the examples, show them, take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--chromium", default=os.environ.get("CHROMIUM") or shutil.which("chromium"))
    given = parser.parse_args()
    if not given.chromium:
        sys.exit("no Chromium: install one, or name it with --chromium")
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "examples.db")
        subprocess.run([PROGRAM, "read", "examples", "--store", store, "--quiet"], cwd=ROOT, check=True)
        if (ROOT / "examples" / "statistics").is_dir():
            command = [PROGRAM, "statistics", "add", "examples/statistics", "--store", store]
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        desk = subprocess.Popen([PROGRAM, "desk", "--store", store, "--port", str(PORT)], stdout=subprocess.DEVNULL)
        try:
            take(f"http://127.0.0.1:{PORT}", given.chromium)
        finally:
            desk.terminate()
            desk.wait()


def take(address: str, chromium: str) -> None:
    """Take all pictures of the desk at `address`."""
    pool = urllib3.PoolManager(retries=urllib3.Retry(connect=40, backoff_factor=0.1))
    found = pool.request("GET", f"{address}/search.json?q=crossings").json()
    document = found["rows"][0]["id"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, path, width, height, scheme in SHOTS:
            place = address + path.format(document=document)
            while b"data-wait" in pool.request("GET", place).data:
                time.sleep(0.5)
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,  # type: ignore[arg-type]
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(place)
            if page.locator("[data-chart]").count():
                page.locator("[data-drawn=yes]").first.wait_for(timeout=60_000)
                page.wait_for_timeout(1500)
            target = ROOT / "docs" / f"desk-{name}.png"
            page.screenshot(path=target)
            print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")
            if target.stat().st_size > MOST:
                sys.exit(f"{target.name} is larger than {MOST:,} bytes: make the window smaller")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
