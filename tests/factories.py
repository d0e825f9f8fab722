"""Documents and records made by hand, for tests of rooms that take them ready-made."""

from __future__ import annotations

from dataclasses import replace

from multivector.record import (
    Actor,
    ActorKind,
    Agreement,
    AgreementStatus,
    AgreementType,
    DateMention,
    Document,
    Domain,
    Event,
    EventType,
    Figure,
    Modality,
    Record,
    Span,
    Speaker,
    Statement,
    StatementMode,
    Tie,
    TieType,
    document_id,
    with_id,
)
from multivector.store import Sighting

READER = "2+0a1b2c3d"

STATES = {"KAZ": "Kazakhstan", "UZB": "Uzbekistan", "KGZ": "Kyrgyzstan", "TJK": "Tajikistan", "TKM": "Turkmenistan"}


def make_document(text: str, **metadata: str | None) -> Document:
    """A document with its proper id; what is not given is unknown."""
    blank: dict[str, str | None] = dict.fromkeys(("url", "publisher", "title", "published", "language"))
    return Document(id=document_id(text), text=text, **(blank | metadata))  # type: ignore[arg-type]


def make_sighting(document: Document, location: str, **changes: str | None) -> Sighting:
    """A sighting that says of `document` what it says of itself, but for `changes`."""
    return replace(Sighting.of(document, location, retrieved="2026-03-01T12:00:00Z"), **changes)  # type: ignore[arg-type]


def find(text: str, words: str) -> Span:
    """Where `words` first stand in `text`."""
    start = text.index(words)
    return Span(start, start + len(words))


def make_record(number: int, *, reader: str = READER, **metadata: str | None) -> Record:
    """The record numbered `number`: one item of every kind, said by a minister of one of five states.

    The same number gives the same record; other numbers give other texts.
    """
    code, state = list(STATES.items())[number % len(STATES)]
    other, partner = list(STATES.items())[(number + 1 + number // 5 % 4) % len(STATES)]
    day = f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    content = f"«{state} signed grain memorandum No. {number} with {partner}, worth {number + 1} million dollars»"
    report = f"{partner} is a neighbour of {state}."
    text = f"On {day} the minister Timur Ёлкин said: {content}. {report} Report {number}."
    published = {"published": day, "language": ("en", "ru", "uz")[number % 3], "title": f"Report {number}"}
    document = make_document(text, **(published | {"publisher": "The Example Courier"} | metadata))
    at = document.id
    statement = with_id(
        Statement(
            id="",
            source=(find(text, "the minister Timur Ёлкин"),),
            cue=(find(text, "said"),),
            content=(find(text, content),),
            mode=StatementMode.DIRECT,
            speaker=Speaker("Timur Ёлкин", "minister", None, code),
            said_on=day,
            occasion="briefing",
            domains=(Domain.TRADE,),
        ),
        at,
    )
    words = (find(text, content[1:-1]),)
    event = Event("", EventType.AGREE, (code, other), (), None, None, Modality.OCCURRED, (Domain.TRADE,), words)
    value = float((number + 1) * 1_000_000)
    figure = Figure("", "trade turnover", value, "USD", False, (code, other), "2025", (Domain.TRADE,), words)
    paper = find(text, f"grain memorandum No. {number}")
    agreement = Agreement(
        id="",
        title=text[slice(*paper)],
        type=AgreementType.MEMORANDUM,
        parties=(code, other),
        signed_on=day,
        period=None,
        sections=("grain", "transit"),
        status=AgreementStatus.SIGNED,
        domains=(Domain.TRADE, Domain.TRANSPORT),
        evidence=(paper,),
    )
    first, last = sorted((code, other))
    tie = Tie("", TieType.NEIGHBOUR, first, last, (Domain.POLITICS,), (find(text, report),))
    return Record(
        document,
        reader,
        actors=tuple(
            with_id(Actor("", c, ActorKind.STATE, name, (), None, (find(text, name),)), at)
            for c, name in ((code, state), (other, partner))
        ),
        dates=(with_id(DateMention("", day, (find(text, day),)), at),),
        statements=(statement,),
        events=(with_id(replace(event, said_by=statement.id), at),),
        figures=(with_id(replace(figure, said_by=statement.id), at),),
        agreements=(with_id(replace(agreement, said_by=statement.id), at),),
        ties=(with_id(tie, at),),
    )


def make_pair(number: int, *, reader: str = READER) -> tuple[Record, Sighting]:
    """The record numbered `number`, with the one sighting that it comes from."""
    record = make_record(number, reader=reader)
    return record, make_sighting(record.document, f"reports/{number:05d}.txt")
