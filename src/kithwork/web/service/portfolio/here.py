"""The door to a portfolio, and what all its pages need of it."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from kithwork.core.journey import ItemState, StagePosition
from kithwork.core.schemes import PortfolioStage, Requirement, Role
from kithwork.core.verdict import Verdict
from kithwork.evidence.portfolios import Piece, asked_in, may_build, may_hand_in, pieces_of
from kithwork.web.kit.cards import Link
from kithwork.web.kit.pages import Signed
from kithwork.web.kit.portfolios import Cover, cover_of
from kithwork.web.service import doors


@dataclass(frozen=True)
class Here:
    """A portfolio as one person on the applicant's side sees it today."""

    seen: doors.Seen
    stage: PortfolioStage

    @property
    def now(self) -> StagePosition:
        return self.seen.position.stages[self.stage.id]

    @property
    def state(self) -> ItemState:
        return self.now.items[self.stage.id].state

    @cached_property
    def pieces(self) -> list[Piece]:
        return pieces_of(self.seen.reading.journey, self.stage.id)

    @property
    def asked(self) -> tuple[Requirement, ...]:
        return tuple(asked_in(self.seen.edition, self.seen.position, self.stage))

    @cached_property
    def cover(self) -> Cover:
        home = reverse("portfolio", args=[self.seen.ref, self.stage.id])
        return cover_of(self.seen.edition, self.asked, self.pieces, lambda what: f"{home}?shows={what}#pieces")

    @property
    def may_change(self) -> Verdict:
        return may_build(self.seen.edition, self.seen.position, self.stage)

    @property
    def changes(self) -> bool:
        """Whether this person may change it now."""
        return self.seen.writes and bool(self.may_change)

    @property
    def may_hand_in(self) -> Verdict:
        return may_hand_in(self.seen.edition, self.seen.position, self.stage, self.pieces)

    @property
    def readers(self) -> str:
        """Who reads it once it is handed in."""
        assessor = f"your {self.seen.edition.words.assessor}" if self.seen.edition.scheme.assessor_from else ""
        panel = "the panel" if self.stage.judged_by is Role.PANEL else ""
        return " and ".join(filter(None, (panel, assessor))) or f"your {self.seen.edition.words.assessor}"

    @property
    def onward(self) -> Link:
        """Where to look when something was refused."""
        return Link("See the portfolio as it is now", self.at("portfolio"))

    def at(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.seen.ref, self.stage.id, *args])

    def go(self, name: str, *args: str, anchor: str = "") -> HttpResponseRedirect:
        return doors.go(name, self.seen.ref, self.stage.id, *args, anchor=anchor)


def open_portfolio(request: Signed, ref: str, stage: str, *, write: bool = False) -> Here:
    """A portfolio of somebody's own journey, where it is on its road; `write` asks for more than a reader."""
    seen = doors.journey(request, ref, write=write)
    model = seen.stage(stage)
    if not isinstance(model, PortfolioStage) or not seen.position.stages[stage].in_play:
        raise Http404("No such page.")
    return Here(seen, model)
