"""What is wrong with a token that is to be made."""

from survey.wording import N_

PROBLEMS: dict[str, str] = {
    "name_invalid": N_("Tên mã truy cập phải có từ 1 đến %(most)s ký tự đọc được."),
    "lifetime_invalid": N_("Thời hạn phải từ 1 đến %(most)s ngày."),
    "unit_unknown": N_("Không có đơn vị nào có mã “%(value)s”."),
    "staff_unknown": N_("Không có tài khoản “%(value)s” đang dùng được."),
}
