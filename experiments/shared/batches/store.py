"""A result that grows in its place: parts as they are done, and a manifest that says what they are parts of.

Whoever gives the same command again goes on where it stopped. A folder belongs to one set of runs, computed by one set of sources; anything else
is refused, and told what is different.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from experiments.shared.batches.parts import DRAFT, FOLDER, Parts
from experiments.shared.batches.runs import OF_NUMBERS
from experiments.shared.drafts import MARK, BusyError, process_of
from experiments.shared.drawing import await_figures
from experiments.shared.errors import MistakeError
from experiments.shared.kept import note, whole_in
from experiments.shared.provenance import circumstances
from experiments.shared.results_folder import CANNOT_WRITE, EXISTS, ResultFolder
from experiments.shared.signals import unbroken, undisturbed
from experiments.shared.unreadable import why_unreadable
from sim.bilingual import Sentence, sentence
from sim.errors import why_of

MANIFEST = "manifest.json"
UNFINISHED, COMPLETE = "unfinished", "complete"
CALLED = {
    "configuration_sha256": Sentence("the design or the configuration", "设计或配置"),
    "replicates": Sentence("replicates", "replicates"),
    "first_replicate": Sentence("first_replicate", "first_replicate"), "shard": Sentence("shard", "shard"),
    "yizhan": Sentence("the version of Yizhan", "Yizhan 版本"),
    "sources_sha256": Sentence("the sources of Yizhan, or of a package that brings levers", "Yizhan 或提供政策工具的软件包的源代码"),
    "libraries": Sentence("the libraries", "程序库"),
}  # fmt: skip
"""Key of a manifest → what it is called where it differs."""
INTERRUPTED_GROWING = (
    "interrupted; what is done is kept in {folder}; the same command goes on from there (with output={folder})",
    "已中断；已完成的部分保留在 {folder} 中；再次执行同一命令（output={folder}）即可继续",
)
TAKEN = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Read the manifest of a folder; None where there is none.

    Raises:
        MistakeError: It cannot be read.
    """
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise MistakeError(sentence(
            "{path} cannot be read ({why}); name the folder of a result that is whole, or another one",
            "无法读取 {path}（{why}）；请指定完整的结果目录，或另选目录", path=path, why=why_unreadable(error),
        )) from None  # fmt: skip
    if not isinstance(content, dict) or not {"configuration_sha256", "command"} <= content.keys():
        raise MistakeError(sentence("{path} is no manifest of a result; name another folder", "{path} 不是结果的清单；请另选目录", path=path))
    return content


