"""Answers of the API that say what went wrong: application/problem+json (RFC 9457), in the reader's language."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from flask import Response, jsonify
from flask_babel import gettext

from survey.domain.problems import Problem
from survey.wording import N_, Translate
from survey.wording.problems import sentence

TITLES: dict[int, str] = {
    400: N_("Yêu cầu chưa đúng."),
    401: N_("Cần đăng nhập hoặc mã truy cập."),
    403: N_("Không được phép."),
    404: N_("Không tìm thấy."),
    405: N_("Địa chỉ này không nhận cách gửi đó."),
    409: N_("Trùng mã phiếu nhưng khác nội dung."),
    413: N_("Nội dung gửi lên quá dài."),
    415: N_("Loại nội dung này không được nhận."),
    422: N_("Phiếu trả lời có chỗ chưa đúng. Chưa có gì được lưu."),
    429: N_("Đang có quá nhiều phiếu gửi cùng lúc. Xin giữ phiếu và gửi lại sau ít phút."),
    500: N_("Hệ thống có lỗi. Xin giữ phiếu và gửi lại sau."),
    503: N_("Hệ thống đang bận. Xin giữ phiếu và gửi lại sau."),
}

# Where a code says more than its status.
TITLES_OF_CODES: dict[str, str] = {
    "parameters": N_("Tham số có chỗ chưa đúng."),
    "cursor_stale": N_("Số liệu đã đổi giữa hai trang. Xin đọc lại từ trang đầu."),
    "token_missing": N_("Cần mã truy cập, trong Authorization: Bearer."),
    "token_invalid": N_("Mã truy cập không đúng, đã hết hạn hoặc đã bị thu hồi."),
    "token_reads_nothing": N_("Mã truy cập này không còn được xem đơn vị nào."),
    "token_limit": N_("Mã truy cập này đã gọi quá nhiều lần trong một phút. Xin chờ rồi gọi lại."),
}


def problem_response(
    status: int,
    code: str,
    detail: str = "",
    problems: Sequence[Problem] = (),
    say: Callable[[Problem, Translate], str] = sentence,
) -> Response:
    """One answer: title of the status, a stable code for programs, a sentence, and each problem with its path."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": gettext(TITLES_OF_CODES.get(code) or TITLES.get(status, HTTPStatus(status).phrase)),
        "status": status,
        "code": code,
    }
    if detail:
        body["detail"] = detail
    if problems:
        body["errors"] = [
            {"path": problem.path, "code": problem.code, "message": say(problem, gettext)} for problem in problems
        ]
    response = jsonify(body)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response
