"""Keys of ``yizhan sensitivity``, and its methods."""

from __future__ import annotations

from pydantic import Field, field_validator

from experiments.sensitivity.choice_options import ChoiceOptions
from experiments.shared.options import OneOrMore
from sim.bilingual import Sentence
from sim.parameters import parameter
from sim.wording import unknown

_CHOICE = "choice"
METHODS = {
    "morris": "experiments.sensitivity.morris:OneScreening",
    "sobol": "experiments.sensitivity.sobol:OneDecomposition",
    "given": "experiments.sensitivity.given:OneReading",
    "information": "experiments.sensitivity.information:OneInquiry",
    "discovery": "experiments.sensitivity.discovery:one_discovery",
}
"""Method → where its class of work is; a further method is a line here."""
OF_A_CHOICE = ("information", "discovery")
"""Methods that look at a choice between variants."""


class SensitivityOptions(ChoiceOptions):
    """Keys of ``yizhan sensitivity``."""

    method: str = parameter(
        "morris", unit="-", source=_CHOICE,
        en="morris (which factors matter at all), sobol (shares of the variance of a few factors), given (from runs that are there), information "
        "(what is worth finding out before a choice), discovery (where it does not pay)",
        zh="morris（哪些因素有影响）、sobol（少数因素各占方差多少）、given（利用已有的模拟）、information（选择之前什么值得查清）、"
        "discovery（何处不划算）",
    )  # fmt: skip
    over: OneOrMore = parameter(
        (), unit="-", source=_CHOICE,
        en="what is varied: keys, groups or patterns, KEY:LOWEST:HIGHEST with a range; none: behaviour, exams, opening, market and levers' numbers",
        zh="变动哪些参数：键、组或通配，KEY:LOWEST:HIGHEST 给出范围；不写为行为、考试、期初、市场与政策工具的数值",
    )  # fmt: skip
    outcome: OneOrMore = parameter(
        (), unit="-", source=_CHOICE,
        en="outcomes, the first one leads; added.OUTCOME is the paired difference to no programme; none: the usual ones",
        zh="结果指标，以第一个为主；added.指标 为与没有方案的配对差异；不写为常用指标",
    )  # fmt: skip
    graduates: int | None = parameter(
        2000, unit="persons", low=100, high=10_000_000, source=_CHOICE, en="young people of each run, where the place has more; null: as it has",
        zh="所在地人数更多时每次模拟的青年人数，null 为按所在地",
    )  # fmt: skip
    replicates: int = parameter(
        1, unit="-", low=1, high=1000, source=_CHOICE, en="simulations of each point, with other luck each: their mean counts",
        zh="每个点的模拟次数（随机数各不相同），取均值",
    )  # fmt: skip
    minutes: float = parameter(
        3.0, unit="minutes", low=0.01, high=100_000, source=_CHOICE,
        en="time for the runs on a machine with two cores, from which the size of the design follows where nobody says it",
        zh="两核机器上用于模拟的时间；未指定设计大小时由此推定",
    )  # fmt: skip
    trajectories: int | None = parameter(
        None, unit="-", low=4, high=10_000, source=_CHOICE, en="of morris: trajectories through the factors; null: as many as the time allows",
        zh="morris：轨迹条数，null 为时间所允许的条数",
    )  # fmt: skip
    groups: int | None = parameter(
        None, unit="-", low=2, high=10_000, source=_CHOICE,
        en="of morris: most groups in which factors are screened before the leading ones are opened; null: where there are more factors than time",
        zh="morris：先分成至多多少组筛选，再打开靠前的组；null 为因素多于时间所允许时才分组",
    )  # fmt: skip
    n: int | None = parameter(
        None, unit="-", low=8, high=1_000_000, source=_CHOICE, en="of sobol: base points, a power of two; null: as many as the time allows",
        zh="sobol：基础样本数，须为 2 的幂，null 为时间所允许的个数",
    )  # fmt: skip
    leading: str | None = Field(
        default=None, min_length=1, description="of sobol: folder of a morris result, whose leading factors are taken",
        json_schema_extra={"unit": "-", "source": _CHOICE, "zh": "sobol：某次 morris 结果的目录，取其中靠前的因素"},
    )  # fmt: skip
    factors: int = parameter(
        8, unit="-", low=1, high=1000, source=_CHOICE, en="of sobol with leading=FOLDER: how many factors",
        zh="sobol 与 leading=目录 同用：取多少个因素",
    )  # fmt: skip
    sweep: str | None = Field(
        default=None, min_length=1, description="of given: folder of a finished sweep; null: the runs beside the set of behaviours, behaviour=NAME",
        json_schema_extra={"unit": "-", "source": _CHOICE, "zh": "given：已完成的扫描结果目录，null 为行为参数集（behaviour=名称）所附的模拟"},
    )  # fmt: skip

    @field_validator("method")
    @classmethod
    def _is_known(cls, method: str) -> str:
        if method not in METHODS:
            raise ValueError(unknown("method", method, list(METHODS)))
        return method

    @field_validator("n")
    @classmethod
    def _is_power_of_two(cls, n: int | None) -> int | None:
        if n is not None and n & (n - 1):
            message = Sentence(
                f"n is {n}; the design is balanced only for a power of two: write n={1 << n.bit_length()} or n={1 << (n.bit_length() - 1)}",
                f"n 为 {n}；只有 2 的幂才均衡：请写 n={1 << n.bit_length()} 或 n={1 << (n.bit_length() - 1)}",
            )
            raise ValueError(message)
        return n
