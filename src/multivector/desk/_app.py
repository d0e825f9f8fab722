"""The application: addresses, and what answers at each."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from multivector.desk import (
    _about,
    _add,
    _checks,
    _documents,
    _evidence,
    _faults,
    _lists,
    _people,
    _pictures,
    _region,
    _search,
    _state,
)
from multivector.desk._desk import Desk
from multivector.desk._measures import NotYetError
from multivector.desk._pages import FOLDER
from multivector.desk._security import Guard
from multivector.desk._settings import Settings
from multivector.errors import MultivectorError
from multivector.knowledge import load
from multivector.store import open_store

_CHARTS = {"timeline": _pictures.timeline, "heat": _region.heat, "trend": _region.trend, "tiles": _region.tiles}


def create_app(settings: Settings) -> Starlette:
    """The desk over one store, as an ASGI application. Raises StoreError and KnowledgeError."""
    with open_store(settings.store, create=False, readonly=True):
        load(settings.knowledge)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        # Opened and closed in the one thread that serves.
        with contextlib.closing(Desk(settings)) as app.state.desk:
            yield

    routes = [
        Route("/", _search.home_page),
        *(Route(f"/{name}{{form:form}}", _lists.items_page, name=name) for name in _lists.LISTS),
        Route("/documents{form:form}", _lists.documents_page),
        Route("/documents/{id:id}{form:form}", _documents.document_page),
        Route("/items/{id:id}{form:form}", _documents.item_page),
        Route("/people{form:form}", _people.people_page),
        Route("/person{form:form}", _people.person_page),
        Route("/formats{form:form}", _people.formats_page),
        Route("/formats/{code:code}{form:form}", _people.format_page),
        Route("/region{form:form}", _region.region_page),
        Route("/states/{code:code}{form:form}", _state.state_page),
        Route("/evidence{form:form}", _evidence.evidence_page),
        Route("/checks{form:form}", _checks.checks_page),
        Route("/about{form:form}", _about.about_page),
        Route("/api", _about.api_page),
        Route("/api/schema.json", _about.schema),
        Route("/search{form:form}", _search.search_page),
        Route("/charts/config.json", _pictures.config),
        *(
            Route(f"/charts/{name}{end}", chart)
            for name, chart in _CHARTS.items()
            for end in (".vl.json", ".svg", ".png", "{form:form}")
        ),
        Route("/add", _add.add_page, methods=["GET"]),
        Route("/add{form:form}", _add.add, methods=["POST"]),
        Route("/jobs/{id:word}{form:form}", _add.job_page),
        Route("/token", _add.token_page, methods=["GET"]),
        Route("/token", _add.token, methods=["POST"]),
        Route("/static/charts.js", _pictures.script),
        Mount("/static", StaticFiles(directory=FOLDER / "static"), name="static"),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={
            _faults.ProblemError: _faults.on_problem,
            MultivectorError: _faults.on_user_error,
            NotYetError: _checks.waiting_page,
            HTTPException: _faults.on_http_error,
            Exception: _faults.on_fault,
        },
        lifespan=lifespan,
    )
    app.state.settings = settings
    return app
