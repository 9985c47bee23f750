"""What was done before a match came from a spreadsheet: why these two, when each was told, who introduced them."""

from django.http import Http404, HttpResponse

from kithwork.caseload.actions.noting import note_before
from kithwork.caseload.queries.moving import to_note
from kithwork.web.coordinator.matches.forms import NotedBefore
from kithwork.web.coordinator.matches.frame import about, here
from kithwork.web.kit.acting import posted
from kithwork.web.kit.pages import Desk, Signed, page


@page(Desk.SERVICE, "GET", "POST")
def match_noted(request: Signed, slug: str, match: str) -> HttpResponse:
    """Asks for what is missing alone; absent for a match that was made here, or lacks nothing."""
    seen = here(request, slug, match)
    missing = to_note(seen.match)
    if not missing:
        raise Http404("No such page.")
    names = {side: seen.called(side) for side in ("mentee", "mentor")}
    form = NotedBefore(posted(request), missing=missing, names=names)
    return about(
        request,
        seen,
        form,
        lambda: note_before(match=seen.match, by=request.user, today=seen.today, **form.cleaned_data),
        heading="Note what was done before",
        text="This match came from a spreadsheet. What your papers say was done then counts as done; it is marked as "
        "noted today, by you.",
        button="Save",
        said="Noted. It counts as done on the days you gave.",
    )
