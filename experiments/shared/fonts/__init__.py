"""The one font of all figures: Latin and simplified Chinese in a single file.

`YizhanSansSC-Regular.otf` is a renamed subset of Noto Sans CJK SC (SIL Open Font License 1.1, text in `OFL.txt`). `make_subset.py` makes it.
It is shipped so that Chinese labels render on a machine that has no Chinese font.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

FONT_FAMILY = "Yizhan Sans SC"
FONT_FILE_NAME = "YizhanSansSC-Regular.otf"


def font_path() -> Path:
    """Return where the font file of all figures lies.

    Returns:
        The path of `YizhanSansSC-Regular.otf`.

    Raises:
        FileNotFoundError: The package was installed without its font.
    """
    path = Path(str(files(__name__) / FONT_FILE_NAME))
    if not path.is_file():
        message = (
            f"the font of the figures is missing: {path}. Reinstall the package, or make the file again with "
            "experiments/shared/fonts/make_subset.py (its docstring says how)."
        )
        raise FileNotFoundError(message)
    return path
