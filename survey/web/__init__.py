"""The pages and the API. A view does four things: who may, parse, one call, answer."""

from flask import Flask

from survey.web import (
    account,
    auth,
    citizen,
    compare,
    dashboard,
    demonstration,
    downloads,
    errors,
    freezes,
    gallery,
    headers,
    heat,
    invitations,
    kiosk,
    kiosk_calls,
    kiosks,
    language,
    limits,
    offline,
    open_data,
    openapi,
    plans,
    points,
    posters,
    probes,
    provider,
    ranking,
    rates_calls,
    report_files,
    scorecards,
    staff_admin,
    static,
    why,
)


def init_app(app: Flask) -> None:
    """Register every blueprint."""
    language.init_app(app)
    headers.init_app(app)
    limits.init_app(app)
    errors.init_app(app)
    static.init_app(app)
    app.register_blueprint(citizen.blueprint)
    offline.init_app(app)
    app.register_blueprint(kiosk.blueprint)
    # One blueprint for all of /api/v1; each of these modules has added its calls to it.
    assert kiosk_calls.blueprint is rates_calls.blueprint is openapi.blueprint
    app.register_blueprint(kiosk_calls.blueprint)
    for accounts in (auth, account, invitations, provider, staff_admin):
        app.register_blueprint(accounts.blueprint)
    for staff in (dashboard, downloads, posters, points, kiosks, freezes, scorecards, plans):
        app.register_blueprint(staff.blueprint)
    for figures in (ranking, compare, why, report_files, heat):
        app.register_blueprint(figures.blueprint)
    app.register_blueprint(probes.blueprint)
    open_data.init_app(app)
    demonstration.init_app(app)
    gallery.init_app(app)
