"""Changes to documents that keep their annotation right, so that the reader is not bound to US campaign news.

Word lists are in `words.toml`, all of our own writing.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from multivector.reading._tagger.labels import ROLES
from training.attribution.corpus import Attribution, Document
from training.attribution.synthetic import Writer

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from training.attribution.config import Augmentation

Edit = tuple[int, int, str]
QUOTE = re.compile(r"''|``|[\"“”„«»]")
CAPITAL = re.compile(r"[A-Z][a-zà-ž]+(?:-[A-Z][a-zà-ž]+)?")
LOWER = re.compile(r"\b[a-z]+\b")
ARTICLE = re.compile(r"(?<=\w )(?:the|a|an) (?=[a-z])")
DATELINE = re.compile(r"[A-Z][A-Z .,]{3,30}(?:\([A-Za-z ]+\) )?[—–-]+ ?")
DAYS = frozenset(
    (
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
)


def edit(document: Document, edits: Sequence[Edit]) -> Document:
    """The document with each range replaced; spans move along, those that vanish are dropped."""
    parts, moved, at = [], [0] * (len(document.text) + 1), 0
    length = 0
    for start, end, new in sorted(edits):
        if start < at:
            continue
        parts.append(document.text[at:start])
        for i in range(at, start + 1):
            moved[i] = length + i - at
        length += start - at
        for i in range(start + 1, end + 1):
            moved[i] = length + len(new)
        if start == end:
            moved[start] = length + len(new)
        parts.append(new)
        length += len(new)
        at = end
        if end > start:
            moved[end] = length
    parts.append(document.text[at:])
    before = moved[at]
    for i in range(at + 1, len(document.text) + 1):
        moved[i] = before + i - at
    attributions = []
    for old in document.attributions:
        new_spans = {role: [(moved[s], moved[e]) for s, e in old.of(role) if moved[s] < moved[e]] for role in ROLES}
        if new_spans["content"]:
            attributions.append(Attribution(**new_spans))
    return Document(document.name, "".join(parts), attributions)


class Augmenter:
    """Applies each change with its probability."""

    def __init__(self, settings: Augmentation, documents: Sequence[Document], chance: random.Random) -> None:
        self._settings = settings
        self._chance = chance
        with Path(__file__).with_name("words.toml").open("rb") as file:
            self._lists = tomllib.load(file)
        lower = Counter(word for document in documents for word in LOWER.findall(document.text))
        self._common = {word for word, count in lower.items() if count > 2}
        self._writer = Writer(self._lists, documents, chance)

    def __call__(self, document: Document) -> Document:
        """The document, perhaps changed."""
        settings = self._settings
        changes = (
            (settings.names, self._names),
            (settings.cues, self._cues),
            (settings.first_person, self._first_person),
            (settings.articles, self._articles),
            (settings.no_quotes, self._no_quotes),
            (settings.single_quotes, self._single_quotes),
            (settings.dateline, self._dateline),
        )
        for share, change in changes:
            if self._chance.random() < share:
                document = edit(document, change(document))
        return document

    def synthetic(self, count: int) -> list[Document]:
        """Documents of kinds that the corpus has few of: speeches, transcripts, joint statements."""
        return [self._writer.document() for _ in range(count)]

    def _names(self, document: Document) -> list[Edit]:
        """Places, bodies and people of other regions, the same one for the same name throughout."""
        pick = self._chance.choice
        region = pick(self._lists["regions"])
        known: dict[str, str] = {}
        edits: list[Edit] = []
        replaced: set[int] = set()
        for kind in ("place", "body", "people"):
            for phrase in self._lists["us"][kind]:
                for match in re.finditer(rf"\b{re.escape(phrase)}\b", document.text):
                    if match.start() not in replaced:
                        key = f"{kind}:{phrase}"
                        known.setdefault(key, pick(region[kind]))
                        edits.append((match.start(), match.end(), known[key]))
                        replaced.update(range(match.start(), match.end()))
        for match in CAPITAL.finditer(document.text):
            word = match.group()
            if match.start() in replaced or word in DAYS or word.lower() in self._common:
                continue
            if word not in known:
                given = document.text[match.end() : match.end() + 2]
                first = len(given) == 2 and given[0] == " " and given[1].isupper()
                known[word] = pick(region["given" if first else "family"]) if self._chance.random() < 0.85 else word
            edits.append((match.start(), match.end(), known[word]))
        return edits

    def _cues(self, document: Document) -> list[Edit]:
        """Other verbs of saying."""
        edits = []
        for attribution in document.attributions:
            for start, end in attribution.cue:
                others = self._lists["cues"].get(document.text[start:end])
                if others and self._chance.random() < 0.5:
                    edits.append((start, end, self._chance.choice(others)))
        return edits

    def _first_person(self, document: Document) -> list[Edit]:
        """`he said that` to `we confirm that`."""
        edits = []
        for attribution in document.attributions:
            if len(attribution.source) != 1 or len(attribution.cue) != 1:
                continue
            (start, end), (verb, stop) = attribution.source[0], attribution.cue[0]
            between = document.text[end:verb]
            if document.text[verb:stop] not in self._lists["cues"] or between != " ":
                continue
            who = self._chance.choice(("I", "we", "we", "the Parties", "the sides", "the Ministers"))
            if not document.text[max(0, start - 2) : start].strip(' \n"“') or start == 0:
                who = who[0].upper() + who[1:]
            edits += [(start, end, who), (verb, stop, self._chance.choice(self._lists["first_person"]))]
        return edits

    def _articles(self, document: Document) -> list[Edit]:
        """Articles left out, as in translated English."""
        return [(m.start(), m.end(), "") for m in ARTICLE.finditer(document.text) if self._chance.random() < 0.5]

    def _no_quotes(self, document: Document) -> list[Edit]:
        """No quotation marks at all."""
        return [(m.start(), m.end(), "") for m in QUOTE.finditer(document.text)]

    def _single_quotes(self, document: Document) -> list[Edit]:
        """British quotation marks."""
        marks = self._chance.choice((("‘", "’"), ("'", "'")))
        edits: list[Edit] = []
        for match in QUOTE.finditer(document.text):
            before = document.text[match.start() - 1 : match.start()]
            closing = bool(before) and not before.isspace() and before not in "(—–-["
            edits.append((match.start(), match.end(), marks[closing]))
        return edits

    def _dateline(self, document: Document) -> list[Edit]:
        """A dateline at the head of a paragraph near the top, in place of the one that stands there."""
        starts = [0, *[m.end() for m in re.finditer(r"\n+", document.text)][:3]]
        start = self._chance.choice(starts)
        old = DATELINE.match(document.text, start)
        return [(start, old.end() if old else start, self._writer.dateline())]
