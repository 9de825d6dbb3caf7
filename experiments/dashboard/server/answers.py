"""What goes out: plain JSON in both languages or in one, and errors in one shape."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import numpy as np
from starlette.responses import Response

from sim.bilingual import Sentence, by_language, message_of, sentence

LANGUAGES = ("en", "zh")


class ApiError(Exception):
    """What a request cannot have: what, where, why, and how to mend it.

    Args:
        status: Status of the answer, from 400 to 499, or 503.
        what: What cannot be had.
        why: Why.
        mend: What to do.
        where: The key or field that it is about.
        seconds: Seconds to wait, where waiting helps.
    """

    def __init__(self, status: int, what: Sentence, why: Sentence, mend: Sentence, where: str = "", seconds: int | None = None) -> None:
        super().__init__(what)
        self.status, self.what, self.why, self.mend, self.where, self.seconds = status, what, why, mend, where, seconds


NOT_READ = Sentence("this cannot be simulated", "无法模拟")
MEND = Sentence("Change it and ask again.", "请修改后重试。")


def mistake(error: BaseException, what: Sentence = NOT_READ) -> ApiError:
    """Return a mistake of the user as an error of the API.

    Args:
        error: The mistake.
        what: What cannot be had for it.
    """
    return ApiError(422, what, message_of(error), MEND, getattr(error, "where", ""))


def refuse_missing(name: Sentence | str, library: str, extra: str) -> None:
    """Refuse a file that is written or read by a library which is not installed on the server.

    Args:
        name: What the file is called.
        library: The library, as it is imported.
        extra: The extra that brings it.

    Raises:
        ApiError: It is not installed.
    """
    if find_spec(library) is None:
        raise refused(
            503, '{name} needs a library that is not installed here: pip install "yizhan[{extra}]"',
            '{name} 所需的程序库未安装：pip install "yizhan[{extra}]"', "Ask who runs the server, or take another file.",
            "请联系服务器管理者，或选择其他文件。", str(name), name=name, extra=extra,
        )  # fmt: skip


def full(error: BaseException) -> ApiError:
    """Return the error about what cannot be saved beside all that was named."""
    return ApiError(
        409, Sentence("nothing more can be saved", "无法再保存"), message_of(error),
        Sentence("Delete one that is saved, then save again.", "请先删除一个已保存的结果，再保存。"),
    )  # fmt: skip


def unkept(error: BaseException) -> ApiError:
    """Return the error about what is kept, which cannot be read or written: no mistake of who asks."""
    return ApiError(
        503, Sentence("what is kept cannot be reached", "无法读写已保存的内容"), message_of(error),
        Sentence("Tell who runs the server.", "请告知服务器管理者。"),
    )  # fmt: skip


def refused(status: int, en: str, zh: str, mend_en: str, mend_zh: str, where: str = "", **parts: object) -> ApiError:
    """Return an error whose reason is a pattern."""
    what = Sentence("the request cannot be answered", "无法处理此请求")
    return ApiError(status, what, sentence(en, zh, **parts), Sentence(mend_en, mend_zh), where)


def not_found(what: Sentence) -> ApiError:
    """Return the error about something that is not there."""
    return refused(
        404, "there is no such {what}", "没有{what}", "Look at the list, or make it again.", "请查看列表，或重新生成。", what=what,
    )  # fmt: skip


def plain(value: Any) -> Any:  # noqa: ANN401
    """Return a value as JSON can say it: sentences by language, no number that is none."""
    if isinstance(value, Sentence):
        return by_language(value)
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(inner) for inner in value]
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    return str(value)


def in_one_language(value: Any, language: str) -> Any:  # noqa: ANN401
    """Return plain data with every text in one language."""
    if isinstance(value, dict):
        if value.keys() == {"en", "zh"}:
            return value[language]
        return {key: in_one_language(inner, language) for key, inner in value.items()}
    return [in_one_language(inner, language) for inner in value] if isinstance(value, list) else value


def as_json(value: Any, language: str | None = None) -> bytes:  # noqa: ANN401
    """Write an answer."""
    found = plain(value)
    found = in_one_language(found, language) if language else found
    return json.dumps(found, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")


def answer(value: Any, language: str | None = None, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:  # noqa: ANN401
    """Return an answer of JSON."""
    return Response(as_json(value, language), status, dict(headers or {}), "application/json")


def error_content(error: ApiError) -> dict[str, Any]:
    """Return an error in the one shape that all errors have."""
    whole = sentence("{what}: {why}. {mend}", "{what}：{why}。{mend}", what=error.what, why=_bare(error.why), mend=error.mend)
    content = {"what": error.what, "where": error.where, "why": error.why, "mend": error.mend, **by_language(whole)}
    return {"error": content | ({"seconds": error.seconds} if error.seconds is not None else {})}


def error_answer(error: ApiError, language: str | None = None) -> Response:
    """Return an error as an answer."""
    content = error_content(error)
    if language:
        content["error"] |= {key: in_one_language(plain(content["error"][key]), language) for key in ("what", "why", "mend")}
    return answer(content, None, error.status, {"Retry-After": str(error.seconds)} if error.seconds is not None else None)


def _bare(text: Sentence) -> Sentence:
    return Sentence(str(text).rstrip(". "), text.zh.rstrip("。 "))
