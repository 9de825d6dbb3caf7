"""The commands: a room a command, and one for what they share."""

import sys
from importlib.util import find_spec
from pathlib import Path

_OURS = Path(__file__).resolve().parents[1] / "sim"


def _places(name: str) -> list[Path]:
    """Return the folders in which Python finds a package."""
    found = find_spec(name)
    return [Path(place).resolve() for place in (found.submodule_search_locations or [found.origin or ""])] if found else []


if _OURS not in _places("sim"):  # a module or folder of somebody else, in the working folder or on PYTHONPATH
    sys.stderr.write(
        f"yizhan: another sim comes first on Python's path: {', '.join(map(str, _places('sim'))) or 'none'}; ours is {_OURS}. "
        "Go to another folder, take it off PYTHONPATH, or rename it.\n"
        f"        Python 路径上有别的 sim 排在前面；本程序的是 {_OURS}。请换一个目录、调整 PYTHONPATH，或将其改名。\n"
    )
    raise SystemExit(2)
