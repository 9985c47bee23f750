"""A service that runs its work here, an edition of a dozen requirements on offer, and people who are overdue."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kithwork.caseload.models import Mentee, Practice
from kithwork.governance.actions.policies import approve, begin_policy
from kithwork.readiness import keeping
from kithwork.web.coordinator.readiness import mapping
from tests.readiness.few import edition, offered
from tests.running import a_mentee
from tests.web.coordinator.referrals.conftest import at, cora, desk, practice, queries, sage, turned_away

__all__ = ["at", "cora", "desk", "edition", "offered", "practice", "queries", "sage", "turned_away"]


@pytest.fixture
def looked(offered, practice):
    """looked("readiness_map") -> the address of a page of readiness, for the award; `level` for another."""

    def address(name: str, *args: object, level: str = "award", edition: str = "few") -> str:
        return reverse(name, args=[practice.service.slug, "qim", edition, level, *args])

    return address


@pytest.fixture(autouse=True)
def no_time_passes(monkeypatch):
    """However busy the machine is, counting takes no time."""
    for module in (keeping, mapping):
        monkeypatch.setattr(module, "monotonic", lambda: 0.0)


def overdue(practice: Practice, today: date, number: int) -> list[Mentee]:
    """Mentees accepted half a year ago whom nobody has been in touch with since: indicator 42 fails of each."""
    since = today - timedelta(days=183)
    came = {"came_on": since - timedelta(days=60), "waiting_since": since}
    return [
        a_mentee(practice.service, today, f"Person {one:02}", accepted_on=since - timedelta(days=one), **came)
        for one in range(number)
    ]


def approved(practice: Practice, by: object, on: date, subject: str = "equality") -> None:
    """A policy that was approved on a day: indicator 8 for three years."""
    policy = begin_policy(service=practice.service, subject=subject, by=by)
    approve(policy=policy, approved_on=on, approved_by="The board", changed=True, affects_people=False, summary="",
            upload=SimpleUploadedFile('policy.txt', b'We welcome everybody.'), by=by)  # fmt: skip
