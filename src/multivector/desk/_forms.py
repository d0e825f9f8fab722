"""The forms that an address has: a page, and its twins as JSON and CSV."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlencode

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request


class Form(StrEnum):
    """What an answer is written in."""

    HTML = ""
    JSON = ".json"
    CSV = ".csv"


class _FormConvertor(Convertor[Form]):
    """The end of a path: nothing, `.json` or `.csv`."""

    regex = r"(?:\.json|\.csv)?"

    def convert(self, value: str) -> Form:
        return Form(value)

    def to_string(self, value: Form) -> str:
        return value.value


class _IdConvertor(Convertor[str]):
    """The id of a document or item, or its beginning."""

    regex = r"[a-z]{2}-[0-9a-f]{1,40}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _CodeConvertor(Convertor[str]):
    """An actor's code: letters, digits, colon, plus and hyphen."""

    regex = r"[A-Za-z0-9:+\-]{1,60}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _WordConvertor(Convertor[str]):
    """A word of letters and digits; unlike Starlette's own, it leaves the form of the answer at its end alone."""

    regex = r"[a-z0-9-]{1,40}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("form", _FormConvertor())
register_url_convertor("id", _IdConvertor())
register_url_convertor("code", _CodeConvertor())
register_url_convertor("word", _WordConvertor())


def wanted(request: Request) -> Form:
    """The form asked for: by the end of the path, else by what the request says it accepts."""
    for form in (Form.JSON, Form.CSV):
        if request.url.path.endswith(form.value):
            return form
    accept = request.headers.get("accept", "")
    if "text/html" in accept or not accept:
        return Form.HTML
    if "application/json" in accept or "application/problem+json" in accept:
        return Form.JSON
    return Form.CSV if "text/csv" in accept else Form.HTML


def address(path: str, **query: object) -> str:
    """`path` with those of `query` that are set, in a steady order."""
    chosen = [(name, str(value)) for name, value in query.items() if value not in (None, "")]
    return f"{path}?{urlencode(chosen)}" if chosen else path
