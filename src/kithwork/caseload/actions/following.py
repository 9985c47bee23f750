"""While a match runs: the first meeting, closer contact, what moved, goals, signs of giving up."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.actions.matches import locked, running_now
from kithwork.caseload.models import BoundaryChange, DropoutRisk, ExtraSupport, Goal, Match, Plan
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act


def not_to_come(on: date, today: date) -> None:
    """Raises Refused for a day that is still to come."""
    if on > today:
        raise Refused("This day is still to come. Note it once it has happened.")


@transaction.atomic
def first_met(*, match: Match, on: date, by: User, today: date) -> Match:
    """Note the day of the first meeting; the follow-ups count from it. Writes the ledger.

    Raises Refused when the match does not run, or the day is before the introduction or still to come.
    """
    fresh = running_now(match, today)
    not_to_come(on, today)
    if fresh.introduced_on is not None and on < fresh.introduced_on:
        raise Refused("They met for the first time when they were introduced, or later.")
    fresh.first_met_on = on
    fresh.save(update_fields=["first_met_on"])
    log(Act.CASELOAD_CHANGED, fresh, service=match.service, by=by, fields=["first_met_on"], on=on.isoformat())
    return fresh


@transaction.atomic
def arrange(*, match: Match, meets: str, looks_after: User | None, by: User) -> Match:
    """Change how they meet and who of the staff looks after the match; only what differs is saved."""
    fresh = locked(match)
    wanted = {"meets": meets.strip(), "looks_after": looks_after}
    changed = [field for field, value in wanted.items() if getattr(fresh, field) != value]
    for field in changed:
        setattr(fresh, field, wanted[field])
    if changed:
        fresh.save(update_fields=changed)
        log(Act.CASELOAD_CHANGED, fresh, service=match.service, by=by, fields=changed)
    return fresh


@transaction.atomic
def watch(*, match: Match, closely: bool, by: User, today: date) -> Match:
    """Mark a match as difficult, so that it gets closer contact, or say that this is past. Writes the ledger."""
    fresh = running_now(match, today)
    if closely == (fresh.difficult_since is not None):
        raise Refused("This match gets closer contact already." if closely else "This match gets the usual contact.")
    fresh.difficult_since = today if closely else None
    fresh.save(update_fields=["difficult_since"])
    log(Act.CASELOAD_CHANGED, fresh, service=match.service, by=by, fields=["difficult_since"], closely=closely)
    return fresh


@transaction.atomic
def support(*, match: Match, to: ExtraSupport.To, on: date, what: str, by: User, today: date) -> ExtraSupport:
    """Note support beyond the usual, while the match runs or after its ending. Writes the ledger."""
    not_to_come(on, today)
    if match.introduced_on is None:
        raise Refused("Nobody has been introduced yet.")
    row = ExtraSupport.objects.create(match=match, to=to, on=on, what=what, by=by)
    log(Act.CASELOAD_RECORDED, row, service=match.service, by=by, match=match.ref, to=str(to))
    return row


@transaction.atomic
def notice_boundary(*, match: Match, on: date, what: str, done: str, by: User, today: date) -> BoundaryChange:
    """Note that something moved out of what was agreed; and what was done about it, when something was already."""
    running_now(match, today)
    not_to_come(on, today)
    row = BoundaryChange.objects.create(
        match=match, noticed_on=on, what=what, done=done, done_on=today if done.strip() else None, by=by
    )
    log(Act.CASELOAD_RECORDED, row, service=match.service, by=by, match=match.ref, acted=bool(done.strip()))
    return row


@transaction.atomic
def act_on_boundary(*, change: BoundaryChange, match: Match, done: str, by: User, today: date) -> BoundaryChange:
    """Note what was done about it. Writes the ledger. Raises Refused when somebody has acted already."""
    acted = BoundaryChange.objects.filter(pk=change.pk, done_on__isnull=True).update(done=done, done_on=today)
    if not acted:
        raise Refused("Somebody has acted on this already.")
    log(Act.CASELOAD_CHANGED, change, service=match.service, by=by, match=match.ref)
    change.refresh_from_db()
    return change


@transaction.atomic
def plan(*, match: Match, aims: str, goals: Iterable[tuple[str, date | None]], on: date, by: User, today: date) -> Plan:
    """A development plan with its goals, each with the day it is meant for or None. It takes the place of an earlier
    one, whose open goals are let go. Writes the ledger.
    """
    running_now(match, today)
    not_to_come(on, today)
    Goal.objects.filter(plan__match=match, state=Goal.State.OPEN).update(state=Goal.State.DROPPED, settled_on=today)
    row = Plan.objects.create(match=match, on=on, aims=aims)
    made = Goal.objects.bulk_create(Goal(plan=row, what=what, by_when=by_when) for what, by_when in goals)
    log(Act.CASELOAD_RECORDED, row, service=match.service, by=by, match=match.ref, goals=len(made))
    return row


@transaction.atomic
def settle_goal(*, goal: Goal, match: Match, state: Goal.State, by: User, today: date) -> Goal:
    """A goal is met, let go, or worked on again. Writes the ledger."""
    fresh = Goal.objects.select_for_update().get(pk=goal.pk)
    if fresh.state == state:
        raise Refused("This goal stands so already.")
    fresh.state = state
    fresh.settled_on = None if state == Goal.State.OPEN else today
    fresh.save(update_fields=["state", "settled_on"])
    log(Act.CASELOAD_CHANGED, fresh, service=match.service, by=by, match=match.ref, state=str(state))
    return fresh


@transaction.atomic
def note_dropout(
    *,
    match: Match,
    level: DropoutRisk.Level,
    on: date,
    signs: str,
    action: str,
    look_again_on: date | None,
    by: User,
    today: date,
) -> DropoutRisk:
    """Signs that the mentee may give up, and what is done with tutor or institution (002). Writes the ledger.

    Raises Refused when there is a risk without signs or without a day to look again, or the day to look again is past.
    """
    running_now(match, today)
    not_to_come(on, today)
    if level != DropoutRisk.Level.NONE and not (signs.strip() and look_again_on):
        raise Refused("Where there is a risk, say what the signs are and when you will look again.")
    if look_again_on is not None and look_again_on < on:
        raise Refused("The day to look again comes after this one.")
    row = DropoutRisk.objects.create(
        match=match, level=level, on=on, signs=signs, action=action, look_again_on=look_again_on, by=by
    )
    log(Act.CASELOAD_RECORDED, row, service=match.service, by=by, match=match.ref, level=str(level))
    return row
