"""What was done, as sentences: one for every action that is recorded. `actor`, `subject` and the detail fill them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from survey.domain.audit import Action, Event, FlawKind
from survey.wording import N_, Translate, audit_values

SENTENCES: dict[Action, str] = {
    Action.SIGNED_IN: N_("%(actor)s đăng nhập."),
    Action.SIGN_IN_REFUSED: N_("Một lần đăng nhập vào %(subject)s bị từ chối."),
    Action.SIGNED_OUT: N_("%(actor)s đăng xuất."),
    Action.STAFF_CREATED: N_("%(actor)s tạo tài khoản %(subject)s với vai trò %(role)s tại %(unit)s."),
    Action.STAFF_INVITED: N_("%(actor)s mời %(subject)s."),
    Action.STAFF_DISABLED: N_("%(actor)s khóa tài khoản %(subject)s."),
    Action.STAFF_ENABLED: N_("%(actor)s mở lại tài khoản %(subject)s."),
    Action.ROLE_GRANTED: N_("%(actor)s trao vai trò %(role)s tại %(unit)s cho %(subject)s."),
    Action.ROLE_REVOKED: N_("%(actor)s thu vai trò %(role)s tại %(unit)s của %(subject)s."),
    Action.RESET_LINK_MADE: N_("%(actor)s tạo đường dẫn đặt mật khẩu cho %(subject)s."),
    Action.PASSWORD_CHANGED: N_("%(subject)s đặt mật khẩu mới."),
    Action.AUTHENTICATOR_SET: N_("%(subject)s bật xác thực hai bước."),
    Action.AUTHENTICATOR_REMOVED: N_("%(actor)s gỡ xác thực hai bước của %(subject)s."),
    Action.RECOVERY_CODES_MADE: N_("%(subject)s nhận mã dự phòng mới."),
    Action.RECOVERY_CODE_USED: N_("%(subject)s đăng nhập bằng một mã dự phòng."),
    Action.SESSIONS_ENDED: N_("%(actor)s kết thúc %(count)s phiên đăng nhập của %(subject)s."),
    Action.IDENTITY_LINKED: N_("%(subject)s gắn tài khoản với nhà cung cấp đăng nhập %(issuer)s."),
    Action.DOWNLOADED: N_("%(actor)s tải tệp %(subject)s."),
    Action.EXPORTED: N_("%(actor)s xuất dữ liệu ra tệp: %(subject)s."),
    Action.RATES_CALLED: N_("Chương trình dùng mã truy cập “%(subject)s” đọc số liệu."),
    Action.CATALOGUE_IMPORTED: N_("%(actor)s nạp tệp %(subject)s vào danh mục."),
    Action.UNIT_ADDED: N_("%(actor)s thêm đơn vị %(unit)s."),
    Action.UNIT_CHANGED: N_("%(actor)s sửa đơn vị %(unit)s."),
    Action.UNITS_MERGED: N_("%(actor)s sáp nhập các đơn vị vào %(unit)s."),
    Action.MERGER_UNDONE: N_("%(actor)s hoàn tác việc sáp nhập vào %(unit)s."),
    Action.PROCEDURE_ADDED: N_("%(actor)s thêm thủ tục %(subject)s."),
    Action.PROCEDURE_CHANGED: N_("%(actor)s sửa thủ tục %(subject)s."),
    Action.PROCEDURE_RETIRED: N_("%(actor)s ngừng hỏi về thủ tục %(subject)s."),
    Action.PROCEDURE_RESTORED: N_("%(actor)s hỏi lại về thủ tục %(subject)s."),
    Action.DOSSIER_KEY_DESTROYED: N_("%(actor)s hủy khóa của mã hồ sơ năm %(subject)s khi chốt số liệu."),
    Action.QUESTIONNAIRE_PUBLISHED: N_("%(actor)s ban hành mẫu phiếu %(subject)s."),
    Action.PAPER_OPENED: N_("%(actor)s mở tập phiếu giấy %(number)s của điểm thu thập %(subject)s."),
    Action.PAPER_COUNTED: N_("%(actor)s đếm lại số phiếu của tập %(number)s của điểm thu thập %(subject)s."),
    Action.PAPER_DROPPED: N_(
        "%(actor)s bỏ tập phiếu giấy %(number)s của điểm thu thập %(subject)s, chưa tính phiếu nào."
    ),
    Action.PAPER_ACCEPTED: N_("%(actor)s chốt tập phiếu giấy %(number)s của điểm thu thập %(subject)s."),
    Action.PAPER_IMPORTED: N_("%(actor)s nạp phiếu giấy từ tệp %(subject)s."),
    Action.POINT_CREATED: N_("%(actor)s tạo điểm thu thập %(subject)s của %(unit)s."),
    Action.POINT_CHANGED: N_("%(actor)s đổi giờ mở cửa hoặc thủ tục của điểm thu thập %(subject)s."),
    Action.PAIRING_CREATED: N_("%(actor)s tạo mã ghép máy cho điểm thu thập %(subject)s."),
    Action.PAIRING_REVOKED: N_("%(actor)s hủy mã ghép máy của điểm thu thập %(subject)s."),
    Action.DEVICE_PAIRED: N_("Một máy được ghép với điểm thu thập %(subject)s."),
    Action.DEVICE_REVOKED: N_("%(actor)s thu hồi máy của điểm thu thập %(subject)s."),
    Action.INVITATIONS_SENT: N_("%(actor)s tạo %(drawn)s thư mời từ %(population)s hồ sơ của %(unit)s."),
    Action.INVITATIONS_REVOKED: N_("%(actor)s thu hồi đợt %(drawn)s thư mời của %(unit)s."),
    Action.QUEUE_IMPORTED: N_("%(actor)s nạp phiếu chờ của một máy từ tệp %(subject)s."),
    Action.FIGURES_FROZEN: N_("%(actor)s chốt số liệu %(period)s của %(unit)s."),
    Action.COMMENTS_BATCHED: N_(
        "%(actor)s gom %(comments)s góp ý có từ trước tháng %(subject)s thành %(batches)s đợt."
    ),
    Action.COMMENTS_VIEWED: N_("%(actor)s xem đợt góp ý tháng %(month)s của %(unit)s."),
    Action.COMMENTS_SORTED: N_("%(actor)s xếp %(count)s góp ý của đợt tháng %(month)s của %(unit)s vào chủ đề."),
    Action.THEME_ADDED: N_("%(actor)s thêm chủ đề “%(subject)s” cho đợt góp ý tháng %(month)s của %(unit)s."),
    Action.ANSWER_PUBLISHED: N_("%(actor)s đăng trả lời về “%(subject)s” lên bảng góp ý của %(unit)s."),
    Action.ANSWER_WITHDRAWN: N_("%(actor)s gỡ trả lời về “%(subject)s” khỏi bảng góp ý của %(unit)s."),
    Action.INTEGRITY_COUNTED: N_("%(actor)s đếm câu trả lời về phiền hà và tiền ngoài quy định của năm %(subject)s."),
    Action.INTEGRITY_VIEWED: N_("%(actor)s xem số liệu về phiền hà và tiền ngoài quy định của năm %(subject)s."),
    Action.BACKUP_MADE: N_("%(actor)s sao lưu toàn bộ dữ liệu vào tệp %(subject)s."),
    Action.BACKUP_RESTORED: N_("%(actor)s khôi phục toàn bộ dữ liệu từ tệp %(subject)s."),
    Action.RETENTION_PURGED: N_("%(actor)s xóa những gì đã quá hạn giữ, có từ trước ngày %(subject)s."),
    Action.TARGET_SET: N_("%(actor)s đặt một mục tiêu từ năm %(year)s cho %(unit)s."),
    Action.TARGET_REMOVED: N_("%(actor)s bỏ một mục tiêu từ năm %(year)s của %(unit)s."),
    Action.TOKEN_CREATED: N_("%(actor)s cấp mã truy cập “%(subject)s”."),
    Action.TOKEN_REVOKED: N_("%(actor)s thu hồi mã truy cập “%(subject)s”."),
    Action.ANSWERS_FLAGGED: N_("%(actor)s cho xem lại các phiếu của %(unit)s để tìm dấu hiệu lạ."),
    Action.ANSWERS_QUARANTINED: N_("%(actor)s tạm giữ một nhóm phiếu có cảnh báo của điểm thu thập %(subject)s."),
    Action.QUARANTINE_RELEASED: N_("%(actor)s bỏ quyết định tạm giữ một nhóm phiếu của điểm thu thập %(subject)s."),
}
# An action of a newer version, read by an older one.
UNKNOWN = N_("%(actor)s làm việc “%(action)s” với %(subject)s.")

# Who acted, and whose account it was, where that is no address.
ACTORS: dict[str, str] = {
    "command line": N_("Người vận hành (dòng lệnh)"),
    "kiosk": N_("Máy khảo sát"),
    "refresher": N_("Việc định kỳ của hệ thống"),
    "-": N_("Một người chưa đăng nhập"),
}
NO_ACCOUNT = N_("một tài khoản không có")
NOT_SAID = "–"

# What stands beside a sentence, where the sentence does not use it; another key of a detail stands as it is.
DETAILS: dict[str, str] = {
    "unit": N_("đơn vị"),
    "role": N_("vai trò"),
    "from": N_("từ"),
    "to": N_("đến"),
    "first": N_("từ ngày"),
    "last": N_("đến ngày"),
    "period": N_("kỳ"),
    "questionnaire": N_("mẫu phiếu"),
    "channel": N_("kênh"),
    "procedure": N_("thủ tục"),
    "flagged": N_("kể cả phiếu bị tạm giữ"),
    "flag": N_("cảnh báo"),
    "answers": N_("số phiếu"),
    "reason": N_("lý do"),
    "by": N_("chia theo"),
    "sort": N_("sắp xếp"),
    "format": N_("dạng tệp"),
    "frozen": N_("số đã chốt"),
    "number": N_("số thứ tự"),
    "complete": N_("đầy đủ, không giấu"),
    "hours": N_("giờ mở cửa"),
    "procedures": N_("số thủ tục"),
    "kind": N_("loại"),
    "year": N_("năm"),
    "percent": N_("phần trăm"),
    "before": N_("trước"),
    "after": N_("sau"),
    "added": N_("thêm"),
    "changed": N_("sửa"),
    "day": N_("ngày"),
    "expires": N_("hết hạn"),
    "name": N_("tên"),
    "staff": N_("cán bộ"),
    "count": N_("số lượng"),
    "until": N_("đến hết ngày"),
    "decision": N_("quyết định số"),
    "draw": N_("đợt mời số"),
    "way": N_("cách mời"),
    "month": N_("tháng"),
    "comments": N_("số góp ý"),
    "batches": N_("số đợt"),
    "forms": N_("số phiếu giấy"),
    "void": N_("phiếu bỏ trống"),
    "points": N_("số điểm thu thập"),
    "grants": N_("số vai trò"),
    "parent_code": N_("đơn vị cấp trên"),
    "valid_from": N_("ngày bắt đầu"),
    "valid_to": N_("ngày cuối cùng"),
    "replaced_by": N_("được thay bằng"),
    "domain_name": N_("lĩnh vực"),
    "who": N_("ai hoặc cái gì"),
    "span": N_("trong"),
    "drawn": N_("số thư mời"),
    "population": N_("số hồ sơ"),
    "responses": N_("số phiếu"),
    "issuer": N_("nhà cung cấp đăng nhập"),
    "sha256": N_("mã băm SHA-256"),
    "whole": N_("từng đơn vị bên dưới"),
}

FLAWS: dict[FlawKind, str] = {
    FlawKind.ALTERED: N_("dòng số %(number)s đã bị sửa, hoặc một dòng ngay trước nó đã bị xóa"),
    FlawKind.CUT: N_("thiếu %(number)s dòng cuối"),
    FlawKind.ADDED: N_("có %(number)s dòng mà mốc cuối không biết"),
    FlawKind.MARK: N_("dòng số %(number)s không phải là dòng mà mốc đã ghi"),
}

_BY_CODE = {action.value: sentence for action, sentence in SENTENCES.items()}
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words: its sentence, and what else is known of it, by name."""

    sentence: str
    rest: tuple[tuple[str, str], ...]


