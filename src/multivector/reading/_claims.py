"""Places in a text that assert a standing relation, with the pairs of actors that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product

from multivector.reading._clauses import Noun
from multivector.reading._reference import Reference, Sort
from multivector.reading._relations import Relations
from multivector.reading._tie_words import Claim
from multivector.record import Span, TieType

_LISTED = re.compile(r",\s(?:and\s)?(?:of\s)?(?:the\s)?|\sand\s(?:of\s)?(?:the\s)?")
_CITY = re.compile(r"(?:\s[\w-]+){0,3}?\s(?:in|at)\s(?:[A-Z][\w’'-]*\s?){1,3},")


class Claims(Relations):
    """Finds the claims of one document."""

    def find(self) -> Iterator[Claim]:
        """The claims that stand without doubt, sentence by sentence."""
        for sentence in self.analysis.sentences:
            for find in (
                self.partners,
                self._presence,
                self._security,
                self._membership,
                self._dependence,
                self._integration,
                self.borders,
                self.bonds,
                self.owned,
                self.are_partners,
                self.hosts,
                self.told,
                self.relied_on,
                self.beside,
                self.members_named,
            ):
                for claim in find(sentence.span):
                    if claim.pairs and not self.doubtful(sentence.span, claim.span):
                        yield claim

    # ---------------------------------------------------------------------- security

    def _presence(self, sentence: Span) -> Iterator[Claim]:
        patterns = self.patterns
        for match in patterns.presence.finditer(self.text, self.analysis.starts, *sentence):
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
        for match in patterns.bare.finditer(self.text, self.analysis.starts, *sentence):
            for reference in self.references.within(max(sentence.start, match.start() - 40), match.start())[-1:]:
                gap = self.text[reference.span.end : match.start()]
                if reference.codes and gap in (("’s ", "'s ") if reference.sort is not Sort.ADJECTIVE else (" ",)):
                    yield from self._where(sentence, reference.codes, Span(reference.span.start, match.end()))
        holder: Noun | None = None
        for match in patterns.holds.finditer(self.text, self.analysis.starts, *sentence):
            if re.search(r"\bno\b", match.group()):
                continue
            holder = self.clauses.subject(sentence, match.start())
            if holder is not None and holder.codes:
                yield from self._where(sentence, holder.codes, Span(holder.span.start, match.end()))
        if holder is not None and holder.codes:
            for match in patterns.presence.finditer(self.text, self.analysis.starts, holder.span.end, sentence.end):
                if patterns.second.search(self.text, holder.span.end, match.start()):
                    yield from self._where(sentence, holder.codes, Span(match.start(), match.end()))

    def _where(self, sentence: Span, owner: tuple[str, ...], span: Span) -> Iterator[Claim]:
        place = self.clauses.object(span.end, self.clauses.right(sentence, span.end), ("in",))
        if place is None and (base := self.patterns.at_base.match(self.text, span.end, sentence.end)):
            state = self.analysis.knowledge.city(base.group(1))
            place = Noun((state,), Span(*base.span(1))) if state is not None else None
        if place is None and (city := _CITY.match(self.text, span.end, sentence.end)):
            place = self.clauses.object(city.end(), self.clauses.right(sentence, city.end()), ("",))
        if place is None and (land := self.patterns.land.match(self.text, span.end, sentence.end)) is not None:
            # `in the country`: the state spoken of
            state = self.understood.at(span.start)
            if owner and state is not None and state not in owner:
                yield Claim(
                    TieType.MILITARY_PRESENCE, tuple((who, state) for who in owner), Span(span.start, land.end())
                )
            return
        if owner and place is not None and place.codes and place.span.start - span.end < 60:
            states = [code for code in place.codes if ":" not in code]
            yield Claim(TieType.MILITARY_PRESENCE, tuple(product(owner, states)), Span(span.start, place.span.end))

    def _security(self, sentence: Span) -> Iterator[Claim]:
        for match in self.patterns.agencies.finditer(self.text, self.analysis.starts, *sentence):
            end = self.end(sentence, Span(*match.span()))
            words = self.text[match.start() : sentence.end]
            if not self.patterns.against.search(words):
                continue
            yield Claim(TieType.SECURITY_COOPERATION, self._pair(sentence, match), Span(match.start(), end))
        for match in self.patterns.ties.finditer(self.text, self.analysis.starts, *sentence):
            after = self.text[match.end() : sentence.end]
            named = self.clauses.object(match.end(), sentence.end, ("between", "with"))
            if named is None or named.span.start - match.end() > 30:
                continue
            codes = set(self.codes(named))
            rest = self.text[named.span.end : sentence.end]
            if not self.patterns.ties_hold.search(rest) and not self.patterns.ties_hold.search(after[:90]):
                continue
            if len(codes) == 1 and " with " in after[:40]:
                owner = self.owner(
                    sentence,
                    Span(max(sentence.start, match.start() - 40), match.start()),
                    Span(*match.span()),
                    near=True,
                )
                codes |= set(owner)
            yield Claim(
                TieType.SECURITY_COOPERATION,
                tuple(combinations(sorted(codes), 2)),
                Span(match.start(), self.end(sentence, Span(match.start(), named.span.end))),
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

    # ---------------------------------------------------------------------- membership, dependence, union

    def _membership(self, sentence: Span) -> Iterator[Claim]:
        for match in self.patterns.member.finditer(self.text, self.analysis.starts, *sentence):
            bodies = self._bodies(match.end(), sentence.end)
            if not bodies:
                continue
            verb = match.start()
            if match.group().lower().startswith("and"):
                # `are neighbours and members of the union`
                linked = self.verb(sentence, Span(verb, verb), self.patterns.is_)
                verb = linked.start() if linked else -1
            subject = (
                self._before_comma(sentence, match)
                if match.group().startswith(",")
                else self.clauses.subject(sentence, self.clauses.group(sentence.start, verb))
                if verb >= 0
                else None
            )
            for body in bodies:
                yield from self._members(subject, body)
        for match in self.patterns.joined.finditer(self.text, self.analysis.starts, *sentence):
            bodies = self._bodies(match.end(), sentence.end)
            if bodies and not self.patterns.not_joined.match(self.text, bodies[-1].span.end, sentence.end):
                subject = self.clauses.subject(sentence, self.clauses.group(sentence.start, match.start()))
                for body in bodies:
                    yield from self._members(subject, body)

    def _bodies(self, start: int, end: int) -> tuple[Reference, ...]:
        """The organisations of states that are named right at `start`: one, or a list (`of both A and B`)."""
        found: list[Reference] = []
        for reference in self.references.within(start, end):
            gap = self.text[found[-1].span.end if found else start : reference.span.start]
            if not (_LISTED.fullmatch(gap) if found else len(gap) <= 1):
                break
            if not reference.codes or not reference.codes[0].startswith("IGO:"):
                break
            found.append(reference)
        if not found and (described := self.described(start, end)) is not None:
            return (described,)
        return tuple(found)

    def _members(self, subject: Noun | None, body: Reference) -> Iterator[Claim]:
        codes = [code for code in self.codes(subject) if ":" not in code]
        if subject is not None and codes:
            yield Claim(
                TieType.MEMBERSHIP, tuple(product(codes, body.codes[:1])), Span(subject.span.start, body.span.end)
            )

    def _before_comma(self, sentence: Span, match: re.Match[str]) -> Noun | None:
        before = self.listed_before(sentence, match.start())
        if before and not re.search(r"\bmembers\b", match.group(), re.IGNORECASE):
            before = before[-1:]  # `A and B, a member of`
        codes = tuple(sorted({code for reference in before for code in reference.codes}))
        return Noun(codes, Span(before[0].span.start, before[-1].span.end)) if codes else None

    def _dependence(self, sentence: Span) -> Iterator[Claim]:
        for match in self.patterns.depends.finditer(self.text, self.analysis.starts, *sentence):
            subject = self.doer(sentence, match.start())
            yield from self._on(
                sentence, self.codes(subject), Span(subject.span.start if subject else match.start(), match.end())
            )
        for match in self.patterns.dependence.finditer(self.text, self.analysis.starts, *sentence):
            owner = self.owner(
                sentence,
                Span(max(sentence.start, match.start() - 50), match.start()),
                Span(match.start(), match.start() + 10),
                near=True,
            )
            yield from self._on(sentence, owner, Span(match.start(), match.end()))

    def _on(self, sentence: Span, who: tuple[str, ...], span: Span) -> Iterator[Claim]:
        source = self.patterns.from_.match(self.text, span.end, sentence.end)
        start = source.end() if source is not None else span.end
        found = self.clauses.object(start, self.clauses.right(sentence, start), ("",))
        if who and found is not None and found.codes and found.span.start - start < 25:
            pairs = tuple((a, b) for a, b in product(who, found.codes) if a != b)
            yield Claim(TieType.DEPENDENCE, pairs, Span(span.start, self.end(sentence, found.span)))

    def _integration(self, sentence: Span) -> Iterator[Claim]:
        for match in self.patterns.union.finditer(self.text, self.analysis.starts, *sentence):
            subject = self.clauses.subject(sentence, match.start())
            codes = self.codes(subject)
            if subject is not None and len(codes) > 1:
                yield Claim(TieType.INTEGRATION, tuple(combinations(codes, 2)), Span(subject.span.start, match.end()))
        for match in self.patterns.integration.finditer(self.text, self.analysis.starts, *sentence):
            owner = self.owner(
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

    def doubtful(self, sentence: Span, span: Span) -> bool:
        """Whether the clause denies, hopes for or merely supposes what it says."""
        low = self.clauses.left(sentence, span.start)
        words = self.text[max(low, span.start - 60) : span.end]
        question = self.text[max(sentence.start, sentence.end - 3) : sentence.end].rstrip(" ”\"»’'")
        if question.endswith("?") or self.patterns.denies.search(self.text, sentence.start, span.start):
            return True
        if re.search(r"\b(?:if|whether|unless)\s[^,;]{0,40}$", self.text[sentence.start : span.start], re.IGNORECASE):
            return True
        if self.patterns.ended.search(words) or self.patterns.gone.match(self.text, span.end, sentence.end):
            return True
        return bool(self.patterns.doubt.search(words))
