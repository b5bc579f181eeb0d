"""Words of changing the catalogue: fields, kinds of files, and what is wrong with a form or a merger."""

import re

from survey.domain.problems import Problem
from survey.domain.tables import FILE
from survey.domain.uploads import FileKind
from survey.wording import N_, Translate, catalogue

FIELDS: dict[str, str] = {
    "code": N_("mã"),
    "name": N_("tên"),
    "kind": N_("loại"),
    "parent_code": N_("đơn vị cấp trên"),
    "valid_from": N_("ngày bắt đầu"),
    "valid_to": N_("ngày cuối cùng"),
    "replaced_by": N_("được thay bằng"),
    "domain": N_("lĩnh vực"),
    "domain_name": N_("lĩnh vực"),
    "percent": N_("phần trăm"),
    "group": N_("nhóm"),
    "position": N_("vị trí"),
    "value": N_("giá trị"),
    "handled": N_("đã giải quyết"),
    "early": N_("trước hạn"),
    "on_time": N_("đúng hạn"),
    "late": N_("trễ hạn"),
    "complaints": N_("bị phản ánh"),
    "day": N_("ngày đầu tiên của đơn vị mới"),
}
KINDS: dict[FileKind, str] = {
    FileKind.UNITS: N_("Đơn vị"),
    FileKind.PROCEDURES: N_("Thủ tục"),
    FileKind.HANDLED: N_("Hồ sơ đã giải quyết"),
    FileKind.TARGETS: N_("Mục tiêu của kế hoạch"),
    FileKind.INDICATORS: N_("Chỉ số đã công bố"),
}
# Where a form has a field instead of a column.
PROBLEMS: dict[str, str] = {
    "empty": N_("Hãy điền %(column)s."),
    "too_long": N_("Phần %(column)s dài %(length)s ký tự, tối đa %(limit)s."),
    "character_bad": N_("Phần %(column)s có ký tự lạ %(character)s. Hãy gõ lại."),
    "date_bad": N_("“%(value)s” (%(column)s) không phải là ngày có thật, viết như 2025-07-01."),
    "replaced_without_end": N_("%(unit)s được thay bằng “%(value)s” nhưng chưa có ngày cuối cùng."),
    "parent_unknown": N_("Không có đơn vị nào có mã “%(value)s” để làm đơn vị cấp trên."),
    "successor_unknown": N_("Không có đơn vị nào có mã “%(value)s” để thay."),
    "code_taken": N_("Mã “%(value)s” đã là của %(name)s. Hãy chọn mã khác."),
    "merger_empty": N_("Hãy chọn ít nhất một đơn vị sẽ kết thúc."),
    "merger_itself": N_("Đơn vị “%(value)s” không thể nhập vào chính nó."),
    "merger_unknown": N_("Không có lần sáp nhập nào như vậy để hoàn tác, hoặc đã được hoàn tác."),
    "merger_changed": N_("Đơn vị “%(value)s” đã được sửa sau khi sáp nhập, nên không tự hoàn tác được."),
    "merger_used": N_(
        "“%(value)s” hoặc điểm thu thập tạo cùng lúc đã có phiếu, máy, hồ sơ, mục tiêu hay số đã chốt, "
        "nên không hoàn tác được."
    ),
    "name_differs": N_("Tên gõ lại không đúng “%(name)s”, nên chưa làm gì."),
    "changed_meanwhile": N_("Dữ liệu đã thay đổi từ khi xem trước, nên chưa ghi gì. Hãy xem lại rồi xác nhận."),
    "unit_missing": N_("Hãy chọn đơn vị."),
    "year_invalid": N_("“%(text)s” không phải là năm; hãy viết như 2026."),
    "source_missing": N_("Hãy ghi số liệu này là của ai, ví dụ par_index."),
    "kind_missing": N_("Hãy chọn loại tệp."),
    "file_missing": N_("Hãy chọn tệp."),
}
# Only for a form: what it says of a line of a file is in `catalogue`.
_OF_FORMS = frozenset(
    {
        *("empty", "too_long", "character_bad", "date_bad"),
        *("replaced_without_end", "parent_unknown", "successor_unknown"),
    }
)


def field(name: str, translate: Translate) -> str:
    """A column of a file as people say it; a name of its own stays."""
    return translate(FIELDS[name]) if name in FIELDS else name


def sentence(problem: Problem, translate: Translate) -> str:
    """The problem in the reader's words, for a form or for a line of a file."""
    of_file = problem.path == FILE or problem.path.startswith("line ")
    values = problem.values if of_file else {name: _as_written(name, text) for name, text in problem.values.items()}
    if problem.code not in PROBLEMS or (of_file and problem.code in _OF_FORMS):
        return catalogue.sentence(Problem(problem.path, problem.code, values), translate)
    values = dict(values)
    if "column" in values:
        values["column"] = field(str(values["column"]), translate)
    return translate(PROBLEMS[problem.code], **values)


def _as_written(name: str, text: str | int) -> str | int:
    """A day as people write it; what somebody typed stays as it was typed."""
    day = None if name == "value" else re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", str(text))
    return text if day is None else "/".join(reversed(day.groups()))
