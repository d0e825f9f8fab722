"""Write docs/cli.md from the commands themselves; with --check, only say whether it is up to date.

python tools/cli_reference.py [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from multivector.cli import program

PAGE = Path(__file__).parents[1] / "docs" / "cli.md"

_HEAD = """\
# The command line

Made from the commands themselves by `tools/cli_reference.py`; `multivector COMMAND --help` shows the same.
Lists go to standard output, as tables at a terminal and as JSON Lines when piped; what goes wrong goes to standard
error, one line each.
"""


def page() -> str:
    """The whole page."""
    context = click.Context(program, info_name="multivector")
    parts = [_HEAD, *_section("multivector", program, context)]
    parts += _commands("multivector", program, context)
    return "\n".join(parts)


def _commands(path: str, group: click.Group, context: click.Context) -> Iterator[str]:
    """The sections of a group's commands, each with those of its own commands behind it."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, context, info_name=name)
        yield from _section(f"{path} {name}", command, inner)
        if isinstance(command, click.Group):
            yield from _commands(f"{path} {name}", command, inner)


def _section(name: str, command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"## {name}\n"
    text, _, example = cleandoc(command.help or "").replace("\b\n", "").partition("Example:\n")
    yield text.strip() + "\n"
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"```\n{name} {usage}\n```\n"
    if example:
        yield f"For example:\n\n```sh\n{cleandoc(example)}\n```\n"
    options = [option for option in command.params if isinstance(option, click.Option)]
    rows = [row for option in options if (row := option.get_help_record(context))]
    if rows:
        yield "| option | meaning |\n| --- | --- |"
        for option, meaning in rows:
            yield f"| `{_cell(option)}` | {_cell(meaning)} |"
        yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> int:
    """Write the page, or check it."""
    wanted = page()
    if "--check" in sys.argv[1:]:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == wanted:
            return 0
        print(f"{PAGE} is out of date; run: python tools/cli_reference.py", file=sys.stderr)
        return 1
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
