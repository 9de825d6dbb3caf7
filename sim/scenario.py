"""Scenario: everything one run is made from, checked before anything runs."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, PrivateAttr, ValidationError, create_model, model_validator

from sim.behaviour import Behaviour
from sim.behaviour_set import DEFAULT_BEHAVIOUR, BehaviourSet, ChosenSet, chosen, with_fixed
from sim.bilingual import Sentence, joined, listed, sentence
from sim.calendar import Horizon, years_without_holidays
from sim.changing import changed, check_kinds, dotted, tree_of
from sim.columns import LONGEST_RUN
from sim.composing import chosen_files
from sim.configuration import GROUPS, ConfigurationError, composed, register_defaults
from sim.elsewhere import NOTES, date_in, settle, with_start
from sim.exams import Exams
from sim.ledger.people_file import known_in_words
from sim.ledger.posts_file import posts_in_words
from sim.lever import Lever
from sim.levers import LEVERS
from sim.opening import Opening
from sim.own_file import NO_SET, PACKAGES, SETS
from sim.own_files import current_own, own_in_use, using
from sim.parameters import Leaf, ParameterGroup, leaves, parameter
from sim.readings import understand
from sim.region import Market, Population, Region
from sim.reported import SOURCE, ReportedFigure, refuse_twice
from sim.wording import explain_value, unknown

FIRST_START, LAST_START = date(1950, 1, 1), date(2100, 12, 31)
"""Days on which a run may start: China's holidays begin in 1950."""
NAMES = {"programme": "programme_name", "place": "place_name"}
"""Parts that a file of a group gives its own name → the key under which the file writes it: the group's name is taken."""
_CHOICE = "choice"
_PROGRAMME = "see the programme's file"


