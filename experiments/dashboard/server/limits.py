"""How much one run may take of the machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.dashboard.server.answers import ApiError
from experiments.shared.beforehand import bytes_of
from sim.bilingual import Sentence, sentence
from sim.simulation import available_cores

if TYPE_CHECKING:
    from experiments.dashboard.options import DashboardOptions
    from experiments.dashboard.server.tasks import Task
PEOPLE = "population.graduates"


def refuse_too_much(task: Task, options: DashboardOptions) -> None:
    """Refuse a run that takes more than this server gives to one.

    Raises:
        ApiError: With what it takes, and what there is.
    """
    people = task.asked.people
    work = people * task.worlds * task.asked.scenario.days * task.asked.options.replicates
    memory = max(bytes_of(one) for one in task.scenarios.values())
    at_a_time = min(options.workers or available_cores(), task.worlds)
    for where, wanted, most in (
        (PEOPLE, float(people), float(options.most_people)),
        ("replicates", float(task.asked.options.replicates), float(options.most_replicates)),
        ("replicates", float(work), options.most_person_days),
        (PEOPLE, memory * at_a_time / 1e9, options.most_memory),
    ):
        if wanted > most:
            raise _too_much(where, wanted, most)


def refuse_too_many(changes: Mapping[str, Any], options: DashboardOptions) -> None:
    """Refuse a place with more people than a run may have.

    Raises:
        ApiError: It has more.
    """
    wanted = changes.get(PEOPLE)
    if isinstance(wanted, (int, float)) and wanted > options.most_people:
        raise _too_much(PEOPLE, float(wanted), float(options.most_people))


def _too_much(where: str, wanted: float, most: float) -> ApiError:
    return ApiError(
        422, Sentence("this run is larger than this server allows", "任务超出本服务器的上限"),
        sentence("{where} comes to {wanted:,.4g}, the most is {most:,.4g}", "{where} 达 {wanted:,.4g}，上限为 {most:,.4g}",
                 where=where, wanted=wanted, most=most),
        Sentence(
            "Simulate fewer people, days or replicates; whoever runs the server may allow more.",
            "请减少人数、天数或模拟次数；服务器管理者可提高上限。",
        ), where,
    )  # fmt: skip
