"""Which items of the reader are right: items with their grounds, matched with gold by the scorers' own rules.

What counts as found and as right, by kind:

| kind | found | right |
| --- | --- | --- |
| statement | content matched | and the sources agree |
| event | type matched, evidence overlapping | and all its dyads are the gold's, and the modality |
| figure | value and unit matched | and measure, parties and period |
| agreement | title or evidence matched | and type, parties and status |
| tie | type and both ends | the same |

Actors and dates are no items of the gold. For them, and for some of the other kinds, there is a list of items of
PolNeAR that were judged one by one (`benchmarks/judged.json`: document, id of the item, whether it is right).
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import attribution_set
import event_set
import record
from multivector import Reader
from multivector.record import Actor, Document, Event, Item, Kind, document_id, to_dict

JUDGED = Path(__file__).with_name("judged.json")
_DATED = re.compile(r"_(\d{4}-\d\d-\d\d)_")
_MARKED = re.compile(r"</?[st]>")
_ALIKE = 0.5
"""From here on the scorer takes two measures for one."""
_CODED_OTHERWISE = {"CONCEDE": {"YIELD"}, "RETREAT": {"YIELD"}}


@dataclass(frozen=True, slots=True)
class Labelled:
    """An item's grounds, the confidence that it came with, and whether it was found and is right."""

    kind: Kind
    doc: str
    grounds: Mapping[str, float]
    confidence: float
    found: bool
    right: bool


class Recorder:
    """A judge that keeps the grounds; the confidence that it gives is a serial number to find them by."""

    def __init__(self) -> None:
        self.grounds: list[Mapping[str, float]] = []

    def __call__(self, kind: Kind, grounds: Mapping[str, float]) -> float:
        """The number of these grounds."""
        del kind
        self.grounds.append(dict(grounds))
        return float(len(self.grounds) - 1)


class Items:
    """Reads documents into items with their grounds."""

    def __init__(self) -> None:
        self._recorder = Recorder()
        self._reader = Reader(judge=self._recorder)
        self._judge = _shipped()

    def of(self, document: Document) -> tuple[tuple[Item, ...], dict[str, Mapping[str, float]]]:
        """The items of a document and the grounds of each by its id."""
        items = self._reader.read(document).items
        return items, {item.id: self._recorder.grounds[int(item.confidence or 0)] for item in items}

    def labelled(self, kind: Kind, doc: str, grounds: Mapping[str, float], *, found: bool, right: bool) -> Labelled:
        """One item with what is known of it."""
        return Labelled(kind, doc, grounds, self._judge(kind, grounds), found, right)


def _shipped() -> Any:
    from multivector.reading._confidence import shipped

    return shipped()


def from_gold(folder: Path, scorer: ModuleType, items: Items) -> Iterator[Labelled]:
    """The items of the documents of a gold set, by the matching of `score_record.py`."""
    gold = scorer.load_gold(folder)
    for stem, document in record.documents(folder):
        found, grounds = items.of(replace(document, id=stem))
        yield from _of_document(stem, gold[stem], found, grounds, scorer, items)


def _of_document(
    stem: str,
    gold: dict[str, Any],
    found: tuple[Item, ...],
    grounds: dict[str, Mapping[str, float]],
    scorer: ModuleType,
    items: Items,
) -> Iterator[Labelled]:
    predicted: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in found:
        predicted[item.kind.value].append(json.loads(json.dumps(to_dict(item, stem))))
    pairs: dict[str, list[tuple[int, int]]] = {}

    class Pairs(scorer.DocumentScore):
        """Keeps which gold item each predicted one is matched with."""

        def note(self, kind: str, gold: Any, pred: Any, matched: list[tuple[int, int]], show: Any) -> None:
            del gold, pred, show
            pairs[kind] = matched

    rules = _Rules(scorer, Pairs(stem, gold, predicted))
    for name, plural in scorer.KINDS.items():
        if name == "tie":
            keys = {scorer.tie_key(tie) for tie in gold["ties"]}
            partner = {j: tie for j, tie in enumerate(predicted["tie"]) if scorer.tie_key(tie) in keys}
        else:
            partner = {j: gold[plural][i] for i, j in pairs[name]}
        for j, item in enumerate(predicted[name]):
            matched = j in partner
            right = matched and rules.holds(name, partner[j], item)
            yield items.labelled(Kind(name), stem, grounds[item["id"]], found=matched, right=right)


class _Rules:
    """What makes a matched item right, beside being matched."""

    def __init__(self, scorer: Any, score: Any) -> None:
        self._scorer = scorer
        self._score = score

    def holds(self, name: str, gold: dict[str, Any], item: dict[str, Any]) -> bool:
        """Whether an item of a kind is right, given the gold item that it is matched with."""
        scorer = self._scorer
        match name:
            case "statement":
                sources = [self._score.evidence(each, "source") for each in (gold, item)]
                return bool(sources[0] & sources[1]) or not any(sources)
            case "event":
                beside = scorer.dyads(item) - scorer.dyads(gold)
                return not beside and scorer.same_word(gold["modality"], item["modality"])
            case "figure":
                alike = scorer.similarity(gold["measure"], item["measure"]) >= _ALIKE
                return alike and self._parties(gold, item) and scorer.same_date(gold.get("period"), item["period"])
            case "agreement":
                alike = all(scorer.same_word(gold.get(field), item[field]) for field in ("type", "status"))
                return alike and self._parties(gold, item)
            case _:
                return True

    def _parties(self, gold: dict[str, Any], item: dict[str, Any]) -> bool:
        return self._scorer.codes(gold["parties"]) == self._scorer.codes(item["parties"])


