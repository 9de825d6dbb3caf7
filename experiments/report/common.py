"""What every report says alike: what the model matches, how it was found, how to repeat it, where it comes from, the figures."""

from __future__ import annotations

import json
import shlex
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.report.document import Block, Grid, Picture, lines
from experiments.report.told import said
from experiments.report.words import WORDS
from experiments.shared.drawing import FIGURES, NOTE
from experiments.validate.kept import FILE, read_kept
from sim.bilingual import Sentence, in_language, joined, listed, sentence, sentence_of
from sim.numbers import form_of, form_within, write, write_estimate
from sim.outcomes import OUTCOMES
from sim.targets.loading import load_targets
from sim.titles import home_of, is_away

if TYPE_CHECKING:
    from experiments.report.saved import Saved
    from experiments.report.told import Told
    from sim.reported import ReportedFigure

REPEATABLE = ("run", "compare", "sweep", "trial")
"""Verbs that take ``from=RESULT``."""
SHORT = 12
"""Signs of a digest that are shown."""
BETWEEN = Sentence("; ", "；")


def known_blocks(saved: Saved, language: str) -> list[Block | None]:
    """Say which of the known figures the model meets, by the kept scorecard: those of the programme, misses as a table, and of the labour market."""
    kept, programme = read_kept(FILE), saved.scenario.programme
    if kept is None:
        return []
    figures = {f"{programme}.{figure.outcome}": figure for figure in saved.scenario.reported}
    own = {name: passed for name, passed in kept.verdicts.items() if name in figures}
    free = [name for name in own if not figures[name].chosen]
    market = {name: passed for name, passed in kept.verdicts.items() if "." not in name}
    told = [
        said("scorecard", passed=sum(own.values()), all=len(own), free=len(free), free_passed=sum(own[name] for name in free)) if own
        else WORDS["no_scorecard"] if programme != "none" else None,
        said("elsewhere", home=home_of(programme)) if own and is_away(saved.scenario) else None,
        said("market_card", passed=sum(market.values()), all=len(market)),
    ]  # fmt: skip
    missed = [name for name, passed in own.items() if not passed]
    rows = tuple(_missed_row(figures[name], (kept.medians[name], *kept.bounds[name]), language) for name in missed)
    heads = tuple(in_language(WORDS[key], language) for key in ("figure", "reported", "model_median", "in_view"))
    table = Grid(in_language(WORDS["missed"], language), heads, rows, in_language(WORDS["missed_note"], language)) if rows else None
    return [lines([in_language(text, language) for text in told[:2] if text is not None]), table,
            lines([in_language(text, language) for text in told[2:] if text is not None])]  # fmt: skip


def _missed_row(figure: ReportedFigure, found: tuple[float, float, float], language: str) -> tuple[str, ...]:
    """Return what was reported and what the model comes to, median and interval, with their unit."""
    outcome = OUTCOMES[figure.outcome]
    form = form_within(figure.value, None, form_of(outcome, language, max(figure.value, found[0])))
    called = sentence("{label}, {unit}", "{label}，{unit}", label=sentence_of(outcome.label), unit=form.unit)
    in_view = WORDS["yes" if figure.chosen else "no"]
    return in_language(called, language), write(figure.value, form), write_estimate(found, form), in_language(in_view, language)


def market_blocks(language: str) -> list[Block | None]:
    """Name the figures of the labour market that the kept scorecard misses."""
    kept = read_kept(FILE)
    if kept is None:
        return []
    targets = load_targets(kept.settings["target"]).by_name
    names = [target.words for name, target in targets.items() if kept.verdicts.get(name) is False]
    return [lines([in_language(said("market_missed", names=joined(names, BETWEEN)), language)] if names else [])]


def method_blocks(saved: Saved, told: Told, language: str) -> list[Block | None]:
    """Say in half a page how the numbers were found."""
    scenario, chosen = saved.scenario, saved.scenario.behaviour_set
    vectors = 0 if chosen.found is None else len(chosen.found)
    place = Sentence(scenario.region.name, scenario.region.name_zh or scenario.region.name)
    usual = [
        said("size", people=f"{scenario.population.graduates:,}", place=place, days=scenario.days, start=scenario.start,
                             replicates=told.replicates, seed=saved.provenance["seed"]),
        WORDS[told.method], said("with_set", name=chosen.name, vectors=vectors) if vectors else WORDS["without_set"],
    ]  # fmt: skip
    texts = [WORDS["model"], *(told.how or usual), WORDS["no_forecast"]]
    return [lines([in_language(text, language) for text in texts])]


