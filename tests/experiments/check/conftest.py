"""Small baselines, made once for every test of `yizhan check`."""

import os
import shutil
from pathlib import Path

import pytest

from tests.experiments.check.held import BOTH, Command

os.environ.pop("CI", None)  # updates are refused where it is set, which has a test of its own


@pytest.fixture(scope="session")
def made(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make small baselines of two programmes."""
    here = tmp_path_factory.mktemp("made")
    said = call(here, "check", "update=true", *BOTH, "directory=b", "workers=1")
    assert said.status == 0, said.err
    return here / "b"


@pytest.fixture
def kept(made: Path, tmp_path: Path) -> Path:
    """Return baselines that a test may spoil."""
    return Path(shutil.copytree(made, tmp_path / "b"))
