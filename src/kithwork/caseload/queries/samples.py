"""Sample people: whether a service has some, whether it could, and where its faults are found."""

from collections.abc import Collection

from kithwork.caseload.models import Match, Mentee, Mentor, Referral, Review, Sample, Supervision, Training
from kithwork.governance.models import Policy, Staff
from kithwork.governance.registers import MODEL
from kithwork.organisations.models import Service

SampleRow = Sample  # pages name what they show, and import no models


def sample_of(service: Service) -> Sample | None:
    """The sample that is in a service now."""
    return Sample.objects.filter(service=service, thrown_away_at__isnull=True).select_related("by").first()


def could_have_one(service: Service) -> bool:
    """Whether nobody is on record yet, so that a sample could be loaded."""
    return not Mentee.objects.filter(service=service).exists() and not Mentor.objects.filter(service=service).exists()


def records_of(service: Service, refs: Collection[str]) -> dict[str, tuple[str, str]]:
    """By the reference of a row: the kind of record in which it is found ('mentor', 'policy', or a register's word),
    and that record's reference. One query for each kind.
    """
    found: dict[str, tuple[str, str]] = {}
    for kind, rows in (
        ("mentee", Mentee.objects.filter(service=service)),
        ("mentor", Mentor.objects.filter(service=service)),
        ("match", Match.objects.filter(service=service)),
        ("referral", Referral.objects.filter(mentee__service=service)),
        ("training", Training.objects.filter(service=service)),
        ("policy", Policy.objects.filter(service=service)),
        ("staff", Staff.objects.filter(service=service)),
        *((register.value, model._base_manager.filter(service=service)) for register, model in MODEL.items()),
    ):
        own = rows.filter(ref__in=refs).values_list("ref", flat=True)
        found.update((ref, (kind, ref)) for ref in own)
    reviews = Review.objects.filter(match__service=service, ref__in=refs).values_list("ref", "match__ref")
    found.update((ref, ("match", match)) for ref, match in reviews)
    sessions = Supervision.objects.filter(mentor__service=service, ref__in=refs).values_list("ref", "mentor__ref")
    found.update((ref, ("mentor", mentor)) for ref, mentor in sessions)
    return found
