"""`multivector schema`: the form of the record, for programs."""

from __future__ import annotations

import json

import click

from multivector.cli._options import Command


@click.command("schema", cls=Command)
def command() -> None:
    """Print the JSON Schema (draft 2020-12) of the JSON Lines that read, list, show and export write.

    Example:
        multivector schema > record.schema.json
    """
    from multivector.record import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
