"""``yizhan list``: what there is, with unit, range, default, source."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from experiments.list.catalogue import LISTS
from experiments.list.layout import lay_out
from experiments.list.listing import Listing
from experiments.list.options import ListOptions
from experiments.list.reference import write_pages
from experiments.list.summary import summarise
from experiments.shared.application import own_configuration
from experiments.shared.errors import MistakeError
from experiments.shared.flags import check_flags, split_words
from experiments.shared.given import options_and_overrides
from experiments.shared.reading import say_own
from experiments.shared.tables import make_console, show
from experiments.shared.terminal import columns, put
from experiments.shared.words import language_named, say
from sim.bilingual import Sentence, joined, sentence
from sim.scenario import Policy
from sim.wording import did_you_mean, unknown

KEYS = tuple(ListOptions.model_fields)
UNLESS_TOLD = ("programmes", "places", "comparisons", "studies", "targets", "levers", "outcomes", "phases")
"""Lists that are shown where none is named: all but the longest."""


def main(words: Sequence[str]) -> None:
    """Print lists, or write all of them.

    Raises:
        MistakeError: A list, lever, key or language that does not exist, or a folder that cannot be written.
    """
    check_flags("list", words)
    with own_configuration(words):
        print_lists(options_and_overrides(words)[1])


def print_lists(words: Sequence[str]) -> None:
    """Print lists, or write all of them (see `main`)."""
    options = split_words(words)
    for key in options:
        if key not in KEYS:
            raise MistakeError(unknown("key", key, list(KEYS)))
    topics, levers = _split([word for word in words if "=" not in word])
    language = language_named(options.get("language", os.environ.get("YIZHAN_LANGUAGE") or "en"))
    if language not in ("en", "zh"):
        message = sentence("language is {language!r}; allowed is en or zh.", "language 为 {language!r}，应为 en 或 zh。", language=language)
        raise MistakeError(message)
    if "write" in options:
        if topics or "match" in options:
            message = Sentence(
                "write=FOLDER writes every list whole, in both languages; leave out the names of lists and match.",
                "write=文件夹 会写出全部列表（中英两种文字），请去掉列表名与 match。",
            )  # fmt: skip
            raise MistakeError(message)
        if not options["write"]:
            message = Sentence(
                "write= names no folder; write=docs/tables is where the project keeps them.",
                "write= 没有指定文件夹；本项目放在 write=docs/tables。",
            )  # fmt: skip
            raise MistakeError(message)
        write_pages(Path(options["write"]))
        say(sentence("Written: {folder}", "已写入：{folder}", folder=options["write"]), language)
        return
    say_own(language, listed=True)
    if not topics and not levers and "match" not in options:
        put(summarise(language, columns()) + "\n")
        return
    match = options.get("match", "")
    listings = _of_levers(levers) if levers else [LISTS[topic]() for topic in topics or UNLESS_TOLD]
    kept = [listing.keep(lambda row: row.matches(match)) for listing in listings]
    shown = [lay_out(listing, language, make_console().width) for listing in kept if listing.rows]
    for place, laid_out in enumerate(shown):
        show(*([""] if place else []), laid_out)
    if not shown:
        say(sentence("Nothing matches {match!r}.", "没有与“{match}”匹配的内容。", match=match), language)


def _split(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Divide names into lists and, after ``levers``, levers.

    Raises:
        MistakeError: A name that is neither.
    """
    topics = [name for name in names if name in LISTS]
    levers = [name for name in names if name not in LISTS]
    known = list(Policy.model_fields)
    for name in levers:
        if topics != ["levers"]:
            hint = did_you_mean(f"levers {name}" if name in known else "")
            raise MistakeError(joined([unknown("list", name, list(LISTS)), hint], ""))
        if name not in known:
            raise MistakeError(unknown("lever", name, known))
    return topics, levers


def _of_levers(levers: Sequence[str]) -> list[Listing]:
    """Return the lines of some levers, and their parameters."""
    sections = {f"policy.{lever}" for lever in levers}
    return [
        LISTS["levers"]().keep(lambda row: row.cells[0] in levers),
        LISTS["parameters"]().keep(lambda row: row.section in sections),
    ]
