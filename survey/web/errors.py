"""Pages and problem documents for everything that goes wrong. Nobody ever sees a stack trace."""

import secrets
from dataclasses import dataclass

from flask import Flask, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from survey.database import UNAVAILABLE
from survey.web import language
from survey.web.calls.problems import problem_response
from survey.wording import N_

KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")
# Seconds after which one may come again, drawn for each: those who were refused together do not return together.
SOONEST, LATEST = 5, 30


@dataclass(frozen=True, slots=True)
class Wording:
    """What an error page says: its heading, and what the reader can do now."""

    title: str
    advice: str


NOT_FOUND = Wording(
    N_("Không tìm thấy trang này"),
    N_("Xin kiểm tra lại địa chỉ, hoặc tìm đơn vị theo tên ở trang đầu."),
)
UNKNOWN = Wording(
    N_("Yêu cầu này không thực hiện được"),
    N_("Xin quay lại trang trước rồi thử lại."),
)
WORDINGS: dict[int, Wording] = {
    400: Wording(
        N_("Yêu cầu chưa đúng"),
        N_("Trang có thể đã mở quá lâu. Xin quay lại trang trước, tải lại trang rồi thử lại."),
    ),
    401: Wording(N_("Cần đăng nhập"), N_("Xin đăng nhập rồi mở lại trang này.")),
    403: Wording(
        N_("Ông/Bà không được xem trang này"),
        N_("Nếu cho rằng mình có quyền, xin liên hệ người quản trị hệ thống."),
    ),
    404: NOT_FOUND,
    405: Wording(N_("Trang này không nhận cách gửi đó"), N_("Xin quay lại trang trước rồi thử lại.")),
    410: Wording(N_("Trang này không còn nữa"), N_("Xin tìm đơn vị theo tên ở trang đầu.")),
    413: Wording(
        N_("Nội dung gửi lên quá dài"),
        N_("Chưa có gì được lưu. Xin quay lại trang trước và viết ngắn hơn."),
    ),
    422: Wording(N_("Nội dung gửi lên có chỗ chưa đúng"), N_("Chưa có gì được lưu. Xin quay lại trang trước.")),
    429: Wording(
        N_("Đang có quá nhiều người gửi cùng lúc"),
        N_("Xin chờ ít phút rồi thử lại."),
    ),
    500: Wording(
        N_("Hệ thống đang có lỗi"),
        N_("Lỗi này không phải do Ông/Bà. Xin thử lại sau ít phút."),
    ),
    503: Wording(N_("Hệ thống đang bận"), N_("Xin thử lại sau ít phút.")),
}
# A citizen's form carries its own id: whoever sends it again is counted once (DESIGN §2).
UNSENT = Wording(
    N_("Hệ thống đang bận, phiếu có thể chưa được nhận"),
    N_(
        "Xin chờ nửa phút rồi tải lại trang này và đồng ý gửi lại: câu trả lời vẫn còn trong trình duyệt, "
        "gửi hai lần vẫn chỉ tính một phiếu."
    ),
)


def init_app(app: Flask) -> None:
    """Answer every HTTP error, and every unexpected one as 500, with a page or with problem+json.

    A database that is away, locked or full is 503 with the time to come again, never 500.
    """
    app.register_error_handler(HTTPException, handle)
    for fault in UNAVAILABLE:
        app.register_error_handler(fault, without_database)


def handle(error: HTTPException) -> ResponseReturnValue:
    """The answer to an HTTP error. Redirects, and errors that bring their own answer, pass."""
    status = error.code or 500
    if status < 400 or error.response is not None:
        return error
    response = problem_response(status, f"http_{status}") if language.is_call() else page(status)
    response.headers.extend({name: value for name, value in error.get_headers() if name in KEPT_HEADERS})
    return response


def without_database(error: Exception) -> Response:
    """The answer while the database is away: come again. The log has the reason."""
    current_app.logger.error("the database is unavailable", exc_info=error)
    return unavailable()


def unavailable() -> Response:
    """503 and when to come again; nothing of this request was acknowledged."""
    response = problem_response(503, "unavailable") if language.is_call() else page(503)
    response.headers["Retry-After"] = str(SOONEST + secrets.randbelow(LATEST - SOONEST + 1))
    response.headers["Cache-Control"] = "no-store"
    return response


def page(status: int) -> Response:
    """The error page of a status."""
    sent = status == 503 and request.method == "POST" and request.path.startswith(("/p/", "/i/"))
    wording = UNSENT if sent else WORDINGS.get(status, UNKNOWN)
    body = render_template("errors/error.html", title=gettext(wording.title), advice=gettext(wording.advice))
    return make_response(body, status)
