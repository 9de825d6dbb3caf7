"""Baselines as files: what a small run gave when its output was last accepted, in one text file a baseline.

The file holds how the run was made (replicates, seed, words or overrides), what made it, the resolved configuration, every value at the end of each
replicate and every daily value, all of them exactly; and of more replicates what tests of equivalence start from. Its bytes depend on this content
alone, not on the time, so writing an unchanged baseline again changes nothing, and a difference between two files can be read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import numpy as np

from experiments.check.baseline import Baseline, Kind, Margin, Sample, Settings, UnusableError
from experiments.check.exact_text import Values, decode, encode, encode_codes, plain_number
from experiments.shared.signals import undisturbed
from experiments.shared.whole_files import write_all
from sim.bilingual import Sentence, sentence
from sim.errors import why_of
from sim.results import Results
from sim.scenario import Scenario

FORMAT = 2
FORMATS = (1, FORMAT)
"""Those that are read: the first has no sample, no margins and no words."""
SIGNATURE = "yizhan_baseline"
"""Key of the format's number, at the head of every baseline."""
HEAD = 200
"""Bytes within which the signature stands, even where a merge has left its marks."""
NOT_COMPARED = ("programme", "place", "title", "title_zh", "reported")
"""Parts of a scenario that no simulated value depends on."""
MISSING = Sentence("is not there", "不存在")
FOREIGN = Sentence("is not a baseline of yizhan", "不是 yizhan 的基线文件")
UNREADABLE = Sentence(
    "is not a baseline of yizhan, or one that is destroyed: it cannot be read as JSON", "不是 yizhan 的基线文件，或基线已损坏：无法按 JSON 读取",
)  # fmt: skip
BROKEN = Sentence("is broken: half a file, or one with the marks of a merge", "文件已损坏（不完整或含有合并冲突标记）")
OF_ANOTHER = Sentence("is the baseline of another programme", "是另一个项目的基线")
OTHER_FORMAT = sentence(
    "is not in format {n}, which this version reads (or an earlier one): another version of yizhan wrote it",
    "不是当前版本所读的格式 {n}（或更早的格式）：由其他版本的 yizhan 写成", n=FORMAT,
)  # fmt: skip
CHANGED = Sentence("does not agree with its own checksum: changed by hand, or by a merge", "与自身校验和不符（被手工修改或合并过）")
INCOMPLETE = Sentence("lacks what a baseline holds", "缺少基线应有的内容")
IMPOSSIBLE = Sentence("holds what no baseline can hold: {key} is {value}", "含有基线不可能有的内容：{key} 为 {value}")
SHORT = 60
"""Letters of a wrong value that are told."""
MOST_REPLICATES, MOST_SAMPLED, LARGEST_SEED = 1000, 10_000, 2**32 - 1


def baseline_of(results: Results, settings: Settings) -> Baseline:
    """Return what is kept of some results."""
    at_end = {**results.outcomes, **groups_at_end(results)}
    return Baseline(results.name, settings, configuration_of(results.scenario), at_end, results.series, results.name)


def groups_at_end(results: Results) -> dict[str, Values]:
    """Return the measures of groups at the end: ``group.ATTRIBUTE.GROUP.MEASURE`` → value in each replicate."""
    return {
        f"group.{attribute}.{group}.{measure}": np.array([run.groups[attribute][group][measure] for run in results.runs], dtype=np.float64)
        for attribute, groups in results.runs[0].groups.items() for group, measures in groups.items() for measure in measures
    }  # fmt: skip


def configuration_of(scenario: Scenario) -> dict[str, Any]:
    """Return every value that the simulation depends on, by dotted key."""
    plain = {key: value for key, value in scenario.model_dump(mode="json").items() if key not in NOT_COMPARED}
    if scenario.behaviour_set.found is None:  # as if there were no sets
        del plain["behaviour_set"]
    return dict(leaves("", plain))


def path_of(folder: Path, name: str) -> Path:
    """Return the file of a baseline."""
    return folder / f"{name}.json"


def names_in(folder: Path) -> list[str]:
    """Return the names of the baselines in a folder, whether or not they can be used: all but folders and sound JSON that is somebody else's."""
    if not folder.is_dir():
        return []
    return sorted(path.stem for path in folder.glob("[!.]*.json") if _may_be_one(path))


