"""How a scheduler that runs by itself is reached (Dask): its address, its keys, and whether it is one that answers there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from experiments.shared.errors import MistakeError
from sim.bilingual import Sentence, sentence

FILE, TLS = ".json", "tls://"
TLS_FILES = {"tls_ca_file": "tls_ca_file", "tls_cert": "tls_client_cert", "tls_key": "tls_client_key"}
"""Key of `hydra.launcher` → argument of `distributed.Security`."""
OF_DASK = ("ca-file", "client.cert", "client.key")
"""Keys of Dask's own configuration, below ``distributed.comm.tls``, that stand for them."""
NO_SCHEDULER = Sentence("what is there does not answer as a scheduler does", "该处有程序监听，但不像调度器那样应答")


def address_of(scheduler: str) -> str:
    """Return the address of a scheduler: as it is told, or as the scheduler has written it into its file.

    Args:
        scheduler: Address or path of a file.

    Raises:
        MistakeError: There is no such file, or no address in it.
    """
    if not scheduler.endswith(FILE):
        return scheduler
    try:
        address = json.loads(Path(scheduler).read_text(encoding="utf-8"))["address"]
        if isinstance(address, str):
            return address
    except FileNotFoundError:
        raise MistakeError(sentence(
            "scheduler={file}: there is no such file; start the scheduler with dask scheduler --scheduler-file {file}",
            "scheduler={file}：没有这个文件；请以 dask scheduler --scheduler-file {file} 启动调度器", file=scheduler,
        )) from None  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    raise MistakeError(sentence(
        "scheduler={file}: this is no file of a scheduler; name that of dask scheduler --scheduler-file",
        "scheduler={file}：这不是调度器的文件；请指定 dask scheduler --scheduler-file 所写的文件", file=scheduler,
    ))  # fmt: skip


def security_of(address: str, files: Mapping[str, str]) -> Any:  # noqa: ANN401
    """Return the keys with which a scheduler is spoken to (`distributed.Security`); None: it has no TLS.

    Args:
        address: Its address.
        files: Keys of `TLS_FILES` → paths; none for a scheduler without TLS, or with the keys of Dask's own configuration.

    Raises:
        MistakeError: TLS without all keys, or keys without TLS.
    """
    from distributed import Security

    if files and (not address.startswith(TLS) or len(files) < len(TLS_FILES)):
        raise MistakeError(sentence(
            "hydra.launcher.scheduler={address}: TLS needs an address that begins with tls://, and all of hydra.launcher.{keys}",
            "hydra.launcher.scheduler={address}：使用 TLS 时，地址须以 tls:// 开头，并须同时给出 hydra.launcher.{keys}",
            address=address, keys=", hydra.launcher.".join(f"{key}=" for key in TLS_FILES),
        ))  # fmt: skip
    if not address.startswith(TLS):
        return None
    keys = Security(require_encryption=True, **{TLS_FILES[key]: path for key, path in files.items()})
    if any(getattr(keys, argument) is None for argument in TLS_FILES.values()):
        variables = [f"DASK_DISTRIBUTED__COMM__TLS__{key.upper().replace('-', '_').replace('.', '__')}" for key in OF_DASK]
        raise MistakeError(sentence(
            "scheduler={address}: TLS needs the files (PEM) of the authority, of this machine's certificate and of its key; name them in Dask's "
            "configuration (distributed.comm.tls: {keys}) or by variables ({variables}); yizhan sweep takes hydra.launcher.{launcher}, too",
            "scheduler={address}：使用 TLS 需要证书机构、本机证书及其密钥的文件（PEM）；请写入 Dask 配置"
            "（distributed.comm.tls：{keys}）或用环境变量（{variables}）给出；yizhan sweep 还可用 hydra.launcher.{launcher}",
            address=address, keys=", ".join(OF_DASK), variables=", ".join(variables), launcher=", ".join(f"{key}=" for key in TLS_FILES),
        ))  # fmt: skip
    return keys


def ask_who_is_there(address: str, security: Any, patience: float) -> None:  # noqa: ANN401
    """Ask whether a scheduler answers at an address. A client of Dask would wait for ever for another server, or a scheduler that stands still.

    Args:
        address: The address.
        security: The keys.
        patience: Seconds to wait.

    Raises:
        OSError: Nobody listens there, nobody answers in time, or it is no scheduler.
    """

    async def ask() -> str | None:
        from distributed.comm import connect

        there = await connect(address, timeout=patience, **(security.get_connection_args("client") if security else {}))
        try:
            await there.write({"op": "identity", "reply": True, "n_workers": 0})
            return str((await there.read()).get("type"))
        finally:
            there.abort()

    async def ask_in_time() -> str | None:
        return await asyncio.wait_for(ask(), patience + 1.0)  # the connection has its own limit, and says more

    with ThreadPoolExecutor(1) as pool:  # a notebook has a loop in its own thread
        try:
            kind = pool.submit(asyncio.run, ask_in_time()).result()
        except (OSError, ValueError) as error:
            if str(error).strip():
                raise
            raise OSError(NO_SCHEDULER) from error
        except Exception as error:  # what it says is read as a length, and as a message
            raise OSError(NO_SCHEDULER) from error
    if kind != "Scheduler":
        raise OSError(NO_SCHEDULER)
