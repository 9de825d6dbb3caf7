"""How much one run may take of the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.dashboard.server.answers import ApiError
from experiments.shared.beforehand import bytes_of
from sim.bilingual import Sentence, sentence
from sim.simulation import available_cores

if TYPE_CHECKING:
    from experiments.dashboard.options import DashboardOptions
    from experiments.dashboard.server.tasks import Task


def refuse_too_much(task: Task, options: DashboardOptions) -> None:
    """Refuse a run that takes more than this server gives to one.

    Raises:
        ApiError: With what it takes, and what there is.
    """
    baseline = task.asked.worlds.baseline
    people, work = baseline.population.graduates, task.asked.worlds.baseline.population.graduates * task.days * task.total
    memory = max(bytes_of(one) for one in (baseline, *task.asked.worlds.variants.values()))
    at_a_time = min(options.workers or available_cores(), task.worlds)
    for where, wanted, most in (
        ("population.graduates", float(people), float(options.most_people)),
        ("replicates", float(task.total), float(options.most_replicates)),
        ("replicates", float(work), options.most_person_days),
        ("population.graduates", memory * at_a_time / 1e9, options.most_memory),
    ):
        if wanted > most:
            raise ApiError(
                422, Sentence("this run is larger than this server allows", "任务超出本服务器的上限"),
                sentence("{where} comes to {wanted:,.4g}, the most is {most:,.4g}", "{where} 达 {wanted:,.4g}，上限为 {most:,.4g}",
                         where=where, wanted=wanted, most=most),
                Sentence(
                    "Simulate fewer people, days or replicates; whoever runs the server may allow more.",
                    "请减少人数、天数或模拟次数；服务器管理者可提高上限。",
                ), where,
            )  # fmt: skip
