"""Mentions in real news, labelled by a kept tagger, corrected by the gazetteer, with names of the region put in.

spaCy's small English pipeline gives persons, organisations and places; the actors of the knowledge room overrule it;
offices come from the words of the product's own table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from multivector.knowledge import Knowledge, NameForm
from multivector.record import ActorKind
from training.mentions.names import Marked, Mention, Namer, titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KINDS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}
ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
HONORIFIC = re.compile(r"(?:mr|mrs|ms|dr|sir|lord|lady|miss|sheikh)\.?\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"[’']s?$")
MODIFIERS = (
    "deputy|first|vice|acting|former|ex-|senior|chief|assistant|prime|foreign|defen[cs]e|energy|interior|finance|health|"
    "trade|transport|economy|agriculture|justice|education|managing|executive|general|special|national|security|press|"
    "state|attorney|campaign|district"
)
HEADS = (
    "presidents?|ministers?|premier|chancellor|king|queen|emir|ambassadors?|envoys?|spokesman|spokeswoman|spokesperson|"
    "secretary(?:[- ]general)?|secretaries|commissioner|director(?: general)?|chairman|chairwoman|chairperson|chair|"
    "speaker|governors?|mayors?|advis[eo]rs?|aides?|senators?|colonel|admiral|captain|commander|rector|coordinator|"
    "manager|consul|attaché|prosecutor|judge|chief executive(?: officer)?|ceo|treasurer|congressman|congresswoman|"
    "strategist|attorney general|major general|lieutenant general|general"
)
FIELDS = (
    "foreign affairs|defen[cs]e|state|the interior|the treasury|energy|education|justice|trade|finance|health|"
    "communications|operations"
)
OFFICE = re.compile(
    rf"(?<![\w-])(?:(?:{MODIFIERS})[ -]){{0,3}}(?:{HEADS})(?![\w-])(?: (?:of|for) (?:{FIELDS})\b)?", re.IGNORECASE
)
NOT_OFFICE = re.compile(
    r"\b(?:general (?:election|assembly|motors|electric|public)|secretary of state's|chair(?:s|ed)?$)", re.IGNORECASE
)


class Labeller:
    """Labels running text."""

    def __init__(self, pipeline: Any, knowledge: Knowledge) -> None:
        self._pipeline = pipeline
        self._knowledge = knowledge

    def __call__(self, texts: Iterable[str]) -> Iterator[Marked]:
        """The texts with their mentions."""
        for document in self._pipeline.pipe(texts, batch_size=16):
            text: str = document.text
            found = [(e.start_char, e.end_char, KINDS[e.label_]) for e in document.ents if e.label_ in KINDS]
            other = [(e.start_char, e.end_char) for e in document.ents if e.label_ not in KINDS]
            yield Marked(text, self._corrected(text, [_trimmed(text, each) for each in found], other))

    def _corrected(self, text: str, found: list[Mention], other: list[tuple[int, int]]) -> list[Mention]:
        known: list[Mention] = []
        for match in self._knowledge.find(text, "en"):
            entry = self._knowledge.actor(match.code)
            if match.form is NameForm.PERSON:
                kind = "person"
            elif match.form is NameForm.SEAT or (
                match.form is NameForm.NAME and entry is not None and entry.type is ActorKind.ORGANISATION
            ):
                kind = "organisation"
            elif match.form in (NameForm.NAME, NameForm.CAPITAL):
                kind = "place"
            else:
                continue
            inside = any(
                start <= match.start and match.end <= end and end - start > match.end - match.start
                for start, end, _ in found
            )
            inside = inside or any(start <= match.start and match.end <= end for start, end in other)
            if not inside:
                known.append((match.start, match.end, kind))
        offices = [
            (*m.span(), "office") for m in OFFICE.finditer(text) if not NOT_OFFICE.search(text, m.start(), m.end() + 10)
        ]
        kept = _free(found, known)
        # An office that stands at the front of what was taken for a name or a body is cut off it.
        cut: list[Mention] = []
        for start, end, kind in kept:
            for office_start, office_end, _ in offices:
                if kind == "person" and office_start <= start < office_end < end:
                    start = office_end + 1
            cut.append((start, end, kind))
        names = [each for each in cut if each[0] < each[1] and text[each[0] : each[1]].strip()]
        return _free(offices, names)


def _free(lesser: list[Mention], better: list[Mention]) -> list[Mention]:
    """Both, without those of the lesser that overlap one of the better."""
    taken = sorted(better)
    apart = [each for each in lesser if all(each[1] <= other[0] or other[1] <= each[0] for other in taken)]
    return sorted([*taken, *apart])


def _trimmed(text: str, mention: Mention) -> Mention:
    start, end, kind = mention
    if (lead := ARTICLE.match(text, start, end)) is not None:
        start = lead.end()
    if kind == "person" and (lead := HONORIFIC.match(text, start, end)) is not None:
        start = lead.end()
    if (mark := POSSESSIVE.search(text[start:end])) is not None:
        end = start + mark.start()
    return start, end, kind


def swapped(marked: Marked, namer: Namer, states: list[str]) -> Marked:
    """The text with other names in place of its own, the same one for the same name throughout."""
    here = namer.people()
    persons: dict[str, tuple[str, str]] = {}
    others: dict[str, str] = {}
    shares = {"person": 0.9, "place": 0.7, "organisation": 0.5, "office": 0.25}
    text, at, mentions = "", 0, list[Mention]()
    for start, end, kind in marked.mentions:
        text += marked.text[at:start]
        old = marked.text[start:end]
        new = old
        if kind == "person":
            surname = old.split()[-1]
            if surname not in persons:
                people = here if namer.chance.random() < 0.8 else namer.people()
                persons[surname] = namer.person(people) if namer.chance.random() < shares[kind] else (old, surname)
            new = persons[surname][1 if " " not in old else 0]
        elif namer.chance.random() < shares[kind] or old in others:
            if kind == "office":
                new = namer.office()
                if old[0].isupper():
                    new = titled(new)
            elif old not in others:
                others[old] = namer.place(here, states) if kind == "place" else namer.organisation(here)
                new = others[old]
            else:
                new = others[old]
        mentions.append((len(text), len(text) + len(new), kind))
        text += new
        at = end
    return Marked(text + marked.text[at:], mentions)
