"""Why a period cannot be frozen, what is wrong with a frozen one, and how a page says which figures it shows."""

from survey.wording import N_

PROBLEMS: dict[str, str] = {
    "period_unnamed": N_("“%(text)s” không phải là tháng, quý hay năm; hãy viết như 2026-10, 2026-Q3 hoặc 2026."),
    "period_open": N_("Kỳ %(period)s chưa kết thúc, nên chưa chốt được."),
    "period_waiting": N_(
        "Kỳ %(period)s của %(unit)s còn %(count)s phiếu chưa vào số liệu đã phát hành. Hãy chờ lần cập nhật tới."
    ),
    "unit_absent": N_("%(unit)s không hoạt động trong kỳ %(period)s."),
    "nothing_shown": N_("Kỳ %(period)s của %(unit)s không có số liệu nào đủ phiếu để nêu, nên không có gì để chốt."),
    "unchanged": N_("Kỳ %(period)s đã chốt (số %(number)s) và từ đó không có gì thay đổi."),
    "frozen_meanwhile": N_("Kỳ %(period)s vừa được người khác chốt. Hãy xem lại danh sách."),
    "unit_unknown": N_("Ông/Bà không được chốt số liệu của đơn vị “%(text)s”."),
    "questionnaire_unknown": N_("Không có mẫu phiếu “%(text)s”."),
    "unit_missing": N_("Hãy chọn đơn vị."),
    "period_missing": N_("Hãy chọn kỳ."),
    "questionnaire_missing": N_("Hãy chọn mẫu phiếu."),
    "unconfirmed": N_("Hãy đánh dấu vào ô xác nhận: số đã chốt không sửa, không xóa được."),
}

FLAWS: dict[str, str] = {
    "hash": N_("số liệu không còn khớp với mã băm"),
    "header": N_("đơn vị, kỳ hoặc số thứ tự không còn khớp với số liệu"),
    "record": N_("không khớp với nhật ký lúc chốt"),
    "gone": N_("có trong nhật ký nhưng không còn trong cơ sở dữ liệu"),
}

SHOWN, WITHHELD = N_("%(rate)s, %(count)s phiếu"), N_("không hiển thị")
ORIGINAL = N_("Số liệu đã chốt, số 1")
SUPPLEMENT = N_("Số liệu bổ sung, số %(number)s")
YEAR, QUARTER, MONTH = N_("Năm %(year)s"), N_("Quý %(quarter)s năm %(year)s"), N_("Tháng %(month)s")
