"""The mentor's desk: a person's own records as a mentor, and the desk's places."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import mentoring_of, own_match_for
from kithwork.caseload.queries.mentoring import MatchRow, MentorRow
from kithwork.web.kit.cards import Place
from kithwork.web.kit.pages import DeskChrome, Signed

SPOTS = (
    ("Who I meet", "mentor_home"),
    ("My log", "mentor_log_list"),
    ("Library", "mentor_library"),
    ("About me", "mentor_you"),
)


@dataclass(frozen=True, slots=True)
class Own:
    """A match through its mentor's door, and the day."""

    match: MatchRow
    today: date

    def at(self, name: str) -> str:
        return reverse(name, args=[self.match.ref])


def dress(request: Signed, organisation: str = "") -> None:
    """Hang the desk's bar on the request."""
    places = tuple(Place(text, reverse(name), request.path == reverse(name)) for text, name in SPOTS)
    request.desk_chrome = DeskChrome(places, organisation)  # type: ignore[attr-defined]  # read by the kit's chrome


def mentors(request: Signed, *, need: bool = True) -> list[MentorRow]:
    """A person's own records as a mentor, one a service; 404 for whoever mentors nowhere, unless not `need`."""
    found = mentoring_of(request.user)
    if need and not found:
        raise Http404("No such page.")
    dress(request, found[0].service.name if len(found) == 1 else "")
    return found


def own(request: Signed, match: str) -> Own:
    """A match of one's own that runs."""
    found = own_match_for(request.user, match)
    dress(request, found.service.name)
    return Own(found, timezone.localdate())
