"""What a value of a baseline is called, and in what unit it is, in both languages."""

from __future__ import annotations

from dataclasses import replace

from experiments.check.baseline import EVERY, Baseline, world_of
from experiments.check.persons import COLUMN, DISTRIBUTIONS
from experiments.check.subjects import TRUE
from experiments.compare.words import COLUMNS, ROWS
from experiments.shared.tables import MEASURES
from sim.bilingual import Sentence, by_language, sentence, sentence_of
from sim.measures import Outcome
from sim.outcomes import OUTCOMES
from sim.results import GROUP_LABELS
from sim.statistics import Kind
from sim.trials.measures import MEASURES as OF_STUDIES

PERSONS = Sentence("Persons", "人数")
PERSON_UNIT = Sentence("persons", "人")
BEDS = {"station_beds_open": Sentence("Beds open", "开放床位"), "station_beds_used": Sentence("Beds used", "使用床位")}
ACCOUNT = "account."
"""Begins the name of a row of a comparison's account."""
IN_ACCOUNT = Sentence("Account, {kind}: {row}", "收支账（{kind}）：{row}")
ESTIMATE, TRUTH = Sentence("{estimand}, {measure}, day {day}: estimate", "{estimand}，{measure}，第 {day} 天：估计值"), Sentence(
    "{estimand}, {measure}, day {day}: truth", "{estimand}，{measure}，第 {day} 天：真值",
)  # fmt: skip
MEAN = Sentence("Mean over persons of {column}", "个人均值：{column}")
ANY = Sentence("Any outcome of the day", "当日任一指标")


def outcome_of(name: str, *baselines: Baseline | None) -> Outcome:
    """Return label and unit of a name, whatever it is: an outcome, beds of a district, a measure of a group, in one of several worlds or not.

    Args:
        name: The name.
        baselines: Where the Chinese names of districts may stand.
    """
    world, rest = world_of(name)
    found = _outcome_of(rest, baselines)
    if not world:
        return found
    label = sentence("{world}: {of}", "{world}：{of}", world=world, of=sentence_of(found.label))
    return replace(found, name=name, label=by_language(label))


def _outcome_of(name: str, baselines: tuple[Baseline | None, ...]) -> Outcome:
    if name in OUTCOMES:
        return OUTCOMES[name]
    if name == EVERY:
        return _named(name, ANY)
    if name in DISTRIBUTIONS:
        return _named(name, DISTRIBUTIONS[name][2])
    if name.startswith(COLUMN):
        return replace(_named(name, sentence(MEAN, MEAN.zh, column=name.removeprefix(COLUMN))), kind=Kind.FREE)
    kind, _, rest = name.partition(".")
    if kind in BEDS:
        label = sentence("{beds}: {district}", "{beds}：{district}", beds=BEDS[kind], district=Sentence(rest, _district(rest, baselines)))
        return _named(name, label, Sentence("beds", "张"))
    if name.startswith(ACCOUNT):
        kind, _, row = rest.partition(".")
        label = sentence(IN_ACCOUNT, IN_ACCOUNT.zh, kind=COLUMNS.get(kind, Sentence(kind, kind)), row=ROWS.get(row, Sentence(row, row)))
        return _named(name, label, PERSON_UNIT)
    attribute, _, group = rest.partition(".")
    group, _, measure = group.partition(".")
    if kind == "group" and {attribute, group} <= GROUP_LABELS.keys():
        of = OUTCOMES.get(measure) or _named(measure, MEASURES.get(measure, PERSONS), PERSON_UNIT)
        who, which = sentence_of(GROUP_LABELS[attribute]), sentence_of(GROUP_LABELS[group])
        label = sentence("{who}, {which}: {of}", "{who}（{which}）：{of}", who=who, which=which, of=sentence_of(of.label))
        return replace(of, label=by_language(label))
    return _of_study(name) or _named(name, Sentence(name, name))


def _of_study(name: str) -> Outcome | None:
    """Return an estimate of a study, or its truth; None where it is neither."""
    estimand, _, rest = name.removeprefix(TRUE).rpartition(".")[0].rpartition(".")
    if rest not in OF_STUDIES:
        return None
    pattern, day = TRUTH if name.startswith(TRUE) else ESTIMATE, name.rpartition(".")[2]
    label = sentence(pattern, pattern.zh, estimand=estimand, measure=sentence_of(OF_STUDIES[rest].label), day=day)
    return replace(_named(name, label), kind=Kind.FREE)


def _named(name: str, label: Sentence, unit: Sentence = Sentence("-", "-")) -> Outcome:  # noqa: B008 (a constant)
    return Outcome(name, by_language(label), by_language(unit), {})


def _district(name: str, baselines: tuple[Baseline | None, ...]) -> str:
    """Return the Chinese name of a district."""
    for baseline in baselines:
        configuration = {} if baseline is None else baseline.configuration
        for key, value in configuration.items():
            if value == name and key.startswith("region.districts.") and key.endswith(".name"):
                return str(configuration.get(f"{key}_zh", name))
    return name
