"""Find the attributions of plain texts and write them for the attribution scorer.

    python benchmarks/attribution.py TEXT_DIR OUT.jsonl [--nested] [--as-recorded]

TEXT_DIR holds `*.txt` files, or a folder `text` of them. A line of OUT.jsonl is
`{"doc": stem, "attributions": [{"source": spans, "cue": spans, "content": spans}]}`, with offsets in code points of
the file as it is on disk (newlines untranslated). Corpora such as PolNeAR annotate one layer of attribution, so
statements inside another one are left out unless `--nested` is given. What the record leaves out by its own
conventions and these corpora count in is given as the tagger found it unless `--as-recorded` is given: whom something
is said to, where a content begins with him (`urged | Oslo to wait`), questions of unnamed journalists (`Asked | about
prices`), papers that are signed, and contents that are a mere pronoun (`is against | it`).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from multivector import Reader
from multivector.reading._assemble import to_record
from multivector.reading._cues import cues_of
from multivector.reading._drafts import Draft
from multivector.reading._labels import labelled_turns, spoken
from multivector.reading._tagged import left_out
from multivector.record import Document, Span, Spans, Statement, document_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from multivector.reading._analysis import Analysis
    from multivector.reading._tagger.reader import Findings


def analysed(text: str, reader: Reader, before: str = "references") -> Analysis:
    """What the steps before the one that fills a slot find in an English text: no more than statements need."""
    return reader.analyse(Document(document_id(text), None, None, None, None, "en", text), before=before)


def attributions(analysis: Analysis, *, nested: bool = True, recorded: bool = True) -> list[dict[str, Any]]:
    """The statements that an analysis has found so far as plain spans.

    Those inside another one only when `nested`; when not as `recorded`, with what the record leaves out by its
    conventions, where the tagger found it.
    """
    statements = [each for each in to_record(analysis, "").statements if nested or each.said_by is None]
    found = [
        {
            "source": each.source,
            "cue": each.cue,
            "content": each.content if recorded else _with_addressee(each, analysis.findings),
        }
        for each in statements
    ]
    return found if recorded else found + _left_out(analysis, statements)


def _left_out(analysis: Analysis, statements: Sequence[Statement]) -> list[dict[str, Any]]:
    """What the record leaves out by its conventions: whoever asks, and what the tagger found apart from statements."""
    cues = cues_of(analysis.language)
    if cues is None or analysis.findings is None:
        return []
    taken = [span for each in statements for span in each.content]
    result: list[dict[str, Any]] = []
    for turn in labelled_turns(analysis, cues):
        if turn.asks:
            asked = spoken(analysis, turn)
            result.append({"source": asked.source, "cue": asked.cue, "content": asked.content})
            taken += asked.content
    for found in analysis.findings.attributions:
        draft = Draft(*(tuple(Span(*span) for span in own) for own in (found.source, found.cue, found.content)))
        free = not any(span.start < other.end and other.start < span.end for span in draft.content for other in taken)
        if free and left_out(analysis, cues, draft):
            result.append({"source": draft.source, "cue": draft.cue, "content": draft.content})
    return result


def _with_addressee(statement: Statement, findings: Findings | None) -> Spans:
    """The content, from where the tagger saw it begin if that is right after the cue and only the beginning differs."""
    own = tuple((span.start, span.end) for span in statement.content)
    cue = tuple((span.start, span.end) for span in statement.cue)
    for found in findings.attributions if findings else ():
        (start, end), *rest = found.content
        if cue and found.cue == cue and (end, *rest) == (own[0][1], *own[1:]) and cue[-1][1] <= start < own[0][0]:
            return tuple(Span(*span) for span in found.content)
    return statement.content


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("text_dir", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--nested", action="store_true", help="statements inside another one too, which PolNeAR has not"
    )
    parser.add_argument(
        "--as-recorded",
        action="store_true",
        help="without what PolNeAR counts in and the record does not: addressees, journalists' questions, pronouns",
    )
    arguments = parser.parse_args()
    folder = arguments.text_dir / "text" if (arguments.text_dir / "text").is_dir() else arguments.text_dir
    reader = Reader()
    with arguments.out.open("wb") as out:
        for path in sorted(folder.glob("*.txt")):
            text = path.read_bytes().decode("utf-8")
            found = attributions(analysed(text, reader), nested=arguments.nested, recorded=arguments.as_recorded)
            out.write(msgspec.json.encode({"doc": path.stem, "attributions": found}) + b"\n")


if __name__ == "__main__":
    main()
