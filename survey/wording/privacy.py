"""What is kept of persons, in words: what it is, why, who sees it, how long. For the public page and the report."""

from dataclasses import dataclass

from survey.domain.privacy import Kept, What, Whose
from survey.wording import N_


@dataclass(frozen=True, slots=True)
class Said:
    """What it is, why it is kept, who sees it."""

    what: str
    why: str
    who: str


_GROUPED = N_("Cán bộ được phân quyền, chỉ dưới dạng số gộp của ít nhất %(minimum)s phiếu.")
_NOBODY = N_("Không ai; chỉ máy chủ dùng.")
SAID: dict[What, Said] = {
    What.ANSWERS: Said(
        N_("Các mức hài lòng đã chọn, và điều chưa tốt"), N_("Để tính tỷ lệ hài lòng và biết chỗ phải sửa."), _GROUPED
    ),
    What.FACTS: Said(
        N_("Vài điều về lần làm thủ tục: số lần đi lại, đúng hẹn hay trễ, phiền hà, tiền ngoài quy định"),
        N_("Để biết việc làm thủ tục diễn ra thế nào."),
        N_(
            "Cán bộ được phân quyền, chỉ dưới dạng số gộp; riêng phiền hà và tiền ngoài quy định chỉ người kiểm tra của"
            " cấp trên, theo năm, từ %(ranked)s phiếu."
        ),
    ),
    What.ABOUT: Said(
        N_("Nếu Ông/Bà trả lời: giới tính, nhóm tuổi, học vấn, nghề nghiệp, khu vực"),
        N_("Để biết có nhóm người dân nào được phục vụ kém hơn không."),
        _GROUPED,
    ),
    What.COMMENT: Said(
        N_("Lời góp ý, đã che số điện thoại, số giấy tờ, thư điện tử, biển số xe"),
        N_("Để cơ quan sửa và trả lời công khai."),
        N_(
            "Người phụ trách của đơn vị, theo đợt ít nhất %(minimum)s góp ý, xếp theo thứ tự bốc thăm, không có ngày;"
            " mỗi lần xem được ghi lại. Khi vào đợt, góp ý bị tách hẳn khỏi phiếu."
        ),
    ),
    What.PLACE: Said(
        N_("Nơi và cách trả lời: đơn vị, điểm thu thập, kênh, mẫu phiếu, thủ tục, có người giúp hay không"),
        N_("Để số liệu thuộc đúng đơn vị và thủ tục."),
        _GROUPED,
    ),
    What.DAY: Said(
        N_("Ngày trả lời"), N_("Để số liệu thuộc đúng tháng."), N_("Cán bộ chỉ thấy tháng, dưới dạng số gộp.")
    ),
    What.MOMENT: Said(
        N_("Giờ máy chủ nhận phiếu, số giây trả lời"),
        N_("Để phát hiện phiếu do máy gửi hàng loạt."),
        N_("Không ai thấy của từng phiếu; chỉ máy chủ dùng để đặt cảnh báo."),
    ),
    What.NUMBER: Said(
        N_("Một số ngẫu nhiên của phiếu và dấu kiểm của nội dung"),
        N_("Để phiếu gửi lại khi mạng kém không bị tính hai lần."),
        _NOBODY,
    ),
    What.DOSSIER: Said(
        N_("Nếu Ông/Bà ghi mã hồ sơ: một dấu không đọc ngược được, không phải mã"),
        N_("Để mỗi hồ sơ được tính một lần."),
        _NOBODY,
    ),
    What.DOSSIER_KEY: Said(
        N_("Khóa dùng để tạo dấu của mã hồ sơ"),
        N_("Không có khóa thì không ai dò được mã từ dấu."),
        _NOBODY,
    ),
    What.INVITATION: Said(
        N_("Thư mời: dấu không đọc ngược được của đường dẫn và của hồ sơ, mã hồ sơ đã mã hóa bằng chính đường dẫn"),
        N_("Để chỉ người được mời mở được phiếu, và mỗi hồ sơ được tính một lần. Ai đã trả lời thì không ghi ở đây."),
        _NOBODY,
    ),
    What.CHECKS: Said(
        N_("Cảnh báo về chất lượng, và phiếu có được tính hay không"),
        N_("Để số liệu không bị phiếu giả làm sai."),
        N_("Người kiểm tra, theo nhóm phiếu."),
    ),
    What.PAPER: Said(
        N_("Phiếu giấy đang được nhập, đã mã hóa"),
        N_("Để nhập hai lần và so lại cho đúng."),
        N_("Cán bộ nhập phiếu của đơn vị."),
    ),
    What.ACCOUNT: Said(
        N_("Tài khoản cán bộ: thư điện tử, họ tên"),
        N_("Để đăng nhập, và để biết ai đã làm gì."),
        N_("Quản trị viên của đơn vị."),
    ),
    What.PROOF: Said(
        N_("Mật khẩu và mã xác thực của cán bộ, đã băm hoặc mã hóa"), N_("Để không ai khác đăng nhập thay."), _NOBODY
    ),
    What.SITTING: Said(
        N_("Phiên đăng nhập, đường dẫn một lần, trình duyệt đã biết của cán bộ"),
        N_("Để cán bộ thấy và kết thúc được các phiên của mình."),
        N_("Chính cán bộ đó."),
    ),
    What.FAILURES: Said(N_("Số lần đăng nhập sai, theo dấu không đọc ngược được"), N_("Để ngăn dò mật khẩu."), _NOBODY),
    What.RIGHTS: Said(
        N_("Vai trò của cán bộ ở các đơn vị, mã truy cập của chương trình"),
        N_("Để mỗi người chỉ thấy phần của mình."),
        N_("Quản trị viên của đơn vị."),
    ),
    What.ACTS: Said(
        N_("Nhật ký: cán bộ nào đã làm, tải hoặc xem gì, vào lúc nào"),
        N_("Để không ai sửa số liệu hoặc xem góp ý mà không để lại dấu vết."),
        N_("Người được xem nhật ký của đơn vị."),
    ),
    What.UPLOADS: Said(
        N_("Tệp cán bộ gửi lên chờ xác nhận, báo cáo cán bộ đã đặt"),
        N_("Để xem trước khi ghi, và để lấy báo cáo khi đã xong."),
        N_("Chính cán bộ đó."),
    ),
    What.NOTHING: Said(N_("Không có gì về cá nhân"), N_("Danh mục, cấu hình, số đếm."), N_("Tùy từng trang.")),
}

