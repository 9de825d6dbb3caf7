"""Opening a result that was saved elsewhere: the JSON that this page writes, or the folder of a result as a ZIP. Nothing in it is trusted."""

from __future__ import annotations

import io
import json
import re
import stat
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from experiments.dashboard.server.answers import ApiError
from experiments.dashboard.server.shape import fault_of
from experiments.shared.errors import MistakeError
from sim.bilingual import STEERING, Sentence, sentence
from sim.errors import ConfigurationError

if TYPE_CHECKING:
    from experiments.dashboard.content.asking import Asked
    from experiments.dashboard.content.drafts import Draft

MOST_MEMBERS, MOST_BYTES, MOST_RATIO = 500, 60_000_000, 200
"""Files of a ZIP, bytes when unpacked, and how many times as large it may become."""
DEEPEST, MOST_NODES, LONGEST_TEXT = 24, 400_000, 20_000
"""Tables within tables, values, and letters of a text that a result may hold."""
RESULT = "result.json"
COMMAND, PROVENANCE, CONFIGURATION = "compare", "provenance.json", "config.yaml"
NEEDED = (CONFIGURATION, PROVENANCE, "comparison.json", "summary.json")
"""Files of a result that have to be there."""
DAYS = "series.parquet"
"""File of its days, where it has them."""
LONGEST_WORD, DEEPEST_WORD = 8_000, 8
"""Letters and open brackets of a word of a command: the parser takes seconds for more, in which nobody else can ask."""
MOST_SETTINGS = 1_000_000
"""Letters of the settings of a result."""
SETS = "behaviour"
_WORD = re.compile(r"([\w.]+)=(.*)", re.DOTALL)
_NAMED = re.compile(r"change\.(?:(\w+)\.)?((?:policy|population|region|opening|exams|market|behaviour)\..+|start|days)")
BY_NAME = ("programme", "behaviour", "replicates", "seed", "against")
NO_MATTER = ("figures", "language", "output", "workers", "scheduler", "comparison")


def opened(content: bytes) -> tuple[Draft, dict[str, Any]]:
    """Read what somebody wants to open.

    Returns:
        Its draft, and what the page shows of it.

    Raises:
        ApiError: It is no result, or more than one may open.
        MistakeError: It is one that this version cannot read.
    """
    if content[:4] == b"PK\x03\x04":
        return _of_zip(content)
    return _of_json(content)


def unreadable(why: Sentence) -> ApiError:
    """Return the error about a file that is no result."""
    mend = Sentence(
        "Open the result.json that the page wrote, or the folder of a result of yizhan compare as a ZIP.",
        "请打开本页保存的 result.json，或 yizhan compare 结果目录的 ZIP。",
    )
    return ApiError(422, Sentence("the file cannot be opened", "无法打开文件"), why, mend, "file")


def _of_json(content: bytes) -> tuple[Draft, dict[str, Any]]:
    """Read the JSON of a result."""
    from experiments.dashboard.content.asking import ask
    from experiments.dashboard.content.drafts import PEOPLE, draft_of

    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise unreadable(Sentence("it is neither JSON nor a ZIP", "它既不是 JSON 也不是 ZIP")) from None
    if not isinstance(found, dict) or not isinstance(found.get("result"), dict):
        raise unreadable(Sentence("it holds no result", "其中没有结果"))
    _refuse_strange(found)
    result = found["result"]
    if (where := fault_of(result)) is not None:
        raise unreadable(sentence("its result is not as this page writes it, at {where}", "其中的结果与本页所写的不同，在 {where} 处", where=where))
    draft = draft_of(found.get("draft"))
    ask(draft.model_copy(update={"changes": {key: value for key, value in draft.changes.items() if key != PEOPLE}}))  # whose ledger is elsewhere
    return draft, result


def _no_number(_text: str) -> None:
    return None


