"""Commands, called in this process, in a folder of their own."""

import contextlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from experiments.cli import main
from experiments.shared.figures import saving

SMALL = ("population.graduates=300", "days=40", "replicates=2")


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str


Command = Callable[..., Said]


def call_in(folder: Path, *words: str) -> Said:
    """Call a command in a folder."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.chdir(folder)
        status = main(words)
    return Said(status, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def call() -> Command:
    """Return a caller of commands: the folder to be in, and the words."""
    return call_in


@pytest.fixture
def yizhan(tmp_path: Path) -> Command:
    """Return a caller of commands in the test's own folder."""
    return lambda *words: call_in(tmp_path, *words)


def sketch(figure: Any, folder: Path, name: str) -> None:
    """Write of a figure no more than its title, under the names that it would have: most of a second is saved."""
    folder.mkdir(parents=True, exist_ok=True)
    for ending in ("png", "svg"):
        (folder / f"{name}.{ending}").write_text(str(figure.get_label()), encoding="utf-8")


@pytest.fixture(scope="session")
def call_sketching() -> Command:
    """Return a caller of commands that make figures without painting them, where tests of these figures paint them."""

    def called(folder: Path, *words: str) -> Said:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(saving, "save_figure", sketch)
            return call_in(folder, *words)

    return called


@pytest.fixture
def yizhan_sketching(call_sketching: Command, tmp_path: Path) -> Command:
    """Return such a caller in the test's own folder."""
    return lambda *words: call_sketching(tmp_path, *words)


@pytest.fixture(scope="session")
def small() -> tuple[str, ...]:
    """Return the words that make a run small."""
    return SMALL


@pytest.fixture(scope="session")
def files_in() -> Callable[[Path], set[str]]:
    """Return a lister of every file and folder below a folder, hidden ones too."""
    return lambda folder: {str(path.relative_to(folder)) for path in folder.rglob("*")}
