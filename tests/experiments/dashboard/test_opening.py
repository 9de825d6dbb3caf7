"""Opening what was saved elsewhere: the page's own JSON, a result folder as a ZIP, and nothing else."""

import io
import json
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from experiments.dashboard.content.asking import ask
from experiments.dashboard.content.drafts import draft_of
from experiments.dashboard.server.opening import draft_of_words
from tests.experiments.dashboard.served import SMALL, ended, error_of, served

INNER = [
    (("answer",), []), (("answer", 0, "told"), "much"), (("answer", 0, "sentence"), "a text"), (("labels",), {}), (("people",), "300"), (("days",), True),
    (("account", "programme", 0, "value"), "36"), (("account", "programme"), {}), (("how_sure", "programme", "ignorance"), [1.0]),
    (("money", "programme", "spending"), [1.0, 2.0]), (("money", "programme", "by_lever", 0, "title"), None), (("curves", "employed_in_region", "days"), []),
    (("curves", "employed_in_region", "worlds", "none", "mean"), 3), (("for_whom", "programme", 0, "hidden"), "no"), (("funnels",), []),
    (("carries", "programme", "rows"), [1]), (("reported",), [{}]), (("beside",), [1]), (("outcomes", "programme", 0, "unit"), 5), (("parts",), {"programme": {}}),
]  # fmt: skip
"""Place within a result → what no page writes there."""


def _with(content: Any, way: tuple[Any, ...], value: Any) -> Any:
    changed = json.loads(json.dumps(content))
    held = changed
    for step in way[:-1]:
        held = held[step]
    held[way[-1]] = value
    return changed


def _days(files: dict[str, bytes], change: Callable[[Any], Any]) -> bytes:
    import pyarrow.parquet as pq

    content = io.BytesIO()
    pq.write_table(change(pq.read_table(io.BytesIO(files["my result/series.parquet"]))), content)
    return content.getvalue()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def client(kept: Path) -> Iterator[TestClient]:
    with served(kept) as client:
        yield client


@pytest.fixture(scope="module")
def done(client: TestClient) -> dict[str, Any]:
    return ended(client, client.post("/api/runs", json={"draft": {**SMALL, "replicates": 2}}).json()["id"])


def sent(client: TestClient, content: bytes) -> Any:
    return client.post("/api/saved/open", files={"file": ("张三.json", content)})


def packed(files: dict[str, bytes], *, link: str = "") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if name == link:
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, text)
    return content.getvalue()


