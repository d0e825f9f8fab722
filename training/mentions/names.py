"""Invented names of many peoples, and sentences that hold them: texts with mentions that are right by making."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random

PLACE_HOLDER = re.compile(r"\{(P|Pu|S|O|Ou|L|Lu|T|Tc|Tu)\}")
CLASSES = {"P": "person", "S": "person", "O": "organisation", "L": "place", "T": "office"}

Mention = tuple[int, int, str]


@dataclass(frozen=True)
class Marked:
    """A text and its mentions: start, end and class of each, in text order, without overlaps."""

    text: str
    mentions: list[Mention]


class Namer:
    """Draws names; those of one text are mostly of one people, as in news of a region."""

    def __init__(self, chance: random.Random) -> None:
        with Path(__file__).with_name("words.toml").open("rb") as file:
            self.words: dict[str, Any] = tomllib.load(file)
        self.chance = chance
        self._peoples: list[dict[str, Any]] = self.words["peoples"]
        self._shares = [people["share"] for people in self._peoples]

    def people(self) -> dict[str, Any]:
        """A people, those of Central Asia more often."""
        return self.chance.choices(self._peoples, self._shares)[0]

    def person(self, people: dict[str, Any]) -> tuple[str, str]:
        """A full name and the surname in it."""
        draw = self.chance.random
        given, family = self._joined(people["given"]), self.surname(people)
        if people.get("family_first"):
            return f"{family} {given}", family
        if draw() < 0.06:
            given = f"{given}-{self._joined(people['given'])}"
        if draw() < 0.05:
            family = f"{family}-{self.surname(people)}"
        if draw() < 0.12:
            letters = given[0] if given[0] != "O" else "Yu"
            given = self.chance.choice(
                (
                    f"{letters}.",
                    f"{letters}. {self.chance.choice('ABKMNRSTZ')}.",
                    f"{letters}.{self.chance.choice('ABKMNRST')}.",
                )
            )
        elif people["middle"] and draw() < 0.15:
            middle = self.chance.choice(people["middle"])
            if middle in ("uulu", "kyzy", "aka", "opa", "qizi", "o‘g‘li", "ogly", "gyzy", "oglu"):
                return (f"{family} {middle} {given}" if draw() < 0.5 else f"{given} {family} {middle}"), given
            given = f"{given} {middle}"
        return f"{given} {family}", family

    def surname(self, people: dict[str, Any]) -> str:
        """A family name alone."""
        if isinstance(people["family"][0], str):
            return _capital(self.chance.choice(people["family"]))
        return self._joined(people["family"])

    def place(self, people: dict[str, Any], states: list[str]) -> str:
        """A place: of the list, a state, or a made-up village, district or water."""
        draw = self.chance.random()
        if draw < 0.3:
            return self.chance.choice(states)
        if draw < 0.75:
            return self.chance.choice(people["place"])
        stem = self._joined(people["given"])
        form = self.chance.choice(
            (
                "{}",
                "{}abad",
                "{}-Kul",
                "{}stan",
                "{}kent",
                "{} Region",
                "{} District",
                "{} Province",
                "Lake {}",
                "Mount {}",
                "{} River",
                "{} Pass",
                "{}-{}",
                "{} Valley",
                "{}-Say",
                "Kara-{}",
                "Ak-{}",
                "{} Street",
                "{} Sea",
                "Port of {}",
                "{} Oblast",
                "{}grad",
                "{}shan",
            )
        )
        return form.format(stem, self._joined(people["given"]))

    def organisation(self, people: dict[str, Any]) -> str:
        """An organisation: of the list, or made from its field, place or founder."""
        bodies = self.words["bodies"]
        if self.chance.random() < 0.4:
            return self.chance.choice(people["organisation"])
        pick = self.chance.choice
        letters = "".join(pick("ABCDEFGIKLMNOPRSTUZ") for _ in range(pick((2, 3, 3, 3, 4, 4, 5))))
        stem = self._joined(people["given"])
        form = pick((*bodies["form"], "{stem}{end}", "{stem}{end}", "{stem} {end2}"))
        return form.format(
            field=pick(bodies["field"]),
            short=pick(bodies["short"]),
            place=pick(people["place"]),
            family=self.surname(people),
            acronym=letters,
            stem=stem,
            stem2=self._joined(people["given"]).lower(),
            end=pick(
                ("gaz", "neft", "bank", "energo", "Invest", "Trans", "telecom", "Oil", "Agro", "mash", "tech", "air")
            ),
            end2=pick(
                (
                    "Bank",
                    "Energy",
                    "Oil",
                    "Air",
                    "Mining",
                    "Party",
                    "Media",
                    "Steel",
                    "Motors",
                    "University",
                    "News",
                    "Fund",
                    "Capital",
                    "Partners",
                )
            ),
        )

    def office(self) -> str:
        """An office in small letters, as in running text."""
        offices, draw = self.words["offices"], self.chance.random()
        if draw < 0.3:
            return self.chance.choice(offices["of"])
        head = self.chance.choice(offices["head"])
        return f"{self.chance.choice(offices['before'])} {head}" if draw < 0.5 else head

    def _joined(self, parts: list[list[str]]) -> str:
        return _capital("".join(self.chance.choice(part) for part in parts))


def _capital(word: str) -> str:
    return " ".join(
        part
        if part in ("de", "la", "van", "von", "der", "di", "al")
        else re.sub(r"(^|[’'-])(\w)", lambda m: m[1] + m[2].upper(), part)
        for part in word.split(" ")
    )


def titled(office: str) -> str:
    """An office as it stands before a name (`Minister of Foreign Affairs`)."""
    small = {"of", "the", "and", "for", "to", "d'affaires", "without"}
    return " ".join(
        word if word in small or word.isupper() else re.sub(r"(^|-)(\w)", lambda m: m[1] + m[2].upper(), word)
        for word in office.split()
    )


class Writer:
    """Writes texts from the sentences of `words.toml`."""

    def __init__(self, namer: Namer, states: list[str]) -> None:
        self._namer = namer
        self._states = states

    def text(self, sentences: int) -> Marked:
        """A text of some sentences, now and then with a title above."""
        chance, words = self._namer.chance, self._namer.words["sentences"]
        here = self._namer.people()
        parts: list[str] = []
        mentions: list[Mention] = []
        length = 0
        for number in range(sentences):
            heading = number == 0 and chance.random() < 0.4
            form = chance.choice(words["titles"] if heading else words["list"])
            own = self._filled(form, here)
            mentions += [(start + length, end + length, kind) for start, end, kind in own.mentions]
            gap = "\n" if heading or chance.random() < 0.3 else " "
            parts += [own.text, gap]
            length += len(own.text) + len(gap)
        return Marked("".join(parts).rstrip(), mentions)

    def _filled(self, form: str, here: dict[str, Any]) -> Marked:
        namer, text, at, mentions = self._namer, "", 0, list[Mention]()
        for hole in PLACE_HOLDER.finditer(form):
            text += form[at : hole.start()]
            people = here if namer.chance.random() < 0.7 else namer.people()
            key, style = hole[1][0], hole[1][1:]
            if key == "P":
                name = namer.person(people)[0]
            elif key == "S":
                name = namer.surname(people)
            elif key == "O":
                name = namer.organisation(people)
            elif key == "L":
                name = namer.place(people, self._states)
            else:
                name = titled(namer.office()) if style or not text else namer.office()
            name = name.upper() if style == "u" else name
            mentions.append((len(text), len(text) + len(name), CLASSES[key]))
            text += name
            at = hole.end()
        return Marked(text + form[at:], mentions)
