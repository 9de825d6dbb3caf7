"""What a sweep says, in both languages."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.shared.terminal import put
from experiments.shared.words import say
from sim.bilingual import Sentence, in_language, sentence

MANY_POINTS = 2000
"""Points whose checking takes some seconds (about a millisecond each: benchmarks/README.md, "Sweeps")."""
MOST_FAILURES = 5
"""Points that failed and are named; all are in failed.json."""


def kept(folder: Path, runs: int, of: int) -> Sentence:
    """Say what of a sweep is kept, and how to go on."""
    return sentence(
        "{runs:,} of {of:,} runs are kept in {folder}; the same command goes on from there (with output={folder})",
        "已在 {folder} 中保留 {of:,} 次模拟中的 {runs:,} 次；再次执行同一命令（output={folder}）即可继续", runs=runs, of=of, folder=folder,
    )  # fmt: skip


def say_checking(points: int, language: str) -> None:
    """Say that many points are being checked, which takes a while."""
    if points >= MANY_POINTS:
        text = sentence("checking {points:,} points …", "正在检查 {points:,} 个点……", points=points)
        put(in_language(text, language) + "\n", sys.stderr)


def say_resumed(folder: Path, before: int, missing: int, language: str) -> None:
    """Say that a sweep goes on, or that everything is there."""
    text = sentence(
        "Going on in {folder}: {before:,} runs are there, {missing:,} are to be done.",
        "在 {folder} 中继续：已有 {before:,} 次模拟，还需 {missing:,} 次。",
        folder=folder, before=before, missing=missing,
    )  # fmt: skip
    if not missing:
        text = sentence(
            "Nothing to compute: all {before:,} runs are in {folder}.",
            "无需计算：{folder} 中已有全部 {before:,} 次模拟。", folder=folder, before=before,
        )  # fmt: skip
    put(in_language(text, language) + "\n", sys.stderr)


def say_shard(number: int, of: int, points: int, language: str) -> None:
    """Say what a shard holds, and how shards are put together."""
    say(sentence(
        "Shard {number} of {of}: {points:,} points. Put all shards together: yizhan sweep merge FOLDER FOLDER … output=FOLDER",
        "第 {number}/{of} 份：{points:,} 个点。合并各份：yizhan sweep merge 目录 目录 … output=目录", number=number, of=of, points=points,
    ), language)  # fmt: skip


def failed(failures: Sequence[Mapping[str, Any]], missing: int, points: Sequence[Mapping[str, Any]], folder: Path) -> Sentence:
    """Name the points that have no result, and why."""
    return sentence(
        "{missing:,} points have no result; the others are in {folder}, and the same command with output={folder} tries these again.{shown}",
        "{missing:,} 个点没有结果；其余在 {folder} 中，以 output={folder} 再次执行同一命令会重试这些点。{shown}",
        missing=missing, folder=folder, shown=_first_of(failures, points),
    )  # fmt: skip


def all_failed(failures: Sequence[Mapping[str, Any]], points: Sequence[Mapping[str, Any]], folder: Path) -> Sentence:
    """Say that no point has a result, and why the first have none."""
    return sentence(
        "no point of the sweep has a result; the same command with output={folder} tries them again.{shown}",
        "扫描中没有任何点有结果；以 output={folder} 再次执行同一命令会重试。{shown}", folder=folder, shown=_first_of(failures, points),
    )  # fmt: skip


def _first_of(failures: Sequence[Mapping[str, Any]], points: Sequence[Mapping[str, Any]]) -> Sentence:
    """Return a line a point that failed, for the first of them."""
    why = {failure["point"]: failure for failure in reversed(failures)}
    lines: dict[str, str] = {"en": "", "zh": ""}
    for number in sorted(why)[:MOST_FAILURES]:
        values = ", ".join(f"{key}={value}" for key, value in points[number].items())
        for language, pattern in (("en", "\n  point {n} ({at}): {why}"), ("zh", "\n  第 {n} 点（{at}）：{why}")):
            lines[language] += pattern.format(n=number, at=values, why=why[number]["message"][language])
    return Sentence(lines["en"], lines["zh"])
