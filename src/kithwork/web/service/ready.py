"""On a journey: what the service's records show of it, for members who run its daily work besides."""

from django.http import Http404
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.caseload.access import COORDINATES, run_for
from kithwork.readiness.counting import questions
from kithwork.readiness.keeping import latest
from kithwork.web.coordinator.readiness.frame import HOLDS
from kithwork.web.kit.cards import Link
from kithwork.web.service.doors import Seen
from kithwork.web.templatetags.kit import longdate

__all__ = ["ready_line"]


def ready_line(user: User, seen: Seen) -> Link | None:
    """'Your records today: 52 of 61 met', leading to the map; nothing is counted for it.

    None for whoever does not see the records of the service's people, and where an edition asks nothing of records.
    """
    service, edition, level = seen.reading.journey.service, seen.edition, seen.position.level
    if service is None or not seen.applicant.roles & COORDINATES or seen.position.status.is_over:
        return None
    within = {level, *edition.level(level).includes}
    asked = [one for one in edition.requirements if one.level in within]
    if not any(questions(one) for one in asked):
        return None
    try:
        run = run_for(user, service.slug)
    except Http404:
        return None
    run.practice.service = run.service
    href = reverse("readiness_map", args=[service.slug, edition.scheme.slug, edition.scheme.edition, level])
    kept = latest(practice=run.practice, edition=edition, today=seen.today)
    if kept is None:
        return Link("See what your records show", href)
    met = sum(one.state in HOLDS for one in kept.standings if one.level in within)
    when = "today" if kept.day == seen.today else f"on {longdate(kept.day)}"
    return Link(f"Your records {when}: {met} of {len(asked)} met", href)
