"""Rules of one's own: where they act, what counts, luck by key, and that without one nothing is different."""

import ast
import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from sim import day as day_module
from sim.agents.views import Employer, Graduate
from sim.bilingual import in_language
from sim.compared import Comparison
from sim.comparison import compare
from sim.day import PHASES
from sim.luck import draw_by_key, seed_of
from sim.model import YouthEmploymentModel
from sim.own_rules import after, before, rules_of
from sim.results import Results
from sim.scenario import Scenario
from sim.simulation import simulate
from sim.states import Stock
from sim.world import make_world

Make = Callable[..., Scenario]
Differences = Callable[..., list[str]]


pytestmark = pytest.mark.usefixtures("few_objects")


class Idle(YouthEmploymentModel):
    """Called at every place of the day, and does nothing there."""


for _phase in PHASES:
    setattr(Idle, f"before_{_phase}", before(_phase)(lambda _model: None))
    setattr(Idle, f"after_{_phase}", after(_phase)(lambda _model: None))


class Guest(Graduate):
    """Guests of a station tell somebody what they know."""

    @classmethod
    def who(cls, model: Any) -> Any:
        return np.flatnonzero(model.tables["people"].column("station") >= 0)

    @after("travel")
    def step(self) -> None:
        if self.draw("tells") < self.model.share:
            self.model.graduate(int(self.draw("whom") * self.table.count)).aware |= self.aware  # type: ignore[attr-defined]


class Talk(YouthEmploymentModel):
    agent_classes = (Guest,)

    def __init__(self, scenario: Scenario | None = None, *, share: float = 1.0, **keywords: Any) -> None:
        super().__init__(scenario, **keywords)
        self.share = share


@pytest.fixture(scope="module")
def scenario(scenario_of: Make, every_lever: Callable[[], Any]) -> Scenario:
    chosen: Scenario = scenario_of(graduates=300, days=40, policy=every_lever())
    return chosen


@pytest.fixture(scope="module")
def engine(scenario: Scenario) -> Results:
    return simulate(scenario, replicates=2, seed=3, save_people=True)


def content(results: Results) -> dict[str, bytes]:
    found = {}
    for number, run in enumerate(results.runs):
        for kind, values in (("series", run.series), ("people", run.people)):
            found |= {f"{number} {kind} {name}": np.asarray(one).tobytes() for name, one in values.items()}
        found |= {f"{number} outcome {name}": np.float64(value).tobytes() for name, value in run.outcomes.items()}
    return found


def test_the_phases_are_those_of_the_day_in_their_order() -> None:
    tree = ast.parse(inspect.getsource(day_module))
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "advance")
    chosen = [node for node in ast.walk(function) if isinstance(node, ast.If) and "first_phase <= " in ast.unparse(node.test)]
    assert [ast.unparse(node) for node in chosen] == [
        f"if first_phase <= {place} < last_phase:\n    {name}(world, day)" for place, name in enumerate(PHASES)
    ]


def test_a_rule_that_does_nothing_changes_no_byte(scenario: Scenario, engine: Results, difference_of: Differences) -> None:
    idle = simulate(scenario, replicates=2, seed=3, workers=2, save_people=True, model=Idle)
    assert len(Idle(scenario, seed=3)._rules) == 2 * len(PHASES)
    assert difference_of(content(idle), content(engine)) == []


def test_rules_act_in_the_order_of_the_day_and_those_of_the_model_first(scenario_of: Make) -> None:
    told: list[str] = []

    class Firm(Employer):
        @after("travel")
        def second(self) -> None:
            told.append(f"firm {self.row}") if self.row < 2 else None

        @before("record_day")
        def last(self) -> None:
            if self.row == 0:
                told.append("evening")

    class Own(YouthEmploymentModel):
        agent_classes = (Firm,)

        @after("travel")
        def first(self) -> None:
            told.append(f"model on day {self.day}")

        @before("enter_and_graduate")
        def morning(self) -> None:
            told.append("morning")

    Own(scenario_of(graduates=60, days=2), seed=1).step()
    assert told == ["morning", "model on day 0", "firm 0", "firm 1", "evening"]


