"""The whole page on the real server: a planner of a county goes from the first stop to a report, and brings the county's own ledger.

With YIZHAN_PICTURES=docs/pictures/tutorial it makes the pictures of the tutorial in both languages, of a county of 120,000 inhabitants:
`YIZHAN_PICTURES=docs/pictures/tutorial pytest -m browser -n 0 tests/experiments/dashboard/test_page_whole.py`.
"""

import io
import os
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.experiments.dashboard.walking import DESKTOP, PHONE, STOPS, box, draft_in, hindrances, is_within_width, opened, packed, settled
from tests.experiments.ledger.made import FAULTS, ROWS, ledger, name_of, write_xlsx
from tests.trees import ROOT

pytestmark = pytest.mark.browser

PICTURES = Path(folder) if (folder := os.environ.get("YIZHAN_PICTURES")) else None
INHABITANTS, REPLICATES = (120_000, 20) if PICTURES else (8_000, 3)
PATIENCE = 300_000
"""Milliseconds for a run on a machine that does much else."""
COLOURS = 64
FIRST_ROW = 4
"""Row of the sheet in which the first person stands."""
WHY_OF_A_ROW = {
    "zh-CN": {"same_person": "同一人", "too_long_ago": "毕业已久", "later_class": "之后的届别", "left": "升学", "nothing_known": "均未知"},
    "en-GB": {"same_person": "the same person", "too_long_ago": "too long ago", "later_class": "later class", "left": "has left", "nothing_known": "none of"},
}
"""Language → kind of fault that is told row by row → what is said of it; the other kinds are counted by column."""
NOT_UNDERSTOOD = {"zh-CN": "未能识别", "en-GB": "not understood"}
PRIVATE = ("姓名", "身份证号", "联系电话", "帮扶人")


class Served(NamedTuple):
    """A server of its own process: its address, the folder of what it keeps, temporary files, what it says."""

    address: str
    folder: Path
    temporary: Path
    log: Path


@contextmanager
def server(work: Path) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Served(f"http://127.0.0.1:{port}/", work / "kept", work / "temporary", work / "log")
    made.temporary.mkdir(parents=True)
    words = [sys.executable, "-m", "experiments", "dashboard", f"port={port}", f"folder={made.folder}"]
    with made.log.open("wb") as log:
        process = subprocess.Popen(words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(made.temporary), "PYTHONUNBUFFERED": "1"}, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 120
        while f":{port}/" not in made.log.read_text(encoding="utf-8"):
            assert time.monotonic() < until, "the server does not begin"
            assert process.poll() is None, made.log.read_text(encoding="utf-8")
            time.sleep(0.05)
        yield made
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with server(tmp_path_factory.mktemp("first")) as made:
        yield made


def computed(page: Any) -> None:
    """Wait until the answer of the draft is there, to the last replicate."""
    page.locator("main .run-words.quiet").wait_for(timeout=PATIENCE)


def answered(page: Any) -> tuple[str, list[str]]:
    """Return the sentence and the figures below it."""
    return page.text_content("main .answer-sentence"), page.locator("main .figures dd").all_text_contents()


def go(page: Any, stop: int) -> None:
    page.locator("#road a").nth(stop).click()
    page.wait_for_selector(f".stop-{STOPS[stop]}")
    settled(page)


def looked_at(page: Any, name: str, served: Served) -> None:
    """Nothing hinders a reader, nothing scrolls sideways, nobody else was asked; and a picture, where one is wanted."""
    assert hindrances(page) == [], name
    assert is_within_width(page), name
    assert [asked for asked in page.asked if not asked.startswith((served.address, "blob:", "data:"))] == [], name
    assert page.faults == [], name
    if PICTURES and page.viewport_size["width"] == DESKTOP[0]:
        from PIL import Image

        page.mouse.move(0, 0)
        taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        PICTURES.mkdir(parents=True, exist_ok=True)
        taken.save(PICTURES / f"{name}.png", optimize=True)


def downloaded(page: Any, label: str) -> bytes:
    with page.expect_download(timeout=PATIENCE) as waited:
        page.get_by_role("button", name=label, exact=True).click()
    return Path(waited.value.path()).read_bytes()


