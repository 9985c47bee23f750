"""What assessors said of what was sent, for whoever decides on it."""

from kithwork.evidence.models import Feedback
from kithwork.journeys.models import Journey

FeedbackRow = Feedback  # the type's name for pages, which never touch the table


def feedback_in(journey: Journey, stage: str) -> dict[str, list[Feedback]]:
    """Slot -> what was said of it in a stage, oldest first. One query."""
    found: dict[str, list[Feedback]] = {}
    for row in Feedback.objects.filter(journey=journey, stage=stage).select_related("by"):
        found.setdefault(row.slot, []).append(row)
    return found
