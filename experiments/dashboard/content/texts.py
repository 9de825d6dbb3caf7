"""Answers as plain data: texts in both languages, numbers with their intervals, and what is wrong with which key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from experiments.shared.json_numbers import interval, number
from sim.bilingual import Sentence, by_language, message_of, sentence_of
from sim.how_sure import told_over
from sim.statistics import Kind

if TYPE_CHECKING:
    from sim.uncertainty import Lived

Plain = dict[str, Any]
"""An answer, or a part of one: what JSON can say."""
Text = dict[str, str]
"""Language → words."""
_NEAR = re.compile(r"Did you mean '([^']+)'")


def text(words: object) -> Text:
    """Return words in both languages: a sentence, a label by language, an error, or a text that is the same in both."""
    if isinstance(words, Mapping):
        return by_language(sentence_of(words))
    if isinstance(words, BaseException):
        return by_language(message_of(words))
    return by_language(words if isinstance(words, Sentence) else Sentence(str(words), str(words)))


def texts(words: Iterable[object | None]) -> list[Text]:
    """Return several texts, without those that there are not."""
    return [text(one) for one in words if one is not None and str(one)]


def mean_of(values: Any, kind: Kind, lived: Lived | None) -> Plain:  # noqa: ANN401
    """Return the mean of some values of the replicates: ``value``, ``low``, ``high`` and, over a set of behaviours, ``intervals``."""
    found, more = told_over(values, lived, kind)
    return {**interval(found), **more}


def spoken(name: str) -> str:
    """Return a name that is a key, such as ``county_town``, as words; any other as it is."""
    return name.replace("_", " ").capitalize() if re.fullmatch("[a-z][a-z0-9_]*", name) else name


def triple(one: Mapping[str, Any]) -> list[float | None]:
    """Return a mean as a list: value, lower and upper end of its interval."""
    return [one["value"], one["low"], one["high"]]


def rounded(values: Iterable[Any], figures: int = 6) -> list[float | None]:
    """Return numbers with so many figures that mean something, None where there is none."""
    return [None if (plain := number(value)) is None else float(f"{plain:.{figures}g}") for value in values]


def _writable(words: str) -> str:
    """Return a text that can be written: half a sign, which JSON can hold, becomes a question mark."""
    return words.encode("utf-8", "replace").decode()


def problem(where: str, message: object) -> Plain:
    """Return what is wrong: the key, in both languages why and how to mend it, and the nearest key where one was meant."""
    said = {language: _writable(words) for language, words in text(message).items()}
    near = _NEAR.search(said["en"])
    return {"where": _writable(where), **said, "near": near[1] if near else None}
