"""A draft: what a planner has chosen on the page, the whole of it. It stands in the address; the same draft gives the same numbers anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import ValidationError, field_validator

from experiments.shared.errors import MistakeError
from sim.behaviour_set import DEFAULT_BEHAVIOUR
from sim.bilingual import Sentence, sentence
from sim.parameters import ParameterGroup, parameter
from sim.wording import explain_value

MOST_VARIANTS, MOST_CHANGES, MOST_REPLICATES = 3, 400, 200
"""Variants beside the main one, changes of a draft and pairs of worlds: more is a matter for the command line."""
LONGEST_KEY, LONGEST_TEXT, LONGEST_LIST, DEEPEST = 120, 400, 200, 4
"""Letters of a key and of a text, entries of a list, lists and tables inside one another."""
ROOTS = ("policy", "population", "region", "opening", "exams", "market", "behaviour")
"""Groups of which a draft changes keys."""
WHOLE = ("start", "days")
"""Keys that stand in no group."""
NOT_HERE = ("population.people_sha256", "market.posts", "market.posts_sha256")
"""Keys that only files and the program itself set: a file of this machine is named by nobody on a page."""
PEOPLE, LEDGER = "population.people", "ledger:"
"""Key of known persons, and how a draft names those of a ledger that was read here."""
Changes = dict[str, Any]
"""Dotted key → value."""
NO_TABLE = Sentence('a draft is a table of keys, such as {"programme": "zibo"}', '草稿应为一组键，如 {"programme": "zibo"}')
_CHOICE = "choice"
_HANDLE = re.compile(r"ledger:[A-Za-z0-9_-]{8,64}")
_HALF = re.compile("[\ud800-\udfff]")
_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_]+)*")


class DraftError(MistakeError):
    """A draft that says nothing that can be simulated.

    Args:
        message: What, why, and how to mend it.
        where: The key that is wrong.
    """

    def __init__(self, message: Sentence, where: str) -> None:
        super().__init__(message)
        self.where = where


def _checked(changes: Mapping[str, Any]) -> Changes:
    """Return changes with whole numbers written as such.

    Raises:
        ValueError: A key that a draft may not set, or a value that is no plain one.
    """
    if len(changes) > MOST_CHANGES:
        raise ValueError(sentence(
            "{count} changes are too many for the page; at most {most}: put them into a programme file",
            "改动 {count} 处，超过页面上限 {most}；请写成项目文件", count=len(changes), most=MOST_CHANGES,
        ))  # fmt: skip
    for key, value in changes.items():
        refuse_key(key)
        if key == PEOPLE and not (isinstance(value, str) and _HANDLE.fullmatch(value)):
            raise ValueError(sentence(
                "{key} names a ledger that was read here ({ledger}…), not a file; read the ledger in on the page",
                "{key} 只能指在本页导入的台账（{ledger}…），不能写文件名；请在页面上导入台账", key=key, ledger=LEDGER,
            ))  # fmt: skip
    return {key: _plain(key, changes[key]) for key in sorted(changes)}


def refuse_key(key: str) -> None:
    """Refuse a key that a draft may not set; whether there is such a key is found out where it is set.

    Raises:
        ValueError: With the keys that it may.
    """
    root = key.partition(".")[0]
    allowed = key in WHOLE or (root in ROOTS and root != key)
    if not allowed or key in NOT_HERE or len(key) > LONGEST_KEY or not _KEY.fullmatch(key):
        raise ValueError(sentence(
            "{key!r} cannot be set on the page; it sets {groups} and {whole}: write for example policy.lodging.free_nights",
            "页面上不能设置“{key}”；可设置 {groups} 与 {whole}，例如 policy.lodging.free_nights",
            key=key[:LONGEST_KEY], groups=", ".join(f"{group}.…" for group in ROOTS), whole=", ".join(WHOLE),
        ))  # fmt: skip


def _plain(key: str, value: Any, depth: int = 0) -> Any:  # noqa: ANN401
    """Return a value with whole numbers written as such; refuse what is no plain value, or stands for another."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str) and len(value) <= LONGEST_TEXT and "${" not in value and value.strip() != "???" and not _HALF.search(value):
        return value
    if isinstance(value, list) and len(value) <= LONGEST_LIST and depth < DEEPEST:
        return [_plain(key, one, depth + 1) for one in value]
    if isinstance(value, dict) and 0 < depth < DEEPEST and all(isinstance(name, str) and _KEY.fullmatch(name) for name in value):
        return {name: _plain(key, one, depth + 1) for name, one in value.items()}
    raise ValueError(sentence(
        "{key}: write a number, true or false, null, a short text, or a list of these",
        "{key}：请写数字、true 或 false、null、短文字，或由它们组成的列表", key=key,
    ))  # fmt: skip


class DraftVariant(ParameterGroup):
    """One more variant, beside the main one."""

    label: str = parameter(..., unit="-", source=_CHOICE, en="what it is called", zh="方案名称")
    changes: dict[str, Any] = parameter({}, unit="-", source=_CHOICE, en="what it changes in the main one: key → value", zh="对主方案的改动：键 → 值")

    @field_validator("label")
    @classmethod
    def _short(cls, label: str) -> str:
        label = label.strip()
        if not 0 < len(label) <= LONGEST_KEY or "${" in label or "\n" in label:
            raise ValueError(sentence("write a name of 1 to {most} letters", "请写 1 至 {most} 个字的名称", most=LONGEST_KEY))
        return label

    @field_validator("changes")
    @classmethod
    def _plain_changes(cls, changes: Changes) -> Changes:
        return _checked(changes)


class Draft(ParameterGroup):
    """The whole of what was chosen."""

    programme: str = parameter("zibo", unit="-", source=_CHOICE, en="name of the programme", zh="项目")
    county: dict[str, Any] | None = parameter(
        None, unit="-", source=_CHOICE, en="a place of one's own, as its form was filled in", zh="自己的地方（表单）",
    )  # fmt: skip
    changes: dict[str, Any] = parameter({}, unit="-", source=_CHOICE, en="what is changed: key → value", zh="改动：键 → 值")
    variants: tuple[DraftVariant, ...] = parameter((), unit="-", source=_CHOICE, en="more variants", zh="其他方案")
    against: Literal["none", "programme"] = parameter(
        "none", unit="-", source=_CHOICE, en="what it is compared with: none, or the programme as it is", zh="对照：没有方案，或现行方案",
    )  # fmt: skip
    replicates: int = parameter(20, unit="-", low=1, high=MOST_REPLICATES, source=_CHOICE, en="pairs of worlds", zh="模拟对数")
    seed: int = parameter(1, unit="-", low=0, high=2**32 - 1, source=_CHOICE, en="seed of every draw", zh="随机种子")
    budget: int | None = parameter(
        None, unit="CNY", low=0, high=10**13, source=_CHOICE, en="budget that spending is held against", zh="与支出对照的预算",
    )  # fmt: skip
    behaviour: Literal["calibrated", "evidence"] = parameter(
        DEFAULT_BEHAVIOUR, unit="-", source=_CHOICE, en="set of behaviours", zh="行为参数集",
    )  # fmt: skip

    @field_validator("changes")
    @classmethod
    def _plain_changes(cls, changes: Changes) -> Changes:
        return _checked(changes)

    @field_validator("variants")
    @classmethod
    def _few(cls, variants: tuple[DraftVariant, ...]) -> tuple[DraftVariant, ...]:
        if len(variants) > MOST_VARIANTS:
            raise ValueError(sentence("at most {most} variants stand beside the main one", "除主方案外最多 {most} 个方案", most=MOST_VARIANTS))
        return variants

    def canonical(self) -> str:
        """Return the draft as JSON with sorted keys and without what is as usual: as it stands in the address."""
        content = {name: value for name, value in self.model_dump(mode="json").items() if value != Draft.model_fields[name].default and value != []}
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


Faults = list[tuple[Sentence, str]]
"""What is wrong, and with which key."""


def read_draft(content: object) -> tuple[Draft | None, Faults]:
    """Read a draft as the page sends it.

    Returns:
        The draft, None where it is none; and what is wrong, with which key.
    """
    if not isinstance(content, dict):
        return None, [(NO_TABLE, "")]
    try:
        return Draft.model_validate(content), []
    except ValidationError as error:
        found = []
        for detail in error.errors():
            message, where = explain_value(detail, Draft, []), ".".join(map(str, detail["loc"]))
            inside = detail["input"] if where.endswith("changes") and isinstance(detail["input"], dict) else {}
            found.append((message, next((str(key) for key in inside if str(key) in message), where)))
        return None, found
    except RecursionError:
        return None, [(Sentence("the draft holds too many tables inside one another", "草稿嵌套过深"), "")]


def draft_of(content: object) -> Draft:
    """Read a draft.

    Raises:
        DraftError: It is none.
    """
    draft, wrong = read_draft(content)
    if draft is None:
        raise DraftError(*wrong[0])
    return draft
