"""Rules of the page that a reader meets seldom: other addresses, full servers, broken lines, late answers, figures of before a change."""

import copy
import threading
import time
from typing import Any

import pytest

from tests.experiments.dashboard.answers import usual
from tests.experiments.dashboard.fake import Fake, both
from tests.experiments.dashboard.results import MIX, answering, computed, figure, progress, result
from tests.experiments.dashboard.walking import box, draft_in, opened, packed, settled

pytestmark = pytest.mark.browser
KEYS_OF_A_DRAFT = {"programme", "county", "changes", "variants", "against", "replicates", "seed", "budget", "behaviour"}
NIGHTS = "policy.lodging.free_nights"
WORD = "sixteen-letters-and-more"


def asked(fake: Fake, method: str, path: str) -> list[Any]:
    return [body for how, where, body in fake.asked if (how, where) == (method, path)]


def polite(page: Any) -> str:
    return str(page.text_content("#polite"))


def soon(page: Any, holds: Any, seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        page.wait_for_timeout(30)


def test_another_address_at_the_same_stop_is_read_and_nothing_foreign_of_it_goes_on(browser: Any, fake: Fake) -> None:
    """As when a link is pasted over the one that is open; a draft has its own fields alone, whoever made the link."""
    page = opened(browser, f"{fake.address}#/place?d={packed({'programme': 'zibo'})}")
    page.wait_for_selector("main >> text=淄博青年驿站")
    foreign = packed({"programme": "dongbeitang", "people": "/etc/passwd", "seed": 5})
    page.evaluate("(text) => { location.hash = `#/place?d=${text}`; }", foreign)
    page.wait_for_selector("main h2:has-text('东北塘青年驿站')")
    soon(page, lambda: asked(fake, "POST", "/api/check")[-1]["draft"].get("seed") == 5)
    assert set(asked(fake, "POST", "/api/check")[-1]["draft"]) <= KEYS_OF_A_DRAFT
    page.click("nav >> text=带走")
    page.wait_for_selector(".stop-take")
    assert draft_in(page.url) == {"programme": "dongbeitang", "seed": 5}
    assert polite(page) == page.title(), "who listens hears where he has come"
    assert page.faults == []
    page.context.close()


def test_the_token_lives_as_long_as_the_tab_and_goes_with_files(browser: Any, fake: Fake) -> None:
    fake.token = WORD
    page = opened(browser, f"{fake.address}#/take", "en-GB")
    page.wait_for_selector("dialog")
    page.keyboard.type(fake.token)
    page.keyboard.press("Enter")
    page.click("text=Compute it now")
    with page.expect_download() as waited:
        page.get_by_role("button", name="Word report", exact=True).click()
    assert waited.value.path().read_bytes() == b"PK of a report"
    assert page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [1, 0, ""]
    page.context.close()


def test_a_full_server_says_how_long_to_wait(browser: Any, fake: Fake) -> None:
    page = opened(browser, f"{fake.address}#/take", "en-GB")
    page.route("**/api/runs", lambda route: route.fulfill(status=429, headers={"Retry-After": "17"}, json={"error": both("满", "full")}))
    page.click("text=Compute it now")
    page.wait_for_selector("[role=alert] >> text=Try again in about 17 seconds")
    page.context.close()


def test_a_line_that_breaks_goes_on_where_it_broke_and_what_is_cancelled_stays_so(browser: Any, fake: Fake) -> None:
    """While it waits it says how many are ahead, and its bar says nothing; an end that comes too late changes nothing."""
    held, late, looked = computed(result()), threading.Event(), threading.Event()
    lines: list[Any] = []
    waits = {**progress(0.0, "queued"), "ahead": 3}

    def events(_: Any) -> Any:
        lines.append(_)
        if len(lines) == 1:
            return [("progress", waits), held["GET /api/runs/r1/events"][1]]
        looked.wait(25.0)
        if len(lines) == 2:
            return [("progress", waits)]
        late.wait(25.0)
        return held["GET /api/runs/r1/events"][3:]

    fake.answers.update({**held, "GET /api/runs/r1/events": events})
    page = opened(browser, fake.address)
    heads: list[str | None] = []
    page.on("request", lambda one: heads.append(one.headers.get("last-event-id")) if one.url.endswith("/events") else None)
    page.click("nav >> text=会怎样")
    page.wait_for_selector("main .run-words:has-text('前面还有 3 个')")
    assert page.get_attribute("#ask-parts", "aria-disabled") == "true"
    page.locator("#ask-parts").click(force=True)
    page.locator("#section-account table >> text=别人因此减少").focus()
    looked.set()
    soon(page, lambda: min(len(lines), len(heads)) > 2)
    assert heads[:3] == [None, "1", "0"]
    assert page.get_attribute("main .run-busy progress", "value") is None, "nobody knows how far it is"
    assert page.evaluate("document.activeElement.textContent").startswith("别人因此减少"), "nobody loses his place while it is only told how far it is"
    page.locator("main .run-busy").get_by_role("button").click()
    page.wait_for_selector("text=已取消")
    late.set()
    page.wait_for_timeout(400)
    assert "已取消" in page.text_content("main .run-status")
    assert "初步" in page.text_content(".answer-sentence")
    assert [body["kind"] for body in asked(fake, "POST", "/api/runs")] == ["compare"], "a preliminary answer is not divided among levers"
    page.context.close()


def test_what_is_wrong_with_a_place_leads_to_the_place(browser: Any, fake: Fake) -> None:
    wrong = {"ok": False, "notes": [], "people": None, "seconds": None, "digest": None, "values": {}, "command": "", "python": ""}
    where = ["county.pay"]
    fake.answers["POST /api/check"] = lambda _: {**wrong, "errors": [{"where": one, **both("太高", "too high"), "near": None} for one in where]}
    page = opened(browser, f"{fake.address}#/take")
    assert "#/place?" in page.locator("aside .over a").get_attribute("href")
    where.append(NIGHTS)
    page.reload()
    assert "#/programme?" in page.locator("aside .over a").get_attribute("href")
    page.context.close()


def test_the_same_is_computed_once_and_figures_of_before_a_change_say_so(browser: Any, fake: Fake) -> None:
    """Going away and back, and another language, ask for nothing again; after a change the bar tells of whose figures they are, and of no budget."""
    one = result()
    one["money"]["programme"]["spending"] = [3_640_000, 3_500_000, 3_790_000]
    fake.answers.update(computed(one))
    page = opened(browser, f"{fake.address}#/adds?d={packed({'programme': 'zibo', 'budget': 3_000_000})}")
    page.wait_for_selector("main .run-words.quiet")
    assert polite(page) == "算好了"
    assert "▲" in page.text_content(".side-money")
    page.click("nav >> text=我的方案")
    page.wait_for_selector(".card")
    page.click("nav >> text=会怎样")
    page.click("text=English")
    page.wait_for_selector(".answer-sentence >> text=expected to add 36 people")
    assert len(asked(fake, "POST", "/api/runs")) == 1
    page.click("nav >> text=My programme")
    box(page, "Free nights a stay").fill("9")
    page.keyboard.press("Enter")
    page.wait_for_selector(".side-money >> text=As computed before your last change")
    assert "▲" not in page.text_content(".side-money")
    assert page.faults == []
    page.context.close()


def test_only_the_last_question_about_a_draft_counts(browser: Any, fake: Fake) -> None:
    check, first = fake.answers["POST /api/check"], threading.Event()

    def late(body: Any) -> Any:
        if body["draft"].get("changes", {}).get(NIGHTS) == 95:
            first.wait(10.0)
        return check(body)

    fake.answers["POST /api/check"] = late
    page = opened(browser, f"{fake.address}#/programme")
    settled(page)
    for nights in ("95", "9"):
        box(page, "每次免费住几晚").fill(nights)
        page.keyboard.press("Enter")
        soon(page, lambda wanted=int(nights): asked(fake, "POST", "/api/check")[-1]["draft"].get("changes", {}).get(NIGHTS) == wanted)
    page.wait_for_timeout(100)
    first.set()
    page.wait_for_timeout(300)
    assert "没有这么多床位" not in page.text_content("body")
    page.context.close()


def test_after_a_dialog_the_focus_is_where_it_was(browser: Any, fake: Fake) -> None:
    fake.answers.update(computed(result()))
    page = opened(browser, f"{fake.address}#/adds")
    page.wait_for_selector("main .run-words.quiet")
    page.locator("#section-account table >> text=别人因此减少").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog >> text=看这个人的经历")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert page.evaluate("document.activeElement.textContent").startswith("别人因此减少")
    page.context.close()


def test_known_figures_that_test_something_stand_apart_and_so_do_limits(browser: Any, fake: Fake) -> None:
    """A plan or an input tests nothing; of another number of people totals cannot be compared; nobody is turned away where nobody is."""
    one = copy.deepcopy(result())
    one["reported"].append(figure("签约", "Signed", 30, (29, 20, 41)))
    turned = {"lever": "loans", "what": "turned_away", "low": 0, "high": 1}
    one["capacity"]["programme"] += [{**turned, **both("没人被拒", "nobody"), "value": 0.2, "bound": True}, {**turned, **both("拒了 5 次", "five"), "value": 5, "bound": True}]
    fake.answers.update(computed(one))
    page = opened(browser, f"{fake.address}#/adds?d={packed({'programme': 'zibo', 'changes': {'population.graduates': 2000}})}")
    page.wait_for_selector("main .run-words.quiet")
    rows = page.locator("#section-known > div > .scroll tbody tr")
    assert [text.split("人")[0] for text in rows.locator("th").all_text_contents()] == ["驿站住客", "签约"]
    assert ["✓" in text for text in rows.all_text_contents()] == [False, True]
    assert "模拟偏低" in rows.first.text_content()
    assert "另外 1 个上报数" in page.text_content("#section-known summary")
    assert "地方或人数改动过" in page.text_content("#section-known .notice")
    assert "没人被拒" not in page.text_content("#section-capacity")
    assert "不够" in page.locator("#section-capacity li", has_text="拒了 5 次").text_content()
    assert "不够" not in page.locator("#section-capacity li").first.text_content()
    page.context.close()


def test_a_mix_that_is_an_earlier_one_says_so_and_one_of_before_a_change_too(browser: Any, fake: Fake) -> None:
    mix = copy.deepcopy(MIX)
    mix["proposals"][2]["name"] = mix["proposals"][0]["name"]
    answers = answering(result())
    answers["GET /api/runs/mix/events"][1] = ("result", mix)
    answers["GET /api/runs/mix"] = {**answers["GET /api/runs/mix"], "result": mix}
    fake.answers.update(answers)
    page = opened(browser, f"{fake.address}#/compare")
    page.fill("#section-mix input", "300万")
    page.click("text=找三种花法")
    page.wait_for_selector("#section-mix .column")
    same = ["同一种花法" in text for text in page.locator("#section-mix .column").all_text_contents()]
    assert same == [False, False, True]
    stale = page.locator("#section-mix > p.quiet").nth(1)
    assert not stale.is_visible()
    page.get_by_role("button", name="就用这个：就业最多").click()
    assert stale.is_visible()
    assert page.evaluate("document.activeElement.textContent") == "就用这个", "and nobody who takes one loses his place"
    page.context.close()


def test_what_was_saved_is_opened_without_computing_and_removed_after_a_question(browser: Any, fake: Fake) -> None:
    saved = {"id": "1" * 32, "name": "县里第一稿", "kind": "compare", "created": "2026-11-26T09:00:00+08:00"}
    there = [saved]
    fake.answers.update({"GET /api/saved": lambda _: there, f"DELETE /api/saved/{'1' * 32}": lambda _: (there.clear(), (204, None))[1]})
    page = opened(browser, f"{fake.address}#/take")
    page.click("li:has-text('县里第一稿') >> text=删除")
    page.click("dialog >> text=留着")
    page.wait_for_selector("dialog", state="detached")
    assert there == [saved]
    page.click("li:has-text('县里第一稿') >> text=打开")
    page.wait_for_selector(".answer-sentence >> text=预计多 36 人就业")
    assert asked(fake, "POST", "/api/runs") == []
    page.click("nav >> text=带走")
    page.click("li:has-text('县里第一稿') >> text=删除")
    page.locator("dialog").get_by_role("button", name="删除", exact=True).click()
    page.wait_for_selector("li:has-text('县里第一稿')", state="detached")
    assert there == []
    page.context.close()


def test_a_server_that_cannot_read_ledgers_says_how_it_could(browser: Any, fake: Fake) -> None:
    about = usual()["GET /api/about"]
    fake.answers["GET /api/about"] = {**about, "extras": {**about["extras"], "ledger": False}}
    page = opened(browser, fake.address, "en-GB")
    page.wait_for_selector("main >> text=This server cannot read ledgers")
    assert page.locator("input[type=file]").count() == 0
    page.context.close()
