"""Places that a user may read and not write: one sentence that names the place, before anything runs, and nothing left.

By another user than the superuser, who may write anywhere: a copy of this process that gives up what it may.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.experiments.conftest import call_in
from tests.experiments.forked import Ended, carry_out, contents
from tests.experiments.verbs import COMMANDS, SMALL, furnish

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="another user is a copy of this process")]

INTO_A_FOLDER = [name for name, verb in COMMANDS.items() if "output=out" in verb.words]
REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "results": (("run", "programme=zibo", *SMALL), "results"),
    "results of a sweep": (("sweep", "-m", "programme=zibo", "policy.lodging.free_nights=0,14", *SMALL), "results"),
    "this folder": (("new", "county", "mine"), "mine"),
    "template": (("import", "template=locked/empty.xlsx"), "locked/empty.xlsx"),
    "key": (("import", "ledger.csv", "place=zibo", "date=2020-11-15", "key=locked/new.key", "output=open/out"), "locked/new.key"),
    "own settings": (("import", "ledger.csv", "place=zibo", "date=2020-11-15", "output=open/out"), "ledger.key"),
    "tables": (("list", "write=tables"), "tables"),
    "report": (("report", "ran", "format=html"), "ran"),
    "figures of a sweep": (("sweep", "plot=grown", "format=csv"), "grown"),
    "baselines": (("check", "add", *COMMANDS["check add"].words[2:]), "b"),
    "new baselines": (("check", "add", *COMMANDS["check add"].words[2:-1], "directory=locked/b"), "locked/b"),
    "baselines anew": (COMMANDS["check update"].words, "b"),
    "junit": (("check", "directory=b", "workers=1", "junit=locked/j.xml"), "locked/j.xml"),
    "markdown": (("check", "directory=b", "workers=1", "markdown=locked/m.md"), "locked/m.md"),
    "set": (tuple(word.replace("output=", "output=open/").replace("set=", "set=locked/") for word in COMMANDS["calibrate"].words), "locked"),
    "scorecard": ((*(word.replace("output=", "output=open/") for word in COMMANDS["validate"].words), "write=locked/page.md"), "locked/page.md"),
    "kept scorecard": ((*(word.replace("output=", "output=open/").replace("kept=", "kept=locked/") for word in COMMANDS["validate"].words),
                        "update=true"), "locked/none.txt"),
    "dashboard": (("dashboard", "folder=locked/kept"), "locked/kept"),
    "unfinished sweep": (("sweep", "-m", "programme=zibo", "policy.lodging.free_nights=0,14", *SMALL, "figures=false", "output=grown"), "grown"),
}  # fmt: skip
"""What may not be written → a command, and the place that its sentence names. Folders `open` and `keys` alone may be written."""


@pytest.fixture(scope="module")
def here() -> Iterator[Path]:
    """A folder of somebody else, who lets others read it, write into `open`, and nothing more."""
    top = Path(tempfile.mkdtemp(prefix="yizhan-read-only-"))  # pytest's own folders are closed to others
    folder = top / "here"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder / "settings"))
        patch.delenv("CI", raising=False)

        def carry_out_here(where: Path, words: tuple[str, ...]) -> None:
            said = call_in(where, *words)
            assert said.status == 0, (words, said.err)

        furnish(folder, carry_out_here)
        for name, verb in COMMANDS.items():  # what is imported is imported, where all may be read
            shutil.rmtree(top / "warm", ignore_errors=True)
            shutil.copytree(folder, top / "warm")
            assert call_in(top / "warm", *verb.words).status == 0, name
        shutil.rmtree(top / "warm")
        for name in ("locked", "open", "results"):
            (folder / name).mkdir()
        closed = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
        for path in closed:
            path.chmod(0o777 if path.name == "open" else 0o555)
        top.chmod(0o755)
        yield folder
        for path in closed:
            path.chmod(0o755)
    shutil.rmtree(top)


@pytest.fixture(autouse=True)
def emptied(here: Path) -> Iterator[None]:
    yield
    for path in (here / "open").iterdir():
        shutil.rmtree(path)


def assert_refused(ended: Ended, place: str, before: dict[str, bytes], here: Path) -> None:
    assert ended.status in (1, 2), ended
    assert "Traceback" not in ended.err
    said = [line for line in ended.err.splitlines() if line.startswith("yizhan: ")]
    assert len(said) == 1, ended.err
    assert "ermission denied" in said[0], said
    assert place in said[0], said
    assert contents(here) == before
    assert not list((here / "open").iterdir())
    assert not list((here / "locked").iterdir())


@pytest.mark.parametrize("name", INTO_A_FOLDER)
def test_a_result_where_nothing_may_be_written_is_refused_before_anything_runs(here: Path, name: str) -> None:
    words = tuple("output=locked/out" if word == "output=out" else word for word in COMMANDS[name].words if not word.startswith("set="))
    before = contents(here)
    ended = carry_out(here, words, as_nobody=True)
    assert_refused(ended, "j.xml" if name == "check" else "locked/out", before, here)
    assert ended.status == 2
    assert "simulated" not in ended.err


@pytest.mark.parametrize("name", REFUSED)
def test_a_place_that_may_not_be_written_is_named(here: Path, name: str) -> None:
    words, place = REFUSED[name]
    before = contents(here)
    assert_refused(carry_out(here, words, as_nobody=True), place, before, here)


@pytest.mark.parametrize("words", [("run", "from=ran", "output=open/out"), ("sweep", "status", "grown"), ("sweep", "plot=grown", "output=open/out"),
                                   ("check", "directory=b", "workers=1"), ("list", "levers")], ids=" ".join)  # fmt: skip
def test_what_is_only_read_may_be_read_only(here: Path, words: tuple[str, ...]) -> None:
    ended = carry_out(here, words, as_nobody=True)
    assert ended.status == 0, ended.err
