"""Noun phrases beside a number, by words that cannot stand inside one; for languages whose data name such words.

Nothing here knows what the nouns mean: `a swap line of 7 billion` gives `swap line`, `the quota for students is 700`
gives `quota`. Phrases come without articles, names and words that say nothing of what is measured (`total`, `new`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from multivector.reading._numbers import any_of, spaced
from multivector.reading.languages import Language
from multivector.record import Span

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NEXT = re.compile(r"[^\S\n]*([^\W\d_][\w’'-]*)")
_LONGEST = 3
"""Words of a phrase that are kept, before `of` and after it."""

_BACK = 90
"""How far before a number, in characters, the phrase before it may begin."""

_SUBJECT = 160
"""How far before a verb, in characters, its subject may begin."""

_PLACE = re.compile(r"\s(?:in|at|near|for|with|from)\s(?:the\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*\Z")
_MODIFIERS = 2
"""Words before a known noun that are kept."""

_WORD_BEFORE = re.compile(r"([^\W\d_]+)[^\S\n]*\Z")


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """The words of one language that bound noun phrases; `known` is false where the data have none."""

    known: bool
    stop: frozenset[str]
    determiners: frozenset[str]
    vague: frozenset[str]
    empty: frozenset[str]
    opens: re.Pattern[str]
    """Words that begin another clause: that, which."""

    nominal: re.Pattern[str]
    """What a noun looks like that may begin a sentence with a capital and is no name."""

    openers: frozenset[str]
    """Adjectives of measures that may begin a sentence with a capital."""

    governing: frozenset[str]
    """Words whose next word is a verb."""

    narrowing: re.Pattern[str]
    """What a word before a noun looks like that is no verb."""

    of: str
    amounts: re.Pattern[str]
    """`of` right before an amount."""

    worth: re.Pattern[str]
    links: re.Pattern[str]
    """Verbs between a subject and its amount."""

    holds: re.Pattern[str]
    """Between an amount and what it is there as: `5 million in loans`."""

    unheld: frozenset[str]
    """Words before which `in` tells nothing of the kind: `5 million in return`."""

    within: re.Pattern[str]
    """Articles before an amount that a noun follows."""


@cache
def phrase_words(language: Language) -> PhraseWords:
    """The words of a language, compiled."""
    figures: dict[str, Any] = language.table("figures")
    table: dict[str, Any] = figures.get("phrases", {})

    def ending(forms: list[str]) -> re.Pattern[str]:
        about = any_of(figures["approximate"]["before"])
        return re.compile(rf"(?<!\w){spaced(any_of(forms))}(?:[^\S\n]+{spaced(about)})?[^\S\n]*$", re.IGNORECASE)

    def words(name: str) -> frozenset[str]:
        return frozenset(table.get(name, ()))

    return PhraseWords(
        known=bool(table),
        stop=words("stop"),
        determiners=words("determiners"),
        vague=words("vague"),
        empty=words("empty"),
        opens=re.compile(rf"(?<!\w){any_of(table.get('opens', []))}(?!\w)"),
        nominal=re.compile(table.get("nominal", "(?!)")),
        openers=words("openers"),
        governing=words("governing"),
        narrowing=re.compile(table.get("narrowing", "(?!)")),
        of=table.get("of", ""),
        amounts=ending([table.get("of", "(?!)")]),
        worth=ending(table.get("worth", [])),
        links=re.compile(rf"(?<!\w){spaced(any_of(table.get('links', [])))}(?!\w)", re.IGNORECASE),
        holds=re.compile(rf"[^\S\n]+{spaced(any_of(table.get('holds', [])))}(?=[^\S\n])", re.IGNORECASE),
        unheld=words("unheld"),
        within=re.compile(rf"(?<!\w){spaced(any_of(table.get('within', [])))}[^\S\n]*$", re.IGNORECASE),
    )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: where it stands, and its words as a measure."""

    span: Span
    name: str


def phrase_after(text: str, start: int, end: int, words: PhraseWords) -> Phrase | None:
    """The phrase that begins at `start` (a space before it): `of natural gas`, `49 percent stake`."""
    kept: list[str] = []
    first = last = start
    while len(kept) < _LONGEST and (match := _NEXT.match(text, last, end)):
        word = match[1].lower()
        if word in words.stop or (word in words.determiners and kept):
            break
        if word not in words.determiners and word not in words.vague and not match[1][0].isupper():
            kept.append(word)
            first = first if len(kept) > 1 else match.start(1)
        last = match.end()
        if word.endswith(("’s", "'s")) and kept:
            kept.pop()
        elif kept and word.endswith("s") and not words.narrowing.fullmatch(word):
            break  # a plural ends the phrase: `labour migrants | live`
    return _phrase(kept, Span(first, last), words)


def phrase_before(text: str, start: int, end: int, words: PhraseWords) -> Phrase | None:
    """The phrase that ends at `end`: `the portfolio of joint projects`."""
    tokens = list(_WORD.finditer(text, max(start, end - _BACK), end))
    kept: list[str] = []
    edge = end
    for match in reversed(tokens):
        if not text[match.end() : edge].replace("\n", "#").isspace() and match.end() != edge:
            break
        word = match.group().lower()
        if word == words.of and kept and kept.count(words.of) < _LONGEST:
            kept.append(word)
        elif (
            word in words.stop or word in words.determiners or match.group()[0].isupper() or "’" in word or "'" in word
        ):
            break
        elif word not in words.vague:
            kept.append(word)
        edge = match.start()
        if len(kept) > 2 * _LONGEST:
            break
    kept.reverse()
    if kept and kept[0] == words.of:
        kept = kept[1:]
    return _phrase(kept, Span(edge, end), words)


