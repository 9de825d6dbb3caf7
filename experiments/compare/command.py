"""``yizhan compare``: what a programme adds, on paired worlds, with the gross-to-net account."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from experiments.compare.attribution import attribution_json, check_attribution, print_attribution
from experiments.compare.changes import split_changes
from experiments.compare.details import widest
from experiments.compare.files import account_people_table, comparison_json, series_of
from experiments.compare.options import CompareOptions
from experiments.compare.report import print_comparison
from experiments.compare.variants import Worlds, read_worlds
from experiments.compare.words import NONE
from experiments.shared.application import Plain, check_outcomes, is_multirun
from experiments.shared.drawing import Drawings
from experiments.shared.errors import MistakeError
from experiments.shared.nation import hosts_of, places_json, print_places, refuse_of_market, refuse_of_nation, write_nation
from experiments.shared.own_taken import blamed
from experiments.shared.results_folder import ResultFolder, write_table
from experiments.shared.tables import show_lines
from experiments.shared.terminal import put
from experiments.shared.work import Work, begin
from sim.attribution import Attribution, attribute, count_worlds
from sim.bilingual import Sentence, in_language, sentence, sentence_of
from sim.compared import Comparison
from sim.comparison import Precision, compare, is_precise
from sim.nation.comparing import NationComparison, compare_nation
from sim.nation.markets import is_nation
from sim.outcomes import OUTCOMES
from sim.scenario import Scenario
from sim.simulation import Progress
from sim.titles import titles_of


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
    kept, changes = split_changes(words)
    named = any(word.lstrip("+").startswith(("comparison=", "comparison.variants")) for word in kept)

    def compared(options: CompareOptions, scenario: Scenario, plain: Plain, _kept: Sequence[str]) -> OneComparison:
        return OneComparison(options, scenario, read_worlds(plain, options, changes, named=named), plain, words)

    begin(compared, "compare", CompareOptions, kept)


@dataclass(frozen=True)
class Compared:
    """What was found: the comparison, and the effect divided among the levers if that was asked for."""

    comparison: Comparison
    attribution: Attribution | None


class OneComparison(Work[CompareOptions, Compared]):
    """Variants beside a baseline, on paired worlds."""

    verb = "compare"
    takes_nations = True

    def __init__(self, options: CompareOptions, scenario: Scenario, worlds: Worlds, plain: Plain, words: Sequence[str]) -> None:
        """Take the worlds, and check what is asked of them."""
        super().__init__(options.model_copy(update={"comparison": worlds.file, "against": None}), scenario, plain, words)
        self.worlds, self.baseline, self.variants = worlds, worlds.baseline, worlds.variants
        for key, names in (("outcomes", options.outcomes), ("precision_outcome", [options.precision_outcome])):
            with blamed(key):
                check_outcomes(names)
        refuse_of_nation(scenario, attribution=options.attribution, save_people=options.save_people, precision=options.precision is not None)
        refuse_of_market(scenario, options.scheduler)
        self.nation: NationComparison | None = None
        self.bundle = check_attribution(worlds.file.baseline, NONE, self.variants) if options.attribution else None
        wanted = options.precision
        self.precision = None if wanted is None else Precision(options.precision_outcome, wanted, options.most_replicates)

    @property
    def days(self) -> int:
        """Days of every world, at most."""
        return ((1 + len(self.variants)) * self._pairs + self._added) * self.baseline.days

    @property
    def simulated(self) -> list[tuple[Scenario, float]]:
        """The baseline and the variants, and what attribution adds."""
        paired = [(scenario, self._pairs * scenario.days) for scenario in (self.baseline, *self.variants.values())]
        return [*paired, (self.scenario, self._added * self.scenario.days)]

    @property
    def _pairs(self) -> int:
        return self.precision.most if self.precision else self.options.replicates

    @property
    def _added(self) -> int:
        """Worlds that attribution adds."""
        return count_worlds(self.bundle, self._pairs, self.options.seed, self.options.attribution_orders) if self.bundle else 0

    def find(self, folder: ResultFolder, progress: Progress) -> Compared:  # noqa: ARG002
        """Simulate the pairs."""
        options, precision = self.options, self.precision
        if is_nation(self.baseline):
            with hosts_of(options) as hosts:
                self.nation = compare_nation(self.baseline, self.variants, options.replicates, options.seed, options.workers, progress, hosts)
            return Compared(self.nation.total, None)
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
        if self.nation is not None:
            write_nation(self.nation.nations[next(iter(self.variants))], folder)
            content["variants"] = {variant: told | places_json(self.nation, variant) for variant, told in content["variants"].items()}
        folder.write_json("comparison.json", content | ({"attribution": attribution_json(found.attribution)} if found.attribution else {}))
        folder.write_json("summary.json", next(iter(comparison.variants.values())).results.summary())
        write_table(series_of(comparison, name, options.outcomes), folder.path / "series.parquet")
        if options.save_people:
            write_table(account_people_table(comparison), folder.path / "account_people.parquet")

    def show(self, found: Compared) -> None:
        """Print the answer, the account, why it stopped, and the parts of the levers."""
        options = self.options
        notes = [line for lines in self.worlds.changed.values() for line in lines] + self.worlds.idle
        title = title_of(self.scenario, self.worlds)
        print_comparison(found.comparison, title, self.worlds.names, options.outcomes, options.language, detail=options.detail, notes=notes)
        if self.nation is not None:
            print_places(self.nation, {name: self.worlds.names[name] for name in self.variants}, options.language)
        if self.precision:
            _say_why_it_stopped(found.comparison, self.precision, options.language)
        if found.attribution:
            print_attribution(found.attribution, options.language, self.worlds.names[next(iter(self.variants))])

    def drawings(self, found: Compared) -> Drawings:
        """Return every figure of a comparison."""
        from experiments.compare.figures.every import drawings_of

        worlds, options = self.worlds, self.options
        return drawings_of(found.comparison, options.outcomes, options.language, worlds.names, list(worlds.file.variants), found.attribution)


def title_of(programme: Scenario, worlds: Worlds) -> Sentence:
    """Name the programme and, of several variants, what they vary."""
    titles = titles_of(programme)
    name = Sentence(titles["en"] or programme.programme, titles["zh"] or programme.programme)
    if len(worlds.variants) == 1 or not worlds.file.title:
        return name
    return sentence("{name}; {title}", "{name}；{title}", name=name, title=Sentence(worlds.file.title, worlds.file.title_zh or worlds.file.title))


def _telling(precision: Precision, language: str) -> Callable[[Comparison], None]:
    """Return what tells, after each batch, how far from the precision it is."""

    def tell(comparison: Comparison) -> None:
        half, pairs = widest(comparison, precision), comparison.baseline.replicates
        shown = "–" if math.isnan(half) else f"{half:,.4g}"
        wanted = f"± {precision.half_width:,.4g}"
        told = sentence("{pairs} pairs: ± {shown}, wanted {wanted}", "{pairs} 对：± {shown}，目标 {wanted}", pairs=pairs, shown=shown, wanted=wanted)
        put(in_language(told, language) + "\n", sys.stderr)

    return tell


def _say_why_it_stopped(comparison: Comparison, precision: Precision, language: str) -> None:
    pairs, half = comparison.baseline.replicates, widest(comparison, precision)
    parts = {"what": sentence_of(OUTCOMES[precision.outcome].label), "half": f"{half:,.4g}", "wanted": f"{precision.half_width:,.4g}"}
    if is_precise(comparison, precision):
        why = sentence(
            "{what} is known to ± {half}, within the ± {wanted} wanted", "“{what}”的差异已精确到 ± {half}，达到目标 ± {wanted}", **parts,
        )  # fmt: skip
    elif math.isnan(half):
        why = sentence(
            "most_replicates is reached, and {what} is not defined in enough pairs to have an interval",
            "已达 most_replicates，而“{what}”在多数模拟中无定义，无法给出区间", **parts,
        )  # fmt: skip
    else:
        needed = f"{pairs * (half / precision.half_width) ** 2:,.0f}" if precision.half_width > 0 else "∞"
        why = sentence(
            "most_replicates is reached; {what} is known to ± {half}, not ± {wanted}, which would take about {needed} pairs",
            "已达 most_replicates；“{what}”的差异为 ± {half}，未达目标 ± {wanted}（约需 {needed} 对）", needed=needed, **parts,
        )  # fmt: skip
    stopped = sentence("Stopped after {pairs} pairs: {why}.", "共模拟 {pairs} 对后停止：{why}。", pairs=pairs, why=why)
    show_lines([stopped, *(what_replicates_leave(comparison, name, precision.outcome) for name in comparison.variants)], language)


def what_replicates_leave(comparison: Comparison, name: str, outcome: str) -> Sentence | None:
    """Say that more replicates do not narrow what is not known, where that is wider than what they would remove."""
    estimate, lived = comparison.baseline.estimate(comparison.differences(name, outcome)), comparison.baseline.lived
    if estimate is None or lived is None or not estimate.high - estimate.mean > estimate.error:
        return None
    whole = Sentence(" Every vector was lived with twice, so that nothing more is learned of it.", "每组参数均已模拟两次，不会再增加了解。")
    return sentence(
        "More replicates narrow the simulation error alone. What is not known about behaviour leaves ± {half} however many there are.{whole}",
        "增加模拟次数只能缩小模拟误差；对行为的了解不足仍使差异为 ± {half}，与次数无关。{whole}",
        half=f"{float(estimate.high - estimate.low) / 2.0:,.4g}", whole=whole if lived.is_whole else "",
    )  # fmt: skip
