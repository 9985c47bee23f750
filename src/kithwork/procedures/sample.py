"""Invented people, services and journeys, made by the real procedures: for the demo, for tests and for benchmarks.

Everybody here is made up; addresses use example domains. `walk` takes a service down a scheme's road to a named point,
day by day, through the same functions that the pages call.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.assessment.models import Finding
from kithwork.core.days import Period
from kithwork.core.journey import Answer, ItemState
from kithwork.core.schemes import (
    CaseStudyStage,
    ChecklistStage,
    DecisionStage,
    Edition,
    EvidenceStage,
    FeeStage,
    FieldKind,
    FormField,
    FormStage,
    InterviewStage,
    MeetingStage,
    Requirement,
    Role,
    Stage,
    VisitStage,
)
from kithwork.evidence import actions as evidence
from kithwork.evidence.models import Feedback
from kithwork.journeys import actions as journeys
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.journeys.queries import read
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation, Service
from kithwork.organisations.models import Role as Member
from kithwork.procedures import applying, assessing

PASSWORD = "only-for-the-demo"  # noqa: S105  # sample accounts, never a real one
POINTS = (
    "begun",
    "applied",
    "eligible",
    "registered",
    "sent",
    "returned",
    "online-done",
    "visited",
    "ready",
    "recommended",
    "awarded",
)
DECLARED = "I have no personal, paid or working tie to this service or to anybody in it."


@dataclass(slots=True)
class Cast:
    """Five people you remember, and an officer: Ada coordinates, Bea works with her, Cid reads, Dot assesses, Olu is
    the body's officer, Eve is a stranger with an organisation of her own."""

    ada: User
    bea: User
    cid: User
    dot: User
    olu: User
    eve: User
    body: Organisation
    provider: Organisation
    service: Service
    elsewhere: Organisation
    others: dict[str, User] = field(default_factory=dict)


