"""One word for each thing (docs/glossary.md): no other words for it, and full-width punctuation in Chinese, wherever a person may read it."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.levers import LEVER_LABELS
from sim.outcomes import OUTCOMES
from sim.results import GROUP_LABELS

ROOT = Path(__file__).parents[1]
CODE = sorted([*(ROOT / "sim").rglob("*.py"), *(ROOT / "experiments").rglob("*.py")])
PAGES = sorted([*(ROOT / "docs" / "tables").glob("*.md")])
CONFIGURATION = sorted((ROOT / "configs").rglob("*.yaml"))
CHINESE = re.compile("[\u4e00-\u9fff]")
HALF_WIDTH = re.compile("[\u4e00-\u9fff] ?[,;:!?(](?!//)|[,;!?] ?[\u4e00-\u9fff]|[(][^()]*[\u4e00-\u9fff][^()]*[)]")
"""Half-width punctuation beside a Chinese character, or brackets around some."""


def words_refused() -> list[str]:
    """Return the words that the glossary says not to use."""
    rows = [line.split("|") for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [word.strip() for row in rows[1:] for word in row[3].split(",") if word.strip(" -")]


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and content of each text in a file that a person may read: strings of code that document nothing, values of YAML."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        documents = {node.value.lineno for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.STRING and token.start[0] not in documents and not token.string.startswith(("r", "rf")):
                yield token.start[0], token.string
    else:
        for number, line in enumerate(text.splitlines(), start=1):
            yield number, re.sub(r"(^|\s)#.*", "", line) if path.suffix == ".yaml" else line


def is_chinese(text: str) -> bool:
    """Tell whether a text is a Chinese one: more Chinese characters than Latin words."""
    text = re.sub(r"\{[^{}]*\}", "", text)
    return len(CHINESE.findall(text)) >= max(1, len(re.findall("[A-Za-z]{2,}", text)))


def test_the_glossary_refuses_something() -> None:
    assert {"无谓损失", "置信区间", "显著", "挤出"} <= set(words_refused())


@pytest.mark.parametrize("path", [*CODE, *CONFIGURATION, *PAGES], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_there_is_one_word_for_each_thing(path: Path) -> None:
    refused = words_refused()
    assert [(line, word) for line, text in texts_of(path) if CHINESE.search(text) for word in refused if word in text] == []


@pytest.mark.parametrize("path", [*CODE, *CONFIGURATION], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_chinese_has_full_width_punctuation(path: Path) -> None:
    parts = ((line, part) for line, text in texts_of(path) for part in (text.splitlines() if path.suffix == ".py" else re.split("[,{}]", text)))
    assert [(line, part) for line, part in parts if is_chinese(part) and HALF_WIDTH.search(re.sub(r"\{[^{}]*\}", "", part))] == []


def test_chinese_names_of_outcomes_and_groups_have_full_width_punctuation() -> None:
    labels = [words["zh"] for outcome in OUTCOMES.values() for words in (outcome.label, outcome.unit, outcome.meaning)]
    labels += [words["zh"] for words in (*GROUP_LABELS.values(), *LEVER_LABELS.values())]
    assert [label for label in labels if HALF_WIDTH.search(label)] == []
