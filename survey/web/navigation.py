"""Where the reader may go from every staff page: single links, and menus of links that belong together."""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel import gettext
from flask_login import current_user

from survey.domain.access import Permission
from survey.web import access
from survey.wording import N_, Translate

translate: Translate = gettext
FEWEST = 3  # links that a menu is worth opening for; fewer stand in the row themselves


@dataclass(frozen=True, slots=True)
class Place:
    """A page that a link leads to, and the blueprints whose pages belong to it."""

    endpoint: str
    name: str
    blueprints: tuple[str, ...] = ()


# In one order for everybody. Places without a menu's name stand in the row; whom a place is for, its view's mark says.
ROW: tuple[tuple[str, tuple[Place, ...]], ...] = (
    (
        "",
        (
            Place("dashboard.overview", N_("Tổng quan")),
            Place("ranking.page", N_("Xếp hạng")),
            Place("compare.page", N_("So sánh")),
        ),
    ),
    (
        N_("Số liệu khác"),
        (
            Place("why.page", N_("Các cách tính")),
            Place("scorecards.show", N_("Bảng điểm"), ("scorecards",)),
            Place("freezes.index", N_("Số đã chốt"), ("freezes",)),
        ),
    ),
    (
        "",
        (
            Place("comments.show_all", N_("Góp ý"), ("comments", "comment_answers")),
            Place("flags.show", N_("Cảnh báo"), ("flags",)),
            Place("integrity.show", N_("Phiền hà"), ("integrity",)),
        ),
    ),
    (
        N_("Thu thập"),
        (
            Place("paper.show_all", N_("Nhập phiếu giấy"), ("paper", "paper_forms")),
            Place("points.show_all", N_("Điểm thu thập"), ("points",)),
            Place("posters.choose", N_("In tờ mã QR"), ("posters",)),
            Place("kiosks.show_all", N_("Máy khảo sát"), ("kiosks",)),
            Place("inviting.show", N_("Thư mời"), ("inviting",)),
        ),
    ),
    (
        N_("Quản trị"),
        (
            Place("units.show_all", N_("Danh mục"), ("units", "merging", "procedures", "uploads")),
            Place("questionnaires.show_all", N_("Các mẫu phiếu"), ("questionnaires", "questionnaire_drafts")),
            Place("staff_admin.show_all", N_("Tài khoản cán bộ"), ("staff_admin",)),
            Place("plans.show", N_("Đặt mục tiêu"), ("plans",)),
            Place("auditing.show", N_("Nhật ký"), ("auditing",)),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    """One place, and whether the reader is there."""

    name: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """Places that belong together, and whether the reader is at one of them."""

    name: str
    links: tuple[Link, ...]
    here: bool


def init_app(app: Flask) -> None:
    """Give templates `navigation()`."""
    app.add_template_global(navigation)


def navigation() -> tuple[Link | Menu, ...]:
    """The row of whoever is signed in: what their roles open at one unit at least. Nothing before an authenticator is
    set up that they need: until then every place leads back to that.
    """
    if current_user.must_set_up:
        return ()
    row: list[Link | Menu] = []
    for name, places in ROW:
        links = tuple(_link(place) for place in places if _opens(place.endpoint))
        if name and len(links) >= FEWEST:
            row.append(Menu(translate(name), links, any(link.here for link in links)))
        else:
            row += links
    return tuple(row)


def _opens(endpoint: str) -> bool:
    mark = getattr(current_app.view_functions[endpoint], "access", None)
    return mark == access.SIGNED_IN or (isinstance(mark, Permission) and access.may_somewhere(mark))


def _link(place: Place) -> Link:
    here = request.endpoint == place.endpoint or request.blueprint in place.blueprints
    return Link(translate(place.name), url_for(place.endpoint), here)
