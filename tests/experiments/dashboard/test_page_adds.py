"""The stop "what it adds" in a browser: sentence, waterfall, how sure, for whom, over time, money, files, failure, cancelling."""

import copy
import io
import re
import threading
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.experiments.dashboard.fake import Fake, both
from tests.experiments.dashboard.results import PARTS, ROWS, answering, computed, progress, result
from tests.experiments.dashboard.walking import DESKTOP, PHONE, hindrances, is_within_width, opened

pytestmark = pytest.mark.browser
ORDER = list(ROWS)


def at_the_answer(browser: Any, fake: Fake, tongue: str = "zh-CN", size: tuple[int, int] = DESKTOP, **answers: Any) -> Any:
    fake.answers.update(answers or computed(result()))
    page = opened(browser, f"{fake.address}#/adds", tongue, size)
    page.wait_for_selector(".answer-sentence")
    return page


def whole(page: Any) -> Any:
    page.wait_for_function("() => !document.querySelector('.answer-sentence .mark')")
    page.wait_for_selector("#section-funnels .chart-plot svg")
    return page


def numbers_in(text: str) -> list[int]:
    return [int(part.replace(",", "").replace("−", "-").replace("+", "")) for part in re.findall(r"[+−]?\d[\d,]*", text)]


def test_a_run_ends_in_a_sentence_that_was_preliminary_first(browser: Any, fake: Fake) -> None:
    """The first replicates give a picture that says that it is preliminary; it sharpens where it stands."""
    held, told = computed(result()), threading.Event()
    first, rest = held["GET /api/runs/r1/events"][:3], held["GET /api/runs/r1/events"][3:]
    asked: list[Any] = []

    def events(_: Any) -> Any:
        asked.append(_)
        if len(asked) == 1:
            return first
        told.wait(25.0)
        return rest

    page = at_the_answer(browser, fake, **{**held, "GET /api/runs/r1/events": events})
    assert page.text_content(".answer-sentence").startswith("初步")
    assert re.search(r"还要约 \d 秒", page.text_content(".run-words"))
    page.wait_for_selector("#section-sure .chart-plot svg")
    before = page.evaluate("[...document.querySelectorAll('.answer-section, .answer')].map((one) => one.getBoundingClientRect().top)")
    told.set()
    whole(page)
    assert "预计多增加 36 人就业" in page.text_content(".answer-sentence")
    after = page.evaluate("[...document.querySelectorAll('.answer-section, .answer')].map((one) => one.getBoundingClientRect().top)")
    assert max(abs(one - other) for one, other in zip(before, after, strict=True)) < 30, "nothing jumps"
    assert page.faults == []
    page.context.close()


@pytest.mark.parametrize("tongue", ["zh-CN", "en-GB"])
def test_the_tables_say_what_the_api_says(browser: Any, fake: Fake, tongue: str) -> None:
    page = whole(at_the_answer(browser, fake, tongue))
    rows = page.locator("#section-account table tbody tr")
    assert rows.count() == len(ORDER)
    for place, name in enumerate(ORDER):
        assert numbers_in(rows.nth(place).locator("td").text_content()) == list(ROWS[name]), name
    page.locator("#section-time summary").click()
    last = page.locator("#section-time table tbody tr").last.locator("td").all_text_contents()
    assert [numbers_in(text)[0] for text in last] == [11_204, 11_170, 34], "with, without, the paired difference"
    assert ("未计入成本" if tongue == "zh-CN" else "not counted as spending") in page.text_content(".money-apart"), "lent and invested stand apart"
    page.locator("#section-money summary").click()
    money = page.text_content("#section-money table")
    for wanted in ("160", "3,640", "5,150") if tongue == "zh-CN" else ("1.6", "36.4", "51.5"):
        assert wanted in money
    assert page.faults == []
    page.context.close()


@pytest.mark.parametrize(("tongue", "unit", "sums"), [("zh-CN", "万元", "0.8（0.7 到 0.9）万元"), ("en-GB", "thousand CNY", "8 (7 to 9) thousand CNY")])
def test_on_a_phone_a_table_is_whole_and_its_money_in_one_unit(browser: Any, fake: Fake, tongue: str, unit: str, sums: str) -> None:
    """Captions and columns of the money are within the width, however small one sum is beside another."""
    found = result()
    (money,) = found["money"].values()
    money["by_lever"][1] |= {"value": 8_000.0, "low": 7_000.0, "high": 9_000.0}
    page = whole(at_the_answer(browser, fake, tongue, PHONE, **computed(found)))
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
    told = page.locator("#section-money table td").all_text_contents()
    assert sums in told
    assert [text for text in told if not text.endswith(unit)] == []
    assert page.locator("#section-money .chart-plot").get_attribute("aria-label").endswith(sums)
    captions = page.eval_on_selector_all("caption .caption-words", "all => all.map((one) => one.getBoundingClientRect().right)")
    assert len(captions) > 3
    assert max(captions) <= PHONE[0]
    assert page.evaluate("(() => { const held = document.querySelector('#section-money .scroll'); return held.scrollWidth <= held.clientWidth; })()")
    page.context.close()


