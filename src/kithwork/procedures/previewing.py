"""What an edition would look like before it is published: journeys made up in memory, with nothing written down.

The rows made here are never saved. Their keys are 0, which no saved row has, so every question to the database about
them finds nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kithwork.accounts.models import User
from kithwork.core.journey import Entry, EntryKind, StageState, fold
from kithwork.core.journey import replay as worked
from kithwork.core.journey.straight import Taken, straight
from kithwork.core.schemes import Edition, Level, digest, load, texts
from kithwork.core.schemes.mapping import Link, mapping
from kithwork.journeys.access import Applicant
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.journeys.queries import Reading
from kithwork.organisations.models import Organisation, Role, Service

REF = "specimen"  # real ones have twelve letters
HOLDER = "Specimen Mentoring"
PERSON = "Sam Specimen"


@dataclass(frozen=True, slots=True)
class Way:
    """A road through the edition to look at: made up for a level, or one of its worked journeys."""

    slug: str
    title: str
    says: str
    steps: tuple[str, ...]  # what is done in each, in words


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a way has come to: the entries so far, and the day."""

    entries: tuple[Entry, ...]
    today: date


class Preview:
    """An edition's folder as it is now, and the ways through it. Reads the disk; writes nothing."""

    def __init__(self, folder: Path, today: date) -> None:
        """Raises Mistakes when the edition is faulty."""
        self._folder = folder
        self._texts = texts(folder)
        self.digest = digest(self._texts)
        self._today = today
        self.edition = _edition(folder, self.digest)

    def _row(self, body: Organisation) -> PublishedEdition:
        about = self.edition.scheme
        return PublishedEdition(
            pk=0,
            slug=about.slug,
            edition=about.edition,
            name=about.name,
            body=body,
            texts=self._texts,
            digest=self.digest,
        )

    def ways(self) -> list[Way]:
        """For each level the first time and, where there is a renewal, the renewal; then the worked journeys."""
        found = [
            self._made_up(level, renewal)
            for level in self.edition.levels
            for renewal in ((False, True) if self.edition.renewal else (False,))
        ]
        return found + [
            Way(
                f"worked-{stem}",
                one.title,
                one.says,
                tuple(_words(self.edition, step.do, step.stage, step.outcome or "") for step in one.steps),
            )
            for stem, one in self._worked().items()
        ]

    def _made_up(self, level: Level, renewal: bool) -> Way:
        taken = _road(self.edition, self.digest, level.id, renewal, self._today)
        steps = tuple(_did(self.edition, step) for step in taken)
        slug = f"{'renewal' if renewal else 'first'}-{level.id}"
        title = f"{level.title}, a renewal" if renewal else level.title
        return Way(slug, title, "Made up: what is open is done, with a yes to every question.", steps)

    def _worked(self) -> Mapping[str, worked.Worked]:
        """Worked journeys that read, by a name that can stand in an address."""
        found: dict[str, worked.Worked] = {}
        for file in sorted((self._folder / "journeys").glob("*.toml")):
            try:
                found[file.stem] = worked.read(file)
            except (ValueError, OSError):
                continue
        return found

    def stand(self, way: str, number: int) -> Stand | None:
        """Where a way stands after so many steps (1 is the first); None when it has no such step."""
        if way.startswith("worked-"):
            one = self._worked().get(way.removeprefix("worked-"))
            if one is None or not 1 <= number <= len(one.steps):
                return None
            seen = worked.replay(self.edition, one.model_copy(update={"steps": one.steps[:number]}))
            return Stand(seen.entries, one.steps[number - 1].on)
        kind, _, level = way.partition("-")
        if kind not in ("first", "renewal") or level not in {one.id for one in self.edition.levels}:
            return None
        if kind == "renewal" and not self.edition.renewal:
            return None
        taken = _road(self.edition, self.digest, level, kind == "renewal", self._today)
        if not 1 <= number <= len(taken):
            return None
        return Stand(tuple(entry for step in taken[:number] for entry in step.entries), taken[number - 1].on)

    def opens_at(self, way: str) -> dict[str, int]:
        """For a way made up for a level: each stage that is open at some time, and the first step after which it is."""
        found: dict[str, int] = {}
        number = 0
        while stand := self.stand(way, number := number + 1):
            position = fold(self.edition, stand.entries, stand.today)
            for stage in position.stages.values():
                if stage.state is StageState.OPEN:
                    found.setdefault(stage.id, number)
        return found

    def applicant(self, body: Organisation, stand: Stand, by: User) -> tuple[Applicant, Reading]:
        """A made-up applicant at that stand, as the service's desk wants it."""
        journey = Journey(pk=0, ref=REF, edition=self._row(body), created_by=by)
        if self.edition.scheme.applicant == "service":
            provider = Organisation(pk=0, name="Specimen Trust", slug=REF, kind=Organisation.Kind.PROVIDER)
            journey.service = Service(pk=0, name=HOLDER, slug=REF, organisation=provider)
        else:
            journey.person = User(pk=0, name=PERSON, email="sam@example.org")
        position = fold(self.edition, stand.entries, stand.today)
        reading = Reading(journey, self.edition, list(stand.entries), position)
        return Applicant(journey, frozenset({Role.LEAD})), reading

    def before(self) -> tuple[Edition, Sequence[Link]] | None:
        """The edition that this one supersedes, where its folder lies beside it, and what became of what.

        Raises Mistakes when that one is faulty.
        """
        name = self.edition.scheme.supersedes
        if name is None or not (self._folder.parent / name).is_dir():
            return None
        old = load(self._folder.parent / name)
        return old, mapping(old, self.edition)


