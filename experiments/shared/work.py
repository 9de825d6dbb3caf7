"""The one way from checked keys to a finished result, which every command that simulates takes.

Read the keys and the scenario, make the folder, simulate, write every number, give the folder its name, print, draw. The numbers are safe before
anything is printed or drawn: a figure that cannot be drawn costs that figure and nothing else.
"""

from __future__ import annotations

import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from experiments.shared.again import Earlier, differing_files, earlier_of, is_the_same, otherwise_now
from experiments.shared.application import Plain, launch, read_options, read_scenario
from experiments.shared.beforehand import USUAL_REPLICATES, foresee, keys_of, replicates_in_words, say_beforehand, usual_replicates
from experiments.shared.drawing import Drawings, draw_into, refuse_undrawn
from experiments.shared.errors import TRACEBACK, FailedError, MistakeError, OutputError
from experiments.shared.kept import whole_in
from experiments.shared.options import RunOptions
from experiments.shared.progress import announce_compilation, showing_progress
from experiments.shared.results_folder import ResultFolder
from experiments.shared.terminal import put
from experiments.shared.words import Speaker, say
from sim.bilingual import Sentence, in_language, joined, listed, sentence
from sim.errors import why_of
from sim.scenario import Scenario
from sim.simulation import Progress
from sim.titles import short_name_of

REPLICATES = "replicates"
Options = TypeVar("Options", bound=RunOptions)
Found = TypeVar("Found")


class Work(ABC, Generic[Options, Found]):
    """What one command does with its keys and its scenario, step by step.

    Attributes:
        verb: The verb.
        takes_nations: Whether it can simulate a nation of many markets.
        options: The command's keys.
        scenario: The scenario.
        words: The words after the verb, for the record.
        earlier: The result that is made again, if one is.
    """

    verb: ClassVar[str]
    takes_nations: ClassVar[bool] = False

    def __init__(self, options: Options, scenario: Scenario, plain: Plain, words: Sequence[str]) -> None:
        """Take what was read; a subclass checks what else it needs, before anything is made.

        Args:
            options: The command's keys.
            scenario: The scenario.
            plain: The composed configuration.
            words: The words after the verb.

        Raises:
            MistakeError: A nation, where the command simulates one market.
        """
        if scenario.region.nation.provinces and not self.takes_nations:
            raise MistakeError(sentence(
                "yizhan {verb} simulates one market, and {name} is a nation of many: choose a place of one market, or use yizhan run or compare",
                "yizhan {verb} 只模拟一个市场，而 {name} 是由多个市场组成的全国：请另选地方，或用 yizhan run、compare",
                verb=self.verb, name=scenario.region.name,
            ))  # fmt: skip
        self.options = options
        self.scenario = scenario
        self.plain = plain
        self.words = words
        self.earlier = earlier_of(words, self.verb)

    @property
    @abstractmethod
    def days(self) -> int:
        """Days to simulate in all, for the progress; 0 where the command tells its progress itself."""

    @property
    def name(self) -> str:
        """What the default folder is named after: the programme, and the place where that is not its home."""
        return short_name_of(self.scenario)

    @property
    def simulated(self) -> list[tuple[Scenario, float]]:
        """The scenarios that will be simulated, each with its days over all worlds, for what is said before."""
        return [(self.scenario, self.days)]

    def foresee(self) -> list[Sentence]:
        """Return what is said before anything runs."""
        return foresee(self.simulated, self.words, self.options.replicates, self.options.workers)

    def folder(self) -> ResultFolder:
        """Return the folder of the result."""
        return ResultFolder(self.verb, self.name, self.options.output, self.words, awaits_figures=self.options.figures)

    @abstractmethod
    def find(self, folder: ResultFolder, progress: Progress) -> Found:
        """Simulate, and return what was found."""

    @abstractmethod
    def write(self, found: Found, folder: ResultFolder) -> None:
        """Write every number and where it comes from."""

    @abstractmethod
    def show(self, found: Found) -> None:
        """Print."""

    @abstractmethod
    def drawings(self, found: Found) -> Drawings:
        """Return the figures: name of a file → what draws it, or draws nothing where there is nothing to see."""

    def conclude(self, folder: Path) -> None:
        """Say in the end what went wrong on the way, by an error.

        Args:
            folder: The folder of the result.
        """


