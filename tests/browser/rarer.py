"""What the demo's sample data has no example of: journeys that went another way, things half done, things sent by mail.

`site.program("rarer")` runs it on a site's data folder, after the demo was made. Everything is done by the functions
that the pages call. Prints as JSON what whoever looks at the site needs: `sessions` (of each account, by its address:
the key of a session like the one that signing in makes), `mailed` (pages whose address comes by mail), `alone`
(who applies for themselves), and `states` (how each journey, stage, requirement and item stands).
"""

import json
import re
import time
from datetime import timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.actions import appoint_operator
from kithwork.accounts.models import User
from kithwork.awards.actions import open_dossier
from kithwork.awards.models import Award
from kithwork.core.journey import Answer, EntryKind, ItemState
from kithwork.core.schemes import EvidenceStage, FeeStage, FormStage, MeetingStage, Role
from kithwork.courses.models import Offering
from kithwork.evidence import actions as evidence
from kithwork.evidence.models import Feedback, Item
from kithwork.evidence.passing import has_passed
from kithwork.evidence.queries import gathered
from kithwork.journeys import actions as journeys
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.journeys.queries import read
from kithwork.notices.models import Message
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation, Service
from kithwork.organisations.models import Role as Member
from kithwork.procedures import applying, assessing, sample
from kithwork.procedures.sample import Cast, Walk
from kithwork.procedures.sample.words import let_go
from kithwork.readiness.models import Snapshot
from kithwork.rights.actions import Right, ask, hold
from tests.browser import rarer_people

TODAY = timezone.localdate()
NEWCOMER, PROTECTED, SEVERAL = "newcomer@example.org", "protected@example.org", "several@example.org"


def cast() -> Cast:
    """The demo's people, as `sample.cast` made them."""
    who: dict[str, Any] = {
        name: User.objects.get(email__startswith=f"{name}@") for name in ("ada", "bea", "cid", "dot", "olu", "eve")
    }
    body = who["olu"].memberships.get().organisation
    mine, elsewhere = (
        who[name].memberships.get(organisation__kind=Organisation.Kind.PROVIDER).organisation for name in ("ada", "eve")
    )
    return Cast(**who, body=body, provider=mine, service=mine.services.get(), elsewhere=elsewhere)


