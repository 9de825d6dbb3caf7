"""An interruption of every verb at drawn moments: one sentence, nothing half-written, and the same command goes on to the same bytes.

The wide campaign (slow); what is kept in a folder, moment by moment, is in `shared/test_every_moment.py`.
"""

import os
import random
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from experiments.shared.drafts import MARK
from tests.experiments.conftest import call_in
from tests.experiments.forked import Ended, carry_out, contents
from tests.experiments.verbs import COMMANDS, Verb, furnish
from tests.trees import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="each moment is tried in a copy of this process")]

MOMENTS = 10
"""Moments of each command, half of them drawn from all its calls, half from those of its own code."""
OF_THE_TIME = ("provenance.json",)
"""Files that say when they were made."""
COMPLETE = re.compile(r"(?:numbers|result) (?:are|is) complete in (\S+)\.")
SIGNS = (signal.SIGINT, signal.SIGTERM)
OWN = str(ROOT / "experiments") + os.sep


def compared(found: dict[str, bytes], verb: Verb) -> dict[str, bytes]:
    """What has to be the same each time."""
    if verb.differs:
        return dict.fromkeys(found, b"")
    return {name: b"" if Path(name).name in OF_THE_TIME else content for name, content in found.items()}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that the commands read."""
    folder = tmp_path_factory.mktemp("verbs") / "furnished"
    folder.mkdir()

    def carry_out_here(here: Path, words: tuple[str, ...]) -> None:
        said = call_in(here, *words)
        assert said.status == 0, (words, said.err)

    furnish(folder, carry_out_here)
    return folder


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
        patch.delenv("CI", raising=False)
        yield


def fresh(furnished: Path, tmp_path: Path) -> Path:
    here = tmp_path / "here"
    shutil.rmtree(here, ignore_errors=True)
    shutil.copytree(furnished, here)
    return here


def assert_one_sentence(ended: Ended, what: object) -> None:
    said = [line for line in ended.err.splitlines() if line.startswith("yizhan: ")]
    assert "Traceback" not in ended.err, (what, ended.err)
    assert len(said) == 1, (what, ended.err)
    assert said == ended.err.splitlines()[-1:], (what, ended.err)
    assert "interrupted" in said[0], (what, ended.err)


def assert_whole_or_none(here: Path, verb: Verb, ended: Ended, before: dict[str, bytes], whole: dict[str, bytes], what: object) -> None:
    """What an interrupted command leaves is nothing, all, or what the same command goes on with or sweeps."""
    if ended.status != 0:
        assert ended.status == 130, (what, ended)
        assert_one_sentence(ended, what)
    left = contents(here)
    after = compared(left, verb)
    if after == compared(before, verb):
        return
    if after == whole:
        assert "nothing was kept" not in ended.err, (what, ended.err)
        return
    assert ended.status == 130, (what, sorted(after.keys() ^ whole.keys()), [name for name in after if after[name] != whole.get(name)])
    if complete := COMPLETE.search(ended.err):
        inside = f"{complete[1]}/"
        numbers = {name: content for name, content in after.items() if name.startswith(inside) and "/figures" not in name}
        assert numbers == {name: content for name, content in whole.items() if name.startswith(inside) and "/figures" not in name}, what
        return
    if "written and whole" in ended.err:  # some files, each of which is as it has to be
        assert {**whole, **after} == whole, what
        return
    assert verb.grows or any(Path(name).name == MARK for name in after), (what, sorted(after.keys() - before.keys()), ended.err)
    again = carry_out(here, verb.words)
    assert again.status == 0, (what, ended, again)
    given_again = compared(contents(here), verb)
    assert given_again == whole, (what, sorted(given_again.keys() ^ whole.keys()), [name for name in whole if given_again.get(name) != whole[name]])


@pytest.mark.parametrize("name", COMMANDS)
def test_an_interruption_leaves_all_or_nothing_or_is_gone_on_with(furnished: Path, tmp_path: Path, name: str) -> None:
    verb = COMMANDS[name]
    warm = call_in(fresh(furnished, tmp_path), *verb.words)  # what is imported is imported
    assert warm.status == 0, warm.err
    counted = {within: carry_out(fresh(furnished, tmp_path), verb.words, within=within) for within in ("", OWN)}
    assert all(ended.status == 0 for ended in counted.values())
    whole, before = compared(contents(tmp_path / "here"), verb), contents(furnished)
    luck, faults = random.Random(name), list[str]()  # noqa: S311 (no secrets)
    for number in range(MOMENTS):
        within = ("", OWN)[number % 2]
        at, sign = luck.randint(1, counted[within].calls), SIGNS[number // 2 % 2]
        here = fresh(furnished, tmp_path)
        ended = carry_out(here, verb.words, at, within, sign)
        try:
            assert_whole_or_none(here, verb, ended, before, whole, (name, within, at, sign))
        except AssertionError as fault:
            faults.append(str(fault))
    assert not faults, "\n".join(faults)
