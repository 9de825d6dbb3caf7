"""Who is who, without saying so: identifiers are keyed hashes, with a key that the holder of the ledger keeps, never beside the data."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from experiments.ledger.sheets import Cell, text_of
from experiments.shared.errors import MistakeError
from experiments.shared.kept import note, written
from experiments.shared.signals import unbroken
from sim.bilingual import Sentence, sentence
from sim.errors import why_of

LETTERS = 16
"""Letters of an identifier: 64 bits, so that two of a million persons share one with a chance of 1 in 40 million."""
KEY_BYTES, LEAST_KEY = 32, 16
IDENTITY_NUMBER, PHONE_NUMBER = re.compile(r"\d{17}[\dx]"), re.compile(r"1\d{10}")
DEFAULT = "ledger.key"


class Identity(NamedTuple):
    """Who a row is about.

    Attributes:
        identifier: The keyed hash; empty where the row says too little.
        is_certain: Whether nobody else has the same: it is of an identity number, or of a telephone number and a name.
        sex: Sex by the identity number; empty where there is none.
    """

    identifier: str
    is_certain: bool = False
    sex: str = ""


class Keeper:
    """Makes identifiers with one key.

    Args:
        key: The key.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def identify(self, private: Mapping[str, Cell], others: tuple[str, ...]) -> Identity:
        """Return who a row is about: by the identity number, else the telephone, else the name with what else is known.

        Args:
            private: name, identity, phone → cell.
            others: What tells persons of the same name apart.
        """
        number = re.sub(r"[\s\-]", "", text_of(private.get("identity"))).lower()
        if IDENTITY_NUMBER.fullmatch(number) and not isinstance(private.get("identity"), float):  # of a number a workbook keeps 15 digits
            return Identity(self._hashed("identity", number), is_certain=True, sex="male" if int(number[-2]) % 2 else "female")
        name = re.sub(r"\s", "", text_of(private.get("name"))).lower()
        phone = re.sub(r"^86(?=1\d{10}$)", "", re.sub(r"[\s\-+]", "", text_of(private.get("phone"))))
        if PHONE_NUMBER.fullmatch(phone):
            return Identity(self._hashed("phone", phone, name), is_certain=True)
        return Identity(self._hashed("name", name, *others)) if name else Identity("")

    def hashed_name(self, name: str) -> str:
        """Return the identifier of an employer."""
        return self._hashed("employer", re.sub(r"\s", "", name).lower())

    def _hashed(self, *parts: str) -> str:
        return hmac.new(self._key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()[:LETTERS]


def keeper_of(named: str | None, ledger: Path, result: Path) -> tuple[Keeper, Sentence]:
    """Return who makes identifiers, with the key of a file, which is made where it is not there; and what there is to say of it.

    Args:
        named: Path of the file of the key; None: one in the user's own folder of settings.
        ledger: The ledger, beside which it must not lie.
        result: Folder of the result, in which it must not lie.

    Raises:
        MistakeError: The file lies beside the data, is too short, or cannot be read or made.
    """
    path = _default() if named is None else Path(named).expanduser()
    where = path.resolve().parent
    if where == ledger.resolve().parent or path.resolve().is_relative_to(result.resolve()):
        raise MistakeError(sentence(
            "key={file} lies beside the data, where whoever gets the one gets the other; name a file elsewhere",
            "key={file} 与数据放在一处，拿到数据者也会拿到密钥；请改放别处", file=path,
        ))  # fmt: skip
    try:
        if path.exists():
            key = path.read_bytes().strip()
            told = sentence("Identifiers: keyed with {file}.", "编号：以 {file} 为密钥。", file=path)
        else:
            key = secrets.token_hex(KEY_BYTES).encode()
            write_key(path, key)
            told = sentence("Identifiers: keyed with {file}, which was made now. Keep it, and give it to nobody.",
                            "编号：以刚生成的 {file} 为密钥。请妥善保管，不要交给他人。", file=path)  # fmt: skip
    except OSError as error:
        raise MistakeError(sentence(
            "key={file} cannot be read or made ({why}); name another file", "key={file} 无法读取或生成（{why}）；请另选文件",
            file=path, why=why_of(error),
        )) from None  # fmt: skip
    if len(key) < LEAST_KEY:
        raise MistakeError(sentence(
            "key={file} holds fewer than {least} signs; name a file that is not there, and a key is made",
            "key={file} 中的密钥少于 {least} 个字符；请指定一个尚不存在的文件，程序会生成密钥", file=path, least=LEAST_KEY,
        ))  # fmt: skip
    return Keeper(key), told


def write_key(path: Path, key: bytes) -> None:
    """Write a new key, for nobody else to read: all of it, or nothing.

    Args:
        path: Its file, which is not there; its folder is made if need be.
        key: The key.

    Raises:
        OSError: It cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with unbroken():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(key + b"\n")
        except OSError:
            path.unlink(missing_ok=True)
            raise
        note(written([path]))


def _default() -> Path:
    from platformdirs import user_config_path

    return user_config_path("yizhan") / DEFAULT
