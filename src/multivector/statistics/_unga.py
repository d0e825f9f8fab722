"""Roll calls of the UN General Assembly, in the forms in which Voeten's data go round.

Long: a row for each state and roll call with everything in it (Dataverse `UNVotes.csv`), or with the roll calls in a
file beside it (`un_votes.csv` and `un_roll_calls.csv` of the R package unvotes). Wide: a row for each roll call, a
column for each state.

Voeten, Erik; Strezhnev, Anton; Bailey, Michael (2009), "United Nations General Assembly Voting Data", Harvard
Dataverse, doi:10.7910/DVN/LEJUQZ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from multivector.errors import StatisticsError
from multivector.record import Choice, is_date
from multivector.statistics._areas import Scheme
from multivector.statistics._build import Builder, RollCall
from multivector.statistics._files import Content, open_content
from multivector.statistics._tables import Table, column_name, find_table
from multivector.statistics._types import Given, Reading

SOURCE = "UNGA roll calls (Voeten)"
_CHOICES = {
    "1": Choice.YES,
    "2": Choice.ABSTAIN,
    "3": Choice.NO,
    "8": Choice.ABSENT,
    "yes": Choice.YES,
    "y": Choice.YES,
    "abstain": Choice.ABSTAIN,
    "a": Choice.ABSTAIN,
    "no": Choice.NO,
    "n": Choice.NO,
    "absent": Choice.ABSENT,
    "x": Choice.ABSENT,
}
"""Voeten's codes and words; 9 is a state that was no member then, and an empty cell one without a vote."""
_NO_VOTE = frozenset({"", "9", "na"})
_ISSUES = {
    "me": "Palestinian conflict",
    "nu": "Nuclear weapons and nuclear material",
    "di": "Arms control and disarmament",
    "hr": "Human rights",
    "co": "Colonialism",
    "ec": "Economic development",
}
"""Voeten's columns of subjects."""
_CALL = frozenset({"rcid", "session", "date", "unres"})
_ROLL_CALLS = ("un_roll_calls.csv", "un_roll_calls.csv.gz")
_CALL_ISSUES = ("un_roll_call_issues.csv", "un_roll_call_issues.csv.gz")
_ISO2 = re.compile(r"[A-Z]{2}")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def is_long(names: frozenset[str]) -> bool:
    """Whether these are the columns of one row a vote."""
    return {"rcid", "vote"} <= names and bool({"ccode", "country_code"} & names)


def is_wide(names: frozenset[str]) -> bool:
    """Whether these are the columns of one row a roll call, with states beside each other."""
    return names >= _CALL and "vote" not in names and {"us", "cn"} <= names


def read_long(content: Content, table: Table, given: Given) -> Reading:
    """One row a vote. Raises StatisticsError when the roll calls are neither in it nor beside it."""
    build = Builder(content.path, "unga-votes", given, SOURCE)
    column = _columns(table)
    calls = _Calls(build)
    if not names_hold(table, _CALL):
        calls.take_files(content)
    by_number = column.get("ccode")
    state = by_number if by_number is not None else column["country_code"]
    scheme = Scheme.ISO2 if by_number is None else Scheme.COW
    for line, cells in table.rows(given.encoding):
        if len(cells) < len(table.header):
            build.problem(line, f"{len(cells)} cells, where the header has {len(table.header)}")
            continue
        number = _whole(cells[column["rcid"]])
        if names_hold(table, _CALL):
            calls.take(line, {name: cells[place] for name, place in column.items()})
        call = calls.of(number)
        if call is None:
            build.problem(line, f"roll call {number[:40]!r} is not described")
            continue
        _vote(build, line, cells[state], scheme, call, cells[column["vote"]])
    return build.finish()


def read_wide(content: Content, table: Table, given: Given) -> Reading:
    """One row a roll call; the columns of states are called by their alpha-2 codes."""
    build = Builder(content.path, "unga-votes-wide", given, SOURCE)
    column = _columns(table)
    calls = _Calls(build)
    states = [(place, name.strip()) for place, name in enumerate(table.header) if _ISO2.fullmatch(name.strip())]
    rows = [(line, cells + [""] * (len(table.header) - len(cells))) for line, cells in table.rows(given.encoding)]
    for line, cells in rows:
        calls.take(line, {name: cells[place] for name, place in column.items()})
    for line, cells in rows:
        if (call := calls.of(_whole(cells[column["rcid"]]), line)) is not None:
            for place, state in states:
                _vote(build, line, state, Scheme.ISO2, call, cells[place], f"{build.name}:{line} {state}")
    return build.finish()


