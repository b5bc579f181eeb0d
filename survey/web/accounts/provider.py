"""/staff/sign-in/provider: sign-in by OpenID Connect, where it is configured.

The provider stands for the password only: accounts and roles are made here, and an authenticator that is needed is
still asked for. Authlib makes state, nonce and PKCE, and checks the token's signature; it is imported nowhere else.
"""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from survey.config import Settings
from survey.domain.accounts import normal_email
from survey.extensions import reading, writing
from survey.queries import staff as queries
from survey.queries.staff import Credentials
from survey.services import staff
from survey.web import access, clock
from survey.web.accounts.auth import Page, go_on, safe_next
from survey.web.admin import posters
from survey.web.forms import SignInForm

blueprint = Blueprint("provider", __name__, url_prefix="/staff/sign-in/provider")
ALGORITHMS = (
    "RS256",
    "PS256",
    "ES256",
    "EdDSA",
)  # signed with the provider's own key; never "none", never a shared one
WANTED, TIMEOUT = "provider_next", 10  # seconds


class UnusableError(Exception):
    """The provider did not answer, or its answer does not hold."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider vouches for; the address only where the provider has verified it."""

    issuer: str
    subject: str
    email: str | None


@blueprint.get("")
@access.public
def start() -> Page:
    """To the provider, and back to the page that was wanted."""
    if not offered():
        abort(404)
    session[WANTED] = safe_next(request.args.get("next"))
    again = {"prompt": "login"} if current_user.is_authenticated else {}  # a fresh proof before a dangerous act
    try:
        answer: Page = _client().authorize_redirect(posters.public_url() + url_for(".back"), **again)
    except UnusableError:
        return _refusal(_("Không liên lạc được với nơi đăng nhập của cơ quan. Hãy thử lại sau ít phút."))
    return answer


@blueprint.get("/back")
@access.public
def back() -> Page:
    """From the provider: only whom we know gets in, whatever it vouches for."""
    if not offered():
        abort(404)
    wanted = safe_next(session.pop(WANTED, None))
    try:
        known = _account(_identity())
    except UnusableError:
        return _refusal(_("Đăng nhập qua cơ quan không thành công. Hãy thử lại."))
    if known is None or access.refused(known.email):
        return _refusal(_("Chưa có tài khoản nào cho người này. Hãy hỏi quản trị viên của cơ quan."))
    return go_on(known, wanted)


@blueprint.app_template_global("provider_offered")
def offered() -> bool:
    """Whether a provider is configured."""
    return _settings().oidc_issuer is not None


def _account(identity: Identity) -> Credentials | None:
    """The account that is bound to this person; else, and bound from now on, the one with the verified address."""
    with reading() as snapshot:
        known = queries.credentials_of_subject(snapshot, identity.issuer, identity.subject)
        if known is not None or identity.email is None:
            return known
        known = queries.credentials(snapshot, identity.email)
        if known is None or queries.is_bound(snapshot, known.id):
            return None
    with writing() as transaction:
        staff.link_identity(transaction, known.id, known.email, identity.issuer, identity.subject, clock.now())
    return known


def _identity() -> Identity:
    """What the provider says, checked: state, code, signature, issuer, audience, nonce, times."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError
    from requests import RequestException

    settings = _settings()
    options = {
        "iss": {"essential": True, "values": [settings.oidc_issuer]},
        "aud": {"essential": True, "values": [settings.oidc_client_id]},
    }
    try:
        claims = _client().authorize_access_token(claims_options=options)["userinfo"]
        subject, email = str(claims["sub"]), claims.get("email")
    except (AuthlibBaseError, JoseError, RequestException, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise UnusableError from error
    verified = email is not None and claims.get("email_verified") is True
    return Identity(settings.oidc_issuer or "", subject, normal_email(str(email)) if verified else None)


def _client() -> Any:
    """Authlib's client, made at the first use; the provider's document is read then. Raises UnusableError."""
    from requests import RequestException

    client = current_app.extensions.get("provider") or _made()
    current_app.extensions["provider"] = client
    try:
        metadata = client.load_server_metadata()
    except (RequestException, ValueError) as error:
        raise UnusableError from error
    if metadata.get("issuer") != _settings().oidc_issuer:
        raise UnusableError
    metadata["id_token_signing_alg_values_supported"] = list(ALGORITHMS)
    return client


def _made() -> Any:
    from authlib.integrations.flask_client import OAuth

    settings = _settings()
    return OAuth(current_app).register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": TIMEOUT},
    )


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _refusal(complaint: str) -> tuple[str, int]:
    return render_template("staff/sign_in.html", form=SignInForm(), complaint=complaint), 403
