"""``yizhan trial``: a study carried out many times in simulated labour markets, beside the truth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from experiments.shared.application import Plain, is_multirun, launch, read_options, read_scenario
from experiments.shared.errors import MistakeError
from experiments.shared.options import RunOptions
from experiments.shared.progress import announce_compilation, showing_progress
from experiments.shared.results_folder import ResultFolder, write_table
from experiments.shared.tables import say
from experiments.trial.files import estimates_table, people_table, summary, trial_json
from experiments.trial.report import print_trials
from sim.parameters import declarations, parameter
from sim.trials.loading import register_study
from sim.trials.study import Study, StudyError, check_study
from sim.trials.trial import Trials, days_to_simulate, run_trials


class TrialOptions(RunOptions):
    """Keys of ``yizhan trial``."""

    study: Study = Field(
        default=..., description="the study", json_schema_extra={"unit": "-", "source": "choice", "zh": "研究方案"},
    )  # fmt: skip
    markets: int = parameter(
        1, unit="-", low=1, high=10_000, source="choice", en="separate labour markets of each trial, with people and luck of their own",
        zh="每次试验的独立劳动力市场数",
    )  # fmt: skip


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb.

    Raises:
        MistakeError: A multirun.
    """
    if is_multirun(words):
        message = "trial carries out one study: leave out -m. replicates= repeats it with other luck; yizhan list studies shows the others."
        raise MistakeError(message)
    register_study()
    launch("trial", lambda plain: run(plain, words), words, [leaf.key for leaf in declarations(TrialOptions)] + ["study"])


def run(plain: Plain, words: Sequence[str]) -> None:
    """Carry out a study: check, simulate, analyse, print, write."""
    options: TrialOptions = read_options(TrialOptions, plain)
    scenario = read_scenario(plain, TrialOptions)
    study = options.study
    try:
        check_study(study, scenario, options.markets)
    except StudyError as error:
        message = f"study: {error}"
        raise MistakeError(message) from None
    with ResultFolder("trial", scenario.programme, options.output, words) as folder:
        announce_compilation(options.language)
        days = days_to_simulate(study, scenario, options.markets, options.replicates, options.seed)
        with showing_progress(days, options.language) as progress:
            trials = run_trials(
                study, scenario, options.markets, options.replicates, options.seed, options.workers, progress, save_people=options.save_people
            )
        print_trials(trials, options.language)
        folder.write_provenance(scenario, options, options.seed)
        folder.write_json("trial.json", trial_json(trials))
        folder.write_json("summary.json", summary(trials))
        write_table(estimates_table(trials), folder.path / "estimates.parquet")
        if options.save_people:
            write_table(people_table(trials), folder.path / "people.parquet")
        if options.figures:
            say({"en": "drawing figures …", "zh": "正在绘图……"}, options.language)
            draw_figures(trials, folder.path / "figures", options)
    say({"en": f"Result: {folder.final}", "zh": f"结果目录:{folder.final}"}, options.language)


def draw_figures(trials: Trials, folder: Path, options: TrialOptions) -> None:
    """Draw and save every figure of a study."""
    from experiments.shared.figures.saving import save_figure
    from experiments.trial.figures import draw_trials

    for name, figure in draw_trials(trials, options.language).items():
        save_figure(figure, folder, name)