def names_hold(table: Table, names: Iterable[str]) -> bool:
    """Whether the table has all of these columns."""
    return set(names) <= set(_columns(table))


@dataclass(frozen=True, slots=True)
class _Call:
    line: int
    session: int
    date: str
    resolution: str
    issues: tuple[str, ...]


class _Calls:
    """The roll calls of a file, each with a name of its own."""

    def __init__(self, build: Builder) -> None:
        self._build = build
        self._calls: dict[str, _Call] = {}
        self._bad: set[str] = set()
        self._named: dict[str, RollCall] = {}
        self._times: Counter[str] = Counter()

    def take(self, line: int, cells: Mapping[str, str], issues: tuple[str, ...] = ()) -> None:
        """Take what a row says of its roll call, when it is the first of it."""
        number = _whole(cells["rcid"])
        if number in self._calls or number in self._bad:
            return
        date = _date(cells["date"])
        session = _whole(cells["session"])
        if not number or not is_date(date) or len(date) != 10 or not session.isdigit():
            self._bad.add(number)
            self._build.problem(line, f"roll call {number[:40]!r} without a number, session or date that can be read")
            return
        told = tuple(issue.strip() for issue in re.split(r"[;|]", cells.get("issues", "")) if issue.strip())
        marked = tuple(issue for name, issue in _ISSUES.items() if _whole(cells.get(name, "")) == "1")
        resolution = cells["unres"].strip()
        self._times[resolution] += 1
        self._calls[number] = _Call(line, int(session), date, resolution, issues or told or marked)

    def take_files(self, content: Content) -> None:
        """Take the roll calls and their issues from the files beside. Raises StatisticsError when there are none."""
        calls = _beside(content, _ROLL_CALLS, _CALL)
        if calls is None:
            raise StatisticsError(
                str(content.path), "votes without their roll calls", f"put {_ROLL_CALLS[0]} into the same folder"
            )
        issues: dict[str, list[str]] = {}
        if (tags := _beside(content, _CALL_ISSUES, frozenset({"rcid", "issue"}))) is not None:
            places = _columns(tags)
            for _, cells in tags.rows():
                issues.setdefault(_whole(cells[places["rcid"]]), []).append(cells[places["issue"]].strip())
        places = _columns(calls)
        for line, cells in calls.rows():
            known = {name: cells[place] for name, place in places.items() if place < len(cells)}
            if known.keys() >= _CALL:
                self.take(line, known, tuple(dict.fromkeys(issues.get(_whole(known["rcid"]), ()))))

    def of(self, number: str, line: int | None = None) -> RollCall | None:
        """The roll call with this number (in `line`, where a file has one row a call), or None."""
        call = self._calls.get(number)
        if call is None:
            return None
        if line is not None and call.line != line:
            self._build.problem(line, f"roll call {number!r} stands in line {call.line} already")
            return None
        if number not in self._named:
            resolution = call.resolution
            # One resolution can be voted on several times: paragraphs, amendments, the whole.
            single = resolution and self._times[resolution] == 1
            name = resolution if single else f"{resolution or 'roll call'} #{number}"
            self._named[number] = RollCall(name, call.session, call.date, call.issues)
        return self._named[number]


def _vote(
    build: Builder, line: int, state: str, scheme: Scheme, call: RollCall, vote: str, place: str | None = None
) -> None:
    word = _whole(vote).casefold()
    if word in _NO_VOTE:
        build.missing += 1
    elif (choice := _CHOICES.get(word)) is None:
        build.problem(line, f"{vote.strip()[:40]!r} is not a vote")
    else:
        build.add_vote(line, state.strip(), scheme, call, choice, place)


def _columns(table: Table) -> dict[str, int]:
    return {column_name(name): place for place, name in reversed(list(enumerate(table.header)))}


def _beside(content: Content, names: Iterable[str], columns: frozenset[str]) -> Table | None:
    for name in names:
        path = content.path.with_name(name)
        if path.is_file():
            return find_table(open_content(path), lambda found: columns <= found)
    return None


def _whole(text: str) -> str:
    """A number as programs write it that make all numbers decimal: `74.0` is 74."""
    return text.strip().removesuffix(".0")


def _date(text: str) -> str:
    """A day in ISO 8601; Voeten's own files have it as month/day/year in some editions."""
    text = text.strip()[:10]
    if match := _DAY.fullmatch(text):
        month, day, year = match.groups()
        return f"{year}-{month:0>2}-{day:0>2}"
    return text
