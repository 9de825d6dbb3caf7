"""Make `YizhanSansSC-Regular.otf`, the font of all figures, from Noto Sans CJK SC.

How to run it again (Debian or Ubuntu; any copy of Noto Sans CJK with the SC face will do):

    apt-get download fonts-noto-cjk
    dpkg-deb -x fonts-noto-cjk_*.deb noto
    cp noto/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc .
    python experiments/shared/fonts/make_subset.py NotoSansCJK-Regular.ttc

What is kept: ASCII, Latin-1, pinyin vowels, Chinese punctuation and full-width forms, the symbols in `SYMBOLS`, the 8,105 characters of the
General Standard (通用规范汉字表, 2013), the 6,763 of GB 2312 and those in `FURTHER_CHARACTERS`. The General Standard lies beside this file, in its
own order; it was read from the field kTGH of the Unihan database (Unicode 14.0, Unihan_OtherMappings.txt) and is the same in the list of
github.com/kitty-panics/cn-tables. The source font has every one of them. The file committed here was made from Debian's package fonts-noto-cjk
1:20220127+repack1-1 with fontTools 4.68. The output holds no time of making, so the same source and fontTools give the same bytes.

Licence: the SIL Open Font License 1.1 (`OFL.txt`) allows subsets that stay under it and do not
carry a reserved name. The family is therefore renamed, in the name table and in the CFF table.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FAMILY = "Yizhan Sans SC"
POSTSCRIPT_NAME = "YizhanSansSC-Regular"
SOURCE_FAMILY = "Noto Sans CJK SC"
VERSION = "Version 1.000; subset of Noto Sans CJK SC 2.004"
FIXED_TIME = 3_723_840_000
"""Seconds since 1904-01-01 that stand for 2022-01-01, written as the time of making."""

SYMBOLS = "–—―•▶─‘’“”…‰′″€№™−∞≈≠≤≥√∑∆∂∫∏→←↑↓↔⇒②③①④⑤⑥⑦⑧⑨⑩■□▲△▼▽◆◇○●★☆✓◁▷αβγδεζηθλμνπρστφχψωΔΣΩ"
FURTHER_CHARACTERS = "墭頔"
"""Characters beyond both that occur in names of places and people."""

COPYRIGHT = "© 2014-2021 Adobe (http://www.adobe.com/). Subset of Noto Sans CJK SC, renamed; modified version under the SIL OFL 1.1."
LICENCE = (
    "This Font Software is licensed under the SIL Open Font License, Version 1.1. "
    "This Font Software is distributed on an 'AS IS' basis, without warranties or conditions of "
    "any kind, either express or implied. See the SIL Open Font License for the specific "
    "language, permissions and limitations governing your use of this Font Software."
)
LICENCE_ADDRESS = "https://openfontlicense.org"


def general_standard() -> str:
    """Return the 8,105 characters of the General Standard, in its order."""
    return "".join(Path(__file__).with_name("general_standard_characters.txt").read_text(encoding="utf-8").split())


def wanted_characters() -> set[int]:
    """Return the code points the subset keeps.

    Returns:
        Unicode code points, about 8,800 of them.
    """
    chinese = (bytes((row + 0xA0, cell + 0xA0)).decode("gb2312", errors="ignore") for row in range(16, 88) for cell in range(1, 95))
    wanted = {ord(character) for text in (*chinese, general_standard()) for character in text}
    wanted.update(range(0x20, 0x7F))  # ASCII
    wanted.update(range(0xA0, 0x100))  # Latin-1
    wanted.update(map(ord, "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"))  # pinyin
    wanted.update(range(0x3000, 0x3020))  # Chinese punctuation
    wanted.update(range(0xFF01, 0xFF5F))  # full-width forms
    wanted.add(0xFFE5)  # full-width yen sign, used for yuan
    wanted.update(map(ord, SYMBOLS + FURTHER_CHARACTERS))
    return wanted


def make_subset(source: Path, output: Path) -> None:
    """Write the subset font.

    Args:
        source: A font file or collection (`.otf`, `.ttf`, `.ttc`) with the face Noto Sans CJK SC.
        output: The file to write.

    Raises:
        ValueError: The source holds no face of that name.
    """
    from fontTools.subset import Options, Subsetter

    font = _face(source)
    options = Options()
    options.layout_features = ["kern"]
    options.hinting = False
    options.desubroutinize = False
    options.glyph_names = False
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "GSUB", "DSIG"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted_characters())
    subsetter.subset(font)
    _rename(font)
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = FIXED_TIME
    font.save(output, reorderTables=True)


def _face(source: Path) -> Any:  # noqa: ANN401 - fontTools is untyped
    """Return the Noto Sans CJK SC face of a file, as a fontTools TTFont."""
    from fontTools.ttLib import TTCollection, TTFont

    collection = source.suffix.lower() in {".ttc", ".otc"}
    faces = TTCollection(source).fonts if collection else [TTFont(source)]
    found = [face["name"].getBestFamilyName() for face in faces]
    for face, name in zip(faces, found, strict=True):
        if name == SOURCE_FAMILY:
            return face
    message = f"{source} has no face named {SOURCE_FAMILY!r}; it holds {', '.join(map(str, found))}."
    raise ValueError(message)


def _rename(font: Any) -> None:  # noqa: ANN401 - fontTools is untyped
    """Replace every name of the font by ours, in the name table and in the CFF table."""
    names = {
        0: COPYRIGHT,
        1: FAMILY,
        2: "Regular",
        3: f"1.000;{POSTSCRIPT_NAME}",
        4: FAMILY,
        5: VERSION,
        6: POSTSCRIPT_NAME,
        13: LICENCE,
        14: LICENCE_ADDRESS,
    }
    table = font["name"]
    table.names = []
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    outlines = font["CFF "].cff
    outlines.fontNames = [POSTSCRIPT_NAME]
    top = outlines.topDictIndex[0]
    for key, text in (("FullName", FAMILY), ("FamilyName", FAMILY), ("Notice", COPYRIGHT)):
        if hasattr(top, key):
            setattr(top, key, text.replace("©", "(c)"))
    for index, part in enumerate(getattr(top, "FDArray", ())):
        part.FontName = f"{POSTSCRIPT_NAME}-{index}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and write the font.

    Args:
        arguments: Words of the command line; those of the process by default.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="NotoSansCJK-Regular.ttc or NotoSansCJKsc-Regular.otf")
    parser.add_argument(
        "--output", type=Path, default=Path(__file__).with_name(f"{POSTSCRIPT_NAME}.otf"), help="file to write (default: beside this script)"
    )
    options = parser.parse_args(arguments)
    make_subset(options.source, options.output)


if __name__ == "__main__":
    main()
