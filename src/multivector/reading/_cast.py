"""The people of a document as one cast: each under the fullest name, with all offices, and where each is mentioned."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from multivector.reading._analysis import Analysis
from multivector.reading._names import Sex, name_words, plain, same_name, sex_of, sound
from multivector.reading._people import PARTICLES, Person, offices_of, people_named
from multivector.record import Span

_FAR = 12
"""In how many sentences before a pronoun the person meant is looked for."""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A place where a person is named. `rank` is lower for who more likely is spoken of next."""

    start: int
    end: int
    name: str
    rank: int


SPEAKING, SUBJECT, BESIDE, WITHIN = range(4)
"""Ranks: the source of a statement, the first named in a sentence, another one, somebody in what is said."""


class Cast:
    """The people of one document."""

    def __init__(self, analysis: Analysis, sources: Iterable[Span], contents: Iterable[Span]) -> None:
        """`sources` are the noun phrases of those who speak, `contents` the spans of what they say."""
        self._analysis = analysis
        self._offices = offices_of(analysis.language)
        self._contents = sorted(contents)
        found = people_named(analysis, sources)
        self._full: dict[str, str] = {}
        """Every spelling of a full name, with the fullest one."""
        self.people: dict[str, Person] = {}
        self._titles: dict[str, list[str]] = {}
        self.introduced: dict[str, int] = {}
        """Where each is first named with an office."""
        self._join(found)
        self._sex = {name: sex_of(analysis.language, name, self._titles[name]) for name in self.people}
        self._tokens = self._short_names()
        self._mentions: list[Mention] = []
        for mention in self._found():
            insort(self._mentions, mention)

    def person(self, name: str) -> Person | None:
        """The person with this full name, in any of the document's spellings."""
        return self.people.get(self._full.get(name, name))

    def set_state(self, name: str, state: str | None, organisation: str | None = None) -> None:
        """Fill in for whom a person speaks."""
        person = self.people[name]
        self.people[name] = replace(
            person, state=person.state or state, organisation=person.organisation or organisation
        )

    def set_organisation(self, name: str, organisation: str | None) -> None:
        """Put the body that the text means for the word that it uses (`the ministry`)."""
        person = self.people[name]
        self.people[name] = replace(person, organisation=organisation or person.organisation)

    def learn(self, name: str, sex: Sex) -> None:
        """Note what a pronoun tells."""
        if self._sex[name] is None:
            self._sex[name] = sex

    def titles(self, name: str) -> str:
        """All titles that the document gives a person, in small letters."""
        return " | ".join(self._titles.get(name, ())).lower()

    def sex(self, name: str) -> Sex | None:
        """Whether a person is a woman or a man, where that is known."""
        return self._sex.get(name)

    def partly_named(self, words: str, place: int) -> Person | None:
        """The person meant by a part of a name, with a title or without (`Mr Aliev`, `Minister Aliev`, `Kim`)."""
        parts = words.split(",")[0].split()
        titles = [n for n, part in enumerate(parts) if self._offices.office.fullmatch(part)]
        titles += [n for n, part in enumerate(parts) if self._offices.honorific.fullmatch(f"{part} ")]
        first = max(titles, default=-1) + 1
        title, parts = " ".join(parts[:first]).lower(), parts[first:]
        if not parts or any(not part[0].isupper() and part not in PARTICLES.split("|") for part in parts):
            return None
        names = set[str](self._tokens.get(plain(parts[-1]), ()))
        for part in parts[:-1]:
            names = {name for name in names if plain(part) in map(plain, name.split())}
        sex = sex_of(self._analysis.language, parts[-1], [title]) if title else None
        names = {name for name in names if sex is None or self._sex[name] in (None, sex)}
        titled = {name for name in names if any(word in self.titles(name) for word in title.split())}
        return self._latest(titled or names, place)

    def alike(self, word: str) -> Person | None:
        """The one person whose surname sounds like `word`: a second transcription of it."""
        heard = sound(self._analysis.language, word)
        names = [name for name in self.people if sound(self._analysis.language, name.split()[-1]) == heard]
        return self.people[names[0]] if len(names) == 1 else None

    def antecedent(self, place: int, fits: Callable[[str], bool], last: str | None = None) -> Person | None:
        """The person meant at `place` by a pronoun or description that `fits` him or her.

        Sentence by sentence back: who speaks there, then who is its subject, then another one outside of what is
        said. `last` is who is meant before anybody else (`she added`). Those named only in what is said come last.
        """
        if last is not None and fits(last):
            return self.people.get(last)
        number = self._analysis.sentence_at(place)
        within: Mention | None = None
        for each in range(number, max(-1, number - _FAR), -1):
            span = self._analysis.sentences[each].span
            low = bisect_left(self._mentions, span.start, key=lambda m: m.start)
            high = bisect_left(self._mentions, min(span.end, place), key=lambda m: m.start)
            held = [m for m in self._mentions[low:high] if m.end <= place and fits(m.name)]
            outside = [m for m in held if m.rank != WITHIN]
            if outside:
                best = min(outside, key=lambda m: (m.rank, -m.start if m.rank == SPEAKING else m.start))
                return self.people[best.name]
            within = within or (held[-1] if held else None)
        return self.people[within.name] if within else None

    def speaks(self, name: str, span: Span) -> None:
        """Note that a person is the source of a statement at `span`."""
        insort(self._mentions, Mention(span.start, span.end, name, SPEAKING))

    def _latest(self, names: set[str], place: int) -> Person | None:
        """Of several people the one mentioned last before `place`, else the first of them in the document."""
        if len(names) > 1:
            before = [m.name for m in self._mentions if m.start < place and m.name in names]
            after = [name for name in self.people if name in names]
            return self.people[before[-1] if before else after[0]]
        return self.people[next(iter(names))] if names else None

    # ------------------------------------------------------------------ building

    def _join(self, found: list[tuple[int, Person]]) -> None:
        """Gather what is found under the fullest spelling of each name."""
        language = self._analysis.language
        names = list(dict.fromkeys(person.name for _, person in found))
        spelt: dict[str, list[str]] = {}
        known_as: dict[str, str] = {}
        for name in sorted(names, key=lambda name: (-len(name.split()), self._analysis.text.find(name))):
            code = self._analysis.knowledge.person(name)
            near = spelt.get(sound(language, name.split()[-1]), ())
            same = next((full for full in near if same_name(language, name, full)), name)
            full = known_as.get(code or "", same)
            self._full[name] = full
            if code is not None:
                known_as.setdefault(code, full)
            for word in name.split():
                spelt.setdefault(sound(language, word), []).append(full)
        for place, person in found:
            full = self._full[person.name]
            known = self.people.get(full)
            if known is None:
                known = replace(person, name=full)
            elif person.role is not None:
                given = (known.role, known.organisation, known.state)
                if known.role is None:
                    given = (person.role, person.organisation or known.organisation, person.state or known.state)
                role, organisation, state = given
                known = Person(full, role, organisation or person.organisation, state or person.state)
            else:
                known = replace(known, state=known.state or person.state)
            self.people[full] = known
            titles = self._titles.setdefault(full, [])
            if person.role is not None:
                titles.append(person.role)
                self.introduced.setdefault(full, place)
        single = [name for name in self.people if " " not in name]
        for name in single:
            # A surname with a title is the person who is named in full elsewhere.
            full = [other for other in self.people if other != name and plain(name) in map(plain, other.split()[1:])]
            if len(full) == 1:
                other = self.people[full[0]]
                own = self.people.pop(name)
                self._full[name] = full[0]
                self._titles[full[0]] += self._titles.pop(name, [])
                self.people[full[0]] = Person(
                    other.name, other.role or own.role, other.organisation or own.organisation, other.state or own.state
                )
                if (place := self.introduced.pop(name, None)) is not None:
                    self.introduced.setdefault(full[0], place)

    def _short_names(self) -> dict[str, list[str]]:
        """The words by which people are named alone: all but the given name, or the family name that stands first."""
        first = name_words(self._analysis.language).family_first
        tokens: dict[str, list[str]] = {}
        for name in dict.fromkeys(self._full):
            full = self._full[name]
            words = [word for word in name.split() if word not in PARTICLES.split("|")]
            own = [words[0]] if len(words) in (2, 3) and plain(words[0]) in first else (words[1:] or words)
            for word in own:
                if len(plain(word)) > 1 and full not in tokens.setdefault(plain(word), []):
                    tokens[plain(word)].append(full)
        return tokens

    def _found(self) -> Iterable[Mention]:
        """Every place where a full or short name stands."""
        forms = self._full
        shown = {word for name in self._full for word in name.split() if plain(word) in self._tokens}
        listed = sorted({*forms, *shown}, key=len, reverse=True)
        if not listed:
            return
        pattern = re.compile(rf"(?<![\w’'-])(?:{'|'.join(map(re.escape, listed))})(?![\w-])")
        taken: dict[int, bool] = {}
        last: dict[str, int] = {}
        for match in pattern.finditer(self._analysis.text):
            names = [forms[match.group()]] if match.group() in forms else self._tokens[plain(match.group())]
            name = max(names, key=lambda each: last.get(each, -1))
            last[name] = match.start()
            sentence = self._analysis.sentence_at(match.start())
            if self._within(match.start()):
                rank = WITHIN
            else:
                owns = self._analysis.text[match.end() : match.end() + 2] in ("’s", "'s")
                rank = BESIDE if sentence in taken or owns else SUBJECT
                taken[sentence] = True
            yield Mention(match.start(), match.end(), name, rank)

    def _within(self, place: int) -> bool:
        index = bisect_left(self._contents, place + 1, key=lambda span: span.start)
        return any(span.start <= place < span.end for span in self._contents[max(0, index - 8) : index])
