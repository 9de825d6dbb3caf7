"""What an installed package holds: every file that a verb needs, and every verb works from a wheel in an empty folder."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import sim
from sim.code_cache import Kept
from sim.scenario import Scenario
from sim.simulation import kept_code, simulate

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = [name.rstrip("*") for name in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]]
GIT = shutil.which("git") or "git"
OF_MAKERS = ("make_subset.py", "general_standard_characters.txt")
"""Files for whoever makes the font: no command reads them."""


def wanted() -> set[str]:
    """Return every file that a wheel has to hold."""
    tracked = subprocess.run([GIT, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")
    own = {name for name in tracked if name.split("/")[0] in PACKAGES and not name.endswith(OF_MAKERS)}
    return own | {f"experiments/check/shipped/{path.name}" for path in (ROOT / "results" / "baselines").glob("*.json")}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a wheel of a copy of the tracked files, so that nothing is left here."""
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout")
    folder = tmp_path_factory.mktemp("wheel")
    files = subprocess.run([GIT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, files.decode().split("\0")):
        if (ROOT / name).is_file() and name.split("/")[0] in (*PACKAGES, "results", name):
            (folder / "source" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "source" / name).write_bytes((ROOT / name).read_bytes())
    build = "from setuptools import build_meta; print(build_meta.build_wheel('..'))"
    done = subprocess.run([sys.executable, "-c", build], cwd=folder / "source", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_a_wheel_holds_every_file(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
        assert wanted() - held == set()
        assert {name.split("/")[0] for name in held} == set(PACKAGES)
        for name in sorted(held):
            if name.startswith("experiments/check/shipped/"):
                assert archive.read(name) == (ROOT / "results" / "baselines" / Path(name).name).read_bytes()
        metadata = archive.read(next(name for name in archive.namelist() if name.endswith("METADATA"))).decode()
    assert f"Version: {sim.__version__}" in metadata


def test_what_says_how_to_cite_is_valid() -> None:
    held = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(held)
    assert held["cff-version"] == "1.2.0"
    assert held["type"] in ("software", "dataset")
    assert held["version"] == sim.__version__ == PROJECT["project"]["version"]
    assert held["license"] == PROJECT["project"]["license"]
    allowed = {"name", "given-names", "family-names", "orcid", "affiliation", "website", "email", "alias"}
    assert all(set(author) <= allowed for author in held["authors"])


def test_every_library_that_is_imported_is_asked_for() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    on_request = [line for name in ("excel", "ledger", "optimise", "report", "web") for line in extras[name]]  # which commands refuse without
    asked = {re.split(r"[<>=\[ ]", line)[0].lower() for line in [*PROJECT["project"]["dependencies"], *on_request]}
    called = {"hydra": "hydra-core", "yaml": "pyyaml", "python_calamine": "python-calamine", "SALib": "salib", "docx": "python-docx",
              "fontTools": "fonttools"}  # fmt: skip
    given = {"llvmlite": "numba", "starlette": "fastapi", "pydantic_core": "pydantic", "pyyaml": "omegaconf"}  # comes with
    imported = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if path.name not in OF_MAKERS:
                imported |= set(re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    foreign = {called.get(name, name) for name in imported - set(sys.stdlib_module_names) - set(PACKAGES) - {"fcntl"}}
    assert {name for name in foreign if given.get(name, name) not in asked and name in known(foreign)} == set()


def known(names: set[str]) -> set[str]:
    """Return those that are installed: words at the head of a line of text are none."""
    from importlib.metadata import PackageNotFoundError, version

    found = set()
    for name in names:
        try:
            version(name)
        except PackageNotFoundError:
            continue
        found.add(name)
    return found


SMALL = ("population.graduates=200", "days=40", "replicates=2", "workers=1")
WORDS: dict[str, list[str]] = {
    "version": ["--version"],
    "help": ["--help"],
    "run": ["run", "programme=zibo", *SMALL, "output=run"],
    "compare": ["compare", "programme=zibo", *SMALL, "output=compare"],
    "trial": ["trial", "study=job_fair", "population.graduates=500", "days=150", "replicates=2", "study.followup_days=[20]", "output=trial"],
    "sweep": ["sweep", "-m", "programme=zibo", *SMALL, "policy.lodging.free_nights=0,6", "output=sweep"],
    "list": ["list"],
    "check": ["check"],
}


def snippets() -> Iterator[str]:
    """Yield the commands of the page for continuous integration."""
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    for block in re.findall(r"<!-- (?:check|own) -->\n```sh\n(.*?)```", page, re.DOTALL):
        yield from block.strip().splitlines()


@pytest.mark.slow
def test_every_verb_works_from_a_wheel_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    """The libraries are those of this environment: what is tried is this package."""
    import sysconfig

    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "environment")], check=True)
    python = str(next((tmp_path / "environment").glob("[bS]*/python*")))
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", str(wheel)], check=True)
    site = next((tmp_path / "environment").glob("lib*/python*/site-packages"))
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    here = tmp_path / "empty"
    here.mkdir()
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = str(Path(python).parent / "yizhan")

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([command, *words], cwd=here, env=environment, capture_output=True, text=True, check=False, timeout=600)

    simulate(Scenario.load("none", {"population.graduates": 50, "days": 1}), 1)
    assert kept_code() is Kept.READY
    for name, words in WORDS.items():
        done = call(*words)
        assert done.returncode == 0, f"{name}: {done.stderr}"
        assert "First run" not in done.stderr, "the same sources elsewhere find what is compiled"
    assert "site-packages" in call("check", "programmes=[none]").stdout
    assert "Traceback" not in call("check", "directory=nowhere").stderr
    for line in snippets():
        done = call(*line.split()[1:])
        assert done.returncode == 0, f"{line}: {done.stderr}"
    provenance = (here / "run" / "provenance.json").read_text(encoding="utf-8")
    assert '"commit": null' in provenance
    assert re.search(r'"sources_sha256": "[0-9a-f]{64}"', provenance)
