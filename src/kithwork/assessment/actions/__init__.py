"""Every write to assessment."""

from kithwork.assessment.actions.finding import agree_alternative, find, hold_interview
from kithwork.assessment.actions.ground import stage_of
from kithwork.assessment.actions.judging import decide, recommend
from kithwork.assessment.actions.marking import agree_mark, mark
from kithwork.assessment.actions.meeting import arrange, hold
from kithwork.assessment.actions.observing import reply, sign, write_up
from kithwork.assessment.actions.panels import keep_record, note

__all__ = [
    "agree_alternative",
    "agree_mark",
    "arrange",
    "decide",
    "find",
    "hold",
    "hold_interview",
    "keep_record",
    "mark",
    "note",
    "recommend",
    "reply",
    "sign",
    "stage_of",
    "write_up",
]
