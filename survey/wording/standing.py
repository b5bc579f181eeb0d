"""Words of rankings, funnels, roll-ups and comparisons: on pages, in files and in pictures."""

from survey.domain.comparison import Change
from survey.domain.funnel import Outside
from survey.wording import N_

PLACE = N_("%(best)s")
PLACES = N_("%(best)s–%(worst)s")
LACKS = N_("còn thiếu %(answers)s phiếu để được xếp hạng (cần ít nhất %(least)s)")
LACKS_UNKNOWN = N_("cần ít nhất %(least)s phiếu để được xếp hạng")
WITHHELD = N_("số liệu không được hiển thị")
NEEDED_SHORT = N_("cần thêm khoảng %(answers)s phiếu để kết luận")
NEEDED_SHORT_MANY = N_("cần thêm trên %(answers)s phiếu để kết luận")
SURE_HIGHEST = N_("Cao nhất: %(unit)s.")
SURE_LOWEST = N_("Thấp nhất: %(unit)s.")
TIED_HIGHEST = N_("Cao nhất: chưa phân biệt được giữa %(count)s đơn vị.")
TIED_LOWEST = N_("Thấp nhất: chưa phân biệt được giữa %(count)s đơn vị.")
ALL_TIED = N_("Chưa phân biệt được đơn vị nào cao hơn đơn vị nào trong %(count)s đơn vị được xếp hạng.")
TOO_FEW_UNITS = N_("Chưa đủ hai đơn vị có từ %(least)s phiếu, nên không xếp hạng.")

OUTSIDE: dict[Outside, str] = {
    Outside.WITHIN: N_("trong giới hạn"),
    Outside.BEYOND_95: N_("ngoài giới hạn 95%"),
    Outside.BEYOND_998: N_("ngoài giới hạn 99,8%"),
}

# A column's code, its heading, and what it holds. The file of rates keeps its own columns; these are the ranking's.
COLUMNS: dict[str, tuple[str, str]] = {
    "unit_code": (N_("Mã đơn vị"), N_("Mã đơn vị trong danh mục, là chữ: 00004 vẫn là 00004.")),
    "unit_name": (N_("Tên đơn vị"), N_("Tên đơn vị. Số liệu gồm cả các đơn vị trực thuộc.")),
    "group": (N_("Nhóm"), N_("Loại đơn vị; chỉ so sánh trong cùng một nhóm.")),
    "questionnaire": (N_("Mẫu phiếu"), N_("Mã mẫu phiếu và số phiên bản, ví dụ sipas-2024@1.")),
    "best": (N_("Hạng tốt nhất"), N_("1 + số đơn vị có cận dưới cao hơn hẳn cận trên của đơn vị này.")),
    "worst": (N_("Hạng kém nhất"), N_("Số đơn vị được xếp hạng trừ số đơn vị có cận trên thấp hơn hẳn cận dưới.")),
    "ranked": (N_("Số đơn vị xếp hạng"), N_("Số đơn vị trong nhóm có đủ phiếu để xếp hạng.")),
    "respondents": (N_("Số phiếu"), N_("Số người trả lời được tính chung.")),
    "answers": (N_("Số câu trả lời"), N_("Số câu trả lời có mức hài lòng, không tính “Không có ý kiến”.")),
    "rate": (N_("Tỷ lệ hài lòng (%)"), N_("Tỷ lệ câu trả lời ở mức 4 và 5, phần trăm, hai chữ số thập phân.")),
    "low": (N_("Cận dưới (%)"), N_("Cận dưới của khoảng tin cậy 95%.")),
    "high": (N_("Cận trên (%)"), N_("Cận trên của khoảng tin cậy 95%.")),
    "rank_low": (
        N_("Cận dưới để xếp hạng (%)"),
        N_("Cận dưới của khoảng rộng hơn, đúng cho mọi đơn vị của nhóm cùng lúc với xác suất 95%."),
    ),
    "rank_high": (N_("Cận trên để xếp hạng (%)"), N_("Cận trên của khoảng rộng hơn ấy.")),
    "funnel": (
        N_("Trong phễu"),
        N_("within: trong giới hạn; beyond_95, beyond_998: ngoài giới hạn 95%, 99,8% quanh tỷ lệ chung của nhóm."),
    ),
    "target": (N_("Mục tiêu (%)"), N_("Mục tiêu của đơn vị trong năm.")),
    "verdict": (N_("Kết luận"), N_("met: đạt mục tiêu; not_met: chưa đạt; undecided: chưa đủ căn cứ để kết luận.")),
    "needed": (
        N_("Cần thêm phiếu"),
        N_(
            "Khoảng bao nhiêu phiếu nữa thì kết luận được nếu tỷ lệ giữ nguyên; >1000: trên 1.000. Không phải chỉ "
            "tiêu phải thu."
        ),
    ),
    "note": (N_("Ghi chú"), N_("Vì sao không có số hoặc không được xếp hạng.")),
}
SHEET = N_("Xếp hạng")
NO_RANKS = N_("Không có đơn vị nào bên dưới để xếp hạng.")
DICTIONARY = N_("Từ điển dữ liệu")
RANK_TITLE = N_("Xếp hạng theo tỷ lệ hài lòng – %(unit)s")
METHOD: tuple[str, ...] = (
    N_(
        "Hạng là một khoảng: hạng tốt nhất = 1 + số đơn vị có cận dưới cao hơn cận trên của đơn vị này; hạng kém "
        "nhất = số đơn vị được xếp hạng − số đơn vị có cận trên thấp hơn cận dưới của đơn vị này."
    ),
    N_(
        "Khoảng để xếp hạng là khoảng Wilson với z lớn hơn, sao cho cả nhóm cùng đúng với xác suất 95% "
        "(z = Φ⁻¹(½ + ½·0,95^(1/G)), G là số đơn vị được xếp hạng)."
    ),
    N_("Chỉ nêu đơn vị cao nhất, thấp nhất khi khoảng hạng chỉ còn một bậc; còn lại là chưa phân biệt được."),
    N_(
        "Phễu: giới hạn 95% và 99,8% quanh tỷ lệ chung của nhóm, p ± z·√(p(1−p)/n), n là số phiếu nhân với số câu trả "
        "lời độc lập tương đương trung bình của một phiếu trong nhóm. Chỉ do may rủi, cứ 20 đơn vị thì 1 nằm ngoài "
        "giới hạn 95%, cứ 500 thì 1 nằm ngoài giới hạn 99,8%."
    ),
)

