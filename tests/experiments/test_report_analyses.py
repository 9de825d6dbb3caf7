"""``yizhan report`` of scorecards, calibrations, sensitivity analyses and attributions: what the commands said, in both languages."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.calibrate.learned import learned_of
from experiments.report import assembling, webpage
from experiments.report.saved import opened
from sim.behaviour_set import BehaviourSet
from sim.numbers import PLAIN, money_form, write_estimate

Command = Callable[..., Any]
KEYS = ("behaviour.posts_seen", "market.tightness")
TARGET = """  {name}:
    label: {label}
    value: {value}
    unit: CNY/person
    tolerance: {tolerance}
    reason: anything
    reason_zh: 什么都行
    source: a test
    period: "2021"
    measure: cost_of_search
    use: {use}
"""
TARGETS = "\n".join([
    "title: Ours", "title_zh: 我市", "targets:", TARGET.format(name="spent", label="C5", value=600, tolerance=1000, use="calibration"),
    TARGET.format(name="hard", label="C6", value=-99999, tolerance=20, use="held_out") + "    use_reason: a check\n    use_reason_zh: 检验\n",
])  # fmt: skip
TINY = ("programme=zibo", "graduates=100", "days=12", "behaviour=evidence")
OVER = "over=[policy.lodging.free_nights:0:14,policy.lodging.cost_per_bed_month,behaviour.posts_seen,market.tightness]"
KINDS: dict[str, tuple[str, ...]] = {
    "validate": ("validate", "target=ours.yaml", "population.graduates=60", "replicates=2", "programmes=[]", "kept=none.txt", "left_out=false"),
    "calibrate": ("calibrate", "target=ours.yaml", "free=[behaviour.idle_worth,behaviour.interviews_per_post]", "graduates=100", "runs=16",
                  "vectors=6", "truths=2", "services=false"),
    "morris": ("sensitivity", *TINY, OVER, "trajectories=4", "groups=3", "outcome=[spending,hires]"),
    "sobol": ("sensitivity", *TINY, "method=sobol", "leading=morris", "factors=2", "n=16", "outcome=spending"),
    "given": ("sensitivity", "method=given", "sweep=swept", "outcome=hires"),
    "information": ("sensitivity", "method=information", "programme=none", "days=20", "behaviour=vectors.yaml", "against=none", "graduates=100",
                    "change.stations.policy.lodging.enabled=true", "change.stations.policy.lodging.stations=3", "value_per_job=50000"),
    "discovery": ("sensitivity", "method=discovery", "sweep=swept", "outcome=hires", "threshold=120"),
    "compare": ("compare", "programme=dongbeitang", "population.graduates=100", "days=30", "behaviour=evidence", "replicates=2",
                "attribution=true"),
}  # fmt: skip
FIGURES = r"[−+\d.,]+ (?:\[[^\]\n]+ … [^\]\n]+\])"


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def seen(text: str) -> str:
    """What a reader sees of a page, in one piece."""
    return squeezed(re.sub(r"<[^>]*>", " ", re.sub("<style>.*?</style>", "", text, flags=re.DOTALL)).replace("&amp;", "&").replace("&#34;", '"'))


def swept(folder: Path) -> None:
    """Write a finished sweep in which hires are high below a limit of the first key."""
    rng = np.random.default_rng(1)
    shares = rng.random((400, 2))
    hires = np.where(shares[:, 0] < 0.6, 100.0, 140.0) + rng.normal(size=400)
    columns = {"point": np.arange(400), "replicate": np.zeros(400, np.int64), "hires": hires, **dict(zip(KEYS, shares.T, strict=True))}
    from experiments.sweep.table import About, described

    about = About(
        axes=KEYS, labels={}, design="grid", reference=0, points=400, programme="zibo", place="zibo", titles={}, seed=1, first_replicate=0,
        replicates=1, days=10, version="", sources_sha256="", configuration_sha256="", vectors_of_set=0,
    )  # fmt: skip
    folder.mkdir()
    pq.write_table(described(pa.table(columns), about), folder / "sweep.parquet")


@pytest.fixture(scope="module")
def results(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("analyses")
    table = np.column_stack([np.linspace(10.0, 40.0, 8), np.tile([0.4, 0.8], 4)])
    BehaviourSet("vectors", "Eight", "八组", KEYS, table).write(folder / "vectors.yaml")
    (folder / "ours.yaml").write_text(TARGETS, encoding="utf-8")
    swept(folder / "swept")
    for kind, words in KINDS.items():
        said = call(folder, *words, f"output={kind}", "figures=false", *(["workers=1"] if kind != "given" else []))
        assert said.status == 0, (kind, said.err)
        (folder / f"{kind}.txt").write_text(said.out, encoding="utf-8")
    for gone in ("swept", "ours.yaml", "morris/parts"):  # a report rests on the folder of its result alone
        path = folder / gone
        _ = shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    return folder


@pytest.fixture(scope="module")
def pages(call: Command, results: Path) -> dict[tuple[str, str], str]:
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(webpage, "_font_of", lambda _: "")  # it takes a second
        for kind in KINDS:
            for language in ("en", "zh"):
                said = call(results, "report", kind, f"language={language}", f"format={'html,docx' if language == 'zh' else 'html'}")
                assert said.status == 0, (kind, said.err)
                found[kind, language] = (results / kind / "report.html").read_text(encoding="utf-8")
    return found


def test_each_has_its_report_with_the_same_skeleton_in_both_languages(pages: dict[tuple[str, str], str], results: Path) -> None:
    skeleton = {"en": ("The answer", "What was compared with what", "How this was found", "How to repeat it", "Appendix"),
                "zh": ("结论", "拿什么与什么比", "怎样得出", "怎样重做", "附录")}  # fmt: skip
    for (kind, language), page in pages.items():
        heads = re.findall(r"<h[12]>([^<]*)</h[12]>", page)
        places = [heads.index(head) for head in skeleton[language]]
        assert places == sorted(places), (kind, language)
        assert squeezed(read(results / kind / "provenance.json")["command"]).replace("'", "&#39;") in squeezed(page), kind
        assert "{" not in seen(page), "every pattern is filled in"
    for kind in KINDS:
        document = docx.Document(str(results / kind / "report.docx"))
        assert len(document.tables) == pages[kind, "zh"].count("<table>") > 0, kind


def test_it_says_what_the_commands_said(pages: dict[tuple[str, str], str], results: Path) -> None:
    for kind in KINDS:
        printed, page = (results / f"{kind}.txt").read_text(encoding="utf-8"), seen(pages[kind, "en"])
        found = {squeezed(one) for one in re.findall(FIGURES, printed)}
        assert [one for one in found if one not in page] == [], kind
        sentences = [line for line in printed.splitlines() if re.search(r"\w{3,} \w+ .*\.$", line) and not line.startswith(("│", "┃", " "))]
        told = [one for one in map(squeezed, sentences) if len(one) > 40]
        assert sum(one in page for one in told) >= len(told) // 2, (kind, told)


def test_figures_of_targets_have_their_unit(pages: dict[tuple[str, str], str], results: Path) -> None:
    for language, unit in (("en", "(CNY/person)"), ("zh", "（元/人）")):
        for label in ("C5", "C6"):
            assert re.search(rf"{label}[^±]*{re.escape(unit)}[^±]*±", seen(pages["calibrate", language])), (language, label)
    content = read(results / "calibrate" / "calibration.json")
    assert [one["unit"] for one in content["targets"]] == [{"en": "CNY/person", "zh": "元/人"}] * 2
    for one in content["targets"]:
        del one["unit"]
    assert [str(one.unit) for one in learned_of(content).targets] == ["", ""], "an earlier result, which has none, is read all the same"


def test_the_first_words_are_the_answer(pages: dict[tuple[str, str], str], results: Path) -> None:
    rows = read(results / "validate" / "validation.json")
    assert f"{sum(one['pass'] for one in rows)}of{len(rows)}figureswithintolerance" in seen(pages["validate", "en"]).partition("Whatwascompared")[0]
    assert "targetsaremetbythemedianoftheset" in seen(pages["calibrate", "en"]).partition("Whatwascompared")[0]
    assert "surelyinfront:Lodging:costofabedthatstandsready" in seen(pages["morris", "en"]).partition("Whatwascompared")[0]
    assert "Mostlywhere" in seen(pages["discovery", "en"]).partition("Whatwascompared")[0]
    assert squeezed((results / "information.txt").read_text(encoding="utf-8").lstrip().split("\n")[0]) in seen(pages["information", "en"])


def test_misses_stand_before_what_is_met(pages: dict[tuple[str, str], str]) -> None:
    page = seen(pages["validate", "en"])
    assert page.index("C6:") < page.index("Appendix") < page.rindex("C5:")


def test_each_levers_part_stands_with_its_interval_beside_its_money(pages: dict[tuple[str, str], str], results: Path) -> None:
    content = read(results / "compare" / "comparison.json")["attribution"]
    page = seen(pages["compare", "en"])
    part = page[page.index("Whichleverdidit") : page.index("Howsurethisis")]
    spent = content["whole"]["spending"]
    form = money_form(spent["value"], "en")
    for lever in content["levers"].values():
        jobs, money = lever["jobs"], lever["spending"]
        for one, own in ((jobs, PLAIN), (money, form)):
            ends = [float("nan") if one[end] is None else one[end] for end in ("low", "high")]
            assert squeezed(write_estimate((one["value"], *ends), own)) in part


def test_a_report_simulates_nothing(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError

    monkeypatch.setattr("sim.world.make_world", never)
    monkeypatch.setattr("experiments.sensitivity.outcomes.make_world", never)
    monkeypatch.setattr("experiments.sensitivity.information_trial.make_world", never)
    for kind in ("morris", "sobol", "information"):
        with opened(str(results / kind)) as saved:
            assert assembling.report_of(saved, "zh").sections


def test_a_broken_file_is_told(call: Command, results: Path, tmp_path: Path) -> None:
    shutil.copytree(results / "calibrate", tmp_path / "calibrate")
    content = read(tmp_path / "calibrate" / "calibration.json")
    (tmp_path / "calibrate" / "calibration.json").write_text(json.dumps({**content, "counts": None}), encoding="utf-8")
    said = call(tmp_path, "report", "calibrate")
    assert said.status == 2
    assert "cannot be read as a result of yizhan calibrate" in said.err
    shutil.copytree(results / "validate", tmp_path / "validate")
    (tmp_path / "validate" / "validation.json").write_text("{}", encoding="utf-8")
    said = call(tmp_path, "report", "validate", "language=zh")
    assert said.status == 2
    assert "无法将 validate 作为 yizhan validate 的结果读取" in said.err
