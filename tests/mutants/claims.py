"""Which test files claim a module: those of its own place in the tree, those that name it here, then the general ones."""

from tests.mutants.mutant import LEVERS, ROOT

KNOWN = [f"tests/sim/test_known_{name}.py" for name in ("rules", "markets", "demand", "phases", "contracts", "ventures", "loans")]
GENERAL = ["tests/sim/test_admission.py", "tests/sim/test_null_levers.py", "tests/sim/test_directions.py", "tests/sim/test_conservation.py"]
"""What is claimed of all modules, after their own tests."""


def of_lever(*names: str) -> list[str]:
    """Return the test files of levers."""
    return [f"tests/sim/{LEVERS}/test_{name}.py" for name in names]


NAMED: dict[str, list[str]] = {
    "rules/agenda": [*KNOWN],
    "rules/applying": [*KNOWN, *of_lever("casework")],
    "rules/places": of_lever("skills_training", "internships"),
    "rules/posts": [*KNOWN, "tests/sim/test_locality.py"],
    "rules/scoring": [*KNOWN, "tests/sim/test_world.py", "tests/sim/test_stylised_facts.py"],
    "rules/searching": [*KNOWN, "tests/sim/test_stylised_facts.py"],
    "rules/services": [*of_lever("incubator", "guidance", "casework", "skills_training", "internships", "legal_aid"), "tests/sim/test_admission.py"],
    "rules/bureau": ["tests/sim/test_funnel.py"],
    "rules/help": ["tests/sim/test_known_help.py"],
    "rules/paying": ["tests/sim/test_known_demand.py"],
    "rules/planning": ["tests/sim/test_known_demand.py"],
    "rules/queues": ["tests/sim/test_queues.py"],
    "rules/youth": ["tests/sim/test_steady_market.py"],
    "phases/ageing": ["tests/sim/test_steady_market.py", "tests/sim/test_account.py"],
    "rules/elsewhere": ["tests/sim/test_known_contracts.py", "tests/sim/test_utility.py", *of_lever("labour_export")],
    "rules/subsidised": of_lever("hiring_subsidy"),
    "rules/utility": ["tests/sim/test_utility.py", *KNOWN],
    "rules/telling": ["tests/sim/test_known_rules.py", *of_lever("outreach", "organisation")],
    "rules/visiting": ["tests/sim/test_visits.py", "tests/sim/test_known_ties.py", *of_lever("travel_vouchers", "internships")],
    "rules/ventures": ["tests/sim/test_known_ventures.py", "tests/sim/test_stylised_facts.py"],
    "rules/moving": ["tests/sim/test_moving.py"],
    "rules/working": [*KNOWN, *of_lever("casework", "lodging"), "tests/sim/test_stylised_facts.py"],
    "phases/accounts": ["tests/sim/test_known_contracts.py", *of_lever("safety_training", "subsidies", "legal_aid"), "tests/sim/test_history.py"],
    "phases/awareness": of_lever("outreach", "guidance"),
    "phases/cohort": [*KNOWN, *of_lever("internships"), "tests/sim/test_stylised_facts.py", "tests/sim/test_world.py"],
    "phases/hiring": [*KNOWN, *of_lever("lodging"), "tests/sim/test_locality.py"],
    "phases/services": of_lever("organisation", "guidance", "casework", "integration", "startup_courses", "legal_aid"),
    "phases/screening": [*KNOWN, "tests/sim/test_stylised_facts.py"],
    "phases/search": of_lever("known_levers", "job_fairs"),
    "phases/settling": [
        "tests/sim/test_moving.py", *of_lever("subsidies", "skills_training", "integration"), "tests/sim/test_utility.py",
        "tests/sim/test_stylised_facts.py",
    ],
    "phases/training": of_lever("internships", "skills_training"),
    "phases/travel": [*KNOWN, *of_lever("lodging", "campus_recruitment", "internships"), "tests/sim/test_visits.py"],
    "phases/vacancies": [*KNOWN, "tests/sim/test_stylised_facts.py", "tests/sim/test_locality.py"],
    "phases/closing": ["tests/sim/test_known_loans.py", "tests/sim/test_known_ventures.py"],
    "phases/financing": ["tests/sim/test_known_loans.py", "tests/sim/test_known_ventures.py", *of_lever("loans")],
    "rules/lending": ["tests/sim/test_known_loans.py", *of_lever("loans")],
    "phases/ventures": ["tests/sim/test_known_ventures.py", "tests/sim/test_known_loans.py", *of_lever("loans", "incubator", "startup_courses")],
    "phases/work": [*KNOWN, "tests/sim/test_stylised_facts.py"],
    "model/population": ["tests/sim/test_world.py", "tests/sim/test_stylised_facts.py"],
    "model/earlier_classes": ["tests/sim/test_world.py", "tests/sim/test_stylised_facts.py"],
    "model/established": ["tests/sim/test_world.py", "tests/sim/test_stylised_facts.py"],
    "model/recorder": ["tests/sim/test_simulation.py", *KNOWN],
}
MORE: dict[str, list[str]] = {
    "levers/incubator": ["tests/sim/test_known_ventures.py"],
    "levers/loans": ["tests/sim/test_known_loans.py", "tests/sim/test_known_markets.py"],
    "levers/mentoring": ["tests/sim/test_known_ventures.py", "tests/sim/test_known_markets.py"],
    "levers/job_fairs": ["tests/sim/test_known_markets.py"],
    "levers/lodging": ["tests/sim/test_known_markets.py"],
    "levers/campus_recruitment": ["tests/sim/test_known_markets.py"],
    "levers/travel_vouchers": ["tests/sim/test_known_markets.py", "tests/sim/test_visits.py", "tests/sim/test_known_ties.py"],
}


def claims_of(module: str) -> list[str]:
    """Return the test files of a module, the likeliest to find a fault first."""
    package, _, name = module.partition("/")
    own = NAMED.get(module, of_lever(name) if package == "levers" else [])
    if package == "levers":
        own = [*of_lever("known_levers"), *own]
    elif package in {"rules", "phases"}:
        own = [*own, *KNOWN]
    files = list(dict.fromkeys([*own, *MORE.get(module, []), *GENERAL]))
    missing = [file for file in files if not (ROOT / file).exists()]
    if missing:
        message = f"{module}: no such test files: {missing}"
        raise FileNotFoundError(message)
    return files
