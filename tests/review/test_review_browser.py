"""The review page in a real browser: by keyboard alone, two reviewers, hostile text, accessibility."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.review.store import Store
from pipeline.write.decisions import load

pytestmark = pytest.mark.browser
ADD = "/add?document=harbour&quote=20"
AXE = Path(__file__).with_name("vendor") / "axe.min.js"

Serve = Callable[[Path], str]


def open_page(browser: Any, address: str, **options: Any) -> Any:
    """A page that fails the test on any script error or violation of the content security policy."""
    page = browser.new_context(**options).new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda said: page.problems.append(said.text) if "Content Security" in said.text else None)
    page.goto(address)
    return page


def press(page: Any, key: str) -> None:
    """Press a key and wait until another case (or the list) is there."""
    before = page.evaluate("document.querySelector('#page').dataset.seen = 'yes'")
    assert before == "yes"
    page.keyboard.press(key)
    page.wait_for_selector("#page:not([data-seen])", state="attached")


def test_the_whole_queue_by_keyboard(out: Path, serve: Serve, browser: Any) -> None:
    page = open_page(browser, serve(out) + "/cases")
    press(page, "j")
    titles = []
    for key in ("a", "r", "w", "n", "a"):
        titles.append(page.locator("#title").inner_text())
        press(page, key)
    assert page.url.endswith("/cases")
    assert "Every case of this run is decided" in page.locator("main").inner_text()
    assert len(titles) == 5
    press(page, "u")
    assert page.locator("#title").inner_text() == titles[-1]
    press(page, "a")
    taken = ["accept", "reject", "claim_wrong", "not_comparable", "accept"]
    assert [e.action for e in load(out)] == [*taken, "undo", "accept"]
    assert all(Store(out).reviewed(name) for name in Store(out).findings)
    assert page.problems == []


def test_value_skip_undo_and_steps_by_keyboard(out: Path, serve: Serve, browser: Any) -> None:
    page = open_page(browser, serve(out) + "/case?id=growth")
    page.keyboard.press("v")
    page.keyboard.type("18.9")
    press(page, "Enter")
    (entry,) = load(out)
    assert (entry.action, str(entry.value)) == ("override", "18.9")
    press(page, "u")
    assert "id=growth" in page.url
    press(page, "s")
    assert "id=growth" not in page.url
    press(page, "k")
    assert "skipped" in page.locator("article").inner_text()
    press(page, "2")
    assert [e.action for e in load(out)] == ["override", "undo", "skip", "accept"]
    press(page, "?")
    assert page.url.endswith("/help")
    assert page.problems == []


def test_letters_typed_into_a_field_decide_nothing(out: Path, serve: Serve, browser: Any) -> None:
    page = open_page(browser, serve(out) + "/case?id=growth")
    page.fill("[name=reason]", "")
    page.locator("[name=reason]").press_sequentially("warns")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.input_value("[name=reason]") == "warns"
    assert load(out) == []


def test_two_reviewers_collide(out: Path, serve: Serve, browser: Any) -> None:
    address = serve(out) + "/case?id=growth"
    first, second = open_page(browser, address), open_page(browser, address)
    press(first, "r")
    press(second, "a")
    assert "since the case was shown" in second.locator("[role=alert]").inner_text()
    assert [e.action for e in load(out)] == ["reject"]
    assert "rejected" in second.locator("article").inner_text()


def test_hostile_text_stays_text(out: Path, serve: Serve, browser: Any) -> None:
    address = serve(out)
    for path in ("/next", "/cases", "/document?id=hostile", "/documents"):
        page = open_page(browser, address + path)
        assert page.locator("main script, main img, main a[href^=javascript]").count() == 0
        assert "owned" not in page.title() or path.startswith("/document?")
        assert page.problems == []
    assert page.locator("text=<script>").count() > 0


def test_without_scripts(out: Path, serve: Serve, browser: Any) -> None:
    page = open_page(browser, serve(out) + "/next", java_script_enabled=False)
    page.click("button[value=accept]")
    assert page.locator("#title").count() == 1
    page.fill("#value", "35")
    page.click("#set")
    page.click("form.undo button")
    assert [e.action for e in load(out)] == ["accept", "override", "undo"]


def test_the_record_is_shown_on_focus_and_marked_text_is_added(out: Path, serve: Serve, browser: Any) -> None:
    page = open_page(browser, serve(out) + "/document?id=harbour")
    page.locator("a.fig").first.focus()
    page.wait_for_selector("#peek dl")
    assert "48.2 million" in page.locator("#peek").inner_text()
    page.evaluate(
        """() => {
        const spans = [...document.querySelectorAll('.text span[data-s]')];
        const node = spans.find(n => n.textContent.includes('July 20'));
        const at = node.firstChild.data.indexOf('20');
        getSelection().setBaseAndExtent(node.firstChild, at, node.firstChild, at + 2);
        }"""
    )
    for _ in range(100):
        if page.input_value("#quote") == "20":
            break
        page.wait_for_timeout(20)
    page.click("#add button")
    page.wait_for_selector("#f-indicator")
    page.fill("#f-indicator", "days")
    page.click("main form button.main")
    page.wait_for_selector(".text a.fig[title*=days], .text a.fig >> text=/^20$/")
    (entry,) = load(out)
    assert entry.span is not None
    assert "July 20" in page.locator(".text").inner_text()
    assert page.problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/cases",
        "/case?id=growth",
        "/case?id=apples",
        "/documents",
        "/document?id=harbour",
        "/series",
        "/help",
        ADD,
    ],
)
def test_no_serious_violation_of_accessibility(out: Path, serve: Serve, browser: Any, path: str, scheme: str) -> None:
    page = open_page(browser, serve(out) + path, color_scheme=scheme, bypass_csp=True)
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run()")["violations"]
    serious = [(v["id"], [n["html"] for n in v["nodes"]]) for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []


def test_nothing_is_wider_than_a_phone(out: Path, serve: Serve, browser: Any) -> None:
    address = serve(out)
    for path in ("/cases", "/case?id=growth", "/document?id=harbour", "/documents", "/series"):
        page = open_page(browser, address + path, viewport={"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_a_page_is_light(out: Path, serve: Serve, browser: Any) -> None:
    page = browser.new_page()
    sizes: list[int] = []
    hosts: set[str] = set()
    address = serve(out)
    page.on("response", lambda r: (sizes.append(len(r.body())), hosts.add(r.url.split("/")[2])))
    page.goto(address + "/case?id=growth", wait_until="networkidle")
    assert sum(sizes) < 150_000
    assert hosts == {address.split("/")[2]}
