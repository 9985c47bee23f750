"""A person's private calendar: whoever has the secret address may read it, for calendar programs cannot sign in."""

from django.http import HttpRequest, HttpResponse

from kithwork.courses.access import person_by_feed
from kithwork.courses.calendars import calendar_of_person
from kithwork.web.kit.pages import Desk, page


@page(Desk.PUBLIC)
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The days of a person's places. Unknown and renewed addresses answer alike, with 404."""
    answer = HttpResponse(calendar_of_person(person_by_feed(token)), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="kithwork.ics"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