def test_a_rule_that_is_overridden_keeps_its_place() -> None:
    class Base(YouthEmploymentModel):
        @after("travel")
        def tell(self) -> None: ...

    class Same(Base):
        def tell(self) -> None: ...

    class Moved(Base):
        @before("work")
        def tell(self) -> None: ...

    assert list(rules_of(Same)) == list(rules_of(Base)) == [(PHASES.index("travel") + 1, "tell")]
    assert list(rules_of(Moved)) == [(PHASES.index("work"), "tell")]


def test_an_unknown_phase_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="Did you mean 'travel'") as caught:
        after("travels")
    assert "是否指“travel”" in in_language(caught.value, "zh")


@pytest.mark.parametrize("place", ["enter_and_graduate", "send_applications", "settle_accounts", "record_day"])
def test_what_a_rule_changes_counts_in_the_same_evening(place: str, scenario_of: Make) -> None:
    class Gift(YouthEmploymentModel):
        @before(place)
        def give(self) -> None:
            self.tables["people"].column("savings")[:] += 1000

    given, plain = (kind(scenario_of(graduates=80, days=3), seed=1) for kind in (Gift, YouthEmploymentModel))
    for model in (given, plain):
        model.run_model()
    stocks = [model.world.stocks[:, Stock.SAVINGS] for model in (given, plain)]
    assert (stocks[0] - stocks[1] >= 50_000).all()
    assert stocks[0][-1] == given.tables["people"].column("savings").sum()


def test_in_the_morning_what_is_planned_for_today_happens_today(scenario_of: Make) -> None:
    class Busy(YouthEmploymentModel):
        @before("enter_and_graduate")
        def search(self) -> None:
            self.tables["people"].column("next_search_day")[:] = self.day

    model, plain = (kind(scenario_of(graduates=300, days=1), seed=1) for kind in (Busy, YouthEmploymentModel))
    model.step()
    plain.step()
    assert model.outcome("applications_sent") > 2 * plain.outcome("applications_sent")


def test_room_for_what_a_rule_opens(scenario_of: Make) -> None:
    """A rule may use up rows between two phases: room is made before the day goes on."""

    class Crowd(YouthEmploymentModel):
        @after("spread_knowledge")
        def fill(self) -> None:
            self.tables["posts"].count = self.tables["posts"].capacity

    model = Crowd(scenario_of(graduates=60, days=2), seed=1)
    before_it = model.tables["posts"].capacity
    model.step()
    assert model.tables["posts"].count <= model.tables["posts"].capacity > before_it


@pytest.fixture(scope="module")
def told(scenario: Scenario) -> Comparison:
    return compare(scenario, {"same": scenario, "told": scenario}, replicates=2, seed=3, workers=1, model={"told": Talk})


def test_a_rule_can_hold_in_one_variant_alone(told: Comparison, engine: Results) -> None:
    changes = {name: told.variants[name].results for name in ("same", "told")}
    assert content(changes["same"]) == {key: value for key, value in content(engine).items() if "people" not in key}
    more = [changes["told"].series[name].sum() - told.baseline.series[name].sum() for name in told.baseline.series if name.startswith("aware_share.")]
    assert sum(more) > 0, "who is told knows more, some day"
    assert told.difference("same", "hires") == (0, 0, 0)


def test_workers_and_runs_do_not_matter(scenario: Scenario, told: Comparison, difference_of: Differences) -> None:
    again = simulate(scenario, replicates=2, seed=3, workers=2, model=partial(Talk, share=1.0))
    assert difference_of(content(again), content(told.variants["told"].results)) == []
    silent = simulate(scenario, replicates=2, seed=3, model=partial(Talk, share=0.0))
    assert difference_of(content(silent), content(told.baseline)) == []


