"""What a comparison rests on, and what it lacks where it cannot be made."""

from survey.wording import N_

SENTENCE = N_(
    "A %(a)s, B %(b)s: chênh lệch B − A là %(value)s điểm phần trăm, khoảng tin cậy 95%% từ %(low)s đến %(high)s: "
    "%(change)s."
)
CHANNELS_REST = N_("So sánh dựa trên %(a)s phiếu của A và %(b)s phiếu của B.")
CHANNELS_MIXED = N_(
    "%(mixed)s phiếu khác của kỳ nằm ở những nơi và tháng mà một kênh có dưới %(least)s phiếu: chỉ được công bố gộp "
    "các kênh, nên không tính vào bên nào."
)
CHANNEL_LACKS = N_(
    "Chưa tách được kênh “%(channel)s”: một kênh chỉ được nêu riêng ở đơn vị và tháng có từ %(least)s phiếu của kênh "
    "ấy."
)
PROCEDURES_REST = N_(
    "So sánh dựa trên %(a)s phiếu của A và %(b)s phiếu của B. Phiếu không ghi thủ tục và những phiếu không tách ra "
    "được mà không lộ người trả lời không tính vào bên nào."
)
PROCEDURE_LACKS = N_(
    "Chưa tách được “%(procedure)s”: một thủ tục chỉ được nêu riêng ở đơn vị có nhiều phiếu về thủ tục ấy và nhiều "
    "phiếu không ghi thủ tục hoặc về thủ tục khác."
)
GROUPS_NO_QUARTER = N_("Nhóm người dân chỉ được tách theo quý trọn vẹn đã hết; kỳ đang xem không có quý nào như thế.")
GROUPS_LACK = N_(
    "Ở %(unit)s, các quý đã hết trong kỳ có quá ít phiếu để tách theo nhóm mà không lộ người trả lời: thường cần vài "
    "trăm phiếu trong một quý. Mỗi quý chỉ xét một lần."
)
GROUPS_NEXT = N_("Quý đang diễn ra được xét từ ngày %(day)s.")
GROUPS_ABOVE = N_("Xem ở %(unit)s, nơi gộp phiếu của nhiều đơn vị")
