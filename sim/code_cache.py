"""Compiled code on disk: found by the content of its sources, checked when it is read, removed and made again when it is damaged.

Numba keeps code by where a source lies and has one folder for all packages of a process, which is not ours to choose. So an entry gets a cache of
its own, of Numba's own parts but for three things: where the files lie, that each begins with its digest, and that a file which cannot be used or
written costs no run.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any

from numba.core.caching import CompileResultCacheImpl, FunctionCache, IndexDataCacheFile
from numba.core.runtime.nrt import rtsys
from numba.core.serialize import dumps

from sim.bilingual import sentence
from sim.errors import why_of

LOGGER = "yizhan"
DIGEST = hashlib.sha256().digest_size


class Kept(Enum):
    """What there is of the code of an entry."""

    READY = "ready"
    ABSENT = "absent"
    DAMAGED = "damaged"


class DamagedError(Exception):
    """A file that does not agree with its digest."""


class CodeCache(FunctionCache):  # type: ignore[misc]
    """The compiled code of one entry.

    Args:
        function: The function.
        folder: Returns the folder, once it is needed.
    """

    def __init__(self, function: Callable[..., Any], folder: Callable[[], Path]) -> None:
        self._py_func = function
        self._name = repr(function)
        self._folder = folder
        self.enable()

    @property
    def folder(self) -> Path:
        """The folder of the files."""
        return self._folder()

    @property
    def _cache_path(self) -> str:
        return str(self.folder)

    @property
    def _impl(self) -> _Form:
        return _Form(self._py_func, self.folder)

    @property
    def _cache_file(self) -> _CheckedFiles:
        return _CheckedFiles(self._cache_path, f"{self._py_func.__module__}.{self._py_func.__qualname__}", "")

    def load_overload(self, sig: Any, target_context: Any) -> Any:  # noqa: ANN401
        """Return the code for a signature; None where there is none, or where it was damaged and has been removed.

        What Numba knows of types and functions is not loaded for it, as Numba would: code that is made already needs the runtime alone.
        """
        try:
            rtsys.initialize(target_context)
            return self._load_overload(sig, target_context)
        except OSError:
            return None
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 (unpickling what is damaged raises anything)
            self.remove()
            told = sentence(
                "the compiled code in {folder} was damaged; it is compiled again", "{folder} 中的编译结果已损坏，正在重新编译", folder=self.folder
            )
            logging.getLogger(LOGGER).warning(told)
            return None

    def save_overload(self, sig: Any, data: Any) -> None:  # noqa: ANN401
        """Keep the code for a signature; where that fails, say so and go on without."""
        try:
            super().save_overload(sig, data)
        except OSError as error:
            told = sentence(
                "the compiled code cannot be kept in {folder} ({why}); the next run compiles again. YIZHAN_CACHE names another folder",
                "编译结果无法保存到 {folder}（{why}），下次运行需重新编译；可用 YIZHAN_CACHE 另选目录",
                folder=self.folder, why=why_of(error),
            )  # fmt: skip
            logging.getLogger(LOGGER).warning(told)

    def state(self, target_context: Any) -> Kept:  # noqa: ANN401
        """Tell what there is for this machine."""
        files = self._cache_file
        try:
            known = files._load_index()  # noqa: SLF001 (of our own class)
            here = self._index_key(None, target_context.codegen())[1:]
            names = [name for key, name in known.items() if key[1:] == here]
            for name in names:
                files.read(Path(files._data_path(name)))  # noqa: SLF001
        except FileNotFoundError:
            return Kept.ABSENT
        except OSError:
            return Kept.ABSENT
        except Exception:  # noqa: BLE001
            return Kept.DAMAGED
        return Kept.READY if names else Kept.ABSENT

    def remove(self) -> None:
        """Remove the files of this entry."""
        self._cache_file.remove()


class _Place:
    """Stands for Numba's locator."""

    def __init__(self, function: Callable[..., Any], folder: Path) -> None:
        self._py_file = function.__code__.co_filename
        self._folder = folder

    def ensure_cache_path(self) -> None:
        """Make the folder."""
        self._folder.mkdir(parents=True, exist_ok=True)

    def get_cache_path(self) -> str:
        """Return the folder."""
        return str(self._folder)


class _Form(CompileResultCacheImpl):  # type: ignore[misc]
    """How the code of an entry is written, as Numba does."""

    def __init__(self, function: Callable[..., Any], folder: Path) -> None:
        self._lineno = function.__code__.co_firstlineno
        self._locator = _Place(function, folder)
        self._filename_base = ""


class _CheckedFiles(IndexDataCacheFile):  # type: ignore[misc]
    """The files of an entry, each with its digest at the head."""

    def _load_index(self) -> dict[Any, str]:
        try:
            return dict(_unpickle(self.read(Path(self._index_path))))
        except FileNotFoundError:
            return {}

    def _save_index(self, overloads: dict[Any, str]) -> None:
        self._write(self._index_path, dumps(overloads))

    def _load_data(self, name: str) -> Any:  # noqa: ANN401
        return _unpickle(self.read(Path(self._data_path(name))))

    def _save_data(self, name: str, data: Any) -> None:  # noqa: ANN401
        self._write(self._data_path(name), dumps(data))

    def _write(self, path: str, content: bytes) -> None:
        with self._open_for_write(path) as file:
            file.write(hashlib.sha256(content).digest())
            file.write(content)

    @staticmethod
    def read(path: Path) -> bytes:
        """Read a file.

        Raises:
            DamagedError: It does not agree with its digest, or is a folder.
        """
        if path.is_dir():
            raise DamagedError(path)
        written = path.read_bytes()
        if hashlib.sha256(written[DIGEST:]).digest() != written[:DIGEST]:
            raise DamagedError(path)
        return written[DIGEST:]

    def remove(self) -> None:
        """Remove them all."""
        for path in Path(self._cache_path).glob(f"{Path(self._index_path).stem}.*"):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _unpickle(content: bytes) -> Any:  # noqa: ANN401
    import pickle

    return pickle.loads(content)  # noqa: S301 (our own, checked)
