"""Reading a result folder back: the numbers, the scenario, and where they come from."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml
from pydantic import ValidationError

from sim.bilingual import Sentence, sentence
from sim.configuration import ConfigurationError
from sim.frames import frame_of
from sim.how_sure import OF_IGNORANCE
from sim.outcomes import OUTCOMES
from sim.own_files import Own, using
from sim.results import Replicate, Results
from sim.scenario import Scenario, known_keys
from sim.showing import SHOWN, counted, html_table, label_of, shown_outcomes, unit_of_difference, with_interval
from sim.statistics import mean_interval
from sim.titles import short_name_of, titles_of
from sim.wording import explain_value

if TYPE_CHECKING:
    import pandas as pd

MARKS = {"comparison.json": "compare", "sweep.parquet": "sweep", "trial.json": "trial"}
"""File that only one verb writes → that verb; a folder with ``summary.json`` and none of them is one of a run."""
PAIRED = ("variant_values", "baseline_values", "values")
"""Lists of values in ``comparison.json``; older ones have the differences alone."""
MOST_ROWS = 20
"""Points of a sweep that its small table shows."""
NEEDED = ("config.yaml", "provenance.json", "summary.json")


@dataclass(frozen=True, repr=False)
class SavedRun(Results):
    """`Results` as they were written, with where they come from.

    Attributes:
        folder: The folder.
        provenance: Content of ``provenance.json``: version, commit, command, libraries.
        units: Outcome → unit, as it was written.
    """

    folder: Path = Path()
    provenance: dict[str, Any] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def unit_of(self, name: str) -> str:
        """Return the unit of an outcome, in English."""
        return self.units.get(name, "")


@dataclass(frozen=True)
class SavedResult:
    """What a comparison, a sweep or a trial has left.

    Attributes:
        kind: ``"compare"``, ``"sweep"`` or ``"trial"``.
        folder: The folder.
        scenario: The scenario that was compared, varied or tried.
        provenance: Content of ``provenance.json``.
        content: Content of ``comparison.json`` or ``trial.json``; of a sweep that of ``summary.json``.
        parts: Frame → what gives it.
    """

    kind: str
    folder: Path
    scenario: Scenario
    provenance: dict[str, Any]
    content: dict[str, Any]
    parts: dict[str, Callable[[], Any]]

    def to_frame(self, part: str = "") -> pd.DataFrame:
        """Return a tidy pandas frame.

        Args:
            part: Name of the frame, one of `parts`; empty: the first.

        Raises:
            ValueError: There is no such part.
        """
        return frame_of(part or next(iter(self.parts)), self.parts)

    @property
    def title(self) -> dict[str, str]:
        """Language → title: of a trial that of its study, else that of the programme, with the place where that is not its home."""
        study, titles = self.content.get("study", {}), titles_of(self.scenario)
        return {"en": study.get("title") or titles["en"], "zh": study.get("title_zh") or study.get("title") or titles["zh"]}

    def __repr__(self) -> str:
        luck = f"{counted(self.content['replicates'], 'replicate')}, seed {self.content.get('seed')}"
        name = self.title["en"] if self.kind == "trial" else short_name_of(self.scenario)
        return f"<SavedResult of {self.kind} in {self.folder}: {name}, {luck}; frames {', '.join(self.parts)}>"

    def _repr_html_(self) -> str:
        caption = f"{self.kind} · {self.title['en']} {self.title['zh']} · {self.folder}"
        if self.kind == "trial":
            return self._html_of_trial(caption)
        if self.kind == "sweep":
            return self._html_of_sweep(caption)
        variants = self.content["variants"]
        first = next(iter(variants.values()))["outcomes"]
        rows = [
            (*label_of(name), *(with_interval(_bounds(one["outcomes"][name], "difference"), unit) for one in variants.values()), unit)
            for name in shown_outcomes(first) for unit in [unit_of_difference(first[name]["unit"])]
        ]  # fmt: skip
        caption = f"{caption} · difference to {self.content['baseline']} · mean [95 % interval]{_which(self.content)}"
        return html_table(caption, ("Outcome", "指标", *variants, "Unit"), rows)

    def _html_of_sweep(self, caption: str) -> str:
        frame, axes = self.to_frame("points"), list(self.content["axes"])
        shown = [name for name in SHOWN if name in frame]
        rows = []
        for _, point in list(frame.groupby("point", sort=True))[:MOST_ROWS]:
            means = (mean_interval(point[name], kind=OUTCOMES[name].kind) for name in shown)
            values = (with_interval(mean, OUTCOMES[name].unit["en"]) for name, mean in zip(shown, means, strict=True))
            rows.append((*(str(point[axis].iloc[0]) for axis in axes), *values))
        points = frame["point"].nunique()
        caption += f" · {counted(points, 'point')}{f', the first {MOST_ROWS}' if points > MOST_ROWS else ''} · mean [95 % interval]"
        caption += _which(self.content)
        return html_table(caption, (*axes, *(" ".join((*label_of(name), OUTCOMES[name].unit["en"])) for name in shown)), rows)

    def _html_of_trial(self, caption: str) -> str:
        primary = self.content["primary"]
        rows = []
        for one in self.content["findings"]:
            if (one["outcome"], one["day"]) == (primary["outcome"], primary["day"]):
                name = " ".join(str(one[part]) for part in ("estimand", "arm", "saturation") if one[part] is not None)
                rows.append((name, *(with_interval(_bounds(one[part], "value")) for part in ("estimate", "truth"))))
        caption += f" · {primary['outcome']} on day {primary['day']} · {counted(self.content['replicates'], 'trial')} · mean [95 % interval]"
        caption += _which(self.content)
        return html_table(caption, ("Estimand", "Estimate 估计", "Truth 真值"), rows)


def _which(content: dict[str, Any]) -> str:
    """Say what the intervals of a result bound, as its file does; nothing of a file that does not."""
    about = content.get("interval")
    if not about:
        return ""
    vectors = f" {about['vectors']} / {about['vectors_of_set']}" if "vectors" in about else ""
    words = "what is not known 了解不足" if about["of"] == OF_IGNORANCE else "of the mean over replicates 多次模拟的均值"
    return f" · {words} (behaviour={about['behaviour']}{vectors})"


def read_results(folder: str | Path) -> SavedRun | SavedResult:
    """Read a result folder of ``yizhan run``, ``compare``, ``sweep`` or ``trial``.

    Args:
        folder: The folder.

    Returns:
        Of a run `SavedRun`, which is `Results`; of the others `SavedResult`. Both have `to_frame`, `scenario` and `provenance`.

    Raises:
        ConfigurationError: It is no such folder, or what it holds cannot be read.
    """
    folder = Path(folder)
    missing = next((name for name in NEEDED if not (folder / name).is_file()), "")
    if missing:
        raise ConfigurationError(_no_result(folder, missing))
    kind = next((verb for name, verb in MARKS.items() if (folder / name).is_file()), "run")
    provenance, summary = (_json(folder / name) for name in ("provenance.json", "summary.json"))
    scenario = _scenario(folder / "config.yaml")
    readers: dict[str, Callable[..., SavedRun | SavedResult]] = {"run": _run, "compare": _compare, "sweep": _sweep, "trial": _trial}
    try:
        return readers[kind](folder, scenario, provenance, summary)
    except (KeyError, TypeError, IndexError, AttributeError, OSError, ValueError) as error:
        message = sentence(
            "{folder} cannot be read as a result of yizhan {kind}: {error}; run it again",
            "无法将 {folder} 作为 yizhan {kind} 的结果读取：{error}；请重新运行",
            folder=folder, kind=kind, error=f"{type(error).__name__}: {error}",
        )  # fmt: skip
        raise ConfigurationError(message) from error


def _run(folder: Path, scenario: Scenario, provenance: dict[str, Any], summary: dict[str, Any]) -> SavedRun:
    frame = _parquet(folder / "series.parquet")
    replicates, outcomes, groups = int(summary["replicates"]), summary["outcomes"], summary["groups"]
    series: list[dict[str, Any]] = [{} for _ in range(replicates)]
    for (replicate, name), values in frame.groupby(["replicate", "outcome"], sort=False, observed=True)["value"]:
        series[int(replicate)][str(name)] = values.to_numpy(np.float64)
    people: list[dict[str, Any]] = [{} for _ in range(replicates)]
    if (folder / "people.parquet").is_file():
        for replicate, rows in _parquet(folder / "people.parquet").groupby("replicate", sort=False):
            people[int(replicate)] = {name: rows[name].to_numpy() for name in rows.columns if name not in ("replicate", "person")}
    runs = tuple(
        Replicate(
            series[number], {name: _number(one["values"][number]) for name, one in outcomes.items()},
            {
                attribute: {group: {name: _number(one["values"][number]) for name, one in measures.items()} for group, measures in inside.items()}
                for attribute, inside in groups.items()
            },
            people[number],
        )
        for number in range(replicates)
    )  # fmt: skip
    units = {name: one["unit"] for name, one in outcomes.items()}
    return SavedRun(scenario, int(summary["seed"]), replicates, runs, folder, provenance, units)


def _compare(folder: Path, scenario: Scenario, provenance: dict[str, Any], _summary: dict[str, Any]) -> SavedResult:
    content = _json(folder / "comparison.json")

    def lines(inside: Callable[[str, dict[str, Any]], list[dict[str, Any]]]) -> Any:  # noqa: ANN401
        found = [row for name, variant in content["variants"].items() for row in inside(name, variant)]
        return {column: [row[column] for row in found] for column in found[0]}

    def outcomes(name: str, variant: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"variant": name, "replicate": replicate, "outcome": outcome, "value": _number(value), "baseline": _number(without),
             "difference": _number(difference), "unit": one["unit"]}
            for replicate in range(content["replicates"]) for outcome, one in variant["outcomes"].items()
            for value, without, difference in [[one[part][replicate] if part in one else None for part in PAIRED]]
        ]  # fmt: skip

    def summary(name: str, variant: dict[str, Any]) -> list[dict[str, Any]]:
        kept = {"baseline": "baseline_mean", "variant": "variant_mean", "difference": "difference", "low": "low", "high": "high"}
        return [
            {"variant": name, "outcome": outcome, **{called: _number(one[part]) for part, called in kept.items()}, "unit": one["unit"]}
            for outcome, one in variant["outcomes"].items()
        ]

    def account(name: str, variant: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"variant": name, "kind": kind, "row": row, "replicate": replicate, "persons": _number(persons)}
            for kind, rows in variant["accounts"].items() for row, one in rows.items() for replicate, persons in enumerate(one["values"])
        ]  # fmt: skip

    def account_summary(name: str, variant: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"variant": name, "kind": kind, "row": row, **{part: _number(one[part]) for part in ("value", "low", "high")}}
            for kind, rows in variant["accounts"].items() for row, one in rows.items()
        ]  # fmt: skip

    made = {"outcomes": outcomes, "summary": summary, "account": account, "account_summary": account_summary}
    parts = {part: partial(lines, inside) for part, inside in made.items()} | _tables(folder)
    return SavedResult("compare", folder, scenario, provenance, content, parts)


def _sweep(folder: Path, scenario: Scenario, provenance: dict[str, Any], summary: dict[str, Any]) -> SavedResult:
    return SavedResult("sweep", folder, scenario, provenance, summary, {"points": lambda: _parquet(folder / "sweep.parquet"), **_tables(folder)})


def _trial(folder: Path, scenario: Scenario, provenance: dict[str, Any], _summary: dict[str, Any]) -> SavedResult:
    content = _json(folder / "trial.json")
    return SavedResult("trial", folder, scenario, provenance, content, _tables(folder))


def _tables(folder: Path) -> dict[str, Callable[[], Any]]:
    """Return the tables of a folder, each under the name of its file."""
    names = ("estimates", "series", "people", "account_people")
    return {name: partial(_parquet, path) for name in names if (path := folder / f"{name}.parquet").is_file()}


def _scenario(path: Path) -> Scenario:
    """Make the scenario of a ``config.yaml``, in which the keys of the command stand, too."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        with using(Own(result=path)):  # beside which the copies of its sets of behaviours are
            return Scenario.model_validate({key: value for key, value in content.items() if key in Scenario.model_fields})
    except (yaml.YAMLError, OSError, ValidationError, AttributeError, UnicodeDecodeError) as error:
        why = explain_value(error.errors()[0], Scenario, known_keys()) if isinstance(error, ValidationError) else error
        message = sentence(
            "{path} holds no scenario of this version of yizhan: {why}; read it with the version in provenance.json",
            "{path} 中没有本版本 yizhan 的情景：{why}；请用 provenance.json 所记的版本读取", path=path, why=why,
        )  # fmt: skip
        raise ConfigurationError(message) from error


def _no_result(folder: Path, missing: str) -> Sentence:
    if not folder.is_dir():
        return sentence("there is no folder {folder}", "没有文件夹 {folder}", folder=folder)
    return sentence(
        "{folder} is no result of yizhan: it has no {missing}; name a folder that yizhan run, compare, sweep or trial has written",
        "{folder} 不是 yizhan 的结果：其中没有 {missing}；请给出 yizhan run、compare、sweep 或 trial 写出的文件夹", folder=folder, missing=missing,
    )  # fmt: skip


def _json(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = sentence("{path} cannot be read: {error}", "无法读取 {path}：{error}", path=path, error=error)
        raise ConfigurationError(message) from error
    return content


def _parquet(path: Path) -> Any:  # noqa: ANN401
    import pandas as pd

    return pd.read_parquet(path)


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _bounds(one: dict[str, Any], middle: str) -> tuple[float, float, float]:
    return _number(one[middle]), _number(one["low"]), _number(one["high"])
