"""Runs: the same computed once, in turns, sharper with each, cancelled by who asked, kept to the byte as the command keeps it."""

import json
import shlex
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from experiments.dashboard.options import DashboardOptions
from experiments.dashboard.server.answers import ApiError
from experiments.dashboard.server.keeping import Keeping
from experiments.dashboard.server.runs import Run, Runs
from experiments.shared import work
from experiments.shared.again import NOT_COMPARED
from sim import simulation
from tests.experiments.conftest import Command
from tests.experiments.dashboard.served import SMALL, ended, error_of, served

STATION = {"policy.lodging.enabled": True, "policy.lodging.stations": 1}
FAIRS = {"policy.job_fairs.enabled": True, "policy.job_fairs.fairs_per_year": 9}
SOMEBODY = "张三 13800000000"
pytestmark = pytest.mark.usefixtures("no_figures")


@pytest.fixture
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "draw_into", lambda *_: {})


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def client(kept: Path) -> Iterator[TestClient]:
    with served(kept, most_people=5000, most_replicates=50) as client:
        yield client


@pytest.fixture(scope="module")
def done(client: TestClient) -> dict[str, Any]:
    asked = client.post("/api/runs", json={"draft": SMALL})
    assert asked.status_code == 202
    return ended(client, asked.json()["id"])


def test_a_run_sharpens_and_is_kept_to_the_byte_as_the_command_keeps_it(client: TestClient, done: dict[str, Any], kept: Path, call: Command,
                                                                        tmp_path: Path) -> None:  # fmt: skip
    assert (done["state"], done["replicates_done"], done["share"]) == ("done", 3, 1.0)
    checked = client.post("/api/check", json={"draft": SMALL}).json()
    assert checked["digest"] == done["digest"]
    words = shlex.split(checked["command"])[1:]
    said = call(tmp_path, *words)
    assert said.status == 0, said.err
    (folder,) = (tmp_path / "results" / "compare").iterdir()
    mine = kept / "results" / done["id"]
    names, of_mine = ({path.relative_to(of).as_posix() for path in of.rglob("*") if path.is_file()} - set(NOT_COMPARED) for of in (folder, mine))
    assert of_mine == names
    assert {"comparison.json", "summary.json", "config.yaml", "series.parquet"} <= names
    for name in names:
        assert (mine / name).read_bytes() == (folder / name).read_bytes(), name
    assert json.loads((mine / "provenance.json").read_text())["command"] == checked["command"]


def test_the_same_is_computed_once(client: TestClient, done: dict[str, Any], kept: Path) -> None:
    again = client.post("/api/runs", json={"draft": {**SMALL, "against": "none", "variants": []}}).json()
    assert (again["id"], again["state"]) == (done["id"], "done")
    with served(kept) as other:
        assert other.post("/api/runs", json={"draft": SMALL}).json()["id"] == done["id"]
        assert other.get(f"/api/runs/{done['id']}").json()["result"] == done["result"]


