"""How the service's pages send what was typed through the gate: with everybody in the service's records known."""

from django.forms import BaseForm
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.evidence.passing import NOBODY_ON_IT, Passing
from kithwork.procedures.gating.known import known_to, note_known
from kithwork.procedures.gating.offering import passing
from kithwork.web.kit.gating import through
from kithwork.web.service import doors

__all__ = ["NOBODY_ON_IT", "looked_through"]


def looked_through(seen: doors.Seen, form: BaseForm, user: User, *names: str, wording: str = "") -> Passing:
    """Who lets the fields `names` through, and in which words; `wording` is what was declared of a link.

    Raises Refused, with the form asking, while something found in them waits for a decision.
    """
    journey, now = seen.reading.journey, timezone.now()
    known = known_to(journey)
    found = passing(through(form, *names, known=known), user)
    note_known(journey, known, now)
    return Passing(found.by, found.at, f"{wording} {found.wording}".strip()[:500]) if wording else found
