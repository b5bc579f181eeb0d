"""The page that a paired kiosk keeps for weeks: the questionnaire in both languages, and the settings of its point.

It is the same for everybody at the kiosk and holds no ticket and no token, so that a service worker may keep it.
"""

from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template, url_for
from flask_babel import force_locale, gettext
from markupsafe import Markup

from survey.config import LANGUAGES
from survey.domain import opening
from survey.domain.opening import Week
from survey.extensions import reading
from survey.queries import kiosks
from survey.queries.catalogue import Procedure
from survey.queries.kiosks import Device
from survey.web import language
from survey.web.citizen import finder, sections, survey_page
from survey.web.citizen.entries import Entries
from survey.web.citizen.survey_page import SurveyPage
from survey.web.static import RELEASE
from survey.wording import kiosks as words

IDLE_SECONDS, WARNING_SECONDS = 45, 15  # DESIGN §7
HEARTBEAT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class KioskPage:
    """A device with the questionnaire of its point. `offered` are the procedures to choose from before the first
    question; with none, nobody is asked.
    """

    device: Device
    page: SurveyPage
    week: Week
    offered: tuple[Procedure, ...]

    @property
    def config(self) -> dict[str, Any]:
        """The settings as JSON. `pin` goes straight into WebCrypto: PBKDF2 over the digits as UTF-8, 256 bits."""
        point = self.page.point
        return {
            "point": point.code,
            "label": point.label,
            "unit": {"code": point.unit.code, "name": point.unit.name},
            "questionnaire": self.page.version.name,
            "procedures": [
                {"name": name, "procedures": [{"code": one.code, "name": one.name} for one in procedures]}
                for name, procedures in finder.by_domain(self.offered)
            ],
            "idle": {"after": IDLE_SECONDS, "warning": WARNING_SECONDS},
            "hours": opening.as_table(self.week),
            "pin": self.device.pin.as_table(),
            "heartbeat_seconds": HEARTBEAT_SECONDS,
            "version": release(),
            "urls": {
                "responses": "/api/v1/responses/",
                "heartbeat": url_for("api.heartbeat"),
                "settings": url_for("api.kiosk_settings"),
                "page": url_for("kiosk.run"),
            },
        }

    @property
    def reasons(self) -> dict[str, str]:
        """Why an answer can have been set aside, by code, in the language of now."""
        return words.asides(gettext)

    def render(self) -> str:
        """The page, with every screen once a language."""
        return render_template(
            "kiosk/run.html", page=self.page, kiosk=self, screens=[self._screens(code) for code in LANGUAGES]
        )

    def _screens(self, code: str) -> Markup:
        with force_locale(code):
            return Markup(  # noqa: S704 — our own template's output, escaped there
                render_template(
                    "kiosk/screens.html",
                    page=self.page,
                    kiosk=self,
                    parts=sections.of_version(self.page.version, language.current(), gettext),
                    domains=finder.by_domain(self.page.procedures),
                    entries=Entries(),
                    wrong={},
                    complaints=(),
                    notice="",
                )
            )


def load(device: Device) -> KioskPage:
    """The page of a device. Raises UnknownPointError or ClosedError as a citizen's page does."""
    with reading() as session:
        code = kiosks.point_code(session, device.point_id)
        week = kiosks.hours(session, [device.point_id])[device.point_id]
        offered = kiosks.procedures(session, device.point_id)
    page = survey_page.load(code)
    return KioskPage(device, page, week, tuple(one for one in page.procedures if one.code in offered))


def release() -> str:
    """The release of pages and scripts that this server has."""
    found: str = current_app.extensions[RELEASE]
    return found
