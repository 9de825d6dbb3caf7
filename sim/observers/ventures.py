"""Own firms: founding, loans, staff, mentors, closing."""

from __future__ import annotations

from sim.observers.money import flows_of, grants_of
from sim.observers.sight import Change, Details, Found, employer_of
from sim.states import Activity


def observe_firm(change: Change) -> Found:
    """Yield what happened to the firm that the person runs."""
    firm, loan, earlier = change.after.firm, change.after.loan, change.before.firm
    if firm is None:
        return
    if change.begins(Activity.FOUNDER):
        own = -flows_of(change).get("capital_invested", 0)
        borrowed = _loan_of(change)
        grant = grants_of(change)["startup"]
        yield "founded", {"employer": employer_of(change.world, change.after.firm_row), "own": own, "family": int(firm.family), "grant": grant}
        if borrowed:
            yield "borrowed", borrowed
        return
    if firm.staff != earlier.staff and firm.alive:
        rise = int(firm.staff) - int(earlier.staff)
        yield "firm_staff", {"how": "hired" if rise > 0 else "left", "n": abs(rise), "staff": int(firm.staff)}
    if firm.desk != earlier.desk and firm.alive:
        yield "firm_desk", {"how": "got" if firm.desk else "left"}
    if earlier.mentor >= 0 and firm.mentor < 0 and firm.alive:
        yield "firm_mentor_ended", {}
    if firm.loan >= 0 and firm.loan != earlier.loan:
        yield "borrowed", _loan_of(change)
    elif change.before.loan is not None and change.before.loan.outstanding > 0 and loan.outstanding == 0:
        yield "loan_repaid", _loan_of(change)
    if change.ends(Activity.FOUNDER):
        owed = int(loan.outstanding) if loan is not None else 0
        yield "firm_closed", {"employer": employer_of(change.world, change.after.firm_row), "days": change.day - int(firm.founded_day), "owed": owed}


def _loan_of(change: Change) -> Details:
    """Describe the loan that the firm has, or had until today; empty: none."""
    loan = change.after.loan
    if loan is None:
        return {}
    scheme = bool(loan.scheme == 1)
    return {"amount": int(loan.amount), "how": "scheme" if scheme else "bank", "rate": float(loan.rate)}
