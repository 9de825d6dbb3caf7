"""``yizhan validate``: every target and reported figure beside the model, misses included."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments.shared.application import Plain, is_multirun
from experiments.shared.drawing import Drawings
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.own_taken import blamed
from experiments.shared.reading import say_own
from experiments.shared.results_folder import ResultFolder
from experiments.shared.tables import show_lines
from experiments.shared.whole_files import cannot_write, refuse_unwritable, write_all
from experiments.shared.words import Speaker
from experiments.shared.work import Work, begin
from experiments.validate.files import MARK, left_targets_json, page, predictions_json, validation_json
from experiments.validate.kept import differing, gained, lost, path_of, read_kept, write_kept
from experiments.validate.left_out import LeftOut, left_out
from experiments.validate.options import ValidateOptions
from experiments.validate.predictors import Prediction, predictions
from experiments.validate.report import caption_of, print_knobs, print_left_out, print_left_targets, print_scorecard
from experiments.validate.runs import market_rows, plan_of, programme_rows
from experiments.validate.scorecard import Row
from experiments.validate.words import WORDS
from sim.bilingual import Sentence, sentence
from sim.scenario import Scenario
from sim.simulation import Progress
from sim.targets.loading import load_targets


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb.

    Raises:
        MistakeError: A multirun.
    """
    if is_multirun(words):
        message = Sentence("validate makes one scorecard: leave out -m.", "validate 一次只做一份成绩单，请去掉 -m。")
        raise MistakeError(message)
    begin(OneScorecard, "validate", ValidateOptions, words)


@dataclass(frozen=True)
class Validation:
    """What was found: the rows, and what is said of programmes and of targets that are left out."""

    rows: list[Row]
    left_out: list[Prediction]
    left_targets: list[LeftOut]


