"""Run the tests that claim a module against each of its faults, and keep what was found: an interrupted run goes on where it was.

``python -m tests.mutants.run [--only WORDS …] [--report]``. Results are kept under ``YIZHAN_MUTANTS``, else in ``tests/mutants/.results``.
"""

import argparse
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.mutants.claims import claims_of
from tests.mutants.graft import copy_with_faults
from tests.mutants.mutant import ROOT, Mutant, read_table

LONGEST = 240
"""Seconds of the processor after which a run is said not to end: a fault that loops for ever is found out."""
NO_FAULT = -1


@dataclass(frozen=True)
class Finding:
    """What the tests said of one mutant."""

    name: str
    killed: bool
    by: str
    seconds: float
    valid_for: str
    """Digest of the sources and of the tests on which the finding rests."""


def results_folder() -> Path:
    """Return where results are kept."""
    return Path(os.environ.get("YIZHAN_MUTANTS") or Path(__file__).with_name(".results"))


def digest_of(paths: Iterable[Path]) -> str:
    """Sum up the content of files, wherever they lie."""
    digest = hashlib.sha256()
    for name, content in sorted((path.name, path.read_bytes()) for path in paths):
        digest.update(name.encode() + content)
    return digest.hexdigest()[:16]


def sources(tests: Path = ROOT) -> list[Path]:
    """Return the files of the model and what all tests share."""
    shared = [*(tests / "tests").glob("*.py"), *(tests / "tests/sim").glob("conftest.py"), *(tests / "tests/sim").glob("tiny.py")]
    return [*(ROOT / "sim").rglob("*.py"), *shared]


def rests_on(mutant: Mutant, killed_by: str, tests: Path = ROOT) -> str:
    """Return the digest for which a finding holds: a kill, for the file that killed; a breakdown, for any; a survival, for all that were tried."""
    file = killed_by.partition("::")[0]
    files = [file] if killed_by and (ROOT / file).is_file() else [] if killed_by else claims_of(mutant.module)
    return digest_of([*sources(tests), *(tests / file for file in files)])


def read_findings() -> dict[str, Finding]:
    """Read what is known: the last word on each mutant."""
    path = results_folder() / "findings.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {finding.name: finding for finding in (Finding(**json.loads(line)) for line in lines)}


def findings_that_hold(mutants: list[Mutant]) -> dict[str, Finding]:
    """Return what is known of the present sources and tests."""
    known = read_findings()
    return {mutant.name: known[mutant.name] for mutant in mutants if is_known(mutant, known)}


def is_known(mutant: Mutant, known: dict[str, Finding]) -> bool:
    """Tell whether a finding still holds."""
    finding = known.get(mutant.name)
    return finding is not None and finding.valid_for == rests_on(mutant, finding.by)


def prepare(mutants: list[Mutant]) -> Path:
    """Make the copy that holds every fault, anew where sources or faults have changed; its tests are those of today."""
    folder = results_folder() / "copy"
    stamp = folder / "made-of"
    here = Path(__file__).parent
    state = digest_of([*sources(), here / "graft.py", here / "switch.py"]) + "\n".join(mutant.name for mutant in mutants)
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != state:
        for path in folder.glob("*"):
            if path.is_dir() and path.name != "cache":  # what is compiled is found again by a digest of what it is made of
                shutil.rmtree(path)
        folder.mkdir(parents=True, exist_ok=True)
        copy_with_faults(folder, mutants)
        stamp.write_text(state, encoding="utf-8")
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__", "mutants"), dirs_exist_ok=True)
    return folder


def run_tests(folder: Path, number: int, files: list[str], *options: str) -> tuple[int, str]:
    """Run test files with one fault on. Returns the exit code, negative where the process was ended, and what was written."""
    environment = os.environ | {"YIZHAN_FAULT": str(number), "YIZHAN_CACHE": str(folder / "cache"), "PYTHONPATH": str(folder), "COLUMNS": "200"}
    command = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "-rfE", "--tb=no", *options, *files]
    patience = () if number == NO_FAULT else (LONGEST, LONGEST + 5)

    def limit() -> None:
        if patience:
            resource.setrlimit(resource.RLIMIT_CPU, patience)

    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, preexec_fn=limit)
    return done.returncode, done.stdout + done.stderr


