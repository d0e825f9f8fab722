#!/usr/bin/env python3
"""Set up and run: `python3 tasks.py demo` reads the examples, `python3 tasks.py test` passes the tests.

Needs Python 3.11 or newer and the package registry; makes its own environments in `.venv` (what a user
gets) and `.venv-dev` (what the tests need), from the locked requirements. Nothing outside this folder is changed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def environment(name: str, lock: str) -> Path:
    """Make the environment `name` from `lock`, or find it made; gives the folder of its programs."""
    folder = ROOT / name
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    requirements = ROOT / "requirements" / lock
    stamp = folder / "made-from"
    state = hashlib.sha256(
        requirements.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    ).hexdigest()
    if stamp.is_file() and stamp.read_text() == state:
        return programs
    print(f"setting up {name} ...", file=sys.stderr, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run([*pip, "--require-hashes", "-r", str(requirements)])
    # The build tool comes from the lock too, so that nothing unpinned is fetched.
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    stamp.write_text(state)
    return programs


def run(command: list[str]) -> None:
    """Run a command here; end with its status when it fails."""
    result = subprocess.run(command, cwd=ROOT, check=False)
    if result.returncode:
        sys.exit(result.returncode)


def demo(arguments: list[str]) -> None:
    """Read the examples into `examples.db` and show what came out."""
    program = str(environment(".venv", "base.txt") / "multivector")
    if not sys.stdout.isatty():
        os.environ.setdefault("COLUMNS", "120")
    store = ["--store", str(ROOT / "examples.db")]
    run([program, "read", "examples", *store, *arguments])
    for kind in ("statements", "figures", "agreements"):
        print(f"\n$ multivector list {kind} --limit 8", flush=True)
        run([program, "list", kind, "--limit", "8", *store, "--table"])
    run([program, "statistics", "add", "examples/statistics", *store, "--table"])
    print("\n$ multivector statistics list --area KAZ --indicator goods --flow exports --limit 8", flush=True)
    words = ["--area", "KAZ", "--indicator", "goods", "--flow", "exports", "--limit", "8"]
    run([program, "statistics", "list", *words, *store, "--table"])
    print("\n$ multivector vectors KAZ --domain trade", flush=True)
    run([program, "vectors", "KAZ", "--domain", "trade", *store, "--table"])
    print("\n$ multivector check e75a", flush=True)
    run([program, "check", "e75a", *store, "--table"])
    print(f"\nThe program is {program}; try: {program} show --help")


def test(arguments: list[str]) -> None:
    """Check style and types, then run the tests; arguments go to pytest."""
    programs = environment(".venv-dev", "dev.txt")
    python = str(programs / "python")
    run([python, "-m", "ruff", "check"])
    run([python, "-m", "ruff", "format", "--check"])
    run([python, "-m", "pyright", "--pythonpath", python])
    run([python, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "--hypothesis-profile", "ci", *arguments])


def lock(_: list[str]) -> None:
    """Write the locked requirements anew (needs uv)."""
    common = [
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-header",
        "--quiet",
    ]
    for name, extra in (("base", []), ("dev", ["--group", "dev", "--group", "knowledge", "--all-extras"])):
        target = f"requirements/{name}.txt"
        run(["uv", "pip", "compile", "pyproject.toml", "requirements/build.in", *extra, *common, "-o", target])


def main() -> None:
    """Run the task that the command line names."""
    tasks = {"demo": demo, "test": test, "lock": lock}
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("task", choices=tasks)
    arguments, rest = parser.parse_known_args()
    if sys.version_info < (3, 11):  # noqa: UP036  the one file that an older Python may run
        sys.exit("multivector needs Python 3.11 or newer")
    tasks[arguments.task](rest)


if __name__ == "__main__":
    main()
