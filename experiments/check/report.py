"""What ``yizhan check`` says: what differs in the configuration, what moved, and what to do about it."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from experiments.check.baselines import MISSING
from experiments.check.movements import Finding, Movement
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.numbers import DASH, Form, form_of, write
from experiments.shared.tables import MEASURES, say, show
from sim.bilingual import in_language, joined
from sim.measures import Outcome
from sim.outcomes import OUTCOMES
from sim.results import GROUP_LABELS
from sim.statistics import Kind, mean_interval

RELATIVE = Form("%", 100.0)
MOST_ROWS = 20
"""Outcomes of a programme, and keys of its configuration, that are printed."""
TEXT = {
    "title": {"en": "What moved", "zh": "变动一览"},
    "since": {"en": "Since day", "zh": "起始日"},
    "date": {"en": "Date", "zh": "日期"},
    "outcome": {"en": "Outcome", "zh": "结果指标"},
    "before": {"en": "Baseline", "zh": "基线"},
    "now": {"en": "Now", "zh": "当前"},
    "change": {"en": "Change", "zh": "变化"},
    "end": {"en": "end", "zh": "期末"},
    "new": {"en": "new", "zh": "新增"},
    "gone": {"en": "gone", "zh": "消失"},
    "key": {"en": "Configuration", "zh": "配置项"},
    "configuration": {"en": "The configuration differs", "zh": "配置有差异"},
    "caption": {
        "en": "Values at the end of the run: means over the replicates. Since day: the first day, from 0, on which any "
        "replicate differs; end: only known at the end.",
        "zh": "数值为期末各次模拟的均值；起始日为任一次模拟首次不同之日（从 0 起），“期末”指只在期末计算的指标。",
    },
    "more": {"en": "… and {n} more; {where}", "zh": "……另有 {n} 项；{where}"},
    "in_file": {"en": "all of them are in {file}", "zh": "完整列表见 {file}"},
    "no_file": {"en": "output=DIR writes all of them to DIR/check.json", "zh": "用 output=目录 可将完整列表写入 check.json"},
    "settings": {
        "en": "{programme}: compared as its baseline was made ({settings}); replicates, seed and graduates count with update=true.",
        "zh": "{programme}：按基线自身的设置比较（{settings}）；replicates、seed、graduates 仅在 update=true 时生效。",
    },
    "nothing": {"en": "Nothing moved: {programmes} ({folder}).", "zh": "没有变动：{programmes}（{folder}）。"},
    "without_effect": {
        "en": "{programme}: the configuration differs in {n} keys, and no outcome moved.",
        "zh": "{programme}：配置有 {n} 项差异，但结果没有变动。",
    },
    "unguarded": {
        "en": "Unguarded, as there is no baseline: {programmes}. {command} makes one of what they give now.",
        "zh": "以下项目没有基线，未检查：{programmes}。运行 {command} 可以当前结果生成基线。",
    },
    "moved": {"en": "{programme}: {n} outcomes moved, {since}.", "zh": "{programme}：{n} 项结果变动，{since}。"},
    "from_day": {"en": "since day {day} ({date})", "zh": "始于第 {day} 日（{date}）"},
    "at_end": {"en": "at the end", "zh": "在期末"},
    "problem": {"en": "{programme}: {path} {problem}.", "zh": "{programme}：{path} {problem}。"},
    "orphan": {"en": "{programme}: there is no such programme any more; delete {path}.", "zh": "{programme}：该项目已不存在，请删除 {path}。"},
    "accept": {
        "en": "If that is meant: {command}, and say why in CHANGELOG.md.",
        "zh": "若变动符合预期：运行 {command}，并在 CHANGELOG.md 中说明原因。",
    },
    "mend": {
        "en": "{command} makes it anew of what the programme gives now, which checks nothing.",
        "zh": "运行 {command} 会以当前结果重新生成，这本身不构成检查。",
    },
    "unchanged": {"en": "No baseline changed ({folder}).", "zh": "基线均无变化（{folder}）。"},
    "written": {"en": "{programme}: baseline written; {why}.", "zh": "{programme}：已写入基线；{why}。"},
    "first": {"en": "its first", "zh": "首次生成"},
    "only_configuration": {"en": "no outcome moved, only the configuration it holds", "zh": "结果未变，仅更新所含配置"},
    "only_form": {"en": "no outcome moved, only its form", "zh": "结果未变，仅更新格式"},
    "outcomes_moved": {"en": "{n} outcomes moved, {since}", "zh": "{n} 项结果变动，{since}"},
    "old_one": {"en": "the old one {problem}", "zh": "旧基线{problem}"},
    "why": {"en": "Say why in CHANGELOG.md, in a line such as:", "zh": "请在 CHANGELOG.md 中说明原因，例如加一行："},
    "why_if": {
        "en": "If the output of {programmes} changed, which cannot be told from here, say why in CHANGELOG.md, in a line such as:",
        "zh": "无法判断 {programmes} 的结果是否变动；若有变动，请在 CHANGELOG.md 中说明原因，例如加一行：",
    },
    "line": {"en": "- WHAT WAS CHANGED AND WHY: output changed ({programmes}).", "zh": "- WHAT WAS CHANGED AND WHY: output changed ({programmes})."},
}
WHO = {"en": "{}, {}: {}", "zh": "{}({}):{}"}
PERSONS = {"en": "Persons", "zh": "人数"}
BEDS = {"open": {"en": "Beds open", "zh": "开放床位"}, "used": {"en": "Beds used", "zh": "使用床位"}}


def print_findings(findings: list[Finding], file: str | None, language: str) -> None:
    """Print the keys of the configuration that differ, and the table of what moved.

    Args:
        findings: One a programme.
        file: File with everything that moved, if one is written.
        language: Language of the words.
    """
    moved = [found for found in findings if found.movements]
    if not moved:
        return
    where = (TEXT["in_file"] if file else TEXT["no_file"])[language].format(file=file)
    if any(found.configuration for found in moved):
        show(_configuration_table(moved, where, language))
    table = Table(title=TEXT["title"][language], title_justify="left", caption=TEXT["caption"][language], caption_justify="left")
    for name in ("since", "date"):
        table.add_column(TEXT[name][language], justify="right", no_wrap=True)
    table.add_column(TEXT["outcome"][language])
    for name in ("before", "now", "change"):
        table.add_column(TEXT[name][language], justify="right")
    for found in moved:
        table.add_section()
        table.add_row("", "", f"[bold]{escape(found.programme)}[/bold]")
        chosen = choose_rows(found.movements)
        for movement in chosen:
            table.add_row(*_cells(movement, found, language))
        if len(chosen) < len(found.movements):
            table.add_row("", "", escape(_text("more", language, n=len(found.movements) - len(chosen), where=where)))
    show(table)


def choose_rows(movements: list[Movement]) -> list[Movement]:
    """Return the rows to print, in their order: where there are many the earliest, then headline outcomes before others."""
    first = movements[:1]
    ranked = first + sorted(movements[1:], key=lambda movement: not movement.is_headline)
    kept = {movement.name for movement in ranked[:MOST_ROWS]}
    return [movement for movement in movements if movement.name in kept]


def say_settings(programme: str, settings: str, language: str) -> None:
    """Say that a baseline was made with other settings than those of the configuration, if it was."""
    if settings:
        _say("settings", language, programme=programme, settings=settings)


def update_command(programmes: list[str], directory: str | None) -> str:
    """Return the command that writes the baselines of some programmes anew."""
    words = [f"programmes=[{','.join(programmes)}]", *([f"directory={directory}"] if directory else [])]
    return " ".join(["yizhan check update=true", *words])


def say_unguarded(programmes: list[str], directory: str | None, language: str) -> None:
    """Say which programmes were not checked, as they have no baseline, if any."""
    if programmes:
        _say("unguarded", language, programmes=", ".join(programmes), command=update_command(programmes, directory))


def say_verdict(findings: list[Finding], orphans: list[str], folder: Path, directory: str | None, language: str) -> None:
    """Say that nothing moved, or end the command with what did.

    Args:
        findings: One a programme.
        orphans: Programmes that are gone and have a baseline.
        folder: Folder of the baselines.
        directory: The folder as the user named it, or None.
        language: Language of the words.

    Raises:
        FailedError: Something moved, cannot be repeated, or is gone.
        MistakeError: A baseline cannot be used.
    """
    moved = [found for found in findings if found.movements]
    lines = [_text("moved", language, programme=found.programme, n=len(found.movements), since=_since(found, language)) for found in moved]
    if moved:
        lines.append(_text("accept", language, command=update_command([found.programme for found in moved], directory)))
    problems = [(found, found.problem) for found in findings if found.problem is not None]
    for found, problem in problems:
        path = folder / f"{found.programme}.json"
        lines.append(_text("problem", language, programme=found.programme, path=path, problem=in_language(problem, language)))
    if problems:
        lines.append(_text("mend", language, command=update_command([found.programme for found, _ in problems], directory)))
    lines += [_text("orphan", language, programme=name, path=folder / f"{name}.json") for name in orphans]
    for found in findings:
        if found.configuration and not found.movements:
            _say("without_effect", language, programme=found.programme, n=len(found.configuration))
    if lines:
        if moved or orphans or any(found.before is not None for found, _ in problems):
            raise FailedError(joined(lines))
        raise MistakeError(joined(lines))
    _say("nothing", language, programmes=", ".join(found.programme for found in findings), folder=folder)


def say_update(written: list[Finding], orphans: list[str], folder: Path, language: str) -> None:
    """Say which baselines were written and why, and what to put into the changelog."""
    if not written:
        _say("unchanged", language, folder=folder)
    for found in written:
        if found.problem == MISSING:
            why = TEXT["first"][language]
        elif found.problem is not None:
            why = _text("old_one", language, problem=in_language(found.problem, language))
        elif found.movements:
            why = _text("outcomes_moved", language, n=len(found.movements), since=_since(found, language))
        else:
            why = TEXT["only_configuration" if found.configuration else "only_form"][language]
        _say("written", language, programme=found.programme, why=why)
    moved = [f"{found.programme} {_since(found, 'en')}" for found in written if found.movements]
    unclear = [found.programme for found in written if found.problem not in (None, MISSING)]
    for programmes, why in ((moved, "why"), (unclear, "why_if")):
        if programmes:
            _say(why, language, programmes=", ".join(programmes))
            _say("line", language, programmes=", ".join(programmes))
    for name in orphans:
        _say("orphan", language, programme=name, path=folder / f"{name}.json")


def outcome_of(name: str, found: Finding) -> Outcome:
    """Return label and unit of a name, whatever it is: an outcome, beds of a district, a measure of a group."""
    if name in OUTCOMES:
        return OUTCOMES[name]
    kind, _, rest = name.partition(".")
    if kind in ("station_beds_open", "station_beds_used"):
        beds, chinese = BEDS[kind.rpartition("_")[2]], _district(rest, found)
        return Outcome(name, {"en": f"{beds['en']}: {rest}", "zh": f"{beds['zh']}:{chinese}"}, {"en": "beds", "zh": "张"}, {})
    attribute, _, group = rest.partition(".")
    group, _, measure = group.partition(".")
    if kind == "group" and {attribute, group} <= GROUP_LABELS.keys():
        of = OUTCOMES.get(measure) or Outcome(measure, MEASURES.get(measure, PERSONS), {"en": "persons", "zh": "人"}, {})
        return replace(of, label={to: WHO[to].format(GROUP_LABELS[attribute][to], GROUP_LABELS[group][to], of.label[to]) for to in WHO})
    return Outcome(name, {"en": name, "zh": name}, {"en": "-", "zh": "-"}, {})


def _cells(movement: Movement, found: Finding, language: str) -> list[str]:
    outcome = outcome_of(movement.name, found)
    means = [math.nan if values is None else float(mean_interval(values).mean) for values in (movement.before, movement.now)]
    form = form_of(outcome, language)
    label = outcome.label[language] if form.unit == "-" else f"{outcome.label[language]} ({form.unit})"
    since = str(movement.day) if movement.since == "day" else TEXT[movement.since][language]
    date = "" if movement.date is None else movement.date.isoformat()
    levels = ["" if values is None else write(mean, form) for values, mean in zip((movement.before, movement.now), means, strict=True)]
    return [since, date, escape(label), *levels, _change(means[0], means[1], outcome, language)]


def _change(before: float, now: float, outcome: Outcome, language: str) -> str:
    """Write the change of a mean relative to what it was; of a share in points, of what was nothing as it is."""
    if math.isnan(now - before):
        return ""
    if outcome.kind is Kind.SHARE or before == 0:
        form = form_of(outcome, language, difference=True)
        return f"{write(now - before, form, signed=True)} {form.unit}"
    return f"{write((now - before) / before, RELATIVE, signed=True)} %"


def _configuration_table(moved: list[Finding], where: str, language: str) -> Table:
    """Return the table of the keys that differ, which may be what moved the outcomes."""
    table = Table(title=TEXT["configuration"][language], title_justify="left")
    for name in ("key", "before", "now"):
        table.add_column(TEXT[name][language], overflow="fold")
    for found in moved:
        if not found.configuration:
            continue
        table.add_section()
        table.add_row(f"[bold]{escape(found.programme)}[/bold]")
        for key, pair in list(found.configuration.items())[:MOST_ROWS]:
            table.add_row(escape(key), *(DASH if value is None else escape(_yaml(value)) for value in pair))
        if len(found.configuration) > MOST_ROWS:
            table.add_row(escape(_text("more", language, n=len(found.configuration) - MOST_ROWS, where=where)))
    return table


def _yaml(value: Any) -> str:  # noqa: ANN401
    """Write a value as configuration files do."""
    return json.dumps(value, ensure_ascii=False).strip('"')


def _since(found: Finding, language: str) -> str:
    """Say since when anything moved."""
    first = found.movements[0]
    return _text("from_day", language, day=first.day, date=first.date) if first.since == "day" else TEXT["at_end"][language]


def _district(name: str, found: Finding) -> str:
    """Return the Chinese name of a district."""
    for baseline in (found.now, found.before):
        configuration = {} if baseline is None else baseline.configuration
        for key, value in configuration.items():
            if value == name and key.startswith("region.districts.") and key.endswith(".name"):
                return str(configuration.get(f"{key}_zh", name))
    return name


def _text(name: str, language: str, **parts: object) -> str:
    return TEXT[name][language].format(**parts)


def _say(name: str, language: str, **parts: object) -> None:
    say({language: _text(name, language, **parts)}, language)