def again_blocks(saved: Saved, language: str) -> list[Block | None]:
    """Return the exact commands that make the result again."""

    def of(key: str) -> Block | None:
        return lines([in_language(WORDS[key], language)])

    found = [of("made_by"), lines([str(saved.provenance["command"])], "code")]
    if saved.kind in REPEATABLE:
        return [*found, of("repeat_by"), lines([shlex.join(["yizhan", saved.kind, f"from={saved.folder}"])], "code")]
    return [*found, of("resume")]


def source_blocks(saved: Saved, language: str) -> list[Block | None]:
    """Say where the numbers come from: version, commit, digests, libraries, own files."""
    origin = saved.provenance
    libraries = listed(f"{name} {version}" for name, version in (origin.get("libraries") or {}).items() if version)
    own = listed(f"{Path(name).name} ({str(digest)[:SHORT]})" for name, digest in (origin.get("own_files") or {}).items())
    sets = listed(f"{name} ({str(one['sha256'])[:SHORT]})" for name, one in (origin.get("behaviour_sets") or {}).items())
    texts = [
        said("version", version=origin.get("yizhan"), sources=_short(origin.get("sources_sha256")), python=origin.get("python"),
             platform=origin.get("platform")),
        said("digests", settings=_short(origin.get("config_sha256")), behaviour=sets or "–"),
        said("commit", commit=_short(origin["commit"]), dirty=WORDS["dirty"] if origin.get("dirty") else "") if origin.get("commit") else None,
        said("libraries", libraries=libraries) if libraries else None, said("own_files", files=own) if own else None,
        said("sources_kept", folder=saved.folder.resolve().name),
    ]  # fmt: skip
    return [lines([in_language(text, language) for text in texts if text is not None])]


def _short(digest: object) -> str:
    return str(digest)[:SHORT] if digest else "–"


def pictures_of(saved: Saved) -> dict[str, Picture]:
    """Return the figures of a result, each with its words for those who cannot see it, by the name of its file."""
    folder = saved.folder / FIGURES
    paths = sorted(folder.glob("*.png")) if folder.is_dir() else []
    return {path.stem: _picture(path) for path in paths}


def figure_notes(saved: Saved, pictures: dict[str, Picture], language: str) -> list[Sentence]:
    """Say that figures are missing, or speak another language."""
    notes = [] if pictures else [WORDS["no_figures"]]
    undrawn = saved.folder / NOTE
    if undrawn.is_file() and json.loads(undrawn.read_text(encoding="utf-8")).get("failed"):
        notes.append(WORDS["some_undrawn"])
    if pictures and saved.config.get("language", language) != language:
        notes.append(WORDS["of_other_language"])
    return notes


def _picture(path: Path) -> Picture:
    """Read a picture and the words in it.

    Raises:
        ValueError: It is no PNG.
    """
    data = path.read_bytes()
    words = dict(_texts_of(data, path))
    title = words.get("Title") or path.stem.replace("_", " ")
    return Picture(data, title, words.get("Description") or title)


def _texts_of(data: bytes, path: Path) -> list[tuple[str, str]]:
    """Return the texts in a PNG: key and words (tEXt, zTXt and iTXt chunks)."""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError(Sentence(f"{path.name} is no PNG", f"{path.name} 不是 PNG 图"))
    found, place = [], 8
    while place + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[place : place + 8])
        body = data[place + 8 : place + 8 + size]
        key, _, rest = body.partition(b"\0")
        if kind == b"tEXt":
            found.append((key.decode("latin-1"), rest.decode("latin-1")))
        elif kind == b"zTXt":
            found.append((key.decode("latin-1"), zlib.decompress(rest[1:]).decode("latin-1")))
        elif kind == b"iTXt":
            text = rest[2:].split(b"\0", 2)[2]
            found.append((key.decode("latin-1"), (zlib.decompress(text) if rest[:1] == b"\1" else text).decode("utf-8")))
        place += size + 12
    return found
