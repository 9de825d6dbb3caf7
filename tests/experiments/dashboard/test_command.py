"""The command: what it needs, where it listens, what it refuses, in both languages."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from experiments.dashboard import command
from experiments.dashboard.options import PORT
from experiments.dashboard.server import serving
from tests.experiments.conftest import Command

KNOWN = "token=0123456789abcdef"


@pytest.fixture
def began(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What would have been served."""
    found: list[dict[str, Any]] = []

    def serve(options: Any, folder: Path, folders: list[str], listening: socket.socket) -> None:
        found.append({"options": options, "folder": folder, "folders": folders, "at": listening.getsockname()})
        listening.close()

    monkeypatch.setattr(serving, "serve", serve)
    return found


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


def test_it_listens_on_this_machine_alone_unless_it_is_told_otherwise(yizhan: Command, began: list[dict[str, Any]], tmp_path: Path) -> None:
    assert yizhan("dashboard", f"folder={tmp_path / 'kept'}").status == 0
    assert began[0]["at"][0] == "127.0.0.1"
    assert began[0]["at"][1] >= PORT
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_a_port_that_is_taken_is_said(yizhan: Command, began: list[dict[str, Any]], taken: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = yizhan("dashboard", f"port={taken}", f"folder={tmp_path}")
    assert (said.status, began) == (2, [])
    assert f"port={taken}" in said.err
    monkeypatch.setattr(command, "PORT", taken)
    said = yizhan("dashboard", f"folder={tmp_path}")
    assert said.status == 0
    assert f"Port {taken} is taken; using {began[0]['at'][1]}." in said.out


@pytest.mark.parametrize(("words", "told"), [
    (["host=0.0.0.0"], "token"), (["host=0.0.0.0", "token=short"], "guessed"), (["host=no.such.host.invalid", KNOWN], "cannot be listened at"),
    (["prot=8300"], "Did you mean 'port'?"), (["port=0"], "port"), (["port=99999"], "yizhan: port is '99999'; allowed"), (["port=x"], "port"), (["8300"], "KEY=VALUE"),
    (["most_upload=-1"], "most_upload"), (["folder=/proc/nothing"], "folder=/proc/nothing"), (["--config-dir="], "--config-dir"), (["--config-dir=/no/such"], "/no/such"), (["queue=true"], "queue"),
])  # fmt: skip
def test_a_mistake_is_one_clear_sentence(yizhan: Command, began: list[dict[str, Any]], words: list[str], told: str) -> None:
    for language in ("en", "zh"):
        said = yizhan("dashboard", *words, f"language={language}")
        assert (said.status, began) == (2, [])
        assert "Traceback" not in said.err
        assert language == "zh" or told in said.err


def test_another_host_is_told_what_it_means(yizhan: Command, began: list[dict[str, Any]], tmp_path: Path) -> None:
    said = yizhan("dashboard", "host=0.0.0.0", KNOWN, f"folder={tmp_path}", "language=zh")
    assert said.status == 0
    assert "能访问本机并知道口令的人" in said.out
    assert began[0]["options"].token not in said.out
