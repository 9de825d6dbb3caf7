"""Posts that are known: each is there on the first morning as the file says, the rest is drawn given that, and everything balances."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.ledger.posts_file import COLUMNS, known_posts
from sim.scenario import ConfigurationError, Scenario
from sim.states import Count, PostState, Stock
from tests.sim.balances import balances_of_jobs, columns

Rows = list[dict[str, str]]
FIELDS = ("manufacturing", "computing", "business", "services", "agriculture")
TIERS = ("vocational", "bachelor", "master")


def rows_of(number: int = 40) -> Rows:
    """Return rows with gaps: employers with several rows, in several industries and districts."""
    luck = np.random.default_rng(5)
    return [
        {
            "employer": str(luck.choice([f"e{one}" for one in range(12)] + [""])), "industry": str(luck.choice([*FIELDS, ""])),
            "education": str(luck.choice([*TIERS, ""])), "wage": str(luck.choice(["4100", "6200", "9300", ""])),
            "district": str(luck.choice(["district 1", "2 区", "no such", ""])), "owner": str(luck.choice(["state", "private", ""])),
            "number": str(luck.choice(["1", "2", "9", ""])),
        }
        for _ in range(number)
    ]  # fmt: skip


def write(path: Path, rows: Rows) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write(tmp_path_factory.mktemp("posts") / "posts.csv", rows_of())


@pytest.fixture(scope="module")
def with_posts(scenario_of: Any, file: str) -> Scenario:
    found: Scenario = scenario_of(graduates=400, days=70, market={"posts": file})
    return found


def posts_of(world: Any) -> Any:
    return columns(world, "posts")


def test_each_post_is_there_as_the_file_says(with_posts: Scenario, world_of: Any, file: str) -> None:
    world, known = world_of(with_posts), known_posts(file)
    posts, employers = posts_of(world), columns(world, "employers")
    assert len(posts) == len(known) == sum(int(row["number"] or 1) for row in rows_of())
    own = employers[posts["employer"]]
    names = [one.name for one in with_posts.region.districts]
    by_zh = {one.name_zh: one.name for one in with_posts.region.districts}
    there = Counter(zip(posts["field"].tolist(), posts["education"].tolist(), posts["wage"].tolist(), [names[row] for row in own["district"]],
                        own["state_owned"].tolist(), strict=True))  # fmt: skip
    full = [place for place in range(len(known)) if known.education[place] >= 0 and known.wage[place] >= 0]
    whole = [place for place in full if (one := known.employer[place]) >= 0 and known.industry[one] >= 0 and known.owner[one] >= 0
             and known.district[one] in (*names, *by_zh)]  # fmt: skip
    asked = Counter((int(known.industry[one := known.employer[place]]), int(known.education[place]), int(known.wage[place]),
                     by_zh.get(known.district[one], known.district[one]), int(known.owner[one])) for place in whole)  # fmt: skip
    assert len(whole) > 20
    assert [key for key, number in asked.items() if there[key] < number] == []
    assert (own["industry"] == posts["field"]).all()
    assert Counter(Counter(posts["employer"].tolist()).values()) == Counter(np.bincount(known.employer).tolist()), "employers have their posts"
    assert (world.tables["slots"].column("education")[posts["slot"]] == posts["education"]).all(), "the boards say what the posts say"
    assert len(set(posts["slot"].tolist())) == len(posts)


def test_what_is_not_known_is_drawn_given_what_is(scenario_of: Any, world_of: Any, tmp_path: Path) -> None:
    """Pay tells the tier asked for, and an employer that pays well with some posts pays well with the others."""
    asked = {"education": "bachelor", "number": "30"}
    rows = [{"employer": name, **asked, **pay} for name, wage in (("dear", "14000"), ("cheap", "3000")) for pay in ({"wage": wage}, {})]
    rows += [{"employer": "high", "wage": "20000", "number": "30"}, {"employer": "low", "wage": "2500", "number": "30"}]
    world = world_of(scenario_of(graduates=400, days=5, market={"posts": write(tmp_path / "p.csv", rows)}))
    posts = posts_of(world)
    drawn = [sorted(posts["wage"][(posts["employer"] == one)].tolist()) for one in dict.fromkeys(posts["employer"].tolist())]
    dear, cheap = (next(wages for wages in drawn if pay in wages and len(wages) == 60) for pay in (14000, 3000))
    assert np.mean([wage for wage in dear if wage != 14000]) > 2.5 * np.mean([wage for wage in cheap if wage != 3000])
    assert len(set(dear)) > 10
    tiers = [posts["education"][posts["wage"] == pay].mean() for pay in (20000, 2500)]
    assert tiers[0] > tiers[1] + 0.5


def test_everything_balances(with_posts: Scenario, world_of: Any) -> None:
    world = world_of(with_posts)
    for day in range(with_posts.days):
        world.advance(day, day + 1)
        assert [part for part in balances_of_jobs(world, day) if part[1] != part[2]] == []
    states = posts_of(world)["state"]
    assert (states == PostState.FILLED).any()
    assert (states == PostState.LAPSED).any()
    assert world.counts[Count.POSTS_OPENED] > len(known_posts(with_posts.market.posts)), "the market goes on"


def test_no_file_is_the_same_to_the_bit(with_posts: Scenario, scenario_of: Any, world_of: Any) -> None:
    worlds = [world_of(scenario) for scenario in (with_posts.with_({"market.posts": ""}), scenario_of(graduates=400, days=70))]
    for world in worlds:
        world.advance(0, 30)
    for name in ("posts", "employers", "people"):
        first, second = (columns(world, name) for world in worlds)
        assert first.tobytes() == second.tobytes(), name


def test_more_posts_in_the_file_are_more_vacancies_and_more_hires(scenario_of: Any, world_of: Any, tmp_path: Path) -> None:
    found = []
    for number in ("1", "4"):
        rows = [{"employer": f"e{one}", "industry": FIELDS[one % 5], "number": number} for one in range(25)]
        world = world_of(scenario_of(graduates=400, days=50, market={"posts": write(tmp_path / f"{number}.csv", rows)}))
        world.advance(0, 50)
        found.append((int(world.stocks[0, Stock.VACANCIES_OPEN]), int(world.counts[Count.HIRES])))
    assert found[1][0] > 2 * found[0][0]
    assert found[1][1] > found[0][1]


@pytest.mark.parametrize(("row", "message"), [
    ({"wage": "12"}, "row 2: wage is no number from 100 to 1,000,000"), ({"education": "SECRET"}, "row 2: education is none of vocational, bachelor"),
    ({"industry": "SECRET"}, "row 2: industry is none of"), ({"number": "0"}, "row 2: number is no number from 1 to 10,000"),
    ({"owner": "SECRET"}, "row 2: owner is none of private, state"), ({"weight": "-1"}, "row 2: weight is no number"),
])  # fmt: skip
def test_a_bad_row_is_told_and_nothing_of_it_repeated(scenario_of: Any, tmp_path: Path, row: dict[str, str], message: str) -> None:
    path = write(tmp_path / "p.csv", [{"employer": "a", "wage": "5000"}, row])
    with pytest.raises((ConfigurationError, ValueError)) as error:
        scenario_of(graduates=100, market={"posts": path})
    assert message in str(error.value)
    assert "SECRET" not in str(error.value)


def test_a_file_that_has_changed_is_noticed_and_weights_make_a_total(scenario_of: Any, tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", [{"employer": "a", "number": "3", "weight": "2.5"}, {"employer": "b", "number": "1", "weight": "2.5"}])
    first = scenario_of(graduates=100, market={"posts": path})
    assert len(known_posts(path)) == 10
    assert "the 10 posts of 2 employers" in str(first.notes[0])
    write(tmp_path / "p.csv", [{"employer": "a", "number": "4"}])
    with pytest.raises((ConfigurationError, ValueError), match="is not the file that was used"):
        first.with_({"days": 10, "market.posts_sha256": first.market.posts_sha256})
    assert len(known_posts(path)) == 4
