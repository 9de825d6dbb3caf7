"""The examples of the pages run as they stand there, but for their size."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from experiments.cli import main

pytestmark = pytest.mark.usefixtures("few_objects")

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("docs/python.md", "docs/own-rules.md")
SMALLER = (
    (r'"population\.graduates": \d+', '"population.graduates": 150'), (r'"days": (90|200)\b(?=[,}])(?!, "study)', '"days": 20'),
    (r"replicates=\d+", "replicates=2"),
)  # fmt: skip


def blocks_of(page: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_examples_of_a_page_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^```sh\nyizhan (.*?)\n```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    blocks = blocks_of(page)
    assert blocks
    names: dict[str, object] = {"__name__": "page"}
    with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.redirect_stderr(io.StringIO()):
        for command in commands:
            assert main([*command.split(), "population.graduates=150", "replicates=2", "figures=false"]) == 0
        for block in blocks:
            text = block
            for pattern, smaller in SMALLER:
                text = re.sub(pattern, smaller, text)
            exec(compile(text, page, "exec"), names)  # noqa: S102 (a page of our own)
    assert len(said.getvalue()) > 10


def test_the_example_of_the_readme_names_what_there_is() -> None:
    (block,) = blocks_of("README.md")
    imports = "\n".join(line for line in block.splitlines() if line.startswith(("from ", "import ")))
    names: dict[str, object] = {}
    exec(compile(imports, "README.md", "exec"), names)  # noqa: S102 (a page of our own)
    compile(block, "README.md", "exec")
    assert "yizhan" in imports
