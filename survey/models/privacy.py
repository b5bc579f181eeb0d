"""What every column holds of persons. A new table or column says it here, or a test fails: nothing slips in."""

from collections.abc import Mapping

from survey.domain.privacy import NOTHING, Holding, Kept, What, Whose
from survey.models.responses import SLOT_COLUMNS

Columns = Mapping[str, Holding]


def _citizen(what: What, kept: Kept = Kept.RETENTION) -> Holding:
    return Holding(Whose.CITIZEN, what, kept)


def _staff(what: What, kept: Kept) -> Holding:
    return Holding(Whose.STAFF, what, kept)


def _each(names: str, holding: Holding) -> dict[str, Holding]:
    return dict.fromkeys(names.split(), holding)


_ACTOR = _staff(What.ACTS, Kept.ALWAYS)
_PROOF = _staff(What.PROOF, Kept.ACCOUNT)
_SITTING = _staff(What.SITTING, Kept.EXPIRY)
_ACCOUNT = _staff(What.ACCOUNT, Kept.ACCOUNT)

# Tables of which no row is about a person: counts, the catalogue, machines. The value names columns of free text in
# which somebody could write of one, with what they are meant for; nobody looks there for people.
OF_NOBODY: dict[str, str] = {
    "audit_head": "",
    "comment_batch": "",
    "demonstration": "",
    "device": "",
    "figure_revision": "",
    "handled": "",
    "indicator": "",
    "integrity_figure": "",
    "lot_content": "",
    "open_data_file": "",
    "opening": "",
    "pairing": "",
    "point": "label",
    "point_procedure": "",
    "procedure": "name domain_name",
    "questionnaire": "content",
    "released": "",
    "released_part": "",
    "tally": "",
    "target": "name",
    "unit": "name",
    "unit_successor": "",
}

OF_PERSONS: dict[str, Columns] = {
    "response": {
        **_each("unit_id procedure questionnaire_id point_id channel assisted", _citizen(What.PLACE)),
        **_each("client_id body_hash", _citizen(What.NUMBER)),
        **_each("day", _citizen(What.DAY)),
        **_each("received_at duration", _citizen(What.MOMENT)),
        **_each("facts", _citizen(What.FACTS)),
        **_each("about", _citizen(What.ABOUT)),
        **_each("reasons", _citizen(What.ANSWERS)),
        **dict.fromkeys(SLOT_COLUMNS, _citizen(What.ANSWERS)),
        **_each("flags quarantined counted lot shift", _citizen(What.CHECKS)),
        **_each("dossier_hash", _citizen(What.DOSSIER)),
    },
    "pending": {
        **_each("unit_id client_id", _citizen(What.NUMBER, Kept.COUNTED)),
        **_each("day", _citizen(What.DAY, Kept.COUNTED)),
    },
    "comment": {
        **_each("unit_id client_id", _citizen(What.NUMBER, Kept.BATCH)),
        **_each("masked", _citizen(What.COMMENT, Kept.BATCH)),
    },
    "batch_comment": {**_each("batch_id position theme_id", NOTHING), **_each("masked", _citizen(What.COMMENT))},
    "dossier_key": {**_each("year", NOTHING), **_each("key", _citizen(What.DOSSIER_KEY, Kept.FREEZE))},
    "comment_theme": {
        **_each("id batch_id name note published answered_at", NOTHING),
        **_each("answered_by", _ACTOR),
    },
    "frozen_period": {
        **_each("id unit_id questionnaire_id period number figures sha256 frozen_at", NOTHING),
        **_each("frozen_by", _ACTOR),
    },
    "invitation_draw": {
        **_each("id unit_id point_id way seed population drawn first last opens expires made_at revoked_at", NOTHING),
        **_each("made_by revoked_by", _ACTOR),
    },
    "invitation": {
        **_each("unit_id draw_id", NOTHING),
        **_each("token_hash procedure dossier_hash sealed", _citizen(What.INVITATION, Kept.LINK)),
    },
    "merger": {**_each("id first_day successor content at undone_at", NOTHING), **_each("by", _ACTOR)},
    "paper_batch": {
        **_each("id point_id questionnaire_id number day forms opened_at accepted_at accepted", NOTHING),
        **_each("opened_by", _ACTOR),
    },
    "paper_form": {
        **_each("batch_id place", NOTHING),
        **_each("first second settled", _citizen(What.PAPER, Kept.KEYED)),
        **_each("first_by second_by", _staff(What.ACTS, Kept.KEYED)),
    },
    "quarantine": {
        **_each("id unit_id point_id flag first last answers decided_at released_at", NOTHING),
        **_each("reason release_reason decided_by released_by", _ACTOR),
    },
    "audit_event": {
        **_each("id previous_hash hash unit", NOTHING),
        **_each("at actor action subject detail", _ACTOR),
    },
    "staff": {
        **_each("id email name disabled_at issuer subject", _ACCOUNT),
        **_each("password_hash totp_secret totp_step", _PROOF),
    },
    "recovery_code": {**_each("id", NOTHING), **_each("staff_id code_hash", _PROOF)},
    "staff_session": _each("token_hash staff_id created_at expires_at proved_at browser", _SITTING),
    "staff_link": _each("token_hash staff_id purpose expires_at", _SITTING),
    "known_browser": _each("token_hash staff_id expires_at", _SITTING),
    "sign_in_failure": _each("key failures last_at", _staff(What.FAILURES, Kept.MONTH)),
    "grant": {**_each("id", NOTHING), **_each("staff_id unit_id role", _staff(What.RIGHTS, Kept.ACCOUNT))},
    "api_token": {
        **_each("id token_hash unit_id created_at expires_at revoked_at", NOTHING),
        **_each("name staff_id", _staff(What.RIGHTS, Kept.ALWAYS)),
    },
    "report_job": {
        **_each("id state complaint done total told_at", NOTHING),
        **_each("staff_id name again started_at content", _staff(What.UPLOADS, Kept.EXPIRY)),
    },
    "upload": {
        **_each("id kind options", NOTHING),
        **_each("staff_id name content expires_at", _staff(What.UPLOADS, Kept.EXPIRY)),
    },
}
