"""What is checked against which baselines, and what nothing guards."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sim
from experiments.check.baseline import UnusableError
from experiments.check.baselines import names_in, path_of, read_baseline
from experiments.check.options import CheckOptions
from experiments.check.report import update_command
from experiments.shared.errors import MistakeError
from experiments.shared.whole_files import try_folder
from sim.bilingual import sentence
from sim.configuration import available
from sim.errors import why_of
from sim.own_files import shipped
from sim.wording import unknown

CI = "CI"
"""Variable that continuous integration sets."""
PLACE = Path("results") / "baselines"
SHIPPED = Path(__file__).parent / "shipped"
"""The baselines of `PLACE` as an installed package carries them (``setup.py``)."""


@dataclass(frozen=True)
class Choice:
    """What is checked.

    Attributes:
        names: Names of the baselines that are compared, or made anew.
        unguarded: Programmes that no baseline is of.
        orphans: Baselines of programmes that are gone.
    """

    names: list[str]
    unguarded: list[str]
    orphans: list[str]


def choose(options: CheckOptions, folder: Path) -> Choice:
    """Return what is to be compared, or made anew.

    Args:
        options: The keys of the command.
        folder: Folder of the baselines.

    Raises:
        MistakeError: A name that neither a programme nor a baseline has, or nothing to compare with.
    """
    programmes, held = available("programme"), names_in(folder)
    for name in options.programmes:
        if name not in programmes and name not in held:
            raise MistakeError(unknown("programme", name, list(dict.fromkeys([*programmes, *held]))))
    more, orphans, guarded = _of_words(folder, [name for name in held if name not in programmes])
    named = list(dict.fromkeys(options.programmes))
    chosen = named or [*(_expected(programmes, held, options) if held else programmes), *more]
    if options.update:  # a folder of one's own gets no baselines of programmes that are not guarded there
        kept = [name for name in chosen if named or not more or name in held]
        return Choice(kept, [], [] if named else orphans)
    missing = [name for name in chosen if not os.path.lexists(path_of(folder, name))]
    if missing and (named or len(missing) == len(chosen)) and not (orphans and not named):
        message = sentence(
            "there is no baseline of {names} in {folder}: nothing was checked. directory=DIR names another folder. "
            "{command} makes baselines of what the programmes give now, which checks nothing.",
            "{folder} 中没有 {names} 的基线，未作任何检查。directory=目录 可另指文件夹。运行 {command} 会以当前结果生成基线，这本身不构成检查。",
            names=", ".join(missing), folder=folder, command=update_command(missing, options.directory),
        )  # fmt: skip
        raise MistakeError(message)
    return Choice([name for name in chosen if name not in missing], [name for name in missing if name not in guarded], [] if named else orphans)


def _expected(programmes: list[str], held: list[str], options: CheckOptions) -> list[str]:
    """Return the programmes that should have a baseline: in a folder of one's own not those that came with the package, unless one lies there."""
    if options.directory is None or options.update:
        return programmes
    return [name for name in programmes if name in held or name not in shipped("programme")]


def _of_words(folder: Path, names: Sequence[str]) -> tuple[list[str], list[str], set[str]]:
    """Divide baselines that have no programme's name.

    Args:
        folder: Their folder.
        names: Their names.

    Returns:
        Those that are made by words, or cannot be read; those of programmes that are gone; the programmes that the first are of.
    """
    more: list[str] = []
    orphans: list[str] = []
    programmes: set[str] = set()
    for name in names:
        try:
            baseline = read_baseline(folder, name)
        except UnusableError:
            more.append(name)
            continue
        (more if baseline.settings.words else orphans).append(name)
        programmes.add(baseline.programme)
    return more, orphans, programmes


def refuse_in_ci(options: CheckOptions, what: str) -> None:
    """Refuse to accept what is, where nobody looks at it: a check that writes its own baselines is always green.

    Raises:
        MistakeError: The variable CI is set, and nobody said that it is meant.
    """
    if os.environ.get(CI, "").strip().lower() in ("", "0", "false", "no") or options.update_in_ci:
        return
    raise MistakeError(sentence(
        "{what} with {variable}={value}: in continuous integration this would accept whatever comes, and nothing would be checked. Run it by hand, "
        "look at the difference and commit the files; if it is meant here, add update_in_ci=true.",
        "在 {variable}={value} 下使用 {what}：持续集成中这样做等于接受任何结果，不构成检查。"
        "请手工运行，查看差异后提交文件；若确需如此，请加 update_in_ci=true。",
        what=what, variable=CI, value=os.environ[CI],
    ))  # fmt: skip


def folder_of(directory: str | None, *, is_written: bool = False) -> Path:
    """Return the folder of the baselines.

    Args:
        directory: The folder that the user named; None: results/baselines here if it is there, else that of the project, else those that came with
            the package.
        is_written: Whether baselines are to be written: those that came with the package are not.

    Raises:
        MistakeError: It cannot be a folder.
    """
    if directory is None:
        project = Path(sim.__file__).resolve().parents[1]
        if PLACE.is_dir() or project == Path.cwd().resolve():
            return PLACE
        if (project / "pyproject.toml").is_file():
            return project / PLACE
        return SHIPPED if SHIPPED.is_dir() and not is_written else PLACE
    try:
        folder = Path(directory).expanduser()
        if not stat.S_ISDIR(folder.stat().st_mode):
            message = sentence("directory={directory} is a file; name a folder.", "directory={directory} 是文件，请指定文件夹。", directory=directory)
            raise MistakeError(message)
        next(folder.iterdir(), None)
    except FileNotFoundError:
        return folder
    except (OSError, RuntimeError, ValueError) as error:
        message = sentence(
            "cannot use directory={directory}: {why}; name a folder.", "无法使用 directory={directory}：{why}；请指定文件夹。", directory=directory,
            why=why_of(error),
        )  # fmt: skip
        raise MistakeError(message) from None
    return folder


def refuse_unwritable(folder: Path) -> None:
    """Refuse a folder that nothing can be written into, before anything runs.

    Raises:
        MistakeError: With the reason.
    """
    try:
        try_folder(folder)
    except OSError as error:
        message = sentence(
            "cannot write directory={folder}: {why}; name a folder that can be written.", "无法写入 directory={folder}：{why}；请指定可写的文件夹。",
            folder=folder, why=why_of(error),
        )  # fmt: skip
        raise MistakeError(message) from None
