"""How a match ends: planned with notice or suddenly, told to everybody, looked back on, confirmed in writing."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.caseload.actions import links
from kithwork.caseload.actions.following import not_to_come
from kithwork.caseload.actions.ground import log
from kithwork.caseload.actions.matches import Side, locked
from kithwork.caseload.models import Ending, Match, Mentee, OneTimeLink, Practice, Questionnaire
from kithwork.caseload.queries.matches import State, state_of
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind as Mail
from kithwork.organisations.models import Service


class Told(StrEnum):
    """Who is told why a match ends (indicator 61)."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    CARER = "carer"
    REFERRER = "referrer"


class ExitFrom(StrEnum):
    """Whom the questionnaire at the end goes to (excellence 9)."""

    FAMILY = "family"
    REFERRER = "referrer"


@transaction.atomic
def end(
    *,
    match: Match,
    practice: Practice,
    kind: Ending.Kind,
    known_on: date,
    last_day: date,
    reason: str,
    short_because: str,
    bad: bool,
    by: User,
    today: date,
) -> Ending:
    """Say that a match ends, on a day to come or one that was; it runs until then. Writes the ledger.

    Raises Refused when it does not run or has an ending; without a reason; when the days do not fit; and for a planned
    ending with less notice than the service gives, unless it is said why.
    """
    fresh = locked(match)
    if state_of(fresh, today) is not State.RUNNING or Ending.objects.filter(match=match).exists():
        raise Refused("This match does not run, or its ending is known already.")
    not_to_come(known_on, today)
    _days_fit(fresh, kind, known_on, last_day, today)
    if not reason.strip():
        raise Refused("Say why the match ends. Everybody is told the reason in your words.")
    short = kind == Ending.Kind.PLANNED and last_day < known_on + timedelta(days=practice.notice_days)
    if short and not short_because.strip():
        raise Refused(
            f"The service gives {practice.notice_days} days' notice before a planned ending. "
            "Choose a later last day, or say why it cannot wait."
        )
    row = Ending.objects.create(
        match=match,
        kind=kind,
        known_on=known_on,
        last_day=last_day,
        reason=reason.strip(),
        short_because=short_because.strip() if short else "",
        bad=bad,
        by=by,
    )
    fresh.ended_on = last_day
    fresh.save(update_fields=["ended_on"])
    log(
        Act.CASELOAD_ENDED,
        fresh,
        service=match.service,
        by=by,
        kind=str(kind),
        last_day=last_day.isoformat(),
        short=short,
    )
    return row


def _days_fit(match: Match, kind: str, known_on: date, last_day: date, today: date) -> None:
    if match.introduced_on is not None and last_day < match.introduced_on:
        raise Refused("A match cannot end before it began.")
    if last_day < known_on:
        raise Refused("The last day cannot be before the day on which the ending was known.")
    if kind == Ending.Kind.SUDDEN and last_day > today:
        raise Refused("A sudden ending has happened. For one to come, choose a planned ending.")


@transaction.atomic
def take_back(*, ending: Ending, match: Match, by: User, today: date) -> Match:
    """The match goes on after all: possible until its last day is past. Writes the ledger."""
    fresh = locked(match)
    if state_of(fresh, today) is not State.ENDING:
        raise Refused("The match has ended. Propose the two anew if they want to meet again.")
    Ending.objects.filter(pk=ending.pk).delete()
    fresh.ended_on = None
    fresh.save(update_fields=["ended_on"])
    log(Act.CASELOAD_CHANGED, fresh, service=match.service, by=by, step="goes on")
    return fresh


@transaction.atomic
def told(*, ending: Ending, match: Match, whom: Told, on: date, by: User, today: date) -> Ending:
    """Somebody was told why the match ends. Writes the ledger."""
    _after(ending, on, today)
    return _mark(ending, match, by, {f"{whom}_told_on": on})


@transaction.atomic
def look_back(*, ending: Ending, match: Match, on: date, words: str, by: User, today: date) -> Ending:
    """What went well, and how it was celebrated. Writes the ledger."""
    _after(ending, on, today)
    return _mark(ending, match, by, {"looked_back_on": on, "looked_back": words})


