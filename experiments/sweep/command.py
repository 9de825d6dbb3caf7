"""``yizhan sweep``: a grid over levers as a Hydra multirun; one tidy table and outcome plots at the end.

Hydra runs the points (its own launcher, or any other); each point runs its replicates and leaves one small file, so nothing is handed
between points and a launcher may run them anywhere. Replicate r has the same seed at every point, so differences between points are paired.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import sim
from experiments.shared.again import AXES, FROM, earlier_of, split_from
from experiments.shared.application import (
    Plain,
    is_multirun,
    launch,
    overrides_of,
    own_configuration,
    read_options,
    tidied_words,
)
from experiments.shared.drawing import Drawings
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.results_folder import ResultFolder, write_table
from experiments.shared.work import Work, carry_out
from experiments.sweep.axes import key_of, swept_keys, with_axes
from experiments.sweep.options import SweepOptions
from experiments.sweep.points import compose_points, finished, gather, run_point
from experiments.sweep.report import print_sweep
from experiments.sweep.table import About, described
from sim.bilingual import Sentence, message_of, sentence
from sim.parameters import declarations
from sim.scenario import Scenario
from sim.simulation import Progress
from sim.sources import sources_digest
from sim.titles import titles_of

UNFINISHED = "unfinished.json"
"""Which points are missing, where a sweep was stopped."""

if TYPE_CHECKING:
    import pyarrow as pa

    from experiments.shared.words import Labels

def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb."""
    asked, words = words, with_axes(words)
    given, named = split_from(words)
    with own_configuration(given):
        tidy = tidied_words("sweep", given, SweepOptions.model_fields)
        axes = swept_keys(overrides_of(tidy))
        others = [word for word in tidy if key_of(word) not in axes] + ([f"{FROM}{named}"] if named else [])
        if any(word.partition("=")[0] in ("--help", "--hydra-help", "--cfg", "--info", "--version") for word in tidy):
            kept = [word for word in others if word != "--multirun"]
            launch("sweep", lambda _plain: None, [*kept, *(f"{key}={values[0]}" for key, values in axes.items())], SweepOptions.model_fields)
            return
        sweep([*others, *(f"{key}={','.join(values)}" for key, values in axes.items())], axes, words, asked)


def sweep(words: Sequence[str], axes: dict[str, list[str]], given: Sequence[str], asked: Sequence[str]) -> None:
    """Run a grid: check every point, run them, print, write.

    Args:
        words: The words as Hydra reads them.
        axes: Key → its values.
        given: The words as the user wrote them, with those of a sweep that is made again.
        asked: The words as the user wrote them.

    Raises:
        MistakeError: Nothing to sweep.
    """
    if not axes:
        message = Sentence(
            "nothing to sweep: give at least one key several values, for example policy.lodging.free_nights=0,3,6,14",
            "没有可扫描的键：请至少给一个键多个值，例如 policy.lodging.free_nights=0,3,6,14",
        )  # fmt: skip
        raise MistakeError(message)
    plain, scenarios = compose_points(words, axes)
    carry_out(OneSweep(read_options(SweepOptions, plain), scenarios, plain, given, words, axes, asked))


