"""Folders and servers for the tests of the review page."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from pipeline.review.app import create_app
from tests.review import folder

CHROMIUM = Path("/usr/bin/chromium")
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BASE = "http://127.0.0.1:8765"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A small output folder."""
    return folder.small(tmp_path / "run")


class Reviewer:
    """A person with a browser without scripts: remembers the page, fills its forms."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.page = ""
        self.status = 0

    def open(self, path: str) -> str:
        return self._kept(self.client.get(path))

    def post(self, path: str, **fields: str) -> str:
        """Send a form with the hidden fields of the page and `fields`."""
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.page))
        known = {name: _plain(value) for name, value in hidden.items() if name not in ("action", "choice", "entry")}
        return self._kept(self.client.post(path, data={**known, **fields}))

    def _kept(self, response: Any) -> str:
        self.page, self.status = response.text, response.status_code
        return self.page


def _plain(text: str) -> str:
    import html

    return html.unescape(text)


@pytest.fixture
def reviewer(out: Path) -> Iterator[Reviewer]:
    """One reviewer of the small folder."""
    with TestClient(create_app(out), base_url=BASE) as client:
        yield Reviewer(client)


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves an output folder and returns its address."""
    servers: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(out: Path) -> str:
        server = uvicorn.Server(uvicorn.Config(create_app(out), port=0, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        servers.append((server, thread))
        while not server.started:
            time.sleep(0.02)
        return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"

    yield start
    for server, thread in servers:
        server.should_exit = True
        thread.join(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's chromium."""
    playwright = pytest.importorskip("playwright.sync_api")
    path = Path(os.environ.get("TALLY_CHROMIUM", CHROMIUM))
    if not path.exists():
        pytest.skip(f"no browser at {path}")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=str(path), args=BROWSER_ARGUMENTS)
        yield chromium
        chromium.close()
