"""From configuration files and overrides to a checked scenario, with one clear message for whatever is wrong.

The only module of the model that knows Hydra. Defaults come from the parameter classes (declared once); the files under ``configs/`` say
only what differs.
"""

from __future__ import annotations

import difflib
import re
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from sim.parameters import leaves
from sim.region import Campus, District, Region
from sim.scenario import Policy, Scenario

GROUPS = ("programme", "region", "population", "market")


class ConfigurationError(ValueError):
    """A mistake in the configuration: what, where, why, and how to mend it."""


def available(group: str) -> list[str]:
    """Return the names of the files of a group, such as the programmes."""
    return sorted(file.name.removesuffix(".yaml") for file in files("configs").joinpath(group).iterdir() if file.name.endswith(".yaml"))


def base_configuration() -> dict[str, Any]:
    """Return every key of a scenario with its default, as plain data: the schema that Hydra composes onto."""
    region = Region.model_construct(**{name: field.default for name, field in Region.model_fields.items()})
    plain: dict[str, Any] = {
        "programme_name": "none",
        "title": "",
        "title_zh": "",
        "start": "2020-11-01",
        "days": 365,
        "region": region.model_dump(mode="json"),
        "reported": [],
    }
    for name in ("population", "market", "behaviour", "policy"):
        field = Scenario.model_fields[name]
        default: BaseModel = field.default
        plain[name] = default.model_dump(mode="json")
    return plain


def load_scenario(programme: str, overrides: dict[str, Any]) -> Scenario:
    """Compose a programme with overrides and check it (see `Scenario.load`)."""
    from hydra import compose, initialize_config_module
    from hydra.core.global_hydra import GlobalHydra
    from hydra.errors import HydraException
    from omegaconf import OmegaConf

    register_schema()
    known = available("programme")
    if programme not in known:
        raise ConfigurationError(unknown("programme", programme, known))
    words = [f"programme={programme}", *(f"{key}={_as_word(value)}" for key, value in overrides.items())]
    try:
        with initialize_config_module("configs", version_base="1.3"):
            composed = compose("scenario", words)
    except HydraException as error:
        raise ConfigurationError(explain(error, words)) from None
    finally:
        GlobalHydra.instance().clear()
    plain = OmegaConf.to_container(composed, resolve=True)
    if not isinstance(plain, dict):
        message = "the composed configuration is not a table of keys"
        raise ConfigurationError(message)
    return check_scenario({str(key): value for key, value in plain.items()})


def register_schema() -> None:
    """Tell Hydra every key and its default."""
    from hydra.core.config_store import ConfigStore

    ConfigStore.instance().store(name="schema", node=base_configuration())


def check_scenario(plain: dict[str, Any]) -> Scenario:
    """Check composed plain data and make the scenario.

    Args:
        plain: The configuration; keys that are not part of a scenario are left out.

    Raises:
        ConfigurationError: With a line for each value that is not allowed.
    """
    content = {key: value for key, value in plain.items() if key in Scenario.model_fields and key != "programme"}
    content["programme"] = plain.get("programme_name", "none")
    try:
        return Scenario.model_validate(content)
    except ValidationError as error:
        raise ConfigurationError("\n".join(_explain_value(detail) for detail in error.errors())) from None


def known_keys() -> list[str]:
    """Return every dotted key of a scenario that an override may set."""
    found: list[str] = []

    def walk(prefix: str, value: Any) -> None:  # noqa: ANN401
        found.append(prefix)
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(f"{prefix}.{key}", inner)

    for key, value in base_configuration().items():
        walk(key, value)
    return found


