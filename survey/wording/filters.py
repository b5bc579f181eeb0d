"""What is wrong with the filters in an address. Values: `text` is what was given."""

from survey.wording import N_

PROBLEMS: dict[str, str] = {
    "unit_unknown": N_("Không có đơn vị “%(text)s” trong số các đơn vị mà Ông/Bà được xem."),
    "date_invalid": N_("“%(text)s” không phải là tháng; hãy viết như 2026-11."),
    "period_reversed": N_("Kỳ này kết thúc trước khi bắt đầu: %(text)s."),
    "period_long": N_("Kỳ này quá dài: tối đa %(most)s tháng."),
    "questionnaire_unknown": N_("Không có mẫu phiếu “%(text)s”."),
    "channel_unknown": N_("Không có kênh thu thập “%(text)s”."),
    "procedure_unknown": N_("Không có thủ tục “%(text)s” trong danh mục."),
    "cuts_combined": N_(
        "Mỗi lần chỉ xem riêng theo một cách: theo kênh, hoặc theo thủ tục, hoặc tính cả phiếu bị tạm loại. Ghép lại "
        "thì số phiếu ít đến mức có thể nhận ra người trả lời."
    ),
    "flagged_unknown": N_("Không có cách tính “%(text)s” đối với phiếu bị tạm loại; hãy viết flagged=1."),
    "by_unknown": N_("Không có cách chia “%(text)s”."),
    "frozen_fixed": N_("Số liệu đã chốt không lọc lại được, nên không dùng được “%(text)s”."),
    "parameter_unknown": N_("Không có tham số “%(text)s”."),
    "limit_invalid": N_("Số dòng mỗi trang phải là số từ 1 đến %(most)s."),
    "cursor_invalid": N_("Con trỏ trang này không dùng được cho câu hỏi này. Hãy đọc lại từ trang đầu."),
    "kind_unknown": N_("Không có cách so sánh “%(text)s”."),
    "boundaries_unknown": N_("Không có cách đọc ranh giới “%(text)s”."),
    "a_unknown": N_("Bên A: không có “%(text)s”."),
    "b_unknown": N_("Bên B: không có “%(text)s”."),
    "sides_same": N_("Hai bên giống nhau, nên không có gì để so sánh."),
    "groups_overlap": N_("Hai nhóm phải là hai câu trả lời cho cùng một câu hỏi, để không ai nằm ở cả hai bên."),
    "periods_overlap": N_("Hai kỳ có phần trùng nhau, nên có phiếu nằm ở cả hai bên. Hãy chọn hai kỳ tách rời."),
    "sort_unknown": N_("Không có cách sắp xếp “%(text)s”."),
}
