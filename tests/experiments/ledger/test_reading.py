"""What is understood of a ledger: headings, dates, pay and words however they are written; who is who; templates, mappings, keys and posts."""

import csv
import io
import stat
import zipfile
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.ledger.dates import EPOCH, Day, read_day
from experiments.ledger.headings import GRADUATES, NOT_READ, POSTS, find_headings, letters
from experiments.ledger.hiding import hidden_groups, hidden_of
from experiments.ledger.identity import Keeper, keeper_of
from experiments.ledger.reading import Reader, Row
from experiments.ledger.sheets import Sheet, read_sheets
from experiments.ledger.values import EDUCATION, LEFT, by_rules, named_in, read_pay, read_status
from experiments.shared.errors import MistakeError
from sim.ledger.posts_file import known_posts
from sim.scenario import Scenario

Command = Callable[..., Any]
WIDE = str.maketrans({chr(sign): chr(sign + 0xFEE0) for sign in range(0x21, 0x7F)})
CHINESE = "〇一二三四五六七八九"
XLS = Path(__file__).with_name("files") / "ledger.xls"


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "settings"))


def in_chinese(when: date) -> str:
    def small(number: int) -> str:
        tens, ones = divmod(number, 10)
        return (("" if tens == 1 else CHINESE[tens]) + "十" if tens else "") + (CHINESE[ones] if ones else "")

    return "".join(CHINESE[int(digit)] for digit in str(when.year)) + f"年{small(when.month)}月{small(when.day)}日"


WRITTEN: tuple[Callable[[date], Any], ...] = (
    lambda when: when, lambda when: (when - EPOCH).days, lambda when: float((when - EPOCH).days) + 0.5, lambda when: str((when - EPOCH).days),
    lambda when: f"{when.year}年{when.month}月{when.day}日", lambda when: f"{when.year} 年 {when.month:02} 月 {when.day:02} 号",
    lambda when: f"{when.year}.{when.month}.{when.day}", lambda when: f"{when.year}/{when.month:02}/{when.day:02} 00:00:00",
    lambda when: f"{when:%Y%m%d}", lambda when: int(f"{when:%Y%m%d}"), lambda when: when.isoformat(), lambda when: f"{when:%Y%m%d}".translate(WIDE),
    in_chinese, lambda when: f"{when.day} {when:%B} {when.year}", lambda when: f"{when:%b} {when.day}, {when.year}",
    lambda when: f"{when.year}、{when.month}、{when.day}",
)  # fmt: skip
MONTHS: tuple[Callable[[date], Any], ...] = (
    lambda when: f"{when.year}年{when.month}月", lambda when: f"{when.year}.{when.month}", lambda when: f"{when.year}-{when.month:02}",
    lambda when: f"{when.year}{when.month:02}", lambda when: f"{when.month:02}/{when.year}", lambda when: f"{when:%B} {when.year}",
    lambda when: f"{when.year}年{when.month}月份", lambda when: f"{when.year}年{when.month}月毕业",
    lambda when: f"{when:%y}年{when.month}月",
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.dates(date(1960, 1, 1), date(2059, 12, 31)), st.sampled_from(WRITTEN), st.sampled_from(MONTHS))
def test_dates_are_read_however_they_are_written(when: date, written: Any, month: Any) -> None:
    assert read_day(written(when)) == Day(when.year, when.month, when.day)
    assert read_day(month(when)) == Day(when.year, when.month)
    for year in (when.year, f"{when.year}届", f"{when.year} 年", f"class of {when.year}"):
        assert read_day(year) == Day(when.year)


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.none(), st.dates(), st.datetimes()))
def test_whatever_stands_in_a_cell_is_read_or_not_and_never_fails(cell: Any) -> None:
    day, pay = read_day(cell), read_pay(cell)
    assert day is None or 1950 <= day.year <= 2100
    assert pay is None or 500 <= int(pay.value) <= 200_000
    for rules in (EDUCATION,):
        by_rules(cell, rules)
    read_status(cell)
    named_in(cell, [("a", ("甲区", "A"))])


