"""How tests walk through the page: opened, listened to, asked what hinders a reader."""

import base64
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SERIOUS = ("serious", "critical")
DESKTOP, PHONE = (1280, 800), (360, 740)
LOADING = ("Loading …", "正在读取……", "Checking …", "正在查验……")
STOPS = ("place", "programme", "adds", "compare", "take")


def opened(browser: Any, address: str, tongue: str = "zh-CN", size: tuple[int, int] = DESKTOP) -> Any:
    """Open an address in a browser that was never there; `page.faults` collects what goes wrong, `page.asked` every address that is asked for."""
    page = browser.new_context(locale=tongue, viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce").new_page()
    page.set_default_timeout(30_000)
    page.faults, page.asked = [], []
    page.on("pageerror", lambda problem: page.faults.append(str(problem)))
    page.on("console", lambda told: page.faults.append(told.text) if told.type == "error" else None)
    page.on("request", lambda asked: page.asked.append(asked.url))
    page.goto(address)
    page.wait_for_selector("h1")
    return page


def packed(draft: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(draft, ensure_ascii=False).encode()).decode().rstrip("=")


def draft_in(address: str) -> dict[str, Any]:
    """Return the draft that an address holds."""
    text = parse_qs(urlsplit(urlsplit(address).fragment).query)["d"][0]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return found


def hindrances(page: Any) -> list[str]:
    """Return what axe-core finds serious or critical, with where."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']} ({one['impact']}): {node['target']} {node['failureSummary']}"
            for one in found["violations"] if one["impact"] in SERIOUS for node in one["nodes"]]  # fmt: skip


def is_within_width(page: Any) -> bool:
    """Tell whether nothing makes the page scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def settled(page: Any, seconds: float = 20) -> None:
    """Wait until nothing is loading. Playwright's own `wait_for_function` needs what the page's policy forbids: code made of text."""
    until = time.monotonic() + seconds
    while page.locator("main").count() == 0 or any(word in page.text_content("body") for word in LOADING):
        assert time.monotonic() < until, "the page goes on loading"
        page.wait_for_timeout(30)


def box(page: Any, label: str) -> Any:
    """Return the field of a label."""
    return page.get_by_role("textbox", name=label)
