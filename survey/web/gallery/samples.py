"""Values for the gallery's components: what a macro gets to show its ordinary, its full and its faulty self."""

from types import SimpleNamespace
from typing import Any

from survey.domain.problems import Problem
from survey.domain.scale import LEVELS
from survey.web.citizen.sections import Choice, Field
from survey.web.figures.pictures import Axis, Bar, Segment, Stretch, Tick, Trend, TrendPoint
from survey.wording.figures import LEVELS as LEVEL_WORDS

UNIT = "UBND phường Cầu Giấy"
LONG = "Văn phòng Đăng ký đất đai Hà Nội – Chi nhánh liên quận Bắc Từ Liêm và Nam Từ Liêm"
BATCH = SimpleNamespace(
    unit=UNIT,
    label="Máy khảo sát tại sảnh chờ",
    point="KQ33WA",
    flag="Trả lời quá nhanh",
    meaning="Chưa tới 1,2 giây cho mỗi câu hỏi đã hiện.",
    span="10/2026",
)
WHY = "Hãy ghi lý do, ít nhất 10 chữ cái."
ENTRIES = SimpleNamespace(shown=lambda name: None)
PAGE = SimpleNamespace(
    point=SimpleNamespace(code="K7QAMX", label="Quầy 1", unit=SimpleNamespace(name=UNIT, code="00166")),
    version=SimpleNamespace(key="quick", items=(), title=UNIT),
    on_phone=True,
)
# What the screens that scripts take are rendered with; the questions themselves are shown as macros.
CONTEXT: dict[str, Any] = {
    "page": PAGE,
    "parts": SimpleNamespace(factors=(), facts=(), about=()),
    "entries": ENTRIES,
    "wrong": {},
    "domains": (),
    "complaints": (),
    "notice": "",
    "kiosk": SimpleNamespace(reasons={}),
}

_levels = tuple(Choice(str(level.value), LEVEL_WORDS[level]) for level in LEVELS)
SCALED = Field("A1", "Nơi ngồi chờ có đủ chỗ, sạch sẽ?", _levels, "Không có ý kiến", scaled=True)
TRIPS = Field(
    "trips",
    "Ông/Bà đã đến mấy lần?",
    (Choice("1", "Một lần"), Choice("2", "Hai lần trở lên", opens=True)),
    "Không trả lời",
    scaled=False,
    hint="Tính cả lần nhận kết quả",
)
FACTOR = SimpleNamespace(
    key="A", title="Tiếp cận dịch vụ", reasons=(Choice("seats", "Thiếu chỗ ngồi"), Choice("wait", "Chờ quá lâu"))
)
DOMAINS = (("Hộ tịch", (SimpleNamespace(code="1.001193", name="Đăng ký khai sinh"),)),)
LINKS = (
    SimpleNamespace(code="vi", name="Tiếng Việt", url="?lang=vi", current=True),
    SimpleNamespace(code="en", name="English", url="?lang=en", current=False),
)

