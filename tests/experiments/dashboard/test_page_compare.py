"""The stop "compare, spend" in a browser: four variants, differences to the first, a curve of one lever, the best mix, the scorecard."""

from typing import Any

import pytest

from tests.experiments.dashboard.fake import Fake, both
from tests.experiments.dashboard.results import answering, result
from tests.experiments.dashboard.walking import DESKTOP, PHONE, draft_in, hindrances, is_within_width, opened, packed

pytestmark = pytest.mark.browser
LABELS = ("这套方案", "14 晚", "20 名专员", "补贴")
FOUR = {
    "programme": "zibo",
    "variants": [
        {"label": label, "changes": {"policy.lodging.free_nights": nights}} for label, nights in zip(LABELS[1:], (14, 3, 0), strict=True)
    ],
}
SCORECARD = {
    "head": both("26 项对得上", "26 are met"),
    "rows": [{"target": "u", "title": both("失业率", "Unemployment"), "value": 14.3, "tolerance": 2, "median": 18.2, "low": 15, "high": 21,
              "distance": 1.9, "pass": False, "used_for_calibration": True, "why": both("", ""), "unit": both("%", "%")},
             {"target": "s", "title": both("签约占比", "Share who sign"), "group": both("淄博", "Zibo"), "value": 0.105, "tolerance": 0.05, "median": 0.16, "low": 0.11, "high": 0.26,
              "distance": 1.1, "pass": False, "used_for_calibration": False, "why": both("", ""), "unit": both("占比", "share")},
             {"target": "r", "title": both("弹性", "Elasticity"), "value": -0.07, "tolerance": 0.1, "median": -0.43, "low": -0.7, "high": -0.15,
              "distance": 3.6, "pass": False, "used_for_calibration": False, "why": both("", ""), "unit": both("倍数", "ratio")}],
}  # fmt: skip
ASSUMED = {
    "head": both("72 项假定", "72 assumptions"), "set": "calibrated",
    "rows": [{"key": "k", "title": both("求职强度", "search effort"), "unit": both("", ""), "low": 1.0, "high": 3.0, "median": 2.0,
              "source": both("假定", "assumption"), "assumption": True}],
}  # fmt: skip


def at_compare(browser: Any, fake: Fake, draft: dict[str, Any], tongue: str = "zh-CN", size: tuple[int, int] = DESKTOP) -> Any:
    labels = (LABELS[0], *(one["label"] for one in draft.get("variants", [])))
    fake.answers.update({**answering(result(labels=labels)), "GET /api/scorecard": SCORECARD, "GET /api/assumptions": ASSUMED})
    page = opened(browser, f"{fake.address}#/compare?d={packed(draft)}", tongue, size)
    page.wait_for_selector("#section-what-if select")
    return page


def test_four_variants_stand_side_by_side_as_differences_to_the_first(browser: Any, fake: Fake) -> None:
    page = at_compare(browser, fake, FOUR)
    page.wait_for_selector("#section-columns .chart-plot svg")
    said = page.locator("#section-columns .answer-sentence").all_text_contents()
    assert len(said) == 4
    assert "预计多增加 36 人就业" in said[0]
    assert "对照：这套方案" in said[1]
    cells = page.locator(".columns-table tbody tr").first.locator("td").all_text_contents()
    assert cells[0] == "+36（22 到 51）"
    assert cells[1] == "−1（−5 到 4） 看不出变化"
    assert page.locator(".columns-table tbody tr").nth(3).locator("td").nth(1).text_content() == "相差 0.8（0.25 到 1.36）万元"
    page.click("text=各自与对照比")
    page.wait_for_function("() => document.querySelectorAll('#section-columns .answer-sentence')[1].textContent.includes('14 晚：')")
    cells = page.locator(".columns-table tbody tr").first.locator("td").all_text_contents()
    assert cells[1].startswith("+4（2 到 5）")
    assert page.get_by_role("button", name="加一个方案").count() == 0, "four are the most"
    assert page.faults == []
    page.context.close()


def test_a_variant_is_added_renamed_copied_and_removed(browser: Any, fake: Fake) -> None:
    page = at_compare(browser, fake, {"programme": "zibo"})
    page.click("text=加一个方案")
    page.click("dialog >> text=好了")
    page.wait_for_selector("dialog >> text=还没有改动")
    page.select_option("dialog select", "policy.lodging.free_nights")
    page.locator("dialog input").first.fill("14")
    page.locator("dialog input").first.press("Enter")
    page.click("dialog >> text=好了")
    assert draft_in(page.url)["variants"] == [{"label": "方案A", "changes": {"policy.lodging.free_nights": 14}}]
    page.fill(".variants input", "十四晚")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="复制：十四晚").click()
    assert [one["label"] for one in draft_in(page.url)["variants"]] == ["十四晚", "方案A"]
    page.get_by_role("button", name="删去：十四晚").click()
    assert [one["label"] for one in draft_in(page.url)["variants"]] == ["方案A"]
    assert page.faults == []
    page.context.close()


