"""Whatever stops a sweep, the same command goes on where it was; shards put together are the whole."""

import errno
import json
import os
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from experiments.shared.batches import chunks, parts, runs
from experiments.sweep import batch, launching
from sim.simulation import outcomes_of

Command = Callable[..., Any]
NIGHTS = "policy.lodging.free_nights"
WORDS = ("programme=zibo", "population.graduates=200", "days=20", "replicates=2", "workers=1", "figures=false", "outcomes=[station_guests]")
SWEEP = ("sweep", *WORDS, f"{NIGHTS}=0,3,6,14,20")
LITTLE = ("sweep", *WORDS, f"{NIGHTS}=0,3")


@pytest.fixture(scope="module")
def whole(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sweep without any trouble."""
    here = tmp_path_factory.mktemp("whole")
    said = call(here, *SWEEP, "output=out")
    assert said.status == 0, said.err
    return here / "out"


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each point be a chunk."""
    monkeypatch.setattr(chunks, "LEAST_SECONDS", 0.0)


def bytes_of(folder: Path) -> bytes:
    return (folder / "sweep.parquet").read_bytes()


def parts_of(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (folder / "parts").glob("*.parquet")}


def state_of(folder: Path) -> str:
    return str(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["state"])


def failing(monkeypatch: pytest.MonkeyPatch, nights: tuple[int, ...], error: BaseException) -> None:
    """Let some points fail."""

    def fail(scenario: Any, seed: int, number: int) -> dict[str, float]:
        if scenario.policy.lodging.free_nights in nights:
            raise error
        return outcomes_of(scenario, seed, number)

    monkeypatch.setattr(runs, "outcomes_of", fail)


@pytest.mark.usefixtures("small_chunks")
def test_a_point_that_fails_is_told_and_tried_again(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Path) -> None:
    failing(monkeypatch, (3, 14), ArithmeticError("of no use"))
    said = yizhan(*SWEEP, "output=out")
    assert said.status == 1
    assert "2 points have no result" in said.err
    assert f"point 1 ({NIGHTS}=3): of no use" in said.err
    assert "Result: out" in said.out, "the others are shown"
    failed = json.loads((tmp_path / "out" / "failed.json").read_text(encoding="utf-8"))
    assert [(failure["point"], failure["kind"]) for failure in failed] == [(1, "ArithmeticError"), (3, "ArithmeticError")]
    assert sorted(set(pq.read_table(tmp_path / "out" / "sweep.parquet")["point"].to_pylist())) == [0, 2, 4]
    assert state_of(tmp_path / "out") == "unfinished"
    told = yizhan("sweep", "status", "out")
    assert (told.status, "6 of 10 runs done, 4 failed" in told.out) == (0, True)
    assert shlex.split(told.out.partition("go on with: ")[2]) == ["yizhan", *SWEEP, "output=out"]
    before = parts_of(tmp_path / "out")
    monkeypatch.undo()
    monkeypatch.setattr(chunks, "LEAST_SECONDS", 0.0)
    said = yizhan(*SWEEP, "output=out")
    assert said.status == 0, said.err
    assert "6 runs are there, 4 are to be done" in said.err
    assert not (tmp_path / "out" / "failed.json").exists()
    assert bytes_of(tmp_path / "out") == bytes_of(whole)
    after = parts_of(tmp_path / "out")
    assert {name: after[name] for name in before} == before, "no finished part was computed again"
    assert state_of(tmp_path / "out") == "complete"


def test_where_every_point_fails_the_first_are_told(yizhan: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [*(word for word in SWEEP if not word.startswith(NIGHTS)), f"{NIGHTS}=range(0,12)", "output=out"]
    failing(monkeypatch, tuple(range(12)), ArithmeticError("of no use"))
    said = yizhan(*words)
    assert said.status == 1
    assert "no point of the sweep has a result" in said.err
    assert [line.split()[1] for line in said.err.splitlines() if line.endswith("of no use")] == ["0", "1", "2", "3", "4"]
    assert "扫描中没有任何点有结果" in yizhan(*words, "language=zh").err


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("language", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_an_interrupted_sweep_goes_on(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Path, language: str) -> None:
    taken: list[object] = []
    take = launching.WatchedBatch.take

    def interrupted(self: Any, chunk: Any, found: Any) -> None:
        if len(taken) == 2:
            raise KeyboardInterrupt
        taken.append(chunk)
        take(self, chunk, found)

    monkeypatch.setattr(launching.WatchedBatch, "take", interrupted)
    said = yizhan(*SWEEP, "output=out", f"language={language}")
    assert said.status == 130
    assert {"en": "4 of 10 runs are kept in out", "zh": "已在 out 中保留 10 次模拟中的 4 次"}[language] in said.err
    before = parts_of(tmp_path / "out")
    assert len(before) == 2
    monkeypatch.setattr(launching.WatchedBatch, "take", take)
    assert yizhan(*SWEEP, "output=out", f"language={language}").status == 0
    assert bytes_of(tmp_path / "out") == bytes_of(whole)
    assert {name: time for name, time in parts_of(tmp_path / "out").items() if name in before} == before


def test_the_same_command_without_a_name_goes_on_too(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, (3,), ArithmeticError("of no use"))
    assert yizhan(*LITTLE).status == 1
    (folder,) = (tmp_path / "results" / "sweep").iterdir()
    assert shlex.split(yizhan("sweep", "status", str(folder)).out.partition("go on with: ")[2]) == ["yizhan", *LITTLE, f"output={folder}"]
    monkeypatch.undo()
    said = yizhan(*LITTLE)
    assert said.status == 0, said.err
    assert "2 runs are there, 2 are to be done" in said.err
    assert len(list((tmp_path / "results" / "sweep").iterdir())) == 1


def test_a_complete_sweep_is_computed_no_more(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Path) -> None:
    shutil.copytree(whole, tmp_path / "out")
    failing(monkeypatch, (0, 3, 6, 14, 20), AssertionError("computed again"))
    said = yizhan(*SWEEP, "output=out")
    assert said.status == 0, said.err
    assert "Nothing to compute: all 10 runs are in out" in said.err
    assert "Station guests" in said.out
    assert bytes_of(tmp_path / "out") == bytes_of(whole)


def test_drafts_of_a_command_that_was_killed_are_swept(yizhan: Command, tmp_path: Path, whole: Path) -> None:
    shutil.copytree(whole, tmp_path / "out")
    (tmp_path / "started").mkdir()
    drafts = [tmp_path / name for name in ("out/.sweep.parquet.1.draft", "out/parts/.x.parquet.1.draft", "started/.manifest.json.draft")]
    for draft in drafts:
        draft.write_text("half", encoding="utf-8")
    for folder, words in (("out", SWEEP), ("started", LITTLE)):
        said = yizhan(*words, f"output={folder}")
        assert said.status == 0, said.err
    assert not any(draft.exists() for draft in drafts)


@pytest.mark.parametrize("change", ["replicates=3", "seed=2", "days=21", f"{NIGHTS}=0,3", "shard=1/2", "first_replicate=2"])
def test_another_sweep_does_not_go_on_in_the_same_folder(yizhan: Command, tmp_path: Path, whole: Path, change: str) -> None:
    shutil.copytree(whole, tmp_path / "out")
    key = change.partition("=")[0]
    said = yizhan(*(word for word in SWEEP if not word.startswith(f"{key}=")), change, "output=out")
    assert said.status == 2
    assert "output=out holds another result, or one made otherwise" in said.err
    assert bytes_of(tmp_path / "out") == bytes_of(whole)


@pytest.mark.usefixtures("small_chunks")
def test_a_full_disk_in_the_middle_loses_nothing(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Path) -> None:
    write, written = parts.write_whole, []

    def full(table: Any, path: Path, **settings: Any) -> None:
        if len(written) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        written.append(path)
        write(table, path, **settings)

    monkeypatch.setattr(parts, "write_whole", full)
    said = yizhan(*SWEEP, "output=out")
    assert said.status == 1
    assert "No space left on device; 6 of 10 runs are kept in out; the same command goes on from there" in said.err
    assert len(said.err.splitlines()[-1:]) == 1
    monkeypatch.setattr(parts, "write_whole", write)
    assert yizhan(*SWEEP, "output=out").status == 0
    assert bytes_of(tmp_path / "out") == bytes_of(whole)


def test_a_full_disk_in_the_end_loses_nothing(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Path) -> None:
    def full(self: Any, *_arguments: object, **_settings: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))

    with monkeypatch.context() as patch:
        patch.setattr("experiments.shared.batches.store.Store.write_provenance", full)
        said = yizhan(*SWEEP, "output=out")
    assert said.status == 1
    assert "10 of 10 runs are kept in out" in said.err
    said = yizhan(*SWEEP, "output=out")
    assert said.status == 0, said.err
    assert "Nothing to compute" in said.err
    assert bytes_of(tmp_path / "out") == bytes_of(whole)


def test_numbers_of_other_sources_are_not_taken(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "maker", lambda: "another")
    said = yizhan(*LITTLE, "output=out")
    assert said.status == 1
    assert "a worker has other sources of Yizhan" in said.err
    assert list(tmp_path.iterdir()) == []


def test_shards_put_together_are_the_whole(yizhan: Command, tmp_path: Path, whole: Path) -> None:
    for number in (1, 2, 3):
        said = yizhan(*SWEEP, f"output=s{number}", f"shard={number}/3")
        assert said.status == 0, said.err
        assert f"Shard {number} of 3" in said.out
    lacking = yizhan("sweep", "merge", "s1", "s3", "output=part", "figures=false")
    assert lacking.status == 1
    assert "2 of 5 points are missing: no shard 2/3" in lacking.err
    said = yizhan("sweep", "merge", "s3", "s1", "s2", "output=all", "figures=false", "outcomes=[station_guests]")
    assert said.status == 0, said.err
    assert bytes_of(tmp_path / "all") == bytes_of(whole)
    assert "Station guests" in said.out
    again = yizhan("sweep", "from=all", "output=again")
    assert again.status == 0, again.err
    assert bytes_of(tmp_path / "again") == bytes_of(whole)


@pytest.mark.slow
def test_shards_that_have_no_point_whole_or_changed_manifests_are_told(yizhan: Command, tmp_path: Path) -> None:
    assert yizhan(*SWEEP, "output=s1", "shard=1/2").status == 0
    assert yizhan(*SWEEP, "output=s2", "shard=2/2", "first_replicate=2").status == 0
    said = yizhan("sweep", "merge", "s1", "s2", "output=out")
    assert (said.status, "no point of the sweep has all of its 4 replicates" in said.err) == (1, True)
    path = tmp_path / "s2" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for key, what in (("sources_sha256", "the sources of Yizhan"), ("libraries", "the libraries")):
        path.write_text(json.dumps(manifest | {key: "others"}), encoding="utf-8")
        assert f"s2 does not belong to s1 (not the same: {what})" in yizhan("sweep", "merge", "s1", "s2", "output=out").err
    del manifest["about"]["days"], manifest["runs"]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    said = yizhan("sweep", "merge", "s1", "s2", "output=out")
    assert (said.status, "s2: its manifest.json was changed" in said.err) == (2, True)
    assert yizhan("sweep", "status", "s2").status == 0


@pytest.mark.slow
@pytest.mark.usefixtures("small_chunks")
def test_a_shard_that_failed_and_was_made_good_is_merged_again(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Path) -> None:
    failing(monkeypatch, (3,), ArithmeticError("of no use"))
    assert [yizhan(*SWEEP, f"output=s{number}", f"shard={number}/2").status for number in (1, 2)] == [0, 1]
    merged = ("sweep", "merge", "s1", "s2", "output=all", "figures=false")
    assert yizhan(*merged).status == 1
    assert (tmp_path / "all" / "failed.json").exists()
    monkeypatch.undo()
    assert yizhan(*SWEEP, "output=s2", "shard=2/2").status == 0
    assert yizhan(*merged).status == 0
    assert bytes_of(tmp_path / "all") == bytes_of(whole)
    assert not list((tmp_path / "all").rglob("*failed*"))


def test_replicates_in_portions_put_together_are_the_whole(yizhan: Command, tmp_path: Path, whole: Path) -> None:
    for first in (0, 1):
        assert yizhan(*SWEEP, f"output=r{first}", f"first_replicate={first}", "replicates=1").status == 0
    said = yizhan("sweep", "merge", "r1", "r0", "output=all", "figures=false")
    assert said.status == 0, said.err
    assert bytes_of(tmp_path / "all") == bytes_of(whole)
    assert yizhan(*SWEEP, "output=r5", "first_replicate=5", "replicates=1").status == 0
    said = yizhan("sweep", "merge", "r0", "r5", "output=gap", "figures=false")
    assert said.status == 2
    assert "replicates 1 to 4 are missing" in said.err
    assert "first_replicate=1 replicates=4" in said.err


def test_what_does_not_belong_together_is_not_merged(yizhan: Command, tmp_path: Path, whole: Path) -> None:
    shutil.copytree(whole, tmp_path / "a")
    assert yizhan("sweep", *WORDS, f"{NIGHTS}=0,3", "output=b").status == 0
    said = yizhan("sweep", "merge", "a", "b", "output=c")
    assert said.status == 2
    assert "b does not belong to a (not the same: the design or the configuration)" in said.err
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(("words", "said"), [
    (("merge",), "name the folders of the shards"), (("merge", "nosuch"), "nosuch: there is no sweep"),
    (("merge", "x", "days=3"), "days=3: merge takes folders"), (("status",), "name the folder of a sweep"),
    (("status", "nosuch"), "nosuch: there is no manifest.json"), (("status", "x", "days=3"), "days=3: status takes folders"),
    (("plot=nosuch",), "nosuch: there is no sweep"), (("plot=",), "plot= names the folder of one sweep"),
    (("plot=x", "plot=y"), "plot= names the folder of one sweep"), (("shard=7/9",), "shard=7/9: the sweep has 2 points"),
    (("save_people=true", *WORDS, f"{NIGHTS}=0,3"), "no people.parquet is written of many points"),
    (("plot=x", "days=3"), "days=3: plot= draws what is there"), (("shard=5/4",), "write shard=i/N with i from 1 to N"),
    (("shard=half",), "write shard=i/N"), (("hydra.launcher.schedular=tcp://x",), "schedular"),
])  # fmt: skip
def test_mistakes_are_told(yizhan: Command, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    more = (*WORDS, f"{NIGHTS}=0,3") if "shard" in words[0] or "hydra" in words[0] else ()
    told = yizhan("sweep", *words, *more)
    assert told.status == 2, told.err
    assert said in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_sweep_is_drawn_again_without_running(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Path) -> None:
    shutil.copytree(whole, tmp_path / "out")
    failing(monkeypatch, (0, 3, 6, 14, 20), AssertionError("computed again"))
    said = yizhan("sweep", "-m", "plot=out", "language=zh", "outcomes=[spending]")
    assert said.status == 0, said.err
    assert "支出" in said.out
    assert {path.name for path in (tmp_path / "out" / "figures").glob("spending*.svg")} >= {"spending.svg", "spending_difference.svg"}
    assert bytes_of(tmp_path / "out") == bytes_of(whole)
    assert yizhan("sweep", "plot=out", "figures=false").status == 0, "and once more"


@pytest.mark.slow
def test_pictures_of_another_drawing_take_the_place_of_those_before(yizhan: Command, tmp_path: Path, whole: Path) -> None:
    shutil.copytree(whole, tmp_path / "out")
    (tmp_path / "out" / ".figures.unfinished").mkdir()
    for name in (".figures.unfinished/killed.png", "sweep.csv"):
        (tmp_path / "out" / name).write_text("of before", encoding="utf-8")
    words = [word for word in SWEEP if not word.startswith(("figures=", "outcomes="))]
    for outcome, others in (("spending", "station_guests"), ("station_guests", "spending")):
        said = yizhan(*words, "output=out", f"outcomes=[{outcome}]")
        assert said.status == 0, said.err
        names = {path.name for path in (tmp_path / "out" / "figures").iterdir()}
        assert {f"{outcome}.png", f"{outcome}.svg"} <= names
        assert not {f"{others}.png", "killed.png"} & names
        assert not (tmp_path / "out" / ".figures.unfinished").exists()
    assert len((tmp_path / "out" / "sweep.csv").read_text(encoding="utf-8").splitlines()) == 11, "a table of before says what is there now"


def test_pictures_of_others_are_left_alone(yizhan: Command, tmp_path: Path, whole: Path) -> None:
    (tmp_path / "thesis" / "figures").mkdir(parents=True)
    (tmp_path / "thesis" / "figures" / "mine.png").write_text("mine", encoding="utf-8")
    said = yizhan("sweep", f"plot={whole}", "output=thesis")
    assert (said.status, "output=thesis exists already" in said.err) == (2, True)
    assert [path.name for path in (tmp_path / "thesis").rglob("*")] == ["figures", "mine.png"]


@pytest.mark.parametrize("words", [("merge", "out", "output=new"), ("plot=out", "output=new"), ("plot=out",)])
def test_a_format_that_is_none_changes_nothing(yizhan: Command, tmp_path: Path, whole: Path, words: tuple[str, ...]) -> None:
    shutil.copytree(whole, tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    said = yizhan("sweep", *words, "format=[pdf]")
    assert (said.status, "format=pdf" in said.err) == (2, True)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_an_interruption_while_the_parts_are_put_together_says_what_is_kept(yizhan: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("experiments.sweep.command.gather", interrupted)
    said = yizhan(*LITTLE, "output=out")
    assert said.status == 130
    assert "4 of 4 runs are kept in out" in said.err


@pytest.mark.usefixtures("small_chunks")
def test_workers_of_this_machine_find_the_same(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Path) -> None:
    monkeypatch.setattr(launching, "LITTLE", 0.0)
    said = yizhan(*SWEEP, "output=out")
    assert said.status == 0, said.err
    assert bytes_of(tmp_path / "out") == bytes_of(whole)


@pytest.mark.usefixtures("small_chunks")
def test_launchers_of_others_find_the_same(yizhan: Command, tmp_path: Path, whole: Path) -> None:
    said = yizhan(*SWEEP, "output=out", "hydra/launcher=basic")
    assert said.status == 0, said.err
    assert bytes_of(tmp_path / "out") == bytes_of(whole)
    assert len(parts_of(tmp_path / "out")) == 5
    assert not (tmp_path / "out" / ".jobs").exists()


def test_a_launcher_that_is_not_there_is_told_with_its_package(yizhan: Command, tmp_path: Path) -> None:
    said = yizhan(*SWEEP, "hydra/launcher=submitit_slurm")
    assert said.status == 2
    assert "pip install hydra-submitit-launcher" in said.err
    assert list(tmp_path.iterdir()) == []
