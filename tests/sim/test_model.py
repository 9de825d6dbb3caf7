"""The contract with Mesa: agents are views made on demand, a model is freed when nobody holds it."""

import gc
import warnings
import weakref
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np
import pytest

from sim.agents.views import Employer, Graduate, Mentor, Station
from sim.bilingual import in_language
from sim.collecting import HEADLINES
from sim.configuration import ConfigurationError
from sim.model import YouthEmploymentModel
from sim.scenario import Scenario
from sim.states import Activity, Place
from sim.world import World

pytestmark = pytest.mark.usefixtures("few_objects")


@pytest.fixture
def model(scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any]) -> YouthEmploymentModel:
    return YouthEmploymentModel(scenario_of(graduates=200, days=30, policy=every_lever()), rng=1)


def test_a_model_is_a_mesa_model(model: YouthEmploymentModel) -> None:
    assert isinstance(model, mesa.Model)
    assert isinstance(model.rng, np.random.Generator)
    assert 0 <= model.random.random() < 1
    assert (model.running, model.steps, model.day) == (True, 0, 0)
    model.step()
    assert (model.running, model.steps, model.day) == (True, 1, 1)
    assert (model.today - model.configuration.start).days == 1


def test_a_run_ends_after_its_days(model: YouthEmploymentModel) -> None:
    model.run_model()
    assert (model.running, model.steps, model.day) == (False, 30, 30)
    model.step()
    assert model.day == 30


def test_steps_and_one_go_give_the_same_world(
    model: YouthEmploymentModel, snapshot_of: Callable[[World], Any], difference_of: Callable[..., list[str]]
) -> None:
    model.run_model()
    at_once = YouthEmploymentModel(model.configuration, rng=1)
    at_once.world.advance(0, 30)
    assert difference_of(snapshot_of(model.world), snapshot_of(at_once.world)) == []


def test_looking_at_agents_changes_nothing(
    model: YouthEmploymentModel, snapshot_of: Callable[[World], Any], difference_of: Callable[..., list[str]]
) -> None:
    model.run_model()
    watched = YouthEmploymentModel(model.configuration, rng=1)
    while watched.running:
        watched.step()
        watched.agents_by_type[Graduate].agg("savings", sum)
    assert difference_of(snapshot_of(model.world), snapshot_of(watched.world)) == []


def test_there_are_no_views_unless_somebody_asks(model: YouthEmploymentModel) -> None:
    model.run_model()
    assert not [agent for agent in gc.get_objects() if issubclass(type(agent), mesa.Agent) and agent.model is model]
    assert len(model.agents) == sum(model.tables[name].count for name in ("people", "employers", "stations", "mentors"))


def test_every_type_has_a_view_of_every_row(model: YouthEmploymentModel) -> None:
    by_type = model.agents_by_type
    for agent_type, table in ((Graduate, "people"), (Employer, "employers"), (Station, "stations"), (Mentor, "mentors")):
        views = by_type[agent_type]
        assert [view.row for view in views] == list(range(model.tables[table].count))
        assert len(views) > 0
    numbers = [agent.unique_id for agent in model.agents]
    assert len(set(numbers)) == len(numbers)
    assert set(model.agent_types) == {Graduate, Employer, Station, Mentor}


def test_a_view_reads_and_writes_its_row(model: YouthEmploymentModel) -> None:
    person = model.graduate(7)
    people = model.tables["people"]
    person.savings = 4321
    assert people.column("savings")[7] == 4321
    people.column("skill")[7] = 0.25
    assert person.skill == 0.25
    assert type(person.savings) is int
    assert (person.unique_id, repr(person)) == (model.graduate(7).unique_id, "<Graduate 7>")
    assert person is model.graduate(7)
    assert Graduate.savings.__doc__ == "money at hand [CNY]"


def test_views_follow_the_days_and_a_change_through_a_view_is_lived(model: YouthEmploymentModel) -> None:
    person = next(view for view in model.agents_by_type[Graduate] if view.activity == Activity.SEARCHING and view.place == Place.RESIDENT)
    person.next_search_day = 3
    sent = person.applications
    for _ in range(5):
        model.step()
    assert person.next_search_day != 3
    assert person.applications >= sent
    assert person.table.rows[person.row].next_search_day == person.next_search_day


