"""The real application, asked in this process."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from experiments.dashboard.options import DashboardOptions
from experiments.dashboard.server.app import make_app

HOST = "http://127.0.0.1:8217"
SMALL: dict[str, Any] = {
    "programme": "zibo", "behaviour": "evidence", "replicates": 3,
    "changes": {"population.graduates": 300, "days": 40, "policy.lodging.free_nights": 5},
}  # fmt: skip
"""A draft that takes a moment."""


@contextmanager
def served(folder: Path, **options: Any) -> Iterator[TestClient]:
    """Serve a folder within the block."""
    with TestClient(make_app(DashboardOptions(**options), folder), base_url=HOST) as client:
        yield client


def ended(client: TestClient, identity: str, seconds: float = 120.0) -> dict[str, Any]:
    """Wait until a run has ended, and return it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        run: dict[str, Any] = client.get(f"/api/runs/{identity}").json()
        if run["state"] in ("done", "failed", "cancelled"):
            return run
        time.sleep(0.05)
    raise AssertionError(run)


def error_of(answer: Any) -> dict[str, Any]:
    """Return the error of an answer, which has the one shape."""
    assert 400 <= answer.status_code < 500, answer.text[:500]
    error: dict[str, Any] = answer.json()["error"]
    assert {"what", "where", "why", "mend", "en", "zh"} <= set(error)
    assert error["en"]
    assert error["zh"]
    assert "Traceback" not in answer.text
    return error
