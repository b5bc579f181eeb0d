"""What the sums are called, how each is made, and what its n counts."""

from survey.domain.sums import SumKind
from survey.wording import N_

NAMES: dict[SumKind, str] = {
    SumKind.POOLED: N_("Tỷ lệ hài lòng, gộp mọi câu trả lời"),
    SumKind.MEAN_OF_ITEMS: N_("Trung bình cộng tỷ lệ các tiêu chí"),
    SumKind.MEAN_OF_FACTORS: N_("Trung bình cộng tỷ lệ các yếu tố"),
    SumKind.WEIGHTED: N_("Tỷ lệ hài lòng, trọng số theo số hồ sơ"),
    SumKind.MEAN_SCORE: N_("Điểm trung bình (thang 1–5)"),
    SumKind.LEVEL_1: N_("Tỷ lệ câu trả lời “Rất không hài lòng”"),
    SumKind.EVERYTHING: N_("Tỷ lệ người hài lòng với mọi tiêu chí đã trả lời"),
}
FORMULAS: dict[SumKind, str] = {
    SumKind.POOLED: N_("(số câu trả lời mức 4 + mức 5) ÷ tổng số câu trả lời × 100"),
    SumKind.MEAN_OF_ITEMS: N_(
        "tổng tỷ lệ của các tiêu chí ÷ số tiêu chí: tiêu chí ít người trả lời nặng như tiêu chí khác"
    ),
    SumKind.MEAN_OF_FACTORS: N_("tổng tỷ lệ của các yếu tố ÷ số yếu tố: yếu tố ít câu hỏi nặng như yếu tố khác"),
    SumKind.WEIGHTED: N_(
        "tổng (tỷ lệ của đơn vị × số hồ sơ của đơn vị) ÷ tổng số hồ sơ, trên các đơn vị được hiển thị"
    ),
    SumKind.MEAN_SCORE: N_("tổng mức (1–5) của mọi câu trả lời ÷ tổng số câu trả lời"),
    SumKind.LEVEL_1: N_("số câu trả lời mức 1 ÷ tổng số câu trả lời × 100"),
    SumKind.EVERYTHING: N_("số người có mọi câu trả lời ở mức 4 hoặc 5 ÷ số người trả lời × 100"),
}
COUNTED: dict[SumKind, str] = {
    SumKind.POOLED: N_("%(n)s câu trả lời"),
    SumKind.MEAN_OF_ITEMS: N_("%(n)s tiêu chí"),
    SumKind.MEAN_OF_FACTORS: N_("%(n)s yếu tố"),
    SumKind.WEIGHTED: N_("%(n)s đơn vị"),
    SumKind.MEAN_SCORE: N_("%(n)s câu trả lời"),
    SumKind.LEVEL_1: N_("%(n)s câu trả lời"),
    SumKind.EVERYTHING: N_("%(n)s phiếu"),
}
INDICATOR = N_("Mức độ hài lòng trong tiếp nhận, giải quyết TTHC theo Quyết định 766/QĐ-TTg")
INDICATOR_FORMULA = N_(
    "(số hồ sơ − số trễ hạn − số bị phản ánh mà không trễ hạn) ÷ số hồ sơ × 100; điểm = 6 × tỷ lệ ÷ 90%, tối đa 6"
)
INDICATOR_CAVEAT = N_(
    "Chỉ số này không hỏi người dân: hồ sơ không trễ hạn và không bị phản ánh thì được coi là hài lòng. Vì vậy nó "
    "không so sánh được với các tỷ lệ ở trên."
)
INDICATOR_VALUE = N_("%(percent)s, %(points)s điểm; %(content)s trên %(dossiers)s hồ sơ")
METHOD_LINE = N_("%(value)s; %(formula)s; %(counted)s")
HEADING = N_("Vì sao số của tôi khác số của anh?")
