"""Words of the scorecard and of setting targets: kinds, sources, places, and what is wrong with a value."""

from survey.wording import N_

PROBLEMS: dict[str, str] = {
    "kind_invalid": N_("Mã mục tiêu “%(text)s” không đúng; chỉ dùng chữ thường không dấu, số, gạch dưới."),
    "name_invalid": N_("Tên mục tiêu phải có từ 1 đến %(most)s ký tự đọc được."),
    "year_invalid": N_("“%(text)s” không phải là năm; hãy viết như 2026."),
    "percent_invalid": N_("“%(text)s” không phải là số phần trăm từ 0 đến 100, tối đa hai chữ số lẻ."),
    "below_plan": N_(
        "Mục tiêu %(percent)s%% thấp hơn kế hoạch của cấp trên (%(above)s%%). Đơn vị chỉ đặt được cao hơn."
    ),
    "target_unknown": N_("Không có mục tiêu “%(kind)s” của năm %(year)s để bỏ."),
}

INDICATORS: dict[str, str] = {"par_index": N_("Chỉ số cải cách hành chính (PAR Index)")}

INDICATOR_GROUPS: dict[str, str] = {
    "department": N_("Các sở, cơ quan tương đương sở"),
    "district": N_("Các quận, huyện, thị xã"),
    "commune": N_("Các phường, xã"),
}
