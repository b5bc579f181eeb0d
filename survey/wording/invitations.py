"""What staff read about invitations: ways of drawing, whether links open, and what is wrong with an input."""

from survey.domain.invitations import Standing, Way
from survey.domain.problems import Problem
from survey.wording import N_, Translate, changes

WAYS: dict[Way, str] = {Way.ALL: N_("Mời tất cả"), Way.RANDOM: N_("Rút thăm")}
STANDINGS: dict[Standing, str] = {
    Standing.EARLY: N_("Chưa mở"),
    Standing.OPEN: N_("Đang mở"),
    Standing.OVER: N_("Đã hết hạn"),
}
REVOKED = N_("Đã thu hồi")
PROBLEMS: dict[str, str] = {
    "opens_past": N_("Ngày mở phải từ hôm nay trở đi."),
    "days_bad": N_("Số ngày mở là số nguyên từ 1 đến %(most)s."),
    "nothing_new": N_("Mọi hồ sơ trong tệp đã được mời từ trước, nên không có đường dẫn mới."),
}


def sentence(problem: Problem, translate: Translate) -> str:
    """The problem in the reader's words."""
    if problem.code in PROBLEMS:
        return translate(PROBLEMS[problem.code], **problem.values)
    return changes.sentence(problem, translate)
