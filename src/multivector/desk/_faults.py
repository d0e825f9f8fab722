"""One shape for all errors: RFC 9457 problem details as JSON, and the same words as a page."""

from __future__ import annotations

import sys
import traceback
from http import HTTPStatus

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from multivector.desk._forms import Form, wanted
from multivector.desk._pages import page
from multivector.errors import MultivectorError
from multivector.store import QueryError

MEDIA_TYPE = "application/problem+json"


class Problem(msgspec.Struct, frozen=True):
    """What went wrong: the status and its name, what in particular, and what to do about it."""

    status: int
    title: str
    detail: str
    advice: str | None = None
    type: str = "about:blank"


class ProblemError(Exception):
    """Raised by pages and guards to end a request."""

    def __init__(self, status: int, detail: str, advice: str | None = None) -> None:
        super().__init__(detail)
        self.problem = Problem(status, HTTPStatus(status).phrase, detail, advice)


def respond(request: Request, problem: Problem) -> Response:
    """The answer that tells of `problem`, in the form that was asked for."""
    if wanted(request) is Form.HTML:
        response = page(request, "problem.html", problem=problem)
        response.status_code = problem.status
        return response
    return Response(msgspec.json.encode(problem), problem.status, media_type=MEDIA_TYPE)


def on_problem(request: Request, error: Exception) -> Response:
    """Answer for a `ProblemError`."""
    assert isinstance(error, ProblemError)
    return respond(request, error.problem)


def on_user_error(request: Request, error: Exception) -> Response:
    """Answer for an error that names what was wrong: an id that is not in the store, a filter of a wrong form."""
    assert isinstance(error, MultivectorError)
    status = 503
    if isinstance(error, QueryError):
        status = 404 if error.reason == "not in the store" else 400
    detail = f"{error.subject}: {error.reason}"
    return respond(request, Problem(status, HTTPStatus(status).phrase, detail, error.advice))


def on_http_error(request: Request, error: Exception) -> Response:
    """Answer for an address that there is none of, or a method that it does not take."""
    assert isinstance(error, HTTPException)
    detail = {404: f"There is nothing at {request.url.path}", 405: f"{request.method} does not work here"}
    problem = Problem(
        error.status_code, HTTPStatus(error.status_code).phrase, detail.get(error.status_code, error.detail)
    )
    return respond(request, problem)


def on_fault(request: Request, error: Exception) -> Response:
    """Answer for a fault of ours: told in full at the terminal, in one line to the browser."""
    traceback.print_exception(error, file=sys.stderr)
    detail = f"A fault in multivector ({type(error).__name__}); the terminal that runs the desk shows where."
    return respond(request, Problem(500, "Internal Server Error", detail, "please report it"))
