"""The public names: there, cheap to import, and each on the page."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import sim
import yizhan
from tests.every import every

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "python.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", yizhan.__all__)
def test_a_public_name_is_what_the_code_calls_so(name: str) -> None:
    assert getattr(yizhan, name) is getattr(import_module(yizhan._HOMES[name]), name)
    assert f"`{name}" in PAGE, "docs/python.md has a line for it"


def test_the_list_is_whole() -> None:
    assert sorted(yizhan.__all__) == sorted(yizhan._HOMES)
    assert set(dir(yizhan)) == {*yizhan.__all__, "__version__"}
    assert yizhan.__version__ == sim.__version__
    every([getattr(sim, name) is getattr(yizhan, name) for name in sim.__all__])


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'simulat'"):
        _ = yizhan.simulat
    with pytest.raises(ImportError):
        from yizhan import simulat  # noqa: F401


def test_another_sim_that_fails_is_named(tmp_path: Path) -> None:
    (tmp_path / "sim").mkdir()
    (tmp_path / "sim" / "__init__.py").write_text("raise RuntimeError('mine')\n", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).resolve().parents[2])])
    words = [sys.executable, "-c", "import yizhan"]
    done = subprocess.run(words, cwd=tmp_path, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr.splitlines()[-1].startswith(f"ImportError: another sim comes first on Python's path: {tmp_path / 'sim' / '__init__.py'}")
    assert "mine" not in done.stderr
