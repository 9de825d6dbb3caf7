"""``yizhan trial``: a study carried out many times in simulated labour markets, beside the truth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from experiments.shared.application import Plain, is_multirun
from experiments.shared.drawing import Drawings
from experiments.shared.errors import MistakeError
from experiments.shared.options import RunOptions
from experiments.shared.own_taken import blamed
from experiments.shared.results_folder import ResultFolder, write_table
from experiments.shared.work import Work, begin
from experiments.trial.files import estimates_table, people_table, summary, trial_json
from experiments.trial.report import print_trials
from sim.bilingual import Sentence, message_of, sentence
from sim.composing import read_yaml
from sim.own_files import own_in_use, shipped
from sim.parameters import declarations, parameter
from sim.scenario import Scenario
from sim.simulation import Progress
from sim.trials.loading import register_study
from sim.trials.study import Study, StudyError, check_study
from sim.trials.trial import Trials, days_to_simulate, run_trials

DECIDE = ("study", "days", "markets", "policy", "region")
"""Beginnings of the keys on which it depends whether a study can be carried out."""


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
        message = Sentence(
            "trial carries out one study: leave out -m. replicates= repeats it with other luck; yizhan list studies shows the others.",
            "trial 一次只做一项研究，请去掉 -m。replicates= 可换随机数重复试验；yizhan list studies 列出其他研究。",
        )  # fmt: skip
        raise MistakeError(message)
    register_study()
    begin(OneTrial, "trial", TrialOptions, words, [leaf.key for leaf in declarations(TrialOptions)] + ["study"])


class OneTrial(Work[TrialOptions, Trials]):
    """A study, carried out many times."""

    verb = "trial"

    def __init__(self, options: TrialOptions, scenario: Scenario, plain: Plain, words: Sequence[str]) -> None:
        """Check the study.

        Raises:
            MistakeError: It cannot be carried out in this scenario.
        """
        super().__init__(options, scenario, plain, words)
        try:
            check_study(options.study, scenario, options.markets)
        except StudyError as error:
            message = sentence("study: {why}", "study：{why}", why=message_of(error))
            with blamed("study", *(key for key in own_in_use().given if key.startswith(DECIDE))):
                raise MistakeError(message) from None

    @property
    def name(self) -> str:
        """What the default folder is named after: the study's file, as it was chosen or, of a result made again, by its title."""
        chosen = [word.partition("=")[2].strip("'\"") for word in self.words if word.lstrip("+").startswith("study=")]
        named = Path(chosen[-1]).stem if chosen else ""
        if re.fullmatch(r"\w[\w.-]*", named):
            return named
        title = self.options.study.title
        return next((name for name in shipped("study") if title and read_yaml("study", name)["study"].get("title") == title), super().name)

    @property
    def days(self) -> int:
        """Days of every world of every trial."""
        options = self.options
        return days_to_simulate(options.study, self.scenario, options.markets, options.replicates, options.seed)

    def find(self, folder: ResultFolder, progress: Progress) -> Trials:  # noqa: ARG002
        """Carry the trials out and analyse them."""
        options = self.options
        return run_trials(
            options.study, self.scenario, options.markets, options.replicates, options.seed, options.workers, progress,
            save_people=options.save_people,
        )  # fmt: skip

    def write(self, found: Trials, folder: ResultFolder) -> None:
        """Write the estimates beside the truth."""
        folder.write_provenance(self.scenario, self.options, self.options.seed)
        folder.write_json("trial.json", trial_json(found))
        folder.write_json("summary.json", summary(found))
        write_table(estimates_table(found), folder.path / "estimates.parquet")
        if self.options.save_people:
            write_table(people_table(found), folder.path / "people.parquet")

    def show(self, found: Trials) -> None:
        """Print the estimates beside the truth."""
        print_trials(found, self.options.language)

    def drawings(self, found: Trials) -> Drawings:
        """Return every figure of a study."""
        from experiments.trial.figures import drawings_of

        return drawings_of(found, self.options.language)
