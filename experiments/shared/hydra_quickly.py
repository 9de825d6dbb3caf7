"""Hydra's own composition, without what it would do again: the same configuration and the same errors.

A file that was read once in this process, and the whole that several files make, are kept as bytes by what they were made of; each command gets
a copy of its own.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

RUN_MODE = "hydra.mode=RUN"
"""Said where a sweep composes one of its points."""
MOST = 200
"""Wholes that are kept, of some 80 kB."""
_READ = "_yizhan_read"
"""Attribute of what was read: a number that nothing else in this process has."""
_MARK = "_yizhan_mark"
"""Attribute of what is registered: an object that nothing else has."""


@contextmanager
def composing_once(overrides: Sequence[str]) -> Iterator[None]:
    """Let Hydra compose quickly within the block.

    It would compose everything twice, first to see whether a file sets ``hydra.mode``, which none of ours does; read and put together every file for
    each command anew; and copy value by value what it hands on.

    Args:
        overrides: The words that it composes of.
    """
    from hydra._internal.config_loader_impl import ConfigLoaderImpl
    from hydra._internal.config_repository import ConfigRepository
    from hydra._internal.hydra import Hydra
    from hydra.core import utils
    from hydra.core.config_store import ConfigStore

    quick: list[tuple[Any, str, Any]] = [
        (ConfigStore, "__deepcopy__", lambda store, _: store),
        (ConfigRepository, "load_config", _reading(ConfigRepository.load_config)),
        (ConfigLoaderImpl, "_compose_config_from_defaults_list", _joining(ConfigLoaderImpl._compose_config_from_defaults_list)),  # noqa: SLF001
        (utils, "copy", SimpleNamespace(deepcopy=_copied)),
    ]
    if not any(word.lstrip("+~").startswith("hydra") and word != RUN_MODE for word in overrides):
        quick.append((Hydra, "get_mode", lambda *_, **__: None))
    usual = [(place, name, vars(place).get(name)) for place, name, _ in quick]
    for place, name, value in quick:
        setattr(place, name, value)
    try:
        yield
    finally:
        for place, name, value in usual:
            if value is None:
                delattr(place, name)
            else:
                setattr(place, name, value)


@cache
def _kept() -> dict[Hashable, tuple[object, bytes]]:
    """Return what is kept: its name → what it was made of, and its bytes."""
    return {}


def _copied(value: Any) -> Any:  # noqa: ANN401
    """Return a copy that has nothing in common with a value."""
    return pickle.loads(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))  # noqa: S301 (bytes of this process)


def _keeping(name: Hashable, origin: object, make: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Return what was made under a name of the same, or make it, and keep it where it can be kept."""
    kept = _kept().get(name)
    if kept is not None and kept[0] == origin:
        return pickle.loads(kept[1])  # noqa: S301
    made = make()
    try:
        content = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, AttributeError, TypeError):  # keys of a plugin that was loaded twice
        return made
    if len(_kept()) >= MOST:
        _kept().clear()
    _kept()[name] = origin, content
    return made


def _reading(load: Callable[..., Any]) -> Callable[..., Any]:
    """Return what reads a file of a repository, once for each content."""
    from hydra.core.object_type import ObjectType

    def load_config(repository: Any, config_path: str) -> Any:  # noqa: ANN401
        source = repository._find_object_source(config_path=config_path, object_type=ObjectType.CONFIG)  # noqa: SLF001
        if source is None:
            return load(repository, config_path)
        name = (source.scheme(), source.provider, source.path, config_path)
        file = source._normalize_file_name(config_path)  # noqa: SLF001
        origin: object = None
        if source.scheme() == "file":
            origin = Path(source.path, file).read_bytes()
        elif source.scheme() == "structured":
            origin = _registered(source, file)

        def read() -> Any:  # noqa: ANN401
            found = load(repository, config_path)
            setattr(found, _READ, next(_numbers()))
            return found

        return _keeping(name, origin, read)

    return load_config


def _joining(join: Callable[..., Any]) -> Callable[..., Any]:
    """Return what makes one configuration of many files, once for the same contents in the same order."""

    def compose(loader: Any, defaults: Sequence[Any], repo: Any) -> Any:  # noqa: ANN401
        schemas = repo.get_schema_source()
        parts = tuple(
            (*sorted(vars(part).items()), getattr(repo.load_config(part.config_path), _READ, None), _registered(schemas, f"{part.config_path}.yaml"))
            for part in defaults
        )
        return _keeping(parts, None, lambda: join(loader, defaults, repo))

    return compose


def _registered(source: Any, file: str) -> object:  # noqa: ANN401
    """Return what stands for what is registered under a name: another object each time that something is; None where nothing is."""
    node = source.store._open(file)  # noqa: SLF001
    return None if node is None else vars(node).setdefault(_MARK, object())


@cache
def _numbers() -> Iterator[int]:
    """Return a counter."""
    return count()
