"""Levers of other packages: the worked example in a fresh environment, every place where people are met, and what is said about mistakes."""

import json
import os
import subprocess
import sys
import sysconfig
import textwrap
from pathlib import Path
from typing import Any

import pytest

from sim.columns import Column
from sim.errors import LeverError
from sim.lever import MEETINGS, Lever
from sim.levers import OF_OTHERS, OWN, installed
from sim.levers.equity import Equity
from sim.scenario import Scenario

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "job-club"
SMALL = ["population.graduates=500", "days=60", "start=2021-03-01", "replicates=1", "figures=false", "language=en"]


def run(python: str, words: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **variables}
    return subprocess.run([python, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def summary_of(python: str, output: Path, words: list[str], **variables: str) -> dict[str, Any]:
    done = run(python, ["-m", "experiments", "run", "programme=none", *SMALL, *words, f"output={output}"], **variables)
    assert done.returncode == 0, done.stderr
    outcomes: dict[str, Any] = json.loads((output / "summary.json").read_text(encoding="utf-8"))["outcomes"]
    return outcomes


# The worked example


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, str]]:
    """Return the interpreter of a fresh environment that sees this one's libraries, with the example installed by pip, and a cache of its own."""
    folder = tmp_path_factory.mktemp("fresh")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "environment")], check=True)
    python = str(next((folder / "environment").glob("[bS]*/python*")))
    site = subprocess.run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True, check=True)
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), str(ROOT)}
    Path(site.stdout.strip(), "libraries.pth").write_text("\n".join(sorted(libraries)), encoding="utf-8")
    package = folder / "job-club"
    package.mkdir()
    for source in EXAMPLE.iterdir():
        if source.is_file():
            (package / source.name).write_bytes(source.read_bytes())
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", str(package)]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return python, {"YIZHAN_CACHE": str(folder / "cache")}


