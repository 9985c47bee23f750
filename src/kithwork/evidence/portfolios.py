"""Named reads over portfolios: their pieces now, and as they stood each time the whole was handed in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from kithwork.core.casework import redacted
from kithwork.core.journey import Entry, EntryKind, Position, may
from kithwork.core.portfolio import Link
from kithwork.core.schemes import Edition, PortfolioStage, Requirement, Role
from kithwork.core.verdict import YES, Verdict, no
from kithwork.evidence.models import Feedback, Item, Offer, Round, SentPiece
from kithwork.evidence.passing import has_passed, veiled
from kithwork.evidence.queries import may_gather, may_serve
from kithwork.journeys.models import Journey


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a portfolio, and what it is linked to."""

    item: Item
    links: tuple[Link, ...]

    def shows(self, slot: str, point: int | None = None) -> bool:
        """Whether it is linked to a requirement, or to one point of it."""
        return any(link.slot == slot and (point is None or point in link.points) for link in self.links)


def portfolio_of(edition: Edition, slot: str) -> str:
    """The portfolio in which a requirement is shown; '' for what is shown elsewhere."""
    way = next((one.assessed for one in edition.requirements if one.id == slot), None)
    folders = (stage for stage in edition.stages if isinstance(stage, PortfolioStage))
    return next((stage.id for stage in folders if stage.assessed == way), "")


def asked_in(edition: Edition, position: Position, stage: PortfolioStage) -> Sequence[Requirement]:
    """What a portfolio is to show, at the level aimed at."""
    return edition.asked_at(position.level, stage.assessed)


def living(journey: Journey, stage: str) -> list[Item]:
    """The pieces of a portfolio now, in their owner's order. One query."""
    rows = Item.objects.filter(journey=journey, portfolio=stage, removed_at__isnull=True, destroyed_at__isnull=True)
    return list(rows.select_related("redacted_by").order_by("place", "added_at", "id"))


def pieces_of(journey: Journey, stage: str) -> list[Piece]:
    """The pieces now, with their links. Two queries."""
    items = living(journey, stage)
    links: dict[int, list[Link]] = defaultdict(list)
    for offer in Offer.objects.filter(item__in=items).order_by("added_at", "id") if items else ():
        links[offer.item_id].append(Link(offer.slot, tuple(offer.points), offer.says))
    return [Piece(item, tuple(links[item.pk])) for item in items]


def handed_in(journey: Journey, stage: str) -> list[Round]:
    """Each time the whole was handed in, newest first. One query."""
    rows = Round.objects.filter(journey=journey, stage=stage, slot=stage)
    return list(rows.select_related("sent_by").order_by("-number"))


def pieces_in(handed: Round, *, outside: bool = False) -> list[Piece]:
    """The pieces as they stood when they were handed in. What was destroyed since has lost its words; for readers
    `outside` the applicant's side, so has what is held back. One query.
    """
    rows = SentPiece.objects.filter(round=handed).select_related("item__redacted_by").order_by("place")
    return [
        Piece(
            veiled(row.item) if outside else row.item,
            tuple(Link(one["slot"], tuple(one["points"]), one["says"]) for one in row.links),
        )
        for row in rows
    ]


def advice_on(journey: Journey, stage: str) -> list[Feedback]:
    """What the assessor said of the whole, newest first. One query."""
    rows = Feedback.objects.filter(journey=journey, stage=stage, slot=stage)
    return list(rows.select_related("by", "round").order_by("-at", "-id"))


def version_of(item: Item) -> str:
    """What tells a piece's words from what they were: for two pages that change the same one."""
    said = (item.title, item.text, item.url, item.dated, item.casework, item.redacted_at)
    return sha256(repr(said).encode()).hexdigest()[:16]


def faulty(edition: Edition, position: Position, pieces: Iterable[Piece]) -> Verdict:
    """Whether each piece may stand where it does: declared redacted where it shows casework, and young enough."""
    asked = {one.id: one for one in edition.requirements}
    for piece in pieces:
        item = piece.item
        found = redacted(None, casework=item.casework, declared=item.redacted_at is not None)
        if not found:
            return no(f"\u2018{item.title}\u2019: {found.because}")
        passed = has_passed(item)
        if not passed:
            return no(f"\u2018{item.title}\u2019: {passed.because}")
        for link in piece.links:
            found = may_serve(asked.get(link.slot), item, position.today)
            if not found:
                one = asked[link.slot]
                return no(f"\u2018{item.title}\u2019 for {one.number} {one.title}: {found.because}")
    return YES


def may_hand_in(edition: Edition, position: Position, stage: PortfolioStage, pieces: Sequence[Piece]) -> Verdict:
    """Whether the applicant could hand the whole in today, and if not, why."""
    verdict = may(edition, position, Entry(position.today, EntryKind.SUBMITTED, Role.APPLICANT, stage=stage.id))
    if not verdict:
        return verdict
    if not pieces:
        return no("Add a piece before you hand your portfolio in.")
    return faulty(edition, position, pieces)


def may_build(edition: Edition, position: Position, stage: PortfolioStage) -> Verdict:
    """Whether the owner may change the portfolio now: not while others read it, nor once it is confirmed."""
    return may_gather(edition, position, stage.id)


def read_by_body(edition: Edition, stage: PortfolioStage) -> bool:
    """Whether the awarding body reads a portfolio once it is handed in: where its panel judges it, or where one of its
    decisions can ask for it again. Any other one is between the applicant and the assessor, as evidence is.
    """
    if stage.judged_by is Role.PANEL:
        return True
    asking = (getattr(one, "reopens", None) or () for one in edition.stages)
    return any(stage.id in ((names,) if isinstance(names, str) else names) for names in asking)


# The types' names for pages, which never touch the tables
RoundRow = Round
FeedbackRow = Feedback
