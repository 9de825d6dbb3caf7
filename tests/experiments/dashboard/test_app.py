"""The application: what it is, its names, its headers, its errors."""

import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from experiments.dashboard.server.keeping import Keeping
from experiments.dashboard.server.security import POLICY
from tests.experiments.dashboard.fake import POLICY as OF_THE_FAKE
from tests.experiments.dashboard.served import HOST, error_of, served

KNOWN = "0123456789abcdef"
SENT = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
    ),
    "x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "no-referrer", "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin", "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}  # fmt: skip
"""What every answer says to the browser, word for word."""
CHINESE = "这是一个很长很长的口令不会被猜到的伅"
"""Its last byte is one that Latin-1 takes for a space."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(Path(tmp_path_factory.mktemp("kept"))) as client:
        yield client


def test_it_says_what_it_is(client: TestClient) -> None:
    about = client.get("/api/about").json()
    assert about["languages"] == ["en", "zh"]
    assert about["limits"]["most_upload"] == 10.0


def test_everything_it_answers_is_described_at_the_root(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/api/about", "/api/programmes", "/api/check", "/api/runs", "/api/runs/{identity}/events", "/api/saved"} <= set(paths)
    assert all("422" in way["responses"] for ways in paths.values() for way in ways.values())


@pytest.mark.parametrize("path", ["/api/about", "/", "/nothing", "/openapi.json"])
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    for answer in (client.get(path), client.get(path, headers={"Host": "evil.example"})):
        assert {name: answer.headers.get(name) for name in SENT} == SENT
        assert not any(name.startswith("access-control-") for name in answer.headers)
        assert path not in ("/api/about", "/openapi.json") or answer.headers["cache-control"] == "no-store"
    assert SENT["content-security-policy"] == POLICY == OF_THE_FAKE, "the page is tried under the policy that it is served under"


def test_the_page_answers_who_asks_for_its_head_alone(client: TestClient) -> None:
    found = client.head("/")
    assert (found.status_code, found.content) == (200, b"")
    assert int(found.headers["content-length"]) == len(client.get("/").content)


def test_what_the_first_page_asks_is_made_once_and_anew_when_an_own_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr("experiments.dashboard.content.levers.cards", lambda: made.append("levers") or [{"title": {"en": "a", "zh": "甲"}}])
    state = ["one"]
    monkeypatch.setattr("experiments.dashboard.server.asking._state_of_own_files", lambda: state[0])
    with served(tmp_path) as client:
        assert [client.get("/api/levers").json()[0]["title"]["zh"] for _ in range(3)] == ["甲"] * 3
        assert client.get("/api/levers?language=en").json() == [{"title": "a"}]
        assert len(made) == 2
        state[0] = "another"
        client.get("/api/levers")
        assert len(made) == 3


def test_nothing_is_warned_of_when_it_is_made_and_described(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with served(tmp_path) as client:
            assert client.get("/openapi.json").status_code == 200
            assert client.post("/api/check", json={"draft": {}}).status_code == 200


@pytest.mark.parametrize(("headers", "status"), [
    ({"Host": "evil.example"}, 403), ({"Host": "127.0.0.1.evil.example:8217"}, 403), ({"Host": ""}, 403), ({"Host": "a@127.0.0.1"}, 403),
    ({"Origin": "http://evil.example"}, 403), ({"Origin": "null"}, 403), ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Host": "localhost:8217"}, 200), ({"Host": "[::1]:8217"}, 200), ({"Origin": HOST, "Sec-Fetch-Site": "same-origin"}, 200),
])  # fmt: skip
def test_only_its_own_page_may_ask(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.get("/api/about", headers=headers).status_code == status


def test_an_error_says_what_where_why_and_how_to_mend_it(client: TestClient) -> None:
    found = client.post("/api/saved", json={"run": "1" * 32, "name": 3})
    assert found.status_code == 422
    error = found.json()["error"]
    assert error["where"] == "name"
    assert set(error) == {"what", "where", "why", "mend", "en", "zh"}
    assert all(error[part]["zh"] for part in ("what", "why", "mend"))
    assert client.post("/api/saved?language=zh", json={}).json()["error"]["what"] == error["what"]["zh"]


def test_with_a_token_only_who_knows_it_is_answered(tmp_path: Path) -> None:
    with served(tmp_path, token=KNOWN, host="0.0.0.0") as client:  # noqa: S104 (nothing listens)
        assert client.get("/").status_code == 200
        for given in ("", "Bearer", f"Bearer {KNOWN}x", f"Bearer {KNOWN[:-1]}", f"Basic {KNOWN}", "Bearer é".encode("latin-1")):
            answer = client.get("/api/about", headers={"Authorization": given} if given else {})
            assert answer.status_code == 401
            assert "token" in error_of(answer)["what"]["en"]
        assert client.get("/openapi.json").status_code == 401
        assert client.get("/api/about", headers={"Authorization": f"Bearer {KNOWN}", "Host": "192.168.1.7:8217"}).status_code == 200
    with served(tmp_path, token=CHINESE, host="0.0.0.0") as client:  # noqa: S104 (nothing listens)
        assert client.get("/api/about", headers={"Authorization": f"Bearer {CHINESE}".encode()}).status_code == 200
        assert client.get("/api/about", headers={"Authorization": f"Bearer {CHINESE[:-1]}".encode()}).status_code == 401
        guesses = [client.get("/api/about", headers={"Authorization": f"Bearer {number}"}).status_code for number in range(12)]
        assert guesses[-1] == 429


def test_an_address_that_asks_too_often_waits(tmp_path: Path) -> None:
    with served(tmp_path, most_requests=10) as client:
        answers = [client.get("/api/about") for _ in range(12)]
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert error_of(answers[-1])["seconds"] >= 1


def test_a_request_has_a_size(tmp_path: Path) -> None:
    with served(tmp_path, most_body=0.01, most_upload=0.02) as client:
        assert client.post("/api/check", content=b"x" * 20_000).status_code == 413
        assert client.post("/api/check", content=(b"x" * 5000 for _ in range(4))).status_code == 413
        assert client.post("/api/saved/open", files={"file": ("a.json", b"x" * 60_000)}).status_code == 413


def test_what_may_be_saved_is_what_the_command_was_told(tmp_path: Path) -> None:
    first, second = ("1" * 32, "2" * 32)
    for identity in (first, second):
        Keeping(tmp_path, 9).keep(identity, identity, "compare", {"draft": {}}, b"{}")
    with served(tmp_path, most_saved=1, most_disk=12) as client:
        assert client.post("/api/saved", json={"run": first, "name": "mine"}).status_code == 201
        full = client.post("/api/saved", json={"run": second, "name": "one too many"})
        assert full.status_code == 409
        assert "无法再保存" in error_of(full)["zh"]
        room = client.get("/api/room").json()
        assert (room["saved"], room["most_saved"], room["most_megabytes"]) == (1, 1, 12.0)


@pytest.mark.parametrize(("name", "library"), [("result.xlsx", "xlsxwriter"), ("report.html", "jinja2"), ("report.docx", "docx"), ("report.pdf", "typst")])
def test_a_file_that_the_server_cannot_write_is_no_fault_of_who_asks(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, name: str, library: str,
) -> None:  # fmt: skip
    monkeypatch.setitem(sys.modules, library, None)
    said = client.get(f"/api/runs/{'0' * 32}/files/{name}")
    assert said.status_code == 503
    assert name in said.json()["error"]["en"]


def test_a_library_that_the_server_lacks_is_no_fault_of_who_asks(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    workbook, text = {"file": ("ledger.xlsx", b"PK\x03\x04")}, {"file": ("ledger.csv", b"\x00")}
    for said in (client.get("/api/ledger/template.xlsx"), client.post("/api/ledger", files=workbook)):
        assert said.status_code == 503
        assert 'pip install "yizhan[ledger]"' in said.json()["error"]["en"]
        assert "请联系服务器管理者" in said.json()["error"]["zh"]
    said = client.post("/api/ledger", files=text)
    assert said.status_code == 422
    assert error_of(said)["en"].startswith("the ledger is not taken: ledger.csv: is empty"), "and not that it cannot be simulated"