def from_event_set(halves: Iterable[str], scorer: ModuleType, items: Items) -> Iterator[Labelled]:
    """What is labelled in parts of `event_set`: events, in the blind part also figures, agreements and ties."""
    for half in halves:
        gold = event_set.load(half)
        for stem, document in record.documents(event_set.FOLDER / half):
            found, grounds = items.of(replace(document, id=stem))
            labelled = tuple(item for item in found if item.kind.value in event_set.labelled(half))
            yield from _of_document(stem, gold[stem], labelled, grounds, scorer, items)


def from_attributions(folder: Path, scorer: ModuleType, items: Items) -> Iterator[Labelled]:
    """Statements of a corpus in the layout of PolNeAR, which marks one layer: those inside another one are left out."""
    for stem, (text, gold) in scorer.read_gold(folder).items():
        yield from _statements(stem, text, gold, scorer, items, nested=False)


def from_own_texts(scorer: ModuleType, items: Items) -> Iterator[Labelled]:
    """Statements of the texts in `attribution_set`."""
    for each in attribution_set.load():
        spans = [{"source": a.source, "cue": a.cue, "content": a.content} for a in each.attributions]
        gold = scorer.attributions(each.text, spans)
        yield from _statements(each.name, each.text, gold, scorer, items, nested=True)


def _statements(
    stem: str, text: str, gold: list[Any], scorer: ModuleType, items: Items, *, nested: bool
) -> Iterator[Labelled]:
    found, grounds = items.of(_plain(stem, text))
    statements = [item for item in found if item.kind is Kind.STATEMENT and (nested or not grounds[item.id]["inside"])]
    spans = [{role: getattr(item, role) for role in scorer.ROLES} for item in statements]
    predicted = [scorer.Attribution(text, each) for each in spans]
    pairs = {j: scorer.sources_agree(gold[i], predicted[j]) for i, j in scorer.match(gold, predicted)}
    for j, item in enumerate(statements):
        yield items.labelled(Kind.STATEMENT, stem, grounds[item.id], found=j in pairs, right=pairs.get(j, False))


def _plain(stem: str, text: str) -> Document:
    """A text as a document; a day in its name is taken for that of publication."""
    dated = _DATED.search(stem)
    return Document(document_id(text), None, None, None, dated[1] if dated else None, "en", text)


def from_pairs(path: Path, items: Items) -> Iterator[Labelled]:
    """Events between the two marked actors of each sentence of a PLV table: right when the type is, and who acts.

    An event with other actors than the marked ones is left out, since the table says nothing of it; and one that the
    judge of pairs has found, since it learned from these sentences.
    """
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            marked = row["marked_sentence"]
            if not all(mark in marked for mark in ("<s>", "</s>", "<t>", "</t>")):
                continue
            text = _MARKED.sub("", marked)
            found, grounds = items.of(_plain("", text))
            sides = [_codes_between(found, marked, tag) for tag in ("s", "t")]
            for item in found:
                learned = bool(grounds[item.id].get("by_judge"))
                if isinstance(item, Event) and not learned and (turned := _turned(item, sides)) is not None:
                    kinds = _CODED_OTHERWISE.get(item.type, {item.type.value})
                    right = row["gold_root"] in kinds and not turned
                    doc = f"plv-{row['sentence_id']}"
                    yield items.labelled(Kind.EVENT, doc, grounds[item.id], found=right, right=right)


def _codes_between(found: tuple[Item, ...], marked: str, tag: str) -> set[str]:
    """The codes of the actors named inside the mark `tag`."""
    start = len(_MARKED.sub("", marked[: marked.index(f"<{tag}>")]))
    end = len(_MARKED.sub("", marked[: marked.index(f"</{tag}>")]))
    actors = [item for item in found if isinstance(item, Actor)]
    return {a.code for a in actors if any(start <= span.start and span.end <= end for span in a.mentions)}


def _turned(event: Event, sides: list[set[str]]) -> bool | None:
    """Whether source and target are the wrong way round; None where the event is not between them."""
    source, target = sides
    actors, recipients = {*event.actors}, {*event.recipients}
    if not recipients:
        return False if actors & source and actors & target and len(source | target) > 1 else None
    if actors & source and recipients & target:
        return False
    return True if actors & target and recipients & source else None


def from_judged(folder: Path, items: Items) -> Iterator[Labelled]:
    """The items that were judged one by one; `folder` holds the compartments of PolNeAR."""
    judged: dict[str, dict[str, bool]] = json.loads(JUDGED.read_text(encoding="utf-8"))["right"]
    for stem, labels in judged.items():
        compartment, _, name = stem.partition("/")
        text = (folder / compartment / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        found, grounds = items.of(_plain(name, text))
        for item in found:
            if item.id in labels:
                right = labels[item.id]
                yield items.labelled(item.kind, stem, grounds[item.id], found=right, right=right)
