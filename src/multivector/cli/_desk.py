"""`multivector desk`: the store as web pages on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from multivector.cli._options import Command, store_option
from multivector.errors import MissingExtraError


@click.command("desk", cls=Command)
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8787, show_default=True, metavar="NUMBER", help="0: any free one."
)
@click.option(
    "--allow-host", "hosts", multiple=True, metavar="NAME", help="Another name under which browsers may ask for it."
)
@click.option(
    "--token",
    envvar="MULTIVECTOR_DESK_TOKEN",
    metavar="WORDS",
    help="Who adds documents must give this; also from MULTIVECTOR_DESK_TOKEN. Without it nobody may, beyond loopback.",
)
@click.option("--read-only", "readonly", is_flag=True, help="Nobody may add documents.")
@click.option("--knowledge", multiple=True, metavar="FILE", help="Further actors, offices or groups (TOML).")
@click.option(
    "--max-upload",
    type=click.IntRange(1, 10_000),
    default=50,
    show_default=True,
    metavar="MB",
    help="Largest upload, in megabytes.",
)
@click.option("--allow-private", is_flag=True, help="Allow URLs on private and local addresses to be read.")
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
def command(
    store_path: str,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    token: str | None,
    readonly: bool,
    knowledge: tuple[str, ...],
    max_upload: int,
    allow_private: bool,
    show: bool,
) -> None:
    """Show the store as web pages, where every number leads to its sentence, until Ctrl-C.

    Only this machine can reach it unless --host says otherwise, and then it is for reading only unless there
    is a --token. Pages load nothing from elsewhere. Needs the extra `desk`.

    Example:
        multivector desk --open
        multivector desk --store news.db --port 9000 --read-only
    """
    try:
        from multivector.desk import Settings, serve
    except ImportError as error:
        raise MissingExtraError(error.name or "desk", "not installed", "pip install 'multivector[desk]'") from None

    settings = Settings(
        store=Path(store_path),
        host=host,
        port=port,
        hosts=hosts,
        token=token,
        readonly=readonly,
        knowledge=tuple(Path(name) for name in knowledge),
        max_upload=max_upload * 1_000_000,
        allow_private=allow_private,
    )

    def ready(address: str) -> None:
        click.echo(f"{store_path} is on show at {address} (Ctrl-C stops)")
        if show:
            import webbrowser

            webbrowser.open(address)

    serve(settings, ready=ready)
