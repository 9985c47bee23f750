"""Finished cards for the assessor's pages, made from a journey's position; templates only place them."""

from kithwork.web.assessor.cards.case import (
    ACTS,
    AreaTasks,
    Next,
    act_rows,
    case_map,
    next_thing,
    tasks_by_area,
    yours,
)
from kithwork.web.assessor.cards.queue import CaseRow, case_row, relative
from kithwork.web.assessor.cards.slots import STAGES, STATES, Slot, applicant_name, href_of, slots_of, waiting

__all__ = [
    "ACTS",
    "STAGES",
    "STATES",
    "AreaTasks",
    "CaseRow",
    "Next",
    "Slot",
    "act_rows",
    "applicant_name",
    "case_map",
    "case_row",
    "href_of",
    "next_thing",
    "relative",
    "slots_of",
    "tasks_by_area",
    "waiting",
    "yours",
]
