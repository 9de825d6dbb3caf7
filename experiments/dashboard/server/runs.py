"""Runs of everybody who asks: the same computed once, turn by turn in a fair order, sharper with each turn, kept when they are whole."""

from __future__ import annotations

import json
import logging
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from experiments.dashboard.server.answers import ApiError, as_json, error_content, mistake, not_found, refused, unkept
from experiments.dashboard.server.keeping import Keeping, Kept, KeptError, new_identity
from experiments.dashboard.server.queueing import FairQueue
from experiments.shared.errors import MistakeError, lacks_memory
from sim.bilingual import Sentence
from sim.errors import ConfigurationError

if TYPE_CHECKING:
    from experiments.dashboard.options import DashboardOptions
    from experiments.dashboard.server.tasks import Task

LOG = logging.getLogger("yizhan.dashboard")
QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
ENDED = (DONE, FAILED, CANCELLED)
LANES = ("comparisons", "searches")
TURN = 4.0
"""Seconds that a turn may take about, where others wait."""
ENOUGH_SECONDS, ENOUGH_SHARE = 1.0, 0.005
"""Seconds and share of a run after which its pace is known better than it was guessed."""
A_BREAK = 0.002
"""Seconds between two turns, in which requests are answered."""


class _StoppedError(Exception):
    """The run was cancelled, or the server ends."""


@dataclass(eq=False)
class Run:
    """One run.

    Attributes:
        id: Its identity.
        digest: Digest of what was asked.
        kind: Kind of the run.
        draft: Its draft.
        task: What it does; None when it has ended.
        owners: Who asked for it.
        state: Where it is.
        version: Grows with whatever is new.
        of_result: The version that brought the newest result.
        pairs: Pairs that are there.
        total: Pairs that are wanted.
        days: Days that a pair takes, over all its worlds.
        lived: Days that were simulated.
        seconds: Seconds that the turns took that have ended.
        turn: When the turn began that goes on, by the clock that only goes forward; None: none does.
        guess: Seconds that it will take in all, guessed beforehand.
        result: What the page shows, as JSON; empty until there is something.
        lane: Which runs it takes turns with.
        part_of: Comparisons, by digest and variant, that it tells more of.
        error: What went wrong.
    """

    id: str
    digest: str
    kind: str
    draft: dict[str, Any] | None
    task: Task | None = None
    owners: list[str] = field(default_factory=list)
    state: str = QUEUED
    version: int = 1
    of_result: int = 0
    pairs: int = 0
    total: int = 1
    days: int = 1
    lived: int = 0
    seconds: float = 0.0
    turn: float | None = None
    guess: float = 0.0
    result: bytes = b""
    lane: str = "comparisons"
    part_of: set[tuple[str, str]] = field(default_factory=set)
    error: dict[str, Any] | None = None

    @property
    def share(self) -> float:
        """How much of it is done."""
        return 1.0 if self.state == DONE else min(0.999, self.lived / max(1, self.total * self.days))

    @property
    def left(self) -> float:
        """Seconds that it still needs for itself: at the pace that it has had so far, the turn that goes on counted in."""
        taken = self.seconds + (0.0 if self.turn is None else time.monotonic() - self.turn)
        whole = taken / self.share if taken > ENOUGH_SECONDS and self.share > ENOUGH_SHARE else max(self.guess, taken)
        return max(0.0, whole * (1.0 - self.share))