class _Policy(ParameterGroup):
    """The levers, by name, in the order of `LEVERS`."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...  # noqa: ANN401

    @property
    def levers(self) -> dict[str, Lever]:
        """Name → parameters of each lever."""
        return {name: getattr(self, name) for name in type(self).model_fields}


Policy = create_model("Policy", __base__=_Policy, **{lever.name: (lever, lever()) for lever in LEVERS})  # type: ignore[call-overload]
"""What a planner chooses: each lever under its name."""


class Scenario(ParameterGroup):
    """One scenario.

    Attributes:
        programme: Name of the programme.
        place: Name of the place: its region, population, market and behaviour.
        title: Title in English.
        title_zh: Title in Chinese.
        document: Document that the programme is modelled on.
        start: Date of day 0.
        days: Length in days.
        region: The region.
        population: Who is simulated.
        opening: What people and firms bring with them, and the first morning.
        exams: Exams, going on to study, and the civil service.
        market: The demand side.
        behaviour: Behaviour of people and employers.
        behaviour_set: Set of behaviours that are equally likely, one for each two replicates.
        policy: The levers.
        reported: What the operator reported.
    """

    programme: str = parameter("none", unit="-", source=_CHOICE, en="name of the programme: levers and period", zh="项目：政策工具与起止")
    place: str = parameter(
        "default", unit="-", source=_CHOICE, en="name of the place: region, population, market and behaviour of its own",
        zh="地方：自身的地区、人口、市场与行为",
    )  # fmt: skip
    title: str = parameter("No programme", unit="-", source=_PROGRAMME, en="title in English", zh="英文名称")
    title_zh: str = parameter("没有方案", unit="-", source=_PROGRAMME, en="title in Chinese", zh="中文名称")
    document: str = parameter("", unit="-", source=_PROGRAMME, en="document that the programme is modelled on", zh="依据文件")
    start: date = parameter(date(2020, 11, 1), unit="date", source=_CHOICE, en="date of the first day", zh="起始日期")
    days: int = parameter(365, unit="days", low=1, high=LONGEST_RUN, source=_CHOICE, en="length in days", zh="天数")
    region: Region
    population: Population = Population()
    opening: Opening = Opening()
    exams: Exams = Exams()
    market: Market = Market()
    behaviour: Behaviour = Behaviour()
    behaviour_set: ChosenSet = ChosenSet()
    policy: Policy = Policy()  # type: ignore[valid-type]
    reported: tuple[ReportedFigure, ...] = parameter((), unit="-", source=SOURCE, en="figures that the operator reported", zh="上报数")
    _notes: tuple[Sentence, ...] = PrivateAttr(default=())

    def __repr__(self) -> str:
        levers = ", ".join(name for name, lever in self.policy.levers.items() if lever.offers_something) or "no lever"
        people = f"{self.population.graduates:,} graduates"
        return f"<Scenario {self.programme} in {self.place}: {self.days:,} days from {self.start}, {people}; {levers}>"

    __str__ = __repr__

    @property
    def notes(self) -> tuple[Sentence, ...]:
        """What has to be known about how this scenario was put together: campuses left behind, levers that are shut, years without known holidays."""
        return (*self._notes, *known_in_words(self.population, self.region),
                *posts_in_words(self.market, self.region), *self._fixed(), *self._shut(), *self._holidays())

    def _fixed(self) -> Iterator[Sentence]:
        by_hand = self.behaviour_set.by_hand
        fixed = {leaf.key: leaf.value for leaf in leaves(self) if leaf.key in by_hand} if by_hand else {}
        if fixed:
            yield sentence(
                "behaviour={name}: fixed in every vector, since it was given: {fixed}.",
                "behaviour={name}：以下键已另行给定，各组参数中取值相同：{fixed}。",
                name=self.behaviour_set.name, fixed=", ".join(f"{key}={value:.6g}" for key, value in fixed.items()),
            )  # fmt: skip

    def _shut(self) -> Iterator[Sentence]:
        shut = [f"policy.{name}" for name, lever in self.policy.levers.items() if lever.offers_something and not self.is_offered(lever)]
        if shut:
            yield sentence(
                "{levers}: not offered on any day of the run, by opening_date and closing_date.",
                "{levers}：按 opening_date 与 closing_date，模拟期内任何一天都不开办。", levers=", ".join(shut),
            )  # fmt: skip

    def _holidays(self) -> Iterator[Sentence]:
        years = years_without_holidays(self.start, self.days)
        if not years:
            return
        unknown_years = sentence(
            "No calendar of holidays is known for {years}: public holidays are computed, and weekends worked to make up for them are not known.",
            "{years} 年的放假安排尚无资料：法定节假日按历法推算，调休工作日未知。",
            years=", ".join(map(str, years)),
        )  # fmt: skip
        yield unknown_years

    def implausible(self, given: Iterable[str] | None = None) -> list[Leaf]:
        """Return the levels outside their plausible range, with key, value and range (`Leaf.prior`).

        Args:
            given: Dotted keys, or groups of them, to look at; None: every key that is not at its declared default.
        """
        return [leaf for leaf in leaves(self) if leaf.is_implausible and (leaf.value != leaf.default if given is None else leaf.is_within(given))]

    @model_validator(mode="after")
    def _check(self) -> Scenario:
        refuse_twice(self.reported)
        campuses = {campus.name for campus in self.region.campuses}
        for lever_name, lever in self.policy.levers.items():
            for name in type(lever).model_fields:
                value = getattr(lever, name)
                if isinstance(value, date) and value < self.start and name != "closing_date":
                    key = f"policy.{lever_name}.{name}"
                    message = sentence(
                        "{key} is {value}, before the start of the run ({start}); choose a later date or an earlier start",
                        "{key} 为 {value}，早于起始日期 {start}；请改用较晚的日期，或提早 start", key=key, value=value, start=self.start,
                    )  # fmt: skip
                    raise ValueError(message)
            for earlier, later in (("first_date", "last_date"), ("opening_date", "closing_date")):
                first, last = getattr(lever, earlier, None), getattr(lever, later, None)
                if first is not None and last is not None and first > last:
                    message = sentence(
                        "policy.{lever}.{earlier} is after policy.{lever}.{later}; exchange them",
                        "policy.{lever}.{earlier} 晚于 policy.{lever}.{later}，请对调", lever=lever_name, earlier=earlier, later=later,
                    )  # fmt: skip
                    raise ValueError(message)
            for campus in getattr(lever, "campuses", ()):
                if campus not in campuses:
                    message = sentence(
                        "policy.{lever}.campuses names {campus!r}, which the region does not have; it has: {known}",
                        "policy.{lever}.campuses 中的“{campus}”不在本地区的高校之列，可用：{known}",
                        lever=lever_name, campus=campus, known=listed(sorted(campuses)),
                    )  # fmt: skip
                    raise ValueError(message)
            if lever.goes_to_campuses and lever.offers_something and not self._campuses_of(lever):
                message = sentence(
                    "policy.{lever} is enabled, but the region has no campus outside to go to; name campuses or switch it off",
                    "policy.{lever} 已启用，但本地区没有可去的市外高校；请在 campuses 中指定高校，或将其关闭", lever=lever_name,
                )  # fmt: skip
                raise ValueError(message)
        return self

    def _campuses_of(self, lever: Lever) -> list[str]:
        named = list(getattr(lever, "campuses", ()))
        return named or [campus.name for campus in self.region.campuses if campus.outside and campus.locals_share < 1]

    def horizon(self, lever: Lever) -> Horizon:
        """Return when and where a lever plans its events."""
        names = {campus.name: row for row, campus in enumerate(self.region.campuses)}
        campuses = tuple(names[name] for name in self._campuses_of(lever))
        return Horizon(self.start, self.days, campuses, lever.opening_date, lever.closing_date)

    def is_offered(self, lever: Lever) -> bool:
        """Tell whether anybody can get anything from a lever during the run: it offers something, and is open on some day."""
        return lever.offers_something and Horizon(self.start, self.days, (), lever.opening_date, lever.closing_date).days_open > 0

    def events_of(self, lever: Lever) -> list[dict[str, int]]:
        """Return the events that a lever holds on the days on which it is offered."""
        if not self.is_offered(lever):
            return []
        horizon = self.horizon(lever)
        return [event for event in lever.events(horizon) if horizon.first_day <= event["day"] <= horizon.last_day]

    def of_replicate(self, number: int) -> Scenario:
        """Return the scenario with which a replicate lives: that of its vector where there is a set of behaviours, else this one.

        Args:
            number: Number of the replicate, from 0.

        Returns:
            A scenario without a set.

        Raises:
            ConfigurationError: The vector does not go with what was given.
        """
        if self.behaviour_set.found is None:
            return self
        found = changed(self, tree_of(self.behaviour_set.changes(number), {"behaviour_set": ChosenSet()}), known_keys)
        found._notes = self._notes  # noqa: SLF001
        return found

    @classmethod
    def load(
        cls, programme: str, overrides: dict[str, Any] | None = None, folders: Sequence[str | Path] | None = None,
        behaviour: str | Path | BehaviourSet | None = None,
    ) -> Scenario:  # fmt: skip
        """Load a programme, shipped or of an own folder.

        Args:
            programme: Name of a programme, such as ``"zibo"``, its Chinese title or a part of it (``"淄博"``), or path of a file of one.
            overrides: Key, dotted or with a dictionary of the keys inside → value, such as ``{"policy.lodging.free_nights": 14}``.
            folders: Own folders of configuration; None: those that ``YIZHAN_CONFIGS`` or the nearest ``yizhan.toml`` names, if there are any.
            behaviour: Name or file of a set of behaviours, or a set; ``"evidence"``: none; None: the default. What files and overrides say is fixed.

        Returns:
            The scenario.

        Raises:
            ConfigurationError: An unknown programme or key, or a value that is not allowed.
        """
        return load_scenario(programme, {} if overrides is None else overrides, folders, behaviour)

    def with_(self, changes: Mapping[str, Any] | None = None, /, **more: Any) -> Scenario:  # noqa: ANN401
        """Return the scenario with some keys changed, and checked as when it is loaded; it takes less than a millisecond.

        Args:
            changes: Key, dotted or with a dictionary of the keys inside → value: ``{"policy.lodging.free_nights": 14}``.
            more: The same, as arguments: ``with_(days=180, policy={"lodging": {"free_nights": 14}})``.

        Returns:
            Another scenario; this one stays as it is.

        Raises:
            ConfigurationError: An unknown key, or a value that is not allowed.
        """
        tree = tree_of({} if changes is None else changes, more)
        if tree.get("programme", self.programme) != self.programme:
            raise ConfigurationError(sentence(
                "programme cannot be changed in a scenario: its levers would stay. Load the other one: Scenario.load({name!r})",
                "不能在已有情景中更换 programme：其中的政策工具不会随之改变。请重新载入：Scenario.load({name!r})", name=str(tree["programme"]),
            ))  # fmt: skip
        if tree.get("place", self.place) != self.place:
            raise ConfigurationError(sentence(
                "place cannot be changed in a scenario: its region would stay. Load it there: Scenario.load({programme!r}, {{'place': {name!r}}})",
                "不能在已有情景中更换 place：原来的地区与市场不会随之改变。请重新载入：Scenario.load({programme!r}, {{'place': {name!r}}})",
                programme=self.programme, name=str(tree["place"]),
            ))  # fmt: skip
        if "behaviour_set" in tree or (SETS in tree and not isinstance(tree[SETS], (dict, Behaviour))):
            raise ConfigurationError(sentence(
                "behaviour=NAME cannot be changed in a scenario: what was fixed would stay. Load it so: Scenario.load({programme!r}, behaviour=NAME)",
                "不能在已有情景中更换行为参数集：已固定的键不会随之改变。请用 Scenario.load({programme!r}, behaviour=…) 重新载入",
                programme=self.programme,
            ))  # fmt: skip
        found = _started(changed(self, self._with_fixed(self._settled(tree)), known_keys))
        found._notes = self._notes  # noqa: SLF001
        return found

    def _with_fixed(self, tree: dict[str, Any]) -> dict[str, Any]:
        """Return changes with which their keys are fixed in the set of behaviours."""
        now = self.behaviour_set.fixing(dotted(tree))
        return tree if now is self.behaviour_set or "behaviour_set" in tree else {**tree, "behaviour_set": now}

    def _settled(self, tree: dict[str, Any]) -> dict[str, Any]:
        """Return changes with what follows from them: a new start moves dates, inhabitants take the place of graduates and the other way round."""
        tree, people, policy = dict(tree), tree.get("population"), tree.get("policy", {})
        if isinstance(people, dict) and len(said := {"graduates", "inhabitants"} & {key for key in people if people[key] is not None}) == 1:
            tree["population"] = {"graduates": None, "inhabitants": None} | people | {key: people[key] for key in said}
        if isinstance(people, dict) and "people" in people:
            tree["population"] = {"graduates": None, "inhabitants": None, "people_sha256": ""} | tree["population"]
        if isinstance(tree.get("market"), dict) and "posts" in tree["market"]:
            tree["market"] = {"posts_sha256": ""} | tree["market"]
        start = date_in(tree.get("start"))
        if start is not None and start != self.start and isinstance(policy, dict):
            moving = with_start(self.policy.model_dump(mode="json"), (start - self.start).days, policy)
            tree |= {"reported": ()} | ({"policy": moving} if moving else {})
        return tree

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Scenario:
        """Return a copy; with an update it is checked, as with `with_`."""
        copy = super().model_copy(deep=deep)
        return copy if not update else _started(changed(copy, self._with_fixed(tree_of(update)), known_keys))


def check_scenario_given(scenario: object) -> None:
    """Refuse what is no scenario.

    Raises:
        TypeError: It is none, with how to load one.
    """
    if not isinstance(scenario, Scenario):
        name = scenario if isinstance(scenario, str) else "zibo"
        message = sentence(
            "a Scenario is needed, not {given!r}: Scenario.load({name!r})", "这里需要 Scenario，而不是 {given!r}：Scenario.load({name!r})",
            given=scenario, name=name,
        )  # fmt: skip
        raise TypeError(message)


def load_scenario(
    programme: str, overrides: dict[str, Any], folders: Sequence[str | Path] | None = None, behaviour: str | Path | BehaviourSet | None = None,
) -> Scenario:  # fmt: skip
    """Compose a programme with overrides and check it (see `Scenario.load`)."""
    with using(current_own(folders)):
        return check_scenario(compose_scenario(programme, overrides, behaviour))


def compose_scenario(programme: str, overrides: dict[str, Any], behaviour: str | Path | BehaviourSet | None = None) -> dict[str, Any]:
    """Compose a programme with overrides, as plain data that is not checked yet."""
    overrides, named = split_set(overrides)
    tree = tree_of(overrides)
    check_kinds(Scenario, tree, GROUPS)
    given = {"programme": programme, **dotted(tree)}
    plain = settle(_composed(given), dotted(tree), lambda: compose_home(programme))
    plain["behaviour_set"] = chosen(named if behaviour is None else behaviour)
    return set_settled("scenario", plain, given)


def split_set(overrides: Mapping[str, Any]) -> tuple[dict[str, Any], Any]:
    """Return overrides without ``behaviour=NAME``, and what that names; None: nothing does."""
    if not isinstance(overrides, Mapping):  # refused where they are read
        return overrides, None
    others = dict(overrides)
    named = others.get(SETS)
    return (others, None) if named is None or isinstance(named, (Mapping, Behaviour)) else (others, others.pop(SETS))


def set_settled(name: str, plain: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return composed plain data in which the set of behaviours knows what files and overrides give.

    Args:
        name: Name of the file of ``configs/`` that was composed.
        plain: The data.
        given: Dotted key → value, or group → file, of the overrides.
    """
    if plain["behaviour_set"]["name"] == NO_SET:
        return plain
    own = current_own()
    files = chosen_files(name, {group: value for group, value in given.items() if group in PACKAGES and isinstance(value, str)}, own)
    return with_fixed(plain, given, files, own)


