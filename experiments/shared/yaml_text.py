"""Plain data as YAML and back: the bytes that PyYAML writes, by libyaml where it is there and writes the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_SAME = re.compile(r"[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*")
"""Texts that both write alike: emoji, tabs and the like are escaped by one of them."""
_LONGEST_KEY = 40
"""Signs of a key that both write before its colon; libyaml counts bytes, of which 128 are the limit."""


def yaml_of(content: Mapping[str, Any]) -> str:
    """Return a table of keys as YAML, in its own order, as wide as 120 columns.

    Args:
        content: Plain data.
    """
    import yaml

    dumper = getattr(yaml, "CSafeDumper", None) if _is_written_alike(content) else None
    return str(yaml.dump(content, Dumper=dumper or yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=120))


def plain_in(text: str) -> Any:  # noqa: ANN401
    """Return the plain data of a text in YAML, by libyaml where it is there: in a tenth of the time.

    Args:
        text: The text.

    Raises:
        YAMLError: It is none.
    """
    import yaml

    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe)
    except yaml.YAMLError:
        return yaml.safe_load(text)  # which says better where


def _is_written_alike(value: Any) -> bool:  # noqa: ANN401
    """Tell whether libyaml writes a value as PyYAML does."""
    if isinstance(value, str):
        return _SAME.fullmatch(value) is not None
    if isinstance(value, dict):
        return all(isinstance(key, str) and 0 < len(key) <= _LONGEST_KEY and _is_written_alike(key) for key in value) and all(
            map(_is_written_alike, value.values())
        )
    if isinstance(value, list):
        return all(map(_is_written_alike, value))
    return value is None or type(value) in (bool, int, float)
