"""What stands between a request and the pages: host, token, size, forged forms, and what a browser may do
with a page.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 64 * 1024
MAX_URL = 4 * 1024
SESSION, ACCESS, WHO = "tally_session", "tally_access", "tally_who"
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or address to bind to) is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Guard:
    """ASGI middleware; lets through what it finds in order and answers the rest itself.

    Without a `token` only loopback names are accepted as `Host` (a page elsewhere that points its name at
    this machine
    gets nothing). With one, a request needs it as `Authorization: Bearer`, as the cookie, or once as
    `?token=`.
    `scope["state"]["session"]` names the browser's session; forms carry `csrf_token` of it.
    """

    def __init__(self, app: ASGIApp, *, token: str | None, secret: bytes) -> None:
        self.app = app
        self.token = token
        self.secret = secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cookies = _cookies(Headers(scope=scope))
        session = cookies.get(SESSION) or secrets.token_urlsafe(18)
        scope.setdefault("state", {})["session"] = session
        answer = self._refusal(scope, cookies)
        app: ASGIApp = answer or self.app
        fresh = session if SESSION not in cookies else None
        await app(scope, _limited(receive), _with_headers(send, fresh))

    def _refusal(self, scope: Scope, cookies: Mapping[str, str]) -> Response | None:
        headers = Headers(scope=scope)
        if len(scope["path"]) + len(scope["query_string"]) > MAX_URL:
            return PlainTextResponse("The address is too long.", 414)
        if int(headers.get("content-length") or 0) > MAX_BODY:
            return PlainTextResponse("The form is too large.", 413)
        if self.token is None:
            return (
                None if is_loopback(_host(headers)) else PlainTextResponse("Open this page as http://127.0.0.1.", 421)
            )
        return self._token_refusal(scope, headers, cookies, self.token)

    def _token_refusal(self, scope: Scope, headers: Headers, cookies: Mapping[str, str], token: str) -> Response | None:
        query = parse_qsl(scope["query_string"].decode("latin-1"))
        given = dict(query).get("token", "")
        if given and _same(given, token):
            rest = urlencode([(k, v) for k, v in query if k != "token"])
            response = RedirectResponse(scope["path"] + (f"?{rest}" if rest else ""), 303)
            response.set_cookie(ACCESS, _digest(token), httponly=True, samesite="lax")
            return response
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if _same(cookies.get(ACCESS, ""), _digest(token)) or _same(bearer, token):
            return None
        return PlainTextResponse("This page needs the token that `tally review` printed: add ?token=… once.", 401)


def csrf_token(secret: bytes, session: str) -> str:
    """The token that a form of this session must carry."""
    return hmac.new(secret, session.encode(), hashlib.sha256).hexdigest()


def is_genuine(request: Request, secret: bytes, given: str) -> bool:
    """Whether a form was sent by a page of ours: its token, and its `Origin` where the browser names one."""
    origin = request.headers.get("origin")
    same_site = origin in (None, "null") or (origin or "").split("://", 1)[-1] == request.headers.get("host")
    return same_site and _same(given, csrf_token(secret, request.state.session))


def _limited(receive: Receive) -> Receive:
    """`receive` that ends the request once more than MAX_BODY bytes have come, whatever its headers
    promised.
    """
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return message if seen <= MAX_BODY else {"type": "http.disconnect"}

    return limited


def _with_headers(send: Send, session: str | None) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
            if session is not None:
                headers.append("set-cookie", f"{SESSION}={session}; Path=/; HttpOnly; SameSite=Strict")
        await send(message)

    return sender


def _cookies(headers: Headers) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def _host(headers: Headers) -> str:
    host = headers.get("host", "")
    return host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.split(":", 1)[0]


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def _digest(token: str) -> str:
    return hashlib.sha256(f"tally:{token}".encode()).hexdigest()
