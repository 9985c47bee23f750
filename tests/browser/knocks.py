"""Who looks at the demo's running service, and the links that its people without an account are sent.

`site.program("knocks")` runs it on a site's data folder. Prints as JSON `sessions` (of each account, by its address),
`links` (an address for each purpose of a link, and each side of a questionnaire) `after` (where
an answer ends) and `rooms` (pages whose moment the demo does not hold).
"""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions import links, references
from kithwork.caseload.actions.mentors import Referee
from kithwork.caseload.models import (
    Agreement,
    Attendance,
    BoundaryChange,
    Dispute,
    Ending,
    Match,
    Mentee,
    Mentor,
    OneTimeLink,
    Pause,
    Practice,
    Reference,
    Referral,
)
from kithwork.governance.actions import library, policies
from kithwork.governance.models import Policy, Staff
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role, Service
from kithwork.procedures import importing, sample
from kithwork.rights.actions import Right, ask, hold
from tests import running
from tests.browser.rarer import session

PURPOSE, NYE = OneTimeLink.Purpose, "nye@mentors.example"
NOW, TODAY = timezone.now(), timezone.localdate()


def _tail(purpose: OneTimeLink.Purpose) -> str:
    """What stands behind the token in a link of this purpose."""
    own = {PURPOSE.TRACK: "", PURPOSE.MENTEE: "", PURPOSE.MATCH: "meet/", PURPOSE.MENTOR: "mentoring/"}
    return own.get(purpose, f"{purpose.value}/")


def _asked(service: Service) -> list[tuple[OneTimeLink.Purpose, str, dict[str, Any]]]:
    """Every purpose with whom it is about, among the demo's people."""
    proposed = Match.objects.filter(service=service, mentee__name="Ola Finch").get()
    met = Match.objects.filter(service=service, introduced_on__isnull=False, ended_on=None).latest("pk")
    waiting = Referral.objects.filter(mentee__service=service, decided_on=None).latest("pk")
    reference = Reference.objects.filter(mentor__service=service, received_on=None).latest("pk")
    mentor = Mentor.objects.filter(service=service, user=None, accepted_on__isnull=False, left_on=None).latest("pk")
    mentee: Mentee = met.mentee
    attendance = Attendance.objects.filter(session__training__service=service).latest("pk")
    ending = Ending.objects.filter(match__service=service).latest("pk")
    return [
        (PURPOSE.TRACK, "", {"referral": waiting, "mentee": waiting.mentee}),
        (PURPOSE.REFERENCE, "", {"reference": reference}),
        (PURPOSE.MATCH, "mentee", {"match": proposed}),
        (PURPOSE.MATCH, "mentor", {"match": proposed}),
        (PURPOSE.AGREEMENT, "mentee", {"match": proposed}),
        (PURPOSE.REVIEW, "mentee", {"match": met}),
        (PURPOSE.EXIT, "mentee", {"ending": ending}),
        (PURPOSE.FEEDBACK, "mentee", {"mentee": mentee}),
        (PURPOSE.FEEDBACK, "family", {"mentee": mentee}),
        (PURPOSE.FEEDBACK, "mentor", {"mentor": mentor}),
        (PURPOSE.MENTEE, "", {"mentee": mentee}),
        (PURPOSE.EQUALITIES, "", {"mentee": mentee}),
        (PURPOSE.MEASURES, "", {"mentee": mentee}),
        (PURPOSE.TRAINING, "", {"attendance": attendance}),
        (PURPOSE.MENTOR, "", {"mentor": mentor}),
    ]


def _what_the_demo_lacks(service: Service, lead: User) -> None:
    """A safeguarding lead; a mentor who was not asked yet whether their details may be kept; a proposal to Mab that
    nobody has answered, a reference nobody has given; an agreement nobody has signed; a document for mentors.
    """
    sage = sample.person("Sage Wynn", "sage@lanternside.example")
    organisations.join(organisation=service.organisation, user=sage, role=Role.SAFEGUARDING, by=lead)
    nye = running.a_mentor(service, lead, TODAY, "Nye Marlow", ready=False, user=sample.person("Nye Marlow", NYE))
    referee = Referee("Una Teal", "a neighbour", "una@referees.example", "")
    references.add(mentor=nye, referee=referee, by=lead)
    mab = Mentor.objects.get(service=service, user__email="mab@mentors.example")
    asked = running.a_match(running.a_mentee(service, TODAY, "Ola Finch"), mab, lead, TODAY, running=False)
    Agreement.objects.create(match=asked, drawn_up_on=TODAY, time="Two hours a week", by=lead)
    upload = SimpleUploadedFile("handbook.txt", b"Be kind.")
    library.add_resource(
        service=service, kind="document", title="Handbook", about="", topic="", for_mentors=True, upload=upload, url="",
        by=lead, today=TODAY,
    )  # fmt: skip


