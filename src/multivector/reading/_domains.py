"""The policy domains of an item, from the key terms of the knowledge room.

The item's own words decide; when they hold too few terms, its sentences, the sentences before them, its paragraphs
and then the subject of the whole document are read with them, of which only strong terms count and only the main
subjects are taken; politics when nothing tells. The longest term at a place wins; a strong term counts for two weak
ones, and a single weak one does not stand beside a strong one. An item that names many subjects, as in a list of fields
of cooperation, has all their domains. Subjects of politics (elections, sovereignty, friendship) count like those of
other domains in the item's own words; forms in which every subject is dealt with (visits, talks, papers) are politics
when nothing else tells. That an ambassador or a foreign ministry says it does not make politics of what is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from multivector.knowledge import Knowledge
from multivector.reading._analysis import Analysis
from multivector.record import Domain, Span, Spans

_WORD = re.compile(r"[^\W_]+(?:[-–’'][^\W_]+)*")
_LAST_RESORT = Domain.POLITICS
_ORDER = {domain: number for number, domain in enumerate(Domain)}
_STRONG, _FORM, _WEAK = 2, 1, 0
_WEIGHT = (1, 2, 2)
"""What a weak term, a form and a strong term weigh."""

_BESIDE = 2
"""What a domain must weigh in the item's own words beside another that a strong term tells."""

_SHARE = 0.5
"""A domain beside the strongest one needs at least this share of its weight, .."""

_NAMED = 0.08
""".. or, when strong terms among the item's own words tell, this share of what all domains weigh."""

_OUTWEIGHED = 2
"""The subject of a document is politics when that outweighs every other domain so many times: visits and talks are told
of in any diplomatic document."""

_NEARNESS = (4, 3, 2, 1)
"""How much a term weighs in the item's own words, in its sentences, with the sentence before and in its paragraphs."""

_ENOUGH = 3
"""Words whose strongest domain weighs less are read together with what is around them."""

_DOCUMENT = 3
"""How much the subject of the document weighs; that of its paragraphs weighs as much as their terms."""

_SUBJECT = 6
"""A document whose strongest domain weighs less has no subject."""

_PREFIX = 4
"""Terms are filed under the first letters of their first word."""

_REMEMBERED = 60_000
"""Words whose terms are kept."""

Hit = tuple[int, int, Domain, int]
"""Start, end, the domain that the term tells, how strongly it does."""

Term = tuple[tuple[str, ...], Domain, int]


def domains_of(
    analysis: Analysis,
    spans: Iterable[Span],
    default: tuple[Domain, ...] = (_LAST_RESORT,),
    sources: Spans | None = None,
) -> tuple[Domain, ...]:
    """The domains of the words under `spans`, one or more, in the order of `Domain`; never empty.

    `default` is what stands when neither the words nor what is around them hold a term. `sources` are the phrases
    for who says something in the document; None takes those of its statements.
    """
    spans = tuple(spans)
    if sources is None:
        sources = tuple(span for statement in analysis.statements for span in statement.source)
    place = (analysis.knowledge, analysis.language.tag, analysis.text)
    own = tuple(_within(_hits(*place), spans))
    told = {domain for _, _, domain, strength in own if strength == _STRONG}
    weights: defaultdict[Domain, float] = defaultdict(float)
    for domain, weight in _own(own, told).items():
        weights[domain] = weight * _NEARNESS[0]
    if told == weights.keys() == {_LAST_RESORT}:
        return (_LAST_RESORT,)
    if max(weights.values(), default=0) >= _ENOUGH * _NEARNESS[0]:
        chosen = _named(weights, told)
    else:
        _look_around(analysis, spans, sources, weights)
        chosen = told | _strongest(weights, told)
    return tuple(sorted(chosen, key=_ORDER.__getitem__)) or default or (_LAST_RESORT,)


