"""What is wrong with a batch of paper forms or with a form, in words that say what to do."""

from survey.domain.paper import Standing, Turn
from survey.domain.problems import Problem
from survey.wording import N_, Translate, problems

TURNS: dict[Turn, str] = {Turn.FIRST: N_("Lần 1"), Turn.SECOND: N_("Lần 2")}
STANDINGS: dict[Standing, str] = {
    Standing.EMPTY: N_("chưa nhập"),
    Standing.ONCE: N_("mới nhập một lần"),
    Standing.DIFFERS: N_("hai lần khác nhau"),
    Standing.AGREED: N_("xong"),
}
PROBLEMS: dict[str, str] = {
    "unit_missing": N_("Hãy chọn đơn vị."),
    "questionnaire_missing": N_("Hãy chọn mẫu phiếu."),
    "number_wrong": N_("Hãy ghi số tập như trên bìa tập phiếu, nhiều nhất %(most)s ký tự."),
    "number_taken": N_("Số tập %(number)s đã dùng cho đơn vị và mẫu phiếu này. Nếu đây là tập khác, hãy ghi số khác."),
    "day_missing": N_("Hãy ghi ngày người dân điền phiếu."),
    "day_future": N_("Ngày điền phiếu ở tương lai. Hãy xem lại."),
    "day_old": N_("Phiếu đã quá %(days)s ngày nên không nhận được nữa."),
    "day_unit_closed": N_("%(unit)s không hoạt động vào ngày đó. Hãy xem lại ngày hoặc chọn đơn vị khác."),
    "forms_wrong": N_("Hãy đếm số tờ trong tập: từ 1 đến %(most)s. Nhiều hơn thì chia thành nhiều tập."),
    "forms_keyed": N_("Tờ số %(place)s đã được nhập, nên số tờ không thể ít hơn."),
    "not_keyed": N_("Chưa nhập câu này. Người dân bỏ trống thì chọn “Không có ý kiến”."),
    "not_settled": N_("Hãy chọn như trên giấy; nếu trên giấy để trống thì chọn ô 0."),
    "held_otherwise": N_(
        "Tờ này đã được nhận trước đó với nội dung khác, có lẽ từ một tệp. Hãy đối chiếu số tập và số tờ trên giấy."
    ),
    "batch_missing": N_("Hãy ghi số tập."),
    "place_wrong": N_("Số tờ phải là một số từ 1 đến %(most)s."),
    "day_wrong": N_("“%(value)s” không phải là ngày có thật, viết như 2026-11-24."),
    "unit_unknown": N_("Không có đơn vị nào có mã “%(value)s”."),
    "place_twice": N_("Tờ này đã có ở dòng %(line)s của tệp với nội dung khác."),
}
# Where the sentence for citizens would speak to the wrong person.
_OWN = {
    "all_empty": N_("Tờ này không có câu trả lời nào. Nếu đúng là phiếu trống, hãy đánh dấu “Phiếu bỏ trống”."),
    "item_not_asked": N_("Câu này chỉ dành cho người đã góp ý, phản ánh. Hãy chọn “Không có ý kiến”."),
}
TAKEN = N_(
    "Tờ số %(place)s vừa được nhập trong lần này, với nội dung khác. Những gì vừa gõ còn nguyên dưới đây "
    "nhưng chưa lưu. Hãy đối chiếu số tờ trên giấy."
)
UNREADY = N_("Tập này còn tờ chưa nhập đủ hai lần hoặc còn chỗ khác nhau, nên chưa nhận được.")
NUMBER_DIFFERS = N_("Số tập gõ lại không đúng, nên chưa bỏ gì.")
FORM = N_("Tờ số %(place)s: %(problem)s")


def sentence(problem: Problem, translate: Translate) -> str:
    """The problem in the clerk's words."""
    known = PROBLEMS.get(problem.code) or _OWN.get(problem.code)
    return problems.sentence(problem, translate) if known is None else translate(known, **problem.values)