def test_what_was_lived_is_not_lived_again(client: TestClient, done: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A lever is changed: the world without the programme is there. A curve over the same lever: so is what both compared. The numbers are the same."""
    assert done["state"] == "done"
    worlds: list[int] = []
    make = simulation.make_world
    monkeypatch.setattr(simulation, "make_world", lambda *given: (worlds.append(given[-1]), make(*given))[1])
    changed = {**SMALL, "changes": {**SMALL["changes"], "policy.lodging.free_nights": 6}}
    found = ended(client, client.post("/api/runs", json={"draft": changed}).json()["id"])
    assert sorted(worlds) == [0, 1, 2]
    asked = {"draft": changed, "kind": "what_if", "what_if": {"key": "policy.lodging.free_nights", "values": [5, 6, 7]}}
    curve = ended(client, client.post("/api/runs", json=asked).json()["id"])
    assert curve["state"] == "done"
    assert sorted(worlds) == [0, 0, 1, 1, 2, 2]
    with served(tmp_path, most_worlds=0) as other:
        assert ended(other, other.post("/api/runs", json={"draft": changed}).json()["id"])["result"] == found["result"]
    assert len(worlds) == 12


def test_events_tell_how_it_ended_and_begin_where_one_left_off(client: TestClient, done: dict[str, Any]) -> None:
    whole = client.get(f"/api/runs/{done['id']}/events").text
    assert [line for line in whole.splitlines() if line.startswith("event:")][-1] == "event: done"
    assert "event: result" in whole
    last = max(int(line[4:]) for line in whole.splitlines() if line.startswith("id: "))
    rest = client.get(f"/api/runs/{done['id']}/events", headers={"Last-Event-ID": str(last)}).text
    assert "event: result" not in rest
    assert "event: done" in rest


def test_pictures_come_in_growing_batches(client: TestClient) -> None:
    identity = client.post("/api/runs", json={"draft": {**SMALL, "seed": 7, "replicates": 7}}).json()["id"]
    with client.stream("GET", f"/api/runs/{identity}/events?language=zh") as answer:
        lines = list(answer.iter_lines())
    results = [json.loads(line[6:]) for before, line in pairwise(lines) if before == "event: result"]
    counts = [result["replicates"] for result in results]
    assert counts[-1] == 7
    assert set(counts) <= {1, 2, 4, 7}
    assert [result["preliminary"] for result in results] == [count < 7 for count in counts]
    assert isinstance(results[-1]["compared"], str)


def test_a_text_is_in_the_language_that_was_asked_for(client: TestClient, done: dict[str, Any]) -> None:
    assert set(done["result"]["compared"]) == {"en", "zh"}
    for language in ("en", "zh"):
        found = client.get(f"/api/runs/{done['id']}?language={language}").json()["result"]
        assert found["compared"] == done["result"]["compared"][language]


@pytest.mark.parametrize("name", ["result.json", "result.csv", "result.xlsx", "report.html", "report.docx", "programme.yaml"])
def test_every_file_can_be_taken_along(client: TestClient, done: dict[str, Any], name: str) -> None:
    answer = client.get(f"/api/runs/{done['id']}/files/{name}?language=zh")
    assert answer.status_code == 200
    assert len(answer.content) > 500
    assert name in answer.headers["content-disposition"]


@pytest.mark.parametrize("name", ["../index.sqlite", "..%2Findex.sqlite", "index.sqlite", "config.yaml", "report.exe", "%00"])
def test_no_other_file_can(client: TestClient, done: dict[str, Any], name: str) -> None:
    assert client.get(f"/api/runs/{done['id']}/files/{name}").status_code == 404


def test_what_is_too_much_is_refused(client: TestClient) -> None:
    for changes, replicates, where in (({"population.graduates": 6000}, 3, "population.graduates"), ({"population.graduates": 300}, 51, "replicates")):
        error = error_of(client.post("/api/runs", json={"draft": {**SMALL, "changes": changes, "replicates": replicates}}))
        assert error["where"] == where


class Slow:
    """A task that does nothing until it is told to."""

    lane, total, days, seconds, done = "comparisons", 4, 10, 1.0, 0
    least, worlds, part_of = 1, 2, None

    def __init__(self, name: str) -> None:
        self.digest, self.go, self.begun, self.turns = name, threading.Event(), threading.Event(), []

    @property
    def is_whole(self) -> bool:
        return self.done >= self.total

    def step(self, count: int, _workers: int | None, progress: Callable[[int], None], _folder: Path) -> dict[str, Any]:
        self.begun.set()
        while not self.go.wait(0.01):
            progress(0)
        progress(count * self.days)
        self.done += count
        self.turns.append(count)
        return {"replicates": self.done}

    def write(self, folder: Path) -> None:
        folder.mkdir()


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    options = DashboardOptions(queue=3, queue_each=2, most_in_memory=1)
    made = Runs(options, Keeping(tmp_path, options.most_kept))
    made.start()
    yield made
    made.stop()


def ask(runs: Runs, task: Any, client: str) -> Run:
    return runs.ask(task, "compare", {}, client)


def wait_for(run: Run, state: str) -> None:
    for _ in range(500):
        if run.state == state:
            return
        threading.Event().wait(0.01)
    raise AssertionError(run.state)


def test_a_full_queue_says_how_long_to_wait(runs: Runs) -> None:
    tasks = [Slow(name) for name in "abcd"]
    ask(runs, tasks[0], "one")
    ask(runs, tasks[1], "one")
    with pytest.raises(ApiError) as of_one:
        ask(runs, tasks[2], "one")
    ask(runs, tasks[2], "two")
    with pytest.raises(ApiError) as of_all:
        ask(runs, tasks[3], "three")
    assert all(error.value.status == 429 and error.value.seconds >= 1 for error in (of_one, of_all))


def test_a_run_that_is_cancelled_while_it_waits_makes_room(runs: Runs) -> None:
    _first, waiting = (ask(runs, Slow(name), "one") for name in "ab")
    with pytest.raises(ApiError):
        ask(runs, Slow("c"), "one")
    assert waiting.state == "queued"
    runs.cancel(waiting.id, "one")
    assert waiting.state == "cancelled"
    assert ask(runs, Slow("c"), "one").state == "queued"


def test_who_shares_a_run_cancels_it_for_himself(runs: Runs) -> None:
    task = Slow("a")
    run = ask(runs, task, "one")
    assert ask(runs, Slow("a"), "two") is run
    assert task.begun.wait(5)
    with pytest.raises(ApiError) as stranger:
        runs.cancel(run.id, "three")
    assert stranger.value.status == 403
    assert runs._taken(task, "compare", "a", {}, "one") is run  # type: ignore[arg-type]
    runs.cancel(run.id, "one")
    assert run.state == "running"
    assert run.owners == ["two"]
    runs.cancel(run.id, "two")
    assert run.state == "cancelled"
    after = Slow("b")
    after.go.set()
    wait_for(ask(runs, after, "one"), "done")
    assert task.done == 0


def test_a_fault_ends_one_run_and_says_nothing_of_what_was_sent(runs: Runs, caplog: pytest.LogCaptureFixture) -> None:
    broken = Slow("a")

    def fail(_folder: Path) -> None:
        raise ValueError(SOMEBODY)

    broken.write = fail  # type: ignore[method-assign]
    broken.go.set()
    run = ask(runs, broken, "one")
    wait_for(run, "failed")
    assert run.error is not None
    assert "zh" in run.error
    assert "ValueError" in caplog.text
    assert SOMEBODY not in caplog.text
    assert SOMEBODY not in str(run.error)
    after = Slow("b")
    after.go.set()
    wait_for(ask(runs, after, "two"), "done")


def test_what_has_ended_is_let_go_from_memory_and_found_on_disk(runs: Runs) -> None:
    found = []
    for name in "abc":
        task = Slow(name)
        task.go.set()
        found.append(ask(runs, task, "one"))
        wait_for(found[-1], "done")
    runs.find(found[-1].id)
    assert len(runs._known) <= 2
    assert json.loads(runs.find(found[0].id).result) == {"replicates": 4}


def test_what_a_run_meets_whose_server_is_gone_is_no_fault(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The interpreter takes no more threads once it ends; nobody has to read that."""
    made = Runs(DashboardOptions(), Keeping(tmp_path, 3))
    task = Slow("a")
    run = ask(made, task, "one")

    def gone(*_: Any) -> None:
        made.stop()
        message = "cannot schedule new futures after interpreter shutdown"
        raise RuntimeError(message)

    task.step = gone  # type: ignore[method-assign,assignment]
    made._turn(run)
    assert caplog.text == ""


def test_seconds_left_are_told_from_the_pace_of_the_turn_that_goes_on() -> None:
    """A search is one long turn: what was guessed beforehand says nothing once it has a pace."""
    run = Run("id", "digest", "mix", None, total=1, days=1000, lived=100, turn=time.monotonic() - 30.0, guess=60.0)
    assert run.left == pytest.approx(270.0, rel=0.01)
    run.lived = 0
    assert run.left == pytest.approx(60.0, rel=0.01), "no pace yet"


def test_what_each_lever_contributes_is_a_part_of_the_kept_comparison(tmp_path: Path) -> None:
    """Asked for by itself: it sums to the answer, goes into what is kept and into the files, and is refused where there is nothing to divide."""
    changes = {**SMALL["changes"], **STATION}
    draft = {**SMALL, "programme": "none", "replicates": 2, "changes": changes, "variants": [{"label": "more", "changes": FAIRS}]}
    with served(tmp_path) as client:
        compared = ended(client, client.post("/api/runs", json={"draft": draft}).json()["id"])
        entry = client.post("/api/saved", json={"run": compared["id"], "name": "mine"}).json()
        names = [one["variant"] for one in compared["result"]["answer"]]
        asked = client.post("/api/runs", json={"draft": draft, "kind": "parts", "variant": names[1]}).json()
        found = ended(client, asked["id"])["result"]
        assert {one["lever"] for one in found["levers"]} == {"lodging", "job_fairs"}
        spent = [one["spending"]["value"] for one in found["levers"]]
        assert spent == sorted(spent, reverse=True), "in the order of the money"
        net = {row["row"]: row["value"] for row in compared["result"]["account"][names[1]]}["net_additional_jobs"]
        assert found["whole"]["jobs"]["value"] == pytest.approx(net)
        for measure in ("jobs", "spending"):
            assert sum(one[measure]["value"] for one in found["levers"]) == pytest.approx(found["whole"][measure]["value"])
        assert found["worlds"] == 2 * 4
        assert shlex.split(found["command"])[-1] == "attribution=true"
        kept = client.get(f"/api/saved/{entry['id']}").json()["result"]
        assert kept["parts"] == {names[1]: found}
        for name in ("result.json", "result.csv"):
            assert found["what"]["en"] in client.get(f"/api/runs/{compared['id']}/files/{name}").content.decode()
        again = client.post("/api/runs", json={"draft": {**draft, "replicates": 2}, "kind": "parts", "variant": names[1]}).json()
        assert again["id"] == asked["id"]
        nothing = {**draft, "variants": [], "changes": {**changes, "policy.lodging.enabled": False}}
        for wrong in ({"draft": nothing}, {"draft": draft, "variant": "another"}):
            assert error_of(client.post("/api/runs", json={**wrong, "kind": "parts"}))["where"] == "variant"
