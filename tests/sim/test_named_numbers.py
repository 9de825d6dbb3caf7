"""Every number that decides something has a name: it is a declared parameter, and not written into a rule."""

import ast
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from sim.day import PHASES
from sim.parameters import leaves
from sim.scenario import load_scenario
from tests.trees import ROOT, named, nodes_in, tree_of

SIM = ROOT / "sim"
PLACES = ("rules", "phases", "levers", "population.py", "earlier_classes.py", "established.py", "furnishing.py", "world.py", "recorder.py", "day.py")
SOURCES = sorted(path for place in PLACES for path in ((SIM / place).glob("*.py") if (SIM / place).is_dir() else [SIM / place]))

DRAWS = ("uniform", "four_uniforms", "exponential", "days_until", "normal", "poisson", "expected_return")
"""Functions whose whole numbers are keys of luck."""


class Number(NamedTuple):
    """A number written into a function (or, with no function, given a name of its own in a module), and the expression around it."""

    file: str
    function: str
    expression: str


GUARD = "keeps a division from zero"
ROOM = "room for rows: decides how often tables grow, not what happens"
RETURN = "there and back"
FOUR = "a draw gives four numbers"
FETCHED = "what the memory is asked for ahead: decides how fast a day is, not what happens"

ALLOWED: dict[Number, str] = {
    **{Number("day.py", "advance", f"first_phase <= {place} < last_phase"): "a phase's place in the day" for place in range(2, len(PHASES))},
    Number("rules/applying.py", "", "LINES_OF_A_PILE"): FETCHED,
    Number("rules/visiting.py", "", "DAYS_OF_NOTICE"): "today, tomorrow for the trip, and the day after",
    Number("rules/applying.py", "", "LOOK_STEP"): "spreads the looks of a session evenly",
    **{Number("rules/applying.py", "", name): "a bound that what is weighed never reaches" for name in ("MOST_BELL", "MOST_LOG")},
    **{Number("rules/scoring.py", "draw_peers", expression): FOUR for expression in ("index % 4", "index // 4")},
    Number("rules/scoring.py", "", "LEAST_VARIANCE"): GUARD,
    **{
        Number("rules/scoring.py", "_score_of_interviews", expression): "the mean of two"
        for expression in ("(luck + normal(world, decision, first_day, identity, employer_row)) / 2.0", "noise /= 2.0")
    },
    **{Number("rules/bureau.py", "", name): "the bureau's definition" for name in ("STARTS_WITHIN_DAYS", "GROWN_UP", "NEARLY_THIRTY")},
    Number("world.py", "", "MOST_SEEN"): ROOM,
    Number("rules/bureau.py", "", "SEARCHED_WITHIN_DAYS"): "the bureau's definition",
    Number("phases/ageing.py", "", "AFTER_PAY_DAY"): "half a month: whatever happens once a month is over",
    Number("phases/ageing.py", "", "AROUND_THE_ANNIVERSARY"): "half a year before, half a year after",
    Number("phases/vacancies.py", "", "ENOUGH_ADVERTS"): GUARD,
    Number("rules/subsidised.py", "", "LEAST_OUTPUT"): GUARD,
    Number("phases/vacancies.py", "", "MOST_TILT"): "keeps the plan finite where nothing can be filled",
    Number("rules/youth.py", "", "DRAWS_FOR_SOMEBODY"): "draws are repeated until somebody young is found",
    Number("rules/youth.py", "", "KEYS_OF_A_DRAW"): "a key of luck",
    Number("rules/help.py", "", "_ONE"): "a bit",
    Number("rules/help.py", "left_of_help", "math.log(2.0)"): "a half-life is a halving",
    Number("furnishing.py", "costs_of_living", "2 * behaviour.commute_fare_per_km"): RETURN,
    Number("rules/effort.py", "", "_EXCESS"): "the mean of a normal number's part above zero",
    Number("rules/effort.py", "gain_looked_for", "(over + math.sqrt(over * over + _EXCESS * spread * spread)) / 2.0"): "the same",
    Number("rules/effort.py", "price_of_application", "2.0 * world.campuses[person.campus].fare"): RETURN,
    Number("rules/effort.py", "effort_and_wanted", "max(1e-09, price_of_application(world, day, person))"): GUARD,
    Number("rules/youth.py", "", "OUT"): "a mark in a list of rows",
    **{
        Number("rules/preparing.py", "passes", expression): "the normal distribution"
        for expression in ("0.5 * (1.0 + math.erf(shown / math.sqrt(2.0 * (1.0 + weight * weight))))", "2.0 * (1.0 + weight * weight)")
    },
    Number("phases/work.py", "", "MARKS"): "bits of a word",
    Number("phases/work.py", "", "ONE"): "a bit",
    Number("rules/agenda.py", "", "FAR"): "the last day that a column of 32 bits can hold",
    Number("rules/posts.py", "open_post", "2.0 * width"): "from one edge of the range to the other",
    Number("rules/queues.py", "_most", "world.queue.size // 2"): ROOM,
    Number("rules/queues.py", "", "DRAWS"): "bits of a draw",
    Number("rules/queues.py", "", "ROWS"): "bits of a row",
    Number("rules/queues.py", "", "ROOM"): ROOM,
    Number("rules/queues.py", "", "EMPTY"): "a place of the queue where nobody stands",
    Number("world.py", "_agenda_of", "people * 5"): ROOM,
    Number("world.py", "_agenda_of", "people * 5 // 2"): ROOM,
    Number("rules/working.py", "draw_separation_day", "max(first, 1e-09)"): GUARD,
    Number("rules/visiting.py", "fare_of_trip", "2 * world.campuses[person.campus].fare"): RETURN,
    Number("furnishing.py", "way_to_work", "2 * distance_km"): RETURN,
    Number("levers/travel_vouchers.py", "_cost_of_visit", "2 * campus.fare"): RETURN,
    Number("levers/travel_vouchers.py", "_book_visit", "2 * campus.fare"): RETURN,
    Number("levers/internships.py", "events", "self.industry_places // 2"): "two batches, each with days of its own",
    Number("levers/job_fairs.py", "events", "(SATURDAY - (horizon.start + timedelta(days=day)).weekday()) % 7"): "days of a week",
    Number("levers/loans.py", "_check", "1 + 1e-09"): "rounding of a sum",
    Number("levers/organisation.py", "_check", "1 + 1e-09"): "rounding of a sum",
    Number(
        "levers/outreach.py", "_reach", "parameter(0, unit='contacts/month', low=0, high=10000000, source=_CHOICE, en=en, zh=zh)"
    ): "a declaration",
    Number("population.py", "_draw_class", "2 + int((draw - recent) / max(1e-09, 1.0 - recent) * earlier)"): "the class before the last",
    Number("population.py", "_draw_class", "max(1e-09, 1.0 - recent)"): GUARD,
    Number("established.py", "_make_employers", "made + 0.5"): "the middle of an employer's place in the queue",
    Number("established.py", "_make_employers", "reached + 1e-12"): "rounding of a sum",
    **{
        Number("established.py", "_bell", expression): "the normal distribution"
        for expression in ("(math.log(wage / usual) / spread) ** 2", "-0.5 * (math.log(wage / usual) / spread) ** 2")
    },
    **{Number("established.py", "_make_advertiser", f"about[{place}]"): "a place in a tuple" for place in (2, 3, 4)},
    Number("established.py", "_open_known_posts", "(place, 2)"): "a key of luck",
    Number("rules/applying.py", "", "SURELY"): "a bound that what is weighed never reaches",
    Number("earlier_classes.py", "", "LOOKS_FOR_EMPLOYER, DRAWS_OF_EMPLOYER"): "draws are repeated until no anchor is found; keys of luck",
    Number("world.py", "_make_room", "piles * 5"): ROOM,
    Number("world.py", "_make_room", "piles * 5 // 4"): ROOM,
    Number("world.py", "_make_room", "posts.capacity * 5"): ROOM,
    Number("world.py", "_make_room", "posts.capacity * 5 // 4"): ROOM,
    Number("world.py", "make_world", "3 * int(counts.posts_a_day)"): ROOM,
    Number("world.py", "_make_room", "table.capacity * 5"): ROOM,
    Number("world.py", "_make_room", "table.capacity * 5 // 4"): ROOM,
    Number("world.py", "make_world", "2 ** 32"): "bits of a key",
    Number("world.py", "make_world", "2 * int(counts.ventures_a_day)"): ROOM,
    Number("world.py", "make_world", "slots // 3"): ROOM,
    Number("world.py", "make_world", "2 * most_by_levers"): ROOM,
    Number("world.py", "make_world", "slots // 3 + 2 * most_by_levers + 64"): ROOM,
    Number("world.py", "make_world", "3 * slots"): ROOM,
    Number("world.py", "make_world", "2 * int(counts.posts_a_day)"): ROOM,
    Number("world.py", "make_world", "3 * int(counts.posts_a_day)"): ROOM,
    Number("world.py", "_empty_world", "64 + math.ceil(people * min(1.0, max(0.002, 4.0 * projects_a_day)))"): ROOM,
    Number("world.py", "_empty_world", "max(0.002, 4.0 * projects_a_day)"): ROOM,
    Number("world.py", "_empty_world", "4.0 * projects_a_day"): ROOM,
    Number("world.py", "_empty_world", "2 * int(counts['ventures_a_day'][0])"): ROOM,
    Number("world.py", "_empty_world", "(days, len(scenario.region.districts), 2)"): "two series: beds open and used",
    # Constants of a module
    Number("rules/places.py", "", "LOOKS_PER_CANDIDATE"): "a limit of the search for a rare industry: enough is found before it",
    Number("rules/services.py", "", "_ONE"): "a bit",
    Number("levers/campus_recruitment.py", "", "LOOKS"): "keys of luck",
    Number("levers/campus_recruitment.py", "", "INVITATIONS_A_KEY"): "keys of luck",
    Number("levers/campus_recruitment.py", "", "FEWEST_NOTICED, MOST_NOTICED"): "keep a logarithm finite",
    Number("levers/internships.py", "", "FIRST_STUDENT_KEY"): "keys of luck",
    Number("levers/job_fairs.py", "", "APPLICATIONS_A_KEY, LOOKS_A_KEY, FAIRS_A_KEY"): "keys of luck",
    Number("levers/loans.py", "", "SCHEME_KEY"): "keys of luck",
    Number("levers/loans.py", "", "OF_FOUNDERS, OF_FIRMS, OF_YOUNG_FIRMS"): "names",
    **{Number("phases/financing.py", function, "range(2)"): "scheme and bank" for function in ("gather_money", "_borrow_to_grow")},
    Number("phases/beds.py", "", "ALL_FULL"): "a row that does not exist",
    Number("rules/telling.py", "", "CHANNELS_A_KEY"): "keys of luck",
    Number("rules/services.py", "", "LEVERS_A_KEY"): "keys of luck",
    Number("levers/outreach.py", "", "BY_OUTREACH"): "keys of luck",
    Number("levers/organisation.py", "", "BY_ORGANISATION"): "keys of luck",
    Number("furnishing.py", "", "EVENTS_OF_A_KIND"): "keys of luck",
    Number("furnishing.py", "", "OTHER_KINDS"): "keys of luck",
}
"""Numbers that are arithmetic, capacity or a key of luck → why no run would be another one if they were parameters."""