def render(baseline: Baseline) -> str:
    """Write a baseline as text: the same text for the same content."""
    write = encode_codes if baseline.is_coded else encode
    content: dict[str, Any] = {
        SIGNATURE: FORMAT,
        "name": baseline.name,
        "kind": baseline.settings.kind,
        "programme": baseline.programme,
        "words": list(baseline.settings.words),
        "replicates": baseline.settings.replicates,
        "seed": baseline.settings.seed,
        "overrides": _ordered(baseline.settings.overrides),
        "made_with": _ordered(baseline.made_with),
        "margins": {name: [plain_number(margin.value), margin.declared] for name, margin in _ordered(baseline.margins).items()},
        "configuration": _ordered(baseline.configuration),
        "at_end": {name: [plain_number(value) for value in values.tolist()] for name, values in _ordered(baseline.at_end).items()},
        "daily": {name: [write(replicate) for replicate in values] for name, values in _ordered(baseline.daily).items()},
    }
    if baseline.sample is not None:
        sample = baseline.sample
        content["sampled"] = sample.replicates
        content["vectors"] = encode(sample.vectors)
        content["sample"] = {name: encode(values) for name, values in _ordered(sample.at_end).items()}
        content["persons"] = {name: [encode(replicate) for replicate in values] for name, values in _ordered(sample.persons).items()}
    content["sha256"] = _digest(content)
    return "{\n" + ",\n".join(f' "{name}": {_table(value) if isinstance(value, dict) else _json(value)}' for name, value in content.items()) + "\n}\n"


def read_baseline(folder: Path, name: str) -> Baseline:
    """Read a baseline.

    Args:
        folder: Folder of the baselines.
        name: Its name: of a shipped programme that of the programme.

    Raises:
        UnusableError: It is not there, cannot be read, is broken, or is something else.
    """
    try:
        written = path_of(folder, name).read_bytes()
    except FileNotFoundError:
        raise UnusableError(MISSING) from None
    except OSError as error:
        raise UnusableError(sentence("cannot be read ({why})", "无法读取（{why}）", why=why_of(error)), is_foreign=True) from None
    if written.strip() and not _is_signed(written):
        raise UnusableError(FOREIGN if _is_foreign(written) else UNREADABLE, is_foreign=True)
    return parse(written, name)


def parse(written: bytes, name: str) -> Baseline:
    """Read the text of a baseline.

    Args:
        written: The bytes of the file.
        name: The name that it should have.

    Raises:
        UnusableError: It is broken, of another format, or of another programme.
    """
    try:
        content = json.loads(written.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise UnusableError(BROKEN) from None
    if not isinstance(content, dict):
        raise UnusableError(BROKEN)
    digest = content.pop("sha256", None)
    if content.get(SIGNATURE) not in FORMATS or isinstance(content[SIGNATURE], bool):
        raise UnusableError(OTHER_FORMAT)
    if content.get("name", content.get("programme")) != name:
        raise UnusableError(OF_ANOTHER)
    if digest != _digest(content):
        raise UnusableError(CHANGED)
    try:
        return _read({"kind": "run", "words": [], "margins": {}, "made_with": {}} | content, name)
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError):
        raise UnusableError(INCOMPLETE) from None


def _read(content: dict[str, Any], name: str) -> Baseline:
    """Read the parts of a baseline.

    Raises:
        UnusableError: What no baseline can hold.
        KeyError: A part is missing.
        ValueError: A part cannot be read; others likewise.
    """
    refuse_impossible(content)
    settings = Settings(content["replicates"], content["seed"], content["overrides"], content["kind"], tuple(content["words"]))
    at_end = {key: np.array([math.nan if value is None else float(value) for value in values]) for key, values in content["at_end"].items()}
    daily = {key: np.stack([decode(line) for line in lines]) for key, lines in content["daily"].items()}
    margins = {key: Margin(float(value), str(declared)) for key, (value, declared) in content["margins"].items()}
    sample = _read_sample(content) if "sampled" in content else None
    return Baseline(name, settings, content["configuration"], at_end, daily, content["programme"], margins, sample, content["made_with"])


