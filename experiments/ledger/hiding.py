"""Which counts are not told, so that no count of few persons can be had from the others by subtraction (complementary cell suppression).

Whoever knows all that is told (the cells, the sums of rows and columns, how few "few" are) knows of a hidden cell a range, which two linear
programmes find (Fischetti & Salazar 2001, "Solving the cell suppression problem on tabular data with linear constraints", *Management
Science* 47). As long as the range of a
cell of few persons is a single number, cells that make a rectangle with it are hidden, too, those with fewest persons first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

LEAST_CELL = 5
"""Persons below which a cell of counts is marked, and its number not told."""
FEW, BESIDE = "few", "beside"
"""Why a cell is hidden: it has few persons; one of few could be had from it."""
ALL = "all"
Cell = tuple[str, str]
"""Value of a trait, status; `ALL` for a sum."""
HALF = 0.5


def hidden_of(numbers: Mapping[Cell, int], given: Mapping[Cell, str] | None = None) -> dict[Cell, str]:
    """Return which cells of a table are hidden.

    Args:
        numbers: (value, status) → persons, with the sums (value, `ALL`), (`ALL`, status) and (`ALL`, `ALL`); cells with nobody, which are told, may
            be left out.
        given: Of the sums of columns, which stand in other tables too, those that are hidden; None: this is their own table.

    Returns:
        (value, status) → `FEW` or `BESIDE`.
    """
    hidden = {cell: FEW for cell, persons in numbers.items() if 0 < persons < LEAST_CELL and cell != (ALL, ALL)} | dict(given or {})
    few = [cell for cell, why in hidden.items() if why == FEW]
    for cell in sorted(few, key=lambda one: (numbers[one], one)):
        while _is_known(cell, numbers, hidden):
            beside = _beside(cell, numbers, hidden, given is not None)
            if not beside:
                break
            hidden |= dict.fromkeys(beside, BESIDE)
    return hidden


def hidden_groups(numbers: Sequence[int]) -> dict[int, str]:
    """Return which of the groups that make a whole are hidden, where a mean is told of each group shown and of the whole.

    From these follow number and mean of all hidden ones together: so there are several, with persons enough together.

    Args:
        numbers: Persons of each group, at least one.

    Returns:
        Place of a group → `FEW` or `BESIDE`.
    """
    sums = {(ALL, str(place)): number for place, number in enumerate(numbers)} | {(ALL, ALL): sum(numbers)}
    hidden = {int(cell[1]): why for cell, why in hidden_of(sums).items() if cell[1] != ALL}
    while hidden and (len(hidden) == 1 or sum(numbers[place] for place in hidden) < LEAST_CELL) and len(hidden) < len(numbers):
        hidden[min((place for place in range(len(numbers)) if place not in hidden), key=lambda place: (numbers[place], place))] = BESIDE
    return hidden


def _beside(cell: Cell, numbers: Mapping[Cell, int], hidden: Mapping[Cell, str], is_given: bool) -> list[Cell]:
    """Return what to hide next: of the rectangles with a cell as a corner the one that hides fewest persons; else the smallest cell; else none."""
    shown = {one for one, persons in numbers.items() if persons and one not in hidden and one != (ALL, ALL) and not (is_given and one[0] == ALL)}
    rows, columns = ({one[side] for one in numbers} - {cell[side]} for side in (0, 1))
    corners = [{(cell[0], column), (row, cell[1]), (row, column)} for row in rows for column in columns]
    found = [sorted(three & shown) for three in corners if three & shown and three <= shown | set(hidden)]
    alone = [[min(shown, key=lambda one: (numbers[one], one))]] if shown else []
    return min(found or alone, key=lambda cells: (sum(numbers[one] for one in cells), cells), default=[])


def _is_known(cell: Cell, numbers: Mapping[Cell, int], hidden: Mapping[Cell, str]) -> bool:
    """Tell whether what is told leaves a hidden cell a single number."""
    from scipy.optimize import linprog

    variables = {one: place for place, one in enumerate(hidden)}
    cells = Counter((side, one[side]) for one in numbers for side in (0, 1))
    lines = {line: place for place, line in enumerate(sorted(line for line, count in cells.items() if count > 1))}  # a sum of nothing says nothing
    matrix: NDArray[np.float64] = np.zeros((len(lines), len(variables)))
    told = np.zeros(len(lines))
    for one, persons in numbers.items():
        for side in (0, 1):
            if (side, one[side]) not in lines:
                continue
            place, sign = lines[side, one[side]], -1.0 if one[1 - side] == ALL else 1.0
            if one in hidden:
                matrix[place, variables[one]] = sign
            else:
                told[place] -= sign * persons
    most = numbers[ALL, ALL]
    bounds = [(1, LEAST_CELL - 1) if hidden[one] == FEW else (LEAST_CELL, most) for one in variables]
    goal = np.zeros(len(variables))
    goal[variables[cell]] = 1
    least, greatest = (linprog(sign * goal, A_eq=matrix, b_eq=told, bounds=bounds) for sign in (1, -1))
    return bool(least.status == 0 and greatest.status == 0 and -greatest.fun - least.fun < HALF)
