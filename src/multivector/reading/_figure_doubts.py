"""What speaks against the parties of a figure: how rarely they are named, who else the document speaks of."""

from __future__ import annotations

from collections.abc import Collection

from multivector.reading._analysis import Analysis
from multivector.reading._figure_topics import Topics
from multivector.record import Span

_RARE = 2
"""Who is named less often than so many times is on the margin of a document that names another actor as often."""


def party_doubts(analysis: Analysis, topics: Topics, parties: Collection[str], where: Span) -> dict[str, float]:
    """Named grounds, 0 in the plainest case; `where` is the figure's sentence.

    - `party_rare`: the share of the parties that the document names but once, where it names another actor more often,
    - `party_before`: the share that the sentence does not name and the one before it in its paragraph does,
    - `cast`: half of how many other actors the document names, 3 at most,
    - `no_topic`: whether the document is about no one actor.
    """
    number = analysis.sentence_at(where.start)
    before: set[str] = set()
    if number and analysis.sentences[number - 1].paragraph == analysis.sentences[number].paragraph:
        before = {code for mention in topics.actors(analysis.sentences[number - 1].span) for code in mention.codes}
    named = {code for mention in topics.actors(where) for code in mention.codes}
    count = max(1, len(parties))
    least = _RARE if max(topics.counts.values(), default=0) >= _RARE else 0
    return {
        "party_rare": sum(topics.counts[code] < least for code in parties) / count,
        "party_before": sum(code not in named and code in before for code in parties) / count,
        "cast": min(3.0, sum(code not in parties for code in topics.counts) / 2),
        "no_topic": float(topics.main() is None),
    }