def _own(hits: tuple[Hit, ...], told: set[Domain]) -> Counter[Domain]:
    """What the item's own words weigh; beside strong terms a single weak one of another domain weighs nothing."""
    weights = _weigh(hits)
    for domain in weights.keys() - told if told else ():
        if domain is not _LAST_RESORT and weights[domain] < _BESIDE:
            del weights[domain]
    return weights


def _look_around(
    analysis: Analysis, spans: tuple[Span, ...], sources: Spans, weights: defaultdict[Domain, float]
) -> None:
    """Add to the weights what is around the words, from near to far until it is enough."""
    place = (analysis.knowledge, analysis.language.tag, analysis.text)
    around = _around(*place, sources)
    for circle, nearness in zip(_circles(analysis, spans), _NEARNESS[1:], strict=False):
        for domain, weight in _weigh(_within(around, circle)).items():
            weights[domain] += weight * nearness
        if max(weights.values(), default=0) >= _ENOUGH * nearness:
            return
    for domain, share in _subject(*place, sources):
        weights[domain] += _DOCUMENT * share


@lru_cache(maxsize=4)
def _around(knowledge: Knowledge, tag: str, text: str, sources: Spans) -> tuple[Hit, ...]:
    """The terms that tell the subject of what stands beside them: strong ones, offices of those who speak left out."""
    kept: list[Hit] = []
    ordered = sorted(sources)
    for hit in _hits(knowledge, tag, text):
        index = bisect_right(ordered, hit[0], key=lambda span: span.start)
        in_source = index > 0 and hit[1] <= ordered[index - 1].end
        if hit[3] >= _FORM and not (in_source and hit[2] is _LAST_RESORT):
            kept.append(hit)
    return tuple(kept)


@lru_cache(maxsize=4)
def _subject(knowledge: Knowledge, tag: str, text: str, sources: Spans) -> tuple[tuple[Domain, float], ...]:
    """The domains of which a document speaks most, with their share of the strongest; none when that is politics."""
    weights = _weigh(_around(knowledge, tag, text, sources))
    politics = weights.pop(_LAST_RESORT, 0)
    most = max(weights.values(), default=0)
    if most < _SUBJECT or most * _OUTWEIGHED <= politics:
        return ()
    return tuple((domain, weight / most) for domain, weight in weights.items() if weight >= most * _SHARE)


