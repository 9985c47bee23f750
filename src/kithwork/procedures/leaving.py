"""When somebody leaves: what a person did for a body ends with their role there."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.journeys import actions as journeys
from kithwork.journeys.models import Journey
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Membership, Role


@transaction.atomic
def leave(*, membership: Membership, by: User, now: datetime) -> list[Journey]:
    """End a membership. An assessor's appointments, and the requests to them, end with it, and each journey's history
    says why. Gives the journeys that need another assessor now.

    Raises Refused for the last lead or officer. Writes the ledger.
    """
    organisations.leave(membership=membership, by=by, now=now)
    if membership.role != Role.ASSESSOR:
        return []
    return journeys.end_appointments_of(
        assessor=membership.user,
        body=membership.organisation,
        by=by,
        today=timezone.localtime(now).date(),
        reason=f"{membership.user.name} is no longer an assessor of {membership.organisation.name}.",
    )
