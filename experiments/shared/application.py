"""Every verb as a Hydra application: Hydra's override grammar, ``--help``, ``--cfg job``, ``-m``."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from experiments.shared.again import STORED, earlier_of, register_earlier, split_from, stored_earlier
from experiments.shared.errors import MistakeError
from experiments.shared.given import LONG, options_and_overrides, own_of, tell, tidied
from experiments.shared.options import RunOptions
from experiments.shared.own_taken import refuse_in_files
from experiments.shared.terminal import put
from experiments.shared.words import language_named
from sim import composing
from sim.bilingual import Sentence, in_language, joined, message_of, sentence
from sim.configuration import ConfigurationError, available, explain, offered, take_chosen
from sim.elsewhere import keys_given, settle
from sim.outcomes import OUTCOMES
from sim.own_file import PACKAGES
from sim.own_files import FLAG, SHIPPED, Own, own_in_use, using
from sim.parameters import ParameterGroup
from sim.readings import Fields, understand
from sim.scenario import Scenario, check_scenario, compose_home, known_keys, register_schema
from sim.wording import explain_value, unknown

Plain = dict[str, Any]

OPTIONS = ("--help", "--hydra-help", "--version", "--cfg", "--resolve", "--package", "--run", "--multirun", "--shell-completion", FLAG, "--info")
"""Hydra's own options, as far as they are of use here."""
CONFIGURATIONS = ("job", "hydra", "all")
INFORMATION = ("all", "config", "defaults", "defaults-tree", "plugins", "searchpath")


@contextmanager
def own_configuration(words: Sequence[str]) -> Iterator[Own]:
    """Let the own configuration that a command names, or that is found by the rule, be the one in use."""
    known = own_in_use()
    if known.is_of_command:
        yield known
        return
    own = own_of(words)
    own.is_of_command = True
    with using(own):
        yield own


def launch(verb: str, task: Callable[[Plain], None], words: Sequence[str], keys: Iterable[str] = (), fields: Fields | None = None) -> None:
    """Compose the configuration of a verb and run its task once, or once a point with ``-m``.

    Args:
        verb: Name of the verb, and of its file under ``configs/``.
        task: Receives the composed configuration as plain data.
        words: Overrides and Hydra's own options.
        keys: Keys of the verb itself, for suggestions.
        fields: Name → declaration of the keys of the verb; None: `keys`, if they are that.

    Raises:
        MistakeError: Words that Hydra does not understand, or values that are not allowed.
    """
    check_flags(verb, words)
    earlier, (words, _) = earlier_of(words, verb), split_from(words)
    own_fields = fields if fields is not None else keys if isinstance(keys, Mapping) else {}
    with own_configuration(words) as own:
        options, overrides = options_and_overrides(words)
        refuse_no_name(overrides, keys)
        known = known_keys(keys)
        of_verb = {**Scenario.model_fields, **RunOptions.model_fields, **own_fields}
        overrides = tidied(overrides, of_verb, known, own, sweep=verb == "sweep")
        try:
            take_chosen(_chosen(overrides), own)
            refuse_in_files(own, of_verb.keys() - Scenario.model_fields.keys())
            with offered(own):
                _launch(verb, register_earlier(earlier, verb) if earlier else verb, task, options, overrides, known)
        except ConfigurationError as error:
            raise MistakeError(*error.args) from None


def tidied_words(verb: str, words: Sequence[str], fields: Fields) -> list[str]:
    """Return options and overrides as Hydra reads them (see `experiments.shared.given.tidied`)."""
    options, overrides = options_and_overrides(words)
    check_flags(verb, words)
    of_verb = {**Scenario.model_fields, **RunOptions.model_fields, **fields}
    shown = [f"{name}={value}" if value else name for name, value in options]
    return [*shown, *tidied(overrides, of_verb, known_keys(fields), own_in_use(), sweep=verb == "sweep")]


