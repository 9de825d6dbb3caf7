"""Values of varied keys: read from a word or a cell, told apart, written in one way."""

from __future__ import annotations

from typing import Any, get_origin

from experiments.shared.errors import MistakeError
from experiments.shared.given import quoted
from experiments.sweep.options import SweepOptions
from sim.bilingual import Sentence, message_of, sentence
from sim.composing import choose
from sim.configuration import GROUPS, ConfigurationError, available
from sim.own_files import own_in_use
from sim.parameters import inner_type
from sim.readings import Fields, annotation_at, kind_of, read_value
from sim.scenario import Scenario, known_keys
from sim.wording import unknown

MOST_POINTS = 1_000_000
"""Points of a sweep: more would not be looked at one by one, and the list of them alone would fill the memory."""


def fields_of_sweep() -> Fields:
    """Return the declaration of every key of a scenario and of the command, by the first part of its name."""
    return {**Scenario.model_fields, **SweepOptions.model_fields}


def keys_of_sweep() -> list[str]:
    """Return every key that may be set."""
    return known_keys(SweepOptions.model_fields)


def refuse_of_whole(key: str) -> None:
    """Refuse a key that belongs to the whole sweep.

    Raises:
        MistakeError: It does.
    """
    if get_origin(annotation_at(SweepOptions.model_fields, key)) is tuple:
        en, zh = "{key} is one list for the whole sweep; write it in brackets: {key}=[A,B]", "{key} 是整个扫描共用的列表；请加方括号：{key}=[A,B]"
        raise MistakeError(sentence(en, zh, key=key))
    if (key in SweepOptions.model_fields and key != "seed") or key.startswith("hydra"):
        message = sentence(
            "{key} cannot be swept; sweep a key of policy, population, market, behaviour or region, or programme, seed, days",
            "{key} 不能取多个值；可扫描 policy、population、market、behaviour、region 下的键，以及 programme、seed、days", key=key,
        )  # fmt: skip
        raise MistakeError(message)


def mark_of(value: Any) -> tuple[bool, Any]:  # noqa: ANN401
    """Return what is the same for the same value in every spelling, and for no other: 1, 1.0 and 1_000e-3, but not true."""
    return isinstance(value, bool), repr(value) if isinstance(value, (list, dict)) else value


def written(value: Any) -> str:  # noqa: ANN401
    """Return a value as Hydra's grammar reads it."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(written, value))}]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{written(inner)}" for key, inner in value.items()) + "}"
    return quoted(value) if isinstance(value, str) else repr(value)


def plain_value(value: Any) -> Any:  # noqa: ANN401
    """Return a value of Hydra's grammar without its quotes, however deep they are."""
    if isinstance(value, list):
        return [plain_value(inner) for inner in value]
    if isinstance(value, dict):
        return {key: plain_value(inner) for key, inner in value.items()}
    return getattr(value, "text", value)


def too_many(what: str) -> Sentence:
    """Say that there are more points than a sweep has."""
    return sentence(
        "{what}: more than {most:,} points; vary fewer keys or values, or let a design choose: design=sobol n=1024",
        "{what}：超过 {most:,} 个点；请减少键或取值，或改由设计取点：design=sobol n=1024", what=what, most=MOST_POINTS,
    )  # fmt: skip


def read_one(key: str, element: Any, text: str, annotation: Any) -> tuple[Any, str]:  # noqa: ANN401
    """Return one value of a key as it is read, and the one way in which it is written.

    Args:
        key: The key.
        element: The value as Hydra's grammar has it.
        text: The same as a text.
        annotation: Type of the key.

    Raises:
        MistakeError: A name of no file, or digits in groups.
    """
    value = plain_value(element)
    try:
        if key in GROUPS:
            if not isinstance(value, str):
                raise MistakeError(unknown(key, text, available(key)))
            value = choose(key, value, own_in_use())
            return value, quoted(value)
        read = read_value(value, kind_of(annotation), key) if isinstance(value, str) else value
    except ConfigurationError as error:
        raise MistakeError(message_of(error)) from None
    if isinstance(read, float):  # such as a step of a range: 0.7000000000000001
        read = float(f"{read:.12g}") if "." in text and read == element else read
        read = int(read) if inner_type(annotation) is int and read.is_integer() else read
    if isinstance(read, str):
        return read, text if isinstance(value, str) and read == value else quoted(read)
    return read, written(read)
