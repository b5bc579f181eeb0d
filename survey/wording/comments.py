"""Words of comments: what a batch is called, and what is wrong with a theme or an answer."""

from survey.domain.periods import Month
from survey.wording import N_, Translate, numbers

PROBLEMS: dict[str, str] = {
    "name_missing": N_("Hãy ghi tên chủ đề."),
    "name_long": N_("Tên chủ đề dài %(length)s ký tự; nhiều nhất %(limit)s."),
    "note_missing": N_("Hãy ghi câu trả lời sẽ đăng lên bảng."),
    "note_long": N_("Câu trả lời dài %(length)s ký tự; nhiều nhất %(limit)s."),
    "text_control": N_("Chữ đã gõ có ký tự không đọc được; hãy gõ lại."),
    "theme_exists": N_("Đợt này đã có chủ đề “%(name)s”."),
    "theme_unknown": N_("Một chủ đề đã chọn không thuộc đợt góp ý này; hãy tải lại trang rồi chọn lại."),
}
RECEIVED = N_("Góp ý nhận đến hết tháng %(month)s")


def received(month: Month, translate: Translate) -> str:
    """What the comments of a batch have in common: they came before its month."""
    return translate(RECEIVED, month=numbers.month(month.plus(-1)))
