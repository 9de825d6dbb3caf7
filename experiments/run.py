"""``yizhan run``: one scenario over replicates."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from experiments.application import Plain, is_multirun, launch, read_options, read_scenario
from experiments.output import ResultFolder
from experiments.progress import announce_compilation, showing_progress
from experiments.tables import print_groups, print_outcomes, say
from experiments.trace import read_trace, refuse_several, show_trace
from sim.parameters import ParameterGroup, parameter
from sim.results import Results
from sim.simulation import simulate

_CHOICE = "choice"


class RunOptions(ParameterGroup):
    """Keys of every verb that runs scenarios."""

    replicates: int = parameter(20, unit="-", low=1, high=100_000, source=_CHOICE, en="simulations, each with other luck", zh="模拟次数")
    seed: int = parameter(1, unit="-", low=0, high=2**32 - 1, source=_CHOICE, en="seed of every draw", zh="随机种子")
    workers: int | None = parameter(
        None, unit="-", low=1, high=4096, source=_CHOICE, en="replicates at a time; null: one a core", zh="同时模拟次数,null 为每核一次"
    )
    output: str | None = Field(
        default=None, min_length=1, description="folder of the result; null: results/VERB/DATE_TIME_NAME",
        json_schema_extra={"unit": "-", "source": _CHOICE, "zh": "结果目录,null 为 results/命令/日期_时间_名称"},
    )  # fmt: skip
    language: Literal["en", "zh"] = parameter("en", unit="-", source=_CHOICE, en="language of tables and figures", zh="表格与图的语言")
    save_people: bool = parameter(default=False, unit="-", source=_CHOICE, en="whether to write people.parquet", zh="是否写出个体数据 people.parquet")
    figures: bool = parameter(default=True, unit="-", source=_CHOICE, en="whether to draw figures", zh="是否绘图")


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
    from experiments import figures

    drawn = {
        "employment_and_arrivals": figures.draw_employment_and_arrivals(results, language),
        "funnels": figures.draw_funnels(results, language),
        "stations": figures.draw_station_occupancy(results, language),
        "spending": figures.draw_spending(results, language),
    }
    for name, figure in drawn.items():
        if figure is not None:
            figures.save_figure(figure, folder, name)