def _launch(
    verb: str, configuration: str, task: Callable[[Plain], None], options: Sequence[tuple[str, str]], overrides: list[str], known: list[str],
) -> None:  # fmt: skip
    """Let Hydra compose, and run the task."""
    import hydra
    from hydra.core.global_hydra import GlobalHydra
    from hydra.errors import HydraException
    from omegaconf import DictConfig, OmegaConf
    from omegaconf.errors import OmegaConfBaseException

    register_schema()
    failures: list[Exception] = []

    def on_configuration(composed: DictConfig) -> None:
        """Run the task; keep its error, which Hydra would print in its own words, and let no further point run after it."""
        if failures:
            return
        try:
            task(settled(plain_of(OmegaConf.to_container(composed, resolve=True))))
        except Exception as error:  # noqa: BLE001 (raised again below)
            failures.append(error)

    previous = sys.argv
    sys.argv = [f"yizhan {verb}", *(f"{name}={value}" if value else name for name, value in options if name != FLAG), *overrides]
    os.environ["HYDRA_FULL_ERROR"] = "1"  # errors reach us instead of Hydra's own printing
    try:
        hydra.main(version_base="1.3", config_path=str(SHIPPED), config_name=configuration)(on_configuration)()
    except HydraException as error:
        raise _explained(error, overrides or [name for name, _ in options], known) from None
    except (OSError, MemoryError):
        raise
    except SystemExit as error:
        if error.code:
            en = "cannot read {words!r}. Write key=value, for example programme=zibo; yizhan {verb} --help explains."
            zh = "无法识别 {words!r}。请写 key=value，例如 programme=zibo；用法见 yizhan {verb} --help。"
            raise MistakeError(sentence(en, zh, words=" ".join(overrides), verb=verb)) from None
    except Exception as error:  # noqa: BLE001 (the task's errors are kept aside: what comes here is Hydra's word on ours)
        raise _explained(error, overrides or [name for name, _ in options], known) from None
    finally:
        sys.argv = previous
        GlobalHydra.instance().clear()
    if failures and isinstance(failures[0], OmegaConfBaseException):
        raise MistakeError(explain(failures[0], overrides, known)) from None
    if failures:
        raise failures[0]


def _explained(error: Exception, overrides: list[str], known: list[str]) -> MistakeError:
    """Say in one message what Hydra could not do."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ImportError):
            chosen = next((word for word in overrides if word.lstrip("+").startswith("hydra/")), " ".join(overrides))
            en = "{chosen} needs a package that cannot be imported ({why}); install it, or leave {chosen} out."
            zh = "{chosen} 所需的程序包无法导入（{why}）；请安装，或去掉 {chosen}。"
            return MistakeError(sentence(en, zh, chosen=chosen, why=cause))
        cause = cause.__cause__ or cause.__context__
    return MistakeError(explain(error, overrides, known))


def _chosen(overrides: Sequence[str]) -> dict[str, list[str]]:
    """Return the files that overrides choose: group → names."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    found: dict[str, list[str]] = {}
    for word in overrides:
        group = word.partition("=")[0].lstrip("+")
        if group not in PACKAGES:
            continue
        try:
            override = OverridesParser.create().parse_override(word)
            names = list(override.sweep_iterator()) if override.is_sweep_override() and override.is_discrete_sweep() else [override.value()]
        except (HydraException, AssertionError, TypeError, ValueError):  # Hydra refuses it in a moment
            continue
        found[group] = [str(name).strip("'\"") for name in names]
    return found


def refuse_no_name(overrides: Sequence[str], keys: Iterable[str]) -> None:
    """Refuse what chooses a file and is no name.

    Raises:
        MistakeError: With the names there are.
    """
    for word in overrides:
        group, _, value = word.partition("=")
        if (is_group(group) and (group in keys or group not in ("comparison", "study"))) and re.match(r"null$|\d+$|[\[{]", value):
            en, zh = "{group} is {value}; allowed is one name of: {names}.", "{group} 为 {value}；应为下列名称之一：{names}。"
            raise MistakeError(sentence(en, zh, group=group, value=value, names=", ".join(available(group))))


