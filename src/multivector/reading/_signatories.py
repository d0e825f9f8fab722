"""Whose a paper is: those named in its title, who sign it, who own it, and whose the papers around it are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from multivector.knowledge import NameForm
from multivector.reading._analysis import Analysis
from multivector.reading._clauses import Clauses, Noun
from multivector.reading._companies import with_companies
from multivector.reading._deeds import Deeds
from multivector.reading._figure_topics import Topics, in_title
from multivector.reading._occasion import Occasion, sides_of
from multivector.reading._paper_words import Grammar
from multivector.reading._papers import Paper
from multivector.reading._reference import codes_of
from multivector.reading._references import References
from multivector.reading._terms import words_of as terms_of
from multivector.reading.languages import Language
from multivector.record import AgreementType, Span

_NOUN = re.compile(r"\w+\s(?:the\s)\w+$")
_OWNED = re.compile(r"[’']s?\s(?:own\s)?(?:[\w-]+\s){0,2}|\s")
_HYPHEN = re.compile(r"[-–—]")
_BETWEEN = re.compile(r"\bbetween\s")
_WITH = re.compile(r"\bwith\s")
_PLACED = re.compile(r"\b[Ii]n\s(?:the\s)?$")
_NOT = re.compile(r"\b(?:not|never)\b|n[’']t\b")
_MEMBERS = "IGO:UN"
_OF = re.compile(r"\bof\s(?:the\s)?$")
_REACH = 60
"""How far, in characters, an owner stands before a paper."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A paper where the text mentions it: its sentence, the clause, and up to where what follows is said of it."""

    paper: Paper
    number: int
    sentence: Span
    clause: Span
    reach: int
    alone: int
    """Up to where no other paper is mentioned."""


@dataclass(frozen=True, slots=True)
class _Words:
    verb: re.Pattern[str]
    governing: re.Pattern[str]
    after: re.Pattern[str]
    binding: re.Pattern[str]
    signed_by: re.Pattern[str]
    agents: re.Pattern[str]
    multilateral: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(language: Language) -> _Words:
    table = language.table("agreements")["parties"]
    return _Words(**{name: re.compile(table[name]) for name in _Words.__slots__})


