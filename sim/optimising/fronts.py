"""Which mixes are not beaten by any other, and which few of them are looked at again."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


def unbeaten(values: Values) -> npt.NDArray[np.bool_]:
    """Tell which points no other is as good as in everything and better in something.

    Args:
        values: The more the better, shape (points, objectives).
    """
    as_good = (values[:, None, :] >= values[None, :, :]).all(axis=2)
    better = (values[:, None, :] > values[None, :, :]).any(axis=2)
    return np.asarray(~(as_good & better).any(axis=0))


def finalists(values: Values, count: int) -> list[int]:
    """Choose some of the unbeaten points, the best in each objective first, then those farthest from all chosen.

    Args:
        values: The more the better, shape (points, objectives); the first objective matters most.
        count: How many, at most.

    Returns:
        Numbers of points, those with most of the first objective first.
    """
    if not len(values):
        return []
    front = np.flatnonzero(unbeaten(values))
    _, first = np.unique(values[front], axis=0, return_index=True)
    front = front[np.sort(first)]
    inside = values[front]
    span = np.ptp(inside, axis=0)
    scaled = (inside - inside.min(axis=0)) / np.where(span > 0, span, 1.0)
    chosen = list(dict.fromkeys(int(np.argmax(column)) for column in scaled.T))[:count]
    while len(chosen) < min(count, len(front)):
        distance = np.linalg.norm(scaled[:, None, :] - scaled[None, chosen, :], axis=2).min(axis=1)
        distance[chosen] = -1.0
        chosen.append(int(np.argmax(distance)))
    return sorted((int(front[place]) for place in chosen), key=lambda point: (-values[point, 0], point))
