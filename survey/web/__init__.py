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
    gallery,
    headers,
    invitations,
    kiosk,
    kiosk_calls,
    kiosks,
    language,
    limits,
    points,
    offline,
    posters,
    probes,
    ranking,
    staff_admin,
    static,
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
    app.register_blueprint(kiosk_calls.blueprint)  # all of /api/v1
    for accounts in (auth, account, invitations, staff_admin):
        app.register_blueprint(accounts.blueprint)
    for staff in (dashboard, downloads, posters, points, kiosks):
        app.register_blueprint(staff.blueprint)
    for figures in (ranking, compare):
        app.register_blueprint(figures.blueprint)
    app.register_blueprint(probes.blueprint)
    demonstration.init_app(app)
    gallery.init_app(app)
