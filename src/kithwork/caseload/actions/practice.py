"""How a service works: begun once, changed by its leads."""

from datetime import date
from typing import Any

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Consent, Practice
from kithwork.core.stamp import stamp
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Service

# what is asked at the start; a service puts it into its own words, and what was asked is kept with each answer
WORDS_OF_CONSENT = {
    Consent.Kind.DATA: "The service may keep my details, to run the mentoring and to keep people safe.",
    Consent.Kind.THIRD_PARTIES: "The service may ask others who know me for information, about risks too.",
    Consent.Kind.RISK: "The service may tell my mentor about risks and the best way to manage them.",
    Consent.Kind.REVIEWS: "The service may share what I say in reviews with my mentor and whoever referred me.",
    Consent.Kind.STORY: "The service may tell my story, or use my picture, after showing it to me first.",
}
ELIGIBILITY = ("The person is in the group the service is for.", "The person lives where the service works.")


@transaction.atomic
def begin(*, service: Service, by: User, today: date) -> Practice:
    """Run a service's daily work here, with the figures that the indicators ask for. Writes the ledger.

    Raises Refused when it does already.
    """
    practice, new = Practice.objects.get_or_create(
        service=service,
        defaults={
            "begun_on": today,
            "eligibility": list(ELIGIBILITY),
            "words_of_consent": {kind.value: words for kind, words in WORDS_OF_CONSENT.items()},
        },
    )
    if not new:
        raise Refused("This service runs its work here already.")
    log(Act.CASELOAD_RECORDED, practice, service=service, by=by, what="practice")
    return practice


@transaction.atomic
def change(*, practice: Practice, by: User, seen: str = "", **changes: Any) -> Practice:
    """Change how a service works; only what differs is saved. Writes the ledger, naming the fields.

    `seen` is the `core.stamp` of these fields as they were read. Raises Refused when they have changed since.
    """
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    if seen and stamp(locked, changes) != seen:
        raise Refused("Somebody changed this while you were writing. Look at it again; what you typed is below.")
    changed = [field for field, value in changes.items() if getattr(locked, field) != value]
    for field in changed:
        setattr(locked, field, changes[field])
    if changed:
        locked.full_clean(exclude=["service"], validate_constraints=False)
        locked.save(update_fields=changed)
        log(Act.CASELOAD_CHANGED, locked, service=practice.service, by=by, what="practice", fields=sorted(changed))
    return locked
