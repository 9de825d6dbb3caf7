"""``yizhan sweep merge FOLDER FOLDER … output=FOLDER``: shards of a sweep, or its replicates in portions, put together."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.shared.again import CONFIGURATION, PROVENANCE
from experiments.shared.application import own_configuration
from experiments.shared.batches.parts import DRAFT, FOLDER
from experiments.shared.batches.store import CALLED, MANIFEST, Store, read_manifest
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.yaml_text import plain_in, yaml_of
from experiments.sweep.batch import failures_in, forget_failures, gather
from experiments.sweep.finished import options_from, present, write_numbers
from experiments.sweep.options import SweepOptions
from experiments.sweep.redraw import TAKEN
from experiments.sweep.table import POINT, About
from sim.bilingual import Sentence, sentence
from sim.own_file import SETS

SAME = ("configuration_sha256", "sources_sha256", "libraries")
"""Keys of a manifest that have to be the same."""


def main(words: Sequence[str]) -> None:
    """Run the command with the words after ``merge``."""
    keys = [word for word in words if "=" in word]
    folders = [Path(word).expanduser() for word in words if "=" not in word]
    for word in words:
        if word.startswith("-") or ("=" in word and word.partition("=")[0] not in TAKEN):
            raise MistakeError(sentence(
                "{word}: merge takes folders of sweeps, and {keys}", "{word}：merge 后应为扫描结果目录，以及 {keys}",
                word=word, keys=", ".join(f"{key}=" for key in TAKEN),
            ))  # fmt: skip
    if not folders:
        raise MistakeError(sentence(
            "name the folders of the shards: yizhan sweep merge FOLDER FOLDER … output=FOLDER",
            "请给出各份的目录：yizhan sweep merge 目录 目录 … output=目录",
        ))  # fmt: skip
    with own_configuration([]):
        merge(folders, options_from(keys), words)


def merge(folders: Sequence[Path], options: SweepOptions, words: Sequence[str]) -> None:
    """Put sweeps together.

    Args:
        folders: Their folders.
        options: The keys of the command.
        words: The words after ``merge``, for the record.

    Raises:
        MistakeError: Folders that do not belong together.
        FailedError: Something is missing; what is there is kept.
    """
    manifests = [_manifest(folder) for folder in folders]
    _refuse_others(folders, manifests)
    about = About.model_validate(manifests[0]["about"])
    first, replicates = _replicates(manifests)
    about = about.model_copy(update={"first_replicate": first, "replicates": replicates})
    identity = {"configuration_sha256": manifests[0]["configuration_sha256"], "first_replicate": first, "replicates": replicates, "shard": None}
    more = {"points": about.points, "runs": about.points * replicates, "about": about.model_dump(mode="json")}
    store = Store("sweep", about.programme, options.output, ["merge", *words], identity, more, awaits_figures=options.figures)
    with store:
        if not any(folder.resolve() == store.path.resolve() for folder in folders):
            forget_failures(store.parts.folder)  # of shards that were put together here before
        for folder in folders:
            for part in sorted((folder / FOLDER).iterdir()) if folder.resolve() != store.path.resolve() else ():
                _copy(part, store.path / FOLDER / part.name)
        table = gather(store.parts, about)
        failed, missing = failures_in(store.parts.folder), about.points - len(set(table[POINT].to_pylist()))
        write_numbers(table, about, store, options, failed)
        _write_origin(folders, store, {"first_replicate": first, "replicates": replicates, "shard": None})
        if not missing:
            store.finish()
    present(table, options, store.path)
    if missing:
        raise FailedError(sentence(
            "{missing:,} of {points:,} points are missing: {shards}the folders named do not hold all of the sweep. What is there is in {folder}",
            "{points:,} 个点中缺少 {missing:,} 个：{shards}所列目录不是扫描的全部。已有结果在 {folder}",
            missing=missing, points=about.points, shards=_shards_missing(manifests), folder=store.path,
        ))  # fmt: skip


def _manifest(folder: Path) -> dict[str, Any]:
    manifest = read_manifest(folder)
    if manifest is None or not (folder / FOLDER).is_dir():
        raise MistakeError(sentence(
            "{folder}: there is no sweep; name the folders of the shards", "{folder}：其中没有扫描结果；请给出各份的目录", folder=folder,
        ))  # fmt: skip
    try:
        About.model_validate(manifest.get("about"))
    except ValueError:
        raise MistakeError(sentence(
            "{folder}: its {file} was changed, or made by another version of Yizhan; run this sweep again",
            "{folder}：其中的 {file} 被改动过，或由其他版本的 Yizhan 生成；请重新运行该扫描", folder=folder, file=MANIFEST,
        )) from None  # fmt: skip
    return manifest


def _refuse_others(folders: Sequence[Path], manifests: Sequence[Mapping[str, Any]]) -> None:
    """Refuse sweeps that do not belong together."""
    for folder, manifest in zip(folders, manifests, strict=True):
        for key in SAME:
            if manifest.get(key) != manifests[0].get(key):
                raise MistakeError(sentence(
                    "{folder} does not belong to {first} (not the same: {what}); merge what one command made, in shards or portions of replicates",
                    "{folder} 与 {first} 不是同一次扫描：{what}不同；只能合并同一命令的各份，或其不同编号的模拟",
                    folder=folder, first=folders[0], what=CALLED[key],
                ))  # fmt: skip


def _replicates(manifests: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """Return the first replicate and the number of them that the sweeps have together.

    Raises:
        MistakeError: There is a gap.
    """
    portions = sorted({(int(manifest["first_replicate"]), int(manifest["replicates"])) for manifest in manifests})
    first, end = portions[0][0], portions[0][0]
    for start, count in portions:
        if start > end:
            raise MistakeError(sentence(
                "replicates {end} to {last} are missing; name the folder that has them, or compute them with first_replicate={end} replicates={n}",
                "缺少编号 {end} 至 {last} 的模拟；请给出含有它们的目录，或以 first_replicate={end} replicates={n} 计算",
                end=end, last=start - 1, n=start - end,
            ))  # fmt: skip
        end = max(end, start + count)
    return first, end - first


def _shards_missing(manifests: Sequence[Mapping[str, Any]]) -> Sentence:
    """Name the shards that are not there."""
    shards = {tuple(manifest["shard"]) for manifest in manifests if manifest.get("shard")}
    of = {n for _, n in shards}
    if len(of) != 1 or len(shards) < len([manifest for manifest in manifests if manifest.get("shard")]):
        return Sentence("", "")
    (n,) = of
    lacking = [f"{i}/{n}" for i in range(1, n + 1) if (i, n) not in shards]
    return sentence("no shard {lacking}; ", "没有第 {lacking} 份；", lacking=", ".join(lacking)) if lacking else Sentence("", "")


def _copy(part: Path, to: Path) -> None:
    """Bring a part into another folder, whole or not at all."""
    if to.exists() or part.name.startswith("."):
        return
    draft = to.with_name(f".{to.name}{DRAFT}")
    with part.open("rb") as source, draft.open("wb") as file:
        shutil.copyfileobj(source, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(to)


def _write_origin(folders: Sequence[Path], store: Store, changed: Mapping[str, Any]) -> None:
    """Write ``config.yaml`` and ``provenance.json``: those of the first sweep, with what is different."""
    source = next((folder for folder in folders if (folder / CONFIGURATION).is_file() and (folder / PROVENANCE).is_file()), None)
    if source is None:
        return
    content = {**plain_in((source / CONFIGURATION).read_text(encoding="utf-8")), **changed}
    text = yaml_of(content)
    (store.path / CONFIGURATION).write_text(text, encoding="utf-8")
    provenance = json.loads((source / PROVENANCE).read_text(encoding="utf-8"))
    if (source / SETS).is_dir() and source.resolve() != store.path.resolve():
        shutil.copytree(source / SETS, store.path / SETS, dirs_exist_ok=True)
    words = [word for word in provenance.get("words", []) if word.partition("=")[0] not in changed]
    words += [f"{key}={value}" for key, value in changed.items() if value is not None]
    store.write_json(PROVENANCE, {
        **provenance, "words": words, "command": store.command, "started": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "merged": [str(folder) for folder in folders], "config_sha256": hashlib.sha256(text.encode()).hexdigest(),
    })  # fmt: skip