def numbers_of(workbook: bytes) -> set[str]:
    """Return all numbers of a workbook, rounded as the page rounds persons."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return {f"{cell:.4g}" for row in rows for cell in row if isinstance(cell, float)}


def words_of(document: bytes) -> str:
    import docx

    opened_ = docx.Document(io.BytesIO(document))
    return "\n".join([*(one.text for one in opened_.paragraphs), *(cell.text for table in opened_.tables for row in table.rows for cell in row.cells)])


def test_from_the_first_stop_to_a_report(browser: Any, real: Served, tmp_path_factory: pytest.TempPathFactory) -> None:
    """In Chinese on a desktop: a county, fourteen nights, the sentence, a variant beside it, a link that gives the same elsewhere, Excel and Word."""
    page = opened(browser, real.address)
    page.click("text=English")
    page.wait_for_selector("h1:has-text('My place')")
    page.click("text=中文")
    page.wait_for_selector("h1:has-text('我的地方')")
    page.click("text=我的县区")
    box(page, "地方名称").fill("云溪县")
    box(page, "常住人口有多少").fill(str(INHABITANTS))
    page.keyboard.press("Enter")
    page.wait_for_selector("ul.bars li", timeout=PATIENCE)
    assert draft_in(page.url)["county"] == {"kind": "county", "name": "云溪县", "inhabitants": INHABITANTS}
    looked_at(page, "1-place.zh", real)

    go(page, 1)
    box(page, "每次免费住宿晚数").fill("14")
    page.keyboard.press("Enter")
    page.click("summary:has-text('怎么算')")
    box(page, "算几遍").fill(str(REPLICATES))
    page.keyboard.press("Enter")
    page.click("summary:has-text('怎么算')")
    assert "改了 1 处" in page.text_content("aside")
    looked_at(page, "2-programme.zh", real)

    page.click("text=看看会怎样")
    computed(page)
    first, _ = answered(page)
    assert re.search("就业", first)
    assert "初步" not in first
    looked_at(page, "3-adds.zh", real)

    go(page, 3)
    page.get_by_role("button", name="加一个方案").click()
    page.select_option("dialog select", "policy.lodging.free_nights")
    page.locator("dialog input").first.fill("3")
    page.keyboard.press("Enter")
    page.click("dialog >> text=好了")
    page.locator("#section-columns .answer-sentence").nth(1).wait_for(timeout=PATIENCE)
    computed(page)
    assert draft_in(page.url)["variants"] == [{"label": "方案A", "changes": {"policy.lodging.free_nights": 3}}]
    looked_at(page, "4-compare.zh", real)

    go(page, 2)
    computed(page)
    told = answered(page)
    go(page, 4)
    shared = page.locator("main input[readonly]").input_value()
    jobs = re.search(r"−?\+?[\d,]+", told[1][0])
    assert jobs
    report = words_of(downloaded(page, "Word 报告"))
    assert told[0].partition("：")[2] in report or told[0] in report, "the report has the sentence of the page"
    with_numbers = numbers_of(downloaded(page, "Excel 表"))
    looked_at(page, "5-take.zh", real)
    result = page.evaluate("async () => (await import('/page/runs.js')).runOf().result.account")
    account = {row["row"]: row["value"] for row in next(iter(result.values()))}
    assert f"{account['net_additional_jobs']:.4g}" in with_numbers
    page.context.close()

    fresh = opened(browser, shared)
    computed(fresh)
    assert answered(fresh) == told
    fresh.context.close()
    with server(tmp_path_factory.mktemp("second")) as other:
        elsewhere = opened(browser, other.address + shared.removeprefix(real.address))
        computed(elsewhere)
        assert answered(elsewhere) == told, "another server with another folder finds the same numbers"
        elsewhere.context.close()


@pytest.mark.parametrize(("tongue", "size"), [("en-GB", DESKTOP), ("zh-CN", PHONE), ("en-GB", PHONE)], ids=["en-desktop", "zh-phone", "en-phone"])
def test_every_stop_with_a_result_in_both_languages_and_sizes(browser: Any, real: Served, tongue: str, size: tuple[int, int]) -> None:
    """The same draft, which is computed once: every stop is whole, hinders nobody and asks nobody else."""
    name = {"zh-CN": "云溪县", "en-GB": "Yunxi"}[tongue]
    draft = {
        "programme": "zibo", "county": {"kind": "county", "name": name, "inhabitants": INHABITANTS}, "replicates": REPLICATES,
        "changes": {"policy.lodging.free_nights": 14}, "variants": [{"label": {"zh-CN": "方案A", "en-GB": "Variant A"}[tongue], "changes": {"policy.lodging.free_nights": 3}}],
    }  # fmt: skip
    page = opened(browser, f"{real.address}#/adds?d={packed(draft)}", tongue, size)
    computed(page)
    assert answered(page)[0]
    ending = f"{tongue[:2]}{'' if size == DESKTOP else '-phone'}"
    for place, stop in enumerate(STOPS):
        go(page, place)
        if stop == "place":
            page.wait_for_selector("ul.bars li", timeout=PATIENCE)
        if stop in ("adds", "compare"):
            computed(page)
        if stop == "programme":
            page.evaluate("document.querySelector('main .card').scrollIntoView({block: 'center'})")
        if stop == "take":
            assert page.get_by_role("button", name={"zh-CN": "Word 报告", "en-GB": "Word report"}[tongue], exact=True).is_visible()
        looked_at(page, f"{place + 1}-{stop}.{ending}", real)
    page.context.close()


@pytest.mark.parametrize("tongue", ["zh-CN", "en-GB"])
def test_the_answer_is_printed_on_two_sheets(browser: Any, real: Served, tongue: str) -> None:
    """On A4, nothing cut at the side; the table of the money stands open."""
    draft = {"programme": "zibo", "replicates": 2, "changes": {"population.graduates": 2000}}
    page = opened(browser, f"{real.address}#/adds?d={packed(draft)}", tongue)
    computed(page)
    page.wait_for_selector("#section-account .chart-plot svg")
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert 1 <= len(sheets) <= 2
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.set_viewport_size({"width": 680, "height": 1000})  # what A4 leaves between its margins
    assert page.is_visible("#section-money table")
    page.wait_for_function(  # charts follow the width a moment later
        "() => [...document.querySelectorAll('main .panel table, main .panel svg')].every((one) => one.getBoundingClientRect().right <= 682)"
    )
    page.context.close()


@pytest.mark.parametrize(("tongue", "size"), [("zh-CN", DESKTOP), ("en-GB", DESKTOP), ("zh-CN", PHONE)], ids=["zh-desktop", "en-desktop", "zh-phone"])
def test_every_fault_of_a_ledger_is_told(browser: Any, real: Served, tmp_path: Path, tongue: str, size: tuple[int, int]) -> None:
    """800 rows with 40 faults: each is told with its row and why, in the reader's language."""
    rows, faults = ledger()
    page = opened(browser, f"{real.address}#/place", tongue, size)
    settled(page)
    page.set_input_files("input[type=file]", write_xlsx(tmp_path / "ledger.xlsx", rows))
    page.wait_for_selector(f"text=/{'共 801 行' if tongue == 'zh-CN' else '801 rows'}/", timeout=PATIENCE)
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
    told = page.eval_on_selector_all("main tbody tr", "all => all.map((row) => [...row.children].map((cell) => cell.textContent))")
    told_of = {line[0].replace(",", ""): line[2] for line in told if len(line) == 3}
    for kind, why in WHY_OF_A_ROW[tongue].items():
        missing = [row + FIRST_ROW for row in faults[kind] if not re.search(why, told_of.get(str(row + FIRST_ROW), ""))]
        assert missing == [], kind
    words, counted = NOT_UNDERSTOOD[tongue], Counter[str]()
    for line in told:
        if len(line) == 3 and re.search(words, line[1]):
            counted[line[0]] += int(line[2].replace(",", ""))
    names = {"zh-CN": ("学历", "毕业时间", "就业状态", "专业", "现居住地"), "en-GB": ("education", "graduation", "status", "major", "residence")}[tongue]
    least = {"not_understood": (0, 1, 2), "swapped": (0, 3), "formula": (3, 4)}
    for place, name in enumerate(names):
        wanted = sum(len(faults[kind]) for kind, places in least.items() if place in places)
        assert counted[name] >= wanted, (name, counted)
    assert page.faults == []
    page.context.close()