def test_a_rule_can_hold_in_every_world(scenario: Scenario, told: Comparison, difference_of: Differences) -> None:
    both = compare(scenario, {"same": scenario}, replicates=2, seed=3, model=Talk)
    for results in (both.baseline, both.variants["same"].results):
        assert difference_of(content(results), content(told.variants["told"].results)) == []


def test_a_model_for_no_variant_is_refused(scenario: Scenario) -> None:
    with pytest.raises(ValueError, match="'tolld', which is no variant; variants: told"):
        compare(scenario, {"told": scenario}, replicates=1, model={"tolld": Talk})


def test_a_step_that_leaves_out_the_day_is_refused(scenario: Scenario) -> None:
    class Forgetful(YouthEmploymentModel):
        def step(self) -> None: ...

    with pytest.raises(ValueError, match=r"Forgetful went from day 0 to day 0; its step\(\) has to call super\(\)\.step\(\)"):
        simulate(scenario, replicates=1, model=Forgetful)
    with pytest.raises(TypeError, match="makes no YouthEmploymentModel"):
        simulate(scenario, replicates=1, model=lambda *_words, **_keywords: object())


def test_a_step_of_ones_own_is_lived(scenario: Scenario, engine: Results) -> None:
    days: list[int] = []

    class Watching(YouthEmploymentModel):
        def step(self) -> None:
            super().step()
            days.append(self.day)

    results = simulate(scenario, replicates=1, seed=3, model=Watching)
    assert days == list(range(1, 41))
    assert results.outcomes["hires"][0] == engine.outcomes["hires"][0]


def test_draws_depend_on_their_key_alone(scenario_of: Make) -> None:
    few, many = (make_world(scenario_of(graduates=size, days=5), 7, 2) for size in (50, 90))
    rows = np.arange(50)
    values = draw_by_key(few, "tells", 3, rows)
    assert values.shape == (50,)
    assert draw_by_key(few, "tells", 3, 17) == values[17] == draw_by_key(many, "tells", 3, rows[::-1])[32]
    others = [
        draw_by_key(few, "hears", 3, rows), draw_by_key(few, "tells", 4, rows), draw_by_key(few, "tells", 3, rows, 1),
        draw_by_key(make_world(few.scenario, 8, 2), "tells", 3, rows), draw_by_key(make_world(few.scenario, 7, 3), "tells", 3, rows),
    ]  # fmt: skip
    assert len({values.tobytes(), *(one.tobytes() for one in others)}) == 6
    many_draws = draw_by_key(few, "tells", 0, np.arange(20_000))
    assert 0 < many_draws.min() < 1e-3
    assert 1 > many_draws.max() > 1 - 1e-3
    assert abs(many_draws.mean() - 0.5) < 0.01
    assert draw_by_key(few, "tells", 0, rows[:, None], rows).shape == (50, 50)


def test_the_draw_of_an_agent_is_that_of_the_model(scenario_of: Make) -> None:
    model = YouthEmploymentModel(scenario_of(graduates=60, days=5), seed=1)
    model.step()
    assert model.graduate(4).draw("tells", 9) == model.draw("people.tells", 4, 9) == draw_by_key(model.world, "people.tells", 1, 4, 9)


def test_seeds_as_mesa_takes_them() -> None:
    assert seed_of(5) == seed_of(rng=5) == seed_of(rng=np.int64(5)) == seed_of(5.0) == 5
    assert seed_of(rng=np.random.default_rng(3)) == seed_of(rng=np.random.default_rng(3)) == seed_of(rng=np.random.PCG64(3))
    assert len({seed_of() for _ in range(5)}) == 5
    generator = np.random.default_rng(3)
    assert seed_of(rng=generator) != seed_of(rng=generator)
    for wrong, kind in (((1, 2), ValueError), ((-1, None), ValueError), ((2**32, None), ValueError), (("1", None), TypeError), ((True,), TypeError)):
        with pytest.raises(kind):
            seed_of(*wrong)
