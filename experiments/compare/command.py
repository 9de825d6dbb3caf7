"""``yizhan compare``: what a programme adds, on paired worlds, with the gross-to-net account."""

from __future__ import annotations

import copy
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import model_validator

from experiments.compare.attribution import attribution_json, check_attribution, print_attribution
from experiments.compare.files import account_people_table, comparison_json, series_of
from experiments.compare.report import print_comparison, widest
from experiments.shared.application import Plain, check_outcomes, is_multirun, launch, put_value, read_options, read_scenario
from experiments.shared.errors import MistakeError
from experiments.shared.options import RunOptions
from experiments.shared.progress import announce_compilation, showing_progress
from experiments.shared.results_folder import ResultFolder, write_table
from experiments.shared.tables import say
from experiments.shared.terminal import put
from sim.attribution import Attribution, attribute, count_worlds
from sim.comparison import Comparison, NotComparableError, Precision, check_comparable, compare, is_precise, without_programme
from sim.outcomes import OUTCOMES
from sim.parameters import ParameterGroup, parameter
from sim.scenario import Policy, Scenario
from sim.wording import unknown

NONE = "none"


class ComparisonFile(ParameterGroup):
    """One file of ``configs/comparison``: a baseline and named variants."""

    title: str = parameter("", unit="-", source="choice", en="title in English", zh="英文标题")
    title_zh: str = parameter("", unit="-", source="choice", en="title in Chinese", zh="中文标题")
    baseline: str = parameter(
        NONE, unit="-", source="choice", en="none: the same people without any lever; or the name of a variant", zh="对照:none 为无项目,或某一方案名",
    )  # fmt: skip
    alone: bool = parameter(
        default=False, unit="-", source="choice", en="whether a variant has only the levers that it names", zh="各方案是否仅含所列政策工具",
    )  # fmt: skip
    variants: dict[str, dict[str, Any]] = parameter(
        {}, unit="-", source="choice", en="name of a variant, and its overrides of the programme", zh="方案名及其对项目的改动",
    )  # fmt: skip
    labels: dict[str, dict[str, str]] = parameter(
        {}, unit="-", source="choice", en="name of a variant, and what it is called: {en: …, zh: …}", zh="方案名及其中英文名称",
    )  # fmt: skip

    @model_validator(mode="after")
    def _check(self) -> ComparisonFile:
        if not self.variants:
            message = "needs at least one entry under variants"
            raise ValueError(message)
        if NONE in self.variants:
            message = "a variant cannot be called none, which is the world without any lever"
            raise ValueError(message)
        for name in self.variants:
            if not re.fullmatch(r"\w[\w.-]*", name):
                message = f"variant {name!r}: a name has letters, digits, - and _ only; say more under labels"
                raise ValueError(message)
        if self.baseline != NONE and self.baseline not in self.variants:
            raise ValueError(unknown("baseline", self.baseline, [NONE, *self.variants]))
        if set(self.variants) == {self.baseline}:
            message = "the only variant is the baseline; add another one to compare with it"
            raise ValueError(message)
        return self


