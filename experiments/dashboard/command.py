"""``yizhan dashboard``: the page of planners and its API, on this machine or, with a token, for others."""

from __future__ import annotations

import errno
import socket
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from experiments.dashboard.options import OWN_HOSTS, PORT, SHORTEST_TOKEN, DashboardOptions, options_of, without_folders
from experiments.shared.errors import MistakeError
from experiments.shared.extras import how_to_install
from experiments.shared.words import language_of, say
from sim.bilingual import Sentence, sentence
from sim.errors import why_of

NEEDED = ("fastapi", "uvicorn", "python_multipart")
"""Libraries of the extra ``web``."""
PORTS_TRIED = 50


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb.

    Raises:
        MistakeError: Words that say nothing to do, a library that is missing, a host without a token, or a port that is taken.
    """
    keys, folders = without_folders(words)
    options = options_of(keys, language_of(words))
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise MistakeError(sentence(
            "the page needs the library {library}, which is not installed: {how}",
            "页面需要程序库 {library}，尚未安装：{how}", how=how_to_install("yizhan[web]"), library=missing[0].replace("_", "-"),
        ))  # fmt: skip
    missing = [folder for folder in folders if not Path(folder).expanduser().is_dir()]
    if missing:
        raise MistakeError(sentence(
            "--config-dir={folder}: there is no such folder", "--config-dir={folder}：没有这个目录", folder=missing[0],
        ))  # fmt: skip
    _refuse_open_doors(options)
    folder = folder_of(options)
    listening = _listening(options)
    from experiments.dashboard.server.serving import serve

    serve(options, folder, folders, listening)


def _refuse_open_doors(options: DashboardOptions) -> None:
    """Refuse another host without a token, and a token that can be guessed.

    Raises:
        MistakeError: With what it means.
    """
    if options.token is not None and len(options.token) < SHORTEST_TOKEN:
        raise MistakeError(sentence(
            "token= has fewer than {least} letters and could be guessed; for example: token=$(openssl rand -hex 16)",
            "token= 少于 {least} 个字符，容易被猜中；例如：token=$(openssl rand -hex 16)", least=SHORTEST_TOKEN,
        ))  # fmt: skip
    if options.host not in OWN_HOSTS and options.token is None:
        raise MistakeError(sentence(
            "host={host} lets everybody who reaches this machine by the network run simulations on it and read what is kept; give them a token "
            "that they have to know: token=$(openssl rand -hex 16). It is sent as it is: beyond a network that you trust, put HTTPS before it",
            "host={host} 会让网络上能访问本机的任何人在此运行模拟并读取已保存的结果；请设置他们须知道的口令：token=$(openssl rand -hex 16)。"
            "口令以明文传送：在不可信的网络上请在前面加 HTTPS", host=options.host,
        ))  # fmt: skip
    if options.host not in OWN_HOSTS:
        say(sentence(
            "host={host}: whoever reaches this machine and knows the token may run simulations on it and read what is kept.",
            "host={host}：能访问本机并知道口令的人可以在此运行模拟、读取已保存的结果。", host=options.host,
        ), options.language)  # fmt: skip


def folder_of(options: DashboardOptions) -> Path:
    """Return the folder of what is kept, made where it is not there.

    Raises:
        MistakeError: It cannot be made or written.
    """
    from platformdirs import user_data_path

    folder = Path(options.folder).expanduser() if options.folder else user_data_path("yizhan", appauthor=False) / "dashboard"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        trial = folder / f".trial{id(options)}"
        trial.touch()
        trial.unlink()
    except (OSError, ValueError) as error:
        raise MistakeError(sentence(
            "folder={folder} cannot be made or written ({why}); name another one", "folder={folder} 无法创建或写入（{why}）；请另选目录",
            folder=folder, why=why_of(error),
        )) from None  # fmt: skip
    return folder.resolve()


def _listening(options: DashboardOptions) -> socket.socket:
    """Return a socket that listens where it was asked for; where nobody said, at the next port that is free.

    Raises:
        MistakeError: The port is taken, or there is no such host.
    """
    ports = [options.port] if options.port else range(PORT, PORT + PORTS_TRIED)
    why: Sentence | str = ""
    for port in ports:
        try:
            listening = _bound(options.host, port)
        except (OSError, UnicodeError) as error:
            why = why_of(error)
            if getattr(error, "errno", None) != errno.EADDRINUSE:
                break
            continue
        if not options.port and port != PORT:
            say(sentence("Port {taken} is taken; using {port}.", "端口 {taken} 已被占用，改用 {port}。", taken=PORT, port=port), options.language)
        return listening
    raise MistakeError(sentence(
        "host={host} port={port} cannot be listened at ({why}); choose another port=, or leave it out for one that is free",
        "无法在 host={host} port={port} 监听（{why}）；请另选 port=，或不写以自动选取", host=options.host, port=options.port or PORT, why=why,
    ))  # fmt: skip


def _bound(host: str, port: int) -> socket.socket:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family[0], socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(family[4])
        listening.listen(128)
    except BaseException:
        listening.close()
        raise
    return listening

