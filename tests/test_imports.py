"""The arrows of the architecture: each module imports only what stands below it."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.trees import PACKAGES, ROOT, files_of, nodes_of, tree_of

LAYERS: tuple[tuple[str, ...], ...] = (
    ("sim",),
    (
        "sim.bilingual", "sim.cache_folder", "sim.carrying", "sim.code_cache", "sim.compiled", "sim.discovery", "sim.errors", "sim.frames",
        "sim.information", "sim.linking",
        "sim.shapley", "sim.sources", "sim.statistics", "sim.uncertainty", "sim.units", "sim.writing",
    ),
    ("sim.columns", "sim.states", "sim.calendar", "sim.parameters", "sim.numbers", "sim.gone"),
    ("sim.marked",),
    ("sim.tables", "sim.fetching"),
    ("sim.draws", "sim.luck", "sim.measures"),
    ("sim.agents", "sim.lever"),
    ("sim.rules",),
    ("sim.ledger", "sim.ledger.people_file"),
    ("sim.behaviour", "sim.exams", "sim.installed", "sim.opening", "sim.provinces", "sim.region", "sim.reported", "sim.seeking"),
    ("sim.levers",),
    ("sim.schema", "sim.meetings"),
    ("sim.yaml_files", "sim.readings"),
    ("sim.own_file",),
    ("sim.own_files",),
    ("sim.wording", "sim.composing", "sim.configuration", "sim.set_file"),
    ("sim.behaviour_set", "sim.changing", "sim.elsewhere", "sim.watched", "sim.scenario", "sim.priors", "sim.titles"),
    ("sim.phases",),
    ("sim.recorder", "sim.day"),
    ("sim.earlier_classes", "sim.population", "sim.established", "sim.seasons", "sim.furnishing", "sim.ledger.known_people",
     "sim.ledger.known_traits", "sim.world"),
    ("sim.own_rules", "sim.collecting", "sim.agents.views", "sim.model"),
    ("sim.account", "sim.participation", "sim.admission", "sim.capital"),
    ("sim.funnel", "sim.how_sure", "sim.outcomes", "sim.showing", "sim.results"),
    ("sim.observers", "sim.history", "sim.tracing"),
    ("sim.simulation", "sim.targets"),
    ("sim.compared", "sim.comparison", "sim.kept_worlds", "sim.trials"),
    ("sim.attribution", "sim.nation"),
    ("sim.calibration", "sim.sensitivity", "sim.optimising"),
)
"""From the ground up. A module may import from its own layer (without a circle) and from those before it. Packages stand for their modules."""

KNOWS_MESA = ("sim.agents.views", "sim.collecting", "sim.model", "experiments.bench.plain", "experiments.bench.side_by_side")
KNOWS_HYDRA = ("experiments", "sim.configuration", "sim.composing")
OF_PHASES = (
    "sim.fetching",
    "sim.rules", "sim.levers", "sim.meetings", "sim.draws", "sim.states", "sim.tables", "sim.calendar", "sim.compiled",
    "sim.agents.employer", "sim.phases",
)  # fmt: skip
HEAVY = ("numba", "mesa", "matplotlib", "hydra", "omegaconf", "pydantic", "pandas", "pyarrow", "scipy", "numpy", "holidays", "statsmodels")


@dataclass(frozen=True)
class Import:
    """One import: by which module, of which, where, and whether it is carried out when the module is loaded."""

    by: str
    of: str
    line: int
    at_load: bool

    def __str__(self) -> str:
        return f"{self.by}:{self.line} imports {self.of}"


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {name_of(path): path for path in files_of(*PACKAGES)}


def is_type_checking(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def imports_in(by: str, nodes: list[ast.stmt], *, at_load: bool = True) -> Iterator[Import]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (Import(by, alias.name, node.lineno, at_load) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{by}:{node.lineno}: write the whole name"
            assert node.module is not None
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield Import(by, full if full in SOURCES else node.module, node.lineno, at_load)
        else:
            inside = at_load and not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not is_type_checking(node)
            for field in ("body", "orelse", "finalbody", "handlers"):
                children = getattr(node, field, [])
                yield from imports_in(by, children, at_load=inside)


@cache
def imports() -> tuple[Import, ...]:
    """Return every import of the project."""
    return tuple(found for name, path in SOURCES.items() for found in imports_in(name, tree_of(path).body))


def within(name: str, packages: tuple[str, ...] | str) -> bool:
    """Tell whether a module is one of these, or in one of these packages."""
    return any(name == package or name.startswith(f"{package}.") for package in ([packages] if isinstance(packages, str) else packages))


def layer_of(name: str) -> int:
    exact = [number for number, layer in enumerate(LAYERS) if name in layer]
    return exact[0] if exact else next(number for number, layer in enumerate(LAYERS) if number and within(name, layer))


def broken(rule: list[Import]) -> list[str]:
    return [str(found) for found in rule]


def test_the_walk_sees_the_imports() -> None:
    assert len(SOURCES) > 60
    assert len(imports()) > 300
    text = "import os\nif TYPE_CHECKING:\n    import mesa\ndef f():\n    from sim import model\ntry:\n    import a.b\nexcept E:\n    import c\n"
    tree = ast.parse(text)
    found = {(one.of, one.at_load) for one in imports_in("x", tree.body)}
    assert found == {("os", True), ("mesa", False), ("sim.model", False), ("a.b", True), ("c", True)}


def test_every_module_of_the_model_has_its_layer() -> None:
    for name in SOURCES:
        if within(name, "sim"):
            layer_of(name)
    for layer in LAYERS:
        assert [name for name in layer if name not in SOURCES] == []


def test_no_module_imports_from_a_later_layer() -> None:
    own = [found for found in imports() if found.at_load and within(found.by, "sim") and within(found.of, "sim")]
    assert broken([found for found in own if layer_of(found.of) > layer_of(found.by)]) == []


def test_nothing_goes_round_in_a_circle() -> None:
    """Imports within functions and for types alone count too: a circle is a circle."""
    edges: dict[str, set[str]] = {name: set() for name in SOURCES}
    for found in imports():
        if found.of in SOURCES and found.of != found.by:
            edges[found.by].add(found.of)
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " imports ".join((*path, name))
        if name not in done:
            for other in edges[name]:
                visit(other, (*path, name))
            done.add(name)

    for name in edges:
        visit(name, ())


def test_the_model_does_not_know_the_experiments() -> None:
    assert broken([found for found in imports() if within(found.by, "sim") and within(found.of, ("experiments", "benchmarks", "tests"))]) == []


def test_nobody_needs_the_public_names_but_users() -> None:
    assert broken([found for found in imports() if within(found.by, ("sim", "experiments")) and within(found.of, "yizhan")]) == []
    assert broken([found for found in imports() if within(found.by, "yizhan") and within(found.of, "experiments")]) == []


def test_only_agents_and_the_model_know_mesa() -> None:
    knowing = [found for found in imports() if within(found.of, "mesa")]
    assert knowing
    assert broken([found for found in knowing if not within(found.by, KNOWS_MESA)]) == []


def test_only_the_commands_and_the_configuration_know_hydra() -> None:
    knowing = [found for found in imports() if within(found.of, ("hydra", "omegaconf"))]
    assert knowing
    assert broken([found for found in knowing if not within(found.by, KNOWS_HYDRA)]) == []
    assert broken([found for found in knowing if found.at_load]) == []


def test_the_model_draws_and_stores_nothing() -> None:
    found = [one for one in imports() if within(one.by, "sim") and within(one.of, ("matplotlib", "pyarrow", "rich"))]
    assert broken([one for one in found if (one.by, one.at_load) != ("sim.ledger.table_file", False)]) == []  # which reads persons


def test_phases_rest_on_rules_and_policies_alone() -> None:
    own = [found for found in imports() if within(found.by, "sim.phases") and within(found.of, "sim")]
    assert broken([found for found in own if not within(found.of, OF_PHASES)]) == []


def test_rules_and_policies_do_not_know_the_phases() -> None:
    own = [found for found in imports() if within(found.by, ("sim.rules", "sim.levers"))]
    assert broken([found for found in own if within(found.of, ("sim.phases", "sim.day", "sim.world"))]) == []


def is_figure(name: str) -> bool:
    return "figures" in name.split(".")


def test_figures_take_results_and_nothing_else() -> None:
    known = (
        "experiments.shared.fonts", "experiments.shared.funnels", "experiments.shared.words", "sim.numbers", "experiments.shared.drawing",
        "experiments.compare.words", "experiments.trial.words", "experiments.bench.words", "sim.bilingual",
        "experiments.validate.words", "experiments.validate.report", "experiments.validate.scorecard",
        "experiments.calibrate.words", "experiments.calibrate.found",
        "experiments.optimise.words", "experiments.optimise.found", "experiments.optimise.report", "experiments.shared.money",
        "experiments.sensitivity.words", "experiments.sensitivity.report", "experiments.sensitivity.outcomes",
        "experiments.sensitivity.information_found", "experiments.sensitivity.information_report", "experiments.sensitivity.information_words",
        "experiments.sensitivity.discovery_found", "experiments.sensitivity.discovery_words", "sim.discovery", "sim.scenario",
        "experiments.sensitivity.effects_found", "experiments.sensitivity.given_found", "experiments.sensitivity.shares_found",
        "experiments.sweep.words", "experiments.sweep.told", "experiments.sweep.estimating", "experiments.sweep.swept", "experiments.sweep.table",
        "sim.statistics", "sim.account", "sim.levers", "sim.outcomes", "sim.results", "sim.trials", "sim.compared", "sim.comparison",
        "sim.attribution", "sim.calibration", "sim.sensitivity", "sim.optimising", "sim.uncertainty", "sim.how_sure", "sim.own_file",
    )  # fmt: skip
    own = [found for found in imports() if is_figure(found.by) and within(found.of, ("sim", "experiments")) and not is_figure(found.of)]
    assert own
    assert broken([found for found in own if not within(found.of, known) and found.of != "sim"]) == []  # sim itself has the version


ROOMS = ("run", "compare", "trial", "calibrate", "optimise", "sweep", "validate", "check", "bench", "list", "new", "story")


def test_rooms_do_not_look_into_each_other() -> None:
    """What two commands need is shared; a run tells stories, the lists know what every command has, and a check repeats what any command does."""
    for room in ROOMS:
        others = tuple(f"experiments.{other}" for other in ROOMS if other != room)
        own = [found for found in imports() if within(found.by, f"experiments.{room}") and within(found.of, others)]
        assert broken([found for found in own if (room, found.of.split(".")[1]) != ("run", "story") and room not in ("list", "check")]) == []
    rooms = tuple(f"experiments.{room}" for room in ROOMS)
    assert broken([found for found in imports() if within(found.by, "experiments.shared") and within(found.of, rooms)]) == []


def test_pyplot_with_its_global_state_is_not_used() -> None:
    assert broken([found for found in imports() if within(found.of, "matplotlib.pyplot") or found.of == "pylab"]) == []


def test_the_library_prints_nothing() -> None:
    modules = [name for name in SOURCES if within(name, "sim")]
    assert len(modules) > 100
    for module in modules:
        for node in nodes_of(SOURCES[module]):
            if isinstance(node, ast.Name):
                assert node.id not in ("print", "input", "breakpoint"), f"{module}:{node.lineno}"
            if isinstance(node, ast.Attribute) and node.attr in ("stdout", "stderr"):
                assert ast.unparse(node) not in ("sys.stdout", "sys.stderr"), f"{module}:{node.lineno}"


def test_nothing_runs_when_a_module_is_loaded() -> None:
    allowed = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.If)
    for name, path in SOURCES.items():
        if name == "experiments.__main__":
            continue
        for node in tree_of(path).body:
            is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            assert is_text or isinstance(node, allowed), f"{name}:{node.lineno}: {ast.unparse(node)[:80]}"


def loaded_by(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    return set(done.stdout.split())


def test_the_command_starts_at_once() -> None:
    assert loaded_by("import experiments.cli; experiments.cli.main(['--help'])") & set(HEAVY) == set()
    assert loaded_by("import experiments.cli; experiments.cli.main(['runn'])") & set(HEAVY) == set()
    assert loaded_by("import sim") & set(HEAVY) == set()
    assert loaded_by("import yizhan; dir(yizhan)") & set(HEAVY) == set()


def test_a_run_does_not_load_matplotlib_before_it_draws() -> None:
    verbs = ("run", "sweep", "compare", "check", "list")
    assert loaded_by(f"import {', '.join(f'experiments.{verb}.command' for verb in verbs)}") & {"matplotlib", "hydra"} == set()


def test_a_run_loads_neither_mesa_nor_pandas_and_writes_its_numbers_without_them() -> None:
    """The small table holds what `series_table` does: numbers, dates and names."""
    written = """
