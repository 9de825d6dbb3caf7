"""Levers that other packages bring, through entry points of the group ``yizhan.levers``: see ``docs/levers-of-others.md``."""

from __future__ import annotations

import keyword
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points

import numba
from numba.core.dispatcher import Dispatcher

from sim.agents.employer import EMPLOYERS
from sim.agents.graduate import GRADUATES
from sim.bilingual import Sentence, listed, sentence
from sim.cache_folder import GROUP
from sim.columns import needs_telling, row_dtype
from sim.errors import LeverError
from sim.lever import MEETINGS, Lever
from sim.parameters import ParameterGroup, declarations
from sim.states import Admission

TAKEN = ("behaviour", "exams", "market", "opening", "population", "region", "replicate", "seed")
"""Names under which rules find something else."""
_A_LEVER = Sentence("it has to name a subclass of sim.lever.Lever", "应指向 sim.lever.Lever 的子类")


def installed(own: Sequence[type[Lever]]) -> tuple[type[Lever], ...]:
    """Load the levers of installed packages, in the order of their names.

    Args:
        own: The levers of this package.

    Raises:
        LeverError: A package whose lever cannot be used: which, why, and what to do.
    """
    found: list[type[Lever]] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)):
        lever = _load(entry)
        if problem := _problem_of(entry, lever, [*own, *found]):
            raise LeverError(_said(entry, problem))
        found.append(lever)
    return tuple(found)


def _load(entry: EntryPoint) -> type[Lever]:
    try:
        lever = entry.load()
    except (Exception, SystemExit) as error:
        raise LeverError(_said(entry, sentence("it cannot be loaded: {why}", "无法载入：{why}", why=_named(error)))) from error
    if not isinstance(lever, type) or not issubclass(lever, Lever):
        problem = sentence("{value} is {lever!r}; {must}", "{value} 是 {lever!r}，{must}", value=entry.value, lever=lever, must=_A_LEVER)
        raise LeverError(_said(entry, problem))
    return lever


def _problem_of(entry: EntryPoint, lever: type[Lever], others: Sequence[type[Lever]]) -> Sentence | str:
    """Return what is wrong with a lever; an empty text where nothing is."""
    return _problem_of_name(entry, lever, others) or _problem_of_words(lever) or _problem_of_columns(lever, others) or _problem_of_meetings(lever)


def _problem_of_name(entry: EntryPoint, lever: type[Lever], others: Sequence[type[Lever]]) -> Sentence | str:
    name = getattr(lever, "name", None)
    if name != entry.name:
        return sentence(
            "the entry point is called {entry!r}, but {lever}.name is {name!r}; give both one name",
            "入口点名为“{entry}”，而 {lever}.name 为 {name!r}；两者须同名", entry=entry.name, lever=lever.__name__, name=name,
        )  # fmt: skip
    if not name.isidentifier() or keyword.iskeyword(name) or name in (*dir(ParameterGroup), "levers", *TAKEN):
        return sentence(
            "{name!r} is no name for a key; choose another word of letters, digits and _", "“{name}”不能用作键名，请另取由字母、数字与 _ 组成的名称",
            name=name,
        )  # fmt: skip
    if name in (other.name for other in others):
        return sentence("there is already a lever called {name!r}; choose another name", "已有名为“{name}”的政策工具，请另取名称", name=name)
    if len(others) >= min(Admission):
        return sentence(
            "there are {n} levers already, and persons have room to know of {most}", "已有 {n} 项政策工具，个人至多知晓 {most} 项",
            n=len(others), most=int(min(Admission)),
        )  # fmt: skip
    return ""


