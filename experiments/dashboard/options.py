"""The words of ``yizhan dashboard``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from pydantic import ValidationError

from experiments.shared.errors import MistakeError
from experiments.shared.options import NamedLanguage
from sim.bilingual import Sentence, listed, sentence
from sim.parameters import ParameterGroup, parameter

_CHOICE = "choice"
LOOPBACK = "127.0.0.1"
PORT = 8217
"""Where the page is by default."""
OWN_HOSTS = (LOOPBACK, "localhost", "::1")
"""Names of this machine for itself: nobody else reaches what listens there."""
SHORTEST_TOKEN = 16
"""Letters below which a token can be guessed."""
FOLDER_FLAGS = ("--config-dir", "-cd")
_KEY = re.compile(r"([A-Za-z_]+)=(.*)", re.DOTALL)


class DashboardOptions(ParameterGroup):
    """Keys of ``yizhan dashboard``."""

    port: int | None = parameter(
        None, unit="-", low=1, high=65_535, source=_CHOICE, en=f"port of the page; null: {PORT}, or the next that is free",
        zh=f"页面端口，null 为 {PORT}，被占用则取其后空闲的端口",
    )  # fmt: skip
    host: str = parameter(
        LOOPBACK, unit="-", source=_CHOICE, en="address that is listened at; any but this machine's own needs a token",
        zh="监听地址；除本机地址外均须设置 token",
    )  # fmt: skip
    token: str | None = parameter(
        None, unit="-", source=_CHOICE, en="password that everybody who uses the API has to give; null: none, on this machine alone",
        zh="使用接口须提供的口令，null 为不需要（仅限本机）",
    )  # fmt: skip
    folder: str | None = parameter(
        None, unit="-", source=_CHOICE, en="folder of what is kept; null: that of the user's data", zh="保存结果的目录，null 为用户数据目录",
    )  # fmt: skip
    workers: int | None = parameter(
        None, unit="-", low=1, high=4096, source=_CHOICE, en="worlds that are simulated at a time; null: one a core",
        zh="同时模拟的世界数，null 为每核一个",
    )  # fmt: skip
    language: NamedLanguage = parameter("en", unit="-", source=_CHOICE, en="language of what the command says", zh="命令所用的语言")
    queue: int = parameter(64, unit="runs", low=1, high=10_000, source=_CHOICE, en="runs that may wait", zh="排队任务数上限")
    queue_each: int = parameter(
        4, unit="runs", low=1, high=10_000, source=_CHOICE, en="runs of one page that may wait", zh="每个页面的排队任务数上限",
    )  # fmt: skip
    most_people: int = parameter(
        1_000_000, unit="persons", low=100, high=10_000_000, source=_CHOICE, en="young people of one run", zh="单次任务的青年人数上限",
    )  # fmt: skip
    most_replicates: int = parameter(200, unit="-", low=1, high=100_000, source=_CHOICE, en="replicates of one run", zh="单次任务的模拟次数上限")
    most_person_days: float = parameter(
        2e10, unit="person-days", low=1e4, high=1e15, source=_CHOICE, en="people times days times worlds times replicates of one run",
        zh="单次任务的人数×天数×世界数×次数上限",
    )  # fmt: skip
    most_memory: float = parameter(
        4.0, unit="GB", low=0.1, high=10_000, source=_CHOICE, en="memory of the worlds that are simulated at a time", zh="同时模拟的世界所占内存上限",
    )  # fmt: skip
    most_kept: int = parameter(
        500, unit="runs", low=1, high=1_000_000, source=_CHOICE, en="finished runs that are kept without having been saved; the oldest go first",
        zh="未命名保存的已完成任务的保留数，超出时先删最早的",
    )  # fmt: skip
    most_saved: int = parameter(
        200, unit="runs", low=1, high=1_000_000, source=_CHOICE, en="results that are saved; the oldest that nobody gave a name go first",
        zh="已保存结果的上限，超出时先删最早且未起名的",
    )  # fmt: skip
    most_disk: float = parameter(
        5000.0, unit="MB", low=10, high=1e9, source=_CHOICE, en="size of all that is kept; what nobody gave a name goes first, the oldest first",
        zh="保存目录的大小上限，超出时先删最早且未起名的",
    )  # fmt: skip
    most_in_memory: int = parameter(48, unit="runs", low=1, high=100_000, source=_CHOICE, en="finished runs that are held in memory",
    zh="内存中保留的已完成任务数")
    most_worlds: float = parameter(
        200.0, unit="MB", low=0, high=1e6, source=_CHOICE, en="size of what lived worlds have left, in memory, for runs that need the same ones",
        zh="内存中保留的已模拟世界的大小上限，供需要相同世界的任务使用",
    )  # fmt: skip
    most_upload: float = parameter(10.0, unit="MB", low=0.01, high=1000, source=_CHOICE, en="size of a file that is sent", zh="上传文件大小上限")
    most_body: float = parameter(1.0, unit="MB", low=0.01, high=100, source=_CHOICE, en="size of any other request", zh="其他请求大小上限")
    most_requests: int = parameter(
        3000, unit="per minute", low=10, high=10_000_000, source=_CHOICE, en="requests of one address", zh="每个地址每分钟的请求数上限",
    )  # fmt: skip


def options_of(words: Sequence[str], language: str) -> DashboardOptions:
    """Read the words of the command.

    Raises:
        MistakeError: An unknown key, or a value that is not allowed.
    """
    given: dict[str, object] = {"language": language}
    known = list(DashboardOptions.model_fields)
    for word in words:
        found = _KEY.fullmatch(word.replace("\uff1d", "=", 1))
        if not found or found[1] not in known:
            name = found[1] if found else word
            near = difflib.get_close_matches(name, known, n=1)
            hint = sentence(" Did you mean {near!r}?", "是否想写“{near}”？", near=near[0]) if near else ""
            raise MistakeError(sentence(
                "dashboard does not know {name!r}.{hint} Keys: {known}; write KEY=VALUE, for example port=8300.",
                "dashboard 没有“{name}”。{hint}键有：{known}；请写 键=值，例如 port=8300。", name=name, hint=hint, known=listed(known),
            ))  # fmt: skip
        value = found[2].strip("'\"")
        given[found[1]] = None if value in ("null", "") else value
    try:
        return DashboardOptions.model_validate(given)
    except ValidationError as error:
        from sim.wording import explain_value  # which loads the levers, and the page is to be there before

        raise MistakeError(explain_value(error.errors()[0], DashboardOptions, [])) from None


def without_folders(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tell the folders of own configuration (``--config-dir``) from the other words."""
    keys: list[str] = []
    folders: list[str] = []
    rest = list(words)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name in FOLDER_FLAGS:
            folders.append(value if equals else rest.pop(0) if rest else "")
        else:
            keys.append(f"{name}{equals}{value}")
    if "" in folders:
        raise MistakeError(Sentence("--config-dir names no folder; write --config-dir=FOLDER", "--config-dir 未指定目录；请写 --config-dir=目录"))
    return keys, folders
