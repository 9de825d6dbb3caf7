"""``yizhan sweep plot=FOLDER``: the tables and pictures of a sweep that is there, in another language or of other outcomes, without running it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from experiments.shared.again import CONFIGURATION
from experiments.shared.application import own_configuration
from experiments.shared.errors import MistakeError
from experiments.shared.flags import split_words
from experiments.shared.results_folder import CANNOT_WRITE, EXISTS
from experiments.shared.terminal import put
from experiments.shared.yaml_text import plain_in
from experiments.sweep.finished import options_from, present, read_table
from experiments.sweep.formats import write_formats
from experiments.sweep.options import SweepOptions
from experiments.sweep.table import POINT, about_of
from sim.bilingual import in_language, sentence
from sim.errors import why_of

PLOT = "plot"
TAKEN = ("outcomes", "language", "figures", "format", "output")
"""Keys that may stand beside ``plot=``: nothing else plays a part."""


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb."""
    given = split_words(words)
    named = given.pop(PLOT, "").strip("'\"")
    others = [word for word in words if word.lstrip("+").partition("=")[0] != PLOT]
    for word in others:
        key = word.lstrip("+").partition("=")[0]
        if key not in TAKEN and key not in ("-m", "--multirun"):
            raise MistakeError(sentence(
                "{word}: plot= draws what is there and runs nothing; beside it stand only {keys}",
                "{word}：plot= 只绘制已有结果，不做模拟；其旁只能写 {keys}",
                word=word, keys=", ".join(f"{key}=" for key in TAKEN),
            ))  # fmt: skip
    if not named or sum(word.lstrip("+").startswith(f"{PLOT}=") for word in words) > 1:
        raise MistakeError(sentence(
            "plot= names the folder of one sweep, such as results/sweep/DATE_TIME_NAME",
            "plot= 应为一个扫描结果目录，如 results/sweep/日期_时间_名称",
        ))  # fmt: skip
    with own_configuration([]):
        options = options_from(others)
        redraw(Path(named).expanduser(), options, given, named)


def redraw(source: Path, options: SweepOptions, given: dict[str, str], named: str) -> None:
    """Draw a sweep again.

    Args:
        source: Its folder.
        options: The keys of the command.
        given: Those that were given.
        named: How the folder was named, for messages.

    Raises:
        MistakeError: There is no sweep, or nothing can be written.
    """
    table, is_complete = read_table(source, named)
    if not is_complete:
        put(in_language(sentence(
            "{folder} is not complete: {done:,} of {points:,} points are shown.", "{folder} 尚不完整：显示 {points:,} 个点中的 {done:,} 个。",
            folder=source, done=len(set(table[POINT].to_pylist())), points=about_of(table.schema).points,
        ), options.language) + "\n", sys.stderr)  # fmt: skip
    if "outcomes" not in given:
        options = options.model_copy(update={"outcomes": _outcomes_of(source) or options.outcomes})
    folder = Path(options.output).expanduser() if options.output else source
    try:
        if folder.exists() and folder.resolve() != source.resolve() and (not folder.is_dir() or any(folder.iterdir())):
            raise MistakeError(sentence(*EXISTS, folder=folder))
        folder.mkdir(parents=True, exist_ok=True)
        write_formats(table, folder, options.format)
    except OSError as error:
        raise MistakeError(sentence(*CANNOT_WRITE, folder=folder, why=why_of(error))) from None
    present(table, options, folder)


def _outcomes_of(folder: Path) -> tuple[str, ...]:
    """Return the outcomes that a sweep was to show."""
    import yaml

    try:
        content = plain_in((folder / CONFIGURATION).read_text(encoding="utf-8"))
        return tuple(str(name) for name in content["outcomes"])
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError):
        return ()
