"""The digest of the sources follows names and content, and nothing else."""

import os
import re
import shutil
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from sim import cache_folder
from sim.sources import digest_of, sources_digest


def test_the_digest_follows_names_and_content(tmp_path: Path) -> None:
    for name in ("sim/day.py", "configs/run.yaml", "sim/__pycache__/day.pyc"):
        (tmp_path / "one" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "one" / name).write_text("a: 1\n", encoding="utf-8")

    def digest(root: Path) -> str:
        return digest_of(root, [root / "sim", root / "configs"])

    first = digest(tmp_path / "one")
    other = shutil.copytree(tmp_path / "one", tmp_path / "two")
    os.utime(other / "sim" / "day.py", (1, 1))
    (other / "sim" / "__pycache__" / "day.pyc").unlink()
    (other / "configs" / "run.yaml").write_bytes(b"a: 1\r\n")
    assert digest(other) == first
    (other / "configs" / "run.yaml").write_text("a: 2\n", encoding="utf-8")
    assert digest(other) != first
    (other / "configs" / "run.yaml").write_text("a: 1\n", encoding="utf-8")
    (other / "sim" / "day.py").rename(other / "sim" / "night.py")
    assert digest(other) != first


def test_the_digest_of_this_tree_covers_it() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", sources_digest())


def test_a_lever_of_another_package_is_a_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest, without = sources_digest.__wrapped__, sources_digest()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(cache_folder, "entry_points", lambda **_: [EntryPoint("other", "lever_of_another:Other", cache_folder.GROUP)])
    rule = tmp_path / "lever_of_another.py"
    rule.write_text("SHARE = 1.0\n", encoding="utf-8")
    with_it = digest()
    rule.write_text("SHARE = 0.2\n", encoding="utf-8")
    assert len({without, with_it, digest()}) == 3, "what an older rule found is not taken for what the rule finds now"