def test_a_misspelt_column_is_refused_with_the_nearest(model: YouthEmploymentModel) -> None:
    person = model.graduate(7)
    with pytest.raises(AttributeError, match=r"Graduate has no column 'reservation_wagee'\. Did you mean 'reservation_wage'\?") as caught:
        person.reservation_wagee = 5
    assert "是否指“reservation_wage”" in in_language(caught.value, "zh")
    with pytest.raises(AttributeError, match="Did you mean 'savings'"):
        _ = person.saving
    with pytest.raises(AttributeError, match="declaration in your class: mood"):
        person.mood = 1
    assert not hasattr(person, "mood")

    class Moody(Graduate):
        mood: int = 0

    own = type("Own", (YouthEmploymentModel,), {"agent_classes": (Moody,)})(model.configuration, seed=1)
    own.graduate(7).mood = 3
    assert [type(own.graduate(7)), own.graduate(7).mood, own.graduate(8).mood] == [Moody, 3, 0]
    assert set(own.agent_types) == {Moody, Employer, Station, Mentor}


def test_an_agent_cannot_be_removed(model: YouthEmploymentModel) -> None:
    size = len(model.agents)
    with pytest.raises(RuntimeError, match="view of a row and cannot be removed"):
        model.graduate(7).remove()
    with pytest.raises(RuntimeError):
        model.remove_all_agents()
    assert len(model.agents) == size


def test_a_view_outlives_the_growth_of_its_table(model: YouthEmploymentModel) -> None:
    employer = model.agents_by_type[Employer][0]
    table = model.tables["employers"]
    table.reserve(table.capacity * 2)
    employer.target_staff = 77
    assert table.column("target_staff")[0] == 77


def test_new_firms_have_views_too(scenario_of: Callable[..., Scenario]) -> None:
    behaviour = {"opportunity_per_year": 10, "monthly_revenue": 50_000, "constrained_share": 0}
    model = YouthEmploymentModel(scenario_of(graduates=300, days=30, behaviour=behaviour), rng=1)
    before = len(model.agents_by_type[Employer])
    while model.running:
        model.step()
    assert len(model.agents_by_type[Employer]) == model.tables["employers"].count > before


def test_agent_sets_select_aggregate_group_and_do(model: YouthEmploymentModel) -> None:
    graduates = model.agents_by_type[Graduate]
    people = model.tables["people"]
    seekers = graduates.select(lambda person: person.activity == Activity.SEARCHING)
    assert len(seekers) == int((people.column("activity") == Activity.SEARCHING).sum()) > 0
    assert graduates.agg("savings", sum) == int(people.column("savings").sum())
    sizes = {key: len(group) for key, group in graduates.groupby("education")}
    assert sizes == {int(key): int(size) for key, size in zip(*np.unique(people.column("education"), return_counts=True), strict=True)}
    assert graduates.get("field") == people.column("field").tolist()
    before = int(people.column("savings").sum())
    graduates.do(lambda person: setattr(person, "savings", person.savings + 10))
    assert int(people.column("savings").sum()) == before + 10 * people.count
    seekers.set("confidence", 1.5)
    assert set(people.column("confidence")[people.column("activity") == Activity.SEARCHING].tolist()) == {1.5}


def test_a_data_collector_follows_the_model(model: YouthEmploymentModel) -> None:
    collector = mesa.DataCollector(
        model_reporters={
            "employed": lambda watched: int((watched.tables["people"].column("activity") == Activity.EMPLOYED).sum()), "day": "day",
            "savings": lambda watched: watched.agents_by_type[Graduate].agg("savings", sum),
        },
    )  # fmt: skip
    collector.collect(model)
    while model.running:
        model.step()
        collector.collect(model)
    frame = collector.get_model_vars_dataframe()
    assert frame["day"].tolist() == list(range(31))
    assert frame["employed"].iloc[-1] == int((model.tables["people"].column("activity") == Activity.EMPLOYED).sum())
    assert frame["savings"].iloc[-1] == int(model.world.ledger.sum())


def test_every_model_has_a_collector_of_the_headlines(model: YouthEmploymentModel) -> None:
    collector = mesa.DataCollector(model_reporters={name: [model.outcome, [name]] for name in HEADLINES})
    assert model.datacollector.get_model_vars_dataframe().empty
    while model.running:
        model.step()
        collector.collect(model)
    given, wanted = (one.get_model_vars_dataframe() for one in (model.datacollector, collector))
    assert list(given.columns) == list(HEADLINES)
    assert len(given) == 30
    np.testing.assert_array_equal(given.to_numpy(float), wanted.to_numpy(float))