def used(sentence: str) -> frozenset[str]:
    """The names of the values that a sentence shows."""
    return frozenset(_PLACEHOLDER.findall(sentence))


def told(event: Event, translate: Translate, units: Mapping[str, str]) -> Told:
    """The event in words; `units` gives names for codes. What it lacks is a dash: no record is too old to be read."""
    sentence = _BY_CODE.get(event.action, UNKNOWN)
    values = _values(event, translate, units)
    shown = used(sentence)
    rest = tuple(
        (translate(DETAILS[name]) if name in DETAILS else name, value)
        for name, value in values.items()
        if name not in shown and name not in ("actor", "subject", "action") and value
    )
    return Told(translate(sentence, **{name: values.get(name) or NOT_SAID for name in shown}), rest)


def _values(event: Event, translate: Translate, units: Mapping[str, str]) -> dict[str, str]:
    actor = translate(ACTORS[event.actor]) if event.actor in ACTORS else event.actor
    subject = translate(NO_ACCOUNT) if event.subject == "-" else event.subject
    detail = {name: str(text) for name, text in json.loads(event.detail).items()}
    if event.unit is not None:
        detail["unit"] = event.unit
    values = {name: audit_values.value(name, text, translate, units) for name, text in detail.items()}
    return values | {"actor": actor, "subject": audit_values.month(subject), "action": event.action}