@pytest.mark.slow
def test_the_example_is_a_lever_like_any_other(fresh: tuple[str, dict[str, str]], tmp_path: Path) -> None:
    python, cache = fresh
    listed = run(python, ["-m", "experiments", "list", "levers", "job_club"], **cache)
    assert "policy.job_club.places" in listed.stdout
    wrong = run(python, ["-m", "experiments", "run", "policy.job_club.place=3"], **cache)
    assert (wrong.returncode, "policy.job_club.places" in wrong.stderr) == (2, True)
    on = ["policy.job_club.enabled=true", "policy.job_club.places=40", "policy.job_club.initial_awareness=1", "policy.job_club.demand=1"]
    helped = summary_of(python, tmp_path / "on", [*on, "trace=served.job_club"], **cache)
    assert helped["job_club_members"]["mean"] > 0
    assert helped["job_club_applications"]["mean"] > 0
    assert helped["spending.job_club"]["mean"] == helped["spending"]["mean"] > 0
    assert 0 < helped["served.job_club"]["mean"] <= helped["reached.job_club"]["mean"]
    persons = (tmp_path / "on" / "persons.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert sum(int(line.split(",")[1]) for line in persons) == helped["served.job_club"]["mean"]
    off = summary_of(python, tmp_path / "off", [], **cache)
    without = summary_of(sys.executable, tmp_path / "without", [])
    assert {name: value for name, value in off.items() if "job_club" not in name} == without, "installed and off: not a bit moves"
    assert helped["applications_sent"]["mean"] > without["applications_sent"]["mean"]
    assert len(list(Path(cache["YIZHAN_CACHE"]).glob("compiled-*"))) == 1


@pytest.mark.slow
def test_the_example_is_told_accounted_and_compared(fresh: tuple[str, dict[str, str]], tmp_path: Path) -> None:
    python, cache = fresh
    on = ["policy.job_club.enabled=true", "policy.job_club.places=40", "policy.job_club.initial_awareness=1", "policy.job_club.demand=1"]
    done = run(python, ["-m", "experiments", "run", "programme=none", *SMALL, *on, "trace=served.job_club", f"output={tmp_path / 'who'}"], **cache)
    assert done.returncode == 0, done.stderr
    person = (tmp_path / "who" / "persons.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    for language, words in (("en", "joined a job club"), ("zh", "加入求职互助小组")):
        folder = tmp_path / language
        words_of_run = [*SMALL[:-1], f"language={language}", *on, f"trace={person}", f"output={folder}"]
        told = run(python, ["-m", "experiments", "run", "programme=none", *words_of_run], **cache)
        assert told.returncode == 0, told.stderr
        assert words in (folder / "story.md").read_text(encoding="utf-8").replace("\n", " ").replace("Joined", "joined")
    compared = run(python, ["-m", "experiments", "compare", "programme=none", *SMALL, *on, f"output={tmp_path / 'compared'}"], **cache)
    assert compared.returncode == 0, compared.stderr
    account = json.loads((tmp_path / "compared" / "comparison.json").read_text(encoding="utf-8"))["variants"]
    assert next(iter(account.values()))["spending"]["value"] > 0


# Every place


EVERYWHERE = '''
    """A lever that counts where people meet it, and gives a little there."""
    from collections.abc import Callable
    from typing import Any, ClassVar
    from sim.columns import Column, Told
    from sim.compiled import compiled
    from sim.lever import Lever, MEETINGS
    from sim.measures import own_flow
    from sim.parameters import parameter
    from sim.units import both

    PLACES = tuple(MEETINGS)

    @compiled
    def at_services(world, day):
        world.counts[world.rules.everywhere.counts.services] += 1
    @compiled
    def at_month(world, day, identity):
        world.counts[world.rules.everywhere.counts.month] += 1
    @compiled
    def at_event(world, day, event):
        world.counts[world.rules.everywhere.counts.event] += world.events[event].places
    @compiled
    def at_search(world, day, identity):
        world.counts[world.rules.everywhere.counts.search] += 1
    @compiled
    def at_trip(world, day, identity, cost):
        world.counts[world.rules.everywhere.counts.trip] += 1
        return world.rules.everywhere.fare_paid
    @compiled
    def at_trip_made(world, day, identity, cost):
        world.counts[world.rules.everywhere.counts.trip_made] += 1
        world.people[identity].everywhere_fares += world.rules.everywhere.fare_paid
        return world.rules.everywhere.fare_paid
    @compiled
    def at_offer(world, day, identity, post):
        world.counts[world.rules.everywhere.counts.offer] += 1
        return world.rules.everywhere.worth
    @compiled
    def at_pay_day(world, day, identity):
        world.counts[world.rules.everywhere.counts.pay_day] += 1
    @compiled
    def at_business(world, day, firm):
        world.counts[world.rules.everywhere.counts.business] += world.employers[firm].alive
    @compiled
    def at_settling(world, day, identity):
        world.counts[world.rules.everywhere.counts.settling] += 1
        return world.rules.everywhere.ties
    @compiled
    def at_coming(world, day, person):
        return world.rules.everywhere.worth

    class Everywhere(Lever):
        """Parameters."""
        name: ClassVar[str] = "everywhere"
        label = both("Everywhere", "到处")
        summary = both("Meets everybody everywhere.", "处处相遇。")
        person = (Column("everywhere_fares", "i8", "CNY", "paid", took_part=True, told=Told("had {n} CNY paid", "报销{n}元", saved=True)),)
        counts = PLACES
        outcomes = tuple(own_flow(f"everywhere_{place}", "events", "everywhere", place, place, place) for place in PLACES)
        fare_paid: int = parameter(0, unit="CNY", source="test", en="fare paid", zh="路费", low=0, high=10_000)
        worth: float = parameter(0.0, unit="CNY/month", source="test", en="worth", zh="值", low=0, high=1e6)
        ties: float = parameter(0.0, unit="-", source="test", en="ties", zh="纽带", low=0, high=100)

        @classmethod
        def met(cls):
            return {place: globals()[f"at_{place}"] for place in PLACES}

        @property
        def offers_something(self) -> bool:
            return self.enabled

        def events(self, horizon):
            return [{"day": 3, "places": 7}, {"day": 5, "places": 7}]
'''


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment variables under which a package that is met everywhere is installed; rules are interpreted."""
    folder = tmp_path_factory.mktemp("everywhere")
    text = textwrap.dedent(EVERYWHERE).replace("label =", "label: ClassVar[Any] =").replace("summary =", "summary: ClassVar[Any] =")
    for name in ("person", "counts", "outcomes"):
        text = text.replace(f"    {name} =", f"    {name}: ClassVar[Any] =")
    (folder / "yizhan_everywhere.py").write_text(text, encoding="utf-8")
    info = folder / "everywhere-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: everywhere\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[yizhan.levers]\neverywhere = yizhan_everywhere:Everywhere\n", encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]), "NUMBA_DISABLE_JIT": "1", "YIZHAN_CACHE": str(folder / "cache")}


ALL = "import json, sys; from experiments.cli import main; sys.exit(max(main(words) for words in json.load(sys.stdin)))"
"""One process for several commands: it is not the start of each that is tried."""
TINY = [
    "population.graduates=160", "days=50", "behaviour.explore_per_month=6", "behaviour.opportunity_per_year=3", "behaviour.idle_worth=3",
    "behaviour.wage_floor_seen=0.2",
]  # fmt: skip
"""Trips, start-ups, and offers that many refuse: they look at posts that pay a fifth of what they want."""


@pytest.fixture(scope="module")
def met(everywhere: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder, on = tmp_path_factory.mktemp("met"), "policy.everywhere.enabled=true"
    giving = ["policy.everywhere.fare_paid=400", "policy.everywhere.worth=50000", "policy.everywhere.ties=50"]
    kinds = {"off": [], "still": [on], "giving": [on, *giving]}
    commands = [["run", "programme=none", "behaviour=evidence", *SMALL, *TINY, *words, f"output={folder / name}"] for name, words in kinds.items()]
    words, environment = [sys.executable, "-c", ALL], {**os.environ, **everywhere}
    done = subprocess.run(words, cwd=ROOT, env=environment, input=json.dumps(commands), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name: json.loads((folder / name / "summary.json").read_text(encoding="utf-8"))["outcomes"] for name in kinds}


@pytest.mark.slow
@pytest.mark.parametrize("place", [place for place in MEETINGS if place != "coming"])  # met in a nation alone: tests/sim/nation/test_known.py
def test_people_are_met_at_every_place(place: str, met: dict[str, dict[str, Any]]) -> None:
    assert met["giving"][f"everywhere_{place}"]["mean"] > 0
    if place == "event":
        assert met["giving"]["everywhere_event"]["mean"] == 14, "two days of seven places"
    if place == "services":
        assert met["giving"]["everywhere_services"]["mean"] == 50


@pytest.mark.slow
def test_who_gives_nothing_moves_nothing(met: dict[str, dict[str, Any]]) -> None:
    off, still = ({name: value for name, value in met[kind].items() if "everywhere" not in name} for kind in ("off", "still"))
    assert off == still


@pytest.mark.slow
def test_what_is_given_is_weighed(met: dict[str, dict[str, Any]]) -> None:
    still, giving = met["still"], met["giving"]
    assert giving["everywhere_trip_made"]["mean"] > still["everywhere_trip_made"]["mean"], "a trip that costs less is made more often"
    assert giving["left_region"]["mean"] <= still["left_region"]["mean"]
    taken = {name: outcomes["contracts_signed"]["mean"] / outcomes["offers_made"]["mean"] for name, outcomes in met.items()}
    assert taken["giving"] > taken["still"], "an offer that is worth more is taken more often"


# Mistakes


class Fine(Equity):
    """A lever that would do."""

    name = "fine"
    person = ()
    firm = ()
    outcomes = ()


def entry(name: str, what: Any) -> Any:
    class Entry:
        value = "package:Lever"
        dist = None

        def load(self) -> Any:
            if isinstance(what, BaseException):
                raise what
            return what

    found = Entry()
    found.name = name  # type: ignore[attr-defined]
    return found


def changed(**attributes: Any) -> type[Lever]:
    return type("Changed", (Fine,), {"__module__": __name__, "__doc__": "A lever.", **attributes})


@pytest.mark.parametrize(
    ("name", "what", "words"),
    [
        ("fine", ImportError("no module"), "cannot be loaded: ImportError: no module"),
        ("fine", 3, "has to name a subclass of sim.lever.Lever"),
        ("other", Fine, "the entry point is called 'other', but Fine.name is 'fine'"),
        ("a b", changed(name="a b"), "'a b' is no name for a key"),
        ("lodging", changed(name="lodging"), "there is already a lever called 'lodging'"),
        ("fine", changed(label={"en": "Fine"}), "label has to be said in both languages"),
        ("fine", changed(met=classmethod(lambda _cls: {"nowhere": len})), "people are not met at 'nowhere'; places: services, month"),
        ("fine", changed(__annotations__={"speed": float}, speed=0.5), "the parameter 'speed' has no unit, source or meaning"),
        ("fine", changed(person=(Column("fine_visits", "i4", "count", "visits"),)), "the column 'fine_visits' does not say how"),
        ("fine", SystemExit(0), "cannot be loaded: SystemExit"),
        ("market", changed(name="market"), "'market' is no name for a key"),
        ("fine", changed(person=(Column("wage", "i8", "CNY/month", "wage"),)), "there is already a column called 'wage'"),
        ("fine", changed(firm=(Column("a", "i4", "-", "a"), Column("a", "i4", "-", "a"))), "there is already a column called 'a'"),
        ("fine", changed(firm=(Column("a", "x9", "-", "a"),)), "its columns have no place in a row"),
        ("fine", changed(person=(Column("a", "f8", "-", "a", line=1),)), "take more than its 64 bytes"),
        ("fine", changed(counts=("a", "a")), "have to be different words"),
        ("fine", changed(met=classmethod(lambda _cls: 1 / 0)), "met() fails: ZeroDivisionError"),
        ("fine", changed(met=classmethod(lambda _cls: ["month"])), "met() fails: ValueError"),
        ("fine", changed(met=classmethod(lambda _cls: {"month": len})), "what it names for 'month' is no rule"),
        ("fine", changed(firm=Equity.firm), "there is already a column called 'equity'"),
    ],
)
def test_a_lever_that_cannot_be_used_is_named_with_what_to_do(name: str, what: Any, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(installed.__globals__, "entry_points", lambda **_: [entry(name, what)])
    with pytest.raises(LeverError, match=r"pip uninstall") as error:
        installed(OWN)
    assert words in str(error.value)


def test_a_lever_that_will_do_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(installed.__globals__, "entry_points", lambda **_: [entry("fine", Fine)])
    assert installed(OWN) == (Fine,)
    many = [changed(name=f"lever_{number}") for number in range(30)]
    monkeypatch.setitem(installed.__globals__, "entry_points", lambda **_: [entry(lever.name, lever) for lever in many])
    with pytest.raises(LeverError, match="26 levers already"):
        installed(OWN)


def test_a_mistake_of_a_package_is_no_traceback(tmp_path: Path) -> None:
    info = tmp_path / "broken-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[yizhan.levers]\nbroken = not_there:Broken\n", encoding="utf-8")
    done = run(sys.executable, ["-m", "experiments", "run", "programme=none"], PYTHONPATH=os.pathsep.join([str(tmp_path), str(ROOT)]))
    assert done.returncode == 2
    assert "the lever 'broken' of the package 'broken' cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_installed_here() -> None:
    assert OF_OTHERS == (), "these tests are of the levers of this package"


def test_scenarios_name_every_lever() -> None:
    assert list(Scenario.load("none").policy.levers) == [lever.name for lever in OWN]
