"""Compiled code is found again, checked when it is read, made again when damaged, and never costs a run."""

import errno
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numba
import pytest
from llvmlite.binding import parse_bitcode

from sim import compiled
from sim.code_cache import LOGGER, CodeCache, Kept
from tests.every import some

pytestmark = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="interpreted")


def add(first: int, second: int) -> int:
    return first + second


@pytest.fixture
def entry_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """Return a maker of an entry as a new process has it, with its code in the test's folder."""
    monkeypatch.setattr(compiled, "cache_folder", lambda: tmp_path)
    return lambda: compiled.entry(add)


@pytest.fixture
def told() -> Iterator[list[Any]]:
    """Return what the model says."""
    said: list[Any] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.msg)

    logger, listener = logging.getLogger(LOGGER), Listener()
    logger.addHandler(listener)
    yield said
    logger.removeHandler(listener)


def hits(entry: Any) -> int:
    return sum(entry.stats.cache_hits.values())


def test_code_is_found_again(entry_of: Callable[[], Any], tmp_path: Path, told: list[Any]) -> None:
    first = entry_of()
    assert compiled.kept_code(first) is Kept.ABSENT
    assert first(1, 2) == 3
    assert hits(first) == 0
    assert {path.suffix for path in tmp_path.iterdir()} == {".nbi", ".nbc"}
    second = entry_of()
    assert compiled.kept_code(second) is Kept.READY
    assert second(1, 2) == 3
    assert hits(second) == 1
    assert second(1.5, 2) == 3.5, "another signature is compiled beside it"
    assert entry_of()(1.5, 2) == 3.5
    assert told == []


def test_code_that_is_found_needs_nothing_of_what_compiles(entry_of: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    first = entry_of()
    first(1, 2)
    (made,) = first.overloads.values()
    _, _, (_, names) = made.library.serialize_using_object_code()
    kept = {each.name: list(each.blocks) for each in parse_bitcode(names).functions}
    assert made.fndesc.llvm_cpython_wrapper_name in some(kept)
    assert {len(list(block.instructions)) for blocks in kept.values() for block in blocks} == {1}

    def refuse(_self: object) -> None:
        pytest.fail("loads what compiling needs")

    monkeypatch.setattr(type(first.targetctx), "refresh", refuse)
    second = entry_of()
    assert (second(1, 2), hits(second)) == (3, 1)


def test_code_for_another_machine_is_not_taken_for_ours(entry_of: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    entry_of()(1, 2)
    here = type(entry_of().targetctx.codegen())
    monkeypatch.setattr(here, "magic_tuple", lambda _self: ("elsewhere", "", ""))
    assert compiled.kept_code(entry_of()) is Kept.ABSENT


def spoil_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def spoil_empty(path: Path) -> None:
    path.write_bytes(b"")


def spoil_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-5] ^= 1
    path.write_bytes(content)


def spoil_folder(path: Path) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


@pytest.mark.parametrize("suffix", [".nbi", ".nbc"])
@pytest.mark.parametrize("spoil", [spoil_cut, spoil_empty, spoil_bit, spoil_folder])
def test_damaged_code_is_made_again(entry_of: Callable[[], Any], tmp_path: Path, told: list[Any], suffix: str, spoil: Callable[[Path], None]) -> None:
    entry_of()(1, 2)
    for path in some(list(tmp_path.glob(f"*{suffix}"))):
        spoil(path)
    second = entry_of()
    assert second(1, 2) == 3
    assert hits(second) == 0
    assert len(told) == 1
    assert str(tmp_path) in told[0]
    assert str(tmp_path) in told[0].zh
    third = entry_of()
    assert third(1, 2) == 3
    assert hits(third) == 1


def test_damage_is_seen_before_anything_is_compiled(entry_of: Callable[[], Any], tmp_path: Path, told: list[Any]) -> None:
    entry_of()(1, 2)
    spoil_empty(next(tmp_path.glob("*.nbc")))
    entry = entry_of()
    assert compiled.kept_code(entry) is Kept.DAMAGED
    assert compiled.kept_code(entry) is Kept.ABSENT
    assert entry(1, 2) == 3
    assert told == []


def test_a_missing_half_is_no_damage(entry_of: Callable[[], Any], tmp_path: Path, told: list[Any]) -> None:
    entry_of()(1, 2)
    next(tmp_path.glob("*.nbc")).unlink()
    assert compiled.kept_code(entry_of()) is Kept.ABSENT
    assert entry_of()(1, 2) == 3
    assert compiled.kept_code(entry_of()) is Kept.READY
    assert told == []


def test_a_full_disk_costs_no_run_and_names_the_folder(
    entry_of: Callable[[], Any], tmp_path: Path, told: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    assert entry_of()(1, 2) == 3
    assert list(tmp_path.iterdir()) == []
    assert len(told) == 1
    assert f"cannot be kept in {tmp_path} (No space left on device)" in told[0]
    assert "output" not in told[0]


def test_too_little_memory_is_not_taken_for_damage(entry_of: Callable[[], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry_of()(1, 2)

    def greedy(*_arguments: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(CodeCache, "_load_overload", greedy)
    with pytest.raises(MemoryError):
        entry_of()(1, 2)
    assert len(list(tmp_path.iterdir())) == 2