def test_a_ledger_is_read_and_nobody_of_it_is_found_anywhere(browser: Any, real: Served, tmp_path: Path) -> None:
    """800 rows with 40 faults: told row by row, run with; no name, identity or telephone number in files, temporary files, log, page, storage, address."""
    rows, faults = ledger()
    file = write_xlsx(tmp_path / "台账.xlsx", rows)
    secret = {str(row[heading]) for row in rows for heading in PRIVATE} | {name_of(7000), name_of(7001), "13960001234"}
    assert len(rows) == ROWS
    assert sum(map(len, faults.values())) == FAULTS
    draft = {"programme": "zibo", "replicates": REPLICATES, "changes": {"policy.lodging.free_nights": 14}}
    page = opened(browser, f"{real.address}#/place?d={packed(draft)}")
    settled(page)
    page.set_input_files("input[type=file]", file)
    page.wait_for_selector("text=/共 80[01] 行/", timeout=PATIENCE)
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
    held = _everything_held(page)
    assert [word for word in secret if word in held] == []
    looked_at(page, "6-ledger.zh", real)
    assert draft_in(page.url)["changes"]["population.people"].startswith("ledger:")
    go(page, 2)
    computed(page)
    assert "就业" in answered(page)[0]
    told = _everything_held(page)
    assert [word for word in secret if word in told] == []
    assert page.context.cookies() == []
    assert [word for word in secret if any(word in address for address in page.asked)] == []
    report = words_of(_taken(page))
    assert [word for word in secret if word in report] == []
    page.context.close()
    assert _holding(real, secret) == []


def _taken(page: Any) -> bytes:
    go(page, 4)
    return downloaded(page, "Word 报告")


def _everything_held(page: Any) -> str:
    return str(page.evaluate("JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), location.href, document.documentElement.outerHTML])"))


def _holding(served: Served, secret: set[str]) -> list[str]:
    """Return where something private is found: as bytes in every code that a ledger may have, and in what is compressed."""
    import pyarrow.parquet

    found = []
    marks = [word.encode(code) for word in secret for code in ("utf-8", "gb18030", "utf-16-le")]
    pattern = re.compile(b"|".join(map(re.escape, marks)))
    files = [path for top in (served.folder, served.temporary) for path in top.rglob("*") if path.is_file()]
    assert [path for path in files if path.name == "population.parquet"], "persons of the ledger are kept as a population"
    for path in (*files, served.log):
        if pattern.search(path.read_bytes()) or pattern.search(str(path).encode()):
            found.append(str(path))
        if path.suffix == ".parquet" and pattern.search(str(pyarrow.parquet.read_table(path).to_pydict()).encode()):
            found.append(str(path))
    return found
