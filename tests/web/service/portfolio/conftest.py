"""What these tests ask for."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.procedures.sample import Cast
from tests.evidence.folder import Folder, folder_of
from tests.web.service.portfolio.ground import At


@pytest.fixture
def folder(people: Cast, tmp_path: Path, today: date) -> Folder:
    return folder_of(people, tmp_path, today)


@pytest.fixture
def hal(folder: Folder, as_user: Callable[[User], Client]) -> Client:
    return as_user(folder.hal)


@pytest.fixture
def at(folder: Folder) -> At:
    """at("portfolio_map") -> the address of a page of Hal's folder."""
    return lambda name, *args: reverse(name, args=[folder.journey.ref, "folder", *args])