class Rarer:
    """Walks services of Eve's down the road, one for each state."""

    def __init__(self) -> None:
        self.people = cast()
        self.edition = PublishedEdition.objects.get(slug="qim")

    def walk(self, name: str, to: str, days: int) -> Walk:
        service: Service = organisations.open_service(
            organisation=self.people.elsewhere, name=name, by=self.people.eve, place="Elsewhere"
        )
        start = TODAY - timedelta(days=days)
        return sample.walk(
            cast=self.people,
            edition=self.edition,
            to=to,
            start=start,
            last=TODAY,
            lead=self.people.eve,
            service=service,
        )

    def applications(self) -> None:
        """Refused; asked for more, and handed in again; half filled in; withdrawn; closed by the body; an assessor who
        has not answered."""
        people = self.people
        more = Answer.MORE
        for name, outcome in (("Refused Friends", Answer.NO), ("Asked Again Friends", more), ("Twice Friends", more)):
            way = self.walk(name, "applied", 20)
            applying.decide_eligibility(
                journey=way.journey,
                stage=way.decision("eligibility", "application").id,
                outcome=outcome,
                reason="Your mentors mainly give advice on debt. Tell us how they mentor, or talk with us.",
                by=people.olu,
                today=TODAY,
            )
        form: FormStage = way.stages(FormStage)[0]
        given = {field.id: sample.answer(field, way.edition, **way.figures) for field in form.fields}
        applying.hand_in_form(journey=way.journey, stage=form.id, answers=given, by=people.eve, today=TODAY)
        begun = self.walk("Begun Friends", "begun", 3).journey
        fields = {"service_name": "Begun Friends"}
        journeys.save_draft(user=people.eve, key=f"form:{begun.ref}:application", fields=fields, now=timezone.now())
        left = self.walk("Withdrawn Friends", "eligible", 40)
        applying.withdraw(journey=left.journey, by=people.eve, today=TODAY, reason="We have lost our funding.")
        shut = self.walk("Closed Friends", "eligible", 200)
        applying.close(journey=shut.journey, by=people.olu, today=TODAY, reason="No answer for six months.")
        asked = self.walk("Asking Friends", "eligible", 15)
        applying.ask_assessor(journey=asked.journey, assessor=people.dot, by=people.olu, today=TODAY)
        fee: FeeStage = asked.stages(FeeStage)[0]
        applying.issue_invoice(journey=asked.journey, stage=fee.id, by=people.olu, today=TODAY)

    def evidence(self) -> None:
        """A file and a link with long names, a remark, a breach, sent back twice, and time added; the clock stopped;
        all overdue, with a meeting arranged."""
        people = self.people
        way = self.walk("Halting Friends", "returned", 70)
        way.today = TODAY
        stage: EvidenceStage = way.stages(EvidenceStage)[0]
        journey = way.journey
        returned, blank = way.wanted(stage, ItemState.RETURNED), way.wanted(stage, ItemState.BLANK)
        common: dict[str, Any] = {"journey": journey, "dated": TODAY, "by": people.eve, "today": TODAY}
        common["passing"] = let_go(people.eve)
        leaked = evidence.add_file(
            slots=blank[:1],
            title="A review",
            upload=SimpleUploadedFile("review.txt", b"J met M again in spring; both would like to go on."),
            casework=True,
            declared=True,
            **common,
        )
        evidence.add_file(
            slots=blank[1:2],
            title="Our policy, with a title that goes on for rather longer than anybody would wish a title to go on",
            upload=SimpleUploadedFile("a-file-with-a-very-long-name-and-no-spaces-in-it-at-all-2026.txt", b"Policy.\n"),
            casework=False,
            declared=False,
            **common,
        )
        address = "https://elsewhere.example/a/long/address/of/a/page/that-says-how-we-work-and-why-we-do-it-just-so"
        evidence.add_link(slots=blank[1:2], title="On our website", url=address, **common)
        before_the_gate = {**common, "passing": None}
        evidence.add_link(slots=blank[1:2], title="From before there was a gate", url=address, **before_the_gate)
        assessing.send_evidence(
            journey=journey,
            stage=stage.id,
            slots=[*returned, *blank[:1]],
            by=people.eve,
            today=TODAY,
            note="As you asked.",
        )
        way.judge(stage, returned, Feedback.Outcome.RETURNED, "Better. The date is still missing.")
        assessing.report_breach(
            journey=journey,
            slot=blank[0],
            item=leaked,
            what="A full name",
            by=people.dot,
            role=Role.ASSESSOR,
            today=TODAY,
        )
        assessing.write_remark(
            journey=journey, slot=returned[0], text="Will the minutes do?", side="applicant", by=people.eve, today=TODAY
        )
        key, now = f"advice:{journey.ref}:{returned[0]}", timezone.now()
        journeys.save_draft(user=people.dot, key=key, fields={"advice": "Half a thought"}, now=now)
        longer, reason = TODAY + timedelta(days=200), "Our coordinator was ill."
        applying.extend(journey=journey, stage=stage.id, until=longer, reason=reason, by=people.olu, today=TODAY)
        still = self.walk("Paused Friends", "sent", 90).journey
        back, reason = TODAY + timedelta(days=30), "Everybody is moving house."
        applying.stop_clock(journey=still, expected=back, reason=reason, by=people.olu, today=TODAY)
        late = self.walk("Late Friends", "returned", 300)
        meeting: MeetingStage = late.stages(MeetingStage)[0]
        assessing.arrange(
            journey=late.journey,
            stage=meeting.id,
            starts_at=timezone.now() + timedelta(days=9),
            by=people.dot,
            role=Role.ASSESSOR,
            today=TODAY,
            place="By video",
        )

    def awards(self) -> None:
        """Suspended, withdrawn, expired, and soon to end; one that goes on to the higher level."""
        for name, days, change in (
            ("Suspended Friends", 500, EntryKind.SUSPENDED),
            ("Revoked Friends", 500, EntryKind.REVOKED),
            ("Expired Friends", 1500, None),
            ("Renewing Friends", 1180, None),
        ):
            award = Award.objects.get(journey=self.walk(name, "awarded", days).journey)
            if change:
                assessing.change_standing(
                    award=award, kind=change, reason="Membership has ended.", by=self.people.olu, today=TODAY
                )
        higher: Journey = Journey.objects.get(service__organisation__slug__startswith="tidewater")
        level = [level.id for level in edition_of(self.edition).levels if level.id != higher.level][-1]
        lead = User.objects.get(email="lead@tidewater.example")
        applying.raise_level(journey=higher, level=level, by=lead, today=TODAY)

    def accounts(self) -> list[str]:
        """A newcomer, somebody with two organisations who asks something of the body, somebody whose account needs a
        second step; and what was mailed: two invitations, a case for an auditor, and links to confirm an address and to
        choose a password.
        """
        people, now = self.people, timezone.now()
        newcomer, protected, several = (
            sample.person(email.split("@", maxsplit=1)[0].capitalize(), email, sample.PASSWORD)
            for email in (NEWCOMER, PROTECTED, SEVERAL)
        )
        for organisation in (people.provider, people.elsewhere):
            organisations.join(organisation=organisation, user=several, role=Member.LEAD, by=people.ada)
        appoint_operator(email=several.email)
        ask(
            organisation=people.body, service=None, right=Right.RECTIFY, subject=f"user:{several.ref}",
            words="My name has two words.", by=several, today=TODAY,
        )  # fmt: skip
        hold(
            organisation=people.body, service=None, subject=f"user:{several.ref}", reason="A claim.", by=people.olu,
            today=TODAY,
        )  # fmt: skip
        TOTP.activate(protected, generate_totp_secret())
        RecoveryCodes.activate(protected)
        mailed = []
        for organisation, role, by in (
            (people.provider, Member.CONTRIBUTOR, people.ada),
            (people.body, Member.ASSESSOR, people.olu),
        ):
            _, token = organisations.invite(
                organisation=organisation, email=f"new-{role}@example.org", role=role, by=by, now=now
            )
            mailed.append(f"/invitations/{token}/")
        asked = Message.objects.filter(secret__contains="/support/").latest("pk")
        mailed += re.findall(r"/support/[^/]+/", asked.secret)
        for journey in Journey.objects.filter(edition__body=people.body).select_related("edition__body"):
            _, token = open_dossier(
                journey=journey, recipient="Moss Audit", reason="One in ten.", by=people.olu, now=now
            )
        mailed.append(reverse("dossier", args=[token]))
        other = EmailAddress.objects.create(user=several, email="other@example.org", verified=False, primary=False)
        mailed.append(reverse("account_confirm_email", args=[EmailConfirmationHMAC(other).key]))
        key = default_token_generator.make_token(newcomer)
        mailed.append(reverse("account_reset_password_from_key", args=[user_pk_to_url_str(newcomer), key]))
        return mailed


