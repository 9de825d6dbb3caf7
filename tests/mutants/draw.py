"""Draw the places of the faults: from a seed, some a module, of different kinds, in different functions where there are.

``python -m tests.mutants.draw [--seed 1] [--each 2]`` writes the table anew; ``--repair`` keeps what still applies and draws for the rest.
"""

import argparse
import ast
import random
from collections import Counter

from sim.world import make_world
from tests.conftest import make_scenario
from tests.mutants.claims import claims_of
from tests.mutants.mutant import TABLE, DoesNotApplyError, Mutant, modules, place_of, read_table, write_table
from tests.mutants.sites import sites_of

ROWS = {
    "person": "people", "founder": "people", "peer": "people", "employer": "employers", "firm": "employers", "post": "posts", "loan": "loans",
    "service": "services", "station": "stations", "mentor": "mentors", "event": "events", "case": "cases", "campus": "campuses", "lender": "lenders",
}  # fmt: skip
"""What rules call a row of a table."""


def columns_of_rows() -> dict[str, dict[str, str]]:
    """Return the columns of each row by the name that rules give it."""
    tables = make_world(make_scenario(graduates=50, days=2), 1, 0).tables
    return {row: {name: tables[table].rows.dtype[name].str for name in tables[table].rows.dtype.names or ()} for row, table in ROWS.items()}


def applies(mutant: Mutant) -> bool:
    """Tell whether a mutant still has its one place."""
    try:
        place_of(mutant, ast.parse(mutant.path().read_text(encoding="utf-8")))
    except (DoesNotApplyError, OSError):
        return False
    return True


def draw_for(module: str, seed: int, each: int, kept: list[Mutant], columns: dict[str, dict[str, str]], refused: set[str]) -> list[Mutant]:
    """Draw faults of a module until it has `each`: first a kind that is rare so far, in a function without a fault if there is one."""
    source = Mutant(module, "", "", "", "").path().read_text(encoding="utf-8")
    sites = sorted({mutant.name: mutant for mutant in sites_of(module, source, columns)}.values(), key=lambda mutant: mutant.name)
    luck = random.Random(f"{seed} {module}")  # noqa: S311
    found = list(kept)
    while len(found) < each:
        taken = {mutant.name for mutant in found}
        left = [site for site in sites if site.name not in taken and site.name not in refused]
        if not left:
            break
        functions = Counter(mutant.function for mutant in found)
        kinds = Counter(mutant.kind for mutant in found)
        kind = luck.choice(sorted({site.kind for site in left if kinds[site.kind] == min(kinds[one.kind] for one in left)}))
        of_kind = [site for site in left if site.kind == kind]
        fewest = min(functions[site.function] for site in of_kind)
        found.append(luck.choice([site for site in of_kind if functions[site.function] == fewest]))
    return found


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=2)
    parser.add_argument("--repair", action="store_true", help="keep what still applies")
    parser.add_argument("--refuse", nargs="*", default=[], help="names of faults that are not to be drawn: they cannot be compiled")
    options = parser.parse_args()
    kept = [mutant for mutant in read_table() if applies(mutant)] if options.repair and TABLE.exists() else []
    columns = columns_of_rows()
    drawn = [
        mutant
        for module in modules()
        for mutant in draw_for(module, options.seed, options.each, [one for one in kept if one.module == module], columns, set(options.refuse))
    ]
    write_table(drawn, options.seed, {module: claims_of(module) for module in modules()})


if __name__ == "__main__":
    main()