def failed_in(written: str) -> list[str]:
    """Return the tests that failed, by what pytest wrote."""
    return [found[1] for line in written.splitlines() if (found := re.match(r"(?:FAILED|ERROR) (tests/\S+(?:\[.*?\])?)(?: - .*)?$", line))]


def fails_without_fault(folder: Path, mutants: list[Mutant]) -> list[str]:
    """Return the tests that fail in the copy as it is: they say nothing about faults. What is known of a file is kept beside the copy."""
    kept = folder / "fail-without-fault.json"
    known = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    files = {file for mutant in mutants for file in claims_of(mutant.module)}
    states = {file: digest_of([*sources(), ROOT / file]) for file in sorted(files)}
    pending = [file for file, state in states.items() if known.get(file, {}).get("state") != state]
    if pending:
        code, written = run_tests(folder, NO_FAULT, pending)
        if code not in {0, 1}:
            message = f"the tests do not run in the copy {folder}:\n{written[-3000:]}"
            raise RuntimeError(message)
        failed = failed_in(written)
        known |= {file: {"state": states[file], "failed": [name for name in failed if name.startswith(f"{file}::")]} for file in pending}
        kept.write_text(json.dumps(known), encoding="utf-8")
    return [name for file in states for name in known[file]["failed"]]


def try_mutant(folder: Path, number: int, mutant: Mutant, left_out: list[str]) -> Finding:
    """Run the tests of its module against one fault, to the first that fails."""
    began = time.monotonic()
    files = claims_of(mutant.module)
    code, written = run_tests(folder, number, files, "-x", *(f"--deselect={name}" for name in left_out))
    if code in {3, 4, 5}:
        message = f"{mutant.name}: pytest ended with {code}\n{written[-2000:]}"
        raise RuntimeError(message)
    failed = failed_in(written)
    ended = {-signal.SIGXCPU: "does not end", -signal.SIGKILL: "does not end"}
    by = "" if code == 0 else failed[0] if failed else ended.get(code, f"the process breaks down ({code})")
    return Finding(mutant.name, bool(by), by, round(time.monotonic() - began, 1), rests_on(mutant, by, folder))


def run_all(only: list[str] | None = None) -> dict[str, Finding]:
    """Try every mutant of which nothing is known yet. Returns all findings that hold."""
    mutants = read_table()
    known = read_findings()
    asked = [mutant for mutant in mutants if not mutant.equivalent and all(word in mutant.name for word in only or [])]
    pending = [mutant for mutant in asked if not is_known(mutant, known)]
    if pending:
        folder = prepare(mutants)
        left_out = fails_without_fault(folder, pending)
        if left_out:
            sys.stdout.write(f"fail without a fault, and are left out: {', '.join(left_out)}\n")
        with (results_folder() / "findings.jsonl").open("a", encoding="utf-8") as kept:
            for place, mutant in enumerate(pending, start=1):
                finding = try_mutant(folder, mutants.index(mutant), mutant, left_out)
                known[finding.name] = finding
                kept.write(json.dumps(asdict(finding), ensure_ascii=False) + "\n")
                kept.flush()
                sys.stdout.write(f"{place}/{len(pending)} {finding.seconds:.0f} s {finding.by or 'SURVIVED'}: {mutant.name}\n")
                sys.stdout.flush()
    return {mutant.name: known[mutant.name] for mutant in asked}


def main() -> None:
    """Run, and write the page."""
    from tests.mutants.report import write_page

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", help="words that a mutant's name has to hold")
    parser.add_argument("--report", action="store_true", help="only write docs/mutants.md")
    options = parser.parse_args()
    if not options.report:
        run_all(options.only)
    if not options.only:
        write_page(read_table(), findings_that_hold(read_table()))


if __name__ == "__main__":
    main()
