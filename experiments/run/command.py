"""``yizhan run``: one scenario over replicates."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from typing import Any

from experiments.run.report import print_groups, print_outcomes
from experiments.shared.application import Plain, is_multirun
from experiments.shared.drawing import Drawings
from experiments.shared.nation import hosts_of, print_markets, refuse_of_market, refuse_of_nation, write_nation
from experiments.shared.options import ClusterOptions
from experiments.shared.own_taken import blamed
from experiments.shared.results_folder import ResultFolder
from experiments.shared.work import Work, begin
from experiments.story.trace import Traced, live_again, read_trace, refuse_several
from sim.nation.markets import is_nation
from sim.nation.results import NationResults, simulate_nation
from sim.parameters import parameter
from sim.results import Results
from sim.scenario import Scenario
from sim.simulation import Progress, simulate

_CHOICE = "choice"


class OneRunOptions(ClusterOptions):
    """Keys of ``yizhan run``."""

    trace: Any = parameter(
        None, unit="-", source=_CHOICE, en="a person whose story is told, or an outcome whose persons are listed; null: none",
        zh="讲述其经历的个人编号，或列出其对应个人的指标名，null 为无",
    )  # fmt: skip
    trace_replicate: int = parameter(
        0, unit="-", low=0, high=99_999, source=_CHOICE, en="replicate of the story, from 0", zh="经历所在的模拟序号，从 0 起"
    )


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb."""
    refuse_several(words)
    with tempfile.TemporaryDirectory() as scratch:
        begin(OneRun, "run", OneRunOptions, words, more=[f"hydra.sweep.dir={scratch}"] if is_multirun(words) else [])  # Hydra's own notes


class OneRun(Work[OneRunOptions, Results]):
    """One scenario over replicates, and what is traced in one of them."""

    verb = "run"
    takes_nations = True

    def __init__(self, options: OneRunOptions, scenario: Scenario, plain: Plain, words: Sequence[str]) -> None:
        """Check what is to be traced."""
        super().__init__(options, scenario, plain, words)
        refuse_of_nation(scenario, trace=options.trace is not None, save_people=options.save_people)
        refuse_of_market(scenario, options.scheduler)
        with blamed("trace" if options.trace is not None else "trace_replicate", "trace", "trace_replicate", "replicates"):
            self.trace = read_trace(options.trace, options.trace_replicate, options.replicates, scenario)
        self.traced: Traced | None = None
        self.nation: NationResults | None = None

    @property
    def days(self) -> int:
        """Days of every replicate."""
        return self.scenario.days * self.options.replicates

    def find(self, folder: ResultFolder, progress: Progress) -> Results:  # noqa: ARG002
        """Simulate."""
        options = self.options
        if is_nation(self.scenario):
            with hosts_of(options) as hosts:
                self.nation = simulate_nation(self.scenario, options.replicates, options.seed, options.workers, progress, hosts)
            return self.nation.total
        return simulate(self.scenario, options.replicates, options.seed, options.workers, progress, save_people=options.save_people)

    def write(self, found: Results, folder: ResultFolder) -> None:
        """Write the results, and the story."""
        folder.write_results(found, self.options)
        if self.nation is not None:
            write_nation(self.nation, folder)
        if self.trace is not None:
            self.traced = live_again(self.trace, self.scenario, self.options.seed, self.options.language)
            self.traced.write(folder.path)

    def show(self, found: Results) -> None:
        """Print the outcomes, for whom they are, and the story."""
        print_outcomes(found, self.options.language)
        print_groups(found, self.options.language)
        if self.nation is not None:
            print_markets(self.nation, self.options.language)
        if self.traced is not None:
            self.traced.show()

    def drawings(self, found: Results) -> Drawings:
        """Return every figure of a run."""
        from experiments.run.figures.daily import draw_employment_and_arrivals, draw_station_occupancy
        from experiments.run.figures.funnel import draw_funnels
        from experiments.shared.figures.spending import draw_spending

        language = self.options.language
        return {
            "employment_and_arrivals": lambda: draw_employment_and_arrivals(found, language),
            "funnels": lambda: draw_funnels(found, language),
            "stations": lambda: draw_station_occupancy(found, language),
            "spending": lambda: draw_spending(found, language),
        }
