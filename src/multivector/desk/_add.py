"""Adding documents: a text that is pasted, files, addresses. What is added is kept beside the store, and read."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Any

import msgspec
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from multivector.desk._answer import json
from multivector.desk._desk import desk_of
from multivector.desk._faults import ProblemError
from multivector.desk._forms import Form, wanted
from multivector.desk._jobs import Job, Wish
from multivector.desk._pages import page
from multivector.desk._security import COOKIE, is_token
from multivector.desk._settings import Settings
from multivector.gather import SUFFIXES

_METADATA = ("title", "publisher", "published", "language")
_MOST_ADDRESSES = 100
_UNSAFE = re.compile(r"[^\w.\- ]+")


class JobAnswer(msgspec.Struct, frozen=True):
    """A job as JSON: `state` is `waiting`, `reading`, `done` or `failed`, `done` one object for each input."""

    id: str
    address: str
    state: str
    total: int
    done: list[dict[str, Any]]
    reason: str | None


def add_page(request: Request) -> Response:
    """The forms to add by, and what was added lately."""
    desk = desk_of(request)
    settings = desk.settings
    signed_in = not settings.needs_token or is_token(settings, request.cookies.get(COOKIE, ""))
    return page(
        request,
        "add.html",
        settings=settings,
        signed_in=signed_in,
        suffixes=sorted(SUFFIXES),
        jobs=desk.jobs.recent()[:20],
    )


async def add(request: Request) -> Response:
    """Take what a form gives and put it in line; leads to the job's page."""
    desk = desk_of(request)
    settings = desk.settings
    # The parser's own bound on a part is for fields; files go to disk, and the guard bounds the whole.
    form = await request.form(max_files=settings.max_files, max_fields=20, max_part_size=settings.max_upload)
    try:
        wish = await _wish(form, settings)
    finally:
        await form.close()
    job = desk.jobs.add(wish)
    if wanted(request) is Form.HTML:
        return RedirectResponse(f"/jobs/{job.id}", status_code=303)
    return json(_answer(job), 202)


def job_page(request: Request) -> Response:
    """How far a job has got; a page that is done with one document leads on to it."""
    desk = desk_of(request)
    job = desk.jobs.get(request.path_params["id"])
    if job is None:
        raise ProblemError(404, "There is no such job, or it was long ago", "see /documents for what was read")
    if wanted(request) is not Form.HTML:
        return json(_answer(job))
    failed = [each for each in job.done if each["reason"]]
    if job.state == "done" and len(job.documents) == 1 and not failed and request.query_params.get("stay") is None:
        return RedirectResponse(f"/documents/{job.documents[0]}", status_code=303)
    return page(request, "job.html", job=job, failed=failed)


def token_page(request: Request) -> Response:
    """Where the token is given."""
    return page(request, "token.html", wrong=False)


async def token(request: Request) -> Response:
    """Remember the token in this browser, for this desk alone."""
    form = await request.form(max_files=0, max_fields=2)
    given = form.get("token")
    settings = desk_of(request).settings
    if not isinstance(given, str) or not is_token(settings, given):
        response = page(request, "token.html", wrong=True)
        response.status_code = 401
        return response
    response = RedirectResponse("/add", status_code=303)
    response.set_cookie(COOKIE, given, httponly=True, samesite="strict", path="/")
    return response


async def _wish(form: FormData, settings: Settings) -> Wish:
    """What the form asks to be read. Raises ProblemError."""
    known = {name: _field(form, name) for name in _METADATA}
    files = [each for each in form.getlist("files") if isinstance(each, UploadFile) and each.filename]
    addresses = (_field(form, "urls") or "").split()
    text = form.get("text")
    if files:
        kept = [await _keep_upload(each, settings) for each in files]
        inputs, shown = [str(path) for path, _ in kept], [name for _, name in kept]
    elif addresses:
        if len(addresses) > _MOST_ADDRESSES:
            raise ProblemError(400, f"More than {_MOST_ADDRESSES} addresses", "use: multivector read --urls FILE")
        for each in addresses:
            if not each.startswith(("http://", "https://")):
                raise ProblemError(400, f"{each[:80]} is not an address of the web", "begin it with https://")
        inputs = shown = addresses
    elif isinstance(text, str) and text.strip():
        path = _keep(text.replace("\r\n", "\n").encode(), f"{known['title'] or 'pasted'}.txt", settings)
        inputs, shown = [str(path)], [known["title"] or "the pasted text"]
    else:
        raise ProblemError(400, "Nothing to add", "paste a text, choose files, or give an address")
    if len(inputs) > 1:
        known["title"] = None
    return Wish(tuple(inputs), tuple(shown), **known)


async def _keep_upload(file: UploadFile, settings: Settings) -> tuple[Path, str]:
    """The file, kept, and the name that it was sent under. Raises ProblemError for a kind that is not read."""
    name = re.split(r"[/\\]", file.filename or "")[-1]
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        kinds = ", ".join(sorted(filter(None, SUFFIXES)))
        raise ProblemError(415, f"{name[:80]}: files ending in {suffix or 'nothing'} are not read", f"add {kinds}")
    return _keep(await file.read(), name, settings), name


def _keep(data: bytes, name: str, settings: Settings) -> Path:
    """Write what was added into the folder beside the store, under its own name below a digest of its bytes."""
    safe = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(" .")[-100:] or "document.txt"
    folder = Path(f"{settings.store}.added") / hashlib.blake2b(data, digest_size=8).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / safe
    path.write_bytes(data)
    return path


def _field(form: FormData, name: str) -> str | None:
    value = form.get(name)
    return (value.strip() or None) if isinstance(value, str) else None


def _answer(job: Job) -> JobAnswer:
    return JobAnswer(job.id, f"/jobs/{job.id}", job.state, job.total, list(job.done), job.reason)
