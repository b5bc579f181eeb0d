"""Settings and migrations for the databases of tests."""

from alembic import command
from alembic.config import Config

from survey.config import ROOT, Settings

SECRET = "a secret of the tests, long enough to be one"


def settings_for(url: str) -> Settings:
    """Settings on this database, with limits that no ordinary test meets."""
    return Settings(secret_key=SECRET, database_url=url, report_database_url=url, point_limit=0, ticket_limit=0)


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at `url` up to a revision."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", url)
    command.upgrade(config, revision)
