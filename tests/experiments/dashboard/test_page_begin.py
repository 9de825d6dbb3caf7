"""The stops "my place", "my programme" and "take along" in a browser."""

from pathlib import Path
from typing import Any

import pytest

from tests.experiments.dashboard.fake import Fake
from tests.experiments.dashboard.walking import PHONE, box, draft_in, opened, packed, settled

pytestmark = pytest.mark.browser


def asked_last(fake: Fake, method: str, path: str) -> Any:
    return [body for how, where, body in fake.asked if (how, where) == (method, path)][-1]


def test_a_place_is_explained_with_its_sources(browser: Any, fake: Fake) -> None:
    page = opened(browser, fake.address)
    page.click("text=无锡市东北塘街道")
    page.wait_for_selector("h2:has-text('东北塘青年驿站')")
    assert draft_in(page.url) == {"programme": "dongbeitang"}
    text = page.text_content("main")
    assert "淄博市人社局 2024" in text
    assert "上报数是办了多少，不是效果" in text
    page.context.close()


def test_a_county_of_ones_own(browser: Any, fake: Fake) -> None:
    """What is left open is assumed and says so; what is answered is marked, can be given back, and stands in the address."""
    page = opened(browser, fake.address, "en-GB")
    page.click("text=My own county")
    pay = box(page, "What does a beginner with a bachelor's degree earn")
    assert pay.input_value() == "4200"
    described = page.evaluate("at => at.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id).textContent).join(' ')", pay.element_handle())
    for wanted in ("CNY/month", "1,000 to 50,000", "assumption, no local evidence"):
        assert wanted in described
    pay.fill("５，０００")
    box(page, "Campuses of the capital").fill("60")
    box(page, "How many people live there?").fill("45万")
    page.keyboard.press("Enter")
    held = draft_in(page.url)
    assert held["county"] == {"kind": "county", "pay": 5000, "campuses": [60, 140], "inhabitants": 450000}
    page.wait_for_selector("text=Unemployment rate, 16-24")
    page.get_by_role("button", name="Open posts per young person").first.click()
    assert page.evaluate("document.activeElement.closest('[data-field]').dataset.field") == "tightness", "from what does not look right to the answer that moves it"
    page.get_by_role("button", name="Reset to 4,200: What does a beginner").click()
    assert "pay" not in draft_in(page.url)["county"]
    assert pay.input_value() == "4200"
    page.get_by_label("What kind of place is it?").select_option("prefecture")
    settled(page)
    assert draft_in(page.url)["county"] == {"kind": "prefecture", "inhabitants": 450000}
    assert box(page, "Campuses of the capital").input_value() == "10"
    assert page.faults == []
    page.context.close()


def test_nights_are_changed_marked_and_given_back(browser: Any, fake: Fake) -> None:
    page = opened(browser, f"{fake.address}#/programme", "en-GB")
    settled(page)
    nights = box(page, "Free nights a stay")
    assert nights.input_value() == "6"
    nights.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("PageUp")
    assert draft_in(page.url)["changes"] == {"policy.lodging.free_nights": 17}
    assert page.text_content("aside").count("1 changed") == 1
    page.get_by_role("button", name="Reset to 6: free nights a stay").click()
    assert draft_in(page.url) == {"programme": "zibo"}
    assert nights.input_value() == "6"
    nights.fill("6")
    page.keyboard.press("Enter")
    assert draft_in(page.url) == {"programme": "zibo"}, "what is as it was is no change"
    page.context.close()


@pytest.mark.parametrize(
    ("written", "said"),
    [("many", "“many” is not a number"), ("2.5", "“2.5” is not a whole number"), ("400", "400 is too large: at most 365"), ("-1", "−1 is too small: at least 0"), ("", "cannot be empty")],
)  # fmt: skip
def test_a_wrong_value_says_what_and_why_beside_it(browser: Any, fake: Fake, written: str, said: str) -> None:
    """It is not taken: the address holds what can be computed."""
    page = opened(browser, f"{fake.address}#/programme?d={packed({'programme': 'zibo', 'changes': {'policy.lodging.free_nights': 9}})}", "en-GB")
    settled(page)
    nights = box(page, "Free nights a stay")
    nights.fill(written)
    page.keyboard.press("Tab")
    assert nights.get_attribute("aria-invalid") == "true"
    wrong = page.locator(f"#{nights.get_attribute('id')}-wrong").text_content()
    assert said in wrong
    assert "9 stays in force" in wrong
    assert draft_in(page.url)["changes"] == {"policy.lodging.free_nights": 9}
    nights.fill("10")
    page.keyboard.press("Tab")
    assert nights.get_attribute("aria-invalid") == "false"
    page.context.close()


