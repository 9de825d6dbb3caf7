"""What is wrong is refused before anything runs, in a message that says what, where, why, and how to mend it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experiments.shared.options import RunOptions

Command = Callable[..., Any]

VALUES: list[tuple[str, list[str]]] = [
    # wrong types
    ("policy.lodging.free_nights=three", ["policy.lodging.free_nights is 'three'", "an integer, at least 0 and at most 365 (nights)"]),
    ("policy.lodging.free_nights=2.5", ["policy.lodging.free_nights is 2.5", "an integer"]),
    ("policy.lodging.free_nights='3 4'", ["policy.lodging.free_nights is '3 4'", "an integer"]),
    ("policy.lodging.enabled=maybe", ["policy.lodging.enabled is 'maybe'", "true or false"]),
    ("policy.campus_recruitment.campuses=nowhere", ["campuses is 'nowhere'", "policy.campus_recruitment.campuses=[a,b]"]),
    ("replicates=many", ["replicates is 'many'", "an integer, at least 1"]),
    ("replicates=1.5", ["replicates is 1.5", "an integer"]),
    ("save_people=perhaps", ["save_people is 'perhaps'", "true or false"]),
    ("days=week", ["days is 'week'", "an integer, at least 1 and at most 3660"]),
    # true and false are no numbers
    ("replicates=true", ["replicates is true", "an integer, at least 1 and at most 100000"]),
    ("seed=false", ["seed is false", "an integer, at least 0"]),
    ("workers=true", ["workers is true", "an integer", "or null"]),
    ("days=true", ["days is true", "an integer, at least 1"]),
    ("population.graduates=true", ["population.graduates is true", "an integer, at least 1 and at most 20000000 (persons)"]),
    ("policy.lodging.stations=true", ["policy.lodging.stations is true", "an integer, at least 0 and at most 10000 (stations)"]),
    ("policy.lodging.budget=false", ["policy.lodging.budget is false", "an integer, at least 0 and at most 1e+15 (CNY), or null"]),
    ("policy.loans.rate_per_year=false", ["policy.loans.rate_per_year is false", "a finite number, at least 0 and at most 1 (1/year)"]),
    ("market.demand=yes", ["market.demand is 'yes'", "a finite number"]),
    ("policy.lodging.opening_date=true", ["policy.lodging.opening_date is true", "a date such as 2020-11-01, or null"]),
    ("start=false", ["start is false", "a date such as 2020-11-01"]),
    ("region.jobs_by_field=[1,1,true,1,1]", ["region.jobs_by_field.2 is true", "a finite number"]),
    ("region.districts=[{name:a,name_zh:b,share:true}]", ["region.districts.0.share is true", "a finite number, at least 0"]),
    # out of range
    ("policy.lodging.free_nights=366", ["policy.lodging.free_nights is 366", "at most 365 (nights)"]),
    ("policy.lodging.budget=-5", ["policy.lodging.budget is -5", "at least 0 and at most 1e+15 (CNY), or null"]),
    ("policy.lodging.budget=10000000000000000000", ["policy.lodging.budget is 1", "at most 1e+15 (CNY)"]),
    ("policy.loans.term_months=0", ["policy.loans.term_months is 0", "at least 1", "(months)"]),
    ("policy.loans.rate_per_year=1.5", ["policy.loans.rate_per_year is 1.5", "at most 1 (1/year)"]),
    ("population.graduates=0", ["population.graduates is 0", "at least 1 and at most 20000000 (persons)"]),
    ("population.graduates=30000000", ["population.graduates is 30000000", "at most 20000000"]),
    ("market.tightness=-0.1", ["market.tightness is -0.1", "at least 0 and at most 20 (posts/person)"]),
    ("behaviour.targeting=2", ["behaviour.targeting is 2", "at most 1"]),
    ("region.wage_master=5", ["region.wage_master is 5", "at least 500"]),
    ("replicates=0", ["replicates is 0", "at least 1"]),
    ("replicates=1000000", ["replicates is 1000000", "at most 100000"]),
    ("workers=0", ["workers is 0", "at least 1 and at most 4096, or null"]),
    ("seed=-1", ["seed is -1", "at least 0 and at most 4294967295"]),
    ("seed=4294967296", ["seed is 4294967296", "at most 4294967295"]),
    ("days=0", ["days is 0", "at least 1 and at most 3660"]),
    ("days=3661", ["days is 3661", "at most 3660"]),
    ("language=fr", ["language is 'fr'", "en or zh"]),
    # nan, infinity, nothing
    ("policy.loans.rate_per_year=nan", ["policy.loans.rate_per_year is nan", "a finite number"]),
    ("market.tightness=inf", ["market.tightness is inf", "a finite number"]),
    ("policy.lodging.free_nights=null", ["policy.lodging.free_nights is null", "an integer"]),
    ("start=null", ["start is null", "a date such as 2020-11-01"]),
    ("seed=null", ["seed is null", "an integer"]),
    ("policy.lodging.free_nights=", ["policy.lodging.free_nights is ''", "an integer"]),
    ("output=", ["output is ''", "a text that is not empty"]),
    ("language=", ["language is ''", "en or zh"]),
    # dates
    ("start=2021-02-30", ["start is '2021-02-30'", "a date such as 2020-11-01"]),
    ("start=01/11/2020", ["start is '01/11/2020'", "a date such as 2020-11-01"]),
    ("start=20201101", ["start is 20201101", "a date such as 2020-11-01"]),
    ("policy.lodging.opening_date=soon", ["policy.lodging.opening_date is 'soon'", "a date such as 2020-11-01, or null"]),
]
"""What is told of a value, a line each: values of several keys are refused by one command."""

VERBS: list[tuple[str, list[str]]] = [
    # unknown keys and near misses
    ("run programe=zibo", ["unknown key 'programe'", "Did you mean 'programme'?"]),
    ("run PROGRAMME=zibo", ["unknown key 'PROGRAMME'", "Did you mean 'programme'?"]),
    ("run replicate=3", ["unknown key 'replicate'", "Did you mean 'replicates'?"]),
    ("run free_nights=5", ["unknown key 'free_nights'", "Did you mean 'policy.lodging.free_nights'?"]),
    ("run lodging.free_nights=5", ["unknown key 'lodging.free_nights'", "Did you mean 'policy.lodging.free_nights'?"]),
    ("run policy.loding.free_nights=3", ["unknown lever 'loding'", "Did you mean 'policy.lodging.free_nights'?", "mentoring, loans"]),
    ("run policy.lodging.free_night=3", ["unknown key 'policy.lodging.free_night'", "Did you mean 'policy.lodging.free_nights'?"]),
    ("run policy.loans.lodging=5", ["unknown key 'policy.loans.lodging'", "Did you mean 'policy.lodging'?"]),
    ("run behavior.targeting=0.5", ["unknown key 'behavior.targeting'", "Did you mean 'behaviour.targeting'?"]),
    ("run +foo=3", ["unknown key 'foo'", "yizhan list parameters"]),
    ("run ++policy.lodging.foo=3", ["unknown key 'policy.lodging.foo'", "policy.lodging has: enabled, budget, opening_date"]),
    ("run scenario=zibo", ["unknown key 'scenario'"]),
    # wrong types
    ("run policy.lodging=5", ["policy.lodging is 5", "policy.lodging.KEY=VALUE", "free_nights"]),
    ("run policy=zibo", ["policy is 'zibo'", "policy.KEY=VALUE", "lodging"]),
    ("run behaviour=bold", ["unknown behaviour 'bold'", "evidence"]),
    # true and false are no numbers
    ("run reported=[{outcome:hires,value:true,source:x}]", ["reported.0.value is true", "a finite number"]),
    ("sweep -m policy.lodging.stations=true,3", ["policy.lodging.stations is true", "an integer"]),
    # out of range
    ("run start=9999-12-30 programme=zibo", ["start is 9999-12-30; allowed is a date from 1950-01-01 to 2100-12-31"]),
    ("compare programme=zibo change.none.policy.lodging.free_nights=3", ["change.none: a variant cannot be called none"]),
    # nan, infinity, nothing
    ("run policy.lodging=null", ["policy.lodging is null", "policy.lodging.KEY=VALUE"]),
    ("run programme=", ["unknown programme ''", "zibo"]),
    ("run start=9999-12-31", ["start is 9999-12-31", "from 1950-01-01 to 2100-12-31"]),
    # contradictions
    (
        "run programme=zibo start=2021-01-01 policy.lodging.opening_date=2020-11-01",
        ["opening_date is 2020-11-01", "before the start of the run (2021-01-01)", "earlier start"],
    ),
    ("run population.graduates=100 population.cohort=101", ["cohort (101)", "graduates (100)", "smaller"]),
    ("run population.final_year_share=0.9 population.recent_share=0.2", ["final_year_share and recent_share", "must not exceed 1"]),
    ("run policy.campus_recruitment.first_date=2021-03-01 policy.campus_recruitment.last_date=2021-02-01", ["first_date is after", "exchange them"]),
    ("run policy.campus_recruitment.campuses=[nowhere]", ["'nowhere'", "the region does not have", "city_university"]),
    ("run region.districts=[]", ["region.districts", "at least one"]),
    ("run region.districts=[{name:a}]", ["region.districts.0.name_zh is missing"]),
    ("run region.districts=[{name:a,name_zh:b,shard:1}]", ["unknown key 'region.districts.0.shard'", "region.districts.0.share"]),
    ("run reported=[{outcome:nosuch,value:3,source:x}]", ["unknown outcome 'nosuch'", "yizhan list outcomes"]),
    ("run programme_name=../../x", ["programme_name is '../../x'", "programme=NAME"]),
    ("run policy.lodging.stations=-1 policy.lodging.free_nights=400", ["policy.lodging.stations is -1", "policy.lodging.free_nights is 400"]),
    # groups
    ("run programme=zbio", ["unknown programme 'zbio'", "Did you mean 'zibo'?", "campus_link, chengyang, dongbeitang, none, youth_venture, zibo"]),
    ("run programme=[zibo,none]", ["programme is [zibo,none]", "one name of: campus_link, chengyang, dongbeitang, none, youth_venture, zibo"]),
    ("run programme=null", ["programme is null", "one name of: campus_link"]),
    ("run +programme=zibo", ["programme has a value already", "leave out the '+'"]),
    ("run population=tiny", ["unknown population 'tiny'", "chengyang, county, default"]),
    ("run region=mars", ["unknown region 'mars'", "chengyang, county, default"]),
    ("run market=boom", ["unknown market 'boom'", "default, dongbeitang, slack, tight"]),
    ("run hydra/launcher=nosuch", ["unknown hydra/launcher 'nosuch'", "basic"]),
    # grammar
    ("run zibo", ["cannot read 'zibo'", "KEY=VALUE", "Did you mean 'programme=zibo'?"]),
    ("run programme:zibo", ["cannot read 'programme:zibo'", "Did you mean 'programme=zibo'?"]),
    ("run programme= zibo", ["cannot read 'zibo'", "KEY=VALUE"]),
    ("run =zibo", ["cannot read '=zibo'", "no key before the '='"]),
    ("run policy.lodging", ["cannot read 'policy.lodging'", "KEY=VALUE"]),
    ("run policy.lodging.free_nights=[3", ["cannot read 'policy.lodging.free_nights=[3'", "quotes"]),
    ("run population.graduates=10,20", ["gives several values", "yizhan sweep -m population.graduates=10,20"]),
    ("run policy.lodging.free_nights=${nosuch}", ["policy.lodging.free_nights", "'nosuch' not found"]),
    # options
    ("run --nosuch", ["unknown option '--nosuch'", "yizhan run --help"]),
    ("run --multi", ["unknown option '--multi'", "Did you mean '--multirun'?"]),
    ("run --cfg everything", ["--cfg everything", "job, hydra, all"]),
    ("run --config-name=foo", ["--config-name is not used here", "programme=FILE.yaml"]),
    ("run --config-name sweep", ["--config-name is not used here", "--config-dir=FOLDER"]),
    ("run --config-path conf", ["--config-path is not used here"]),
    ("run --config-dir", ["--config-dir names no folder"]),
    ("run --config-dir=nowhere", ["--config-dir names nowhere, which is no folder"]),
    # what would mean something else
    ("run programme=zibo ~days", ["~days: nothing can be taken away", "days=VALUE"]),
    ("run ~market", ["~market: nothing can be taken away"]),
    ("run +days=5", ["days has a value already", "leave out the '+': days=5"]),
    ("run +programme@policy=zibo", ["without @", "programme=NAME"]),
    ("run programme=/a/b", ["programme=/a/b: there is no such file"]),
    ("run programme=mine.yaml", ["programme=mine.yaml: there is no such file"]),
    ("run programme=海口", ["unknown programme '海口'"]),
    # digits in groups
    ("run population.graduates=1,000,000", ["digits are not grouped", "write population.graduates=1000000"]),
    ("run population.graduates=１，０００", ["digits are not grouped", "write population.graduates=1000"]),
    ("sweep -m policy.loans.budget=1,000,000", ["digits are not grouped", "write policy.loans.budget=1000000"]),
    ("run policy.loans.budget=9223372036854775808", ["policy.loans.budget is 9223372036854775808", "at most 1e+15 (CNY)"]),
    ("sweep -m policy.loans.budget=null,1e6,1_000_000", ["policy.loans.budget is given the value 1000000 twice", "(1000000.0, 1000000)"]),
    ("sweep -m policy.loans.budget=100万,1000000", ["policy.loans.budget is given the value 1000000 twice", "100万"]),
    # sweeps
    ("sweep", ["nothing to sweep", "policy.lodging.free_nights=0,3,6,14"]),
    ("sweep -m programme=zibo", ["nothing to sweep"]),
    ("sweep -m policy.lodging.free_nights=3", ["nothing to sweep"]),
    ("sweep -m policy.lodging.free_nights=0,3 output=a,b", ["output cannot be swept"]),
    ("sweep -m replicates=1,2", ["replicates cannot be swept"]),
    ("sweep -m hydra.sweep.dir=a,b", ["hydra.sweep.dir cannot be swept"]),
    ("sweep -m policy.lodging.free_nights=0,400", ["policy.lodging.free_nights is 400", "at most 365"]),
    ("sweep -m policy.lodging.free_nihts=0,3", ["unknown key 'policy.lodging.free_nihts'", "policy.lodging.free_nights"]),
    ("sweep -m policy.lodging.free_nights=0,", ["cannot read 'policy.lodging.free_nights=0,'"]),
    ("sweep -m policy.lodging.free_nights=0,0", ["policy.lodging.free_nights is given the value 0 twice"]),
    ("sweep -m policy.lodging.free_nights=0,3 policy.lodging.free_nights=6", ["policy.lodging.free_nights is given 2 times"]),
    ("sweep -m policy.lodging.free_nights=interval(0,3)", ["policy.lodging.free_nights has no list of values", "range("]),
    ("sweep -m programme=glob(no*)thing", ["cannot read"]),
    ("sweep -m days=glob(*)", ["days has no list of values", "glob(...) is for names of files"]),
    ("sweep -m programme=none,nosuch", ["unknown programme 'nosuch'"]),
    ("sweep -m seed=0,-1", ["seed is -1", "at least 0"]),
    ("sweep -m days=10,0", ["days is 0", "at least 1"]),
    (
        "sweep -m programme=none,zibo start=2020-10-01,2020-12-01 policy.lodging.opening_date=2020-11-01",
        ["opening_date is 2020-11-01", "the start of the run (2020-12-01)"],
    ),
    ("sweep -m population.final_year_share=0.1,0.9 population.recent_share=0.05,0.5", ["must not exceed 1"]),
    ("sweep -m outcomes=[station_guest] days=3,4", ["unknown outcome 'station_guest'", "Did you mean 'station_guests'?"]),
    ("sweep -m outcomes=station_guests days=3,4", ["outcomes is 'station_guests'", "outcomes=[a,b]"]),
    ("sweep -m outcom=[hires] days=3,4", ["unknown key 'outcom'", "Did you mean 'outcomes'?"]),
    ("sweep --nosuch days=3,4", ["unknown option '--nosuch'"]),
    # comparisons
    ("compare comparison=nigths", ["unknown comparison 'nigths'", "Did you mean 'nights'?"]),
    ("compare comparison=null", ["comparison is null", "one name of: loan_rates, nights"]),
    ("compare comparison=[nights,programme]", ["comparison is [nights,programme]", "one name of: loan_rates, nights"]),
    ("compare programme=zbio", ["unknown programme 'zbio'", "Did you mean 'zibo'?"]),
    ("compare -m programme=zibo seed=1,2", ["leave out -m", "yizhan list comparisons", "yizhan sweep -m"]),
    ("compare outcomes=[hire]", ["unknown outcome 'hire'", "Did you mean 'hires'?"]),
    ("compare precision_outcome=employed", ["unknown outcome 'employed'", "yizhan list outcomes"]),
    ("compare precision=-1", ["precision is -1", "a finite number, at least 0", "or null"]),
    ("compare precision=narrow", ["precision is 'narrow'", "a finite number"]),
    ("compare most_replicates=0", ["most_replicates is 0", "at least 1"]),
    ("compare precison=10", ["unknown key 'precison'", "Did you mean 'precision'?"]),
    ("compare comparison.baseline=programm", ["unknown baseline 'programm'", "Did you mean 'programme'?"]),
    ("compare comparison.variants.nosuch.days=3", ["comparison.variants.nosuch"]),
    ("compare programme=zibo +comparison.variants.x={policy.lodging.free_nights:400}", ["comparison.variants.x: policy.lodging.free_nights is 400"]),
    ("compare programme=zibo +comparison.variants.x={days:3}", ["variant x has another days than the baseline"]),
    ("compare programme.x=3", ["unknown key 'programme.x'"]),
    ("run comparison=nights", ["unknown key 'comparison'"]),
    ("compare --nosuch", ["unknown option '--nosuch'", "yizhan compare --help"]),
    # trials
    ("trial study=casework", ["unknown study 'casework'", "Known: career_mentor, casework_saturation"]),
    ("trial study=null", ["study is null", "career_mentor, casework_saturation"]),
    ("trial -m seed=1,2", ["leave out -m", "yizhan list studies"]),
    ("trial study.design=clusterd", ["study.design is 'clusterd'", "individual or clustered or saturation"]),
    ("trial study.treated_share=2 study.design=individual", ["study.treated_share is 2", "at most 1"]),
    ("trial study.saturations=[0.5,1]", ["saturations", "pure control areas"]),
    ("trial study.outcomes=[work]", ["unknown outcome of a trial 'work'", "Did you mean 'works'?"]),
    ("trial study.followup_days=[700]", ["days is 395", "set days=730"]),
    ("trial days=100", ["days is 100", "set days=395"]),
    ("trial markets=3", ["two clusters of each kind, 10 in all, but there are 3", "set markets=10"]),
    ("trial markets=0", ["markets is 0", "at least 1"]),
    ("trial policy.casework.enabled=false", ["policy.casework offers nothing"]),
    ("trial study.enrolment_dya=3", ["unknown key 'study.enrolment_dya'", "Did you mean 'study.enrolment_day'?"]),
    ("trial +study.arms.x={services:[equity]}", ["equity reaches employers"]),
    ("trial +study.arms.x={servces:[loans]}", ["unknown key 'study.arms.x.servces'", "Did you mean 'study.arms.x.services'?"]),
    ("trial study.eligible.places=[nowhere]", ["study.eligible.places", "'nowhere'"]),
    ("run study=job_fair", ["unknown key 'study'"]),
    # options
    ("run programme=zibo --info", ["--info: write --info=WHAT, with WHAT one of all, config"]),
    ("run --info=nothing", ["--info=nothing: write --info=WHAT"]),
    ("run programme=zibo --resolve", ["--resolve goes with --cfg: yizhan run --cfg job --resolve"]),
    ("run programme=zibo --hydra-help", ["--hydra-help stands alone"]),
    ("run --cfg job --info=all", ["--cfg and --info do not go together"]),
    # checks
    ("check programme=zibo", ["unknown key 'programme'", "Did you mean 'programmes'?", "Write programmes=[zibo], or yizhan check add"]),
    ("check updat=true", ["unknown key 'updat'", "Did you mean 'update'?"]),
    ("check policy.lodging.free_nights=3", ["unknown key 'policy.lodging.free_nights'", "Known: mode, update, update_in_ci, programmes, directory"]),
    ("check +foo=3", ["unknown key 'foo'"]),
    ("check zibo", ["cannot read 'zibo'", "Did you mean 'programmes=[zibo]'?"]),
    ("check update", ["cannot read 'update'", "KEY=VALUE, for example update=true"]),
    ("check programmes=zibo", ["programmes is 'zibo'", "a list, such as programmes=[a,b]"]),
    ("check programmes=none,zibo", ["programmes is none,zibo", "programmes=[none,zibo]"]),
    ("check programmes=[zbio]", ["unknown programme 'zbio'", "Did you mean 'zibo'?", "none, youth_venture, zibo"]),
    ("check update=maybe", ["update is 'maybe'", "true or false"]),
    ("check workers=0", ["workers is 0", "at least 1 and at most 4096, or null"]),
    ("check update=true graduates=0", ["graduates is 0", "at least 1"]),
    ("check language=fr", ["language is 'fr'", "en or zh"]),
    ("check directory=", ["directory is ''", "a text that is not empty"]),
    ("check directory=/proc/version", ["directory=/proc/version is a file", "name a folder"]),
    ("check directory=/proc/version/x", ["cannot use directory=/proc/version/x", "name a folder"]),
    ("check directory=/proc/yizhan update=true", ["cannot write directory=/proc/yizhan", "name a folder that can be written"]),
    ("check output=.", ["output=.", "name a folder of its own"]),
    ("check -m programmes=[none]", ["leave out -m"]),
    ("check --nosuch", ["unknown option '--nosuch'", "yizhan check --help"]),
]


def split(line: str) -> list[str]:
    """Split a line at its spaces, but for those within quotes."""
    words: list[str] = []
    for part in line.split(" "):
        if words and words[-1].count("'") == 1:
            words[-1] += f" {part}"
        else:
            words.append(part)
    return words


@pytest.mark.parametrize(("line", "fragments"), VERBS, ids=[line for line, _ in VERBS])
def test_a_mistake_is_refused_with_what_to_do(yizhan: Command, tmp_path: Path, line: str, fragments: list[str]) -> None:
    said = yizhan(*split(line))
    check_refused(said, tmp_path)
    assert [fragment for fragment in fragments if fragment not in said.err] == []
    assert len(said.err.splitlines()) <= 2


def check_refused(said: Any, folder: Path) -> None:
    """Check that a command was refused without noise, and left nothing."""
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("yizhan: ")
    for noise in ("Traceback", "Error executing", "HYDRA_FULL_ERROR", "pydantic", "None", "usage:"):
        assert noise not in said.err
    assert list(folder.iterdir()) == []


def rounds() -> list[dict[str, list[str]]]:
    """Return the values in groups of one kind, of the verb or of the scenario, in which no key has two: one command refuses them all."""
    found: list[dict[str, list[str]]] = []
    for word, fragments in VALUES:
        is_option = key_of(word) in RunOptions.model_fields
        keys = [[key_of(other) for other in words] for words in found]
        free = (place for place, of in enumerate(keys) if key_of(word) not in of and (of[0] in RunOptions.model_fields) == is_option)
        place = next(free, len(found))
        found[place:] = found[place:] or [{}]
        found[place][word] = fragments
    return found


def key_of(word: str) -> str:
    return word.partition("=")[0]


@pytest.mark.parametrize("values", rounds(), ids=lambda values: next(iter(values)))
def test_every_value_that_is_not_allowed_is_told(yizhan: Command, tmp_path: Path, values: dict[str, list[str]]) -> None:
    said = yizhan("run", *values)
    check_refused(said, tmp_path)
    lines = said.err.splitlines()
    assert len(lines) == len(values), said.err
    for word, fragments in values.items():
        assert any(all(fragment in line for fragment in fragments) for line in lines), (word, said.err)


def test_there_are_many() -> None:
    assert len({line for line, _ in VERBS}) == len(VERBS) >= 145
    assert len({word for word, _ in VALUES}) == len(VALUES) >= 50
