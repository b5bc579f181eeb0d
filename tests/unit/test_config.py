"""Settings from the environment: defaults, and refusals that name every complaint at once."""

from pathlib import Path

import pytest

from survey.config import ConfigError, Settings

SECRET = "nB7q2vXw_LzR4kPt9YcJm6HsDf1GaE0u"
PRODUCTION = {"SURVEY_ENV": "production", "SURVEY_SECRET_KEY": SECRET}


def test_an_empty_environment_is_a_development_machine(tmp_path: Path) -> None:
    settings = Settings.from_environ({}, tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'survey.sqlite3'}"
    assert settings.report_database_url == settings.database_url
    assert (settings.production, settings.language, settings.point_limit) == (False, "vi", 120)
    assert (settings.shown_minimum, settings.ranked_minimum) == (10, 30)


def test_the_development_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    first, second = (Settings.from_environ({}, tmp_path).secret_key for _ in range(2))
    assert first == second
    assert len(first) >= 48
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("secret", [None, "", "short"])
def test_production_refuses_to_start_without_a_secret(tmp_path: Path, secret: str | None) -> None:
    environ = {"SURVEY_ENV": "production"} | ({} if secret is None else {"SURVEY_SECRET_KEY": secret})
    with pytest.raises(ConfigError, match="SURVEY_SECRET_KEY must hold at least 32 characters"):
        Settings.from_environ(environ, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("secret", ["s" * 48, "abcabc" * 8, "please-Change-Me_please-change-me-now", "1234567" * 6])
def test_production_refuses_a_secret_that_others_know_or_guess(tmp_path: Path, secret: str) -> None:
    with pytest.raises(ConfigError, match="SURVEY_SECRET_KEY is one that others know or can guess") as refusal:
        Settings.from_environ(PRODUCTION | {"SURVEY_SECRET_KEY": secret}, tmp_path)
    assert secret not in str(refusal.value)


@pytest.mark.parametrize("secret", [SECRET, "0f3a" * 4 + "9be2c71d5846a0ef", "dc" * 8 + "0123456789abcdef"])
def test_production_starts_with_a_secret(tmp_path: Path, secret: str) -> None:
    assert Settings.from_environ(PRODUCTION | {"SURVEY_SECRET_KEY": secret}, tmp_path).production


@pytest.mark.parametrize(
    ("name", "value", "attribute", "kept"),
    [
        ("SURVEY_SECRET_KEY", SECRET, "secret_key", SECRET),
        ("SURVEY_DATABASE_URL", "postgresql://u:p@h/d", "database_url", "postgresql+psycopg://u:p@h/d"),
        ("SURVEY_REPORT_DATABASE_URL", "postgresql://r/d", "report_database_url", "postgresql+psycopg://r/d"),
        ("SURVEY_REDIS_URL", "redis://:p@h/0", "redis_url", "redis://:p@h/0"),
    ],
)
def test_what_is_secret_may_stand_in_a_file(tmp_path: Path, name: str, value: str, attribute: str, kept: str) -> None:
    path = tmp_path / "secret"
    path.write_text(f"{value}\n")
    environ = {key: known for key, known in PRODUCTION.items() if key != name}
    assert getattr(Settings.from_environ(environ | {f"{name}_FILE": str(path)}, tmp_path), attribute) == kept
    with pytest.raises(ConfigError, match=f"{name} and {name}_FILE are both set"):
        Settings.from_environ(environ | {f"{name}_FILE": str(path), name: value}, tmp_path)
    with pytest.raises(ConfigError, match=f"{name}_FILE cannot be read: No such file") as refusal:
        Settings.from_environ(environ | {f"{name}_FILE": str(tmp_path / "none")}, tmp_path)
    assert value not in str(refusal.value)


def test_pages_are_served_under_the_names_that_are_stated(tmp_path: Path) -> None:
    def hosts(**environ: str) -> tuple[str, ...]:
        return Settings.from_environ(environ, tmp_path).hosts

    own = ("127.0.0.1", "localhost", "[::1]")
    assert hosts() == ()
    assert hosts(SURVEY_PUBLIC_URL="https://khaosat.hanoi.gov.vn:8443/x") == ("khaosat.hanoi.gov.vn", *own)
    assert hosts(SURVEY_PUBLIC_URL="http://[fd00::7]:80") == ("[fd00::7]", *own)
    listed = hosts(SURVEY_HOSTS=" Noi-bo.vn, .hanoi.gov.vn,", SURVEY_PUBLIC_URL="https://khaosat.vn")
    assert listed == ("noi-bo.vn", ".hanoi.gov.vn", "khaosat.vn", *own)
    for wrong in ("https://x.vn", "a b", "x.vn:80", "*", "hà-nội.vn"):
        with pytest.raises(ConfigError, match="SURVEY_HOSTS must be names like"):
            hosts(SURVEY_HOSTS=wrong)


@pytest.mark.parametrize("scheme", ["postgresql://", "postgres://", "postgresql+psycopg://"])
def test_a_postgresql_address_gets_its_driver(tmp_path: Path, scheme: str) -> None:
    settings = Settings.from_environ({"SURVEY_DATABASE_URL": f"{scheme}u@h/d"}, tmp_path)
    assert settings.database_url == settings.report_database_url == "postgresql+psycopg://u@h/d"


def test_reports_may_read_elsewhere(tmp_path: Path) -> None:
    environ = {"SURVEY_DATABASE_URL": "postgresql://h/d", "SURVEY_REPORT_DATABASE_URL": "postgresql://replica/d"}
    assert Settings.from_environ(environ, tmp_path).report_database_url == "postgresql+psycopg://replica/d"


def test_answers_are_kept_until_their_year_is_counted(tmp_path: Path) -> None:
    assert Settings.from_environ({"SURVEY_RETENTION_MONTHS": "14"}, tmp_path).retention_months == 14
    with pytest.raises(ConfigError, match="SURVEY_RETENTION_MONTHS must be a whole number of at least 14"):
        Settings.from_environ({"SURVEY_RETENTION_MONTHS": "13"}, tmp_path)


def test_every_complaint_comes_at_once(tmp_path: Path) -> None:
    environ = {
        "SURVEY_ENV": "live",
        "SURVEY_DATABASE_URL": "mysql://h/d",
        "SURVEY_LANGUAGE": "fr",
        "SURVEY_POINT_LIMIT": "-1",
        "SURVEY_SHOWN_MINIMUM": "٣",
        "SURVEY_RANKED_MINIMUM": "5",
    }
    with pytest.raises(ConfigError) as refusal:
        Settings.from_environ(environ, tmp_path)
    text = str(refusal.value)
    for name in environ:
        assert name in text


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("https://khaosat.hanoi.gov.vn", "https://khaosat.hanoi.gov.vn"),
        ("http://10.0.0.7:8080/", "http://10.0.0.7:8080"),
        ("https://hanoi.gov.vn/khao-sat/", "https://hanoi.gov.vn/khao-sat"),
        ("http://[::1]:5000", "http://[::1]:5000"),
    ],
)
def test_the_public_address_is_kept_without_its_last_slash(tmp_path: Path, value: str, kept: str) -> None:
    assert Settings.from_environ({"SURVEY_PUBLIC_URL": value}, tmp_path).public_url == kept


@pytest.mark.parametrize(
    "value",
    [
        "khaosat.hanoi.gov.vn",
        "ftp://hanoi.gov.vn",
        "https://",
        "https://u:p@hanoi.gov.vn",
        "https://hanoi.gov.vn?x",
        "https://hà-nội.vn",
        "https://hanoi.gov.vn/a b",
    ],
)
def test_another_public_address_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(ConfigError, match="SURVEY_PUBLIC_URL must be an address like"):
        Settings.from_environ({"SURVEY_PUBLIC_URL": value}, tmp_path)
