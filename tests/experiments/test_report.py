"""``yizhan report``: each kind of result in both languages, the same numbers as in its files, nothing fetched from elsewhere, what is refused."""

import io
import json
import math
import re
import shutil
import struct
import zlib
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from importlib.util import find_spec as find
from itertools import product
from pathlib import Path
from typing import Any

import docx
import numpy as np
import pytest
from docx.oxml.ns import qn

from experiments.compare.words import ROWS
from experiments.report import command, webpage, word
from experiments.report import pages as pages_of
from experiments.report.document import Grid, Picture, blocks_of, lines, section
from experiments.report.saved import opened
from experiments.shared.tables import make_table
from experiments.shared.whole_files import write_all
from sim.behaviour_set import BehaviourSet
from sim.bilingual import sentence_of
from sim.numbers import PLAIN, form_of_sum, money_form, write, write_estimate
from sim.results import GROUP_LABELS

Command = Callable[..., Any]
HOSTILE = "<script>alert(1)</script> & <b>"
WORLD = ("behaviour=vectors.yaml", "figures=false", "workers=1")
SMALL = ("programme=none", "days=20", "population.graduates=100")
KINDS: dict[str, tuple[str, ...]] = {
    "run": ("run", *WORLD, *SMALL, "replicates=2"),
    "compare": (
        "compare", "programme=zibo", "population.graduates=400", "days=90", *WORLD, f"title='{HOSTILE}'", "replicates=8", "against=none",
        "change.stations.policy.lodging.stations=3",
    ),
    "sweep": ("sweep", "-m", *WORLD, *SMALL, "market.tightness=0.4,0.8", "replicates=2"),
    "trial": (
        "trial", "study=job_fair", "population.graduates=200", "markets=2", "study.followup_days=[30]", "days=60", "replicates=2", "figures=false",
        "workers=1",
    ),
    "optimise": (
        "optimise", "programme=zibo", "budget=60000", "levers=[lodging,casework]", "graduates=100", "days=40", "evaluations=3", "batch=3",
        "replicates=2", "fresh=2", "finalists=1", "pilot=1", "figures=false", "workers=1",
    ),
}  # fmt: skip
FIRST_WORDS = {"en": "The answer", "zh": "结论"}


