"""What every page shares: templates, the header with its progress, the reviewer's name, forms that must be
genuine.
"""

from __future__ import annotations

import getpass
import hashlib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from pipeline.errors import DecisionError
from pipeline.model.decision import Decision
from pipeline.review import wording
from pipeline.review.marks import visible
from pipeline.review.queue import Filters, progress
from pipeline.review.safety import WHO, csrf_token, is_genuine
from pipeline.review.store import Store
from pipeline.review.writer import Writer

ROOM = Path(__file__).parent
MAX_NAME = 60
MAX_REASON = 500


class Pages:
    """Renders pages over one store. `writer` is told of every decision."""

    def __init__(self, store: Store, writer: Writer, secret: bytes) -> None:
        self._store = store
        self.writer = writer
        self.secret = secret
        self._templates = _environment()

    @property
    def store(self) -> Store:
        """The store, in step with the disk, and everything that decisions mean worked out."""
        return self._store.fresh()

    def glance(self, finding: str | None = None) -> Store:
        """The store, in step with the disk; what decisions mean is worked out for the documents of one case, or not
        at all: that may take longer than a reviewer wants to wait for the next case."""
        return self._store.fresh(finding) if finding is not None else self._store.seen()

    def page(self, request: Request, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
        """A whole page; htmx takes from it what it needs. `context` goes to the template."""
        who = self.who(request)
        shared = {
            "csrf": csrf_token(self.secret, request.state.session),
            "who": who,
            "progress": progress(self._store),
            "latest": self.latest(who),
            "write_error": self.writer.error,
            "path": request.url.path,
        }
        return HTMLResponse(self._templates.get_template(template).render(**shared, **context), status)

    def error(self, request: Request, message: str, status: int) -> HTMLResponse:
        """A page that says what went wrong, in one line."""
        return self.page(request, "error.html", status=status, message=message)

    def who(self, request: Request) -> str:
        """The reviewer's name: as given on the page, else the name of the account that serves it."""
        return unquote(request.cookies.get(WHO, ""))[:MAX_NAME] or _account()

    def latest(self, who: str) -> Decision | None:
        """The reviewer's own last entry that is still in force: what undo takes back."""
        entries = self._store.log.entries
        undone = {e.undoes for e in entries if e.action == "undo"}
        mine = (e for e in reversed(entries) if e.who == who and e.action != "undo" and e.id not in undone)
        return next(mine, None)

    def decide(self, decision: Decision, *, seen: str | None = None, check: bool = False) -> Decision:
        """Take a decision and have the files follow."""
        entry = self._store.decide(decision, seen=seen, check=check)
        self.writer.poke()
        return entry


def pages_of(request: Request) -> Pages:
    """The application's pages."""
    pages: Pages = request.app.state.pages
    return pages


ThePages = Annotated[Pages, Depends(pages_of)]


async def genuine_form(request: Request) -> dict[str, str]:
    """The fields of a form that a page of ours sent; raises 403 for any other."""
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    if not is_genuine(request, pages_of(request).secret, form.get("csrf", "")):
        raise HTTPException(403, "This form is out of date: load the page again and repeat the last step.")
    return form


TheForm = Annotated[dict[str, str], Depends(genuine_form)]


def filters_of(request: Request) -> Filters:
    """The queue's filters from the address."""
    return filters_from(dict(request.query_params))


TheFilters = Annotated[Filters, Depends(filters_of)]


def filters_from(fields: dict[str, str]) -> Filters:
    """The queue's filters from an address or a form."""
    status = fields.get("status", "")
    known = status if status in ("undecided", "decided", "skipped", "all") else "undecided"
    return Filters(fields.get("rule", ""), fields.get("severity", ""), fields.get("document", ""), known)


def see(request: Request, path: str) -> Response:
    """Go on to `path`, with scripts or without."""
    return RedirectResponse(path, 303)


def link(page: str, name: str, query: str = "") -> str:
    """The address of a `case`, `record` or `document`: ids travel as a parameter, never as a path."""
    return f"/{page}?id={quote(name, safe='')}" + (f"&{query.removeprefix('?')}" if query else "")


def reason_of(form: dict[str, str]) -> str | None:
    """The reviewer's reason, cut to a sensible length; None where none was given."""
    return form.get("reason", "").strip()[:MAX_REASON] or None


def typed_value(text: str) -> Decimal:
    """The number that a reviewer typed: `15.9`, `-4.2 %`, `59,950,000,000`, `59.95 billion`. Raises
    DecisionError.
    """
    words = text.strip().replace("\u2212", "-").replace(",", "").rstrip("%").split()
    try:
        value = Decimal(words[0])
        power = wording.SCALE_WORDS[words[1].lower()] if len(words) == 2 else 0
        if len(words) > 2 or not value.is_finite() or abs(value.adjusted()) > 30:
            raise KeyError(text)
    except (InvalidOperation, KeyError, IndexError) as error:
        raise DecisionError(f"“{visible(text[:40])}” is no number: write 15.9 or 59.95 billion") from error
    return Decimal(f"{value.scaleb(power):f}")


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "reviewer"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOM / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    named = {
        name: getattr(wording, name)
        for name in ("rule_name", "number", "rounded", "value_of", "interval_of", "about", "decision_text")
    }
    environment.globals.update(named, link=link, SEVERITIES=wording.SEVERITIES, CHECKS=wording.CHECKS, asset=_asset)
    environment.filters["visible"] = visible
    return environment


def _asset(name: str) -> str:
    """The address of a file of `static/`, with its content's hash, so that a browser keeps it until it
    changes.
    """
    digest = hashlib.sha256((ROOM / "static" / name).read_bytes()).hexdigest()[:8]
    return f"/static/{name}?v={digest}"
