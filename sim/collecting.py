"""The data collector that every model has: Mesa's, filled from what the world has written down anyway."""

from __future__ import annotations

from typing import Any

import mesa

HEADLINES = (
    "employment_rate", "unemployment_rate", "employed_in_region", "vacancies_open", "hires", "separations", "arrivals", "residents_from_elsewhere",
    "station_guests", "spending",
)  # fmt: skip
"""Outcomes that the collector has of each day."""


class HeadlineCollector(mesa.DataCollector):  # type: ignore[misc]
    """The headline outcomes after each day. It costs nothing while the model runs: values are read out of the world when somebody asks.

    Args:
        model: The model, a `sim.model.YouthEmploymentModel`.
    """

    def __init__(self, model: Any) -> None:  # noqa: ANN401
        self._model: Any = None
        super().__init__({name: [model.outcome, [name]] for name in HEADLINES})
        self._model = model

    @property
    def model_vars(self) -> dict[str, list[float]]:
        """Outcome → value after each day lived so far."""
        from sim.outcomes import OUTCOMES  # outcomes are read out of models, so they stand above them

        if self._model is None:
            return {}
        days = self._model.day
        return {name: OUTCOMES[name].daily(self._model.world)[:days].tolist() for name in self.model_reporters}  # type: ignore[misc]

    @model_vars.setter
    def model_vars(self, _values: Any) -> None:  # noqa: ANN401
        """Let Mesa begin with nothing."""

    @property
    def _collection_steps(self) -> list[int]:
        """Steps of which there are values, for Mesa 3.5."""
        return list(range(1, self._model.day + 1))

    @_collection_steps.setter
    def _collection_steps(self, _steps: Any) -> None: ...  # noqa: ANN401

    def collect(self, model: Any) -> None:  # noqa: ANN401
        """Do nothing: the world has written it down."""
