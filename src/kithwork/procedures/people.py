"""Whom a procedure tells: the people on each side of a journey.

Each gives whom it told, for the next to leave out: a person of two sides hears of one event once.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from kithwork.accounts.models import User
from kithwork.core.journey import ActKind
from kithwork.core.schemes import PanelStage
from kithwork.core.schemes import Role as Acting
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Appointment, Journey
from kithwork.journeys.queries import read
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind
from kithwork.organisations.models import Organisation, Role


def _holders(organisation: Organisation, *roles: Role) -> list[User]:
    return list(
        User.objects.filter(
            memberships__organisation=organisation, memberships__role__in=roles, memberships__ended_at__isnull=True
        ).distinct()
    )


def applicants(journey: Journey) -> list[User]:
    """Those who act for the applicant."""
    if journey.service is None:
        return [journey.created_by] if journey.person_id else []
    return _holders(journey.service.organisation, Role.LEAD, Role.CONTRIBUTOR)


def officers(journey: Journey) -> list[User]:
    return officers_of(journey.edition.body)


def officers_of(body: Organisation) -> list[User]:
    return _holders(body, Role.OFFICER)


def assessors(journey: Journey) -> list[User]:
    appointed = Appointment.objects.filter(journey=journey, state=Appointment.State.APPOINTED)
    return [row.assessor for row in appointed.select_related("assessor")]


def acting(journey: Journey, role: Acting) -> list[User]:
    """Those who act on a journey in a role; nobody for a third party, who has a link and no account."""
    match role:
        case Acting.APPLICANT:
            return applicants(journey)
        case Acting.OFFICER:
            return officers(journey)
        case Acting.ASSESSOR:
            return assessors(journey)
        case Acting.PANEL | Acting.CHAIR:
            return _holders(journey.edition.body, _PANEL[role])
        case Acting.SUPPORTER:
            return []


def tell_applicants(journey: Journey, kind: Kind, path: str = "", *, but: Iterable[User] = ()) -> list[User]:
    return _tell(journey, kind, applicants(journey), path or f"/journeys/{journey.ref}/", but)


def tell_officers(journey: Journey, kind: Kind, *, but: Iterable[User] = ()) -> list[User]:
    body = journey.edition.body
    return _tell(journey, kind, officers(journey), f"/body/{body.slug}/journeys/{journey.ref}/", but)


def tell_assessors(journey: Journey, kind: Kind, *, but: Iterable[User] = ()) -> list[User]:
    return _tell(journey, kind, assessors(journey), f"/assess/{journey.ref}/", but)


_PANEL = {Acting.PANEL: Role.PANEL, Acting.CHAIR: Role.CHAIR}


def _waits_for_panel(journey: Journey, today: date) -> set[tuple[str, ActKind, Acting]]:
    """What is open for a panel's members and its chair; nothing, unread, where a scheme has no panel."""
    stages = edition_of(journey.edition).stages
    if not any(isinstance(stage, PanelStage) or stage.by in _PANEL for stage in stages):
        return set()
    acts = read(journey, today).position.acts
    return {(act.stage, act.what, act.role) for act in acts if act.role in _PANEL}


@contextmanager
def panel_hears(journey: Journey, today: date) -> Iterator[list[User]]:
    """Whatever is done inside: where something waits for a panel's members or its chair because of it, they are told.

    Those who have heard of it in another role are put into the list that is given, and left out.
    """
    before = _waits_for_panel(journey, today)
    heard: list[User] = []
    yield heard
    body = journey.edition.body
    for stage, what, role in sorted(_waits_for_panel(journey, today) - before):
        page = "decide" if what is ActKind.DECIDE else "stages"
        path = f"/body/{body.slug}/journeys/{journey.ref}/{page}/{stage}/"
        heard += _tell(journey, Kind.PANEL_WAITS, _holders(body, _PANEL[role]), path, heard)


def _tell(journey: Journey, kind: Kind, people: list[User], path: str, but: Iterable[User]) -> list[User]:
    heard = set(but)
    left = [person for person in people if person not in heard]
    tell(kind=kind, to=left, organisation=journey.edition.body, path=path, about=journey.edition.name)
    return left
