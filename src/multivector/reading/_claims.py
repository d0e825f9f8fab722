"""Places in a text that assert a standing relation, with the pairs of actors that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from multivector.reading._analysis import Analysis
from multivector.reading._clauses import Noun
from multivector.reading._deeds import Deeds
from multivector.reading._occasion import Occasion, occasion_of
from multivector.reading._references import References, Sort
from multivector.reading._tie_words import Claim, TieWords
from multivector.record import Span, TieType

_LIST = 90
"""The most characters between a verb and the last noun of its list."""


class Claims:
    """Finds the claims of one document."""

    def __init__(self, analysis: Analysis, patterns: TieWords) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.patterns = patterns
        self.references = References(analysis)
        self.deeds = Deeds(analysis, self.references)
        self.clauses = self.deeds.clauses
        self.occasion: Occasion | None = occasion_of(analysis, self.deeds)

    def find(self) -> Iterator[Claim]:
        """The claims that stand without doubt, sentence by sentence."""
        for sentence in self.analysis.sentences:
            for find in (
                self._partners,
                self._presence,
                self._security,
                self._membership,
                self._dependence,
                self._integration,
            ):
                for claim in find(sentence.span):
                    if claim.pairs and not self._doubtful(sentence.span, claim.span):
                        yield claim

    # ------------------------------------------------------------------------------------------- partners

    def _partners(self, sentence: Span) -> Iterator[Claim]:
        for kind, pattern in self.patterns.partners:
            for match in pattern.finditer(self.text, *sentence):
                noun = Span(*match.span())
                for way in (self._is_partner, self._considered, self._apposed, self._two_partners):
                    if (claim := way(sentence, kind, noun)) is not None:
                        yield claim
                        break

    def _verb(self, sentence: Span, noun: Span, pattern: re.Pattern[str]) -> re.Match[str] | None:
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
        verb = self._verb(sentence, noun, self.patterns.is_)
        if verb is None:
            return None
        subject = self.clauses.subject(sentence, self.clauses.group(sentence.start, verb.start()))
        codes = self._codes(subject)
        if subject is None or not codes:
            return None
        owner = self._owner(sentence, Span(verb.end(), noun.start), noun)
        pairs = product(codes, owner) if owner else combinations(codes, 2)
        return self._claim(kind, pairs, subject, sentence, noun)

    def _considered(self, sentence: Span, kind: TieType, noun: Span) -> Claim | None:
        verb = None
        for match in self.patterns.considers.finditer(self.text, max(sentence.start, noun.start - _LIST), noun.start):
            verb = match
        if verb is None:
            return None
        subject = self.clauses.subject(sentence, self.clauses.group(sentence.start, verb.start()))
        owner = self._codes(subject)
        between = self.text[verb.end() : noun.start]
        if subject is None or not owner or re.search(r"[;:.]|\b(?:that|which|not|with|against)\b", between):
            return None
        objects = self.references.within(verb.end(), noun.start)
        if objects and self.clauses.object(verb.end(), noun.start, ("",)) is not None:
            found = self.clauses.object(verb.end(), noun.start, ("",))
            codes = self._codes(found)
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
        end = self._end(sentence, noun)
        return Claim(kind, tuple(product(codes, owner)), Span(min(start, subject.span.start), end))

    def _apposed(self, sentence: Span, kind: TieType, noun: Span) -> Claim | None:
        """`A's ally B`, `our neighbour B`, `B, an ally of A`."""
        owner = self._owner(sentence, Span(max(sentence.start, noun.start - 50), noun.start), noun, near=True)
        if not owner:
            return None
        following = [r for r in self.references.within(noun.end, sentence.end) if r.codes][:1]
        if (
            following
            and re.fullmatch(r",?\s(?:and\s)?(?:the\s)?", self.text[noun.end : following[0].span.start])
            and not self.text[noun.end : noun.end + 5].startswith((" of", ", and"))
        ):
            return Claim(kind, tuple(product(following[0].codes, owner)), Span(noun.start, following[0].span.end))
        before = [r for r in self.references.within(sentence.start, noun.start) if r.codes]
        for reference in before:
            if re.fullmatch(r",\s(?:an?|the|one of)\s(?:[\w-]+\s){0,2}", self.text[reference.span.end : noun.start]):
                return Claim(
                    kind, tuple(product(reference.codes, owner)), Span(reference.span.start, self._end(sentence, noun))
                )
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

    def _owner(self, sentence: Span, between: Span, noun: Span, *, near: bool = False) -> tuple[str, ...]:
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
            if found is not None and found.codes and found.span.start - noun.end < 30:
                return found.codes
        return ()

    # ------------------------------------------------------------------------------------------- security

    def _presence(self, sentence: Span) -> Iterator[Claim]:
        patterns = self.patterns
        for match in patterns.presence.finditer(self.text, *sentence):
            owner: tuple[str, ...] = ()
            start = match.start()
            low = max(sentence.start, match.start() - 60)
            lead = self.text[low : match.start()]
            if own := re.search(r"\b[Oo]ur\s(?:[\w-]+\s){0,2}$", lead):
                state = self.references.contents.state_at(low + own.start())
                owner, start = ((state,) if state else ()), low + own.start()
            else:
                for reference in reversed(self.references.within(low, match.start())):
                    gap = self.text[reference.span.end : match.start()]
                    adjective = reference.sort is Sort.ADJECTIVE and re.fullmatch(r"\s(?:[\w-]+\s){0,3}", gap)
                    if reference.codes and (adjective or re.fullmatch(r"[’']s?\s(?:[\w-]+\s){0,3}", gap)):
                        owner, start = reference.codes, reference.span.start
                    break
            yield from self._where(sentence, owner, Span(start, match.end()))
        for match in patterns.holds.finditer(self.text, *sentence):
            if re.search(r"\bno\b", match.group()):
                continue
            subject = self.clauses.subject(sentence, match.start())
            if subject is not None and subject.codes:
                yield from self._where(sentence, subject.codes, Span(subject.span.start, match.end()))

    def _where(self, sentence: Span, owner: tuple[str, ...], span: Span) -> Iterator[Claim]:
        place = self.clauses.object(span.end, self.clauses.right(sentence, span.end), ("in",))
        if owner and place is not None and place.codes and place.span.start - span.end < 60:
            states = [code for code in place.codes if ":" not in code]
            yield Claim(TieType.MILITARY_PRESENCE, tuple(product(owner, states)), Span(span.start, place.span.end))

    def _security(self, sentence: Span) -> Iterator[Claim]:
        for match in self.patterns.agencies.finditer(self.text, *sentence):
            end = self._end(sentence, Span(*match.span()))
            words = self.text[match.start() : sentence.end]
            if not self.patterns.against.search(words):
                continue
            yield Claim(TieType.SECURITY_COOPERATION, self._pair(sentence, match), Span(match.start(), end))
        for match in self.patterns.ties.finditer(self.text, *sentence):
            after = self.text[match.end() : sentence.end]
            named = self.clauses.object(match.end(), sentence.end, ("between", "with"))
            if named is None or named.span.start - match.end() > 30:
                continue
            codes = set(self._codes(named))
            rest = self.text[named.span.end : sentence.end]
            if not self.patterns.ties_hold.search(rest) and not self.patterns.ties_hold.search(after[:90]):
                continue
            if len(codes) == 1 and " with " in after[:40]:
                owner = self._owner(
                    sentence,
                    Span(max(sentence.start, match.start() - 40), match.start()),
                    Span(*match.span()),
                    near=True,
                )
                codes |= set(owner)
            yield Claim(
                TieType.SECURITY_COOPERATION,
                tuple(combinations(sorted(codes), 2)),
                Span(match.start(), self._end(sentence, Span(match.start(), named.span.end))),
            )

    def _pair(self, sentence: Span, match: re.Match[str]) -> tuple[tuple[str, str], ...]:
        """Whose agencies work together: those named after `of`, or the speaker's and those of the group spoken of."""
        named = self.clauses.object(match.end(), self.clauses.right(sentence, match.end()), ("of",))
        if named is not None and named.codes and len(named.codes) > 1:
            return tuple(combinations(named.codes, 2))
        state = self.references.contents.state_at(match.start())
        if state is None or not re.search(r"\bour\b", match.group()):
            return ()
        before = [r for r in self.references.within(0, match.start()) if len(r.codes) > 1]
        groups = {r.codes for r in before}
        if len(groups) == 1:
            return tuple((state, code) for code in groups.pop() if code != state)
        if self.occasion is not None and state in self.occasion.participants:
            return tuple((state, code) for code in self.occasion.participants if code != state)
        return ()

    # ----------------------------------------------------------------------- membership, dependence, union

    def _membership(self, sentence: Span) -> Iterator[Claim]:
        for match in self.patterns.member.finditer(self.text, *sentence):
            body = [r for r in self.references.within(match.end(), sentence.end)[:1] if r.span.start - match.end() <= 1]
            if not body or not body[0].codes or not body[0].codes[0].startswith("IGO:"):
                continue
            subject = (
                self._before_comma(sentence, match)
                if match.group().startswith(",")
                else self.clauses.subject(sentence, match.start())
            )
            if subject is not None and subject.codes:
                pairs = product([code for code in subject.codes if ":" not in code], body[0].codes[:1])
                yield Claim(TieType.MEMBERSHIP, tuple(pairs), Span(subject.span.start, body[0].span.end))

    def _before_comma(self, sentence: Span, match: re.Match[str]) -> Noun | None:
        before = self.references.within(sentence.start, match.start())
        if before and before[-1].span.end == match.start() and before[-1].codes:
            return Noun(before[-1].codes, before[-1].span)
        return None

    def _dependence(self, sentence: Span) -> Iterator[Claim]:
        for match in self.patterns.depends.finditer(self.text, *sentence):
            subject = self.clauses.subject(sentence, self.clauses.group(sentence.start, match.start()))
            yield from self._on(
                sentence, self._codes(subject), Span(subject.span.start if subject else match.start(), match.end())
            )
        for match in self.patterns.dependence.finditer(self.text, *sentence):
            owner = self._owner(
                sentence,
                Span(max(sentence.start, match.start() - 50), match.start()),
                Span(match.start(), match.start() + 10),
                near=True,
            )
            yield from self._on(sentence, owner, Span(match.start(), match.end()))

    def _on(self, sentence: Span, who: tuple[str, ...], span: Span) -> Iterator[Claim]:
        found = self.clauses.object(span.end, self.clauses.right(sentence, span.end), ("",))
        if who and found is not None and found.codes and found.span.start - span.end < 25:
            pairs = tuple((a, b) for a, b in product(who, found.codes) if a != b)
            yield Claim(TieType.DEPENDENCE, pairs, Span(span.start, self._end(sentence, found.span)))

    def _integration(self, sentence: Span) -> Iterator[Claim]:
        for match in self.patterns.union.finditer(self.text, *sentence):
            subject = self.clauses.subject(sentence, match.start())
            codes = self._codes(subject)
            if subject is not None and len(codes) > 1:
                yield Claim(TieType.INTEGRATION, tuple(combinations(codes, 2)), Span(subject.span.start, match.end()))
        for match in self.patterns.integration.finditer(self.text, *sentence):
            owner = self._owner(
                sentence,
                Span(max(sentence.start, match.start() - 50), match.start()),
                Span(match.start(), match.start() + 11),
                near=True,
            )
            found = self.clauses.object(match.end(), self.clauses.right(sentence, match.end()), ("",))
            if owner and found is not None and found.codes and found.span.start - match.end() < 20:
                yield Claim(
                    TieType.INTEGRATION, tuple(product(owner, found.codes)), Span(match.start(), found.span.end)
                )

    # --------------------------------------------------------------------------------------------- common

    def _codes(self, noun: Noun | None) -> tuple[str, ...]:
        if noun is None:
            return ()
        if noun.codes is None:
            return self.occasion.participants if self.occasion else ()
        return noun.codes

    def _claim(
        self, kind: TieType, pairs: Iterable[tuple[str, str]], subject: Noun, sentence: Span, noun: Span
    ) -> Claim:
        start = min(subject.span.start, noun.start)
        lead = re.search(r"(?:\b[Tt]he\s(?:\w+\sof\s)?)$", self.text[sentence.start : start])
        return Claim(kind, tuple(pairs), Span(start - len(lead.group()) if lead else start, self._end(sentence, noun)))

    def _end(self, sentence: Span, noun: Span) -> int:
        """The end of a list that goes on after a noun (`neighbours, allies and partners`)."""
        more = re.match(
            r"(?:(?:,|,?\sand)\s(?:[\w-]+\s){0,2}?(?:allies|ally|partners?|neighbou?rs?)\b)+",
            self.text[noun.end : sentence.end],
            re.IGNORECASE,
        )
        if more:
            return noun.end + more.end()
        end = self.clauses.right(sentence, noun.end)
        tail = self.text[noun.end : end]
        return noun.end + len(tail.rstrip(' ,.;:”"»')) if len(tail) <= 60 else noun.end

    def _doubtful(self, sentence: Span, span: Span) -> bool:
        """Whether the clause denies, hopes for or merely supposes what it says."""
        low = self.clauses.left(sentence, span.start)
        words = self.text[max(low, span.start - 60) : span.end]
        if re.search(r"\b(?:if|whether|unless)\s[^,;]{0,40}$", self.text[sentence.start : span.start], re.IGNORECASE):
            return True
        return bool(self.patterns.doubt.search(words))
