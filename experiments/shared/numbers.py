"""How numbers are written: `sim/numbers.py`, which results in a notebook need, too."""

from sim.numbers import (
    DASH,
    PLAIN,
    POINTS,
    SHARE,
    ZERO_NOTE,
    Form,
    form_of,
    form_of_sum,
    mark_of_zero,
    money_form,
    write,
    write_estimate,
    write_exactly,
    write_parts,
)  # fmt: skip

__all__ = [
    "DASH", "PLAIN", "POINTS", "SHARE", "ZERO_NOTE", "Form", "form_of", "form_of_sum", "mark_of_zero", "money_form", "write", "write_estimate",
    "write_exactly", "write_parts",
]  # fmt: skip
