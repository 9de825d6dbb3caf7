"""Three hundred hostile requests: one clear message each, no fault of the program, nothing of them in the log."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.experiments.dashboard.served import SMALL, error_of, served

SOMEBODY = "张三370303199901011234"
TEXTS = (
    "", " ", "\0", "\ud800", "a\u202eb", "../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "C:\\windows", "${oc.env:HOME}", "{{7*7}}", "${7*7}",
    "%00", "=cmd|' /C calc'!A0", "'; DROP TABLE saved; --", "<script>alert(1)</script>", "$(reboot)", "`reboot`", "a\r\nSet-Cookie: x=1", "x" * 5000,
    "hydra.run.dir=/", "--multirun", "ledger:../../x", "ledger:" + "a" * 16, "null", "true", "NaN", "1e999", "-1", "٣", "＝", "🦄" * 50, SOMEBODY,
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    *TEXTS, None, True, False, -1, 0, 10**30, -(10**30), 1e308, -0.5, [], {}, [[]] * 500, {"a": {"b": {"c": {"d": {"e": {}}}}}}, [None], {"": 1},
    {"_target_": "os.system"}, ["x"] * 2000,
)  # fmt: skip
KEYS = (
    "policy", "policy.lodging", "policy.lodging.free_nights", "policy.lodging.free_nights.x", "policy.nothing.x", "population.people",
    "population.people_sha256", "population.graduates", "region.campuses", "region.districts.0.share", "behaviour", "behaviour_set.name", "programme",
    "place", "start", "days", "seed", "output", "hydra.run.dir", "_target_", "comparison.variants", "reported", "title", "", " ", "a=b", "__class__",
    *TEXTS[:14],
)  # fmt: skip
BODIES = (b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"draft": NaN}', b"[" * 100_000, b'{"draft": ' + b"9" * 10_000 + b"}", b'{"a":1,"a":2}', b'"x"')
PLACES = ("/api/check", "/api/runs", "/api/county", "/api/saved")


def drafts(luck: random.Random) -> Iterator[Any]:
    """Yield drafts that are wrong somewhere."""
    fields = ("programme", "county", "changes", "variants", "against", "replicates", "seed", "budget", "behaviour", "more")
    for _ in range(90):
        yield {**SMALL, luck.choice(fields): luck.choice(VALUES)}
    for _ in range(110):
        yield {**SMALL, "changes": {luck.choice(KEYS): luck.choice(VALUES)}}
    for _ in range(30):
        yield {**SMALL, "variants": [{"label": luck.choice(VALUES), "changes": {luck.choice(KEYS): luck.choice(VALUES)}}]}
    for _ in range(30):
        yield {**SMALL, "county": {luck.choice(("kind", "name", "pay", "graduates", "campuses", *TEXTS)): luck.choice(VALUES)}}
    yield from VALUES


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(tmp_path_factory.mktemp("kept"), most_people=1000, most_replicates=10, queue=2) as client:
        yield client


def check(answer: Any) -> str:
    """Return what came of a request, which is no fault of the program."""
    assert answer.status_code < 500, answer.text[:300]
    assert "Traceback" not in answer.text
    assert "root:" not in answer.text
    if answer.status_code >= 400:
        error_of(answer)
        return "refused"
    return "answered"


def test_drafts(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    asked = list(drafts(random.Random(7)))  # noqa: S311 (nobody has to be unable to guess it)
    assert len(asked) > 300
    import json

    for number, draft in enumerate(asked):
        body = json.dumps({"draft": draft}).encode()
        checked = client.post("/api/check", content=body, headers={"Content-Type": "application/json"})
        check(checked)
        if checked.status_code == 200 and not checked.json()["ok"]:
            problem = checked.json()["errors"][0]
            assert problem["en"], draft
            assert problem["zh"], draft
            if number % 4 == 0:
                assert check(client.post("/api/runs", content=body, headers={"Content-Type": "application/json"})) == "refused", draft
    assert SOMEBODY not in caplog.text
    assert caplog.text.count("request:") == 0


@pytest.mark.parametrize("place", PLACES)
def test_bodies(client: TestClient, place: str) -> None:
    for body in BODIES:
        for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x", "application/xml"):
            assert check(client.post(place, content=body, headers={"Content-Type": kind})) == "refused"


def test_addresses(client: TestClient) -> None:
    for text in TEXTS:
        found = text.encode("utf-8", "replace").hex("%") if text else ""
        coded = f"%{found}" if found else ""
        for path in (f"/api/runs/{coded}", f"/api/runs/{coded}/events", f"/api/programmes/{coded}", f"/api/saved/{coded}", f"/page/{coded}"):
            check(client.get(path[:4000]))
        check(client.get(f"/api/runs/{'0' * 32}/files/{coded[:900]}"))
        check(client.get("/api/levers", params={"language": text.encode("utf-8", "replace").decode()}))
        check(client.get("/api/about", headers={"X-Yizhan-Client": text.encode("ascii", "replace").decode().replace("\0", "").replace("\r\n", "")}))


def test_uploads(client: TestClient) -> None:
    for name in ("../../x.csv", "x.csv", "x.xlsx", "x.exe", "", f"{SOMEBODY}.csv"):
        for content in (b"", b"\0" * 1000, b"PK\x03\x04xx", f"{SOMEBODY},1\n".encode(), b"a,b\n" * 10):
            for place in ("/api/ledger", "/api/saved/open"):
                answer = client.post(place, files={"file": (name or "x", content)})
                assert check(answer) == "refused"
                assert SOMEBODY not in answer.text