def test_what_may_be_two_dates_is_a_year_and_a_guess() -> None:
    assert read_day("6/7/2024") == Day(2024, is_guess=True)
    assert read_day(2024.1) == Day(2024, is_guess=True)  # October, or January: a workbook drops the nought
    assert read_day(2024.6) == Day(2024, 6)
    assert [read_day(text) for text in ("2024级", "6月", "张三", "2024-02-30", "1899", "")] == [None] * 6


SYNONYMS = [(field, word) for known in (GRADUATES,) for field, words in known.items() if field != NOT_READ for word in words.split()]
DRESSED: tuple[Callable[[str], str], ...] = (
    lambda word: word, lambda word: f"*{word}", lambda word: f"{word}（必填）", lambda word: " ".join(word) if not word.isascii() else word,
    lambda word: f"{word}\n(年月)", lambda word: word.translate(WIDE), str.upper, str.title, lambda word: f"3.{word}", lambda word: f"{word}:",
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(SYNONYMS), min_size=2, max_size=8, unique_by=lambda pair: pair[0]), st.data())
def test_headings_are_known_however_they_are_dressed(pairs: list[tuple[str, str]], data: Any) -> None:
    cells: list[Any] = [data.draw(st.sampled_from(DRESSED))(word) for _, word in pairs]
    titles: list[list[Any]] = [["某区青年就业台账"], [None], ["填表单位：", None, "日期："]]
    above = data.draw(st.integers(0, 3))
    found = find_headings(Sheet(1, [*titles[:above], cells, ["x"] * len(cells)]), GRADUATES, {})
    assert found is not None
    assert found.row == above + 1
    assert [column.field for column in found.columns] == [field for field, _ in pairs]


