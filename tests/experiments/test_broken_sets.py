"""A set of behaviours of one's own that is broken is a mistake of the user, told with its file: no fault of the program."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
BROKEN = (
    "parameters: [null]\nvectors: [[1], [2]]\n", "parameters: [nosuch.key]\nvectors: [[1], [2]]\n", "parameters: 3\nvectors: []\n", "- 1\n", "[", "",
    "parameters: [behaviour.posts_seen]\nvectors: [[many], [2]]\n",
)  # fmt: skip


@pytest.mark.parametrize("content", BROKEN)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_broken_set_is_told_with_its_file(yizhan: Command, tmp_path: Path, content: str, language: str) -> None:
    (tmp_path / "mine.yaml").write_text(content, encoding="utf-8")
    said = yizhan("run", "behaviour=mine.yaml", "output=out", f"language={language}")
    assert (said.status, said.out) == (2, ""), said.err
    assert "mine.yaml" in said.err
    assert "pydantic" not in said.err
    assert sum(line.startswith("yizhan: ") for line in said.err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]