def unknown(kind: str, given: str, known: list[str]) -> str:
    """Say that a name is unknown, and which is nearest."""
    parts = given.split(".")
    if parts[0] == "policy" and len(parts) > 1 and parts[1] not in Policy.model_fields:
        levers = list(Policy.model_fields)
        close = difflib.get_close_matches(parts[1], levers, n=1, cutoff=0.6)
        hint = f" Did you mean {'.'.join(['policy', close[0], *parts[2:]])!r}?" if close else ""
        return f"unknown lever {parts[1]!r} in {given!r}.{hint} Levers: {', '.join(levers)}."
    nearest = difflib.get_close_matches(given, known, n=1, cutoff=0.4) or difflib.get_close_matches(
        given.rsplit(".", 1)[-1], [name.rsplit(".", 1)[-1] for name in known], n=1, cutoff=0.5
    )
    hint = ""
    if nearest:
        full = next((name for name in known if name == nearest[0] or name.endswith(f".{nearest[0]}")), nearest[0])
        hint = f" Did you mean {full!r}?"
    listing = f" Known: {', '.join(known)}." if len(known) <= 12 else ""
    return f"unknown {kind} {given!r}.{hint}{listing}"


def explain(error: Exception, words: list[str]) -> str:
    """Turn an error of Hydra into one clear message.

    Args:
        error: The error.
        words: The overrides as given.
    """
    text = str(error)
    match = re.search(r"Could not override '([^']+)'", text) or re.search(r"Key '([^']+)' is not in struct", text)
    if match:
        given = match[1]
        if not any(word.lstrip("+~").split("=")[0] == given for word in words):
            given = next((word.split("=")[0] for word in words if word.split("=")[0].endswith(given)), given)
        return unknown("key", given, known_keys())
    match = re.search(r"Could not find '([^/']+)/([^']+)'", text)
    if match:
        return unknown(match[1], match[2], available(match[1]) if match[1] in GROUPS else [])
    match = re.search(r"Could not override '?([^\s']+)'?", text)
    if match:
        return unknown("key", match[1], known_keys())
    first = text.strip().splitlines()[0] if text.strip() else type(error).__name__
    return f"cannot read {' '.join(words)!r}: {first.rstrip('.')}. Write key=value, for example policy.lodging.free_nights=6."


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


def _explain_value(detail: Any) -> str:  # noqa: ANN401
    """Explain one error of pydantic: the key, what was given, what is allowed, and the nearest key."""
    key = ".".join(str(part) for part in detail["loc"])
    given = detail.get("input")
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return unknown("key", key, known_keys())
    if kind == "value_error":
        message = detail["msg"].removeprefix("Value error, ")
        return f"{key}: {message}" if key else message
    bounds = {
        "greater_than_equal": "at least {ge}", "less_than_equal": "at most {le}", "greater_than": "more than {gt}", "less_than": "less than {lt}",
        "finite_number": "a finite number",
    }  # fmt: skip
    if kind in bounds:
        allowed = bounds[kind].format(**context)
    else:
        allowed = detail["msg"].replace("Input should be ", "").removeprefix("a valid ").split(", unable")[0]
    leaf = _leaf(key)
    unit = f" {leaf.unit}" if leaf and leaf.unit != "-" else ""
    range_text = f" ({_range(leaf)})" if leaf and leaf.low is not None and leaf.high is not None else ""
    return f"{key} is {given!r}; allowed is {allowed}{unit}{range_text}."


def _leaf(key: str) -> Any:  # noqa: ANN401
    parts = key.split(".")
    if not parts or parts[0] not in Scenario.model_fields:
        return None
    cls: Any = {"policy": Policy, "region": Region}.get(parts[0], Scenario.model_fields[parts[0]].annotation)
    for part in parts[1:-1]:
        if part.isdigit():
            continue
        annotation = {"districts": District, "campuses": Campus}.get(part) or cls.model_fields[part].annotation
        cls = annotation
    if not hasattr(cls, "model_fields"):
        return None
    group = cls.model_construct(**{name: field.default for name, field in cls.model_fields.items()})
    return next((leaf for leaf in leaves(group) if leaf.key == parts[-1]), None)


def _range(leaf: Any) -> str:  # noqa: ANN401
    return f"from {leaf.low:g} to {leaf.high:g}"


def read_yaml(group: str, name: str) -> dict[str, Any]:
    """Read one configuration file as it stands."""
    content: dict[str, Any] = yaml.safe_load(files("configs").joinpath(group, f"{name}.yaml").read_text(encoding="utf-8"))
    return content
