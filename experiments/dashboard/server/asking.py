"""What every route needs of a request: the language, who asks, the draft; and of the server: its runs, its ledgers, what it keeps."""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Depends, Query, Request

from experiments.dashboard.options import DashboardOptions
from experiments.dashboard.server.answers import as_json, refused
from experiments.dashboard.server.keeping import Keeping, new_identity
from experiments.dashboard.server.queueing import OneAtATime
from experiments.dashboard.server.runs import Runs

if TYPE_CHECKING:
    from sim.kept_worlds import KeptWorlds

CLIENT = "X-Yizhan-Client"
FIRST_ASKED = ("programmes", "county", "levers")
"""What the first page asks, in the order in which it does."""
MOST_PICTURES = 8
"""Small pictures and stories that wait; the server has some forty threads for all requests."""
_CLIENT = re.compile(r"[A-Za-z0-9_-]{8,64}")


class Told:
    """Answers that stay the same while a server lives, unless one of its own files is changed: each is made once, and as JSON."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[tuple[str, str | None], tuple[object, bytes]] = {}

    def get(self, name: str, language: str | None, make: Callable[[], Any]) -> bytes:
        """Return an answer; who asks while it is made waits for it.

        Args:
            name: What it is called.
            language: Language of its texts; None: both.
            make: Makes it; called with the own configuration of the server in use.
        """
        now = _state_of_own_files()
        with self._lock:
            held = self._held.get((name, language))
            if held is None or held[0] != now:
                held = self._held[name, language] = (now, as_json(make(), language))
        return held[1]


def _state_of_own_files() -> object:
    """Return what changes when one of the own files in use does."""
    from sim.own_files import own_in_use

    paths = [path for group in own_in_use().files.values() for path in group.values()]
    return tuple((str(path), path.stat().st_mtime_ns if path.exists() else 0) for path in paths)


@dataclass
class Server:
    """All that routes share.

    Attributes:
        options: Keys of the command.
        folders: Folders of own configuration.
        keeping: What is kept.
        runs: The runs.
        identity: A name that this process goes by.
        populations: Folder of the persons of ledgers, as long as the server lives.
        composing: Held while something is composed: the parser of overrides is one for all.
        picturing: Held while a small picture or a story is simulated, one at a time; few wait.
        told: What is told of programmes, places and levers, which is made once.
    """

    options: DashboardOptions
    folders: Sequence[str]
    keeping: Keeping
    runs: Runs
    identity: str = field(default_factory=new_identity)
    populations: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="yizhan-")))
    composing: threading.Lock = field(default_factory=threading.Lock)
    picturing: OneAtATime = field(default_factory=lambda: OneAtATime(MOST_PICTURES))
    told: Told = field(default_factory=Told)

    @cached_property
    def worlds(self) -> KeptWorlds:
        """Worlds that runs have lived, for those that need the same ones."""
        from sim.kept_worlds import KeptWorlds  # which loads the model, and the page is to be there before

        return KeptWorlds(1e6 * self.options.most_worlds)

    @contextmanager
    def using_own(self) -> Iterator[None]:
        """Let the own configuration of the server be the one in use, as for one command."""
        from sim.own_files import find_own, using

        own = find_own(list(self.folders)) if self.folders else find_own()
        own.is_of_command = True
        with using(own):
            yield

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let one thread at a time compose a scenario."""
        with self.composing, self.using_own():
            yield

    def tell(self, name: str, language: str | None) -> bytes:
        """Return what is told of the programmes, of the form of a county, or of the levers, as JSON.

        Args:
            name: ``programmes``, ``county`` or ``levers``.
            language: Language of the texts; None: both.
        """
        from experiments.dashboard.content.county import form
        from experiments.dashboard.content.levers import cards
        from experiments.dashboard.content.programmes import programmes

        with self.using_own():
            return self.told.get(name, language, {"programmes": programmes, "county": form, "levers": cards}[name])

    def learn(self) -> None:
        """Make what the first page asks, before somebody does."""
        for name in FIRST_ASKED:
            self.tell(name, None)

    def persons_of(self, handle: str) -> str | None:
        """Return the file of the persons of a ledger; None where there is no such ledger."""
        from experiments.dashboard.content.ledger import find_in

        return find_in(self.populations, handle)

    def forget_ledgers(self) -> None:
        """Remove every ledger that was read."""
        import shutil

        shutil.rmtree(self.populations, ignore_errors=True)


def server_of(request: Request) -> Server:
    """Return what routes share."""
    server: Server = request.app.state.server
    return server


def language_of(language: Annotated[Literal["en", "zh"] | None, Query(description="language of the texts; without it both")] = None) -> str | None:
    """Return the language that was asked for."""
    return language


def client_of(request: Request) -> str:
    """Return who asks: the page's own number, else the address.

    Raises:
        ApiError: A number that is none.
    """
    given = request.headers.get(CLIENT)
    if given is None:
        return f"at {request.client.host if request.client else '?'}"
    if not _CLIENT.fullmatch(given):
        raise refused(
            400, "{header} is 8 to 64 letters, digits, - and _", "{header} 应为 8 至 64 个字母、数字、- 或 _", "Send another one, or none.",
            "请更换，或不发送。", CLIENT, header=CLIENT,
        )  # fmt: skip
    return given


Shared = Annotated[Server, Depends(server_of)]
Language = Annotated[str | None, Depends(language_of)]
Client = Annotated[str, Depends(client_of)]
Plain = dict[str, Any]
