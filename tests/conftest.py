"""What every test may ask for. Five people you remember, and an officer: see `kithwork.procedures.sample.Cast`."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast, Walk
from tests import examples, migrated
from tests.journeys.short import short, short_walk
from tests.stencil import STENCILS
from tests.walking import publish, walk

__all__ = ["examples", "short", "short_walk"]

SCHEMES = Path(__file__).parent.parent / "schemes"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_use_migrations: bool) -> None:
    if django_db_use_migrations:
        migrated.use()


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: object) -> None:
    """Every test has a file store of its own."""
    storages = {**settings.STORAGES}  # type: ignore[attr-defined]
    storages["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files", "base_url": None},
    }
    settings.STORAGES = storages  # type: ignore[attr-defined]


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
    """as_user(people.ada) -> a client signed in as her."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return sign_in
