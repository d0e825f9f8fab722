"""How far an agreement has got, from the verbs around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from multivector.reading.languages import Language
from multivector.record import AgreementStatus

_NEAR = 170
"""How far before a paper, in characters, the words may stand that show that a rule does not fit."""


@dataclass(frozen=True, slots=True)
class _StatusRule:
    status: AgreementStatus
    before: re.Pattern[str]
    after: re.Pattern[str]
    not_before: re.Pattern[str] | None
    weak: bool
    """Whether it tells only of a paper of which nothing else is known (`under the agreement`)."""


@lru_cache(maxsize=4)
def _status_rules(language: Language) -> tuple[_StatusRule, ...]:
    def pattern(words: str) -> re.Pattern[str]:
        return re.compile(words, re.IGNORECASE)

    return tuple(
        _StatusRule(
            AgreementStatus(row["status"]),
            pattern(row["before"]),
            pattern(row["after"]),
            pattern(row["not_before"]) if "not_before" in row else None,
            bool(row.get("weak")),
        )
        for row in language.table("agreements").get("status", ())
    )


def status_of(
    language: Language, before: str, after: str, *, known: AgreementStatus | None = None
) -> AgreementStatus | None:
    """The status that the words of a clause before and after a paper tell; None when they tell none.

    `known` is what the text told of the paper before.
    """
    near = re.split(r"\s(?:and|but|while)\s(?=\w+\s)", after)[0] if len(after) > 160 else after
    for rule in _status_rules(language):
        if rule.weak and known is not None:
            continue
        if rule.not_before is not None and rule.not_before.search(before[-_NEAR:]):
            continue
        if rule.before.search(before) or rule.after.search(near):
            return rule.status
    return None
