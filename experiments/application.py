"""Every verb as a Hydra application: Hydra's override grammar, ``--help``, ``--cfg job``, ``-m``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from experiments.errors import MistakeError
from sim.configuration import ConfigurationError, check_scenario, explain, known_keys, register_schema, unknown
from sim.parameters import ParameterGroup
from sim.scenario import Scenario

Plain = dict[str, Any]


def launch(verb: str, task: Callable[[Plain], None], words: Sequence[str]) -> None:
    """Compose the configuration of a verb and run its task once, or once a point with ``-m``.

    Args:
        verb: Name of the verb, and of its file under ``configs/``.
        task: Receives the composed configuration as plain data.
        words: Overrides and Hydra's own options.

    Raises:
        MistakeError: Words that Hydra does not understand, or values that are not allowed.
    """
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
            task(plain_of(OmegaConf.to_container(composed, resolve=True)))
        except Exception as error:  # noqa: BLE001 (raised again below)
            failures.append(error)

    previous = sys.argv
    sys.argv = [f"yizhan {verb}", *words]
    os.environ["HYDRA_FULL_ERROR"] = "1"  # errors reach us instead of Hydra's own printing
    try:
        hydra.main(version_base="1.3", config_path="pkg://configs", config_name=verb)(on_configuration)()
    except (HydraException, OmegaConfBaseException) as error:
        raise MistakeError(explain(error, [word for word in words if not word.startswith("-")])) from None
    except ConfigurationError as error:
        raise MistakeError(str(error)) from None
    except SystemExit as error:
        if error.code:
            message = f"cannot read {' '.join(words)!r}. Write key=value, for example programme=zibo; yizhan {verb} --help explains."
            raise MistakeError(message) from None
    finally:
        sys.argv = previous
        GlobalHydra.instance().clear()
    if failures:
        raise failures[0]


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
        lines = []
        for detail in error.errors():
            key = ".".join(str(part) for part in detail["loc"])
            allowed = detail["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
            lines.append(f"{key} is {detail.get('input')!r}; allowed is {allowed}.")
        raise MistakeError("\n".join(lines)) from None


def read_scenario(plain: Plain) -> Scenario:
    """Check the scenario part of a configuration.

    Raises:
        MistakeError: A value that is not allowed.
    """
    try:
        return check_scenario(plain)
    except ConfigurationError as error:
        raise MistakeError(str(error)) from None


def split_words(words: Sequence[str]) -> dict[str, str]:
    """Return the overrides among some words, key → value as written."""
    pairs = (word.split("=", 1) for word in words if "=" in word and not word.startswith("-"))
    return {key.lstrip("+~"): value for key, value in pairs}


def suggest_key(key: str) -> str:
    """Say that a key is unknown, and which is nearest."""
    return unknown("key", key, known_keys())