def test_every_drawing_says_its_numbers_with_intervals_and_is_named(browser: Any, fake: Fake) -> None:
    page = whole(at_the_answer(browser, fake))
    says = page.eval_on_selector_all(".chart-plot", "all => all.map((one) => one.getAttribute('role') + ' ' + one.getAttribute('aria-label'))")
    assert len(says) == 6
    for one in says:
        assert one.startswith("img ")
        assert re.search(r"\d（[+−]?[\d.,]+ 到|[+−]\d+ 到", one), one
    drawn = page.locator("#section-account .chart-plot svg").text_content()
    assert "服务过、期末在岗" in drawn, "words are text in the picture"
    page.context.close()


def test_a_bar_shows_ten_people_and_one_story(browser: Any, fake: Fake) -> None:
    page = whole(at_the_answer(browser, fake))
    page.click("#section-account table >> text=别人因此减少")
    page.click("dialog >> text=看这个人的经历")
    page.wait_for_selector("dialog >> text=七月上岗。")
    assert ("GET", "/api/runs/r1/persons/7", b"") in fake.asked
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    bar = page.locator("#section-account .chart-plot svg path[fill='#0072b2']").first
    bar.click()
    page.wait_for_selector("dialog >> text=7 号：女，本科，外地")
    assert page.faults == []
    page.context.close()


def test_how_sure_are_three_lines_and_a_button(browser: Any, fake: Fake) -> None:
    page = whole(at_the_answer(browser, fake))
    lines = page.locator(".sure-lines li").all_text_contents()
    assert [numbers_in(line.split("。")[0])[0] for line in lines] == [3, 15, 60]
    page.click("text=最该先弄清什么？ >> nth=0")
    assert page.evaluate("document.activeElement.textContent") == "最该先弄清什么？"
    told = page.text_content("#section-carries > div > .scroll")
    assert "求职强度" in told
    assert "搬家意愿" not in told, "no order is shown that cannot be told"
    page.context.close()


def test_groups_that_are_small_are_hidden_and_what_cannot_be_told_is_hollow(browser: Any, fake: Fake) -> None:
    page = whole(at_the_answer(browser, fake))
    text = page.text_content("#section-groups")
    assert "来源：外地 +30（14 到 44）" in text
    assert "1 个群体人数太少" in text
    assert "博士" not in text
    dots = page.eval_on_selector_all("#section-groups svg path[stroke='#0072b2']", "all => all.map((one) => one.getAttribute('fill'))")
    assert sorted(dots) == ["#0072b2", "#ffffff"]
    page.context.close()


def test_files_of_pictures_hold_their_words(browser: Any, fake: Fake) -> None:
    page = whole(at_the_answer(browser, fake))
    with page.expect_download() as waited:
        page.locator("#section-account").get_by_role("button", name="SVG").click()
    assert waited.value.suggested_filename == "yizhan-zibo-account.svg"
    held = ET.fromstring(waited.value.path().read_text(encoding="utf-8"))  # noqa: S314 (made by the page)
    text = "".join(held.itertext())
    for wanted in ("从服务了多少人", "7,667（7,281 到 8,060）", "对照：没有方案", "空心：看不出与零的差别"):
        assert wanted in text
    with page.expect_download() as waited:
        page.locator("#section-time").get_by_role("button", name="PNG").click()
    image = pytest.importorskip("PIL.Image").open(io.BytesIO(waited.value.path().read_bytes()))
    assert image.size[0] == 1920
    assert len(image.convert("L").getcolors(256) or []) > 40, "something is drawn"
    page.context.close()


@pytest.mark.parametrize(("tongue", "size"), [("zh-CN", DESKTOP), ("en-GB", PHONE)])
def test_each_levers_part_is_asked_for_with_the_keyboard_and_stands_beside_the_money(browser: Any, fake: Fake, tongue: str, size: tuple[int, int]) -> None:
    """It is a run of its own, which can be cancelled; what cannot be told says so; what it is stands below."""
    waits, asked = threading.Event(), list[Any]()
    answers = answering(result())

    def events(_: Any) -> Any:
        asked.append(_)
        if len(asked) > 1:
            waits.wait(25.0)
        return answers["GET /api/runs/parts/events"] if waits.is_set() else [("progress", progress(0.5, id="parts", kind="parts"))]

    page = whole(at_the_answer(browser, fake, tongue, size, **{**answers, "GET /api/runs/parts/events": events, "DELETE /api/runs/parts": progress(0.5)}))
    zh = tongue == "zh-CN"
    page.locator("#ask-parts").focus()
    page.keyboard.press("Enter")
    busy = page.locator("#section-money .run-busy")
    busy.get_by_role("button").focus()
    page.wait_for_function("() => document.querySelector('#section-money progress').value === 0.5")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#section-money >> text={'已取消' if zh else 'Cancelled'}")
    waits.set()
    page.locator("#section-money .notice button").click()
    page.wait_for_selector(f"#section-money >> text={'看得出贡献的：青年驿站 +30' if zh else 'A part can be told of: Lodging +30'}")
    assert [body for _, path, body in fake.asked if path == "/api/runs"][-1]["variant"] == "programme"
    text = page.text_content("#section-money")
    assert ("另外 1 项无法确定。" if zh else "Of 1 more it cannot be told.") in text
    assert PARTS["what"]["zh" if zh else "en"] in text
    page.locator("#section-money .chart summary").click()
    rows = [page.locator("#section-money table tbody tr").nth(row).locator("td").all_text_contents() for row in range(3)]
    assert numbers_in(rows[0][1]) == [30, 18, 42]
    assert numbers_in(rows[1][1]) == [6, -3, 14]
    assert ("无法确定" if zh else "cannot be told") in rows[1][1]
    assert ("无法确定" if zh else "cannot be told") in rows[1][4], "no cost where nothing can be told"
    assert numbers_in(rows[2][1]) == [36, 22, 51]
    assert is_within_width(page)
    assert hindrances(page) == []
    assert page.faults == []
    page.context.close()