def _rooms(service: Service, practice: Practice, lead: User) -> tuple[list[str], list[str]]:
    """Pages whose moment the demo does not hold, with what makes it; and those of them for leads alone."""
    slug = service.slug
    here = Match.objects.filter(service=service, introduced_on__isnull=False, ended_on=None).order_by("pk")
    first, mentor = here[0], here[1].mentor
    change = BoundaryChange.objects.create(match=first, noticed_on=TODAY, what="A present.", by=lead)
    dispute = Dispute.objects.create(match=first, raised_on=TODAY, raised_by="staff", what="Times.", by=lead)
    Pause.objects.create(mentee=here[2].mentee, begins=TODAY, reason="Holiday", by=lead)
    Pause.objects.create(mentor=mentor, begins=TODAY, reason="Exams", by=lead)
    book = library.add_resource(
        service=service, kind="book", title="A book to lend", about="", topic="", for_mentors=True, upload=None, url="",
        by=lead, today=TODAY,
    )  # fmt: skip
    policy = Policy.objects.filter(service=service).latest("pk")
    upload = SimpleUploadedFile("policy.txt", b"We are fair.")
    version = policies.approve(
        policy=policy, approved_on=TODAY, approved_by="The board", changed=True, affects_people=False, summary="",
        upload=upload, by=lead,
    )  # fmt: skip
    held, brought = (
        importing.take_up(
            service=service, kind="mentees", content=f"Name,Referral date\n{name},5/1/2026\n".encode(),
            file_name="old-list.csv", by=lead, now=NOW,
        )
        for name in ("Iris Quill", "Tom Fennel")
    )  # fmt: skip
    importing.bring_in(
        imported=brought, practice=practice, answers={}, skip_faulty=False, by=lead, now=NOW, today=TODAY
    )
    noted, left = here[3], Mentee.objects.filter(service=service, left_on__isnull=False).latest("pk")
    running.from_a_table(noted, NOW)
    attendance = Attendance.objects.filter(session__training__service=service).latest("pk")
    training = attendance.session.training
    of_rights = {"organisation": service.organisation, "service": service, "by": lead, "today": TODAY}
    asked = ask(right=Right.RECTIFY, subject=f"mentee:{noted.mentee.ref}", words="My birthday.", **of_rights)
    kept = hold(subject=f"mentor:{mentor.ref}", reason="A claim.", **of_rights)
    referral = Referral.objects.filter(mentee__service=service).exclude(source="self").exclude(name="").latest("pk")
    member = Staff.objects.filter(service=service).latest("pk")
    pages = {
        "match_boundary_done": (first.ref, change.pk),
        "match_dispute_one": (first.ref, dispute.ref),
        "mentee_back": (here[2].mentee.ref,),
        "mentor_is_back": (mentor.ref,),
        "mentor_measures_link": (mentor.ref,),
        "lend_resource": (book.ref,),
        "policy_file": (policy.ref, version.ref),
        "import": (held.ref,),
        "import_check": (held.ref,),
        "import_undo": (brought.ref,),
        "training_said": (training.ref, attendance.mentor.ref),
        "today_all": ("review",),
        "match_noted": (noted.ref,),
        "mentee_return": (left.ref,),
        "becomes_mentor": (left.ref,),
        "equalities_ask": ("mentee",),
        "right_asked": (asked.ref,),
    }
    of_leads = {
        "right_hold_end": (kept.ref,),
        "referrer_erase": (referral.ref,),
        "referrer_everything": (referral.ref,),
        "staff_erase": (member.ref,),
    }
    shared, leads = ([reverse(name, args=[slug, *about]) for name, about in some.items()] for some in (pages, of_leads))
    return shared, leads


def main() -> None:
    practice = Practice.objects.select_related("service__organisation").get(service__slug="lanternside-mentoring")
    service, lead = practice.service, User.objects.get(email="ada@lanternside.example")
    _what_the_demo_lacks(service, lead)
    found, asked = [], _asked(service)
    for purpose, side, about in asked:
        _, token = links.make(service=service, purpose=purpose, now=NOW, by=lead, side=side, **about)
        found.append(f"/link/{token}/{_tail(purpose)}")
    assert {purpose for purpose, _, _ in asked} == {*PURPOSE}, "each purpose has a link"
    rooms, leads = _rooms(service, practice, lead)
    sessions = {user.email: session(user) for user in User.objects.filter(is_active=True)}
    own = next(path for path, (purpose, _, _) in zip(found, asked, strict=True) if purpose == PURPOSE.MENTEE)
    print(json.dumps({"sessions": sessions, "links": found, "after": [f"{own}heard/"], "rooms": rooms, "leads": leads}))
