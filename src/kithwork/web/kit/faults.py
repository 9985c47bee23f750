"""Pages for what went wrong: a clear sentence, and what to do. All of them work without a database.

In the project's URLs: handler400 = "kithwork.web.kit.faults.handler400", likewise 403, 404 and 500.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from kithwork.web.kit.cards import Text
from kithwork.web.kit.chrome import Chrome

__all__ = ["csrf_failure", "handler400", "handler403", "handler404", "handler413", "handler500"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault page: its status, the finding as a heading, and sentences that say what to do."""

    status: int
    heading: Text
    advice: tuple[Text, ...]
    home: bool = True


BAD_REQUEST = Fault(
    400,
    gettext_lazy("We could not understand that request"),
    (
        gettext_lazy("Something in the address or in what was sent is not as we expect it. Nothing has been changed."),
        gettext_lazy("Go back, reload the page and try again."),
    ),
)
FORBIDDEN = Fault(
    403,
    gettext_lazy("You cannot do this"),
    (
        gettext_lazy("Your account has no right to this page. Nothing has been changed."),
        gettext_lazy("If you have more than one account, check which one you are signed in with."),
        gettext_lazy("Otherwise ask the person who manages your organisation's members."),
    ),
)
STALE = Fault(
    403,
    gettext_lazy("We could not be sure that this came from you"),
    (
        gettext_lazy("The page may have been open for a long time, or you signed in or out in another tab."),
        gettext_lazy(
            "Nothing has been changed. Go back, copy anything long that you typed, reload the page, and send it again."
        ),
        gettext_lazy("If it happens again, allow cookies for this site."),
    ),
)
NOT_FOUND = Fault(
    404,
    gettext_lazy("There is no page here"),
    (
        gettext_lazy("If you typed the address, check it. If you followed a link, it may be old."),
        gettext_lazy("The page may be for other people than you: check that you are signed in with the right account."),
    ),
)
TOO_BIG = Fault(
    413,
    gettext_lazy("That is too much to send at once"),
    (
        gettext_lazy("The file or the form is larger than we take. Nothing has been saved."),
        gettext_lazy("Go back and send a smaller file, or fewer files at a time."),
        gettext_lazy("A scan saved at a lower resolution is often a tenth of the size."),
    ),
)
BROKEN = Fault(
    500,
    gettext_lazy("Something went wrong on our side"),
    (
        gettext_lazy("It was not your doing, and it has been noted for the people who look after this site."),
        gettext_lazy("Try again in a few minutes. A long form keeps its draft as you type."),
    ),
)


def _page(request: HttpRequest | None, fault: Fault) -> HttpResponse:
    """The fault's page, in the desk's own frame when there is a request to tell it."""
    body = render_to_string("kit/fault.html", {"fault": fault, "chrome": Chrome(request)}, request=request)
    return HttpResponse(body, status=fault.status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW. The reason is for developers and is in the log; people get advice."""
    return _page(request, STALE)


def handler400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Bad request; what was too big answers 413 instead."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return handler413(request, exception)
    return _page(request, BAD_REQUEST)


def handler403(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    return _page(request, FORBIDDEN)


def handler404(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    return _page(request, NOT_FOUND)


def handler413(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """For views and middleware that refuse an upload by its size; Django itself has no such handler."""
    return _page(request, TOO_BIG)


def handler500(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: no session, user, message or desk is asked for, since any may be what broke."""
    return _page(None, BROKEN)
