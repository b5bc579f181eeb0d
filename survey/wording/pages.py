"""Sentences of staff pages that are put together from figures. Values come already written in the reader's language."""

from survey.wording import N_

HEADLINE = N_(
    "%(rate)s hài lòng, khoảng tin cậy 95%% từ %(low)s đến %(high)s, %(respondents)s phiếu, "
    "mục tiêu %(target)s: %(verdict)s."
)
NEEDED = N_("Cần khoảng %(answers)s phiếu nữa để kết luận, nếu tỷ lệ giữ nguyên.")
NEEDED_MANY = N_("Cần trên %(answers)s phiếu nữa để kết luận, nếu tỷ lệ giữ nguyên.")
READING = N_("%(name)s: %(rate)s (%(interval)s), %(respondents)s phiếu")
INTERVAL = N_("%(low)s – %(high)s")
NO_INTERVAL = N_("không có khoảng tin cậy: chưa đủ %(least)s trọng số")
CLOSED = N_("đến %(day)s")
ROLE_AT = N_("%(role)s – %(unit)s")

ARRIVED = N_(
    "Hôm nay đã nhận %(forms)s phiếu. Câu trả lời được đưa vào số liệu theo từng đợt, mỗi đợt từ mười phiếu trở lên, "
    "để không ai nhận ra được người trả lời."
)
