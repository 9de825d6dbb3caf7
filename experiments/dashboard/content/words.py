"""Declarations and sources in a reader's words: meanings without the help for files, values as they are said, documents by who wrote them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sim.bilingual import Sentence, by_language, sentence_of
from sim.levers import LEVERS
from sim.numbers import SHARE, YUAN, money_form, write_exactly
from sim.units import unit_words
from sim.writing import Form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.parameters import Leaf

CHOICES = {
    "any": Sentence("any young person", "不限"), "local": Sentence("only who grew up or studied here", "仅限本地青年"),
    "elsewhere": Sentence("only who grew up and studied elsewhere", "仅限外来青年"),
    "instalments": Sentence("in equal parts every month", "按月等额还本"), "interest_only": Sentence("the principal at the end", "到期还本"),
    "bullet": Sentence("principal and interest at the end", "到期一次还本付息"),
    "vocational": Sentence("vocational", "高职"), "bachelor": Sentence("bachelor", "本科"), "master": Sentence("master", "硕士"),
}  # fmt: skip
"""What a value that is one of a few names is called."""
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DAY = re.compile(rf"(\d+) ({'|'.join(MONTHS)}) (\d{{4}})")
_SENTENCES = re.compile(r"(?<=。)|(?<=\. )")
_LEVER = re.compile(r"\bpolicy\.([a-z_]+)(?![a-z_.])")
PARTS = {"running text": "正文", "second mention": "第二处"}
"""Parts of a document."""
_HELP = {"en": re.compile(r"[;:].*|, null.*", re.DOTALL), "zh": re.compile("[；：].*|，null.*|（0 .*|（元）$|（月）$", re.DOTALL)}
_NUMBERED = {"en": r"\b{value} ([^,;]+)", "zh": "[（，]{value} ([^，）]+)"}
_DOCUMENT = re.compile(r"document (\d+)(?:, (.*))?")
_FILE = re.compile(r"(\d+)_[0-9a-f]{8,}, (.*)")
_CHINESE = re.compile(r"\s*[\u3400-\u9fff][\u3400-\u9fff“”]*")


def brief(meaning: Mapping[str, str]) -> Sentence:
    """Return a meaning without what it says to who writes files: which names and numbers stand for what."""
    return Sentence(*(_HELP[language].sub("", meaning[language]).strip() for language in ("en", "zh")))


def choice_words(value: str) -> Sentence:
    """Return what one of a few names is called; one of a package by its name."""
    return CHOICES.get(value, Sentence(value.replace("_", " "), value))


def value_words(leaf: Leaf, named: Mapping[str, str]) -> Sentence:
    """Return the value of a parameter with its unit, as it is said.

    Args:
        leaf: The parameter.
        named: English name → Chinese name, of what the place has.
    """
    value, unit = leaf.value, leaf.unit
    if value is None:
        return Sentence("none", "不设")
    if isinstance(value, bool):
        return Sentence("yes", "是") if value else Sentence("no", "否")
    if isinstance(value, (list, tuple)):
        return Sentence(", ".join(_entry(one, {}) for one in value), "、".join(_entry(one, named) for one in value))
    if isinstance(value, str):
        return choice_words(value)
    if not isinstance(value, (int, float)):
        return Sentence(str(value), str(value))
    if unit in ("tier", "industry"):
        return Sentence(*(_numbered(language, value, leaf.meaning[language]) for language in ("en", "zh")))
    if unit == "share":
        return Sentence(*[_scaled(value, SHARE)] * 2)
    if unit == "1/year":
        return Sentence(f"{_scaled(value, SHARE)} a year", f"每年 {_scaled(value, SHARE)}")
    if unit == YUAN["en"]:
        return Sentence(_scaled(value, money_form(value, "en")), _scaled(value, IN_YI if abs(value) >= YI else money_form(value, "zh")))
    words = by_language(sentence_of(unit_words("" if unit == "-" else unit)))
    return Sentence(*(f"{write_exactly(value)} {words[language]}".rstrip() for language in ("en", "zh")))


YI = 1e8
IN_YI = Form("亿元", 1.0 / YI)
"""An amount by itself is in 亿元 from there on; in tables, amounts stay in the unit of those beside them longer."""


def _scaled(value: float, form: Form) -> str:
    return f"{write_exactly(round(value * form.scale, 9))} {form.unit}"


def _entry(one: Any, named: Mapping[str, str]) -> str:  # noqa: ANN401
    name = str(getattr(one, "name", one))
    return getattr(one, "name_zh", None) or named.get(name, name) if named else name


def _numbered(language: str, value: float, meaning: str) -> str:
    found = re.search(_NUMBERED[language].format(value=int(value)), meaning)
    return found[1].strip() if found else write_exactly(value)


def without_keys(said: Sentence) -> Sentence:
    """Return a note for who reads a page: levers by their names, and nothing of how a file or a command says something else."""
    told = by_language(said)
    return Sentence(*(_plain(language, told[language]) for language in ("en", "zh")))


def _plain(language: str, said: str) -> str:
    kept = "".join(part for part in _SENTENCES.split(said) if "policy.LEVER" not in part).strip()
    labels = {lever.name: lever.label[language] for lever in LEVERS}
    return _LEVER.sub(lambda one: labels.get(one[1], one[0]), kept)


def reported_source(source: str) -> Sentence | None:
    """Return where in which document a reported figure stands; None where the source is written otherwise."""
    found = _DOCUMENT.fullmatch(source)
    if not found:
        return None
    number, part = found[1], found[2] or ""
    said = re.sub(r"answer (\d+)", r"第 \1 问", PARTS.get(part, part))
    return Sentence(source, f"材料 {number}{'，' if said else ''}{said}")


def document_words(document: str) -> Sentence:
    """Return what the document of a programme is, without the name of its file: its number, who wrote it, when."""
    found = _FILE.fullmatch(document)
    if not found:
        return Sentence(document, document)
    number, rest = found[1], found[2]
    chinese = _CHINESE.search(rest)
    english = _CHINESE.sub("", rest).strip(" ,")
    when = _CHINESE.split(rest)[-1].strip(" ,")
    said = f"{chinese[0].strip()}，{_when(when)}" if chinese else rest
    return Sentence(f"document {number}: {english}", f"材料 {number}：{said}")


def _when(when: str) -> str:
    """Return a date of a document in Chinese."""
    said = _DAY.sub(lambda one: f"{one[3]} 年 {MONTHS.index(one[2]) + 1} 月 {one[1]} 日", when)
    said = re.sub(r"\b(\d{4})-(\d{2})\b(?! 年)", r"\1—20\2 年", said)
    said = re.sub(r"about (\d{4})(?! 年)", r"约 \1 年", said)
    said = re.sub(r"posted (.+日)", r"\1发布", said)
    return said.replace("undated", "未注明日期").replace(" (", "（").replace(")", "）").replace(", ", "，")
