"""The page's files: nothing from elsewhere, nothing that the policy forbids, words in both languages."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.experiments.dashboard.fake import PAGE

OWN = [path for path in sorted(PAGE.rglob("*")) if path.suffix in (".js", ".css", ".html", ".svg") and "vendor" not in path.parts]
MODULES = [path for path in OWN if path.suffix == ".js"]
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml", "http://www.w3.org/1999/xlink")
ABSOLUTE = re.compile(r"""(?:\b(?:https?|wss?):|["'(]//|url\(\s*["']?[a-z]+:)[^\s"'`)]*""")
NODE = shutil.which("node")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(PAGE).as_posix()


@pytest.mark.parametrize("path", OWN, ids=name_of)
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    plain = text_of(path)
    for namespace in NAMESPACES:
        plain = plain.replace(namespace, "")
    assert ABSOLUTE.findall(plain) == [], "the page asks its own server alone"


def test_the_vendored_library_fetches_nothing() -> None:
    held = text_of(PAGE / "vendor" / "echarts.min.js")
    assert re.findall(r"\bfetch\(|XMLHttpRequest|importScripts|WebSocket|sendBeacon|sourceMappingURL", held) == []
    assert "Apache License" in text_of(PAGE / "vendor" / "echarts-LICENSE.txt")
    assert "zrender" in text_of(PAGE / "vendor" / "echarts-NOTICE.txt")


@pytest.mark.parametrize("path", OWN, ids=name_of)
def test_nothing_breaks_the_policy(path: Path) -> None:
    """No markup made of text, no code made of text, no style or handler in a tag."""
    plain = text_of(path)
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\bcssText\b|localStorage", plain) == []
    assert re.findall(r"""\sstyle=|<style|\son[a-z]+="|javascript:|setAttribute\(["']style""", plain) == []


def test_every_module_is_there() -> None:
    for path in MODULES:
        for named in re.findall(r"""(?:from|import\()\s*["'](\.[^"'$]+)["']""", text_of(path)):
            assert (path.parent / named).is_file(), f"{name_of(path)} imports {named}"


@pytest.mark.skipif(NODE is None, reason="no node on this machine to read the words with")
def test_every_sentence_has_both_languages_and_the_same_blanks() -> None:
    """What the page says is there in Chinese and English, and is said somewhere."""
    names = ("words_begin", "words_answer")
    code = "".join(f'import * as {name} from "{(PAGE / f"{name}.js").as_uri()}";' for name in names)
    code += "console.log(JSON.stringify([words_begin.BEGIN, words_answer.ANSWER]));"
    done = subprocess.run([str(NODE), "--no-warnings", "--input-type=module", "-e", code], capture_output=True, text=True, check=True)
    held: list[dict[str, dict[str, str]]] = json.loads(done.stdout)
    assert not set(held[0]) & set(held[1]), "a key stands in one file"
    words = held[0] | held[1]
    for key, texts in words.items():
        assert set(texts) == {"zh", "en"}, key
        chinese = re.sub(r"\{\w+\}", "", texts["zh"])
        assert re.search(r"[\u4e00-\u9fff]", chinese) or not re.search("[a-z]{3}", chinese) or chinese in ("English", "Python"), f"{key} has no Chinese"
        blanks = [set(re.findall(r"\{(\w+)\}", texts[tongue])) for tongue in ("zh", "en")]
        assert blanks[0] == blanks[1], key
    sources = "".join(text_of(path) for path in MODULES if not path.name.startswith("words_"))
    said = set(re.findall(r"""\bsay\(\s*["']([^"']+)["']""", sources))
    assert said - set(words) == set(), "no words for these"
    stems = set(re.findall(r"""`([\w.-]+\.)\$\{""", sources))
    idle = {key for key in words if f'"{key}"' not in sources and not any(key.startswith(stem) for stem in stems)}
    assert idle == set(), "nobody says these"
