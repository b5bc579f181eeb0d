"""Words of reports for offices: the head of a Vietnamese letter, headings, headings of columns, notes."""

from survey.wording import N_

NATION = N_("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
MOTTO = N_("Độc lập - Tự do - Hạnh phúc")
OFFICE_ABOVE = N_("(CƠ QUAN CHỦ QUẢN) ……………")
NUMBER = N_("Số: ……/BC-……")
DAY = N_("……………, ngày …… tháng …… năm ……")
REPORT = N_("BÁO CÁO")
SUBJECT = N_("Kết quả khảo sát mức độ hài lòng của người dân tại %(unit)s, %(period)s")
RECIPIENTS = N_("Nơi nhận:")
RECIPIENT_LINES = (N_("- ……………;"), N_("- ……………;"), N_("- Lưu: VT, ……"))
SIGNER = N_("QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ")
SIGNATURE = N_("(Chữ ký, dấu)")
PAGE = N_("Trang %(page)s / %(pages)s")
FOOTER = N_("%(unit)s · %(period)s")

ANSWER = N_("Kết quả chính")
PICTURES, TABLES, UNITS, METHOD, NOTES = (
    N_("Các hình"),
    N_("Các bảng"),
    N_("Từng đơn vị"),
    N_("Phương pháp"),
    N_("Ghi chú trong bảng"),
)
HEAT = N_("Bản đồ nhiệt: tỷ lệ hài lòng theo đơn vị và yếu tố (%)")
HEAT_STEPS = N_("Ô càng đậm thì tỷ lệ càng thấp; các bậc là từ 95, từ 90, từ 85, từ 80, từ 70 và dưới 70 phần trăm.")
HEAT_BLANK = N_("Ô “–”: số liệu không được hiển thị hoặc chưa có.")  # of pictures: pages write the reason in the cell
COVERAGE = N_("Độ bao phủ: số phiếu so với số hồ sơ đã giải quyết")
COMPARISON = N_("So với kỳ trước (%(period)s)")
LEVELS = N_("Phân bố mức hài lòng theo tiêu chí (%)")
COUNTED = N_("Trong %(all)s đơn vị trực thuộc: %(parts)s.")
NO_ANSWER = N_("Chưa nêu được tỷ lệ hài lòng của %(unit)s: %(note)s.")
NOT_OFFICIAL = N_("Các tỷ lệ tính %(style)s; đây không phải chỉ số SIPAS do Bộ Nội vụ công bố.")
FROZEN = N_(
    "%(standing)s, chốt lúc %(moment)s. Mã băm SHA-256 của số liệu: %(sha256)s. Kiểm tra trên máy chủ bằng lệnh: "
    "flask rates frozen verify."
)
ASKED = N_("Phạm vi số liệu: %(asked)s.")
PIECE = N_("phần %(number)s/%(all)s")
OF = N_("Hình: %(what)s. Số liệu của hình có trong các bảng của báo cáo này.")

UNIT, FACTOR, ITEM, MONTH = N_("Đơn vị"), N_("Yếu tố"), N_("Tiêu chí"), N_("Tháng")
RATE, COUNT, INTERVAL = N_("Tỷ lệ"), N_("Số phiếu"), N_("Khoảng tin cậy 95%")
VERDICT, NOTE, PLACES = N_("So với mục tiêu"), N_("Ghi chú"), N_("Hạng")
BEFORE, NOW, CHANGE = N_("Kỳ trước"), N_("Kỳ này"), N_("Thay đổi")
QUESTION, GROUP = N_("Câu hỏi"), N_("Nhóm người dân")
FROM_FIRST = N_("Hơn nhóm đầu (điểm phần trăm)")
DIFFERENCE = N_("Chênh lệch (điểm phần trăm)")
HANDLED, ON_TIME, COVERED = N_("Số hồ sơ"), N_("Đúng hạn, sớm hạn"), N_("Phiếu ÷ hồ sơ")
TOTAL = N_("Chung")

SHEETS: dict[str, str] = {
    "charts": N_("Biểu đồ"),
    "ranking": N_("Xếp hạng"),
    "levels": N_("Phân bố mức"),
    "comparison": N_("So sánh kỳ"),
    "groups": N_("So sánh nhóm"),
    "dictionary": N_("Từ điển dữ liệu"),
}
OWN_ALONE = N_("%(sheet)s – chỉ in phần của %(unit)s; xóa vùng in để in mọi đơn vị")
NOT_COMPARED = N_("So với kỳ trước (%(period)s): không có đơn vị nào đủ số liệu ở cả hai kỳ để so sánh.")
NO_COMPARISON = N_("Không có số liệu kỳ trước: số liệu đã chốt chỉ gồm kỳ được chốt.")
NO_GROUPS = N_("Không có số liệu theo nhóm người dân.")
CHART_RATES = N_("Tỷ lệ hài lòng và mục tiêu (%)")
CHART_SOME = N_("Tỷ lệ hài lòng và mục tiêu (%%): dòng %(first)s–%(last)s trong %(all)s của bảng Tổng hợp")
CHART_FACTORS = N_("Tỷ lệ hài lòng theo yếu tố (%%): %(unit)s")
CHART_LEVELS = N_("Phân bố mức hài lòng theo tiêu chí: %(unit)s")
TARGET = N_("Mục tiêu")
