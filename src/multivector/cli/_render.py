"""Items of the record as rows of a table and as marked text, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from multivector.record import (
    LOW_CONFIDENCE,
    Actor,
    Agreement,
    DateMention,
    Document,
    Event,
    Figure,
    Item,
    Kind,
    Record,
    Spans,
    Speaker,
    Statement,
    Tie,
    spans_of,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

COLUMNS: dict[Kind, tuple[str, ...]] = {
    Kind.ACTOR: ("code", "name", "type", "named"),
    Kind.DATE: ("value", "words"),
    Kind.STATEMENT: ("said on", "who", "state", "what"),
    Kind.EVENT: ("date", "type", "actors", "recipients", "modality", "words"),
    Kind.FIGURE: ("period", "measure", "value", "parties", "words"),
    Kind.AGREEMENT: ("title", "type", "parties", "signed on", "status"),
    Kind.TIE: ("type", "from", "to", "words"),
}
"""The headings of a table of each kind of item; `row` gives the cells."""

LEAST = {"words": 16, "what": 16, "title": 16, "document": 11}
"""Columns that are given some room even on a narrow terminal."""
NARROW = {"published", "date", "said on", "state", "value", "document", "type", "signed on", "sure"}
"""Columns whose cells stay on one line."""


_FIRST_TO_GO = (
    *("modality", "language", "status", "named", "publisher", "state", "recipients", "parties", "signed on", "period"),
    *("type", "measure", "code", "said on", "date", "published", "actors", "from", "to", "who", "value", "name"),
)
"""Columns to leave out one after the other until a table fits a narrow terminal; what is not here always stays."""
_FOLDED, _GAP = 10, 2
"""Characters that a column which is folded needs at least, and those between two columns."""


def fitting(names: Sequence[str], rows: Sequence[Sequence[Text]], width: int) -> dict[int, int]:
    """The places of the columns to show, and how wide: the table stays within `width`, no cell of `NARROW` is cut."""
    longest = [max([len(name), *(row[place].cell_len for row in rows)]) for place, name in enumerate(names)]
    shown = {
        place: most if names[place] in NARROW else max(len(names[place]), min(most, LEAST.get(names[place], _FOLDED)))
        for place, most in enumerate(longest)
    }

    def spare() -> int:
        return width - sum(shown.values()) - _GAP * (len(shown) - 1)

    for name in _FIRST_TO_GO:
        if spare() >= 0:
            break
        shown = {place: each for place, each in shown.items() if names[place] != name}
    for _ in range(spare()):
        # What is over goes to the narrowest of those that could use it.
        if not (wanting := [place for place in shown if shown[place] < longest[place]]):
            break
        shown[min(wanting, key=lambda place: shown[place])] += 1
    return shown


def heading(document: Document) -> Text:
    """A document's title, or the first words of its text, dim."""
    if document.title:
        return plain(document.title)
    return plain(" ".join(document.text[:400].split())[:70].rsplit(" ", 1)[0] + " …", "dim italic")


def add_column(table: Table, name: str, width: int) -> None:
    """One more column of a `fitting` width."""
    table.add_column(name, no_wrap=name in NARROW, overflow="fold", width=width)


STYLES: dict[Kind, str] = {
    Kind.STATEMENT: "on grey19",
    Kind.AGREEMENT: "magenta",
    Kind.FIGURE: "bold yellow",
    Kind.DATE: "green",
    Kind.ACTOR: "cyan",
}
"""The style of each kind in the text of a document; later ones lie on top."""
SOURCE_STYLE, CUE_STYLE = "bold underline", "italic"


_CONTROLS = (*range(9), *range(11, 32), *range(127, 160))
_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_HIDDEN = dict.fromkeys((*_CONTROLS, *_DIRECTION), "\ufffd")
"""Controls and marks of direction, which could make a terminal show something else than what is written."""


def console(*, stderr: bool = False) -> Console:
    """A terminal that takes what it is given for text: no markup, no emoji codes, no colours of its own."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


def plain(words: str | None, style: str = "") -> Text:
    """Words of a document, character by character, with nothing in them that a terminal would obey."""
    from rich.text import Text

    return Text((words or "").translate(_HIDDEN), style)


_LARGEST = 1e15
_STEPS = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))


def words(text: str, spans: Spans) -> str:
    """The words under `spans` on one line, gaps shown."""
    return " … ".join(" ".join(text[start:end].split()) for start, end in spans)


def row(item: Item, text: str) -> tuple[str, ...]:
    """The cells of `item` under the headings of its kind; unknown values are empty."""
    match item:
        case Actor():
            return item.code, item.name, item.type, str(len(item.mentions))
        case DateMention():
            return item.value, words(text, item.evidence)
        case Statement():
            who = item.speaker.person or item.speaker.organisation or words(text, item.source)
            return item.said_on or "", who, item.speaker.state or "", words(text, item.content)
        case Event():
            sides = " ".join(item.actors), " ".join(item.recipients)
            return item.date or "", item.type, *sides, item.modality, words(text, item.evidence)
        case Figure():
            return item.period or "", item.measure, amount(item), " ".join(item.parties), words(text, item.evidence)
        case Agreement():
            return item.title, item.type, " ".join(item.parties), item.signed_on or "", item.status
        case Tie():
            return item.type, item.from_, item.to, words(text, item.evidence)


def sure(item: Item) -> Text:
    """How likely an item is to be right, from 0 to 1; a question mark, in red, where it is more likely wrong."""
    if item.confidence is None:
        return plain("")
    low = item.confidence < LOW_CONFIDENCE
    return plain(f"{item.confidence:.2f}{'?' if low else ''}", "red" if low else "dim")


def amount(figure: Figure) -> str:
    """The value as news writes it, and its unit; `~` before an approximate one."""
    size = abs(figure.value)
    step, word = next(((step, word) for step, word in _STEPS if step <= size < 1000 * step), (1, ""))
    value = f"{figure.value / step:,.15g}{word}" if size < _LARGEST else f"{figure.value:.4g}"
    return f"{'~' if figure.approximate else ''}{value} {figure.unit}"


def speaker(who: Speaker) -> str:
    """A speaker on one line: name, role, body, state, as far as known."""
    parts = [who.person, who.role, None if who.role and who.organisation else who.organisation]
    named = ", ".join(part for part in parts if part)
    return f"{named} ({who.state})" if named and who.state else named or who.state or ""


def marked(record: Record) -> Text:
    """The document's text with what was read from it in colour."""
    text = plain(record.document.text)
    for kind, style in STYLES.items():
        for item in _of(record, kind):
            for start, end in spans_of(item):
                text.stylize(style, start, end)
    for statement in record.statements:
        for start, end in statement.source:
            text.stylize(SOURCE_STYLE, start, end)
        for start, end in statement.cue:
            text.stylize(CUE_STYLE, start, end)
    return text


def legend() -> Text:
    """What the colours of `marked` mean."""
    from rich.text import Text

    parts = [("source", SOURCE_STYLE), ("cue", CUE_STYLE), ("statement", STYLES[Kind.STATEMENT])]
    parts += [(kind.value, STYLES[kind]) for kind in (Kind.ACTOR, Kind.DATE, Kind.FIGURE, Kind.AGREEMENT)]
    return Text("  ").join(Text(word, style) for word, style in parts)


def _of(record: Record, kind: Kind) -> Iterable[Item]:
    return (item for item in record.items if item.kind is kind)