class Store(ResultFolder):
    """The folder of a result that grows in its place.

    Args:
        verb: The verb.
        name: Part of the default folder's name.
        output: Folder named by the user, or None: then one that was left unfinished by the same command is gone on with.
        words: The command's words, for the record.
        identity: What its parts are parts of; has ``configuration_sha256``.
        more: Further content of the manifest.
        awaits_figures: Whether figures are drawn into the folder.

    Attributes:
        parts: Its parts.
        resumes: Whether there was something to go on with.

    Raises:
        MistakeError: The folder is something else, somebody writes it, or it cannot be made.
    """

    def __init__(self, verb: str, name: str, output: str | None, words: Sequence[str], identity: Mapping[str, Any], more: Mapping[str, Any], *,
                 awaits_figures: bool = False) -> None:  # fmt: skip
        super().__init__(verb, name, output, words, awaits_figures=awaits_figures)
        now = circumstances()
        libraries = {name: now["libraries"].get(name) for name in OF_NUMBERS}
        self.identity = {**identity, "yizhan": now["yizhan"], "sources_sha256": now["sources_sha256"], "libraries": libraries}
        self.more = dict(more)
        self.resumes = False
        self._made: list[Path] = []
        self._lock: int | None = None
        self._mark: Path | None = None

    @property
    def path(self) -> Path:
        """The folder to write into: there is only one."""
        return self.final

    def __enter__(self) -> Self:
        if not self.is_named:
            self.final = self._unfinished() or self._free()
        found = read_manifest(self.final)
        if found is None and self.final.exists() and (not self.final.is_dir() or not all(map(_is_leftover, self.final.iterdir()))):
            raise MistakeError(sentence(*EXISTS, folder=self.final))
        if found is not None:
            self._refuse_other(found)
        try:
            with unbroken():
                self._made = [folder for folder in (self.final, *self.final.parents) if not folder.exists()]
                self.final.mkdir(parents=True, exist_ok=True)
                self._take()
                for draft in self.final.glob(f".*{DRAFT}"):  # of a command that was killed
                    draft.unlink()
                self.parts = Parts(self.final / FOLDER)
                self.parts.sweep()
                if found is None:
                    self._write_manifest(UNFINISHED)
            self.resumes = found is not None
            return self  # noqa: TRY300 (an interruption on the way out is one, too)
        except OSError as error:
            self._leave(nothing_done=found is None)
            raise MistakeError(sentence(*CANNOT_WRITE, folder=self.final, why=why_of(error))) from None
        except BaseException:
            with undisturbed():
                self._leave(nothing_done=found is None)
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None and self.awaits_figures:
            await_figures(self.final)
        nothing_done = kind is not None and not self.resumes and not any((self.final / FOLDER).glob("*"))
        with undisturbed():
            self._leave(nothing_done=nothing_done)
        if isinstance(error, KeyboardInterrupt) and not error.args and not nothing_done:
            raise KeyboardInterrupt(sentence(*INTERRUPTED_GROWING, folder=self.final)) from None

    def finish(self) -> None:
        """Say in the manifest that the result is complete."""
        with unbroken():
            self._write_manifest(COMPLETE)
            note(whole_in(self.final))

    def write_json(self, name: str, content: Any) -> None:  # noqa: ANN401
        """Write one JSON file, whole or not at all."""
        draft = self.final / f".{name}{DRAFT}"
        try:
            with draft.open("w", encoding="utf-8") as file:
                file.write(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.final / name)
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise

    def _write_manifest(self, state: str) -> None:
        self.write_json(MANIFEST, {"verb": self.verb, "state": state, **self.identity, **self.more, "command": self.command})

    def _refuse_other(self, found: Mapping[str, Any]) -> None:
        """Refuse to put these runs beside others."""
        for key, value in self.identity.items():
            if found.get(key) != value:
                raise MistakeError(sentence(
                    "output={folder} holds another result, or one made otherwise (not the same: {what}). "
                    "Name another folder or remove this one first",
                    "output={folder} 中是另一项结果，或以不同方式生成：{what}不同。请另选目录，或先将其删除",
                    folder=self.final, what=CALLED.get(key, key),
                ))  # fmt: skip

    def _unfinished(self) -> Path | None:
        """Return the last folder under the default names that the same command has left unfinished and nobody writes."""
        for manifest in sorted(self.final.parent.glob(f"*/{MANIFEST}"), reverse=True):
            with contextlib.suppress(MistakeError):
                found = read_manifest(manifest.parent) or {}
                if found.get("state") == UNFINISHED and all(found.get(key) == value for key, value in self.identity.items()):
                    return manifest.parent
        return None

    def _free(self) -> Path:
        """Return a default name that nothing has."""
        number, folder = 2, self.final
        while folder.exists():
            folder = self.final.with_name(f"{self.final.name}_{number}")
            number += 1
        return folder

    def _take(self) -> None:
        """Hold the folder as long as this process lives.

        Raises:
            MistakeError: Somebody else does.
        """
        try:
            self._lock = hold(self.final)
        except BusyError as error:
            raise MistakeError(sentence(
                "output={folder}: another run (process {process}) is writing it; name another folder, or wait until that run has ended",
                "output={folder}：另一次运行（进程 {process}）正在写入；请另选目录，或等其结束", folder=self.final, process=error.process,
            )) from None  # fmt: skip
        self._mark = self.final / MARK
        self._mark.write_text(f"{os.getpid()}\n", encoding="utf-8")

    def _leave(self, *, nothing_done: bool) -> None:
        """Let go of the folder; where nothing was done, remove what was made."""
        with contextlib.suppress(OSError):
            if self._mark is not None:
                self._mark.unlink(missing_ok=True)
        if nothing_done and self._made:
            shutil.rmtree(self.final, ignore_errors=True)
            for folder in self._made:
                with contextlib.suppress(OSError):
                    folder.rmdir()
        if self._lock is not None:
            os.close(self._lock)
        self._lock = self._mark = None


def hold(folder: Path) -> int | None:
    """Lock a folder; None where the system has no locks for it.

    Raises:
        BusyError: Somebody else holds it.
        OSError: It cannot be read.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:  # some network drives know no locks
        os.close(handle)
        if error.errno in TAKEN:
            raise BusyError(process_of(folder)) from None
        return None
    return handle


def _is_leftover(path: Path) -> bool:
    """Tell whether a file in a folder was left by a start that was killed: a mark, a draft, or an empty folder of parts."""
    return path.name == MARK or path.name.endswith(DRAFT) or (path.name == FOLDER and path.is_dir() and not any(path.iterdir()))
