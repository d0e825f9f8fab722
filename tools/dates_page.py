"""Write docs/dates.md from the table of date expressions; with --check, only say whether it is up to date.

python tools/dates_page.py [--check]

The reader is run on every row; what dateparser says was kept by benchmarks/dates_peer.py.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generated import write_or_check
from multivector import Reader
from multivector.record import Document, document_id, interval

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "tests" / "data" / "date_expressions.toml"
ANSWERS = ROOT / "benchmarks" / "dates_peer.json"
PAGE = ROOT / "docs" / "dates.md"

_HEAD = """\
# Dates and periods in English

Made by `tools/dates_page.py` from `tests/data/date_expressions.toml`: sentences as they stand in news, releases and
speeches, all invented, with what the words mean. The values were written down before the reader was tried on them.
Of the first 259 rows it had 203 right; its rules were then extended until they covered them, and three values were
brought in line with the record's conventions (two days in a row are one period; a date named twice is found twice).
Of the 93 rows of the second look, written after that, it had 87 right at the first try. So the score here tells what
it covers; how often it is right on texts that nobody has seen, [quality](quality.md) tells.

A date is a day, a month, a year or a period, with the precision of the text; `..` is an open end. Days count from the
day of the dateline (a week before the publication at most), else of publication, or from a date told just before. A
part without agreed bounds (`late October`, `early 2026`) is the whole; `by 2030` gives the term, `until 2030` a period
up to it; a fiscal or academic year is the years that it is named after.
"""

_PEER = """\
Beside it stands [dateparser](https://dateparser.readthedocs.io/) {version} as `benchmarks/dates_peer.py` ran it, with
`languages=["en"]` and the day of publication as `RELATIVE_BASE`: `search_dates` on the sentence, and the parser on the
words alone, which tells it where the date is. Its answer is a day (the parser on words also tells a month or a year
from a day) and never a period. So that it is not blamed for that, it counts as right when its days lie inside what is
meant, as many as there are; *exactly* counts the answers that are the very value.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table with the answers to it."""

    says: str
    on: str
    text: str
    meant: list[str]
    ours: list[str]
    sentence: list[str]
    words: str | None

    @property
    def ours_right(self) -> bool:
        """Whether the reader finds exactly what is meant."""
        return self.ours == self.meant

    @property
    def sentence_right(self) -> bool:
        """Whether the days that the peer finds in the sentence lie inside what is meant, one by one."""
        return len(self.sentence) == len(self.meant) and all(map(_inside, self.sentence, self.meant))

    @property
    def words_right(self) -> bool:
        """Whether what the peer makes of the words alone lies inside one of the dates meant."""
        if self.words is None:
            return not self.meant
        return any(_inside(self.words, meant) for meant in self.meant)

    @property
    def words_exact(self) -> bool:
        """Whether what the peer makes of the words alone is the very value."""
        return self.words in self.meant if self.meant else self.words is None


def groups() -> dict[str, list[Row]]:
    """The rows of the table by group, answered."""
    reader = Reader()
    peer = json.loads(ANSWERS.read_text(encoding="utf-8"))["rows"]
    table: dict[str, list[dict[str, Any]]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))

    def answered(row: dict[str, Any]) -> Row:
        text = row["text"]
        record = reader.read(Document(document_id(text), None, None, None, row["on"], "en", text))
        told = peer.get(text, {"sentence": [], "words": None})
        return Row(
            row["says"], row["on"], text, row["is"], [d.value for d in record.dates], told["sentence"], told["words"]
        )

    return {name: [answered(row) for row in rows] for name, rows in table.items()}


def page() -> str:
    """The whole page."""
    answered = groups()
    version = json.loads(ANSWERS.read_text(encoding="utf-8"))["dateparser"]
    return "\n".join([_HEAD, _PEER.format(version=version), *_totals(answered), *_tables(answered)])


def _totals(answered: dict[str, list[Row]]) -> Iterator[str]:
    yield "| | rows | multivector, exactly | dateparser on the sentence | dateparser on the words | the same, exactly |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    every = [row for rows in answered.values() for row in rows]
    for name, rows in [*answered.items(), ("all", every)]:
        counts = [
            len(rows),
            sum(row.ours_right for row in rows),
            sum(row.sentence_right for row in rows),
            sum(row.words_right for row in rows),
            sum(row.words_exact for row in rows),
        ]
        yield f"| {_title(name)} | " + " | ".join(map(str, counts)) + " |"
    yield ""


def _tables(answered: dict[str, list[Row]]) -> Iterator[str]:
    for name, rows in answered.items():
        yield f"## {_title(name).capitalize()}\n"
        yield "| sentence | published | meant | multivector | dateparser: sentence | dateparser: words |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for row in rows:
            cells = [
                _marked(row.text, row.says),
                row.on,
                _values(row.meant),
                _verdict(row.ours, right=row.ours_right),
                _verdict(row.sentence, right=row.sentence_right),
                _verdict([row.words] if row.words else [], right=row.words_right),
            ]
            yield "| " + " | ".join(cells) + " |"
        yield ""


def _title(name: str) -> str:
    return name.replace("_", " ")


def _marked(text: str, says: str) -> str:
    start = text.lower().index(says.lower())
    return f"{text[:start]}**{text[start : start + len(says)]}**{text[start + len(says) :]}".replace("|", "\\|")


def _values(values: list[str]) -> str:
    return ", ".join(values) or "nothing"


def _verdict(values: list[str], *, right: bool) -> str:
    return "right" if right else f"wrong: {_values(values)}"


def _inside(value: str, meant: str) -> bool:
    (start, end), (low, high) = interval(value), interval(meant)
    return (start or dt.date.min) >= (low or dt.date.min) and (end or dt.date.max) <= (high or dt.date.max)


if __name__ == "__main__":
    sys.exit(write_or_check(PAGE, page(), "The page of dates.", "python tools/dates_page.py makes"))
