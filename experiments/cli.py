"""The command `yizhan`: choose the verb, and turn every mistake of the user into one clear message."""

from __future__ import annotations

import contextlib
import difflib
import errno
import importlib
import io
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import packages_distributions
from pathlib import Path

import sim
from experiments.help import VERBS, help_of, overview
from experiments.shared.errors import TRACEBACK, FailedError, MistakeError, OutputError, lacks_memory
from experiments.shared.extras import how_to_install
from experiments.shared.folding import fold
from experiments.shared.kept import interrupted, noting
from experiments.shared.signals import interrupting_signals
from experiments.shared.terminal import Output, columns, put
from experiments.shared.words import VARIABLE, Language, language_named, language_of
from sim.bilingual import Sentence, in_language, sentence
from sim.errors import why_of

NAME = "yizhan: "
ROOMS = {"import": "ledger"}
"""Verb → its room, where Python has another use for the word."""
AT_ONCE = ("dashboard",)
"""Verbs that answer before the model is loaded, and find the own configuration themselves."""
HELP_WORDS = ("-h", "--help", "help")
DONE, FOUND, MISTAKE, INTERRUPTED = 0, 1, 2, 130
HANG_UP_SECONDS = 1.0
"""A terminal that was closed refuses what is written at once; the signal that says so comes within this time."""
INTERRUPTED_BESIDE = Sentence("interrupted.", "已中断。")
NO_MEMORY = Sentence(
    "not enough memory; nothing was kept. Use fewer workers (workers=1) or a smaller population.graduates.",
    "内存不足，未保留任何结果。请减少并行数（workers=1）或减小 population.graduates。",
)

