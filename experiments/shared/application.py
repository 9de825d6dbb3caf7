"""Every verb as a Hydra application: Hydra's override grammar, ``--help``, ``--cfg job``, ``-m``."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from typing import Any

from experiments.shared.errors import MistakeError
from sim.bilingual import joined, message_of
from sim.configuration import GROUPS, ConfigurationError, available, explain
from sim.outcomes import OUTCOMES
from sim.parameters import ParameterGroup
from sim.scenario import Scenario, check_scenario, known_keys, register_schema
from sim.wording import explain_value, unknown

Plain = dict[str, Any]

FLAGS = (
    "--help", "-h", "--hydra-help", "--version", "--cfg", "-c", "--resolve", "--package", "-p", "--run", "-r", "--multirun", "-m",
    "--shell-completion", "-sc", "--config-path", "-cp", "--config-name", "-cn", "--config-dir", "-cd", "--experimental-rerun", "--info", "-i",
)  # fmt: skip
"""Hydra's own options."""
CONFIGURATIONS = ("job", "hydra", "all")
WITH_VALUE = (
    "--cfg", "-c", "--package", "-p", "--config-path", "-cp", "--config-name", "-cn", "--config-dir", "-cd", "--experimental-rerun", "--info", "-i"
)  # fmt: skip
"""Those that a value may follow."""


def launch(verb: str, task: Callable[[Plain], None], words: Sequence[str], keys: Iterable[str] = ()) -> None:
    """Compose the configuration of a verb and run its task once, or once a point with ``-m``.

    Args:
        verb: Name of the verb, and of its file under ``configs/``.
        task: Receives the composed configuration as plain data.
        words: Overrides and Hydra's own options.
        keys: Keys of the verb itself, for suggestions.

    Raises:
        MistakeError: Words that Hydra does not understand, or values that are not allowed.
    """
    import hydra
    from hydra.core.global_hydra import GlobalHydra
    from hydra.errors import HydraException
    from omegaconf import DictConfig, OmegaConf
    from omegaconf.errors import OmegaConfBaseException

    check_flags(verb, words)
    for word in overrides_of(words):
        group, _, value = word.partition("=")
        if (group in GROUPS or (group in keys and is_group(group))) and re.match(r"null$|\d+$|[\[{]", value):
            message = f"{group} is {value}; allowed is one name of: {', '.join(available(group))}."
            raise MistakeError(message)
    register_schema()

    failures: list[Exception] = []

    def on_configuration(composed: DictConfig) -> None:
        """Run the task; keep its error, which Hydra would print in its own words, and let no further point run after it."""
        if failures:
            return
        try:
            task(plain_of(OmegaConf.to_container(composed, resolve=True)))
        except Exception as error:  # noqa: BLE001 (raised again below)
            failures.append(error)

    previous = sys.argv
    sys.argv = [f"yizhan {verb}", *words]
    os.environ["HYDRA_FULL_ERROR"] = "1"  # errors reach us instead of Hydra's own printing
    try:
        hydra.main(version_base="1.3", config_path="pkg://configs", config_name=verb)(on_configuration)()
    except HydraException as error:
        raise MistakeError(explain(error, overrides_of(words) or list(words), known_keys(keys))) from None
    except (OSError, MemoryError):
        raise
    except SystemExit as error:
        if error.code:
            message = f"cannot read {' '.join(words)!r}. Write key=value, for example programme=zibo; yizhan {verb} --help explains."
            raise MistakeError(message) from None
    except Exception as error:  # noqa: BLE001 (the task's errors are kept aside: what comes here is Hydra's word on ours)
        raise MistakeError(explain(error, overrides_of(words) or list(words), known_keys(keys))) from None
    finally:
        sys.argv = previous
        GlobalHydra.instance().clear()
    if failures and isinstance(failures[0], OmegaConfBaseException):
        raise MistakeError(explain(failures[0], overrides_of(words), known_keys(keys))) from None
    if failures:
        raise failures[0]


def is_group(name: str) -> bool:
    """Tell whether there is a folder of configuration files of this name."""
    return files("configs").joinpath(name).is_dir()


def check_flags(verb: str, words: Sequence[str]) -> None:
    """Refuse options that Hydra does not know, which it would answer with its own help.

    Raises:
        MistakeError: An unknown option.
    """
    for place, word in enumerate(words):
        name, equals, value = word.partition("=")
        if not word.startswith("-"):
            continue
        if name not in FLAGS:
            message = f"{unknown('option', name, list(FLAGS)).partition(' Known:')[0]} yizhan {verb} --help explains."
            raise MistakeError(message)
        if name in ("--cfg", "-c"):
            value = value if equals else next(iter(words[place + 1 :]), "")
            if value not in CONFIGURATIONS:
                message = f"{name} {value}: allowed is one of {', '.join(CONFIGURATIONS)}; {name} job prints every key."
                raise MistakeError(message)


def overrides_of(words: Sequence[str]) -> list[str]:
    """Return the words that are overrides: neither options nor the values of options."""
    values = {place + 1 for place, word in enumerate(words) if word in WITH_VALUE}
    return [word for place, word in enumerate(words) if not word.startswith("-") and (place not in values or "=" in word)]


def is_multirun(words: Sequence[str]) -> bool:
    """Tell whether the words ask for a multirun."""
    return "-m" in words or "--multirun" in words


def plain_of(container: Any) -> Plain:  # noqa: ANN401
    """Return a composed configuration as a dictionary."""
    if not isinstance(container, dict):
        message = "the composed configuration is not a table of keys"
        raise MistakeError(message)
    return {str(key): value for key, value in container.items()}


def read_options(options: type[ParameterGroup], plain: Plain) -> Any:  # noqa: ANN401
    """Check the keys of a verb itself, such as ``replicates``.

    Raises:
        MistakeError: A value that is not allowed.
    """
    from pydantic import ValidationError

    try:
        return options.model_validate({key: plain[key] for key in options.model_fields if key in plain})
    except ValidationError as error:
        raise MistakeError(joined(explain_value(detail, options, []) for detail in error.errors())) from None


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
    check_outcomes([figure.outcome for figure in scenario.reported])
    return scenario


def check_outcomes(names: Sequence[str]) -> None:
    """Refuse unknown outcomes.

    Raises:
        MistakeError: A name that is no outcome.
    """
    for name in names:
        if name not in OUTCOMES:
            message = f"{unknown('outcome', name, list(OUTCOMES))} yizhan list outcomes shows all."
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
    *path, last = key.split(".")
    place: Any = plain
    try:
        for part in path:
            place = place[int(part)] if isinstance(place, list) else place[part]
        last_key: Any = int(last) if isinstance(place, list) else last
        before = place[last_key]
    except (KeyError, IndexError, TypeError, ValueError):
        message = unknown("key", key, known_keys())
        raise MistakeError(f"{where}: {message}" if where else message) from None
    place[last_key] = laid_over(before, value)


def laid_over(before: Any, value: Any) -> Any:  # noqa: ANN401
    """Return a value laid over another: a table of keys over a table, key by key and at any depth; anything else replaces what was there."""
    if not (isinstance(before, dict) and isinstance(value, dict)):
        return value
    return {**before, **{key: laid_over(before.get(key), inner) for key, inner in value.items()}}
