"""The grounds on which an item was found, for the judge of its confidence.

Each function gives one kind's grounds as named numbers, 0 in the plainest case: what is named where it is told, in
so many words, has none. They look at the item and at the document, and change neither.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from multivector.knowledge import NameForm
from multivector.reading._analysis import ActorMention, Analysis, TimeMention, contains
from multivector.reading._confidence import Grounds
from multivector.reading._drafts import Contents, length, shared
from multivector.reading._figure_parties import is_two_sided
from multivector.reading._measure_near import UNKNOWN
from multivector.record import Agreement, AgreementType, Event, EventType, Figure, Modality, Span, Spans, Statement, Tie

if TYPE_CHECKING:
    from multivector.reading._tagger.reader import Findings

_LEAST_CHANCE = 0.01
_SHORT, _LONG = 4, 60
"""In words: a content that may be only part of one, and one that may hold more than one."""
_FEW = 4
"""In characters: a name so short may be something else."""
NEUTRAL = frozenset(
    {
        *("by_label", "by_rule"),
        *("by_noun", "by_judge", "together", "one_sided", "consult", "verbal_conflict", "material_conflict"),
        *("change", "share", "thing", "not_english"),
        *("other", "directed", "body", "person", "adjective", "capital", "bare_year"),
    }
)
"""Grounds that say of what sort an item is, which may be surer or less sure than the plain case; all others are doubts,
and never make an item surer."""

_NESTED = 8
"""So many statements that begin before a place are looked at for one that holds it."""
_YEAR = re.compile(r"\d{4}")
_VERBAL = frozenset({EventType.ACCUSE, EventType.REJECT, EventType.THREATEN, EventType.REQUEST})
_HARD = frozenset(
    {EventType.PROTEST, EventType.SANCTION, EventType.MOBILIZE, EventType.COERCE, EventType.ASSAULT, EventType.RETREAT}
)


def of_statement(
    analysis: Analysis, statement: Statement, findings: Findings | None, contents: Contents, by: str
) -> Grounds:
    """`by` is what found it: `label`, `tagger` or `rule`; `contents` are those of all statements."""
    attributed = statement.cue or statement.source
    inside = bool(attributed) and any(
        content != statement.content and shared(content, attributed) == length(attributed)
        for content in contents.touching(attributed)
    )
    words = len(analysis.words(statement.content).split())
    speaker = statement.speaker
    grounds = {
        "by_label": float(by == "label"),
        "by_rule": float(by == "rule"),
        "no_source": float(not statement.source),
        "no_cue": float(not statement.cue),
        "inside": float(inside),
        "short": float(words < _SHORT),
        "long": float(words > _LONG),
        "in_parts": float(len(statement.content) > 1),
        "unquoted": float(statement.mode != "direct"),
        "speaker_unknown": float(not (speaker.person or speaker.organisation or speaker.state)),
    }
    if findings is not None:
        doubts = {role: _doubt(findings, role, getattr(statement, role)) for role in ("source", "cue", "content")}
        grounds |= {f"{role}_doubt": doubt for role, doubt in doubts.items()}
        edges = [findings.edges("content", *span) for span in statement.content]
        grounds["start_doubt"] = max(_minus_log(first) for first, _ in edges)
        grounds["end_doubt"] = max(_minus_log(last) for _, last in edges)
    return grounds


def _doubt(findings: Findings, role: str, spans: Spans) -> float:
    """How little the tagger holds the words of `spans` for what they are taken for; 0 when it is sure."""
    return max((_minus_log(findings.share(role, *span)) for span in spans), default=0.0)


def _minus_log(probability: float) -> float:
    return -math.log(max(_LEAST_CHANCE, probability))


def of_event(
    analysis: Analysis, event: Event, *, by_noun: bool = False, understood: int = 0, chance: float | None = None
) -> Grounds:
    """`understood` is how many of the two sides the clause leaves to what was told elsewhere.

    `chance` is how likely the judge of pairs holds it, None where a rule has found it.
    """
    named = analysis.codes_in(*event.evidence)
    sides = [side for side in (event.actors, event.recipients) if side]
    return {
        "by_noun": float(by_noun),
        "by_judge": float(chance is not None),
        "judge_doubt": 0.0 if chance is None else _minus_log(chance),
        "understood": float(understood),
        "unnamed": sum(_missing(side, named) for side in sides) / max(1, len(sides)),
        "many": float(len(event.actors) > 2 or len(event.recipients) > 1),
        "one_sided": float(not event.recipients and len(event.actors) < 2),
        "together": float(not event.recipients and len(event.actors) > 1),
        "to_come": float(event.modality in (Modality.PLANNED, Modality.HYPOTHETICAL)),
        "denied": float(event.modality is Modality.DENIED),
        "said": _said(analysis, event.evidence),
        "long": min(3.0, length(event.evidence) / 100),
        "verbal_conflict": float(event.type in _VERBAL),
        "material_conflict": float(event.type in _HARD),
        "consult": float(event.type is EventType.CONSULT),
    }


def of_figure(
    analysis: Analysis,
    figure: Figure,
    clause: Span,
    where: Span,
    *,
    measure_here: bool,
    period: TimeMention | None,
    crowd: int,
    doubts: Grounds,
) -> Grounds:
    """`where` is the figure's sentence, `crowd` how many other numbers stand there, `doubts` those of its parties."""
    named = analysis.codes_in(where)
    return {
        "measure_unknown": float(figure.measure.removeprefix("change in ") == UNKNOWN),
        "measure_elsewhere": float(not measure_here),
        "parties_elsewhere": _missing(figure.parties, named),
        "parties_beside": _missing(figure.parties, analysis.codes_in(clause)),
        "no_parties": float(not figure.parties),
        "side_missing": float(len(figure.parties) == 1 and is_two_sided(figure.measure)),
        "more_named": float(bool(set(named) - set(figure.parties))),
        "many_parties": float(len(figure.parties) > 2),
        **doubts,
        "period_elsewhere": float(period is not None and not contains(where, period.span)),
        "no_period": float(figure.period is None),
        "approximate": float(figure.approximate),
        "change": float(figure.measure.startswith("change in")),
        "share": float(figure.unit == "percent" and not figure.measure.startswith("change in")),
        "thing": float(figure.unit.islower() and figure.unit != "percent"),
        "crowded": min(3.0, crowd / 2),
        "not_english": float(analysis.language.tag != "en"),
    }


