"""The two languages of everything that a person sees: which of them the reader reads, and a speaker of it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from experiments.shared.terminal import put
from sim.bilingual import Sentence, in_language, sentence

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


def say(text: Sentence, language: str) -> None:
    """Print a sentence in the reader's language."""
    put(in_language(text, language) + "\n")


class Speaker:
    """Says what a command has to say, in one language.

    Args:
        language: The reader's language.
        words: What may be said, besides what every command says.
    """

    def __init__(self, language: str, words: Words | None = None) -> None:
        self.language = language
        self.words = {**OF_ALL, **(words or {})}

    def __call__(self, key: str, **parts: object) -> None:
        """Print a line to the user."""
        put(self.text(key, **parts) + "\n")

    def text(self, key: str, **parts: object) -> str:
        """Return what would be said; parts that know both languages are filled in with the words of this one."""
        known = {name: self.of(part) if isinstance(part, (Sentence, Mapping)) else part for name, part in parts.items()}
        return self.of(self.words[key]).format(**known)

    def sentence(self, key: str, **parts: object) -> Sentence:
        """Return what would be said in both languages, for an error."""
        return sentence(self.words[key], self.words[key].zh, **parts)

    def of(self, text: object) -> str:
        """Return a sentence, an error, or a label of each language in this one."""
        return str(text[self.language]) if isinstance(text, Mapping) else in_language(text, self.language)


OF_ALL: Words = {
    "result": Sentence("Result: {folder}", "结果目录：{folder}"),
    "in_unit": Sentence("{label} ({unit})", "{label}（{unit}）"),
    "drawing": Sentence("drawing figures …", "正在绘图……"),
}
"""What every command says."""
OF_TABLES: Words = {
    "outcome": Sentence("Outcome", "结果指标"),
    "mean": Sentence("Mean", "均值"),
    "interval": Sentence("95 % interval\nof the mean", "均值的95%区间"),
    "unit": Sentence("Unit", "单位"),
    "label_unit": Sentence("{label}, {unit}", "{label}，{unit}"),
    "reported": Sentence("Reported", "上报数"),
    "groups": Sentence("For whom: residents at the end, mean and 95 % interval", "分群体：期末常住青年，均值与95%区间"),
    "group": Sentence("Group", "群体"),
    "member": Sentence("{group}: {member}", "{group}：{member}"),
    "services": Sentence("Services", "服务与活动"),
    "market": Sentence("Labour market", "劳动力市场"),
    "caption": Sentence(
        "Simulated over {n} replicates of {days} days from {start}, {people} young people.",
        "模拟次数 {n}，自 {start} 起 {days} 天，{people} 名青年。",
    ),
    "caption_once": Sentence(
        "Simulated once, over {days} days from {start}, {people} young people.", "模拟次数 1，自 {start} 起 {days} 天，{people} 名青年。",
    ),
    "not_effects": Sentence(
        " Reported figures are gross counts of the operator, not effects.", "上报数是主办方的总数，不是效果。",
    ),
    "one": Sentence(
        "One replicate has no interval: use replicates=20 to see how sure the figures are.",
        "只有一次模拟，无法给出区间；请用 replicates=20 看看有多确定。",
    ),
    "few": Sentence(
        "{n} replicates are too few to rely on the intervals: use replicates=20.", "只有 {n} 次模拟，区间不可靠；请用 replicates=20。",
    ),
    "unsure": Sentence("unsure: {n} runs", "仅 {n} 次，不可靠"),
    "few_persons": Sentence("{group} ({n} persons)", "{group}（仅 {n} 人）"),
}
"""What tables of outcomes say."""
