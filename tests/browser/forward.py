"""Move a journey on to where evidence can be sent, as the body and its assessor do: `site.program("forward", ref)`.

For tests that are about the applicant's side alone; the functions are those that the pages call.
"""

from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.journey import Answer
from kithwork.core.schemes import DecisionStage, FeeStage
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.procedures import applying
from kithwork.procedures.sample import DECLARED


def main(ref: str) -> None:
    """Eligible, Dot appointed, the first fee paid; all today, by Olu."""
    yes, reason = Answer.YES, "All five points are met."
    journey, today = Journey.objects.get(ref=ref), timezone.localdate()
    olu, dot = User.objects.get(email="olu@awards.example"), User.objects.get(email="dot@assessors.example")
    stages = edition_of(journey.edition).stages
    eligibility = next(stage for stage in stages if isinstance(stage, DecisionStage))
    fee = next(stage for stage in stages if isinstance(stage, FeeStage))
    applying.decide_eligibility(journey=journey, stage=eligibility.id, outcome=yes, reason=reason, by=olu, today=today)
    asked = applying.ask_assessor(journey=journey, assessor=dot, by=olu, today=today)
    applying.declare(appointment=asked, conflict=False, wording=DECLARED, today=today)
    invoice = applying.issue_invoice(journey=journey, stage=fee.id, by=olu, today=today)
    applying.take_payment(invoice=invoice, by=olu, today=today, paid_on=today)