def test_a_failed_run_says_why_and_can_be_begun_again(browser: Any, fake: Fake) -> None:
    said = {"what": both("无法模拟", "cannot be simulated"), "where": "", **both("内存不足。请减少人数。", "There is not enough memory. Simulate fewer people.")}
    fake.answers.update(computed(result()))
    fake.answers["GET /api/runs/r1/events"] = [("failed", progress(0.2, "failed", error=said))]
    page = opened(browser, f"{fake.address}#/adds")
    page.wait_for_selector("[role=alert]")
    assert "内存不足。请减少人数。" in page.text_content("[role=alert]")
    fake.answers.update(computed(result()))
    page.click("text=再试一次")
    whole(page)
    page.context.close()


def test_a_fault_of_one_who_is_told_keeps_nobody_waiting_and_asks_nothing_again(browser: Any, fake: Fake) -> None:
    """Whoever hears of a run and fails is reported; the others hear, and the events are not asked for without end."""
    fake.answers.update(computed(result()))
    page = opened(browser, f"{fake.address}#/place")
    page.evaluate("async () => (await import('/page/state.js')).state.on('run', () => { throw new Error('a listener'); })")
    page.evaluate("async () => { location.hash = location.hash.replace('place', 'adds'); }")
    whole(page)
    page.wait_for_timeout(700)
    assert len([path for _, path, _ in fake.asked if path.endswith("/events")]) == 1
    assert set(page.faults) == {"a listener"}
    page.evaluate("""async () => { window.ended = (await import('/page/api.js')).api.events('r1', () => { throw new Error('who hears'); }, null)
      .then(() => 'no end', (problem) => problem.message); }""")
    assert page.evaluate("window.ended") == "who hears"
    page.context.close()


def test_a_run_is_cancelled_and_what_was_found_stays(browser: Any, fake: Fake) -> None:
    held = computed(result())
    waits = threading.Event()
    asked: list[Any] = []

    def events(_: Any) -> Any:
        asked.append(_)
        if len(asked) > 1:
            waits.wait(25.0)
        return held["GET /api/runs/r1/events"][:3]

    page = at_the_answer(browser, fake, **{**held, "GET /api/runs/r1/events": events})
    page.locator(".run-busy").get_by_role("button").click()
    page.wait_for_selector("text=已取消")
    assert "初步" in page.text_content(".answer-sentence")
    page.wait_for_timeout(100)
    assert any(method == "DELETE" for method, _, _ in fake.asked)
    waits.set()
    page.context.close()


def test_what_cannot_be_told_has_no_cost_and_no_direction(browser: Any, fake: Fake) -> None:
    one = copy.deepcopy(result(labels=("这套方案", "14 晚")))
    page = whole(at_the_answer(browser, fake, **computed(one)))
    page.get_by_label("看哪个方案").select_option("variant_2")
    page.wait_for_selector("text=14 晚：看不出就业有变化")
    figures = page.text_content(".figures")
    assert "无法确定" in figures
    assert page.get_attribute(".answer-sign", "aria-label") == "看不出差别"
    page.context.close()


@pytest.mark.parametrize(("tongue", "size"), [("zh-CN", PHONE), ("en-GB", DESKTOP)])
def test_nothing_hinders_a_reader(browser: Any, fake: Fake, tongue: str, size: tuple[int, int]) -> None:
    page = whole(at_the_answer(browser, fake, tongue, size))
    assert is_within_width(page)
    widths = page.eval_on_selector_all(".chart-plot svg", "all => all.map((one) => one.getBoundingClientRect().right)")
    assert max(widths) <= size[0]
    assert hindrances(page) == []
    assert page.faults == []
    page.context.close()


def test_the_words_that_are_never_said() -> None:
    """No significance, no p-value, no unexplained confidence."""
    from tests.experiments.dashboard.fake import PAGE

    said = (PAGE / "words_answer.js").read_text(encoding="utf-8")
    assert re.findall(r"signific|p-value|confiden|显著|置信|无谓损失", said, re.IGNORECASE) == []
