"""The doors of this desk: a service together with the right to it, and the desk's five places hung up."""

from django.http import Http404
from django.urls import reverse

from kithwork.caseload.access import Run, coordinated_by, run_for, safeguarded_by
from kithwork.web.kit.cards import Place
from kithwork.web.kit.pages import DeskChrome, Signed


def people(request: Signed, slug: str) -> Run:
    """A service for those who see its people's records."""
    return _hung(request, coordinated_by(request.user, slug))


def concerns(request: Signed, slug: str) -> Run:
    """A service for those who answer for safeguarding."""
    return _hung(request, safeguarded_by(request.user, slug))


def ground(request: Signed, slug: str, *, write: bool = False, lead: bool = False) -> Run:
    """A service for anybody who belongs to it: what is about the service and not about people."""
    run = run_for(request.user, slug)
    if (write and not run.writes) or (lead and not run.leads):
        raise Http404("No such page.")
    return _hung(request, run)


def _hung(request: Signed, run: Run) -> Run:
    slug = run.service.slug
    spots = [("The service", reverse("the_service", args=[slug]))]
    if run.coordinates:
        spots = [
            ("Today", reverse("today", args=[slug])),
            ("Mentees", f"/run/{slug}/mentees/"),
            ("Mentors", f"/run/{slug}/mentors/"),
            ("Matches", f"/run/{slug}/matches/"),
            *spots,
        ]
    # the deepest place that holds the page is the current one; Today holds itself alone
    held = [href for _, href in spots[1:] or spots if request.path.startswith(href)] or [request.path]
    places = tuple(Place(text, href, href == held[0]) for text, href in spots)
    request.desk_chrome = DeskChrome(places, run.service.name)  # type: ignore[attr-defined]  # read by the kit's chrome
    return run
