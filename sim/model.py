"""The model: one run of one scenario, as a Mesa model.

State lives in the tables of `World`; agents are views of rows, made when somebody asks for them, because making them costs more than
simulating them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import mesa
from mesa.agent import AgentSet

from sim.agents.views import Employer, Graduate, Mentor, RowAgent, Station
from sim.columns import Table
from sim.scenario import Scenario
from sim.world import World, make_world

AGENT_TYPES: tuple[type[RowAgent], ...] = (Graduate, Employer, Station, Mentor)


class YouthEmploymentModel(mesa.Model):  # type: ignore[misc]
    """One run.

    Args:
        scenario: The scenario.
        rng: Seed of every draw, a whole number from 0 to 2**32 - 1.
        replicate: Number of the replicate; each has its own luck.

    Attributes:
        configuration: The scenario. (Mesa 3.5 keeps the name `scenario` for itself.)
        world: Tables and running counts.
        day: Day reached: the number of days simulated.
        datacollector: A Mesa data collector that is called after each day, if one is set.

    Raises:
        ValueError: A seed out of range.
    """

    def __init__(self, scenario: Scenario, rng: int = 1, replicate: int = 0) -> None:
        world = make_world(scenario, rng, replicate)
        super().__init__(rng=rng)
        self.configuration = scenario
        self.replicate = replicate
        self.world: World = world
        self.day = 0
        self.datacollector: mesa.DataCollector | None = None
        self._views: dict[type[RowAgent], list[RowAgent]] = {agent_type: [] for agent_type in AGENT_TYPES}

    @property
    def tables(self) -> dict[str, Table]:
        """Name → table."""
        return self.world.tables

    @property
    def today(self) -> date:
        """Date of the next day to be simulated."""
        return self.configuration.start + timedelta(days=self.day)

    def step(self) -> None:
        """Simulate one day; at the end of the horizon the model stops running."""
        if self.day < self.configuration.days:
            self.world.advance(self.day, self.day + 1)
            self.day += 1
            if self.datacollector is not None:
                self.datacollector.collect(self)
        self.running = self.day < self.configuration.days

    def run_model(self) -> None:
        """Simulate the days that are left, one step each."""
        while self.running:
            self.step()
        self.forget_views()

    def outcome(self, name: str) -> float:
        """Return an outcome as it stands after the last simulated day, for reporters of a data collector.

        Args:
            name: A name from ``sim.outcomes.OUTCOMES``.

        Returns:
            The value; NaN before the first day or where it is not defined.

        Raises:
            KeyError: No such outcome.
        """
        from sim.outcomes import OUTCOMES  # outcomes are read out of models, so they stand above them

        outcome = OUTCOMES[name]
        if self.day == 0:
            return float("nan")
        return float(outcome.daily(self.world)[self.day - 1]) if outcome.daily is not None else outcome.at_end(self.world)

    def graduate(self, row: int) -> Graduate:
        """Return the view of one person.

        Args:
            row: Identity of the person, from 0.

        Raises:
            IndexError: No such person.
        """
        self._make_views(Graduate)
        return self._views[Graduate][row]  # type: ignore[return-value]

    @property
    def agents(self) -> AgentSet:
        """Every agent: graduates, employers, stations, mentors. Views are made on demand."""
        for agent_type in AGENT_TYPES:
            self._make_views(agent_type)
        return self._all_agents

    @agents.setter
    def agents(self, _agents: Any) -> None:  # noqa: ANN401
        message = "model.agents is made from the tables; change the scenario, or a column of an agent, instead"
        raise AttributeError(message)

    @property
    def agents_by_type(self) -> dict[type[mesa.Agent], AgentSet]:
        """Type → agents. Views are made on demand."""
        for agent_type in AGENT_TYPES:
            self._make_views(agent_type)
        found: dict[type[mesa.Agent], AgentSet] = self._agents_by_type
        return found

    def forget_views(self) -> None:
        """Drop the views; they are made again when somebody asks."""
        for agent_type, views in self._views.items():
            for view in views:
                view.remove()
            self._views[agent_type] = []

    def _make_views(self, agent_type: type[RowAgent]) -> None:
        views = self._views[agent_type]
        for row in range(len(views), self.tables[agent_type.table_name].count):
            views.append(agent_type(self, row))
        getattr(mesa.Agent, "_ids", {}).pop(self, None)  # by which Mesa 3.3 would keep every model that ever had an agent alive
