"""The documentation: its examples run, its reference is complete and up to date."""

from __future__ import annotations

import dataclasses
import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import multivector
from multivector.cli import program
from multivector.record import ITEM_TYPES, Document, Kind, Observation, Speaker
from multivector.statistics import indicators, readers
from program import ROOT

PAGES = sorted(path for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")) if path.is_file())
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(multivector.__path__, "multivector.")
    if not module.name.endswith("__main__")
)
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def check(test: doctest.DocTest) -> None:
    """Runs the examples."""
    told: list[str] = []
    if doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=told.append).failed:
        pytest.fail("".join(told), pytrace=False)


def visible() -> list[Path]:
    return sorted(path for path in ROOT.iterdir() if not path.name.startswith("."))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_a_page_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All blocks of a page are one session, run in the root of the repository."""
    monkeypatch.chdir(ROOT)
    before = visible()
    text = page.read_text(encoding="utf-8")
    # Blank lines in place of the prose, so that the lines have their numbers in the page.
    session = [""] * (text.count("\n") + 1)
    for block in BLOCK.finditer(text):
        first = text.count("\n", 0, block.start(1))
        lines = block[1].splitlines()
        session[first : first + len(lines)] = lines
    test = doctest.DocTestParser().get_doctest("\n".join(session), {}, page.name, str(page), 0)
    check(test)
    assert visible() == before, "the examples leave files behind"


def test_the_page_of_the_api_has_examples() -> None:
    blocks = BLOCK.findall((ROOT / "docs" / "api.md").read_text(encoding="utf-8"))
    assert len(blocks) >= 5
    assert all(">>> " in block for block in blocks)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_run(name: str) -> None:
    for test in doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(name)):
        check(test)


def test_the_reference_of_the_command_line_is_up_to_date() -> None:
    command = [sys.executable, "tools/cli_reference.py", "--check"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_the_check_of_the_reference_sees_a_difference(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "docs").mkdir()
    tool = tmp_path / "tools" / "cli_reference.py"
    tool.write_text((ROOT / "tools" / "cli_reference.py").read_text(encoding="utf-8"), encoding="utf-8")
    page = tmp_path / "docs" / "cli.md"

    def status(*words: str) -> int:
        return subprocess.run([sys.executable, str(tool), *words], capture_output=True, check=False).returncode

    assert status("--check") == 1
    assert status() == 0
    assert status("--check") == 0
    page.write_text(page.read_text(encoding="utf-8").replace("multivector", "univector", 1), encoding="utf-8")
    assert status("--check") == 1


def test_every_command_has_an_example_and_every_option_a_meaning() -> None:
    found = list(commands(program))
    assert len(found) >= 15
    for command in found:
        assert "Example:" in (command.help or ""), command.name
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, (command.name, option.name)


def commands(group: click.Group) -> Iterator[click.Command]:
    """All commands of a group, and those of the groups among them."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield command
        if isinstance(command, click.Group):
            yield from commands(command)


def test_the_page_of_statistics_names_every_reader_indicator_and_field() -> None:
    page = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")
    names = [reader.name for reader in readers()] + list(indicators())
    names += [field.name for field in dataclasses.fields(Observation)]
    assert [name for name in names if f"`{name}`" not in page] == []


def test_the_page_of_the_record_names_every_kind_and_field() -> None:
    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    for cls in (Document, Speaker, *ITEM_TYPES.values()):
        for field in dataclasses.fields(cls):
            assert f"`{field.name.rstrip('_')}`" in page, (cls.__name__, field.name)
    for kind in Kind:
        assert f"`{kind}`" in page or re.search(rf"^#+ {kind}\b", page, re.MULTILINE | re.IGNORECASE), kind


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
