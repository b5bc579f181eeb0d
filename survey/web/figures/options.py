"""The choices of the filter form, written out, with the chosen one marked."""

from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext

from survey.domain.periods import Month
from survey.domain.points import Channel
from survey.domain.units import Unit, UnitKind
from survey.web.figures.filters import Choices, Filters, Sort
from survey.web.language import current
from survey.wording import N_, Translate, asked, numbers
from survey.wording.asked import FLAGGED
from survey.wording.figures import CHANNELS
from survey.wording.units import UNIT_KINDS

MONTHS = 48  # that the form offers, back from today's
SORTS = {Sort.NAME: N_("Tên"), Sort.RATE: N_("Tỷ lệ"), Sort.RESPONDENTS: N_("Số phiếu")}
translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Choices under a heading."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """Everything that the filter form offers, and in words what is chosen."""

    units: tuple[OptionGroup, ...]
    starts: tuple[Option, ...]
    ends: tuple[Option, ...]
    questionnaires: tuple[Option, ...]
    channels: tuple[Option, ...]
    procedures: tuple[OptionGroup, ...]
    flagged: tuple[Option, ...]
    sorts: tuple[Option, ...]
    summary: str


def of(choices: Choices, filters: Filters) -> Options:
    """The options for these filters, in the reader's language."""
    chosen = filters.selection
    first, last = Month.of(chosen.period.start), Month.of(chosen.period.end)
    by_domain = groupby(choices.procedures, key=lambda procedure: procedure.domain_name)
    channels = [Option(c.value, translate(CHANNELS[c]), c is chosen.channel) for c in Channel]
    questionnaires = [
        Option(v.name, f"{v.title.get(current())} ({v.name})", v.id == chosen.version.id) for v in choices.versions
    ]
    procedures = [
        OptionGroup(domain, tuple(Option(p.code, f"{p.name} ({p.code})", p.code == chosen.procedure) for p in members))
        for domain, members in by_domain
    ]
    flagged = [Option("1", translate(FLAGGED), chosen.flagged)]
    procedure = next((option.text for group in procedures for option in group.options if option.chosen), "")
    return Options(
        units=of_units(choices.units, filters.unit),
        starts=months_of(Month.of(choices.today), first),
        ends=months_of(Month.of(choices.today), last),
        questionnaires=tuple(questionnaires),
        channels=tuple(channels),
        procedures=tuple(procedures),
        flagged=tuple(flagged),
        sorts=tuple(Option(s.value, translate(words), s is filters.sort) for s, words in SORTS.items()),
        summary=asked.line(chosen, current(), translate, procedure),
    )


def of_units(units: tuple[Unit, ...], chosen: Unit | None) -> tuple[OptionGroup, ...]:
    """The units under the headings of their kinds."""
    return tuple(
        OptionGroup(translate(UNIT_KINDS[kind]), tuple(members))
        for kind in UnitKind
        if (members := [Option(u.code, u.name, u == chosen) for u in units if u.kind is kind])
    )


def months_of(latest: Month, chosen: Month) -> tuple[Option, ...]:
    """Newest first; the chosen one is among them even when it lies outside."""
    offered = {latest.plus(-back) for back in range(MONTHS)} | {chosen}
    return tuple(Option(str(m), numbers.month(m), m == chosen) for m in sorted(offered, reverse=True))
