"""Building: the baselines of ``results/baselines`` go into the package, for an installed ``yizhan check``. All else is in pyproject.toml."""

from __future__ import annotations

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

BASELINES = Path("results") / "baselines"
SHIPPED = Path("experiments") / "check" / "shipped"


class BuildWithBaselines(build_py):
    """Copy the baselines beside the code that reads them."""

    def run(self) -> None:
        """Build, then copy. An editable installation reads them where they are."""
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / SHIPPED
        self.mkpath(str(target))
        for source in sorted(BASELINES.glob("*.json")):
            self.copy_file(str(source), str(target / source.name))


setup(cmdclass={"build_py": BuildWithBaselines})
