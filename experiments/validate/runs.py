"""What is simulated for a scorecard: worlds without a programme, as long as the targets need, and the programmes at their size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.shared.errors import MistakeError
from experiments.validate.options import ValidateOptions
from experiments.validate.scorecard import Row, row_of_target, rows_of_programme
from sim.bilingual import sentence
from sim.configuration import available
from sim.own_file import NO_SET
from sim.own_files import own_in_use
from sim.scenario import Scenario
from sim.simulation import Live, Progress, run_in_parallel, simulate, warm_up
from sim.targets.loading import Targets
from sim.targets.measuring import days_of, measure_targets
from sim.wording import unknown

OF_EVERYBODY = ("behaviour", "exams", "opening")
"""Groups of keys that are the same in every place, so that what is said of them counts in the programmes, too."""
NONE = "none"
PEOPLE, COHORT = "population.graduates", "population.cohort"


@dataclass(frozen=True)
class Plan:
    """What is to be simulated.

    Attributes:
        targets: The targets.
        market: The scenario in whose worlds they are measured.
        programmes: The programmes with reported figures.
    """

    targets: Targets
    market: Scenario
    programmes: tuple[Scenario, ...]

    def days_of_market(self, replicates: int) -> int:
        """Days of all worlds without a programme."""
        return days_of(self.market, self.targets) * replicates

    def days_of_programmes(self, replicates: int) -> int:
        """Days of all worlds of programmes."""
        return sum(scenario.days for scenario in self.programmes) * replicates


def plan_of(targets: Targets, scenario: Scenario, options: ValidateOptions) -> Plan:
    """Plan a scorecard.

    Raises:
        MistakeError: A programme that there is not, or that reported nothing.
    """
    found = [_programme(name, scenario, options) for name in _names(options)]
    without = [one.programme for one in found if not one.reported]
    if without and options.programmes is not None:
        en = "{name} has no reported figures, so there is nothing to look at; leave it out of programmes=."
        raise MistakeError(sentence(en, "{name} 没有上报数，无从比较；请从 programmes= 中去掉。", name=without[0]))
    return Plan(targets, scenario, tuple(one for one in found if one.reported))


def _names(options: ValidateOptions) -> Sequence[str]:
    known = [name for name in available("programme") if name != NONE]
    for name in options.programmes or ():
        if name not in known:
            raise MistakeError(unknown("programme", name, known))
    return known if options.programmes is None else list(dict.fromkeys(options.programmes))


def _programme(name: str, scenario: Scenario, options: ValidateOptions) -> Scenario:
    """Return a programme with the set, and the keys of behaviour, of the command; with fewer people where that was asked for."""
    changes = {key: value_at(scenario, key) for key in own_in_use().given if key.split(".")[0] in OF_EVERYBODY and "." in key}
    found = _loaded(name, changes, scenario)
    most, people = options.programme_people, found.population
    if most is not None and people.graduates > most:
        changes |= {PEOPLE: most} | ({COHORT: max(1, people.cohort * most // people.graduates)} if people.cohort else {})
        found = _loaded(name, changes, scenario)
    return found


def _loaded(name: str, changes: dict[str, object], scenario: Scenario) -> Scenario:
    """Return a programme that lives with the same set of behaviour."""
    return Scenario.load(name, changes, behaviour=scenario.behaviour_set.found or NO_SET)


def value_at(scenario: Scenario, key: str) -> object:
    """Return the value of a key of a scenario."""
    value: object = scenario
    for part in key.split("."):
        value = getattr(value, part)
    return value


def market_rows(plan: Plan, options: ValidateOptions, progress: Progress | None) -> list[Row]:
    """Measure the targets."""
    warm_up(plan.market)

    def run(number: int, live: Live) -> dict[str, float]:
        return measure_targets(plan.market, options.seed, number, plan.targets, live)

    found = run_in_parallel(run, options.replicates, options.workers, progress)
    lived = plan.market.behaviour_set.lived(options.replicates)
    return [row_of_target(target, [one[target.name] for one in found], lived) for target in plan.targets]


def programme_rows(plan: Plan, options: ValidateOptions, progress: Progress | None) -> list[Row]:
    """Simulate the programmes and put their reported figures beside them."""
    rows: list[Row] = []
    for scenario in plan.programmes:
        rows += rows_of_programme(simulate(scenario, options.programme_replicates, options.seed, options.workers, progress))
    return rows
