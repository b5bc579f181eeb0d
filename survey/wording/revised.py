"""How a page or file says that decisions on flagged answers changed figures which were told before."""

from survey.domain.disclosure.shifts import Revision
from survey.domain.periods import Month, local_day
from survey.wording import N_, Translate, numbers

NAME = N_("Lần sửa")
REVISED = N_("Lần sửa %(number)s, ngày %(day)s: theo quyết định về phiếu có cảnh báo, số liệu %(months)s đã đổi.")


def sentence(revision: Revision, translate: Translate) -> str:
    """Its number, the day of its release in Vietnam, and the months that the last one changed."""
    first, last = Month.of(revision.span.start), Month.of(revision.span.end)
    months = numbers.month(first) if first == last else f"{numbers.month(first)} – {numbers.month(last)}"
    return translate(REVISED, number=revision.number, day=numbers.day(local_day(revision.at)), months=months)
