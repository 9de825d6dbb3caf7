"""Why something was not done, in both languages."""

import ast
import errno
import os

from sim.errors import why_of
from tests.trees import named, nodes_in


def test_the_operating_system_is_told_in_both_languages() -> None:
    full = why_of(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert (str(full), full.zh) == (os.strerror(errno.ENOSPC), "磁盘空间不足")
    unknown = why_of(OSError(errno.EPROTO, os.strerror(errno.EPROTO)))
    assert (str(unknown), unknown.zh) == (os.strerror(errno.EPROTO), "系统未能完成此操作")
    assert why_of(OSError("no number")).zh == "系统未能完成此操作"


def test_a_library_is_told_in_its_own_words() -> None:
    said = why_of(ValueError("line 3: no bracket\nmore"))
    assert (str(said), said.zh) == ("line 3: no bracket", "line 3: no bracket")
    assert str(why_of(RecursionError())) == "RecursionError"


def test_nobody_prints_the_english_of_the_system_alone() -> None:
    found = {named(path) for path, node in nodes_in("yizhan", "sim", "experiments") if isinstance(node, ast.Attribute) and node.attr == "strerror"}
    assert found == {"experiments/shared/whole_files.py"}, found  # makes an error, and tells none
