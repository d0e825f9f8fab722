"""The languages that the reading room knows, each in a folder of data files."""

from multivector.reading.languages._base import Language

KNOWN = ("en", "ru")
"""Languages with data of their own; a document in another one is read for the names of actors only."""


def language_of(tag: str | None) -> Language:
    """The language for a BCP 47 tag, by its primary subtag; `und` when there is none."""
    return Language((tag or "und").split("-")[0].lower())


__all__ = ["KNOWN", "Language", "language_of"]
