"""``yizhan new county NAME``: a commented folder with a place and a programme of one's own, which runs as it stands."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from experiments.shared.errors import MistakeError
from experiments.shared.kept import note, written
from experiments.shared.signals import undisturbed
from experiments.shared.terminal import put
from experiments.shared.whole_files import write_all
from experiments.shared.words import language_of
from sim.bilingual import Sentence, in_language, sentence
from sim.errors import why_of
from sim.own_file import PACKAGES
from sim.own_files import FLAG, TOML, VARIABLE, own_in_use, shipped

TEMPLATES = Path(__file__).parent / "county"
"""The files of a new county, with NAME for its name."""
KINDS = ("county",)
LONGEST = 40
AMBIGUOUS = ("true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf", "default", "none")
"""Names that a file or a command would take for something else."""
NAME = re.compile(r"[^\W\d_][\w-]*")
USAGE = Sentence(
    "write yizhan new county NAME, for example yizhan new county mycounty", "请写 yizhan new county 名称，例如 yizhan new county mycounty"
)


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb.

    Raises:
        MistakeError: Words that are no kind and name, a name that is taken or none, or a folder that cannot be written.
    """
    name = _name_in([word for word in words if not word.startswith(("language=", "--config-dir"))])
    language = language_of(words)
    folder = Path(name)
    unfinished = folder.with_name(f".{name}.unfinished")
    there = unfinished
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        write_county(unfinished, name)
        with undisturbed():
            there = unfinished.rename(folder)
            known, is_found = _make_known(name)
            note(written([folder]))
            there = unfinished  # the folder stays, whatever comes now
    except BaseException as error:
        with undisturbed():
            shutil.rmtree(there, ignore_errors=True)
        if not isinstance(error, OSError):
            raise
        en, zh = "cannot write {folder}: {why}; go to a folder that can be written", "无法写入 {folder}：{why}；请换到可写的目录"
        raise MistakeError(sentence(en, zh, folder=folder, why=why_of(error))) from None
    said = [sentence("Written: {folder}", "已写入：{folder}", folder=folder), known]
    said.append(sentence(
        "Next: yizhan run programme={name} replicates=2 figures=false{found}; {name}/README.md says more.",
        "下一步：yizhan run programme={name} replicates=2 figures=false language=zh{found}；更多见 {name}/README.md。",
        name=name, found="" if is_found else f" {FLAG}={name}",
    ))  # fmt: skip
    put("\n".join(in_language(text, language) for text in said) + "\n")


def _name_in(words: Sequence[str]) -> str:
    """Return the name that some words give.

    Raises:
        MistakeError: They do not, or it cannot be used.
    """
    if not words or words[0] not in KINDS or len(words) != 2:
        what = sentence("cannot read {words!r}: ", "无法识别“{words}”：", words=" ".join(words)) if words else Sentence("", "")
        raise MistakeError(sentence("{what}{usage}.", "{what}{usage}。", what=what, usage=USAGE))
    name = words[1]
    if not NAME.fullmatch(name) or len(name) > LONGEST or name.lower() in AMBIGUOUS:
        en = "{name!r} cannot be a name: it begins with a letter, and has letters, digits, - and _ only (at most {most}), such as mycounty."
        zh = "“{name}”不能用作名称：须以字母或汉字开头，只含文字、数字、- 和 _（最多 {most} 个），如 mycounty。"
        raise MistakeError(sentence(en, zh, name=name, most=LONGEST))
    own = own_in_use()
    for group in PACKAGES:
        if name in shipped(group):
            en = "{name} is the name of a shipped {group}; choose another one, such as my_{name}."
            zh = "{name} 是自带的 {group} 名；请另取名称，如 my_{name}。"
            raise MistakeError(sentence(en, zh, name=name, group=group))
        if name in own.names(group):
            en = "there is a {group} called {name} already: {path}; choose another name."
            zh = "已有名为 {name} 的 {group}：{path}；请另取名称。"
            raise MistakeError(sentence(en, zh, name=name, group=group, path=own.files[group][name]))
    if os.path.lexists(name):
        en = "{name} exists already; choose another name, or remove it first."
        raise MistakeError(sentence(en, "{name} 已存在；请另取名称，或先删除。", name=name))
    return name


def write_county(folder: Path, name: str) -> None:
    """Write the files of a county.

    Args:
        folder: The folder to make.
        name: Its name.
    """
    for source in sorted(path for path in TEMPLATES.rglob("*") if path.is_file()):
        target = folder / str(source.relative_to(TEMPLATES)).replace("NAME", name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(re.sub("NAME", name, source.read_text(encoding="utf-8")), encoding="utf-8")


def _make_known(name: str) -> tuple[Sentence, bool]:
    """Let commands in this folder find the new one, where nothing says otherwise yet, else say what to add; and tell whether they find it."""
    here = Path.cwd()
    known = next((above / TOML for above in (here, *here.parents) if (above / TOML).is_file()), None)
    if os.environ.get(VARIABLE, "").strip():
        en = "{variable} is set and counts here: add {folder} to it."
        return sentence(en, "已设环境变量 {variable}，以它为准：请将 {folder} 加入其中。", variable=VARIABLE, folder=here / name), False
    if known is None:
        text = f'# Own places and programmes, found from here and below.    自有的地方与项目，从本目录及其下级目录可找到。\nconfigs = ["{name}"]\n'
        write_all({Path(TOML): text})
        en = 'Written: {toml} (configs = ["{name}"]), so that it is found from here.'
        return sentence(en, "已写入：{toml}，从本目录可找到它。", toml=TOML, name=name), True
    added = (here / name).relative_to(known.parent).as_posix()
    en, zh = 'Add "{added}" to configs in {known}, so that it is found.', '请在 {known} 的 configs 中加入 "{added}"，以便找到。'
    return sentence(en, zh, added=added, known=known), False