def _refuse_strange(content: Any) -> None:  # noqa: ANN401
    """Refuse what no page has written: too deep, too much, signs that are not seen."""
    level, count = [content], 0
    for _ in range(DEEPEST):
        below: list[Any] = []
        for value in level:
            count += 1
            texts = [*value] if isinstance(value, dict) else [value]
            if any(isinstance(text, str) and _is_strange(text) for text in texts):
                raise unreadable(Sentence("a text in it holds signs that are not seen, or is too long", "其中的文字含有不可见的控制字符，或过长"))
            below += [*value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
        if count > MOST_NODES:
            break
        if not below:
            return
        level = below
    raise unreadable(Sentence("it is too large or too deep", "内容过大或层次过深"))


def _is_strange(text: str) -> bool:
    return len(text) > LONGEST_TEXT or STEERING.search(text) is not None or any("\ud800" <= letter <= "\udfff" for letter in text)


def _of_zip(content: bytes) -> tuple[Draft, dict[str, Any]]:
    """Read the folder of a result: what the page saved beside it, else its own files, of which some are unpacked for a moment."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = _members(archive)
            if RESULT in members:
                return _of_json(_read(archive, members[RESULT]))
            missing = next((name for name in NEEDED if name not in members), "")
            if missing:
                raise unreadable(sentence("there is no {name} in it", "其中没有 {name}", name=missing))
            files = {name: _read(archive, info) for name, info in members.items() if name in (*NEEDED, DAYS) or _is_set(name, info)}
            provenance = json.loads(files[PROVENANCE])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, RecursionError):
        raise unreadable(Sentence("the ZIP is damaged, or is locked", "ZIP 已损坏或已加密")) from None
    words = provenance.get("words") if isinstance(provenance, dict) else None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words) or provenance.get("verb") != COMMAND:
        raise unreadable(Sentence("it is no result of yizhan compare", "它不是 yizhan compare 的结果"))
    _refuse_strange(provenance)
    _refuse_settings(files[CONFIGURATION])
    draft = draft_of_words(words)
    return draft, _shown(draft, files)


def _is_set(name: str, info: zipfile.ZipInfo) -> bool:
    return name.endswith(".yaml") and PurePosixPath(info.filename).parent.name == SETS


def _refuse_settings(content: bytes) -> None:
    """Refuse settings that name files, or that say more than they hold.

    Raises:
        ApiError: They do.
    """
    import yaml

    try:
        text = content.decode("utf-8")
        if len(text) > MOST_SETTINGS or any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise unreadable(Sentence("its settings are larger than those of a result", "其中的设置超出正常大小"))
        settings = yaml.safe_load(text)
        named = [settings["population"].get("people"), settings["population"].get("people_sha256"),
                 *(settings["market"].get(key) for key in ("posts", "posts_sha256"))]
        of_set = str(settings["behaviour_set"]["name"])
    except (yaml.YAMLError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise unreadable(sentence("{name} cannot be read", "无法读取 {name}", name=CONFIGURATION)) from None
    if any(named) or not re.fullmatch(r"\w[\w-]*", of_set):
        raise unreadable(Sentence("its settings name files of another machine", "其中的设置引用了其他机器上的文件"))


def _shown(draft: Draft, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what the page shows of the files of a result.

    Raises:
        ApiError: They are not as they are written.
    """
    from experiments.dashboard.content.asking import ask

    asked = ask(draft)
    try:
        return _rebuilt(asked, files)
    except (MistakeError, ConfigurationError, ValueError, LookupError, TypeError, AttributeError, StopIteration, RuntimeError, RecursionError):
        raise unreadable(Sentence(
            "its files are not as yizhan compare of this version writes them; make the result again with the command in its provenance.json",
            "其中的文件与本版本 yizhan compare 所写的不同；请用其 provenance.json 中的命令重新运行",
        )) from None  # fmt: skip


def _rebuilt(asked: Asked, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what the page shows of a folder with these files, with its days and groups where it has them."""
    from experiments.dashboard.content.answer import answer_of
    from experiments.dashboard.content.reopened import with_days, with_groups
    from experiments.report.rebuilt import comparison_of, worlds_of
    from experiments.report.saved import opened as folder_opened

    with tempfile.TemporaryDirectory(prefix="yizhan-") as name:
        folder = Path(name)
        (folder / SETS).mkdir()
        for file, held in files.items():
            (folder / (file if file in (*NEEDED, DAYS) else f"{SETS}/{file}")).write_bytes(held)
        with folder_opened(name) as saved:
            content = saved.json("comparison.json")
            found = with_groups(comparison_of(saved, worlds_of(saved)), content)
            found = with_days(found, files[DAYS], content["baseline"]) if DAYS in files else found
            return dict(answer_of(asked, found))


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the files of a ZIP by their names within its one folder.

    Raises:
        ApiError: Links, paths that lead elsewhere, or too much.
    """
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > MOST_BYTES:
        raise unreadable(Sentence("unpacked it is larger than this server allows", "解压后超过本服务器的上限"))
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", info.filename) or stat.S_ISLNK(info.external_attr >> 16):
            raise unreadable(Sentence("it holds a link, or a path that leads elsewhere", "其中有链接，或指向别处的路径"))
        if info.compress_size and info.file_size > MOST_RATIO * info.compress_size + 1_000_000:
            raise unreadable(Sentence("unpacked it is larger than this server allows", "解压后超过本服务器的上限"))
        if not info.is_dir():
            found.setdefault(path.name, info)
    return found


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Read a file of a ZIP, and no more than it says of itself."""
    with archive.open(info) as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > min(MOST_BYTES, info.file_size):
        raise unreadable(Sentence("unpacked it is larger than this server allows", "解压后超过本服务器的上限"))
    return content


def draft_of_words(words: Sequence[str]) -> Draft:
    """Return the draft that the words of ``yizhan compare`` say.

    Raises:
        ApiError: They say what no draft says.
    """
    from experiments.dashboard.content.drafts import draft_of

    content: dict[str, Any] = {"changes": {}}
    variants: dict[str, dict[str, Any]] = {}
    for word in words:
        key, value = _WORD.fullmatch(word).groups() if _WORD.fullmatch(word) else ("", "")  # type: ignore[union-attr]
        changed = _NAMED.fullmatch(key)
        if changed:
            variants.setdefault(changed[1] or "", {})[changed[2]] = _value(value)
        elif key in BY_NAME:
            content[key] = _value(value)
        elif key and key.partition(".")[0] not in NO_MATTER:
            content["changes"][key] = _value(value)
        elif not key or (key == "comparison" and value != "programme"):
            raise unreadable(sentence("its command says what a page cannot: {word}", "其命令含有页面不支持的内容：{word}", word=word[:80]))
    if variants and "against" not in content and "comparison=programme" not in words:
        content["against"] = "programme"
        content["changes"] |= variants.pop("", {})
    content["variants"] = [{"label": name, "changes": changes} for name, changes in variants.items()]
    return draft_of(content)


def _value(text: str) -> Any:  # noqa: ANN401
    """Return the value of a word as Hydra's grammar reads it."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    if len(text) > LONGEST_WORD or _depth(text) > DEEPEST_WORD:
        raise unreadable(Sentence("a word of its command is too long or too deep", "其命令中有过长或嵌套过深的内容"))
    try:
        value = OverridesParser.create().parse_override(f"key={text}").value()
    except HydraException:
        raise unreadable(Sentence("a word of its command cannot be read", "其命令中有无法读取的内容")) from None
    return _plain(value)


def _depth(text: str) -> int:
    """Return how many brackets are open at once."""
    open_now = (letter in "[{(" for letter in text), (letter in "]})" for letter in text)
    return max(accumulate((opens - closes for opens, closes in zip(*open_now, strict=True)), initial=0))


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)

