"""Whatever stops a run, no half result is left, and one message says what happened."""

import errno
import importlib
import os
import pty
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import sim.simulation
from experiments import cli
from experiments.compare import command as compare
from experiments.run import command as run
from experiments.shared import results_folder
from experiments.shared.batches import parts
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.results_folder import ResultFolder
from experiments.sweep import finished  # noqa: F401 - what is imported while a writer is replaced would keep the false one

Command = Callable[..., Any]
TINY = ("population.graduates=200", "days=20", "replicates=2", "workers=2")
LONG = ["population.graduates=500", "days=365", "replicates=40", "workers=2"]
PATIENCE = 240  # the first run of all may have to compile


def interrupt(folder: Path, words: list[str], sign: str, stream: str, number: signal.Signals) -> tuple[int, str]:
    """Start a command, wait for a line with a sign of life, send a signal; return the status and what stood on standard error."""
    with subprocess.Popen(
        [sys.executable, "-m", "experiments", *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        guard = threading.Timer(PATIENCE, process.kill)
        guard.start()
        try:
            watched = process.stderr if stream == "err" else process.stdout
            assert watched is not None
            seen = ""
            for line in watched:
                seen += line
                if sign in line:
                    break
            assert process.poll() is None, f"ended before it could be interrupted: {seen}"
            assert any(path.name.endswith(".unfinished") for path in folder.rglob("*"))
            process.send_signal(number)
            _, rest = process.communicate(timeout=60)
        finally:
            guard.cancel()
            process.kill()
    return process.returncode, (seen if stream == "err" else "") + rest


def test_an_interrupted_run_leaves_nothing(tmp_path: Path) -> None:
    """Stop it as a keyboard does: a batch system's signal is that of the comparison below, and a terminal's is that of its closing."""
    status, err = interrupt(tmp_path, ["run", "programme=zibo", *LONG], "simulated", "err", signal.SIGINT)
    assert status == 130
    lines = [line for line in err.splitlines() if not line.startswith(("simulated", "First run", "policy.job_fairs, "))]
    assert lines == ["yizhan: interrupted; nothing was kept."]
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_trial_leaves_nothing(tmp_path: Path) -> None:
    words = ["trial", "study=job_fair", "population.graduates=500", "markets=1", "replicates=60", "workers=2"]
    status, err = interrupt(tmp_path, words, "simulated", "err", signal.SIGINT)
    assert status == 130
    assert err.splitlines()[-1] == "yizhan: interrupted; nothing was kept."
    assert list(tmp_path.iterdir()) == []


def test_a_closed_terminal_leaves_nothing(tmp_path: Path) -> None:
    person, terminal = pty.openpty()
    code = "import fcntl, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from experiments.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "run", "programme=zibo", *LONG]
    with subprocess.Popen(command, cwd=tmp_path, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True) as process:
        guard = threading.Timer(PATIENCE, process.kill)
        guard.start()
        os.close(terminal)
        seen = b""
        while b"simulating" not in seen:
            seen += os.read(person, 65536)
        os.close(person)  # the system tells the command that its terminal is gone
        status = process.wait(timeout=60)
        guard.cancel()
    assert status == 130
    assert list(tmp_path.iterdir()) == []


def test_without_a_terminal_to_lose_or_a_reader_a_run_goes_on(tmp_path: Path) -> None:
    """Run it as `nohup` does: a closing terminal is ignored; and whoever reads hangs up before the result is told."""
    words = ["run", *TINY, "replicates=30", "figures=false", "output=out"]
    command = f"trap '' HUP; exec {sys.executable} -m experiments {' '.join(words)}"
    with subprocess.Popen(["/bin/sh", "-c", command], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert any("simulated" in line for line in process.stderr)
        process.send_signal(signal.SIGHUP)
        assert process.stdout is not None
        process.stdout.close()
        err = process.stderr.read()
        status = process.wait(timeout=PATIENCE)
    assert status == 0, err
    assert "Traceback" not in err
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"config.yaml", "provenance.json", "summary.json", "series.parquet", "behaviour"}


def test_nothing_interrupts_the_tidying_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A closing terminal sends its signal twice; people press Ctrl-C again."""
    monkeypatch.chdir(tmp_path)
    remove = shutil.rmtree

    def interrupted_again(*arguments: Any, **settings: Any) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(os.getpid(), number)
        remove(*arguments, **settings)

    def start() -> None:
        with ResultFolder("run", "x", None, []) as folder:
            (folder.path / "half").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "rmtree", interrupted_again)
    assert cli.guarded(start) == 130
    assert list(tmp_path.iterdir()) == []


def stop_in(named: str | None) -> None:
    with ResultFolder("run", "x", named, []) as folder:
        (folder.path / "half").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt


@pytest.mark.parametrize("named", [None, "a/b/out", "./out"])
def test_folders_made_for_a_stopped_run_go_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str | None) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        stop_in(named)
    assert list(tmp_path.iterdir()) == []


def test_folders_that_were_there_before_a_stopped_run_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files_in: Callable[[Path], set[str]]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results" / "run").mkdir(parents=True)
    (tmp_path / "a" / "other").mkdir(parents=True)
    for named in (None, "a/b/out"):
        with pytest.raises(KeyboardInterrupt):
            stop_in(named)
    assert files_in(tmp_path) == {"results", "results/run", "a", "a/other"}


def test_what_another_run_has_put_there_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with ResultFolder("run", "other", None, []) as other:
        (other.path / "mark").write_text("other", encoding="utf-8")
        with pytest.raises(KeyboardInterrupt):
            stop_in(None)
        with pytest.raises(MistakeError, match="cannot write"), ResultFolder("run", "x", f"results/{'x' * 300}", []):
            pass
    assert (other.final / "mark").read_text(encoding="utf-8") == "other"


def test_an_interrupted_comparison_leaves_nothing(tmp_path: Path) -> None:
    words = ["compare", "programme=zibo", *LONG, "population.graduates=250", "replicates=2", "precision=0", "most_replicates=10000"]
    status, err = interrupt(tmp_path, words, "wanted", "err", signal.SIGTERM)  # a first batch is done
    assert status == 130
    assert err.splitlines()[-1] == "yizhan: interrupted; nothing was kept."
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_attribution_leaves_nothing(tmp_path: Path) -> None:
    words = ["compare", "programme=zibo", *LONG, "population.graduates=250", "replicates=2", "attribution=true"]
    status, err = interrupt(tmp_path, words, "simulated 10 %", "err", signal.SIGINT)  # 4 of 64 worlds are those of the comparison
    assert status == 130
    assert err.splitlines()[-1] == "yizhan: interrupted; nothing was kept."
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_while_the_verb_is_loaded(yizhan: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(name: str) -> None:
        raise KeyboardInterrupt(name)

    monkeypatch.setattr(importlib, "import_module", interrupted)
    said = yizhan("run")
    assert (said.status, said.err) == (130, "yizhan: interrupted; nothing was kept.\n")


@pytest.mark.parametrize(("hangs_up", "status"), [(True, 130), (False, 1)])
def test_what_a_closed_terminal_refuses_is_an_interruption(hangs_up: bool, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing fails at once, the signal comes a moment later; without one it is a disk that fails."""
    monkeypatch.setattr(cli, "HANG_UP_SECONDS", 0.3)
    timer = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGHUP))

    def refused() -> None:
        if hangs_up:
            timer.start()
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    assert cli.guarded(refused) == status


