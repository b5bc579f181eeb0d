"""The lines of a poster, and what can be wrong with a choice of posters.

A poster is read in both languages at once, whatever language the page that made it is in.
"""

from dataclasses import dataclass

from survey.wording import N_, Translate

QUESTION = N_("Ông/Bà hài lòng thế nào với lần làm thủ tục này?")
SCAN = N_("Quét mã bằng điện thoại, trả lời trong một phút")
TYPE = N_("Hoặc mở trang")
ANONYMITY = N_("Không hỏi tên, không hỏi số điện thoại. Không ai biết Ông/Bà đã trả lời thế nào.")
NOTHING_CHOSEN = N_("Chưa chọn điểm nào để in.")
TOO_MANY = N_("Mỗi tệp chỉ chứa tối đa %(most)s tờ; hãy chọn ít điểm hơn.")


@dataclass(frozen=True, slots=True)
class PosterLines:
    """Everything on a poster but names and addresses, in one language."""

    language: str
    question: str
    scan: str
    type: str
    anonymity: str


def lines(translate: Translate, language: str) -> PosterLines:
    """The lines in the language that `translate` speaks."""
    return PosterLines(language, translate(QUESTION), translate(SCAN), translate(TYPE), translate(ANONYMITY))