def of_agreement(analysis: Analysis, agreement: Agreement, *, told: bool) -> Grounds:
    """`told` is whether the text tells its status."""
    sentences = dict.fromkeys(analysis.sentence_at(span.start) for span in agreement.evidence)
    named = analysis.codes_in(*(analysis.sentences[number].span for number in sentences))
    words = agreement.title.split()
    return {
        "no_parties": float(not agreement.parties),
        "one_party": float(len(agreement.parties) == 1),
        "parties_elsewhere": _missing(agreement.parties, named),
        "uncapitalised": float(sum(word[:1].isupper() for word in words) < 2),
        "short": float(len(words) < _SHORT),
        "once": float(len(agreement.evidence) == 1),
        "status_guessed": float(not told),
        "other": float(agreement.type is AgreementType.OTHER),
    }


def of_tie(analysis: Analysis, tie: Tie, *, expanded: bool, chance: float | None = None) -> Grounds:
    """`expanded` is whether its words mean several pairs at once.

    `chance` is how likely the judge of pairs holds it, None where a rule has found it.
    """
    named = analysis.codes_in(*tie.evidence)
    return {
        "unnamed": _missing((tie.from_, tie.to), named),
        "expanded": float(expanded),
        "once": float(len(tie.evidence) == 1),
        "said": _said(analysis, tie.evidence),
        "long": min(3.0, length(tie.evidence[:1]) / 100),
        "directed": float(not tie.type.symmetric),
        "by_judge": float(chance is not None),
        "judge_doubt": 0.0 if chance is None else _minus_log(chance),
    }


def of_actor(analysis: Analysis, mentions: list[ActorMention]) -> Grounds:
    """`mentions` are all those of one actor."""
    forms = {mention.form for mention in mentions}
    names = [analysis.words(mention.span) for mention in mentions]
    return {
        "once": float(len(mentions) == 1),
        "short": float(all(len(name) <= _FEW for name in names)),
        "adjective": float(forms <= {NameForm.ADJECTIVE, NameForm.DEMONYM}),
        "capital": float(forms <= {NameForm.CAPITAL, NameForm.SEAT}),
        "person": float(NameForm.PERSON in forms),
        "body": float(":" in mentions[0].code and NameForm.PERSON not in forms),
    }


def of_date(analysis: Analysis, time: TimeMention) -> Grounds:
    """A date is explicit when its year stands in it."""
    words = analysis.words(time.span)
    explicit = _YEAR.search(words) is not None
    return {
        "relative": float(not explicit and not any(char.isdigit() for char in words)),
        "no_year": float(not explicit and any(char.isdigit() for char in words)),
        "open": float(".." in time.value),
        "bare_year": float(explicit and len(words) == 4),
        "undated": float(analysis.published is None),
    }


def contents_of(statements: Iterable[Statement]) -> Contents:
    """The contents of statements, to be looked up by place."""
    return Contents(each.content for each in statements)


def _missing(codes: tuple[str, ...], named: tuple[str, ...]) -> float:
    """The share of `codes` that is not `named`."""
    return sum(code not in named for code in codes) / len(codes) if codes else 0.0


def _said(analysis: Analysis, evidence: Spans) -> float:
    """Whether the first evidence stands in what somebody says."""
    first = evidence[0]
    index = bisect_right(analysis.statements, first.start, key=_place)
    near = analysis.statements[max(0, index - _NESTED) : index]
    return float(any(contains(span, first) for each in near for span in each.content))


def _place(statement: Statement) -> int:
    return statement.content[0].start
