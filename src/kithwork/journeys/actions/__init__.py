"""Every write to journeys."""

from kithwork.journeys.actions.assessors import (
    ask_assessor,
    declare,
    drop_request,
    end_appointment,
    end_appointments_of,
)
from kithwork.journeys.actions.drafts import drop_draft, save_draft
from kithwork.journeys.actions.money import issue_invoice, take_payment
from kithwork.journeys.actions.opening import begin, begin_renewal, close_edition, publish
from kithwork.journeys.actions.recording import keep_response, record, refresh
from kithwork.journeys.actions.supporting import ask_support, decline_support, give_support

__all__ = [
    "ask_assessor",
    "ask_support",
    "begin",
    "begin_renewal",
    "close_edition",
    "declare",
    "decline_support",
    "drop_draft",
    "drop_request",
    "end_appointment",
    "end_appointments_of",
    "give_support",
    "issue_invoice",
    "keep_response",
    "publish",
    "record",
    "refresh",
    "save_draft",
    "take_payment",
]
