"""Named reads over evidence."""

from kithwork.evidence.models import Breach, BreachStep, Feedback, Found, Item
from kithwork.evidence.queries.breaches import (
    Struck,
    breaches_of,
    breaches_of_body,
    breaches_of_provider,
    copies_elsewhere,
    copies_of,
    journeys_beside,
    settled,
    slot_in_breach,
    steps_of,
    struck_by,
    struck_copies,
    unsettled_of_body,
    unsettled_of_provider,
)
from kithwork.evidence.queries.gathering import (
    Gathered,
    Stale,
    ThreadEvent,
    gathered,
    gone_stale,
    item_of,
    items_by_slot,
    items_for,
    items_of,
    last_sent,
    latest_round,
    may_gather,
    may_leave,
    may_send,
    may_serve,
    prepared_for,
    slots_by_item,
    thread,
    to_be_seen,
)

# The types' names for pages, which never touch the tables
BreachRow = Breach
BreachSide = BreachStep.Side
FeedbackOutcome = Feedback.Outcome
ItemRow = Item
StepKind = BreachStep.Kind

__all__ = [
    "BreachRow",
    "BreachSide",
    "FeedbackOutcome",
    "Found",
    "Gathered",
    "ItemRow",
    "Stale",
    "StepKind",
    "Struck",
    "ThreadEvent",
    "breaches_of",
    "breaches_of_body",
    "breaches_of_provider",
    "copies_elsewhere",
    "copies_of",
    "gathered",
    "gone_stale",
    "item_of",
    "items_by_slot",
    "items_for",
    "items_of",
    "journeys_beside",
    "last_sent",
    "latest_round",
    "may_gather",
    "may_leave",
    "may_send",
    "may_serve",
    "prepared_for",
    "settled",
    "slot_in_breach",
    "slots_by_item",
    "steps_of",
    "struck_by",
    "struck_copies",
    "thread",
    "to_be_seen",
    "unsettled_of_body",
    "unsettled_of_provider",
]
