"""An answer as one long table: a line for each number, with what it is and what it stands on."""

from __future__ import annotations

from collections.abc import Iterator

from multivector.measure._types import Vector, Vectors

COLUMNS = (
    *("state", "domain", "source", "indicator", "flow", "period", "row", "name", "value", "unit"),
    *("share", "low", "high", "method", "formula", "version", "evidence"),
)
"""`row` is what the line has: `measure`, `partner`, `report` (another report on a partner), `choice` (a measure under
another choice), `coverage`, `missing` (a partner without data, and its share elsewhere), `trend` or `note`. For a
partner `value` is its weight, and `low` and `high` bound its `share`; elsewhere they bound the value."""


def lines(answer: Vectors) -> Iterator[dict[str, str]]:
    """The lines of the table, all cells as text; what is not known is empty."""
    for vector in answer.vectors:
        yield from _vector(vector)
    for trend in answer.trends:
        for choice, then, now in trend.changes:
            yield _line(
                {"state": trend.state, "domain": answer.domain, "source": answer.origin, "indicator": answer.indicator},
                row="trend",
                name=f"{trend.measure}, {choice}",
                period=f"{trend.first}/{trend.last}",
                value=now - then,
            )
    for note in answer.notes:
        yield _line({"domain": answer.domain, "source": answer.origin, "indicator": answer.indicator}, "note", note)


def _vector(vector: Vector) -> Iterator[dict[str, str]]:
    made = vector.weights
    about: dict[str, object] = {
        "state": vector.state,
        "domain": vector.domain,
        "source": vector.origin,
        "indicator": made.indicator,
        "flow": made.flow,
        "period": made.period,
    }
    for each in vector.measures:
        bound = each.interval
        yield _line(
            about,
            "measure",
            each.name,
            value=each.value,
            unit=made.unit if each.name == "total" else None,
            low=bound.low if bound else None,
            high=bound.high if bound else None,
            method=bound.method if bound else None,
            formula=each.formula,
            version=each.version,
        )
    for partner in made.partners:
        yield _line(
            about,
            "partner",
            partner.code,
            value=partner.weight,
            unit=made.unit,
            share=partner.share,
            low=partner.low,
            high=partner.high,
            evidence="; ".join(partner.evidence),
        )
        for label, value in partner.reports:
            yield _line(about, "report", partner.code, value=value, unit=made.unit, method=label)
    for variant in vector.variants:
        words = f"{variant.measure}, {variant.choice}{f' {variant.value}' if variant.value else ''}"
        yield _line(about, "choice", words, value=variant.result)
    covered = vector.coverage
    for name in (
        *("partners", "missing_share", "unallocated_share", "second_report_share", "similarity_share"),
        *("rows", "items", "documents", "publishers", "undated", "said"),
    ):
        yield _line(about, "coverage", name.replace("_", "-"), value=getattr(covered, name))
    for code, share in covered.missing:
        yield _line(about, "missing", code, share=share)
    for note in vector.notes:
        yield _line(about, "note", note)


def _line(about: dict[str, object], row: str, name: str, **cells: object) -> dict[str, str]:
    made = about | {"row": row, "name": name} | cells
    return {column: "" if (cell := made.get(column)) is None else str(cell) for column in COLUMNS}
