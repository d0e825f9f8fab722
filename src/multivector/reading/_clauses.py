"""Subjects and objects of verbs, found among the references of a sentence by what stands between.

This is no parser. It knows where a clause may begin and end, which prepositions put a name aside, and
which words show that a name belongs to another verb; where it is not sure it finds nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from multivector.reading._analysis import Analysis
from multivector.reading._reference import Reference, Sort
from multivector.reading._references import References
from multivector.reading.languages import Language
from multivector.record import Span

_TOKEN = re.compile(r"[\w’'./&-]+|[^\w\s]")
_LAST_WORD = re.compile(r"[\w’'-]+\s*$")
_REACH = 14
"""The most words between a verb and its subject, or a verb and its object."""


@dataclass(frozen=True, slots=True)
class _Grammar:
    left: re.Pattern[str]
    right: re.Pattern[str]
    aside: re.Pattern[str]
    opening: re.Pattern[str]
    links: re.Pattern[str]
    heads: re.Pattern[str]
    led: re.Pattern[str]
    prepositions: frozenset[str]
    finite: frozenset[str]
    auxiliaries: frozenset[str]
    quantifiers: frozenset[str]


@lru_cache(maxsize=4)
def _grammar(language: Language) -> _Grammar:
    table = language.table("references")

    def any_of(name: str) -> str:
        listed = sorted(table.get(name, ()), key=len, reverse=True)
        return "|".join(re.escape(word) for word in listed) or "(?!)"

    return _Grammar(
        left=re.compile(rf"[;:“\"«(]|\s[—–-]\s|,\s(?:and|but|or|so|yet)\b|\b(?i:{any_of('boundaries')})\b"),
        right=re.compile(table.get("ends", "(?!)")),
        aside=re.compile(rf",\s(?:{any_of('asides')})\b[^,;:“”\"]{{0,160}},"),
        opening=re.compile(rf"(?:\d{{1,2}}[.)]\s+)?(?:{any_of('openings')})\b[^,]{{0,120}},\s", re.IGNORECASE),
        links=re.compile(rf"\b(?:{any_of('links')}),?\s", re.IGNORECASE),
        heads=re.compile(rf"\b(?:{any_of('heads')})\b", re.IGNORECASE),
        led=re.compile(rf",?\s(?:{any_of('led')})\sby\s[^,;:]*(?:,|$)"),
        prepositions=frozenset(table.get("prepositions", ())),
        finite=frozenset(table.get("finite", ())),
        auxiliaries=frozenset(table.get("auxiliaries", ())),
        quantifiers=frozenset(table.get("quantifiers", ())),
    )


@dataclass(frozen=True, slots=True)
class Noun:
    """The references of one noun phrase: codes (None: the participants of the occasion) and span."""

    codes: tuple[str, ...] | None
    span: Span
    denied: bool = False


class Clauses:
    """The clauses of one document."""

    def __init__(self, analysis: Analysis, references: References) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.references = references
        self.grammar = _grammar(analysis.language)
        contents = [span for statement in analysis.statements for span in statement.content]
        self._starts = sorted({span.start for span in contents})
        self._ends = sorted({span.end for span in contents if not self._in_list(span.end)})

    def _in_list(self, edge: int) -> bool:
        """Whether a list of names goes on at `edge`, so that no clause ends there."""
        gap = re.match(r",\s|\sand\s", self.text[edge : edge + 5])
        if gap is None:
            return False
        before = self.references.within(max(0, edge - 40), edge)[-1:]
        after = self.references.within(edge + gap.end(), edge + gap.end() + 40)[:1]
        return any(a.span.end == edge for a in before) and any(b.span.start == edge + gap.end() for b in after)

    def group(self, low: int, verb: int) -> int:
        """Where the verb group begins whose main verb is at `verb`: before its auxiliaries and adverbs."""
        start = verb
        while True:
            match = re.search(r"([\w’']+)\s+$", self.text[max(low, start - 20) : start])
            if match is None:
                return start
            word = match.group(1).lower()
            if word not in self.grammar.auxiliaries and not word.endswith(("ly", "n't", "n’t")):
                return start
            if word.endswith("ly") and (word[:1] != match.group(1)[:1] or len(word) < 5):
                return start
            start -= len(match.group())

    def left(self, sentence: Span, verb: int, *, past: int = 0, coordinate: bool = False) -> int:
        """The last place before `verb` where its clause may begin, passing over `past` such places."""
        masked = self._masked(sentence, verb)
        marks = [sentence.start + m.end() for m in self.grammar.left.finditer(masked)]
        contents = _within(self._ends, sentence.start, verb)
        if not coordinate:
            contents = [*contents, *_within(self._starts, sentence.start, verb)]
        marks += [edge for edge in contents if masked[max(0, edge - sentence.start - 1) :][:1] != "\0"]
        edges = sorted({sentence.start, *(mark for mark in marks if mark <= verb)})
        return edges[max(0, len(edges) - 1 - past)]

    def right(self, sentence: Span, after: int) -> int:
        """The first place after `after` where its clause may end."""
        match = self.grammar.right.search(self.text, after, sentence.end)
        ends = [match.start() if match else sentence.end]
        ends += _within(self._ends, after + 1, sentence.end)[:1]
        return min(ends)

    def subject(self, sentence: Span, group: int) -> Noun | None:
        """Who does what the verb group at `group` says; None when that is nobody known or not sure."""
        low = self.left(sentence, group)
        before = self.text[low:group]
        joined = re.search(r"\b(?:but|yet)\s*$", self.text[sentence.start : group])
        if re.fullmatch(r"[\s,]*", before) and low > sentence.start and joined is None:
            return self._before_mark(sentence, low)
        if low > sentence.start and joined is None and not before.removesuffix("to ").strip():
            # `The parties plan | to sign`: who plans is who signs.
            verb = _LAST_WORD.search(self.text, sentence.start, low)
            return self.subject(sentence, self.group(sentence.start, verb.start())) if verb else None
        if (found := self._first(low, group, coordinate=False)) is not None:
            return found
        if re.search(r"(?:^|[\s,])(?:and|but|or|then)\s*$", self.text[sentence.start : group]):
            for past in range(5):
                start = self.left(sentence, group - 5, past=past, coordinate=True)
                if (found := self._first(start, group, coordinate=True)) is not None:
                    return found
        return None

    def object(self, after: int, end: int, marks: tuple[str, ...]) -> Noun | None:
        """Whom the verb that ends at `after` is directed at; `marks` are prepositions, `` for a direct object."""
        for mark in marks:
            places = [after]
            if mark:
                places = [m.end() for m in re.finditer(rf"\b{re.escape(mark)}\b", self.text[after:end])]
                places = [after + place for place in places[:2]]
            for place in places:
                for reference in self.references.within(place, end)[:1]:
                    if self._np_gap(self.text[place : reference.span.start]):
                        return self._group(reference, end)
        return self._city(after, end, marks)

    def _city(self, after: int, end: int, marks: tuple[str, ...]) -> Noun | None:
        """The state of a city behind one of `marks`, or right behind the verb, where nobody else is named."""
        cities = self.references.cities
        first = bisect_left(cities, after, key=lambda city: city.span.start)
        for city in cities[first:]:
            if city.span.start >= end:
                break
            mark = _LAST_WORD.search(self.text, after, city.span.start)
            word = mark.group().strip().lower() if mark is not None else ""
            # What is done in a city is done to its state only where nobody else is named.
            inside = word in ("in", "near")
            before = self.references.within(after, end if inside else city.span.start)
            if ("in" if inside else word) in marks and not before:
                return Noun(city.codes, city.span)
        return None

    def agent(self, after: int, end: int) -> Noun | None:
        """The doer of a passive verb that ends at `after`: what follows `by`."""
        return self.object(after, end, ("by",))

    def _first(self, low: int, high: int, *, coordinate: bool) -> Noun | None:
        opening = self.grammar.opening.match(
            self.text, low + len(self.text[low:high]) - len(self.text[low:high].lstrip()), high
        )
        start = opening.end() if opening else low
        asides = [Span(*m.span()) for m in self.grammar.aside.finditer(self.text, start, high)]
        for reference in self.references.within(start, high):
            if any(aside.start <= reference.span.start < aside.end for aside in asides):
                continue
            if self._set_aside(start, reference):
                continue
            noun = self._group(reference, high)
            gap = self.grammar.led.sub(" ", self.text[noun.span.end : high])
            for aside in asides:
                if aside.start >= noun.span.end:
                    gap = gap.replace(self.text[aside.start : aside.end], " ")
            last = self.references.within(noun.span.start, noun.span.end)[-1]
            if not self._subject_gap(last, gap, coordinate=coordinate):
                return None
            lead = self.text[start : reference.span.start].lower()
            return Noun(noun.codes, noun.span, bool(re.search(r"\b(?:no|neither|nor|none)\b", lead)))
        return None

    def _before_mark(self, sentence: Span, low: int) -> Noun | None:
        """The antecedent of `who` or `which`: the name right before it."""
        match = re.search(r",?\s*\b(?:who|which|that)\s*$", self.text[sentence.start : low])
        if match is None:
            return None
        end = sentence.start + match.start()
        for reference in reversed(self.references.within(sentence.start, end)):
            if reference.span.end == end and not self._set_aside(sentence.start, reference):
                return Noun(reference.codes or None, reference.span)
            break
        return None

    def _set_aside(self, low: int, reference: Reference) -> bool:
        """Whether a preposition puts the reference beside the clause (`in Dushanbe`, `with Beijing`)."""
        if self.text[reference.span.start : reference.span.end].lower() in ("they", "we", "he", "she", "i", "it"):
            return False
        if reference.sort is Sort.NAME and self._in_longer_name(reference):
            return True
        for time in self.analysis.times_in(Span(low, reference.span.start)):
            low = time.span.end
        if (linked := self.grammar.links.search(self.text, low, reference.span.start)) is not None:
            low = linked.end()
        lead = re.findall(r"[\w’'-]+|,", self.text[low : reference.span.start])
        if re.search(r"\bmembers?(?:\s(?:states|countries))?\sof\s(?:the\s)?$", self.text[low : reference.span.start]):
            return True
        words = [word.lower() for word in lead[-4:]]
        for number in range(len(words) - 1, -1, -1):
            word = words[number]
            if word in self.grammar.prepositions:
                if word == "of" and number and words[number - 1] in self.grammar.quantifiers:
                    return False  # `each of the Baltic states`
                allowed = word in ("of", "from", "for") and self.grammar.heads.search(" ".join(lead[-14:]))
                return not allowed
            if word in (",", "and"):
                return False
        return False

    def _in_longer_name(self, reference: Reference) -> bool:
        """Whether a name goes on as that of something else (`Norway Post`), unless that is a body or an office."""
        more = re.match(r"(?:\s[A-Z][\w&-]+)+", self.text[reference.span.end : reference.span.end + 80])
        if more is None or self.references.within(reference.span.end, reference.span.end + more.end()):
            return False
        return not (self.grammar.heads.search(more.group()) or self.references.role.search(more.group()))

    def _group(self, first: Reference, end: int) -> Noun:
        """A reference with those joined to it: `A, B and C`, `the A minister Name`."""
        codes = list(first.codes)
        sides = not first.codes
        span = first.span
        for reference in self.references.within(first.span.end, end):
            gap = self.text[span.end : reference.span.start]
            if not self._joined(gap):
                break
            owner = self.text[first.span.start : first.span.end].lower() in ("our", "my") or gap.startswith(
                ("’s", "'s")
            )
            if owner and span == first.span and not re.search(r",|\band\b", gap):
                # `our ally A`, `A's neighbour B`: the second one alone is meant.
                codes = []
            codes += reference.codes
            sides = sides or not reference.codes
            span = Span(span.start, reference.span.end)
        return Noun(None if sides else tuple(sorted(set(codes))), span)

    def _joined(self, gap: str) -> bool:
        words = re.findall(r"[\w’'-]+|[^\w\s]", gap.removeprefix("’s").removeprefix("'s"))
        if len(words) > 9 or any(not w[0].isalnum() and w not in (",", "&", "-", "–", "(", ")") for w in words):
            return False
        lowered = [w.lower() for w in words]
        if any(
            w in self.grammar.finite or (w in self.grammar.prepositions and w not in ("of", "for")) or w == "to"
            for w in lowered
        ):
            return False
        joins = [w for w in lowered if w in (",", "and", "&", "plus", "-", "–")]
        if "for" in lowered or any(re.fullmatch(r"[a-z]{3,}ed", w) for w in lowered):
            return False
        return bool(joins) or len(words) <= 6

    def _subject_gap(self, reference: Reference, gap: str, *, coordinate: bool) -> bool:
        """Whether what stands between the subject and the verb may belong to the subject."""
        gap = gap.removeprefix("’s").removeprefix("'s") if (owner := gap.startswith(("’s", "'s"))) else gap
        words = _TOKEN.findall(gap)
        lowered = [word.lower() for word in words]
        if coordinate:
            return len(words) <= 40
        if len(words) > _REACH:
            return False
        if any(word in self.grammar.finite or re.fullmatch(r"[a-z]{3,}(?:ed|ing)", word) for word in lowered):
            return False
        if reference.sort is Sort.ADJECTIVE or owner:
            capitals = [word for word in words if word[0].isupper()]
            return (
                bool(self.grammar.heads.search(gap))
                or bool(capitals)
                or (not words and reference.sort is Sort.ADJECTIVE)
            )
        return True

    def _np_gap(self, gap: str) -> bool:
        """Whether what stands between a verb and a name may be the front of the name's noun phrase."""
        words = [word.lower() for word in _TOKEN.findall(gap)]
        if len(words) > _REACH // 2 or any(not word[0].isalnum() and word not in ("“", "-") for word in words):
            return False
        for number, word in enumerate(words):
            if word in ("of", "from", "for") and self.grammar.heads.search(" ".join(words[:number])):
                continue
            if word in self.grammar.prepositions or word in self.grammar.finite or word in ("that", "to", "and", "or"):
                return False
        return True

    def _masked(self, sentence: Span, verb: int) -> str:
        """The sentence up to `verb`, asides blanked so that no clause begins in them."""
        text = self.text[sentence.start : verb]
        return self.grammar.aside.sub(lambda match: "\0" * len(match.group()), text)


def _within(offsets: list[int], first: int, last: int) -> list[int]:
    """Those of sorted offsets that lie in `[first, last]`."""
    return offsets[bisect_left(offsets, first) : bisect_right(offsets, last)]
