"""Score the reader on the project's own set of attributions, group by group.

    python benchmarks/attribution_set.py [--part open|blind|structure] [--layout OUT_DIR]

The set and its inline format are described in `attribution_set/README.md`. `--layout` also writes it in the layout of
PolNeAR (`text/*.txt` and brat stand-off `attributions/*.ann`), which other scorers read.

Contents are compared over their characters without white space. A gold and a found content match if they share at
least half of their union, one to one, the best pairs first; `content+source` asks of such a pair that the sources
share a character or are both missing; `exact` asks for equal spans once white space, quotation marks and punctuation
are trimmed from the ends. A score of nothing found where there is nothing to find is 1.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("attribution_set")
PARTS = ("open", "blind", "structure")
MEASURES = ("content", "content+source", "exact")
MODES = ("direct", "mixed", "indirect")

Spans = tuple[tuple[int, int], ...]
Predictor = Callable[[str], Iterable[Mapping[str, Any]]]

_ROLES = {"s": "source", "c": "cue", "q": "content"}
_TAG = re.compile(r"<(/?)([scq])([1-9][0-9]*)>")
_STRAY = re.compile(r"<[^>\n]*>?|>")
_TRIMMED = "\"'`“”„‟‘’‚‛«»‹›.,;:!?…-–—"
_LEAST_OVERLAP = 0.5
_LEAD = re.compile(r"(?:that|to|which)\b")
_DIALOGUE = re.compile(r"^[–—] .*", re.MULTILINE)
# Quotations, to the end of the line where they are not closed; a ’ before a letter is an apostrophe.
_QUOTED = (
    _DIALOGUE,
    re.compile(r"“[^”\n]*(?:”|$)", re.MULTILINE),
    re.compile(r"„[^“\n]*(?:“|$)", re.MULTILINE),
    re.compile(r"«[^»\n]*(?:»|$)", re.MULTILINE),
    re.compile(r'"[^"\n]*(?:"|$)', re.MULTILINE),
    re.compile(r"''.*?(?:''|$)", re.MULTILINE),
    re.compile(r"(?<!\w)‘.*?(?:’(?!\w)|$)", re.MULTILINE),
    re.compile(r"(?<![\w'])'(?![\s']).*?(?<!')'(?![\w'])"),
)


class FormatError(ValueError):
    """An annotated text that breaks the format; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what: `[start, end)` offsets in code points of the plain text, by role, in text order."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Annotated:
    """A plain text and its attributions in the order of their numbers."""

    name: str
    text: str
    attributions: tuple[Attribution, ...]

    @property
    def group(self) -> str:
        """The group of the text: its name before the hyphen."""
        return self.name.partition("-")[0]


def parse(marked: str, file: str) -> Annotated:
    """The plain text and the attributions of an annotated text; a `FormatError` names `file` and the line."""

    def error(at: int, problem: str) -> FormatError:
        return FormatError(f"{file}:{marked.count(chr(10), 0, at) + 1}: {problem}")

    text, position = "", 0
    opened: dict[tuple[str, int], tuple[int, int]] = {}
    spans: dict[int, dict[str, list[tuple[int, int]]]] = {}
    first: dict[int, int] = {}
    for tag in _TAG.finditer(marked):
        text += _plain(marked, position, tag.start(), error)
        position = tag.end()
        role, number = key = tag[2], int(tag[3])
        first.setdefault(number, tag.start())
        if not tag[1]:
            if key in opened:
                raise error(tag.start(), f"{tag[0]} is open already")
            opened[key] = len(text), tag.start()
        elif key not in opened:
            raise error(tag.start(), f"{tag[0]} closes what is not open")
        else:
            start, _ = opened.pop(key)
            if not text[start:] or text[start:] != text[start:].strip():
                raise error(tag.start(), f"{tag[0]} closes a span that is empty or begins or ends with white space")
            spans.setdefault(number, {letter: [] for letter in _ROLES})[role].append((start, len(text)))
    text += _plain(marked, position, len(marked), error)
    for (role, number), (_, at) in opened.items():
        raise error(at, f"<{role}{number}> is never closed")
    for number, at in first.items():
        if not spans[number]["q"]:
            raise error(at, f"attribution {number} has no content")
        if number > len(spans):
            raise error(at, f"attribution {number} among {len(spans)}: a number is left out")
    found = (Attribution(*(tuple(sorted(spans[number][role])) for role in _ROLES)) for number in sorted(spans))
    return Annotated(Path(file).stem, text, tuple(found))


