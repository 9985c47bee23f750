"""Settings: read from the environment once, fail loudly when one is wrong.

Every setting that an installation may change is listed in docs/deploying.md.
"""

import base64
import os
import secrets
import sys
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured


def _env(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def _switch(name: str, default: str) -> bool:
    said = _env(name, default).lower()
    if said not in {"on", "off"}:
        raise ImproperlyConfigured(f"{name} must be 'on' or 'off', not {said!r}.")
    return said == "on"


PACKAGE = Path(__file__).resolve().parent
DATA = Path(_env("KITHWORK_DATA", ".kithwork")).resolve()
SCHEMES = Path(_env("KITHWORK_SCHEMES", str(PACKAGE.parent.parent / "schemes"))).resolve()
FRONT = Path(_env("KITHWORK_FRONT", str(PACKAGE.parent.parent / "build" / "static"))).resolve()


def _kept(name: str, size: int) -> str:
    """A secret of so many bytes that is made once and kept in the data folder, readable by its owner alone."""
    path = DATA / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(base64.urlsafe_b64encode(secrets.token_bytes(size)).decode())
    return path.read_text()


def _secret_key() -> str:
    """The installation's secret: from the environment, else kept."""
    given = os.environ.get("KITHWORK_SECRET_KEY", "").strip()
    if given and len(given) < 50:
        raise ImproperlyConfigured("KITHWORK_SECRET_KEY must have at least 50 characters.")
    return given or _kept("secret.key", 64)


def _sealing_key(setting: str, name: str) -> str:
    """A key that something is sealed with, in URL-safe base64: from the environment, else kept."""
    found = os.environ.get(setting, "").strip() or _kept(name, 32)
    try:
        right = len(base64.urlsafe_b64decode(found)) == 32
    except ValueError:
        right = False
    if not right:
        raise ImproperlyConfigured(f"{setting} must be 32 bytes in URL-safe base64.")
    return found


SECRET_KEY = _secret_key()
ORIGINALS_KEY = _sealing_key("KITHWORK_ORIGINALS_KEY", "originals.key")  # originals at the privacy gate
SIGNING_KEY = _sealing_key("KITHWORK_SIGNING_KEY", "signing.key")  # the keys with which awarding bodies sign
# where files are looked through: in a process apart, or in the one that answers pages, as tests do
GATE_APART = _switch("KITHWORK_GATE_APART", "on")
SIGN_APART = _switch("KITHWORK_SIGN_APART", "on")  # the same of signing credentials
MATCH_APART = _switch("KITHWORK_MATCH_APART", "on")  # and of pairs for a crowd
GATE_MODEL = _switch("KITHWORK_GATE_MODEL", "on")  # whether an installed language model reads there
DEBUG = _switch("KITHWORK_DEBUG", "off")
SITE_URL = _env("KITHWORK_URL", "http://localhost:8000").rstrip("/")
SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = [host for host in _env("KITHWORK_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "kithwork.web",  # first, so that its templates win over allauth's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "kithwork.ledger",
    "kithwork.accounts",
    "kithwork.organisations",
    "kithwork.courses",
    "kithwork.notices",
    "kithwork.rights",
    "kithwork.gate",
    "kithwork.governance",
    "kithwork.caseload",
    "kithwork.journeys",
    "kithwork.evidence",
    "kithwork.matching",
    "kithwork.readiness",
    "kithwork.assessment",
    "kithwork.awards",
    "kithwork.procedures",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "kithwork.urls"
WSGI_APPLICATION = "kithwork.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kithwork.web.kit.chrome.chrome",
            ],
            "builtins": ["kithwork.web.templatetags.kit"],
        },
    }
]
FORM_RENDERER = "kithwork.web.kit.forms.Renderer"

# SQLite: measured choices (WAL + IMMEDIATE + NORMAL lose no update and never answer "locked").
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-65536;PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;"
    ),
}


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "kithwork.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": 600,
        }
    found: dict[str, object] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    if found["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must be a postgresql:// address; leave it out to use SQLite.")
    given = found.get("OPTIONS")
    # compiling the queries of readiness takes 20 seconds, running them 3; the address may say otherwise
    found["OPTIONS"] = {"options": "-c jit=off", **(given if isinstance(given, dict) else {})}
    return found


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = FRONT.parent / "collected"
STATICFILES_DIRS = [FRONT] if FRONT.is_dir() else []
# names with a digest in them, once they have been collected (`make front`)
_COLLECTED = (STATIC_ROOT / "staticfiles.json").is_file() or "collectstatic" in sys.argv
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_LIMIT = 25 * 1024 * 1024  # bytes, one evidence file
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _switch("KITHWORK_BEHIND_PROXY", "off") else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "kithwork.web.kit.faults.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CACHES = {  # counts failed sign-ins, for all workers together
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": DATA / "cache"}
}

# Accounts (django-allauth)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "kithwork.notices.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "kithwork.accounts.forms.NameOnSignup"
# without it, signing up tells whether an address has an account; the demo, whose mail nobody reads, does without
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if _switch("KITHWORK_CONFIRM_EMAIL", "on") else "optional"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "kithwork.accounts.models.display"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# `public_form`: what people send who have no account; see web/kit/throttle.py
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "public_form": "30/h/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_URL.startswith("http://localhost")
MFA_TOTP_ISSUER = "Kithwork"

EMAIL_BACKEND = _env("KITHWORK_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = _env("KITHWORK_SMTP_HOST", "localhost")
EMAIL_PORT = int(_env("KITHWORK_SMTP_PORT", "25"))
EMAIL_HOST_USER = _env("KITHWORK_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KITHWORK_SMTP_PASSWORD", "")
EMAIL_USE_TLS = _switch("KITHWORK_SMTP_TLS", "off")
EMAIL_TIMEOUT = 20  # seconds; whoever asks for a code waits for the mail server
DEFAULT_FROM_EMAIL = _env("KITHWORK_FROM", "Kithwork <no-reply@example.org>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": _env("KITHWORK_LOG", "WARNING")},
}
