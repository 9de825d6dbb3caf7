"""Telling a story: clauses and portraits into sentences, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from experiments.story.sentences import LANGUAGES, MONTHS, NAMES, PHRASES, SENTENCES, SKILLS, Number
from experiments.story.story import WAYS, Chapter, Clause, chapters_of, received_clauses
from sim.calendar import MONTH_DAYS, YEAR_DAYS
from sim.history import History
from sim.levers import LEVER_LABELS
from sim.scenario import Scenario
from sim.watched import RECEIVED_FROM, WATCHED

Details = dict[str, Any]
FULL_WIDTH = str.maketrans({";": "；", "(": "（", ")": "）"})
INCOME, SPENDING = 1, -1
MOST_NAMED = 5
"""With more services than this, their number is said."""


@dataclass(frozen=True)
class Story:
    """A story in words.

    Attributes:
        title: Title.
        subtitle: Of which run.
        portrait: Who the person is.
        lines: When and what.
        ending: Where the person stands at the end, what was received, where the money went.
        months: Table of money by month, its headings first.
    """

    title: str
    subtitle: str
    portrait: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    ending: tuple[str, ...]
    months: tuple[tuple[str, ...], ...]

    def as_markdown(self) -> str:
        """Return the story as a Markdown text."""
        heads, *rows = self.months
        table = ["| " + " | ".join(row) + " |" for row in (heads, tuple("---" for _ in heads), *rows)]
        lines = [f"- **{when}** {what}" for when, what in self.lines]
        portrait, ending = ("  \n".join(part) for part in (self.portrait, self.ending))
        parts = (f"# {self.title}", self.subtitle, portrait, "\n".join(lines), ending, "\n".join(table))
        return "\n\n".join(part for part in parts if part) + "\n"


def tell(history: History, scenario: Scenario, language: str) -> Story:
    """Put a case file into words.

    Args:
        history: The case file.
        scenario: The scenario it comes from.
        language: ``"en"`` or ``"zh"``.
    """
    narrator = _Narrator(scenario, language, female=history.opening["female"])
    say = narrator.phrase
    programme = scenario.title if language == "en" else scenario.title_zh
    portrait = narrator.portrait(history.opening)
    lines = tuple((narrator.span(chapter), narrator.line(chapter.clauses)) for chapter in chapters_of(history))
    ending = (narrator.standing(history.closing, knows=False), narrator.received(history), narrator.money(history))
    subtitle = say("subtitle", programme=programme or scenario.programme, replicate=history.replicate, seed=history.seed)
    months = narrator.months(history)
    story = Story(say("title", person=str(history.person)), subtitle, portrait, lines, ending, months)
    return story if language == "en" else _in_full_width(story)


def describe(portrait: Details, scenario: Scenario, language: str) -> str:
    """Describe a person in one line."""
    narrator = _Narrator(scenario, language, female=portrait["female"])
    return _widen(narrator.portrait(portrait)[0]) if language == "zh" else narrator.portrait(portrait)[0]


class _Narrator:
    """Words of one story: an employer is introduced once, then called by its number."""

    def __init__(self, scenario: Scenario, language: str, *, female: bool) -> None:
        self.language = language
        self.place = LANGUAGES.index(language)
        self.own = "her own" if female else "his own"
        self.introduced: set[int] = set()
        region = scenario.region
        self.districts = {district.name: (district.name.replace("_", " "), district.name_zh)[self.place] for district in region.districts}
        self.campuses = {campus.name: (campus.name.replace("_", " "), campus.name_zh)[self.place] for campus in region.campuses}

    def phrase(self, key: str, **values: Any) -> str:  # noqa: ANN401
        """Return a phrase with its values filled in."""
        numbers = {name: Number(value, self.language) if type(value) is int else value for name, value in values.items()}
        return PHRASES[key][self.place].format(**numbers)

    def name(self, key: str) -> str:
        """Return a name."""
        return NAMES[key][self.place]

    def join(self, parts: Iterable[str]) -> str:
        """Join clauses or items."""
        return ("; " if self.language == "en" else "；").join(parts)

    def list_of(self, items: Iterable[str]) -> str:
        """Join the items of a list."""
        *first, last = items
        if self.language == "zh":
            return "、".join([*first, last])
        return f"{', '.join(first)} and {last}" if first else last

    def levers(self, names: Iterable[str]) -> str:
        """Name some levers, or say how many where they are many."""
        names = list(names)
        if len(names) > MOST_NAMED:
            return self.phrase("services", n=len(names))
        labels = [LEVER_LABELS[name][self.language] for name in names]
        return self.list_of(label.lower() if self.language == "en" else label for label in labels)

    def date(self, day: date | str, *, year: bool = True) -> str:
        """Write a date."""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        if self.language == "zh":
            return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"
        return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")

    def span(self, chapter: Chapter) -> str:
        """Write the days of a chapter."""
        first, last = chapter.first, chapter.last
        if first == last:
            return self.date(first)
        same_year = first.year == last.year
        same_month = same_year and first.month == last.month
        if self.language == "zh":
            return f"{self.date(first)}—{last.day}日" if same_month else f"{self.date(first)}—{self.date(last, year=not same_year)}"
        if same_month:
            return f"{first.day}–{self.date(last)}"
        return f"{self.date(first, year=not same_year)} – {self.date(last)}"

    def line(self, clauses: Iterable[Clause]) -> str:
        """Write the clauses of a chapter as a sentence."""
        text = self.join(self.clause(clause) for clause in clauses)
        return text[0].upper() + text[1:] + ("." if self.language == "en" else "。")

    def clause(self, clause: Clause) -> str:
        """Write one clause."""
        watched = WATCHED.get(clause.key)
        sentence = watched.sentence(self.language, falls=clause.values.get("falls", False)) if watched else SENTENCES[clause.key][self.place]
        values = self._values(clause)
        if "{employer}" in sentence:
            values["employer"] = self.employer(clause.values.get("employer"), "the_outside")
        return sentence.format(**values)

    def employer(self, employer: Details | None, outside: str = "outside") -> str:
        """Name an employer: with industry and district the first time."""
        if employer is None:
            return self.phrase(outside)
        kind = "startup" if employer["startup"] else "state_owned" if employer["state_owned"] else "employer"
        name = self.phrase(kind, row=str(employer["row"]))
        if employer["row"] in self.introduced:
            return name
        self.introduced.add(employer["row"])
        industry = self.name(f"industry.{employer['industry']}")
        return self.phrase("where", name=name, industry=industry, district=self.districts[employer["district"]])

    def _values(self, clause: Clause) -> Details:
        """Return what stands in a clause, in words."""
        raw = clause.values
        values: Details = {name: Number(value, self.language) for name, value in raw.items() if type(value) is int}
        values |= {"own": self.own, "way": "", "start": "", "after": "", "owed": "", "among": "", "where": "", "kept": "", "host": ""}
        if "levers" in raw:
            values["levers"] = self.levers(raw["levers"])
        if raw.get("channel") in WAYS:
            values["way"] = self.phrase(f"way.{raw['channel']}")
        if raw.get("start"):
            values["start"] = self.phrase("start", date=self.date(raw["start"]))
        if raw.get("station"):
            values["where"] = self.phrase("in_district", district=self.districts[raw["station"]])
        if "days" in raw:
            values["after"] = self.phrase("after_firm" if clause.key == "firm_closed" else "after", time=self._time(raw["days"]))
        if raw.get("owed"):
            values["owed"] = self.phrase("unpaid", n=raw["owed"])
        if clause.key == "founded":
            funds = [self.phrase(f"funds.{source}", n=raw[source]) for source in ("own", "family", "grant") if raw[source]]
            values |= {"funds": self.list_of(funds or [self.phrase("funds.own", n=0)]), "own": self.own}
        if raw.get("by"):
            values["by"] = self.date(raw["by"])
        if raw.get("preferred"):
            values["preferred"] = self.employer(raw["preferred"]["employer"])
        if raw.get("until"):
            values["until"] = self.date(raw["until"])
        if raw.get("kept"):
            values["kept"] = self.phrase("kept")
        if clause.key == "course_began.contracted" and raw["employer"]:
            values["host"] = self.phrase("host", employer=self.employer(raw["employer"]))
        if "rate" in raw:
            values["rate"] = f"{100 * raw['rate']:.3g}"
        if clause.key == "applied":
            values["among"] = self._among(raw)
        if clause.key == "trip" and raw["interviews"]:
            key = "among.all_interviews" if raw["interviews"] == raw["n"] else "among.interviews"
            values["among"] = self.phrase(key, n=raw["interviews"])
        return values

    def _among(self, raw: Details) -> str:
        """Say how applications went out, and how many nobody kept."""
        parts = [self.phrase(f"among.{way}", n=raw[way]) for way in (*WAYS, "lost") if raw.get(way)]
        return self.phrase("among", list=(", " if self.language == "en" else "、").join(parts)) if parts else ""

    def _time(self, days: int) -> str:
        """Write a length of time."""
        if days < MONTH_DAYS:
            return self.phrase("days", n=max(1, days))
        return self.phrase("months", n=days // MONTH_DAYS) if days < 2 * YEAR_DAYS else self.phrase("years", n=days // YEAR_DAYS)

    def portrait(self, portrait: Details) -> tuple[str, ...]:
        """Say who a person is and where the story begins."""
        say, district = self.phrase, self.districts[portrait["district"]]
        sex = say("woman" if portrait["female"] else "man")
        origin = say("from_elsewhere" if portrait["from_elsewhere"] else "from_here", district=district)
        distance = say("distance", km=round(portrait["distance_km"])) if portrait["distance_km"] else ""
        stage = "student" if portrait["activity"] in ("absent", "studying", "intern") else "graduate"
        study = say(
            stage, education=self.name(portrait["education"]), field=self.name(f"study.{portrait['field']}"),
            campus=self.campuses[portrait["campus"]], distance=distance, year=portrait["graduation"][:4],
        )  # fmt: skip
        who = f"{sex[0].upper()}{sex[1:]} {origin}. {study}." if self.language == "en" else f"{sex}，{origin}；{study}。"
        skill = next(words[self.place] for bound, *words in SKILLS if portrait["skill"] < bound)
        wishes = say(f"wishes.{stage}", skill=skill, expected=portrait["expected_wage"], least=portrait["reservation_wage"])
        return who, wishes, self.standing(portrait, knows=True)

    def standing(self, portrait: Details, *, knows: bool) -> str:
        """Say what a person does, where, with how much at hand."""
        say, contract = self.phrase, portrait["contract"]
        values: Details = {"wage": portrait["wage"], "staff": "", "owed": "", "start": ""}
        key = portrait["activity"]
        if contract is not None and key in ("studying", "searching"):
            key += ".signed"
            values |= {"wage": contract["wage"], "start": say("start", date=self.date(contract["start"]))}
        elif key == "studying" and portrait["searching"]:
            key = "studying.searching"
        values["staff"] = say("staff", n=portrait["staff"]) if portrait["staff"] else ""
        values["owed"] = say("owed", n=portrait["owed"]) if portrait["owed"] else ""
        if "{employer}" in PHRASES[key][0]:
            values["employer"] = self.employer(contract["employer"] if key.endswith("signed") else portrait["employer"])
        where = [] if key == "aged_out" else [say(portrait["place"])]  # not followed any more
        parts = [say(key, **values), *where, say("money_at_hand", n=portrait["savings"])]
        state = ", ".join(parts) if self.language == "en" else "，".join(parts)
        if knows and portrait["knows"]:
            state += say("knows", levers=self.levers(portrait["knows"]))
        return say("on", date=self.date(portrait["date"]), state=state) + ("." if self.language == "en" else "。")

    def received(self, history: History) -> str:
        """Say what came from the programme."""
        clauses = [self.clause(clause) for clause in received_clauses(history)]
        if not clauses:
            return self.phrase("from_programme.nothing")
        listing = self.list_of(clauses) if self.language == "en" else self.join(clauses)
        return self.phrase("from_programme", pronoun=self.phrase("she" if history.opening["female"] else "he"), list=listing)

    def account(self, account: str) -> str:
        """Name an account; a column that is saved is named after its lever."""
        return self.name(account) if account in NAMES else LEVER_LABELS[RECEIVED_FROM[account]][self.language].lower()

    def money(self, history: History) -> str:
        """Say where the money came from and went."""
        lists = {}
        for side in (INCOME, SPENDING):
            totals = sorted(history.money.items(), key=lambda item: -side * item[1])
            flows = [self.phrase("flow", account=self.account(account), n=side * total) for account, total in totals if side * total > 0]
            lists[side] = (", " if self.language == "en" else "、").join(flows) or self.phrase("nothing")
        opening, closing = history.opening["savings"], history.closing["savings"]
        return self.phrase("money", opening=opening, income=lists[INCOME], spent=lists[SPENDING], closing=closing)

    def months(self, history: History) -> tuple[tuple[str, ...], ...]:
        """Return the table of money by month."""
        accounts = list(history.money)
        rows = [(self.name("month"), *(self.account(account) for account in accounts), self.name("savings"))]
        savings = history.opening["savings"]
        for month, flows in history.months.items():
            savings += sum(flows.values())
            cells = [f"{Number(flows[account], self.language)}" if account in flows else "" for account in accounts]
            rows.append((month, *cells, f"{Number(savings, self.language)}"))
        return tuple(rows)


def _in_full_width(story: Story) -> Story:
    """Return a Chinese story with the punctuation of Chinese."""
    lines = tuple((when, _widen(what)) for when, what in story.lines)
    portrait, ending = (tuple(_widen(line) for line in part) for part in (story.portrait, story.ending))
    return Story(story.title, _widen(story.subtitle), portrait, lines, ending, story.months)


def _widen(text: str) -> str:
    """Write commas, colons, semicolons and brackets as Chinese does; commas within numbers stay."""
    text = re.sub(r",(?!\d{3})", "，", text)
    return re.sub(r":(?!\d)", "：", text).translate(FULL_WIDTH)
