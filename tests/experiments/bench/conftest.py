"""Measuring small things, in a process that holds the objects of all tests."""

from types import SimpleNamespace

import pytest

from experiments.bench import timing


@pytest.fixture(autouse=True)
def spared_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing that is measured have all objects looked through, and given back to the collector (`tests/conftest.py` spares it them)."""
    monkeypatch.setattr(timing, "gc", SimpleNamespace(collect=lambda: 0, freeze=lambda: None, unfreeze=lambda: None))
