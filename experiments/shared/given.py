"""The words of a command as people write them, made into what Hydra's grammar reads; what would mean something else is refused here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from experiments.shared.errors import MistakeError
from sim.bilingual import Sentence, sentence
from sim.composing import OPEN, choose
from sim.errors import ConfigurationError
from sim.own_file import FOLDERS, PACKAGES, SETS
from sim.own_files import FLAG, Own, find_own
from sim.readings import Fields, Kind, annotation_at, kind_of, plain_signs, read_value
from sim.wording import KIND_WORDS, did_you_mean
from sim.yaml_files import ENDINGS

LONG = {
    "-h": "--help", "-c": "--cfg", "-p": "--package", "-r": "--run", "-m": "--multirun", "-sc": "--shell-completion", "-i": "--info",
    "-cd": "--config-dir", "-cp": "--config-path", "-cn": "--config-name",
}  # fmt: skip
"""Short options of Hydra."""
WITH_VALUE = ("--cfg", "--package", "--info", "--config-dir", "--config-path", "--config-name", "--experimental-rerun")
"""Options that a value may follow."""
FUNCTION = re.compile(r"(glob|choice|range|interval|sort|shuffle|tag|int|float|str|bool)[(\uff08]")
"""How a function of Hydra's grammar begins."""
GROUPED = re.compile(r"[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


def options_and_overrides(words: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Divide words into options, each with its value, and overrides, in whatever order they stand."""
    options: list[tuple[str, str]] = []
    overrides: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("-") or word == "-":
            overrides.append(word)
            continue
        name, equals, value = word.partition("=")
        long = LONG.get(name, name)
        if long in WITH_VALUE and not equals and rest and not rest[0].startswith("-") and not (long == "--info" and "=" in rest[0]):
            value = rest.pop(0)
        options.append((long, value))
    return options, overrides


def own_of(words: Sequence[str]) -> Own:
    """Find the own configuration of a command.

    Raises:
        MistakeError: A folder that is not there, or a name that is taken.
    """
    folders = [value for name, value in options_and_overrides(words)[0] if name == FLAG]
    if "" in folders:
        raise MistakeError(sentence("{flag} names no folder; write {flag}=FOLDER", "{flag} 未指定目录；请写 {flag}=目录", flag=FLAG))
    try:
        return find_own(folders, FLAG) if folders else find_own()
    except ConfigurationError as error:
        raise MistakeError(*error.args) from None


def tidied(overrides: Sequence[str], fields: Fields, known: Iterable[str], own: Own, *, sweep: bool = False) -> list[str]:
    """Make overrides readable for Hydra: names of files, quotes, full-width signs.

    Args:
        overrides: The overrides as given.
        fields: Name → declaration of the keys of the scenario and of the command.
        known: Every key that may be set.
        own: The own configuration; takes files that are named, and what was read otherwise than written.
        sweep: Whether a comma separates values.

    Raises:
        MistakeError: A word that Hydra would take for something else, or a file that is not there.
    """
    keys = set(known)
    try:
        return [_tidy(word, fields, keys, own, sweep=sweep) for word in overrides]
    except ConfigurationError as error:
        raise MistakeError(*error.args) from None


def _tidy(word: str, fields: Fields, known: set[str], own: Own, *, sweep: bool) -> str:
    left, equals, value = re.match(r"([^=\uff1d]*)([=\uff1d]?)(.*)", word, re.DOTALL).groups()  # type: ignore[union-attr]
    name = plain_signs(left)
    sign, key = re.match(r"(\+\+|\+|~)?(.*)", name, re.DOTALL).groups()  # type: ignore[union-attr]
    if key.startswith("hydra") and sign != "~":
        return word
    if sign == "~":
        en = "{word}: nothing can be taken away; set it to something else ({key}=VALUE), or leave it out for its default"
        raise MistakeError(sentence(en, "{word}：不能删除；请改设其他值（{key}=值），或不写以使用默认值", word=word, key=key or "KEY"))
    if "@" in key:
        group = key.partition("@")[0]
        en = "{word}: a file has its place already; write {group}=NAME, without @"
        raise MistakeError(sentence(en, "{word}：配置文件的位置是固定的；请写 {group}=名称，不要用 @", word=word, group=group or "GROUP"))
    if not equals or not key:
        return word
    meant = next((name for name, called in KIND_WORDS.items() if called == key and name in known), "")
    if meant:
        hint = did_you_mean(f"{meant}={value}")
        raise MistakeError(sentence("unknown key {key!r}.{hint}", "键“{key}”不存在。{hint}", key=key, hint=hint))
    if sign == "+" and key in known:
        en = "{key} has a value already; leave out the '+': {key}={value}."
        shown = "NAME" if key in FOLDERS else value
        raise MistakeError(sentence(en, "{key} 已有值；请去掉“+”：{key}={value}。", key=key, value=shown))
    if key.rpartition(".")[0] in OPEN and not sign:
        sign = "++"
    chooses = key in PACKAGES or (key == SETS and not value.startswith("{"))
    own.given |= set() if chooses else {key}
    start = f"{sign or ''}{key}="
    if chooses and key in known and not re.match(r"(null)?$|[0-9]+$|[\[{]", value):
        return start + _files(key, value, own, sweep=sweep)
    kind = kind_of(annotation_at(fields, key))
    if sweep and FUNCTION.match(value):
        return start + _call(value, kind, key)
    if kind == "text" and not re.match(r"(null)?$|[\[{\"'$]", value) and not (sweep and "," in value):
        return start + quoted(value)
    if kind in ("number", "date", "flag", "choice"):
        value = _wide_commas(value, sweep=sweep)
        refuse_groups(key, value, sweep=sweep)
    return start + with_quotes(value)


def _wide_commas(value: str, *, sweep: bool) -> str:
    return value.replace("\uff0c", ",") if sweep else value


def refuse_groups(key: str, value: str, *, sweep: bool) -> None:
    """Refuse digits in groups; in a sweep only where they cannot be several values.

    Raises:
        MistakeError: With the right spelling.
    """
    text = plain_signs(value)
    if GROUPED.fullmatch(text) and (not sweep or re.search(r",0[0-9]{2}", text)):
        right = text.replace(",", "")
        en = "{key}={text}: digits are not grouped (a comma separates the values of a sweep); write {key}={right}"
        zh = "{key}={text}：数字不要分组（逗号用于分隔 sweep 的多个取值）；请写 {key}={right}"
        if not sweep:
            en += ", or for several values: yizhan sweep -m {key}={text}"
            zh += "；如需多个取值：yizhan sweep -m {key}={text}"
        raise MistakeError(sentence(en, zh, key=key, text=text, right=right))


def _files(group: str, value: str, own: Own, *, sweep: bool) -> str:
    """Return a choice of files with names for what people write: a path, a name in Chinese."""
    text = _bare(value)
    if FUNCTION.match(text):
        return _call(text, "text", group)
    parts = [part.strip() for part in text.split(",")] if sweep else [text]
    if not sweep and "," in text and not text.endswith(ENDINGS):
        return value
    return ",".join(quoted(choose(group, _bare(part), own)) for part in parts)


def _bare(text: str) -> str:
    """Return a text without the quotes around it."""
    text = text.strip()
    return text[1:-1] if text[:1] in "\"'" and text[-1:] == text[:1] and len(text) > 1 and text[0] not in text[1:-1] else text


def _call(value: str, kind: Kind, key: str) -> str:
    """Return a function of Hydra's grammar with ordinary brackets, with numbers as it sorts them, and with quotes around what is not English."""
    value = value.translate(str.maketrans("\uff08\uff09\uff0c", "(),"))
    pieces = re.findall(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[()\[\]{},:=]|[^()\[\]{},:=\"']+|[\"']", value)
    read = [piece if piece[0] in "\"'" else str(read_value(piece, kind, key)) if kind in ("number", "date") else piece for piece in pieces]
    return "".join(piece if piece.isascii() or piece[0] in "\"'" else quoted(piece.strip()) for piece in read)


def quoted(text: str) -> str:
    """Return a text that Hydra's grammar reads as this text."""
    if re.fullmatch(r"[A-Za-z_][\w.-]*", text, re.ASCII) and text.lower() not in ("true", "false", "null", "nan", "inf"):
        return text
    return "'" + re.sub(r"(\\*)('|$)", lambda found: found[1] * 2 + ("\\'" if found[2] else ""), text) + "'"


def with_quotes(value: str) -> str:
    """Put quotes around those parts of a value that have letters or signs other than English ones and no quotes yet."""
    if value.isascii():
        return value
    if re.match(r"\s*[\[{]", value):
        pieces = re.findall(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[\[\]{},:]|[^\[\]{},:\"']+|[\"']", value)
    else:
        pieces = re.findall(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|,|[^,\"']+|[\"']", value)
    return "".join(piece if piece.isascii() or piece[0] in "\"'" else quoted(piece.strip()) for piece in pieces)


def tell(own: Own, *, listed: bool = False) -> list[Sentence]:
    """Return what has to be said of own files and of what was read otherwise than written, each once a command."""
    said: list[Sentence] = [note.words for note in dict.fromkeys(own.notes)]
    inside = [folder for folder in own.folders if any(file.file.path.resolve().is_relative_to(folder) for file in own.taken.values())]
    if own.folders and (inside or (listed and any(own.files.values()))):
        folders = ", ".join(map(str, own.folders))
        said.append(sentence("own configuration: {folders} (found by {by})", "自有配置：{folders}（依据 {by}）", folders=folders, by=own.found_by))
    new = [text for text in said if text not in own.told]
    own.told.update(new)
    return new
