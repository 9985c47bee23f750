"""Every write to courses, by what it is about. Each gives back what happened, to others' places too, for it tells
nobody itself: mail and journeys are the procedures' part.
"""

from kithwork.courses.actions.attendance import Mark, Noted, catch_up, hand_in, record_attendance
from kithwork.courses.actions.learning import (
    answer_feedback,
    change_hours,
    give_feedback,
    log_hours,
    remove_hours,
    renew_feed,
)
from kithwork.courses.actions.offerings import (
    PartMoved,
    PartPlan,
    add_part,
    cancel,
    change,
    change_part,
    close,
    make,
    move_part,
    plan_of,
    publish,
    remove_part,
    reopen,
)
from kithwork.courses.actions.places import (
    ask,
    confirm,
    decline,
    enter,
    lapse,
    offer_alternative,
    take_up,
    turn_down,
    withdraw,
)
from kithwork.courses.actions.seats import Happened, Moved

__all__ = [
    "Happened",
    "Mark",
    "Moved",
    "Noted",
    "PartMoved",
    "PartPlan",
    "add_part",
    "answer_feedback",
    "ask",
    "cancel",
    "catch_up",
    "change",
    "change_hours",
    "change_part",
    "close",
    "confirm",
    "decline",
    "enter",
    "give_feedback",
    "hand_in",
    "lapse",
    "log_hours",
    "make",
    "move_part",
    "offer_alternative",
    "plan_of",
    "publish",
    "record_attendance",
    "remove_hours",
    "remove_part",
    "renew_feed",
    "reopen",
    "take_up",
    "turn_down",
    "withdraw",
]
