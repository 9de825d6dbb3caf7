"""``yizhan run``: one scenario over replicates."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from experiments.shared.application import Plain, is_multirun, launch, read_options, read_scenario
from experiments.shared.options import RunOptions
from experiments.shared.progress import announce_compilation, showing_progress
from experiments.shared.results_folder import ResultFolder
from experiments.shared.tables import print_groups, print_outcomes, say
from experiments.story.trace import read_trace, refuse_several, show_trace
from sim.parameters import parameter
from sim.results import Results
from sim.simulation import simulate

_CHOICE = "choice"


class OneRunOptions(RunOptions):
    """Keys of ``yizhan run``."""

    trace: Any = parameter(
        None, unit="-", source=_CHOICE, en="a person whose story is told, or an outcome whose persons are listed; null: none",
        zh="讲述其经历的个人编号,或列出其对应个人的指标名,null 为无",
    )  # fmt: skip
    trace_replicate: int = parameter(
        0, unit="-", low=0, high=99_999, source=_CHOICE, en="replicate of the story, from 0", zh="经历所在的模拟序号,从 0 起"
    )


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb."""
    refuse_several(words)
    with tempfile.TemporaryDirectory() as scratch:
        given = [*words, f"hydra.sweep.dir={scratch}"] if is_multirun(words) else words  # Hydra's own notes on a multirun
        launch("run", lambda plain: run(plain, words), given, OneRunOptions.model_fields)


def run(plain: Plain, words: Sequence[str]) -> None:
    """Run one scenario: check, simulate, print, write."""
    options: OneRunOptions = read_options(OneRunOptions, plain)
    scenario = read_scenario(plain, OneRunOptions)
    trace = read_trace(options.trace, options.trace_replicate, options.replicates, scenario)
    with ResultFolder("run", scenario.programme, options.output, words) as folder:
        announce_compilation(options.language)
        with showing_progress(scenario.days * options.replicates, options.language) as progress:
            results = simulate(
                scenario, options.replicates, options.seed, options.workers, progress, save_people=options.save_people
            )
        print_outcomes(results, options.language)
        print_groups(results, options.language)
        folder.write_results(results, options)
        if trace is not None:
            show_trace(trace, scenario, options.seed, options.language, folder.path)
        if options.figures:
            say({"en": "drawing figures …", "zh": "正在绘图……"}, options.language)
            draw_figures(results, folder.path / "figures", options.language)
    say({"en": f"Result: {folder.final}", "zh": f"结果目录:{folder.final}"}, options.language)


def draw_figures(results: Results, folder: Path, language: Literal["en", "zh"]) -> None:
    """Draw and save every figure of a run."""
    from experiments.run.figures.daily import draw_employment_and_arrivals, draw_station_occupancy
    from experiments.run.figures.funnel import draw_funnels
    from experiments.shared.figures.saving import save_figure
    from experiments.shared.figures.spending import draw_spending

    drawn = {
        "employment_and_arrivals": draw_employment_and_arrivals(results, language),
        "funnels": draw_funnels(results, language),
        "stations": draw_station_occupancy(results, language),
        "spending": draw_spending(results, language),
    }
    for name, figure in drawn.items():
        if figure is not None:
            save_figure(figure, folder, name)
