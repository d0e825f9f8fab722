"""Documents written by rule: official speeches, joint statements, transcripts, agency reports.

What is said is taken from the corpus (so that it is varied) or from sentences of our own; who says it and how is
drawn from `words.toml`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from multivector.reading._tagger.labels import ROLES
from training.attribution.corpus import Attribution, Document

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

QUOTED = re.compile(r"^[\"“']+|[\"”']+$")
MARKS = (('"', '"'), ("“", "”"), ("''", "''"), ("«", "»"), ("„", "“"), ("‘", "’"))


class Draft:
    """A text under construction with its attributions."""

    def __init__(self) -> None:
        self.text = ""
        self.attributions: list[Attribution] = []

    def add(self, *parts: tuple[str, str] | str) -> None:
        """Append parts: plain strings, or (role, string) that make up one attribution."""
        own = Attribution()
        for part in parts:
            role, string = ("", part) if isinstance(part, str) else part
            if role:
                own.of(role).append((len(self.text), len(self.text) + len(string)))
            self.text += string
        if any(own.of(role) for role in ROLES):
            self.attributions.append(own)


class Writer:
    """Writes documents."""

    def __init__(self, lists: dict[str, Any], documents: Sequence[Document], chance: random.Random) -> None:
        self._lists = lists
        self._chance = chance
        self._clauses: list[str] = []
        self._sentences: list[str] = []
        for document in documents:
            for attribution in document.attributions:
                if len(attribution.content) != 1:
                    continue
                start, end = attribution.content[0]
                words = document.text[start:end]
                if "\n" in words or len(words) > 400:
                    continue
                if words.startswith("that ") and not re.search(r"[\"“”]|''", words):
                    self._clauses.append(words.rstrip(".,"))
                elif words[0] in "\"“'" and len(words) > 60:
                    bare = QUOTED.sub("", words).strip()
                    if bare[:1].isupper() and not re.search(r"[\"“”]|''", bare):
                        self._sentences.append(bare.rstrip(".,") + ".")
        self._region: dict[str, list[str]] = {}

    def document(self) -> Document:
        """A new document of a random kind."""
        self._region = self._chance.choice(self._lists["regions"])
        kinds: tuple[Callable[[Draft], None], ...] = (self._joint, self._speech, self._transcript, self._agency)
        draft = Draft()
        self._chance.choice(kinds)(draft)
        return Document("synthetic", draft.text.rstrip("\n"), draft.attributions)

    def dateline(self) -> str:
        """`ASTANA, March 3 (Agency) — ` and the like."""
        lists, pick = self._lists, self._chance.choice
        place = pick(pick(lists["regions"])["place"])
        place = pick((place, place.upper()))
        day = f"{pick(lists['months'])} {self._chance.randint(1, 28)}"
        agency = pick(lists["agencies"])
        return pick(
            (
                f"{place}, {day} ({agency}) — ",
                f"{place}. {day}. {agency}. ",
                f"{place} – ",
                f"{place} -- ",
                f"{place} ({agency}) - ",
                f"{place}, {day}. /{agency}/. ",
                f"{agency} — ",
                f"{day}, {place}: ",
            )
        )

    def _clause(self) -> str:
        pick = self._chance.choice
        return "that " + pick(self._lists["clauses"]) if self._chance.random() < 0.5 else pick(self._clauses)

    def _sentence(self) -> str:
        if self._chance.random() < 0.4:
            clause = self._chance.choice(self._lists["clauses"])
            return clause[0].upper() + clause[1:] + "."
        return self._chance.choice(self._sentences)

    def _fact(self) -> str:
        return self._chance.choice(self._lists["facts"])

    def _person(self) -> tuple[str, str]:
        pick = self._chance.choice
        return pick(self._region["given"]), pick(self._region["family"])

    def _office(self) -> str:
        return self._chance.choice(self._lists["offices"]).format(place=self._chance.choice(self._region["place"]))

    def _joint(self, draft: Draft) -> None:
        """A joint statement or communiqué."""
        pick = self._chance.choice
        lists = self._lists
        draft.text += pick(lists["titles"]).format(place=pick(self._region["place"])) + "\n\n"
        who = pick(lists["joint_sources"])
        marker = pick(("", "", "{n}. ", "{n}) ", "— "))
        for number in range(1, self._chance.randint(5, 12)):
            source = pick(lists["joint_sources"]) if self._chance.random() < 0.3 else who
            lead = pick(lists["leads"]) if self._chance.random() < 0.25 else ""
            draft.text += marker.format(n=number) + lead
            if lead and source.startswith(("We", "The ")):
                source = source[0].lower() + source[1:]
            kind = self._chance.random()
            if kind < 0.2:
                draft.text += self._fact()
            elif kind < 0.5:
                draft.add(
                    ("source", source),
                    " ",
                    ("cue", pick(lists["joint_cues_that"])),
                    " ",
                    ("content", self._clause()),
                    ".",
                )
            else:
                draft.add(
                    ("source", source),
                    " ",
                    ("cue", pick(lists["joint_cues_of"])),
                    " ",
                    ("content", pick(lists["objects"])),
                    ".",
                )
            draft.text += pick((" ", "\n", "\n\n")) if not marker else "\n"

    def _speech(self, draft: Draft) -> None:
        """A speech in the first person: only what the speaker says he says is an attribution."""
        pick = self._chance.choice
        draft.text += pick(self._lists["greetings"]) + "\n\n"
        for _ in range(self._chance.randint(8, 16)):
            kind = self._chance.random()
            if kind < 0.55:
                draft.text += self._sentence() if self._chance.random() < 0.6 else self._fact()
            elif kind < 0.75:
                draft.add(
                    ("source", pick(("I", "We", f"We in {pick(self._region['place'])}"))),
                    " ",
                    ("cue", pick(self._lists["first_person"])),
                    " ",
                    ("content", self._clause()),
                    ".",
                )
            else:
                draft.add(
                    ("source", pick(("I", "We"))),
                    " ",
                    ("cue", pick(self._lists["speech_cues_of"])),
                    " ",
                    ("content", pick(self._lists["objects"])),
                    ".",
                )
            draft.text += pick((" ", " ", "\n\n"))

    def _transcript(self, draft: Draft) -> None:
        """An interview or a briefing: the label is the source and the colon the cue."""
        pick = self._chance.choice
        _, family = self._person()
        _, other = self._person()
        names = pick(
            (
                (family.upper(), "QUESTION"),
                (family, "Question"),
                (family, other),
                ("Answer", "Question"),
                (family.upper(), other.upper()),
                (f"{pick(('Mr', 'Ms', 'Mr.', 'Minister'))} {family}", other),
                (f"{family}", "Journalist"),
                ("A", "Q"),
            )
        )
        draft.text += f"{self._office()} {' '.join(self._person())}: {pick(self._lists['interview_titles'])}\n\n"
        for _ in range(self._chance.randint(3, 7)):
            draft.add(("source", names[1]), ("cue", ":"), " ", ("content", pick(self._lists["questions"])))
            draft.text += "\n"
            answer = " ".join(self._sentence() for _ in range(self._chance.randint(1, 4)))
            draft.add(("source", names[0]), ("cue", ":"), " ", ("content", answer))
            draft.text += pick(("\n", "\n\n"))

    def _agency(self, draft: Draft) -> None:
        """A report of an agency or a ministry in translated English."""
        pick = self._chance.choice
        lists = self._lists
        given, family = self._person()
        office = self._office()
        title = pick((f"{given} {family}", f"{office} {given} {family}", f"{office}"))
        left, right = pick(MARKS)
        if self._chance.random() < 0.7:
            draft.text += self.dateline()
        draft.text += self._fact() + " "
        for _ in range(self._chance.randint(4, 9)):
            source = pick(
                (
                    title,
                    family,
                    office,
                    "He",
                    "She",
                    f"The {office.split()[0].lower()}",
                    pick(self._region["people"]),
                    "The ministry",
                    "The sides",
                    "The parties",
                )
            )
            low = (
                source[0].lower() + source[1:]
                if source.startswith(("He", "She", "The ")) and source != "Head"
                else source
            )
            cue = pick(lists["report_cues"])
            sentence = self._sentence()
            bare = sentence.rstrip(".")
            kind = self._chance.random()
            if kind < 0.3:
                draft.add(("source", source), " ", ("cue", cue), " ", ("content", self._clause()), ".")
            elif kind < 0.5:
                draft.add(("content", f"{left}{bare},{right}"), pick((" ", " — ", " - ")), *self._turn(low, cue), ".")
            elif kind < 0.6 and ", " in bare:
                first, rest = bare.split(", ", 1)
                draft.add(
                    ("content", f"{left}{first},{right}"),
                    " ",
                    *self._turn(low, cue),
                    pick((", ", ". ")),
                    ("content", f"{left}{rest}.{right}"),
                )
            elif kind < 0.7:
                draft.add(("source", source), " ", ("cue", cue), ": ", ("content", f"{left}{sentence}{right}"))
            elif kind < 0.78:
                draft.add(
                    ("cue", pick(("According to", "As per"))),
                    " ",
                    ("source", low),
                    ", ",
                    ("content", bare[0].lower() + bare[1:]),
                    ".",
                )
            elif kind < 0.86:
                draft.add(("content", bare), ", ", ("source", low), " ", ("cue", cue), ".")
            elif kind < 0.93:
                draft.add(
                    ("source", source),
                    " ",
                    ("cue", pick(lists["joint_cues_of"])),
                    " ",
                    ("content", pick(lists["objects"])),
                    ".",
                )
            else:
                draft.text += self._fact()
            draft.text += pick((" ", " ", "\n", "\n\n"))

    def _turn(self, source: str, cue: str) -> tuple[tuple[str, str] | str, ...]:
        if self._chance.random() < 0.5:
            return ("source", source), " ", ("cue", cue)
        return ("cue", cue), " ", ("source", source)