def begin(work: Callable[[Options, Scenario, Plain, Sequence[str]], Work[Options, Found]], verb: str, options: type[Options], words: Sequence[str],
          keys: Iterable[str] = (), more: Sequence[str] = ()) -> None:  # fmt: skip
    """Read the words of a command and carry out its work.

    Args:
        work: Makes the work of what was read.
        verb: The verb.
        options: Its keys.
        words: The words after the verb.
        keys: Names of its keys, for suggestions, where there are more than `options` says.
        more: Words for Hydra alone, which are not recorded.
    """

    def run(plain: Plain) -> None:
        found, scenario = read_options(options, plain), read_scenario(plain, options)
        if found.replicates == USUAL_REPLICATES and REPLICATES not in keys_of(words) and earlier_of(words, verb) is None:
            plain = {**plain, REPLICATES: usual_replicates(scenario)}
            found = read_options(options, plain)
            carry_out(work(found, scenario, plain, words), replicates_in_words(scenario))
        else:
            carry_out(work(found, scenario, plain, words))

    launch(verb, run, [*words, *more], keys or options.model_fields, options.model_fields)


def carry_out(work: Work[Options, Found], notes: Sequence[Sentence] = ()) -> None:
    """Simulate, write, print, draw.

    Args:
        work: The work.
        notes: What is to be said before it.

    Raises:
        FailedError: The numbers are there, but a figure could not be drawn.
    """
    options, language = work.options, work.options.language
    earlier = work.earlier
    for line in otherwise_now(earlier) if earlier else ():
        put(in_language(line, language) + "\n", sys.stderr)
    with work.folder() as folder:
        import_module("pyarrow.parquet")  # what cannot be written is found out before hours of simulating
        say_beforehand([*notes, *work.foresee()], language)
        announce_compilation(language)
        with showing_progress(work.days, language) if work.days else nullcontext(_tell_nobody) as progress:
            found = work.find(folder, progress)
        work.write(found, folder)
    with kept(folder.final):
        work.show(found)
        undrawn = draw_into(folder.final, lambda: work.drawings(found), language) if options.figures else {}
        Speaker(language)("result", folder=folder.final)
    if earlier:
        compare_with(earlier, folder.final, language)
    refuse_undrawn(undrawn, folder.final)
    work.conclude(folder.final)


def compare_with(earlier: Earlier, folder: Path, language: str) -> None:
    """Say whether a result that was made again with the same settings is the same, to the byte.

    Raises:
        FailedError: It is not.
    """
    if not is_the_same(earlier, folder):
        return
    same, others, missing = differing_files(earlier, folder)
    if others:
        raise FailedError(sentence(
            "The same settings as {earlier}, but not the same bytes: {others}. {why}The new result is in {folder}.",
            "设置与 {earlier} 相同，但内容不同：{others}。{why}新结果在 {folder}。", earlier=earlier.folder, others=listed(others), folder=folder,
            why=joined([*otherwise_now(earlier), ""], " "),
        ))  # fmt: skip
    if missing:
        raise FailedError(sentence(
            "{earlier} is not a whole result: {missing} cannot be compared, for only one of the two folders has it as a file that can be read. "
            "The new result is in {folder}.",
            "{earlier} 不是完整的结果：两个目录中只有一个有可读的 {missing}，无法比较。新结果在 {folder}。",
            earlier=earlier.folder, missing=listed(missing), folder=folder,
        ))  # fmt: skip
    told = sentence("The same bytes as {earlier}: {same}.", "与 {earlier} 逐字节相同：{same}。", earlier=earlier.folder, same=listed(same))
    say(told, language)


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """Let whatever stops the block say that the numbers are safe.

    Args:
        folder: Folder of the finished result.

    Raises:
        KeyboardInterrupt: Interrupted.
        FailedError: A fault of the program.
    """
    try:
        yield
    except KeyboardInterrupt as error:
        if error.args and isinstance(error.args[0], Sentence):  # it says itself what is kept
            raise
        raise KeyboardInterrupt(whole_in(folder)) from None
    except (FailedError, BrokenPipeError):
        raise
    except OutputError as error:
        raise FailedError(sentence(
            "the output cannot be written ({why}); the numbers are complete in {folder}.", "输出无法写入（{why}）；数据已完整保存在 {folder}。",
            why=why_of(error), folder=folder,
        )) from error  # fmt: skip
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        what = f"{type(error).__name__}: {error}".strip(": ")
        message = sentence(
            "failed: {what}; the numbers are complete in {folder}.\nThis is a fault of the program; {key}=1 before the command shows where.",
            "出错：{what}；数据已完整保存在 {folder}。\n这是程序的问题；在命令前加 {key}=1 可查看出错位置。", what=what, folder=folder, key=TRACEBACK,
        )  # fmt: skip
        raise FailedError(message) from error


def _tell_nobody(_days: int) -> None:
    """Stand for the progress where a command tells its own."""
