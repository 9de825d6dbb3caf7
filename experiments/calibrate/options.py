"""Keys of ``yizhan calibrate``."""

from __future__ import annotations

from pydantic import field_validator

from experiments.shared.options import KeptRunsOptions, OneOrMore
from sim.bilingual import Sentence
from sim.parameters import parameter

_CHOICE = "choice"


class CalibrateOptions(KeptRunsOptions):
    """Keys of ``yizhan calibrate``."""

    target: str = parameter(
        "labour_market", unit="-", source=_CHOICE, en="targets: a name, or a file of your own city", zh="校准目标：名称，或自己城市的文件",
    )  # fmt: skip
    runs: int = parameter(
        4096, unit="runs", low=16, high=1_000_000, source=_CHOICE,
        en="runs, three in four all over the plausible ranges, the others where the first agree with the targets",
        zh="模拟次数；四分之三遍及全部合理区间，其余在与目标相符之处",
    )  # fmt: skip
    runs_from: str | None = parameter(
        None, unit="-", source=_CHOICE,
        en="runs.parquet of an earlier calibration, or the file beside a set: it is learned from these runs, and none but those of the vectors is "
           "made; null: all are made",
        zh="先前校准的 runs.parquet 或参数集旁的文件：据此学习，只再模拟各组参数；null 为全部重新模拟",
    )  # fmt: skip
    graduates: int | None = parameter(
        None, unit="persons", low=100, high=10_000_000, source=_CHOICE, en="young people of each run; null: as the place says",
        zh="每次模拟的青年人数，null 为按所在地",
    )  # fmt: skip
    free: OneOrMore = parameter(
        ("usual",), unit="-", source=_CHOICE, en="what is free: usual, local (what differs between cities), all of these, or keys",
        zh="放开哪些参数：usual（常用）、local（各城市不同者）、all（两者），或具体的键",
    )  # fmt: skip
    services: bool = parameter(
        default=True, unit="-", source=_CHOICE, en="whether the set also holds what services do, over the plausible ranges: no target speaks of that",
        zh="参数集是否也包含服务的作用（取遍合理区间；没有目标涉及）",
    )  # fmt: skip
    at_rest: bool = parameter(
        default=True, unit="-", source=_CHOICE,
        en="whether each vector also has what its market comes to by itself, the filling of posts and those underway, so that it holds still: two "
           "longer runs for each",
        zh="是否为每组参数另测其市场自行达到的招满率与筹备中岗位，使市场保持平稳（每组多模拟两次，时间较长）",
    )  # fmt: skip
    vectors: int = parameter(128, unit="vectors", low=4, high=10_000, source=_CHOICE, en="vectors of the set", zh="参数集的组数")
    set: str | None = parameter(
        None, unit="-", source=_CHOICE, en="file NAME.yaml that the set is also written to; null: set.yaml of the result alone",
        zh="参数集另存为的文件 名称.yaml，null 为仅写入结果目录的 set.yaml",
    )  # fmt: skip
    replicates: int = parameter(
        1, unit="-", low=1, high=1000, source=_CHOICE,
        en="runs of each vector of the set, with luck of their own: what the set measures in fact",
        zh="以另外的随机数对参数集每组各模拟的次数：参数集的实际结果",
    )  # fmt: skip
    truths: int = parameter(
        40, unit="runs", low=0, high=10_000, source=_CHOICE,
        en="runs whose values are known, taken for reality: how often the stated ranges hold these",
        zh="作为“现实”的已知模拟次数：检验所给区间包含真值的比例",
    )  # fmt: skip

    @field_validator("set")
    @classmethod
    def _is_yaml(cls, name: str | None) -> str | None:
        if name is not None and not name.endswith(".yaml"):
            message = Sentence("write a file that ends in .yaml, such as set=mycity.yaml", "请写以 .yaml 结尾的文件，如 set=mycity.yaml")
            raise ValueError(message)
        return name