def test_headings_that_only_resemble_are_a_guess_and_those_of_others_are_not_read() -> None:
    cells: list[Any] = ["学历", "就业状态", "毕业院校及代码", "父亲姓名", "未就业原因", "就业意向", "最高学历", "毕业时间"]
    found = find_headings(Sheet(1, [cells]), GRADUATES, {})
    assert found is not None
    assert [column.field for column in found.columns] == ["education", "status", "school", "", "", "", "education", "graduated"]
    assert [column.is_guess for column in found.columns][2]
    assert found.columns[6].same_as == 0
    assert [letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


STATUSES = {
    "searching": "未就业 待业中 登记失业 正在找工作 暂未落实单位 无业 Unemployed jobless 就业见习 有创业意愿",
    "employed": "已就业 在岗 灵活就业 已签三方协议 事业单位 Employed working", "founder": "自主创业 个体经营", "student": "在校生 student",
    "preparing": "备考公务员 拟升学", "inactive": "暂无就业意愿 慢就业", LEFT: "升学 应征入伍 已考取研究生 出国留学", "": "应届 欧阳 应届毕业生",
}  # fmt: skip


@pytest.mark.parametrize(("status", "text"), [(status, text) for status, texts in STATUSES.items() for text in texts.split()])
def test_status_is_known_by_its_words(text: str, status: str) -> None:
    found = read_status(text)
    assert (found.value if found else "") == status


@pytest.mark.parametrize(("text", "pay"), [
    ("4500", "4500"), (4500.0, "4500"), ("4,500元/月", "4500"), ("０.５万", "5000"), ("5k", "5000"), ("4000-6000", "5000"), ("4-6千", "5000"),
    ("6万/年", "5000"), ("面议", None), ("200元/天", None), ("13960001234", None), ("3", None), ("0.4-0.6万元", "5000"), ("￥5000", "5000"),
    ("-500", None), (-4500.0, None), ("－５０００", None), ("—4000元", None), ("￥-4000", None), ("负4000", None), ("(4000)", None),
    ("约4000－6000", "5000"),
])  # fmt: skip
def test_pay_is_read(text: Any, pay: str | None) -> None:
    found = read_pay(text)
    assert (found.value if found else None) == pay


def test_who_is_who_hangs_on_the_key_and_on_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    ledger, result = tmp_path / "data" / "l.csv", tmp_path / "data" / "out"
    keeper, told = keeper_of(str(tmp_path / "keys" / "k"), ledger, result)
    again, _ = keeper_of(str(tmp_path / "keys" / "k"), ledger, result)
    other, _ = keeper_of(str(tmp_path / "keys" / "other"), ledger, result)
    assert "made now" in told
    assert stat.S_IMODE((tmp_path / "keys" / "k").stat().st_mode) == 0o600
    row = {"name": "甲", "identity": "37030219980001001x", "phone": "139 6000 0001"}
    assert keeper.identify(row, ()) == again.identify({**row, "identity": "３７０３０２１９９８０００１００１Ｘ"}, ("else",))
    assert keeper.identify(row, ()).identifier != other.identify(row, ()).identifier
    assert keeper.identify(row, ()).sex == "male"
    assert keeper.identify({"phone": "+8613960000001", "name": "甲"}, ()) == keeper.identify({"phone": 13960000001.0, "name": "甲 "}, ("x",))
    assert not keeper.identify({"name": "甲"}, ("a",)).is_certain
    assert not keeper.identify({"name": "甲", "identity": 3.70302199800010e17}, ("a",)).is_certain  # a workbook has rounded it
    assert keeper.identify({}, ()).identifier == ""
    for named in (tmp_path / "data" / "k", result / "k"):
        with pytest.raises(MistakeError, match="lies beside the data"):
            keeper_of(str(named), ledger, result)
    (tmp_path / "keys" / "short").write_text("abc")
    with pytest.raises(MistakeError, match="fewer than 16"):
        keeper_of(str(tmp_path / "keys" / "short"), ledger, result)
    assert isinstance(keeper, Keeper)


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="a">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def test_every_kind_of_file_says_the_same(tmp_path: Path) -> None:
    import xlsxwriter

    rows = [["学历", "毕业时间"], ["本科", "2024年6月"], ["大专", "2023届"]]
    text = "\n".join(",".join(row) for row in rows)
    for name, content in {
        "utf8.csv": text.encode(), "bom.csv": text.encode("utf-8-sig"), "gbk.csv": text.encode("gbk"), "utf16.csv": text.encode("utf-16"),
        "tab.tsv": text.replace(",", "\t").encode(), "semicolon.csv": text.replace(",", ";").encode("gbk"),
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(content)
    with xlsxwriter.Workbook(str(tmp_path / "l.xlsx")) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    with zipfile.ZipFile(tmp_path / "l.ods", "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        packed.writestr("content.xml", ODS.format(rows="".join(
            f"<table:table-row>{''.join(cell.format(one) for one in row)}</table:table-row>" for row in rows)))  # fmt: skip
        packed.writestr("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>")
    for path in sorted(tmp_path.iterdir()):
        assert read_sheets(str(path))[0].rows == rows, path.name