def modifiers_of(text: str, start: int, end: int, words: PhraseWords) -> list[str]:
    """The words, two at most, that narrow the noun at `end`: `foreign direct` investment; verbs and names are none."""
    kept: list[str] = []
    for match in reversed(list(_WORD.finditer(text, max(start, end - _BACK), end))):
        said = match.group()
        word = said.lower()
        gap = text[match.end() : end]
        opens = said[0].isupper() and word in words.openers
        if not gap.isspace() or "\n" in gap or word in words.stop or word in words.determiners:
            break
        if (said[0].isupper() and not opens) or not words.narrowing.fullmatch(word):
            break
        end = match.start()
        if word not in words.vague:
            kept.append(word)
        if len(kept) == _MODIFIERS:
            break
    lead = _WORD_BEFORE.search(text[max(start, end - _BACK) : end])
    if kept and lead and lead[1].lower() in words.governing:
        kept.pop()  # `to attract investment`: a verb
    return kept[::-1]


def subject_of(text: str, start: int, end: int, words: PhraseWords) -> Phrase | None:
    """The first phrase of a clause that begins at `start` and whose verb begins at `end`, with what `of` adds to it."""
    start = max(start, end - _SUBJECT)
    opening = _NEXT.match(text, start, end)
    if opening is not None and opening[1].lower() in words.stop:
        # `In 2025, imports`: the subject stands behind the comma.
        comma = text.find(",", start, end)
        if comma < 0:
            return None
        start = comma + 1
    for match in words.opens.finditer(text, start, end):
        if text[:end].rstrip().endswith(",") and text.endswith(", ", start, match.start()):
            end = match.start() - 2  # `exports, which go by sea, reached`
            break
        start = match.end()
    kept: list[str] = []
    count, first, last = 0, -1, start
    for match in _WORD.finditer(text, start, end):
        word = match.group().lower()
        name = match.group()[0].isupper() and not (match.start() == start and words.nominal.fullmatch(word))
        if kept and text[last : match.start()].strip() not in ("", words.of):
            break
        if word == words.of and kept:
            if words.of in kept:
                break
            kept.append(word)
            count = 0
            continue  # only what follows makes it a part of the phrase
        if word in words.stop:
            break
        if word in words.determiners or word in words.vague or name or "’" in word:
            if kept and name:
                break
        elif count < _LONGEST:
            kept.append(word)
            count += 1
            first = first if first >= 0 else match.start()
        last = match.end()
    if kept and kept[-1] == words.of:
        kept.pop()
    return _phrase(kept, Span(max(first, start), last), words)


def _phrase(kept: list[str], span: Span, words: PhraseWords) -> Phrase | None:
    """A phrase, unless nothing is left of it or its noun is empty (`a total`, `the amount`)."""
    if words.of in kept and kept[kept.index(words.of) - 1] in words.empty:
        kept = kept[kept.index(words.of) + 1 :]  # `the volume of trade` is trade
    head = kept[kept.index(words.of) - 1] if words.of in kept else kept[-1] if kept else ""
    return Phrase(span, " ".join(kept)) if head and head not in words.empty else None


def phrase_at(text: str, core: Span, end: int, clause: Span, words: PhraseWords) -> Phrase | None:
    """The phrase that the amount in `core` (its unit ends at `end`) belongs to at once.

    `a swap line of N`, `a N stake`, `N`-kilometre road: what stands right before `of`, or right after an amount that
    an article precedes.
    """
    if not words.known:
        return None
    behind = text[max(clause.start, core.start - _BACK) : core.start]
    if of := words.amounts.search(behind):
        return phrase_before(text, clause.start, core.start - len(behind) + of.start(), words)
    if words.within.search(behind) and text[end : end + 1] in (" ", "-"):
        return phrase_after(text, end, clause.end, words)
    return None


def phrase_worth(text: str, core: Span, clause: Span, words: PhraseWords) -> Phrase | None:
    """What an amount is the worth of: `a clinic worth N`, `a deal valued at N`."""
    behind = text[max(clause.start, core.start - _BACK) : core.start]
    if not words.known or not (match := words.worth.search(behind)):
        return None
    end = core.start - len(behind) + match.start()
    end = len(text[:end].rstrip(" ,"))
    if place := _PLACE.search(text[max(clause.start, end - _BACK) : end]):
        end -= len(place[0])  # `a clinic in Osh worth ...`
    return phrase_before(text, clause.start, end, words)


def phrase_of_verb(text: str, core: Span, clause: Span, words: PhraseWords) -> Phrase | None:
    """The subject of the verb before an amount: `the population of A has passed N`, `the quota is N`."""
    if not words.known:
        return None
    link = None
    for match in words.links.finditer(text, clause.start, core.start):
        link = match
    if link is None or _WORD.search(text, link.end(), core.start):
        return None
    return subject_of(text, clause.start, link.start(), words)
