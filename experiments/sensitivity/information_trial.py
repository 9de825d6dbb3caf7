"""A study that would find out what a variant does, as a file that ``yizhan trial`` takes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from experiments.sensitivity.information_found import Trial
from experiments.shared.yaml_text import yaml_of
from sim.admission import BY_EMPLOYER, SERVICES
from sim.scenario import Policy, Scenario
from sim.trials.study import Eligibility, Study
from sim.trials.worlds import enrol
from sim.world import make_world

ENROLMENT_DAY = 30
MOST_MARKETS = 400
"""Markets of a trial beyond which none is handed over: it would not end."""
FILE = "study.yaml"


class Handed(NamedTuple):
    """How large a study is that was handed over.

    Attributes:
        markets: Its markets.
        enrolled: People who enrol in all of them.
    """

    markets: int
    enrolled: int


@dataclass(frozen=True)
class HandOver:
    """A study of a variant.

    Attributes:
        name: Name of the variant.
        scenario: The variant.
        baseline: What it is compared with.
        seed: Seed of the draws.
        trial: What the trial would need.
    """

    name: str
    scenario: Scenario
    baseline: Scenario
    seed: int
    trial: Trial

    @cached_property
    def services(self) -> list[str]:
        """Levers of the variant to which persons can be admitted, those that the baseline has not if there are any."""
        levers = self.scenario.policy.levers
        offered = [lever for lever, own in levers.items() if own.offers_something and lever in SERVICES and lever not in BY_EMPLOYER]
        new = [lever for lever in offered if not self.baseline.policy.levers[lever].offers_something]
        return new or offered

    @cached_property
    def per_market(self) -> int:
        """People who would enrol in one market."""
        world = make_world(self.baseline, self.seed, 0)
        world.advance(0, self._enrolment_day)
        return len(enrol(Eligibility(), world, self._enrolment_day, np.zeros(self.scenario.population.graduates + 1)))

    @property
    def _enrolment_day(self) -> int:
        return min(ENROLMENT_DAY, max(1, self.scenario.days // 4))

    @cached_property
    def people(self) -> float:
        """People whom the trial is to have: those whose answer is worth enough, else those who tell the effect."""
        return self.trial.enough if math.isfinite(self.trial.enough) and self.trial.enough > 2.0 else self.trial.tells

    @cached_property
    def markets(self) -> int:
        """Markets, each with the people of one run, that have so many together; 0 where none suffice."""
        if not self.services or not self.per_market or not math.isfinite(self.people):
            return 0
        needed = math.ceil(self.people / self.per_market)
        return needed if needed <= MOST_MARKETS else 0

    def content(self) -> dict[str, Any]:
        """Return the content of the file."""
        day, usual, own = self._enrolment_day, Policy().model_dump(mode="json"), self.scenario.policy.model_dump(mode="json")
        levers = {lever: {key: value for key, value in keys.items() if value != usual[lever][key]} for lever, keys in own.items()}
        arms = {self.name: {"services": self.services, "label": self.name, "label_zh": self.name}}
        study = Study.model_validate({
            "arms": arms, "enrolment_day": day, "followup_days": [self.scenario.days - day], "outcomes": ["works_here", "works"],
            "title": f"What {self.name} does", "title_zh": f"{self.name} 的效果",
        })  # fmt: skip
        return {
            "study": study.model_dump(mode="json", exclude_defaults=True), "markets": self.markets, "days": self.scenario.days,
            "start": f"{self.scenario.start:%Y-%m-%d}", "population": {"graduates": self.scenario.population.graduates},
            "policy": {lever: keys for lever, keys in levers.items() if keys},
        }  # fmt: skip

    def write(self, path: Path) -> None:
        """Write the file."""
        text = yaml_of(self.content())
        path.write_text(f"# @package _global_\n# Written by yizhan sensitivity method=information.\n{text}", encoding="utf-8")

    @property
    def handed(self) -> Handed:
        """How large it is."""
        return Handed(self.markets, self.markets * self.per_market)


def command_of(path: Path, place: str) -> str:
    """Return the command that carries a study out once.

    Args:
        path: Its file.
        place: Name of the place.
    """
    there = "" if place == "default" else f" place={place}"
    return f"yizhan trial study={path}{there} replicates=1"
