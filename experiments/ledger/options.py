"""The words of ``yizhan import``: a ledger, and keys."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Sequence
from typing import Literal

from pydantic import Field, ValidationError

from experiments.shared.errors import MistakeError
from experiments.shared.options import NamedLanguage
from sim.bilingual import Sentence, sentence
from sim.elsewhere import date_in
from sim.parameters import ParameterGroup, parameter, told
from sim.readings import plain_signs
from sim.wording import explain_value

_CHOICE = "choice"
_KEY = re.compile(r"([a-z_]+)=(.*)", re.DOTALL)
USAGE = Sentence(
    "write yizhan import LEDGER.xlsx, with place=NAME for the place it is of; yizhan import template=ledger.xlsx writes an empty one",
    "请写 yizhan import 台账.xlsx，并用 place=名称 说明是哪里的台账；yizhan import template=ledger.xlsx 生成空白模板",
)


class ImportOptions(ParameterGroup):
    """Keys of the command."""

    ledger: str | None = parameter(None, unit="-", source=_CHOICE, en="the ledger: XLSX, XLS, ODS or CSV", zh="台账：XLSX、XLS、ODS 或 CSV")
    posts: str | None = parameter(None, unit="-", source=_CHOICE, en="list of employers' posts, of the same kinds", zh="用人单位岗位表，格式同上")
    template: str | None = parameter(None, unit="-", source=_CHOICE, en="empty ledger to write, an .xlsx", zh="要写出的空白台账（.xlsx）")
    gains: str | None = parameter(None, unit="-", source=_CHOICE, en="result of yizhan compare with population.people=FILE and save_people=true: who would gain, by group", zh="yizhan compare 在 population.people=文件 与 save_people=true 下的结果：谁会受益（分组）")
    persons: bool = parameter(default=False, unit="-", source=_CHOICE, en="with gains= and the ledger with its key: by person, too", zh="与 gains=、台账及其密钥同用：也按个人列出")
    place: str = parameter("default", unit="-", source=_CHOICE, en="place of the ledger: its districts and campuses", zh="台账所属地方（其区县与高校）")
    date: str | None = parameter(None, unit="-", source=_CHOICE, en="day on which the ledger was true; null: as its title says, else today", zh="台账日期，null 为依据标题，否则为今天")
    total: int | None = parameter(None, unit="persons", low=1, high=20_000_000, source=_CHOICE, en="persons that the ledger stands for", zh="台账所代表的总人数")
    posts_total: int | None = parameter(None, unit="posts", low=1, high=5_000_000, source=_CHOICE, en="posts that the list of posts stands for", zh="岗位表所代表的总岗位数")
    mapping: str | None = parameter(None, unit="-", source=_CHOICE, en="file that says what other headings and words mean", zh="说明其他表头与用词含义的文件")
    key: str | None = parameter(None, unit="-", source=_CHOICE, en="file of the key of identifiers; null: one in the user's settings", zh="编号所用密钥文件，null 为用户设置目录中的文件")
    format: Literal["parquet", "csv"] = parameter("parquet", unit="-", source=_CHOICE, en="format of the persons", zh="人员文件的格式")
    output: str | None = Field(
        default=None, min_length=1, description="folder of the result; null: results/import/DATE_TIME_ledger",
        json_schema_extra=told("结果目录，null 为 results/import/日期_时间_ledger"),
    )  # fmt: skip
    language: NamedLanguage = parameter("en", unit="-", source=_CHOICE, en="language of the report", zh="报告语言")

    @property
    def day(self) -> dt.date | None:
        """The day of the ledger, where it is given."""
        return date_in(self.date)


def options_of(words: Sequence[str], language: str) -> ImportOptions:
    """Read the words of the command. What is no key is never repeated but for the file itself.

    Raises:
        MistakeError: An unknown key, a value that is not allowed, two ledgers, or nothing to do.
    """
    given: dict[str, str] = {"language": language}
    for word in words:
        found = _KEY.fullmatch(plain_signs(word) if "\uff1d" in word else word)
        if found and (found[1] in ImportOptions.model_fields and found[1] != "ledger"):
            given[found[1]] = found[2]
        elif found and "/" not in found[1] and "." not in word.partition("=")[0]:
            near = difflib.get_close_matches(found[1], ImportOptions.model_fields, n=1)
            hint = sentence(" Did you mean {near!r}?", "是否想写“{near}”？", near=near[0]) if near else ""
            raise MistakeError(sentence("unknown key {key!r}.{hint} Keys: {keys}.", "键“{key}”不存在。{hint}键有：{keys}。",
                                        key=found[1], hint=hint, keys=", ".join(list(ImportOptions.model_fields)[1:])))  # fmt: skip
        elif word.startswith("-"):
            raise MistakeError(sentence("import has no option {word}; {usage}.", "import 没有选项 {word}；{usage}。", word=word, usage=USAGE))
        elif "ledger" in given:
            raise MistakeError(sentence("import takes one ledger at a time; {usage}.", "import 一次只读一份台账；{usage}。", usage=USAGE))
        else:
            given["ledger"] = word
    try:
        options = ImportOptions.model_validate({key: value for key, value in given.items() if value != "null"})
    except ValidationError as error:
        known = list(ImportOptions.model_fields)
        raise MistakeError(explain_value(error.errors()[0], ImportOptions, known)) from None
    if options.persons and not (options.gains and options.ledger):
        raise MistakeError(sentence(
            "persons=true needs gains=RESULT and the ledger itself, with its key: it is for who holds it",
            "persons=true 须同时给出 gains=结果目录 与台账本身（及其密钥）：仅供台账持有者使用",
        ))  # fmt: skip
    if not options.ledger and not options.posts and not options.template and not options.gains:
        raise MistakeError(sentence("nothing to import: {usage}.", "没有要导入的内容：{usage}。", usage=USAGE))
    if options.date is not None and options.day is None:
        raise MistakeError(sentence("date={given}: no day such as 2024-06-30", "date={given}：应为 2024-06-30 这样的日期", given=options.date))
    return options
