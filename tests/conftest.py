"""What every test may ask for. Five people you remember, and an officer: see `kithwork.procedures.sample.Cast`."""

import gc
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

from kithwork.accounts.models import User
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.procedures import sample
from kithwork.procedures.gating import engine
from kithwork.procedures.sample import Cast, Walk
from tests import examples, migrated
from tests.journeys.short import short, short_walk
from tests.stencil import STENCILS
from tests.walking import publish, walk

__all__ = ["examples", "short", "short_walk"]

SCHEMES = Path(__file__).parent.parent / "schemes"
NUMBERS = count()
SELDOM = 50_000  # new objects before the collector of garbage looks: little goes round in circles

gc.set_threshold(SELDOM)


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: ten thousand tests, and all that they import. The collector
    of garbage need not walk through them again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_use_migrations: bool) -> None:
    if django_db_use_migrations:
        migrated.use()


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all tests' file stores are."""
    return tmp_path_factory.mktemp("stores")


@pytest.fixture(autouse=True)
def own_files(stores: Path, settings: object) -> Iterator[None]:
    """Every test has a file store of its own: a folder once there is a file, for most tests keep none."""
    place = stores / str(next(NUMBERS))
    storages = {**settings.STORAGES}  # type: ignore[attr-defined]
    storages["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": place, "base_url": None},
    }
    settings.STORAGES = storages  # type: ignore[attr-defined]
    yield
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(autouse=True)
def no_finder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The finder of names has tests of its own, takes seconds to load, and is told again and again what to find: to all
    tests that do not ask for `finder` it finds nothing.
    """
    if "finder" not in request.fixturenames:
        monkeypatch.setattr(engine, "find_in", lambda passages, known: ([()] * len(passages), False))


@pytest.fixture
def finder() -> None:
    """Names are found as they are for people, but for the language model."""


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def people(db: None) -> Cast:
    return STENCILS.put("cast", sample.cast)


@pytest.fixture
def qim(people: Cast) -> PublishedEdition:
    return publish(SCHEMES / "qim" / "2022", people)


@pytest.fixture
def walk_to(people: Cast, qim: PublishedEdition, today: date) -> Callable[..., Walk]:
    """walk_to("sent") -> a Walk whose journey stands at that point; it began 300 days ago, or on `start`."""

    def go(point: str, *, start: date | None = None, **more: object) -> Walk:
        return walk(cast=people, edition=qim, to=point, start=start or today - timedelta(days=300), last=today, **more)

    return go


@pytest.fixture
def journey_at(walk_to: Callable[..., Walk]) -> Callable[..., Journey]:
    """journey_at("sent") -> the journey alone."""
    return lambda point, **more: walk_to(point, **more).journey


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """as_user(people.ada) -> a client signed in as her: with a session as `force_login` leaves one, in one write. Tests
    ask for thousands of them."""

    def sign_in(user: User) -> Client:
        told = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        key, client = get_random_string(32, VALID_KEY_CHARS), Client()
        until = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        Session.objects.create(session_key=key, session_data=SessionStore().encode(told), expire_date=until)
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        return client

    return sign_in
