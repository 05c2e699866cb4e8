"""The review page: FastAPI, templates, and the pages of `routes` over one output folder."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from pipeline.errors import TallyError
from pipeline.review.pages import Pages
from pipeline.review.routes import cases, documents, images, overview, records, settings
from pipeline.review.safety import Guard
from pipeline.review.store import Store
from pipeline.review.writer import Writer

STATIC = Path(__file__).with_name("static")


def create_app(out: Path, *, token: str | None = None) -> FastAPI:
    """The application over the output folder `out`; with `token` every request needs it.

    Raises StoreError where `out` holds no finished run.
    """
    store = Store(out)
    writer = Writer(store)
    secret = secrets.token_bytes(32)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        writer.start()
        yield
        writer.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    pages = app.state.pages = Pages(store, writer, secret)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for room in (cases, documents, records, overview, images, settings):
        app.include_router(room.router)

    @app.get("/")
    def start() -> RedirectResponse:
        return RedirectResponse("/cases", 303)

    @app.exception_handler(TallyError)
    def refuse(request: Request, error: Exception) -> Response:
        return pages.error(request, str(error), 409)

    @app.exception_handler(404)
    def missing(request: Request, error: Exception) -> Response:
        return pages.error(request, getattr(error, "detail", "There is no such page."), 404)

    app.add_middleware(Guard, token=token, secret=secret)
    return app
