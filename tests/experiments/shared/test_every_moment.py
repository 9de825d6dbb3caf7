"""An interruption at whatever moment of keeping something: all of it or nothing, or what the next command sweeps or goes on with; no traceback."""

import contextlib
import io
import random
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from experiments.cli import main
from experiments.ledger.identity import write_key
from experiments.new.command import main as new
from experiments.shared.batches import store
from experiments.shared.batches.store import Store, read_manifest
from experiments.shared.drafts import MARK
from experiments.shared.provenance import circumstances
from experiments.shared.results_folder import ResultFolder
from experiments.shared.whole_files import write_all
from tests.moments import calls_of, send

OUTSIDE = -1
"""Status of an interruption before the command has begun or when it is over."""
DRAWN, WIDE = 30, 500
"""Moments of each action in the fast suite, and in the wide campaign."""
NOW = circumstances()

Action = Callable[[], None]
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # an interruption in what tidies up a library's objects


@pytest.fixture(autouse=True)
def own_handlers() -> Iterator[None]:
    """Give back what handles signals, also where the giving back was interrupted."""
    previous = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in previous.items():
        signal.signal(number, handler)


def keep_a_folder() -> None:
    with ResultFolder("run", "x", "a/out", []) as folder:
        folder.write_json("summary.json", {})


def keep_a_growing_folder() -> None:
    with Store("sweep", "x", "a/out", [], {"configuration_sha256": "x"}, {}) as folder:
        folder.parts.write("part", pa.table({"point": [1]}), {"blocks": []})
        folder.write_json("summary.json", {})
        folder.finish()


def write_some_files() -> None:
    write_all({Path("one"): "new", Path("two"): b"new"})


def make_a_county() -> None:
    new(["county", "mine"])


def make_a_key() -> None:
    write_key(Path("keys/own.key"), b"x" * 64)


ACTIONS: tuple[Action, ...] = (keep_a_folder, keep_a_growing_folder, write_some_files, make_a_county, make_a_key)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def carry_out(action: Action, folder: Path, at: int = 0) -> tuple[int, int, str]:
    """Carry out an action in a folder as a command does, interrupted at one of its calls.

    Returns:
        The exit status; how many calls there were; what was said.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "one").write_text("old", encoding="utf-8")
    err, status, calls = io.StringIO(), list[int](), 0
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stderr(err), contextlib.redirect_stdout(io.StringIO()):
        patch.chdir(folder)
        patch.setattr("experiments.cli._carry_out", lambda *_: action())
        patch.setattr(store, "circumstances", lambda: NOW)  # which takes long
        try:
            calls, _ = calls_of(lambda: status.append(main([])), send(signal.SIGINT), at)
        except KeyboardInterrupt:  # the command had not begun, or was over: the number of calls is not quite the same each time
            status.append(OUTSIDE)
    return status[0], calls, err.getvalue()


def moments_of(action: Action, folder: Path, wanted: int) -> Sequence[int]:
    carry_out(action, folder)  # what is imported is imported
    moments = range(1, carry_out(action, folder)[1])  # the last call is to stop counting
    return moments if wanted >= len(moments) else random.Random(7).sample(moments, wanted)  # noqa: S311 (no secrets)


def assert_whole_or_none(action: Action, folder: Path, wanted: int) -> None:
    moments = moments_of(action, folder, wanted)
    assert carry_out(action, folder)[0] == 0
    whole, before = contents(folder), {"one": b"old"}
    for moment in moments:
        status, _, err = carry_out(action, folder, moment)
        assert status in (0, 130, OUTSIDE), (moment, status, err)
        assert len(err.splitlines()) <= 1, (moment, err)
        after = contents(folder)
        if after in (whole, before):
            assert after == before or "nothing was kept" not in err, (moment, err)
            continue
        assert status == 130, (moment, list(after))
        if action is keep_a_growing_folder:  # which goes on
            assert not any(name.endswith(".draft") for name in after), (moment, after)
            assert read_manifest(folder / "a" / "out") is not None, (moment, after)
        else:
            assert any(name.endswith(MARK) for name in after), (moment, list(after), err)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_an_interruption_leaves_all_or_nothing(tmp_path: Path, action: Action) -> None:
    assert_whole_or_none(action, tmp_path / "here", DRAWN)


@pytest.mark.slow
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_an_interruption_at_many_moments_leaves_all_or_nothing(tmp_path: Path, action: Action) -> None:
    assert_whole_or_none(action, tmp_path / "here", WIDE)
