"""Pages and problem documents for everything that goes wrong. Nobody ever sees a stack trace."""

from dataclasses import dataclass

from flask import Flask, Response, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from survey.web import language
from survey.web.calls.problems import problem_response
from survey.wording import N_

KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")


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


def init_app(app: Flask) -> None:
    """Answer every HTTP error, and every unexpected one as 500, with a page or with problem+json."""
    app.register_error_handler(HTTPException, handle)


def handle(error: HTTPException) -> ResponseReturnValue:
    """The answer to an HTTP error. Redirects, and errors that bring their own answer, pass."""
    status = error.code or 500
    if status < 400 or error.response is not None:
        return error
    response = problem_response(status, f"http_{status}") if language.is_call() else page(status)
    response.headers.extend({name: value for name, value in error.get_headers() if name in KEPT_HEADERS})
    return response


def page(status: int) -> Response:
    """The error page of a status."""
    wording = WORDINGS.get(status, UNKNOWN)
    body = render_template("errors/error.html", title=gettext(wording.title), advice=gettext(wording.advice))
    return make_response(body, status)
