"""Everything that can be checked in a record, beside statistics."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from multivector.check._alternative import check_alternative, unrivalled_claimed
from multivector.check._amounts import check_amount
from multivector.check._changes import check_change
from multivector.check._claims import Understood, understand
from multivector.check._money import Names
from multivector.check._readings import Readings
from multivector.check._shares import check_share, check_votes
from multivector.check._sheet import Sheet
from multivector.check._standing import check_rank, ranks_claimed
from multivector.check._table import Table
from multivector.check._types import Check, ClaimKind, Verdict
from multivector.check._words import Text
from multivector.knowledge import Knowledge, load
from multivector.record import Figure, Observation, Record, Tie, Vote


class Checker:
    """Checks records against the same statistics. The same record and rows give the same checks."""

    def __init__(
        self,
        observations: Iterable[Observation],
        votes: Iterable[Vote] = (),
        knowledge: Knowledge | None = None,
        ties: Iterable[tuple[str, Tie]] = (),
    ) -> None:
        """Index the statistics once; `knowledge` is the shipped registry unless given.

        `ties` are those of other documents, each with its document's id: forces that they report count as evidence.
        """
        self.ties = tuple(ties)
        self.table = Table(observations, votes)
        self.knowledge = knowledge or load()
        self.names = Names(self.knowledge)

    def check(self, record: Record) -> tuple[Check, ...]:
        """The checks of a record's claims, in the order of the text."""
        text = Text(record)
        found = [check for figure in record.figures if (check := self._figure(figure, text)) is not None]
        found += [
            check_rank(ranked, self.table, self.names, self.knowledge.members(ranked.partner, ranked.day))
            for ranked in ranks_claimed(text)
        ]
        of_this = [(record.document.id, tie) for tie in record.ties]
        ties = [*of_this, *(pair for pair in self.ties if pair[0] != record.document.id)]
        found += [
            check_alternative(claimed, self.table, self.knowledge, self.names, ties)
            for claimed in unrivalled_claimed(text)
        ]
        return tuple(sorted(found, key=lambda check: (check.claim.evidence, check.claim.kind)))

    def _figure(self, figure: Figure, text: Text) -> Check | None:
        understood = understand(figure, text, self.knowledge)
        if understood is None:
            return None
        if understood.problem is not None:
            return Sheet(understood.claim).finish(Verdict.NOT_CHECKABLE, understood.problem)
        return self._both_ways(understood)

    def _both_ways(self, understood: Understood) -> Check:
        """The check; where the text does not tell who gives and who gets, of both readings, and at most consistent."""
        one = self._measured(understood)
        if understood.direction:
            return one
        claim = replace(understood.claim, sides=understood.claim.sides[::-1])
        other = self._measured(replace(understood, claim=claim))
        unclear = "The text does not tell which of the two sides is meant as the one that gives or owns."
        if one.verdict is other.verdict:
            return Sheet.again(one, one.verdict, unclear)
        better = next((each for each in (one, other) if each.verdict in (Verdict.SUPPORTED, Verdict.CONSISTENT)), None)
        if better is not None:
            return Sheet.again(better, Verdict.CONSISTENT, unclear)
        return Sheet.again(one, Verdict.NOT_CHECKABLE, unclear)

    def _measured(self, understood: Understood) -> Check:
        claim = understood.claim
        if claim.kind is ClaimKind.VOTES:
            return check_votes(understood, self.table.votes, self.names)
        units = _units(understood, self.table)
        found = [
            self._in_unit(understood, Readings(self.table, understood.statistic, unit, self.names)) for unit in units
        ]
        return next((check for check in found if check.verdict is not Verdict.NOT_CHECKABLE), found[0])

    def _in_unit(self, understood: Understood, readings: Readings) -> Check:
        if understood.claim.kind is ClaimKind.CHANGE:
            return check_change(understood, readings, understood.base)
        if understood.claim.kind is ClaimKind.SHARE:
            return check_share(understood, readings)
        return check_amount(understood, readings)


def _units(understood: Understood, table: Table) -> list[str]:
    """The units of rows to look at: the claim's own, or for a share or rate those that there are, dollars first."""
    claim = understood.claim
    if claim.kind is ClaimKind.AMOUNT or claim.unit not in ("percent", "times"):
        return [claim.unit]
    units = {
        unit
        for one in (*claim.sides[0], *claim.sides[1])
        for indicator in understood.statistic.indicators
        for unit in table.units_of(one, indicator)
    }
    return sorted(units, key=lambda unit: (unit != "USD", unit)) or ["USD"]


def check_record(
    record: Record,
    observations: Iterable[Observation],
    votes: Iterable[Vote] = (),
    knowledge: Knowledge | None = None,
) -> tuple[Check, ...]:
    """The checks of one record's claims; for several records, make a `Checker` once."""
    return Checker(observations, votes, knowledge).check(record)
