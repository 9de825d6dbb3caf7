"""Which baselines `yizhan check` compares with, and with which settings."""

import errno
import json
from pathlib import Path
from typing import NoReturn

import pytest

from experiments.check import choosing
from experiments.check import command as check
from experiments.check.baselines import Settings, names_in, read_baseline
from experiments.check.choosing import folder_of
from experiments.check.options import CheckOptions
from experiments.check.planning import settings_of
from experiments.shared.errors import MistakeError
from sim.configuration import available
from sim.scenario import Scenario
from tests.conftest import SHIPPED_BEHAVIOUR
from tests.experiments.check.held import BOTH, COMMITTED, FEW, NONE, Command, without_progress


def test_nothing_to_check_against_is_a_mistake_and_nothing_runs(yizhan: Command, tmp_path: Path) -> None:
    for words, names in ((BOTH, "none, zibo"), (("directory=nowhere",), ", ".join(available("programme")))):
        said = yizhan("check", *words, "directory=nowhere")
        assert (said.status, said.out) == (2, "")
        assert said.err.startswith(f"yizhan: there is no baseline of {names} in nowhere: nothing was checked.")
        assert "which checks nothing" in said.err
        assert "moved" not in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_named_programme_without_a_baseline_is_a_mistake(yizhan: Command, kept: Path) -> None:
    (kept / "zibo.json").unlink()
    said = yizhan("check", *BOTH, "directory=b", "language=zh")
    assert (said.status, said.out) == (2, "")
    assert "b 中没有 zibo 的基线，未作任何检查" in said.err


def test_what_has_no_baseline_is_listed_as_unguarded(yizhan: Command, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (choosing, check):
        monkeypatch.setattr(module, "available", lambda _group: ["chengyang", "none", "mine", "zibo"])  # one shipped, one's own, two that lie there
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    said = yizhan("check", "directory=b", "output=o", "junit=check.xml")
    assert said.status == 0, said.err
    assert "::notice title=yizhan check::Unguarded, as there is no baseline: mine." in said.out
    assert 'tests="3" failures="0" errors="0" skipped="1"' in (kept.parent / "check.xml").read_text(encoding="utf-8")
    assert "Unguarded, as there is no baseline: mine. yizhan check update=true programmes=[mine] directory=b makes one" in said.out
    assert said.out.endswith("Nothing moved: none, zibo (b).\n")
    assert json.loads((kept.parent / "o" / "check.json").read_text(encoding="utf-8"))["unguarded"] == ["mine"]


def test_an_installed_package_brings_its_baselines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "site-packages" / "experiments" / "check" / "shipped"
    monkeypatch.setattr(choosing, "SHIPPED", shipped)
    monkeypatch.setattr(choosing.sim, "__file__", str(tmp_path / "site-packages" / "sim" / "__init__.py"))
    monkeypatch.chdir(tmp_path)
    assert folder_of(None) == Path("results/baselines")
    shipped.mkdir(parents=True)
    assert folder_of(None) == shipped
    assert folder_of(None, is_written=True) == Path("results/baselines")
    (tmp_path / "results" / "baselines").mkdir(parents=True)
    assert folder_of(None) == Path("results/baselines")


def test_a_baseline_without_its_programme_is_told(yizhan: Command, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (choosing, check):
        monkeypatch.setattr(module, "available", lambda _group: ["zibo"])
    (kept / "notes.json").write_text('{"mine": 1}', encoding="utf-8")
    said = yizhan("check", "directory=b")
    assert said.status == 1
    assert without_progress(said.err) == "yizhan: none: there is no such programme any more; delete b/none.json.\n"


def test_a_check_repeats_a_baseline_as_it_was_made(yizhan: Command, kept: Path) -> None:
    assert yizhan("check", "update=true", NONE[0], FEW, "graduates=120", "replicates=3", "seed=7", "directory=b").status == 0
    assert read_baseline(kept, "none").settings == Settings(3, 7, {"population.graduates": 120})
    said = yizhan("check", *NONE, "directory=b")
    assert said.status == 0
    assert "none: compared as its baseline was made (replicates=3, seed=7, graduates=120)" in said.out
    said = yizhan("check", "update=true", *NONE, "directory=b")
    assert "the old one was made with other settings (replicates=3, seed=7, graduates=120)" in said.out


def test_a_smaller_programme_keeps_its_size_and_classes_shrink_with_the_rest() -> None:
    options = CheckOptions(graduates=1500)
    assert settings_of(Scenario.load("none", {"population.graduates": 800}), options) == Settings(2, 1, {})
    large = Scenario.load("none", {"population.graduates": 30_000, "population.cohort": 6000})
    assert settings_of(large, options).overrides == {"population.graduates": 1500, "population.cohort": 300}


def test_the_folder_here_goes_before_that_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert folder_of(None) == COMMITTED
    (tmp_path / "results" / "baselines").mkdir(parents=True)
    assert folder_of(None) == Path("results/baselines")
    monkeypatch.chdir(COMMITTED.parents[1])
    assert folder_of(None) == Path("results/baselines")


@pytest.mark.skipif(not COMMITTED.is_dir(), reason="no baselines yet: yizhan check update=true writes them")
@pytest.mark.parametrize("programme", available("programme"))
def test_every_programme_has_a_baseline_as_the_configuration_makes_it(programme: str) -> None:
    assert read_baseline(COMMITTED, programme).settings == settings_of(Scenario.load(programme, behaviour=SHIPPED_BEHAVIOUR), CheckOptions())


def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "none.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert names_in(tmp_path) == ["none"], "it is told when it is read, with the others"
    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(MistakeError, match=r"cannot use directory=.*: Permission denied; name a folder"):
        folder_of(str(tmp_path))