AXIS = Axis(70)
BARS = (Bar(20.0, 62.0, 41.0, 50.0), Bar(80.0, 96.0, 90.0, 50.0), Bar(4.0, 9.0, 6.0, None))
STACK = tuple(Segment(level, 20.0 * (level - 1), 20.0) for level in range(1, 6))
TREND = Trend(
    points=(
        TrendPoint(20.0, 90.0, 120.0, 60.0, 10, 2026, "10/2026: 85,20% (80,10% – 89,00%), 120 phiếu"),
        TrendPoint(50.0, 110.0, 140.0, 80.0, 11, None, "11/2026: 81,00% (75,30% – 86,10%), 96 phiếu"),
        TrendPoint(80.0, None, None, None, 12, None),
    ),
    lines=(Stretch(20.0, 90.0, 50.0, 110.0),),
    targets=(Stretch(5.0, 100.0, 95.0, 100.0),),
    ticks=(Tick(206.0, "70%"), Tick(110.0, "85%"), Tick(14.0, "100%")),
)
OPTIONS = (SimpleNamespace(value="a", text="Tất cả", chosen=False), SimpleNamespace(value="b", text=UNIT, chosen=True))
GROUPS = (SimpleNamespace(title="Phường, xã", options=OPTIONS),)
FILTERS = SimpleNamespace(complaints=())
FAULTY = SimpleNamespace(complaints=(Problem("channel", "channel_unknown", {"text": "fax"}),))
FUNNEL = SimpleNamespace(
    lines=(Tick(20.0, "95%"), Tick(60.0, "85%")),
    columns=(Tick(30.0, "500"), Tick(70.0, "1.000")),
    limits_95=("0,15 100,32", "0,65 100,48"),
    limits_998=("0,5 100,28", "0,75 100,52"),
    rate=40.0,
    rate_words="88,10%",
    target=60.0,
    target_words="85%",
    dots=(
        SimpleNamespace(x=20.0, y=45.0, outside="within", name=UNIT, words="88,10%, 96 phiếu: trong giới hạn"),
        SimpleNamespace(x=40.0, y=68.0, outside="beyond_95", name=UNIT, words="81,00%, 210 phiếu: ngoài giới hạn 95%"),
        SimpleNamespace(
            x=80.0, y=80.0, outside="beyond_998", name=LONG, words="72,00%, 900 phiếu: ngoài giới hạn 99,8%"
        ),
    ),
)
MACHINE = SimpleNamespace(
    device=SimpleNamespace(last_seen=True),
    queued=3,
    oldest="23/11/2026",
    aside=1,
    reasons=("Phiếu không đúng mẫu",),
    skew="chậm 12 phút",
    skewed=True,
    version="1.0",
)
FORM = SimpleNamespace(
    summary="tháng 12/2025 – tháng 11/2026",
    units=GROUPS,
    starts=OPTIONS,
    ends=OPTIONS,
    questionnaires=OPTIONS,
    channels=OPTIONS,
    procedures=GROUPS,
    flagged=OPTIONS[:1],
    sorts=OPTIONS,
)
OFFERS = (
    SimpleNamespace(
        name="Bảng số liệu",
        files=(SimpleNamespace(kind="CSV", url="#content"), SimpleNamespace(kind="XLSX", url="#content")),
    ),
)

ROLES = (
    ("viewer", "Người xem", "Xem số liệu và tải về."),
    ("manager", "Người quản lý", "Xem số liệu, lập điểm khảo sát, đặt mục tiêu."),
)
PLACES = (SimpleNamespace(code="00166", name=UNIT), SimpleNamespace(code="00004", name=LONG))


CHANGES = (
    SimpleNamespace(name=LONG, key="00999", new=True, text="loại: Phường, xã", field="", old=""),
    SimpleNamespace(
        name="UBND phường Cầu Giấy", key="00166", new=False, text="31/12/2026", field="ngày cuối cùng", old=""
    ),
)


REVISIONS = (
    SimpleNamespace(mark="+", step="Thêm", what="câu chấm điểm", key="A4", old="", new="Ông/Bà thấy nơi chờ thế nào?"),
    SimpleNamespace(mark="~", step="Sửa lời", what="tên phiếu", key="", old="Khảo sát nhanh", new="Phiếu nhanh"),
)


def row(code: str, verdict: str, bar: Bar | None, *notes: str, name: str = UNIT) -> SimpleNamespace:
    """A line of figures, withheld where it has no bar."""
    return SimpleNamespace(
        figure=SimpleNamespace(key="A1"),
        name=name,
        rate="82,35%" if bar else "",
        respondents="1.204" if bar else "",
        interval="79,90% – 84,60%" if bar else "",
        verdict=verdict,
        verdict_code=code,
        notes=notes,
        bar=bar,
        withheld=bar is None,
    )


ROWS = (
    row("met", "đạt", BARS[1]),
    row("not_met", "chưa đạt", BARS[2], "số liệu tạm", name=LONG),
    row("undecided", "chưa đủ căn cứ", BARS[0]),
    row("", "", None, "dưới 10 phiếu"),
)