KEPT: dict[Kept, str] = {
    Kept.RETENTION: N_("Nhiều nhất %(months)s tháng, rồi tự xóa."),
    Kept.BATCH: N_("Đến khi vào một đợt góp ý; nhiều nhất %(months)s tháng, rồi tự xóa."),
    Kept.KEYED: N_("Đến khi nhập xong cả lô; nhiều nhất %(months)s tháng, rồi tự xóa."),
    Kept.COUNTED: N_("Vài phút, đến khi được cộng vào số liệu."),
    Kept.FREEZE: N_("Đến khi chốt số liệu của năm, rồi hủy."),
    Kept.EXPIRY: N_("Đến khi hết hạn."),
    Kept.LINK: N_("Đến 30 ngày sau khi đường dẫn trong thư mời hết hạn."),
    Kept.MONTH: N_("Nhiều nhất 30 ngày."),
    Kept.ACCOUNT: N_("Chừng nào còn tài khoản; tài khoản bị khóa chứ không xóa, vì nhật ký nhắc đến."),
    Kept.ALWAYS: N_("Lâu dài."),
}

WHOSE: dict[Whose, str] = {
    Whose.CITIZEN: N_("người dân"),
    Whose.STAFF: N_("cán bộ"),
    Whose.NOBODY: N_("không ai"),
}
