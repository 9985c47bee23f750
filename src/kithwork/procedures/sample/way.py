"""A person's way down any scheme's road: whatever is open is done by whoever it waits for, until a stage is reached.

Everything goes through the functions that the pages call. What is said is the same for every scheme; what one person
says otherwise is given in `says`.
"""

from collections.abc import Collection, Sequence

from kithwork.accounts.models import User
from kithwork.core.journey import Act, ActKind, Answer, ItemState, Position, StageState, Status
from kithwork.core.schemes import (
    AssignmentStage,
    ChecklistStage,
    CourseStage,
    FeeStage,
    FormStage,
    ObservationStage,
    PanelStage,
    PortfolioStage,
    Role,
    Stage,
)
from kithwork.courses import actions as courses
from kithwork.courses.models import Attendance, Place
from kithwork.journeys.models import Appointment, Invoice, Support
from kithwork.procedures import applying, assessing, attending, deciding, observing, supporting
from kithwork.procedures.sample.texts import SEEN
from kithwork.procedures.sample.words import DECLARED, answer
from kithwork.procedures.sample.work import Work, at

BETWEEN = 3  # days from one thing done to the next
PRICE = 480  # pounds, where a person sets the price


class Way(Work):
    """One person's way."""

    def place(self, stage: str) -> Place:
        """The place asked for last, at a date of a stage."""
        return Place.objects.filter(purpose=self.journey.ref, offering__stage=stage).latest("pk")

    def to(self, *stages: str, but: Collection[str] = ()) -> "Way":
        """Do what is open until all these stages are open, leaving undone what belongs to those of `but`.

        Raises LookupError when nothing more can be done before.
        """
        while True:
            position = self.position
            if all(position.stages[one].state is StageState.OPEN for one in stages):
                return self
            if not self._step(position, {*stages, *but}):
                raise LookupError(f"{self.person.name} does not come to {', '.join(stages)}")

    def granted(self) -> "Way":
        """Go all the way. Raises LookupError when it does not lead to an award."""
        while True:
            position = self.position
            if position.status is Status.AWARDED:
                return self
            if not self._step(position, ()):
                raise LookupError(f"{self.person.name} is not granted it")

    def do(self, stage: str, times: int = 1) -> "Way":
        """Do the first thing that is open in a stage, and then the next."""
        for _ in range(times):
            found = next((act for act in self.position.acts if act.stage == stage and self._done(act)), None)
            if found is None:
                raise LookupError(f"{self.person.name} can do nothing in {stage}")
        return self

    def _step(self, position: Position, but: Collection[str]) -> bool:
        """Do the first thing that can be done outside these stages. What lies on a day to come is left for last."""
        acts = sorted(position.acts, key=lambda act: act.what is ActKind.ATTEND)
        done = any(self._done(act) for act in acts if act.stage not in but)
        self.wait(BETWEEN)
        return done

    def _done(self, act: Act) -> bool:
        """Do one thing; False where it cannot be done now, or is nobody's to do of their own accord."""
        stage = self.edition.stage(act.stage) if act.stage else None
        match act.what, stage:
            case ActKind.APPOINT, _:
                return self.appoint()
            case ActKind.ANSWER, ChecklistStage():
                yes = {question.id: True for question in stage.questions}
                applying.answer_checklist(
                    journey=self.journey, stage=stage.id, answers=yes, by=self.person, today=self.day
                )
            case ActKind.FILL_IN, FormStage():
                return self._fill_in(stage)
            case ActKind.ASK, FormStage():
                return self._ask(stage)
            case ((ActKind.DECIDE | ActKind.RECOMMEND), _):
                self._say(act)
            case ((ActKind.INVOICE | ActKind.PAY), FeeStage()):
                return self._money(act, stage)
            case ((ActKind.CHOOSE | ActKind.ARRANGE | ActKind.ATTEND), CourseStage()):
                return self._course(act, stage)
            case ((ActKind.ARRANGE | ActKind.HOLD | ActKind.SIGN), ObservationStage()):
                self._observation(act, stage)
            case ActKind.SEND, PortfolioStage():
                self.build(stage.id)
                applying.hand_in(journey=self.journey, stage=stage.id, by=self.person, today=self.day)
            case ActKind.SEND, AssignmentStage():
                return self.write(stage)
            case ActKind.ASSESS, _ if stage is not None:
                return self._judge(stage)
            case ActKind.GRANT, _:
                deciding.grant(journey=self.journey, by=self.house.officer, today=self.day)
            case _:
                return False
        return True

    def appoint(self) -> bool:
        """Ask the next of the assessors, who declares no conflict; False when all are appointed."""
        there = set(
            Appointment.objects.filter(journey=self.journey, state=Appointment.State.APPOINTED).values_list(
                "assessor", flat=True
            )
        )
        free = next((one for one in self.house.assessors if one.pk not in there), None)
        if free is None:
            return False
        asked = applying.ask_assessor(journey=self.journey, assessor=free, by=self.house.officer, today=self.day)
        applying.declare(appointment=asked, conflict=False, wording=DECLARED, today=self.day)
        return True

    def _fill_in(self, stage: FormStage) -> bool:
        given = {"contact_name": self.person.name, "contact_email": self.person.email, **self.says}
        answers = {one.id: answer(one, self.edition, **given) for one in stage.fields}
        if stage.by is Role.SUPPORTER:
            support = self._asked(stage)
            if support is None:
                return False
            supporting.give_support(support=support, answers=answers, today=self.day)
        else:
            applying.hand_in_form(journey=self.journey, stage=stage.id, answers=answers, by=self.person, today=self.day)
        return True

    def _asked(self, stage: FormStage) -> Support | None:
        return Support.objects.filter(journey=self.journey, stage=stage.id, answered_on=None, declined_on=None).first()

    def _ask(self, stage: FormStage) -> bool:
        if self._asked(stage) is not None:
            return False
        self.ask(stage.id, "Hana Okafor", f"{stage.id}@fellside.example")
        return True

    def ask(self, stage: str, name: str, email: str) -> Support:
        """Ask a third party to sign by a link."""
        return supporting.ask_support(
            journey=self.journey, stage=stage, name=name, email=email, by=self.person, today=self.day, now=at(self.day)
        )

    def _say(self, act: Act) -> None:
        """Recommend or decide, in the role and as many as are wanted; a panel keeps its record before it decides."""
        stage = self.edition.stage(act.stage)
        if act.what is ActKind.DECIDE and isinstance(stage, PanelStage):
            self.keep_record(stage)
        voices: dict[Role, Sequence[User]] = {
            Role.OFFICER: [self.house.officer],
            Role.ASSESSOR: self.house.assessors,
            Role.PANEL: self.house.panel,
            Role.CHAIR: [self.house.chair] if self.house.chair else [],
        }
        for who in voices[act.role][-act.count :]:
            self.say(act.stage, who, act.role, Answer.YES, advice=act.what is ActKind.RECOMMEND)

    def _money(self, act: Act, stage: FeeStage) -> bool:
        if act.what is ActKind.INVOICE:
            self.invoice(stage.id)
            return True
        invoice = Invoice.objects.filter(journey=self.journey, stage=stage.id).first()
        if invoice is None or stage.optional:
            return False
        applying.take_payment(invoice=invoice, by=self.house.officer, today=self.day, paid_on=self.day)
        return True

    def invoice(self, stage: str) -> None:
        """Send the invoice of a fee, with a price of the officer's where the scheme names none."""
        known, _ = applying.price(journey=self.journey, stage=stage)
        applying.issue_invoice(
            journey=self.journey,
            stage=stage,
            by=self.house.officer,
            today=self.day,
            amount=known if known is not None else PRICE,
            by_hand="" if known is not None else "Set for this year.",
        )

    def _course(self, act: Act, stage: CourseStage) -> bool:
        if act.what is ActKind.CHOOSE:
            dates = list(self.dates.get(stage.id, ()))
            if dates:
                attending.choose(
                    journey=self.journey, stage=stage.id, offerings=dates, by=self.person, now=at(self.day)
                )
            return bool(dates)
        if not Place.objects.filter(purpose=self.journey.ref, offering__stage=stage.id).exists():
            return False
        place = self.place(stage.id)
        if act.what is ActKind.ARRANGE:
            attending.confirm(place=place, by=self.house.officer, now=at(self.day))
            return True
        return self._attend(place)

    def _attend(self, place: Place) -> bool:
        """Be there at every part that has been by the last day."""
        there = set(place.attendance.values_list("part", flat=True))
        parts = [one for one in place.offering.parts.all() if one.pk not in there and one.day <= self.last]
        for part in parts:
            self.day = max(self.day, part.day)
            attending.record_attendance(
                part=part,
                marks={place.ref: courses.Mark(Attendance.State.PRESENT)},
                by=self.house.officer,
                now=at(part.day, 18),
            )
        return bool(parts)

    def _observation(self, act: Act, stage: ObservationStage) -> None:
        tutor = self.house.assessors[0]
        match act.what:
            case ActKind.ARRANGE:
                assessing.arrange(
                    journey=self.journey,
                    stage=stage.id,
                    starts_at=at(self.day),
                    by=tutor,
                    role=Role.ASSESSOR,
                    today=self.day,
                    place="Fellside School",
                )
            case ActKind.HOLD:
                observing.write_up(
                    journey=self.journey,
                    stage=stage.id,
                    seen=SEEN,
                    notes={},
                    next_steps="Try the same with a trainee who says little.",
                    by=tutor,
                    today=self.day,
                )
            case _:
                by = self.person if act.role is Role.APPLICANT else tutor
                observing.sign(journey=self.journey, stage=stage.id, by=by, today=self.day, role=act.role)

    def _judge(self, stage: Stage) -> bool:
        """Everything that lies with the assessors is confirmed; where several mark, they agree first."""
        position = self.position
        several = isinstance(stage, AssignmentStage) and stage.standardised
        if position.assessors < (len(self.house.assessors) if several else 1):
            return self.appoint()
        pieces = {one.id: one for one in getattr(stage, "pieces", ())}
        waits = [
            item.id
            for item in position.stages[stage.id].items.values()
            if item.state is ItemState.SENT
            or (item.id in pieces and pieces[item.id].performed and item.state is not ItemState.CONFIRMED)
        ]
        for item in waits:
            if several:
                for marker in self.house.assessors:
                    self.mark(stage.id, item, marker)
                self.agree(stage.id, item)
            else:
                self.judge(stage.id, item)
        return bool(waits)
