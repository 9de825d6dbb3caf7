"""What is composed quickly is what Hydra composes by itself, as often as it is asked, and whatever has changed since."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import hydra
import pytest
from hydra.core.config_store import ConfigStore
from hydra.core.global_hydra import GlobalHydra
from hydra.core.hydra_config import HydraConfig
from hydra.errors import HydraException
from omegaconf import OmegaConf

from experiments.shared.hydra_quickly import composing_once
from sim.own_files import SHIPPED
from sim.scenario import register_schema
from sim.trials.loading import register_study

WORDS = (
    ("run", ["programme=zibo", "days=40", "policy.lodging.free_nights=3"]),
    ("run", ["hydra.run.dir=elsewhere", "+hydra.job.note=1"]),
    ("trial", ["study=job_fair", "region=default"]),
    ("compare", ["comparison=nights"]),
)
WRONG = (("run", ["programme=nowhere"]), ("run", ["dayss=3"]), ("run", ["days=[1"]), ("nothing", []), ("run", ["hydra.searchpath=3"]))
Composed = tuple[Any, Any, Any]


def composed(folder: Path, name: str, words: list[str], how: Callable[[list[str]], AbstractContextManager[None]]) -> Composed:
    """Return what Hydra hands to a task: its configuration, its own, and the flags of both."""
    seen: list[Composed] = []

    def task(given: Any) -> None:
        own = HydraConfig.instance().cfg
        flags: list[Any] = [(OmegaConf.is_struct(one), OmegaConf.is_readonly(one)) for one in (given, own)]
        seen.append((OmegaConf.to_container(given), OmegaConf.to_container(own), flags))
        flags.append([key for key in given if given._get_node(key)._get_root() is not given])  # what its parts refer to
        OmegaConf.set_struct(given, value=False)
        given.clear()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["it", *words])
        patch.setenv("HYDRA_FULL_ERROR", "1")
        try:
            with how(words):
                hydra.main(version_base="1.3", config_path=str(folder), config_name=name)(task)()
        finally:
            GlobalHydra.instance().clear()
    (only,) = seen
    return only


def usual(_: list[str]) -> AbstractContextManager[None]:
    return nullcontext()


@pytest.fixture(autouse=True)
def registered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    register_schema()
    register_study()


@pytest.mark.parametrize(("name", "words"), WORDS)
def test_it_is_what_hydra_composes(name: str, words: list[str]) -> None:
    wanted = composed(SHIPPED, name, words, usual)
    assert wanted[0]
    for _ in range(3):  # made, kept, and kept unharmed by what the task did with it
        assert composed(SHIPPED, name, words, composing_once) == wanted


@pytest.mark.parametrize(("name", "words"), WRONG)
def test_it_refuses_in_the_same_words(name: str, words: list[str]) -> None:
    said = []
    for how in (usual, composing_once, composing_once):
        with pytest.raises(HydraException) as caught:
            composed(SHIPPED, name, words, how)
        said.append(str(caught.value))
    assert said[0]
    assert said[1:] == said[:1] * 2


def test_what_has_changed_is_read_again(tmp_path: Path) -> None:
    """A file of the same size and age, what a package or a command registers anew, and a list of defaults."""
    place, part = tmp_path / "configs", tmp_path / "configs" / "part.yaml"
    place.mkdir()
    (place / "whole.yaml").write_text("defaults: [part, registered, _self_]\nown: 1\n")
    for of_file, of_store in ((0, 0), (1, 0), (1, 1), (0, 1)):
        part.write_text(f"of_file: {of_file}\n")
        if of_file == of_store:
            ConfigStore.instance().store(name="registered", node={"of_store": of_store})
        assert composed(place, "whole", [], composing_once)[0] == {"own": 1, "of_file": of_file, "of_store": of_store}
    (place / "whole.yaml").write_text("defaults: [_self_]\nown: 1\n")
    assert composed(place, "whole", [], composing_once)[0] == {"own": 1}


def test_a_list_of_defaults_may_refer_to_what_was_chosen(tmp_path: Path) -> None:
    place = tmp_path / "configs"
    for name in ("first/a", "first/b", "second/a", "second/b"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / f"{name}.yaml").write_text(f"of: {name}\n")
    (place / "whole.yaml").write_text("defaults: [first: a, second: '${first}', _self_]\n")
    for words in ([], ["first=b"]):
        assert composed(place, "whole", words, composing_once)[0] == composed(place, "whole", words, usual)[0]
    assert composed(place, "whole", ["first=b"], composing_once)[0]["second"] == {"of": "second/b"}


@contextmanager
def refused(_: list[str]) -> Iterator[None]:
    with composing_once([]), composing_once([]):
        raise KeyError


def test_hydra_is_left_as_it_was() -> None:
    from hydra._internal import defaults_list
    from hydra._internal.config_loader_impl import ConfigLoaderImpl
    from hydra._internal.config_repository import ConfigRepository
    from hydra._internal.hydra import Hydra
    from hydra.core import utils

    def parts() -> list[Any]:
        return [dict(vars(one)) for one in (ConfigLoaderImpl, ConfigRepository, Hydra, ConfigStore, defaults_list)] + [utils.copy]

    before = parts()
    with pytest.raises(KeyError):
        composed(SHIPPED, "run", [], refused)
    assert parts() == before
    with composing_once([]):
        assert parts() != before