FUNNEL_TITLE = N_("Tỷ lệ hài lòng theo số phiếu: %(group)s")
FUNNEL_X = N_("Số phiếu (thang căn bậc hai)")
FUNNEL_95 = N_("giới hạn 95%")
FUNNEL_998 = N_("giới hạn 99,8%")
FUNNEL_RATE = N_("tỷ lệ chung của nhóm %(rate)s")
FUNNEL_BEYOND = N_("Ngoài giới hạn 99,8%%: %(units)s.")
FUNNEL_ONE = N_("%(unit)s (%(rate)s, %(respondents)s phiếu)")
FUNNEL_NUMBERS = N_("%(rate)s, %(respondents)s phiếu")
FUNNEL_NONE = N_("Không đơn vị nào ở ngoài giới hạn 99,8%.")

CHANGES_IN_TIME: dict[Change, str] = {
    Change.HIGHER: N_("tăng"),
    Change.LOWER: N_("giảm"),
    Change.UNCLEAR: N_("chưa thấy thay đổi rõ"),
    Change.FEW: N_("ít phiếu, không kết luận"),
    Change.UNKNOWN: N_("không so sánh được"),
    Change.APART: N_("khác ranh giới, không so sánh"),
}
CHANGES: dict[Change, str] = {
    **CHANGES_IN_TIME,
    Change.HIGHER: N_("B cao hơn"),
    Change.LOWER: N_("B thấp hơn"),
    Change.UNCLEAR: N_("chưa thấy khác biệt rõ"),
}
GROUP_CHANGES: dict[Change, str] = {
    **CHANGES,
    Change.HIGHER: N_("cao hơn nhóm đầu"),
    Change.LOWER: N_("thấp hơn nhóm đầu"),
}
GROUPS_REACH = N_("Các nhóm của câu hỏi này gồm %(told)s trong %(released)s phiếu đã công bố của kỳ.")
SENTENCE = N_(
    "Từ %(a)s đến %(b)s: chênh lệch %(value)s điểm phần trăm, khoảng tin cậy 95%% từ %(low)s đến %(high)s: %(change)s."
)