def is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool)


def is_plain(node: ast.Constant, parents: list[ast.AST]) -> bool:
    """Tell whether a number is arithmetic wherever it stands: 0 and 1, the key of a draw, per cent, rounding."""
    if node.value in (0, 1):
        return True
    around = parents[-1]
    if isinstance(around, ast.Call) and isinstance(around.func, ast.Name) and around.func.id in DRAWS:
        return isinstance(node.value, int)
    if isinstance(around, ast.BinOp) and around.right is node:
        if isinstance(around.op, ast.Div) and node.value == 100.0:
            return True
        rounds = len(parents) > 1 and isinstance(parents[-2], ast.Call) and ast.unparse(parents[-2].func) == "int"
        return rounds and isinstance(around.op, ast.Add) and node.value == 0.5
    return False


def numbers_in(tree: ast.Module, file: str) -> Iterator[Number]:
    """Yield the numbers without a name in the functions of a module, and the constants of the module that are numbers."""

    def walk(node: ast.AST, function: str, parents: list[ast.AST]) -> Iterator[Number]:
        if function and is_number(node) and not is_plain(node, parents):  # type: ignore[arg-type]
            around = next(parent for parent in reversed(parents) if not isinstance(parent, (ast.UnaryOp, ast.keyword)))
            yield Number(file, function, ast.unparse(around))
        inside = node.name if isinstance(node, ast.FunctionDef) else function
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside, [*parents, node])

    yield from walk(tree, "", [])
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and any(map(is_number, ast.walk(statement.value))):
            yield Number(file, "", ", ".join(ast.unparse(target).strip("()") for target in statement.targets))


