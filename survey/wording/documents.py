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
FOOTER = N_("%(unit)s · %(period)s · %(style)s")

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
STANDING = N_("Số liệu: %(standing)s.")
OF = N_("Hình %(what)s. Số liệu của hình có trong các bảng của báo cáo này.")

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
CHART_RATES = N_("Tỷ lệ hài lòng và mục tiêu (%)")
CHART_LEVELS = N_("Phân bố mức hài lòng theo tiêu chí")
TARGET = N_("Mục tiêu")