class Runs:
    """The runs of a server.

    Args:
        options: Keys of the command.
        keeping: Where finished runs are kept.
    """

    def __init__(self, options: DashboardOptions, keeping: Keeping) -> None:
        self.options, self.keeping = options, keeping
        self._changed = threading.Condition()
        self._waiting: dict[str, FairQueue[Run]] = {lane: FairQueue() for lane in LANES}
        self._known: OrderedDict[str, Run] = OrderedDict()
        self._ends = False
        self._threads = [threading.Thread(target=self._conduct, args=(lane,), name=f"turns of {lane}", daemon=True) for lane in LANES]

    def start(self) -> None:
        """Begin to give turns."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Give no more turns; what runs is given up."""
        with self._changed:
            self._ends = True
            self._changed.notify_all()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=10.0)

    def ask(self, task: Task, kind: str, draft: dict[str, Any], client: str) -> Run:
        """Take on a run, or find the one that is the same.

        Raises:
            ApiError: Too many wait.
        """
        run = self._found(task, client) or self._remember(self._taken(task, kind, task.digest, draft, client))
        if task.part_of is not None:
            run.part_of.add(task.part_of)
            if run.state == DONE:
                self._tell_parts(run, run.result)
        return run

    def _found(self, task: Task, client: str) -> Run | None:
        """Return the run that is the same as what is asked for, now or kept."""
        digest = task.digest
        with self._changed:
            same = next((run for run in self._all() if run.digest == digest), None)
            if same is not None:
                if client not in same.owners:
                    same.owners.append(client)
                return same
            ended = next((run for run in reversed(self._known.values()) if run.digest == digest and run.state == DONE), None)
            if ended is not None:
                return ended
        kept = self.keeping.find(digest=digest)
        return None if kept is None else self._remember(_of_kept(kept))

    def _tell_parts(self, run: Run, result: bytes) -> None:
        """Let what each lever contributes be a part of what is shown of its comparisons."""
        for digest, variant in tuple(run.part_of):
            for identity, shown in self.keeping.add_parts(digest, variant, result).items():
                with self._changed:
                    if identity in self._known:
                        self._known[identity].result = shown

    def _taken(self, task: Task, kind: str, digest: str, draft: dict[str, Any], client: str) -> Run:
        with self._changed:
            waiting = self._waiting[task.lane]
            same = next((run for run in waiting if run.digest == digest), None)
            if same is not None:  # somebody asked for it in between
                if client not in same.owners:
                    same.owners.append(client)
                return same
            if len(waiting) >= self.options.queue or waiting.count(client) >= self.options.queue_each:
                soon = min((run.left for run in waiting), default=1.0)
                error = refused(
                    429, "as many runs wait as this server takes on", "排队任务已满", "Wait until one has ended, or cancel one.",
                    "请等待其中之一完成，或取消一个。", "runs",
                )  # fmt: skip
                error.seconds = max(1, min(600, int(soon) + 1))
                raise error
            run = Run(new_identity(), digest, kind, draft, task, [client], total=task.total, days=task.days, guess=task.seconds, lane=task.lane)
            waiting.put(client, run)
            self._changed.notify_all()
            return run

    def find(self, identity: str) -> Run:
        """Return a run.

        Raises:
            ApiError: There is none.
        """
        with self._changed:
            run = self._known.get(identity)
        if run is not None:
            return run
        kept = self.keeping.find(identity=identity)
        if kept is None:
            raise not_found(Sentence("run", "这个任务"))
        return self._remember(_of_kept(kept))

    def cancel(self, identity: str, client: str) -> Run:
        """Cancel a run in the name of who asked for it; for others it goes on.

        Raises:
            ApiError: There is no such run, or somebody else asked for it.
        """
        run = self.find(identity)
        with self._changed:
            if run.state in ENDED:
                return run
            if client not in run.owners:
                raise refused(
                    403, "somebody else asked for this run", "此任务由他人提交", "Cancel your own runs.", "只能取消自己提交的任务。",
                    "X-Yizhan-Client",
                )  # fmt: skip
            run.owners.remove(client)
            if run.owners:
                self._waiting[run.lane].hand_over(run, run.owners[0])
            else:
                self._end(run, CANCELLED)
        return run

    def progress(self, run: Run) -> dict[str, Any]:
        """Return how far a run is."""
        with self._changed:
            ended = run.state in ENDED
            others = [] if ended else [other for other in self._waiting[run.lane] if other is not run]
            mine = run.left
            left = None if ended else mine + sum(min(mine, other.left) for other in others)
            return {
                "id": run.id, "digest": run.digest, "kind": run.kind, "state": run.state, "ahead": 0 if ended else self._waiting[run.lane].ahead(run),
                "share": round(run.share, 4), "seconds_left": None if left is None else round(left, 1), "replicates_done": run.pairs,
                "replicates": run.total, "error": run.error,
            }  # fmt: skip

    def _remember(self, run: Run) -> Run:
        """Hold a run in memory; those that ended longest ago are let go, for they are kept on disk."""
        with self._changed:
            run = self._known.setdefault(run.id, run)
            self._known.move_to_end(run.id)
            ended = [one for one in self._known.values() if one.state in ENDED]
            for old in ended[: max(0, len(ended) - self.options.most_in_memory)]:
                del self._known[old.id]
        return run

    def _end(self, run: Run, state: str) -> None:
        """Let a run take no more turns; called with the lock held."""
        run.state, run.task = state, None
        run.version += 1
        self._waiting[run.lane].take_out(run)
        self._changed.notify_all()

    def _all(self) -> Iterator[Run]:
        """Yield every run that waits for a turn."""
        for waiting in self._waiting.values():
            yield from waiting

    def _conduct(self, lane: str) -> None:
        """Give the turns of a lane, one at a time, each with all workers."""
        waiting = self._waiting[lane]
        while True:
            with self._changed:
                while not self._ends and len(waiting) == 0:
                    self._changed.wait()
                if self._ends:
                    return
                run = waiting.next()
            if run is not None:
                self._turn(run)
            time.sleep(A_BREAK)

    def _turn(self, run: Run) -> None:
        task = run.task
        if task is None:
            return
        begun, lived = time.monotonic(), run.lived
        count = self._batch(run, task)

        def on_days(days: int) -> None:
            if self._ends or run.state in ENDED:
                raise _StoppedError
            run.lived += days
            run.version += 1

        with self._changed:
            run.state, run.turn = RUNNING if run.state == QUEUED else run.state, begun
            run.version += 1
        try:
            shown = task.step(count, self.options.workers, on_days, self.keeping.path(run.id))
            self._took_turn(run, task, shown, time.monotonic() - begun)
        except _StoppedError:
            run.lived, run.turn = lived, None
        except Exception as error:  # noqa: BLE001 (whatever it is, the other runs go on)
            if not self._ends:  # what a run meets whose server is gone is no fault
                self._failed(run, error)

    def _took_turn(self, run: Run, task: Task, shown: dict[str, Any], seconds: float) -> None:
        """Make what a turn found known, and keep the whole when it is whole."""
        result = as_json(shown)
        whole = task.is_whole
        if whole and run.state not in ENDED:
            try:
                task.write(self.keeping.path(run.id))
                self.keeping.keep(run.id, run.digest, run.kind, run.draft, result)
                self._tell_parts(run, result)
            except BaseException:
                shutil.rmtree(self.keeping.path(run.id), ignore_errors=True)  # a folder that stands in no index is nobody's
                raise
        with self._changed:
            if run.state in ENDED:
                return
            run.seconds, run.turn = run.seconds + seconds, None
            run.pairs, run.lived, run.result = task.done, task.done * run.days, result
            run.version += 1
            run.of_result = run.version
            if whole:
                self._end(run, DONE)
        if whole:
            self._remember(run)

    def _batch(self, run: Run, task: Task) -> int:
        """Return how many pairs come next: as many as there are, so that each picture is sharper, but no long turn where others wait."""
        wanted = min(max(task.least, task.done), task.total - task.done)
        if len(self._waiting[run.lane]) > 1 and run.pairs:
            wanted = min(wanted, max(1, int(TURN / max(1e-3, run.seconds / run.pairs))))
        return wanted

    def _failed(self, run: Run, error: Exception) -> None:
        """Say what went wrong: of a mistake all, of a fault of the program its kind and place alone."""
        if isinstance(error, ApiError):
            said = error
        elif isinstance(error, KeptError):
            said = unkept(error)
        elif isinstance(error, (MistakeError, ConfigurationError)):
            said = mistake(error)
        elif lacks_memory(error):
            said = refused(
                422, "there is not enough memory", "内存不足", "Simulate fewer people, or one thing at a time.", "请减少人数，或减少同时进行的任务。",
            )  # fmt: skip
        elif isinstance(error, OSError):
            said = refused(
                422, "the result cannot be written", "结果无法写入", "Make room where this server keeps its results.",
                "请为本服务器的保存目录腾出空间。",
            )  # fmt: skip
        else:
            said = fault()
        log_fault("run", error)
        with self._changed:
            run.error = json.loads(as_json(error_content(said)))["error"]
            self._end(run, FAILED)
        self._remember(run)


def fault() -> ApiError:
    """Return the error about a fault of the program."""
    return ApiError(
        500, Sentence("the program failed", "程序出错"), Sentence("this is a fault of the program, not of yours", "这是程序的问题，与您的操作无关"),
        Sentence("Ask who runs the server to look at its log.", "请服务器管理者查看日志。"),
    )  # fmt: skip


def log_fault(where: str, error: BaseException) -> None:
    """Log an error by its kind and place alone: its message could repeat what somebody sent."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "?"
    LOG.error("%s: %s at %s", where, type(error).__name__, place)


def _of_kept(kept: Kept) -> Run:
    shown = json.loads(kept.shown)
    pairs = int(shown.get("replicates") or 1)
    return Run(
        kept.id, kept.digest, kept.kind, kept.draft, state=DONE, pairs=pairs, total=pairs, of_result=1, result=kept.shown,
    )  # fmt: skip
