"""The two languages of everything that a person sees: which of them the reader reads, and a speaker of it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from experiments.shared.terminal import put
from sim.bilingual import Sentence, in_language

VARIABLE = "YIZHAN_LANGUAGE"
"""Environment variable of the language. The locale is not asked: the same command says, draws and writes the same for everybody."""

Language = Literal["en", "zh"]
"""English or simplified Chinese."""

Labels = Mapping[str, Mapping[str, str]]
"""Name → language → label."""

Words = Mapping[str, Sentence]
"""Key → what is said, as patterns for `str.format`."""


def language_named(name: object) -> object:
    """Return the language that a name means: ``zh``, ``zh_CN.UTF-8``, ``zh-Hans``, ``en_US``; anything else as it is."""
    first = re.split(r"[-_.@]", str(name).strip("\"' ").lower())[0]
    return first if first in ("en", "zh") else name


def language_of(words: Sequence[str]) -> Language:
    """Return the reader's language: ``language=`` among the words of a command, else what the environment names, else English."""
    named = [word.partition("=")[2] for word in words if word.lstrip("+").startswith("language=")]
    for name in (*named[-1:], os.environ.get(VARIABLE, "")):
        if language_named(name) in get_args(Language):
            return language_named(name)  # type: ignore[return-value]
    return "en"


class Speaker:
    """Says what a command has to say, in one language.

    Args:
        language: The reader's language.
        words: What may be said.
    """

    def __init__(self, language: str, words: Words) -> None:
        self.language = language
        self.words = words

    def __call__(self, key: str, **parts: object) -> None:
        """Print a line to the user."""
        put(self.text(key, **parts) + "\n")

    def text(self, key: str, **parts: object) -> str:
        """Return what would be said; parts that know both languages are filled in with the words of this one."""
        known = {name: self.of(part) if isinstance(part, (Sentence, Mapping)) else part for name, part in parts.items()}
        return self.of(self.words[key]).format(**known)

    def of(self, text: object) -> str:
        """Return a sentence, an error, or a label of each language in this one."""
        return str(text[self.language]) if isinstance(text, Mapping) else in_language(text, self.language)
