"""Making a match: proposed with its reasons, both asked, both free to decline, introduced by somebody."""

from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.caseload.actions import links
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Match, Mentee, Mentor, OneTimeLink, Practice
from kithwork.caseload.queries.clearing import cleared
from kithwork.caseload.queries.due import here
from kithwork.caseload.queries.matches import (
    State,
    agreement_of,
    apart,
    places_taken,
    signed_by_all,
    state_of,
    taking_a_place,
)
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind as Mail

ANSWERS = {"yes": Match.Answer.YES, "no": Match.Answer.NO}


class Side(StrEnum):
    """One of the two of a match."""

    MENTEE = "mentee"
    MENTOR = "mentor"


def locked(match: Match) -> Match:
    """The row as it is now, held until the transaction ends, with what the door has put on it."""
    fresh = Match.objects.select_for_update().get(pk=match.pk)
    fresh.service, fresh.mentee, fresh.mentor = match.service, match.mentee, match.mentor
    return fresh


def running_now(match: Match, today: date) -> Match:
    """The row as it is now. Raises Refused when the match does not run on that day."""
    fresh = locked(match)
    if state_of(fresh, today) not in (State.RUNNING, State.ENDING):
        raise Refused("This match does not run: nobody was introduced yet, or it has ended.")
    return fresh


@transaction.atomic
def propose(
    *,
    practice: Practice,
    mentee: Mentee,
    mentor: Mentor,
    rationale: str,
    by: User,
    today: date,
    kind: Match.Kind = Match.Kind.ONE,
    characteristic: str = "",
    justification: str = "",
    manages_because: str = "",
) -> Match:
    """Decide to ask these two, with the reasons. The one entrance, whoever or whatever found the pair.

    Raises Refused without reasons; without a justification where a protected characteristic decided; for a line
    manager without a reason; for somebody who assesses the mentee, or a pair that declined or ended badly; when the
    mentor is not cleared or has no free place, the mentee is matched or being asked, or the service is full. Writes the
    ledger.
    """
    Practice.objects.select_for_update().get(pk=practice.pk)  # places and capacity are counted one proposal at a time
    if because := _why_not(practice, mentee, mentor, today):
        raise Refused(because)
    if not rationale.strip():
        raise Refused("Say why these two are matched. Both are told the reasons.")
    if characteristic.strip() and not justification.strip():
        raise Refused("Say why it is objectively right that a protected characteristic decided.")
    manages = mentee.ref in mentor.line_manages
    if manages and not manages_because.strip():
        raise Refused("This is the mentee's line manager. Choose somebody else, or say why it cannot be avoided.")
    match = Match.objects.create(
        service=practice.service,
        mentee=mentee,
        mentor=mentor,
        kind=kind,
        proposed_on=today,
        proposed_by=by,
        rationale=rationale.strip(),
        characteristic=characteristic.strip(),
        justification=justification.strip() if characteristic.strip() else "",
        manages=manages,
        manages_because=manages_because.strip() if manages else "",
        looks_after=by,
    )
    log(Act.CASELOAD_DECIDED, match, service=practice.service, by=by, decided="proposed")
    return match


def _why_not(practice: Practice, mentee: Mentee, mentor: Mentor, today: date) -> str:
    service = practice.service
    if mentee.service_id != service.pk or mentor.service_id != service.pk:
        return "These two are not of the same service."
    if not Mentee.objects.filter(here(today), pk=mentee.pk, accepted_on__lte=today).exists():
        return "This person is not on the waiting list."
    if because := apart(mentee, mentor):
        return because
    if Match.objects.filter(taking_a_place(today), mentee=mentee).exists():
        return "This person has a mentor, or is being asked about one. End that match or withdraw the proposal first."
    standing = cleared([mentor], practice, today)[mentor.pk]
    if not standing.ready:
        return f"This mentor cannot be matched yet. Missing: {', '.join(standing.missing)}."
    if Match.objects.filter(taking_a_place(today), mentor=mentor).count() >= mentor.places:
        return "This mentor has no free place. Choose somebody else, or raise the number of places on their page."
    if places_taken(service, today) >= practice.capacity:
        return (
            f"The service supports {practice.capacity} matches at one time, and all places are taken. "
            "A lead can raise the number under 'How the service works'."
        )
    return ""


@transaction.atomic
def record_answer(
    *, match: Match, side: Side, told_on: date, answer: Match.Answer, because: str, by: User, today: date
) -> Match:
    """Note that the reasons were explained to one of the two, and what they answered, if they have. Writes the ledger.

    Raises Refused when the match is no longer a proposal, the day is still to come or before the proposal, or they have
    answered already.
    """
    fresh = _open(match, today)
    if not fresh.proposed_on <= told_on <= today:
        raise Refused("The day on which the reasons were explained is between the proposal and today.")
    _answer(fresh, side, told_on, answer, because, today)
    log(Act.CASELOAD_ANSWERED, fresh, service=match.service, by=by, side=side.value, answer=str(answer) or "told")
    return fresh


