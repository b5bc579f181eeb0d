"""GET /api/v1/rates: the figures of pages and files, for programs. The same query, the same disclosure, in pages."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from survey.domain.audit import Action
from survey.domain.figures import Figure
from survey.domain.periods import Month
from survey.domain.problems import Problem
from survey.extensions import writing
from survey.services import audit
from survey.web import access, clock
from survey.web.calls import bearers
from survey.web.calls.api import blueprint
from survey.web.calls.problems import problem_response
from survey.web.figures.figures import Download, NothingPublishedError
from survey.web.freezing import frozen_figures
from survey.web.language import current
from survey.wording import Translate
from survey.wording.filters import PROBLEMS

__all__ = ["blueprint"]  # of the API, with this call in it

PARAMETERS = (
    "unit",
    "from",
    "to",
    "questionnaire",
    "channel",
    "procedure",
    "flagged",
    "by",
    "frozen",
    "limit",
    "cursor",
    "lang",
)
USUAL_PAGE, LONGEST_PAGE = 100, 500  # rows
SALT = "rates cursor"


@dataclass(frozen=True, slots=True)
class Slice:
    """Which rows a call asks for. `stand` is the fingerprint of the rows that the call before gave, "" at first."""

    offset: int
    limit: int
    stand: str


class StaleError(Exception):
    """The figures are others than those of the page before: whoever reads them must start again."""


class RefusedError(Exception):
    """Parameters that cannot be used."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(problem.code for problem in problems))


@blueprint.get("/rates")
@bearers.needed
def list_rates() -> ResponseReturnValue:
    """Figures, a page at a time."""
    wanted = _slice(request.args)
    found = frozen_figures.download(request.args)
    if found.filters.complaints:
        raise RefusedError(list(found.filters.complaints))
    rows = [_row(figure) for figure in found.figures]
    stand = _fingerprint([_about(found), rows])
    if wanted.stand not in ("", stand):
        raise StaleError
    if not wanted.offset:
        _record(found)
    end = wanted.offset + wanted.limit
    following = _cursor(end, stand) if end < len(rows) else None
    return jsonify({**_about(found), "total": len(rows), "rates": rows[wanted.offset : end], "next": following})


def _record(found: Download) -> None:
    """Note whose program reads what, once for all pages of an answer."""
    member, detail = access.me(), {"unit": found.unit.code, **found.filters.query(by=found.filters.by)}
    with writing() as session:
        audit.record(session, clock.now(), member.email, Action.RATES_CALLED, member.name, detail)


@blueprint.errorhandler(RefusedError)
def _refused(error: RefusedError) -> Response:
    return problem_response(422, "parameters", problems=error.problems, say=say)


@blueprint.errorhandler(StaleError)
def _stale(error: StaleError) -> Response:
    return problem_response(409, "cursor_stale")


@blueprint.errorhandler(NothingPublishedError)
def _nothing(error: NothingPublishedError) -> Response:
    return problem_response(404, "nothing_published")


def say(problem: Problem, translate: Translate) -> str:
    """What is wrong with a parameter."""
    return translate(PROBLEMS[problem.code], **problem.values)


def _about(found: Download) -> dict[str, Any]:
    """What all rows of the answer have in common."""
    selection = found.filters.selection
    return {
        "unit": found.unit.code,
        "questionnaire": selection.version.name,
        "from": str(Month.of(selection.period.start)),
        "to": str(Month.of(selection.period.end)),
        "channel": selection.channel and selection.channel.value,
        "procedure": selection.procedure,
        "flagged": selection.flagged,
        "by": found.filters.by and found.filters.by.value,
        "standing": frozen_figures.described(found),
    }


def _row(figure: Figure) -> dict[str, Any]:
    """A figure under the names of the files' columns; withheld numbers are null and `notes` says why."""
    shown = figure.shown
    counts = shown.counts or (None,) * 5
    return {
        "unit_code": figure.unit.code,
        "unit_name": figure.unit.name,
        "questionnaire": figure.questionnaire,
        "scope": figure.scope.value,
        "key": figure.key if figure.month is None else str(figure.month),
        "label": figure.label and figure.label.get(current()),
        "respondents": shown.respondents,
        "answers": shown.answers,
        **{f"c{level}": count for level, count in enumerate(counts, 1)},
        **{name: _number(getattr(shown, name)) for name in ("rate", "low", "high", "target")},
        "verdict": shown.verdict and shown.verdict.value,
        "notes": [note.value for note in shown.notes],
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _slice(args: Mapping[str, str]) -> Slice:
    """The page that is asked for. Raises RefusedError for a bad limit or cursor, and for parameters that none knows."""
    problems = [Problem(name[:60], "parameter_unknown", {"text": name[:60]}) for name in args if name not in PARAMETERS]
    text = args.get("limit", str(USUAL_PAGE))
    limit = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0
    if not 1 <= limit <= LONGEST_PAGE:
        problems.append(Problem("limit", "limit_invalid", {"most": LONGEST_PAGE}))
    offset, stand = 0, ""
    if "cursor" in args:
        try:
            query, offset, stand = _serializer().loads(args["cursor"])
        except (BadSignature, TypeError, ValueError):
            query = None
        if query != _query(args):
            problems.append(Problem("cursor", "cursor_invalid"))
    if problems:
        raise RefusedError(problems)
    return Slice(offset, limit, stand)


def _cursor(offset: int, stand: str) -> str:
    """Where the next page begins, signed, and good only for the same question."""
    signed: str = _serializer().dumps([_query(request.args), offset, stand])
    return signed


def _query(args: Mapping[str, str]) -> str:
    """What was asked, but for the page: whoever reads on may ask for longer pages, not for other figures."""
    return _fingerprint(sorted((key, value) for key, value in args.items() if key not in ("cursor", "limit")))


def _fingerprint(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], SALT, signer_kwargs={"digest_method": hashlib.sha256})
