"""The reviewer's name, and the page of shortcuts."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from pipeline.review.pages import MAX_NAME, TheForm, ThePages, see
from pipeline.review.safety import WHO

router = APIRouter()


@router.get("/help")
def shortcuts(request: Request, pages: ThePages) -> Response:
    """The shortcuts and what the decisions mean."""
    return pages.page(request, "help.html")


@router.post("/who")
def name(request: Request, pages: ThePages, form: TheForm) -> Response:
    """Set the name that stands behind the next decisions of this browser."""
    response = see(request, "/help")
    response.set_cookie(
        WHO, quote(form.get("who", "").strip()[:MAX_NAME]), httponly=True, samesite="lax", max_age=31536000
    )
    return response
