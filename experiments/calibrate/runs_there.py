"""Runs of an earlier calibration, from which it is learned anew: with other targets or tolerances, without making them again."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.calibrate.words import NO_RUNS, NOT_MEASURED, OTHER_FREE
from experiments.shared.calibrated_runs import read_runs
from experiments.shared.errors import MistakeError
from sim.behaviour_set import BehaviourSet
from sim.bilingual import message_of, sentence
from sim.calibration.posterior import Runs
from sim.calibration.space import Space
from sim.errors import ConfigurationError
from sim.scenario import Scenario
from sim.targets.loading import Targets

WHENCE = ("command", "commit", "date", "yizhan", "sources_sha256")
"""What a set says of how its runs were made."""


@dataclass(frozen=True)
class RunsThere:
    """Runs that are there.

    Attributes:
        runs: The runs.
        sha256: Digest of their file.
        made: By what they were made, as far as the set beside them says.
    """

    runs: Runs
    sha256: str
    made: Mapping[str, Any]


def runs_there(given: str, scenario: Scenario, space: Space, targets: Targets) -> RunsThere:
    """Read the runs of an earlier calibration.

    Args:
        given: Their file.
        scenario: The scenario.
        space: The free parameters, which have to be those of the runs.
        targets: The targets; each that is calibrated to has to be measured.

    Raises:
        MistakeError: They cannot be read, or are not of these parameters and targets.
    """
    path = Path(given)
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        theirs, runs = read_runs(path, scenario)
    except (OSError, ValueError, ConfigurationError) as error:  # Arrow's own errors are of these, too
        raise MistakeError(sentence(NO_RUNS, NO_RUNS.zh, path=given, why=message_of(error))) from None
    if theirs.keys != space.keys:
        raise MistakeError(sentence(OTHER_FREE, OTHER_FREE.zh, path=given, keys=", ".join(theirs.keys)))
    if missing := [target.name for target in targets.of_calibration if target.name not in runs.names]:
        raise MistakeError(sentence(NOT_MEASURED, NOT_MEASURED.zh, path=given, names=", ".join(missing), target=targets.name))
    return RunsThere(runs, sha256, _made(path))


def _made(path: Path) -> dict[str, Any]:
    """Return by what runs were made: what the set beside them says; of a set that was learned anew, what that one says of its runs."""
    beside = path.with_suffix(".yaml") if path.stem != "runs" else path.with_name("set.yaml")
    with contextlib.suppress(OSError, ConfigurationError):
        about = BehaviourSet.read(beside).provenance
        return dict(about.get("runs_made") or {key: about[key] for key in WHENCE if key in about})
    return {}