def folder_of(kept: Path, done: dict[str, Any]) -> dict[str, bytes]:
    folder = kept / "results" / done["id"]
    return {f"my result/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_pages_own_file_opens_elsewhere_with_the_same_numbers(client: TestClient, done: dict[str, Any], tmp_path: Path) -> None:
    content = client.get(f"/api/runs/{done['id']}/files/result.json").content
    with served(tmp_path) as other:
        opened = sent(other, content)
        assert opened.status_code == 201
        found = other.get(f"/api/saved/{opened.json()['id']}").json()
        assert found["result"] == done["result"]
        checked = other.post("/api/check", json={"draft": found["draft"]}).json()
        assert checked["digest"] == done["digest"]


def test_the_folder_of_a_result_opens_with_the_same_numbers(client: TestClient, done: dict[str, Any], kept: Path) -> None:
    opened = sent(client, packed(folder_of(kept, done)))
    assert opened.status_code == 201, opened.text
    found = client.get(f"/api/saved/{opened.json()['id']}").json()
    assert done["result"]["curves"]
    for part in done["result"]:
        assert found["result"][part] == done["result"][part], part
    assert client.post("/api/check", json={"draft": found["draft"]}).json()["digest"] == done["digest"]


def test_hostile_files_are_one_clear_message_each(client: TestClient, done: dict[str, Any], kept: Path) -> None:
    files = folder_of(kept, done)
    settings = files["my result/config.yaml"].decode()
    compared = json.loads(files["my result/comparison.json"])
    ours = json.loads(client.get(f"/api/runs/{done['id']}/files/result.json").content)
    hostile = {
        "empty": b"", "text": b"hello", "json": b"[]", "deep": b"[" * 50_000, "nan": b'{"draft": {}, "result": {"people": NaN}}',
        "no draft": json.dumps({"result": ours["result"]}).encode(), "bad draft": json.dumps({**ours, "draft": {"programme": "../x"}}).encode(),
        "path in a draft": json.dumps({**ours, "draft": {"changes": {"population.people": "/etc/passwd"}}}).encode(),
        "halves": json.dumps({**ours, "x": "\ud800"}).encode(), "signs": json.dumps({**ours, "x": "a\u202eb"}).encode(),
        "no part": json.dumps({**ours, "result": {**ours["result"], "answer": 3}}).encode(),
        "broken zip": packed(files)[:-40], "not a zip": b"PK\x03\x04" + b"x" * 300, "empty zip": packed({"a.txt": b""}),
        "climbs": packed({**files, "../../etc/cron.d/x": b"x"}), "absolute": packed({**files, "/etc/x": b"x"}), "drive": packed({**files, "C:\\x": b"x"}),
        "link": packed({**files, "my result/a": b"/etc/passwd"}, link="my result/a"),
        "bomb": packed({**files, "my result/zeros": b"\0" * 50_000_000}), "many": packed({f"{number}": b"" for number in range(600)}),
        "names a file": packed({**files, "my result/config.yaml": settings.replace("people: ''", "people: /etc/passwd").encode()}),
        "set elsewhere": packed({**files, "my result/config.yaml": settings.replace("name: evidence", "name: ../../x").encode()}),
        "laughs": packed({**files, "my result/config.yaml": b"a: &a [x, x]\nb: [*a, *a]\n"}), "yaml": packed({**files, "my result/config.yaml": b"{"}),
        "python": packed({**files, "my result/config.yaml": b"!!python/object/apply:os.system ['true']"}),
        "other verb": packed({**files, "my result/provenance.json": b'{"verb": "run", "words": []}'}),
        "words": packed({**files, "my result/provenance.json": b'{"verb": "compare", "words": ["--multirun", "hydra.run.dir=/"]}'}),
        "placeholder": packed({**files, "my result/provenance.json": b'{"verb": "compare", "words": ["programme=zibo", "days=${oc.env:HOME}"]}'}),
        "deep word": packed({**files, "my result/provenance.json": b'{"verb": "compare", "words": ["days=' + b"[" * 9 + b'"]}'}),
        "long word": packed({**files, "my result/provenance.json": b'{"verb": "compare", "words": ["days=[' + b"1," * 4000 + b'1]"]}'}),
        "numbers": packed({**files, "my result/comparison.json": b"[]"}),
        "nothing compared": packed({**files, "my result/comparison.json": json.dumps({**compared, "variants": {}}).encode()}),
        "no numbers": packed({**files, "my result/comparison.json": b"{}"}), "no days": packed({**files, "my result/series.parquet": b"PAR1"}),
        "days of others": packed({**files, "my result/series.parquet": _days(files, lambda table: table.slice(0, 7))}),
        **{f"inner {'.'.join(map(str, way))}": json.dumps(_with(ours, ("result", *way), value)).encode() for way, value in INNER},
    }  # fmt: skip
    assert settings.count("people: ''") == 1
    assert "name: evidence" in settings
    before = len(client.get("/api/saved").json())
    for name, content in hostile.items():
        error = error_of(sent(client, content))
        assert "passwd" not in str(error) or name == "path in a draft", name
        assert kept.name not in str(error), name
        assert not re.search(r"Error\b|yizhan-|/tmp", error["en"]), name
        assert not name.startswith("inner") or name.split(".")[0].removeprefix("inner ") in error["en"] or "answer" in error["en"], name
        assert "word" not in name or "too long or too deep" in error["en"] or name == "words", name
    assert len(client.get("/api/saved").json()) == before


@pytest.mark.parametrize("draft", [
    {}, {"against": "programme", "changes": {"policy.lodging.free_nights": 14, "days": 50}},
    {"changes": {"policy.loans.enabled": False}, "variants": [{"label": "更长 住宿", "changes": {"policy.lodging.free_nights": 9}}], "seed": 4},
    {"against": "programme", "changes": {"population.graduates": 400}, "variants": [{"label": "b", "changes": {"policy.lodging.free_nights": 9}}]},
])  # fmt: skip
def test_the_words_of_a_command_say_the_same_draft(draft: dict[str, Any]) -> None:
    asked = ask(draft_of({"programme": "zibo", **draft}))
    again = ask(draft_of_words(asked.words))
    assert (again.worlds.baseline, list(again.worlds.variants.values())) == (asked.worlds.baseline, list(asked.worlds.variants.values()))


def test_saved_results_are_named_renamed_and_removed(client: TestClient, done: dict[str, Any]) -> None:
    saved = client.post("/api/saved", json={"run": done["id"], "name": "=cmd|' /C calc'!A0 十四晚"}).json()
    assert client.patch(f"/api/saved/{saved['id']}", json={"name": "十四晚"}).json()["name"] == "十四晚"
    assert [one["name"] for one in client.get("/api/saved").json() if one["id"] == saved["id"]] == ["十四晚"]
    assert client.delete(f"/api/saved/{saved['id']}").json() == {"done": True}
    for answer in (client.get(f"/api/saved/{saved['id']}"), client.delete(f"/api/saved/{saved['id']}"),
                   client.patch(f"/api/saved/{saved['id']}", json={"name": "x"}), client.post("/api/saved", json={"run": "0" * 32, "name": "x"})):
        assert answer.status_code == 404
        error_of(answer)
