"""Every configuration file composes, runs, says where its numbers come from, and names only keys that exist."""

import math
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from hydra import compose, initialize_config_module
from hydra.core.global_hydra import GlobalHydra
from omegaconf import OmegaConf

from experiments.bench.options import BenchOptions
from experiments.calibrate.options import CalibrateOptions
from experiments.check.options import CheckOptions
from experiments.compare.options import CompareOptions
from experiments.compare.variants import read_worlds
from experiments.optimise.options import OptimiseOptions
from experiments.run.command import OneRunOptions
from experiments.sensitivity.options import SensitivityOptions
from experiments.shared.options import RunOptions
from experiments.sweep.options import SweepOptions
from experiments.trial.command import TrialOptions
from experiments.validate.options import ValidateOptions
from sim.comparison import compare
from sim.configuration import GROUPS, available
from sim.nation.results import simulate_nation
from sim.outcomes import OUTCOMES
from sim.region import Anchor, Campus, District
from sim.reported import ReportedFigure
from sim.scenario import NAMES, Scenario, check_scenario, known_keys, register_schema
from sim.simulation import simulate
from sim.trials.loading import register_study
from sim.trials.study import check_study

CONFIGS = Path(str(files("configs")))
OPTIONS = [(group, name) for group in GROUPS if group != "behaviour" for name in available(group)]
COMMANDS = [path.stem for path in sorted(CONFIGS.glob("*.yaml")) if path.stem not in ("options", "scenario", "check", "bench")]
"""Commands that take a scenario."""
CITED = ("document", "assumption", "evidence")
COVERAGE = Path(__file__).parent.parent / "docs" / "coverage.md"
EVERYWHERE = {"organisation", "outreach"}
LEVERS = {
    "dongbeitang": EVERYWHERE
    | {"lodging", "job_fairs", "guidance", "skills_training", "casework", "internships", "mentoring", "startup_courses", "integration"},
    "youth_venture": EVERYWHERE
    | {"job_fairs", "guidance", "skills_training", "internships", "startup_courses", "mentoring", "loans", "legal_aid", "incubator"}
    | {"labour_export"},
    "zibo": EVERYWHERE
    | {"lodging", "job_fairs", "campus_recruitment", "travel_vouchers", "guidance", "startup_courses", "mentoring", "loans", "equity"}
    | {"subsidies", "integration", "safety_training", "internships"},
    "chengyang": EVERYWHERE | {"lodging", "startup_courses", "loans", "legal_aid", "incubator", "integration"},
    "campus_link": EVERYWHERE | {"internships", "campus_recruitment", "skills_training", "guidance", "subsidies", "integration"},
}
"""Programme → levers that its document asks for (docs/programmes.md)."""
NOT_CITED = ("defaults", "reported", "title", "title_zh", "programme_name", "place_name", "name", "name_zh")
"""Tables whose entries carry their own source, and names."""


