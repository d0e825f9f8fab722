"""Vectors as tables and bars in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from multivector.cli._render import plain

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from multivector.measure import Measure, Vector, Vectors

_SPARKS = "▁▂▃▄▅▆▇█"
_WIDTH = 28
"""Characters of the longest bar."""
_STEPS = ((1e12, "tn"), (1e9, "bn"), (1e6, "mn"), (1e3, "k"))


def table(found: Vectors) -> Table:
    """A row for each period of one state, or for the last period of each of several."""
    from rich.table import Table

    order = found.choices.order
    about = found.vectors[0].weights
    shown = found.vectors if _single(found) else _last(found)
    states, periods = ({getattr(vector, name) for vector in shown} for name in ("state", "period"))
    words = [found.domain, found.indicator if about.flow == "none" else f"{found.indicator}, {about.flow}", about.unit]
    words += [*states] if len(states) == 1 else []
    words += [*periods] if len(periods) == 1 and len(states) > 1 else []
    made = Table(box=None, pad_edge=False, header_style="bold", title=plain(" | ".join(words)), title_justify="left")
    if len(states) > 1:
        made.add_column("state", no_wrap=True)
    if len(periods) > 1 or len(states) == 1:
        made.add_column("period", no_wrap=True)
    for name in ("total", "n", "HHI", "eff. partners", "eff. vectors", "largest"):
        made.add_column(name, justify="left" if name == "largest" else "right", no_wrap=True)
    made.add_column("ahead", justify="right", no_wrap=True)
    for vector in shown:
        lead = vector.lead
        cells = [
            *([vector.state] if len(states) > 1 else []),
            *([vector.period] if len(periods) > 1 or len(states) == 1 else []),
            amount(vector.weights.total),
            f"{vector.coverage.partners:,}",
            _number(vector.measure("hhi"), ".3f"),
            _bounded(vector.measure(f"hill-{order}")),
            _bounded(vector.measure(f"vectors-{order}")),
            f"{lead.partner} {100 * lead.share:.0f} %" if lead else "",
            f"{100 * lead.ahead:.0f} %" if lead else "",
        ]
        thin = (vector.coverage.missing_share or 0) > 0.1
        made.add_row(*cells, style="yellow" if thin else "")
    return made


def bars(found: Vectors, most: int) -> Iterator[RenderableType]:
    """For one state the shares of its partners in the last period; for several how many vectors each has."""
    if _single(found):
        yield _shares(found.vectors[-1], most)
        line = _sparks(found, found.vectors[0].state)
        if line is not None:
            yield line
    else:
        yield _states(found)


def _shares(vector: Vector, most: int) -> Table:
    from rich.table import Table

    made = Table(
        box=None,
        pad_edge=False,
        show_header=False,
        title=plain(f"Shares of partners, {vector.period}"),
        title_justify="left",
    )
    for justify in ("left", "right", "left", "left"):
        made.add_column(justify=justify, no_wrap=True)
    partners = vector.weights.partners
    top = max((partner.share for partner in partners), default=1.0)
    for partner in partners[:most]:
        doubt = (
            f"{100 * partner.low:.0f} to {100 * partner.high:.0f} %"
            if partner.low is not None and partner.high is not None and partner.high - partner.low >= 0.005
            else ""
        )
        made.add_row(partner.code, f"{100 * partner.share:.1f} %", _bar(partner.share / top), plain(doubt, "dim"))
    rest = partners[most:]
    if rest:
        share = sum(partner.share for partner in rest)
        made.add_row(f"{len(rest)} others", f"{100 * share:.1f} %", plain("", "dim"), "", style="dim")
    return made


def _states(found: Vectors) -> Table:
    from rich.table import Table

    name = f"vectors-{found.choices.order}"
    made = Table(
        box=None,
        pad_edge=False,
        show_header=False,
        title=plain("Effective number of vectors"),
        title_justify="left",
    )
    for justify in ("left", "right", "left", "left"):
        made.add_column(justify=justify, no_wrap=True)
    last = _last(found)
    top = max((vector.value(name) or 0.0 for vector in last), default=1.0) or 1.0
    for vector in sorted(last, key=lambda each: -(each.value(name) or 0.0)):
        value = vector.value(name)
        line = _line(found, vector.state)
        made.add_row(
            vector.state,
            "" if value is None else f"{value:.1f}",
            _bar((value or 0.0) / top),
            plain(line, "dim"),
        )
    return made


def _sparks(found: Vectors, state: str) -> Text | None:
    line = _line(found, state)
    if not line:
        return None
    periods = [vector.period for vector in found.vectors if vector.state == state]
    return plain(f"Effective number of vectors, {periods[0]} to {periods[-1]}: {line}")


def _line(found: Vectors, state: str) -> str:
    name = f"vectors-{found.choices.order}"
    values = [value for vector in found.vectors if vector.state == state and (value := vector.value(name)) is not None]
    if len(values) < 2 or max(values) == min(values):
        return ""
    low, high = min(values), max(values)
    return "".join(_SPARKS[round((value - low) / (high - low) * (len(_SPARKS) - 1))] for value in values)


def notes(found: Vectors) -> Iterator[RenderableType]:
    """What decides, what is missing and what is known to be wrong in the periods that are shown last."""
    disputed = [str(trend) for trend in found.trends if trend.disputed]
    if disputed:
        yield _listed("Choices that matter", disputed, "bold")
    single = _single(found)
    told: dict[str, list[str]] = {}
    for vector in _last(found):
        for note in vector.notes:
            told.setdefault(note, []).append(vector.state)
    lines = [note if single else f"{', '.join(states)}: {note}" for note, states in told.items()]
    lines += found.notes
    about = f"Notes on {found.vectors[-1].period}" if single else "Notes"
    yield _listed(about, lines, "dim")
    yield plain(f"Formulas of version {found.version}. --json and --csv have all periods, sources and rows.", "dim")


def _listed(heading: str, lines: list[str], style: str) -> RenderableType:
    from rich.console import Group
    from rich.table import Table

    grid = Table.grid(padding=(0, 1))
    grid.add_column()
    grid.add_column(overflow="fold")
    for line in lines:
        grid.add_row(plain("-", style), plain(line, style))
    return Group(plain(f"{heading}:", style), grid)


def _single(found: Vectors) -> bool:
    return len({vector.state for vector in found.vectors}) == 1


def _last(found: Vectors) -> list[Vector]:
    return list({vector.state: vector for vector in found.vectors}.values())


def _number(measure: Measure, form: str) -> str:
    return "" if measure.value is None else format(measure.value, form)


def _bounded(measure: Measure) -> str:
    if measure.value is None:
        return "no data"
    bound = measure.interval
    value = f"{measure.value:.1f}"
    if bound is None or f"{bound.low:.1f}" == f"{bound.high:.1f}":
        return value
    return f"{value} ({bound.low:.1f}-{bound.high:.1f})"


@cache
def _bar(part: float) -> str:
    """A bar of eighths of a character."""
    eighths = round(max(0.0, min(1.0, part)) * _WIDTH * 8)
    return "█" * (eighths // 8) + (" ▏▎▍▌▋▊▉"[eighths % 8] if eighths % 8 else "")


def amount(value: float) -> str:
    """A large number in short: 139.6 bn."""
    step, word = next(((step, word) for step, word in _STEPS if value >= step), (1, ""))
    return f"{value / step:,.1f} {word}".rstrip()