_KEPT = 32  # of each; a page asks for the same ones again and again
_EDITIONS: dict[tuple[str, str], Edition] = {}
_ROADS: dict[tuple[str, str, bool, date], tuple[Taken, ...]] = {}


def _edition(folder: Path, sum_: str) -> Edition:
    """The edition in a folder, read once for each text it has had. Raises Mistakes."""
    key = (folder.as_posix(), sum_)
    if key not in _EDITIONS:
        made = load(folder)
        if len(_EDITIONS) >= _KEPT:
            _EDITIONS.clear()
        _EDITIONS[key] = made
    return _EDITIONS[key]


def _road(edition: Edition, sum_: str, level: str, renewal: bool, today: date) -> tuple[Taken, ...]:
    """The straight road, to the day on which the holder is invited to renew; a renewal's begins on such a day."""
    key = (sum_, level, renewal, today)
    if key not in _ROADS:
        renews = edition.renewal.before.after(today) if renewal and edition.renewal else None
        made = straight(edition, level, today, renews=renews)
        granted = [entry for step in made for entry in step.entries if entry.kind is EntryKind.GRANTED]
        if edition.renewal and granted and granted[-1].until:
            made += (Taken(edition.renewal.before.before(granted[-1].until), edition.renewal.id, ()),)
        if len(_ROADS) >= _KEPT:
            _ROADS.clear()
        _ROADS[key] = made
    return _ROADS[key]


_DID = {
    EntryKind.OPENED: "begun",
    EntryKind.RAISED: "a higher level aimed at",
    EntryKind.ASKED: "asked for again",
    EntryKind.SUBMITTED: "handed in",
    EntryKind.INVITED: "a third party asked",
    EntryKind.DECLINED: "the third party declines",
    EntryKind.CHOSEN: "a date chosen",
    EntryKind.AGREED: "another way agreed",
    EntryKind.BREACHED: "a data breach reported",
    EntryKind.APPOINTED: "an assessor appointed",
    EntryKind.RELEASED: "the assessor steps back",
    EntryKind.EXTENDED: "more time given",
    EntryKind.STOPPED: "the clock stopped",
    EntryKind.RESUMED: "the clock runs again",
    EntryKind.KEPT: "a duty kept",
    EntryKind.REPORTED: "a change reported",
}


def _did(edition: Edition, step: Taken) -> str:
    if not step.entries:
        return f"{edition.stage(step.stage).title}: the holder is invited"
    first = step.entries[0]
    return _words(edition, first.kind, step.stage, first.outcome or "")


def _words(edition: Edition, kind: str, stage: str, outcome: str = "") -> str:
    """'Eligibility: decided, yes'."""
    said = _DID.get(EntryKind(kind), kind) if kind != "look" else "looked at"
    title = edition.stage(stage).title if any(one.id == stage for one in edition.stages) else ""
    text = f"{title}: {said}" if title else f"{said[:1].upper()}{said[1:]}"
    return f"{text}, {outcome}" if outcome else text