def _circles(analysis: Analysis, spans: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    """What is around the words: their sentences, with those before them, whose subject goes on, their paragraphs."""
    if not analysis.sentences:
        return
    numbers = {analysis.sentence_at(span.start) for span in spans}
    paragraphs = {analysis.sentences[n].paragraph for n in numbers}
    before = {n - 1 for n in numbers if n and analysis.sentences[n - 1].paragraph in paragraphs}
    yield tuple(analysis.sentences[n].span for n in sorted(numbers))
    yield tuple(analysis.sentences[n].span for n in sorted(numbers | before))
    yield tuple(analysis.paragraphs[n] for n in sorted(paragraphs))


def _within(hits: tuple[Hit, ...], spans: tuple[Span, ...]) -> Iterator[Hit]:
    for start, end in spans:
        for index in range(bisect_left(hits, start, key=lambda hit: hit[0]), len(hits)):
            if hits[index][0] >= end:
                break
            if hits[index][1] <= end:
                yield hits[index]


def _weigh(hits: Iterable[Hit]) -> Counter[Domain]:
    weights: Counter[Domain] = Counter()
    for _, _, domain, strength in hits:
        weights[domain] += _WEIGHT[strength]
    return weights


def _named(weights: dict[Domain, float], told: set[Domain]) -> set[Domain]:
    """Every domain that the words name and not only brush."""
    weights = _narrow(weights, told)
    least = _SHARE * max(weights.values())
    if told:
        least = min(least, _NAMED * sum(weights.values()))
    return {domain for domain, weight in weights.items() if weight >= least}


def _strongest(weights: dict[Domain, float], told: set[Domain]) -> set[Domain]:
    weights = _narrow(weights, told)
    most = max(weights.values(), default=0)
    return {domain for domain, weight in weights.items() if weight == most}


def _narrow(weights: dict[Domain, float], told: set[Domain]) -> dict[Domain, float]:
    """Without politics, which is what remains when there is no narrower subject, unless its own subjects are named."""
    if _LAST_RESORT in told or len(weights) == 1:
        return weights
    return {domain: weight for domain, weight in weights.items() if domain is not _LAST_RESORT}


@lru_cache(maxsize=4)
def _hits(knowledge: Knowledge, tag: str, text: str) -> tuple[Hit, ...]:
    """Every term in the text, in text order, without overlaps."""
    terms = _terms(knowledge, tag)
    places = [place for match in _WORD.finditer(text) for place in _parts(match, terms)]
    words = [_fold(text[start:end]) for start, end in places]
    found: list[Hit] = []
    free = 0
    for number, word in enumerate(words):
        if number >= free and (begun := terms.begun(word)) and (term := _longest(begun, words, number)) is not None:
            free = number + len(term[0])
            found.append((places[number][0], places[free - 1][1], term[1], term[2]))
    return tuple(found)


def _parts(match: re.Match[str], terms: _Terms) -> Iterator[tuple[int, int]]:
    """Start and end of a word, or of its parts when no term is written with its hyphen (`self-defence`)."""
    start, end = match.span()
    word = _fold(match.group())
    if "-" in word and not any("-" in term[0][0] for term in terms.begun(word)):
        for part in word.split("-"):
            yield start, start + len(part)
            start += len(part) + 1
    else:
        yield start, end


def _longest(begun: tuple[Term, ...], words: list[str], number: int) -> Term | None:
    """Of terms that begin with one of the words the longest that goes on with those after it; of several the last."""
    best: Term | None = None
    for term in begun:
        parts = term[0]
        if best is not None and len(parts) < len(best[0]):
            continue
        following = words[number + 1 : number + len(parts)]
        if len(following) + 1 == len(parts) and all(map(_same, parts[1:], following)):
            best = term
    return best


class _Terms:
    """The terms of a language, filed under the first letters of their first word."""

    def __init__(self, index: dict[str, list[Term]]) -> None:
        self._index = index
        self._begun: dict[str, tuple[Term, ...]] = {}

    def begun(self, word: str) -> tuple[Term, ...]:
        """The terms that begin with a word of a text; most words begin none."""
        known = self._begun.get(word)
        if known is None:
            if len(self._begun) >= _REMEMBERED:
                self._begun.clear()
            lengths = range(1, min(len(word), _PREFIX) + 1)
            filed = (term for length in lengths for term in self._index.get(word[:length], ()))
            known = self._begun[word] = tuple(term for term in filed if _same(term[0][0], word))
        return known


def _same(part: str, word: str) -> bool:
    """Whether a word of the text is a term's word, or begins with it when that is a stem (`part*`)."""
    if part.endswith("*"):
        return word.startswith(part[:-1])
    return word in (part, f"{part}'s")


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()  # nothing to replace
    return word.lower().replace("’", "'").replace("–", "-").replace("ё", "е")


@lru_cache(maxsize=8)
def _terms(knowledge: Knowledge, tag: str) -> _Terms:
    index: dict[str, list[Term]] = {}
    for entry in knowledge.domains.values():
        terms = entry.terms.get(tag)
        if terms is None:
            continue
        for strength, listed in ((_STRONG, terms.strong), (_FORM, terms.forms), (_WEAK, terms.weak)):
            for term in listed:
                parts = tuple(match.group() for match in re.finditer(r"\S+", _fold(term)))
                if parts:
                    index.setdefault(parts[0].removesuffix("*")[:_PREFIX], []).append((parts, entry.domain, strength))
    return _Terms(index)
