"""A person's private calendar address: what it holds, making one, and making another in its place."""

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.courses.actions import renew_feed
from kithwork.courses.queries import feed_of
from kithwork.procedures.diary import moments_of
from kithwork.web.kit.cards import TimelineEvent
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.templatetags.kit import plural


@page(Desk.SERVICE, "GET", "POST")
def my_calendar(request: Signed) -> HttpResponse:
    """The address is shown once, in the answer that makes it: what is kept is a digest alone."""
    doors.yourself(request)
    now = timezone.now()
    address = ""
    if request.method == "POST":
        token = renew_feed(person=request.user, now=now)
        address = f"{settings.SITE_URL}{reverse('calendar_feed', args=[token])}"
        messages.success(request, "Here is your address. It is shown this once: copy it now.")
    made = feed_of(request.user)
    today = timezone.localdate(now)
    coming = [one for one in moments_of(request.user, today) if one.day >= today and not one.cancelled]
    context = {
        "heading": f"{plural(len(coming), 'date')} ahead of you" if coming else "No dates are ahead of you",
        "address": address,
        "webcal": address.replace("https://", "webcal://", 1) if address.startswith("https://") else "",
        "made": made.made_at if made else None,
        "events": [TimelineEvent(one.title, one.when, href=one.path, link="See it") for one in coming[:20]],
        "form": Form(),
    }
    return render(request, "service/calendar.html", context)