class CompareOptions(RunOptions):
    """Keys of ``yizhan compare``."""

    comparison: ComparisonFile = ComparisonFile(variants={"programme": {}})
    outcomes: tuple[str, ...] = parameter(
        (), unit="-", source="choice", en="outcomes that are printed and drawn; every one is in comparison.json", zh="打印与绘图的结果指标",
    )  # fmt: skip
    precision: float | None = parameter(
        None, unit="the outcome's", low=0, source="choice",
        en="go on until half the 95 % interval of the difference is at most this; null: as many pairs as replicates",
        zh="持续模拟,直至差异的95%区间半宽不超过此值;null 为只模拟 replicates 对",
    )  # fmt: skip
    precision_outcome: str = parameter(
        "employed_in_region", unit="-", source="choice", en="outcome that precision is about", zh="precision 所指的结果指标",
    )  # fmt: skip
    most_replicates: int = parameter(
        500, unit="-", low=1, high=100_000, source="choice", en="pairs after which precision is given up", zh="precision 的模拟次数上限",
    )  # fmt: skip
    attribution: bool = parameter(
        default=False, unit="-", source="choice", en="whether the effect is divided among the levers (Shapley value)",
        zh="是否将效果分解到各政策工具(沙普利值)",
    )  # fmt: skip
    attribution_orders: int = parameter(
        1, unit="-", low=1, high=1000, source="choice",
        en="orders of the levers that attribution draws in each replicate, each with its reverse; with up to 6 levers it takes all",
        zh="attribution 每次模拟随机抽取的加入顺序数(各含逆序);不超过 6 项时取全部顺序",
    )  # fmt: skip


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb.

    Raises:
        MistakeError: A multirun.
    """
    if is_multirun(words):
        message = "compare runs one comparison: leave out -m. Variants stand in a comparison (yizhan list comparisons); a grid is yizhan sweep -m."
        raise MistakeError(message)
    launch("compare", lambda plain: run(plain, words), words, CompareOptions.model_fields)


def run(plain: Plain, words: Sequence[str]) -> None:
    """Compare: check, simulate, print, write."""
    options: CompareOptions = read_options(CompareOptions, plain)
    check_outcomes([*options.outcomes, options.precision_outcome])
    programme = read_scenario(plain, CompareOptions)
    baseline, variants = read_variants(plain, options.comparison)
    bundle = check_attribution(options.comparison.baseline, NONE, variants) if options.attribution else None
    title = (options.comparison.title_zh if options.language == "zh" else options.comparison.title) or programme.title
    labels = {name: {"en": name, "zh": name} | options.comparison.labels.get(name, {}) for name in (*variants, options.comparison.baseline)}
    precision = None
    if options.precision is not None:
        precision = Precision(options.precision_outcome, options.precision, options.most_replicates)
    with ResultFolder("compare", programme.programme, options.output, words) as folder:
        announce_compilation(options.language)
        pairs = precision.most if precision else options.replicates
        added = count_worlds(bundle, pairs, options.seed, options.attribution_orders) if bundle else 0
        with showing_progress(((1 + len(variants)) * pairs + added) * baseline.days, options.language) as progress:
            comparison = compare(
                baseline, variants, options.replicates, options.seed, options.workers, progress,
                precision=precision, save_people=options.save_people, after_batch=_telling(precision, options.language) if precision else None,
            )  # fmt: skip
            attribution = None
            if bundle:
                pairs = comparison.baseline.replicates
                attribution = attribute(bundle, pairs, options.seed, options.workers, progress, orders=options.attribution_orders)
        print_comparison(comparison, title, options.outcomes, options.language, labels)
        if precision:
            _say_why_it_stopped(comparison, precision, options.language)
        if attribution:
            print_attribution(attribution, options.language, labels[next(iter(variants))][options.language])
        folder.write_provenance(programme, options, options.seed, (baseline, *variants.values()))
        content = comparison_json(comparison, options.comparison.baseline, programme.programme)
        folder.write_json("comparison.json", content | ({"attribution": attribution_json(attribution)} if attribution else {}))
        folder.write_json("summary.json", next(iter(comparison.variants.values())).results.summary())
        write_table(series_of(comparison, options.comparison.baseline, options.outcomes), folder.path / "series.parquet")
        if options.save_people:
            write_table(account_people_table(comparison), folder.path / "account_people.parquet")
        if options.figures:
            say({"en": "drawing figures …", "zh": "正在绘图……"}, options.language)
            draw_figures(comparison, folder.path / "figures", options, labels, attribution)
    say({"en": f"Result: {folder.final}", "zh": f"结果目录:{folder.final}"}, options.language)


def read_variants(plain: Plain, file: ComparisonFile) -> tuple[Scenario, dict[str, Scenario]]:
    """Make the baseline and the variants.

    Args:
        plain: The composed configuration of the programme.
        file: What is compared.

    Returns:
        The baseline; name → variant, without the baseline.

    Raises:
        MistakeError: A variant with a key or a value that is not allowed, or with other people, place or time.
    """
    found = {}
    for name, overrides in file.variants.items():
        where = f"comparison.variants.{name}"
        changed = copy.deepcopy(plain)
        if file.alone:
            changed["policy"] = Policy().model_dump(mode="json")
        for key, value in overrides.items():
            _check_key(key, where)
            put_value(changed, key, value, where)
        try:
            found[name] = read_scenario(changed, CompareOptions)
        except MistakeError as error:
            raise MistakeError("\n".join(f"{where}: {line}" for line in str(error).splitlines())) from None
    baseline = without_programme(read_scenario(plain, CompareOptions)) if file.baseline == NONE else found.pop(file.baseline)
    try:
        check_comparable(baseline, found)
    except NotComparableError as error:
        message = f"comparison.variants: {error}; set it for all on the command line"
        raise MistakeError(message) from None
    return baseline, found


def _check_key(key: str, where: str) -> None:
    """Refuse the keys of the command itself, which a variant cannot have for itself.

    Raises:
        MistakeError: Such a key.
    """
    root = key.partition(".")[0]
    if root == "programme":
        message = f"{where}: a variant changes the programme that was chosen; programme=NAME stands on the command line"
        raise MistakeError(message)
    if root in CompareOptions.model_fields:
        message = f"{where}: {key} belongs to the whole comparison; set it on the command line"
        raise MistakeError(message)


def _telling(precision: Precision, language: str) -> Callable[[Comparison], None]:
    """Return what tells, after each batch, how far from the precision it is."""

    def tell(comparison: Comparison) -> None:
        half, pairs = widest(comparison, precision), comparison.baseline.replicates
        shown = "–" if half != half else f"{half:,.4g}"  # noqa: PLR0124 (NaN)
        wanted = f"± {precision.half_width:,.4g}"
        text = {"en": f"{pairs} pairs: ± {shown}, wanted {wanted}", "zh": f"{pairs} 对:± {shown},目标 {wanted}"}
        put(text[language] + "\n", sys.stderr)

    return tell


def _say_why_it_stopped(comparison: Comparison, precision: Precision, language: str) -> None:
    pairs, half = comparison.baseline.replicates, widest(comparison, precision)
    outcome = OUTCOMES[precision.outcome]
    known = half == half  # noqa: PLR0124 (NaN)
    if is_precise(comparison, precision):
        why = {
            "en": f"{outcome.label['en']} is known to ± {half:,.4g}, within the ± {precision.half_width:,.4g} wanted",
            "zh": f"“{outcome.label['zh']}”的差异已精确到 ± {half:,.4g},达到目标 ± {precision.half_width:,.4g}",
        }
    elif not known:
        why = {
            "en": f"most_replicates is reached, and {outcome.label['en']} is not defined in enough pairs to have an interval",
            "zh": f"已达 most_replicates,而“{outcome.label['zh']}”在多数模拟中无定义,无法给出区间",
        }
    else:
        needed = f"{pairs * (half / precision.half_width) ** 2:,.0f}" if precision.half_width > 0 else "∞"
        why = {
            "en": f"most_replicates is reached; {outcome.label['en']} is known to ± {half:,.4g}, not ± {precision.half_width:,.4g}, "
            f"which would take about {needed} pairs",
            "zh": f"已达 most_replicates;“{outcome.label['zh']}”的差异为 ± {half:,.4g},未达目标 ± {precision.half_width:,.4g}(约需 {needed} 对)",
        }
    say({"en": f"Stopped after {pairs} pairs: {why['en']}.", "zh": f"共模拟 {pairs} 对后停止:{why['zh']}。"}, language)


def draw_figures(
    comparison: Comparison, folder: Path, options: CompareOptions, labels: dict[str, dict[str, str]], attribution: Attribution | None = None,
) -> None:  # fmt: skip
    """Draw and save every figure of a comparison."""
    from experiments.compare.figures.attribution import draw_attribution
    from experiments.compare.figures.differences import draw_comparison
    from experiments.shared.figures.saving import save_figure

    drawn = draw_comparison(comparison, options.outcomes, options.language, labels)
    called = labels[next(iter(comparison.variants))][options.language]
    if attribution and (figure := draw_attribution(attribution, options.language, called)):
        drawn["attribution"] = figure
    for name, figure in drawn.items():
        save_figure(figure, folder, name)
