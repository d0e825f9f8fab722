"""The program `multivector`: its commands, and how errors reach the terminal."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from multivector._version import __version__
from multivector.cli._options import verbatim_example
from multivector.errors import MultivectorError, one_line

_COMMANDS = ("read", "list", "show", "search", "export", "schema", "status")


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


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the program with `args` (the process's own unless given) and end the process.

    Every error that a user can cause is one line on stderr; the exit status is as the program's help says.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a letter gets its number, not a traceback.
            stream.reconfigure(errors="backslashreplace")
    try:
        status = program.main(args, prog_name="multivector", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "multivector"
        _end(f"{error.format_message().rstrip('.')} (see: {path} --help)", 2)
    except click.ClickException as error:
        _end(error.format_message(), 2)
    except MultivectorError as error:
        _end(str(error), 2)
    except (KeyboardInterrupt, click.Abort):
        _end("stopped", 130)
    except BrokenPipeError:
        # Whoever read our output (head, less) has gone. Python must not complain of what is left in the buffer.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _end(f"{error.filename or 'output'}: {error.strerror or error}", 2)
    sys.exit(status if isinstance(status, int) else 0)


def _end(message: str, status: int) -> NoReturn:
    click.echo(f"multivector: {one_line(message)}", err=True)
    sys.exit(status)
