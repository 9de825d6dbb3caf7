"""What the report of each kind of result is made of: parts of it, in the words in which its command showed it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from experiments.report.document import Section
from experiments.report.words import WORDS
from sim.bilingual import Sentence, in_language, sentence


class Told(NamedTuple):
    """What a report says of one kind of result.

    Attributes:
        title: What the result is called.
        answer: The answer in plain words, a paragraph each.
        against: What was compared with what: the baseline by its name.
        sections: What follows, most important first.
        appendix: What comes after two pages.
        method: Key of `experiments.report.words.WORDS` of what is particular to this kind.
        replicates: How many simulations there were.
        first_figure: How the name of the figure begins that stands among the sections.
        how: How it was found, instead of the usual words about size, method and set of behaviours.
        compares_known: Whether the kept scorecard stands beside it.
    """

    title: Sentence
    answer: Sequence[Sentence]
    against: Sequence[object]
    sections: Sequence[Section]
    appendix: Sequence[Section]
    method: str
    replicates: int
    first_figure: str = ""
    how: Sequence[Sentence] = ()
    compares_known: bool = True


def said(key: str, **parts: object) -> Sentence:
    """Return what is said, in both languages."""
    return sentence(WORDS[key], WORDS[key].zh, **parts)


def in_words(texts: Sequence[object | None], language: str) -> list[str]:
    """Return sentences in the reader's language, without those that there are not."""
    return [in_language(text, language) for text in texts if text is not None]
