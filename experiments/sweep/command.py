"""``yizhan sweep``: many points over any keys; what is different from a reference, paired, in one tidy table and pictures.

Every point is composed and checked before anything runs. Chunks of points go to a launcher of Hydra: ours, on Dask, or any other. Each leaves an
immutable part, so that whatever dies, the same command goes on where it stopped. Replicate r has the same seed at every point, which pairs them.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from math import lcm
from typing import TYPE_CHECKING, Any, NoReturn

from experiments.shared.again import AXES, FROM, earlier_of, split_from
from experiments.shared.application import Plain, launch, overrides_of, own_configuration, read_options, read_scenario, tidied_words
from experiments.shared.batches.store import Store
from experiments.shared.batches.watching import watching
from experiments.shared.beforehand import PROCESS_BYTES, Cost, Levels, keys_of, levels_out_of_range, lines_of, span_of
from experiments.shared.drawing import Drawings
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.provenance import circumstances
from experiments.shared.work import Work, carry_out
from experiments.sweep import telling
from experiments.sweep.axes import Axis, fixed_words, read_axes, with_axes
from experiments.sweep.batch import Keeper, blocks_done, failures_in, forget_failures, gather, kind_of_column
from experiments.sweep.designs import Design, read_design
from experiments.sweep.finished import shown, write_numbers
from experiments.sweep.hydra_words import refuse_missing_launcher, with_params
from experiments.sweep.options import SweepOptions
from experiments.sweep.points import Plan, levels_of, plan_of
from experiments.sweep.table import POINT, About
from sim.behaviour_set import sets_of
from sim.bilingual import Sentence, message_of, sentence
from sim.errors import why_of
from sim.own_file import NO_SET
from sim.parameters import declarations
from sim.simulation import Progress, available_cores, warm_up
from sim.titles import titles_of

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from experiments.shared.results_folder import ResultFolder
    from sim.scenario import Scenario

OTHERS = {"merge": "experiments.sweep.merge", "status": "experiments.sweep.status"}
"""First word of a command on sweeps that are there → its module."""
INFORMING = ("--help", "--hydra-help", "--cfg", "--info", "--version")
JOBS = ".jobs"
"""Folder in which launchers of others keep what they need."""


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb."""
    if words and words[0] in OTHERS:
        import_module(OTHERS[words[0]]).main(words[1:])
        return
    if any(word.startswith("plot=") for word in words):
        import_module("experiments.sweep.redraw").main(words)
        return
    words = [with_params(word) for word in words]
    asked, words = words, with_axes(words)
    given, named = split_from(words)
    with own_configuration(given):
        tidy = tidied_words("sweep", given, SweepOptions.model_fields)
        overrides = overrides_of(tidy)
        fixed = [*(word for word in tidy if word not in overrides), *fixed_words(overrides), *([f"{FROM}{named}"] if named else [])]
        if any(word.partition("=")[0] in INFORMING for word in tidy):
            first = [f"{axis.key}={axis.texts[0]}" for axis in read_axes(overrides) if isinstance(axis, Axis)]
            launch("sweep", lambda _plain: None, [*(word for word in fixed if word != "--multirun"), *first], SweepOptions.model_fields)
            return
        refuse_missing_launcher(tidy)
        sweep(tidy, fixed, words, asked)


def sweep(tidy: Sequence[str], fixed: Sequence[str], given: Sequence[str], asked: Sequence[str]) -> None:
    """Check every point, run them, print, write, draw.

    Args:
        tidy: The words as Hydra reads them.
        fixed: Those that do not vary.
        given: The words as the user wrote them, with those of a sweep that is made again.
        asked: The words as the user wrote them.
    """
    single = [word for word in fixed if word != "--multirun"]
    composed: list[tuple[Plain, dict[str, str], Any]] = []

    def take(plain: Plain) -> None:
        from hydra.core.hydra_config import HydraConfig

        composed.append((plain, dict(HydraConfig.get().sweeper.get("params") or {}), HydraConfig.get().launcher))

    launch("sweep", take, [*single, "hydra.mode=RUN"], SweepOptions.model_fields)
    ((plain, params, launcher),) = composed
    options: SweepOptions = read_options(SweepOptions, plain)
    design = read_design(overrides_of(tidy), params, options, plain)
    telling.say_checking(len(design.points), options.language)
    scenario = read_scenario(plain, SweepOptions)
    plan = plan_of(single, design, options, scenario)
    carry_out(OneSweep(options, scenario, plan, plain, given, single, asked, launcher))


