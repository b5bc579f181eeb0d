"""Which language a reader gets, and the links that switch it. Vietnamese comes first and is never guessed away.

Pages: `?lang` → the form's own locale → the cookie → the default language. API: `?lang` → the body's locale → the
cookie → Accept-Language → the default. A view that has read a form tells its locale to `prefer`.
"""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, g, request
from flask_babel import get_locale, refresh

from survey.config import LANGUAGES
from survey.extensions import babel
from survey.web import cookies
from survey.web.calls import bodies

COOKIE = "lang"
COOKIE_SECONDS = 365 * 24 * 3600
_PREFERRED = "preferred_language"
NATIVE_NAMES = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """This page in one language; `current` is the one that is being read."""

    code: str
    name: str
    url: str
    current: bool


def init_app(app: Flask) -> None:
    """Select the language of every request, keep a choice, and give templates `language()` and `language_links()`."""
    babel.init_app(app, locale_selector=selected)
    app.after_request(_keep_choice)
    app.add_template_global(current, "language")
    app.add_template_global(links, "language_links")


def current() -> str:
    """The language of this request, "vi" or "en"; the default one outside a request."""
    locale = get_locale()
    return locale.language if locale is not None else _default()


def prefer(code: object) -> None:
    """Go on in the language that the form at hand was written in, unless the address names one."""
    if code in LANGUAGES:
        setattr(g, _PREFERRED, code)
        refresh()


def selected() -> str:
    """The language that the request asks for, or the default."""
    stated = bodies.field("locale") if is_call() else g.get(_PREFERRED)
    chosen = (request.args.get("lang"), stated, cookies.value(COOKIE))
    found = next((code for code in chosen if code in LANGUAGES), None)
    if found is None and is_call():
        found = request.accept_languages.best_match(LANGUAGES)
    return found or _default()


def is_call() -> bool:
    """Whether the request is for the API, not for a page."""
    return request.path.startswith("/api/")


def links() -> tuple[LanguageLink, ...]:
    """This address in each language; everything else in its query string stays."""
    others = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    path = "/" + quote(request.path.lstrip("/"))  # one slash: two would name another host
    reading = current()
    return tuple(
        LanguageLink(code, NATIVE_NAMES[code], f"{path}?{urlencode([*others, ('lang', code)])}", code == reading)
        for code in LANGUAGES
    )


def _default() -> str:
    return str(current_app.config["SETTINGS"].language)


def _keep_choice(response: Response) -> Response:
    chosen = request.args.get("lang")
    if chosen in LANGUAGES and chosen != cookies.value(COOKIE) and not is_call():
        cookies.keep(response, COOKIE, chosen, COOKIE_SECONDS, "Lax")
    return response
