"""What two versions of a questionnaire ask otherwise: every kind of change by a small table, and none for none."""

import copy
from typing import Any

import pytest
import yaml

from survey.domain import authoring, revisions
from survey.domain.questionnaire import Version
from survey.services import documents
from survey.services.questionnaires import SHIPPED
from survey.wording import revisions as words

Document = dict[str, Any]


def both(vi: str, en: str = "English") -> dict[str, str]:
    return {"vi": vi, "en": en}


BASE: Document = {
    "key": "mini",
    "scale": "satisfaction-5",
    "title": both("Phiếu nhỏ"),
    "factors": [
        {
            "key": "A",
            "title": both("Tiếp cận"),
            "reasons": [{"key": key, "text": both(key)} for key in ("signs", "seats", "waiting")],
        },
        {"key": "B", "title": both("Thủ tục")},
    ],
    "items": [{"key": f"{f}{n}", "factor": f, "text": both(f"Câu {f}{n}?")} for f in "AB" for n in (1, 2, 3)],
    "facts": [
        {"key": "trips", "text": both("Mấy lần?"), "options": [{"key": str(n), "text": both(str(n))} for n in range(3)]}
    ],
    "about": [
        {"key": "age", "text": both("Tuổi?"), "options": [{"key": k, "text": both(k)} for k in ("young", "old")]}
    ],
}


def version(document: Document) -> Version:
    return authoring.check(document).version


def changed(path: str, value: object, remove: bool = False) -> Version:
    """The base with one value set at a path such as items/0/text/vi, or removed, or appended at a last +."""
    document = copy.deepcopy(BASE)
    *way, last = path.split("/")
    place: Any = document
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    if last == "+":
        place.append(value)
    elif remove:
        del place[int(last) if last.isdigit() else last]
    else:
        place[int(last) if last.isdigit() else last] = value
    return version(document)


CONDITION = {"question": "trips", "options": ["1", "2"]}


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (changed("title/vi", "Tên khác"), "~ Sửa lời tên phiếu (bản tiếng Việt): Phiếu nhỏ → Tên khác"),
        (changed("title/en", "Other"), "~ Sửa lời tên phiếu (bản tiếng Anh): English → Other"),
        (changed("basis", both("QĐ")), None),
        (changed("factors/1/title/vi", "Khác"), "~ Sửa lời yếu tố (bản tiếng Việt) B: Thủ tục → Khác"),
        (changed("factors/1/pooled", False), "~ Đổi việc tính vào tỷ lệ chung yếu tố B: có → không"),
        (changed("items/0/text/vi", "Câu mới?"), "~ Sửa lời câu chấm điểm (bản tiếng Việt) A1: Câu A1? → Câu mới?"),
        (changed("items/+", {"key": "B4", "factor": "B", "text": both("Thêm?")}), "+ Thêm câu chấm điểm B4: Thêm?"),
        (changed("items/5", None, remove=True), "- Lược bỏ câu chấm điểm B3: Câu B3?"),
        (changed("items/0/condition", CONDITION), "~ Đổi điều kiện hỏi câu chấm điểm A1: hỏi mọi người → trips=1,2"),
        (
            changed("factors/0/reasons/0/text/vi", "Biển"),
            "~ Sửa lời lý do chưa hài lòng (bản tiếng Việt) A/signs: signs → Biển",
        ),
        (changed("factors/0/reasons/+", {"key": "x", "text": both("Nóng")}), "+ Thêm lý do chưa hài lòng A/x: Nóng"),
        (changed("facts/0/inspectors_only", True), "~ Đổi việc chỉ dành cho thanh tra câu hỏi thêm trips: không → có"),
        (changed("facts/0/options/0", None, remove=True), "- Lược bỏ lựa chọn trips/0: 0"),
        (changed("about/0", None, remove=True), "- Lược bỏ câu hỏi về người trả lời age: Tuổi?"),
    ],
)
def test_one_change_is_one_line_that_says_it(new: Version, said: str | None) -> None:
    def translate(message: str, /, **values: object) -> str:
        return message % values if values else message

    lines = [words.line(one, "vi", translate).text for one in revisions.between(version(BASE), new)]
    if said is None:
        assert lines == [
            "~ Sửa lời căn cứ (bản tiếng Việt): QĐ",
            "~ Sửa lời căn cứ (bản tiếng Anh): English",
        ]
    else:
        assert lines == [said]
    back = revisions.between(new, version(BASE))
    assert len(back) == len(lines), "a way back is as long"


def test_the_fewest_possible_items_are_said_to_have_moved() -> None:
    document = copy.deepcopy(BASE)
    first, second, third = document["items"][:3]
    document["items"][:3] = [third, first, second]
    found = revisions.between(version(BASE), version(document))
    assert [(one.step, one.key) for one in found] == [(revisions.Step.MOVED, "A3")]


def test_an_item_of_another_factor_is_said_to_be_and_no_longer_kept() -> None:
    new = changed("items/2/factor", "B")
    found = [(one.step, one.key, one.old.vi, one.new.vi) for one in revisions.between(version(BASE), new)]
    assert (revisions.Step.REASSIGNED, "A3", "A", "B") in found
    assert revisions.kept_items(version(BASE), new) == 5


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_equal_questionnaires_differ_in_nothing_and_a_written_file_is_the_same_questionnaire(path: Any) -> None:
    draft = authoring.check(yaml.safe_load(path.read_text("utf-8")))
    assert revisions.between(draft.version, draft.version) == ()
    assert revisions.kept_items(draft.version, draft.version) == len(draft.version.items)
    document, problems = documents.parse(documents.written(draft.content).encode())
    assert problems == ()
    assert authoring.check(document).sha256 == draft.sha256
