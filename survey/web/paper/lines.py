"""A batch and its forms as lines of pages: what is done, what comes next, and where two entries differ, in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext

from survey.domain.paper import ASSISTED, VOID, Entry, Keyed, Standing, Turn, differing, facts
from survey.domain.questionnaire import Version
from survey.extensions import reading
from survey.queries.paper import Batch
from survey.services import paper_forms
from survey.web.citizen import sections
from survey.web.citizen.sections import Choice, Field, Sections
from survey.web.language import current
from survey.wording import N_, Translate
from survey.wording.paper import STANDINGS, TURNS

translate: Translate = gettext
VOID_LABEL, ASSISTED_LABEL = N_("Phiếu bỏ trống hoặc không đọc được"), N_("Có người giúp trả lời")
LABELS = {"procedure": N_("Thủ tục"), "dossier": N_("Mã hồ sơ"), "comment": N_("Góp ý thêm")}
OTHER = N_("%(factor)s: điều khác chưa tốt")
REASON = N_("%(factor)s chưa tốt: %(reason)s")
TICKED, NOT_TICKED, NOTHING = N_("có đánh dấu"), N_("không đánh dấu"), N_("để trống")


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form of a batch: how far it has come, and in which turns the reader may correct what they keyed."""

    place: int
    standing: Standing
    words: str
    mine: tuple[Turn, ...]
    differences: int


@dataclass(frozen=True, slots=True)
class TurnLine:
    """One turn: how many forms are keyed, and which comes next; None when all are."""

    turn: Turn
    words: str
    done: int
    next_place: int | None


@dataclass(frozen=True, slots=True)
class BatchView:
    """What the page of a batch says of its forms."""

    forms: tuple[FormLine, ...]
    turns: tuple[TurnLine, ...]
    differing: tuple[FormLine, ...]
    ready: bool
    filled: int
    void: int


@dataclass(frozen=True, slots=True)
class Row:
    """A field in which two entries differ. `kind` is choice, text, long or tick."""

    name: str
    label: str
    kind: str
    first: str
    second: str
    field: Field | None = None
    value: str = ""


def view(batch: Batch, staff_id: int, key: str) -> BatchView:
    """A batch under way with its forms; of an accepted one nothing is kept."""
    with reading() as session:
        keyed = paper_forms.keyed(session, batch.id, key)
    found = tuple(_line(form, staff_id) for form in keyed)
    results = [form.result for form in keyed if form.result is not None]
    void = sum(VOID in result for result in results)
    return BatchView(
        forms=found,
        turns=tuple(_turn(turn, keyed) for turn in Turn),
        differing=tuple(line for line in found if line.standing is Standing.DIFFERS),
        ready=bool(found) and all(line.standing is Standing.AGREED for line in found),
        filled=len(results) - void,
        void=void,
    )


def next_place(missing: Sequence[int], after: int = 0) -> int | None:
    """Which of the forms that are missing comes next: those behind `after` first; None when none is."""
    return next((place for place in missing if place > after), missing[0] if missing else None)


def rows(version: Version, first: Entry, second: Entry) -> tuple[Row, ...]:
    """The fields in which the two differ, in the order of the form, with what was keyed each time in words."""
    names = differing(first, second)
    known = _fields(version)
    order = [*known, *(name for name in names if name not in known)]
    return tuple(_row(name, known.get(name), first, second) for name in order if name in names)


def parts(version: Version) -> Sections:
    """The questionnaire in the reader's language, as paper asks it."""
    found, known = sections.of_version(version, current(), gettext), {f"facts.{one.key}" for one in facts(version)}
    return replace(found, facts=tuple(branch for branch in found.facts if branch[0].name in known))


def _line(form: Keyed, staff_id: int) -> FormLine:
    mine = tuple(turn for turn in Turn if form.of(turn) is not None and form.author(turn) == staff_id)
    differs = form.first is not None and form.second is not None
    count = len(differing(form.first or {}, form.second or {})) if differs else 0
    return FormLine(form.place, form.standing, translate(STANDINGS[form.standing]), mine, count)


def _turn(turn: Turn, keyed: tuple[Keyed, ...]) -> TurnLine:
    missing = [form.place for form in keyed if form.of(turn) is None]
    return TurnLine(turn, translate(TURNS[turn]), len(keyed) - len(missing), next_place(missing))


def _fields(version: Version) -> dict[str, tuple[str, str, Field | None]]:
    """Label, kind and choices of every field, in the order of the form."""
    shown = parts(version)
    found: dict[str, tuple[str, str, Field | None]] = {}
    for factor in shown.factors:
        found |= {field.name: (field.legend, "choice", field) for branch in factor.branches for field in branch}
        for reason in factor.reasons:
            label = translate(REASON, factor=factor.title, reason=reason.text)
            found[f"reasons.{factor.key}.{reason.value}"] = (label, "tick", None)
        found[f"remarks.{factor.key}"] = (translate(OTHER, factor=factor.title), "long", None)
    found |= {name: (translate(LABELS[name]), "text", None) for name in ("procedure", "dossier")}
    for branches in (shown.facts, shown.about):
        found |= {field.name: (field.legend, "choice", field) for branch in branches for field in branch}
    found["comment"] = (translate(LABELS["comment"]), "long", None)
    return found | {ASSISTED: (translate(ASSISTED_LABEL), "tick", None), VOID: (translate(VOID_LABEL), "tick", None)}


def _row(name: str, known: tuple[str, str, Field | None] | None, first: Entry, second: Entry) -> Row:
    label, kind, field = known or (name, "text", None)
    texts = [_said(entry.get(name), kind, field) for entry in (first, second)]
    longer = max((entry.get(name, "") for entry in (first, second)), key=len)
    return Row(name, label, kind, texts[0], texts[1], field, "" if kind in ("choice", "tick") else longer)


def _said(value: str | None, kind: str, field: Field | None) -> str:
    if kind == "tick":
        return translate(TICKED if value else NOT_TICKED)
    if value is None:
        return translate(NOTHING)
    if field is None:
        return value
    choices = (*field.choices, Choice("", field.declining))
    return next((choice.text for choice in choices if choice.value == value), value)
