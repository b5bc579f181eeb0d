"""What a comparison is between: two periods, channels, procedures or groups, read from the address. Parsing only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from survey.domain import periods, traits
from survey.domain.comparison import overlap
from survey.domain.periods import Month, Period, PeriodError
from survey.domain.points import Channel
from survey.domain.problems import Problem
from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.web.figures import filters
from survey.web.figures.filters import ECHO_LENGTH, Choices, Filters

QUARTER = 3  # months that each side has when none are chosen


class Kind(StrEnum):
    """What the two sides differ in."""

    PERIOD = "period"
    CHANNEL = "channel"
    PROCEDURE = "procedure"
    GROUP = "group"


class Boundaries(StrEnum):
    """Whether a unit is read alone, or with the former units that went wholly into it."""

    THEN = "then"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Sides:
    """The two selections, None where they cannot be compared; `filters.complaints` then says why.

    `a` and `b` are the chosen codes, or empty.
    """

    filters: Filters
    kind: Kind
    boundaries: Boundaries
    earlier: Period
    a: str
    b: str
    selections: tuple[Selection, Selection] | None


def read(args: Mapping[str, str], choices: Choices) -> Sides:
    """The sides that an address asks for, each default where it cannot be used."""
    given = {key: value.strip() for key, value in args.items()}
    complaints: list[Problem] = []
    kind = _member(given, "kind", Kind, complaints) or Kind.PERIOD
    boundaries = _member(given, "boundaries", Boundaries, complaints) or Boundaries.THEN
    chosen = filters.read({**_usual(given, kind, choices), **given}, choices)
    chosen = _one_cut(chosen, kind)
    earlier = _earlier(given, chosen.selection.period, complaints)
    a, b = _codes(given, kind, _offered(kind, choices, chosen.selection.version), complaints)
    selections = _selections(chosen.selection, kind, earlier, (a, b), complaints)
    told = (*chosen.complaints, *complaints)
    return Sides(replace(chosen, complaints=told), kind, boundaries, earlier, a, b, selections)


def _usual(given: Mapping[str, str], kind: Kind, choices: Choices) -> dict[str, str]:
    """The last three closed months where no period is chosen; the other kinds keep the usual year."""
    if kind is not Kind.PERIOD or given.get("from") or given.get("to"):
        return {}
    last = Month.of(choices.today).plus(-1)
    return {"from": str(last.plus(1 - QUARTER)), "to": str(last)}


def _one_cut(chosen: Filters, kind: Kind) -> Filters:
    """One cut at a time (METHOD §6): a comparison of channels or procedures is one, so no other filter stays."""
    if kind is Kind.PERIOD:
        return chosen
    return replace(chosen, selection=replace(chosen.selection, channel=None, procedure=None, flagged=False))


def _earlier(given: Mapping[str, str], later: Period, complaints: list[Problem]) -> Period:
    """The chosen period A, else one as long as B right before it."""
    length = len(list(later.months))
    end = Month.of(later.start).plus(-1)
    usual = Period(end.plus(1 - length).first, end.last)
    start, stop = given.get("a_from", ""), given.get("a_to", "")
    if not start and not stop:
        return usual
    try:
        found = periods.parse(start or stop, stop or start).whole_months
    except PeriodError as error:
        complaints.append(Problem("a_from", error.code, {"text": _echo(error.text)}))
        return usual
    if len(list(found.months)) > filters.MOST_MONTHS:
        complaints.append(Problem("a_from", "period_long", {"most": filters.MOST_MONTHS}))
        return usual
    return found


def _offered(kind: Kind, choices: Choices, version: Version) -> list[str]:
    """The codes that a side may have."""
    if kind is Kind.CHANNEL:
        return [channel.value for channel in Channel]
    if kind is Kind.PROCEDURE:
        return [procedure.code for procedure in choices.procedures]
    return list(traits.by_code(version)) if kind is Kind.GROUP else []


def _codes(given: Mapping[str, str], kind: Kind, known: list[str], complaints: list[Problem]) -> tuple[str, str]:
    """The chosen codes; of channels and groups there are usual ones."""
    usual = ("", "")
    if kind is Kind.CHANNEL:
        usual = (Channel.KIOSK.value, Channel.INVITE.value)
    elif kind is Kind.GROUP and len(known) > 1 and not given.get("a") and not given.get("b"):
        usual = (known[0], known[1])
    if kind is Kind.PERIOD:
        return usual
    found = []
    for name, default in zip(("a", "b"), usual, strict=True):
        text = given.get(name, "")
        if text and text not in known:
            complaints.append(Problem(name, f"{name}_unknown", {"text": _echo(text)}))
        found.append(text if text in known else default)
    return found[0], found[1]


def _selections(
    base: Selection, kind: Kind, earlier: Period, codes: tuple[str, str], complaints: list[Problem]
) -> tuple[Selection, Selection] | None:
    if kind is Kind.PERIOD:
        if overlap(earlier, base.period):
            complaints.append(Problem("a_from", "periods_overlap"))
            return None
        return replace(base, period=earlier), base
    if not all(codes):
        return None
    if codes[0] == codes[1]:
        complaints.append(Problem("b", "sides_same"))
        return None
    if kind is Kind.CHANNEL:
        return replace(base, channel=Channel(codes[0])), replace(base, channel=Channel(codes[1]))
    if kind is Kind.PROCEDURE:
        return replace(base, procedure=codes[0]), replace(base, procedure=codes[1])
    known = traits.by_code(base.version)
    a, b = known[codes[0]], known[codes[1]]
    if a.question != b.question:
        complaints.append(Problem("b", "groups_overlap"))
        return None
    return replace(base, trait=a), replace(base, trait=b)


def _member(
    given: Mapping[str, str], name: str, kind: type[filters.Choice], complaints: list[Problem]
) -> filters.Choice | None:
    text = given.get(name, "")
    found = next((member for member in kind if member.value == text), None)
    if text and found is None:
        complaints.append(Problem(name, f"{name}_unknown", {"text": _echo(text)}))
    return found


def _echo(text: str) -> str:
    return "".join(char for char in text[:ECHO_LENGTH] if char.isprintable())
