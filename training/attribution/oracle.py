"""Where the errors are: the linker on gold spans, `python -m training.attribution.oracle MODEL_DIR COMPARTMENT ...`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from multivector.reading._tagger.decode import join, spans
from multivector.reading._tagger.reader import _attribution
from multivector.reading._tagger.words import split
from training.attribution import corpus
from training.attribution.examples import label
from training.attribution.network import tagger
from training.attribution.tune import scorer


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("compartment", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    args = parser.parse_args()
    judge = scorer(args.scorer)
    gold = judge.read_gold(args.compartment)
    reader = tagger(args.model)
    predicted = {}
    for document in corpus.read(args.compartment, every_annotator=False):
        words = split(document.text)
        tags, _ = label(words, document)
        found = []
        for window in reader.scores(words):
            start, scores, links = window.start, window.tags, window.links
            own = {
                role: [(a + 1, b + 1) for a, b in parts]
                for role, parts in spans(tags[start : start + len(scores)]).items()
            }
            found += [asdict(_attribution(words, start - 1, group)) for group in join(own, links, reader.settings)]
        predicted[document.name] = judge.attributions(document.text, found)
    print(judge.table(judge.score(gold, predicted)))


if __name__ == "__main__":
    main()
