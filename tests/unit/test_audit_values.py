"""Values of the record of acts in words: no code, no day or month as a computer writes it."""

import pytest

from survey.domain.audit import Action, Event
from survey.wording import audit, audit_values
from tests.support.places import NOW

NAMES = {"00166": "UBND phường Cầu Giấy", "HN": "Thành phố Hà Nội"}


def untranslated(message: str, /, **values: object) -> str:
    return message % values if values else message


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("by", "unit", "đơn vị"),
        ("by", "month", "tháng"),
        ("sort", "n", "số phiếu"),
        ("from", "2025-12", "tháng~12/2025"),
        ("to", "2026-11-15", "15/11/2026"),
        ("from", "00166, HN", "UBND phường Cầu Giấy, Thành phố Hà Nội"),
        ("month", "2025-12", "12/2025"),
        ("span", "2025-12", "tháng~12/2025"),
        ("period", "2026-Q3", "quý~3~năm~2026"),
        ("period", "2026", "năm~2026"),
        ("period", "mai sau", "mai sau"),
        ("unit", "00166", "UBND phường Cầu Giấy"),
        ("unit", "00999", "00999"),
        ("parent_code", "HN → 00166", "Thành phố Hà Nội → UBND phường Cầu Giấy"),
        ("replaced_by", " → 00166;HN", "(trống) → UBND phường Cầu Giấy, Thành phố Hà Nội"),
        ("valid_to", " → 2026-12-31", "(trống) → 31/12/2026"),
        ("name", "Tên cũ → Tên mới", "Tên cũ → Tên mới"),
        ("kind", "agency → commune", "Cơ quan, đơn vị khác → Phường, xã"),
        ("kind", "handled", "Hồ sơ đã giải quyết"),
        ("channel", "poster", "Mã QR"),
        ("flag", "fast", "Trả lời quá nhanh"),
        ("way", "random", "Rút thăm"),
        ("role", "clerk", "Cán bộ nhập phiếu"),
        ("flagged", "1", "có"),
        ("year", "2026", "2026"),
        ("reason", "xem lại 2025-12", "xem lại 2025-12"),
    ],
)
def test_a_value_stands_as_people_write_it(name: str, text: str, said: str) -> None:
    assert audit_values.value(name, text, untranslated, NAMES) == said.replace("~", "\N{NO-BREAK SPACE}")


def test_a_sentence_has_its_month_as_people_write_it() -> None:
    viewed = Event(NOW, "lan@x.vn", Action.COMMENTS_VIEWED.value, "", '{"month":"2025-12"}', "00166")
    assert audit.told(viewed, untranslated, NAMES).sentence == (
        "lan@x.vn xem đợt góp ý tháng 12/2025 của UBND phường Cầu Giấy."
    )
    batched = Event(NOW, "refresher", Action.COMMENTS_BATCHED.value, "2025-12", '{"comments":7,"batches":1}')
    assert audit.told(batched, untranslated, NAMES).sentence == (
        "Việc định kỳ của hệ thống gom 7 góp ý có từ trước tháng 12/2025 thành 1 đợt."
    )
    frozen = Event(NOW, "lan@x.vn", Action.FIGURES_FROZEN.value, "00166", '{"period":"2026-Q3"}', "00166")
    assert audit.told(frozen, untranslated, NAMES).sentence == (
        "lan@x.vn chốt số liệu quý~3~năm~2026 của UBND phường Cầu Giấy.".replace("~", "\N{NO-BREAK SPACE}")
    )
