"""Measures the review page: `measure_review.py FOLDER [--keys 300] [--pause MS]`.

Serves the output folder FOLDER of a finished run (it is worked on: give a copy), opens it in Debian's chromium and
presses `a`, `r`, `w`, `n`, `s` in turn (`r` where a case proposes nothing), each as soon as the next case is there, or
after a pause. Prints the milliseconds
from key to next case as the browser sees them: median, 95th percentile, most. TALLY_CHROMIUM names another browser.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipeline.review.app import create_app

_TIMED = """key => new Promise(done => {
    if (!document.querySelector(`[data-key="${key}"]`)) key = 'r';
    const page = document.querySelector('#page');
    page.dataset.seen = 'yes';
    const begun = performance.now();
    const look = () => document.querySelector('#page:not([data-seen])') ? done(performance.now() - begun)
        : requestAnimationFrame(look);
    document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
    requestAnimationFrame(look);
})"""


def serve(out: Path) -> tuple[uvicorn.Server, threading.Thread, str]:
    """The page of `out` on a port of its own, and the thread that ends when it has written everything."""
    server = uvicorn.Server(uvicorn.Config(create_app(out), port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    return server, thread, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"


def main() -> None:
    """Presses keys and prints what they took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--pause", type=int, default=0)
    asked = parser.parse_args()
    server, thread, address = serve(asked.folder)
    chromium = os.environ.get("TALLY_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"{address}/next")
        times = []
        for number in range(asked.keys):
            times.append(page.evaluate(_TIMED, "arwns"[number % 5]))
            page.wait_for_timeout(asked.pause)
        browser.close()
    median, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"{len(times)} keys: median {median:.0f} ms, p95 {high:.0f} ms, most {max(times):.0f} ms", flush=True)
    server.should_exit = True
    thread.join(timeout=90)


if __name__ == "__main__":
    main()
