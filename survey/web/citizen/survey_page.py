"""The questionnaire of one point as a page: empty, or again with what was entered and what stands in its way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext

from survey.domain.points import PointKind, normal_code
from survey.domain.problems import Problem
from survey.domain.questionnaire import Version
from survey.domain.units import Unit
from survey.extensions import reading
from survey.queries import catalogue, points, questionnaires
from survey.queries.catalogue import Procedure
from survey.queries.points import Point
from survey.web import clock, language
from survey.web.citizen import finder, sections
from survey.web.citizen.entries import Entries, Hidden
from survey.web.citizen.sections import Branch, Sections
from survey.wording import N_
from survey.wording.problems import sentence

ANSWERABLE = (PointKind.KIOSK, PointKind.POSTER, PointKind.WEB)
SENT_BEFORE = N_(
    "Phiếu này đã được gửi trước đó và được giữ nguyên. "
    "Chỉ gửi lại nếu Ông/Bà muốn trả lời cho một lần làm thủ tục khác."
)
CROWDED = N_("Đang có nhiều người gửi cùng lúc. Câu trả lời còn nguyên dưới đây, xin thử lại sau một phút.")
RENEWED = N_("Trang này mở đã lâu hoặc đã bị thay đổi. Câu trả lời còn nguyên dưới đây, xin bấm “Gửi” lần nữa.")
NOT_GOOD = N_("Điều gì chưa tốt?")
LABELS = {"procedure": N_("Thủ tục"), "dossier": N_("Mã hồ sơ"), "comment": N_("Góp ý thêm")}


class UnknownPointError(Exception):
    """There is no point with this code where people answer on a page."""


class ClosedError(Exception):
    """The point's unit does not exist today; `successors` replaced it."""

    def __init__(self, unit: Unit, successors: tuple[Unit, ...]) -> None:
        self.unit, self.successors = unit, successors
        super().__init__(unit.code)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One line of the error summary. `anchor` is the field that it is about, "" for none; `label` names that field
    where the message does not.
    """

    anchor: str
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class Invited:
    """What makes the page one of an invitation: the token of its link, and the dossier as tickets enclose it."""

    token: str
    enclosure: str


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """A point with the version that is asked there and the catalogue's procedures."""

    point: Point
    version: Version
    procedures: tuple[Procedure, ...]
    invited: Invited | None = None

    @property
    def address(self) -> str:
        """Where the form is sent to."""
        chosen = request.args.get("lang")
        if self.invited is not None:
            return url_for("invited.send", token=self.invited.token, lang=chosen)
        return url_for("citizen.send", point=self.point.code, lang=chosen)

    @property
    def on_phone(self) -> bool:
        """Whether people read this on a device of their own: a receipt is no use on a kiosk."""
        return self.point.kind is not PointKind.KIOSK

    def opening(self, entries: Entries) -> Response:
        """The page as it is first seen."""
        return self._render(entries, self._fresh(), "", (), 200)

    def with_problems(self, entries: Entries, problems: Sequence[Problem]) -> Response:
        """The page again, with each problem at its field. What only we can mend is renewed without many words."""
        parts = sections.of_version(self.version, language.current(), gettext)
        complaints = _complaints(problems, parts)
        if any(not complaint.anchor for complaint in complaints):
            return self._render(entries, self._fresh(), gettext(RENEWED), (), 422)
        return self._render(entries, entries.hidden(), "", complaints, 422)

    def refused(self, entries: Entries) -> Response:
        """The page again with a fresh ticket."""
        return self._render(entries, self._fresh(), gettext(RENEWED), (), 403)

    def sent_before(self, entries: Entries) -> Response:
        """The page again with a fresh ticket, for whoever means another visit."""
        return self._render(entries, self._fresh(), gettext(SENT_BEFORE), (), 409)

    def crowded(self, entries: Entries) -> Response:
        """The page again, to be sent a little later."""
        return self._render(entries, entries.hidden(), gettext(CROWDED), (), 429)

    def _fresh(self) -> Hidden:
        enclosure = "" if self.invited is None else self.invited.enclosure
        return Hidden.fresh(self.point, self.version, language.current(), clock.now(), enclosure)

    def _render(
        self, entries: Entries, hidden: Hidden, notice: str, complaints: Sequence[Complaint], status: int
    ) -> Response:
        body = render_template(
            "citizen/survey.html",
            page=self,
            parts=sections.of_version(self.version, language.current(), gettext),
            domains=finder.by_domain(self.procedures),
            entries=entries,
            hidden=hidden,
            notice=notice,
            complaints=complaints,
            wrong={complaint.anchor: complaint.message for complaint in complaints},
        )
        return make_response(body, status)


def load(code: str, questionnaire: str = "", answerable: Collection[PointKind] = ANSWERABLE) -> SurveyPage:
    """The page of a point, with the version that a form was made of where it still suits, else the newest.

    Raises UnknownPointError or ClosedError; a point of another kind than the `answerable` is unknown.
    """
    code = normal_code(code)
    if not (code.isascii() and code.isalnum()):  # also keeps from the database what it cannot hold, such as NUL
        raise UnknownPointError
    with reading() as session:
        point = points.by_code(session, code)
        if point is None or point.kind not in answerable:
            raise UnknownPointError
        if not point.unit.is_open(clock.today()):
            ids = catalogue.successors(session, [point.unit.id])[point.unit.id]
            raise ClosedError(point.unit, tuple(unit for unit in catalogue.units(session) if unit.id in ids))
        version = questionnaires.by_name(session, questionnaire)
        if version is None or version.key != point.questionnaire_key:
            version = questionnaires.latest(session, point.questionnaire_key)
        if version is None:
            raise UnknownPointError
        return SurveyPage(point, version, catalogue.offered_procedures(session, clock.today()))


def _complaints(problems: Sequence[Problem], parts: Sections) -> tuple[Complaint, ...]:
    """A line a problem, in the order of the page; a problem with no field of its own there has no anchor, and ends."""
    labels = _labels(parts)
    names = list(labels)
    lines = []
    for problem in problems:
        anchor = names[0] if problem.path == "answers" else problem.path
        if anchor not in labels:
            anchor = ""
        message, label = sentence(problem, gettext), labels.get(problem.path, "")
        lines.append(Complaint(anchor, "" if label.lower() in message.lower() else label, message))
    return tuple(sorted(lines, key=lambda line: names.index(line.anchor) if line.anchor else len(names)))


def _labels(parts: Sections) -> dict[str, str]:
    """What each field is called, in the order of the page."""

    def of(branches: Sequence[Branch]) -> dict[str, str]:
        return {field.name: field.legend for branch in branches for field in branch}

    texts = {name: gettext(label) for name, label in LABELS.items()}
    comment = {"comment": texts.pop("comment")}
    rated: dict[str, str] = {}
    for factor in parts.factors:
        rated |= of(factor.branches) | {f"remarks.{factor.key}": gettext(NOT_GOOD)}
    return rated | texts | of(parts.facts) | of(parts.about) | comment
