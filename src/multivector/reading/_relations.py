"""Claims told by a verb or noun of their own: `A gets most of its gas from B`, `NATO members A and B`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product

from multivector.reading._bonds import Bonds
from multivector.reading._clauses import Noun
from multivector.reading._reference import Reference, Sort
from multivector.reading._tie_words import Claim, Ends, Told
from multivector.record import Span, TieType

_NEAR = 25
"""The most characters between a verb and its object."""

_SENTENCES = 2
"""In how many sentences before `the bloc` its name may stand."""

_EVERYBODY = "IGO:UN"


class Relations(Bonds):
    """Finds such claims of one document."""

    def told(self, sentence: Span) -> Iterator[Claim]:
        """Relations that a verb of their own tells; see `told` of a language's `ties.toml`."""
        for way in self.patterns.told:
            for match in way.words.finditer(self.text, self.analysis.starts, *sentence):
                free = way.ends in (Ends.AMONG, Ends.SOURCE)
                subject = None if free else self.doer(sentence, match.start())
                if subject is None and not free:
                    continue
                marks = ("with", "to") if way.ends is Ends.EACH else ("",)
                found = self.clauses.object(match.end(), self.clauses.right(sentence, match.end()), marks)
                if found is not None and found.span.start - match.end() > _NEAR:
                    found = None
                follows = way.after.match(self.text, found.span.end, sentence.end) if way.after and found else None
                if way.after is not None and follows is None:
                    continue
                if way.ends is Ends.SOURCE and follows is not None and found is not None:
                    subject, start = found, follows.end()
                    found = self.clauses.object(start, self.clauses.right(sentence, start), ("",))
                    if found is None or found.span.start != start:
                        continue
                pairs = self._pairs(way, self.codes(subject), found)
                start = min(subject.span.start if subject else match.start(), match.start())
                yield Claim(way.type, pairs, Span(start, max(match.end(), found.span.end if found else 0)))

    def _pairs(self, way: Told, subject: tuple[str, ...], found: Noun | None) -> tuple[tuple[str, str], ...]:
        objects = (found.codes or ()) if found is not None else ()
        if way.type is TieType.MEMBERSHIP:
            # An organisation has states for members and is none of them.
            bodies = len(subject) == 1 and subject[0].startswith("IGO:")
            named = found is not None and self.text[found.span.end :][:1] not in ("’", "'", "-")
            plain = found is not None and all(
                each.sort is Sort.NAME for each in self.references.within(found.span.start, found.span.end)
            )
            return tuple((code, subject[0]) for code in objects if ":" not in code and bodies and named and plain)
        if way.ends is Ends.AMONG:
            return tuple(combinations(sorted(set(objects)), 2))
        if way.ends is Ends.EACH and not objects:
            return tuple(combinations(sorted({code for code in subject if ":" not in code}), 2))
        pairs = product(objects, subject) if way.ends is Ends.BACK else product(subject, objects)
        return tuple((first, second) for first, second in pairs if first != second)

    def doer(self, sentence: Span, verb: int) -> Noun | None:
        """The state that does what the verb at `verb` says, or whose economy or army does it."""
        group = self.clauses.group(sentence.start, verb)
        for reference in self.references.within(sentence.start, group):
            if reference.codes and self.patterns.that.fullmatch(self.text, reference.span.end, group):
                return Noun(reference.codes, reference.span)
        return self.clauses.subject(sentence, group) or self.of_economy(sentence, group)

    def of_economy(self, sentence: Span, group: int) -> Noun | None:
        """The state whose economy, exports or army depend: `A's economy`."""
        for reference in reversed(self.references.within(max(sentence.start, group - 60), group)):
            if reference.codes and self.patterns.economy.fullmatch(self.text, reference.span.end, group):
                return Noun(reference.codes, reference.span)
        return None

    def relied_on(self, sentence: Span) -> Iterator[Claim]:
        """`A, on which B relies`, and `it` for the state with which the sentence begins."""
        for match in self.patterns.on_which.finditer(self.text, self.analysis.starts, *sentence):
            before = self.listed_before(sentence, match.start() - len(self._gap_before(match.start())))
            codes = {code for each in before[-1:] for code in each.codes}
            if not codes:
                continue
            again = self.patterns.it.match(self.text, match.end(), sentence.end)
            opener = self._owner_of(sentence, before[-1].span.start) if again is not None else None
            if again is not None and opener is not None:
                who, end = opener.codes, again.end()
            else:
                named = self.clauses.object(match.end(), self.clauses.right(sentence, match.end()), ("",))
                if named is None or named.codes is None:
                    continue
                who, end = named.codes, named.span.end + 1
            verb = self.patterns.relies.match(self.text, end, sentence.end)
            if verb is not None:
                pairs = tuple((a, b) for a, b in product(who, sorted(codes)) if a != b)
                yield Claim(TieType.DEPENDENCE, pairs, Span(before[-1].span.start, verb.end()))

    def _gap_before(self, place: int) -> str:
        found = re.search(r",?\s$", self.text[max(0, place - 2) : place])
        return found.group() if found else ""

    # ------------------------------------------------------------------------------------------ neighbours

    def beside(self, sentence: Span) -> Iterator[Claim]:
        """`A ... neighbouring B`, `A, landlocked between B and C`, `A, whose border with B runs for 300 km`."""
        for match in self.patterns.neighbouring.finditer(self.text, self.analysis.starts, *sentence):
            found = self.clauses.object(match.end(), self.clauses.right(sentence, match.end()), ("",))
            if found is None or not found.codes or found.span.start != match.end():
                continue
            first = self.references.within(found.span.start, found.span.end)[0]
            owner = self._neighbour_of(sentence, match.start())
            if owner and first.sort is Sort.NAME:
                pairs = tuple((owner, code) for code in first.codes if code != owner and ":" not in code)
                yield Claim(TieType.NEIGHBOUR, pairs, Span(match.start(), first.span.end))
        for match in self.patterns.between.finditer(self.text, self.analysis.starts, *sentence):
            found = self.clauses.object(match.end(), self.clauses.right(sentence, match.end()), ("",))
            before = self.references.within(sentence.start, match.start())[-1:]
            near = before and re.fullmatch(
                r",?\s(?:which\s|a\s[\w ]{1,20}\s)?", self.text[before[0].span.end : match.start()]
            )
            if near and found is not None and found.codes and len(found.codes) == 2:
                pairs = tuple(product(before[0].codes, found.codes))
                yield Claim(TieType.NEIGHBOUR, pairs, Span(before[0].span.start, found.span.end))
        for match in self.patterns.along.finditer(self.text, *sentence):
            found = self.clauses.object(match.end(), sentence.end, ("",))
            before = self.references.within(sentence.start, match.start())[-1:]
            near = before and self.text[before[0].span.end : match.start()] in ("", ", ")
            if near and found is not None and found.codes and found.span.start - match.end() < 5:
                length = self.patterns.length.match(self.text, found.span.end, sentence.end)
                if length is not None:
                    pairs = tuple(product(before[0].codes, found.codes))
                    yield Claim(TieType.NEIGHBOUR, pairs, Span(before[0].span.start, length.end()))

    def _neighbour_of(self, sentence: Span, place: int) -> str | None:
        """Whose neighbour is told of: the only state that the sentence names before, or of which the text speaks."""
        before = [r for r in self.references.within(sentence.start, place) if r.codes]
        codes = {code for reference in before for code in reference.codes if ":" not in code}
        if len(codes) == 1:
            return codes.pop()
        return None if codes else self.understood.topic(place)

    # ------------------------------------------------------------------------------------------ members

    def members_named(self, sentence: Span) -> Iterator[Claim]:
        """`NATO members A and B`, `A, an EU member`, `A and B are NATO allies`."""
        for body in self.references.within(*sentence):
            if len(body.codes) != 1 or not body.codes[0].startswith("IGO:"):
                continue
            noun = self.patterns.named.match(self.text, body.span.end, sentence.end)
            lead = self.text[sentence.start : body.span.start]
            if noun is None or self.patterns.not_yet.search(lead):
                continue
            if (verb := self.patterns.is_one.search(lead)) is not None:
                subject = self.doer(sentence, sentence.start + verb.start())
                if subject is not None:
                    yield self._membership_of(self.codes(subject), body, Span(subject.span.start, noun.end()))
                continue
            if (apposed := self.patterns.apposed.search(lead)) is not None:
                before = self.listed_before(sentence, sentence.start + apposed.start())
                plural = re.search(r"(?:s|ies)$", noun.group()) is not None
                before = before if plural else before[-1:]
                if before and before[0].sort is Sort.NAME:
                    codes = tuple(sorted({code for each in before for code in each.codes}))
                    yield self._membership_of(codes, body, Span(before[0].span.start, noun.end()))
                    continue
            after = re.compile(r",?\s(?:the\s)?").match(self.text, noun.end(), sentence.end)
            following = self.references.within(after.end(), sentence.end)[:1] if after else ()
            if after and following and following[0].span.start == after.end() and following[0].sort is Sort.NAME:
                if self.text[noun.end()] == "," and not re.search(r"\b(?:fellow|its|the)\s$", lead, re.IGNORECASE):
                    continue
                found = self.clauses.object(noun.end(), self.clauses.right(sentence, following[0].span.start), ("",))
                plural = re.search(r"(?:s|ies)$", noun.group()) is not None
                codes = found.codes if plural and found is not None and found.codes else following[0].codes
                end = found.span.end if plural and found is not None else following[0].span.end
                yield self._membership_of(codes, body, Span(body.span.start, end))

    def _membership_of(self, codes: tuple[str, ...], body: Reference, span: Span) -> Claim:
        states = sorted({code for code in codes if ":" not in code})
        return Claim(TieType.MEMBERSHIP, tuple(product(states, body.codes)), span)

    def described(self, start: int, end: int) -> Reference | None:
        """The organisation that `the bloc` at `start` stands for: the only one that the sentences before name."""
        match = self.patterns.bloc.match(self.text, start, end)
        if match is None:
            return None
        number = self.analysis.sentence_at(start)
        first = self.analysis.sentences[max(0, number - _SENTENCES)].span.start
        named = {code for r in self.references.within(first, start) for code in r.codes if code.startswith("IGO:")}
        named.discard(_EVERYBODY)
        return Reference(Span(*match.span()), tuple(named), Sort.NAME) if len(named) == 1 else None