def compose_home(programme: str) -> dict[str, Any]:
    """Compose a programme as its file has it, at home and in its time."""
    return _composed({"programme": programme})


def _composed(overrides: dict[str, Any]) -> dict[str, Any]:
    return composed("scenario", overrides, known_keys(), {"schema": base_configuration}, current_own())


def _started(scenario: Scenario) -> Scenario:
    """Return a scenario whose start is known to the calendar.

    Raises:
        ConfigurationError: It is not.
    """
    _refuse_start(scenario.start)
    return scenario


def _refuse_start(start: date) -> None:
    """Refuse a start that is not known to the calendar."""
    if not FIRST_START <= start <= LAST_START:
        message = sentence(
            "start is {start}; allowed is a date from {first} to {last}.", "start 为 {start}，应在 {first} 至 {last} 之间。",
            start=start, first=FIRST_START, last=LAST_START,
        )  # fmt: skip
        raise ConfigurationError(own_in_use().located("start", message))


def base_configuration() -> dict[str, Any]:
    """Return every key of a scenario with its default, as plain data: the schema that files and overrides are laid over."""
    return copy.deepcopy(_base_configuration())


@cache
def _base_configuration() -> dict[str, Any]:
    region = Region.model_construct(**{name: field.default for name, field in Region.model_fields.items()})
    plain: dict[str, Any] = {
        "programme_name": "none",
        "place_name": "default",
        "title": "",
        "title_zh": "",
        "document": "",
        "start": "2020-11-01",
        "days": 365,
        "region": region.model_dump(mode="json"),
        "reported": [],
        "behaviour_set": {"name": DEFAULT_BEHAVIOUR, "sha256": "", "fixed": [], "by_hand": []},
    }
    for name in ("population", "opening", "exams", "market", "behaviour", "policy"):
        field = Scenario.model_fields[name]
        default: BaseModel = field.default
        plain[name] = default.model_dump(mode="json")
    plain["population"]["graduates"] = None  # unless a file, or the command line, says otherwise: from the inhabitants, or the default
    return plain


