"""Hydra's plugins of ``yizhan sweep``: a launcher on Dask, and a sweeper that hands chunks to any launcher.

Hydra finds plugins in this namespace alone, and imports them for whatever command; so nothing is imported here before it is needed.

Hydra's own sweeper composes every job before it launches it, and launchers compose it once more. Here every point was checked beforehand, and a job
is a chunk of points, so that neither is needed.

(No ``from __future__ import annotations``: Hydra imports this module under no name, where dataclasses could not look such annotations up.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hydra.core.config_store import ConfigStore
from hydra.plugins.launcher import Launcher
from hydra.plugins.sweeper import Sweeper


@dataclass
class DaskLauncherKeys:
    """Keys of ``hydra.launcher``.

    Attributes:
        scheduler: Address of a running scheduler, or path of its file; None: workers of this machine.
        tls_ca_file: File of the authority that signed the certificates of a scheduler with TLS.
        tls_cert: File of this machine's certificate.
        tls_key: File of its key.
    """

    _target_: str = f"{__name__}.DaskLauncher"
    scheduler: str | None = None
    tls_ca_file: str | None = None
    tls_cert: str | None = None
    tls_key: str | None = None


class DaskLauncher(Launcher):  # type: ignore[misc]
    """Carries out chunks on workers of this machine, or of a cluster (see `DaskLauncherKeys`)."""

    def __init__(self, scheduler: str | None = None, **tls: str | None) -> None:
        self.scheduler = scheduler
        self.tls = {key: path for key, path in tls.items() if path}

    def setup(self, *, hydra_context: Any, task_function: Any, config: Any) -> None:  # noqa: ANN401, ARG002
        """Take the chunks."""
        self.batch = task_function

    def launch(self, job_overrides: Sequence[Sequence[str]], initial_job_idx: int) -> Sequence[Any]:
        """Carry out the chunks of some jobs; nothing is returned, for what was found is kept already."""
        from experiments.sweep.launching import carry_out

        carry_out(self.batch, range(initial_job_idx, initial_job_idx + len(job_overrides)), self.scheduler, self.tls)
        return []


class ChunkSweeper(Sweeper):  # type: ignore[misc]
    """Hands all chunks to a launcher, as jobs of the same words: the number of the job is that of the chunk."""

    def __init__(self, max_batch_size: int | None = None, params: Any = None) -> None:  # noqa: ANN401
        """Take what Hydra's own sweeper takes; `params` was read beforehand."""

    def setup(self, *, hydra_context: Any, task_function: Any, config: Any) -> None:  # noqa: ANN401
        """Take the launcher and the chunks."""
        from hydra.core.plugins import Plugins

        self.launcher = Plugins.instance().instantiate_launcher(hydra_context=hydra_context, task_function=task_function, config=config)
        self.jobs = len(task_function.chunks)

    def sweep(self, arguments: list[str]) -> Any:  # noqa: ANN401
        """Launch."""
        return self.launcher.launch([list(arguments)] * self.jobs, initial_job_idx=0)


ConfigStore.instance().store(group="hydra/launcher", name="dask", node=DaskLauncherKeys, provider="yizhan")
