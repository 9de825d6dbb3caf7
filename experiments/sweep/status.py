"""``yizhan sweep status FOLDER``: how far a sweep is, from what is on the disk."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from experiments.shared.batches.parts import FOLDER, Parts
from experiments.shared.batches.store import COMPLETE, MANIFEST, hold, read_manifest
from experiments.shared.drafts import BusyError
from experiments.shared.errors import MistakeError
from experiments.shared.terminal import put
from experiments.shared.words import language_of
from experiments.sweep.batch import blocks_done, failures_in
from sim.bilingual import Sentence, in_language, sentence


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb."""
    language = language_of(words)
    folders = [word for word in words if not word.startswith("language=")]
    for word in folders:
        if "=" in word or word.startswith("-"):
            raise MistakeError(sentence(
                "{word}: status takes folders of sweeps, and language=", "{word}：status 后应为扫描结果目录，以及 language=", word=word,
            ))  # fmt: skip
    if not folders:
        raise MistakeError(sentence("name the folder of a sweep: yizhan sweep status FOLDER", "请给出扫描结果目录：yizhan sweep status 目录"))
    for folder in folders:
        for line in lines_of(Path(folder).expanduser()):
            put(in_language(line, language) + "\n")


def lines_of(folder: Path) -> list[Sentence]:
    """Say how far a sweep is.

    Args:
        folder: Its folder.

    Raises:
        MistakeError: There is none.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise MistakeError(sentence(
            "{folder}: there is no {file}; name the folder of a sweep, such as results/sweep/DATE_TIME_NAME",
            "{folder}：其中没有 {file}；请给出扫描结果目录，如 results/sweep/日期_时间_名称", folder=folder, file=MANIFEST,
        ))  # fmt: skip
    running = _state_of(folder)
    manifest = read_manifest(folder) or manifest  # whoever was writing may be done by now
    parts = Parts(folder / FOLDER)
    done, failed = sum(block.runs for block in set(blocks_done(parts))), failures_in(parts.folder)
    is_complete = manifest.get("state") == COMPLETE
    state = Sentence("complete", "已完成") if is_complete else running
    shard = manifest.get("shard")
    of = sentence(", shard {i} of {n}", "，第 {i}/{n} 份", i=shard[0], n=shard[1]) if shard else Sentence("", "")
    lines = [sentence(
        "{folder}: {state}{of}; {done:,} of {runs:,} runs done, {failed:,} failed",
        "{folder}：{state}{of}；已完成 {done:,} / {runs:,} 次模拟，失败 {failed:,}",
        folder=folder, state=state, of=of, done=done, runs=manifest.get("runs", done), failed=sum(failure["replicates"] for failure in failed),
    )]  # fmt: skip
    lines += [
        sentence("  point {n}: {why}", "  第 {n} 点：{why}", n=failure["point"], why=Sentence(failure["message"]["en"], failure["message"]["zh"]))
        for failure in failed
    ]
    if not is_complete:
        lines.append(sentence("  go on with: {command}", "  继续：{command}", command=_going_on(manifest["command"], folder)))
    return lines


def _state_of(folder: Path) -> Sentence:
    """Tell whether somebody is writing a sweep that is not finished."""
    import os

    try:
        held = hold(folder)
    except BusyError as error:
        return sentence("running (process {process})", "运行中（进程 {process}）", process=error.process)
    if held is not None:
        os.close(held)
    return Sentence("not finished", "未完成")


def _going_on(command: str, folder: Path) -> str:
    is_named = re.search(r"[ ']output=", command) is not None
    return command if is_named else f"{command} {shlex.quote(f'output={folder}')}"
