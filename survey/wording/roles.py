"""What roles are called, and a sentence each on what they may do."""

from survey.domain.access import Role
from survey.wording import N_

ROLES: dict[Role, str] = {
    Role.VIEWER: N_("Người xem"),
    Role.CLERK: N_("Cán bộ nhập phiếu"),
    Role.MANAGER: N_("Người phụ trách"),
    Role.INSPECTOR: N_("Người kiểm tra"),
    Role.ADMINISTRATOR: N_("Quản trị viên"),
}

DUTIES: dict[Role, str] = {
    Role.VIEWER: N_("Xem và tải số liệu của đơn vị và các đơn vị bên dưới."),
    Role.CLERK: N_("Nhập phiếu giấy và in tờ mã QR của đơn vị; xem và tải số liệu."),
    Role.MANAGER: N_(
        "Quản lý điểm thu thập, thư mời, góp ý, mục tiêu của đơn vị, chốt số liệu; "
        "làm được mọi việc của cán bộ nhập phiếu."
    ),
    Role.INSPECTOR: N_(
        "Xem cảnh báo, câu trả lời về phiền hà và phí, quyết định tạm giữ phiếu; không ở đơn vị mình phụ trách."
    ),
    Role.ADMINISTRATOR: N_("Quản lý danh mục đơn vị, phiếu khảo sát, thư mời và tài khoản; xem và tải số liệu."),
}
