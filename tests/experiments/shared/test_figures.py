"""What figures of every command share: the font, the files, names and numbers, and the figure of spending."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from experiments.run.figures.daily import draw_employment_and_arrivals
from experiments.shared.figures.naming import origin_of, outcome_form, outcome_label, write_level
from experiments.shared.figures.saving import save_figure
from experiments.shared.figures.spending import draw_spending
from experiments.shared.figures.style import folded, new_figure, put_below, styled
from experiments.shared.figures.text import WORDS
from experiments.shared.fonts import FONT_FAMILY, font_path
from sim.numbers import money_form, write
from sim.outcomes import OUTCOMES
from sim.results import GROUP_LABELS
from tests.experiments.figures import axes_of, make_run, words_of

pytestmark = pytest.mark.filterwarnings("error")


def test_every_character_the_figures_write_is_in_the_font() -> None:
    from fontTools.ttLib import TTFont

    known = set(TTFont(font_path()).getBestCmap())
    labels = [text for outcome in OUTCOMES.values() for text in outcome.label.values()]
    units = [text for outcome in OUTCOMES.values() for text in outcome.unit.values()]
    words = [*WORDS.values(), *(words.zh for words in WORDS.values()), *(text for label in GROUP_LABELS.values() for text in label.values())]
    written = "".join([*labels, *units, *words, "0123456789,.-–±×%：（）“”"])
    assert {character for character in written if ord(character) not in known} == set()


def test_the_font_has_our_name_and_its_licence_beside_it() -> None:
    from fontTools.ttLib import TTFont

    names = TTFont(font_path())["name"]
    assert names.getBestFamilyName() == FONT_FAMILY
    assert "Noto" not in str(names.getName(6, 3, 1))
    licence = font_path().with_name("OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_files_hold_no_date_and_no_font(tmp_path: Path) -> None:
    raster, vector = save_figure(draw_employment_and_arrivals(make_run(), "zh"), tmp_path, "daily")
    assert raster.read_bytes().startswith(b"\x89PNG")
    assert b"Software" not in raster.read_bytes()
    drawn = vector.read_text(encoding="utf-8")
    assert "<dc:date>" not in drawn
    assert "就业率（%）</text>" in drawn, "text is text, which a programme for slides can edit"
    assert "'Yizhan Sans SC', 'Noto Sans CJK SC'" in drawn
    assert "sans-serif" in drawn


def test_rare_characters_are_there_and_others_have_a_box(tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    from experiments.shared.fonts.make_subset import general_standard

    font = TTFont(font_path())
    known = set(font.getBestCmap())
    standard = general_standard()
    assert len(standard) == len(set(standard)) == 8105
    assert {character for character in standard if ord(character) not in known} == set()
    assert set("瀍河甪直㙘") <= set(standard)
    assert font["CFF "].cff.topDictIndex[0].CharStrings[".notdef"].calcBounds(None) is not None, "the box is not empty"
    with styled():
        figure = new_figure(1.0, "瀍河 甪直 㙘 🚉 $5 $6")
    _, vector = save_figure(figure, tmp_path, "rare")  # warnings are errors here
    assert "🚉" in vector.read_text(encoding="utf-8")


def test_nothing_of_the_environment_reaches_a_figure(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from experiments.shared.figures.saving import save_figure; "
        "from experiments.shared.figures.style import new_figure, styled\n"
        "with styled():\n    figure = new_figure(2.0, '标题', 'foot'); figure.subplots().plot([1.0, -2.0], label='x')\n"
        "save_figure(figure, Path(sys.argv[1]), 'x')"
    )
    odd = tmp_path / "odd"
    odd.mkdir()
    (odd / "matplotlibrc").write_text("text.usetex: True\nfont.size: 30\nsavefig.dpi: 33\nno such key: 1\n", encoding="utf-8")
    (odd / "rc").write_text("lines.linewidth: 9\n", encoding="utf-8")
    environment = {
        "MPLBACKEND": "module://matplotlib_inline.backend_inline_that_is_not_there", "MATPLOTLIBRC": str(odd / "rc"), "SOURCE_DATE_EPOCH": "abc",
        "MPLCONFIGDIR": "/dev/null/nowhere", "LC_ALL": "de_DE.UTF-8", "PYTHONPATH": str(Path(__file__).parents[3]),
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code, "there"], cwd=odd, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    with styled():
        figure = new_figure(2.0, "标题", "foot")
        figure.subplots().plot([1.0, -2.0], label="x")
    for here in save_figure(figure, tmp_path, "x"):
        assert here.read_bytes() == (odd / "there" / here.name).read_bytes()


def test_long_titles_are_folded_where_a_line_may_end() -> None:
    assert folded("六大行动，14 晚（对照：没有方案），很长的标题。", 12) == ["六大行动，14 晚（对照：", "没有方案），很长的标题。"]
    assert folded("one two three", 5) == ["one two", "three"]


def test_the_settings_of_matplotlib_are_left_as_they_were(tmp_path: Path) -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    save_figure(draw_employment_and_arrivals(make_run(), "en"), tmp_path, "daily")
    assert dict(mpl.rcParams) == before


def test_importing_the_figures_imports_no_matplotlib() -> None:
    code = (
        "import sys, experiments.run.figures.daily, experiments.compare.figures.differences, experiments.sweep.figures.outcomes; "
        "print([name for name in ('matplotlib', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_spending_writes_the_final_amount_of_each_lever() -> None:
    run = make_run()
    figure = draw_spending(run, "zh")
    assert figure is not None
    lodging, loans = (run.series[f"spending.{lever}"][:, -1] for lever in ("lodging", "loans"))
    bars = [bar.get_width() for bar in axes_of(figure)[1].containers[-1]]
    assert bars == pytest.approx([lodging.mean() / 1e4, loans.mean() / 1e4])
    written = words_of(figure)
    share = 100 * lodging.mean() / (lodging.mean() + loans.mean())
    assert f"{write(lodging.mean(), money_form(1e6, 'zh'))} （{share:.1f}%）" in written
    assert "免费住宿" in written
    assert "equity" not in written


def test_many_levers_share_a_line_and_keep_their_bars() -> None:
    run = make_run()
    for number in range(10):
        run.series[f"spending.lever_{number}"] = run.series["spending.loans"] * (0.5 + number / 20)
    figure = draw_spending(run, "en")
    assert figure is not None
    lines, bars = axes_of(figure)
    assert len(bars.patches) == 12
    assert "6 other levers" in [text.get_text() for text in lines.texts]
    heights = sorted(text.get_position()[1] for text in lines.texts)
    assert np.diff(heights).min() > 0.07  # names do not touch


def test_names_fall_back_by_part() -> None:
    stem = next(name for name in OUTCOMES if "." not in name)
    label = OUTCOMES[stem].label
    levers = {"lodging": {"zh": "免费住宿", "en": "Free lodging"}}
    assert outcome_label(stem, "en") == label["en"]
    assert outcome_label("no_such_outcome", "zh") == "no_such_outcome"
    dotted = f"{stem}.lodging"
    if dotted not in OUTCOMES:
        assert outcome_label(dotted, "zh", levers) == f"{label['zh']}：免费住宿"
        assert outcome_label(dotted, "en") == f"{label['en']}: lodging"


def test_shares_are_written_as_per_cent() -> None:
    assert outcome_form("employment_rate", "zh")[:2] == ("%", 100.0)
    assert outcome_form("no_such_share", "en")[:2] == ("", 1.0)


def test_levels_read_well() -> None:
    assert [write_level(value, "en") for value in (14, 0.045, 6.0, True, "zibo")] == [
        "14", "0.045", "6", "yes", "zibo",
    ]  # fmt: skip
    assert write_level(-1200.0, "en") == "−1,200"


def test_a_legend_is_read_row_by_row() -> None:
    from matplotlib.lines import Line2D

    figure = new_figure(2.0, "")
    put_below(figure, [Line2D([], [], label=str(number)) for number in range(5)], columns=3)
    figure.canvas.draw()
    places = {text.get_text(): text.get_window_extent() for text in figure.legends[0].get_texts()}
    assert sorted(places, key=lambda name: (-round(places[name].y0 + places[name].y1, -1), places[name].x0)) == list("01234")


def test_what_was_not_lent_is_not_said() -> None:
    run = make_run()
    run.outcomes["equity_invested"] = np.full(8, 30_000.0)
    words = " ".join(words_of(draw_spending(run, "en")))  # type: ignore[arg-type]
    assert "invested" in words
    assert " lent" not in words


def test_a_place_that_is_not_the_home_of_the_programme_is_named() -> None:
    assert origin_of("zibo", "zibo", "en") == "zibo"
    assert origin_of("none", "default", "en") == "none"
    assert origin_of("zibo", "chengyang", "zh") == "zibo，地方 chengyang"
    assert origin_of("none", "zibo", "en", "A study") == "A study, place zibo"
