"""A draft is the words of a command and lines of Python: both run, and mean the very same worlds."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experiments.dashboard.content import asking
from experiments.dashboard.content.asking import Asked, ask
from experiments.dashboard.content.checking import check
from experiments.dashboard.content.comparing import carry_out, keep
from experiments.dashboard.content.drafts import DraftError, draft_of
from sim.compared import Comparison
from sim.scenario import Scenario

SMALL = {"population.graduates": 300, "days": 30}
NIGHTS = {"policy.lodging.free_nights": 9}
DRAFTS: dict[str, dict[str, Any]] = {
    "against none": {"programme": "zibo", "changes": {**SMALL, **NIGHTS}},
    "against the programme": {"programme": "dongbeitang", "changes": {**SMALL, **NIGHTS}, "against": "programme"},
    "variants": {
        "programme": "dongbeitang", "changes": {**SMALL, **NIGHTS}, "variants": [
            {"label": "多给 2 晚", "changes": {"policy.lodging.free_nights": 11}},
            {"label": "fewer_fairs", "changes": {"policy.job_fairs.fairs_per_year": 2}},
        ],
    },
    "variants of the programme": {
        "programme": "zibo", "changes": SMALL, "against": "programme", "variants": [{"label": "it's", "changes": {"policy.lodging.stations": 3}}],
    },
    "a county": {
        "programme": "dongbeitang", "changes": {"days": 30, "market.tightness": 0.8, "behaviour.student_effort": 0.4},
        "county": {"kind": "county", "graduates": 300, "name": "沂源 县", "campuses": [45, 170.5, 180], "pay": 4800,
                   "sectors": [0.5, 0, 0.2, 0.2, 0.1]},
    },
    "a set": {"programme": "none", "behaviour": "calibrated", "changes": {
        **SMALL, "policy.loans.enabled": True, "policy.loans.credit_line": 2000000,
        "policy.loans.lenders": [{"name": "a", "name_zh": "甲", "share": 1}]}},
}  # fmt: skip


def digest_of(scenarios: list[Scenario]) -> list[str]:
    return [scenario.model_dump_json() for scenario in scenarios]


def worlds_of(asked: Asked) -> list[str]:
    return digest_of([asked.worlds.baseline, *asked.worlds.variants.values()])


@pytest.mark.parametrize("name", DRAFTS)
def test_the_command_compares_the_same_worlds(name: str, call: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ask(draft_of({**DRAFTS[name], "replicates": 1}))
    found: list[list[str]] = []

    def compared(baseline: Scenario, variants: dict[str, Scenario], *_: object, **__: object) -> Comparison:
        found.append(digest_of([baseline, *variants.values()]))
        raise KeyboardInterrupt

    monkeypatch.setattr("experiments.compare.command.compare", compared)
    words = shlex.split(asked.command)
    assert words[:2] == ["yizhan", "compare"]
    said = call(tmp_path, *words[1:], "figures=false")
    assert said.status == 130, said.err
    assert found == [worlds_of(asked)]


@pytest.mark.parametrize("name", DRAFTS)
def test_python_compares_the_same_worlds(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import yizhan

    asked = ask(draft_of(DRAFTS[name]))
    found: list[tuple[list[str], Any]] = []

    def compared(baseline: Scenario, variants: dict[str, Scenario], **options: int) -> str:
        found.append((digest_of([baseline, *variants.values()]), options))
        return ""

    monkeypatch.setitem(vars(yizhan), "compare", compared)
    exec(asked.python, {})  # noqa: S102 (it is what a reader copies)
    assert found == [(worlds_of(asked), {"replicates": 20, "seed": 1})]


def test_the_result_that_is_kept_is_that_of_the_command(call: Callable[..., Any], tmp_path: Path) -> None:
    asked = ask(draft_of({**DRAFTS["variants"], "replicates": 3}))
    seen: list[int] = []
    comparison = carry_out(asked, after_batch=lambda part: seen.append(part.baseline.replicates), workers=2)
    assert seen == [2, 3]
    keep(asked, comparison, tmp_path / "kept")
    assert call(tmp_path, *shlex.split(asked.command)[1:], "figures=false", "output=told").status == 0
    for name in ("comparison.json", "summary.json", "series.parquet"):
        assert (tmp_path / "kept" / name).read_bytes() == (tmp_path / "told" / name).read_bytes(), name
    kept, told = (json.loads((tmp_path / folder / "provenance.json").read_text(encoding="utf-8")) for folder in ("kept", "told"))
    assert kept["configuration_sha256"] == told["configuration_sha256"]
    assert call(tmp_path, "compare", "from=kept", "figures=false").status == 0


@pytest.mark.parametrize("against", ["none", "programme"])
def test_a_variant_changes_the_main_one_whatever_it_is_compared_with(against: str) -> None:
    fairs = {"label": "fewer_fairs", "changes": {"policy.job_fairs.fairs_per_year": 2}}
    found = ask(draft_of({"programme": "dongbeitang", "changes": {**SMALL, **NIGHTS}, "variants": [fairs], "against": against})).worlds
    variant = found.variants["fewer_fairs"]
    assert (variant.policy.lodging.free_nights, variant.policy.job_fairs.fairs_per_year) == (9, 2)
    assert len(found.variants) == 2
    assert found.baseline.policy.lodging.free_nights == (14 if against == "programme" else 3)


def test_the_same_draft_however_written_has_one_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    one = ask(draft_of({"programme": "zibo", "changes": {"days": 30, "policy.lodging.free_nights": 9, "population.graduates": 300}}))
    other = ask(draft_of({"changes": {"population.graduates": 300.0, "policy.lodging.free_nights": 9.0, "days": 30}, "variants": [], "budget": None}))
    assert (one.digest, one.draft.canonical()) == (other.digest, other.draft.canonical())
    assert one.digest != ask(draft_of({**json.loads(one.draft.canonical()), "seed": 2})).digest
    assert one.digest != ask(draft_of({**json.loads(one.draft.canonical()), "budget": 5})).digest
    before = one.digest
    monkeypatch.setattr(asking, "sources_digest", lambda: "of another version")
    assert one.digest != before, "another version of the program computes it again"


def test_a_draft_is_checked_key_by_key_in_both_languages() -> None:
    found = check({"changes": {
        "policy.lodging.free_night": 14, "policy.lodgin.stations": 2, "policy.lodging.stations": -1, "market.tightness": "hi", "days": 0}})
    assert not found["ok"]
    errors = {one["where"]: one for one in found["errors"]}
    assert set(errors) == {"policy.lodging.free_night", "policy.lodgin.stations", "policy.lodging.stations", "market.tightness", "days"}
    assert errors["policy.lodging.free_night"]["near"] == "policy.lodging.free_nights"
    assert errors["policy.lodgin.stations"]["near"] == "policy.lodging.stations"
    assert "不小于" in errors["days"]["zh"]
    assert all(one["en"] and one["zh"] and one["en"] != one["zh"] for one in found["errors"])


@pytest.mark.parametrize(
    ("content", "where", "said"),
    [
        ([], "", "a table of keys"),
        ({"foo": 1}, "foo", "unknown key 'foo'"),
        ({"programme": "/etc/passwd.yaml"}, "programme", "unknown programme"),
        ({"programme": "zibbo"}, "programme", "Did you mean 'zibo'"),
        ({"replicates": 100000}, "replicates", "at most 200"),
        ({"against": "programme"}, "against", "nothing is changed"),
        ({"variants": [{"label": "x", "changes": {}}]}, "variants.0", "changes nothing"),
        ({"variants": [{"label": f"x{n}", "changes": {"policy.lodging.free_nights": n}} for n in range(5, 9)]}, "variants", "at most 3 variants"),
        ({"variants": [{"label": "${oc.env:HOME}", "changes": {"policy.lodging.free_nights": 5}}]}, "variants.0.label", "write a name"),
        ({"variants": [{"label": "x", "changes": {"days": 3}}]}, "days", "another days than the baseline"),
        ({"changes": {"region.name_zh": "${oc.env:HOME}"}}, "region.name_zh", "a short text"),
        ({"changes": {"population.people": "/etc/passwd"}}, "population.people", "not a file"),
        ({"changes": {"population.people": "ledger:abcdefgh"}}, "population.people", "read it in again"),
        ({"changes": {"region": "zibo"}}, "region", "cannot be set on the page"),
        ({"changes": {"output": "x"}}, "output", "cannot be set on the page"),
        ({"changes": {"policy.lodging": {"stations": 3}}}, "policy.lodging", "write a number"),
        ({"changes": {"hydra.run.dir": "x"}}, "hydra.run.dir", "cannot be set on the page"),
        ({"changes": {"region.name_zh": "\ud800"}}, "region.name_zh", "a short text"),
        ({"county": {"kind": "countyx"}}, "county.kind", "Did you mean 'county'"),
        ({"county": {"rent": -3}}, "county.rent", "at least 0"),
    ],
)
def test_what_cannot_be_run_is_told_with_its_key(content: Any, where: str, said: str) -> None:
    found = check(content)
    (error,) = found["errors"]
    assert (found["ok"], error["where"]) == (False, where)
    assert said in error["en"]
    assert error["zh"]
    assert json.dumps(found, ensure_ascii=False, allow_nan=False).encode()


def test_of_a_draft_that_can_be_run_it_is_said_what_to_know_beforehand() -> None:
    found = check({"changes": {**SMALL, "market.tightness": 3}, "county": {"kind": "street", "rent": 1200}})
    assert found["ok"]
    assert (found["people"], found["values"]["region.rent"], found["values"]["market.tightness"]) == (300, 1200, 3)
    assert 0 < found["seconds"] < 60
    assert any("market.tightness=3 (0.5 … 1.1)" in note["en"] for note in found["notes"])
    assert len(found["digest"]) == 64
    assert json.dumps(found, allow_nan=False)


def test_a_wrong_draft_is_an_error_with_its_key() -> None:
    with pytest.raises(DraftError, match="unknown programme") as error:
        ask(draft_of({"programme": "nope"}))
    assert error.value.where == "programme"
