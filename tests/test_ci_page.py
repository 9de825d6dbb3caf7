"""The workflows of docs/ci.md: they parse, their commands are those of this version, and they run in a clean clone as far as they can here."""

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

from experiments.check.options import CheckOptions

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
GIT = ("git", "-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")


def workflow(name: str) -> dict[str, Any]:
    """Return a workflow of the page."""
    found = re.search(rf"<!-- {name} -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    content: dict[str, Any] = yaml.safe_load(found.group(1))
    return content


def commands(name: str) -> list[str]:
    """Return the commands of a workflow."""
    if name == "gitlab":
        return list(workflow(name)["check"]["script"])
    return [step["run"] for step in workflow(name)["jobs"]["check"]["steps"] if "run" in step]


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_a_workflow_installs_then_checks_by_keys_that_there_are(name: str) -> None:
    install, check = commands(name)
    assert install == "pip install -r requirements.txt"
    verb, *words = check.split()[1:]
    assert verb == "check"
    assert {word.partition("=")[0] for word in words} <= set(CheckOptions.model_fields)


def test_both_keep_the_compiled_model_and_what_was_found() -> None:
    github, gitlab = workflow("github")["jobs"]["check"], workflow("gitlab")["check"]
    used = [step.get("uses", "").partition("@")[0] for step in github["steps"]]
    cached = github["steps"][used.index("actions/cache")]["with"]["path"]
    assert github["env"]["YIZHAN_CACHE"].endswith(f"/{cached}")
    assert gitlab["variables"]["YIZHAN_CACHE"].endswith("/.yizhan-cache")
    assert ".yizhan-cache" in gitlab["cache"]["paths"]
    assert gitlab["artifacts"]["reports"]["junit"] == "check.xml"
    assert "check.xml" in github["steps"][used.index("actions/upload-artifact")]["with"]["path"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_a_workflow_runs_in_a_clean_clone(name: str, tmp_path: Path) -> None:
    """Everything but the installation, which needs a network: the package is this one."""
    (tmp_path / "shims").mkdir()
    shim = tmp_path / "shims" / "yizhan"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m experiments "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    environment = {key: value for key, value in os.environ.items() if key not in ("CI", "GITHUB_ACTIONS")}
    environment |= {"PYTHONPATH": str(ROOT), "PATH": f"{shim.parent}:{environment['PATH']}", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}

    def call(command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
        bash = str(shutil.which("bash"))
        return subprocess.run([bash, "-c", command], cwd=folder, env=environment | more, capture_output=True, text=True, check=False, timeout=600)

    (here / "mine.yaml").write_text("title: Mine\ntitle_zh: 自己的\nmarket:\n  tightness: 0.7\n", encoding="utf-8")
    made = call("yizhan check add programme=mine.yaml directory=tests/baselines graduates=150 sample=8 days=60", here)
    assert made.returncode == 0, made.stderr
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "a model"), ("clone", "-q", str(here), str(there))):
        subprocess.run([*GIT, *words], cwd=here, check=True)
    variables = {"CI": "true", **({"GITHUB_ACTIONS": "true"} if name == "github" else {"CI_PROJECT_DIR": str(there)})}
    check = commands(name)[1]
    done = call(check, there, **variables)
    assert done.returncode == 0, done.stderr
    assert ET.parse(there / "check.xml").getroot().attrib["failures"] == "0"  # noqa: S314 (ours)
    assert "✅" in (tmp_path / "summary.md" if name == "github" else there / "check.md").read_text(encoding="utf-8")
    shutil.rmtree(there / "moved")
    (there / "mine.yaml").write_text("title: Mine\ntitle_zh: 自己的\nmarket:\n  tightness: 0.2\n", encoding="utf-8")
    moved = call(check, there, **variables)
    assert moved.returncode == 1, moved.stdout
    assert ET.parse(there / "check.xml").getroot().attrib["failures"] == "1"  # noqa: S314 (ours)
    assert ("::error file=tests/baselines/mine.json" in moved.stdout) == (name == "github")
    assert "market.tightness" in (there / "moved" / "check.json").read_text(encoding="utf-8")
    assert call("yizhan check update=true directory=tests/baselines programmes=[mine]", there, **variables).returncode == 2
