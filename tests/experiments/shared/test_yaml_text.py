"""What is written quickly are the bytes that PyYAML writes by itself."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.shared import yaml_text
from experiments.shared.yaml_text import yaml_of
from sim.scenario import load_scenario

PIECES = (
    "a", "longer-word", "上海青年", "，", "。", "（", "é", "x: y", "-", "#", "'", '"', "%", "1", "1e3", "null", "yes", " ", "?", ":", "[", "{",
    "&", "*", "!", "|", ">", "@", "`", "---", "...", "=", "<<", "~", "\n", "\t", "\u2028", "\u3000", "\ufeff", "\x85", "\x00", "😀",
)  # fmt: skip
PHRASES = st.lists(st.sampled_from(PIECES[:30]), max_size=40).map(" ".join)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=70).map("".join) | PHRASES | st.text(max_size=30)
VALUES: st.SearchStrategy[Any] = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
TREES = st.recursive(VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=8)


def wanted(content: Any) -> str:
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(TEXTS, TREES, max_size=4))
def test_anything_is_written_as_by_pyyaml(content: dict[str, Any]) -> None:
    assert yaml_of(content) == wanted(content)


@pytest.mark.parametrize("content", [
    {}, {"": 1}, {"a": "😀"}, {"键" * 50: 1}, {"k" * 130: 1}, {"a": "一\t二"}, {"a": ["x\u2028y", {"b": "\x85"}]}, {"a": {"": 2}}, {"a": [[]]},
    {"a": "青年 " * 90, "b": "word " * 90, "c": "\n\n a\n"}, {"a": float("inf"), "b": -0.0, "c": 1e22, "d": True, "e": None},
])  # fmt: skip
def test_what_libyaml_writes_otherwise_is_left_to_pyyaml(content: dict[str, Any]) -> None:
    assert yaml_of(content) == wanted(content)


def test_what_is_one_thing_in_two_places_is_written_once() -> None:
    one = [1, 2]
    assert yaml_of({"a": one, "b": one}) == wanted({"a": one, "b": one})


@pytest.mark.skipif(not hasattr(yaml, "CSafeDumper"), reason="PyYAML without libyaml")
def test_a_configuration_is_written_by_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    content = load_scenario("zibo", {}).model_dump(mode="json")
    text = wanted(content)
    assert yaml_of(content) == text
    monkeypatch.setattr(yaml_text, "_is_written_alike", lambda _: False)
    assert yaml_of(content) == text
    monkeypatch.undo()
    monkeypatch.setattr(yaml, "SafeDumper", None)
    assert yaml_of(content) == text
