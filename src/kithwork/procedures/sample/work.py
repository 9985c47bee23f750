"""What a person hands in on their way, and what is said of it: portfolios, assignments, marks, voices of a body."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.assessment import actions as assessment
from kithwork.assessment.models import Mark, PanelRecord
from kithwork.core.journey import Answer, ItemState, Position
from kithwork.core.portfolio import Link
from kithwork.core.schemes import AssignmentStage, Edition, PanelStage, PortfolioStage, Role
from kithwork.courses.models import Offering
from kithwork.evidence import actions as evidence
from kithwork.evidence.models import Feedback
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.procedures import assessing, deciding, marking
from kithwork.procedures.sample.houses import House
from kithwork.procedures.sample.texts import ESSAY, PIECES
from kithwork.procedures.sample.words import STORY, let_go


def at(day: date, hour: int = 12) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


@dataclass(slots=True)
class Work:
    """One person on a journey. `day` moves forward as it goes, and never beyond `last`. `dates` are the offerings to
    choose among, by stage: the first is the first choice. `says` are answers to a form, by field.
    """

    house: House
    person: User
    journey: Journey
    day: date
    last: date
    dates: dict[str, Sequence[Offering]] = field(default_factory=dict)
    says: dict[str, object] = field(default_factory=dict)

    @property
    def edition(self) -> Edition:
        return edition_of(self.journey.edition)

    @property
    def position(self) -> Position:
        return read(self.journey, self.day).position

    def wait(self, days: int) -> None:
        self.day = min(self.day + timedelta(days=days), self.last)

    def keep_record(self, stage: PanelStage) -> None:
        """The panel's record, with every point met, unless it is kept already."""
        if stage.record and not PanelRecord.objects.filter(journey=self.journey, stage=stage.id).exists():
            found = [(PanelRecord.Found.YES, "") for _ in stage.record]
            by = self.house.panel[0]
            assessment.keep_record(journey=self.journey, stage=stage.id, found=found, by=by, today=self.day)

    def say(
        self, stage: str, who: User, role: Role, outcome: Answer, reason: str = "", *, advice: bool = False
    ) -> None:
        """One voice: a recommendation (`advice`), or a decision."""
        if advice:
            deciding.recommend(
                journey=self.journey,
                stage=stage,
                outcome=outcome,
                summary=reason or "It reflects, and is linked to what is asked.",
                by=who,
                role=role,
                today=self.day,
            )
        else:
            deciding.decide(
                journey=self.journey,
                stage=stage,
                outcome=outcome,
                reason=reason or "All that is asked for is there.",
                by=who,
                role=role,
                today=self.day,
            )

    def build(self, stage: str, pieces: int = 3) -> None:
        """Put pieces into a portfolio, linked to what they show, unless there are some already."""
        model = self.edition.stage(stage)
        assert isinstance(model, PortfolioStage)
        asked = [one for one in self.edition.requirements if one.assessed == model.assessed]
        shared: dict[str, Any] = {
            "journey": self.journey,
            "slots": (),
            "portfolio": stage,
            "by": self.person,
            "today": self.day,
            "passing": let_go(self.person),
        }
        if self.journey.items.filter(portfolio=stage).exists():
            return
        for number, (title, text, url) in enumerate(PIECES[:pieces]):
            common = {**shared, "title": title, "dated": None}
            if url:
                item = evidence.add_link(**common, url=url, text=text)
            else:
                item = evidence.add_statement(**common, text=text, casework=False, declared=False)
            shows = [
                Link(one.id, tuple(range(1, len(one.points) + 1))[number % 2 :: 2], "It is what this piece is about.")
                for one in asked[number % 2 :: 2]
            ]
            evidence.link_piece(item=item, links=shows, by=self.person, today=self.day)

    def write(self, stage: AssignmentStage, *pieces: str) -> bool:
        """Write and send the pieces named, or all that are owed and not performed before somebody."""
        items = self.position.stages[stage.id].items
        owed = {ItemState.BLANK, ItemState.RETURNED, ItemState.BREACHED}
        wanted = [
            one
            for one in stage.pieces
            if not one.performed and items[one.id].state in owed and (not pieces or one.id in pieces)
        ]
        for piece in wanted:
            evidence.write_piece(
                journey=self.journey,
                stage=stage.id,
                piece_id=piece.id,
                text=ESSAY if piece.min_words else STORY,
                declared=[one.id for one in piece.declarations],
                by=self.person,
                passing=let_go(self.person),
                today=self.day,
            )
            assessing.send_evidence(
                journey=self.journey, stage=stage.id, slots=[piece.id], by=self.person, today=self.day
            )
        return bool(wanted)

    def judge(
        self, stage: str, item: str, outcome: Feedback.Outcome = Feedback.Outcome.CONFIRMED, advice: str = ""
    ) -> None:
        """The first assessor's word on one item."""
        assessing.give_feedback(
            journey=self.journey,
            stage=stage,
            slot=item,
            outcome=outcome,
            advice=advice,
            by=self.house.assessors[0],
            today=self.day,
        )

    def mark(self, stage: str, item: str, by: User, outcome: Mark.Outcome = Mark.Outcome.PASS) -> None:
        """One marker's own mark, with every point met, or partly."""
        piece = next(one for one in getattr(self.edition.stage(stage), "pieces", ()) if one.id == item)
        met = Mark.Point.MET if outcome is Mark.Outcome.PASS else Mark.Point.PARTLY
        marking.mark(
            journey=self.journey,
            stage=stage,
            slot=item,
            outcome=outcome,
            points=[met for _ in piece.points],
            feedback="Clear throughout, and it stays close to what happened.",
            by=by,
            today=self.day,
        )

    def agree(self, stage: str, item: str, outcome: Mark.Outcome = Mark.Outcome.PASS, feedback: str = "") -> None:
        """The mark that all came to."""
        marking.agree_mark(
            journey=self.journey,
            stage=stage,
            slot=item,
            outcome=outcome,
            reason="We read it side by side and found the same.",
            feedback=feedback or "Well chosen, and well thought through.",
            by=self.house.assessors[0],
            today=self.day,
        )
