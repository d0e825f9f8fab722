"""The tagger: text in, attributions out."""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass, fields
from functools import cache, cached_property
from importlib import import_module, resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from multivector.reading._tagger.decode import Group, Settings, chances, join, spans, viterbi
from multivector.reading._tagger.labels import LINKS, ROLES, TAGS, begin, inside
from multivector.reading._tagger.mentions import Mention, mentions_of
from multivector.reading._tagger.windows import cut, lead
from multivector.reading._tagger.words import Pieces, Word, split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from multivector.reading._tagger.decode import Range

    Floats = NDArray[np.float32]

Spans = tuple[tuple[int, int], ...]
SECOND = "second.onnx"
"""The head for a second look at the tags of attributions."""

HEADS = ("mentions.onnx", SECOND, "traces.onnx")
"""Files of all heads beside the one for attributions: names in the text, a second look at the tags, what the judge of
pairs reads of each word."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what, as spans of the text in code points; source and cue may be empty."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Window:
    """What the network says of one window.

    `start` is its first word; `tags` the scores of its words' tags [words, tags]; `links` the vectors from which links
    are scored [1 + words, kinds of link, 2, size], the window's start mark first; `names` the scores of their tags of
    mentions [words, tags], `traces` what the judge of pairs reads of each word [words, size]; None where the weights
    have no such head.
    """

    start: int
    tags: Floats
    links: Floats
    names: Floats | None = None
    traces: Floats | None = None


class Findings:
    """What is found in a text: its attributions, its mentions, and how likely its words are to hold a role."""

    def __init__(self, attributions: list[Attribution], words: list[Word], windows: list[Window], by: Settings) -> None:
        self.attributions = attributions
        self._words = words
        self._windows = windows
        self._settings = by
        self._known: dict[int, Floats] = {}

    def share(self, role: str, start: int, end: int) -> float:
        """The mean probability that the words of `[start, end)` hold the role, each word for itself.

        A hundred times as fast as `chance`, which counts in what tags may follow each other.
        """
        first, last = self._range(start, end)
        opens, goes_on = self._columns(role)
        each = self._each[first:last]
        return sum(word[opens] + word[goes_on] for word in each) / len(each) if each else 0.0

    def edges(self, role: str, start: int, end: int) -> tuple[float, float]:
        """The probabilities that a span of the role begins with the first word, and that it does not go on beyond."""
        first, last = self._range(start, end)
        opens, goes_on = self._columns(role)
        each = self._each
        return each[first][opens] if first < len(each) else 0.0, 1 - (each[last][goes_on] if last < len(each) else 0.0)

    def _columns(self, role: str) -> tuple[int, int]:
        """The places of the role's tags among all."""
        number = ROLES.index(role)
        return begin(number), inside(number)

    def _range(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the words that begin in `[start, end)` of the text."""
        first = bisect_left(self._starts, start)
        return first, bisect_left(self._starts, end, first)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self._words]

    @cached_property
    def _each(self) -> list[list[float]]:
        """Probabilities [words, tags] of each word for itself; the windows follow each other without a gap.

        Lists, since a few words are asked for at a time.
        """
        none = np.zeros((0, len(TAGS)), dtype=np.float32)
        scores = np.concatenate([none, *(window.tags for window in self._windows)]) + self._settings.bias
        raised = np.exp(scores - scores.max(1, keepdims=True, initial=-np.inf))
        return (raised / raised.sum(1, keepdims=True)).tolist()

    def mentions(self) -> tuple[Mention, ...]:
        """The persons, organisations, places and offices that the text names, in its order, without overlaps."""
        return tuple(mentions_of(self._words, [each.names for each in self._windows if each.names is not None]))

    def traces(self, start: int, end: int) -> tuple[list[int], Floats]:
        """Where the words of `[start, end)` begin, and what the judge of pairs reads of each [words, size]."""
        first, last = self._range(start, end)
        return self._starts[first:last], self._traces[first:last]

    @cached_property
    def _traces(self) -> Floats:
        found = [window.traces for window in self._windows if window.traces is not None]
        return np.concatenate(found) if found else np.zeros((0, 0), dtype=np.float32)

    def chance(self, role: str, start: int, end: int) -> float:
        """The mean probability in [0, 1] that the words which begin in `[start, end)` of the text hold the role.

        It is worked out for the windows that are asked about.
        """
        first, last = self._range(start, end)
        column = ROLES.index(role)
        found: list[Floats] = []
        for number, window in enumerate(self._windows):
            low, high = max(first, window.start), min(last, window.start + len(window.tags))
            if low < high:
                if number not in self._known:
                    self._known[number] = chances(window.tags, self._settings)
                found.append(self._known[number][low - window.start : high - window.start, column])
        return float(np.concatenate(found).mean()) if found else 0.0


class Tagger:
    """Reads attributions with a network, its word pieces and the settings of its decoder.

    Windows are run one at a time: what is read in a text depends on nothing but the text.
    """

    def __init__(self, session: Any, pieces: Pieces, settings: dict[str, Any]) -> None:
        self._session = session
        self._outputs = tuple(output.name for output in session.get_outputs())
        self._pieces = pieces
        self._budget, self._lead = int(settings["budget"]), int(settings["lead"])
        self.settings = _settings(settings)

    @classmethod
    def load(
        cls,
        folder: Path,
        threads: int = 1,
        model: str = "reader.onnx",
        heads: Sequence[str] = HEADS,
        **changes: Any,
    ) -> Tagger:
        """The tagger with the weights in a folder; `changes` take the place of settings in `reader.json`."""
        settings: dict[str, Any] = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
        return cls(
            _session(_network(folder, model, heads), threads), Pieces.read(folder / "vocab.txt"), settings | changes
        )

    def read(self, text: str) -> list[Attribution]:
        """The attributions of a text in order of their content."""
        return self.findings(text).attributions

    def findings(self, text: str) -> Findings:
        """The same, and how likely each word is to hold which role."""
        words = split(text)
        windows = self.scores(words)
        return Findings(self.decode(words, windows), words, windows, self.settings)

    def scores(self, words: list[Word]) -> list[Window]:
        """What the network says of the words, window by window."""
        pieces = [self._pieces(word.form) for word in words]
        lengths = [len(own) for own in pieces]
        windows: list[Window] = []
        for start, end in cut(words, lengths, self._budget):
            begin = lead(lengths, start, self._lead)
            numbers, features, first = [self._pieces.start], [0], [0]
            for word, own in zip(words[begin:end], pieces[begin:end], strict=True):
                first.append(len(numbers))
                numbers.extend(own)
                features.extend([word.feature] * len(own))
            numbers.append(self._pieces.end)
            features.append(0)
            del first[1 : 1 + start - begin]
            inputs = {"pieces": numbers, "features": features, "first": first}
            found = self._session.run(None, {name: np.array(values, dtype=np.int64) for name, values in inputs.items()})
            by_name: dict[str, Floats] = dict(zip(self._outputs, found, strict=True))
            tags = by_name["second"] if "second" in by_name else by_name["tags"][1:]
            links = by_name["links"].reshape(len(first), len(LINKS), 2, self.settings.link)
            windows.append(Window(start, tags, links, by_name.get("mentions"), by_name.get("traces")))
        return windows

    def decode(self, words: list[Word], windows: list[Window]) -> list[Attribution]:
        """The attributions that the windows' scores amount to."""
        if not windows:
            return []
        result: list[Attribution] = []
        for window, tags in zip(windows, viterbi([each.tags for each in windows], self.settings), strict=True):
            # Word 0 of a window is its start mark.
            found = {role: [(start + 1, end + 1) for start, end in own] for role, own in spans(tags).items()}
            groups = join(found, window.links, self.settings)
            result += [_attribution(words, window.start - 1, group) for group in groups]
        return result


@cache
def shipped(heads: tuple[str, ...] = HEADS) -> Tagger:
    """The tagger with the weights of the package, loaded once; attributions need no more than `SECOND` of the heads."""
    with resources.as_file(resources.files("multivector.reading._tagger").joinpath("weights")) as folder:
        return Tagger.load(folder, heads=heads)


def _network(folder: Path, model: str, heads: Sequence[str] = HEADS) -> bytes:
    """The network with those of the heads that the folder has.

    A serialised message of Protocol Buffers after another one of its kind is merged with it, lists appended: so a
    head's file adds its nodes, weights and output to the graph, and the weights of the encoder need no new copy.
    """
    files = (folder / name for name in heads)
    return (folder / model).read_bytes() + b"".join(file.read_bytes() for file in files if file.is_file())


def _session(model: bytes, threads: int) -> Any:
    """ONNX Runtime on the processor, the same for every machine and load."""
    ort: Any = import_module("onnxruntime")
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # The graph is fused as it stands; what else ONNX Runtime would fuse is slower.
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _settings(data: dict[str, Any]) -> Settings:
    names = {field.name for field in fields(Settings)}
    values: dict[str, Any] = {
        name: np.array(value, dtype=np.float32) if isinstance(value, list) else value
        for name, value in data.items()
        if name in names
    }
    return Settings(**values)


def _attribution(words: list[Word], shift: int, group: Group) -> Attribution:
    def text_span(part: Range) -> tuple[int, int]:
        return words[shift + part[0]].start, words[shift + part[1] - 1].end

    return Attribution(
        (text_span(group.source),) if group.source else (),
        (text_span(group.cue),) if group.cue else (),
        tuple(text_span(part) for part in group.content),
    )
