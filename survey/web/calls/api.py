"""The public calls: a ticket, a response, a questionnaire, the units (DESIGN §4)."""

from uuid import UUID

from flask import Blueprint, Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.domain.problems import InvalidError, Problem
from survey.extensions import csrf, reading
from survey.queries import catalogue, points, questionnaires
from survey.queries.points import Point
from survey.services.responses import ConflictError, Outcome
from survey.web import clock
from survey.web.access import public
from survey.web.calls import bodies, invitations
from survey.web.calls.problems import problem_response
from survey.web.citizen import intake
from survey.web.citizen.intake import RefusedError
from survey.web.kiosk import devices
from survey.web.limits import per_point, per_ticket
from survey.wording.problems import CONFLICT, REFUSALS

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
# No call of staff or citizens is authorised by a cookie. A kiosk's is SameSite=Strict, and what it sends is a PUT or
# JSON: another site can send neither without asking first, and nobody answers its question.
csrf.exempt(blueprint)


@blueprint.post("/tickets")
@public
@per_point
def create_ticket() -> ResponseReturnValue:
    """A client id and its ticket for one response at a point.

    With `client_id` and its old `ticket`: a fresh ticket for that id, for an answer that waited longer than the old.
    With the token of an `invitation`: one that counts as invited, at the invitation's point.
    """
    bodies.document()
    token = bodies.field("invitation")
    invitation = None if token is None else invitations.opened(token, clock.today())
    code = bodies.field("point") if invitation is None else invitation.point
    if code is None:
        raise InvalidError([Problem("point", "field_missing")])
    with reading() as session:
        point = points.by_code(session, code)
        version = None if point is None else questionnaires.latest(session, point.questionnaire_key)
    if point is None or version is None:
        raise InvalidError([Problem("point", "point_unknown", {"given": code[:40]})])
    issued = _issued(point, "" if invitation is None else invitation.enclosure)
    return {
        "client_id": str(issued.client_id),
        "ticket": issued.ticket,
        "questionnaire": version.name,
        "expires_at": issued.expires_at.isoformat(timespec="seconds"),
    }, 201


def _issued(point: Point, enclosure: str) -> intake.Issued:
    client_id, ticket = bodies.field("client_id"), bodies.field("ticket")
    if client_id is None:
        if not point.unit.is_open(clock.today()):
            raise InvalidError([Problem("point", "unit_closed", {"unit": point.unit.name})])
        return intake.new_ticket(point, clock.now(), enclosure)
    try:
        return intake.renewed_ticket(ticket or "", UUID(client_id), point, clock.now())
    except ValueError:
        raise RefusedError("ticket_invalid") from None


@blueprint.put("/responses/<uuid:client_id>")
@public
@per_point
@per_ticket
def put_response(client_id: UUID) -> ResponseReturnValue:
    """Take one response: 201 the first time, 200 for the same again."""
    outcome = intake.receive(bodies.document(), client_id, clock.now(), devices.secret())
    status = 201 if outcome is Outcome.ACCEPTED else 200
    return {"status": outcome.value, "receipt": intake.draw_receipt()}, status


@blueprint.get("/questionnaires/<key>")
@public
def show_questionnaire(key: str) -> ResponseReturnValue:
    """A published questionnaire with both languages, by name (sipas-2024@1) or the newest by key."""
    with reading() as session:
        version = questionnaires.by_name(session, key) if "@" in key else questionnaires.latest(session, key)
        content = None if version is None else questionnaires.content(session, version)
    if version is None or content is None:
        return problem_response(404, "questionnaire_unknown")
    response = make_response(f'{{"questionnaire":"{version.name}","sha256":"{version.sha256}","content":{content}}}')
    response.content_type = "application/json"
    response.set_etag(version.sha256)
    response.cache_control.max_age = 300
    return response.make_conditional(request)


@blueprint.get("/units")
@public
def list_units() -> ResponseReturnValue:
    """The units, all of them or those that a search finds: ?q=cau giay."""
    text = request.args.get("q", "")
    with reading() as session:
        every = catalogue.units(session)
        found = catalogue.search_units(session, text, clock.today()) if text else every
    codes = {unit.id: unit.code for unit in every}
    return jsonify(
        units=[
            {
                "code": unit.code,
                "name": unit.name,
                "kind": unit.kind.value,
                "parent": codes[unit.path[-2]] if len(unit.path) > 1 else None,
                "valid_from": unit.valid_from and unit.valid_from.isoformat(),
                "valid_to": unit.valid_to and unit.valid_to.isoformat(),
            }
            for unit in found
        ]
    )


@blueprint.errorhandler(InvalidError)
def _invalid(error: InvalidError) -> Response:
    return problem_response(422, "invalid", problems=error.problems)


@blueprint.errorhandler(RefusedError)
def _refused(error: RefusedError) -> Response:
    return problem_response(403, error.code, gettext(REFUSALS[error.code]))


@blueprint.errorhandler(ConflictError)
def _conflict(error: ConflictError) -> Response:
    return problem_response(409, "conflict", gettext(CONFLICT))
