"""From configuration files and overrides to plain data, with one clear message for whatever cannot be read.

The only module of the model that knows Hydra; what the data mean is checked in `sim/scenario.py`. Defaults come from the parameter classes
(declared once); the files under ``configs/`` say only what differs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import yaml

from sim.wording import unknown

GROUPS = ("programme", "region", "population", "market")
class ConfigurationError(ValueError):
    """A mistake in the configuration: what, where, why, and how to mend it."""


def available(group: str) -> list[str]:
    """Return the names of the files of a group, such as the programmes."""
    return sorted(file.name.removesuffix(".yaml") for file in files("configs").joinpath(group).iterdir() if file.name.endswith(".yaml"))


def composed(name: str, overrides: dict[str, Any], known: Sequence[str]) -> dict[str, Any]:
    """Compose a file of ``configs/`` with overrides, as plain data that is not checked yet.

    Args:
        name: Name of the file.
        overrides: Dotted key → value.
        known: Every key that may be set, for what is said about one that may not.

    Raises:
        ConfigurationError: An unknown key, or what Hydra cannot read.
    """
    from hydra import compose, initialize_config_module
    from hydra.core.global_hydra import GlobalHydra
    from hydra.errors import HydraException
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException

    words = [f"{key}={_as_word(value)}" for key, value in overrides.items()]
    try:
        with initialize_config_module("configs", version_base="1.3"):
            plain = OmegaConf.to_container(compose(name, words), resolve=True)
    except (HydraException, OmegaConfBaseException) as error:
        raise ConfigurationError(explain(error, words, known)) from None
    finally:
        GlobalHydra.instance().clear()
    if not isinstance(plain, dict):
        message = "the composed configuration is not a table of keys"
        raise ConfigurationError(message)
    return {str(key): value for key, value in plain.items()}


def register_defaults(name: str, content: dict[str, Any]) -> None:
    """Tell Hydra keys and their defaults, under the name by which a file's list of defaults asks for them."""
    from hydra.core.config_store import ConfigStore

    ConfigStore.instance().store(name=name, node=content)


def explain(error: Exception, words: list[str], known: Sequence[str]) -> str:
    """Turn an error of Hydra into one clear message.

    Args:
        error: The error.
        words: The overrides as given.
        known: Every key that may be set.
    """
    for word in words:
        if not word.startswith("-") and not _is_readable(word):
            return _explain_word(word)
    text = str(error)
    match = re.search(r"Ambiguous value for argument '([^']+)'", text)
    if match:
        return f"{match[1]!r} gives several values. To run each of them: yizhan sweep -m {match[1]}. A list is written in brackets: KEY=[a,b]."
    match = re.search(r"Could not override '([^']+)'", text) or re.search(r"Key '([^']+)' is not in struct", text)
    if match and not match[1].startswith("hydra"):
        given = match[1]
        if not any(word.lstrip("+~").split("=")[0] == given for word in words):
            given = next((word.split("=")[0] for word in words if word.split("=")[0].endswith(given)), given)
        return unknown("key", given.lstrip("+~"), list(known))
    match = re.search(r"Could not find '([^']+)/([^/']*)'", text)
    if match:
        options = re.search(r"Available options in [^\n]+\n((?:\t[^\n]+\n?)*)", text)
        return unknown(match[1], match[2], options[1].split() if options else available(match[1]) if match[1] in GROUPS else [])
    match = re.search(r"Multiple values for ([^\s]+)\.", text)
    if match:
        return f"{match[1]} has a value already; leave out the '+': {match[1]}=NAME."
    match = re.search(r"full_key: (\S+)", text)
    first = (text.strip().splitlines() or [type(error).__name__])[0].rstrip(".")
    place = f"{match[1]}: " if match else ""
    return f"cannot read {' '.join(words)!r}: {place}{first}. Write key=value, for example days=180."


def _is_readable(word: str) -> bool:
    """Tell whether a word is an override that Hydra's grammar knows."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    try:
        override = OverridesParser.create().parse_override(word)
    except HydraException:
        return False
    return bool(override.key_or_group)


def _explain_word(word: str) -> str:
    """Say why a word is not an override."""
    key, equals, value = word.lstrip("+~").partition("=")
    if not equals:
        groups = [group for group in GROUPS if word in available(group)]
        meant = f"{groups[0]}={word}" if groups else word.replace(":", "=", 1) if ":" in word else ""
        return f"cannot read {word!r}: write KEY=VALUE, for example programme=zibo.{f' Did you mean {meant!r}?' if meant else ''}"
    if not key:
        return f"cannot read {word!r}: there is no key before the '='. Write KEY=VALUE, without spaces."
    if not re.search(r"\s[+~]?[\w.]+=", value):
        text = value.strip("\"'")
        return (
            f"cannot read {word!r}: a value with spaces, commas, brackets, quotes or letters other than English needs quotes of its own, "
            f"which the shell must leave alone: '{key}=\"{text}\"'. A list is written [a,b]."
        )
    return f"cannot read {word!r}: it holds more than one KEY=VALUE. Leave the quotes out."


def _as_word(value: Any) -> str:  # noqa: ANN401
    """Write a Python value as the right-hand side of an override."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(_as_word(item) for item in value) + "]"
    if isinstance(value, str) and re.fullmatch(r"[\w.\-/:]+", value) is None:
        return "'" + value.replace("'", "\\'") + "'"
    return str(value)


def read_yaml(group: str, name: str) -> dict[str, Any]:
    """Read one configuration file as it stands."""
    content: dict[str, Any] = yaml.safe_load(files("configs").joinpath(group, f"{name}.yaml").read_text(encoding="utf-8"))
    return content
