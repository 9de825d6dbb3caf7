"""The provinces of a nation, each a market, and how people move between them."""

from __future__ import annotations

from pydantic import ValidationInfo, field_validator, model_validator

from sim.bilingual import Sentence, sentence
from sim.calendar import MONTH_DAYS
from sim.parameters import ParameterGroup, parameter

_FILE = "see the region's file"
MOST_PROVINCES = 127
"""Provinces at most: a person's row says in one byte in which the person lives."""
EVERYWHERE = "all"
"""Stands for every province where one is named that has the programme."""


class Province(ParameterGroup):
    """A province, whose colleges and employers are one market."""

    name: str = parameter(..., unit="-", source=_FILE, en="name in English", zh="英文名称")
    name_zh: str = parameter(..., unit="-", source=_FILE, en="name in Chinese", zh="中文名称")
    longitude: float = parameter(..., unit="degrees", low=-180, high=180, source=_FILE, en="longitude of the seat of government", zh="省会经度")
    latitude: float = parameter(..., unit="degrees", low=-90, high=90, source=_FILE, en="latitude of the seat of government", zh="省会纬度")
    students: float = parameter(1.0, unit="weight", low=0.001, high=1_000_000, source=_FILE, en="weight of its campuses among the graduates of the nation", zh="该省高校毕业生权重")
    jobs: float = parameter(1.0, unit="weight", low=0.001, high=1_000_000, source=_FILE, en="weight of its jobs for graduates: how far it draws those who look elsewhere", zh="该省毕业生岗位权重（对外地求职者的吸引）")
    pay: float = parameter(1.0, unit="ratio", low=0.2, high=5, source=_FILE, en="mean pay of employees there relative to the nation's", zh="该省平均工资与全国之比")


class Nation(ParameterGroup):
    """Markets of provinces, and the exchange of people between them."""

    provinces: tuple[Province, ...] = parameter((), unit="-", source=_FILE, en="provinces, each a market of its own; none: the region is one market", zh="省份，各为一个市场；为空表示该地区本身就是一个市场")
    markets: tuple[str, ...] = parameter((), unit="-", source="choice", en="names of the provinces that are simulated; none: all of them", zh="要模拟的省份名称；为空表示全部")
    policy_in: str = parameter("", unit="-", source="choice", en="province in which the programme is carried out; all: in each of them, each as large as declared", zh="实施项目的省份；all 表示各省都按声明规模实施")
    migration: bool = parameter(default=True, unit="-", source="choice", en="people move between the markets; else each market lives by itself, and work elsewhere is a stream of offers", zh="人员在各市场间流动；否则各市场独立运行，外地工作为外生机会")
    exchange_days: int = parameter(7, unit="days", low=1, high=MONTH_DAYS, source="choice", en="days between two exchanges of people", zh="两次人员交换的间隔天数")
    room: float = parameter(1.0, unit="ratio", low=0, high=100, source="choice", en="room for people who come from other markets, relative to those who are expected to come and a margin for luck", zh="为外来人员预留的行数与预计到来人数（含随机余量）之比")
    look_months: float = parameter(6.0, unit="months", low=1, high=120, prior=(3, 12), source="assumption", en="mean time after which somebody who looks for work thinks again of where", zh="求职者重新考虑求职地点的平均间隔")
    stay_share: float = parameter(0.75, unit="share", low=0.01, high=0.99, prior=(0.5, 0.9), source="assumption", en="of those who look for work, the share that looks where it lives, were work worth as much more elsewhere as usual", zh="求职者中在居住地求职的占比（外地收益为通常水平时）")
    known_elsewhere: float = parameter(0.25, unit="ratio", low=0, high=1, prior=(0.05, 0.75), source="assumption", en="people who look for work in other markets and know of a service at the start, relative to those who look in its market", zh="在其他市场求职者对某项服务的初始知晓率与在该市场求职者之比")
    distance_decay: float = parameter(0.8, unit="elasticity", low=0, high=5, prior=(0.3, 1.5), source="assumption", en="fall of what a province draws with distance", zh="吸引力随距离递减的弹性")
    pay_passed_on: float = parameter(0.5, unit="elasticity", low=0, high=2, prior=(0.3, 1), source="assumption", en="how far entry pay and rents follow the mean pay of a province", zh="起薪与房租随该省平均工资变动的弹性")

    @field_validator("provinces")
    @classmethod
    def _different(cls, provinces: tuple[Province, ...]) -> tuple[Province, ...]:
        names = {province.name for province in provinces}
        if len(names) < len(provinces) or EVERYWHERE in names:
            message = Sentence("names must differ, and none may be 'all'", "名称不能重复，也不能为 all")
            raise ValueError(message)
        if len(provinces) > MOST_PROVINCES:
            raise ValueError(sentence("has {count} entries; at most {most}", "有 {count} 项，最多 {most} 项", count=len(provinces), most=MOST_PROVINCES))
        if len(provinces) == 1:
            message = Sentence("a nation needs at least two provinces", "全国至少须有两个省份")
            raise ValueError(message)
        return provinces

    @field_validator("markets", "policy_in")
    @classmethod
    def _by_name(cls, given: str | tuple[str, ...], info: ValidationInfo) -> str | tuple[str, ...]:
        """Know a province by either of its names, in capitals or not."""
        names = {called.lower(): one.name for one in info.data.get("provinces", ()) for called in (one.name, one.name_zh)}
        return names.get(given.lower(), given) if isinstance(given, str) else tuple(names.get(name.lower(), name) for name in given)

    @model_validator(mode="after")
    def _check(self) -> Nation:
        known = [province.name for province in self.provinces]
        chosen = (*self.markets, *([self.policy_in] if self.policy_in not in ("", EVERYWHERE) else []))
        for name in chosen:
            if not known:
                raise ValueError(sentence(
                    "names the province {name!r}, but this region is one market; take place=national", "指定了省份“{name}”，但该地区是一个市场；请用 place=national",
                    name=name,
                ))  # fmt: skip
            if name not in known:
                there = Sentence(", ".join(known), "、".join(province.name_zh for province in self.provinces))
                raise ValueError(sentence(
                    "there is no province {name!r}; there are: {there}", "没有名为“{name}”的省份；有：{there}", name=name, there=there,
                ))  # fmt: skip
        if len(set(self.markets)) < len(self.markets):
            message = Sentence("markets names a province twice", "markets 中有重复的省份")
            raise ValueError(message)
        if self.markets and self.policy_in not in ("", EVERYWHERE, *self.markets):
            raise ValueError(sentence(
                "policy_in is {name}, which is not among the markets that are simulated; add it to markets", "policy_in 为 {name}，不在要模拟的 markets 之中；请加入",
                name=self.policy_in,
            ))  # fmt: skip
        return self

    @property
    def lived(self) -> tuple[str, ...]:
        """Names of the provinces that are simulated."""
        return self.markets or tuple(province.name for province in self.provinces)
