"""The program `multivector`: its commands, and how errors reach the terminal."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from multivector._version import __version__
from multivector.cli._options import verbatim_example
from multivector.errors import MultivectorError, one_line

_COMMANDS = (
    "read",
    "list",
    "show",
    "search",
    "statistics",
    "coded",
    "vectors",
    "check",
    "export",
    "desk",
    "schema",
    "status",
)


class _Program(click.Group):
    """Finds each command in a module of its own, so that `--help` loads only what it shows."""

    def __init__(self, *args: Any, help: str | None = None, **kwargs: Any) -> None:  # noqa: A002  click's name
        super().__init__(*args, help=verbatim_example(help), **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return super().get_command(ctx, cmd_name)
        return import_module(f"multivector.cli._{cmd_name}").command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Ctrl-C is told to click as `Abort`, since for itself it would print an empty line."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise click.Abort from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"{error.message} Commands: {', '.join(_COMMANDS)}.", ctx) from None


@click.group(
    "multivector",
    cls=_Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", prog_name="multivector")
def program() -> None:
    """Read official statements and political news into a sourced record.

    Everything stays on this machine: documents and what was read from them are kept in one SQLite file
    (--store, or the environment variable MULTIVECTOR_STORE; multivector.db here unless told otherwise).

    Exit status: 0 all went well, 1 some inputs failed or a store is damaged, 2 wrong use or a store that
    cannot be used, 130 stopped by Ctrl-C.

    Example:
        multivector read news/ https://example.org/statement.html
        multivector list statements --speaker KAZ --domain energy
        multivector show do-3f
    """


def run(args: Sequence[str] | None = None) -> int:
    """Run the program with `args` (the process's own unless given); the exit status, or SystemExit with it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a letter gets its number, not a traceback.
            stream.reconfigure(errors="backslashreplace")
    try:
        status = program.main(args, prog_name="multivector", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.UsageError as error:
        return _end(f"{error.format_message().rstrip('.')} (see: {_path(error, args)} --help)", 2)
    except click.ClickException as error:
        return _end(error.format_message(), 2)
    except MultivectorError as error:
        return _end(str(error), 2)
    except (KeyboardInterrupt, click.Abort):
        return _end("stopped", 130)
    except BrokenPipeError:
        # Whoever read our output (head, less) has gone. Python must not complain of what is left in the buffer.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _end(f"{error.filename or 'output'}: {error.strerror or error}", 2)
    return status if isinstance(status, int) else 0


def _path(error: click.UsageError, args: Sequence[str] | None) -> str:
    """The command that the wrong words belong to; click does not always say."""
    if error.ctx is not None and error.ctx.parent is not None:
        return error.ctx.command_path
    first = next(iter(sys.argv[1:] if args is None else args), "")
    return f"multivector {first}" if first in _COMMANDS else "multivector"


def _end(message: str, status: int) -> int:
    click.echo(f"multivector: {one_line(message)}", err=True)
    return status
