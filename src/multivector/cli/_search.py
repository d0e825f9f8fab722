"""`multivector search`: words in the texts of all documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from multivector.cli._options import (
    Command,
    IsoDate,
    check_dates,
    check_words,
    json_option,
    open_for_reading,
    store_option,
    wants_json,
    write_lines,
)

if TYPE_CHECKING:
    from rich.text import Text

_MARKS = ("\ue000", "\ue001")
"""Around matched words: characters for private use, which are in no text worth reading."""


@click.command("search", cls=Command)
@click.argument("words", nargs=-1, required=True)
@click.option("--language", metavar="TAG", help="Documents in this language (en, ru).")
@click.option("--since", type=IsoDate(), help="Published on or after this date.")
@click.option("--until", type=IsoDate(), help="Published on or before this date.")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, metavar="NUMBER", help="At most this many."
)
@json_option
@store_option
def command(
    words: tuple[str, ...],
    language: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    as_json: bool | None,
    store_path: str,
) -> None:
    """Search the texts, best matches first. Case, accents and ё do not matter.

    Words must all occur; "in quotation marks" they must follow each other, and a final * matches any ending.

    Example:
        multivector search gas transit
        multivector search '"multi-vector policy"' --since 2025
    """
    check_words("WORDS", " ".join(words))
    check_dates(since, until)
    as_json = wants_json(as_json)
    marks = ("[", "]") if as_json else _MARKS
    with open_for_reading(store_path) as store:
        hits = list(
            store.search(" ".join(words), limit=limit, language=language, since=since, until=until, marks=marks)
        )
    if as_json:
        import msgspec

        write_lines(msgspec.json.encode(hit) for hit in hits)
        return
    from rich.text import Text

    from multivector.cli._render import console, plain

    to = console()
    for hit in hits:
        head = " · ".join(part for part in (hit.document.published, hit.document.publisher) if part)
        parts = [plain(hit.document.id[:11], "cyan"), plain(hit.document.title, "bold"), plain(head, "dim")]
        to.print(Text("  ").join(part for part in parts if part))
        to.print(_with_marks(hit.snippet))
        to.print()
    to.print(f"{len(hits)} document{'' if len(hits) == 1 else 's'}", style="dim")


def _with_marks(snippet: str) -> Text:
    """The passage with the words that were sought in bold, as `_MARKS` mark them."""
    from multivector.cli._render import plain

    text = plain("")
    for number, part in enumerate(snippet.replace(_MARKS[1], _MARKS[0]).split(_MARKS[0])):
        text.append_text(plain(part, "bold green" if number % 2 else ""))
    return text