@transaction.atomic
def say_what_follows(*, ending: Ending, match: Match, follows: str, offered: str, by: User) -> Ending:
    """What the ending means for them, which the letters say; and further ways to take part. Writes the ledger."""
    return _mark(ending, match, by, {"follows": follows, "offered": offered})


@transaction.atomic
def confirm(*, ending: Ending, match: Match, side: Side, on: date, by: User, today: date) -> Ending:
    """One of the two has the ending in writing, with what follows. Raises Refused before it is said what follows."""
    _after(ending, on, today)
    if not ending.follows:
        raise Refused("Say first what follows for them: the letter tells it.")
    done = _mark(ending, match, by, {f"{side}_confirmed_on": on})
    mentor = match.mentor
    if side is Side.MENTOR and mentor.user is not None:
        tell(
            kind=Mail.MATCH_ENDED,
            to=[mentor.user],
            organisation=match.service.organisation,
            path="/mentoring/",
            about=match.service.name,
        )
    return done


def _after(ending: Ending, on: date, today: date) -> None:
    not_to_come(on, today)
    if on < ending.known_on:
        raise Refused("That was before the ending was known.")


def _mark(ending: Ending, match: Match, by: User | None, fields: dict[str, object]) -> Ending:
    fresh = Ending.objects.select_for_update().get(pk=ending.pk)
    changed = sorted(field for field, value in fields.items() if getattr(fresh, field) != value)
    for field in changed:
        setattr(fresh, field, fields[field])
    if changed:
        fresh.save(update_fields=changed)
        log(Act.CASELOAD_CHANGED, fresh, service=match.service, by=by, match=match.ref, fields=changed)
    return fresh


@transaction.atomic
def wait_again(*, match: Match, since: date, by: User, today: date) -> Mentee:
    """The mentee goes back to the waiting list and waits from that day on. Writes the ledger.

    Raises Refused while the match still runs, when they have left, or have another match.
    """
    if state_of(locked(match), today) is not State.ENDED:
        raise Refused("The match has not ended yet.")
    mentee = Mentee.objects.select_for_update().get(pk=match.mentee.pk)
    if mentee.left_on is not None:
        raise Refused("This person has left the service.")
    if match.ended_on is None or not match.ended_on <= since <= today:
        raise Refused("They wait from the end of the match or later, and not from a day to come.")
    if mentee.waiting_since is not None and mentee.waiting_since >= match.ended_on:
        raise Refused("This person is back on the waiting list already.")
    mentee.waiting_since = since
    mentee.save(update_fields=["waiting_since"])
    log(Act.CASELOAD_CHANGED, mentee, service=match.service, by=by, fields=["waiting_since"], on=since.isoformat())
    return mentee


@transaction.atomic
def ask_exit(
    *, ending: Ending, match: Match, whom: ExitFrom, email: str, by: User, now: datetime, today: date
) -> OneTimeLink:
    """Send family or referrer the questionnaire by a link. Writes the ledger, without the address."""
    link, token = links.make(
        service=match.service, purpose=OneTimeLink.Purpose.EXIT, now=now, by=by, side=whom.value, ending=ending
    )
    Ending.objects.filter(pk=ending.pk).update(asked_exit_on=today)
    links.send(link=link, service=match.service, kind=Mail.EXIT_ASKED, email=email, path=f"/link/{token}/exit/")
    return link


@transaction.atomic
def give_exit(
    *, link: OneTimeLink, service: Service, answers: Mapping[str, str], now: datetime, today: date
) -> Questionnaire:
    """What family or referrer answered; the link is spent. Writes the ledger."""
    assert link.ending is not None  # the door opens links of this purpose with their ending
    links.spend(link=link, now=now)
    row = Questionnaire.objects.create(
        service=service, match=link.ending.match, whose=link.side, on=today, answers=dict(answers)
    )
    log(Act.CASELOAD_ANSWERED, row, service=service, by=None, whose=link.side)
    return row
