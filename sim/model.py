"""The model: one run of one scenario, as a Mesa model.

State lives in the tables of `World`; agents are views of rows, made when somebody asks for them, because making them costs more than
simulating them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

import mesa
import numpy as np
from mesa.agent import AgentSet
from numpy.typing import ArrayLike

from sim.agents.views import Employer, Graduate, Mentor, RowAgent, Station
from sim.bilingual import sentence
from sim.collecting import HeadlineCollector
from sim.columns import Table
from sim.day import PHASES
from sim.luck import draw_by_key, seed_of
from sim.own_rules import rules_of
from sim.scenario import Scenario
from sim.world import World, make_world

AGENT_TYPES: tuple[type[RowAgent], ...] = (Graduate, Employer, Station, Mentor)


class YouthEmploymentModel(mesa.Model):  # type: ignore[misc]
    """One run.

    Subclasses may act in the day: see `sim.own_rules` and ``docs/own-rules.md``.

    Args:
        scenario: The scenario, or the name of a programme; None: the `programme`.
        programme: Name of a programme, where there is no scenario; None: no programme.
        seed: Seed of every draw: a whole number from 0 to 2**32 - 1; None: of the operating system's luck.
        rng: The same, or a NumPy generator from which it is drawn. One of the two.
        replicate: Number of the replicate; each has its own luck.
        changes: Dotted key → value: what is changed in the scenario, as with `Scenario.with_`.

    Attributes:
        agent_classes: Classes of one's own for agents, each a subclass of `Graduate`, `Employer`, `Station` or `Mentor`.
        configuration: The scenario of the replicate. (Mesa 3.5 keeps the name `scenario` for itself.)
        seed: The seed.
        world: Tables and running counts.
        day: Day reached: the number of days simulated; within a rule of one's own, the day that is being lived.
        datacollector: A Mesa data collector that is called after each day; at first one of the headline outcomes, which costs nothing.

    Raises:
        ValueError: A seed out of range, seed and rng, or scenario and programme.
        ConfigurationError: An unknown programme or key, or a value that is not allowed.
    """

    agent_classes: ClassVar[tuple[type[RowAgent], ...]] = ()

    def __init__(
        self, scenario: Scenario | str | None = None, *, programme: str | None = None, seed: Any = None, rng: Any = None, replicate: int = 0,  # noqa: ANN401
        **changes: Any,  # noqa: ANN401
    ) -> None:  # fmt: skip
        self.seed = seed_of(seed, rng)
        self.configuration = _scenario_of(scenario, programme, changes).of_replicate(replicate)
        self.world: World = make_world(self.configuration, self.seed, replicate)
        super().__init__(rng=[self.seed, replicate] if replicate else self.seed)
        self.replicate = replicate
        self.day = 0
        own = {one.table_name: one for one in self.agent_classes}
        self._agent_types = tuple(own.get(one.table_name, one) for one in AGENT_TYPES)
        self._views: dict[type[RowAgent], list[RowAgent]] = {agent_type: [] for agent_type in self._agent_types}
        self._rules = self._find_rules()
        self.datacollector: mesa.DataCollector | None = HeadlineCollector(self)

    def __repr__(self) -> str:
        scenario = self.configuration
        people = f"{scenario.population.graduates:,} graduates"
        return f"<{type(self).__name__} of {scenario.programme} in {scenario.place}: day {self.day} of {scenario.days}, {people}, seed {self.seed}>"

    @property
    def tables(self) -> dict[str, Table]:
        """Name → table."""
        return self.world.tables

    @property
    def today(self) -> date:
        """Date of the next day to be simulated; within a rule of one's own, of the day that is being lived."""
        return self.configuration.start + timedelta(days=self.day)

    def step(self) -> None:
        """Simulate one day; at the end of the horizon the model stops running."""
        if self.day < self.configuration.days:
            self._live()
            self.day += 1
            if self.datacollector is not None:
                self.datacollector.collect(self)
        self.running = self.day < self.configuration.days

    def _live(self) -> None:
        """Live one day, with the rules of one's own between the phases."""
        if not self._rules:
            self.world.advance(self.day, self.day + 1)
            return
        reached = 0
        for place, act in self._rules:
            if place > reached:
                self.world.advance_within(self.day, reached, place)
                reached = place
            act()
        if reached < len(PHASES):
            self.world.advance_within(self.day, reached, len(PHASES))

    def _find_rules(self) -> list[tuple[int, Callable[[], Any]]]:
        """Return where in the day which rule acts: at each place those of the model, then those of the agents."""
        found: list[tuple[int, Callable[[], Any]]] = [(place, getattr(self, name)) for place, name in rules_of(type(self))]
        for agent_type in self._agent_types:
            found += [(place, self._acting(agent_type, name)) for place, name in rules_of(agent_type)]
        return sorted(found, key=lambda rule: rule[0])

    def _acting(self, agent_type: type[RowAgent], name: str) -> Callable[[], None]:
        def act() -> None:
            self._make_views(agent_type)
            views = self._views[agent_type]
            for row in np.asarray(agent_type.who(self)).tolist():
                getattr(views[row], name)()

        return act

    def draw(self, name: str, identity: ArrayLike = 0, partner: ArrayLike = 0) -> Any:  # noqa: ANN401
        """Draw uniform numbers in (0, 1) for a decision of one's own, today.

        The number depends on seed, replicate, day, `name`, `identity` and `partner` alone: the same in every world, whatever else happens there, so
        that worlds stay paired. (`model.random` and `model.rng` depend on how often they were asked before.)

        Args:
            name: Name of the decision: each has luck of its own.
            identity: Row of the one who decides, or an array of rows.
            partner: Row of the other one, or the number of the attempt; one, or as many.

        Returns:
            A number, or an array of numbers where there are many.
        """
        return draw_by_key(self.world, name, self.day, identity, partner)

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
        count = self.tables[self._agent_types[0].table_name].count
        if not 0 <= row < count:
            message = sentence(
                "there is no person {row}: there are {count}, numbered from 0 to {last}", "没有编号为 {row} 的人：共 {count} 人，编号从 0 到 {last}",
                row=row, count=f"{count:,}", last=count - 1,
            )  # fmt: skip
            raise IndexError(message)
        self._make_views(self._agent_types[0])
        return self._views[self._agent_types[0]][row]  # type: ignore[return-value]

    @property
    def agents(self) -> AgentSet:
        """Every agent: graduates, employers, stations, mentors. Views are made on demand."""
        self._make_all_views()
        return self._all_agents

    @agents.setter
    def agents(self, _agents: Any) -> None:  # noqa: ANN401
        message = "model.agents is made from the tables; change the scenario, or a column of an agent, instead"
        raise AttributeError(message)

    @property
    def agents_by_type(self) -> dict[type[mesa.Agent], AgentSet]:
        """Type → agents. Views are made on demand."""
        self._make_all_views()
        found: dict[type[mesa.Agent], AgentSet] = self._agents_by_type
        return found

    @property
    def agent_types(self) -> list[type]:
        """Types of agents of which there are any."""
        return list(self.agents_by_type)

    def forget_views(self) -> None:
        """Drop the views; they are made again when somebody asks."""
        for agent_type, views in self._views.items():
            for view in views:
                view.forget()
            self._views[agent_type] = []

    def _make_all_views(self) -> None:
        for agent_type in self._agent_types:
            self._make_views(agent_type)

    def _make_views(self, agent_type: type[RowAgent]) -> None:
        views = self._views[agent_type]
        for row in range(len(views), self.tables[agent_type.table_name].count):
            views.append(agent_type(self, row))
        getattr(mesa.Agent, "_ids", {}).pop(self, None)  # by which Mesa 3.3 would keep every model that ever had an agent alive


def _scenario_of(scenario: Scenario | str | None, programme: str | None, changes: dict[str, Any]) -> Scenario:
    """Return the scenario that a model is asked for."""
    if scenario is not None and programme is not None:
        message = sentence("give a scenario or a programme, not both", "scenario 与 programme 只能给一个")
        raise ValueError(message)
    if isinstance(scenario, Scenario):
        return scenario.with_(changes) if changes else scenario
    return Scenario.load(scenario or programme or "none", changes)
