"""Find the attributions of plain texts and write them for the attribution scorer.

    python benchmarks/attribution.py TEXT_DIR OUT.jsonl [--nested] [--as-recorded]

TEXT_DIR holds `*.txt` files, or a folder `text` of them. A line of OUT.jsonl is
`{"doc": stem, "attributions": [{"source": spans, "cue": spans, "content": spans}]}`, with offsets in code points of
the file as it is on disk (newlines untranslated). Corpora such as PolNeAR annotate one layer of attribution, so
statements inside another one are left out unless `--nested` is given; and where the record leaves whom something is said
to out of a content that begins with him (`urged | Oslo to wait`), these corpora count him in, so the content is given as
the tagger found it unless `--as-recorded` is given.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from multivector import Reader
from multivector.reading._assemble import to_record
from multivector.record import Document, Span, Spans, Statement, document_id

if TYPE_CHECKING:
    from multivector.reading._tagger.reader import Findings


def attributions(text: str, reader: Reader, *, nested: bool = True, addressees: bool = False) -> list[dict[str, Any]]:
    """The statements of an English text as plain spans.

    Those inside another one only when `nested`; with `addressees`, whom something is said to is part of its content
    where the tagger found him there.
    """
    analysis = reader.analyse(Document(document_id(text), None, None, None, None, "en", text))
    found = [each for each in to_record(analysis, reader.version).statements if nested or each.said_by is None]
    return [
        {
            "source": each.source,
            "cue": each.cue,
            "content": _with_addressee(each, analysis.findings) if addressees else each.content,
        }
        for each in found
    ]


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
        "--as-recorded", action="store_true", help="contents without whom they are said to, which PolNeAR counts in"
    )
    arguments = parser.parse_args()
    folder = arguments.text_dir / "text" if (arguments.text_dir / "text").is_dir() else arguments.text_dir
    reader = Reader()
    with arguments.out.open("wb") as out:
        for path in sorted(folder.glob("*.txt")):
            text = path.read_bytes().decode("utf-8")
            found = attributions(text, reader, nested=arguments.nested, addressees=not arguments.as_recorded)
            out.write(msgspec.json.encode({"doc": path.stem, "attributions": found}) + b"\n")


if __name__ == "__main__":
    main()
