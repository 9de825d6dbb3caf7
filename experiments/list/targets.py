"""The list of targets: what the model is held against, how near is near, and which of them calibration may look at."""

from __future__ import annotations

from experiments.list.listing import NOTHING, Column, Listing, Row, Section
from experiments.list.parameters import written
from sim.bilingual import Sentence, sentence
from sim.targets.loading import load_targets, target_files
from sim.targets.target import CALIBRATION, Target
from sim.units import unit_words

USES = {True: Sentence("held out", "留作检验"), False: Sentence(CALIBRATION, "用于校准")}
COLUMNS = (
    Column(Sentence("target", "目标"), "key"),
    Column(Sentence("label", "编号")),
    Column(Sentence("what it is", "含义"), "prose", "split"),
    Column(Sentence("value", "数值")),
    Column(Sentence("tolerance", "容许偏差")),
    Column(Sentence("why so far", "容许偏差的理由"), in_documents="split"),
    Column(Sentence("use", "用途")),
    Column(Sentence("why held out", "留作检验的理由"), in_documents="split"),
    Column(Sentence("source", "来源")),
    Column(Sentence("period", "时期")),
)


def list_targets() -> Listing:
    """List the targets of every file, shipped and own."""
    files = {name: load_targets(name) for name in target_files()}
    rows = [Row(_cells_of(target), name) for name, file in files.items() for target in file]
    return Listing(Sentence("Targets", "目标"), COLUMNS, tuple(rows), {name: Section(file.title) for name, file in files.items()})


def _cells_of(target: Target) -> tuple[str, ...]:
    unit = unit_words(target.unit)
    figures = [Sentence(f"{sign}{written(value)} {unit['en']}", f"{sign}{written(value)} {unit['zh']}") for sign, value in
               (("", target.value), ("± ", target.tolerance))]  # fmt: skip
    held = Sentence(target.use_reason or NOTHING, target.use_reason_zh or NOTHING)
    if target.contradicts:
        held = sentence("{why} (contradicts {labels})", "{why}（与 {labels} 矛盾）", why=held, labels=", ".join(target.contradicts))
    reason = Sentence(target.reason, target.reason_zh)
    return target.name, target.label, target.words, *figures, reason, USES[target.is_held_out], held, target.source, target.period
