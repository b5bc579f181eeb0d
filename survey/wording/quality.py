"""What flags are called and mean, and why a decision on flagged answers is refused."""

from survey.domain.quality import Flag
from survey.wording import N_

FLAGS: dict[Flag, str] = {
    Flag.FAST: N_("Trả lời quá nhanh"),
    Flag.BURST: N_("Dồn dập"),
    Flag.OUTSIDE_HOURS: N_("Ngoài giờ mở cửa"),
    Flag.REPEATED: N_("Lặp lại y hệt"),
    Flag.OLD_DOSSIER: N_("Hồ sơ đã lâu"),
}

MEANINGS: dict[Flag, str] = {
    Flag.FAST: N_("Chưa tới 1,2 giây cho mỗi câu hỏi đã hiện."),
    Flag.BURST: N_(
        "Tại một máy khảo sát, trong 10 phút có nhiều phiếu hơn mức một máy nhận kịp; hoặc qua một mã QR, "
        "trong ngày có nhiều phiếu hơn số hồ sơ đã giải quyết, nếu biết số đó."
    ),
    Flag.OUTSIDE_HOURS: N_("Tại máy khảo sát, trước giờ mở cửa hoặc sau giờ đóng cửa hơn 15 phút."),
    Flag.REPEATED: N_(
        "Từ 5 phiếu liền nhau giống nhau ở mọi câu mà không cùng một mức. Phiếu cùng một mức thì không tính."
    ),
    Flag.OLD_DOSSIER: N_("Mã hồ sơ ghi ngày nhận trước ngày trả lời hơn một năm."),
}

PROBLEMS: dict[str, str] = {
    "span_bad": N_("“%(text)s” không phải là kỳ của cảnh báo này: dồn dập theo ngày, cảnh báo khác theo tháng."),
    "span_open": N_("Kỳ %(text)s chưa qua. Hãy quyết định khi kỳ đã qua."),
    "reason_short": N_("Hãy ghi lý do, ít nhất %(least)s chữ cái."),
    "reason_long": N_("Lý do dài quá %(most)s chữ cái. Hãy viết gọn hơn."),
    "batch_small": N_("Nhóm này không đủ %(least)s phiếu để tạm giữ, hoặc đã được tạm giữ rồi."),
    "already_released": N_("Quyết định này đã được bỏ trước đó."),
}
