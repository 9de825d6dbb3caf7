"""``from=RESULT``: every verb makes a result again from its folder, to the byte, wherever one is; and says what is otherwise."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from experiments.shared import again
from experiments.shared.again import earlier_of, is_the_same, otherwise_now, read_earlier
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.work import compare_with

Command = Callable[..., Any]
ROOT = Path(__file__).parents[2]
SMALL = ("population.graduates=60", "days=15", "replicates=2", "workers=1", "figures=false")
VERBS = {
    "run": ("programme=zibo", "policy.lodging.free_nights=9", "save_people=true"),
    "compare": ("programme=zibo", "change.more.policy.lodging.free_nights=14", "change.none_left.policy.lodging.stations=0", "against=more"),
    "sweep": ("-m", "programme=zibo", "policy.loans.budget=null,1000"),
    "trial": ("study=job_fair", "study.followup_days=[5]", "study.enrolment_day=3", "study.primary_day=null", "market.tightness=0.7"),
    "optimise": ("programme=zibo", "budget=1000000", "levers=[lodging,outreach]", "evaluations=3", "batch=3", "finalists=1", "fresh=2", "pilot=1"),
    "sensitivity": ("programme=zibo", "over=[policy.lodging.stations,policy.lodging.rooms_per_station]", "trajectories=4"),
}


Makes = Callable[[str], Path]


@pytest.fixture(scope="module")
def made(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Makes:
    """Return a maker of a small result of a verb; each is made once."""
    folder = tmp_path_factory.mktemp("made")

    def make(verb: str) -> Path:
        if not (folder / verb).exists():
            said = call(folder, verb, *VERBS[verb], *SMALL, f"output={verb}")
            assert said.status == 0, said.err
        return folder / verb

    return make


def test_every_verb_that_keeps_a_result_is_known() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "experiments").rglob("*.py"))
    kept = {*re.findall(r"^    verb = \"(\w+)\"", sources, re.MULTILINE)}
    assert kept >= {*VERBS, "calibrate", "validate"}
    for verb in kept:
        assert again._Provenance(verb=verb).verb == verb


def numbers(folder: Path) -> dict[str, bytes]:
    circumstances = ("provenance.json", "manifest.json")
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".json", ".parquet") and path.name not in circumstances}


@pytest.mark.parametrize("verb", ["run", *(pytest.param(verb, marks=pytest.mark.slow) for verb in VERBS if verb != "run")])
def test_every_verb_makes_its_result_again_from_another_folder(made: Makes, yizhan: Command, tmp_path: Path, verb: str) -> None:
    said = yizhan(verb, f"from={made(verb)}", "output=again")
    assert said.status == 0, said.err
    assert numbers(tmp_path / "again") == numbers(made(verb))
    assert len(numbers(made(verb))) >= 2
    assert f"The same bytes as {made(verb)}: " in said.out
    assert "Not as it was" not in said.err
    old, new = (yaml.safe_load((folder / "config.yaml").read_text(encoding="utf-8")) for folder in (made(verb), tmp_path / "again"))
    assert old.pop("output") != new.pop("output")
    assert old == new


def test_run_makes_a_result_of_any_verb_again_under_a_name_of_its_own(made: Makes, yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("run", f"from={made('compare') / 'config.yaml'}", "language=zh")
    assert said.status == 0, said.err
    assert f"与 {made('compare')} 逐字节相同：comparison.json、series.parquet、summary.json。" in said.out
    again = next((tmp_path / "results" / "compare").iterdir())
    assert numbers(again) == numbers(made("compare"))


@pytest.mark.slow
def test_a_sweep_over_programmes_is_made_again_from_its_words(yizhan: Command, tmp_path: Path) -> None:
    assert yizhan("sweep", "programme=none,zibo", *SMALL, "output=first").status == 0
    assert yizhan("sweep", "from=first", "output=second").status == 0
    assert yizhan("sweep", "from=second", "output=third").status == 0
    assert numbers(tmp_path / "first") == numbers(tmp_path / "second") == numbers(tmp_path / "third")


def test_further_words_change_it_and_nothing_is_compared(made: Makes, yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("run", f"from={made('run')}", "seed=2", "policy.lodging.free_nights=3", "replicates=1", "start=2021-11-01", "output=other")
    assert said.status == 0, said.err
    assert "The same bytes" not in said.out
    found = yaml.safe_load((tmp_path / "other" / "config.yaml").read_text(encoding="utf-8"))
    was = yaml.safe_load((made("run") / "config.yaml").read_text(encoding="utf-8"))["policy"]["lodging"]["opening_date"]
    assert (was, found["policy"]["lodging"]["opening_date"]) == ("2020-11-01", "2021-11-01"), "the programme moves with its start"
    assert (found["seed"], found["policy"]["lodging"]["free_nights"], found["programme"], found["save_people"]) == (2, 3, "zibo", True)


def copied(folder: Path, to: Path) -> Path:
    shutil.copytree(folder, to)
    return to


def test_a_changed_configuration_is_noticed_and_said(made: Makes, tmp_path: Path) -> None:
    assert not read_earlier(str(made("run"))).is_changed
    file = copied(made("run"), tmp_path / "old") / "config.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("free_nights: 9", "free_nights: 1"), encoding="utf-8")
    earlier = read_earlier(str(tmp_path / "old"))
    assert next(otherwise_now(earlier)) == f"{file} was changed after the result was written: what runs is the changed file."
    assert not is_the_same(earlier, tmp_path / "old"), "then nothing is compared"


def test_other_numbers_of_the_same_settings_are_said(made: Makes, tmp_path: Path) -> None:
    old = copied(made("run"), tmp_path / "old")
    provenance = json.loads((old / "provenance.json").read_text(encoding="utf-8"))
    provenance["yizhan"], provenance["libraries"]["numpy"], provenance["sources_sha256"] = "0.0.9", "1.0", "a" * 64
    (old / "provenance.json").write_text(json.dumps(provenance), encoding="utf-8")
    (old / "summary.json").write_text("{}", encoding="utf-8")
    with pytest.raises(FailedError) as failure:
        compare_with(read_earlier(str(old)), made("run"), "en")
    assert f"The same settings as {old}, but not the same bytes: summary.json. Not as it was when" in str(failure.value)
    for words in ("yizhan 0.0.9 → ", "numpy 1.0 → ", "sources_sha256 aaaaaaaaaaaa → ", f"The new result is in {made('run')}"):
        assert words in str(failure.value), words


def test_numbers_of_the_same_length_that_differ_are_said(made: Makes, tmp_path: Path) -> None:
    file = copied(made("run"), tmp_path / "old") / "summary.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[:-4] + text[-4:].translate({ord(" "): "\t", ord("\n"): " "}), encoding="utf-8")
    assert len(file.read_text(encoding="utf-8")) == len(text)
    with pytest.raises(FailedError, match=r"not the same bytes: summary\.json"):
        compare_with(read_earlier(str(file.parent)), made("run"), "en")


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_file_that_is_missing_is_not_compared(made: Makes, tmp_path: Path, is_folder: bool) -> None:
    old = copied(made("run"), tmp_path / "old")
    (old / "summary.json").unlink()
    if is_folder:
        (old / "summary.json").mkdir()
    with pytest.raises(FailedError, match=r"is not a whole result: summary\.json cannot be compared"):
        compare_with(read_earlier(str(old)), made("run"), "en")


def test_an_own_file_that_was_changed_since_is_said(made: Makes, tmp_path: Path) -> None:
    old, own = copied(made("run"), tmp_path / "old"), tmp_path / "own.yaml"
    own.write_text("days: 3\n", encoding="utf-8")
    provenance = json.loads((old / "provenance.json").read_text(encoding="utf-8"))
    for digest, said in ((hashlib.sha256(own.read_bytes()).hexdigest(), []), ("0" * 64, [f"{own} was changed since {old} was made from it"])):
        (old / "provenance.json").write_text(json.dumps(provenance | {"own_files": {str(own): digest}}), encoding="utf-8")
        assert [str(line).partition(";")[0] for line in otherwise_now(read_earlier(str(old)))] == said


def test_what_cannot_be_told_is_said(made: Makes, tmp_path: Path) -> None:
    old = copied(made("run"), tmp_path / "old")
    (old / "provenance.json").unlink()
    earlier = read_earlier(str(old))
    assert (earlier.is_changed, [str(line) for line in otherwise_now(earlier)]) == (
        None, [f"{old} has no digest of its config.yaml: nobody can tell whether it was changed."],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("from=nowhere",), "from=nowhere: there is no such folder; name the folder of a result"),
        (("from=.",), "from=.: there is no config.yaml in it"),
        (("from=",), "from= names one folder of a result"),
        (("from=a", "from=b"), "from= names one folder of a result"),
        (("from=OLD", "programme=none"), "programme=none: from= brings its own programme with it"),
        (("from=OLD", "region=default"), "from= brings its own region with it"),
        (("from=BROKEN",), "config.yaml:1: a list stands at the top"),
        (("from=CUT",), "config.yaml:"),
    ],
)
def test_what_is_no_result_is_refused(made: Makes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: Any, what: str) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("broken", "- 1\n"), ("cut", "a: [1\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.yaml").write_text(text, encoding="utf-8")
    given = [word.replace("OLD", str(made("run"))).replace("BROKEN", "broken").replace("CUT", "cut") for word in words]
    with pytest.raises(MistakeError) as refusal:
        earlier_of(given, "run")
    assert what in str(refusal.value)


def test_another_verb_is_named(made: Makes, yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("compare", f"from={made('run')}")
    assert (said.status, f"was made by yizhan run; write yizhan run from={made('run')}" in said.err) == (2, True)
    said = yizhan("run", f"from={made('run')}", "polcy.lodging.free_nights=3")
    assert (said.status, "Did you mean 'policy" in said.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("title: ${x}", ":1: title is ${x}, which stands for another value; write the value itself"),
        ("days: ???", ":1: days is ???, which stands for another value"),
        ("defaults: [x]", ":1: a result has no key defaults; leave it out"),
        ("axes: [3]", ":1: axes has each varied key with its values as texts"),
        ("axes: {seed: [1]}", ":1: axes has each varied key with its values as texts"),
        ("days: 3\ndays: 4", ":2: the key days is given twice"),
    ],
)
def test_what_a_changed_configuration_cannot_say_is_refused_with_its_line(tmp_path: Path, line: str, what: str) -> None:
    (tmp_path / "config.yaml").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(MistakeError) as refusal:
        read_earlier(str(tmp_path))
    assert f"{tmp_path / 'config.yaml'}{what}" in str(refusal.value)


def test_dates_in_a_changed_configuration_stay_texts(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("start: 2021-01-01\ntitle: 2021-01-01\n", encoding="utf-8")
    assert read_earlier(str(tmp_path)).content == {"start": "2021-01-01", "title": "2021-01-01"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"own_files": ["a"]}', "own_files is ['a']"),
        ('{"libraries": [1]}', "libraries is [1]"),
        ('{"libraries": {"numpy": 2}}', "libraries.numpy is 2"),
        ('{"verb": "rm -rf"}', "verb is 'rm -rf'"),
        ('{"verb": [1]}', "verb is [1]"),
        ('{"words": 3}', "words is 3"),
        ("[1]", "no table of keys"),
        ('{"verb": ', "it is no JSON from line 1 on"),
    ],
)
def test_a_provenance_that_is_none_is_refused_by_its_name(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "config.yaml").write_text("days: 3\n", encoding="utf-8")
    (tmp_path / "provenance.json").write_text(text, encoding="utf-8")
    with pytest.raises(MistakeError, match=r"provenance\.json cannot be read") as refusal:
        read_earlier(str(tmp_path))
    assert what in str(refusal.value)


def test_an_own_file_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("days: 3\n", encoding="utf-8")
    (tmp_path / "provenance.json").write_text(json.dumps({"own_files": {str(tmp_path): "0", "a\0b": "0"}}), encoding="utf-8")
    assert not any("was changed since" in line for line in otherwise_now(read_earlier(str(tmp_path))))


OF_VERB = {
    "run": "replicates: 2\n",
    "compare": "comparison:\n  baseline: none\n  variants:\n    more:\n      policy.lodging.free_nights: 3\n    less: {}\n",
    "sweep": "replicates: 2\naxes: {seed: ['1', '2']}\n",
    "trial": "markets: 2\nstudy:\n  title: Ours\n  followup_days: [5]\n  arms:\n    fair: {services: [job_fairs]}\n",
}
IN_ALL = "programme: ours\ndays: 20\npolicy:\n  lodging:\n    free_nights: 2\nreported:\n- outcome: hires\n  value: 3\n  source: x\n"
EVERYWHERE = [
    ("free_nights: 2", "free_nights: 400", "policy.lodging.free_nights is 400; allowed is an integer, at least 0 and at most 365"),
    ("free_nights: 2", "free_nigths: 2", "unknown key 'policy.lodging.free_nigths'. Did you mean 'policy.lodging.free_nights'?"),
    ("days: 20", "dasy: 20", "unknown key 'dasy'. Did you mean 'days'?"),
    ("programme: ours", "programme: a b", "programme_name is 'a b'; allowed is a name of letters"),
    ("- outcome: hires", "- outcome: hirse", "unknown outcome 'hirse'. Did you mean 'hires'?"),
    ("  lodging:\n    free_nights: 2", "  lodging: 3", "policy.lodging is 3; allowed is a table of keys"),
    ("  lodging:\n    free_nights: 2", "  lodging.free_nights: 3", "policy.lodging.free_nights: in a file keys stand within each other"),
]
OF_ONE = [
    ("run", "replicates: 2", "trace: nosuch", "unknown outcome 'nosuch'"),
    ("run", "replicates: 2", "replicates: many", "replicates is 'many'; allowed is an integer"),
    ("compare", "  baseline: none", "  baseline: moore", "unknown baseline 'moore'. Did you mean 'more'?"),
    ("compare", "policy.lodging.free_nights: 3", "policy.lodging.free_nights: 400", "comparison.variants.more: policy.lodging.free_nights is 400;"),
    ("compare", "policy.lodging.free_nights: 3", "policy.lodging.fre_nights: 3", "comparison.variants.more: unknown key 'policy.lodging.fre_nights'"),
    ("trial", "markets: 2", "markets: 0", "markets is 0; allowed is an integer, at least 1"),
    ("trial", "  title: Ours", "  titel: Ours", "unknown key 'study.titel'. Did you mean 'study.title'?"),
    ("trial", "    fair: {services: [job_fairs]}", "    fair: {services: [fares]}", "study.arms.fair: unknown service 'fares'"),
    ("trial", "study:", "study:\n  enrolment_day: 100", "study: days is 20; the last follow-up of this study is on day 105"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "right", "wrong", "said_of"),
    [*OF_ONE, *(("run", *case) for case in EVERYWHERE), *((verb, *case) for verb in ("compare", "sweep", "trial") for case in EVERYWHERE[:1])],
)
def test_a_mistake_in_a_changed_configuration_is_told_with_its_line(
    yizhan: Command, tmp_path: Path, verb: str, right: str, wrong: str, said_of: str,
) -> None:  # fmt: skip
    text = IN_ALL + OF_VERB[verb]
    assert right in text
    file = tmp_path / "old" / "config.yaml"
    file.parent.mkdir()
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    line = text.partition(right)[0].count("\n") + 1
    said = yizhan(verb, "from=old", "figures=false")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(f"yizhan: old/config.yaml:{line}: {said_of}"), said.err
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_a_word_of_the_command_is_not_put_down_to_the_result(yizhan: Command, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(IN_ALL, encoding="utf-8")
    said = yizhan("run", "from=.", "policy.lodging.free_nights=400")
    assert said.err.startswith("yizhan: policy.lodging.free_nights is 400"), said.err