def _problem_of_words(lever: type[Lever]) -> Sentence | str:
    for told in ("label", "summary"):
        if set(getattr(lever, told, ())) != {"en", "zh"}:
            return sentence(
                "{lever}.{told} has to be said in both languages: both(english, chinese) of sim.units",
                "{lever}.{told} 须有中英两种文字：用 sim.units 的 both(…, …)", lever=lever.__name__, told=told,
            )  # fmt: skip
    for leaf in declarations(lever):
        if not (leaf.unit and leaf.source and all(leaf.meaning.values())):
            return sentence(
                "the parameter {key!r} has no unit, source or meaning in both languages; declare it with sim.parameters.parameter",
                "参数“{key}”缺少单位、来源或中英文含义，请用 sim.parameters.parameter 声明", key=leaf.key,
            )  # fmt: skip
        if leaf.key in ("row", "counts"):
            return sentence(
                "rules find something else under the name of the parameter {key!r}; choose another name", "参数名“{key}”在规则中另有所指，请另取名称",
                key=leaf.key,
            )  # fmt: skip
    names = lever.counts
    if len(set(names)) < len(names) or not all(name.isidentifier() and not keyword.iskeyword(name) for name in names):
        return sentence(
            "its counts {names!r} have to be different words of letters, digits and _", "计数名 {names!r} 须互不相同，且只含字母、数字与 _",
            names=names,
        )  # fmt: skip
    return ""


def _problem_of_columns(lever: type[Lever], others: Sequence[type[Lever]]) -> Sentence | str:
    for own, of_others, base in (
        (lever.person, [column for other in others for column in other.person], GRADUATES),
        (lever.firm, [column for other in others for column in other.firm], EMPLOYERS),
    ):
        taken = [column.name for column in (*base, *of_others)]
        for column in own:
            if column.name in taken:
                return sentence(
                    "there is already a column called {name!r}; choose another name, such as {lever}_{name}",
                    "已有名为“{name}”的列，请另取名称，如 {lever}_{name}", name=column.name, lever=lever.name,
                )  # fmt: skip
            if own is lever.person and needs_telling(column) and not (column.told or column.told_by or column.left_out):
                return sentence(
                    "the column {name!r} does not say how a case file tells it; give it told=, told_by= or left_out=",
                    "列“{name}”未说明个人经历中如何讲述，请给出 told=、told_by= 或 left_out=", name=column.name,
                )  # fmt: skip
            taken.append(column.name)
        try:
            row_dtype((*base, *of_others, *own))
        except (TypeError, ValueError) as error:
            return sentence("its columns have no place in a row: {why}", "其列无法放入一行：{why}", why=error)
    return ""


def _problem_of_meetings(lever: type[Lever]) -> Sentence | str:
    try:
        met = dict(lever.met())
    except Exception as error:  # noqa: BLE001 (it is somebody else's)
        return sentence(
            "{lever}.met() fails: {why}; it returns a place and a rule for each, as {example}",
            "{lever}.met() 出错：{why}；应返回场合与对应规则，如 {example}", lever=lever.__name__, why=_named(error), example="{'month': rule}",
        )  # fmt: skip
    if unknown := sorted(set(met) - set(MEETINGS), key=str):
        return sentence(
            "people are not met at {place!r}; places: {known}", "没有“{place}”这一场合，可用：{known}", place=unknown[0], known=listed(MEETINGS),
        )  # fmt: skip
    for place, rule in met.items():
        if not (callable(rule) and (numba.config.DISABLE_JIT or isinstance(rule, Dispatcher))):
            return sentence(
                "what it names for {place!r} is no rule; decorate a function with sim.compiled.compiled",
                "“{place}”所指的不是规则，请用 sim.compiled.compiled 装饰函数", place=place,
            )  # fmt: skip
    return ""


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def _said(entry: EntryPoint, problem: str) -> Sentence:
    package = entry.dist.name if entry.dist else entry.value
    return sentence(
        "the lever {name!r} of the package {package!r} cannot be used: {problem}. Mend it, or remove it: pip uninstall {package}.",
        "软件包“{package}”的政策工具“{name}”无法使用：{problem}。请修正，或卸载：pip uninstall {package}。", name=entry.name, package=package,
        problem=problem,
    )  # fmt: skip
