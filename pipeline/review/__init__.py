"""The review page: a person works through the flagged inconsistencies of a run.

    serve(Path("extracted"))        # http://127.0.0.1:8765, until interrupted

FastAPI is imported when the page is served: commands that don't serve it answer at once.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from pipeline.errors import UsageError

__all__ = ["new_token", "serve"]


def new_token() -> str:
    """A token to hand to the reviewers of a page that is served to other machines."""
    return secrets.token_urlsafe(24)


def serve(out: Path, host: str = "127.0.0.1", port: int = 8765, token: str | None = None) -> None:
    """Serve the review page of the output folder `out` until interrupted; decisions are written as they are
    taken.

    Raises UsageError for a `host` other than loopback without a `token` (see `new_token`), and StoreError
    where `out`
    holds no finished run. Not supported: HTTPS (put a proxy in front), several folders in one page.
    """
    from pipeline.review.safety import is_loopback

    if token is None and not is_loopback(host):
        raise UsageError(f"--host {host}: the page would be open to others; it needs a token, or --host 127.0.0.1")
    import uvicorn

    from pipeline.review.app import create_app

    app = create_app(out, token=token)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, access_log=False)