def _read_sample(content: dict[str, Any]) -> Sample:
    """Read the sample.

    Raises:
        UnusableError: Other numbers of replicates than it says.
    """
    number, vectors = content["sampled"], decode(content["vectors"])
    if not _is_whole(number) or not 1 <= number <= MOST_SAMPLED or len(vectors) != number:
        raise UnusableError(_impossible("sampled", number))
    at_end = {key: decode(line) for key, line in content["sample"].items()}
    persons = {key: np.stack([decode(line) for line in lines]) for key, lines in content["persons"].items()}
    for key, values in (at_end | persons).items():
        if len(values) != number:
            raise UnusableError(_impossible(f"sample.{key}", len(values)))
    return Sample(number, at_end, persons, vectors)


def refuse_impossible(content: dict[str, Any]) -> None:
    """Refuse what no check has ever written, whatever its checksum says: by hand, or by another program.

    Raises:
        UnusableError: Settings or tables of another kind, or other numbers of replicates than the settings say.
    """
    replicates, seed = content["replicates"], content["seed"]
    is_right = {
        "replicates": _is_whole(replicates) and 1 <= replicates <= MOST_REPLICATES,
        "seed": _is_whole(seed) and 0 <= seed <= LARGEST_SEED,
        "kind": content["kind"] in get_args(Kind),
        "words": isinstance(content["words"], list) and all(isinstance(word, str) for word in content["words"]),
        **{name: isinstance(content[name], dict) for name in ("overrides", "configuration", "at_end", "daily", "margins", "made_with")},
    }
    for name, right in is_right.items():
        if not right:
            raise UnusableError(_impossible(name, content[name]))
    for name, rows in (("at_end", replicates), ("daily", replicates if content["kind"] == "run" else 1)):
        for key, values in content[name].items():
            if not isinstance(values, list) or len(values) != rows:
                raise UnusableError(_impossible(f"{name}.{key}", values))


def _impossible(key: str, value: object) -> Sentence:
    written = _json(value)
    short = written if len(written) <= SHORT else f"{written[:SHORT]}…"
    return sentence(IMPOSSIBLE, IMPOSSIBLE.zh, key=key, value=short)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def write_baselines(folder: Path, texts: dict[str, str]) -> None:
    """Write some baselines: all of them, or, if anything goes wrong, none.

    Args:
        folder: Folder of the baselines; made if need be.
        texts: Name → text of the baseline.

    Raises:
        OSError: One of them cannot be written; every baseline is as it was.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        write_all({path_of(folder, name): text for name, text in texts.items()})
    except BaseException:
        with undisturbed(), contextlib.suppress(OSError):
            for place in missing:
                place.rmdir()
        raise


def leaves(key: str, plain: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Yield the dotted key and value of everything in some plain data that holds nothing else."""
    if isinstance(plain, (dict, list)) and plain:
        members = plain.items() if isinstance(plain, dict) else enumerate(plain)
        for name, value in members:
            yield from leaves(f"{key}.{name}" if key else str(name), value)
    else:
        yield key, plain


def _ordered(entries: dict[str, Any]) -> dict[str, Any]:
    return {name: entries[name] for name in sorted(entries)}


def _json(value: Any) -> str:  # noqa: ANN401
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _table(entries: dict[str, Any]) -> str:
    """Write a table with a line for each entry, and for each text in a list."""
    lines = []
    for name, value in entries.items():
        texts = isinstance(value, list) and value and isinstance(value[0], str)
        written = "[\n   " + ",\n   ".join(_json(text) for text in value) + "]" if texts else _json(value)
        lines.append(f"  {_json(name)}: {written}")
    return "{\n" + ",\n".join(lines) + "\n }" if lines else "{}"


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _may_be_one(path: Path) -> bool:
    try:
        return not path.is_dir() and not (path.is_file() and _is_foreign(path.read_bytes()))
    except OSError:  # why is said where it is read
        return True


def _is_signed(written: bytes) -> bool:
    return f'"{SIGNATURE}"'.encode() in written[:HEAD]


def _is_foreign(written: bytes) -> bool:
    """Tell whether a file is sound JSON of somebody else; what is empty or cannot be read may have been a baseline."""
    if _is_signed(written):
        return False
    try:
        json.loads(written)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse(constant: str) -> float:
    message = f"{constant} is not JSON"
    raise ValueError(message)