def person(name: str, email: str, password: str = "") -> User:
    """An account with a confirmed address, so that allauth lets it in."""
    user: User = User.objects.create_user(email=email, password=password or None, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def cast(password: str = "") -> Cast:
    """The people, a body, a service's organisation and a stranger's."""
    ada = person("Ada Marsh", "ada@lanternside.example", password)
    bea = person("Bea Okoro", "bea@lanternside.example", password)
    cid = person("Cid Pryce", "cid@lanternside.example", password)
    dot = person("Dot Lindqvist", "dot@assessors.example", password)
    olu = person("Olu Fenn", "olu@awards.example", password)
    eve = person("Eve Stray", "eve@elsewhere.example", password)
    body = organisations.found(
        name="Befriending Networks (sample)",
        kind=Organisation.Kind.BODY,
        by=olu,
        address="Sample House\n1 Invented Street\nNowhere XX1 1XX",
        how_to_pay="By bank transfer; quote the invoice number. (This is a sample: do not pay.)",
    )
    organisations.join(organisation=body, user=dot, role=Member.ASSESSOR, by=olu)
    provider = organisations.found(
        name="Lanternside Trust",
        kind=Organisation.Kind.PROVIDER,
        by=ada,
        address="The Old Ferry House\nLanternside XX2 2XX",
    )
    organisations.join(organisation=provider, user=bea, role=Member.CONTRIBUTOR, by=ada)
    organisations.join(organisation=provider, user=cid, role=Member.READER, by=ada)
    service = organisations.open_service(
        organisation=provider, name="Lanternside Mentoring", by=ada, place="Lanternside"
    )
    elsewhere = organisations.found(name="Elsewhere Friends", kind=Organisation.Kind.PROVIDER, by=eve)
    return Cast(ada, bea, cid, dot, olu, eve, body, provider, service, elsewhere)


def publish(folder: Path, cast: Cast) -> PublishedEdition:
    return journeys.publish(folder=folder, body=cast.body, by=cast.olu)


def answer(form_field: FormField, edition: Edition, **given: object) -> object:
    """A plausible answer to a field; `given` overrules by field id."""
    if form_field.id in given:
        return given[form_field.id]
    match form_field.kind:
        case FieldKind.NUMBER:
            return 1
        case FieldKind.MONEY:
            return 184_000
        case FieldKind.YESNO:
            return True
        case FieldKind.CHOICE:
            return form_field.options[0]
        case FieldKind.LEVEL:
            return edition.levels[0].id
        case FieldKind.EMAIL:
            return "ada@lanternside.example"
        case FieldKind.PHONE:
            return "020 7946 0018"
        case FieldKind.WEB:
            return "https://lanternside.example"
        case FieldKind.DATE:
            return "2026-01-15"
        case FieldKind.LONG:
            return (
                "We bring together young people who have few adults to turn to with trained volunteers from the town. "
                "Pairs meet for an hour or two a week, for about a year, and every pair has a coordinator behind it."
            )
        case FieldKind.TEXT:
            return "Ada Marsh" if "name" in form_field.id else "Lanternside"


@dataclass(slots=True)
class Walk:
    """One service's way down a scheme. `today` moves forward as it goes."""

    cast: Cast
    journey: Journey
    edition: Edition
    today: date
    lead: User
    assessor: User
    last: date | None = None  # never walk beyond this day
    figures: dict[str, object] = field(default_factory=dict)

    def stages(self, *kinds: type[Any]) -> list[Any]:
        return [stage for stage in self.edition.stages if isinstance(stage, kinds)]

    def wait(self, days: int) -> None:
        """Let days pass, but not beyond the last one."""
        later = self.today + timedelta(days=days)
        self.today = min(later, self.last) if self.last else later

    def decision(self, *decides: str) -> DecisionStage:
        found: DecisionStage = next(s for s in self.stages(DecisionStage) if s.decides in decides)
        return found

    def to(self, point: str) -> "Walk":
        """Walk to a point of POINTS."""
        for name in POINTS[1 : POINTS.index(point) + 1]:
            getattr(self, f"_{name.replace('-', '_')}")()
        return self

    def _applied(self) -> None:
        for stage in self.stages(ChecklistStage):
            applying.answer_checklist(
                journey=self.journey,
                stage=stage.id,
                answers={question.id: True for question in stage.questions},
                by=self.lead,
                today=self.today,
            )
        self.wait(2)
        form: FormStage = self.stages(FormStage)[0]
        applying.hand_in_form(
            journey=self.journey,
            stage=form.id,
            answers={f.id: answer(f, self.edition, **self.figures) for f in form.fields},
            by=self.lead,
            today=self.today,
        )

    def _eligible(self) -> None:
        self.wait(5)
        applying.decide_eligibility(
            journey=self.journey,
            stage=self.decision("eligibility", "application").id,
            outcome=Answer.YES,
            reason="All five points are met.",
            by=self.cast.olu,
            today=self.today,
        )

    def _fee(self, stage: FeeStage) -> None:
        invoice = applying.issue_invoice(journey=self.journey, stage=stage.id, by=self.cast.olu, today=self.today)
        self.wait(6)
        applying.take_payment(invoice=invoice, by=self.cast.olu, today=self.today, paid_on=self.today)

    def _registered(self) -> None:
        appointment = applying.ask_assessor(
            journey=self.journey, assessor=self.assessor, by=self.cast.olu, today=self.today
        )
        applying.declare(appointment=appointment, conflict=False, wording=DECLARED, today=self.today)
        self._fee(self.stages(FeeStage)[0])

    def offer(self, requirement: Requirement, text: str = "") -> None:
        """A statement as evidence, dated well within what the requirement allows."""
        age = (
            timedelta(days=120) if requirement.fresh and requirement.fresh != Period(1, "year") else timedelta(days=40)
        )
        evidence.add_statement(
            journey=self.journey,
            slots=[requirement.id],
            title=f"{requirement.title}: how we do it",
            text=text or f"How we meet this: {requirement.asks} Reviewed by the management committee.",
            dated=self.today - age,
            casework=requirement.live,
            declared=requirement.live,
            by=self.lead,
            today=self.today,
        )

    def wanted(self, stage: Stage, *states: ItemState) -> list[str]:
        items = read(self.journey, self.today).position.stages[stage.id].items
        return [item.id for item in items.values() if item.state in states]

    def send(self, stage: Stage, slots: Sequence[str]) -> None:
        for slot in slots:
            self.offer(self.edition.requirement(slot))
        assessing.send_evidence(journey=self.journey, stage=stage.id, slots=slots, by=self.lead, today=self.today)

    def judge(self, stage: Stage, slots: Sequence[str], outcome: Feedback.Outcome, advice: str = "") -> None:
        for slot in slots:
            assessing.give_feedback(
                journey=self.journey,
                stage=stage.id,
                slot=slot,
                outcome=outcome,
                advice=advice,
                by=self.assessor,
                today=self.today,
            )

    def _sent(self) -> None:
        self.wait(25)
        stage: EvidenceStage = self.stages(EvidenceStage)[0]
        first = self.edition.areas[0].id
        blank = self.wanted(stage, ItemState.BLANK)
        self.send(stage, [slot for slot in blank if self.edition.requirement(slot).area == first])

    def _returned(self) -> None:
        self.wait(9)
        stage: EvidenceStage = self.stages(EvidenceStage)[0]
        sent = self.wanted(stage, ItemState.SENT)
        self.judge(stage, sent[:-2], Feedback.Outcome.CONFIRMED)
        self.judge(
            stage,
            sent[-2:-1],
            Feedback.Outcome.RETURNED,
            "The text says what you do, but not who checks that it is done. Add the post, and the last date.",
        )

    def _online_done(self) -> None:
        for stage in self.stages(EvidenceStage):
            for area in self.edition.areas:
                owed = self.wanted(stage, ItemState.BLANK, ItemState.RETURNED)
                slots = [slot for slot in owed if self.edition.requirement(slot).area == area.id]
                if slots:
                    self.wait(12)
                    self.send(stage, slots)
            self.wait(6)
            self.judge(stage, self.wanted(stage, ItemState.SENT), Feedback.Outcome.CONFIRMED)
        for fee in self.stages(FeeStage)[1:]:
            self._fee(fee)

    def _at(self, hour: int) -> datetime:
        return timezone.make_aware(datetime.combine(self.today, time(hour)))

    def _visited(self) -> None:
        for meeting in self.stages(MeetingStage):
            assessing.arrange(
                journey=self.journey,
                stage=meeting.id,
                starts_at=self._at(10),
                by=self.assessor,
                role=Role.ASSESSOR,
                today=self.today,
                place="By video",
            )
            assessing.hold(journey=self.journey, stage=meeting.id, by=self.assessor, today=self.today)
        for visit in self.stages(VisitStage):
            assessing.arrange(
                journey=self.journey,
                stage=visit.id,
                starts_at=self._at(14),
                by=self.assessor,
                role=Role.ASSESSOR,
                today=self.today,
                mode=visit.modes[0],
                place="The Old Ferry House",
            )
            assessing.hold(
                journey=self.journey, stage=visit.id, by=self.assessor, today=self.today, mode=visit.modes[0]
            )
            blank = self.wanted(visit, ItemState.BLANK)
            for slot in blank[1:]:
                self.find(visit, slot, Finding.Outcome.MET, Finding.Seen.LIVE)
            if blank:
                self.find(
                    visit,
                    blank[0],
                    Finding.Outcome.MORE,
                    Finding.Seen.NOTHING,
                    "Please send the list as it stood in spring.",
                )

    def find(self, visit: VisitStage, slot: str, outcome: Finding.Outcome, seen: Finding.Seen, note: str = "") -> None:
        assessing.record_finding(
            journey=self.journey,
            stage=visit.id,
            slot=slot,
            outcome=outcome,
            seen=seen,
            note=note,
            by=self.assessor,
            today=self.today,
        )

    def _ready(self) -> None:
        self.wait(8)
        for visit in self.stages(VisitStage):
            self.send(visit, self.wanted(visit, ItemState.RETURNED))
            self.judge(visit, self.wanted(visit, ItemState.SENT), Feedback.Outcome.CONFIRMED)
        for stage in self.stages(InterviewStage):
            for kind in stage.interviews:
                for _ in range(kind.normally):
                    assessing.record_interview(
                        journey=self.journey,
                        stage=stage.id,
                        kind=kind.id,
                        form="individual",
                        mode="by video",
                        people=1,
                        minutes=kind.minutes - 2,
                        supported=False,
                        eligible=True,
                        notes={"1": "Felt well prepared and listened to."},
                        by=self.assessor,
                        today=self.today,
                    )
        for pieces in self.stages(CaseStudyStage):
            for piece in pieces.pieces:
                evidence.write_piece(
                    journey=self.journey,
                    stage=pieces.id,
                    piece_id=piece.id,
                    text=STORY,
                    declared=[d.id for d in piece.declarations],
                    by=self.lead,
                    today=self.today,
                )
            slots = [piece.id for piece in pieces.pieces]
            assessing.send_evidence(journey=self.journey, stage=pieces.id, slots=slots, by=self.lead, today=self.today)
            self.judge(pieces, slots, Feedback.Outcome.CONFIRMED)

    def _recommended(self) -> None:
        self.wait(4)
        assessing.recommend(
            journey=self.journey,
            stage=self.decision("award").id,
            outcome=Answer.YES,
            summary="Everything asked for is met, on paper and in what people said.",
            strengths="Training, and how carefully matches are made.",
            next_time="Bring the yearly report out earlier.",
            by=self.assessor,
            today=self.today,
        )

    def _awarded(self) -> None:
        self.wait(5)
        assessing.decide_award(
            journey=self.journey,
            stage=self.decision("award").id,
            outcome=Answer.YES,
            reason="We follow the assessor's recommendation.",
            by=self.cast.olu,
            today=self.today,
        )


def walk(
    *,
    cast: Cast,
    edition: PublishedEdition,
    to: str,
    start: date,
    service: Service | None = None,
    lead: User | None = None,
    assessor: User | None = None,
    last: date | None = None,
    **figures: object,
) -> Walk:
    """Begin a journey on `start` and walk it to a point, never beyond the day `last`. `figures` overrule form
    answers.
    """
    lead = lead or cast.ada
    journey = applying.begin(edition=edition, service=service or cast.service, by=lead, today=start)
    way = Walk(cast, journey, edition_of(edition), start, lead, assessor or cast.dot, last, dict(figures))
    return way.to(to)


_PARTS = (
    "When J first came to us she had moved school twice and spent her evenings alone. Her teacher asked whether "
    "a mentor might help, and we met J at home to hear what she wanted: somebody to talk to who was not family, and "
    "a way back into drawing, which she had given up. We told her how matches are made and that she could say no.",
    "We introduced J to M, who had finished training that spring and who paints. They met on Saturdays. The first "
    "weeks were slow; M told us so in supervision and we suggested doing something side by side and not face to face. "
    "They went to a print workshop. J began to bring her sketchbook. At the first review she said that she felt more "
    "sure of herself in class, and at the second that she had joined the art club without being asked.",
    "After ten months J, M and we planned the ending together. They looked back through the sketchbook, and J chose "
    "three drawings for the town library. J says that what helped most was that somebody kept turning up. M is with "
    "us still and will be matched again. What we learned is to give a quiet start more time before we worry.",
)
STORY = "\n\n".join((*_PARTS, "In J's own words: 'I was heard, and I got to choose.' " * 8))
