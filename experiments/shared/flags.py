"""The words of a command: Hydra's own options, as far as they are of use here, and overrides."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.shared.errors import MistakeError
from experiments.shared.given import LONG, options_and_overrides
from sim.bilingual import Sentence, sentence
from sim.own_files import FLAG
from sim.wording import unknown

OPTIONS = ("--help", "--hydra-help", "--version", "--cfg", "--resolve", "--package", "--run", "--multirun", "--shell-completion", FLAG, "--info")
"""Hydra's own options, as far as they are of use here."""
CONFIGURATIONS = ("job", "hydra", "all")
INFORMATION = ("all", "config", "defaults", "defaults-tree", "plugins", "searchpath")


def check_flags(verb: str, words: Sequence[str]) -> None:
    """Refuse options that Hydra does not know, which it would answer with its own help, and those that would run something else.

    Raises:
        MistakeError: An unknown option.
    """
    options, overrides = options_and_overrides(words)
    names = {name for name, _ in options}
    if "--resolve" in names and not names & {"--cfg", "--help"}:
        en, zh = "--resolve goes with --cfg: yizhan {verb} --cfg job --resolve", "--resolve 须与 --cfg 同用：yizhan {verb} --cfg job --resolve"
        raise MistakeError(sentence(en, zh, verb=verb))
    if "--hydra-help" in names and any(not word.startswith("hydra") for word in overrides):
        en, zh = "--hydra-help stands alone: yizhan {verb} --hydra-help", "--hydra-help 须单独使用：yizhan {verb} --hydra-help"
        raise MistakeError(sentence(en, zh, verb=verb))
    if {"--cfg", "--info"} <= names:
        raise MistakeError(Sentence("--cfg and --info do not go together; write one of them", "--cfg 与 --info 不能同用；请只写其中之一"))
    for name, value in options:
        if name in ("--config-name", "--config-path"):
            en = "{name} is not used here: own material is found with programme=FILE.yaml or --config-dir=FOLDER; yizhan {verb} --help explains."
            zh = "此处不用 {name}：自有配置请用 programme=文件.yaml 或 --config-dir=目录；用法见 yizhan {verb} --help。"
            raise MistakeError(sentence(en, zh, name=name, verb=verb))
        if name not in OPTIONS:
            known = [*OPTIONS, *(short for short, long in LONG.items() if long in OPTIONS)]
            en, zh = "{what} yizhan {verb} --help explains.", "{what}用法见 yizhan {verb} --help。"
            raise MistakeError(sentence(en, zh, what=unknown("option", name, known, lists=False), verb=verb))
        if name == "--info" and value not in INFORMATION:
            en, zh = "--info{value}: write --info=WHAT, with WHAT one of {names}.", "--info{value}：请写 --info=WHAT，WHAT 为 {names} 之一。"
            raise MistakeError(sentence(en, zh, value=value and f"={value}", names=", ".join(INFORMATION)))
        if name == "--cfg" and value not in CONFIGURATIONS:
            en = "{name} {value}: allowed is one of {names}; {name} job prints every key."
            zh = "{name} {value}：应为 {names} 之一；{name} job 显示所有键。"
            raise MistakeError(sentence(en, zh, name=name, value=value, names=", ".join(CONFIGURATIONS)))


def overrides_of(words: Sequence[str]) -> list[str]:
    """Return the words that are overrides: neither options nor the values of options."""
    return options_and_overrides(words)[1]


def is_multirun(words: Sequence[str]) -> bool:
    """Tell whether the words ask for a multirun."""
    return "-m" in words or "--multirun" in words


def split_words(words: Sequence[str]) -> dict[str, str]:
    """Return the overrides among some words, key → value as written."""
    pairs = (word.split("=", 1) for word in words if "=" in word and not word.startswith("-"))
    return {key.lstrip("+~"): value for key, value in pairs}
