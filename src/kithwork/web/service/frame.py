"""The frame of every stage's page: what the stage is about, how it stands, when it opens, by when."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from kithwork.core.journey import Act, StagePosition, StageState
from kithwork.core.schemes import Role, Stage
from kithwork.web.kit.pages import Signed
from kithwork.web.service import doors
from kithwork.web.service.words import opens_when, stage_tag


@dataclass(frozen=True, slots=True)
class At:
    """A stage of a journey as one person sees it."""

    seen: doors.Seen
    stage: Stage
    now: StagePosition

    @property
    def mine(self) -> Act | None:
        """What is open in this stage for the applicant; None for those who only read, and while nothing is."""
        if not self.seen.writes:
            return None
        return next((a for a in self.seen.position.acts_for(Role.APPLICANT) if a.stage == self.stage.id), None)

    @property
    def acts(self) -> tuple[Act, ...]:
        return tuple(act for act in self.seen.position.acts if act.stage == self.stage.id)


def show(request: Signed, at: At, name: str, heading: str, status: int = 200, **more: object) -> HttpResponse:
    """A stage's page in its frame: what it is about, how it stands, when it opens."""
    seen = at.seen
    shut = at.now.state is StageState.SHUT and at.now.opened is None
    return render(
        request,
        f"service/stages/{name}.html",
        {
            "at": at,
            "seen": seen,
            "edition": seen.edition,
            "stage": at.stage,
            "heading": heading,
            "caption": at.stage.title if at.stage.title not in heading else "",
            "tag": stage_tag(seen.edition, seen.position, at.now),
            "opens": opens_when(seen.edition, seen.position, at.stage) if shut else "",
            "due": at.now.due if at.now.state is StageState.OPEN and not seen.position.clock.stopped else None,
            "stopped": seen.position.clock.stopped,
            "body": seen.edition.scheme.body,
            "assessor": seen.edition.words.assessor,
            **more,
        },
        status=status,
    )
