"""``yizhan optimise``: files, both languages, the same bytes for any workers and after parts were lost, the written programme, what is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
import yaml

from experiments.optimise.command import OneOptimisation, main
from experiments.optimise.options import OptimiseOptions
from experiments.optimise.programme import programme_of
from experiments.optimise.report import _zero_note
from experiments.optimise.report import said as filled_in
from experiments.optimise.words import MORE_OF, NOUN_OF, WORDS, money_line
from experiments.shared.errors import MistakeError
from experiments.shared.words import Speaker
from sim.bilingual import in_language, message_of
from sim.comparison import compare, without_programme
from sim.numbers import ZERO_NOTE
from sim.optimising.measuring import SPENDING
from sim.scenario import Scenario

Command = Callable[..., Any]
TINY = (
    "programme=zibo", "budget=60000", "levers=[lodging,outreach,casework]", "graduates=150", "days=60", "evaluations=6", "batch=3",
    "replicates=2", "fresh=4", "finalists=2", "pilot=1", "besides=businesses", "per=origin",
)  # fmt: skip
SAME = ("optimum.json", "evaluations.parquet", "programme.yaml")


@pytest.fixture(scope="module")
def done(call: Command, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    folder = tmp_path_factory.mktemp("optimise")
    said = call(folder, "optimise", *TINY, "output=out", "workers=1")
    assert said.status == 0, said.err
    return folder, said


def optimum_in(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "optimum.json").read_text(encoding="utf-8")))


def test_the_answer_comes_first_and_says_of_what(done: tuple[Path, Any]) -> None:
    _, said = done
    first = said.out.splitlines()[0]
    assert first.startswith("60,000 CNY: ")
    assert "equal split" in " ".join(said.out.split())
    assert "not among the levers that were named" in " ".join(said.out.split())
    assert "A place with 150 young people instead of " in said.err
    assert said.out.rstrip().endswith("Use it: yizhan compare programme=out/programme.yaml")
    assert "stations: " in said.out
    assert ("≈ 0" in said.out.replace("≈ 0: ", "")) == ("≈ 0: not" in said.out)
    assert "in a place with 150 young people" in " ".join(said.out.split())


def test_the_front_has_intervals_and_no_mix_of_it_spends_too_much(done: tuple[Path, Any]) -> None:
    found = optimum_in(done[0] / "out")
    assert {"equal_split", "today"} <= {one["name"] for one in found["candidates"]}
    assert [one["chosen"] for one in found["front"]].count(True) == 1
    spending = [one["spending"]["value"] for one in found["front"]]
    assert spending == sorted(spending)
    assert max(spending) <= found["allowed"] == pytest.approx(61_200)
    for one in found["front"]:
        assert set(one["net"]) == {"jobs", "stays_6m", "stays_12m", "businesses", "jobs.local", "jobs.elsewhere"}
        jobs = one["net"]["jobs"]
        assert jobs["low"] is None or jobs["low"] <= jobs["value"] <= jobs["high"]
        assert len(jobs["values"]) == 4
        assert np.add(one["net"]["jobs.local"]["values"], one["net"]["jobs.elsewhere"]["values"]).tolist() == jobs["values"]
        by_lever = sum(part["value"] for part in one["spending_by_lever"].values())
        assert by_lever == pytest.approx(one["spending"]["value"])
    chosen = next(one for one in found["front"] if one["chosen"])
    assert found["not_spent"]["value"] == pytest.approx(60_000 - chosen["spending"]["value"])
    assert found["levers"]["campus_recruitment"] == {"kind": "left_out"}
    assert found["levers"]["casework"]["is_new"] is True
    assert found["fresh_seed"] != found["seed"], "other luck"


def test_regret_is_the_paired_difference_to_the_chosen_mix(done: tuple[Path, Any]) -> None:
    found = optimum_in(done[0] / "out")
    of = {one["name"]: np.array(one["net"]["jobs"]["values"]) for one in found["candidates"]}
    for name in ("equal_split", "today"):
        regret = found["regret"][name]
        assert regret["values"] == (of[found["chosen"]] - of[name]).tolist()
        assert regret["can_be_told"] is (regret["low"] is not None and not regret["low"] <= 0 <= regret["high"])


def test_what_was_seen_of_a_mix_stands_beside_what_it_was_again(done: tuple[Path, Any]) -> None:
    folder, _ = done
    found, tried = optimum_in(folder / "out"), pq.read_table(folder / "out" / "evaluations.parquet")
    assert tried.num_rows == 6
    jobs = tried["jobs"].to_pylist()
    own = [one for one in found["candidates"] if one["in_search"] is not None and one["name"] != "equal_split"]
    assert own
    assert all(one["in_search"]["jobs"] == jobs[one["in_search"]["mix"] - 1] for one in own)
    flattered = np.mean([one["in_search"]["jobs"] - one["net"]["jobs"]["value"] for one in own])
    assert found["winners_curse"]["finalists"] == pytest.approx(flattered)


def test_the_written_programme_does_what_was_promised(done: tuple[Path, Any]) -> None:
    """Its scenario is the chosen one, replicate by replicate of the second runs."""
    folder, _ = done
    found = optimum_in(folder / "out")
    programme = Scenario.load(str(folder / "out" / "programme.yaml"))
    assert (programme.population.graduates, programme.days) == (150, 60)
    again = compare(without_programme(programme), {"it": programme}, 2, found["fresh_seed"])
    chosen = next(one for one in found["front"] if one["chosen"])
    assert again.variants["it"].accounts["jobs"]["net_additional_jobs"].tolist() == chosen["net"]["jobs"]["values"][:2]
    assert again.variants["it"].results.outcomes["spending"].tolist() == chosen["spending"]["values"][:2]


def test_a_key_that_a_file_fixed_at_its_usual_value_stays_fixed(tmp_path: Path) -> None:
    usual = Scenario.load("zibo").behaviour.mentor_skill
    scenario = Scenario.load("zibo", {"behaviour.mentor_skill": usual}, behaviour="calibrated")
    path = tmp_path / "ours.yaml"
    path.write_text(yaml.safe_dump(programme_of(scenario, scenario, 1000.0), allow_unicode=True), encoding="utf-8")
    again = Scenario.load(str(path), behaviour="calibrated")
    assert again.behaviour_set.fixed == scenario.behaviour_set.fixed == ("behaviour.mentor_skill",)
    assert again.of_replicate(3).behaviour == scenario.of_replicate(3).behaviour


def test_lost_parts_are_computed_again_to_the_same_bytes(done: tuple[Path, Any], call: Command) -> None:
    """In Chinese, on two workers, of half the parts; numbers do not depend on any of it."""
    folder, _ = done
    shutil.copytree(folder / "out", folder / "cut")
    for name in SAME:
        (folder / "cut" / name).unlink()
    for part in sorted((folder / "cut" / "parts").glob("*.parquet"))[::2]:
        part.unlink()
    said = call(folder, "optimise", *TINY, "output=cut", "workers=2", "language=zh", "figures=false")
    assert said.status == 0, said.err
    assert said.out.startswith("60,000 元：") or said.out.startswith("6.0 万元：") or said.out.startswith("6 万元：")
    for name in SAME:
        assert (folder / "cut" / name).read_bytes() == (folder / "out" / name).read_bytes(), name
    assert said.out.rstrip().endswith("使用：yizhan compare programme=cut/programme.yaml")
    assert "驿站数量：" in said.out
    assert "stations" not in said.out
    assert {path.name for path in (folder / "out" / "figures").glob("*.png")} == {"front.png", "regret.png"}


@pytest.mark.parametrize(("words", "said"), [(("budget=0",), "budget is 0"), ((), "budget is missing"), (("budget=much",), "budget")])
def test_a_wrong_budget_is_refused(yizhan: Command, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    answer = yizhan("optimise", "programme=zibo", *words)
    assert (answer.status, said in answer.err, list(tmp_path.iterdir())) == (2, True, [])


def test_what_else_is_wrong_is_said() -> None:
    zibo, none = Scenario.load("zibo"), Scenario.load("none")
    for scenario, keys, said in (
        (zibo, {"budget": -5}, "-5"), (zibo, {"budget": 1000, "levers": "lodgin"}, "Did you mean 'lodging'"),
        (none, {"budget": 1000}, r"levers=\[lodging,internships\]"), (zibo, {"budget": 20, "levers": ["lodging", "mentoring"]}, "buys nothing"),
        (zibo, {"budget": 1000, "goal": "stays_12m"}, "days=366"), (zibo, {"budget": 1000, "save_people": True}, "people.parquet"),
        (zibo, {"budget": 1000, "goal": "businesses", "per": "sex"}, "per="),
        (none, {"budget": 1000, "levers": ["travel_vouchers"]}, "offers nothing as it is configured"),
    ):  # fmt: skip
        with pytest.raises((MistakeError, ValueError), match=said) as caught:
            OneOptimisation(OptimiseOptions(**keys), scenario, {}, ())
        assert in_language(message_of(caught.value), "zh"), "in both languages"
    with pytest.raises(MistakeError, match="leave out -m"):
        main(["-m", "budget=1000"])


def test_a_budget_that_buys_nothing_leaves_no_folder(yizhan: Command, tmp_path: Path) -> None:
    answer = yizhan("optimise", "programme=zibo", "levers=lodging", "budget=100", "graduates=100", "days=60", "pilot=1", "output=out")
    assert (answer.status, "buys nothing" in answer.err, list(tmp_path.iterdir())) == (2, True, [])


def test_the_mark_of_zero_is_explained_where_it_stands() -> None:
    say = Speaker("zh", WORDS)
    assert _zero_note([["甲", "13 [−2 … 28] ≈ 0"]], say) == ZERO_NOTE.zh
    assert _zero_note([["甲", "13 [2 … 28]"]], say) == ""


def test_a_noun_stands_where_no_number_does() -> None:
    assert set(NOUN_OF) == set(MORE_OF)
    for noun in NOUN_OF.values():
        assert noun.zh[0] not in "人名"
    told = filled_in("no_effect", budget=money_line(1e6), mix="", of=NOUN_OF["jobs"], range="", given="", against="")
    assert "看不出对就业人数有作用" in told.zh


def test_names_in_the_front_do_not_lie_on_one_another() -> None:
    """Four mixes: the chosen one and its neighbour in one place, one at the right edge, one apart."""
    from experiments.optimise import figures
    from experiments.shared.figures.style import new_figure

    spent, adds = [50.0, 50.1, 100.0, 10.0], [5.0, 5.0, 9.0, 1.0]
    found = SimpleNamespace(
        chosen=1, candidates=[SimpleNamespace(name=f"mix_{number}") for number in range(4)], fits=[True] * 4,
        net=lambda place, name: np.array([spent[place] if name == SPENDING else adds[place]]), interval=lambda values: (values[0],) * 3,
    )  # fmt: skip
    axes = new_figure(3.0, "").subplots()
    axes.set_xlim(0, 100)
    figures._draw_again(axes, found, [0, 1, 2, 3], "jobs", 1.0, Speaker("en", WORDS))
    figures._name_again(axes, found, [0, 1, 2, 3], "jobs", 1.0, "en")
    assert [(text.get_text(), text.get_ha()) for text in axes.texts] == [("mix 1 ← chosen", "left"), ("mix 2", "right"), ("mix 3", "left")]
    assert max(axes.containers, key=lambda one: one.lines[0].get_zorder()).get_label() == "chosen"


def test_what_a_mix_of_the_front_spends_has_its_interval(done: tuple[Path, Any]) -> None:
    _, said = done
    table = said.out.split("The front: ")[1].split("└")[0]
    rows = [line.split("│")[2] for line in table.splitlines() if line.startswith("│")]
    assert "[" in "".join(rows), rows
