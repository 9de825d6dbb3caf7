"""The kept scorecard: a small text, a line a figure, by which a later one is judged."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sim
from experiments.shared.errors import MistakeError
from experiments.shared.whole_files import cannot_write, write_all
from experiments.validate.scorecard import Row
from sim.bilingual import sentence
from sim.errors import why_of

SIGNATURE = "# yizhan validate: the kept scorecard"
FILE = Path(__file__).parent / "kept.txt"
PASS, MISS = "pass", "miss"


@dataclass(frozen=True)
class Kept:
    """A kept scorecard.

    Attributes:
        settings: How it was made: name of a setting → its value as a text.
        verdicts: Name of a row → whether it passed.
        medians: Name of a row → its simulated median; NaN where the file does not say.
        bounds: Name of a row → the interval of what one more simulated place would show; NaN where the file does not say.
    """

    settings: Mapping[str, str]
    verdicts: Mapping[str, bool]
    medians: Mapping[str, float] = field(default_factory=dict)
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def path_of(named: str | None, *, is_written: bool = False) -> Path:
    """Return the file of the kept scorecard.

    Raises:
        MistakeError: It is to be written, and is that of an installed package.
    """
    if named is not None:
        return Path(named).expanduser()
    if is_written and not (Path(sim.__file__).resolve().parents[1] / "pyproject.toml").is_file():
        en = "update=true would change the installed package; name a file of your own: kept=FILE (and give the same kept=FILE later)."
        raise MistakeError(sentence(en, "update=true 会改动已安装的程序包；请另指文件：kept=文件（以后也给出同一 kept=文件）。"))
    return FILE


def read_kept(path: Path) -> Kept | None:
    """Read a kept scorecard; None where there is none yet.

    Raises:
        MistakeError: The file is something else, or broken.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        why = why_of(error)
        raise MistakeError(sentence("cannot read kept={path}: {why}.", "无法读取 kept={path}：{why}。", path=path, why=why)) from None
    if not lines or lines[0] != SIGNATURE:
        en = "kept={path} is no kept scorecard; it was left alone. Name another file, or make one with update=true."
        raise MistakeError(sentence(en, "kept={path} 不是存档成绩单，未作改动。请另指文件，或用 update=true 生成。", path=path))
    settings, verdicts, medians, bounds = {}, {}, {}, {}
    for number, line in enumerate(lines[1:], 2):
        name, _, rest = line.partition(" ")
        if name == "#":
            key, equals, value = rest.partition("=")
            if equals:
                settings[key] = value
        elif line and rest.split(" ")[0] in (PASS, MISS):
            verdicts[name] = rest.split(" ")[0] == PASS
            numbers = [_number(number) for number in rest.split(" ")[1:]] + [math.nan] * 3
            medians[name], bounds[name] = numbers[0], (numbers[1], numbers[2])
        elif line:
            en = "{path}:{number}: cannot be read as NAME pass|miss MEDIAN LOW HIGH; make the file anew with update=true."
            zh = "{path}:{number}：应为“名称 pass|miss 中位数 下限 上限”；请用 update=true 重新生成。"
            raise MistakeError(sentence(en, zh, path=path, number=number))
    return Kept(settings, verdicts, medians, bounds)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def write_kept(path: Path, settings: Mapping[str, str], rows: Iterable[Row]) -> None:
    """Keep a scorecard.

    Raises:
        MistakeError: It cannot be written.
    """
    read_kept(path)  # somebody else's file is left alone
    lines = [SIGNATURE, *(f"# {key}={value}" for key, value in settings.items())]
    lines += [f"{row.name} {PASS if row.passed else MISS} {row.median:.4g} {row.bounds[0]:.4g} {row.bounds[1]:.4g}" for row in rows]
    try:
        write_all({path: "\n".join(lines) + "\n"})
    except OSError as error:
        raise MistakeError(cannot_write("kept", path, error)) from None


def differing(kept: Kept, settings: Mapping[str, str]) -> list[str]:
    """Return the settings that are not as they were, as ``key=value`` of the kept scorecard."""
    return [f"{key}={value}" for key, value in kept.settings.items() if settings.get(key) != value]


def lost(kept: Kept, rows: Sequence[Row]) -> list[Row]:
    """Return the rows that the kept scorecard passes and that are missed now."""
    return [row for row in rows if kept.verdicts.get(row.name) and not row.passed]


def gained(kept: Kept, rows: Sequence[Row]) -> list[Row]:
    """Return the rows that the kept scorecard misses and that pass now."""
    return [row for row in rows if kept.verdicts.get(row.name) is False and row.passed]
