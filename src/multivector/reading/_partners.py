"""Claims that one actor is another's partner, ally or neighbour, and what finding any claim needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from multivector.reading._analysis import Analysis
from multivector.reading._clauses import Noun
from multivector.reading._occasion import scene_of, sides_of
from multivector.reading._reference import Reference, Sort
from multivector.reading._tie_words import Claim, TieWords
from multivector.record import Span, TieType

_APPOSED = re.compile(r",\s(?:an?|the|one of)\s(?:[\w-]+\s){0,2}")
_OWN = re.compile(r",\s(?:the\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3}\s(?:[\w-]+\s){0,3}")
_COMMA = re.compile(r"[,.;]")
_MEMBERS = re.compile(r"\bmembers?\b")
_LIST = 90
"""The most characters between a verb and the last noun of its list."""


class Partners:
    """Finds the claims of partnership of one document."""

    def __init__(self, analysis: Analysis, patterns: TieWords) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.patterns = patterns
        scene = scene_of(analysis)
        self.deeds = scene.deeds
        self.references = self.deeds.references
        self.clauses = self.deeds.clauses
        self.occasion = scene.occasion

    # ------------------------------------------------------------------------------------------- partners

    def partners(self, sentence: Span) -> Iterator[Claim]:
        for kind, pattern in self.patterns.partners:
            for match in pattern.finditer(self.text, self.analysis.starts, *sentence):
                noun = Span(*match.span())
                for way in (self._is_partner, self._considered, self._apposed, self._two_partners, self._two_apposed):
                    if (claim := way(sentence, kind, noun)) is not None:
                        yield claim
                        break

    def verb(self, sentence: Span, noun: Span, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The last such verb before a noun with nothing but a noun phrase between."""
        low = max(sentence.start, noun.start - _LIST)
        last = None
        for match in pattern.finditer(self.text, low, noun.start):
            last = match
        if (
            last is None
            or self.patterns.barriers.search(self.text, last.end(), noun.start)
            or re.search(r"[;:]", self.text[last.end() : noun.start])
        ):
            return None
        return last

    def _is_partner(self, sentence: Span, kind: TieType, noun: Span) -> Claim | None:
        verb = self.verb(sentence, noun, self.patterns.is_)
        if verb is None and kind is TieType.TRADING_PARTNER and self._lately(noun.end):
            verb = self.verb(sentence, noun, self.patterns.was)
        if verb is None:
            return None
        subject = self.clauses.subject(sentence, self.clauses.group(sentence.start, verb.start()))
        codes = self.codes(subject)
        if subject is None or not codes:
            return None
        owner = self.owner(sentence, Span(verb.end(), noun.start), noun)
        pairs = [*(product(codes, owner) if owner else combinations(codes, 2))]
        if owner and kind is TieType.TRADING_PARTNER:
            # `the second largest partner after B`: B is one too.
            other = self.patterns.after_other.match(self.text, noun.end, sentence.end)
            first = self.references.within(other.end(), sentence.end)[:1] if other else ()
            if other and first and first[0].span.start == other.end():
                pairs += product(first[0].codes, owner)
        return self._claim(kind, pairs, subject, sentence, noun)

    def _considered(self, sentence: Span, kind: TieType, noun: Span) -> Claim | None:
        verb = None
        for match in self.patterns.considers.finditer(self.text, max(sentence.start, noun.start - _LIST), noun.start):
            verb = match
        if verb is None:
            return None
        subject = self.clauses.subject(sentence, self.clauses.group(sentence.start, verb.start()))
        owner = self.codes(subject)
        between = self.text[verb.end() : noun.start]
        if subject is None or not owner or re.search(r"[;:.]|\b(?:that|which|not|with|against)\b", between):
            return None
        if self.patterns.each_other.search(between):
            return Claim(kind, tuple(combinations(sorted(owner), 2)), Span(subject.span.start, noun.end))
        objects = self.references.within(verb.end(), noun.start)
        if objects and self.clauses.object(verb.end(), noun.start, ("",)) is not None:
            found = self.clauses.object(verb.end(), noun.start, ("",))
            codes = self.codes(found)
            start = subject.span.start
        else:
            # `A, which B considers an ally`
            lead = self.text[sentence.start : subject.span.start]
            relative = re.search(r",?\s(?:which|whom|who|that)\s$", lead)
            before = self.references.within(sentence.start, sentence.start + relative.start()) if relative else ()
            if not before or sentence.start + (relative.start() if relative else 0) - before[-1].span.end > 12:
                return None
            codes, start = before[-1].codes, before[-1].span.start
        if not codes:
            return None
        end = self.end(sentence, noun)
        return Claim(kind, tuple(product(codes, owner)), Span(min(start, subject.span.start), end))

    def _apposed(self, sentence: Span, kind: TieType, noun: Span) -> Claim | None:
        """`A's ally B`, `our neighbour B`, `B, an ally of A`."""
        owner = self.owner(sentence, Span(max(sentence.start, noun.start - 50), noun.start), noun, near=True)
        if not owner:
            return None
        following = [r for r in self.references.within(noun.end, sentence.end) if r.codes][:1]
        if (
            following
            and re.fullmatch(r",?\s(?:and\s)?(?:the\s)?", self.text[noun.end : following[0].span.start])
            and not self.text[noun.end : noun.end + 5].startswith((" of", ", and"))
        ):
            codes, end = following[0].codes, following[0].span.end
            if self.text[noun.end - 1] == "s":
                listed = self.clauses.object(noun.end, self.clauses.right(sentence, end), ("",))
                names = self.references.within(following[0].span.start, listed.span.end) if listed else ()
                if listed is not None and listed.codes and all(each.sort is Sort.NAME for each in names):
                    codes, end = listed.codes, listed.span.end
            return Claim(kind, tuple(product(codes, owner)), Span(noun.start, end))
        before = [r for r in self.references.within(sentence.start, noun.start) if r.codes]
        for reference in before:
            gap = self.text[reference.span.end : noun.start]
            own = _OWN.fullmatch(gap) and self.references.within(reference.span.end, noun.start)
            if own or _APPOSED.fullmatch(gap):
                aside = _COMMA.search(self.text, noun.end, sentence.end)
                end = min(self.end(sentence, noun), aside.start() if aside else sentence.end)
                return Claim(kind, tuple(product(reference.codes, owner)), Span(reference.span.start, end))
        return None

    def _two_partners(self, sentence: Span, kind: TieType, noun: Span) -> Claim | None:
        """`the two allies`: the two states of the sentence, or those whom the document is about."""
        lead = re.search(r"\b(?:the|both)\s(?:two\s)?$", self.text[sentence.start : noun.start])
        if lead is None or not self.text[noun.start : noun.end].lower().endswith(("ies", "s")):
            return None
        two = "two" in lead.group() or "both" in lead.group()
        codes = {
            c for r in self.references.within(sentence.start, noun.start) if r.codes for c in r.codes if ":" not in c
        }
        if len(codes) != 2:
            if not two or self.occasion is None or len(self.occasion.participants) != 2:
                return None
            codes = set(self.occasion.participants)
        return Claim(kind, tuple(combinations(sorted(codes), 2)), Span(sentence.start + lead.start(), noun.end))

    def _two_apposed(self, sentence: Span, kind: TieType, noun: Span) -> Claim | None:
        """`A and B, both old allies`, `As neighbours, A and B`."""
        lead = self.text[sentence.start : noun.start]
        if not self.text[noun.start : noun.end].lower().endswith("s"):
            return None
        if (such := self.patterns.as_such.search(lead)) is not None:
            after = re.compile(r",\s").match(self.text, noun.end, sentence.end)
            named = self.clauses.object(after.end(), sentence.end, ("",)) if after else None
            if named is None or after is None or named.span.start - after.end() > len("the "):
                return None
            return Claim(kind, self._mutual(named.codes), Span(sentence.start + such.start(), named.span.end))
        two = self.patterns.two.search(lead)
        listed = self.listed_before(sentence, sentence.start + two.start()) if two else ()
        if len(listed) != 2 or any(each.sort is not Sort.NAME for each in listed):
            return None
        codes = tuple(code for each in listed for code in each.codes)
        owner = self.owner(sentence, Span(noun.start, noun.start), noun)
        if not owner and re.match(r"\s(?:of|to|for)\s", self.text[noun.end : sentence.end]):
            return None
        pairs = tuple(product(codes, owner)) if owner else self._mutual(codes)
        return Claim(kind, pairs, Span(listed[0].span.start, noun.end))

    def _mutual(self, codes: Iterable[str] | None) -> tuple[tuple[str, str], ...]:
        return tuple(combinations(sorted({code for code in codes or () if ":" not in code}), 2))

    def listed_before(self, sentence: Span, end: int) -> tuple[Reference, ...]:
        """The references of a list that ends at `end`: `A, B and C`."""
        found: list[Reference] = []
        for reference in reversed(self.references.within(sentence.start, end)):
            gap = self.text[reference.span.end : found[-1].span.start if found else end]
            if found and not re.fullmatch(r",\s(?:and\s)?(?:the\s)?|\sand\s(?:the\s)?", gap):
                break
            if not found and gap:
                break
            found.append(reference)
        return tuple(reversed(found))

    def _lately(self, place: int) -> bool:
        """Whether what is said to have been was so in this year or one of the two before."""
        match = self.patterns.lately.match(self.text, place)
        if match is None:
            return False
        published = self.analysis.published
        return match.group(1) is None or (published is not None and int(match.group(1)) >= published.year - 2)

    def owner(self, sentence: Span, between: Span, noun: Span, *, near: bool = False) -> tuple[str, ...]:
        """Whose partner: `our`, `A's`, `the Kazakh`, or `of A` after the noun; empty when the text does not say."""
        text = self.text[between.start : between.end]
        if match := self.patterns.speaker.search(text):
            gap = text[match.end() :]
            if (not near or re.fullmatch(r"\s(?:[\w-]+,?\s){0,3}", gap)) and (
                state := self.references.contents.state_at(between.start + match.start())
            ):
                return (state,)
        for reference in reversed(self.references.within(between.start, between.end)):
            gap = self.text[reference.span.end : noun.start]
            possessive = gap.startswith(("’s", "'s", "’ ", "' ")) or reference.sort is Sort.ADJECTIVE
            if possessive and reference.codes and (not near or re.fullmatch(r"[’']?s?\s(?:[\w-]+,?\s){0,3}", gap)):
                return reference.codes
        after = re.match(
            r"(?:\s(?:and|,)\s[\w ]{1,30}?)?\s(?:of|to|for)\s(?:the\s)?(?:(?:Republic|republic) of\s)?",
            self.text[noun.end : sentence.end],
        )
        if after:
            found = self.clauses.object(noun.end, self.clauses.right(sentence, noun.end), ("of", "to", "for"))
            head = _MEMBERS.search(self.text, noun.end, found.span.start) if found is not None else None
            if found is not None and found.codes and head is None and found.span.start - noun.end < 30:
                return found.codes
        return ()

    # --------------------------------------------------------------------------------------------- common

    def codes(self, noun: Noun | None) -> tuple[str, ...]:
        if noun is None:
            return ()
        if noun.codes is None:
            return sides_of(self.occasion, self.references)
        return noun.codes

    def _claim(
        self, kind: TieType, pairs: Iterable[tuple[str, str]], subject: Noun, sentence: Span, noun: Span
    ) -> Claim:
        start = min(subject.span.start, noun.start)
        lead = re.search(r"(?:\b[Tt]he\s(?:\w+\sof\s)?)$", self.text[sentence.start : start])
        return Claim(kind, tuple(pairs), Span(start - len(lead.group()) if lead else start, self.end(sentence, noun)))

    def end(self, sentence: Span, noun: Span) -> int:
        """The end of a list that goes on after a noun (`neighbours, allies and partners`)."""
        more = re.match(
            r"(?:(?:,|,?\sand)\s(?:[\w-]+\s){0,2}?(?:allies|ally|partners?|neighbou?rs?)\b)+",
            self.text[noun.end : sentence.end],
            re.IGNORECASE,
        )
        if more:
            return noun.end + more.end()
        end = self.clauses.right(sentence, noun.end)
        then = self.patterns.and_then.search(self.text, noun.end, end)
        tail = self.text[noun.end : then.start() if then else end]
        return noun.end + len(tail.rstrip(' ,.;:”"»')) if len(tail) <= 60 else noun.end
