"""What `/openapi.json` describes is what is answered: schemathesis finds no fault of the program."""

from pathlib import Path

import pytest

from experiments.dashboard.options import DashboardOptions
from experiments.dashboard.server.app import make_app


@pytest.mark.slow
def test_schemathesis_finds_no_fault(tmp_path: Path) -> None:
    """``pytest -m slow -n 0 tests/experiments/dashboard/test_schema.py``, with ``pip install schemathesis``."""
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is missing: pip install schemathesis")
    import hypothesis

    app = make_app(DashboardOptions(most_people=500, most_replicates=2, most_requests=10_000_000, queue=2), tmp_path)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers={"Host": "127.0.0.1:8217"})
    tried = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @hypothesis.settings(max_examples=25, deadline=None, suppress_health_check=list(hypothesis.HealthCheck), database=None)
        @hypothesis.given(case=operation.as_strategy())
        def no_fault(case: object) -> None:
            answer = case.call(headers={"Host": "127.0.0.1:8217"})  # type: ignore[attr-defined]
            assert answer.status_code < 500, (case, answer.text[:300])

        no_fault()
        tried.append(operation.label)
    assert len(tried) > 15
