"""The server itself: from a socket that listens until somebody ends it."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import uvicorn

from experiments.dashboard.options import DashboardOptions
from experiments.dashboard.server.app import make_app
from experiments.dashboard.server.asking import Server
from experiments.shared.words import say
from sim.bilingual import message_of, sentence
from sim.errors import ConfigurationError

QUIET = 0.5
"""Seconds for the page to come first, before the model is loaded."""
GRACE = 2
"""Seconds for answers that are under way when the server ends."""


def serve(options: DashboardOptions, folder: Path, folders: Sequence[str], listening: socket.socket) -> None:
    """Answer until somebody ends the server.

    Args:
        options: Keys of the command.
        folder: Folder of what is kept.
        folders: Folders of own configuration.
        listening: Where it listens.
    """
    logging.basicConfig(level=logging.WARNING, format="yizhan dashboard: %(message)s")
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL + 1)  # its tracebacks could repeat what somebody sent; `log_fault` says what happened
    app = make_app(
        options, folder, folders, lambda server: threading.Thread(target=_get_ready, args=(server,), name="getting ready", daemon=True).start(),
    )  # fmt: skip
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=GRACE, timeout_keep_alive=30, proxy_headers=False,
        h11_max_incomplete_event_size=65_536, ws="none",
    )  # fmt: skip
    host, port = listening.getsockname()[:2]
    named = f"[{host}]" if ":" in host else host
    say(sentence(
        "The page is at http://{host}:{port}/ and what is kept in {folder}. Ctrl-C ends it.",
        "页面在 http://{host}:{port}/，结果保存在 {folder}。按 Ctrl-C 结束。", host=named, port=port, folder=folder,
    ), options.language)  # fmt: skip
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
    say(sentence(
        "Ended. What was saved is in {folder}.", "已结束。已保存的结果在 {folder}。", folder=folder,
    ), options.language)  # fmt: skip


def _get_ready(server: Server) -> None:
    """Make what the first page asks, and load the model and its compiled code while somebody reads it."""
    time.sleep(QUIET)
    try:
        server.learn()
    except ConfigurationError as error:  # in a file of one's own; whoever asks for it is told as well
        say(sentence(
            "{why}. Mend the file: the page reads it anew when it is asked.", "{why}。请修改该文件：页面再次请求时会重新读取。",
            why=message_of(error),
        ), server.options.language)  # fmt: skip
    from sim.scenario import Scenario
    from sim.simulation import warm_up

    warm_up(Scenario.load("zibo"))
