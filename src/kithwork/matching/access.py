"""The doors of what was proposed. A caller has come through the service's own door first, and hands it in."""

from django.http import Http404

from kithwork.caseload.access import Run
from kithwork.matching.models import KeptApart, Proposal

__all__ = ["kept_apart_of", "proposal_of"]


def proposal_of(run: Run, ref: str) -> Proposal:
    """A proposal of a service that one has got through `coordinated_by`, with its two people."""
    found = Proposal.objects.filter(run__service=run.service, ref=ref).select_related("mentee", "mentor", "run").first()
    if found is None:
        raise Http404("No such page.")
    found.mentee.service = found.mentor.service = run.service
    return found


def kept_apart_of(run: Run, ref: str) -> KeptApart:
    """Two who are kept apart, of a service that one has got through `coordinated_by`."""
    found = KeptApart.objects.filter(service=run.service, ref=ref).select_related("mentee", "mentor").first()
    if found is None or found.ended_at is not None:
        raise Http404("No such page.")
    found.service = run.service
    return found
