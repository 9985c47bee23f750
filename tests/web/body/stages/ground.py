"""What these tests share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kithwork.accounts.models import User
from kithwork.courses.models import Place
from kithwork.journeys.models import Journey

Road = Callable[[str], Journey]
At = Callable[..., str]
As = Callable[[User], Client]
When = dict[str, Any]
pytestmark = pytest.mark.django_db
FILLED = {"signed": "yes", "dated": "no"}
RISK = {"risk": "It may go out.", "visits": "2"}
YES = {"outcome": "yes", "reason": "", "sure": "yes"}
SEEN = {"seen": "The lamp was lit at the first try.", "next_steps": ""}
RECORD = {"found-0": "yes", "note-0": "", "found-1": "partly", "note-1": "Bought on Friday."}
VOICE = {"outcome": "yes", "summary": "It burns.", "strengths": "", "next_time": ""}


def came(olu: Client, at: At, part: int) -> None:
    """The officer notes that the one who has a place was there."""
    place = Place.objects.get(state="confirmed")
    answer = olu.post(at("attendance", place.offering.ref, part), {f"state_{place.ref}": "present"})
    assert answer.status_code == 303
