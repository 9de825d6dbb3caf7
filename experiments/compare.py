"""``yizhan compare``: what a programme adds, on paired worlds, with the gross-to-net account."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from pydantic import model_validator

from experiments.application import Plain, check_outcomes, launch, put_value, read_options, read_scenario
from experiments.compare_report import comparison_json, print_comparison
from experiments.errors import MistakeError
from experiments.output import ResultFolder
from experiments.progress import announce_compilation, showing_progress
from experiments.run import RunOptions
from experiments.tables import say
from sim.comparison import Comparison, NotComparableError, compare, without_programme
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

    @model_validator(mode="after")
    def _check(self) -> ComparisonFile:
        if not self.variants:
            message = "needs at least one entry under variants"
            raise ValueError(message)
        if self.baseline != NONE and self.baseline not in self.variants:
            raise ValueError(unknown("baseline", self.baseline, [NONE, *self.variants]))
        if set(self.variants) == {self.baseline}:
            message = "the only variant is the baseline; add another one to compare with it"
            raise ValueError(message)
        if NONE in self.variants:
            message = "a variant cannot be called none, which is the world without any lever"
            raise ValueError(message)
        return self


class CompareOptions(RunOptions):
    """Keys of ``yizhan compare``."""

    comparison: ComparisonFile = ComparisonFile(variants={"programme": {}})
    outcomes: tuple[str, ...] = parameter(
        (), unit="-", source="choice", en="outcomes that are printed and drawn; every one is in comparison.json", zh="打印与绘图的结果指标",
    )  # fmt: skip


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb."""
    launch("compare", lambda plain: run(plain, words), words, CompareOptions.model_fields)


def run(plain: Plain, words: Sequence[str]) -> None:
    """Compare: check, simulate, print, write."""
    options: CompareOptions = read_options(CompareOptions, plain)
    check_outcomes(options.outcomes)
    baseline, variants = read_variants(plain, options.comparison)
    shown = next(iter(variants.values()))
    title = options.comparison.title_zh if options.language == "zh" else options.comparison.title
    with ResultFolder("compare", shown.programme, options.output, words) as folder:
        announce_compilation(options.language)
        worlds = 1 + len(variants)
        with showing_progress(worlds * baseline.days * options.replicates, options.language) as progress:
            try:
                comparison = compare(baseline, variants, options.replicates, options.seed, options.workers, progress)
            except NotComparableError as error:
                raise MistakeError(str(error)) from None
        print_comparison(comparison, title or shown.programme, options.outcomes, options.language)
        folder.write_provenance(shown, options, options.seed)
        folder.write_json("comparison.json", comparison_json(comparison, options.comparison.baseline))
        folder.write_json("summary.json", comparison.baseline.summary())
        if options.figures:
            say({"en": "drawing figures …", "zh": "正在绘图……"}, options.language)
            draw_figures(comparison, folder.path / "figures", options)
    say({"en": f"Result: {folder.final}", "zh": f"结果目录:{folder.final}"}, options.language)


def read_variants(plain: Plain, file: ComparisonFile) -> tuple[Scenario, dict[str, Scenario]]:
    """Make the baseline and the variants.

    Args:
        plain: The composed configuration of the programme.
        file: What is compared.

    Returns:
        The baseline; name → variant, without the baseline.

    Raises:
        MistakeError: A variant with a key or a value that is not allowed.
    """
    found = {}
    for name, overrides in file.variants.items():
        changed = copy.deepcopy(plain)
        if file.alone:
            changed["policy"] = Policy().model_dump(mode="json")
        for key, value in overrides.items():
            put_value(changed, key, value, f"comparison.variants.{name}")
        found[name] = read_scenario(changed, CompareOptions)
    if file.baseline != NONE:
        return found.pop(file.baseline), found
    return without_programme(next(iter(found.values()))), found


def draw_figures(comparison: Comparison, folder: Any, options: CompareOptions) -> None:  # noqa: ANN401
    """Draw and save every figure of a comparison."""
    from experiments import figures

    for name, figure in figures.draw_comparison(comparison, options.outcomes, options.language).items():
        figures.save_figure(figure, folder, name)
