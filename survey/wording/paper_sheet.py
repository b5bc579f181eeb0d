"""Words of the printed paper form. It speaks to citizens, and the digits are those that a clerk keys."""

from survey.wording import N_

BATCH, SHEET, DAY = N_("Tập số"), N_("Tờ số"), N_("Ngày điền phiếu")
OFFICE_USE = N_("Phần của cơ quan")
HOW = N_("Mỗi câu xin đánh dấu X vào một ô. Câu nào không có ý kiến thì chọn ô 0 hoặc bỏ trống.")
PRIVACY = N_(
    "Phiếu không ghi tên, số điện thoại, địa chỉ hay số căn cước. Trả lời là tự nguyện và không ảnh hưởng đến hồ sơ. "
    "Chỉ số liệu gộp từ nhiều phiếu được sử dụng."
)
LOW = N_("Nếu có câu chọn 1 hoặc 2: điều gì chưa tốt? (chọn được nhiều ô)")
OTHER = N_("Điều khác:")
FACTS, ABOUT = N_("Về lần làm thủ tục này"), N_("Về Ông/Bà (không bắt buộc)")
PROCEDURE, DOSSIER = N_("Thủ tục đã làm:"), N_("Mã hồ sơ, in trên giấy hẹn (không bắt buộc):")
COMMENT = N_("Góp ý thêm:")
ASSISTED = N_("Có người giúp tôi trả lời")
THANKS = N_("Xin cảm ơn Ông/Bà!")
ONLY_IF = N_("chỉ khi chọn “%(choice)s” ở câu ngay trên")
PAGE = N_("Trang %(page)s / %(pages)s")
NO_OPINION = N_("Không có ý kiến")
