"""While somebody mentors here: away and back, leaving, their account, champions, and those who had a mentor first."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.actions.links import make, send, spend
from kithwork.caseload.actions.mentors import keep_consent, lasting, present
from kithwork.caseload.models import Mentee, Mentor, MentorStep, OneTimeLink, Pause, Practice
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.words import Kind as Mail


@transaction.atomic
def pause(*, mentor: Mentor, begins: date, ends: date | None, reason: str, by: User | None) -> Pause:
    """The mentor is away; nothing falls due meanwhile. `by` None is the mentor, by their own account. Writes the
    ledger. Raises Refused when it overlaps another pause or ends before it begins.
    """
    locked = present(mentor)
    author = by or locked.user
    if author is None:
        raise Refused("Say who writes this down.")
    if ends is not None and ends < begins:
        raise Refused("The last day away is before the first.")
    for other in locked.pauses.all():
        if (other.ends is None or other.ends >= begins) and (ends is None or other.begins <= ends):
            raise Refused("This overlaps another time away. End that one first.")
    row = Pause.objects.create(mentor=locked, begins=begins, ends=ends, reason=reason, by=author)
    log(Act.CASELOAD_RECORDED, locked, service=mentor.service, by=author, what="pause", of="mentor")
    return row


@transaction.atomic
def come_back(*, mentor: Mentor, last_day_away: date, by: User) -> None:
    """End a time away whose end was open or still to come. Writes the ledger. Raises Refused when there is none."""
    locked = lasting(mentor)
    row = locked.pauses.filter(begins__lte=last_day_away).order_by("-begins").first()
    if row is None or (row.ends is not None and row.ends <= last_day_away):
        raise Refused("This person is not away on that day.")
    row.ends = last_day_away
    row.save(update_fields=["ends"])
    log(Act.CASELOAD_ENDED, locked, service=mentor.service, by=by, what="pause", of="mentor")


@transaction.atomic
def leave(*, mentor: Mentor, on: date, reason: str, by: User) -> Mentor:
    """The mentor leaves the service; `on` is their last day. Open links stop working. Writes the ledger.

    Raises Refused while a match runs beyond that day or is proposed, and for a day before the application.
    """
    locked = present(mentor)
    if on < locked.applied_on:
        raise Refused("This day is before the application.")
    going = locked.matches.filter(withdrawn_on__isnull=True).exclude(mentee_answer="no").exclude(mentor_answer="no")
    if going.filter(ended_on__isnull=True).exists() or going.filter(ended_on__gt=on).exists():
        raise Refused("This mentor has a match that runs or is proposed. End it, or withdraw it, first.")
    locked.left_on, locked.left_because = on, reason
    locked.save(update_fields=["left_on", "left_because"])
    OneTimeLink.objects.filter(mentor=locked, used_at=None, stopped_at=None).update(stopped_at=timezone.now())
    log(Act.CASELOAD_ENDED, locked, service=mentor.service, by=by, on=on.isoformat())
    return locked


@transaction.atomic
def take_back(*, mentor: Mentor, by: User) -> Mentor:
    """Somebody who had left is here again; what is on record counts as far as it has not run out. Writes the ledger.

    Raises Refused when they have not left.
    """
    locked = lasting(mentor)
    if locked.left_on is None:
        raise Refused("This person has not left.")
    left, locked.left_on, locked.left_because = locked.left_on, None, ""
    locked.save(update_fields=["left_on", "left_because"])
    log(Act.CASELOAD_CHANGED, locked, service=mentor.service, by=by, back=True, had_left=left.isoformat())
    return locked


@transaction.atomic
def name_champion(*, mentor: Mentor, since: date | None, what_for: str, by: User) -> Mentor:
    """Name a champion, who passes skills on to others, or end it (`since` None). Writes the ledger."""
    locked = present(mentor)
    if since is not None and locked.accepted_on is None:
        raise Refused("Only somebody who has been selected can be a champion.")
    if since is not None and since > timezone.localdate():
        raise Refused("This day is still to come.")
    locked.champion_since, locked.champion_for = since, what_for if since else ""
    locked.save(update_fields=["champion_since", "champion_for"])
    log(Act.CASELOAD_CHANGED, locked, service=mentor.service, by=by, fields=["champion_since"], named=since is not None)
    return locked


@transaction.atomic
def invite_mentor(*, mentor: Mentor, by: User, now: datetime) -> None:
    """Offer an account: a link goes to the mentor's address, and whoever opens it signed in with that address has the
    mentor's desk. An earlier link stops working. Writes the ledger.

    Raises Refused without an address, or when the account is taken up.
    """
    locked = present(mentor)
    if locked.user_id:
        raise Refused("This mentor has an account already.")
    if not locked.email:
        raise Refused("There is no e-mail address to send it to. Add it to the record first.")
    link, token = make(service=mentor.service, purpose=OneTimeLink.Purpose.MENTOR, now=now, by=by, mentor=locked)
    send(
        link=link,
        service=mentor.service,
        kind=Mail.MENTOR_INVITED,
        email=locked.email,
        path=f"/link/{token}/mentoring/",
    )


@transaction.atomic
def take_up(*, link: OneTimeLink, user: User, now: datetime) -> Mentor:
    """Tie an account to the mentor's record it was offered for. Writes the ledger. Raises Refused when the address is
    another, the link is spent, or the account mentors in this service already.
    """
    assert link.mentor is not None
    locked = present(link.mentor)
    if locked.email.strip().lower() != user.email:
        raise Refused("This invitation was sent to another address.")
    if Mentor.objects.filter(service=locked.service, user=user, left_on__isnull=True).exists():
        raise Refused("You have a mentor's record with this service already.")
    spend(link=link, now=now)
    locked.user = user
    locked.save(update_fields=["user"])
    log(Act.CASELOAD_CHANGED, locked, service=locked.service, by=user, fields=["user"])
    return locked


@transaction.atomic
def become_mentor(*, mentee: Mentee, practice: Practice, asked: bool, by: User, today: date) -> Mentor:
    """Somebody who had a mentor here wants to be one: a record of their own, as an applicant, with the details that
    they agreed to have carried over. Writes the ledger.

    Raises Refused when they did not ask for it, still have a match, or are an applicant or mentor already.
    """
    held = Mentee.objects.select_for_update().get(pk=mentee.pk)
    if held.erased_at is not None:
        raise Refused("This person's details were erased.")
    if not asked:
        raise Refused("Ask them first, and whether their details may be carried over.")
    if held.matches.filter(introduced_on__isnull=False, ended_on__isnull=True).exists():
        raise Refused("Their own match still runs. They can apply when it has ended.")
    if Mentor.objects.filter(was=held, left_on__isnull=True).exists():
        raise Refused("This person has applied to mentor already.")
    carried: tuple[str, ...] = (
        "name",
        "known_as",
        "email",
        "phone",
        "postcode",
        "lat",
        "lon",
        "contact_wishes",
        "interests",
    )
    carried += ("languages", "availability", "way", "user")
    mentor = Mentor.objects.create(
        service=mentee.service, applied_on=today, was=held, **{field: getattr(held, field) for field in carried}
    )
    MentorStep.objects.create(mentor=mentor, kind=MentorStep.Kind.APPLICATION, on=today, by=by)
    keep_consent(mentor, practice, today, by, "asked in person")
    log(Act.CASELOAD_RECORDED, mentor, service=mentee.service, by=by, step="application", was_mentee=True)
    return mentor
