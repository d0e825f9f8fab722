"""Claims told in other ways than `A is a partner of B`: borders, bonds by noun, `its partner B`, `A's partners are`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import combinations, product

from multivector.reading._clauses import Noun
from multivector.reading._partners import Partners
from multivector.reading._reference import Reference, Sort
from multivector.reading._tie_words import Claim
from multivector.reading._understood import Understood
from multivector.record import Span, TieType

_NEAR = 60
"""The most characters between the parts of one claim."""


class Bonds(Partners):
    """Finds such claims of one document."""

    @cached_property
    def understood(self) -> Understood:
        """The states that the document leaves unsaid."""
        return Understood(self.analysis)

    def borders(self, sentence: Span) -> Iterator[Claim]:
        """`A borders B and C`, `A shares a border with B`."""
        for match in self.patterns.borders.finditer(self.text, self.analysis.starts, *sentence):
            subject = self.clauses.subject(sentence, self.clauses.group(sentence.start, match.start()))
            found = self.clauses.object(match.end(), self.clauses.right(sentence, match.end()), ("",))
            if found is not None and found.codes and subject is not None:
                pairs = tuple(product(self.codes(subject), found.codes))
                yield Claim(TieType.NEIGHBOUR, pairs, Span(subject.span.start, found.span.end))
            elif found is None and subject is not None and match.group().endswith("border"):
                # `A and B share a border`
                yield Claim(
                    TieType.NEIGHBOUR, self._each_with_each(subject.codes), Span(subject.span.start, match.end())
                )

    def bonds(self, sentence: Span) -> Iterator[Claim]:
        """`A and B have a strategic partnership`, `the alliance between A and B`."""
        for kind, noun in self.patterns.bonds:
            for match in noun.finditer(self.text, self.analysis.starts, *sentence):
                lead = self.text[sentence.start : match.start()]
                after = self.text[match.end() : sentence.end]
                if (verb := self.patterns.bound.search(lead)) is not None:
                    start = sentence.start + verb.start()
                    subject = self.clauses.subject(sentence, self.clauses.group(sentence.start, start))
                    if subject is None:
                        continue
                    codes = set(self.codes(subject))
                    partner = (
                        self.clauses.object(match.end(), sentence.end, ("with",)) if after.startswith(" with") else None
                    )
                    pairs = (
                        tuple(product(codes, partner.codes))
                        if partner is not None and partner.codes
                        else self._each_with_each(tuple(codes))
                    )
                    end = partner.span.end if partner is not None else match.end()
                    yield Claim(kind, pairs, Span(subject.span.start, end))
                elif kind is TieType.SECURITY_COOPERATION:
                    continue  # only a verb tells that it is there
                elif after.startswith(" with ") and (
                    own := self._near_owner(sentence, match) or self._its_owner(sentence, match)
                ):
                    partner = self.clauses.object(match.end(), sentence.end, ("with",))
                    if partner is not None and partner.codes and partner.span.start - match.end() < _NEAR:
                        yield Claim(kind, tuple(product(own, partner.codes)), Span(match.start(), partner.span.end))
                elif after.startswith(" between ") and self.patterns.existing.search(lead):
                    named = self.clauses.object(match.end(), sentence.end, ("between",))
                    if named is not None and named.codes:
                        yield Claim(kind, self._each_with_each(named.codes), Span(match.start(), named.span.end))

    def owned(self, sentence: Span) -> Iterator[Claim]:
        """`B, its main trading partner`, `with its neighbours B and C`: the sentence's subject is whose they are."""
        for kind, pattern in self.patterns.partners:
            for match in pattern.finditer(self.text, self.analysis.starts, *sentence):
                own = self.patterns.its.search(self.text, max(sentence.start, match.start() - _NEAR), match.start())
                owner = self._owner_of(sentence, own.start()) if own is not None else None
                if own is None or owner is None:
                    continue
                following = self.references.within(match.end(), sentence.end)[:1]
                if following and self.text[match.end() : following[0].span.start] in (" ", ", "):
                    found = self.clauses.object(match.end(), self.clauses.right(sentence, match.end() + 2), ("",))
                    codes = found.codes if found is not None else following[0].codes
                    end = found.span.end if found is not None else following[0].span.end
                    yield Claim(kind, tuple(product(owner.codes, codes or ())), Span(own.start(), end))
                    continue
                before = self.references.within(sentence.start, own.start())[-1:]
                apposed = before and self.text[before[0].span.end : own.start()].strip() == ","
                if apposed and before[0] is not owner:
                    yield Claim(
                        kind, tuple(product(owner.codes, before[0].codes)), Span(before[0].span.start, match.end())
                    )

    def are_partners(self, sentence: Span) -> Iterator[Claim]:
        """`A's main trading partners are B and C`."""
        for kind, pattern in self.patterns.partners:
            for match in pattern.finditer(self.text, self.analysis.starts, *sentence):
                verb = self.patterns.are.match(self.text, match.end(), sentence.end)
                lead = Span(max(sentence.start, match.start() - _NEAR), match.start())
                owner = self.owner(sentence, lead, Span(*match.span()), near=True)
                if verb is None and self.text.startswith(" of ", match.end()):
                    # `the main trading partners of A are B and C`
                    whose = self.clauses.object(match.end(), self.clauses.right(sentence, match.end()), ("of",))
                    verb = self.patterns.are.match(self.text, whose.span.end, sentence.end) if whose else None
                if verb is None:
                    continue
                found = self.clauses.object(verb.end(), self.clauses.right(sentence, verb.end()), ("",))
                if owner and found is not None and found.codes and found.span.start - verb.end() < _NEAR:
                    yield Claim(kind, tuple(product(owner, found.codes)), Span(match.start(), found.span.end))

    def hosts(self, sentence: Span) -> Iterator[Claim]:
        """`A hosts a B base`: B's forces are in A."""
        for match in self.patterns.hosts.finditer(self.text, self.analysis.starts, *sentence):
            subject = self.host(sentence, match.start())
            force = self.patterns.forces.pattern.search(
                self.text, match.end(), self.clauses.right(sentence, match.end())
            )
            if subject is None or force is None:
                continue
            named = [r for r in self.references.within(match.end(), force.start()) if r.codes]
            gap = self.text[named[-1].span.end : force.start()] if named else None
            if gap is not None and re.fullmatch(r"(?:[’']s)?\s(?:[\w-]+\s){0,3}", gap):
                owners = self.listed_before(sentence, named[-1].span.end)
                owner = {code for each in owners if each.span.start >= match.end() for code in each.codes}
                places = [code for code in self.codes(subject) if ":" not in code]
                pairs = tuple(product(sorted(owner), places))
                yield Claim(TieType.MILITARY_PRESENCE, pairs, Span(subject.span.start, force.end()))

    def host(self, sentence: Span, verb: int) -> Noun | None:
        """Who hosts: the subject of the verb, or whoever `home to` follows after a comma."""
        before = self.references.within(sentence.start, verb)[-1:]
        if before and before[0].codes and self.text[before[0].span.end : verb] == ", ":
            return Noun(before[0].codes, before[0].span)
        return self.doer(sentence, verb)

    def doer(self, sentence: Span, verb: int) -> Noun | None:
        """Who does what the verb at `verb` says."""
        return self.clauses.subject(sentence, self.clauses.group(sentence.start, verb))

    def _its_owner(self, sentence: Span, match: re.Match[str]) -> tuple[str, ...]:
        """Whom `its` means before a bond: the subject of the verb before it."""
        own = self.patterns.its.search(self.text, max(sentence.start, match.start() - _NEAR), match.start())
        verb = re.search(r"[\w’'-]+\s$", self.text[sentence.start : own.start()]) if own is not None else None
        subject = self.doer(sentence, sentence.start + verb.start()) if verb is not None else None
        return self.codes(subject)

    def _near_owner(self, sentence: Span, match: re.Match[str]) -> tuple[str, ...]:
        """Whose bond it is: `A's alliance`, `our alliance`."""
        lead = Span(max(sentence.start, match.start() - _NEAR), match.start())
        return self.owner(sentence, lead, Span(match.start(), match.start()), near=True)

    def _owner_of(self, sentence: Span, place: int) -> Reference | None:
        """Whom `its` means in a sentence: the one with which the sentence begins."""
        for reference in self.references.within(sentence.start, place)[:1]:
            lead = self.text[sentence.start : reference.span.start].lower().strip()
            owns = self.text[reference.span.end :][:2] in ("’s", "'s")
            if (
                reference.codes
                and reference.sort is not Sort.ADJECTIVE
                and (not owns or self._of_its(reference, place))
                and lead in ("", "the", "but", "and")
            ):
                return reference
        return None

    def _of_its(self, reference: Reference, place: int) -> bool:
        """Whether `A's` owns dealings with the one that `its` at `place` is set beside: `A's trade with B, its`."""
        named = self.references.within(reference.span.end, place)
        return len(named) == 1 and bool(
            self.patterns.of_its.fullmatch(self.text, reference.span.end, named[0].span.start)
        )

    def _each_with_each(self, codes: tuple[str, ...] | None) -> tuple[tuple[str, str], ...]:
        states = sorted({code for code in codes or self.references.pair if ":" not in code})
        return tuple(combinations(states, 2))
