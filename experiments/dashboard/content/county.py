"""A place of one's own: five questions, the rest filled in by what kind of place it is; from the form to declared changes of a shipped place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from experiments.dashboard.content.drafts import DraftError
from experiments.dashboard.content.sources import cited, leaf_at, source_of
from experiments.dashboard.content.texts import Plain, rounded, spoken, text
from sim.bilingual import Sentence, message_of, sentence
from sim.calendar import YEAR_DAYS
from sim.errors import ConfigurationError
from sim.outcomes import OUTCOMES
from sim.own_file import NO_SET
from sim.parameters import Leaf, declarations, inner_type
from sim.scenario import Scenario, load_scenario
from sim.simulation import simulate
from sim.states import FIELDS
from sim.units import unit_words
from sim.wording import did_you_mean, unknown

KIND, COUNTY = "kind", "county"
"""Key of what kind of place it is, and the kind that is meant where none is named."""
CAMPUSES, DISTRICTS, PAY, NAME, SECTORS = "campuses", "districts", "pay", "name", "sectors"
"""Fields that set more than a number."""
WAGES = ("region.wage_vocational", "region.wage_bachelor", "region.wage_master")
OF_PAY = WAGES[1]
"""The wage that is asked for; the others keep their ratio to it."""
INHABITANTS, GRADUATES = "population.inhabitants", "population.graduates"
PICTURED, PICTURES = 2000, 2
"""People and replicates of the small picture: enough to recognise a town by, in a second."""
PICTURE_OF = ("unemployment_16_24", "unemployment_rate", "vacancies_per_seeker", "left_region")
LONGEST_NAME = 30
"""Letters of the name of a place."""


class KindOfPlace(NamedTuple):
    """A kind of place: a shipped one that stands for it.

    Attributes:
        place: Its name, for ``place=``.
        title: What the kind is called.
        says: Which place stands for it.
        inhabitants: How many there are as a rule; None: as the place says.
    """

    place: str
    title: Sentence
    says: Sentence
    inhabitants: int | None = None


KINDS: dict[str, KindOfPlace] = {
    COUNTY: KindOfPlace(COUNTY, Sentence("A county", "县（县级市）"), Sentence("a composite of inland counties", "内陆县的合成样本")),
    "prefecture": KindOfPlace(
        "default", Sentence("A prefecture-level city", "地级市"),
        Sentence("a composite of inland prefecture-level cities", "内陆地级市的合成样本"), 3_000_000,
    ),
    "district": KindOfPlace(
        "chengyang", Sentence("A district of a big city", "大城市的一个区"),
        Sentence("as Chengyang, a district of Qingdao", "参照青岛市城阳区"), 700_000,
    ),
    "street": KindOfPlace(
        "dongbeitang", Sentence("A street or town", "街道（镇）"), Sentence("as Dongbeitang, a street of Wuxi", "参照无锡市东北塘街道"), 100_000,
    ),
}  # fmt: skip
"""Kind → the place that stands for it. Inhabitants of the last three: assumptions, as many as such a place has as a rule."""


class Field(NamedTuple):
    """A field of the form.

    Attributes:
        name: Its name.
        title: What is asked.
        keys: Declared keys that it sets; `N` stands for the number of an entry.
        kind: What is filled in.
        help: How it becomes these keys, where that is not plain.
    """

    name: str
    title: Sentence
    keys: tuple[str, ...]
    kind: Literal["number", "choice", "list", "text"] = "number"
    help: Sentence = Sentence("", "")


QUESTIONS = (
    Field(KIND, Sentence("What kind of place is it?", "这是什么样的地方？"), ("place",), "choice",
          Sentence("It fills in everything else; change what you know.", "其余各项按此填好，知道的再改。")),
    Field("inhabitants", Sentence("How many people live there?", "常住人口有多少？"), (INHABITANTS,), "number",
          Sentence("The young people follow from it by a sourced rate; or say under “more” how many they are.",
                   "按有出处的比率推算青年人数；也可在“更多”中直接填写。")),
    Field(CAMPUSES, Sentence("How far are the nearest university towns, km?", "最近的高校所在地有多远（公里）？"),
          ("region.campuses.N.distance_km",), "list", Sentence("One distance for each campus elsewhere.", "每所市外高校一个距离。")),
    Field(PAY, Sentence("What does a beginner with a bachelor's degree earn, CNY a month?", "本科毕业生起薪一般多少（元/月）？"), WAGES, "number",
          Sentence("Pay of the other degrees keeps its ratio to it.", "高职与硕士起薪按原比例随之变动。")),
    Field("rent", Sentence("What does a room cost, CNY a month?", "租一间房多少钱（元/月）？"), ("region.rent",)),
)  # fmt: skip
"""Asked first."""
MORE = (
    Field(NAME, Sentence("Name of the place", "地方名称"), ("region.name_zh", "region.name"), "text",
          Sentence("As sentences and reports shall call it.", "结论和报告里用这个名称。")),
    Field("graduates", Sentence("Young people who may look for work there", "可能在此求职的青年人数"), (GRADUATES,), "number",
          Sentence("Instead of the inhabitants.", "填写后不再按常住人口推算。")),
    Field("tightness", Sentence("Open posts per young person without work", "每名失业青年对应的空缺岗位"), ("market.tightness",)),
    Field(DISTRICTS, Sentence("Weights of its parts in employers and homes", "各片区的用人单位与居住权重"), ("region.districts.N.share",), "list"),
    Field(SECTORS,
          Sentence("Weights of industries: manufacturing, computing, business, services, agriculture", "行业权重：制造、计算机、商业、服务、农业"),
          ("region.jobs_by_field",), "list"),
    Field("living_cost", Sentence("Living cost without rent, CNY a month", "生活费（不含房租，元/月）"), ("region.living_cost",)),
    Field("rent_elsewhere", Sentence("Rent where people who leave work, CNY a month", "外出工作地房租（元/月）"), ("region.rent_elsewhere",)),
    Field("hotel_night", Sentence("A night in a budget hotel, CNY", "经济型酒店一晚（元）"), ("region.hotel_night",)),
    Field("within_km", Sentence("Way to work within a part, km", "片区内通勤距离（公里）"), ("region.within_district_km",)),
    Field("between_km", Sentence("Way to work from one part to another, km", "跨片区通勤距离（公里）"), ("region.between_districts_km",)),
    Field("from_elsewhere",
          Sentence("Earlier graduates of campuses elsewhere who live here some years after, share", "往届市外高校毕业生数年后在本地居住的占比"),
          ("population.residents_from_elsewhere_share",)),
    Field("returned",
          Sentence("Earlier graduates who grew up here, studied elsewhere and came back, share", "在外就读的本地生源数年后返乡的占比"),
          ("population.locals_returned_share",)),
    Field("final_year", Sentence("Share in the final year of study at the start", "应届在校生占比"), ("population.final_year_share",)),
)  # fmt: skip
"""Everything else that can be said of it."""
FIELDS_OF_FORM = {field.name: field for field in (*QUESTIONS, *MORE)}


@cache
def base_of(kind: str) -> Scenario:
    """Return the place that stands for a kind, without a programme."""
    return load_scenario("none", {"place": KINDS[kind].place}, behaviour=NO_SET)


def form() -> Plain:
    """Return the form: questions, further fields, and what each kind of place fills in."""
    return {
        "questions": [_field(field) for field in QUESTIONS],
        "more": [_field(field) for field in MORE],
        "kinds": [
            {
                "kind": kind, "title": text(one.title), "says": text(one.says), "place": one.place, "defaults": defaults_of(kind),
                "entries": {CAMPUSES: [text(Sentence(spoken(one.name), one.name_zh)) for one in _elsewhere(kind)],
                            DISTRICTS: [text(Sentence(spoken(one.name), one.name_zh)) for one in base_of(kind).region.districts],
                            SECTORS: list(map(text, SECTOR_NAMES))},
                "sources": {field.name: text(_source(kind, field)) for field in FIELDS_OF_FORM.values()},
            }
            for kind, one in KINDS.items()
        ],
    }  # fmt: skip


SECTOR_NAMES = (
    Sentence("manufacturing", "制造"), Sentence("computing", "计算机"), Sentence("business", "商业"), Sentence("services", "服务"),
    Sentence("agriculture", "农业"),
)  # fmt: skip
"""Industries, in the order of their numbers."""


def _field(field: Field) -> Plain:
    """Return a field with what is declared of its first key."""
    leaf = _leaf(COUNTY, field)
    unit = unit_words(leaf.unit) if leaf else {"en": "-", "zh": "-"}
    return {
        "name": field.name, "title": text(field.title), "unit": unit, "low": leaf.low if leaf else None, "high": leaf.high if leaf else None,
        "usual": list(leaf.prior) if leaf and leaf.prior else None, "source": text(source_of(leaf)) if leaf else text(""),
        "help": text(field.help or (leaf.meaning if leaf else "")),
        "kind": field.kind, "whole": leaf is not None and inner_type(leaf.annotation) is int, "keys": list(field.keys),
    }  # fmt: skip


def _leaf(kind: str, field: Field) -> Leaf | None:
    key = OF_PAY if field.name == PAY else field.keys[0].replace(".N.", "[].")
    return next((leaf for leaf in declarations(base_of(kind)) if leaf.key == key), None)


def _elsewhere(kind: str) -> list[Any]:
    """Return the campuses outside whose distance is asked for; not the row that stands for wherever locals study."""
    return [campus for campus in base_of(kind).region.campuses if campus.outside and campus.locals_share < 1]


def defaults_of(kind: str) -> Plain:
    """Return what a kind of place fills in: name of a field → value."""
    found: Plain = {}
    for field in FIELDS_OF_FORM.values():
        if field.name == KIND:
            found[KIND] = kind
        elif field.name == "inhabitants":
            found[field.name] = _inhabitants(kind)
        elif field.name == CAMPUSES:
            found[CAMPUSES] = [campus.distance_km for campus in _elsewhere(kind)]
        elif field.name == DISTRICTS:
            found[DISTRICTS] = [district.share for district in base_of(kind).region.districts]
        elif field.name == "graduates":
            found[field.name] = None
        else:
            value = leaf_at(base_of(kind), OF_PAY if field.name == PAY else field.keys[0]).value
            found[field.name] = list(value) if isinstance(value, tuple) else value
    return found


def _inhabitants(kind: str) -> int:
    return KINDS[kind].inhabitants or base_of(kind).population.inhabitants or 0


def _source(kind: str, field: Field) -> Sentence:
    """Say where what a kind fills in comes from: the comment of its file, else its declaration."""
    if field.name == KIND:
        return KINDS[kind].says
    if field.name == "inhabitants" and KINDS[kind].inhabitants is not None:
        return Sentence("assumption: as many as such a place has as a rule", "假定：此类地方的通常规模")
    key = OF_PAY if field.name == PAY else field.keys[0]
    return cited(KINDS[kind].place, key.split(".N.")[0]) or source_of(leaf_at(base_of(kind), key.replace(".N.", "[].")))


def changes_of(county: Mapping[str, Any]) -> tuple[Plain, list[str]]:
    """Return what a form that was filled in changes: ``place`` and declared keys → values; and the names of the fields that are assumed.

    Args:
        county: Kind of the place, and name of a field → value; what is left out, or null, is as the kind fills it in.

    Raises:
        DraftError: No such kind or field, or a value that is not allowed.
    """
    kind = county.get(KIND, COUNTY)
    if kind not in KINDS:
        raise DraftError(_no_kind(kind), f"county.{KIND}")
    if wrong := sorted(set(map(str, county)) - set(FIELDS_OF_FORM)):
        raise DraftError(unknown("key", wrong[0], list(FIELDS_OF_FORM)), f"county.{wrong[0]}")
    given = {name: value for name, value in county.items() if value is not None and name != KIND}
    found: Plain = {"place": KINDS[kind].place}
    if "graduates" not in given and (KINDS[kind].inhabitants is not None or "inhabitants" in given):
        found[INHABITANTS] = given.get("inhabitants", _inhabitants(kind))
    for name, value in given.items():
        if name != "inhabitants":
            found |= _changes(kind, FIELDS_OF_FORM[name], value)
    _check(kind, found, given)
    known = {KIND, NAME, "graduates", *given, *(["inhabitants"] if "graduates" in given else [])}
    return found, [name for name in FIELDS_OF_FORM if name not in known]


def _no_kind(kind: object) -> Sentence:
    hint = did_you_mean(next((name for name in KINDS if str(kind)[:3] == name[:3]), ""))
    return sentence(
        "kind is {kind!r}; allowed is one of {kinds}.{hint}", "kind 为“{kind}”，应为以下之一：{kinds}。{hint}", kind=str(kind)[:LONGEST_NAME],
        kinds=", ".join(KINDS), hint=hint,
    )  # fmt: skip


def _changes(kind: str, field: Field, value: Any) -> Plain:  # noqa: ANN401
    """Return what one field changes."""
    region = base_of(kind).region
    where = f"county.{field.name}"
    if field.name == NAME:
        if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST_NAME or "${" in value:
            raise DraftError(sentence("write a name of 1 to {most} letters", "请写 1 至 {most} 个字的名称", most=LONGEST_NAME), where)
        name = value.strip()
        return {"region.name_zh": name} if name == region.name_zh else dict.fromkeys(field.keys, name)
    if field.kind == "list":
        numbers = _numbers(where, value, _length(kind, field))
        if field.name == SECTORS:
            return {"region.jobs_by_field": numbers}
        entries = region.campuses if field.name == CAMPUSES else region.districts
        chosen = _elsewhere(kind) if field.name == CAMPUSES else list(entries)
        return {field.keys[0].replace("N", str(entries.index(entry))): number for entry, number in zip(chosen, numbers, strict=True)}
    number = _numbers(where, [value], 1)[0]
    if field.name == PAY:
        usual = float(leaf_at(base_of(kind), OF_PAY).value)
        return {key: round(float(leaf_at(base_of(kind), key).value) * number / usual, -1) if key != OF_PAY else number for key in WAGES}
    return {field.keys[0]: number}


def _length(kind: str, field: Field) -> int:
    return FIELDS if field.name == SECTORS else len(_elsewhere(kind)) if field.name == CAMPUSES else len(base_of(kind).region.districts)


def _numbers(where: str, value: Any, length: int) -> list[Any]:  # noqa: ANN401
    """Return numbers.

    Raises:
        DraftError: Something else, or another number of them.
    """
    ok = isinstance(value, list) and len(value) == length and all(
        isinstance(one, (int, float)) and not isinstance(one, bool) and math.isfinite(one) for one in value
    )  # fmt: skip
    if not ok:
        wanted = Sentence("a number", "一个数") if length == 1 else sentence("{length} numbers", "{length} 个数", length=length)
        raise DraftError(sentence("{where}: write {wanted}", "{where}：请写{wanted}", where=where, wanted=wanted), where)
    return [int(one) if float(one).is_integer() else one for one in value]


def _check(kind: str, changes: Plain, given: Mapping[str, Any]) -> None:
    """Find out which field a value comes from that is not allowed.

    Raises:
        DraftError: With the field.
    """
    base = base_of(kind)
    for name in given:
        keys = [key for key in changes if key in _keys_of(kind, name)]
        try:
            base.with_({key: changes[key] for key in keys})
        except ConfigurationError as error:
            raise DraftError(message_of(error), f"county.{name}") from None


def _keys_of(kind: str, name: str) -> set[str]:
    keys = FIELDS_OF_FORM[name].keys
    most = max(len(base_of(kind).region.campuses), len(base_of(kind).region.districts))
    return {key.replace("N", str(number)) for key in keys for number in range(most)} if ".N." in keys[0] else set(keys)


def picture(changes: Mapping[str, Any]) -> Plain:
    """Return a small picture of a place without a programme: is this my town?

    Args:
        changes: What `changes_of` returned.

    Returns:
        Unemployment of the young and open posts a seeker by month, who leaves, and which fields move that most; of a small part of the people.

    Raises:
        DraftError: The values do not go together.
    """
    try:
        place = load_scenario("none", {**changes, "days": YEAR_DAYS}, behaviour=NO_SET)
        people = place.population.graduates
        small = place.with_({"population.graduates": min(people, PICTURED)})
    except ConfigurationError as error:
        raise DraftError(message_of(error), "county") from None
    results = simulate(small, PICTURES, workers=PICTURES)
    months = [str(date)[:7] for date in results.dates]
    found: Plain = {"months": list(dict.fromkeys(months)), "people": people, "pictured": small.population.graduates, "replicates": PICTURES}
    for name in ("unemployment_16_24", "unemployment_rate", "vacancies_per_seeker"):
        daily = results.over(results.series[name]).mean
        found[name] = rounded([_mean([float(value) for value, of in zip(daily, months, strict=True) if of == month]) for month in found["months"]], 4)
    left = float(results.outcomes["left_region"].mean()) / small.population.graduates
    return {**found, "left": left, "titles": {name: text(OUTCOMES[name].label) for name in PICTURE_OF}, "moved_by": {
        "unemployment": ["tightness", "final_year"], "left": ["pay", "rent"], "vacancies_per_seeker": ["tightness", "sectors"]},
        "note": text(sentence(
            "A picture of {some} of {all} young people, lived twice: to see whether it looks like your town, not to rely on.",
            "以 {all} 名青年中的 {some} 名模拟两次所得，只用来看像不像当地，不作依据。", some=f"{small.population.graduates:,}", all=f"{people:,}",
        ))}  # fmt: skip


def _mean(values: list[float]) -> float:
    known = [value for value in values if math.isfinite(value)]
    return sum(known) / len(known) if known else math.nan