class OneSweep(Work[SweepOptions, "pa.Table"]):
    """A grid of points, each over its replicates."""

    verb = "sweep"
    days = 0

    def __init__(self, options: SweepOptions, scenarios: Sequence[Scenario], plain: Plain, given: Sequence[str], words: Sequence[str],
                 axes: dict[str, list[str]], asked: Sequence[str]) -> None:  # fmt: skip
        """Take what was read, the words as given and as Hydra reads them, and the keys that are varied, each with its values as written."""
        super().__init__(options, scenarios[0], plain, given)
        self.scenarios = scenarios
        self.tidied = words
        self.axes = axes
        self.earlier = earlier_of(asked, self.verb)
        self.points = math.prod(len(values) for values in axes.values())
        self.stopped: BaseException | None = None
        self.kept_in: Path | None = None

    @property
    def name(self) -> str:
        """What the default folder is named after: no place where the places are varied."""
        return self.scenario.programme if "place" in self.axes else super().name

    @property
    def simulated(self) -> list[tuple[Scenario, float]]:
        """Every point, with the days of its replicates."""
        return [(scenario, scenario.days * self.options.replicates) for scenario in self.scenarios]

    def find(self, folder: ResultFolder, progress: Progress) -> pa.Table:  # noqa: ARG002
        """Let Hydra run the points, and gather what they leave."""
        points = [*self.tidied, f"hydra.sweep.dir={_quoted(folder.path / 'points')}"]
        given = points if is_multirun(self.tidied) else ["-m", *points]
        try:
            launch("sweep", lambda point: run_point(point, list(self.axes)), given, SweepOptions.model_fields)
        except (KeyboardInterrupt, Exception) as error:
            if isinstance(error, OSError) or not finished(folder.path / "points"):
                raise
            self.stopped, self.kept_in = error, folder.final
        return described(gather(folder.path / "points", self.points, partly=self.stopped is not None), self._about())

    def write(self, found: pa.Table, folder: ResultFolder) -> None:
        """Write the table."""
        scenario, options = self.scenario, self.options
        write_table(found, folder.path / "sweep.parquet")
        folder.write_provenance(scenario, options, options.seed, more={AXES: self.axes})
        summary = {"programme": scenario.programme, "seed": options.seed, "replicates": options.replicates, "axes": self.axes}
        folder.write_json("summary.json", summary)
        if self.stopped is not None:
            done = sorted(set(found["point"].to_pylist()))
            folder.write_json(UNFINISHED, {"points": self.points, "done": done, "missing": sorted(set(range(self.points)) - set(done))})

    def show(self, found: pa.Table) -> None:
        """Print the points; of a sweep that was stopped, say what is kept and stop."""
        if self.stopped is not None:
            kept = sentence(
                "{done} of {points} points are kept in {folder}; {file} there names those that are missing",
                "已在 {folder} 中保留 {points} 个点中的 {done} 个；缺少的点列在其中的 {file}",
                done=len(set(found["point"].to_pylist())), points=self.points, folder=self.kept_in, file=UNFINISHED,
            )  # fmt: skip
            if isinstance(self.stopped, KeyboardInterrupt):
                raise KeyboardInterrupt(sentence("interrupted; {kept}.", "已中断；{kept}。", kept=kept))
            failed = "a point failed with {kind}: {what}", "有一个点出错（{kind}）：{what}"
            why = Sentence("not enough memory", "内存不足")
            if not isinstance(self.stopped, MemoryError):
                why = sentence(*failed, kind=type(self.stopped).__name__, what=message_of(self.stopped))
            raise FailedError(sentence("{why}; {kept}.", "{why}；{kept}。", why=why, kept=kept))
        print_sweep(found, self._chosen(found), self.options.language)

    def drawings(self, found: pa.Table) -> Drawings:
        """Return the figures."""
        from experiments.sweep.figures.every import drawings_of

        return drawings_of(found, self._chosen(found), self.options.language)

    def _about(self) -> About:
        """Return what the sweep is."""
        scenario, options = self.scenario, self.options
        titles = {"en": scenario.title, "zh": scenario.title_zh} if "place" in self.axes else titles_of(scenario)
        digest = hashlib.sha256("".join(one.model_dump_json() for one in self.scenarios).encode()).hexdigest()
        return About(
            axes=tuple(self.axes), labels={key: dict(label) for key, label in self._labels().items() if key in self.axes}, design="grid", reference=0,
            points=self.points, programme=scenario.programme, place=scenario.place, titles=dict(titles), seed=options.seed, first_replicate=0,
            replicates=options.replicates, days=scenario.days, version=sim.__version__, sources_sha256=sources_digest(),
            configuration_sha256=digest,
        )  # fmt: skip

    def _labels(self) -> Labels:
        """Return what the keys are called."""
        leaves = (leaf for group in (self.scenario, self.options) for leaf in declarations(group))
        return {leaf.key: leaf.meaning | {"unit": leaf.unit} for leaf in leaves if leaf.meaning}

    def _chosen(self, found: pa.Table) -> list[str]:
        """Return the outcomes that are printed and drawn: of those asked for those that vary, else all of them."""
        return [name for name in self.options.outcomes if _varies(found, name)] or list(self.options.outcomes)


def _varies(table: pa.Table, name: str) -> bool:
    return len(set(table[name].to_pylist())) > 1


def _quoted(path: Path) -> str:
    return "'" + str(path.resolve()).replace("'", "\\'") + "'"
