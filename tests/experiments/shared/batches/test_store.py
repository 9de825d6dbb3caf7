"""A result that grows in its place belongs to one set of runs and to one process, and says whether it is complete."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from experiments.shared.batches import store as module
from experiments.shared.batches.store import Store, read_manifest
from experiments.shared.errors import MistakeError

IDENTITY = {"configuration_sha256": "a" * 64, "first_replicate": 0, "replicates": 2, "shard": None}
TABLE = pa.table({"point": [1]})


def make_store(folder: Path | None, **otherwise: Any) -> Store:
    return Store("sweep", "zibo", None if folder is None else str(folder), ["days=3"], {**IDENTITY, **otherwise}, {"runs": 2})


def fill(store: Store) -> None:
    store.parts.write("x", TABLE, {"blocks": []})


def stop(store: Store) -> None:
    """Stop when one part is there."""
    with contextlib.suppress(ArithmeticError), store:
        fill(store)
        raise ArithmeticError


def test_it_goes_on_where_it_was_left(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    stop(make_store(folder))
    assert {path.name for path in folder.iterdir()} == {"manifest.json", "parts"}
    assert read_manifest(folder)["state"] == "unfinished"  # type: ignore[index]
    with make_store(folder) as store:
        assert store.resumes
        assert len(list(store.parts.contents())) == 1
        store.finish()
    assert read_manifest(folder)["state"] == "complete"  # type: ignore[index]


def test_nothing_is_left_where_nothing_was_done(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), make_store(tmp_path / "deep" / "out"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("otherwise", "named"),
    [
        ({"configuration_sha256": "b" * 64}, "not the same: the design or the configuration"), ({"replicates": 3}, "not the same: replicates"),
        ({"first_replicate": 1}, "not the same: first_replicate"), ({"shard": [1, 2]}, "not the same: shard"),
    ],
)  # fmt: skip
def test_other_runs_are_refused(tmp_path: Path, otherwise: dict[str, Any], named: str) -> None:
    with make_store(tmp_path / "out") as store:
        fill(store)
    with pytest.raises(MistakeError, match=named), make_store(tmp_path / "out", **otherwise):
        pass
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"manifest.json", "parts"}


@pytest.mark.parametrize(("key", "value", "named"), [
    ("sources_sha256", "0" * 64, "not the same: the sources of Yizhan"), ("libraries", {"numpy": "1.0"}, "not the same: the libraries"),
    ("yizhan", "0.0.1", "not the same: the version of Yizhan"),
])  # fmt: skip
def test_what_other_sources_or_libraries_made_is_refused(tmp_path: Path, key: str, value: Any, named: str) -> None:
    with make_store(tmp_path / "out") as store:
        fill(store)
    path = tmp_path / "out" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), key: value}), encoding="utf-8")
    with pytest.raises(MistakeError, match=named), make_store(tmp_path / "out"):
        pass


def test_what_a_killed_process_has_left_is_swept(tmp_path: Path) -> None:
    with make_store(tmp_path / "out") as store:
        fill(store)
    for name in (".sweep.parquet.7.draft", "parts/.x.parquet.7.draft"):
        (tmp_path / "out" / name).write_text("half", encoding="utf-8")
    with make_store(tmp_path / "out"):
        assert not list((tmp_path / "out").rglob("*.draft"))
    assert (tmp_path / "out" / "parts" / "x.parquet").exists()


def test_one_process_at_a_time(tmp_path: Path) -> None:
    with make_store(tmp_path / "out") as store:
        fill(store)
        with pytest.raises(MistakeError, match=r"another run \(process [0-9]+\) is writing it"), make_store(tmp_path / "out"):
            pass
        assert (tmp_path / "out" / ".yizhan").exists(), "the mark of the one that writes stays"
    assert not (tmp_path / "out" / ".yizhan").exists()


def test_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_text("mine", encoding="utf-8")
    with pytest.raises(MistakeError, match="exists already"), make_store(tmp_path / "out"):
        pass
    assert (tmp_path / "out" / "thesis.docx").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("content", ["", "{", "[1]", "null", '{"state": "unfinished"}', '{"configuration_sha256": "a"}'])
def test_a_damaged_manifest_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(MistakeError, match=r"manifest\.json"), make_store(tmp_path / "out"):
        pass


def test_without_a_name_the_last_unfinished_one_of_the_same_runs_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first = make_store(None)
    stop(first)
    with make_store(None, replicates=3) as other:
        assert other.path != first.path
    with make_store(None) as again:
        assert again.path == first.path
        again.finish()
    with make_store(None) as anew:
        assert anew.path != first.path, "what is complete is left alone"


def test_a_folder_without_locks_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network drives know no locks."""
    monkeypatch.setattr(module, "hold", lambda _folder: None)
    with make_store(tmp_path / "out") as store:
        fill(store)
    assert (tmp_path / "out" / "parts" / "x.parquet").exists()
