"""The proof of an invitation in a call: the token of a link, in exchange for a ticket that encloses its dossier."""

from dataclasses import dataclass
from datetime import date

from survey.domain.invitations import Standing
from survey.domain.problems import InvalidError, Problem
from survey.web.citizen import invited
from survey.web.citizen.invited import NotOpenError

PATH = "invitation"
CODES = {Standing.EARLY: "invitation_early", Standing.OVER: "invitation_over"}


@dataclass(frozen=True, slots=True)
class Invitation:
    """The point of an invitation that is open, and the dossier as a ticket encloses it."""

    point: str
    enclosure: str


def opened(token: str, today: date) -> Invitation:
    """What the token stands for. Raises InvalidError: invitation_unknown, invitation_early, invitation_over."""
    try:
        found = invited.found(token)
        standing = found.draw.standing(today)
        if standing is not Standing.OPEN:
            raise NotOpenError(found, standing)
        return Invitation(found.draw.point_code, invited.enclosure(found, token))
    except NotOpenError as error:
        code = "invitation_unknown" if error.why is None else CODES[error.why]
        raise InvalidError([Problem(PATH, code)]) from None
