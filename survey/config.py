"""Settings from the environment, read once and checked together. Nothing else reads the environment."""

import contextlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"
LANGUAGES = ("vi", "en")
PARTS = ("all", "citizen", "staff")  # whose pages and calls a server answers
RELEASES = ("nightly", "continuous")  # when answers become visible to staff (METHOD §6)
LEAST_RETENTION = 14  # months: small units' answers of January are pooled, and counted by year, in the next February
MINIMUM_SECRET_LENGTH = 32
MINIMUM_SECRET_VARIETY = 8  # different characters: random hexadecimal digits of that length hold 14, give or take two
# What stands in examples, so that everybody knows it; spelled without what is neither letter nor digit.
KNOWN_SECRETS = ("changeme", "changethis", "yoursecret", "mysecret", "supersecret", "notasecret", "secretkeyhere")
OWN_HOSTS = ("127.0.0.1", "localhost", "[::1]")  # probes of the same machine ask by these
_HOST = re.compile(r"\.?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.ASCII)
# Scheme and host, perhaps a port and a path below which the pages lie; it is printed, so nothing that needs escaping.
_PUBLIC_URL = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?(?:/[\w.~-]+)*/?", re.ASCII)


class ConfigError(Exception):
    """The environment cannot be used; carries every complaint at once, a line each."""

    def __init__(self, complaints: list[str]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(complaints))


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set. Durations in their named unit, limits per minute, 0 for none."""

    secret_key: str
    database_url: str
    report_database_url: str
    redis_url: str | None = None
    production: bool = False
    language: str = "vi"
    point_limit: int = 120
    ticket_limit: int = 120
    token_limit: int = 120
    ticket_days: int = 30
    shown_minimum: int = 10
    ranked_minimum: int = 30
    retention_months: int = 24
    trusted_proxies: int = 0
    hosts: tuple[str, ...] = ()
    public_url: str | None = None
    open_data: bool = False
    oidc_issuer: str | None = None
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    release: str = "continuous"
    part: str = "all"
    backup_keys: tuple[str, ...] = ()
    metrics_token: str = ""
    least_disk: int = 200

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], instance: Path = INSTANCE) -> "Settings":
        """Read and check the environment; raises ConfigError with all complaints."""
        reader = _Reader(environ)
        production = reader.choice("SURVEY_ENV", "development", ("development", "production")) == "production"
        database_url = reader.database("SURVEY_DATABASE_URL", f"sqlite:///{instance / 'survey.sqlite3'}")
        issuer, client_id, client_secret = reader.provider()
        public_url = reader.public_url("SURVEY_PUBLIC_URL")
        values = cls(
            oidc_issuer=issuer,
            oidc_client_id=client_id,
            oidc_client_secret=client_secret,
            secret_key=reader.secret("SURVEY_SECRET_KEY", production, instance),
            database_url=database_url,
            report_database_url=reader.database("SURVEY_REPORT_DATABASE_URL", database_url),
            redis_url=reader.value("SURVEY_REDIS_URL") or None,
            production=production,
            language=reader.choice("SURVEY_LANGUAGE", "vi", LANGUAGES),
            point_limit=reader.number("SURVEY_POINT_LIMIT", 120, 0),
            ticket_limit=reader.number("SURVEY_TICKET_LIMIT", 120, 0),
            token_limit=reader.number("SURVEY_TOKEN_LIMIT", 120, 0),
            ticket_days=reader.number("SURVEY_TICKET_DAYS", 30, 1),
            shown_minimum=reader.number("SURVEY_SHOWN_MINIMUM", 10, 1),
            ranked_minimum=reader.number("SURVEY_RANKED_MINIMUM", 30, 1),
            retention_months=reader.number("SURVEY_RETENTION_MONTHS", 24, LEAST_RETENTION),
            trusted_proxies=reader.number("SURVEY_TRUSTED_PROXIES", 0, 0),
            hosts=reader.hosts("SURVEY_HOSTS", public_url),
            public_url=public_url,
            release=reader.choice("SURVEY_RELEASE", "nightly" if production else "continuous", RELEASES),
            backup_keys=tuple(reader.value("SURVEY_BACKUP_KEY").split()),
            metrics_token=reader.token("SURVEY_METRICS_TOKEN"),
            least_disk=reader.number("SURVEY_LEAST_DISK", 200, 0),
            part=reader.choice("SURVEY_PART", "all", PARTS),
            # To publish is the authority's decision: in production somebody has to take it.
            open_data=reader.choice("SURVEY_OPEN_DATA", "off" if production else "on", ("on", "off")) == "on",
        )
        return values._accepted(reader.complaints)

    def _accepted(self, complaints: list[str]) -> "Settings":
        if self.ranked_minimum < self.shown_minimum:
            complaints.append("SURVEY_RANKED_MINIMUM must not be under SURVEY_SHOWN_MINIMUM")
        if complaints:
            raise ConfigError(complaints)
        return self


class _Reader:
    """Reads one variable at a time and collects what is wrong."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.complaints: list[str] = []

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.environ.get(name) or default
        if value not in choices:
            self.complaints.append(f"{name} must be one of {', '.join(choices)}, not {value!r}")
        return value

    def number(self, name: str, default: int, least: int) -> int:
        text = self.environ.get(name) or str(default)
        if not (text.isascii() and text.isdigit()) or int(text) < least:
            self.complaints.append(f"{name} must be a whole number of at least {least}, not {text!r}")
            return default
        return int(text)

    def database(self, name: str, default: str) -> str:
        url = self.value(name) or default
        for scheme in ("postgresql://", "postgres://"):
            if url.startswith(scheme):
                return "postgresql+psycopg://" + url.removeprefix(scheme)
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            self.complaints.append(f"{name} must be a sqlite:/// or postgresql:// address")
        return url

    def public_url(self, name: str) -> str | None:
        """Without a slash at its end; None where nothing is said."""
        value = self.environ.get(name) or None
        if value is not None and not _PUBLIC_URL.fullmatch(value):
            self.complaints.append(f"{name} must be an address like https://khaosat.hanoi.gov.vn, not {value!r}")
        return value and value.rstrip("/")

    def provider(self) -> tuple[str | None, str, str]:
        """Issuer, client id and secret of OpenID Connect: all of them or none."""
        issuer = self.environ.get("SURVEY_OIDC_ISSUER") or None
        client_id, client_secret = (
            self.environ.get("SURVEY_OIDC_CLIENT_ID", ""),
            self.value("SURVEY_OIDC_CLIENT_SECRET"),
        )
        if issuer is None:
            return None, "", ""
        if not (issuer.startswith("https://") or re.match(r"http://(?:127\.0\.0\.1|localhost)[:/]", issuer)):
            self.complaints.append("SURVEY_OIDC_ISSUER must be an https:// address")
        if not client_id or not client_secret:
            self.complaints.append(
                "SURVEY_OIDC_ISSUER needs SURVEY_OIDC_CLIENT_ID and SURVEY_OIDC_CLIENT_SECRET(_FILE)"
            )
        return issuer.rstrip("/"), client_id, client_secret

    def hosts(self, name: str, public_url: str | None) -> tuple[str, ...]:
        """The names under which pages are served: that of the public address, those listed, and this machine's own.

        Empty, and then every name passes, where neither is stated.
        """
        listed = [host.strip().lower() for host in (self.environ.get(name) or "").split(",") if host.strip()]
        wrong = [host for host in listed if not _HOST.fullmatch(host)]
        if wrong:
            self.complaints.append(f"{name} must be names like khaosat.hanoi.gov.vn, with commas, not {wrong[0]!r}")
        if public_url:
            address = urlsplit(public_url).netloc
            listed.append(re.sub(r":\d+$", "", address))
        return (*dict.fromkeys(listed), *OWN_HOSTS) if listed else ()

    def value(self, name: str) -> str:
        """The value, or what the file holds that NAME_FILE names: a secret need not stand in the environment."""
        value, path = self.environ.get(name, ""), self.environ.get(f"{name}_FILE")
        if not path:
            return value
        if value:
            self.complaints.append(f"{name} and {name}_FILE are both set; one of them is enough")
        try:
            return Path(path).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no text"
            self.complaints.append(f"{name}_FILE cannot be read: {reason}")
            return ""

    def token(self, name: str) -> str:
        """A secret that another program shows, empty for none."""
        value = self.value(name)
        if value and len(value) < MINIMUM_SECRET_LENGTH:
            self.complaints.append(f"{name} must hold at least {MINIMUM_SECRET_LENGTH} characters, or be empty")
        return value

    def secret(self, name: str, production: bool, instance: Path) -> str:
        """The secret; outside production one that is made and kept where none is stated."""
        value = self.value(name)
        if not value and not production and not self.complaints:
            return _kept_secret(instance / "secret-key")
        makes_one = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))' makes one"
        if len(value) < MINIMUM_SECRET_LENGTH:
            self.complaints.append(f"{name} must hold at least {MINIMUM_SECRET_LENGTH} characters; {makes_one}")
        elif production and _is_known(value):
            self.complaints.append(f"{name} is one that others know or can guess; {makes_one}")
        return value


def _is_known(secret: str) -> bool:
    """Whether a secret stands in examples, or hardly varies."""
    bare = "".join(filter(str.isalnum, secret.lower()))
    return len(set(secret)) < MINIMUM_SECRET_VARIETY or any(known in bare for known in KNOWN_SECRETS)


def _kept_secret(path: Path) -> str:
    """The development secret of this checkout: made at the first start, then kept. Two starts at once agree."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):  # another process was first: its secret is the one
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_text()