@cache
def register_schema() -> None:
    """Tell Hydra every key of a scenario and its default."""
    register_defaults("schema", base_configuration())


def check_scenario(plain: dict[str, Any], keys: Iterable[str] = ()) -> Scenario:
    """Check composed plain data and make the scenario.

    Args:
        plain: The configuration.
        keys: Keys of the command itself, such as ``replicates``: left out.

    Raises:
        ConfigurationError: With a line for each value that is not allowed.
    """
    own, own_files = {*NAMES.values(), *Scenario.model_fields} - set(NAMES), own_in_use()
    plain = dict(plain)
    notes = plain.pop(NOTES, ())
    for key in plain:
        if key not in own and key not in keys:
            raise ConfigurationError(own_files.located(key, unknown("key", key, known_keys(keys))))
    content = {key: value for key, value in plain.items() if key in own}
    names = {}
    for key, written in NAMES.items():
        names[key] = content.pop(written, Scenario.model_fields[key].default)
        if not re.fullmatch(r"\w[\w.-]*", str(names[key])):
            raise ConfigurationError(own_files.located(written, _not_a_name(written, names[key], key)))
    own_files.notes += understand(content, Scenario.model_fields, located=own_files.located)
    if (start := date_in(content.get("start"))) is not None:  # before anything that depends on it, such as dates that move with it
        _refuse_start(start)
    try:
        if isinstance(content.get("behaviour_set"), dict):
            content["behaviour_set"] = ChosenSet(**content["behaviour_set"])
        scenario = Scenario.model_validate({**content, **names})
    except ValidationError as error:
        keyed = [(".".join(map(str, detail["loc"])), explain_value(detail, Scenario, known_keys())) for detail in error.errors()]
        raise ConfigurationError(joined(own_files.located(key, message) for key, message in keyed)) from None
    scenario._notes = tuple(notes)  # noqa: SLF001
    return _started(scenario)


def _not_a_name(written: str, name: object, key: str) -> Sentence:
    return sentence(
        "{written} is {name!r}; allowed is a name of letters, digits, - and _ (choose a {key} with {key}=NAME).",
        "{written} 为 {name!r}；只能是由字母、数字、- 和 _ 组成的名称（用 {key}=名称 选择）。",
        written=written, name=name, key=key,
    )  # fmt: skip


def known_keys(others: Iterable[str] = ()) -> list[str]:
    """Return every dotted key of a scenario that an override may set, and the others given."""
    found: list[str] = [*NAMES, *others]

    def walk(prefix: str, value: Any) -> None:  # noqa: ANN401
        found.append(prefix)
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(f"{prefix}.{key}", inner)

    for key, value in base_configuration().items():
        if key not in NAMES.values():
            walk(key, value)
    return found