@transaction.atomic
def ask_by_link(*, match: Match, side: Side, by: User, now: datetime, today: date) -> OneTimeLink:
    """Ask one of the two by mail: a link to the reasons and to yes or no. Writes the ledger.

    Raises Refused when there is no address to write to, or the match is no longer a proposal.
    """
    fresh = _open(match, today)
    if getattr(fresh, f"{side}_answer"):
        raise Refused("They have answered already.")
    email = match.mentee.email if side is Side.MENTEE else match.mentor.email
    if not email:
        raise Refused("There is no e-mail address for them. Ask them yourself, and note the answer here.")
    link, token = links.make(
        service=match.service, purpose=OneTimeLink.Purpose.MATCH, now=now, by=by, side=side.value, match=match
    )
    links.send(link=link, service=match.service, kind=Mail.MATCH_ASKED, email=email, path=f"/link/{token}/meet/")
    return link


@transaction.atomic
def answer_by_link(*, link: OneTimeLink, answer: Match.Answer, because: str, now: datetime, today: date) -> Match:
    """One of the two answers by their link, having read the reasons there; the link is spent. Tells whoever proposed.

    Raises Refused when the link is spent, or the match is no longer a proposal. Writes the ledger.
    """
    match = link.match
    assert match is not None  # the door opens links of this purpose with their match
    links.spend(link=link, now=now)
    return _answered(match, Side(link.side), answer, because, None, today)


@transaction.atomic
def answer_own(*, match: Match, answer: Match.Answer, because: str, by: User, today: date) -> Match:
    """A mentor with an account answers on their desk, having read the reasons there. Tells whoever proposed."""
    return _answered(match, Side.MENTOR, answer, because, by, today)


def _answered(match: Match, side: Side, answer: Match.Answer, because: str, by: User | None, today: date) -> Match:
    fresh = _open(match, today)
    _answer(fresh, side, getattr(fresh, f"{side}_told_on") or today, answer, because, today)
    log(Act.CASELOAD_ANSWERED, fresh, service=match.service, by=by, side=side.value, answer=str(answer))
    tell(
        kind=Mail.MATCH_ANSWERED,
        to=[fresh.looks_after or fresh.proposed_by],
        organisation=match.service.organisation,
        path=f"/run/{match.service.slug}/matches/{match.ref}/",
        about=match.service.name,
    )
    return fresh


def _answer(match: Match, side: Side, told_on: date, answer: Match.Answer, because: str, today: date) -> None:
    if getattr(match, f"{side}_answer"):
        raise Refused("They have answered already.")
    setattr(match, f"{side}_told_on", told_on)
    if answer:
        setattr(match, f"{side}_answer", answer)
        setattr(match, f"{side}_answered_on", today)
    if answer == Match.Answer.NO:
        match.declined_because = because.strip()
    match.save(update_fields=[f"{side}_told_on", f"{side}_answer", f"{side}_answered_on", "declined_because"])


def _open(match: Match, today: date) -> Match:
    fresh = locked(match)
    if state_of(fresh, today) is not State.PROPOSED:
        raise Refused("This is no longer a proposal: one of them declined, it was withdrawn, or they were introduced.")
    return fresh


@transaction.atomic
def withdraw(*, match: Match, because: str, by: User, today: date) -> Match:
    """Take a proposal back before anybody is introduced, with the reason. Links stop working. Writes the ledger."""
    fresh = _open(match, today)
    if not because.strip():
        raise Refused("Say why the proposal is withdrawn.")
    fresh.withdrawn_on, fresh.withdrawn_because = today, because.strip()
    fresh.save(update_fields=["withdrawn_on", "withdrawn_because"])
    log(Act.CASELOAD_ENDED, fresh, service=match.service, by=by, step="withdrawn")
    return fresh


@transaction.atomic
def introduce(
    *,
    match: Match,
    practice: Practice,
    introduced_by: str,
    on: date,
    met: bool,
    meets: str,
    by: User,
    today: date,
) -> Match:
    """The two are introduced by somebody who is named; `met` where that was their first meeting. Writes the ledger.

    Raises Refused before both said yes, when the mentor is no longer cleared, when the day is still to come or before
    an answer, and in a service that agrees in writing first before all three have signed.
    """
    fresh = _open(match, today)
    if fresh.mentee_answer != Match.Answer.YES or fresh.mentor_answer != Match.Answer.YES:
        raise Refused("Both have to say yes before they are introduced.")
    standing = cleared([match.mentor], practice, today)[match.mentor.pk]
    if not standing.ready:
        raise Refused(f"This mentor cannot be introduced now. Missing: {', '.join(standing.missing)}.")
    if practice.agreement_first and not signed_by_all(agreement_of(fresh)):
        raise Refused("This service agrees in writing first. Mentee, mentor and service have to sign the agreement.")
    answered = max(fresh.mentee_answered_on or on, fresh.mentor_answered_on or on)
    if not answered <= on <= today:
        raise Refused("The introduction was after both said yes, and not later than today.")
    fresh.introduced_on, fresh.introduced_by, fresh.meets = on, introduced_by.strip(), meets.strip()
    fresh.first_met_on = on if met else None
    fresh.save(update_fields=["introduced_on", "introduced_by", "meets", "first_met_on"])
    log(Act.CASELOAD_DECIDED, fresh, service=match.service, by=by, decided="introduced", on=on.isoformat())
    return fresh
