"""The application: what it is, its names, its headers, its errors."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from experiments.dashboard.options import DashboardOptions
from experiments.dashboard.server.app import make_app
from experiments.dashboard.server.security import POLICY

HOST = "http://127.0.0.1:8217"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    app = make_app(DashboardOptions(), Path(tmp_path_factory.mktemp("kept")))
    with TestClient(app, base_url=HOST) as client:
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
    headers = client.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert not any(name.startswith("access-control-") for name in headers)


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
