"""Texts of our own beside the corpus, as gold for the scorer: `python -m training.attribution.check OUT_DIR`.

The texts in `check/` carry their annotation inside: `{s1 ...}`, `{c1 ...}` and `{t1 ...}` are source, cue and content
(what was told) of attribution 1; a number that comes again is a further part of it.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from training.attribution.corpus import Attribution, Document

MARK = re.compile(r"\{([sct])(\d+) ([^{}]*)\}")
ROLE = {"s": "source", "c": "cue", "t": "content"}


def read() -> list[Document]:
    """The documents."""
    result = []
    for path in sorted(Path(__file__).with_name("check").glob("*.txt")):
        raw, text, at = path.read_text(encoding="utf-8"), "", 0
        found: dict[str, Attribution] = {}
        for match in MARK.finditer(raw):
            text += raw[at : match.start()]
            own = found.setdefault(match[2], Attribution())
            own.of(ROLE[match[1]]).append((len(text), len(text) + len(match[3])))
            text += match[3]
            at = match.end()
        result.append(Document(path.stem, text + raw[at:], list(found.values())))
    return result


def write(out: Path) -> None:
    """The documents in PolNeAR's layout."""
    (out / "text").mkdir(parents=True, exist_ok=True)
    (out / "attributions").mkdir(exist_ok=True)
    for document in read():
        lines, number = [], 0
        for event, attribution in enumerate(document.attributions, 1):
            arguments = []
            for role in ("source", "cue", "content"):
                spans = attribution.of(role)
                if spans:
                    number += 1
                    offsets = ";".join(f"{start} {end}" for start, end in spans)
                    lines.append(f"T{number}\t{role.title()} {offsets}\t-")
                    arguments.append(f"{role.title()}:T{number}")
            lines.append(f"E{event}\t{' '.join(arguments)}")
        (out / "text" / f"{document.name}.txt").write_text(document.text, encoding="utf-8")
        (out / "attributions" / f"{document.name}.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    write(parser.parse_args().out)


if __name__ == "__main__":
    main()
