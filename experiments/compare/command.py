"""``yizhan compare``: what a programme adds, on paired worlds, with the gross-to-net account."""

from __future__ import annotations

import copy
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import model_validator

from experiments.compare.attribution import attribution_json, check_attribution, print_attribution
from experiments.compare.files import account_people_table, comparison_json, series_of
from experiments.compare.report import print_comparison, widest
from experiments.shared.application import Plain, check_outcomes, is_multirun, put_value, read_scenario
from experiments.shared.drawing import Drawings
from experiments.shared.errors import MistakeError
from experiments.shared.options import RunOptions
from experiments.shared.results_folder import ResultFolder, write_table
from experiments.shared.tables import say
from experiments.shared.terminal import put
from experiments.shared.work import Work, begin
from sim.attribution import Attribution, attribute, count_worlds
from sim.bilingual import Sentence, message_of, sentence
from sim.comparison import Comparison, NotComparableError, Precision, check_comparable, compare, is_precise, without_programme
from sim.outcomes import OUTCOMES
from sim.parameters import ParameterGroup, parameter
from sim.scenario import Policy, Scenario
from sim.simulation import Progress
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
            message = Sentence("needs at least one entry under variants", "variants 之下至少须有一项")
            raise ValueError(message)
        if NONE in self.variants:
            message = Sentence(
                "a variant cannot be called none, which is the world without any lever", "方案不能叫 none，它专指没有任何政策工具的情形",
            )  # fmt: skip
            raise ValueError(message)
        for name in self.variants:
            if not re.fullmatch(r"\w[\w.-]*", name):
                message = sentence(
                    "variant {name!r}: a name has letters, digits, - and _ only; say more under labels",
                    "方案“{name}”：名称只能含字母、数字、- 与 _；更多说明请写在 labels 之下", name=name,
                )  # fmt: skip
                raise ValueError(message)
        if self.baseline != NONE and self.baseline not in self.variants:
            raise ValueError(unknown("baseline", self.baseline, [NONE, *self.variants]))
        if set(self.variants) == {self.baseline}:
            message = Sentence("the only variant is the baseline; add another one to compare with it", "唯一的方案就是对照方案，请再加一个与之比较")
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
        message = Sentence(
            "compare runs one comparison: leave out -m. Variants stand in a comparison (yizhan list comparisons); a grid is yizhan sweep -m.",
            "compare 一次只做一项比较，请去掉 -m。多个方案写在比较文件中（yizhan list comparisons）；网格请用 yizhan sweep -m。",
        )  # fmt: skip
        raise MistakeError(message)
    begin(OneComparison, "compare", CompareOptions, words)


@dataclass(frozen=True)
class Compared:
    """What was found: the comparison, and the effect divided among the levers if that was asked for."""

    comparison: Comparison
    attribution: Attribution | None


class OneComparison(Work[CompareOptions, Compared]):
    """Variants beside a baseline, on paired worlds."""

    verb = "compare"

    def __init__(self, options: CompareOptions, scenario: Scenario, plain: Plain, words: Sequence[str]) -> None:
        """Make the baseline and the variants."""
        super().__init__(options, scenario, plain, words)
        file = options.comparison
        check_outcomes([*options.outcomes, options.precision_outcome])
        self.baseline, self.variants = read_variants(plain, file)
        self.bundle = check_attribution(file.baseline, NONE, self.variants) if options.attribution else None
        self.title = (file.title_zh if options.language == "zh" else file.title) or scenario.title
        self.labels = {name: {"en": name, "zh": name} | file.labels.get(name, {}) for name in (*self.variants, file.baseline)}
        wanted = options.precision
        self.precision = None if wanted is None else Precision(options.precision_outcome, wanted, options.most_replicates)

    @property
    def days(self) -> int:
        """Days of every world, at most."""
        options = self.options
        pairs = self.precision.most if self.precision else options.replicates
        added = count_worlds(self.bundle, pairs, options.seed, options.attribution_orders) if self.bundle else 0
        return ((1 + len(self.variants)) * pairs + added) * self.baseline.days

    def find(self, folder: ResultFolder, progress: Progress) -> Compared:  # noqa: ARG002
        """Simulate the pairs."""
        options, precision = self.options, self.precision
        comparison = compare(
            self.baseline, self.variants, options.replicates, options.seed, options.workers, progress,
            precision=precision, save_people=options.save_people, after_batch=_telling(precision, options.language) if precision else None,
        )  # fmt: skip
        if self.bundle is None:
            return Compared(comparison, None)
        pairs, orders = comparison.baseline.replicates, options.attribution_orders
        return Compared(comparison, attribute(self.bundle, pairs, options.seed, options.workers, progress, orders=orders))

    def write(self, found: Compared, folder: ResultFolder) -> None:
        """Write differences, account, series and persons."""
        comparison, options = found.comparison, self.options
        name = options.comparison.baseline
        folder.write_provenance(self.scenario, options, options.seed, (self.baseline, *self.variants.values()))
        content = comparison_json(comparison, name, self.scenario.programme)
        folder.write_json("comparison.json", content | ({"attribution": attribution_json(found.attribution)} if found.attribution else {}))
        folder.write_json("summary.json", next(iter(comparison.variants.values())).results.summary())
        write_table(series_of(comparison, name, options.outcomes), folder.path / "series.parquet")
        if options.save_people:
            write_table(account_people_table(comparison), folder.path / "account_people.parquet")

    def show(self, found: Compared) -> None:
        """Print the differences, the account, why it stopped, and the parts of the levers."""
        options = self.options
        print_comparison(found.comparison, self.title, options.outcomes, options.language, self.labels)
        if self.precision:
            _say_why_it_stopped(found.comparison, self.precision, options.language)
        if found.attribution:
            print_attribution(found.attribution, options.language, self._first)

    def drawings(self, found: Compared) -> Drawings:
        """Return every figure of a comparison."""
        from experiments.compare.figures.attribution import draw_attribution
        from experiments.compare.figures.differences import drawings_of

        attribution, language = found.attribution, self.options.language
        drawn = drawings_of(found.comparison, self.options.outcomes, language, self.labels)
        return drawn | ({"attribution": lambda: draw_attribution(attribution, language, self._first)} if attribution else {})

    @property
    def _first(self) -> str:
        """What the first variant is called."""
        return self.labels[next(iter(self.variants))][self.options.language]


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
            raise MistakeError(sentence("{where}: {why}", "{where}：{why}", where=where, why=message_of(error))) from None
    baseline = without_programme(read_scenario(plain, CompareOptions)) if file.baseline == NONE else found.pop(file.baseline)
    try:
        check_comparable(baseline, found)
    except NotComparableError as error:
        message = sentence(
            "comparison.variants: {why}; set it for all on the command line", "comparison.variants：{why}；请在命令行为所有方案统一设置",
            why=message_of(error),
        )  # fmt: skip
        raise MistakeError(message) from None
    return baseline, found


def _check_key(key: str, where: str) -> None:
    """Refuse the keys of the command itself, which a variant cannot have for itself.

    Raises:
        MistakeError: Such a key.
    """
    root = key.partition(".")[0]
    if root == "programme":
        message = sentence(
            "{where}: a variant changes the programme that was chosen; programme=NAME stands on the command line",
            "{where}：方案是对所选项目的改动；programme=名称 写在命令行", where=where,
        )  # fmt: skip
        raise MistakeError(message)
    if root in CompareOptions.model_fields:
        message = sentence(
            "{where}: {key} belongs to the whole comparison; set it on the command line", "{where}：{key} 属于整个比较，请在命令行设置", where=where,
            key=key,
        )  # fmt: skip
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
