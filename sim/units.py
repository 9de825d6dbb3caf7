"""Words in two languages, and those of units. A unit is a word or words divided by ``/``: ``CNY/month`` is 元/月."""

from __future__ import annotations

Words = dict[str, str]
"""Language → words."""

CHINESE = {
    "-": "-", "1": "1", "%": "%", "share": "占比", "ratio": "倍数", "weight": "权重", "count": "个", "sd": "标准差", "log sd": "对数标准差",
    "log": "对数", "log wage": "对数工资", "log ratio": "对数比", "log revenue": "对数收入", "tier": "档", "CNY": "元", "km": "公里", "date": "日期",
    "day": "日", "month, day": "月、日", "days": "天", "month": "月", "months": "个月", "weeks": "周", "season": "季", "year": "年",
    "person": "人", "persons": "人", "person-times": "人次", "contact": "次", "contacts": "人次", "firms": "家", "post": "岗位", "posts": "个岗位",
    "slots": "个广告位", "applications": "份", "CV": "份", "CVs": "份", "interviews": "次", "talks": "次",
    "offers": "个", "contracts": "份", "intents": "个",
    "requests": "次", "jobs": "个", "loan": "笔", "loans": "笔", "stations": "个", "rooms": "间", "beds": "张", "night": "晚", "nights": "晚",
    "stays": "人次", "fair": "场", "fairs": "场", "trip": "场", "trips": "场",
    "meeting": "场", "meetings": "场", "visits": "次", "approaches": "次", "sessions": "场", "seats": "座",
    "the outcome's": "与指标相同", "places": "个名额", "courses": "期", "classes": "班", "events": "场", "hours": "小时",
    "hour": "小时", "desks": "个工位", "inhabitant": "常住人口",
    "cards": "张", "card": "张", "employers": "家", "cases": "件", "points": "个", "years": "年", "log hazard": "对数风险", "industry": "行业",
    "degrees": "度", "elasticity": "弹性", "firm": "家", "bits": "位", "row": "行", "rows": "行", "units": "个单位", "percentage points": "个百分点",
}  # fmt: skip
"""Word of a unit → the same in Chinese. A new unit needs its words here."""


def both(en: str, zh: str) -> Words:
    """Return words in each language."""
    return {"en": en, "zh": zh}


def unit_words(unit: str) -> Words:
    """Return a unit in each language.

    Args:
        unit: The unit in English, such as ``"CNY/month"``.

    Returns:
        Language → unit; a word that is not in `CHINESE` stays as it is.
    """
    return {"en": unit, "zh": "/".join(CHINESE.get(word, word) for word in unit.split("/"))}
