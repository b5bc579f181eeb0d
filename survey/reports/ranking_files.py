"""The ranking as CSV and XLSX: columns of its own, the ranked units first, then those that lack answers."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from survey.domain.figures import Figure
from survey.domain.funnel import Funnel, Outside, funnel
from survey.domain.ranking import Ranked, Ranking
from survey.domain.rates import NEEDED_LIMIT, Verdict, percent
from survey.reports import cells
from survey.reports.cells import Paper
from survey.reports.csv_files import BOM
from survey.reports.grid import grid
from survey.reports.rows import HUNDREDTH, Value, inert, note
from survey.wording import Translate
from survey.wording.asked import begun
from survey.wording.figures import VERDICTS
from survey.wording.standing import COLUMNS, DICTIONARY, METHOD, NO_RANKS, OUTSIDE, SHEET
from survey.wording.units import UNIT_KINDS

NAMES = tuple(COLUMNS)
WIDTHS = {"unit_code": 16, "unit_name": 30, "group": 18, "questionnaire": 14, "note": 24, "funnel": 12, "verdict": 12}
NUMBER_WIDTH = 9


def rows(rankings: Iterable[Ranking], translate: Translate) -> Iterator[tuple[Value, ...]]:
    """A row a unit in the order of `NAMES`; None where there is nothing to say or it is withheld."""
    for ranking in rankings:
        kind = translate(UNIT_KINDS[ranking.kind])
        around = funnel([*(one.figure for one in ranking.ranked), *ranking.unranked])
        for one in ranking.ranked:
            yield _row(one.figure, kind, _places(one, ranking.size), around, translate)
        for figure in ranking.unranked:
            yield _row(figure, kind, (None,) * 5, around, translate)


def as_csv(rankings: Iterable[Ranking], translate: Translate) -> bytes:
    """UTF-8 with BOM, comma, CRLF, as the other tables."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(NAMES)
    writer.writerows(rows(rankings, translate))
    return BOM + text.getvalue().encode()


def as_xlsx(rankings: Sequence[Ranking], title: str, asked: str, moment: datetime, translate: Translate) -> bytes:
    """One sheet with the units, one with the method and the dictionary; the same bytes for the same moment."""
    import xlsxwriter

    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, cells.OPTIONS)
    created = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    workbook.set_properties({"title": title, "created": created})
    formats = cells.formats(workbook)
    paper = Paper(translate(SHEET), title, asked)
    table(workbook.add_worksheet(translate(SHEET)), rankings, formats, paper, translate)
    _dictionary(workbook.add_worksheet(translate(DICTIONARY)), title, asked, formats, translate)
    workbook.close()
    return output.getvalue()


def table(sheet: Any, rankings: Sequence[Ranking], formats: dict[str, Any], paper: Paper, translate: Translate) -> None:
    """The rows on a sheet, for people: verdicts, places in the funnel and notes in words alone."""
    heads = [(translate(COLUMNS[name][0]), WIDTHS.get(name, NUMBER_WIDTH)) for name in NAMES]
    lines = [
        [_word(name, value, translate) for name, value in zip(NAMES, line, strict=True)]
        for line in rows(rankings, translate)
    ]
    grid(sheet, heads, lines, formats, paper, empty=translate(NO_RANKS))


def _word(name: str, value: Value, translate: Translate) -> Value:
    if name == "verdict" and value is not None:
        return begun(translate(VERDICTS[Verdict(str(value))]))
    if name == "funnel" and value is not None:
        return begun(translate(OUTSIDE[Outside(str(value))]))
    if name == "note" and value is not None:
        return begun("; ".join(part.partition(": ")[2] for part in str(value).split("; ")))
    return value


def _dictionary(sheet: Any, title: str, asked: str, formats: dict[str, Any], translate: Translate) -> None:
    texts = [(inert(title), asked), *(("", translate(words)) for words in METHOD), ("", "")]
    texts += [(f"{name} – {translate(heading)}", translate(meaning)) for name, (heading, meaning) in COLUMNS.items()]
    cells.texts(sheet, texts, formats, Paper(translate(DICTIONARY), title))


def _places(one: Ranked, size: int) -> tuple[Value, ...]:
    return one.places.best, one.places.worst, size, percent(one.low), percent(one.high)


def _row(
    figure: Figure, kind: str, ranked: tuple[Value, ...], around: Funnel | None, translate: Translate
) -> tuple[Value, ...]:
    shown = figure.shown
    outside = None if around is None else around.outside(figure.unit.id)
    values: dict[str, Value] = {
        "unit_code": inert(figure.unit.code),
        "unit_name": inert(figure.unit.name),
        "group": kind,
        "questionnaire": figure.questionnaire,
        **dict(zip(("best", "worst", "ranked", "rank_low", "rank_high"), ranked, strict=True)),
        "respondents": shown.respondents,
        "answers": shown.answers,
        "rate": shown.rate,
        "low": shown.low,
        "high": shown.high,
        "funnel": None if outside is None else outside.value,
        "target": _hundredths(shown.target),
        "verdict": None if shown.verdict is None else shown.verdict.value,
        "needed": _needed(figure),
        "note": note(figure, translate),
    }
    return tuple(values[name] for name in NAMES)


def _needed(figure: Figure) -> Value:
    needed = figure.shown.needed
    if needed is None:
        return None
    return f">{NEEDED_LIMIT}" if needed.answers is None else needed.answers


def _hundredths(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(HUNDREDTH)
