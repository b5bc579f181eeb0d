"""Takes up and releases, some units at a time, so that on SQLite nobody who sends an answer waits for long."""

from survey.domain.disclosure.rounds import Round
from survey.extensions import reading, refreshing
from survey.queries import lot_content, waiting
from survey.queries import panels as undecided
from survey.queries import shifts as decided
from survey.services import lot_content as counting
from survey.services import panels, quality, releases, shifts, tallies

UNITS_AT_ONCE = 4


def take_up() -> int:
    """Take all that waits into the tallies, which hold the exact figures; how many responses that were."""
    total = taken_up = 0
    while True:
        with refreshing() as session:
            taken_up = tallies.refresh(session)
        if not taken_up:
            return total
        total += taken_up


def release(now: Round) -> int:
    """Release in lots what this round may, let decisions reach what was released before, then tell what may be told of
    groups; how many answers were released.
    """
    total = release_lots(now)
    revise(now)
    tell_groups(now)
    return total


def release_lots(now: Round) -> int:
    """Flag what came about strangely, and release in lots what this round may; how many answers that were."""
    total = 0
    with reading() as session:
        unit_ids = waiting.units(session, now.until)
    for start in range(0, len(unit_ids), UNITS_AT_ONCE):
        with refreshing() as session:
            for unit_id in unit_ids[start : start + UNITS_AT_ONCE]:
                quality.flag_waiting(session, unit_id)
            total += releases.take_up(session, unit_ids[start : start + UNITS_AT_ONCE], now)
    if unit_ids:
        with refreshing() as session:
            total += releases.pool(session, now)
    count_content()
    return total


def count_content() -> None:
    """Count of new lots who was satisfied with everything; after an upgrade of old ones too."""
    with reading() as session:
        unit_ids = lot_content.uncounted_units(session)
    for unit_id in unit_ids:
        with refreshing() as session:
            counting.count(session, unit_id)


def revise(now: Round) -> int:
    """Let decisions on answers reach figures that were released before, office by office; how many revisions."""
    with reading() as session:
        offices = decided.offices(session)
    total = 0
    for office in offices:
        with refreshing() as session:
            total += shifts.revise(session, office, now)
    return total


def tell_groups(now: Round) -> None:
    """Tell groups of citizens of the quarters that are over."""
    with reading() as session:
        unit_ids = undecided.undecided_units(session, now.open_quarter.start)
    for start in range(0, len(unit_ids), UNITS_AT_ONCE):
        with refreshing() as session:
            panels.decide(session, unit_ids[start : start + UNITS_AT_ONCE], now)
    if unit_ids:
        with refreshing() as session:
            panels.pool(session, now)


def left(now: Round) -> int:
    """How many answers still wait after it."""
    with reading() as session:
        return waiting.total(session, now.until)
