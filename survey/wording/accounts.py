"""What is wrong with an account that somebody tries to make."""

from survey.queries.accounts import AccountState
from survey.wording import N_

PROBLEMS: dict[str, str] = {
    "email_invalid": N_("“%(email)s” không phải là địa chỉ thư điện tử."),
    "email_taken": N_("Đã có tài khoản với địa chỉ %(email)s."),
    "name_invalid": N_("Cần họ tên, tối đa %(most)s ký tự."),
    "password_short": N_("Mật khẩu quá ngắn: cần ít nhất %(least)s ký tự."),
    "password_long": N_("Mật khẩu quá dài: tối đa %(most)s ký tự."),
    "password_easy": N_("Mật khẩu dễ đoán: hãy dùng vài từ không liên quan với nhau."),
    "roles_apart": N_("Người kiểm tra một đơn vị không được là người phụ trách của đơn vị đó."),
    "not_yourself": N_("Ông/Bà không tự đổi quyền của mình được. Hãy nhờ quản trị viên khác."),
    "role_missing": N_("Hãy chọn vai trò."),
    "unit_missing": N_("Hãy chọn đơn vị."),
    "unit_unknown": N_("Không có đơn vị nào có mã “%(code)s”."),
}

STATES: dict[AccountState, str] = {
    AccountState.INVITED: N_("Đã mời, chưa vào"),
    AccountState.ACTIVE: N_("Đang dùng"),
    AccountState.DISABLED: N_("Đã khóa"),
}