@cache
def found() -> set[Number]:
    return {number for path in SOURCES for number in numbers_in(tree_of(path), named(path, SIM))}


def test_every_number_of_a_rule_has_a_name() -> None:
    nameless = [f"sim/{number.file} {number.function}: {number.expression}" for number in sorted(found() - set(ALLOWED))]
    assert nameless == [], "declare a parameter (sim/behaviour.py, sim/opening.py, sim/region.py, the lever), or say here why it is arithmetic"


def test_every_parameter_is_read() -> None:
    read: set[str] = set()
    for _, node in nodes_in("sim"):
        if isinstance(node, ast.Attribute):
            read.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            read.add(node.value)  # a column, or a field that is looked up by name
    unread = [leaf.key for leaf in leaves(load_scenario("none", {})) if leaf.key.rpartition(".")[2] not in read]
    assert unread == []


def test_nothing_is_allowed_that_is_not_there() -> None:
    assert sorted(set(ALLOWED) - found()) == []


@pytest.mark.parametrize(
    ("rule", "nameless"),
    [
        ("return 0.35 * person.skill", ["0.35 * person.skill"]),
        ("return person.skill - 0.3", ["person.skill - 0.3"]),
        ("if score < -3: pass", ["score < -3"]),
        ("person.attachment = 0.15", ["person.attachment = 0.15"]),
        ("person.savings *= 2 if recent else 6", ["2 if recent else 6"]),
        ("return living // 2", ["living // 2"]),
        ("return day + days_until(world, Decision.X, day, 3, 0.5)", ["days_until(world, Decision.X, day, 3, 0.5)"]),
        ("return 1.0 - max(0.0, share) + normal(world, Decision.X, day, identity, 2)", []),
        ("return int(amount / 100.0 + 0.5)", []),
        ("return score + 0.5", ["score + 0.5"]),
        ("return bonus(quality=0.7)", ["bonus(quality=0.7)"]),
    ],
)
def test_the_walk_sees_a_number(rule: str, nameless: list[str]) -> None:
    tree = ast.parse(f"def rule():\n    {rule}\n")
    assert list(dict.fromkeys(number.expression for number in numbers_in(tree, "x"))) == nameless


def test_the_walk_sees_constants_of_a_module() -> None:
    text = "PEERS = 4\nFLOOR, CAP = 0.1, 0.9\nNOTHING = NEVER\nclass A(Lever):\n    months: int = parameter(12, unit='months')\n"
    assert [number.expression for number in numbers_in(ast.parse(text), "x")] == ["PEERS", "FLOOR, CAP"]
