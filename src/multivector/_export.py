"""The record in the forms that other tools take: flat rows for CSV, and PLOVER's JSON for events.

Every row keeps the way back: the document's id, address and date, the offsets, and the words themselves.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from multivector._version import __version__
from multivector.check import Check
from multivector.knowledge import Knowledge
from multivector.record import ActorKind, Document, Event, Item, Speaker, interval, spans_of, to_dict


def csv_row(item: Document | Item, document: Document) -> dict[str, str]:
    """One flat row: lists joined by spaces (sections by semicolons), the speaker's parts in columns of their own."""
    if isinstance(item, Document):
        return {name: _cell(value) for name, value in to_dict(item).items() if name != "kind"}
    row: dict[str, str] = {"doc": document.id}
    for name, value in to_dict(item).items():
        if name == "kind":
            continue
        if name == "speaker":
            row |= {f"speaker_{part}": _cell(value[part]) for part in value}
        else:
            row[name] = _cell(value, "; " if name == "sections" else " ")
    row["words"] = _words(document, item)
    return row | {
        "published": document.published or "",
        "publisher": document.publisher or "",
        "url": document.url or "",
    }


def csv_columns(item: type[Item] | type[Document]) -> list[str]:
    """The columns of `csv_row` for a class of the record, in order."""
    names = ["from" if name == "from_" else name for name in _names(item)]
    if item is Document:
        return names
    columns = ["doc"]
    for name in names:
        columns += [f"speaker_{part}" for part in _names(Speaker)] if name == "speaker" else [name]
    return [*columns, "words", "published", "publisher", "url"]


def plover(event: Event, document: Document, knowledge: Knowledge) -> dict[str, Any]:
    """An event as a line of PLOVER's JSON (manual of the Open Event Data Alliance, chapter on data fields).

    `mode` and `context` are empty: this version does not code them. `event_scale` is the score of the type.
    PLOVER requires a date; where the text gives none, it is the date of publication, and `multivector.date_basis`
    says so.
    """
    date, end, basis = _dates(event, document)
    entry = knowledge.plover.types.get(event.type)
    spans = event.evidence
    return {
        "id": event.id,
        "date": date,
        "enddate": end,
        "actor": [_entity(code, knowledge) for code in event.actors],
        "recipient": [_entity(code, knowledge) for code in event.recipients],
        "event": [event.type.value],
        "mode": [],
        "context": [],
        "event_loc": {"placename": event.place} if event.place else None,
        "event_text": _words(document, event),
        "quad_code": entry.quad if entry else None,
        "event_scale": entry.score if entry else None,
        "link": document.url,
        "text": document.text[spans[0].start : spans[-1].end],
        "text_info": {"start": spans[0].start, "end": spans[-1].end},
        "cite_info": {
            "url": document.url,
            "title": document.title,
            "date": document.published,
            "publication": document.publisher,
            "language": document.language,
            "codebook": "PLOVER",
            "version": knowledge.plover.version,
        },
        "coder": f"multivector {__version__}",
        "multivector": {
            "document": document.id,
            "modality": event.modality.value,
            "domains": [domain.value for domain in event.domains],
            "said_by": event.said_by,
            "confidence": event.confidence,
            "date_basis": basis,
        },
    }


CHECK_COLUMNS = (
    *("doc", "verdict", "state", "kind", "statistic", "relation", "negated", "value", "unit", "first", "second"),
    *(
        "period",
        "low",
        "high",
        "reasons",
        "missing",
        "sources",
        "sentence",
        "speaker_person",
        "speaker_state",
        "said_on",
    ),
    *("item", "published", "publisher", "url"),
)
"""The columns of `check_rows`, in order."""


def check_rows(check: Check, document: Document) -> list[dict[str, str]]:
    """A check as flat rows: one, or for a claim about several states one a state with its own verdict and reasons."""
    claim, speaker = check.claim, check.claim.speaker
    sources = sorted({f"{row.source} ({row.vintage})" for row in check.rows if row.vintage})
    row = {
        "doc": claim.document,
        "verdict": check.verdict.value,
        "state": "",
        "kind": claim.kind.value,
        "statistic": claim.statistic,
        "relation": claim.relation.value,
        "negated": _cell(claim.negated),
        "value": _cell(claim.value),
        "unit": claim.unit,
        "first": " ".join(claim.sides[0]),
        "second": " ".join(claim.sides[1]),
        "period": claim.period or "",
        "low": _cell(check.low),
        "high": _cell(check.high),
        "reasons": " ".join(check.reasons),
        "missing": "; ".join(check.missing),
        "sources": "; ".join(sources),
        "sentence": claim.sentence,
        "speaker_person": (speaker.person or "") if speaker else "",
        "speaker_state": (speaker.state or "") if speaker else "",
        "said_on": claim.said_on or "",
        "item": claim.item or "",
        "published": document.published or "",
        "publisher": document.publisher or "",
        "url": document.url or "",
    }
    if not check.parts:
        return [row]
    return [
        row
        | {
            "verdict": part.verdict.value,
            "state": part.state,
            "reasons": " ".join(part.reasons),
            "missing": "; ".join(part.missing),
        }
        for part in check.parts
    ]


def _dates(event: Event, document: Document) -> tuple[str | None, str | None, str | None]:
    for value, basis in ((event.date, "text"), (document.published, "publication")):
        if value:
            start, end = interval(value)
            return start.isoformat() if start else None, end.isoformat() if end else None, basis
    return None, None, None


def _entity(code: str, knowledge: Knowledge) -> dict[str, Any]:
    """An actor of PLOVER: the state's code, or `IGO` with our code as its identifier."""
    entry = knowledge.actor(code)
    state = entry is not None and entry.type is ActorKind.STATE
    return {
        "code": code if state else code.partition(":")[0],
        "sector": "GOV" if state else None,
        "entity_text": entry.name if entry else code.partition(":")[2],
        "identifier_id": entry.wikidata if entry else None,
        "identifier_text": code,
    }


def _names(cls: type[Any]) -> list[str]:
    return [field.name for field in dataclasses.fields(cls)]


def _words(document: Document, item: Item) -> str:
    return " … ".join(" ".join(document.text[start:end].split()) for start, end in spans_of(item))


def _cell(value: Any, joint: str = " ") -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, list | tuple):
        return joint.join(_parts(value))
    return str(value)


def _parts(values: Any) -> Iterator[str]:
    for value in values:
        yield f"{value[0]}-{value[1]}" if isinstance(value, list | tuple) else str(value)


__all__ = ["csv_columns", "csv_row", "plover"]
