"""A composed configuration, read and checked: the keys of the verb itself, the scenario, names of outcomes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from experiments.shared.errors import MistakeError
from experiments.shared.given import tell
from experiments.shared.terminal import put
from experiments.shared.words import language_named
from sim import composing
from sim.bilingual import Sentence, in_language, joined, message_of, sentence
from sim.configuration import ConfigurationError
from sim.outcomes import OUTCOMES
from sim.own_files import own_in_use
from sim.parameters import ParameterGroup
from sim.readings import understand
from sim.scenario import Scenario, check_scenario, known_keys
from sim.wording import explain_value, unknown

Plain = dict[str, Any]


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
