"""The Chinese README says what the English one does: the same headings, commands, tables, pictures and links, and every link leads somewhere."""

import re
import tomllib
from pathlib import Path

import pytest

from experiments.shared import progress
from sim.bilingual import in_language
from sim.code_cache import Kept

ROOT = Path(__file__).parents[1]
ENGLISH, CHINESE = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))


def blocks(text: str, language: str) -> list[str]:
    return [re.sub(r" *#.*", "", block) for block in re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)]


def links(text: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", text)


def test_each_leads_to_the_other() -> None:
    assert "README.zh.md" in links(ENGLISH)
    assert "README.md" in links(CHINESE)


@pytest.mark.parametrize("language", ["sh", "python"])
def test_what_is_typed_is_the_same(language: str) -> None:
    assert blocks(CHINESE, language) == blocks(ENGLISH, language) != []


@pytest.mark.parametrize("pattern", [r"^## ", r"^\| ", r"^!\[", r"^```", r"^- "])
def test_the_form_is_the_same(pattern: str) -> None:
    def count(text: str) -> int:
        return len(re.findall(pattern, re.sub(r"^```text\n.*?^```", "```text\n```", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE))

    assert count(CHINESE) == count(ENGLISH) > 0


def test_the_links_are_the_same() -> None:
    assert set(links(CHINESE)) - {"README.md"} == set(links(ENGLISH)) - {"README.zh.md"}


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_link_leads_somewhere(text: str) -> None:
    assert [link for link in links(text) if "://" not in link and not (ROOT / link.partition("#")[0]).exists()] == []


def test_what_is_named_is_named_in_both() -> None:
    """Keys, commands and files stand in backquotes, the same in both but for words such as KEY and 键."""

    def named(text: str) -> set[str]:
        return {word for word in re.findall(r"`([a-z_.]+(?:=[a-z0-9]+)?)`", text) if len(word) > 2}

    assert named(CHINESE) == named(ENGLISH)


def test_every_page_of_the_documents_is_linked() -> None:
    pages = {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")}
    assert pages - {link.partition("#")[0] for link in links(ENGLISH)} == set()
    model = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    assert [path.name for path in (ROOT / "docs" / "model").glob("*.md") if f"(model/{path.name})" not in model] == []


def test_every_extra_that_a_command_needs_is_in_the_one_line_that_adds_them() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    line = re.search(r'pip install "yizhan\[([a-z,]+)\]"', ENGLISH)
    assert line is not None
    assert line.group() in CHINESE
    assert set(line.group(1).split(",")) == set(declared) - {"test", "browser", "develop"}


OF_COMPILING = ("README.md", "README.zh.md", "CONTRIBUTING.md", "docs/ci.md", "docs/sweeps.md", "docs/tutorial.md", "docs/tutorial.zh.md")


@pytest.mark.parametrize("page", OF_COMPILING)
def test_a_page_says_how_long_compiling_takes_in_the_words_of_the_command(
    page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    language = "zh" if page.endswith(".zh.md") else "en"
    monkeypatch.setattr(progress, "is_loaded", lambda: False)
    monkeypatch.setattr(progress, "kept_code", lambda: Kept.DAMAGED)
    progress.announce_compilation(language)
    words = in_language(progress.COMPILING, language)
    assert words in capsys.readouterr().err
    paragraphs = re.split(r"\n\s*\n", (ROOT / page).read_text(encoding="utf-8"))
    assert any(words in each and re.search("compil|编译", each) for each in paragraphs)


def test_the_tutorials_type_the_same_but_for_the_language() -> None:
    english, chinese = (blocks((ROOT / "docs" / f"tutorial{ending}.md").read_text(encoding="utf-8"), "sh") for ending in ("", ".zh"))
    assert [block.replace("language=en", "language=zh") for block in english] == chinese
    assert any("language=zh" in block for block in chinese)
