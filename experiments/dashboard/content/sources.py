"""Where the number of a parameter comes from: the comment beside it in its file, else what it is declared with."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from experiments.compare.carried import UNKNOWN
from experiments.list.sources import source_words
from sim.bilingual import Sentence
from sim.composing import read_yaml
from sim.own_file import PACKAGES
from sim.own_files import own_in_use, shipped
from sim.parameters import Leaf, declarations
from sim.yaml_files import read_file

if TYPE_CHECKING:
    from pathlib import Path

    from sim.scenario import Scenario

ASSUMED = "assumption"
"""Begins the source of what nobody has measured."""
DOCUMENT = "document"
"""Begins a comment that names the programme's own document."""
OF_DOCUMENT = "项目文件"
"""What such a comment is in Chinese, where its own words are English."""
_ENGLISH = re.compile("[a-z]{4}")


def source_of(leaf: Leaf) -> Sentence:
    """Return the source that a parameter is declared with; “assumption, no local evidence” where it is nothing more."""
    return UNKNOWN if leaf.source == ASSUMED else source_words(leaf.source)


def is_assumed(leaf: Leaf) -> bool:
    """Tell whether the default of a parameter is an assumption."""
    return leaf.source.startswith(ASSUMED)


def leaf_at(scenario: Scenario, key: str) -> Leaf:
    """Return the declaration of a key with its value in a scenario."""
    return next(leaf for leaf in declarations(scenario) if leaf.key == key)


def in_words(comment: str) -> Sentence:
    """Return a comment of a file as a source: what it says in English alone is only named in Chinese."""
    if comment == ASSUMED:
        return UNKNOWN
    found = source_words(comment)
    if not _ENGLISH.search(found.zh):
        return found
    return Sentence(comment, UNKNOWN.zh if comment.startswith(ASSUMED) else OF_DOCUMENT if comment.startswith(DOCUMENT) else found.zh)


def cited(place: str, key: str) -> Sentence | None:
    """Return where a value of a place comes from, as the files of the place say it; None where none of them sets it."""
    files = {group: str(name) for choice in read_yaml("place", place, own_in_use()).get("defaults", ())
             if isinstance(choice, dict) for group, name in ((one.rpartition("/")[2], two) for one, two in choice.items())}  # fmt: skip
    for group, name in files.items():
        prefix = f"{PACKAGES[group]}."
        if key.startswith(prefix) and (path := _path_of(group, name)) is not None:
            found = comments_of(path).get(key.removeprefix(prefix))
            if found:
                return in_words(found)
    return None


def _path_of(group: str, name: str) -> Path | None:
    return own_in_use().files.get(group, {}).get(name) or shipped(group).get(name)


@cache
def comments_of(path: Path) -> dict[str, str]:
    """Return dotted key → comment at the end of its line, of a file of the configuration."""
    written = path.read_text(encoding="utf-8").splitlines()
    found = {}
    for key, line in read_file(path).lines.items():
        comment = re.search(r"(?:^|\s)#\s*(.+)$", written[line - 1])
        if comment:
            found[key] = comment[1].strip()
    return found
