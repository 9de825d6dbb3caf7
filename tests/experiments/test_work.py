"""Numbers are safe before anything is drawn, and two runs into one folder do not hurt each other."""

import contextlib
import errno
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experiments import cli
from experiments.compare.figures import every
from experiments.run import report
from experiments.run.figures import daily, funnel
from experiments.shared import tables
from experiments.shared.drafts import MARK, BusyError, Draft, sweep_leftovers
from experiments.shared.drawing import NOTE
from experiments.shared.errors import TRACEBACK, OutputError
from experiments.shared.figures import saving
from experiments.shared.results_folder import ResultFolder
from experiments.shared.terminal import Output, put, visible
from tests.every import some

Command = Callable[..., Any]
TINY = ("population.graduates=100", "days=5", "replicates=1", "workers=1", "output=out")
NUMBERS = {"config.yaml", "provenance.json", "summary.json", "series.parquet"}
ROOT = Path(__file__).resolve().parents[2]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def broken(*_arguments: Any, **_settings: Any) -> None:
    message = "latex could\nnot be found"
    raise RuntimeError(message)


def full_disk(*_arguments: Any, **_settings: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "the/file")


# --- figures


def test_a_figure_that_fails_costs_itself_alone(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(funnel, "draw_funnels", broken)
    said = yizhan("run", "programme=zibo", *TINY)
    assert said.status == 1
    assert said.out.endswith("Result: out\n")
    assert said.err.splitlines()[-1] == (
        "yizhan: the numbers are complete in out, but these figures could not be drawn: funnels (RuntimeError: latex could not be found). "
        "figures=false leaves figures out."
    )
    assert names(tmp_path) == {"out"}
    assert names(tmp_path / "out") == NUMBERS | {"figures", NOTE}
    assert not [name for name in some(names(tmp_path / "out" / "figures")) if name.startswith("funnels")]
    note = json.loads((tmp_path / "out" / NOTE).read_text(encoding="utf-8"))
    assert note == {"complete": False, "failed": {"funnels": "RuntimeError: latex could not be found"}}


def test_half_a_figure_is_not_left(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def save_half(_figure: Any, folder: Path, name: str) -> None:
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.png").write_bytes(b"half")
        full_disk()

    monkeypatch.setattr(saving, "save_figure", save_half)
    said = yizhan("run", *TINY)
    assert said.status == 1
    assert "No space left on device: the/file" in said.err
    assert "nothing was kept" not in said.err
    assert names(tmp_path / "out") == NUMBERS | {NOTE}


@pytest.mark.parametrize("verb", ["compare", "trial", "sweep"])
def test_every_command_keeps_its_numbers(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    monkeypatch.setattr(saving, "save_figure", full_disk)
    more = {
        "compare": ("programme=zibo", "outcomes=[employed_in_region]", "population.graduates=300", "days=30"),
        "trial": ("study=job_fair", "population.graduates=300", "days=130", "study.followup_days=[20]"),
        "sweep": ("seed=1,2", "outcomes=[hires]"),
    }
    said = yizhan(verb, *(word for word in TINY if word.partition("=")[0] not in {key.partition("=")[0] for key in more[verb]}), *more[verb])
    assert said.status == 1, said.err
    assert "the numbers are complete in out" in said.err
    assert {"config.yaml", "provenance.json", "summary.json", NOTE} < names(tmp_path / "out")
    assert "figures" not in names(tmp_path / "out")


def test_a_list_of_figures_that_cannot_be_made(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(every, "drawings_of", broken)
    said = yizhan("compare", "programme=zibo", *TINY)
    assert said.status == 1
    assert "the figures could not be drawn (RuntimeError: latex could not be found)" in said.err
    assert (tmp_path / "out" / "comparison.json").is_file()


def test_an_interruption_while_drawing_keeps_the_numbers(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily, "draw_station_occupancy", lambda *_: os.kill(os.getpid(), signal.SIGINT))
    said = yizhan("run", *TINY)
    assert said.status == 130
    assert said.err.splitlines()[-1] == "yizhan: interrupted; the numbers are complete in out."
    assert names(tmp_path / "out") == NUMBERS | {"figures", NOTE}
    assert names(tmp_path / "out" / "figures") >= {"employment_and_arrivals.png", "employment_and_arrivals.svg"}


def test_a_fault_while_printing_keeps_the_numbers(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "note_of", broken)
    said = yizhan("run", *TINY)
    assert said.status == 1
    assert "the numbers are complete in out" in said.err
    assert "fault of the program" in said.err
    assert names(tmp_path / "out") > NUMBERS


def test_a_developer_sees_where_a_figure_failed(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(funnel, "draw_funnels", broken)
    monkeypatch.setenv(TRACEBACK, "1")
    with pytest.raises(RuntimeError):
        yizhan("run", *TINY)
    assert names(tmp_path / "out") > NUMBERS


# --- folders


def test_the_second_of_two_runs_into_one_folder_is_refused(yizhan: Command, tmp_path: Path) -> None:
    with ResultFolder("run", "x", str(tmp_path / "out"), []) as folder:
        (folder.path / "work").write_text("hours", encoding="utf-8")
        said = yizhan("run", *TINY)
        assert said.status == 2
        assert f"another run (process {os.getpid()}) is writing it" in said.err
        assert "simulated" not in said.err
        assert (folder.path / "work").read_text(encoding="utf-8") == "hours"
    assert names(tmp_path / "out") == {"work"}


KILLED = """
import os, pathlib, signal, sys
from experiments.shared import tables
from experiments.shared.drafts import Draft
draft = Draft(pathlib.Path(".killed.unfinished"))
(draft.path / "half").write_text("half")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_left_under_any_name_is_swept_and_nothing_else(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert names(tmp_path / ".killed.unfinished") == {MARK, "half"}
    (tmp_path / ".thesis.unfinished").mkdir()
    (tmp_path / ".thesis.unfinished" / "chapter").write_text("somebody else's", encoding="utf-8")
    living = Draft(tmp_path / ".living.unfinished")
    with ResultFolder("run", "x", str(tmp_path / "out"), []):
        pass
    assert names(tmp_path) == {"out", ".thesis.unfinished", ".living.unfinished"}
    assert names(tmp_path / "out") == set()
    living.release()
    sweep_leftovers(tmp_path)
    assert names(tmp_path) == {"out", ".thesis.unfinished"}


def test_a_draft_is_held_by_one_and_freed_by_its_end(tmp_path: Path) -> None:
    first = Draft(tmp_path / "a" / ".x.unfinished")
    with pytest.raises(BusyError):
        Draft(first.path)
    first.rename(tmp_path / "a" / "x")
    second = Draft(first.path)
    second.remove()
    assert names(tmp_path / "a") == {"x"}
    assert names(tmp_path / "a" / "x") == set()


def test_without_locks_an_unfinished_folder_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    draft = Draft(tmp_path / ".x.unfinished")
    with pytest.raises(BusyError):
        Draft(draft.path)
    sweep_leftovers(tmp_path)
    draft.rename(tmp_path / "x")
    assert names(tmp_path) == {"x"}


# --- an output that cannot be written


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_an_output_that_cannot_be_written_is_no_fault_of_the_program(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(report, "show", lambda *_parts: put("words", full))
        said = yizhan("run", *TINY, "figures=false")
        with contextlib.suppress(OSError):
            full.close()
    assert said.status == 1
    assert said.err.splitlines()[-1] == "yizhan: the output cannot be written (No space left on device); the numbers are complete in out."
    assert names(tmp_path / "out") == NUMBERS
    monkeypatch.setattr(cli, "overview", lambda _language: (_ for _ in ()).throw(OutputError(errno.ENOSPC, "full")))
    assert yizhan().err == "yizhan: the output cannot be written (full); send it elsewhere.\n"


FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no such device")


def full(*, at_once: bool) -> io.TextIOWrapper:
    """Return a stream to a full disk, buffered or not."""
    return io.TextIOWrapper(FULL.open("wb", 0) if at_once else FULL.open("wb"), "utf-8", write_through=at_once)


@needs_full
def test_progress_that_cannot_be_told_does_not_stop_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        for at_once in (True, False):
            with full(at_once=at_once) as stream, contextlib.redirect_stderr(stream):
                assert cli.main(["run", *TINY, "figures=false", f"output=out{at_once}"]) == 0
            assert names(tmp_path / f"out{at_once}") == NUMBERS
            assert said.getvalue().endswith(f"Result: out{at_once}\n")
            with full(at_once=at_once) as stream, contextlib.redirect_stderr(stream):
                assert cli.main(["run", "programme=zibbo"]) == 2


@needs_full
@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(
    "writes", [lambda: tables.show("a table"), lambda: sys.stdout.write("x" * 20_000), lambda: sys.stdout.write("x"), lambda: put("x")],
)
def test_whoever_writes_to_a_full_output_it_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, at_once: bool, writes: Callable[[], Any],
) -> None:  # fmt: skip
    with Output.in_place_of(full(at_once=at_once)) as stream:
        monkeypatch.setattr("sys.stdout", stream)
        assert cli.guarded(writes) == 1
        monkeypatch.undo()
    assert capsys.readouterr().err == "yizhan: the output cannot be written (No space left on device); send it elsewhere.\n"


def test_a_file_that_cannot_be_written_is_told_from_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    def fails() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    assert cli.guarded(fails) == 1
    assert "nothing was kept. Free some space" in capsys.readouterr().err


@needs_full
@pytest.mark.slow
def test_a_command_of_its_own_ends_well_with_full_streams(tmp_path: Path) -> None:
    for verb, streams, status, said in (
        (("run", "--cfg", "job"), ("stdout",), 1, "yizhan: the output cannot be written (No space left on device); send it elsewhere.\n"),
        (("run", *TINY, "figures=false"), ("stderr",), 0, None),
        (("list",), ("stdout", "stderr"), 1, None),
    ):
        with contextlib.ExitStack() as stack:
            kept = {name: stack.enter_context(FULL.open("wb")) for name in streams}
            done = subprocess.run([sys.executable, "-m", "experiments", *verb], cwd=tmp_path, check=False, env=os.environ | {"PYTHONPATH": str(ROOT)},
                                  **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **kept})  # fmt: skip
        assert done.returncode == status
        assert said is None or done.stderr.decode() == said


def test_signs_that_steer_a_terminal_are_shown() -> None:
    assert visible("\x1b[1mbold\x1b[0m\tand\n\x1b[2J\u202e\x07驿站") == "\x1b[1mbold\x1b[0m\tand\n<U+001B>[2J<U+202E><U+0007>驿站"
    stream = io.StringIO()
    put("a\x1b]0;b", stream)
    assert stream.getvalue() == "a<U+001B>]0;b"
