"""Numbers and dates as people write them."""

from typing import Any

import pytest

from sim.errors import ConfigurationError
from sim.readings import Kind, annotation_at, kind_of, read_value, understand
from sim.scenario import Scenario

READ: list[tuple[str, Kind, Any]] = [
    ("100万", "number", 1_000_000), ("1.5亿", "number", 150_000_000), ("5%", "number", 0.05), ("5％", "number", 0.05), ("0.5‰", "number", 0.0005),
    ("５", "number", 5), ("−３", "number", -3), ("100万元", "number", 1_000_000), ("１．５", "number", 1.5), ("3千万", "number", 30_000_000),
    ("2021/1/1", "date", "2021-01-01"), ("2021年1月1日", "date", "2021-01-01"), ("２０２１-1-1", "date", "2021-01-01"),
    ("01/11/2020", "date", "01/11/2020"),
    ("ｔｒｕｅ", "flag", "true"), ("many", "number", "many"), ("五", "number", "五"), ("我的５县", "text", "我的５县"), ("5%", "text", "5%"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "kind", "read"), READ)
def test_what_people_write_is_understood(given: str, kind: Kind, read: Any) -> None:
    found = read_value(given, kind)
    assert found == read
    assert type(found) is type(read)


@pytest.mark.parametrize("given", ["1,000,000", "1，０００", "12 000", "-1,500.5"])
def test_digits_in_groups_are_refused_with_the_right_spelling(given: str) -> None:
    with pytest.raises(ConfigurationError, match=r"write -?1"):
        read_value(given, "number", "policy.loans.budget")


@pytest.mark.parametrize(
    ("key", "kind"),
    [("days", "number"), ("start", "date"), ("title_zh", "text"), ("policy.lodging.enabled", "flag"), ("policy.loans.budget", "number"),
     ("region.districts.0.share", "number"), ("region.jobs_by_field", "number"), ("policy.campus_recruitment.campuses", "text"),
     ("nosuch", "other"), ("policy", "other")],
)  # fmt: skip
def test_the_kind_of_a_key_is_known(key: str, kind: Kind) -> None:
    assert kind_of(annotation_at(Scenario.model_fields, key)) == kind


def test_composed_data_are_understood_at_any_depth() -> None:
    plain = {"days": "３０", "title_zh": "５县", "policy": {"loans": {"budget": "100万"}}, "region": {"jobs_by_field": ["5%", 1]}}
    policy = plain["policy"]
    notes = understand(plain, Scenario.model_fields)
    assert plain == {"days": 30, "title_zh": "５县", "policy": {"loans": {"budget": 1_000_000}}, "region": {"jobs_by_field": [0.05, 1]}}
    assert [note.key for note in notes] == ["days", "policy.loans.budget", "region.jobs_by_field.0"]
    assert policy == {"loans": {"budget": "100万"}}, "what was given is not changed"
    assert Scenario.load("none", {"policy.loans.budget": "100万", "start": "2021/2/3"}).policy.loans.budget == 1_000_000
