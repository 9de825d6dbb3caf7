"""What has to balance at the end of every day: training, money and help."""

import numpy as np

from sim.levers import LeverId
from sim.states import (
    Activity,
    Cash,
    Count,
    Course,
    EventKind,
    Money,
    Placement,
    Stock,
)
from sim.world import World
from tests.sim.balances import Balance, columns, tally

COUNTERS = (
    ("hires", Count.HIRES),
    ("separations", Count.SEPARATIONS),
    ("contracts_signed", Count.CONTRACTS_SIGNED),
    ("contracts_broken", Count.CONTRACTS_BROKEN),
    ("interviews_missed", Count.INTERVIEWS_MISSED),
    ("arrivals", Count.ARRIVALS),
    ("departures", Count.LEFT_REGION),
    ("returns", Count.LOCALS_RETURNED),
    ("day_trips", Count.DAY_TRIPS),
    ("fair_hires", Count.FAIR_HIRES),
    ("campus_cvs", Count.CAMPUS_CVS),
    ("campus_intents", Count.CAMPUS_INTENTS),
    ("campus_hires", Count.CAMPUS_HIRES),
    ("internships", Count.INTERNS_STARTED),
    ("internships_kept", Count.INTERNS_KEPT),
    ("courses_finished", Count.TRAINED),
    ("firms_founded", Count.STARTUPS_FOUNDED),
    ("placements", Count.PLACEMENTS_STARTED),
    ("placements_kept", Count.PLACEMENTS_KEPT),
    ("menu_courses", Count.MENU_TRAINED),
    ("contracted_courses", Count.CONTRACTED_TRAINED),
    ("training_hires", Count.TRAINING_HIRED),
    ("startup_courses", Count.STARTUP_COURSES_ATTENDED),
)
"""Counters of persons and the counts that are their sums."""

WITH_PLACES = [
    EventKind.LECTURE,
    EventKind.ROLE_MODEL_TALK,
    EventKind.MENU_COURSE,
    EventKind.CONTRACTED_CLASS,
    EventKind.INTAKE,
    EventKind.STARTUP_LECTURE,
    EventKind.STARTUP_CAMP,
    EventKind.EQUITY_ROUND,
    EventKind.DEPUTIES,
    EventKind.LEADERS,
]


