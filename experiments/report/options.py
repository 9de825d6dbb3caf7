"""The words of ``yizhan report``: the folder of a result, and keys."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from pydantic import ValidationError

from experiments.shared.errors import MistakeError
from experiments.shared.options import NamedLanguage
from sim.bilingual import Sentence, listed, sentence
from sim.parameters import ParameterGroup, parameter
from sim.readings import plain_signs
from sim.wording import explain_value

FORMATS = ("html", "docx", "pdf")
USUAL = ("html", "docx")
_KEY = re.compile(r"([A-Za-z_]+)=(.*)", re.DOTALL)
USAGE = Sentence(
    "write yizhan report RESULT, where RESULT is the folder of a finished result, such as results/compare/DATE_TIME_NAME",
    "请写 yizhan report 结果目录，即已完成的结果所在目录，如 results/compare/日期_时间_名称",
)


class ReportOptions(ParameterGroup):
    """Keys of the command."""

    result: str = parameter("", unit="-", source="choice", en="folder of a finished result", zh="已完成的结果所在目录")
    format: tuple[str, ...] = parameter(
        USUAL, unit="-", source="choice", en="what the report is written as: html, docx, pdf", zh="报告格式：html、docx、pdf",
    )  # fmt: skip
    language: NamedLanguage = parameter("en", unit="-", source="choice", en="language of the report", zh="报告语言")


def options_of(words: Sequence[str], language: str) -> ReportOptions:
    """Read the words of the command.

    Raises:
        MistakeError: An unknown key or format, a value that is not allowed, no result, or two of them.
    """
    result, given = "", {"language": language}
    for word in words:
        found = _KEY.fullmatch(plain_signs(word) if "\uff1d" in word else word)
        if found and found[1] in ReportOptions.model_fields and found[1] != "result":
            given[found[1]] = found[2]
        elif found and "/" not in found[1]:
            near = difflib.get_close_matches(found[1], ["format", "language"], n=1)
            hint = sentence(" Did you mean {near!r}?", "是否想写“{near}”？", near=near[0]) if near else ""
            raise MistakeError(sentence(
                "unknown key {key!r}.{hint} Keys: format, language.", "键“{key}”不存在。{hint}键有：format、language。", key=found[1], hint=hint,
            ))  # fmt: skip
        elif word.startswith("-"):
            raise MistakeError(sentence("report has no option {word}; {usage}.", "report 没有选项 {word}；{usage}。", word=word, usage=USAGE))
        elif result:
            raise MistakeError(sentence("report takes one result at a time; {usage}.", "report 一次只写一份结果的报告；{usage}。", usage=USAGE))
        else:
            result = word
    if not result:
        raise MistakeError(sentence("no result is named; {usage}.", "未指定结果目录；{usage}。", usage=USAGE))
    try:
        return ReportOptions.model_validate({"result": result, **given, "format": _formats(given.get("format", ",".join(USUAL)))})
    except ValidationError as error:
        detail = error.errors()[0]
        key = str(detail["loc"][0])
        raise MistakeError(sentence("{key}: {why}", "{key}：{why}", key=key, why=explain_value(detail, ReportOptions, []))) from None


def _formats(given: str) -> tuple[str, ...]:
    """Return the formats that are asked for, each once.

    Raises:
        MistakeError: None, or one that there is not.
    """
    names = [name.strip().lower() for name in re.split(r"[,，、]", given.strip("[]() ")) if name.strip()]
    unknown = next((name for name in names if name not in FORMATS), "" if names else given)
    if unknown or not names:
        raise MistakeError(sentence(
            "format={given}: {unknown!r} is no format of a report; allowed are {known}, several with a comma: format=html,docx",
            "format={given}：“{unknown}”不是报告格式；可用 {known}，多个以逗号分隔：format=html,docx",
            given=given, unknown=unknown, known=listed(FORMATS),
        ))  # fmt: skip
    return tuple(dict.fromkeys(names))
