"""The frame of the page in a browser: it opens, speaks both languages, and holds the draft in its address."""

from typing import Any

import pytest

from tests.experiments.dashboard.fake import Fake

pytestmark = pytest.mark.browser


def opened(browser: Any, fake: Fake, tongue: str = "zh-CN", where: str = "", width: int = 1280, height: int = 800) -> Any:
    page = browser.new_context(locale=tongue, viewport={"width": width, "height": height}).new_page()
    page.faults = []
    page.on("pageerror", lambda problem: page.faults.append(str(problem)))
    page.on("console", lambda told: page.faults.append(told.text) if told.type == "error" else None)
    page.goto(fake.address + where)
    page.wait_for_selector("h1")
    return page


def test_it_opens_in_the_language_of_the_browser_and_switches(browser: Any, fake: Fake) -> None:
    page = opened(browser, fake)
    assert page.text_content("h1") == "我的地方"
    assert page.get_attribute("html", "lang") == "zh-CN"
    page.click("text=English")
    page.wait_for_selector("h1:has-text('My place')")
    assert page.get_attribute("html", "lang") == "en"
    page.click("nav >> text=What it adds")
    page.wait_for_selector("h1:has-text('What it adds')")
    page.reload()
    page.wait_for_selector("h1:has-text('What it adds')")
    assert page.faults == []


def test_a_damaged_address_says_so(browser: Any, fake: Fake) -> None:
    page = opened(browser, fake, "en-GB", "#/adds?d=eyJwcm9")
    assert "damaged" in page.text_content(".notice-caution")
    assert page.faults == []
