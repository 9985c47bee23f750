"""What happened in one match, as a timeline's facts: newest first, one line for each row that has a date."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kithwork.caseload.models import Contact, Match

SHOWN = 40  # contacts; the log has all


@dataclass(frozen=True, slots=True)
class Happened:
    """`subject` is the row's kind and `moment` which of its dates this is; `row` holds the words."""

    on: date
    subject: str
    moment: str
    row: Any
    by: str = ""


def story_of(match: Match) -> list[Happened]:
    """From a match that `match_with` has got, and its contacts with the staff's: two queries."""
    found = [*_of_itself(match), *_of_its_rows(match)]
    contacts = Contact.objects.filter(match=match).select_related("by").order_by("-on", "-pk")[:SHOWN]
    found += [Happened(one.on, "contact", one.kind, one, str(one.by or "")) for one in contacts]
    found.sort(key=lambda one: one.on, reverse=True)
    return found


def _of_itself(match: Match) -> list[Happened]:
    dates = {
        "proposed": match.proposed_on,
        "mentee-answered": match.mentee_answered_on,
        "mentor-answered": match.mentor_answered_on,
        "withdrawn": match.withdrawn_on,
        "introduced": match.introduced_on,
        "difficult": match.difficult_since,
    }
    found = [Happened(on, "match", moment, match) for moment, on in dates.items() if on is not None]
    if match.first_met_on is not None and match.first_met_on != match.introduced_on:
        found.append(Happened(match.first_met_on, "match", "met", match))
    ending = getattr(match, "ending", None)
    if ending is not None:
        for moment, on in (
            ("known", ending.known_on),
            ("looked-back", ending.looked_back_on),
            ("last-day", ending.last_day),
        ):
            if on is not None:
                found.append(Happened(on, "ending", moment, ending))
    return found


def _of_its_rows(match: Match) -> list[Happened]:
    found: list[Happened] = []
    for one in match.agreements.all():
        found.append(Happened(one.drawn_up_on, "agreement", "drawn-up", one))
        signed = [day for day in (one.mentee_on, one.mentor_on, one.service_on) if day is not None]
        if len(signed) == 3:
            found.append(Happened(max(signed), "agreement", "signed", one))
    for plan in match.plans.all():
        found.append(Happened(plan.on, "plan", "made", plan))
        found += [Happened(goal.settled_on, "goal", goal.state, goal) for goal in plan.goals.all() if goal.settled_on]
    found += [Happened(one.on, "review", "held", one, str(one.by or "")) for one in match.reviews.all()]
    for change in match.boundary_changes.all():
        found.append(Happened(change.noticed_on, "boundary", "noticed", change, str(change.by)))
        if change.done_on is not None:
            found.append(Happened(change.done_on, "boundary", "done", change))
    found += [Happened(one.on, "support", one.to, one, str(one.by)) for one in match.extra_support.all()]
    for dispute in match.disputes.all():
        found.append(Happened(dispute.raised_on, "dispute", "raised", dispute, str(dispute.by)))
        if dispute.settled_on is not None:
            found.append(Happened(dispute.settled_on, "dispute", "settled", dispute))
    found += [Happened(one.on, "dropout", one.level, one, str(one.by)) for one in match.dropout_risks.all()]
    return found
