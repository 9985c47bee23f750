"""The ledger: recent acts of the body in words, without personal detail, and the proof that nobody changed it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.journey import EntryKind
from kithwork.journeys.access import journeys_for_body
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import JourneyRow
from kithwork.ledger.queries import RecordRow, of_organisation, verify
from kithwork.organisations.queries import names_of_members
from kithwork.web.body import doors
from kithwork.web.body.lists import Filter, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.body.wording import applicant_of
from kithwork.web.kit.cards import Link
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import clock, plural

ACTS = {
    "account.signed_in": "Signed in",
    "organisation.founded": "Set up the organisation",
    "organisation.service_opened": "Added a service",
    "organisation.invited": "Invited somebody",
    "organisation.invitation_withdrawn": "Withdrew an invitation",
    "organisation.joined": "Somebody joined",
    "organisation.left": "Ended somebody's role",
    "journey.edition_published": "Published an edition",
    "journey.edition_closed": "Closed an edition to new applications",
    "journey.assessor_asked": "Asked an assessor",
    "journey.assessor_declared": "Answered a request to assess",
    "journey.assessor_ended": "Ended an appointment",
    "evidence.added": "Added evidence",
    "evidence.changed": "Changed evidence",
    "evidence.declared": "Declared evidence redacted",
    "evidence.offered": "Offered evidence for one thing more",
    "evidence.reused": "Used evidence again from another journey",
    "evidence.taken_back": "Took evidence back",
    "evidence.sent": "Sent evidence",
    "evidence.judged": "Judged evidence",
    "evidence.remarked": "Wrote a note",
    "evidence.breached": "Reported a data breach",
    "evidence.breach_handled": "Noted what was done about a data breach",
    "evidence.held": "Held evidence back",
    "evidence.passed": "Let evidence through the privacy gate",
    "assessment.found": "Recorded a finding",
    "assessment.interviewed": "Recorded an interview",
    "assessment.recommended": "Recommended",
    "assessment.decided": "Decided",
    "assessment.written_up": "Wrote up an observation",
    "assessment.replied": "Answered a write-up",
    "assessment.noted": "Noted for the panel",
    "assessment.record_kept": "Filled in the panel's record",
    "assessment.marked": "Marked a script",
    "assessment.mark_agreed": "Agreed on a mark",
    "rights.asked": "Somebody asked something of their data",
    "rights.answered": "Answered what somebody asked of their data",
    "rights.handed_over": "Made a copy of what is held about somebody",
    "course.made": "Set up a course",
    "course.changed": "Changed a course",
    "course.published": "Published a course",
    "course.closed": "Closed a course to requests",
    "course.reopened": "Opened a course to requests again",
    "course.cancelled": "Cancelled a course",
    "course.part_added": "Added a part to a course",
    "course.part_changed": "Changed a part of a course",
    "course.part_moved": "Moved a part of a course",
    "course.part_removed": "Took a part out of a course",
    "course.asked": "Asked for a place",
    "course.waiting": "Went on a waiting list",
    "course.offered": "Offered a place",
    "course.confirmed": "Confirmed a place",
    "course.declined": "Declined a place",
    "course.withdrawn": "Gave a place back",
    "course.attended": "Noted attendance",
    "course.caught_up": "Noted what was caught up with",
    "course.homework": "Noted homework handed in",
    "course.feedback_given": "Gave feedback on a course",
    "course.feedback_answered": "Recorded what changed after feedback",
    "course.hours_logged": "Wrote hours down",
    "course.hours_changed": "Changed hours written down",
    "course.hours_removed": "Took hours out",
    "course.feed_renewed": "Renewed a calendar address",
    "award.granted": "Granted an award",
    "award.standing_changed": "Changed the standing of an award",
    "award.listing_changed": "Changed whether an award is listed",
    "credential.key_made": "Made a key to sign with",
    "credential.key_retired": "Retired a key",
    "credential.issued": "Signed a credential",
    "credential.revoked": "Revoked a credential",
    "dossier.opened": "Opened a case to an auditor",
    "dossier.fetched": "Fetched a whole case",
    "dossier.stopped": "Stopped a link to a case",
    "keeping.mail_stopped": "Stopped a message",
    "keeping.mail_again": "Sent a message again",
    "keeping.backed_up": "Made a backup",
    "keeping.restored": "Restored a backup",
}
ENTRIES = {
    EntryKind.OPENED: "Began an application",
    EntryKind.RAISED: "Aimed at a higher level",
    EntryKind.ANSWERED: "Answered the questions",
    EntryKind.SUBMITTED: "Handed something in",
    EntryKind.DECIDED: "Decided",
    EntryKind.RECOMMENDED: "Recommended",
    EntryKind.INVOICED: "Sent an invoice",
    EntryKind.PAID: "Recorded a payment",
    EntryKind.ARRANGED: "Agreed a date",
    EntryKind.HELD: "Recorded that something was held",
    EntryKind.ATTENDED: "Recorded attendance",
    EntryKind.CORRECTED: "Corrected an attendance",
    EntryKind.SIGNED: "Signed",
    EntryKind.AGREED: "Agreed an alternative",
    EntryKind.CONFIRMED: "Confirmed",
    EntryKind.RETURNED: "Asked for more",
    EntryKind.BREACHED: "Reported a data breach",
    EntryKind.APPOINTED: "Appointed an assessor",
    EntryKind.RELEASED: "Released an assessor",
    EntryKind.EXTENDED: "Extended a stage",
    EntryKind.STOPPED: "Stopped the clock",
    EntryKind.RESUMED: "Let the clock run again",
    EntryKind.GRANTED: "Granted",
    EntryKind.SUSPENDED: "Suspended an award",
    EntryKind.REINSTATED: "Reinstated an award",
    EntryKind.REVOKED: "Withdrew an award",
    EntryKind.WITHDRAWN: "Withdrew the application",
    EntryKind.CLOSED: "Closed the application",
}


class LedgerFilter(Filter):
    about = forms.ChoiceField(
        label="About",
        required=False,
        choices=[
            ("", "Everything"),
            ("journey.", "Applications"),
            ("evidence.", "Evidence"),
            ("assessment.", "Assessment"),
            ("course.", "Courses"),
            ("award.", "Awards"),
            ("credential.", "Credentials and keys"),
            ("dossier.", "Cases handed out"),
            ("organisation.", "People"),
            ("keeping.", "Keeping"),
        ],
    )


def in_words(record: RecordRow, journey: JourneyRow | None = None) -> str:
    """What was done. Facts are references and counts, so nothing personal can be in them."""
    facts = record.facts
    if record.act != "journey.entry":
        return ACTS.get(record.act, record.act)
    words = ENTRIES.get(facts.get("kind"), "Added to an application")
    stage = str(facts.get("stage") or "")
    if not stage:
        return words
    titles = {one.id: one.title for one in edition_of(journey.edition).stages} if journey else {}
    return f"{words}: {titles.get(stage, stage)}"


def _who(record: RecordRow, names: dict[str, str]) -> str:
    kind, _, ref = record.actor.partition(":")
    if kind != "user":
        return "The site itself" if kind == "system" else "A visitor"
    return names.get(ref, "Somebody on the applicant's side")


def _journeys(request: Signed, body: Any, records: Iterable[RecordRow]) -> dict[str, JourneyRow]:
    """The journeys that records are about, in one query."""
    refs = {r.subject.removeprefix("journey:") for r in records if r.subject.startswith("journey:")}
    found = journeys_for_body(request.user, body).filter(ref__in=refs).defer("edition__texts")
    return {f"journey:{journey.ref}": journey for journey in found}


@page(Desk.BODY)
def body_ledger(request: Signed, org: str) -> HttpResponse:
    """Recent acts, newest first; `?verify=yes` reads the whole ledger and says whether it holds."""
    body = doors.body(request, org, "breaches")
    form = LedgerFilter(request.GET)
    wanted = asked(form)
    rows = of_organisation(body.ref)
    if wanted["about"]:
        rows = rows.filter(act__startswith=wanted["about"])
    names = names_of_members(body)
    if csv_wanted(request):
        return csv_answer(
            f"ledger-{timezone.localdate().isoformat()}",
            ("Number", "At", "Who", "What", "About"),
            ((r.seq, r.at.isoformat(), _who(r, names), in_words(r), r.subject) for r in rows[:10_000]),
        )
    shown = page_of(request, rows, 50)
    records = list(shown.object_list)
    journeys = _journeys(request, body, records)

    def about(record: RecordRow) -> object:
        journey = journeys.get(record.subject)
        if journey is None:
            return ""
        return Link(applicant_of(journey), reverse("body_journey", args=[org, journey.ref]))

    context = {
        "heading": f"{plural(shown.paginator.count, 'act is,acts are')} in the ledger of {body.name}",
        "places": doors.records(body, "body_ledger"),
        "form": form,
        "verified": verify() if request.GET.get("verify") == "yes" else None,
        "columns": ["What", "Who", "About", "When", "Number"],
        "rows": [
            (in_words(r, journeys.get(r.subject)), _who(r, names), about(r), clock(r.at), str(r.seq)) for r in records
        ],
        "caption": "Newest first",
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "body/ledger.html", context)
