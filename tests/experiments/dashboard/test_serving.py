"""Real servers: two on one folder, one of them killed in mid-run."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest

from experiments.dashboard.options import DashboardOptions
from experiments.dashboard.server import serving
from sim import simulation
from sim.bilingual import sentence
from sim.errors import ConfigurationError
from tests.experiments.dashboard.served import SMALL
from tests.trees import ROOT

LONG = {**SMALL, "replicates": 200, "changes": {"population.graduates": 2000, "days": 200}}


@contextmanager
def server(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A server of its own process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "experiments", "dashboard", f"port={port}", f"folder={folder}", "workers=1"]
    process = subprocess.Popen(words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert f":{port}/".encode() in process.stdout.readline()
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.communicate()


def asked(address: str, path: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address + path, data, {"Content-Type": "application/json"})  # noqa: S310 (our own)
    with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
        return json.loads(answer.read())


def until(address: str, identity: str, condition: str, seconds: float = 240.0) -> dict[str, Any]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        run: dict[str, Any] = asked(address, f"/api/runs/{identity}")
        if run["state"] == condition or (condition == "begun" and run["replicates_done"] >= 1):
            return run
        time.sleep(0.1)
    raise AssertionError(run)


def test_a_mistake_in_a_file_of_ones_own_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def learn() -> NoReturn:
        raise ConfigurationError(sentence("own.yaml:3: unknown key", "own.yaml:3：未知的键"))

    warmed: list[object] = []
    monkeypatch.setattr(serving, "QUIET", 0.0)
    monkeypatch.setattr(simulation, "warm_up", warmed.append)
    serving._get_ready(SimpleNamespace(learn=learn, options=DashboardOptions()))  # type: ignore[arg-type]
    said = capsys.readouterr()
    assert "own.yaml:3: unknown key. Mend the file" in said.out + said.err
    assert len(warmed) == 1, "the rest goes on"


@pytest.mark.slow
def test_a_killed_server_loses_its_run_alone_and_hurts_no_other_on_its_folder(tmp_path: Path) -> None:
    with server(tmp_path) as (first, one), server(tmp_path) as (_second, two):
        done = until(one, asked(one, "/api/runs", {"draft": SMALL})["id"], "done")
        saved = asked(one, "/api/saved", {"run": done["id"], "name": "kept"})
        assert asked(two, f"/api/saved/{saved['id']}")["result"] == done["result"]
        until(one, asked(one, "/api/runs", {"draft": LONG})["id"], "begun")
        first.send_signal(signal.SIGKILL)
        first.wait(10)
        other = until(two, asked(two, "/api/runs", {"draft": {**SMALL, "seed": 2}})["id"], "done")
        assert sorted(path.name for path in (tmp_path / "results").iterdir()) == sorted([done["id"], other["id"]])
    with server(tmp_path) as (third, three):
        assert [entry["name"] for entry in asked(three, "/api/saved")] == ["kept"]
        assert asked(three, f"/api/saved/{saved['id']}")["result"] == done["result"]
        again = until(three, asked(three, "/api/runs", {"draft": LONG})["id"], "begun")
        assert again["state"] == "running"
        third.send_signal(signal.SIGINT)
        assert third.wait(30) == 0
        assert sorted(path.name for path in (tmp_path / "results").iterdir()) == sorted([done["id"], other["id"]])