def test_an_open_quotation_mark_swallows_no_rows(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    rows = ["毕业时间,学历,就业状态", "2020年6月,本科,未就业", '2020年6月,"本科,未就业', *["2020年6月,大专,已就业"] * 40]
    ledger.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(MistakeError, match="a quotation mark is not closed"):
        read_sheets(str(ledger))


def test_a_table_of_thousands_of_columns_is_no_ledger(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("\n".join([",".join(["毕业时间", "学历", *["备注"] * 3000]), "2020年6月,本科"]), encoding="utf-8")
    with pytest.raises(MistakeError, match="more than 2,000 columns"):
        read_sheets(str(ledger))


def test_an_xls_is_read(tmp_path: Path, yizhan: Command) -> None:
    """The file was made once with xlwt 1.3.0, which nobody maintains any more: a merged title, dates as serial numbers, full-width digits."""
    said = yizhan("import", str(XLS), "place=zibo", "output=out", "format=csv", "key=keys/k")
    assert said.status == 0, said.err
    assert "5 rows: 3 persons" in said.out
    assert "2020-11-15" in said.out, "the title says it"
    with (tmp_path / "out" / "population.csv").open(encoding="utf-8-sig", newline="") as file:
        persons = list(csv.DictReader(file))
    assert [one["graduated"] for one in persons] == ["2020-06-30", "2019-06", "2020-06-20"]
    assert [one["education"] for one in persons] == ["bachelor", "vocational", "master"]
    assert [one["wage"] for one in persons] == ["", "4500", "6500"]
    report = (tmp_path / "out" / "report.csv").read_text(encoding="utf-8-sig")
    assert "graduated too long ago" in report
    assert not any(name in report + said.out for name in ("甲某某", "丁某某"))


def test_the_template_is_understood_in_both_languages(tmp_path: Path, yizhan: Command) -> None:
    for language in ("en", "zh"):
        assert yizhan("import", f"template={language}.xlsx", f"language={language}").status == 0
        found = find_headings(read_sheets(str(tmp_path / f"{language}.xlsx"))[0], GRADUATES, {})
        assert found is not None
        assert all(column.field and not column.is_guess for column in found.columns)
        assert len({column.field for column in found.columns}) == len(found.columns) == 15
    assert yizhan("import", "template=zh.xlsx").status == 2  # nothing is written over
    assert sorted(path.name for path in tmp_path.iterdir()) == ["en.xlsx", "zh.xlsx"]


def test_a_mapping_says_what_nobody_else_would_know(tmp_path: Path, yizhan: Command) -> None:
    (tmp_path / "l.csv").write_text("最后念的书,活儿,毕业时间\n专门班,蹲家,2019届\n本科,厂里,2020年6月\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(
        "columns: {最后念的书: education, 活儿: status}\nvalues:\n  education: {专门班: vocational}\n  status: {蹲家: searching, 厂里: employed}\n",
        encoding="utf-8",
    )
    said = yizhan("import", "l.csv", "mapping=m.yaml", "format=csv", "output=out", "date=2020-11-01")
    assert said.status == 0, said.err
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "population.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["education"], row["status"], row["graduated"]) for row in rows] == [
        ("vocational", "searching", "2019"), ("bachelor", "employed", "2020-06"),
    ]  # fmt: skip
    for text, message in (
        ("columns: {a: nothing}", "columns.a is nothing; allowed is"), ("values: {status: {a: bored}}", "values.status.a is bored; allowed is"),
        ("strange: 1", "strange"), ("columns: [a]", "columns is no table of keys"), ("values: {wage: {a: b}}", "values.wage"),
    ):  # fmt: skip
        (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
        said = yizhan("import", "l.csv", "mapping=m.yaml", "output=out2")
        assert said.status == 2
        assert "m.yaml:1" in said.err
        assert message in said.err
    assert not (tmp_path / "out2").exists()


@pytest.mark.parametrize(("words", "message"), [
    ((), "nothing to import: write yizhan import LEDGER.xlsx"), (("a.csv", "b.csv"), "one ledger at a time"),
    (("a.csv", "plase=zibo"), "Did you mean 'place'?"),
    (("a.csv", "place=nowhere"), "nowhere"), (("a.csv", "date=soon"), "no day such as 2024-06-30"), (("a.csv", "total=0"), "total is '0'"),
    (("a.csv", "format=dta"), "format"), (("--cfg", "job"), "import has no option --cfg"), (("nowhere.csv",), "there is no such file"),
    (("template=a.pdf",), "name an .xlsx"),
])  # fmt: skip
def test_words_that_are_not_understood(yizhan: Command, words: tuple[str, ...], message: str) -> None:
    said = yizhan("import", *words)
    assert (said.status, said.out) == (2, "")
    assert message in said.err
    assert said.err.count("\n") == 1


def test_posts_are_a_market_of_a_place(tmp_path: Path, yizhan: Command) -> None:
    rows = ["单位名称,行业,岗位名称,学历要求,月薪,招聘人数,单位性质,招聘状态"]
    rows += ["甲公司,制造业,操作工,大专及以上,5000-6000,10,民营企业,"] * 6 + ["乙公司,软件业,程序员,本科,9000,2,国有企业,"] * 6
    rows += ["丙公司,,护士,不限,面议,若干,事业单位,", "丁公司,制造业,工人,大专,5000,5,民营,已招满", "戊,,,,,,,"]
    (tmp_path / "p.csv").write_text("\n".join(rows), encoding="gbk")
    people = ["学历,就业状态,毕业时间", *["本科,待业,2020年6月"] * 73]
    (tmp_path / "l.csv").write_text("\n".join(people), encoding="utf-8")
    key = ("key=keys/k", "place=zibo", "date=2020-11-01")
    said = yizhan("import", "l.csv", "posts=p.csv", *key, "output=out")
    assert said.status == 0, said.err
    assert "15 rows: 13 with 73 posts (7 with a guess), 2 refused, 0 about nobody." in said.out
    place = yaml.safe_load((tmp_path / "out" / "place.yaml").read_text(encoding="utf-8"))
    assert place["market"]["tightness"] == 1.0
    assert place["region"]["wage_vocational"] == 5500
    assert place["region"]["wage_bachelor"] == 9000
    assert place["region"]["jobs_by_field"][0] == pytest.approx((60 + 4.8) / 83, abs=1e-4)
    found = Scenario.load("none", {"place": str(tmp_path / "out" / "place.yaml")}, behaviour="evidence")
    assert found.region.wage_bachelor == 9000
    assert len(found.region.districts) == 8
    posts = known_posts(str(tmp_path / "out" / "posts.parquet"))
    assert (len(posts), len(posts.industry)) == (73, 3), "each employer once, by a hash of its name"
    assert "market.posts=out/posts.parquet" in said.out
    again = yizhan("import", "posts=p.csv", *key, "output=csv", "format=csv", "posts_total=146")
    assert again.status == 0, again.err
    assert "Weighted to 146 posts: each stands for 2." in again.out
    assert len(known_posts(str(tmp_path / "csv" / "posts.csv"))) == 146
    written = said.out + "".join(path.read_text(encoding="utf-8-sig") for path in (*(tmp_path / "out").glob("*.csv"), *(tmp_path / "csv").iterdir()))
    assert not any(name in written for name in ("甲公司", "乙公司", "程序员"))
    headings = find_headings(read_sheets(str(tmp_path / "p.csv"))[0], POSTS, {})
    assert headings is not None


def test_a_sweep_over_files_of_persons_notices_that_one_has_changed(tmp_path: Path, yizhan: Command) -> None:
    for name, number in (("a", 40), ("b", 50)):
        (tmp_path / f"{name}.csv").write_text("status\n" + "employed\n" * number, encoding="utf-8")
    words = ("sweep", "-m", "population.people=a.csv,b.csv", "days=1", "replicates=1", "workers=1", "figures=false", "behaviour=evidence", "output=s")
    assert yizhan(*words).status == 0
    (tmp_path / "b.csv").write_text("status\n" + "employed\n" * 60, encoding="utf-8")
    said = yizhan(*words)
    assert (said.status, "holds another result" in said.err) == (2, True)


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.fixture(scope="module")
def odd_rows(call: Command, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A ledger with cells that nobody understands, read in Chinese and without a place; and what was printed."""
    here = tmp_path_factory.mktemp("odd")
    lines = ["学历,就业状态,就业单位,是否就业,毕业时间,生源地,区县,月薪", "本科,蹲家,甲公司,,2020年6月,省外,中心区,-5000",
             "本科,蹲家,,是,2020年6月,济南,,4000",
             "本科,蹲家,,,2020年6月,,,", "本科,,甲公司,,2020年6月,,,"]  # fmt: skip
    (here / "l.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(here / "settings"))
        said = call(here, "import", "l.csv", "format=csv", "output=out", "date=2020-11-01", "language=zh")
    assert said.status == 0, said.err
    return here / "out", said.out


def test_a_status_that_is_not_understood_is_told_beside_what_another_column_says(odd_rows: tuple[Path, str]) -> None:
    folder, said = odd_rows
    first, second, third, fourth = rows_of(folder / "report.csv")
    assert "就业状态：未能识别，改依其他列判断" in first["未识别或不采信"]
    assert "填有用人单位；就业状态栏的内容未能识别" in first["推测内容"]
    assert "月薪：未能识别" in first["未识别或不采信"]  # and -5000 is no pay
    assert "就业状态：未能识别，改依其他列判断" in second["未识别或不采信"]
    assert "就业状态：未能识别，由抽取产生" in third["未识别或不采信"]
    assert "填有用人单位而未填就业状态" in fourth["推测内容"]
    assert fourth["未识别或不采信"] == ""
    assert "蹲家" not in said + (folder / "report.csv").read_text(encoding="utf-8-sig")


def test_a_chinese_report_has_the_names_of_the_place_in_chinese_and_says_first_that_no_place_was_named(odd_rows: tuple[Path, str]) -> None:
    folder, said = odd_rows
    assert "区县=中心区" in rows_of(folder / "report.csv")[0]["读取内容"]
    assert "中心区" in {row["取值"] for row in rows_of(folder / "counts.csv") if row["内容"] == "区县"}
    assert rows_of(folder / "population.csv")[0]["district"] == "centre"
    assert said.startswith("未指定 place=")
    assert "place=default" in said.splitlines()[0]


@pytest.mark.parametrize(("text", "origin"), [
    ("省外", "elsewhere"), ("省内市外", "elsewhere"), ("济南", "elsewhere"), ("山东济南", "elsewhere"), ("山东省济南", "elsewhere"),
    ("河南", "elsewhere"), ("河南省", "elsewhere"), ("内蒙古赤峰", "elsewhere"), ("江苏省南京市", "elsewhere"), ("北京", "elsewhere"),
    ("淄博", "local"),
    ("山东淄博", "local"), ("山东淄博张店", "local"), ("山东", ""), ("山东省", ""), ("南京路12号", ""), ("北京东路", ""), ("欧阳", ""),
])  # fmt: skip
def test_places_are_known_without_what_kind_of_place_they_are(reader: Reader, text: str, origin: str) -> None:
    row = Row({"origin": text})
    reader._place(row)
    assert row.read.get("origin", "") == origin
    assert ("origin" in row.missed) == (not origin)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Scenario.load("none", {"place": "zibo"}, behaviour="evidence"), date(2020, 11, 1), Keeper(b"k" * 32), {})


def had_by_subtraction(numbers: dict[tuple[str, str], int], hidden: dict[tuple[str, str], str]) -> set[tuple[str, str]]:
    """Return the cells of few persons that are found by subtracting in rows and columns what is told, few being 1 to 4, until nothing is new."""
    total = numbers["all", "all"]
    lines = [[cell for cell in numbers if cell[side] == name] for side in (0, 1) for name in {cell[side] for cell in numbers}]
    low = {cell: numbers[cell] if cell not in hidden else 1 if hidden[cell] == "few" else 5 for cell in numbers}
    high = {cell: numbers[cell] if cell not in hidden else 4 if hidden[cell] == "few" else total for cell in numbers}
    for _ in range(50):
        for line in lines:
            (whole,) = (cell for cell in line if cell[0] == cell[1] == "all" or (cell in sums_of(line)))
            parts = [cell for cell in line if cell != whole]
            low[whole], high[whole] = max(low[whole], sum(low[one] for one in parts)), min(high[whole], sum(high[one] for one in parts))
            for one in parts:
                low[one] = max(low[one], low[whole] - sum(high[other] for other in parts if other != one))
                high[one] = min(high[one], high[whole] - sum(low[other] for other in parts if other != one))
    assert all(low[cell] <= numbers[cell] <= high[cell] for cell in numbers)
    return {cell for cell, why in hidden.items() if why == "few" and low[cell] == high[cell]}


def sums_of(line: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the sum among the cells of a line; the line of sums has the sum of all."""
    if ("all", "all") in line:
        return [("all", "all")]
    return [cell for cell in line if "all" in cell]


def table(rows: list[list[int]]) -> dict[tuple[str, str], int]:
    cells = {(f"v{value}", f"s{status}"): persons for value, row in enumerate(rows) for status, persons in enumerate(row) if persons}
    sums = {(value, "all"): sum(persons for cell, persons in cells.items() if cell[0] == value) for value, _ in cells}
    sums |= {("all", status): sum(persons for cell, persons in cells.items() if cell[1] == status) for _, status in cells}
    return {**cells, **sums, ("all", "all"): sum(cells.values())}


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(st.integers(0, 12) | st.integers(0, 60), min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_count_of_few_persons_can_be_had_by_subtraction(rows: list[list[int]]) -> None:
    numbers = table([*rows, [30, 40, 50], [25, 35, 45]])
    columns = {cell: persons for cell, persons in numbers.items() if cell[0] == "all"}
    of_sums = hidden_of(columns)
    hidden = hidden_of(numbers, of_sums)
    assert {cell for cell, persons in numbers.items() if 0 < persons < 5} <= set(hidden)
    assert had_by_subtraction(numbers, hidden) == set()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 12) | st.integers(1, 60), min_size=1, max_size=6))
def test_no_hidden_group_can_be_had_from_the_whole_and_the_groups_shown(numbers: list[int]) -> None:
    hidden = hidden_groups(numbers)
    assert {place for place, persons in enumerate(numbers) if persons < 5} <= set(hidden)
    if not hidden or len(hidden) == len(numbers):
        return
    left = sum(numbers[place] for place in hidden)
    assert len(hidden) > 1
    assert left >= 5, "what follows of all hidden ones together is of persons enough"
    spans = [range(1, 5) if why == "few" else range(5, left + 1) for why in hidden.values()]
    possible = [one for one in product(*(span if len(spans) < 5 else (span[0], span[-1]) for span in spans)) if sum(one) == left]
    for place, why in enumerate(hidden.values()):
        assert why != "few" or len(spans) >= 5 or len({one[place] for one in possible}) > 1, "its number is not told"


def test_a_sum_does_not_give_away_the_one_hidden_beside_it() -> None:
    """Of a single line of sums, too: 53 in all and 50 of one would tell the other 3."""
    assert hidden_of({("all", "a"): 3, ("all", "b"): 50, ("all", "all"): 53}) == {("all", "a"): "few", ("all", "b"): "beside"}
    assert hidden_groups([3, 50, 20]) == {0: "few", 2: "beside"}
    assert hidden_groups([1, 1, 50, 9]) == {0: "few", 1: "few", 3: "beside"}
    assert hidden_groups([50, 20]) == {}


def test_a_cell_that_is_hidden_alone_would_be_had() -> None:
    numbers = table([[3, 40, 20], [30, 40, 50]])
    assert had_by_subtraction(numbers, {("v0", "s0"): "few"}) == {("v0", "s0")}
    assert set(hidden_of(numbers, {})) == {("v0", "s0"), ("v0", "s2"), ("v1", "s0"), ("v1", "s2")}
    assert hidden_of(table([[10, 0], [30, 40]]), {}) == {}


def test_errors_of_the_system_are_told_in_chinese(tmp_path: Path, yizhan: Command) -> None:
    (tmp_path / "l.csv").write_text("学历,就业状态\n本科,待业\n", encoding="utf-8")
    (tmp_path / "file").write_text("")
    said = yizhan("import", "l.csv", f"key={tmp_path / 'file' / 'k'}", "output=out", "language=zh")
    assert (said.status, "路径中有一段不是文件夹" in said.err or "已存在" in said.err) == (2, True), said.err
    assert "irectory" not in said.err
