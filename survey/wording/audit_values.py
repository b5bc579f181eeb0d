"""Values of the record of acts as people write them: names for codes, months and days as in a sentence."""

import re
from collections.abc import Mapping

from survey.domain import named_periods, quarantine
from survey.domain.periods import PeriodError
from survey.wording import N_, Translate, asked, changes, figures, invitations, kiosks, quality, roles, units

YES = N_("có")
EMPTY = N_("(trống)")
_SPLITS: dict[str, str] = {
    "unit": N_("đơn vị"),
    "factor": N_("yếu tố"),
    "item": N_("tiêu chí"),
    "month": N_("tháng"),
}
_SORTS: dict[str, str] = {"name": N_("tên"), "rate": N_("tỷ lệ"), "n": N_("số phiếu")}

# What codes are called under a name of a detail.
CALLED: dict[str, Mapping[str, str]] = {
    "by": _SPLITS,
    "sort": _SORTS,
    "role": {role.value: words for role, words in roles.ROLES.items()},
    "channel": {channel.value: words for channel, words in figures.CHANNELS.items()},
    "flag": {quarantine.code(flag): words for flag, words in quality.FLAGS.items()},
    "way": {way.value: words for way, words in invitations.WAYS.items()},
    "kind": {
        **{kind.value: words for kind, words in changes.KINDS.items()},
        **{kind.value: words for kind, words in kiosks.KINDS.items()},
        **{kind.value: words for kind, words in units.UNIT_KINDS.items()},
    },
}
_YES_NO = frozenset({"flagged", "complete", "whole"})
_PLACES = frozenset({"unit", "parent_code", "replaced_by", "from"})  # "from" also names the units that were merged
_UNITS = re.compile(r"(?!\d{4}-\d{2})[\w.-]+(?:[,;] *[\w.-]+)*")  # codes, but no month
_PERIODS = frozenset({"from", "to", "period", "span"})  # a month among them is said as one: "tháng 12/2025"
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
ARROW = " → "  # between what was and what became


def value(name: str, text: str, translate: Translate, names: Mapping[str, str]) -> str:
    """The value of a detail in words; `names` are those of units, by code. What has no words stays as it is."""
    if ARROW in text:
        parts = (value(name, part, translate, names) for part in text.split(ARROW))
        return ARROW.join(part or translate(EMPTY) for part in parts)
    if text in CALLED.get(name, ()):
        return translate(CALLED[name][text])
    if name in _YES_NO and text in ("1", "True"):
        return translate(YES)
    if name in _PLACES and _UNITS.fullmatch(text):
        return ", ".join(names.get(code, code) for code in re.split(r"[,;] *", text))
    if day := _DAY.fullmatch(text):
        return "/".join(reversed(day.groups()))
    return _period(text, translate) if name in _PERIODS else month(text)


def month(text: str) -> str:
    """A month as mm/yyyy; anything else as it is."""
    found = _MONTH.fullmatch(text)
    return text if found is None else "/".join(reversed(found.groups()))


def _period(text: str, translate: Translate) -> str:
    try:
        return asked.period(named_periods.named(text).period, translate)
    except PeriodError:
        return text
