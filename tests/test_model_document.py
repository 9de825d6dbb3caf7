"""The description of the model (``docs/model.md`` and ``docs/model/``) follows the ODD protocol and keeps up with the code."""

import ast
import re
from pathlib import Path

import pytest

from experiments.list.parameters import parameters
from sim.agents.employer import PLAN
from sim.day import PHASES
from sim.outcomes import OUTCOMES
from sim.schema import EMPLOYERS, GRADUATES

ROOT = Path(__file__).parents[1]
OVERVIEW = ROOT / "docs" / "model.md"
PAGES = {path: path.read_text(encoding="utf-8") for path in (OVERVIEW, *sorted((ROOT / "docs" / "model").glob("*.md")))}
TEXT = "\n".join(PAGES.values())
KEYS = {leaf.key for _, leaf in parameters()}
GROUPS = ("behaviour", "exams", "market", "region", "population", "opening")
ELEMENTS = (
    "Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling", "Design concepts", "Initialisation",
    "Input data", "Submodels",
)  # fmt: skip
CONCEPTS = (
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction", "Stochasticity", "Collectives",
    "Observation",
)  # fmt: skip
"""Of Grimm et al. (2020), in their order."""


def quoted() -> list[str]:
    """Return what stands in backticks."""
    return re.findall(r"`([^`\n]+)`", TEXT)


def rules_of(folder: str) -> set[str]:
    """Return the names of the functions in a folder."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / folder).glob("*.py")]
    return {node.name for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_elements_and_the_concepts_stand_in_the_order_of_the_protocol() -> None:
    text = PAGES[OVERVIEW]
    assert re.findall(r"^## \d (.*)$", text, re.MULTILINE) == list(ELEMENTS)
    assert re.findall(r"^\*\*([\w ]+)\.\*\*", text, re.MULTILINE) == list(CONCEPTS)


def test_every_phase_has_a_line_in_the_schedule_and_a_section_of_its_own() -> None:
    schedule = re.findall(r"^\| `(\w+)` \|.*\((model/\w+\.md)\) \|$", PAGES[OVERVIEW], re.MULTILINE)
    assert [name for name, _ in schedule] == list(PHASES)
    for name, file in schedule:
        sections = re.findall(rf"^## .*: `{name}`$", TEXT, re.MULTILINE)
        assert sections, f"{name}: a section '## …: `{name}`' in docs/{file} says what it does"
        assert sections[0] in (ROOT / "docs" / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["sim/phases", "sim/rules", "sim/levers"])
def test_every_file_of_rules_is_named(folder: str) -> None:
    files = [f"{folder}/{path.name}" for path in sorted((ROOT / folder).glob("*.py")) if path.name != "__init__.py"]
    assert [file for file in files if f"`{file}`" not in TEXT] == []


def test_files_and_pages_that_are_named_exist() -> None:
    files = [name for name in quoted() if name.startswith(("sim/", "docs/", "tests/"))]
    assert [name for name in files if not (ROOT / name).exists()] == []
    links = [(page, link) for page, text in PAGES.items() for link in re.findall(r"\]\(([^)#:]+)\)", text)]
    assert [link for page, link in links if not (page.parent / link).exists()] == []


def test_parameters_that_are_named_exist() -> None:
    named = [name for name in quoted() if name.startswith(tuple(f"{group}." for group in (*GROUPS, "policy")))]
    assert [name for name in named if name not in KEYS] == []


def test_every_parameter_of_the_market_is_named_where_the_rule_is_described() -> None:
    of_entries = re.compile(r"\[\]|\.name(_zh)?$")
    expected = sorted(key for key in KEYS if key.startswith(tuple(f"{group}." for group in GROUPS)) and not of_entries.search(key))
    assert [key for key in expected if key not in quoted()] == []


def test_names_in_equations_are_those_of_the_code() -> None:
    known = {re.split(r"\W+", key)[-1] for key in KEYS} | {column.name for column in (*GRADUATES, *EMPLOYERS, *PLAN)}
    known |= {*PHASES, *OUTCOMES, *(rule for folder in ("sim/phases", "sim/rules") for rule in rules_of(folder))}
    equations = re.findall(r"^    .*$", TEXT, re.MULTILINE)
    words = [word for line in (*equations, *quoted()) if "/" not in line or line in equations for word in re.findall(r"\b_?[a-z]\w*", line, re.ASCII)]
    assert len(equations) > 80
    assert sorted({word for word in words if "_" in word[1:] and word not in known}) == []
