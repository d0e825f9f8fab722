"""Forms of dates as a language's table gives them, compiled.

A form is a regular expression in which a space stands for white space within a line and `{x}` for a word of
the table `words.x`; a second one of the same kind is `{x2}`. Words that hold a capital letter are looked for as they
stand, all others in any case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from multivector.reading._lookup import Sought
from multivector.reading.languages import Language

_PLACE = re.compile(r"\{([a-z]+?)(2?)\}")
_CAPITAL = re.compile(r"(?<!\\)[A-ZА-ЯЁ]")
_BUILT_IN = {
    "dayth": r"(?:0?[1-9]|[12]\d|3[01])",
    "day": r"(?:0?[1-9]|[12]\d|3[01])",
    "century": r"(?:1\d|2[0-2])",
    "year": r"(?:1[5-9]|20)\d\d",
    "yearshort": r"\d\d",
    "monthnumber": r"(?:0?[1-9]|1[0-2])",
    "quarternumber": r"[1-4]",
    "halfnumber": r"[12]",
}
_TAILS = {"day": "(?:st|nd|rd|th)?", "dayth": "(?:st|nd|rd|th)", "century": "(?:st|nd|rd|th)"}
_BEFORE = r"(?<![\w$€£¥₽№#+-])(?<!\d[.,/:])"
_AFTER = r"(?!\w)(?![.,]\d)(?!-\w)"

_NEUTRAL: tuple[tuple[str, str], ...] = (
    ("day", r"(?P<year>(?:1[5-9]|20)\d\d)/(?P<monthnumber>0[1-9]|1[0-2])/(?P<day>\d\d)"),
    (
        "day-range",
        r"(?P<day>\d{1,2})[-–](?P<day2>\d{1,2})\.(?P<monthnumber>\d{1,2})\.(?P<year>(?:1[5-9]|20)\d\d)",
    ),
    ("day", r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<monthnumber>0[1-9]|1[0-2])-(?P<day>\d\d)"),
    ("day", r"(?P<day>\d{1,2})\.(?P<monthnumber>\d{1,2})\.(?P<year>(?:1[5-9]|20)\d\d)"),
    ("day", r"(?P<day>1[3-9]|2\d|3[01])/(?P<monthnumber>\d{1,2})/(?P<year>(?:1[5-9]|20)\d\d)"),
    ("day", r"(?P<monthnumber>\d{1,2})/(?P<day>1[3-9]|2\d|3[01])/(?P<year>(?:1[5-9]|20)\d\d)"),
)
"""Forms of any language. In `03/04/2026` nobody knows which is the month."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form with the name of its meaning; `shift` counts days from the day of publication."""

    sought: Sought
    means: str
    shift: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """The forms of one language, and the words around a date that tell its tense and its ends.

    `since`, `since_year` (years alone), `starting`, `until`, `before` and `after` end right before a date and leave it
    with an open end, `starting` only where the date begins something, as `onward` right after it tells. `joins` stands
    between two dates of one list. What stands before a date in its sentence tells whether it `opens` a clause; a year
    with nothing but `framing` before it is that of the whole sentence; a month with `determined` before it belongs to a
    noun, not to the verb.
    """

    forms: tuple[Form, ...]
    words: dict[str, tuple[tuple[re.Pattern[str], str], ...]]
    tense: re.Pattern[str]
    deadline: re.Pattern[str]
    since: re.Pattern[str]
    since_year: re.Pattern[str]
    starting: re.Pattern[str]
    onward: re.Pattern[str]
    until: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    joins: re.Pattern[str]
    opens: re.Pattern[str]
    framing: re.Pattern[str]
    determined: re.Pattern[str]
    years: dict[str, frozenset[str]]

    def value(self, table: str, word: str) -> str | None:
        """The key under which `words.table` has `word`."""
        return next((key for pattern, key in self.words.get(table, ()) if pattern.fullmatch(word)), None)


@cache
def grammar_of(language: Language) -> Grammar | None:
    """The grammar of dates of a language; None when it has none."""
    table = language.table("times")
    if not table:
        return None
    lists: dict[str, dict[str, list[str]]] = table["words"]
    words = {
        name: tuple((re.compile(_any(forms), re.IGNORECASE), key) for key, forms in entries.items())
        for name, entries in lists.items()
    }
    bases = _BUILT_IN | {
        name: _any([form for forms in entries.values() for form in forms]) for name, entries in lists.items()
    }
    bases["n"] = rf"(?:\d{{1,3}}|{bases['number']})"
    forms = [Form(_compile(form), means, 0) for means, form in _NEUTRAL]
    for rule in table["rules"]:
        forms += [Form(_compile(_fill(form, bases)), rule["means"], rule.get("shift", 0)) for form in rule["forms"]]
    cues, opening, clauses = table["cues"], table["open"], table.get("clauses", {})
    fronted, conjunctions, articles, framing = (
        _or_never(clauses.get(name, [])) for name in ("fronted", "conjunctions", "articles", "framing")
    )
    return Grammar(
        forms=tuple(forms),
        words=words,
        tense=re.compile(
            rf"\b(?:(?P<future>{'|'.join(cues['future'])})|(?P<speech>{'|'.join(cues['neutral'])})"
            rf"|(?P<past>{'|'.join(cues['past'])}))\b",
            re.IGNORECASE,
        ),
        deadline=_ending(cues["deadline"]),
        since=_ending(opening["since"]),
        since_year=_ending(opening.get("since_year", [])),
        starting=_ending(opening.get("starting", [])),
        onward=re.compile(rf"[^\S\n]+(?:{_or_never(opening.get('onward', []))})\b", re.IGNORECASE),
        until=_ending(opening["until"]),
        before=_ending(opening.get("before", [])),
        after=_ending(opening.get("after", [])),
        joins=re.compile(rf"(?:,|,? (?:{conjunctions})) (?:(?:{articles}) )?", re.IGNORECASE),
        opens=re.compile(rf"(?:^|[;,:(–—] ?|\b(?:{conjunctions}) )(?:{fronted}) $", re.IGNORECASE),
        framing=re.compile(rf"(?:{framing}) ", re.IGNORECASE),
        determined=_ending(clauses.get("determiners", [])),
        years={name: frozenset(entries) for name, entries in table["years"].items()},
    )


def _any(forms: list[str]) -> str:
    ordered = sorted(forms, key=len, reverse=True)
    return "(?:" + "|".join(f"(?-i:{form})" if _CAPITAL.search(form) else form for form in ordered) + ")"


def _fill(form: str, bases: dict[str, str]) -> str:
    return _PLACE.sub(
        lambda match: f"(?P<{match[1]}{match[2]}>{bases[match[1]]}){_TAILS.get(match[1], '')}",
        form.replace("{year2short}", "{yearshort}"),
    )


def _compile(form: str) -> Sought:
    spaced = form.replace(" ?", r"[^\S\n]?").replace(" ", r"[^\S\n]+")
    return Sought(_BEFORE + spaced + _AFTER)


def _ending(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_or_never(words)})[^\S\n]+$", re.IGNORECASE)


def _or_never(words: list[str]) -> str:
    return "|".join(words) or "(?!)"