NO_MEMORY_TO_LOAD = Sentence(
    "not enough memory to load the libraries, which takes about 1 GB; nothing was kept. Close other programs, or raise the limit (ulimit -v).",
    "内存不足，无法加载程序库（约需 1 GB），未保留任何结果。请关闭其他程序，或提高内存限额（ulimit -v）。",
)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        words: The words after ``yizhan``; None: those of the process.

    Returns:
        Exit status: 0 done; 1 the run failed for what it found; 2 the user's mistake; 130 interrupted.
    """
    try:
        return _main(words)
    except KeyboardInterrupt:  # before anything has begun, or when all is done
        return _complain(in_language(INTERRUPTED_BESIDE, language_of(sys.argv[1:] if words is None else words)), INTERRUPTED)


def _main(words: Sequence[str] | None) -> int:
    """Run one command (see `main`)."""
    given = list(sys.argv[1:] if words is None else words)
    if not os.environ.get("SOURCE_DATE_EPOCH", "0").isdigit():  # NumPy and matplotlib fail on such a value, which is of no use here
        del os.environ["SOURCE_DATE_EPOCH"]
    if words is None:
        _prepare_streams()
    language = language_of(given)
    return guarded(lambda: _carry_out(given, language), language)


def _carry_out(given: list[str], language: Language) -> None:
    """Answer what is asked of no verb, or hand the words to the verb.

    Raises:
        MistakeError: No such verb or language.
    """
    named = os.environ.get(VARIABLE, "")
    if language_named(named) not in ("en", "zh", ""):
        wrong = "{variable} is {named!r}; allowed is en or zh.", "{variable} 为“{named}”，应为 en 或 zh。"
        raise MistakeError(sentence(*wrong, variable=VARIABLE, named=named))
    verb = next((word for word in given if word not in HELP_WORDS and not word.startswith("language=")), "")
    if verb in VERBS and any(word in HELP_WORDS for word in given):
        put(help_of(verb, language) + "\n")
    elif not verb:
        put(overview(language) + "\n")
    elif verb == "--version":
        put(_version(language) + "\n")
    elif verb in VERBS:
        given.remove(verb)
        if verb == "run" and any(word.lstrip("+").startswith("from=") for word in given):
            verb = importlib.import_module("experiments.shared.again").earlier_of(given, "").verb or verb
        _hand_over(verb, given)
    else:
        nearest = difflib.get_close_matches(verb, VERBS, n=1, cutoff=0.55)
        hint = sentence(" Did you mean {near!r}?", "是否想写“{near}”？", near=nearest[0]) if nearest else ""
        wrong = "unknown verb {verb!r}.{hint} Verbs: {verbs}.", "命令“{verb}”不存在。{hint}命令有：{verbs}。"
        raise MistakeError(sentence(*wrong, verb=verb, hint=hint, verbs=Sentence(", ".join(VERBS), "、".join(VERBS))))


def _version(language: Language) -> str:
    """Return the version, and where compiled code is kept."""
    from sim.cache_folder import cache_base, can_be_made, spare_base

    folder, spare = cache_base(), spare_base()
    kept = "Compiled code is kept in {folder}; YIZHAN_CACHE names another folder.", "编译结果保存在 {folder}，可用 YIZHAN_CACHE 另选目录。"
    if not can_be_made(folder):
        kept = (
            "Compiled code is kept in {spare}, because {folder} cannot be made or written; YIZHAN_CACHE names another folder.",
            "编译结果保存在 {spare}，因为 {folder} 无法创建或写入；可用 YIZHAN_CACHE 另选目录。",
        )
    return f"yizhan {sim.__version__}\n{in_language(sentence(*kept, folder=folder, spare=spare), language)}"


def _hand_over(verb: str, words: Sequence[str]) -> None:
    """Run a verb with the own configuration that its words name, or that is found."""
    module = importlib.import_module(f"experiments.{ROOMS.get(verb, verb)}.command")
    if verb in AT_ONCE:
        module.main(words)
        return
    from experiments.shared.application import own_configuration

    with own_configuration(words):
        module.main(words)


def guarded(action: Callable[[], None], language: str = "en") -> int:
    """Carry out a command and return its exit status; no mistake of a user, and no full disk, ends in a traceback."""
    from sim.errors import ConfigurationError, LeverError

    interruptions: list[int] = []
    kept: list[Sentence] = []

    def on_signal(number: int, _frame: object) -> None:
        interruptions.append(number)
        raise KeyboardInterrupt

    def answer(message: object, status: int) -> int:
        """Say what went wrong; after an interruption that is what went wrong, whatever a library on the way has made of it."""
        message, status = (interrupted(kept), INTERRUPTED) if interruptions else (message, status)
        return _complain(in_language(message, language), status)

    previous = {number: signal.signal(number, on_signal) for number in interrupting_signals()}
    try:
        with noting(kept):
            action()
            put("")  # what Hydra printed may still be on its way
    except (MistakeError, ConfigurationError, LeverError) as error:
        return answer(error, MISTAKE)
    except FailedError as error:
        return answer(error, FOUND)
    except KeyboardInterrupt as error:
        said = error.args[0] if error.args and isinstance(error.args[0], Sentence) else interrupted(kept)
        return _complain(in_language(said, language), INTERRUPTED)
    except BrokenPipeError:  # somebody read enough of what Hydra had to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except MemoryError:
        return answer(NO_MEMORY, FOUND)
    except SystemExit as error:
        if interruptions:
            return answer("", INTERRUPTED)
        return error.code if isinstance(error.code, int) else FOUND
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.EIO and not interruptions:  # of a closed terminal: its signal is on the way
            with contextlib.suppress(KeyboardInterrupt):
                time.sleep(HANG_UP_SECONDS)
        if os.environ.get(TRACEBACK) and not isinstance(error, OSError):
            raise
        return answer(_what_failed(error), FOUND)
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    return DONE


def _to_install(error: ImportError) -> str:
    """Return what pip has to install: all that is missing beside Yizhan, or the library that is there and broken once more."""
    if isinstance(error, ModuleNotFoundError) or not error.name:
        return NAME.strip(" :")
    module = error.name.partition(".")[0]
    return f"--force-reinstall {packages_distributions().get(module, [module])[0]}"


def _what_failed(error: Exception) -> Sentence:
    """Say what was wrong with the machine, with the installation, or else with the program."""
    if lacks_memory(error):
        return NO_MEMORY if isinstance(error, RuntimeError) else NO_MEMORY_TO_LOAD
    if isinstance(error, OutputError):
        return sentence(
            "the output cannot be written ({why}); send it elsewhere.", "输出无法写入（{why}）；请改为输出到别处。", why=why_of(error),
        )  # fmt: skip
    if isinstance(error, OSError):
        where = sentence(" at {file}", "（{file}）", file=error.filename) if error.filename else ""
        return sentence(
            "{why}{where}; nothing was kept. Free some space or name another folder with output=DIR.",
            "{why}{where}，未保留任何结果。请腾出空间，或用 output=目录 另选文件夹。", why=why_of(error), where=where,
        )  # fmt: skip
    what = f"{type(error).__name__}: {error}"
    if isinstance(error, ImportError):
        return sentence(
            "a library cannot be loaded ({what}); nothing was kept. Mend the installation: {how}",
            "有程序库无法加载（{what}），未保留任何结果。请修复安装：{how}",
            what=" ".join(what.split()), how=how_to_install(_to_install(error)),
        )  # fmt: skip
    return sentence(
        "failed: {what}; nothing was kept.\nThis is a fault of the program; {variable}=1 before the command shows where.",
        "运行失败：{what}；未保留任何结果。\n这是程序的错误；在命令前加 {variable}=1 可查看出错位置。", what=what.strip(": "), variable=TRACEBACK,
    )  # fmt: skip


def _prepare_streams() -> None:
    """Let output that is closed or knows no Chinese do no harm."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (as long as the process)
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout = Output.in_place_of(sys.stdout)
        sys.__stdout__ = sys.stdout  # type: ignore[misc]  # which `shutil` asks for the width of the terminal
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="replace")
    logging.raiseExceptions = False  # a log that cannot be written is no traceback


def _complain(message: str, status: int) -> int:
    """Tell the user what went wrong, folded to the width of a terminal; in files and pipes each line stays whole."""
    lines = message.strip().splitlines() or ["unknown error"]
    if sys.stderr.isatty():
        lines = [part for line in lines for part in fold(line, max(20, columns(sys.stderr) - len(NAME)))]
    put(NAME + ("\n" + " " * len(NAME)).join(lines) + "\n", sys.stderr)
    return status
