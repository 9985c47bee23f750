"""Named reads over assessment."""

from django.db.models import QuerySet

from kithwork.assessment.models import Arrangement, Decision, Finding, Interview, Recommendation
from kithwork.journeys.models import Journey


def arranged(journey: Journey) -> dict[tuple[str, str], Arrangement]:
    """(stage, item) -> the time that counts, the latest one made."""
    rows = Arrangement.objects.filter(journey=journey).order_by("made_at", "id")
    return {(row.stage, row.item): row for row in rows}


def findings(journey: Journey) -> dict[str, Finding]:
    """Slot -> the latest finding."""
    return {row.slot: row for row in Finding.objects.filter(journey=journey).select_related("by")}


def interviews(journey: Journey) -> QuerySet[Interview]:
    return Interview.objects.filter(journey=journey).select_related("by")


def latest_recommendation(journey: Journey) -> Recommendation | None:
    return Recommendation.objects.filter(journey=journey).select_related("by").order_by("-at", "-id").first()


def recommendations(journey: Journey) -> QuerySet[Recommendation]:
    """All that was ever recommended, oldest first."""
    return Recommendation.objects.filter(journey=journey).select_related("by")


def decisions(journey: Journey) -> QuerySet[Decision]:
    return Decision.objects.filter(journey=journey).select_related("by")


RecommendationRow = Recommendation  # the type's name for pages, which never touch the table
FindingOutcome = Finding.Outcome  # these two for pages, which import no models
FindingSeen = Finding.Seen


def asked_again(journey: Journey) -> list[str]:
    """The requirements that the last recommendation wants looked at again at a renewal."""
    last = Recommendation.objects.filter(journey=journey).last()
    return list(last.asked_again) if last else []
