"""The application: addresses, and what answers at each."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.exceptions import HTTPException
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from multivector.desk import _add, _documents, _faults, _lists, _people, _pictures, _search
from multivector.desk._desk import Desk
from multivector.desk._pages import FOLDER
from multivector.desk._security import Guard
from multivector.desk._settings import Settings
from multivector.errors import MultivectorError


def create_app(settings: Settings) -> Starlette:
    """The desk over one store, as an ASGI application. Raises StoreError and KnowledgeError."""
    desk = Desk(settings)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        yield
        desk.close()

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
        Route("/search{form:form}", _search.search_page),
        Route("/charts/config.json", _pictures.config),
        Route("/charts/{chart:word}.vl.json", _pictures.chart_page),
        Route("/charts/{chart:word}.svg", _pictures.chart_page),
        Route("/charts/{chart:word}.png", _pictures.chart_page),
        Route("/charts/{chart:word}{form:form}", _pictures.chart_page),
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
            HTTPException: _faults.on_http_error,
            Exception: _faults.on_fault,
        },
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.desk = desk
    return app
