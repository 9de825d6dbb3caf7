"""What an own file, or the configuration of a result, cannot say: keys of the command, keys with dots, something else than a table of keys."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from experiments.shared.errors import MistakeError
from sim.bilingual import Sentence, message_of, sentence
from sim.errors import ConfigurationError
from sim.own_file import NAMED, PACKAGES
from sim.own_files import Own, once_more, own_in_use
from sim.scenario import base_configuration
from sim.wording import shown
from sim.yaml_files import at_line, read_file


def refuse_in_files(own: Own, of_command: Collection[str]) -> None:
    """Refuse what Hydra would drop, or put down to the command line.

    Args:
        own: The own configuration with the files that take part.
        of_command: Keys of the command itself, which no programme and no place has.

    Raises:
        ConfigurationError: With file and line.
    """
    base = base_configuration()
    for file in own.taken.values():
        package = PACKAGES[file.group]
        table = base.get(package) if package else base
        keys = of_command if file.group in NAMED else ()
        for key, message in _mistakes(file.file.path, file.content, table, "", keys) if isinstance(table, dict) else ():
            raise ConfigurationError(at_line(file.file.path, file.file.lines.get(key), message))


def refuse_in_result(file: Path, content: dict[str, Any]) -> None:
    """Refuse what Hydra would drop, or put down to the command line, in the configuration of a result.

    Args:
        file: Its ``config.yaml``.
        content: What stands in it.

    Raises:
        ConfigurationError: With file and line.
    """
    without_names = {key: value for key, value in content.items() if key not in NAMED}
    for key, message in _mistakes(file, without_names, base_configuration(), "", ()):
        raise ConfigurationError(at_line(file, read_file(file).lines.get(key), message))


@contextmanager
def blamed(*keys: str) -> Iterator[None]:
    """Let a mistake in the block be told with the file and line of the first of some keys, unless one of them was given on the command line.

    Raises:
        MistakeError: The mistake.
    """
    try:
        yield
    except MistakeError as error:
        own = own_in_use()
        if any(own.is_given(key) for key in keys):
            raise
        raise MistakeError(own.located(keys[0], message_of(error))) from None


def _mistakes(path: Path, content: dict[str, Any], table: dict[str, Any], prefix: str, barred: Collection[str]) -> Iterator[tuple[str, Sentence]]:
    """Yield each key with what is wrong with it."""
    for name, value in content.items():
        key, inner = f"{prefix}{name}", table.get(name)
        if key in barred:
            again = once_more(path)
            yield key, sentence("{key} belongs on the command line: {key}={value}{again}", "{key} 应写在命令行：{key}={value}{again}",
                                key=key, value="VALUE" if isinstance(value, (dict, list)) else shown(value), again=again)  # fmt: skip
        elif "." in name and name not in table:
            nested = "".join(f"{part}: {{" for part in name.split(".")[:-1]) + f"{name.rpartition('.')[2]}: …" + "}" * name.count(".")
            yield key, sentence("{key}: in a file keys stand within each other; write {nested}", "{key}：文件中的键要逐层书写；请写 {nested}",
                                key=key, nested=nested)  # fmt: skip
        elif not prefix and name in NAMED and name not in table:
            yield key, sentence("{key} is {value}; allowed is the name of a {key}, in quotes where it looks like something else",
                                "{key} 为 {value}；应为名称，易被误读时请加引号", key=key, value=shown(value))  # fmt: skip
        elif isinstance(inner, dict) and isinstance(value, dict):
            yield from _mistakes(path, value, inner, f"{key}.", ())
        elif isinstance(inner, dict):
            yield key, sentence("{key} is {value}; allowed is a table of keys: write its keys below it, indented, each on a line of its own",
                                "{key} 为 {value}；应为一组键：请在其下逐行缩进书写各键", key=key, value=shown(value))  # fmt: skip
