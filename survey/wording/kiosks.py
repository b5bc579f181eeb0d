"""What staff read about kiosks: their states, why answers were set aside, and what is wrong with an input."""

from survey.domain.kiosk_states import KioskState
from survey.domain.points import PointKind
from survey.domain.problems import Problem
from survey.domain.tables import FILE
from survey.wording import N_, Translate, catalogue, problems

KINDS: dict[PointKind, str] = {
    PointKind.KIOSK: N_("Máy khảo sát"),
    PointKind.POSTER: N_("Bảng mã QR"),
    PointKind.WEB: N_("Đường dẫn trên mạng"),
    PointKind.INVITE: N_("Thư mời"),
    PointKind.PAPER: N_("Phiếu giấy"),
}

# "%(since)s" is a moment: 08:15 ngày 24/11/2026.
STATES: dict[KioskState, str] = {
    KioskState.QUIET: N_("Im lặng từ %(since)s"),
    KioskState.REVOKED: N_("Đã thu hồi lúc %(since)s"),
    KioskState.UNPAIRED: N_("Chưa ghép máy"),
    KioskState.RESTING: N_("Nghỉ ngoài giờ, thấy lần cuối %(since)s"),
    KioskState.ALIVE: N_("Đang chạy, thấy lần cuối %(since)s"),
}

MOMENT = N_("%(time)s ngày %(day)s")
ON_TIME = N_("Đúng giờ")
AHEAD = N_("Nhanh %(time)s")
BEHIND = N_("Chậm %(time)s")

# Codes of the API's answers, as a kiosk reports them.
ASIDE: dict[str, str] = {
    "invalid": N_("nội dung không hợp lệ"),
    "conflict": N_("trùng mã, khác nội dung"),
    "device_unknown": N_("máy chưa được ghép"),
    "device_revoked": N_("máy đã bị thu hồi"),
    "device_elsewhere": N_("máy ghép với điểm khác"),
    "unit_closed": N_("đơn vị đã ngừng hoạt động"),
    "http_413": N_("nội dung quá dài"),
    "unreadable": N_("không mở được niêm phong của phiếu"),
    "questionnaire_unknown": N_("máy chủ chưa có phiên bản bộ câu hỏi này"),
    "questionnaire_not_here": N_("điểm thu thập đã đổi bộ câu hỏi"),
    "point_unknown": N_("điểm thu thập không còn"),
    "procedure_unknown": N_("thủ tục không có trong danh mục"),
    "ticket_invalid": N_("vé gửi không hợp lệ"),
    "other": N_("lý do khác"),
}

PROBLEMS: dict[str, str] = {
    "pin_form": N_("Mã PIN gồm %(fewest)s đến %(most)s chữ số."),
    "pin_easy": N_("Mã PIN quá dễ đoán, như 1234 hay 0000. Hãy chọn số khác."),
    "hours_bad": N_("Không đọc được “%(value)s”. Viết như: T2-T6 07:30-11:30 13:00-17:00; T7 08:00-11:30."),
    "hours_overlap": N_("Giờ mở cửa của %(value)s chồng lên nhau."),
    "unit_missing": N_("Hãy chọn đơn vị."),
    "kind_missing": N_("Hãy chọn loại điểm."),
    "queue_empty": N_("Tệp không có phiếu nào."),
    "queue_long": N_("Tệp có hơn %(most)s phiếu. Hãy chia thành nhiều tệp."),
    "queue_unknown": N_("Đây không phải là tệp phiếu xuất từ máy khảo sát."),
    "file_too_large": N_("Tệp lớn hơn %(megabytes)s MB. Hãy chia thành nhiều tệp."),
    "file_missing": N_("Hãy chọn tệp đã xuất từ máy khảo sát."),
    "point_differs": N_("Điểm ghi ở ngoài khác điểm trong phiếu."),
    "point_without_kiosk": N_("Điểm “%(given)s” không phải là điểm đã ghép máy khảo sát."),
    "conflict": problems.CONFLICT,
}


def of_point(problem: Problem, translate: Translate) -> str:
    """What is wrong with a point, its hours or a PIN."""
    return _own(problem, translate) or catalogue.sentence(problem, translate)


def of_queue(problem: Problem, translate: Translate) -> str:
    """What is wrong with a file of answers or a record in it; where it is, if that is more than the record."""
    said = _own(problem, translate) or problems.sentence(problem, translate)
    return f"{problem.path}: {said}" if problem.path and problem.path != FILE else said


def _own(problem: Problem, translate: Translate) -> str:
    return translate(PROBLEMS[problem.code], **problem.values) if problem.code in PROBLEMS else ""


def asides(translate: Translate) -> dict[str, str]:
    """Every reason that has words, by its code."""
    return {code: translate(message) for code, message in ASIDE.items()}


def aside(code: str, translate: Translate) -> str:
    """Why an answer was set aside; what has no words of its own is some content that is not valid, with its code."""
    return translate(ASIDE[code]) if code in ASIDE else f"{translate(ASIDE['invalid'])}: {code}"
