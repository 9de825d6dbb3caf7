"""The frame of the page in a browser: it opens, speaks both languages, holds the draft in its address, and hinders nobody."""

from typing import Any

import pytest

from tests.experiments.dashboard.fake import Fake, both
from tests.experiments.dashboard.walking import DESKTOP, PHONE, STOPS, box, draft_in, hindrances, is_within_width, opened, packed, settled

pytestmark = pytest.mark.browser


def test_it_opens_in_the_language_of_the_browser_and_switches(browser: Any, fake: Fake) -> None:
    page = opened(browser, fake.address)
    assert page.text_content("h1") == "我的地方"
    assert page.get_attribute("html", "lang") == "zh-CN"
    page.click("text=English")
    page.wait_for_selector("h1:has-text('My place')")
    assert page.get_attribute("html", "lang") == "en"
    assert page.evaluate("document.activeElement.textContent") == "English", "the focus stays on the switch"
    page.click("nav >> text=What it adds")
    page.wait_for_selector("h1:has-text('What it adds')")
    assert page.evaluate("document.activeElement.tagName") == "H1", "who listens hears where he is"
    page.reload()
    page.wait_for_selector("h1:has-text('What it adds')")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0, "the address remembers, nothing else"
    assert page.faults == []
    page.context.close()


def test_the_address_holds_the_whole_scenario(browser: Any, fake: Fake) -> None:
    """Sorted, without what is as usual, and the same in a browser that was never there; a label in Chinese too."""
    draft = {"programme": "dongbeitang", "changes": {"policy.lodging.free_nights": 9}, "variants": [{"label": "多几晚", "changes": {}}]}
    page = opened(browser, f"{fake.address}#/programme?d={packed(draft | {'seed': 1, 'county': None})}")
    settled(page)
    page.fill("input[id]:near(label:text('驿站数'))", "12")
    page.keyboard.press("Enter")
    held = draft_in(page.url)
    assert held == draft | {"changes": {"policy.lodging.free_nights": 9, "policy.lodging.stations": 12}}
    other = opened(browser, page.url, "en-GB")
    settled(other)
    assert other.get_attribute("html", "lang") == "en", "the reader's language is not the sender's"
    assert box(other, "Free nights a stay").input_value() == "9"
    assert draft_in(other.url) == held
    for each in (page, other):
        each.context.close()


@pytest.mark.parametrize("wrong", ["eyJwcm9", "%%%", packed({"programme": 5}), packed({"changes": []}), "W10"])
def test_a_damaged_address_says_so(browser: Any, fake: Fake, wrong: str) -> None:
    page = opened(browser, f"{fake.address}#/adds?d={wrong}", "en-GB")
    assert "damaged" in page.text_content(".notice-caution")
    assert page.faults == []
    page.context.close()


@pytest.mark.parametrize("tongue", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_stop_hinders_anybody_or_asks_anybody_else(browser: Any, fake: Fake, tongue: str, size: tuple[int, int]) -> None:
    """axe-core finds nothing serious; nothing scrolls sideways; every address that is asked for is this server's."""
    page = opened(browser, fake.address, tongue, size)
    own = {"programme": "zibo", "county": {"kind": "county", "pay": 4000}, "changes": {"policy.lodging.free_nights": 9}, "budget": 3000000}
    for stop in STOPS:
        page.goto(f"{fake.address}#/{stop}?d={packed(own if stop == 'place' else {'programme': 'zibo', 'changes': own['changes'], 'budget': 3000000})}")
        page.reload()
        settled(page)
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
        assert hindrances(page) == [], stop
        assert is_within_width(page), stop
    assert [asked for asked in page.asked if not asked.startswith((fake.address, "blob:", "data:"))] == []
    assert page.faults == []
    page.context.close()


def test_the_keyboard_goes_everywhere(browser: Any, fake: Fake) -> None:
    """The skip link comes first and leads to the content; everything in focus is seen to be; every control can be reached."""
    page = opened(browser, f"{fake.address}#/programme", "en-GB")
    settled(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        held = page.evaluate(
            "(() => { const at = document.activeElement; const style = getComputedStyle(at);"
            " return [at.id || at.textContent, at.tagName, style.outlineStyle, at.getAttribute('role')]; })()",
        )
        assert held[1] == "BODY" or held[2] != "none", f"{held} has the focus, and nobody sees it"
        reached.add(held[0])
    wanted = page.evaluate("[...document.querySelectorAll('main input, main select, main summary, main a')].filter(e => e.checkVisibility()).map(e => e.id || e.textContent)")
    assert set(wanted) - reached == set()
    page.context.close()


def test_without_its_token_a_server_is_asked_for_it_once(browser: Any, fake: Fake) -> None:
    fake.token = "口令 secret".encode().decode("latin-1")  # as bytes of UTF-8, which is how a header has it
    page = opened(browser, fake.address, "en-GB")
    page.wait_for_selector("dialog")
    assert hindrances(page) == []
    assert page.locator("dialog").count() == 1
    page.keyboard.type("口令 secret")
    page.keyboard.press("Enter")
    page.wait_for_selector("main >> text=Zibo, Shandong")
    assert page.locator("dialog").count() == 0
    assert "secret" not in page.url
    page.context.close()


def test_a_server_that_is_gone_is_told_in_words(browser: Any, fake: Fake) -> None:
    page = opened(browser, fake.address)
    settled(page)
    page.route("**/api/**", lambda route: route.abort())
    page.click("text=无锡市东北塘街道")
    page.wait_for_selector("main >> text=连不上服务器")
    page.unroute("**/api/**")
    page.click("text=再试一次")
    page.wait_for_selector("text=方案里的数和出处")
    page.context.close()


def test_over_budget_is_said_in_a_word_and_a_sign(browser: Any, fake: Fake) -> None:
    draft = {"programme": "zibo", "budget": 3_000_000}
    page = opened(browser, f"{fake.address}#/take?d={packed(draft)}")
    settled(page)
    page.click("text=现在就算")
    page.wait_for_selector(".side-money >> text=超预算")
    said = page.text_content(".side-money")
    assert "364" in said
    assert "▲" in said
    assert "超预算 64" in said
    page.context.close()


def test_a_refusal_of_the_server_is_shown_as_it_is_said(browser: Any, fake: Fake) -> None:
    said = both("人太多了。请等 30 秒。", "Too many people. Wait 30 seconds.")
    fake.answers["POST /api/runs"] = (422, {"error": {"what": said, "where": "", "why": said, "mend": said, **said}})
    page = opened(browser, f"{fake.address}#/take", "en-GB")
    page.click("text=Compute it now")
    page.wait_for_selector("[role=alert] >> text=Too many people. Wait 30 seconds.")
    page.context.close()
