"""A study of ``configs/study`` in Python: the study, the scenario that it brings, and the number of its markets."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from sim.bilingual import joined
from sim.configuration import ConfigurationError, available, composed, register_defaults
from sim.scenario import Scenario, check_scenario, known_keys, register_schema
from sim.trials.study import Study
from sim.wording import explain_value, unknown

OF_THE_COMMAND = ("study", "markets", "replicates", "seed", "workers", "output", "language", "save_people", "figures")
"""Keys of ``yizhan trial`` that are no part of the scenario."""


def register_study() -> None:
    """Tell Hydra every key of a study and its default."""
    defaults = {name: field.default for name, field in Study.model_fields.items()}
    register_defaults("study_defaults", {"study": Study.model_construct(**defaults).model_dump(mode="json")})


def load_study(name: str, overrides: dict[str, Any] | None = None) -> tuple[Study, Scenario, int]:
    """Compose a study with overrides and check it.

    Args:
        name: Name of a file in ``configs/study``.
        overrides: Dotted key → value, such as ``{"study.design": "individual", "market.tightness": 0.5, "markets": 4}``.

    Returns:
        The study, the scenario of its markets, and how many markets a trial has: what `sim.trials.trial.run_trials` takes.

    Raises:
        ConfigurationError: An unknown study or key, or a value that is not allowed.
    """
    if name not in available("study"):
        raise ConfigurationError(unknown("study", name, available("study")))
    register_schema()
    register_study()
    plain = composed("trial", {"study": name, **(overrides or {})}, known_keys(OF_THE_COMMAND))
    try:
        study = Study.model_validate(plain["study"])
    except ValidationError as error:
        raise ConfigurationError(joined(joined(["study.", explain_value(detail, Study, [])], "") for detail in error.errors())) from None
    return study, check_scenario(plain, OF_THE_COMMAND), int(plain["markets"])