def settled(plain: Plain) -> Plain:
    """Let a programme that was just composed give way to the place and the start that were chosen (`sim.elsewhere`)."""
    from hydra.core.hydra_config import HydraConfig
    from hydra.core.override_parser.overrides_parser import OverridesParser

    if "programme_name" not in plain:  # a command without a scenario
        return plain
    hydra = HydraConfig.get()
    words = OverridesParser.create().parse_overrides(list(hydra.overrides.task))
    given = keys_given({word.get_key_element().lstrip("+~"): word.value() for word in words})
    return settle(plain, given, lambda: stored_earlier() if hydra.job.config_name == STORED else compose_home(hydra.runtime.choices["programme"]))


def is_group(name: str) -> bool:
    """Tell whether there is a folder of configuration files of this name."""
    return name in PACKAGES and (SHIPPED / name).is_dir()


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


def plain_of(container: Any) -> Plain:  # noqa: ANN401
    """Return a composed configuration as a dictionary."""
    if not isinstance(container, dict):
        message = Sentence("the composed configuration is not a table of keys", "组合后的配置不是一组键")
        raise MistakeError(message)
    return {str(key): value for key, value in container.items()}


def read_options(options: type[ParameterGroup], plain: Plain) -> Any:  # noqa: ANN401
    """Check the keys of a verb itself, such as ``replicates``.

    Raises:
        MistakeError: A value that is not allowed.
    """
    from pydantic import ValidationError

    own, content = own_in_use(), {key: plain[key] for key in options.model_fields if key in plain}
    if content.get("language") == "" and "language" not in own.given:  # the variable is set to nothing
        content["language"] = "en"
    try:
        own.notes += understand(content, options.model_fields, located=own.located)
        return options.model_validate(content)
    except ConfigurationError as error:
        raise MistakeError(*error.args) from None
    except ValidationError as error:
        keyed = [(".".join(map(str, detail["loc"])), explain_value(detail, options, [])) for detail in error.errors()]
        raise MistakeError(joined(own.located(key, message) for key, message in keyed)) from None


def read_scenario(plain: Plain, options: type[ParameterGroup]) -> Scenario:
    """Check the scenario part of a configuration.

    Args:
        plain: The configuration.
        options: The keys of the verb itself.

    Raises:
        MistakeError: A value that is not allowed.
    """
    try:
        scenario = check_scenario(plain, options.model_fields)
    except ConfigurationError as error:
        raise MistakeError(message_of(error)) from None
    for number, figure in enumerate(scenario.reported):
        try:
            check_outcomes([figure.outcome])
        except MistakeError as error:
            raise MistakeError(own_in_use().located(f"reported.{number}.outcome", message_of(error))) from None
    say_own(str(plain.get("language", "en")))
    return scenario


def say_own(language: str, *, listed: bool = False) -> None:
    """Say which own files are used, or listed, and what was read otherwise than it was written; each once a command."""
    for text in tell(own_in_use(), listed=listed):
        put(in_language(text, str(language_named(language))) + "\n", sys.stderr)


def check_outcomes(names: Sequence[str]) -> None:
    """Refuse unknown outcomes.

    Raises:
        MistakeError: A name that is no outcome.
    """
    for name in names:
        if name not in OUTCOMES:
            message = sentence(
                "{unknown} yizhan list outcomes shows all.", "{unknown}yizhan list outcomes 可列出全部指标。",
                unknown=unknown("outcome", name, list(OUTCOMES)),
            )  # fmt: skip
            raise MistakeError(message)


def split_words(words: Sequence[str]) -> dict[str, str]:
    """Return the overrides among some words, key → value as written."""
    pairs = (word.split("=", 1) for word in words if "=" in word and not word.startswith("-"))
    return {key.lstrip("+~"): value for key, value in pairs}


def put_value(plain: Plain, key: str, value: Any, where: str = "") -> None:  # noqa: ANN401
    """Set the value of a dotted key in a composed configuration; a table of keys is laid over what is there.

    Args:
        plain: The configuration.
        key: The key, such as ``policy.lodging.free_nights``.
        value: The value.
        where: What sets it, for the message.

    Raises:
        MistakeError: No such key.
    """
    try:
        composing.put_value(plain, key, value, where, known_keys())
    except ConfigurationError as error:
        raise MistakeError(*error.args) from None
