"""The shape of a result as the page writes it, to its innermost parts: what somebody sends to be opened is held against it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sim.bilingual import Sentence

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)] | None
Name = Annotated[str, Field(strict=True, max_length=400)]
Flag = Annotated[bool, Field(strict=True)]
Told = Literal["more", "fewer", "untold", "same", "unknown"]
Three = Annotated[list[Number], Field(min_length=3, max_length=3)]
Ends = Annotated[list[Number], Field(min_length=2, max_length=2)] | None
LONGEST_LOCATION = 80


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow")


class _Text(_Part):
    en: Annotated[str, Field(strict=True)]
    zh: Annotated[str, Field(strict=True)]


class _Range(_Part):
    value: Number
    low: Number
    high: Number


class _Row(_Range):
    row: Name
    title: _Text
    says: _Text | None = None


class _Answer(_Part):
    variant: Name
    label: _Text
    told: Told
    sentence: _Text


class _Sure(_Part):
    ignorance: Ends
    prediction: Ends
    simulation_error: Number
    sentences: list[_Text]
    what: _Text
    of: _Text


class _Cost(_Range):
    defined: Flag
    loses: Flag
    sentence: _Text


class _Lever(_Range):
    lever: Name
    title: _Text
    more: Three


class _Money(_Part):
    spending: Three
    more: Three
    lent: Three
    invested: Three
    lost: Three
    capital: _Text | None = None
    by_lever: list[_Lever]
    budget: Number
    over: Flag | None
    against_budget: _Text | None


class _Band(_Part):
    mean: list[Number]
    low: list[Number]
    high: list[Number]


class _Curve(_Part):
    title: _Text
    unit: _Text
    days: list[Name]
    worlds: dict[Name, _Band]
    difference: dict[Name, _Band]

    @model_validator(mode="after")
    def _as_long(self) -> _Curve:
        bands = [*self.worlds.values(), *self.difference.values()]
        if any(len(part) != len(self.days) for band in bands for part in (band.mean, band.low, band.high)):
            message = Sentence("a band has another length than its days", "区间与日期长度不同")
            raise ValueError(message)
        return self


class _Stage(_Range):
    title: _Text
    unit: _Text


class _Funnel(_Part):
    lever: Name
    title: _Text
    stages: list[_Stage]


class _Group(_Part):
    group: Name
    member: Name
    title: _Text
    difference: Number
    low: Number
    high: Number
    told: Told
    hidden: Flag


class _Capacity(_Text):
    lever: Name
    what: Name
    value: Number
    bound: Flag


class _Assumption(_Part):
    key: Name
    title: _Text
    share: Number
    low: Number
    high: Number
    source: _Text


class _Carries(_Part):
    sentence: _Text | None
    rows: list[_Assumption]


class _Reported(_Part):
    outcome: Name
    title: _Text
    unit: _Text
    reported: Number
    simulated: Three
    miss: Flag
    chosen: Flag
    plan: Flag
    why: _Text


class _Beside(_Part):
    sentence: _Text
    told: Told
    jobs: _Range
    stays: _Range
    firms: _Range
    spending: _Range


class _Outcome(_Part):
    title: _Text
    unit: _Text
    difference: Number
    low: Number
    high: Number


class _Measure(_Range):
    told: Told


class _Measures(_Part):
    jobs: _Measure
    stays: _Measure
    firms: _Measure
    spending: _Measure


class _PartCost(_Range):
    defined: Flag
    loses: Flag


class _LeverPart(_Measures):
    lever: Name
    title: _Text
    cost: _PartCost


class _Parts(_Part):
    preliminary: Flag
    what: _Text
    notes: list[_Text]
    levers: list[_LeverPart]
    whole: _Measures


OF_VARIANTS = ("labels", "how_sure", "account", "stays", "firms", "cost", "money", "funnels", "for_whom", "capacity", "carries", "outcomes")
"""What is there of every variant."""


class Result(_Part):
    """What the page shows of a comparison."""

    preliminary: Flag
    replicates: Annotated[int, Field(strict=True, ge=1)]
    people: Annotated[int, Field(strict=True, ge=1)]
    days: Annotated[int, Field(strict=True, ge=1)]
    programme: Name
    title: _Text
    against: _Text
    labels: dict[Name, _Text]
    answer: Annotated[list[_Answer], Field(min_length=1)]
    compared: _Text
    notes: list[_Text]
    changed: dict[Name, list[_Text]]
    how_sure: dict[Name, _Sure]
    account: dict[Name, list[_Row]]
    stays: dict[Name, list[_Row]]
    firms: dict[Name, list[_Row]]
    cost: dict[Name, _Cost]
    money: dict[Name, _Money]
    curves: dict[Name, _Curve]
    funnels: dict[Name, list[_Funnel]]
    for_whom: dict[Name, list[_Group]]
    capacity: dict[Name, list[_Capacity]]
    carries: dict[Name, _Carries]
    reported: list[_Reported]
    beside: dict[Name, _Beside]
    outcomes: dict[Name, list[_Outcome]]
    parts: dict[Name, _Parts] = {}

    @model_validator(mode="after")
    def _same_variants(self) -> Result:
        names = [one.variant for one in self.answer]
        whole = all(getattr(self, part).keys() >= set(names) for part in OF_VARIANTS)
        worlds = all(curve.difference.keys() >= set(names) for curve in self.curves.values())
        if not whole or not worlds or len(set(names)) < len(names) or not self.beside.keys() >= set(names[1:]) or self.parts.keys() - set(names):
            message = Sentence("its parts are of other variants than its answer", "各部分的方案与结论不同")
            raise ValueError(message)
        return self


def fault_of(result: Any) -> str | None:  # noqa: ANN401
    """Return where a result is not as the page writes it; None where it is."""
    try:
        Result.model_validate(result)
    except (ValidationError, RecursionError) as error:
        found = error.errors(include_url=False, include_input=False)[0]["loc"] if isinstance(error, ValidationError) else ()
        return ".".join(map(str, found))[:LONGEST_LOCATION] or "answer"
    return None
