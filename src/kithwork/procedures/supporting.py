"""Third parties without an account: asked by the applicant, answering by a one-time link."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.journey import Position
from kithwork.journeys import actions as journeys
from kithwork.journeys.models import Journey, Support
from kithwork.notices.actions import tell_by_link
from kithwork.notices.words import Kind
from kithwork.procedures.people import panel_hears, tell_applicants, tell_officers


@transaction.atomic
def ask_support(
    *, journey: Journey, stage: str, name: str, email: str, by: User, today: date, now: datetime
) -> Support:
    """Ask a third party; they are sent a link that works once, for 30 days."""
    support, token = journeys.ask_support(
        journey=journey, stage=stage, name=name, email=email, by=by, today=today, now=now
    )
    tell_by_link(
        kind=Kind.SUPPORT_ASKED,
        email=support.email,
        organisation=journey.edition.body,
        path=f"/support/{token}/",
        about=journey.edition.name,
        good_until=support.expires_at,
    )
    return support


@transaction.atomic
def give_support(*, support: Support, answers: Mapping[str, Any], today: date) -> Position:
    """The third party's answers. Tells the applicant, the officers, and the panel when it is its turn now."""
    with panel_hears(support.journey, today) as told:
        position = journeys.give_support(support=support, answers=answers, today=today)
        told.extend(tell_applicants(support.journey, Kind.SUPPORT_ANSWERED))
        told.extend(tell_officers(support.journey, Kind.APPLICATION_ARRIVED, but=told))
    return position


@transaction.atomic
def decline_support(*, support: Support, reason: str, today: date) -> Position:
    """The third party says no. Tells the applicant, who can ask somebody else."""
    position = journeys.decline_support(support=support, reason=reason, today=today)
    tell_applicants(support.journey, Kind.SUPPORT_ANSWERED)
    return position
