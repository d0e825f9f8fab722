"""Errors for the person at the terminal: what was wrong, where, and what to do.

Every error that bad input can cause derives from `MultivectorError`; its text is one line, so that a
command prints it without a traceback. Anything else that reaches the top is a fault of ours.
"""

from __future__ import annotations


class MultivectorError(Exception):
    """Something the user can mend.

    `subject` is what it is about (a path, an address, an option), `reason` what is wrong with it and
    `advice` what to do; `str()` joins them to one line.
    """

    def __init__(self, subject: str, reason: str, advice: str | None = None) -> None:
        self.subject = one_line(subject)
        self.reason = one_line(reason)
        self.advice = one_line(advice) if advice else None
        super().__init__(self.subject, self.reason, self.advice)

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}" + (f"; {self.advice}" if self.advice else "")


class InputError(MultivectorError):
    """A document that cannot be had or read: missing, empty, damaged, refused, too large."""


class RecordError(MultivectorError):
    """JSON that is not a record item, or an item that breaks a rule of the record."""


class KnowledgeError(MultivectorError):
    """A knowledge file that does not follow its form."""


class StatisticsError(MultivectorError):
    """A file of statistics, or a provider's answer, that cannot be had or read as a whole."""


class StoreError(MultivectorError):
    """A store that cannot be opened, read or written: locked, damaged, not ours, newer than this version."""


class MissingExtraError(MultivectorError):
    """A part of the package that needs an extra which is not installed."""


def one_line(text: str) -> str:
    """Fold white space and show control characters as escapes: file names and texts are not trusted."""
    folded = " ".join(text.split())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in folded)