def test_what_termination_does_is_given_back(yizhan: Command) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    assert yizhan("list", "programmes").status == 0
    assert {number: signal.getsignal(number) for number in before} == before


def test_commands_work_outside_the_main_thread(yizhan: Command) -> None:
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(yizhan("list", "programmes")))
    thread.start()
    thread.join()
    assert found[0].status == 0


def full_disk(*_arguments: Any, **_settings: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "the/file")


WRITERS = [
    ("run", results_folder, "write_table"),
    ("run", ResultFolder, "write_json"),
    ("sweep", parts, "write_whole"),
    ("compare", compare, "write_table"),
]


@pytest.mark.parametrize(("verb", "place", "name"), WRITERS, ids=[f"{verb}-{name}" for verb, _, name in WRITERS])
def test_a_full_disk_leaves_nothing_and_says_what_to_do(
    yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str, place: Any, name: str
) -> None:
    monkeypatch.setattr(place, name, full_disk)
    said = yizhan(verb, *TINY, "output=out", *(["policy.lodging.free_nights=0,3", "programme=zibo"] if verb == "sweep" else []))
    assert said.status == 1
    complaint = [line for line in said.err.splitlines() if not line.startswith(("simulated", "First run", "policy.job_fairs, "))]
    assert complaint == ["yizhan: No space left on device at the/file; nothing was kept. Free some space or name another folder with output=DIR."]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("module", [run])