class OneSweep(Work[SweepOptions, "pa.Table"]):
    """A design of points, each over its replicates."""

    verb = "sweep"
    days = 0

    def __init__(
        self, options: SweepOptions, scenario: Scenario, plan: Plan, plain: Plain, given: Sequence[str], fixed: Sequence[str], asked: Sequence[str],
        launcher: Any,  # noqa: ANN401
    ) -> None:  # fmt: skip
        """Take what was read, the plan, the words as given, those that do not vary, those of the user, and the keys of Hydra's launcher."""
        super().__init__(options, scenario, plain, given)
        self.plan = plan
        self.fixed = fixed
        self.launcher = launcher
        self.earlier = earlier_of(asked, self.verb)
        self.failed: list[dict[str, Any]] = []
        self.missing = 0

    @property
    def design(self) -> Design:
        """The design."""
        return self.plan.design

    @property
    def name(self) -> str:
        """What the default folder is named after: no place where the places are varied."""
        return self.scenario.programme if "place" in self.design.axes else super().name

    @cached_property
    def about(self) -> About:
        """What the sweep is."""
        first, options, now = self.plan.bases[self.plan.points[0].base], self.options, circumstances()
        leaves = {leaf.key: leaf for group in (self.scenario, options) for leaf in declarations(group)}
        known = {key: leaves[key] for key in self.design.axes if key in leaves and leaves[key].meaning}
        sets = list(sets_of(base.behaviour_set for base in self.plan.bases))
        alone = [number for number, point in enumerate(self.plan.points) if self.plan.bases[point.base].behaviour_set.found is None] if sets else []
        labels = {key: leaf.meaning | {"unit": leaf.unit, "value": "null" if leaf.value is None else str(leaf.value)} for key, leaf in known.items()}
        return About(
            axes=self.design.axes, labels=labels, design=self.design.kind, reference=self.design.reference or 0, points=len(self.plan.points),
            programme=first.programme, place=first.place, titles=titles_of(first), seed=options.seed, first_replicate=options.first_replicate,
            replicates=options.replicates, days=first.days, version=now["yizhan"], sources_sha256=now["sources_sha256"],
            configuration_sha256=self.plan.digest, behaviour=", ".join(found.name for found in sets) or NO_SET,
            behaviour_sha256=", ".join(found.digest for found in sets), vectors_of_set=lcm(*map(len, sets)) if sets else 0, without_set=tuple(alone),
        )  # fmt: skip

    def foresee(self) -> list[Sentence]:
        """Return what is said before anything runs."""
        runs, workers = self.options.replicates, self.options.workers or available_cores()
        numbers = self.plan.numbers(self.options)
        seconds = sum(self.plan.seconds[number] for number in numbers) * runs / min(workers, available_cores())
        levels: Levels = levels_out_of_range(self.plan.bases, [key for key in keys_of(self.fixed) if key not in self.design.axes])
        for leaf in declarations(self.scenario):
            if leaf.key in self.design.axes and leaf.prior is not None:
                outside = [f"{value:,.6g}" for value in levels_of(self.design, leaf.key) if not leaf.prior[0] <= value <= leaf.prior[1]]
                levels |= {leaf.key: (outside, span_of(leaf))} if outside else {}
        return lines_of(self.plan.bases, levels, Cost(seconds, PROCESS_BYTES * (1 + workers) + workers * self.plan.memory))

    def folder(self) -> Store:
        """Return the folder, in which the sweep grows."""
        options = self.options
        identity = {
            "configuration_sha256": self.plan.digest, "first_replicate": options.first_replicate, "replicates": options.replicates,
            "shard": list(options.share) if options.share else None,
        }  # fmt: skip
        runs = len(self.plan.numbers(options)) * options.replicates
        more = {"points": len(self.plan.points), "runs": runs, "about": self.about.model_dump(mode="json")}
        return Store(self.verb, self.name, options.output, self.words, identity, more, awaits_figures=options.figures and not options.share)

    def find(self, folder: ResultFolder, progress: Progress) -> pa.Table:  # noqa: ARG002
        """Let Hydra's launcher carry out the chunks that are not there yet, and gather the parts."""
        assert isinstance(folder, Store)  # noqa: S101 (made by `folder`)
        try:
            try:
                self._carry_out(folder)
            finally:
                shutil.rmtree(folder.path / JOBS, ignore_errors=True)
            table = self._gathered(folder)
        except (KeyboardInterrupt, Exception) as error:  # noqa: BLE001 (raised again, with what is kept)
            self._tell_stopped(error, folder)
        self.missing = len(self.plan.numbers(self.options)) - len(set(table[POINT].to_pylist()))
        return table

    def _gathered(self, folder: Store) -> pa.Table:
        """Put the parts together.

        Raises:
            FailedError: No point has a result.
        """
        self.failed = failures_in(folder.parts.folder)
        if self.failed and not blocks_done(folder.parts):
            raise FailedError(telling.all_failed(self.failed, self.design.points, folder.path))
        return gather(folder.parts, self.about)

    def _carry_out(self, folder: Store) -> None:
        """Carry out what is not done yet."""
        from experiments.sweep.launching import OURS, SWEEPER, WatchedBatch, hand_over

        done = blocks_done(folder.parts)
        forget_failures(folder.parts.folder)
        chunks = list(self.plan.chunks(self.options, done))
        runs, before = sum(block.runs for chunk in chunks for block in chunk.blocks), sum(block.runs for block in done)
        if folder.resumes:
            telling.say_resumed(folder.path, before, runs, self.options.language)
        if not chunks:
            return
        warm_up(self.plan.bases[0])
        points = {block.point for chunk in chunks for block in chunk.blocks}
        values = {number: self.design.points[number] for number in points}
        kinds = {key: kind_of_column([point[key] for point in self.design.points]) for key in self.design.axes}
        names = {number: self.design.names[number] for number in points} if self.design.names else {}
        keeper = Keeper(folder.parts.folder, self.about, kinds, names)
        seconds = sum(self.plan.seconds[block.point] * block.runs for chunk in chunks for block in chunk.blocks)
        with watching(before + runs, before, self.options.language) as watch:
            batch = WatchedBatch(chunks, values, keeper, self.options.workers, seconds, watch)
            if self.launcher["_target_"] == OURS:  # it composes nothing: Hydra need not compose for it either
                hand_over(batch, self.launcher)
                return
            fixed = [word for word in self.fixed if not word.startswith("hydra.mode=")]
            words = ["-m", *fixed, SWEEPER, f"hydra.sweep.dir={_quoted(folder.path / JOBS)}"]
            launch("sweep", batch, words, SweepOptions.model_fields, as_it_is=True)

    def _tell_stopped(self, error: BaseException, folder: Store) -> NoReturn:
        """Say why the sweep stopped, what is kept and how to go on.

        Raises:
            KeyboardInterrupt: Interrupted.
            FailedError: Anything else, where something is kept.
        """
        runs = sum(block.runs for block in blocks_done(folder.parts))
        if not runs or isinstance(error, MistakeError):
            raise error
        kept = telling.kept(folder.path, runs, int(folder.more["runs"]))
        if isinstance(error, KeyboardInterrupt):
            raise KeyboardInterrupt(sentence("interrupted; {kept}", "已中断；{kept}", kept=kept)) from None
        why = Sentence("not enough memory", "内存不足") if isinstance(error, MemoryError) else message_of(error)
        if isinstance(error, OSError):
            why = why_of(error)
        elif not isinstance(error, FailedError):
            why = sentence("{kind}: {what}", "{kind}：{what}", kind=type(error).__name__, what=why)
        raise FailedError(sentence("{why}; {kept}", "{why}；{kept}", why=why, kept=kept)) from error

    def write(self, found: pa.Table, folder: ResultFolder) -> None:
        """Write the table, and what it is."""
        assert isinstance(folder, Store)  # noqa: S101 (made by `folder`)
        try:
            self._write(found, folder)
        except (KeyboardInterrupt, OSError) as error:
            self._tell_stopped(error, folder)

    def _write(self, found: pa.Table, folder: Store) -> None:
        options = self.options
        write_numbers(found, self.about, folder, options, self.failed)
        again = {AXES: self.design.recorded, "reference": self.design.reference}
        folder.write_provenance(self.scenario, options, options.seed, self.plan.bases, more=again)
        if not self.missing:
            folder.finish()

    def show(self, found: pa.Table) -> None:
        """Print the points; of a shard, how to put the shards together."""
        from experiments.sweep.report import print_sweep

        if self.options.share:
            telling.say_shard(*self.options.share, len(set(found[POINT].to_pylist())), self.options.language)
            return
        print_sweep(found, shown(found, self.options.outcomes), self.options.language)

    def drawings(self, found: pa.Table) -> Drawings:
        """Return the pictures."""
        from experiments.sweep.figures.every import drawings_of

        return {} if self.options.share else drawings_of(found, shown(found, self.options.outcomes), self.options.language)

    def conclude(self, folder: Path) -> None:
        """Name the points that failed.

        Raises:
            FailedError: There are some.
        """
        if self.missing:
            raise FailedError(telling.failed(self.failed, self.missing, self.design.points, folder))


def _quoted(path: Path) -> str:
    return "'" + str(path.resolve()).replace("'", "\\'") + "'"
