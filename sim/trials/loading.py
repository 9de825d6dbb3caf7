"""A study of ``configs/study`` in Python: the study, the scenario that it brings, and the number of its markets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.behaviour_set import chosen
from sim.bilingual import joined, sentence
from sim.configuration import ConfigurationError, composed, register_defaults
from sim.own_files import current_own, using
from sim.readings import understand
from sim.scenario import Scenario, base_configuration, check_scenario, known_keys, set_settled, split_set
from sim.trials.study import Study
from sim.wording import explain_value

OF_THE_COMMAND = ("study", "markets", "replicates", "seed", "workers", "output", "language", "save_people", "figures")
"""Keys of ``yizhan trial`` that are no part of the scenario."""


def study_configuration() -> dict[str, Any]:
    """Return every key of a study with its default, as plain data."""
    defaults = {name: field.default for name, field in Study.model_fields.items()}
    return {"study": Study.model_construct(**defaults).model_dump(mode="json")}


def register_study() -> None:
    """Tell Hydra every key of a study and its default."""
    register_defaults("study_defaults", study_configuration())


def load_study(name: str, overrides: dict[str, Any] | None = None, folders: Sequence[str | Path] | None = None) -> tuple[Study, Scenario, int]:
    """Compose a study with overrides and check it.

    Args:
        name: Name of a study, shipped or of an own folder, its Chinese title or a part of it, or path of its file.
        overrides: Dotted key → value, such as ``{"study.design": "individual", "market.tightness": 0.5, "markets": 4}``.
        folders: Own folders of configuration (see `Scenario.load`).

    Returns:
        The study, the scenario of its markets, and how many markets a trial has: what `sim.trials.trial.run_trials` takes.

    Raises:
        ConfigurationError: An unknown study or key, or a value that is not allowed.
    """
    schemas = {"schema": base_configuration, "study_defaults": study_configuration}
    known = [*known_keys(OF_THE_COMMAND), *(f"study.{key}" for key in Study.model_fields)]
    with using(current_own(folders)) as own:
        others, behaviour = split_set(overrides or {})
        given = {"study": name, **others}
        plain = composed("trial", given, known, schemas, own)
        plain["behaviour_set"] = chosen(behaviour)
        plain = set_settled("trial", plain, given)
        understand(plain["study"], Study.model_fields, "study.", own.located)
        try:
            study = Study.model_validate(plain["study"])
        except ValidationError as error:
            keyed = [(".".join(map(str, ("study", *detail["loc"]))), explain_value(detail, Study, [])) for detail in error.errors()]
            lines = (own.located(key, sentence("study.{rest}", "study.{rest}", rest=message)) for key, message in keyed)
            raise ConfigurationError(joined(lines)) from None
        return study, check_scenario(plain, OF_THE_COMMAND), int(plain["markets"])
