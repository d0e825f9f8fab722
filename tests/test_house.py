"""The house: rooms are entered by their front doors and in the direction of the flow, and start-up is quick."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import multivector

ROOT = Path(__file__).parents[1]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

HEAVY = {
    "ahocorasick_rs",
    "altair",
    "babel",
    "charset_normalizer",
    "dateparser",
    "htmldate",
    "jinja2",
    "lxml",
    "markdown_it",
    "numpy",
    "onnxruntime",
    "py3langid",
    "pyarrow",
    "pymorphy3",
    "pypdfium2",
    "rich",
    "sqlite3",
    "starlette",
    "trafilatura",
    "urllib3",
    "uvicorn",
    "vl_convert",
}


def lint(config: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--config", str(config), "--no-cache"]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_rooms_are_entered_by_their_front_doors_and_in_the_direction_of_the_flow() -> None:
    result = lint(ROOT / "pyproject.toml", ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("room", "wrong"),
    [
        ("record", "from multivector.store import Store"),
        ("gather", "from multivector.reading import Reader"),
        ("reading", "import multivector.knowledge._data"),
        ("store", "from multivector.record._types import Tie"),
        ("knowledge", "from multivector import cli"),
        ("statistics", "from multivector.store import Store"),
        ("store", "from multivector.measure import weights"),
        ("measure", "from multivector.record._types import Tie"),
        ("check", "from multivector.cli import main"),
    ],
)
def test_the_linter_sees_an_import_that_breaks_the_rules(tmp_path: Path, room: str, wrong: str) -> None:
    package = tmp_path / "multivector"
    for name in ("record", "gather", "reading", "store", "statistics", "knowledge", "measure", "check", "desk", "cli"):
        (package / name).mkdir(parents=True)
        (package / name / "__init__.py").write_text("")
    (package / "__init__.py").write_text("")
    for name in ("_api", "_job", "_export", "errors", "_version", "record/_types", "knowledge/_data"):
        (package / f"{name}.py").write_text("")
    (package / "store" / "__init__.py").write_text("Store = object\n")
    (package / "reading" / "__init__.py").write_text("Reader = object\n")
    (package / "measure" / "__init__.py").write_text("weights = object\n")
    (package / "record" / "_types.py").write_text("Tie = object\n")
    config = ROOT / "pyproject.toml"
    assert lint(config, tmp_path).returncode == 0
    (package / room / "_wrong.py").write_text(wrong + "\n")
    result = lint(config, tmp_path)
    assert result.returncode != 0, result.stdout
    assert "_wrong" in result.stdout


@pytest.mark.parametrize(
    "words",
    [
        *(["--help"], ["--version"], ["read", "--help"], ["list", "--help"], ["export", "--help"]),
        *(["statistics", "--help"], ["vectors", "--help"]),
    ],
)
def test_help_imports_none_of_the_heavy_libraries(words: list[str]) -> None:
    code = (
        "import sys, json\n"
        "from multivector.cli import main\n"
        f"try: main({words!r})\n"
        "except SystemExit as end: assert end.code == 0, end.code\n"
        "print('\\n' + json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert HEAVY & set(json.loads(output.splitlines()[-1])) == set()


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys, multivector; print(sorted(n for n in sys.modules if n.startswith('multivector')))"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output.strip() == "['multivector', 'multivector._version']"


def test_public_names_are_there() -> None:
    for name in multivector.__all__:
        assert getattr(multivector, name) is not None
    assert dir(multivector) == sorted(multivector.__all__)
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        multivector.reed  # noqa: B018


def test_every_dependency_stands_in_the_architecture_page() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    page = (ROOT / "docs" / "architecture.md").read_text()
    extras = project["optional-dependencies"].values()
    listed = [*project["dependencies"], *(requirement for extra in extras for requirement in extra)]
    names = [requirement.split(">")[0].strip() for requirement in listed]
    assert len(names) > 5
    assert [name for name in names if f"`{name}`" not in page] == []


def test_locked_requirements_have_hashes_and_name_no_index() -> None:
    for file in sorted((ROOT / "requirements").glob("*.txt")):
        text = file.read_text()
        pins = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
        assert pins, file
        assert text.count("--hash=sha256:") >= len(pins), file
        assert "index-url" not in text, file
        assert "://" not in text, file
