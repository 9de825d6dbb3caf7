"""``python -m experiments`` is ``yizhan``."""

from experiments.cli import main

raise SystemExit(main())
