"""Random histories of a small database: a tree of offices, forms that come in late or early, several releases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

from sqlalchemy import insert, select

from survey.cli import releasing
from survey.domain.disclosure import Minimums, rounds
from survey.domain.disclosure.rounds import Round
from survey.domain.figures import Figure
from survey.domain.periods import Month, Period
from survey.domain.points import Channel
from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.domain.traits import Trait
from survey.domain.units import Unit
from survey.extensions import reading, writing
from survey.models import Layer, Pending, Released, ReleasedPart, Response
from survey.queries import catalogue, questionnaires, rates
from tests.support import small_places
from tests.support.attacker import Unknown
from tests.support.history_forms import TRAITS, Form
from tests.support.released_parts import block_items, shifts_of_forms, with_factors

LEAST = 3  # the minimum here: the rules do not depend on the number, and small databases show more with it
MONTHS = (Month(2025, 11), Month(2025, 12), Month(2026, 1))
PROCEDURES = ("1.000001", "1.000002")
CHANNELS = (Channel.KIOSK, Channel.POSTER)
Weights = tuple[int, int, int, int, int]  # of the five units' answers
SPREAD: Weights = (1, 2, 3, 4, 5)
TWO_LARGE: Weights = (1, 1, 1, 12, 12)  # groups of citizens are told of offices
MANY_SMALL: Weights = (1, 8, 4, 4, 8)  # and of several together, under the unit above
# Each phase: when, and how what arrived by then is released.
PHASES = (
    (datetime(2025, 12, 2, tzinfo=UTC), rounds.nightly),
    (datetime(2025, 12, 20, tzinfo=UTC), rounds.continuous),
    (datetime(2026, 1, 31, tzinfo=UTC), rounds.nightly),
    (datetime(2026, 2, 10, tzinfo=UTC), rounds.everything),
)
ITEMS = ("A1", "A2", "B1")
KEYS = {"overall": ITEMS, "A": ("A1", "A2"), "B": ("B1",)}


@dataclass(frozen=True)
class Sum:
    """What a figure adds up: whose answers to which items, one figure's `k` and `m` and `s`."""

    unknowns: frozenset[Unknown]
    people: int
    answers: int
    satisfied: int


