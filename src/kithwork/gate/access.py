"""The doors to an original. Its journey has been got through the applicant's own door first: no other side has one."""

from django.http import Http404

from kithwork.gate.models import Original


def original_for_applicant(journey: str, ref: str) -> Original:
    """An original of a journey (its reference) that has not been withdrawn or destroyed."""
    found = (
        Original.objects.select_related("added_by", "approved_by")
        .filter(journey=journey, ref=ref, withdrawn_at__isnull=True, destroyed_at__isnull=True)
        .first()
    )
    if found is None:
        raise Http404("No such page.")
    return found
