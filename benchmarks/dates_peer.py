"""What dateparser makes of the table of date expressions, for comparison; docs/dates.md shows it.

    python benchmarks/dates_peer.py

Needs `dateparser` (an environment of its own will do: nothing of multivector is imported). Writes
benchmarks/dates_peer.json: for each sentence the days that `search_dates` finds in it, and the date that the parser
makes of the words alone, with the precision that it gives. Both count from noon of the day of publication.
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TABLE = HERE.parent / "tests" / "data" / "date_expressions.toml"
ANSWERS = HERE / "dates_peer.json"
_PRECISION = {"year": "%Y", "month": "%Y-%m"}


def main() -> None:
    """Ask for every row and write the answers."""
    search: Any = import_module("dateparser.search").search_dates
    parser: Any = import_module("dateparser.date").DateDataParser
    rows: dict[str, dict[str, Any]] = {}
    for entries in tomllib.loads(TABLE.read_text(encoding="utf-8")).values():
        for row in entries:
            noon = dt.datetime.fromisoformat(row["on"]) + dt.timedelta(hours=12)
            settings = {"RELATIVE_BASE": noon}
            found = search(row["text"], languages=["en"], settings=settings) or []
            data = parser(languages=["en"], settings=settings).get_date_data(row["says"])
            alone = data.date_obj and data.date_obj.strftime(_PRECISION.get(data.period, "%Y-%m-%d"))
            rows[row["text"]] = {"sentence": [day.date().isoformat() for _, day in found], "words": alone}
    answers = {"dateparser": version("dateparser"), "rows": rows}
    ANSWERS.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
