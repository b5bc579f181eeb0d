"""What two versions of a questionnaire ask otherwise, in words."""

from dataclasses import dataclass

from survey.domain.revisions import Part, Revision, Step
from survey.wording import N_, Translate

PARTS: dict[Part, str] = {
    Part.TITLE: N_("tên phiếu"),
    Part.BASIS: N_("căn cứ"),
    Part.SCALE: N_("thang đo"),
    Part.FACTOR: N_("yếu tố"),
    Part.REASON: N_("lý do chưa hài lòng"),
    Part.ITEM: N_("câu chấm điểm"),
    Part.FACT: N_("câu hỏi thêm"),
    Part.ABOUT: N_("câu hỏi về người trả lời"),
    Part.OPTION: N_("lựa chọn"),
}
STEPS: dict[Step, str] = {
    Step.ADDED: N_("Thêm"),
    Step.REMOVED: N_("Lược bỏ"),
    Step.REWORDED: N_("Sửa lời"),
    Step.MOVED: N_("Đổi thứ tự"),
    Step.REASSIGNED: N_("Chuyển sang yếu tố khác"),
    Step.CONDITION: N_("Đổi điều kiện hỏi"),
    Step.POOLED: N_("Đổi việc tính vào tỷ lệ chung"),
    Step.CONFIDENTIAL: N_("Đổi việc chỉ dành cho thanh tra"),
}
FLAGS = {"true": N_("có"), "false": N_("không")}
EVERYBODY = N_("hỏi mọi người")
VERSIONS = {"vi": N_("bản tiếng Việt"), "en": N_("bản tiếng Anh")}
SAME = N_("Hai bản giống hệt nhau.")
MARKS = {Step.ADDED: "+", Step.REMOVED: "-"}


@dataclass(frozen=True, slots=True)
class Line:
    """A change in words: `what` such as "Sửa lời câu chấm điểm", its key, and the texts before and after where any."""

    mark: str
    step: str
    what: str
    key: str
    old: str
    new: str

    @property
    def text(self) -> str:
        """The line as it is printed."""
        head = " ".join(filter(None, (self.mark, self.step, self.what, self.key)))
        texts = " → ".join(filter(None, (self.old, self.new)))
        return f"{head}: {texts}" if texts else head


def line(revision: Revision, language: str, translate: Translate) -> Line:
    """The change in the reader's language; what was reworded shows the texts that differ, of whichever language."""
    shown = revision.language or language
    what = translate(PARTS[revision.part])
    if revision.language:
        what += f" ({translate(VERSIONS[revision.language])})"
    old, new = (_said(revision, text.get(shown), translate) for text in (revision.old, revision.new))
    return Line(MARKS.get(revision.step, "~"), translate(STEPS[revision.step]), what, revision.key, old, new)


def _said(revision: Revision, text: str, translate: Translate) -> str:
    if revision.step in (Step.POOLED, Step.CONFIDENTIAL):
        return translate(FLAGS[text])
    if revision.step is Step.CONDITION and not text:
        return translate(EVERYBODY)
    return text
