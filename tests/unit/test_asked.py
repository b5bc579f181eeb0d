"""What was asked for, as a letter and a picture say it."""

from dataclasses import replace
from datetime import date

import pytest

from survey.domain.periods import Period
from survey.domain.points import Channel
from survey.domain.selections import Selection
from survey.wording import asked
from tests.support import samples
from tests.unit.test_csv_files import vietnamese

PERIODS = (
    ((2026, 11, 1), (2026, 11, 30), "tháng 11/2026", "11/2026"),
    ((2026, 7, 1), (2026, 9, 30), "quý 3 năm 2026", "07/2026 – 09/2026"),
    ((2026, 1, 1), (2026, 12, 31), "năm 2026", "01/2026 – 12/2026"),
    ((2025, 12, 1), (2026, 11, 30), "từ tháng 12/2025 đến tháng 11/2026", "12/2025 – 11/2026"),
    ((2026, 11, 3), (2026, 11, 30), "từ ngày 03/11/2026 đến ngày 30/11/2026", "03/11/2026 – 30/11/2026"),
)


@pytest.mark.parametrize(("start", "end", "said", "short"), PERIODS)
def test_a_period_is_said_as_an_office_says_it(
    start: tuple[int, int, int], end: tuple[int, int, int], said: str, short: str
) -> None:
    found = Period(date(*start), date(*end))
    assert asked.period(found, vietnamese).replace(asked.NO_BREAK, " ") == said
    assert asked.span(found) == short


def test_a_questionnaire_is_called_by_its_title_and_its_number_only_where_it_has_older_ones() -> None:
    selection = Selection(samples.version(), Period(date(2026, 11, 1), date(2026, 11, 30)))
    assert asked.line(selection, "vi", vietnamese) == "11/2026 · Phiếu khảo sát"
    second = replace(selection, version=samples.version(number=2), channel=Channel.POSTER, flagged=True)
    said = "11/2026 · Phiếu khảo sát (phiên bản 2) · Mã QR · Tính cả phiếu bị tạm loại"
    assert asked.line(second, "vi", vietnamese) == said


def test_words_begin_with_a_capital() -> None:
    assert [asked.begun(words) for words in ("tạm tính", "đạt", "ít phiếu", "")] == ["Tạm tính", "Đạt", "Ít phiếu", ""]