def test_mesa_runs_batches_by_keywords() -> None:
    keywords = {"programme": "zibo", "population.graduates": 100, "days": 5, "policy.lodging.free_nights": [0, 6]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Mesa 3.5 wants rng= for iterations=
        rows = mesa.batch_run(YouthEmploymentModel, keywords, iterations=2, display_progress=False)
    assert [row["policy.lodging.free_nights"] for row in rows] == [0, 6, 0, 6]
    assert set(HEADLINES) <= set(rows[0])
    assert len({row["employment_rate"] for row in rows}) > 1, "each run has luck of its own"


def test_agent_types_are_there_from_the_beginning(model: YouthEmploymentModel) -> None:
    assert set(model.agent_types) == {Graduate, Employer, Station, Mentor}


def test_seeds_are_taken_as_mesa_takes_them(model: YouthEmploymentModel, snapshot_of: Callable[[World], Any]) -> None:
    same = YouthEmploymentModel(scenario=model.configuration, seed=1)
    assert snapshot_of(same.world) == snapshot_of(model.world)
    assert same.random.random() == model.random.random()
    drawn = [YouthEmploymentModel(model.configuration, rng=np.random.default_rng(4)).seed for _ in range(2)]
    fresh = [YouthEmploymentModel(model.configuration).seed for _ in range(3)]
    assert len(set(drawn)) == 1
    assert len({*drawn, *fresh}) == 4
    replicates = [YouthEmploymentModel(model.configuration, seed=1, replicate=number).rng.random() for number in (0, 1, 2)]
    assert len(set(replicates)) == 3
    with pytest.raises(ValueError, match="seed or rng, not both"):
        YouthEmploymentModel(model.configuration, seed=1, rng=1)


def test_a_model_is_made_of_a_programme_and_changes(model: YouthEmploymentModel) -> None:
    changed = YouthEmploymentModel(model.configuration, seed=1, **{"days": 7, "policy.lodging.free_nights": 2})
    assert (changed.configuration.days, changed.configuration.policy.lodging.free_nights) == (7, 2)
    assert YouthEmploymentModel("chengyang", seed=1, days=3, population={"graduates": 20}).configuration.programme == "chengyang"
    assert YouthEmploymentModel(seed=1, days=3, population={"graduates": 20}).configuration.programme == "none"
    with pytest.raises(ValueError, match="a scenario or a programme, not both"):
        YouthEmploymentModel(model.configuration, programme="zibo")
    with pytest.raises(ConfigurationError, match="Did you mean 'days'"):
        YouthEmploymentModel(model.configuration, dayss=3)


def test_agents_cannot_be_replaced(model: YouthEmploymentModel) -> None:
    with pytest.raises(AttributeError, match="made from the tables"):
        model.agents = []  # type: ignore[assignment]


@pytest.mark.parametrize(("rng", "replicate"), [(-1, 0), (2**32, 0), (0, -1), (0, 2**32)])
def test_a_seed_out_of_range_is_refused(rng: int, replicate: int, scenario_of: Callable[..., Scenario]) -> None:
    with pytest.raises(ValueError, match=r"from 0 to 2\*\*32 - 1"):
        YouthEmploymentModel(scenario_of(graduates=10, days=1), rng=rng, replicate=replicate)


def test_an_unknown_person_is_an_error(model: YouthEmploymentModel) -> None:
    for row in (200, 10**7, -1):
        with pytest.raises(IndexError, match=f"there is no person {row}: there are 200, numbered from 0 to 199"):
            model.graduate(row)


def test_a_model_shows_itself_in_a_line(model: YouthEmploymentModel) -> None:
    scenario = model.configuration
    assert repr(model).startswith(f"<YouthEmploymentModel of {scenario.programme} in {scenario.place}: day {model.day} of {scenario.days}, 200 grad")


def test_the_names_that_mesa_keeps_are_left_to_it(model: YouthEmploymentModel) -> None:
    assert model.configuration.population.graduates == 200
    assert not isinstance(getattr(model, "scenario", None), Scenario)


def test_views_are_forgotten_when_told(model: YouthEmploymentModel) -> None:
    kept = weakref.ref(model.graduate(3))
    model.forget_views()
    gc.collect()
    assert kept() is None
    assert model.graduate(3).row == 3


def test_sixty_models_leave_nothing_behind(scenario_of: Callable[..., Scenario]) -> None:
    scenario = scenario_of(graduates=60, days=3)
    alive: list[weakref.ref[YouthEmploymentModel]] = []
    for number in range(60):
        model = YouthEmploymentModel(scenario, rng=1, replicate=number)
        if number % 3 == 0:
            model.step()
            assert len(model.agents_by_type[Graduate]) == 60  # views, and the run never ends
        else:
            model.run_model()
        if number % 3 == 1:
            assert model.graduate(5).row == 5  # views made after the run
        alive.append(weakref.ref(model))
        del model
    gc.collect()
    assert sum(reference() is not None for reference in alive) == 0
