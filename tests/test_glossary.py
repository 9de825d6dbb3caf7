"""One word for each thing (docs/glossary.md): no other words for it, and full-width punctuation in Chinese, wherever a person may read it."""

import ast
import io
import re
import tokenize
from functools import cache
from pathlib import Path

from sim.levers import LEVER_LABELS
from sim.outcomes import OUTCOMES
from sim.results import GROUP_LABELS
from tests.trees import ROOT, files_of, named, nodes_of

CODE = files_of("sim", "experiments")
PAGES = sorted([*(ROOT / "docs" / "tables").glob("*.md")])
CONFIGURATION = sorted((ROOT / "configs").rglob("*.yaml"))
CHINESE = re.compile("[\u4e00-\u9fff]")
HALF_WIDTH = re.compile("[\u4e00-\u9fff] ?[,;:!?(](?!//)|[,;!?] ?[\u4e00-\u9fff]|[(][^()]*[\u4e00-\u9fff][^()]*[)]")
"""Half-width punctuation beside a Chinese character, or brackets around some."""


def words_refused() -> list[str]:
    """Return the words that the glossary says not to use."""
    rows = [line.split("|") for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [word.strip() for row in rows[1:] for word in row[3].split(",") if word.strip(" -")]


@cache
def chinese_of(path: Path) -> list[tuple[int, str]]:
    """Return line and content of each text with Chinese in a file that a person may read: strings of code that document nothing, values of YAML."""
    text = path.read_text(encoding="utf-8")
    if not CHINESE.search(text):
        return []
    if path.suffix == ".py":
        documents = {node.value.lineno for node in nodes_of(path) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
        strings = (token for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type == tokenize.STRING)
        found = [(one.start[0], one.string) for one in strings if one.start[0] not in documents and not one.string.startswith(("r", "rf"))]
    else:
        lines = enumerate(text.splitlines(), start=1)
        found = [(number, re.sub(r"(^|\s)#.*", "", line) if path.suffix == ".yaml" else line) for number, line in lines]
    return [(line, content) for line, content in found if CHINESE.search(content)]


def is_chinese(text: str) -> bool:
    """Tell whether a text is a Chinese one: more Chinese characters than Latin words."""
    text = re.sub(r"\{[^{}]*\}", "", text)
    return len(CHINESE.findall(text)) >= max(1, len(re.findall("[A-Za-z]{2,}", text)))


def test_the_glossary_refuses_something() -> None:
    assert {"无谓损失", "置信区间", "显著", "挤出"} <= set(words_refused())


def test_texts_with_chinese_are_found() -> None:
    assert len([path for path in CODE if chinese_of(path)]) > 100
    assert all(chinese_of(path) for path in PAGES)


def test_there_is_one_word_for_each_thing() -> None:
    refused = words_refused()
    paths = (*CODE, *CONFIGURATION, *PAGES)
    assert [f"{named(path)}:{line}: {word}" for path in paths for line, text in chinese_of(path) for word in refused if word in text] == []


def parts_of(path: Path) -> list[tuple[int, str]]:
    """Return the lines of the strings of code, and what stands between commas and braces of YAML."""
    return [(line, part) for line, text in chinese_of(path) for part in (text.splitlines() if path.suffix == ".py" else re.split("[,{}]", text))]


def test_chinese_has_full_width_punctuation() -> None:
    parts = ((named(path), line, part) for path in (*CODE, *CONFIGURATION) for line, part in parts_of(path) if is_chinese(part))
    assert [f"{name}:{line}: {part}" for name, line, part in parts if HALF_WIDTH.search(re.sub(r"\{[^{}]*\}", "", part))] == []


def test_chinese_names_of_outcomes_and_groups_have_full_width_punctuation() -> None:
    labels = [words["zh"] for outcome in OUTCOMES.values() for words in (outcome.label, outcome.unit, outcome.meaning)]
    labels += [words["zh"] for words in (*GROUP_LABELS.values(), *LEVER_LABELS.values())]
    assert [label for label in labels if HALF_WIDTH.search(label)] == []
