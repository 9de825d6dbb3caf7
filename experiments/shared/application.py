"""Every verb as a Hydra application: Hydra's override grammar, ``--help``, ``--cfg job``, ``-m``."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from experiments.shared.again import STORED, earlier_of, register_earlier, split_from, stored_earlier
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.flags import check_flags, is_multirun, overrides_of
from experiments.shared.given import options_and_overrides, own_of, tidied
from experiments.shared.hydra_quickly import composing_once
from experiments.shared.options import RunOptions
from experiments.shared.own_taken import refuse_in_files
from experiments.shared.reading import Plain, check_outcomes, plain_of, put_value, read_options, read_scenario
from sim.behaviour_set import with_fixed
from sim.bilingual import sentence
from sim.configuration import ConfigurationError, available, explain, offered, take_chosen
from sim.elsewhere import keys_given, settle
from sim.own_file import FOLDERS, PACKAGES, SETS
from sim.own_files import FLAG, SHIPPED, Own, own_in_use, using
from sim.readings import Fields
from sim.scenario import Scenario, compose_home, known_keys, register_schema

__all__ = [
    "Plain", "check_outcomes", "is_multirun", "launch", "overrides_of", "own_configuration", "plain_of", "put_value", "read_options", "read_scenario",
    "settled", "tidied_words",
]  # fmt: skip
"""What a room needs to be an application, wherever it stands."""

SET_KEY = "behaviour_set.name"
"""Key under which Hydra has what ``behaviour=NAME`` chooses."""


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


def launch(
    verb: str, task: Callable[[Plain], None], words: Sequence[str], keys: Iterable[str] = (), fields: Fields | None = None, *, as_it_is: bool = False,
) -> None:  # fmt: skip
    """Compose the configuration of a verb and run its task once, or once a point with ``-m``.

    Args:
        verb: Name of the verb, and of its file under ``configs/``.
        task: Receives the composed configuration as plain data.
        words: Overrides and Hydra's own options.
        keys: Keys of the verb itself, for suggestions.
        fields: Name → declaration of the keys of the verb; None: `keys`, if they are that.
        as_it_is: Whether Hydra gets the task itself, for a launcher that sends it to other processes, and its errors come as the launcher lets them.

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
                words_of_hydra = [_as_key(word) for word in overrides]
                _launch(verb, register_earlier(earlier, verb) if earlier else verb, task, options, words_of_hydra, known, as_it_is=as_it_is)
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
    *, as_it_is: bool,
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
        with composing_once(overrides):
            hydra.main(version_base="1.3", config_path=str(SHIPPED), config_name=configuration)(task if as_it_is else on_configuration)()
    except HydraException as error:
        raise _explained(error, overrides or [name for name, _ in options], known) from None
    except (OSError, MemoryError, MistakeError, FailedError):
        raise
    except SystemExit as error:
        if error.code:
            en = "cannot read {words!r}. Write key=value, for example programme=zibo; yizhan {verb} --help explains."
            zh = "无法识别 {words!r}。请写 key=value，例如 programme=zibo；用法见 yizhan {verb} --help。"
            raise MistakeError(sentence(en, zh, words=" ".join(overrides), verb=verb)) from None
    except Exception as error:
        if as_it_is:
            raise
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
        if group == SETS and value.startswith("{"):  # keys of the group
            continue
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
    is_stored = hydra.job.config_name == STORED
    plain = settle(plain, given, lambda: stored_earlier() if is_stored else compose_home(hydra.runtime.choices["programme"]))
    files = {} if is_stored else {group: name for group, name in hydra.runtime.choices.items() if group in PACKAGES and name}
    return with_fixed(plain, given, files, own_in_use())


def is_group(name: str) -> bool:
    """Tell whether there is a folder of configuration files of this name."""
    return name == SETS or (name in FOLDERS and (SHIPPED / name).is_dir())


def _as_key(word: str) -> str:
    """Return the choice of a set of behaviours as the key that Hydra has for it; any other word as it is."""
    key, equals, value = word.partition("=")
    return f"{SET_KEY}={value}" if equals and key.lstrip("+") == SETS and not value.startswith("{") else word
