"""Find the attributions of plain texts and write them for the attribution scorer.

    python benchmarks/attribution.py TEXT_DIR OUT.jsonl [--nested]

TEXT_DIR holds `*.txt` files, or a folder `text` of them. A line of OUT.jsonl is
`{"doc": stem, "attributions": [{"source": spans, "cue": spans, "content": spans}]}`, with offsets in code points of
the file as it is on disk (newlines untranslated). Corpora such as PolNeAR annotate one layer of attribution, so
statements inside another one are left out unless `--nested` is given.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import msgspec

from multivector import Reader
from multivector.record import Document, document_id


def attributions(text: str, reader: Reader, *, nested: bool = True) -> list[dict[str, Any]]:
    """The statements of an English text as plain spans, those inside another one only when `nested`."""
    document = Document(document_id(text), None, None, None, None, "en", text)
    found = [each for each in reader.read(document).statements if nested or each.said_by is None]
    return [{"source": each.source, "cue": each.cue, "content": each.content} for each in found]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("text_dir", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--nested", action="store_true", help="statements inside another one too, which PolNeAR has not"
    )
    arguments = parser.parse_args()
    folder = arguments.text_dir / "text" if (arguments.text_dir / "text").is_dir() else arguments.text_dir
    reader = Reader()
    with arguments.out.open("wb") as out:
        for path in sorted(folder.glob("*.txt")):
            text = path.read_bytes().decode("utf-8")
            out.write(
                msgspec.json.encode(
                    {"doc": path.stem, "attributions": attributions(text, reader, nested=arguments.nested)}
                )
                + b"\n"
            )


if __name__ == "__main__":
    main()