class Signatories:
    """Finds the parties to the papers of one document."""

    def __init__(self, analysis: Analysis, grammar: Grammar, deeds: Deeds, occasion: Occasion | None) -> None:
        self._analysis = analysis
        self._text = analysis.text
        self._grammar = grammar
        self._occasion = occasion
        self._references, self._clauses = deeds.references, deeds.clauses
        self._deeds = deeds
        self._words = _words(analysis.language)
        self._all = {code for reference in deeds.references.all for code in reference.codes}
        self._relative = terms_of(analysis.language).relative

    def of(
        self, mention: Mention, last: tuple[str, ...], latest: tuple[str, ...], occasion: Occasion | None
    ) -> tuple[str, ...]:
        """The parties as far as the text tells them.

        `last` are those of the paper told of just before, `latest` those of the last one that has several.
        """
        paper = mention.paper
        # States and organisations of states sign treaties; companies may sign the other papers.
        commercial = paper.type is AgreementType.CONTRACT or paper.head.split()[-1] in self._grammar.commercial
        self._references, self._clauses = (
            self._with_companies if commercial else (self._deeds.references, self._deeds.clauses)
        )
        if (lead := _BETWEEN.search(self._text, *paper.phrase)) is not None:
            named = self._references.within(lead.end(), paper.phrase.end)
            if len(codes_of(named)) > 1:
                return codes_of(named)
            if not named:
                return ()  # between some who are not known
        own = self._told(mention)
        if len(own) < 2:
            own |= {*self._named_before(paper)}
        if self._denied(mention) and len(own) < 2:
            return ()
        if len(own) > 1 or self._multilateral(paper):
            return tuple(sorted(own))
        return self._supposed(mention, own, last, latest, occasion)

    @cached_property
    def _with_companies(self) -> tuple[References, Clauses]:
        """The references with companies among them; looked for once a paper is such as they sign."""
        references = with_companies(self._analysis, self._deeds.references)
        return references, Clauses(self._analysis, references)

    def together(self, span: Span) -> tuple[str, ...]:
        """The states that do something together in `span`: those who `signed it`."""
        codes = codes_of(self._deeds.references.within(*span))
        return codes if len(codes) > 1 else ()

    def _supposed(
        self, mention: Mention, own: set[str], last: tuple[str, ...], latest: tuple[str, ...], occasion: Occasion | None
    ) -> tuple[str, ...]:
        """The parties where the sentence names one at most: by what the text is about."""
        paper = mention.paper
        if occasion is not None and own <= {*occasion.participants}:
            return occasion.participants
        whole = self._around(mention)
        if len(whole) == 2 and own <= whole:
            return tuple(sorted(whole))
        if len(together := self._joint_with(paper)) > 1 and own <= {*together}:
            return together
        if len(last) > 1 and own <= {*last} and whole <= {*last}:
            return last
        if len(own) == 1 and self._with(mention) is not None:
            # `Under an accord signed with A`: with whom the document is about.
            main = Topics(self._analysis, self._text).main()
            return tuple(sorted(own | {main})) if main is not None else tuple(own)
        if paper.type is AgreementType.CONTRACT:
            return tuple(sorted(own))
        if self._of_place(paper):
            return tuple(sorted(own))
        for two in ({*in_title(self._analysis)}, self._all):
            if len(two) == 2 and own <= two and whole <= two:
                return tuple(sorted(two))
        pair = self._references.pair
        if (own or not paper.definite) and own <= {*pair} and whole <= {*pair}:
            # In a document about two states what one of them agrees on, or a new paper, is between both, unless they
            # have papers with others too.
            return latest if {*pair} < {*latest} else pair
        return tuple(sorted(own))

    def _multilateral(self, paper: Paper) -> bool:
        """Whether a paper is one of very many."""
        return self._words.multilateral.search(self._analysis.words(paper.title)) is not None

    def _of_place(self, paper: Paper) -> bool:
        """Whether a paper is called after the city where it was signed: its parties may be others."""
        words = self._analysis.words(paper.title)
        if len(words) > _REACH or not words[:1].isupper():
            return False
        named = re.findall(r"\b[A-Z]\w+", words)
        cities = (NameForm.CAPITAL, NameForm.SEAT)
        return any(self._analysis.knowledge.city(word) for word in named) or any(
            mention.form in cities for mention in self._analysis.actors_in(paper.title)
        )

    def _around(self, mention: Mention) -> set[str]:
        """Who is named in the clause of a paper; cities in its title only give it a name."""
        title = mention.paper.title
        cities = (NameForm.CAPITAL, NameForm.SEAT)
        named = [m for m in self._analysis.actors_in(mention.clause) if m.form is not NameForm.PERSON]
        return {
            code
            for each in named
            if not (each.form in cities and title.start <= each.span.start < title.end)
            and not _PLACED.search(self._text, max(0, each.span.start - 9), each.span.start)
            for code in each.codes
        }

    def _told(self, mention: Mention) -> set[str]:
        """Who is said to be a party: owners, those in the title, who sign it, with whom it is signed."""
        paper, text = mention.paper, self._text
        own = {*self._owner(mention), *self._in_title(paper), *self._listed(paper)}
        if (lead := _BETWEEN.search(text, *paper.phrase)) is not None:
            own |= {*codes_of(self._deeds.references.within(lead.end(), paper.phrase.end))}
        with_ = _WITH.search(text, *paper.phrase)
        if with_ is not None:
            own |= {*codes_of(self._references.within(with_.end(), paper.phrase.end))}
        elif (after := self._with(mention)) is not None:
            own |= {*(after.codes or ())}
        if relative := self._in_relative(mention):
            return own | relative
        if self._denied(mention):
            return own
        verb = self._clauses.group(mention.sentence.start, self._verb(mention.clause.start, paper.phrase.start))
        subject = self._clauses.subject(mention.sentence, verb)
        if subject is not None and subject.codes:
            own |= {*subject.codes}
        elif subject is not None:
            own |= {*(sides_of(self._occasion, self._references))}
        return own

    def _denied(self, mention: Mention) -> bool:
        """Whether somebody is said not to have signed the paper, so that it is not theirs."""
        verb = self._verb(mention.clause.start, mention.paper.phrase.start)
        group = self._clauses.group(mention.sentence.start, verb)
        if self._words.binding.match(self._text, verb) is None:
            return False
        return _NOT.search(self._text, max(0, group - 1), verb) is not None

    def _owner(self, mention: Mention) -> tuple[str, ...]:
        """Whose paper it is said to be: `A's treaty`, `our agreement`."""
        start = mention.paper.title.start
        for reference in reversed(self._references.within(max(mention.clause.start, start - _REACH), start)):
            if reference.codes and _OWNED.fullmatch(self._text, reference.span.end, start):
                return reference.codes
            break
        return ()

    def _in_title(self, paper: Paper) -> set[str]:
        """Those joined with a hyphen in the title, and an organisation that gives it its name."""
        named = self._references.within(paper.title.start, paper.title.end)
        own: set[str] = set()
        for reference, following in zip(named, (*named[1:], None), strict=False):
            if _HYPHEN.match(self._text, reference.span.end, paper.title.end):
                own |= {*reference.codes, *(following.codes if following is not None else ())}
            elif reference.span.start == paper.title.start:
                # What the United Nations have drawn up is their members'.
                own |= {code for code in reference.codes if code.startswith("IGO:") and code != _MEMBERS}
        return own

    def _listed(self, paper: Paper) -> tuple[str, ...]:
        """The states that a title lists: `treaty on the border of A and B`."""
        for reference in self._references.within(paper.title.start, paper.title.end):
            if _OF.search(self._text, paper.title.start, reference.span.start):
                noun = self._clauses.object(reference.span.start, paper.title.end, ("",))
                if noun is not None and noun.codes and len(noun.codes) > 1 and len(reference.codes) == 1:
                    return noun.codes
        return ()

    def _in_relative(self, mention: Mention) -> set[str]:
        """The parties that a clause right after the paper names: `that A and B signed`, `, signed by A with B`."""
        match = self._relative.match(self._text, mention.paper.phrase.end, mention.alone)
        if match is None or match["who"] is None:
            return set()
        found = self._references.within(*match.span("who"))
        codes = {*codes_of(found)}
        if found and not codes:
            codes = {*(sides_of(self._occasion, self._references))}
        return codes

    def _with(self, mention: Mention) -> Noun | None:
        """With or by whom a paper is signed, after it: `signed with A`, `reached by A and B`; no mediators."""
        end = mention.paper.phrase.end
        if (signed := self._words.signed_by.match(self._text, end, mention.alone)) is not None:
            noun = self._clauses.object(signed.end(), mention.alone, ("",))
            if noun is not None and noun.codes:
                return noun
        after = self._words.after.match(self._text, end, mention.alone)
        if after is None or (after["by"] and not self._words.agents.search(after.group())):
            return None
        noun = self._clauses.object(end, mention.alone, ("between", "with", "by"))
        return noun if noun is not None and noun.codes else None

    def _verb(self, low: int, start: int) -> int:
        """Where the verb stands of which the paper is the object: the last word before it that looks like one.

        Of `welcomed the signing of` it is the first word: who welcomes it is who signs.
        """
        text, verbs = self._text, list(self._words.verb.finditer(self._text, low, start))
        if not verbs:
            return start
        last = verbs[-1]
        if governing := self._words.governing.search(text, low, last.start()):
            return governing.start()  # `agreed last month to prepare`: who agreed
        noun = _NOUN.search(text, low, last.end()) if last.group().endswith(("ing", "ion")) else None
        return noun.start() if noun else last.start()

    def _named_before(self, paper: Paper) -> tuple[str, ...]:
        """Whose paper `their agreement` and `its agreement` is: of the states with which the sentence before begins."""
        analysis, references = self._analysis, self._references
        lead = self._text[max(0, paper.phrase.start - 8) : paper.title.start].lower().split()
        own = [word for word in lead[-1:] if word in self._grammar.owners]
        number = analysis.sentence_at(paper.phrase.start)
        if not own:
            return ()
        sentence = analysis.sentences[number].span
        if own[0] == "their":
            subject = self._clauses.object(sentence.start, paper.phrase.start, ("",))
            if subject is not None and subject.codes and len(subject.codes) > 1:
                return subject.codes
        if own[0] == "their" and references.pair:
            return references.pair
        if number == 0:
            return ()
        before = analysis.sentences[number - 1].span
        held = [r for r in references.within(before.start, before.end) if r.codes][:1]
        if not held:
            return ()
        noun = self._clauses.object(before.start, before.end, ("",))
        codes = noun.codes if noun is not None and noun.codes else held[0].codes
        return codes if (len(codes) > 1) == (own[0] == "their") else ()

    def _joint_with(self, paper: Paper) -> tuple[str, ...]:
        """Whose a paper is that is called joint and names nobody: of the format told of just before."""
        words = self._analysis.words(paper.title).lower().split()
        if not words or words[0] not in self._grammar.mutual:
            return ()
        number = self._analysis.sentence_at(paper.phrase.start)
        low = self._analysis.sentences[max(0, number - 1)].span.start
        told = [r.codes for r in self._references.within(low, paper.phrase.start) if len(r.codes) > 1]
        return tuple(sorted(told[-1])) if told else ()
