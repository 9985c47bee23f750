"""What mentee, mentor and service agree in writing: drawn up, signed by each, drawn up anew when it changes."""

from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.caseload.actions import links
from kithwork.caseload.actions.following import not_to_come
from kithwork.caseload.actions.ground import log
from kithwork.caseload.actions.matches import Side, locked
from kithwork.caseload.models import Agreement, Match, OneTimeLink, Practice
from kithwork.caseload.queries.matches import State, agreement_of, state_of
from kithwork.core.days import Period
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.words import Kind as Mail


class Signs(StrEnum):
    """Who signs."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    SERVICE = "service"


LIVE = (State.PROPOSED, State.RUNNING, State.ENDING)


@transaction.atomic
def draw_up(
    *,
    match: Match,
    practice: Practice,
    on: date,
    until: date | None,
    time: str,
    face_to_face: int | None,
    roles: str,
    boundaries: str,
    disputes: str,
    notice: str,
    by: User,
    today: date,
) -> Agreement:
    """Write down what the three agree on; an earlier agreement no longer counts, and nobody has signed this one yet.

    Raises Refused when the match is over, the day is still to come, or it would last longer than the service allows or
    end before it begins. Writes the ledger.
    """
    fresh = locked(match)
    if state_of(fresh, today) not in LIVE:
        raise Refused("This match is over.")
    not_to_come(on, today)
    begins = fresh.introduced_on or on
    if until is not None and until < begins:
        raise Refused("It cannot end before it begins.")
    if practice.longest_months:
        longest = Period(practice.longest_months, "month")
        if until is None or until > longest.after(begins):
            raise Refused(f"In this service a match lasts {longest} at most. Say until when.")
    row = Agreement.objects.create(
        match=match,
        drawn_up_on=on,
        until=until,
        time=time,
        face_to_face=face_to_face,
        roles=roles,
        boundaries=boundaries,
        disputes=disputes,
        notice=notice,
        by=by,
    )
    log(Act.CASELOAD_RECORDED, row, service=match.service, by=by, match=match.ref)
    return row


@transaction.atomic
def sign(*, agreement: Agreement, match: Match, who: Signs, on: date, by: User | None, today: date) -> Agreement:
    """One of the three has signed: on paper or on the desk (`by` a person), or by their link (None). Writes the ledger.

    Raises Refused when they have signed already, it was drawn up anew meanwhile, or the day does not fit.
    """
    if not agreement.drawn_up_on <= on <= today:
        raise Refused("It was signed on the day it was drawn up or later, and not later than today.")
    if state_of(locked(match), today) not in LIVE:
        raise Refused("This match is over.")
    latest = agreement_of(match)
    if latest is None or latest.pk != agreement.pk:
        raise Refused("The agreement was drawn up anew meanwhile. Read the new one before you sign.")
    field = f"{who}_on"
    if not Agreement.objects.filter(pk=agreement.pk, **{f"{field}__isnull": True}).update(**{field: on}):
        raise Refused("This was signed already.")
    log(Act.CASELOAD_ANSWERED, agreement, service=match.service, by=by, match=match.ref, signed=who.value)
    agreement.refresh_from_db()
    return agreement


@transaction.atomic
def ask_to_sign(*, agreement: Agreement, match: Match, side: Side, by: User, now: datetime) -> OneTimeLink:
    """Send one of the two a link to the agreement. Raises Refused when they have signed or have no address."""
    if getattr(agreement, f"{side}_on"):
        raise Refused("They have signed already.")
    email = match.mentee.email if side is Side.MENTEE else match.mentor.email
    if not email:
        raise Refused("There is no e-mail address for them. Have it signed on paper, and note that here.")
    link, token = links.make(
        service=match.service, purpose=OneTimeLink.Purpose.AGREEMENT, now=now, by=by, side=side.value, match=match
    )
    links.send(
        link=link, service=match.service, kind=Mail.AGREEMENT_ASKED, email=email, path=f"/link/{token}/agreement/"
    )
    return link


@transaction.atomic
def sign_by_link(*, link: OneTimeLink, agreement: Agreement, now: datetime, today: date) -> Agreement:
    """One of the two signs what their link shows; the link is spent."""
    assert link.match is not None  # the door opens links of this purpose with their match
    links.spend(link=link, now=now)
    return sign(agreement=agreement, match=link.match, who=Signs(link.side), on=today, by=None, today=today)