def session(user: User) -> str:
    """A session like the one that signing in with the password makes; it stays fresh for an hour more."""
    made = SessionStore()
    made[SESSION_KEY] = str(user.pk)
    made[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    made[HASH_SESSION_KEY] = user.get_session_auth_hash()
    fresh = {"method": "password", "at": time.time() + 3600, "email": user.email, "reauthenticated": True}
    made["account_authentication_methods"] = [fresh]
    made["account_authentication_methods_user"] = str(user.pk)
    made.save()
    return str(made.session_key)


def states() -> dict[str, Any]:
    """How everything stands, as lists of words: {"journeys": {ref: [status, clock, stages, sent again, has records]},
    "stages": {"ref stage": [kind, state, outcomes, has pieces]}, "slots": {"ref slot": [state, rounds, kinds of
    evidence, casework, has an age]}, "items": {ref: [kind]}, "courses": {ref: [published, cancelled, begun, over,
    body]}}.
    """
    found: dict[str, Any] = {"journeys": {}, "stages": {}, "slots": {}, "items": {}, "courses": {}}
    for journey in Journey.objects.all():
        reading = read(journey, TODAY)
        position, held = reading.position, gathered(journey)
        drawn = set(Snapshot.objects.filter(item__journey=journey).values_list("item__ref", flat=True))
        asked = {requirement.id: requirement for requirement in reading.edition.requirements}
        clock = "stopped" if position.clock.stopped else ""
        all_stages = " ".join(f"{stage.id}:{stage.state.value}" for stage in position.stages.values())
        again = journey.responses.count() > journey.responses.values("stage").distinct().count()
        found["journeys"][journey.ref] = [position.status.value, clock, all_stages, again, bool(drawn)]
        for stage in (one for one in position.stages.values() if one.in_play):  # of others no page is linked
            outcomes = " ".join(sorted(outcome.value for outcome in stage.reached))
            pieces = journey.items.filter(portfolio=stage.id).exists()
            found["stages"][f"{journey.ref} {stage.id}"] = [stage.kind.value, stage.state.value, outcomes, pieces]
            for item in stage.items.values():
                offered = held.items.get(item.id, [])
                kinds = " ".join(sorted({"records" if one.ref in drawn else one.kind for one in offered}))
                wants = [asked[item.id].live, bool(asked[item.id].fresh)] if item.id in asked else []
                found["slots"][f"{journey.ref} {item.id}"] = [item.state.value, min(item.rounds, 2), kinds, *wants]
    found["items"] = {item.ref: [item.kind, bool(has_passed(item))] for item in Item.objects.all()}
    for course in Offering.objects.select_related("body").prefetch_related("parts"):
        days = [part.day for part in course.parts.all()]
        standing = [course.published_on is not None, course.cancelled_on is not None]
        found["courses"][course.ref] = [*standing, min(days) <= TODAY, max(days) < TODAY, course.body.slug]
    return found


def main() -> None:
    rarer = Rarer()
    rarer.applications()
    rarer.evidence()
    rarer.awards()
    rarer_people.make(rarer.people, TODAY)
    mailed = rarer.accounts()
    sessions = {user.email: session(user) for user in User.objects.all()}
    alone = sorted({one.person.email for one in Journey.objects.exclude(person=None).select_related("person")})
    print(json.dumps({"sessions": sessions, "mailed": mailed, "alone": alone, "states": states()}))