import datetime, pathlib, tempfile, types
import numpy, pyarrow.parquet
import sim.simulation, sim.comparison, sim.tracing, experiments.run.command
from experiments.shared.results_folder import series_table, write_table
runs = [types.SimpleNamespace(series={"employed": numpy.array([1.0, 2.0]), "employment_rate": numpy.array([0.5, numpy.nan])})]
table = series_table(types.SimpleNamespace(runs=runs, replicates=1, days=2, dates=numpy.datetime64("2020-11-01") + numpy.arange(2)))
file = pathlib.Path(tempfile.mkdtemp(), "series.parquet")
write_table(table, file)
print({"mesa", "pandas", "networkx"} & sys.modules.keys() or "NONE")
found = pyarrow.parquet.read_table(file).to_pylist()
assert [tuple(row.values())[:4] for row in found] == [
    (0, day, datetime.date(2020, 11, 1 + day), name) for name in ("employed", "employment_rate") for day in range(2)
], found
assert repr([row["value"] for row in found]) == "[1.0, 2.0, 0.5, nan]", found
"""
    assert "NONE" in loaded_by(written)


def test_the_page_of_the_architecture_names_every_file_and_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    cells = " ".join(row.split("|")[1] for row in page.splitlines() if row.startswith("| `"))
    files = [path.name for path in (ROOT / "sim").glob("*.py") if path.name != "__init__.py"]
    packages = [f"{path.parent.name}/" for path in (ROOT / "sim").glob("*/__init__.py")]
    assert len(files) > 50
    assert [name for name in [*files, *packages] if not re.search(rf"[`/]{re.escape(name)}", cells)] == []
    assert [path.parent.name for path in (ROOT / "experiments").glob("*/__init__.py") if f"{path.parent.name}/" not in page] == []
