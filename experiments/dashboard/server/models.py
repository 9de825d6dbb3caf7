"""What goes in and out, as ``/openapi.json`` describes it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_VALUES = 9
Text = Annotated[str, Field(max_length=400)]
Draft = dict[str, Any]
Identity = Annotated[str, Field(min_length=32, max_length=32, pattern="^[0-9a-f]+$")]
State = Literal["queued", "running", "done", "failed", "cancelled"]


class Words(BaseModel):
    """A text in both languages; with ``?language=`` the text alone."""

    en: str
    zh: str


Told = Words | str


class Wrong(BaseModel):
    """What cannot be had, where, why, and how to mend it."""

    what: Told
    where: str
    why: Told
    mend: Told
    en: str
    zh: str
    seconds: int | None = None


class ErrorAnswer(BaseModel):
    """The one shape of every error."""

    error: Wrong


class About(BaseModel):
    """What this server is."""

    version: str
    languages: list[str]
    limits: dict[str, float | int | None]
    extras: dict[str, bool]
    server: str


class County(BaseModel):
    """A county of one's own, as its form was filled in."""

    model_config = ConfigDict(extra="forbid")

    county: dict[Annotated[str, Field(max_length=120)], Any]


class CountyTold(BaseModel):
    """What a form comes to: declared keys, what was assumed, and a small picture."""

    changes: dict[str, Any]
    assumed: list[str]
    picture: dict[str, Any] | None


class WhatIf(BaseModel):
    """One key at several values."""

    model_config = ConfigDict(extra="forbid")

    key: Annotated[str, Field(max_length=120)]
    values: Annotated[list[float | int | bool | Text], Field(min_length=1, max_length=MOST_VALUES)]


class RunRequest(BaseModel):
    """What is to be simulated."""

    model_config = ConfigDict(extra="forbid")

    draft: Draft
    kind: Literal["compare", "what_if", "mix", "parts"] = "compare"
    variant: Annotated[str, Field(max_length=120)] = ""
    what_if: WhatIf | None = None
    budget: Annotated[int, Field(ge=1, le=10**13)] | None = None


class DraftRequest(BaseModel):
    """A draft to look at."""

    model_config = ConfigDict(extra="forbid")

    draft: Draft


class Accepted(BaseModel):
    """A run that was taken on."""

    id: Identity
    digest: str
    state: State


class Progress(BaseModel):
    """How far a run is."""

    id: Identity
    digest: str
    kind: str
    state: State
    ahead: int
    share: float
    seconds_left: float | None
    replicates_done: int
    replicates: int
    error: Wrong | None = None
    result: dict[str, Any] | None = None


class SaveRequest(BaseModel):
    """A run to be saved under a name."""

    model_config = ConfigDict(extra="forbid")

    run: Identity
    name: Annotated[Text, Field(min_length=1, max_length=120)]
    named: bool = True


class Name(BaseModel):
    """Another name."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Text, Field(min_length=1, max_length=120)]


class SavedEntry(BaseModel):
    """A saved result."""

    id: Identity
    run: Identity
    name: str
    kind: str
    created: str


class RoomTaken(BaseModel):
    """How much is saved, and how much may be."""

    saved: int
    most_saved: int
    megabytes: float
    most_megabytes: float


class Opened(BaseModel):
    """A result that was opened: as a saved one."""

    id: Identity
    run: Identity
    name: str
    kind: str
    created: str
    draft: dict[str, Any]


class SavedContent(SavedEntry):
    """A saved result with what it is of and what was found."""

    draft: dict[str, Any] | None
    result: dict[str, Any]


class Checked(BaseModel):
    """Whether a draft can be simulated, and what is to be said before."""

    ok: bool
    errors: list[Any]
    notes: list[Told] = []
    people: int | None = None
    seconds: float | None = None
    digest: str | None = None
    values: dict[str, Any] = {}
    command: str | None = None
    python: str | None = None


class Done(BaseModel):
    """What was asked is done."""

    done: bool = True