def test_what_only_the_server_knows_to_be_wrong_stands_beside_the_field(browser: Any, fake: Fake) -> None:
    page = opened(browser, f"{fake.address}#/programme", "en-GB")
    settled(page)
    nights = box(page, "Free nights a stay")
    nights.fill("120")
    page.keyboard.press("Tab")
    page.wait_for_selector("text=There are not so many beds.")
    assert nights.get_attribute("aria-invalid") == "true"
    assert "1 to be mended" in page.text_content("aside")
    page.context.close()


def test_a_lever_that_is_switched_on_begins_with_the_smallest_offer(browser: Any, fake: Fake) -> None:
    page = opened(browser, f"{fake.address}#/programme", "en-GB")
    settled(page)
    page.get_by_role("switch", name="Job fairs").check()
    assert draft_in(page.url)["changes"] == {"policy.job_fairs.enabled": True, "policy.job_fairs.fairs_per_year": 1}
    assert box(page, "Fairs a year").input_value() == "1"
    page.get_by_role("switch", name="Job fairs").uncheck()
    assert draft_in(page.url).get("changes", {}) in ({}, {"policy.job_fairs.enabled": False})
    page.context.close()


def test_shares_are_percentages_and_dates_and_lists_are_read(browser: Any, fake: Fake) -> None:
    page = opened(browser, f"{fake.address}#/programme")
    settled(page)
    page.click("article:has-text('免费住宿') summary")
    known = box(page, "起初知道的人")
    assert known.input_value() == "40"
    known.fill("55%")
    page.get_by_label("开始提供的日期").fill("2024-03-01")
    page.get_by_label("服务对象").select_option("elsewhere")
    box(page, "全期可用经费").fill("20万")
    page.keyboard.press("Enter")
    changes = draft_in(page.url)["changes"]
    assert changes == {
        "policy.lodging.initial_awareness": 0.55, "policy.lodging.opening_date": "2024-03-01", "policy.lodging.origin": "elsewhere", "policy.lodging.budget": 200000,
    }  # fmt: skip
    page.context.close()


def test_everything_can_be_taken_along(browser: Any, fake: Fake) -> None:
    page = opened(browser, f"{fake.address}#/take")
    page.click("text=现在就算")
    page.wait_for_selector("text=Word 报告")
    assert asked_last(fake, "POST", "/api/runs") == {"draft": {"programme": "zibo"}, "kind": "compare"}
    for name, label in (("report.docx", "Word 报告"), ("result.xlsx", "Excel 表")):
        with page.expect_download() as waited:
            page.click(f"text={label}")
        assert waited.value.suggested_filename == name
        assert Path(waited.value.path()).read_bytes().startswith(b"PK")
    assert draft_in(page.input_value("input[readonly]")) == {"programme": "zibo"}
    assert page.text_content("pre") == "yizhan compare programme=zibo"
    page.focus("[role=tab] >> nth=0")
    page.keyboard.press("ArrowRight")
    assert "from yizhan import" in page.text_content("[role=tabpanel]:not([hidden])")
    page.fill("label:text('名字') + .row input", "县里第一稿")
    page.keyboard.press("Enter")
    page.wait_for_selector("li:has-text('县里第一稿')")
    page.click("li:has-text('县里第一稿') >> text=打开")
    page.wait_for_selector("h1:has-text('会怎样')")
    assert draft_in(page.url) == {"programme": "zibo", "seed": 7}
    assert page.faults == []
    page.context.close()


def test_a_ledger_is_told_row_by_row_and_nothing_of_it_is_kept(browser: Any, fake: Fake, tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    file.write_text("姓名,学历\n王小明,本科\n", encoding="utf-8")
    page = opened(browser, fake.address)
    settled(page)
    page.set_input_files("input[type=file]", file)
    page.wait_for_selector("text=共 800 行：用了 760 行（其中 12 行有推断），40 行没有采用")
    rows = page.locator("section:has-text('导入青春台账') tbody tr")
    assert rows.nth(0).text_content() == "3未采用“学历”读不懂"
    page.click("text=另外 32 处")
    assert rows.filter(has_text="42").first.is_visible()
    page.click("text=读到的都是哪些人")
    assert page.locator("tr", has_text="硕士").locator("td").last.text_content() == "少于 5 人", "no number in its place"
    assert draft_in(page.url)["changes"] == {"population.people": "ledger:abcdef0123456789"}
    held = page.evaluate("JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), location.href, document.documentElement.outerHTML])")
    assert "王小明" not in held
    page.click("text=不用了")
    assert draft_in(page.url) == {"programme": "zibo"}
    page.context.close()


def test_on_a_phone_the_left_bar_is_a_line_that_opens(browser: Any, fake: Fake) -> None:
    page = opened(browser, fake.address, size=PHONE)
    settled(page)
    fold = page.locator("button.fold")
    assert "山东省淄博市" in fold.text_content()
    assert not page.locator("#side-body").is_visible()
    fold.click()
    assert fold.get_attribute("aria-expanded") == "true"
    assert page.locator("#side-body").is_visible()
    page.context.close()
