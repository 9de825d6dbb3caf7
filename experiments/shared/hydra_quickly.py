"""Hydra's own composition, without what it would do again: the same configuration and the same errors.

A file that was read once in this process, and the whole that several files make, are kept by what they were made of. Of a whole each command gets
a copy of its own; a file is only looked at, unless a whole has to be made of it.
"""

from __future__ import annotations

import copy
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
"""Files that are kept, and wholes, of some 80 kB each."""
_READ = "_yizhan_read"
"""Attribute of what was read: a number that nothing else in this process has."""
_MARK = "_yizhan_mark"
"""Attribute of what is registered: an object that nothing else has."""


@contextmanager
def composing_once(overrides: Sequence[str]) -> Iterator[None]:
    """Let Hydra compose quickly within the block.

    It would compose everything twice, first to see whether a file sets ``hydra.mode``, which none of ours does; read and put together every file for
    each command anew; write down for each file what a list of defaults could refer to, where hardly any does; and copy the whole twice, for the task
    and for the record of the task.

    Args:
        overrides: The words that it composes of.
    """
    from hydra._internal import defaults_list
    from hydra._internal.config_loader_impl import ConfigLoaderImpl
    from hydra._internal.config_repository import ConfigRepository
    from hydra._internal.hydra import Hydra
    from hydra.core import utils
    from hydra.core.config_store import ConfigStore

    quick: list[tuple[Any, str, Any]] = [
        (ConfigStore, "__deepcopy__", lambda store, _: store),
        (ConfigRepository, "__deepcopy__", lambda repository, _: copy.copy(repository)),  # its list of places is replaced as a whole
        (ConfigRepository, "load_config", _reading(ConfigRepository.load_config)),
        (ConfigLoaderImpl, "_compose_config_from_defaults_list", _joining(ConfigLoaderImpl._compose_config_from_defaults_list)),  # noqa: SLF001
        (defaults_list, "_create_interpolation_map", _mapping(defaults_list._create_interpolation_map)),  # noqa: SLF001
        (utils, "copy", SimpleNamespace(deepcopy=_handed_on)),
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
def _files() -> dict[Hashable, tuple[object, Any]]:
    """Return the files that are kept: name → what it was made of, and what was read."""
    return {}


@cache
def _wholes() -> dict[Hashable, bytes]:
    """Return the wholes that are kept: the parts of each → its bytes."""
    return {}


def _keep(kept: dict[Hashable, Any], name: Hashable, value: Any) -> None:  # noqa: ANN401
    """Keep a value in the place of the one that was kept first, if there are many."""
    if len(kept) >= MOST:
        kept.pop(next(iter(kept)), None)
    kept[name] = value


def _bytes_of(value: Any) -> bytes | None:  # noqa: ANN401
    """Return a value as bytes; None of what cannot be kept: keys of a plugin that was loaded twice."""
    try:
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None


def _handed_on(config: Any) -> Any:  # noqa: ANN401
    """Return what Hydra gives to a task: a configuration that its own key can be taken from; of what it keeps for itself, return the thing itself.

    Args:
        config: The whole configuration, or the part that Hydra keeps for itself.
    """
    from hydra.core.hydra_config import HydraConfig
    from omegaconf import DictConfig

    if config is HydraConfig.instance().cfg:
        return config
    own, content = DictConfig.__new__(DictConfig), dict(config._content)  # noqa: SLF001
    vars(own).update(vars(config), _content=content)
    for name, part in content.items():
        if name != "hydra":  # which is what is taken away
            part.__dict__["_parent"] = own
    return own


def _mapping(map_of: Callable[..., Any]) -> Callable[..., Any]:
    """Return what writes down what a list of defaults may refer to, where it refers to anything."""

    def create(overrides: Any, defaults: Sequence[Any], self_added: Any) -> Any:  # noqa: ANN401
        return map_of(overrides, defaults, self_added) if any(one.is_interpolation() for one in defaults) else None

    return create


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

        kept = _files().get(name)
        if kept is not None and kept[0] == origin:
            return kept[1]
        found = load(repository, config_path)
        setattr(found, _READ, next(_numbers()))
        if _bytes_of(found) is not None:
            _keep(_files(), name, (origin, found))
        return found

    return load_config


def _joining(join: Callable[..., Any]) -> Callable[..., Any]:
    """Return what makes one configuration of many files, once for the same contents in the same order."""

    def compose(loader: Any, defaults: Sequence[Any], repo: Any) -> Any:  # noqa: ANN401
        schemas = repo.get_schema_source()
        parts = tuple(
            (*sorted(vars(part).items()), getattr(repo.load_config(part.config_path), _READ, None), _registered(schemas, f"{part.config_path}.yaml"))
            for part in defaults
        )

        kept = _wholes().get(parts)
        if kept is not None:
            return pickle.loads(kept)  # noqa: S301 (bytes of this process)
        for path, found in repo.cache.items():  # they are changed when they are put together
            content = _bytes_of(found)
            repo.cache[path] = found if content is None else pickle.loads(content)  # noqa: S301
        made = join(loader, defaults, repo)
        content = _bytes_of(made)
        if content is not None:
            _keep(_wholes(), parts, content)
        return made

    return compose


def _registered(source: Any, file: str) -> object:  # noqa: ANN401
    """Return what stands for what is registered under a name: another object each time that something is; None where nothing is."""
    node = source.store._open(file)  # noqa: SLF001
    return None if node is None else vars(node).setdefault(_MARK, object())


@cache
def _numbers() -> Iterator[int]:
    """Return a counter."""
    return count()