# Template, macro, and the arguments of each time that it is shown; none for what draws nothing by itself.
MACROS: tuple[tuple[str, str, tuple[tuple[Any, ...], ...]], ...] = (
    ("macros/faces.html", "faces", ()),
    ("macros/language.html", "switch", ((LINKS,),)),
    (
        "macros/fields.html",
        "question",
        ((SCALED, None), (SCALED, "4"), (SCALED, "9", "Xin chọn một mức."), (TRIPS, ""), (TRIPS, "2")),
    ),
    ("macros/fields.html", "branches", ((((SCALED,),), ENTRIES, {}),)),
    ("macros/fields.html", "procedure_select", ((DOMAINS, ""), (DOMAINS, "1.001193", "Không có thủ tục này."))),
    ("macros/fields.html", "reasons", ((FACTOR, ENTRIES, {}), (FACTOR, ENTRIES, {"remarks.A": "Quá dài."}))),
    ("staff/flag_parts.html", "batch_words", ((BATCH,),)),
    (
        "staff/flag_parts.html",
        "reason_form",
        (("#content", {}, "", (), "Tạm giữ"), ("#content", {}, "ngắn", (WHY,), "Tạm giữ")),
    ),
    ("staff/forms.html", "problem_list", ((("Hãy điền tên.", "Không có đơn vị nào có mã “X”."),),)),
    ("staff/forms.html", "hidden", ()),
    ("staff/forms.html", "row_act", (("#content", {"unit": "00166"}, "Bỏ", "Bỏ mục tiêu của năm 2026"),)),
    ("staff/forms.html", "unit_choice", (("Đơn vị", PLACES, "00166"),)),
    ("staff/forms.html", "pick", (("kind", "Loại", GROUPS, "Chọn", "Chỉ cho tệp mục tiêu."), ("sort", "Sắp", OPTIONS))),
    ("staff/forms.html", "line", (("typed", "Tên đơn vị", UNIT, "Tối đa 199 ký tự."),)),
    ("staff/forms.html", "change_list", ((CHANGES,),)),
    ("staff/forms.html", "offered", ()),
    ("staff/funnel.html", "funnel", ((FUNNEL,),)),
    ("staff/funnel.html", "funnel_key", ((FUNNEL,),)),
    ("staff/kiosk_parts.html", "facts", ((MACHINE,),)),
    ("staff/parts.html", "complaints", ((FAULTY,),)),
    ("staff/parts.html", "verdict", tuple((one,) for one in ROWS[:3])),
    ("staff/parts.html", "notes", ((row("", "", None, "dưới 10 phiếu", "số liệu tạm"),),)),
    ("staff/parts.html", "choice", (("unit", "Đơn vị", GROUPS, "Tất cả đơn vị của tôi"),)),
    ("staff/parts.html", "whole_report", (({"unit": "HN"},),)),
    ("staff/parts.html", "filter_form", ((FORM, FILTERS, True),)),
    ("staff/parts.html", "downloads", ((OFFERS,),)),
    ("staff/parts.html", "method", ((),)),
    ("staff/passwords.html", "new_password", ((),)),
    ("staff/pictures.html", "interval", tuple((bar,) for bar in BARS)),
    ("staff/pictures.html", "scale", ((AXIS,),)),
    ("staff/pictures.html", "key", ((False,), (True,))),
    ("staff/pictures.html", "patterns", ()),
    ("staff/pictures.html", "levels", ((STACK,), (STACK[3:],))),
    (
        "staff/pictures.html",
        "levels_key",
        ((("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"),),),
    ),
    ("staff/pictures.html", "trend", ((TREND,),)),
    ("staff/questionnaires/parts.html", "revision_list", ((REVISIONS,),)),
    ("staff/role_fields.html", "role_fields", ((ROLES, PLACES, {"role": "viewer"}),)),
    ("staff/tables.html", "months_table", ((ROWS, UNIT),)),
    ("staff/tables.html", "rates_table", (("Tiêu chí", ROWS, "Tỷ lệ hài lòng theo tiêu chí", AXIS),)),
)