def text_of(group: str, name: str) -> str:
    return (CONFIGS / group / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def composed(name: str, *words: str) -> dict[str, Any]:
    register_schema()
    register_study()
    try:
        with initialize_config_module("configs", version_base="1.3"):
            found: Any = OmegaConf.to_container(compose(name, list(words)), resolve=True)
    finally:
        GlobalHydra.instance().clear()
    return {str(key): value for key, value in found.items()}


def test_there_is_something_to_check() -> None:
    assert set(available("programme")) == {"none", *LEVERS}
    assert set(LEVERS) <= set(available("region"))
    assert set(LEVERS) <= set(available("population"))
    assert set(available("place")) == {"county", "default", "national", *LEVERS}
    assert {"run", "sweep", "compare", "trial"} <= set(COMMANDS)
    assert all(available(group) for group in GROUPS)
    found = {path.parent.name for path in CONFIGS.rglob("*.yaml")}
    assert found | {"behaviour"} == {CONFIGS.name, *GROUPS, "comparison", "study", "targets"}, "a new group of files: check it here, too"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_composes_and_its_keys_are_declared(name: str) -> None:
    plain = composed(name)
    options = {
        "run": OneRunOptions, "sweep": SweepOptions, "compare": CompareOptions, "trial": TrialOptions, "calibrate": CalibrateOptions,
        "sensitivity": SensitivityOptions, "optimise": OptimiseOptions, "validate": ValidateOptions,
    }[name]  # fmt: skip
    assert set(plain) == {*NAMES.values(), *Scenario.model_fields, *options.model_fields} - set(NAMES)
    assert options.model_validate({key: plain[key] for key in options.model_fields}).language in ("en", "zh")
    if name != "trial":  # a study brings a market of its own
        usual = Scenario.load("none", behaviour="evidence") if name == "calibrate" else Scenario.load("none")
        assert check_scenario(plain, options.model_fields) == usual


def test_the_options_in_the_files_are_the_declared_ones() -> None:
    options = yaml.safe_load((CONFIGS / "options.yaml").read_text(encoding="utf-8"))
    declared = RunOptions()
    for key, value in options.items():
        if key not in ("defaults", "hydra", "language"):
            assert value == getattr(declared, key), key
    assert set(options) - {"defaults", "hydra"} == set(RunOptions.model_fields)


def test_the_options_of_a_single_run_are_the_declared_ones() -> None:
    own = yaml.safe_load((CONFIGS / "run.yaml").read_text(encoding="utf-8"))
    declared = OneRunOptions()
    assert {key: getattr(declared, key) for key in OneRunOptions.model_fields if key not in RunOptions.model_fields} == {
        key: value for key, value in own.items() if key != "defaults"
    }


@pytest.mark.parametrize(("name", "options"), [("check", CheckOptions), ("bench", BenchOptions)])
def test_the_keys_of_what_simulates_no_scenario_are_the_declared_ones(name: str, options: type[CheckOptions] | type[BenchOptions]) -> None:
    plain = composed(name)
    assert set(plain) == set(options.model_fields)
    assert options.model_validate(plain) == options(language=plain["language"])


@pytest.mark.parametrize("name", ["sweep", "compare"])
def test_the_outcomes_of_a_command_exist(name: str) -> None:
    assert set(composed(name)["outcomes"]) <= set(OUTCOMES)


def test_the_keys_of_a_comparison_are_the_declared_ones() -> None:
    plain, declared = composed("compare"), CompareOptions()
    for key in ("precision", "precision_outcome", "most_replicates"):
        assert plain[key] == getattr(declared, key), key


@pytest.mark.parametrize("name", available("comparison"))
def test_every_comparison_composes_and_runs(name: str) -> None:
    plain = composed("compare", "programme=zibo", f"comparison={name}", "population.graduates=300", "days=40")
    options = CompareOptions.model_validate({key: plain[key] for key in CompareOptions.model_fields})
    file = options.comparison
    worlds = read_worlds(plain, options, (), named=True)
    baseline, variants = worlds.baseline, worlds.variants
    comparison = compare(baseline, variants, replicates=1, workers=1)
    assert set(comparison.variants) == set(file.variants) - {file.baseline}
    assert file.title
    assert file.title_zh
    assert {key: set(label) for key, label in file.labels.items()} == {key: {"en", "zh"} for key in file.variants}
    of_zibo = [key for key, lever in Scenario.load("zibo").policy.levers.items() if lever.enabled]
    levers = [{key for key, lever in scenario.policy.levers.items() if lever.enabled} for scenario in variants.values()]
    assert all(enabled and (len(enabled) <= 2 if file.alone else len(enabled) == len(of_zibo)) for enabled in levers)


@pytest.mark.parametrize("name", available("study"))
def test_every_study_is_told_in_both_languages_and_can_be_carried_out(name: str) -> None:
    plain = composed("trial", f"study={name}")
    options = TrialOptions.model_validate({key: plain[key] for key in TrialOptions.model_fields})
    study = options.study
    check_study(study, check_scenario(plain, TrialOptions.model_fields), options.markets)
    for text in (study.title, study.title_zh, study.question, study.question_zh, study.literature):
        assert text
    assert all(arm.label and arm.label_zh for arm in study.arms.values())


@pytest.mark.parametrize(("group", "name"), OPTIONS)
def test_every_option_composes_and_runs(group: str, name: str) -> None:
    if name == "national":
        chosen = {"place": name} if group == "population" else {group: name}
        whole = simulate_nation(Scenario.load("none", {**chosen, "population.graduates": 12_000, "days": 3}), replicates=1, workers=1)
        assert whole.total.outcomes["employed_in_region"][0] > 0
        return
    small = {} if group == "population" else {"population.graduates": 300}
    overrides = {"days": 2 if group == "population" else 30, **small}
    scenario = Scenario.load(name, overrides) if group == "programme" else Scenario.load("none", {group: name, **overrides})
    results = simulate(scenario, replicates=1, workers=1)
    assert results.outcomes["employed_in_region"][0] > 0
    if group == "programme":
        assert scenario.title
        assert scenario.title_zh
        assert (name == "none") == (results.outcomes["spending"][0] == 0)


@pytest.mark.parametrize("name", available("programme"))
def test_reported_figures_name_outcomes_and_documents(name: str) -> None:
    for figure in Scenario.load(name).reported:
        assert figure.outcome in OUTCOMES
        assert "document" in figure.source
        assert figure.value >= 0


def is_number(node: yaml.ScalarNode) -> bool:
    return node.tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:timestamp")


def numbers_of(node: yaml.Node | None, key: str, lines: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield each number or date: its dotted key, its line, and the lines of the tables that it stands in."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value not in NOT_CITED:
                yield from numbers_of(value, f"{key}.{name.value}".lstrip("."), (*lines, name.start_mark.line))
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            yield from numbers_of(value, f"{key}.{place}", (*lines, value.start_mark.line))
    elif isinstance(node, yaml.ScalarNode) and is_number(node):
        yield key, lines


def uncited(text: str, tables: int = 1) -> list[str]:
    """Return the numbers that cite nothing: neither on their own line, nor on the line of one of the innermost tables that they stand in."""
    written = text.splitlines()

    def cites(line: int) -> bool:
        comment = written[line].partition("#")[2].lower()
        return any(word in comment for word in CITED)

    return [key for key, lines in numbers_of(yaml.compose(text), "", ()) if not any(cites(line) for line in lines[-1 - tables :])]


@pytest.mark.parametrize("name", available("programme"))
def test_every_number_of_a_programme_cites_a_document_or_says_assumption(name: str) -> None:
    assert uncited(text_of("programme", name)) == []


def test_the_rule_of_citation_notices_what_is_missing() -> None:
    lodging = "    enabled: true\n    stations: 31  # document\n    rooms: 5  # five\n    opening: 2020-11-01\n"
    text = f"days: 5\npolicy:  # document: all\n  lodging:\n{lodging}"
    assert uncited(text) == ["days", "policy.lodging.rooms", "policy.lodging.opening"]
    assert uncited("policy:\n  fairs:  # assumption: both\n    number: 3\n    share: 0.5\n") == []
    listed = "districts:  # {}\n  - {{name: centre, share: 0.5}}\nrent: 900\n"
    assert uncited(listed.format("assumption"), tables=3) == ["rent"]
    assert uncited(listed.format("two"), tables=3) == ["districts.0.share", "rent"]


@pytest.mark.parametrize("name", available("place"))
def test_every_number_of_a_place_cites_a_document_or_says_assumption(name: str) -> None:
    assert uncited(text_of("place", name)) == []


@pytest.mark.parametrize("name", available("region"))
def test_every_number_of_a_region_cites_a_document_or_says_assumption(name: str) -> None:
    assert uncited(text_of("region", name), tables=3) == []


@pytest.mark.parametrize("name", LEVERS)
def test_every_programme_has_its_region_and_offers_the_levers_of_its_document(name: str) -> None:
    scenario = Scenario.load(name)
    assert scenario.region.name == name
    assert {lever for lever, parameters in scenario.policy.levers.items() if parameters.offers_something} == LEVERS[name]


@pytest.mark.parametrize("name", LEVERS)
def test_every_programme_runs_and_gives_a_number_beside_each_reported_figure(name: str) -> None:
    graduates = Scenario.load(name).population.graduates // 10
    scenario = Scenario.load(name, {"population.graduates": graduates})
    results = simulate(scenario, replicates=1, workers=1)
    assert scenario.reported
    for figure in scenario.reported:
        assert all(math.isfinite(value) for value in results.outcomes[figure.outcome]), figure.outcome
        assert sum(results.outcomes[figure.outcome]) > 0, figure.outcome
    for lever in LEVERS[name]:
        used = "volunteer_hours" if lever == "organisation" else f"served.{lever}"
        assert sum(results.outcomes[used]) > 0, lever


@pytest.mark.parametrize("name", LEVERS)
def test_the_coverage_of_a_document_names_every_lever_of_its_programme_and_no_key_that_does_not_exist(name: str) -> None:
    section = COVERAGE.read_text(encoding="utf-8").partition(f"\n## {name} ")[2].partition("\n## ")[0]
    keys = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", section))
    assert {key.partition(".")[0] for key in keys} >= LEVERS[name]
    assert {f"policy.{key}" for key in keys} <= set(known_keys())


@pytest.mark.parametrize(("group", "name"), [option for option in OPTIONS if option[0] in ("region", "market")])
def test_every_region_and_market_says_at_its_head_where_its_numbers_come_from(group: str, name: str) -> None:
    head = text_of(group, name).partition("\n\n")[0].split("\nname:")[0].lower()
    assert head.startswith("#")
    assert any(word in head for word in CITED)


def keys_of(plain: Any, prefix: str) -> Iterator[str]:
    """Yield the dotted keys of a file; what stands in lists is checked by its class."""
    for key, value in plain.items():
        if isinstance(value, dict):
            yield from keys_of(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


@pytest.mark.parametrize(("group", "name"), OPTIONS)
def test_the_keys_of_every_file_exist(group: str, name: str) -> None:
    plain = yaml.safe_load(text_of(group, name))
    plain.pop("defaults", None)
    prefix = "" if group in NAMES else f"{group}."
    assert set(keys_of(plain, prefix)) <= {*known_keys(), *NAMES.values()}
    for member, declared in (("districts", District), ("campuses", Campus), ("anchors", Anchor)):
        for entry in plain.get(member, []) if group == "region" else []:
            assert set(entry) <= set(declared.model_fields)
    for entry in plain.get("reported", []):
        assert set(entry) <= set(ReportedFigure.model_fields)
    if group in NAMES:
        assert plain[NAMES[group]] == name
    if group == "region":
        assert plain["name"] == name