def _plain(marked: str, start: int, end: int, error: Callable[[int, str], FormatError]) -> str:
    """The words between two tags, which hold no angle bracket."""
    if stray := _STRAY.search(marked, start, end):
        raise error(stray.start(), f"{stray[0]!r} is not a tag")
    return marked[start:end]


def load(folder: Path = FOLDER) -> list[Annotated]:
    """The annotated texts of a folder, by name."""
    return [parse(path.read_bytes().decode("utf-8"), path.name) for path in sorted(folder.glob("*.txt"))]


def mode(text: str, attribution: Attribution) -> str:
    """`direct`, `mixed` or `indirect`: what stands after a label or wholly, partly, not inside quotation marks.

    Marks that enclose the cue too are those of an outer statement.
    """
    if [text[start:end] for start, end in attribution.cue] == [":"]:
        return "direct"
    inside: set[int] = set()
    for pattern in _QUOTED:
        for found in pattern.finditer(text):
            outer = any(found.start() <= start < found.end() for start, _ in attribution.cue)
            if not outer or pattern is _DIALOGUE:
                inside.update(range(*found.span()))
    counted: list[int] = []
    for number, (start, end) in enumerate(attribution.content):
        lead = _LEAD.match(text, start, end) if number == 0 else None
        counted += [i for i in range(lead.end() if lead else start, end) if text[i].isalnum()]
    quoted = sum(i in inside for i in counted)
    return "direct" if quoted == len(counted) else "mixed" if quoted else "indirect"


def standoff(annotated: Annotated) -> str:
    """The attributions in brat's stand-off form: a T line a span, an E line an attribution."""
    lines: list[str] = []
    number = 0
    for index, each in enumerate(annotated.attributions, 1):
        arguments: list[str] = []
        anchor = each.cue or each.content
        for label, spans in (("Source", each.source), ("Cue", each.cue), ("Content", each.content)):
            if spans:
                number += 1
                lines.append(_text_bound(number, label, spans, annotated.text))
                arguments.append(f"{label}:T{number}")
        number += 1
        lines.append(_text_bound(number, "Attribution", anchor, annotated.text))
        lines.append(f"E{index}\tAttribution:T{number} " + " ".join(reversed(arguments)))
    return "".join(f"{line}\n" for line in lines)


def _text_bound(number: int, label: str, spans: Spans, text: str) -> str:
    offsets = ";".join(f"{start} {end}" for start, end in spans)
    words = " ".join(text[start:end] for start, end in spans)
    return f"T{number}\t{label} {offsets}\t{' '.join(words.split())}"