class History:
    """A database, what came into it, and what anybody could see at each step."""

    def __init__(self, seed: int, count: int = 110, *, crowded: Weights | None = None) -> None:
        self.random, self.manners = Random(seed), Random(f"said {seed}")  # so that a seed keeps its forms
        self.helpers = Random(f"assisted {seed}")
        self.crowded = crowded  # few name a procedure then
        self.points = small_places.build(PHASES[0][0])
        with reading() as session:
            self.units = catalogue.units(session)
            version = questionnaires.by_name(session, "small@1")
        assert version is not None
        self.version: Version = version
        self.block_items: dict[int, frozenset[str]] = {}  # the items that each block of a procedure tells
        self.with_factors: set[int] = set()  # the rows of groups of citizens that tell factors too
        self.forms = [self._form(number) for number in range(count)]

    def _form(self, number: int) -> Form:
        random, manners = self.random, self.manners
        phase = random.randrange(len(PHASES))
        latest = PHASES[phase][0].date() - timedelta(days=1)
        days = [MONTHS[0].first + timedelta(days=add) for add in range(92)]
        silence = random.choice((0.0, 0.1, 0.4, 0.7))
        levels = {
            item.key: None if random.random() < (0.7 if item.key == "A2" else silence) else random.randint(1, 5)
            for item in self.version.items
        }
        if not any(levels.values()):
            levels["A1"] = 4
        return Form(
            number,
            random.choices([unit.id for unit in self.units], weights=self.crowded or SPREAD)[0],
            random.choice([day for day in days if day <= latest]),
            random.choices([channel.value for channel in CHANNELS], weights=(3, 1))[0],
            None if self.crowded and manners.random() < 0.6 else random.choice((None, *PROCEDURES, PROCEDURES[0])),
            random.random() < 0.08,
            levels,
            {key: manners.choice(options) for key, options in TRAITS.items() if manners.random() < 0.85},
            phase,
            self.helpers.random() < 0.15,
        )

    def phases(self) -> Iterator[int]:
        """Bring in what has come by each phase, and release it."""
        for phase, (now, due) in enumerate(PHASES):
            self._arrive([form for form in self.forms if form.phase == phase])
            due_round: Round = due(now, LEAST)
            releasing.release(due_round)
            yield phase

    def _arrive(self, forms: list[Form]) -> None:
        rows = [form.stored(self.version, self.points[form.unit_id]) for form in forms]
        waiting = [{key: row[key] for key in ("unit_id", "client_id", "day")} for row in rows]
        with writing() as session:
            session.execute(insert(Response.__table__), rows)  # type: ignore[arg-type]
            session.execute(insert(Pending.__table__), waiting)  # type: ignore[arg-type]

    def selections(self) -> Iterator[Selection]:
        """Every filter that there is, one cut at a time, over every run of months."""
        groups = [Trait(key, option) for key, options in TRAITS.items() for option in options]
        cuts = [
            {},
            {"flagged": True},
            *({"channel": c} for c in CHANNELS),
            *({"procedure": p} for p in PROCEDURES),
            *({"trait": trait} for trait in groups),
        ]
        for first, last in product(MONTHS, MONTHS):
            if first <= last:
                for cut in cuts:
                    yield Selection(self.version, Period(first.first, last.last), **cut)  # type: ignore[arg-type]

    def told(self) -> list[tuple[Released, frozenset[int]]]:
        """What is released, and whose forms each row holds."""
        with reading() as session:
            lot_of = {
                row.client_id.int - 1: row.lot for row in session.execute(select(Response.client_id, Response.lot))
            }
            parts: dict[int, set[int]] = {}
            for part in session.scalars(select(ReleasedPart)):
                parts.setdefault(part.released_id, set()).add(part.lot_id)
            rows = session.scalars(select(Released)).all()
            session.expunge_all()
            self.block_items = block_items(session)
            self.with_factors = with_factors(session)
            shifts = shifts_of_forms(session)
        for row in rows:
            if row.layer == Layer.TRAIT:
                (panel,) = parts[row.id]
                parts[row.id] = parts[panel]
            if row.layer >= Layer.SHIFTED:
                parts[row.id] = parts[row.within or 0]
        by_number = {form.number: form for form in self.forms}
        return [
            (
                row,
                frozenset(
                    number
                    for number, lot in lot_of.items()
                    if lot in parts.get(row.id, {row.id})
                    and (row.procedure is None or row.procedure == by_number[number].procedure)
                    and (row.trait is None or row.trait in by_number[number].groups)
                    and (
                        row.layer < Layer.SHIFT
                        or (row.within if row.layer >= Layer.SHIFTED else row.id) in shifts[number]
                    )
                ),
            )
            for row in rows
        ]

    def shown(self) -> list[frozenset[Unknown]]:
        """What every page, file and call can show now, each figure read as people read it and checked against forms."""
        told, found = self.told(), []
        for selection in self.selections():
            for unit in self.units:
                rows = [(row, forms) for row, forms in told if self._within(row, unit, selection)]
                with reading() as session:
                    figures = rates.of_unit(session, selection, unit, Minimums(LEAST, LEAST), PHASES[-1][0].date())
                    alone = rates.of_units(session, selection, [unit], Minimums(LEAST, LEAST), PHASES[-1][0].date())
                assert alone == (figures.overall,)
                for figure in (figures.overall, *figures.factors, *figures.items):
                    expected = self._sum(rows, figure)
                    _compare(figure, expected)
                    found.append(expected.unknowns)
        return found

    def rows(self) -> list[frozenset[Unknown]]:
        """Every sum of a released row by itself: all figures are sums of these, so this is more than anybody sees."""
        found = []
        for row, forms in self.told():
            for key in ("overall", "A", "B", "A1", "A2", "B1"):
                if self._tells(row, key):
                    items = KEYS.get(key, (key,))
                    found.append(
                        frozenset((form, item) for form in forms for item in items if self.forms[form].levels[item])
                    )
        return found

    def cells(self, phase: int) -> Iterator[frozenset[Unknown]]:
        """What every filter would pool at this step if nothing waited and nothing was withheld."""
        paths = {unit.id: unit.path for unit in self.units}
        for selection in self.selections():
            forms = [
                form
                for form in self.forms
                if form.phase <= phase
                and selection.period.start <= form.day <= selection.period.end
                and selection.channel in (None, form.channel)
                and selection.procedure in (None, form.procedure)
                and (selection.trait is None or selection.trait.code in form.groups)
                and (selection.flagged or not form.quarantined)
            ]
            for unit in self.units:
                inside = [form for form in forms if unit.id in paths[form.unit_id]]
                for key in ("overall", "A", "B", "A1", "A2", "B1"):
                    yield frozenset(
                        (form.number, item)
                        for form in inside
                        for item in KEYS.get(key, (key,))
                        if form.levels[item] and (key != "overall" or 2 * form.answered >= len(form.levels))
                    )

    def _within(self, row: Released, unit: Unit, selection: Selection) -> bool:
        path = next(each.path for each in self.units if each.id == row.unit_id)
        period = selection.period
        return (
            unit.id in path
            and period.start <= row.first
            and row.last <= period.end
            and row.procedure == selection.procedure
            and row.trait == (selection.trait and selection.trait.code)
            and (selection.channel is None or row.channel == selection.channel.value)
            and (selection.flagged or not row.quarantined)
            and row.layer != Layer.SHIFT
            and not (row.layer >= Layer.SHIFTED and selection.flagged)
        )

    def _sum(self, rows: list[tuple[Released, frozenset[int]]], figure: Figure) -> Sum:
        unknowns: set[Unknown] = set()
        key = figure.key or "overall"
        for row, forms in sorted(rows, key=lambda each: (each[0].layer >= Layer.SHIFTED, each[0].within or 0)):
            if self._tells(row, key):
                items = KEYS.get(key, (key,))
                own = {(form, item) for form in forms for item in items if self.forms[form].levels[item]}
                assert row.layer < Layer.SHIFTED or own <= unknowns or not own & unknowns, "taken off, or added, whole"
                unknowns ^= own
        satisfied = sum((self.forms[form].levels[item] or 0) >= 4 for form, item in unknowns)
        return Sum(frozenset(unknowns), len({form for form, _ in unknowns}), len(unknowns), satisfied)

    def _tells(self, row: Released, key: str) -> bool:
        """Whether a row holds the sum of this factor or item, or the overall one."""
        if row.procedure is not None:
            return key in KEYS or key in self.block_items[row.id]
        if row.trait is not None:
            return key == "overall" or (key in KEYS and row.id in self.with_factors)
        if row.layer == Layer.SHIFT:
            return (key in KEYS and (row.whole or key != "overall")) or key in self.block_items[row.id]
        layer = {"overall": 0, "A": 1, "B": 1, "A1": 2, "A2": 2, "B1": 3}[key]
        return row.layer in (layer, Layer.SHIFTED + layer) and (row.whole or key != "overall")


def _compare(figure: Figure, expected: Sum) -> None:
    shown = figure.shown
    if not expected.answers:
        assert shown.rate is None, figure
        return
    assert expected.people >= LEAST, figure
    assert (shown.respondents, shown.answers, shown.satisfied) == (
        expected.people,
        expected.answers,
        expected.satisfied,
    ), figure
