"""What a choice between variants is judged by: what each does beyond the baseline in every paired replicate, from new runs or a kept comparison."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.again import OF_FILES
from experiments.shared.errors import MistakeError
from experiments.shared.yaml_text import plain_in
from sim.behaviour_set import BehaviourSet, chosen
from sim.bilingual import Sentence, sentence
from sim.comparison import account_for
from sim.information.gains import Gains
from sim.own_file import SETS
from sim.participation import COUNTED
from sim.results import read_world
from sim.scenario import Scenario
from sim.world import make_world

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

JOBS, ANYWAY, SPENDING, HELPED = "net_additional_jobs", "deadweight", "spending", "helped_persons"
MEASURED = (JOBS, SPENDING, HELPED, ANYWAY)
"""What is measured of each variant: additional jobs, what is spent more, persons helped more, those of them who would work anyway."""
COMPARISON, CONFIGURATION = "comparison.json", "config.yaml"
NOT_READ = sentence("its {file} is not that of a comparison", "其中的 {file} 不是比较结果", file=COMPARISON)


@dataclass(frozen=True, eq=False)
class Choice:
    """What each variant does beyond the baseline.

    Attributes:
        names: Names of the variants.
        measured: Shape (replicates, variants, what of `MEASURED`).
        vector_of: Row of `table` with which each replicate lived, shape (replicates,).
        keys: What varies in the table: full keys.
        table: Values of these, shape (vectors, keys).
    """

    names: tuple[str, ...]
    measured: Numbers
    vector_of: NDArray[np.int64]
    keys: tuple[str, ...]
    table: Numbers

    def of(self, what: str) -> Numbers:
        """Return one of `MEASURED` of each variant, shape (replicates, variants)."""
        found: Numbers = self.measured[:, :, MEASURED.index(what)]
        return found

    def gains(self, value_per_job: float) -> Gains:
        """Return the net benefit of each variant: its additional jobs at their value, less what it spends more.

        Args:
            value_per_job: Value of an additional job, in CNY.
        """
        return Gains.of(value_per_job * self.of(JOBS) - self.of(SPENDING), self.vector_of)


def names_of(variants: Sequence[str]) -> list[str]:
    """Return the names of all that is measured of some variants."""
    return [f"{name}.{what}" for name in variants for what in MEASURED]


def measure(scenario: Scenario, seed: int, number: int, arms: Sequence[Scenario], keys: Sequence[str]) -> list[float]:
    """Live one replicate of a baseline and its variants and return what each does beyond it, in the order of `names_of`.

    Args:
        scenario: The baseline, changed as the point says.
        seed: Seed of every draw.
        number: Number of the replicate.
        arms: The baseline and the variants, unchanged.
        keys: What the point changes, in all of them.
    """
    changes = {key: value_of(scenario, key) for key in keys}
    found: list[float] = []
    without: dict[str, Any] = {}
    before: Mapping[str, float] = {}
    for place, arm in enumerate(arms):
        world = make_world(arm.with_(changes) if changes else arm, seed, number)
        world.advance(0, arm.days)
        table = world.tables["people"]
        people = {name: table.column(name).copy() for name in COUNTED}
        outcomes = read_world(world, save_people=False).outcomes
        if place == 0:
            without, before = people, outcomes
            continue
        jobs = account_for(without, people, arm.days)[0]["jobs"]
        more = [float(outcomes[name]) - float(before[name]) for name in (SPENDING, HELPED)]
        found += [float(jobs[JOBS]), *more, float(jobs[ANYWAY])]
    return found


def value_of(scenario: Scenario, key: str) -> Any:  # noqa: ANN401
    """Return the value of a dotted key of a scenario."""
    value: Any = scenario
    for part in key.split("."):
        value = getattr(value, part)
    return value


def plain_of_result(folder: Path) -> dict[str, Any]:
    """Return the configuration of a kept comparison; its set of behaviours is then known.

    Raises:
        MistakeError: The folder holds no comparison.
    """
    import yaml

    try:
        plain = plain_in((folder / CONFIGURATION).read_text(encoding="utf-8"))
        kept = json.loads((folder / COMPARISON).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise _no_comparison(folder, sentence("{file} is missing", "缺少 {file}", file=Path(error.filename).name)) from None
    except (OSError, ValueError, yaml.YAMLError):
        raise _no_comparison(folder, NOT_READ) from None
    if not isinstance(plain, dict) or not isinstance(kept, dict) or "comparison" not in plain or "variants" not in kept:
        raise _no_comparison(folder, NOT_READ)
    path = folder / SETS / f"{(plain.get('behaviour_set') or {}).get('name', '')}.yaml"
    if path.is_file():
        chosen(BehaviourSet.read(path))
    return {OF_FILES.get(str(key), str(key)): value for key, value in plain.items()}


def read_choice(folder: Path, arms: Sequence[Scenario]) -> Choice:
    """Return what a kept comparison says of its variants.

    Args:
        folder: The folder of the result.
        arms: The baseline and the variants, as its configuration says.

    Raises:
        MistakeError: It holds no comparison over a set of behaviours.
    """
    kept = json.loads((folder / COMPARISON).read_text(encoding="utf-8"))
    found = arms[0].behaviour_set.found
    if found is None:
        raise MistakeError(sentence(
            "result={folder}: the comparison was made with one behaviour (behaviour=evidence), so that there is nothing to find out; compare over a "
            "set (behaviour=calibrated)",
            "result={folder}：该比较只用了一种行为（behaviour=evidence），没有可查清的内容；请用参数集比较（behaviour=calibrated）", folder=folder,
        ))  # fmt: skip
    try:
        columns = [[_values(of, what) for what in MEASURED] for of in kept["variants"].values()]
        measured = np.moveaxis(np.array(columns, dtype=np.float64), 2, 0)
    except (KeyError, TypeError, ValueError):
        raise _no_comparison(folder, NOT_READ) from None
    numbers = np.array([found.number_of(number) for number in range(len(measured))], np.int64)
    keys, table = free_of(found, [arm.behaviour_set.fixed for arm in arms])
    return Choice(tuple(kept["variants"]), measured, numbers, keys, table)


def _values(of: Mapping[str, Any], what: str) -> list[float]:
    if what == HELPED:
        return [float(value) for value in of["outcomes"][HELPED]["values"]]
    return [float(value) for value in (of[SPENDING] if what == SPENDING else of["account"][what])["values"]]


def free_of(found: BehaviourSet, fixed: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], Numbers]:
    """Return the keys of a set that are not known, nor fixed in every arm, and their columns."""
    free = tuple(key for key in found.unknown if not all(key in keys for keys in fixed))
    return free, found.vectors[:, [found.parameters.index(key) for key in free]]


def _no_comparison(folder: Path, why: Sentence) -> MistakeError:
    return MistakeError(sentence(
        "result={folder} holds no finished comparison ({why}); name the folder that yizhan compare wrote",
        "result={folder} 中没有完整的比较结果（{why}）；请指定 yizhan compare 写出的目录", folder=folder, why=why,
    ))  # fmt: skip
