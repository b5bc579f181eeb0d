"""The pages and the API. A view does four things: who may, parse, one call, answer."""

from flask import Flask

from survey.web import (
    addresses,
    demonstration,
    errors,
    headers,
    language,
    limits,
    metrics,
    navigation,
    origins,
    parts,
    probes,
    static,
)
from survey.web.accounts import account, auth, invitations, provider, staff_admin
from survey.web.admin import kiosks, merging, plans, points, posters, procedures, units, uploads
from survey.web.auditing import pages as auditing
from survey.web.calls import openapi
from survey.web.calls import rates as rates_calls
from survey.web.citizen import board, invited, offline, privacy
from survey.web.citizen import pages as citizen
from survey.web.comments import answers as comment_answers
from survey.web.comments import pages as comments
from survey.web.comparing import pages as compare
from survey.web.figures import coverage, dashboard, downloads, heat, open_data, report_files, report_jobs, why
from survey.web.freezing import pages as freezes
from survey.web.gallery import pages as gallery
from survey.web.inspecting import pages as inspecting
from survey.web.integrity import pages as integrity
from survey.web.inviting import pages as inviting
from survey.web.kiosk import calls as kiosk_calls
from survey.web.kiosk import pages as kiosk
from survey.web.paper import forms as paper_forms
from survey.web.paper import pages as paper
from survey.web.questionnaires import drafts, preview
from survey.web.questionnaires import pages as questionnaires
from survey.web.ranking import pages as ranking
from survey.web.scorecard import pages as scorecards


def init_app(app: Flask) -> None:
    """Register every blueprint."""
    parts.init_app(app)
    language.init_app(app)
    headers.init_app(app)
    limits.init_app(app)
    errors.init_app(app)
    static.init_app(app)
    origins.init_app(app)
    addresses.init_app(app)
    navigation.init_app(app)
    app.register_blueprint(citizen.blueprint)
    app.register_blueprint(invited.blueprint)
    app.register_blueprint(board.blueprint)
    app.register_blueprint(privacy.blueprint)
    offline.init_app(app)
    app.register_blueprint(kiosk.blueprint)
    # One blueprint for all of /api/v1; each of these modules has added its calls to it.
    assert kiosk_calls.blueprint is rates_calls.blueprint is openapi.blueprint
    app.register_blueprint(kiosk_calls.blueprint)
    for accounts in (auth, account, invitations, provider, staff_admin):
        app.register_blueprint(accounts.blueprint)
    for staff in (dashboard, downloads, posters, points, kiosks, freezes, scorecards, plans, auditing, inspecting):
        app.register_blueprint(staff.blueprint)
    for said in (comments, comment_answers, integrity):
        app.register_blueprint(said.blueprint)
    for catalogue in (units, merging, procedures, uploads):
        app.register_blueprint(catalogue.blueprint)
    for figures in (ranking, compare, why, report_files, heat, coverage, report_jobs):
        app.register_blueprint(figures.blueprint)
    for entry in (paper, paper_forms, inviting):
        app.register_blueprint(entry.blueprint)
    for questionnaire in (questionnaires, drafts, preview):
        app.register_blueprint(questionnaire.blueprint)
    app.register_blueprint(probes.blueprint)
    app.register_blueprint(metrics.blueprint)
    open_data.init_app(app)
    demonstration.init_app(app)
    gallery.init_app(app)
