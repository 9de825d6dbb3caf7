"""Another scenario from one that there is: a few keys changed, everything else as it was, and checked as always.

Only the groups that a change touches are checked again, and then the whole: it takes less than a millisecond, without any file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, get_origin

from pydantic import ValidationError

from sim.bilingual import Sentence, joined, sentence
from sim.errors import ConfigurationError
from sim.parameters import ParameterGroup, inner_type, without_null
from sim.readings import understand
from sim.wording import explain_value, shown, unknown

Group = TypeVar("Group", bound=ParameterGroup)
Tree = dict[str, Any]
Known = Callable[[], list[str]]
DEEPEST = 20
"""Dictionaries inside one another; keys have no more than half of that."""


def tree_of(*changes: Mapping[str, Any], depth: int = 0) -> Tree:
    """Put dotted keys and nested dictionaries into one tree.

    Args:
        changes: Keys, dotted or not → value, or a dictionary of keys inside; what comes later counts.
        depth: How many dictionaries these are inside of.

    Raises:
        ConfigurationError: No dictionary, one that holds itself, or a key that is no text or is empty.
    """
    tree: Tree = {}
    for some in changes:
        if not isinstance(some, Mapping):
            raise ConfigurationError(sentence("changes are {value}; allowed is a dictionary, such as {{'days': 180}}",
                                              "更改为 {value}，应为字典，例如 {{'days': 180}}", value=shown(some)))  # fmt: skip
    if depth > DEEPEST:
        raise ConfigurationError(Sentence("a dictionary holds itself, or too many inside one another; write 'policy.lodging.free_nights'",
                                          "字典包含自身，或嵌套过深；请写成 'policy.lodging.free_nights'"))  # fmt: skip
    for key, value in (item for some in changes for item in some.items()):
        parts = key.split(".") if isinstance(key, str) else [""]
        if not all(parts):
            raise ConfigurationError(sentence("{key!r} is no key; write a text such as 'policy.lodging.free_nights'",
                                              "{key!r} 不是键；请写成 'policy.lodging.free_nights' 这样的文字", key=key))  # fmt: skip
        place = tree
        for part in parts[:-1]:
            inside = place.get(part)
            place[part] = inside = inside if isinstance(inside, dict) else {}
            place = inside
        last = parts[-1]
        if isinstance(value, Mapping):
            inside, branch = place.get(last), tree_of(value, depth=depth + 1)
            place[last] = _over(inside, branch) if isinstance(inside, dict) else branch
        else:
            place[last] = value
    return tree


def dotted(tree: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """Return dotted key → value for every value in a tree.

    Args:
        tree: The tree.
        above: What stands before its keys, with a trailing dot.
    """
    found: dict[str, Any] = {}
    for key, value in tree.items():
        found |= dotted(value, f"{above}{key}.") if isinstance(value, dict) and value else {f"{above}{key}": value}
    return found


def check_kinds(group: type[ParameterGroup], tree: Mapping[str, Any], files: Iterable[str] = (), above: str = "") -> None:
    """Refuse a value where there is a group of keys, and one value where there is a list.

    Args:
        group: Class of the group.
        tree: What is set in it.
        files: Keys that may also name a file.
        above: What stands before its keys, with a trailing dot.

    Raises:
        ConfigurationError: A value that is neither.
    """
    for name, field in group.model_fields.items():
        value, inner = tree.get(name), inner_type(field.annotation)
        if name not in tree or (name in files and isinstance(value, str)):
            continue
        if get_origin(without_null(field.annotation)) in (tuple, list):
            if not isinstance(value, (list, tuple, dict)):
                raise ConfigurationError(_no_list(f"{above}{name}", value))
        elif isinstance(inner, type) and issubclass(inner, ParameterGroup):
            if not isinstance(value, dict):
                raise ConfigurationError(_no_table(f"{above}{name}", value, {key: one.default for key, one in inner.model_fields.items()}))
            check_kinds(inner, value, (), f"{above}{name}.")


def changed(root: Group, tree: Mapping[str, Any], known: Known) -> Group:
    """Return a group with the keys of a tree changed, checked.

    Args:
        root: The group: a whole scenario.
        tree: What is changed.
        known: Gives the dotted keys that there are, for what is said about others.

    Raises:
        ConfigurationError: An unknown key, or a value that is not allowed.
    """

    def change(group: Any, tree: Mapping[str, Any], above: tuple[str | int, ...]) -> Any:  # noqa: ANN401
        fields = type(group).model_fields
        values = {name: getattr(group, name) for name in fields}
        for name, value in tree.items():
            key = ".".join(map(str, (*above, name)))
            if name not in fields:
                raise ConfigurationError(unknown("key", ".".join(map(str, (*above, _first_leaf(name, value)))), known()))
            inside = values[name]
            if isinstance(inside, ParameterGroup):
                if not isinstance(value, (dict, type(inside))):
                    raise ConfigurationError(_no_table(key, value, dict(inside)))
            elif isinstance(inside, tuple) and isinstance(value, dict) and value and all(map(str.isdecimal, value)):
                value = change_entries(inside, value, (*above, name))  # noqa: PLW2901
            elif isinstance(inside, tuple) and not isinstance(value, (list, tuple)):
                raise ConfigurationError(_no_list(key, value))
            values[name] = change(inside, value, (*above, name)) if isinstance(inside, ParameterGroup) and isinstance(value, dict) else value
        try:
            return type(group).model_validate(values)
        except ValidationError as error:
            details = [{**detail, "loc": (*above, *detail["loc"])} for detail in error.errors()]
            raise ConfigurationError(joined(explain_value(detail, type(root), known()) for detail in details)) from None

    def change_entries(entries: Sequence[Any], tree: Mapping[str, Any], above: tuple[str | int, ...]) -> tuple[Any, ...]:
        found = list(entries)
        for number, value in tree.items():
            if int(number) >= len(found):
                raise ConfigurationError(unknown("key", ".".join(map(str, (*above, _first_leaf(number, value)))), known()))
            before = found[int(number)]
            is_table = isinstance(before, ParameterGroup) and isinstance(value, dict)
            found[int(number)] = change(before, value, (*above, int(number))) if is_table else value
        return tuple(found)

    tree = dict(tree)
    understand(tree, type(root).model_fields)  # 5% and 2021/1/1, as on the command line
    found: Group = change(root, tree, ())
    return found


def _over(below: Tree, above: Tree) -> Tree:
    """Lay one tree over another."""
    found = dict(below)
    for key, value in above.items():
        inside = found.get(key)
        found[key] = _over(inside, value) if isinstance(value, dict) and isinstance(inside, dict) else value
    return found


def _first_leaf(key: str, value: Any) -> str:  # noqa: ANN401
    """Return the dotted key of the first value in a tree."""
    while isinstance(value, dict) and value:
        inside, value = next(iter(value.items()))
        key = f"{key}.{inside}"
    return key


def _no_table(key: str, value: Any, inside: Tree) -> Sentence:  # noqa: ANN401
    first, example = next(((name, one) for name, one in inside.items() if isinstance(one, (bool, int, float, str))), ("KEY", 1))
    return sentence(
        "{key} is {value}; allowed is a dictionary of its keys, such as {{{first!r}: {example!r}}}",
        "{key} 为 {value}，应为由其各键组成的字典，例如 {{{first!r}: {example!r}}}", key=key, value=shown(value), first=first, example=example,
    )  # fmt: skip


def _no_list(key: str, value: Any) -> Sentence:  # noqa: ANN401
    return sentence("{key} is {value}; allowed is a list, such as [a, b]", "{key} 为 {value}，应为列表，例如 [a, b]", key=key, value=shown(value))