def test_on_a_phone_what_a_variant_changes_is_within_its_dialog(browser: Any, fake: Fake) -> None:
    page = at_compare(browser, fake, {"programme": "zibo"}, "en-GB", PHONE)
    page.click("text=Add a variant")
    page.select_option("dialog select", "policy.lodging.free_nights")
    page.evaluate("document.querySelector('dialog option').textContent = 'The longest title of all parameters that anybody has ever declared'")
    assert page.evaluate("(() => { const box = document.querySelector('dialog'); return box.scrollWidth <= box.clientWidth; })()")
    page.context.close()


@pytest.mark.parametrize(("tongue", "size"), [("zh-CN", PHONE), ("en-GB", DESKTOP)])
def test_a_curve_of_one_lever_names_its_flat_part(browser: Any, fake: Fake, tongue: str, size: tuple[int, int]) -> None:
    page = at_compare(browser, fake, {"programme": "zibo"}, tongue, size)
    values = page.locator("#section-what-if input[type=text]")
    assert values.input_value(), "values are proposed"
    page.locator("#section-what-if select").select_option("policy.lodging.free_nights")
    compute = page.locator("#section-what-if .button-main").first
    values.fill("3")
    compute.click()
    assert page.locator("#section-what-if .wrong").text_content()
    values.fill("14，0、3 6")
    compute.click()
    page.wait_for_selector("#section-what-if .chart-plot svg")
    asked = [body for _, path, body in fake.asked if path == "/api/runs"][-1]
    assert asked["what_if"] == {"key": "policy.lodging.free_nights", "values": [0, 3, 6, 14]}
    text = page.text_content("#section-what-if")
    assert ("超过 6 晚后，看不出还有变化。" if tongue == "zh-CN" else "Beyond 6 nights nothing more can be told.") in text
    drawn = page.text_content("#section-what-if svg")
    assert ("看不出还有变化" if tongue == "zh-CN" else "nothing more can be told") in drawn
    in_force = "现在的值" if tongue == "zh-CN" else "as it is"
    assert in_force in drawn, "the curve is read against today"
    assert f"6 ({in_force})" in page.text_content("#section-what-if table")
    slider = page.locator("#section-what-if input[type=range]")
    slider.focus()
    page.keyboard.press("End")
    assert "17 (11 to 24)" in page.text_content(".slider-words").replace("（", " (").replace("）", ")").replace("到", "to")
    page.locator(".slider .button").click()
    assert draft_in(page.url)["changes"] == {"policy.lodging.free_nights": 14}
    assert is_within_width(page)
    assert hindrances(page) == []
    assert page.faults == []
    page.context.close()


def test_three_mixes_for_a_budget_of_which_one_is_taken(browser: Any, fake: Fake) -> None:
    page = at_compare(browser, fake, {"programme": "zibo"})
    page.fill("#section-mix input", "三百")
    page.click("text=找三种花法")
    assert page.is_visible("#section-mix .wrong")
    page.fill("#section-mix input", "300万")
    page.click("text=找三种花法")
    page.wait_for_selector("#section-mix .column")
    asked = [body for _, path, body in fake.asked if path == "/api/runs"][-1]
    assert (asked["kind"], asked["budget"]) == ("mix", 3_000_000)
    cards = page.locator("#section-mix .column")
    assert cards.count() == 3
    assert "最多少 9 人" in cards.nth(2).text_content()
    assert "+34（20 到 48）" in cards.nth(2).text_content()
    page.get_by_role("button", name="就用这个：最稳妥").click()
    assert draft_in(page.url)["changes"]["policy.casework.caseworkers"] == 32
    assert draft_in(page.url)["budget"] == 3_000_000
    assert page.faults == []
    page.context.close()


def test_scorecard_and_assumptions_are_one_press_away(browser: Any, fake: Fake) -> None:
    page = at_compare(browser, fake, FOUR, "en-GB")
    page.wait_for_selector("#section-columns .chart-plot svg")
    assert hindrances(page) == []
    page.click("text=Scorecard of the model")
    page.wait_for_selector("dialog >> text=missed")
    assert "18.2 (15 to 21)" in page.text_content("dialog")
    assert page.locator("dialog tbody tr").nth(1).locator("th, td").all_text_contents()[:3] == ["Share who sign Zibo", "10.5%", "16% (11% to 26%)"]
    assert page.locator("dialog tbody tr").nth(2).locator("td").first.text_content() == "−0.07", "a unit that says nothing is not said"
    page.keyboard.press("Escape")
    page.click("text=Strongest assumptions")
    page.wait_for_selector("dialog >> text=search effort")
    assert page.faults == []
    page.context.close()
