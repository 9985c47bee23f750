"""The account desk's doors: one's own things, and which desks one has."""

from dataclasses import dataclass

from django.urls import reverse

from kithwork.caseload.access import mentoring_of, runs_of
from kithwork.journeys.access import appointments_asked_of, journeys_for_assessor, journeys_of_person
from kithwork.organisations.access import memberships_of
from kithwork.organisations.queries import ROLES_OF_PROVIDERS
from kithwork.web.kit.chrome import account_places
from kithwork.web.kit.pages import DeskChrome, Signed


@dataclass(frozen=True, slots=True)
class DeskCard:
    """A desk of a person's: where it is, for whom, and as what."""

    title: str
    role: str
    href: str


@dataclass(frozen=True, slots=True)
class Provider:
    """An organisation for whose services a person may apply."""

    slug: str
    name: str


def dress(request: Signed) -> None:
    """Hang the desk's bar on the request."""
    request.desk_chrome = DeskChrome(account_places(request.path))  # type: ignore[attr-defined]  # read by the kit's chrome


def desks_of(request: Signed) -> list[DeskCard]:
    """The desks of the person who asks: their organisations', the mentor's, the assessor's, the bodies'."""
    cards: dict[str, DeskCard] = {}
    assesses = False
    memberships = list(memberships_of(request.user))
    for run in runs_of(request.user, memberships):
        href = reverse("today" if run.coordinates else "the_service", args=[run.service.slug])
        cards[href] = DeskCard(run.service.name, "The service's daily work", href)
    for membership in memberships:
        organisation, role = membership.organisation, membership.get_role_display()
        if membership.role in ROLES_OF_PROVIDERS:
            href = reverse("service_home", args=[organisation.slug])
        elif membership.role == "officer":
            href = reverse("body_home", args=[organisation.slug])
        elif membership.role in ("panel", "chair"):
            href = reverse("panel", args=[organisation.slug])
        else:
            assesses = assesses or membership.role == "assessor"
            continue
        cards.setdefault(href, DeskCard(organisation.name, role, href))
    if journeys_of_person(request.user).exists():
        cards["yourself"] = DeskCard("Your own applications", "Applicant", reverse("applicant_home"))
    if mentoring_of(request.user):
        cards["mentor"] = DeskCard("Who you meet", "Mentor", reverse("mentor_home"))
    if assesses or journeys_for_assessor(request.user).exists() or appointments_asked_of(request.user).exists():
        cards["assessor"] = DeskCard("Services to assess", "Assessor", reverse("queue"))
    if request.user.is_operator:
        cards["operator"] = DeskCard("Account mail", "Operator of this site", reverse("account_mail"))
    return list(cards.values())


def providers_of(request: Signed) -> list[Provider]:
    """The organisations whose services the person may apply for."""
    found = {
        m.organisation.slug: Provider(m.organisation.slug, m.organisation.name)
        for m in memberships_of(request.user)
        if m.role in ("lead", "contributor")
    }
    return list(found.values())
