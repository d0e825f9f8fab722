"""The language of a text, by py3langid's model, with the source's own word as a hint."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from multivector.gather._untyped import untyped

_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)
# Of the model's languages those in which states and agencies publish about Eurasia; fewer rivals make the
# answer for a short text surer.
_LANGUAGES = (
    *("ar", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi"),
    *("hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "ko", "ky", "lt", "lv", "mk", "mn", "ms", "nl", "no", "pl"),
    *("ps", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tg", "th", "tk", "tr", "tt", "ug", "uk", "ur", "uz"),
    *("vi", "zh"),
)
_LEAST_LETTERS = 20
_ENOUGH_LETTERS = 200
_LEAST_PROBABILITY = 0.6
_SAMPLE = 20_000  # characters; more does not change the answer, only the time


def language_of(text: str, hint: str | None = None) -> str | None:
    """BCP 47 tag (`en`, `ru`) or None when neither text nor `hint` tells.

    The text decides when it is long enough for the model to be sure; a hint (the page's `lang`, front
    matter) decides for short or doubtful ones.
    """
    told = primary_language(hint)
    letters = sum(map(str.isalpha, text[:_SAMPLE]))
    if letters < _LEAST_LETTERS:
        return told
    found, probability = classify(text)
    if told and (told == found or letters < _ENOUGH_LETTERS or probability < _LEAST_PROBABILITY):
        return told
    return found if probability >= _LEAST_PROBABILITY else None


def primary_language(tag: str | None) -> str | None:
    """The primary subtag of a language tag in lower case (`en-GB` gives `en`), or None if it is no tag."""
    match = _TAG.fullmatch(tag.strip()) if tag else None
    return match[1].lower() if match and match[1].lower() != "und" else None


def classify(text: str) -> tuple[str, float]:
    """The likeliest language of `text` and its probability, by the first 20,000 characters."""
    language, probability = _identifier().classify(text[:_SAMPLE])
    return str(language), float(probability)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    langid = untyped("py3langid.langid")
    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages(_LANGUAGES)
    return identifier