def write_layout(texts: Iterable[Annotated], out: Path) -> None:
    """Write `text/NAME.txt` and `attributions/NAME.ann` under `out`."""
    for folder in ("text", "attributions"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    for each in texts:
        (out / "text" / f"{each.name}.txt").write_bytes(each.text.encode("utf-8"))
        (out / "attributions" / f"{each.name}.ann").write_bytes(standoff(each).encode("utf-8"))


def count(text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> Counter[str]:
    """What matches in one text by measure, and the numbers of `gold` and `found`.

    Gold is counted by mode too: `direct`, and of these `direct matched`.
    """
    numbers = Counter({"gold": len(gold), "found": len(found)})
    pairs = sorted((-share, not agree, i, j) for share, agree, i, j in _pairs(text, gold, found))
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for _, disagree, i, j in pairs:
        if i in taken_gold or j in taken_found:
            continue
        taken_gold.add(i)
        taken_found.add(j)
        numbers["content"] += 1
        numbers["content+source"] += not disagree
        numbers[f"{mode(text, gold[i])} matched"] += 1
    for each in gold:
        numbers[mode(text, each)] += 1
    keys = Counter(_trimmed(text, each.content) for each in found)
    numbers["exact"] = (Counter(_trimmed(text, each.content) for each in gold) & keys).total()
    return numbers


def _pairs(
    text: str, gold: Sequence[Attribution], found: Sequence[Attribution]
) -> Iterator[tuple[float, bool, int, int]]:
    """Pairs whose contents overlap enough: share of the union, whether sources agree, and the two indices."""
    theirs = [(_characters(text, each.content), _characters(text, each.source)) for each in found]
    for i, each in enumerate(gold):
        content, source = _characters(text, each.content), _characters(text, each.source)
        for j, (other, other_source) in enumerate(theirs):
            if content & other and (share := len(content & other) / len(content | other)) >= _LEAST_OVERLAP:
                yield share, bool(source & other_source) or not (source or other_source), i, j


def _characters(text: str, spans: Spans) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace()}


def _trimmed(text: str, spans: Spans) -> Spans:
    """The spans, joined over white space, without white space, quotation marks and punctuation at their ends."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and not text[joined[-1][1] : start].strip():
            start, end = joined[-1][0], max(joined.pop()[1], end)
        joined.append((start, end))
    kept: list[tuple[int, int]] = []
    for start, end in joined:
        while start < end and (text[start].isspace() or text[start] in _TRIMMED):
            start += 1
        while start < end and (text[end - 1].isspace() or text[end - 1] in _TRIMMED):
            end -= 1
        if start < end:
            kept.append((start, end))
    return tuple(kept)


def f1(matched: int, gold: int, found: int) -> float:
    """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing was found."""
    return 2 * matched / (gold + found) if gold + found else 1.0


def scores(texts: Iterable[Annotated], predictor: Predictor) -> dict[str, Counter[str]]:
    """The counts of each group and of all texts together (`total`)."""
    groups: dict[str, Counter[str]] = {}
    total: Counter[str] = Counter()
    for each in texts:
        found = [_attribution(item) for item in predictor(each.text)]
        numbers = count(each.text, each.attributions, found)
        groups.setdefault(each.group, Counter()).update(numbers)
        total.update(numbers)
    return {**groups, "total": total}


def _attribution(item: Mapping[str, Any]) -> Attribution:
    return Attribution(*(tuple((start, end) for start, end in item[role]) for role in _ROLES.values()))


def table(counted: Mapping[str, Counter[str]]) -> str:
    """The F1 of each measure and the recall of each mode by group, as text."""
    heads = [*MEASURES, *(f"{name} recall" for name in MODES), "gold", "found"]
    lines = [" " * 12 + "".join(f"{head:>17}" for head in heads)]
    for group, numbers in counted.items():
        cells = [f"{f1(numbers[measure], numbers['gold'], numbers['found']):.3f}" for measure in MEASURES]
        cells += [f"{numbers[f'{name} matched']}/{numbers[name]}" for name in MODES]
        cells += [str(numbers["gold"]), str(numbers["found"])]
        lines.append(f"{group:12}" + "".join(f"{cell:>17}" for cell in cells))
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--layout", type=Path, metavar="OUT_DIR", help="also write the set in the layout of PolNeAR")
    parser.add_argument("--part", choices=PARTS, help="the texts of other authors in that folder instead")
    arguments = parser.parse_args()
    texts = load(FOLDER / arguments.part if arguments.part else FOLDER)
    if arguments.layout:
        write_layout(texts, arguments.layout)

    from attribution import analysed, attributions
    from multivector import Reader

    reader = Reader()
    print(table(scores(texts, lambda text: attributions(analysed(text, reader)))))


if __name__ == "__main__":
    main()
