"""The real settings, with a data folder of the test run's own, quick password hashing and mail kept in memory."""

import os
import tempfile

os.environ.setdefault("KITHWORK_DATA", tempfile.mkdtemp(prefix="kithwork-tests-"))
os.environ.setdefault("KITHWORK_CONFIRM_EMAIL", "off")
os.environ.setdefault("KITHWORK_SECRET_KEY", "tests-only-" + "k" * 60)
os.environ.setdefault("KITHWORK_GATE_APART", "off")
os.environ.setdefault("KITHWORK_GATE_MODEL", "off")
os.environ.setdefault("KITHWORK_SIGN_APART", "off")
os.environ.setdefault("KITHWORK_MATCH_APART", "off")

from kithwork.settings import *  # noqa: F403

if "KITHWORK_TEST_TEMPLATE" in os.environ:  # a PostgreSQL database that was migrated before: `tests/postgres.py`
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["KITHWORK_TEST_TEMPLATE"]}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True  # each client builds the middleware: do not read the folder of static files each time
LOGGING = {"version": 1, "disable_existing_loggers": True}
INSTALLED_APPS = [*INSTALLED_APPS, "tests.emptying"]  # noqa: F405  # empties tables between tests with real commits
