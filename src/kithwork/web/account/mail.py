"""The mail that no body sees: about accounts, and invitations to services. For the operators of this site."""

from django.http import HttpResponse
from django.shortcuts import render

from kithwork.notices.access import messages_for_operator
from kithwork.notices.words import ACCOUNT_MAIL
from kithwork.web.account import doors
from kithwork.web.body.lists import asked, page_of
from kithwork.web.body.outbox import OutboxFilter, fault_of, narrowed, state_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import clock, plural


@page(Desk.ACCOUNT)
def account_mail(request: Signed) -> HttpResponse:
    """What was written to whom and when, and whether it left; never what it says, for that holds a secret."""
    everything = messages_for_operator(request.user)
    doors.dress(request)
    form = OutboxFilter(request.GET)
    wanted = asked(form)
    shown = page_of(request, narrowed(everything, wanted))
    context = {
        "heading": "Account mail",
        "form": form,
        "filtered": any(wanted.values()),
        "columns": ["Subject", "To", "Kind", "State", "Written", "Sent, or what failed"],
        "rows": [
            (
                m.subject,
                m.to.email if m.to else m.email,
                ACCOUNT_MAIL.get(m.kind, "Invitation"),
                state_of(m),
                clock(m.created_at),
                clock(m.sent_at) if m.sent_at else fault_of(m),
            )
            for m in shown.object_list
        ],
        "caption": plural(shown.paginator.count, "message"),
        "page_obj": shown,
    }
    return render(request, "account_desk/mail.html", context)
