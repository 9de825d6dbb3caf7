"""Folding texts of either language to the width of a terminal."""

from __future__ import annotations

import re
import unicodedata

_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60"
_CLOSING = ",.;:!?)\\]、。〕〉》」』”’，；：！？）"
_PIECES = re.compile(rf"[≈±] [^\s{_WIDE}]+[{_CLOSING}]*|[“‘（《]?[{_WIDE}][{_CLOSING}]*|[^\s{_WIDE}]+[{_CLOSING}]*|\s+")
"""Between these pieces a line may break: Chinese characters, with the punctuation that closes them, and words."""
_HUNG = re.compile(r"( *)(\S.*?\S {2,})?(\S.*)?$")
"""Indent, what hangs out, the rest."""


def width_of(text: str) -> int:
    """Return the columns of a terminal that a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def pieces_of(text: str) -> list[str]:
    """Divide a text where a line may break."""
    return _PIECES.findall(text)


def fold(text: str, width: int, first: int | None = None) -> list[str]:
    """Fold a text at spaces and between Chinese characters.

    Args:
        text: The text.
        width: Columns of a line; a Chinese character takes two.
        first: Columns of the first line; None: as many.

    Returns:
        The lines; only a word that is longer than a line is broken.
    """
    lines = [""]

    def room() -> int:
        return width if first is None or len(lines) > 1 else first

    for piece in pieces_of(text):
        if lines[-1] and not piece.isspace() and width_of(lines[-1] + piece) > room():
            lines.append("")
        rest = piece
        while width_of(rest) > room():  # too long a word: whatever fits
            fitting = next(length for length in range(len(rest), 0, -1) if length == 1 or width_of(rest[:length]) <= room())
            lines[-1], rest = rest[:fitting], rest[fitting:]
            if not rest:
                break
            lines.append("")
        lines[-1] += rest
    return [line.strip() for line in lines if line.strip()]


def hang(text: str, width: int, indent: int = 4) -> str:
    """Fold each line of a text, its further lines indented.

    Args:
        text: Lines. Where one has two columns, with two spaces or more between them, what is folded stays in the second, if that leaves it
            half the width; else the second goes below the first.
        width: Columns of a line.
        indent: Further lines of an example or an item stand so much further right; those of a paragraph do not.
    """
    folded: list[str] = []
    for line in text.splitlines():
        before, out, rest = (part or "" for part in _HUNG.match(line).groups())  # type: ignore[union-attr]
        place = width_of(before + out)
        if width_of(line) <= width or not rest:
            folded.append(line)
        elif out and place <= width // 2:
            first, *further = fold(rest, width - place)
            folded += [before + out + first, *(" " * place + one for one in further)]
        else:
            further_at = len(before) + indent if before or out else 0
            first, *further = fold(out.strip() or rest, width - further_at, width - len(before))
            below = fold(rest, width - further_at) if out else []
            folded += [before + first, *(" " * further_at + one for one in [*further, *below])]
    return "\n".join(folded)
