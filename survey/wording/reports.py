"""Words of files and pictures: headings of columns, names of sheets, titles of charts, and the data dictionary."""

from survey.wording import N_

STYLE = N_("theo cách tính SIPAS")  # never "official": no source states the rule for pooling

# A column's code, its heading, and what it holds. The order is that of every table.
COLUMNS: dict[str, tuple[str, str]] = {
    "unit_code": (N_("Mã đơn vị"), N_("Mã đơn vị trong danh mục, là chữ: 00004 vẫn là 00004.")),
    "unit_name": (N_("Tên đơn vị"), N_("Tên đơn vị. Số liệu gồm cả các đơn vị trực thuộc.")),
    "questionnaire": (N_("Mẫu phiếu"), N_("Mã mẫu phiếu và số phiên bản, ví dụ sipas-2024@1.")),
    "scope": (
        N_("Phạm vi"),
        N_("overall: chung cả phiếu; factor: một yếu tố; item: một tiêu chí."),
    ),
    "key": (
        N_("Mã mục"),
        N_("Mã yếu tố hoặc tiêu chí; với số liệu theo tháng là tháng, ví dụ 2026-08; để trống nếu là số chung."),
    ),
    "label": (N_("Nội dung"), N_("Tên yếu tố, câu hỏi hoặc tháng, theo ngôn ngữ của tệp.")),
    "respondents": (
        N_("Số phiếu"),
        N_("Số người trả lời được tính. Với số chung: đã trả lời ít nhất một nửa số tiêu chí."),
    ),
    "answers": (N_("Số câu trả lời"), N_("Số câu trả lời có mức hài lòng, không tính “Không có ý kiến”.")),
    "c1": (N_("Mức 1"), N_("Số câu trả lời “Rất không hài lòng”. Để trống khi dưới ngưỡng nêu từng mức.")),
    "c2": (N_("Mức 2"), N_("Số câu trả lời “Không hài lòng”.")),
    "c3": (N_("Mức 3"), N_("Số câu trả lời “Bình thường”.")),
    "c4": (N_("Mức 4"), N_("Số câu trả lời “Hài lòng”.")),
    "c5": (N_("Mức 5"), N_("Số câu trả lời “Rất hài lòng”.")),
    "rate": (N_("Tỷ lệ hài lòng (%)"), N_("Tỷ lệ câu trả lời ở mức 4 và 5, phần trăm, hai chữ số thập phân.")),
    "low": (N_("Cận dưới (%)"), N_("Cận dưới của khoảng tin cậy 95%.")),
    "high": (N_("Cận trên (%)"), N_("Cận trên của khoảng tin cậy 95%.")),
    "target": (N_("Mục tiêu (%)"), N_("Mục tiêu của đơn vị trong năm; chỉ có ở số chung.")),
    "verdict": (
        N_("Kết luận"),
        N_("met: đạt mục tiêu; not_met: chưa đạt; undecided: chưa đủ căn cứ để kết luận."),
    ),
    "note": (
        N_("Ghi chú"),
        N_("Mã và lời giải thích, cách nhau bằng dấu chấm phẩy; ô không được nêu số thì số để trống, lý do ở đây."),
    ),
}

SHEETS: dict[str, str] = {
    "overall": N_("Tổng hợp"),
    "factor": N_("Yếu tố"),
    "item": N_("Tiêu chí"),
    "month": N_("Theo tháng"),
    "method": N_("Phương pháp"),
}

TITLES: dict[str, str] = {
    "overview": N_("Tỷ lệ hài lòng của các đơn vị"),
    "overall": N_("Tỷ lệ hài lòng chung"),
    "factors": N_("Tỷ lệ hài lòng theo yếu tố"),
    "items": N_("Tỷ lệ hài lòng theo tiêu chí"),
    "levels": N_("Phân bố mức hài lòng"),
    "trend": N_("Tỷ lệ hài lòng theo tháng"),
}

SOURCE = N_("Nguồn: Khảo sát hài lòng, %(style)s, mẫu phiếu %(questionnaire)s.")
INTERVAL = N_("Vạch ngang: khoảng tin cậy 95%. n: số phiếu.")
INTERVAL_UPRIGHT = N_("Vạch đứng: khoảng tin cậy 95%. n: số phiếu.")
RESPONDENTS = N_("n = %(count)s")
TARGET = N_("mục tiêu %(target)s")
TARGET_OF_EACH = N_("mục tiêu riêng của từng đơn vị hoặc tháng")
RATE_AXIS = N_("Tỷ lệ hài lòng (%)")
LEVELS_AXIS = N_("Phần trăm câu trả lời, mức “Bình thường” chia đôi ở vạch 0")
LEVELS_HIDDEN = N_("ít phiếu, không nêu từng mức")
NOTHING = N_("Không có số liệu nào trong lựa chọn này.")