def test_too_little_memory_is_said_with_what_to_do(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: Any) -> None:
    def greedy(*_arguments: Any, **_settings: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(module, "simulate", greedy)
    said = yizhan(module.__name__.split(".")[1], *TINY, "output=out")
    assert said.status == 1
    advice = "Use fewer workers (workers=1) or a smaller population.graduates."
    assert said.err.splitlines()[-1] == f"yizhan: not enough memory; nothing was kept. {advice}"
    assert list(tmp_path.iterdir()) == []


LOADING = [
    ImportError("libarrow.so.2600: failed to map segment from shared object"),
    OSError(errno.ENOMEM, os.strerror(errno.ENOMEM), "library.so"),
    OSError("Could not find/load shared object file 'libllvmlite.so'"),
]
LOADING[2].__cause__ = OSError("libllvmlite.so: failed to map segment from shared object")


@pytest.mark.parametrize("error", LOADING)
def test_too_little_memory_to_load_libraries_is_no_fault_of_the_program(yizhan: Command, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def load(_name: str) -> None:
        raise error

    monkeypatch.setattr(importlib, "import_module", load)
    said = yizhan("run")
    assert said.status == 1
    assert said.err.startswith("yizhan: not enough memory to load the libraries")
    assert len(said.err.splitlines()) == 1
    assert "内存不足，无法加载程序库" in yizhan("run", "language=zh").err


@pytest.mark.parametrize(("error", "mended"), [
    (ModuleNotFoundError("No module named 'pyarrow'"), "pip install yizhan\n"),
    (ImportError("cannot import name 'x' from 'yaml.nodes'", name="yaml.nodes"), "pip install --force-reinstall pyyaml\n"),
])  # fmt: skip
def test_a_library_that_cannot_be_loaded_is_told_with_what_to_do(
    yizhan: Command, monkeypatch: pytest.MonkeyPatch, error: ImportError, mended: str,
) -> None:  # fmt: skip
    def load(_name: str) -> None:
        raise error

    monkeypatch.setattr(importlib, "import_module", load)
    said = yizhan("run")
    assert said.status == 1
    assert f"a library cannot be loaded ({type(error).__name__}: {error})" in said.err
    assert said.err.lower().endswith(mended)
    assert "fault" not in said.err


def fail_second(number: list[int]) -> Callable[..., Any]:
    read = sim.simulation.read_world

    def reading(*arguments: Any, **settings: Any) -> Any:
        number.append(len(number))
        if len(number) == 2:
            return 1 // 0
        return read(*arguments, **settings)

    return reading


@pytest.mark.parametrize("workers", [1, 2])
def test_a_replicate_that_fails_fails_the_run(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    monkeypatch.setattr(sim.simulation, "read_world", fail_second([]))
    said = yizhan("run", "population.graduates=200", "days=20", "replicates=6", f"workers={workers}", "output=out")
    assert said.status == 1
    complaint = [line for line in said.err.splitlines() if not line.startswith("simulated")]
    assert complaint[0].startswith("yizhan: failed: ZeroDivisionError")
    assert "fault of the program" in complaint[1]
    assert len(complaint) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_developer_can_see_where_it_failed(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.simulation, "read_world", fail_second([]))
    monkeypatch.setenv(cli.TRACEBACK, "1")
    with pytest.raises(ZeroDivisionError):
        yizhan("run", "population.graduates=200", "days=20", "replicates=6", "output=out")
    assert list(tmp_path.iterdir()) == []


def test_a_name_taken_meanwhile_does_not_cost_the_result(tmp_path: Path) -> None:
    def run_with_a_guest() -> Path:
        with ResultFolder("run", "x", str(tmp_path / "out"), []) as folder:
            (folder.path / "summary.json").write_text("{}", encoding="utf-8")
            (tmp_path / "out").mkdir()
            (tmp_path / "out" / "guest").write_text("somebody else's", encoding="utf-8")
        return folder.path

    with pytest.raises(FailedError, match=r"the whole result is in .*\.out\.unfinished"):
        run_with_a_guest()
    assert (tmp_path / ".out.unfinished" / "summary.json").exists()
    assert (tmp_path / "out" / "guest").exists()


def test_what_a_killed_run_left_is_swept_away_by_the_next(yizhan: Command, tmp_path: Path) -> None:
    (tmp_path / ".out.unfinished").mkdir()
    (tmp_path / ".out.unfinished" / "half.parquet").write_text("half", encoding="utf-8")
    assert yizhan("run", *TINY, "output=out", "figures=false").status == 0
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert not (tmp_path / "out" / "half.parquet").exists()
