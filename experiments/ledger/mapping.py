"""The mapping file: what headings and words of a ledger mean that nobody else would know.

columns: {最后学历: education, 是不是有活干: employed}
values:
status: {蹲家: searching}
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.ledger.headings import GRADUATES, NOT_READ, POSTS
from experiments.ledger.values import LEFT
from experiments.shared.errors import MistakeError
from sim.bilingual import listed, message_of, sentence
from sim.errors import ConfigurationError
from sim.ledger.people_file import WORDS
from sim.yaml_files import at_line, read_file

ALLOWED: dict[str, tuple[str, ...]] = {
    "status": (*WORDS["status"], LEFT), "education": tuple(WORDS["education"]), "sex": tuple(WORDS["sex"]), "major": tuple(WORDS["field"]),
    "residence": tuple(WORDS["place"]), "origin": tuple(WORDS["origin"]), "industry": tuple(WORDS["field"]), "school": (), "district": (),
}  # fmt: skip
"""What a column says → what its words can mean; none: a name of the region."""


def read_mapping(named: str | None) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Read a mapping file.

    Args:
        named: Its path; None: there is none.

    Returns:
        Heading → what it says; what a column says → text in lower case → meaning.

    Raises:
        MistakeError: A mistake in it, with its line.
    """
    if named is None:
        return {}, {}
    path = Path(named).expanduser()
    try:
        file = read_file(path)
    except ConfigurationError as error:
        raise MistakeError(message_of(error)) from None
    fields = tuple(dict.fromkeys(field for field in (*GRADUATES, *POSTS) if field != NOT_READ))

    def refuse(where: tuple[object, ...], given: object, allowed: tuple[str, ...]) -> MistakeError:
        key = ".".join(map(str, where))
        told = sentence("{key} is {given}; allowed is {allowed}", "{key} 为 {given}，应为 {allowed}", key=key, given=given, allowed=listed(allowed))
        return MistakeError(at_line(path, file.lines.get(key), told))

    def table(content: Mapping[str, Any], key: str, whole: str) -> dict[str, Any]:
        found = content.get(key) or {}
        if not isinstance(found, dict):
            told = sentence("{key} is no table of keys; write its keys below it", "{key} 应为一组键；请在其下逐行书写", key=whole)
            raise MistakeError(at_line(path, file.lines.get(whole), told))
        return found

    if strange := next((key for key in file.content if key not in ("columns", "values")), None):
        raise refuse((strange,), strange, ("columns", "values"))
    columns, values = table(file.content, "columns", "columns"), table(file.content, "values", "values")
    for heading, field in columns.items():
        if field not in fields:
            raise refuse(("columns", heading), field, fields)
    meant: dict[str, dict[str, str]] = {}
    for field in values:
        if field not in ALLOWED:
            raise refuse(("values", field), field, tuple(ALLOWED))
        for text, value in table(values, field, f"values.{field}").items():
            if ALLOWED[field] and value not in ALLOWED[field]:
                raise refuse(("values", field, text), value, ALLOWED[field])
            meant.setdefault(field, {})[str(text).lower()] = str(value)
    return {str(heading): str(field) for heading, field in columns.items()}, meant
