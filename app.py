"""The WSGI entrance: `flask run` and `gunicorn app:app` find the application here."""

from survey import create_app

app = create_app()