def balances_of_training(world: World, day: int) -> list[Balance]:
    people, employers, services, events = (columns(world, name) for name in ("people", "employers", "services", "events"))
    counts, activity, rules = world.counts, people["activity"], world.rules[0]
    intern, trainee = activity == Activity.INTERN, activity == Activity.TRAINING
    in_place = intern & (people["placement"] != Placement.OWN) & (people["placement"] != Placement.CONTRACTED)
    allowances = rules.internships
    allowance = np.where(people["placement"] == Placement.GRADUATE, allowances.stipend, allowances.student_allowance)
    allowance[people["placement"] == Placement.PRACTICE] = allowances.practice_allowance
    to_come = people["place_months"] * (allowance + rules.internships.administration)
    in_class = (trainee & (people["course"] == Course.CONTRACTED)) | (intern & (people["placement"] == Placement.CONTRACTED))
    hosted = people["course_host"] >= 0
    served, promised = services["served"], services["promised"]

    stake = max(1, int(rules.equity.amount) // max(1, int(rules.equity.investments)))

    def taken(*kinds: EventKind) -> int:
        return int(events["taken"][np.isin(events["kind"], kinds)].sum())

    return [
        *((name, int(people[name].sum()), int(counts[count])) for name, count in COUNTERS),
        ("lectures and talks", int(people["lectures"].sum() + people["talks"].sum()), int(counts[Count.LECTURES_ATTENDED])),
        ("seats of lectures", taken(EventKind.LECTURE, EventKind.ROLE_MODEL_TALK), int(counts[Count.LECTURES_ATTENDED])),
        ("guided", int(served[LeverId.GUIDANCE]), int(counts[Count.LECTURES_ATTENDED] + counts[Count.ADVICE_GIVEN])),
        (
            "openings kept or to be kept",
            (employers["held"] + employers["ordered"]).tolist(),
            tally(people["course_host"][hosted], len(employers["held"])).tolist(),
        ),
        ("an opening is held for a graduate intern or a class to order", int((hosted & ~in_class & ~in_place).sum()), 0),
        ("who is trained or placed comes back", int(((intern | trainee) & (people["return_day"] <= day)).sum()), 0),
        ("kind of a course", int(((people["course"] != Course.OWN) & ~trainee & ~in_class).sum()), 0),
        ("kind of a place", int(((people["placement"] != Placement.OWN) & ~intern).sum()), 0),
        ("seats of courses", taken(EventKind.MENU_COURSE, EventKind.CONTRACTED_CLASS), int(served[LeverId.SKILLS_TRAINING])),
        ("promised to interns", int(promised[LeverId.INTERNSHIPS]), int(to_come.sum())),
        ("months of places", int(people["place_months"][~in_place].sum()), 0),
        ("promised beyond the budget", int((promised < 0).sum()), 0),
        ("places taken", taken(EventKind.INTAKE), int(counts[Count.PLACEMENTS_STARTED])),
        ("places served", int(served[LeverId.INTERNSHIPS]), int(counts[Count.PLACEMENTS_STARTED])),
        ("places run or are over", bool(counts[Count.PLACEMENTS_ENDED] + in_place.sum() <= counts[Count.PLACEMENTS_STARTED]), True),
        ("stipends", int(people["stipends"].sum()), int(world.ledger[Money.STIPENDS])),
        ("members of the book club", int(services["in_use"][LeverId.STARTUP_COURSES]), int(people["book_club"].sum())),
        ("seats of start-up courses", taken(EventKind.STARTUP_LECTURE, EventKind.STARTUP_CAMP), int(people["startup_courses"].sum())),
        ("equity", int(employers["equity"].sum() + counts[Count.EQUITY_LOST]), int(counts[Count.EQUITY_INVESTED])),
        ("firms with equity", int((employers["equity"] > 0).sum() + counts[Count.EQUITY_LOST] // stake), int(counts[Count.EQUITY_FIRMS])),
        ("investments", int(served[LeverId.EQUITY]), int(counts[Count.EQUITY_FIRMS])),
        ("more than the seats", int((events["taken"] > events["places"])[np.isin(events["kind"], WITH_PLACES)].sum()), 0),
    ]


def balances_of_money(world: World, day: int) -> list[Balance]:
    people, employers, loans = (columns(world, name) for name in ("people", "employers", "loans"))
    counts = world.counts
    of_scheme = loans["scheme"] == 1
    running = of_scheme & (loans["defaulted"] == 0)
    lost = of_scheme & (loans["defaulted"] == 1)
    owed = np.flatnonzero(employers["loan"] >= 0)
    credit = int(world.rules["loans"]["credit_line"][0])
    return [
        ("savings", int(people["savings"].sum()), int(world.ledger.sum())),
        ("savings recorded", int(world.stocks[day, Stock.SAVINGS]), int(people["savings"].sum())),
        ("nobody is in the red", int((people["savings"] < 0).sum()), 0),
        ("cash of start-ups", int(employers["cash"].sum()), int(world.cashbook.sum())),
        ("cash recorded", int(world.stocks[day, Stock.STARTUP_CASH]), int(employers["cash"].sum())),
        ("a firm in the red is closed", int((employers["cash"] < 0).sum()), 0),
        ("invested by households is part of the capital", bool(-world.ledger[Money.CAPITAL_INVESTED] <= world.cashbook[Cash.CAPITAL]), True),
        ("profits leave the firm and reach the founder", int(world.ledger[Money.PROFITS] + world.cashbook[Cash.PROFITS_TAKEN]), 0),
        ("loans granted", int(counts[Count.LOANS_GRANTED]), int(of_scheme.sum())),
        ("bank loans granted", int(counts[Count.BANK_LOANS_GRANTED]), int((~of_scheme).sum())),
        ("amount granted", int(counts[Count.LOAN_AMOUNT_GRANTED]), int(loans["amount"][of_scheme].sum())),
        ("amount within the credit line", bool(counts[Count.LOAN_AMOUNT_GRANTED] <= credit), True),
        (
            "granted is outstanding, repaid or defaulted",
            int(counts[Count.LOAN_AMOUNT_GRANTED]),
            int(loans["outstanding"][running].sum() + counts[Count.LOAN_AMOUNT_REPAID] + counts[Count.LOAN_AMOUNT_DEFAULTED]),
        ),
        ("loans defaulted", int(counts[Count.LOANS_DEFAULTED]), int(lost.sum())),
        ("amount defaulted", int(counts[Count.LOAN_AMOUNT_DEFAULTED]), int(loans["outstanding"][lost].sum())),
        ("repaid beyond the amount", int(((loans["outstanding"] < 0) | (loans["outstanding"] > loans["amount"])).sum()), 0),
        ("who owes is the borrower", loans["employer"][employers["loan"][owed]].tolist(), owed.tolist()),
        (
            "every running loan is owed by somebody",
            np.sort(employers["loan"][owed]).tolist(),
            np.flatnonzero((loans["defaulted"] == 0) & (loans["outstanding"] > 0)).tolist(),
        ),
    ]


BY_PERSON = (
    ("cases of legal aid", "legal_cases", Count.LEGAL_CASES),
    ("money recovered", "recovered", Count.LEGAL_RECOVERED),
    ("subsidies", "subsidies", Count.SUBSIDIES_PAID),
    ("homes", "home_owner", Count.HOMES_BOUGHT),
    ("evenings", "social_events", Count.EVENTS_ATTENDED),
    ("couples", "partner", Count.COUPLES),
    ("case files", "case_files", Count.CASES_OPENED),
    ("referrals", "referrals", Count.REFERRALS),
    ("hires through referrals", "referral_hires", Count.REFERRALS_HIRED),
    ("accidents", "accidents", Count.ACCIDENTS),
    ("safety courses", "safety_courses", Count.SAFETY_TRAINED),
    ("visits at desks", "desk_visits", Count.DESK_CONSULTATIONS),
    ("firms", "firms_founded", Count.STARTUPS_FOUNDED),
)
"""What persons add up to a count."""


def balances_of_help(world: World, _: int) -> list[Balance]:
    """Balance what persons, firms and lenders have had against the books of the services, and the money that passed."""
    people, employers, services, cases, lenders, loans, events, stations = (
        columns(world, name) for name in ("people", "employers", "services", "cases", "lenders", "loans", "events", "stations")
    )
    counts, ledger, cashbook, rules = world.counts, world.ledger, world.cashbook, world.rules
    in_use, promised, served, units = (services[name] for name in ("in_use", "promised", "served", "units"))
    open_now = np.flatnonzero(cases["closed_day"] < 0)
    clients = np.flatnonzero(people["case_file"] >= 0)
    of_scheme = loans["scheme"] == 1
    to_founders = of_scheme & (employers["founder"][loans["employer"]] >= 0)
    desk_places = int(rules["lodging"]["desk_staff_per_station"][0] * rules["lodging"]["visits_per_desk_staff_day"][0])
    taken = {kind: int(events["taken"][events["kind"] == kind].sum()) for kind in EventKind}
    handed_over = int(counts[Count.SUBSIDIES_PAID])
    search_paid = int(people["search_paid"].sum())
    fares_paid, taken_in = int(people["fares_paid"].sum()), int(in_use[LeverId.TRANSPORT_SUPPORT])
    cards = int(people["card"].sum())
    limited = services["budget"] >= 0
    legal_units = int(rules["legal_aid"]["hours_per_case"][0] * rules["legal_aid"]["training_seats_per_hour"][0])
    return [
        *((f"{name}, person by person", int(people[column].sum()), int(counts[count])) for name, column, count in BY_PERSON),
        ("desks in use", int(in_use[LeverId.INCUBATOR]), int(employers["desk"].sum())),
        ("desks beyond the desks", bool(in_use[LeverId.INCUBATOR] <= max(0, int(rules["incubator"]["desks"][0]))), True),
        ("desks of closed firms", int(employers["desk"][employers["alive"] == 0].sum()), 0),
        ("firms without a desk are turned away once", int(services["turned_away"][LeverId.INCUBATOR]), int(employers["desk_refused"].sum())),
        ("open files", int(in_use[LeverId.CASEWORK]), len(open_now)),
        ("clients of open files", np.sort(cases["person"][open_now]).tolist(), clients.tolist()),
        ("files of clients", cases["person"][people["case_file"][clients]].tolist(), clients.tolist()),
        ("files below the mark are closed", int((open_now < int(world.rows_in_use["first_open_case"][0])).sum()), 0),
        ("contacts promised to files", int(promised[LeverId.CASEWORK]), int(cases["promised"].sum())),
        ("contacts of files", int(cases["contacts"].sum()), int(people["case_contacts"].sum())),
        ("contacts paid for", int(units[LeverId.CASEWORK]), int(people["case_contacts"].sum())),
        ("rent promised", int(promised[LeverId.SUBSIDIES]), int((people["rent_months"] * people["rent_subsidy"]).sum())),
        ("rent without months", int(people["rent_subsidy"][people["rent_months"] == 0].sum()), 0),
        ("hires to be paid for", int(promised[LeverId.HIRING_SUBSIDY]), int(people["hiring_claim"].sum())),
        ("hires with a place", int(in_use[LeverId.HIRING_SUBSIDY]), int(people["hiring_claim"].sum() + people["hires_paid_for"].sum())),
        ("who leaves leaves no claim behind", int(people["hiring_claim"][people["employer"] < 0].sum()), 0),
        ("promised is not negative", int((promised < 0).sum()), 0),
        (
            "promised beyond the budget",
            int(((services["spent"] + promised * services["unit_cost"]) > services["budget"])[limited].sum()),
            0,
        ),
        ("cards in use", int(in_use[LeverId.SUBSIDIES]), cards),
        ("subsidies and cards paid for", int(units[LeverId.SUBSIDIES]), handed_over + search_paid + cards * int(rules["subsidies"]["card_cost"][0])),
        ("grants reach the firms", int(counts[Count.STARTUP_GRANTS]), int(cashbook[Cash.GRANTS])),
        ("subsidies are rent, grants and homes", bool(handed_over + fares_paid >= ledger[Money.SUBSIDIES] + cashbook[Cash.GRANTS]), True),
        ("fares paid for", int(units[LeverId.TRANSPORT_SUPPORT]), fares_paid + taken_in * int(rules["transport_support"]["administration"][0])),
        ("persons with fares paid", taken_in, int((people["fares_supported"] > 0).sum())),
        ("homes cost", bool(ledger[Money.HOMES] <= 0), True),
        ("disputes cost", bool(cashbook[Cash.DISPUTES] <= 0), True),
        ("arrears recovered are part of what is recovered", bool(0 <= ledger[Money.ARREARS_RECOVERED] <= counts[Count.LEGAL_RECOVERED]), True),
        ("legal cases and seats", int(units[LeverId.LEGAL_AID]), int(counts[Count.LEGAL_CASES]) * legal_units + int(counts[Count.LEGAL_TRAINED])),
        ("legal trainings", taken[EventKind.LEGAL_TRAINING], int(counts[Count.LEGAL_TRAINED])),
        ("safety courses", taken[EventKind.SAFETY_COURSE], int(counts[Count.SAFETY_TRAINED])),
        ("preparations", taken[EventKind.SAFETY_CERTIFICATE], int(people["safety_preparations"].sum())),
        ("certificates of who prepared", int((people["safety_certificate"] > people["safety_preparations"]).sum()), 0),
        ("model units", taken[EventKind.SAFETY_UNITS], int(employers["model_unit"].sum())),
        ("evenings served", int(served[LeverId.INTEGRATION]), int(counts[Count.EVENTS_ATTENDED])),
        ("members of communities", int(in_use[LeverId.INTEGRATION]), int(people["community"].sum())),
        ("consultations within the staff's time", int((stations["desk_used"] > desk_places).sum()), 0),
        ("loans of founders", int(people["loans_granted"].sum()), int(to_founders.sum())),
        ("amounts of founders", int(people["loan_amount"].sum()), int(loans["amount"][to_founders].sum())),
        ("lenders' credit", int(lenders["granted"].sum()), int(counts[Count.LOAN_AMOUNT_GRANTED])),
        (
            "each lender's credit",
            lenders["granted"].tolist(),
            tally(loans["lender"][of_scheme], len(lenders["line"]), loans["amount"][of_scheme]).tolist(),
        ),
        ("credit beyond a lender's line", int((lenders["granted"] > lenders["line"]).sum()), 0),
        ("lines beyond the credit line", bool(lenders["line"].sum() <= int(rules["loans"]["credit_line"][0])), True),
        ("an own lender for founders", int((lenders["founders"][loans["lender"][to_founders]] == 0).sum()), 0),
        ("an own lender for firms", int((lenders["firms"][loans["lender"][of_scheme & ~to_founders]] == 0).sum()), 0),
        ("reached are served or turned away", (served + services["turned_away"])[HELP].tolist(), services["reached"][HELP].tolist()),
    ]


HELP = [LeverId.LEGAL_AID, LeverId.INCUBATOR, LeverId.SUBSIDIES, LeverId.INTEGRATION, LeverId.CASEWORK, LeverId.SAFETY_TRAINING]
"""Levers where whoever is reached is served or turned away."""
