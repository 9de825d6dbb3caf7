"""Compiled code is kept by the content of its sources: not by where they lie, nor by when they were changed."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sim import cache_folder as place

find: Callable[[], Path] = place.cache_folder.__wrapped__


def put_sources(package: Path) -> Path:
    (package / "rules").mkdir(parents=True)
    for name in ("compiled.py", "rules/searching.py"):
        (package / name).write_text("first = 1\n", encoding="utf-8")
    return package


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a package of two sources, which is taken for the model."""
    made = put_sources(tmp_path / "one" / "sim")
    monkeypatch.setattr(place, "__file__", str(made / "cache_folder.py"))
    monkeypatch.setenv("YIZHAN_CACHE", str(tmp_path / "cache"))
    return made


def test_an_edit_makes_another_folder(package: Path, tmp_path: Path) -> None:
    first = find()
    assert first.parent == tmp_path / "cache"
    assert first.is_dir()
    (package / "rules" / "searching.py").write_text("first = 2\n", encoding="utf-8")
    assert find() != first, "an edit to any rule makes another cache"
    (package / "rules" / "searching.py").write_text("first = 1\n", encoding="utf-8")
    assert find() == first
    (package / "rules" / "searching.py").rename(package / "rules" / "finding.py")
    assert find() != first, "so does another name"


def test_the_same_sources_elsewhere_share_a_folder(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = find()
    second = shutil.copytree(package, tmp_path / "elsewhere" / "site-packages" / "sim")
    os.utime(second / "compiled.py", (1, 1))
    monkeypatch.setattr(place, "__file__", str(second / "cache_folder.py"))
    assert find() == first


@pytest.mark.parametrize("changed", ["python", *place.COMPILERS])
def test_another_compiler_makes_another_folder(package: Path, monkeypatch: pytest.MonkeyPatch, changed: str) -> None:
    assert package.is_dir()
    first, read = find(), place.version
    if changed == "python":
        monkeypatch.setattr(place.sys, "version_info", (3, 99))
    else:
        monkeypatch.setattr(place, "version", lambda name: "99" if name == changed else read(name))
    assert find() != first


@pytest.mark.skipif(sys.platform != "linux", reason="where caches lie is the system's to say")
@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"YIZHAN_CACHE": "a", "NUMBA_CACHE_DIR": "b", "XDG_CACHE_HOME": "c"}, "a"),
        ({"NUMBA_CACHE_DIR": "b", "XDG_CACHE_HOME": "c"}, "b"),
        ({"XDG_CACHE_HOME": "c"}, "c/yizhan"),
        ({}, "home/.cache/yizhan"),
    ],
)
def test_the_cache_goes_where_it_is_told(variables: dict[str, str], folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("YIZHAN_CACHE", "NUMBA_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, str(tmp_path / value))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert find().parent == tmp_path / folder


def test_a_cache_that_cannot_be_written_gives_way(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert package.is_dir()
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("YIZHAN_CACHE", str(tmp_path / "file"))
    monkeypatch.setattr(place.tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    folder = find()
    assert folder.is_dir()
    assert (tmp_path / "temporary") in folder.parents


def test_folders_of_old_sources_are_swept_but_for_the_last_few(tmp_path: Path) -> None:
    mine = tmp_path / f"{place.PREFIX}mine"
    mine.mkdir()
    (tmp_path / "thesis").mkdir()
    for number in range(place.KEPT + 4):
        old = tmp_path / f"{place.PREFIX}{number:02d}"
        old.mkdir()
        (old / "code").write_text("old", encoding="utf-8")
        os.utime(old, (number, number))
    recent = [tmp_path / f"{place.PREFIX}recent{number}" for number in range(2)]
    for folder in recent:
        folder.mkdir()
    os.utime(mine, (0, 0))
    place.note_use(mine)
    kept = {f"{place.PREFIX}{number:02d}" for number in range(6, place.KEPT + 4)}
    assert {path.name for path in tmp_path.iterdir()} == kept | {mine.name, "thesis"} | {folder.name for folder in recent}
    assert mine.stat().st_mtime > 1_000_000


def test_a_folder_used_within_the_hour_is_kept_however_many_there_are(tmp_path: Path) -> None:
    mine = tmp_path / f"{place.PREFIX}mine"
    mine.mkdir()
    for number in range(place.KEPT + 3):
        (tmp_path / f"{place.PREFIX}{number:02d}").mkdir()
    stale = tmp_path / f"{place.PREFIX}stale"
    stale.mkdir()
    os.utime(stale, (1, 1))
    place.note_use(mine)
    assert not stale.exists()
    assert len(list(tmp_path.iterdir())) == place.KEPT + 4


def test_home_is_expanded_and_nobody_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("YIZHAN_CACHE", "~/x")
    assert place.cache_base() == tmp_path / "x"
    monkeypatch.setenv("YIZHAN_CACHE", "~nobody-of-this-name/x")
    assert place.cache_base() == Path("~nobody-of-this-name/x")


def test_whether_a_folder_can_be_made_is_told_without_making_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert place.can_be_made(tmp_path / "new" / "newer")
    assert place.can_be_made(tmp_path)
    assert not place.can_be_made(tmp_path / "file" / "new")
    assert not (tmp_path / "new").exists()
