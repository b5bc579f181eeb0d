"""What a citizen entered into the plain form: kept as it came, and turned into the document that a call would send.

Fields are named by the path of what they answer ("answers.A1"), so that a problem's path is also its field.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from uuid import UUID

from survey.domain.answers import asked, low_factors
from survey.domain.questionnaire import Factor, Question, Version
from survey.domain.scale import LEVELS
from survey.domain.submissions import CONTROL
from survey.queries.points import Point
from survey.web.citizen import intake

LEVEL_OF_TEXT: Mapping[str, int] = {str(level.value): level.value for level in LEVELS}
# What a text of the document is in the form, too. The point comes from the address.
PLAIN = ("ticket", "questionnaire", "locale", "procedure", "dossier", "comment", "started_at")


@dataclass(frozen=True, slots=True)
class Hidden:
    """The fields that nobody sees. The receipt is drawn with the page, so that posting twice shows the same one."""

    client_id: str
    ticket: str
    receipt: str
    started_at: str
    questionnaire: str
    locale: str

    @classmethod
    def fresh(cls, point: Point, version: Version, locale: str, now: datetime, enclosure: str = "") -> "Hidden":
        """A new ticket and receipt for one response, begun now; the enclosure is the dossier of who was invited."""
        issued = intake.new_ticket(point, now, enclosure)
        started = now.isoformat(timespec="seconds")
        return cls(str(issued.client_id), issued.ticket, intake.draw_receipt(), started, version.name, locale)

    def fields(self) -> tuple[tuple[str, str], ...]:
        """Names and values, for the form."""
        return tuple((entry.name, getattr(self, entry.name)) for entry in fields(self))


@dataclass(frozen=True, slots=True)
class Entries:
    """Fields by name, the first value of each. An empty text is an explicit "no opinion" or "no answer"."""

    values: Mapping[str, str] = field(default_factory=dict)

    def shown(self, name: str) -> str | None:
        """The value as a page can show it again, None where the field was not sent."""
        value = self.values.get(name)
        return None if value is None else CONTROL.sub("", value)

    def hidden(self) -> Hidden:
        """The hidden fields as they came."""
        return Hidden(**{entry.name: self.shown(entry.name) or "" for entry in fields(Hidden)})

    def client_id(self) -> UUID:
        """The id of the response. Raises RefusedError when it is none: nobody but the server makes one."""
        try:
            return UUID(self.values.get("client_id", ""))
        except ValueError:
            raise intake.RefusedError("ticket_invalid") from None

    def receipt(self) -> str:
        """The receipt that was drawn with the page, or another one when it was tampered with."""
        receipt = self.values.get("receipt", "")
        return receipt if intake.is_receipt(receipt) else intake.draw_receipt()

    def document(self, version: Version, point: str) -> dict[str, object]:
        """The body of DESIGN §4. What is not asked of this citizen is null, whatever a hidden field still holds."""
        facts = self._choices("facts", version.facts, {})
        answers = {
            item.key: self._level(f"answers.{item.key}") if asked(item.condition, facts) else None
            for item in version.items
        }
        low = [factor for factor in version.factors if factor.key in low_factors(version, tuple(answers.values()))]
        return {
            "point": point,
            **{name: self.values.get(name) or None for name in PLAIN},
            "answers": answers,
            "reasons": {factor.key: self._ticked(factor) for factor in low},
            "remarks": {factor.key: self.values.get(f"remarks.{factor.key}") or None for factor in low},
            "facts": _stated(facts),
            "about": _stated(self._choices("about", version.about, facts)),
            "assisted": bool(self.values.get("assisted")),
        }

    def _ticked(self, factor: Factor) -> list[str]:
        return [reason.key for reason in factor.reasons if self.values.get(f"reasons.{factor.key}.{reason.key}")]

    def _level(self, name: str) -> int | str | None:
        value = self.values.get(name)
        return LEVEL_OF_TEXT.get(value, value) if value else None

    def _choices(self, group: str, questions: Iterable[Question], facts: Mapping[str, str]) -> dict[str, str]:
        """Choices by question; "" where declined or not asked, which closes the questions that hang on it too."""
        found: dict[str, str] = {}
        for question in questions:
            value = self.values.get(f"{group}.{question.key}")
            if not asked(question.condition, {**facts, **found}):
                value = ""
            if value is not None:
                found[question.key] = value
        return found


def _stated(choices: Mapping[str, str]) -> dict[str, str | None]:
    return {key: value or None for key, value in choices.items()}