class Page(HTMLParser):
    """What a browser would see of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self.pieces = "", list[str]()
        self.feed(re.sub("<style>.*?</style>", "", text, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data + " "
        self.pieces.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def png() -> bytes:
    """Return a small picture with words."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0))
    words = chunk(b"tEXt", b"Title\0Account") + chunk(b"iTXt", b"Description\0\0\0\0\0" + 'It says <41> "净增" &'.encode())
    return b"\x89PNG\r\n\x1a\n" + head + words + chunk(b"IDAT", zlib.compress(b"\0\0\0" * 2)) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def results(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    keys = ("behaviour.posts_seen", "market.tightness")
    BehaviourSet("vectors", "Four", "四组", keys, np.array([[10.0, 0.4], [20.0, 0.8], [30.0, 0.5], [40.0, 0.7]])).write(folder / "vectors.yaml")
    for kind, words in KINDS.items():
        said = call(folder, *words, f"output={kind}")
        assert said.status == 0, said.err
        (folder / f"{kind}.txt").write_text(said.out, encoding="utf-8")
    for name in ("account_stations", "other"):
        (folder / "compare" / "figures").mkdir(exist_ok=True)
        (folder / "compare" / "figures" / f"{name}.png").write_bytes(png())
    return folder


@pytest.fixture(scope="module")
def pages(call: Command, results: Path) -> dict[tuple[str, str], Page]:
    """The page of each result in each language, and beside it the document of the Chinese one."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        for kind, (language, formats) in product(("compare", *(kind for kind in KINDS if kind != "compare")), (("en", "html"), ("zh", "html,docx"))):
            said = call(results, "report", kind, f"format={formats}", f"language={language}")
            assert said.status == 0, said.err
            found[kind, language] = Page((results / kind / "report.html").read_text(encoding="utf-8"))
            if (kind, language) == ("compare", "zh"):
                patch.setattr(webpage, "_font_of", lambda letters: f"{len(letters):08d}")  # it takes a second; one page shows that it is there
    return found


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_every_kind_has_its_report_in_both_languages(pages: dict[tuple[str, str], Page], results: Path) -> None:
    for (kind, language), page in pages.items():
        assert page.of("html")[0]["lang"] == {"en": "en", "zh": "zh-CN"}[language]
        heads = [FIRST_WORDS[language], *({"en": ("What was compared with what", "How to repeat it", "Appendix"),
                                           "zh": ("拿什么与什么比", "怎样重做", "附录")}[language])]  # fmt: skip
        places = [page.pieces.index(head) for head in heads]
        assert places == sorted(places), (kind, language)
        assert read(results / kind / "provenance.json")["command"] in page.text
        assert bool(re.search("[一-鿿]{3}", page.text)) is (language == "zh") or language == "en"
        assert page.text.count("{") == 0, "every pattern is filled in"


def test_nothing_is_fetched_from_elsewhere(pages: dict[tuple[str, str], Page], results: Path) -> None:
    for kind, page in pages.items():
        fetching = ("src", "href", "srcset", "action", "data", "poster")
        given = [value or "" for _, attributes in page.tags for name, value in attributes.items() if name in fetching]
        assert [value for value in given if not value.startswith("data:image/png;base64,")] == [], kind
        assert not page.of("link") + page.of("script") + page.of("iframe")
    text = (results / "compare" / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"https?:|//\w|@import|url\(", re.sub(r'src="data:[^"]*"|url\(data:font/otf;base64,[^)]*\)', "", text))
    assert "url(data:font/otf" in text, "Chinese shows where no font has it"
    assert "default-src 'none'" in text


def test_pictures_have_words_and_stand_with_the_account(pages: dict[tuple[str, str], Page], results: Path) -> None:
    assert [picture["alt"] for picture in pages["compare", "en"].of("img")] == ['It says <41> "净增" &'] * 2
    assert pages["compare", "en"].text.index("Figure 1. Account") < pages["compare", "en"].text.index("What it costs")
    document = docx.Document(str(results / "compare" / "report.docx"))
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == ['It says <41> "净增" &'] * 2


def test_it_says_what_the_commands_said(pages: dict[tuple[str, str], Page], results: Path) -> None:
    for kind in ("compare", "optimise"):
        answer = (results / f"{kind}.txt").read_text(encoding="utf-8").split("\n\n")[0]
        assert squeezed(answer) in squeezed(pages[kind, "en"].text), kind
    for kind in KINDS:
        printed = (results / f"{kind}.txt").read_text(encoding="utf-8")
        intervals = {squeezed(one) for one in re.findall(r"[−\d.,]+ \[[^\]\n]+ … [^\]\n]+\]", printed)}
        assert [one for one in intervals if one not in squeezed(pages[kind, "en"].text)] == [], kind


def test_its_numbers_are_those_of_the_files(pages: dict[tuple[str, str], Page], results: Path) -> None:
    content = read(results / "compare" / "comparison.json")["variants"]["stations"]
    text = squeezed(pages["compare", "en"].text)

    def parts(one: Mapping[str, Any], first: str = "value") -> list[float]:
        return [math.nan if one[part] is None else one[part] for part in (first, "low", "high")]

    form = form_of_sum(parts(content["account"]["net_additional_jobs"]))
    for row in ("gross_placements", "deadweight", "net_on_participants", "displacement", "jobs_made", "net_additional_jobs"):
        assert squeezed(ROWS[row] + write_estimate(parts(content["account"][row]), form)) in text, row
    for group in ("local", "elsewhere"):
        written = write_estimate(parts(content["groups"]["origin"][group]["employed_in_region"], "difference"), PLAIN, signed=True)
        assert squeezed(f"{sentence_of(GROUP_LABELS['origin'])}: {sentence_of(GROUP_LABELS[group])}{written}") in text, group
    spent = parts(content["spending"])
    assert squeezed("Spent more" + write_estimate(spent, money_form(spent[0], "en"))) in text
    assert (content["capital"]["lent"]["value"] + content["capital"]["invested"]["value"] > 0) is ("arenotinthecost" in text)
    error = content["account"]["net_additional_jobs"]["intervals"]["simulation_error"]
    assert f"whatmorereplicateswouldstillremove:±{write(error if error < 1 else round(error))}" in text
    assert "policy.lodging.stations: 31 → 3" in pages["compare", "en"].text
    summary = read(results / "run" / "summary.json")["outcomes"]["employed_in_region"]
    assert f"{summary['mean']:,.0f} of 100 young people" in pages["run", "en"].text


def test_the_baseline_is_named(pages: dict[tuple[str, str], Page]) -> None:
    assert "The baseline is no programme." in pages["compare", "en"].text
    assert "对照：没有方案。" in pages["compare", "zh"].text
    assert "The baseline is nothing" in pages["run", "en"].text
    assert "nobody admitted" in pages["trial", "en"].text
    assert "equal split of the same money" in pages["optimise", "en"].text


def test_misses_of_the_programme_are_told(pages: dict[tuple[str, str], Page]) -> None:
    for kind in ("compare", "optimise"):
        assert "Missed figures of this programme" in pages[kind, "en"].text
        assert re.search(r"CVs handed in on campus, CVs\s+1,624\s+[\d,]+ \[[\d,]+ … [\d,]+\]\s+no", pages[kind, "en"].text)
        share = r"of station guests, signed here, %\s+10\.5\s+\d+\.\d \[\d+\.\d … \d+\.\d\]\s+an input"
        assert re.search(share, pages[kind, "en"].text), "a share in per cent"
        assert re.search(r"向既有企业发放金额，万元\s+8,31\d\s+[\d,]+ \[[\d,]+ … [\d,]+\]\s+是", pages[kind, "zh"].text), "money in short units"
        assert "where one more simulated place would lie" in pages[kind, "en"].text, "it is said what the intervals are of"
        assert "再模拟一个同样的地方时所在的范围" in pages[kind, "zh"].text
    page = pages["compare", "en"].text
    told = ("Labour market without a programme: ", "Appendix", "Missed in the labour market: ")
    places = [page.index(words) for words in told]
    assert places == sorted(places)


def test_what_stands_in_a_file_is_no_markup(pages: dict[tuple[str, str], Page], results: Path) -> None:
    assert HOSTILE in pages["compare", "en"].text
    assert not pages["compare", "en"].of("script")
    assert "<script" not in (results / "compare" / "report.html").read_text(encoding="utf-8")
    assert HOSTILE in "".join(paragraph.text for paragraph in docx.Document(str(results / "compare" / "report.docx")).paragraphs)


def test_the_document_can_be_edited(pages: dict[tuple[str, str], Page], results: Path) -> None:
    for kind in KINDS:
        document = docx.Document(str(results / kind / "report.docx"))
        heads = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
        assert heads[0] == "结论"
        assert "附录" in heads
        sentence = next(paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Intense Quote")
        assert squeezed(sentence) in squeezed(pages[kind, "zh"].text)
        assert len(document.tables) == len(pages[kind, "zh"].of("table")) > 0
        assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia"))


def test_tables_and_pictures_stay_within_the_page() -> None:
    heads = ("Factor", "Moves it by [95 %]", "Direction", "Rank", "a word that is longer than any")
    row = ("a name\npolicy.outreach.cost_per_firm_contact", "18,525 [7,575 … 31,200]", "+18,525", "5 [3 … 6]", "1")
    for grid in (Grid("", heads, (row,)), Grid("", heads, (row, ("a part",)), "note"), Grid("", heads[:1], (("one",),)), Grid("", heads, ())):
        widths = word.widths_of(grid)
        assert len(widths) == len(grid.heads)
        assert sum(widths) == pytest.approx(word.WIDTH)
    first, others = word.widths_of(Grid("", ("Figure", "Reported"), (("a long name of something", "305"),)))
    assert first > 4 * others, "the name has what numbers leave"
    assert word.letters_of("ab甲乙") == 6
    tall = Picture(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1200, 4800), "tall", "tall")
    assert tall.width_within(16.0, 22.0) == 5.5
    assert tall.width_within(4.0, 22.0) == 4.0


def test_what_belongs_together_is_not_torn() -> None:
    table = make_table("t", ["a", "b"], [["x", "1.5 ± 0.2"], ["y", "3 [2 … 4]"]])
    (grid,) = [block for block in blocks_of([table]) if isinstance(block, Grid)]
    assert [row[1] for row in grid.rows] == ["1.5\xa0±\xa00.2", "3 [2\xa0…\xa04]"]
    repeat = section("h", [lines(["said"]), lines(["yizhan run"], "code")])[0]
    parts: list[str] = []
    pages_of._set(repeat, 1, parts, Path(), 0)
    assert [part.startswith("#block(sticky: true)") for part in parts] == [False, True, False]


def test_the_same_result_gives_the_same_bytes(call: Command, results: Path, pages: dict[tuple[str, str], Page]) -> None:  # noqa: ARG001
    before = {name: (results / "compare" / f"report.{name}").read_bytes() for name in ("html", "docx")}
    for name in before:
        (results / "compare" / f"report.{name}").unlink()
    assert call(results, "report", "compare", "language=zh").status == 0
    assert {name: (results / "compare" / f"report.{name}").read_bytes() for name in before} == before


def test_a_pdf_is_set(call: Command, results: Path) -> None:
    for language in ("zh", "en"):
        said = call(results, "report", "compare", "format=pdf", f"language={language}")
        assert said.status == 0, said.err
        assert (results / "compare" / "report.pdf").read_bytes().startswith(b"%PDF-")


def refused(call: Command, folder: Path, *words: str) -> str:
    """Return what is said of a mistake, in one piece, in both languages and with nothing written."""
    before = sorted(folder.rglob("*"))
    said = call(folder, "report", *words)
    assert (said.status, said.out) == (2, ""), words
    assert said.err.startswith("yizhan: ")
    assert "Traceback" not in said.err
    assert len(said.err.splitlines()) <= 2, said.err
    chinese = call(folder, "report", *words, "language=zh")
    assert chinese.status == 2
    assert re.search("[一-鿿]", chinese.err)
    assert sorted(folder.rglob("*")) == before
    return str(said.err)


def test_mistakes_are_told(call: Command, results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("run", "sweep", "compare", "trial"):
        shutil.copytree(results / name, tmp_path / name)
        for file in (tmp_path / name).glob("report.*"):
            file.unlink()
    assert "no result is named" in refused(call, tmp_path)
    assert "no such folder" in refused(call, tmp_path, "nowhere")
    assert "no such folder" in refused(call, tmp_path, "run/summary.json")
    assert "one result at a time" in refused(call, tmp_path, "run", "sweep")
    assert "'odt' is no format" in refused(call, tmp_path, "run", "format=html,odt")
    assert "is no format" in refused(call, tmp_path, "run", "format=")
    assert "Did you mean 'format'?" in refused(call, tmp_path, "run", "fromat=html")
    assert "no option --html" in refused(call, tmp_path, "run", "--html")
    (tmp_path / "empty").mkdir()
    assert "no finished result" in refused(call, tmp_path, "empty")
    (tmp_path / "empty" / "bench.json").write_text("{}", encoding="utf-8")
    assert "of yizhan bench, of which there is no report" in refused(call, tmp_path, "empty")
    manifest = read(tmp_path / "sweep" / "manifest.json")
    (tmp_path / "sweep" / "manifest.json").write_text(json.dumps({**manifest, "state": "unfinished"}), encoding="utf-8")
    assert "is not finished" in refused(call, tmp_path, "sweep")
    whole = read(tmp_path / "run" / "summary.json")
    for broken, why in (
        ("{", "summary.json: it is no JSON from line 1 on"), ("[]", "summary.json: it is no table of keys"),
        (json.dumps({**whole, "outcomes": {}}), "is missing in it"), (json.dumps({**whole, "groups": 3}), "of another kind than is written there"),
    ):  # fmt: skip
        (tmp_path / "run" / "summary.json").write_text(broken, encoding="utf-8")
        told = refused(call, tmp_path, "run")
        assert "cannot be read as a result of yizhan run" in told
        assert why in told
        assert "Error" not in told
    config = (tmp_path / "run" / "config.yaml").read_text(encoding="utf-8")
    (tmp_path / "run" / "config.yaml").write_text(re.sub("(?m)^days: .*", "days: many", config), encoding="utf-8")
    assert "config.yaml: days is 'many'; allowed is an integer" in refused(call, tmp_path, "run")
    (tmp_path / "sweep" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (tmp_path / "sweep" / "sweep.parquet").rename(tmp_path / "sweep" / "elsewhere.parquet")
    assert "it has no sweep.parquet" in refused(call, tmp_path, "sweep"), "and is not taken for a run, for its summary"
    (tmp_path / "trial" / "config.yaml").write_text("a: [", encoding="utf-8")
    assert "config.yaml: it is no YAML from line 1 on" in refused(call, tmp_path, "trial")
    (tmp_path / "compare" / "figures" / "other.png").write_bytes(b"GIF89a")
    assert "other.png is no PNG" in refused(call, tmp_path, "compare")
    (tmp_path / "compare" / "figures" / "other.png").unlink()
    (tmp_path / "compare" / "report.docx").mkdir()
    assert "the report cannot be written there" in refused(call, tmp_path, "compare"), "and no HTML beside it"
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "docx" else find(name))
    assert "needs the library python-docx" in refused(call, tmp_path, "compare")


def test_bytes_are_written_whole(tmp_path: Path) -> None:
    write_all({tmp_path / "a": b"\0\xff", tmp_path / "b": "文"})
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").read_text(encoding="utf-8")) == (b"\0\xff", "文")


def test_what_is_read_is_what_was_written(results: Path) -> None:
    with opened(str(results / "compare")) as saved:
        assert (saved.kind, saved.scenario.title) == ("compare", HOSTILE)
        assert saved.scenario.behaviour_set.found is not None, "from the copy in the folder"
    assert io.BytesIO(png()).read(4) == b"\x89PNG"
