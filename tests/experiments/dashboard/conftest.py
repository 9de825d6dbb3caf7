"""A browser of this machine, where there is one."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.experiments.dashboard.answers import usual
from tests.experiments.dashboard.fake import Fake, served

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip


def chromium() -> str | None:
    """Return the browser: the one that YIZHAN_BROWSER names, or one that is installed."""
    return os.environ.get("YIZHAN_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    found = chromium()
    if found is None:
        pytest.skip("no chromium on this machine: install one, or name it in YIZHAN_BROWSER")
    playwright = pytest.importorskip("playwright.sync_api", reason='playwright is missing: pip install -e ".[browser]"')
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def fake() -> Iterator[Fake]:
    """The page with a stand-in for the server, whose answers a test may change."""
    with served(usual()) as started:
        yield started