class OneScorecard(Work[ValidateOptions, Validation]):
    """Every target and figure beside the model."""

    verb = "validate"

    def __init__(self, options: ValidateOptions, scenario: Scenario, plain: Plain, words: Sequence[str]) -> None:
        """Read the targets and programmes, and see that what is to be written can be.

        Raises:
            MistakeError: A programme, or a file, that cannot be used.
        """
        super().__init__(options, scenario, plain, words)
        self.plan = plan_of(load_targets(options.target), scenario, options)
        say_own(options.language)
        with blamed("kept"):
            self.kept_path = path_of(options.kept, is_written=options.update)
            self.kept = read_kept(self.kept_path)
            if options.update:
                refuse_unwritable("kept", self.kept_path)
        if options.write is not None:
            _refuse_foreign(Path(options.write))
        self.lost: list[Row] = []

    @property
    def name(self) -> str:
        """What the default folder is named after."""
        return self.plan.targets.name

    @property
    def days(self) -> int:
        """Days of every world."""
        options = self.options
        return self.plan.days_of_market(options.replicates) + self.plan.days_of_programmes(options.programme_replicates)

    @property
    def simulated(self) -> list[tuple[Scenario, float]]:
        """The market and the programmes."""
        options = self.options
        market = (self.scenario, float(self.plan.days_of_market(options.replicates)))
        return [market, *((one, float(one.days * options.programme_replicates)) for one in self.plan.programmes)]

    @property
    def settings(self) -> dict[str, str]:
        """What decides on the numbers, for the kept scorecard."""
        options = self.options
        keys = ("target", "replicates", "seed", "programme_replicates", "programme_people")
        programmes = {"programmes": ",".join(one.programme for one in self.plan.programmes)}
        others = sorted(word.lstrip("+") for word in self.words if word.partition("=")[0].lstrip("+") not in ValidateOptions.model_fields)
        return {key: str(getattr(options, key)) for key in keys} | programmes | {"others": shlex.join(others)}

    @property
    def caption(self) -> Sentence:
        """What is to be known of the rows."""
        return caption_of(self.scenario, self.options)

    def find(self, folder: ResultFolder, progress: Progress) -> Validation:  # noqa: ARG002
        """Simulate."""
        rows = market_rows(self.plan, self.options, progress) + programme_rows(self.plan, self.options, progress)
        planned = {f"{one.programme}.{figure.outcome}": figure.planned for one in self.plan.programmes for figure in one.reported}
        targets = left_out(self.scenario, self.plan.targets, self.options.seed) if self.options.left_out else []
        return Validation(rows, predictions(rows, {name: value for name, value in planned.items() if value is not None}), targets)

    def write(self, found: Validation, folder: ResultFolder) -> None:
        """Write the rows."""
        options = self.options
        folder.write_provenance(self.scenario, options, options.seed, self.plan.programmes)
        folder.write_json("validation.json", validation_json(found.rows))
        folder.write_json("left_out.json", predictions_json(found.left_out) | {"targets": left_targets_json(found.left_targets)})
        (folder.path / "validation.md").write_text(self.page(found), encoding="utf-8")

    def page(self, found: Validation) -> str:
        """Return the page in Markdown."""
        return page(found.rows, found.left_out, found.left_targets, self.caption, self.options.language)

    def show(self, found: Validation) -> None:
        """Print the rows, misses first, and how they stand beside the kept scorecard; keep them, and write the page, where that was asked for."""
        language = self.options.language
        print_scorecard(found.rows, self.caption, language)
        print_knobs(found.rows, language)
        print_left_out(found.left_out, language)
        print_left_targets(found.left_targets, found.rows, language)
        show_lines(self.verdict(found), language)
        if self.options.write is not None:
            _write_page(Path(self.options.write), self.page(found))
            show_lines([sentence(WORDS["written"], WORDS["written"].zh, file=self.options.write)], language)

    def verdict(self, found: Validation) -> list[Sentence]:
        """Say how the rows stand beside the kept scorecard, and note what is lost; keep them where that was asked for."""
        speaker, command = Speaker(self.options.language, WORDS), "yizhan validate update=true"
        if self.options.update:
            write_kept(self.kept_path, self.settings, found.rows)
            return [speaker.sentence("kept_now", file=self.kept_path)]
        if self.kept is None:
            return [speaker.sentence("none_kept", file=self.kept_path)]
        if changed := differing(self.kept, self.settings):
            return [speaker.sentence("others", settings=", ".join(changed))]
        self.lost = lost(self.kept, found.rows)
        won = gained(self.kept, found.rows)
        said = [] if self.lost else [speaker.sentence("held", file=self.kept_path)]
        return said + ([speaker.sentence("gained", names=", ".join(row.name for row in won), command=command)] if won else [])

    def drawings(self, found: Validation) -> Drawings:
        """Return the figures."""
        from experiments.validate.figures.distances import drawings_of

        return drawings_of(found.rows, self.options.seed, self.options.replicates, self.options.language)

    def conclude(self, folder: Path) -> None:  # noqa: ARG002
        """Fail where something is missed that the kept scorecard passes.

        Raises:
            FailedError: There is such a row.
        """
        if self.lost:
            names = ", ".join(row.name for row in self.lost)
            raise FailedError(Speaker(self.options.language, WORDS).sentence("lost", names=names, command="yizhan validate update=true"))


def _refuse_foreign(path: Path) -> None:
    """Refuse to write over a page that no scorecard has made.

    Raises:
        MistakeError: There is one, or there is no such folder.
    """
    try:
        if path.exists() and not path.read_text(encoding="utf-8", errors="replace").startswith(MARK):
            en = "write={path} was not made by this command; move it away, or name another file."
            raise MistakeError(sentence(en, "write={path} 不是本命令生成的；请移走，或另指文件。", path=path))
    except OSError as error:
        raise MistakeError(cannot_write("write", path, error)) from None
    if not path.parent.is_dir():
        en = "write={path}: there is no folder {folder}; make it first, or name another file."
        raise MistakeError(sentence(en, "write={path}：没有文件夹 {folder}；请先建立，或另指文件。", path=path, folder=path.parent))
    refuse_unwritable("write", path)


def _write_page(path: Path, text: str) -> None:
    try:
        write_all({path: text})
    except OSError as error:
        raise MistakeError(cannot_write("write", path, error)) from None
