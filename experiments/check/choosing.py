"""What is checked against which baselines, and what nothing guards."""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path

import sim
from experiments.check.baselines import path_of
from experiments.check.report import update_command
from experiments.shared.errors import MistakeError
from sim.bilingual import sentence
from sim.configuration import available
from sim.wording import unknown

PLACE = Path("results") / "baselines"
SHIPPED = Path(__file__).parent / "shipped"
"""The baselines of `PLACE` as an installed package carries them (``setup.py``)."""


def choose_programmes(names: Sequence[str]) -> list[str]:
    """Return the programmes to check, each once.

    Raises:
        MistakeError: A programme that does not exist.
    """
    known = available("programme")
    for name in names:
        if name not in known:
            raise MistakeError(unknown("programme", name, known))
    return list(dict.fromkeys(names or known))


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
    except FileNotFoundError:
        return folder
    except (OSError, RuntimeError, ValueError) as error:
        message = sentence(
            "cannot use directory={directory}: {why}; name a folder.", "无法使用 directory={directory}：{why}；请指定文件夹。", directory=directory,
            why=getattr(error, "strerror", None) or error,
        )  # fmt: skip
        raise MistakeError(message) from None
    return folder


def guarded(names: Sequence[str], chosen: list[str], folder: Path, directory: str | None) -> list[str]:
    """Return those of the chosen programmes that have a baseline, whether or not it can be used.

    Args:
        names: Programmes that the user named.
        chosen: Those that are to be checked.
        folder: Folder of the baselines.
        directory: The folder as the user named it.

    Raises:
        MistakeError: One that was named has none, or none has one: nothing is checked.
    """
    missing = [name for name in chosen if not path_of(folder, name).exists()]
    if missing and (names or len(missing) == len(chosen)):
        message = sentence(
            "there is no baseline of {names} in {folder}: nothing was checked. directory=DIR names another folder. "
            "{command} makes baselines of what the programmes give now, which checks nothing.",
            "{folder} 中没有 {names} 的基线，未作任何检查。directory=目录 可另指文件夹。运行 {command} 会以当前结果生成基线，这本身不构成检查。",
            names=", ".join(missing), folder=folder, command=update_command(missing, directory),
        )  # fmt: skip
        raise MistakeError(message)
    return [name for name in chosen if name not in missing]


def refuse_unwritable(folder: Path) -> None:
    """Refuse a folder that nothing can be written into, before anything runs.

    Raises:
        MistakeError: With the reason.
    """
    nearest = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.is_dir())
    try:
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        message = sentence(
            "cannot write directory={folder}: {why}; name a folder that can be written.", "无法写入 directory={folder}：{why}；请指定可写的文件夹。",
            folder=folder, why=error.strerror,
        )  # fmt: skip
        raise MistakeError(message) from None
