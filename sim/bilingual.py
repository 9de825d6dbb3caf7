"""Sentences in both languages: what a person is told, and what is wrong.

A `Sentence` is its English text with the Chinese beside it, so it can be the message of any exception: ``str(error)`` is English, and
whoever shows it asks for the reader's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Self

STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that are not seen and change what is: controls, but for the tabulator and line ends, and those of the direction of writing."""


class Sentence(str):
    """An English text that knows its Chinese.

    Attributes:
        zh: The Chinese text.
    """

    __slots__ = ("zh",)
    zh: str

    def __new__(cls, en: str, zh: str) -> Self:
        """Make a sentence of its English and its Chinese."""
        made = super().__new__(cls, en)
        made.zh = zh
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Keep the Chinese on the way between processes."""
        return type(self), (str(self), self.zh)


def sentence(en: str, zh: str, **parts: object) -> Sentence:
    """Fill in a sentence in both languages.

    Args:
        en: English pattern, as for `str.format`.
        zh: Chinese pattern.
        parts: What to fill in; a `Sentence` among them is filled in with the words of each language.

    Returns:
        The sentence.
    """
    return Sentence(en.format(**_in(parts, "en")), zh.format(**_in(parts, "zh")))


def sentence_of(label: Mapping[str, str]) -> Sentence:
    """Return a label that is declared by language as a sentence."""
    return Sentence(label["en"], label["zh"])


def by_language(text: Sentence) -> dict[str, str]:
    """Return a sentence as a label is declared: language → words."""
    return {"en": str(text), "zh": text.zh}


def in_language(text: object, language: str) -> str:
    """Return a text in a language; what is no `Sentence`, or an exception made of one, is the same in every language."""
    if isinstance(text, BaseException):
        text = text.args[0] if text.args and isinstance(text.args[0], Sentence) else str(text)
    return text.zh if isinstance(text, Sentence) and language == "zh" else str(text)


def message_of(error: BaseException) -> Sentence:
    """Return what an exception says, in both languages."""
    return Sentence(*(in_language(error, language) for language in ("en", "zh")))


def joined(texts: Iterable[object], between: str = "\n") -> Sentence:
    """Join texts in both languages; what stands between them may be a `Sentence`."""
    texts = list(texts)
    return Sentence(*(in_language(between, language).join(in_language(text, language) for text in texts) for language in ("en", "zh")))


def listed(names: Iterable[object]) -> Sentence:
    """List some names, which are the same in both languages."""
    texts = [str(name) for name in names]
    return Sentence(", ".join(texts), "、".join(texts))


def _in(parts: dict[str, object], language: str) -> dict[str, object]:
    return {name: in_language(part, language) if isinstance(part, Sentence) else part for name, part in parts.items()}
