"""A made-up scheme for people that has a portfolio, read by its assessor and its panel: the Heron Badge."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from kithwork.accounts.models import User
from kithwork.core.journey import Answer, ItemState, Position
from kithwork.core.portfolio import Link
from kithwork.core.schemes import Role as Acting
from kithwork.evidence import actions
from kithwork.evidence.models import Item
from kithwork.journeys import actions as journeys
from kithwork.journeys.models import Appointment, Journey
from kithwork.journeys.queries import read
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role
from kithwork.procedures import applying, deciding, sample
from kithwork.procedures.sample import DECLARED, Cast
from kithwork.procedures.sample.words import let_go

SCHEME = """
[scheme]
slug = "heron"
edition = "1"
name = "Heron Badge"
body = "The Heron Keepers"
applicant = "person"
summary = "A folder of your own making."
source = "made up for a test"
assessor_from = "folder submitted"

[words]
requirement = "standard"
requirements = "standards"
assessor = "tutor"

[[levels]]
id = "badge"
title = "Badge"

[credential]
kind = "award"
holds = "Holds the badge"

[[areas]]
id = "water"
title = "Water"

[[stages]]
id = "folder"
kind = "portfolio"
title = "Your folder"
within = "12 months"
assessed = "folder"
judged_by = "panel"

[[stages]]
id = "panel"
kind = "panel"
title = "The panel"
members = 1
opens = ["folder submitted"]
reopens = ["folder"]

[[stages]]
id = "badge"
kind = "award"
title = "The badge"
opens = ["panel yes"]
"""
JUDGED = SCHEME.replace('judged_by = "panel"', 'judged_by = "assessor"').replace(
    """[[stages]]
id = "panel"
kind = "panel"
title = "The panel"
members = 1
opens = ["folder submitted"]
reopens = ["folder"]
""",
    """[[stages]]
id = "panel"
kind = "decision"
title = "The verdict"
decides = "award"
opens = ["folder confirmed"]
""",
)
REQUIREMENTS = """
[[requirement]]
id = "wade"
number = "1"
level = "badge"
area = "water"
title = "Wading"
asks = "You stand still for a long time."
points = ["One leg.", "Both legs."]
assessed = "folder"
source = "made up"

[[requirement]]
id = "wait"
number = "2"
level = "badge"
area = "water"
title = "Waiting"
asks = "You wait, and say what for."
points = ["A fish.", "A frog."]
assessed = "folder"
source = "made up"
"""


@dataclass
class Folder:
    """Hal's journey with the folder, and who else is about: Dot is to assess, Pat and Cleo are the panel."""

    cast: Cast
    hal: User
    pat: User
    cleo: User
    journey: Journey
    today: date

    @property
    def position(self) -> Position:
        return read(self.journey, self.today).position

    def state(self) -> ItemState:
        """How the whole stands now."""
        return self.position.stages["folder"].items["folder"].state

    def say(self, title: str = "A morning", **more: Any) -> Item:
        given = {"text": f"{title}: I stood and looked.", "dated": None, "casework": False, "declared": False}
        return actions.add_statement(**{**self._common(title), **given, **more})

    def show(self, content: bytes, name: str = "reeds.png", title: str = "The reeds", **more: Any) -> Item:
        upload = SimpleUploadedFile(name, content)
        given = {"upload": upload, "dated": None, "casework": False, "declared": False}
        return actions.add_file(**{**self._common(title), **given, **more})

    def point(self, title: str = "A film", **more: Any) -> Item:
        given = {"url": "https://video.example.org/1", "dated": None}
        return actions.add_link(**{**self._common(title), **given, **more})

    def _common(self, title: str) -> dict[str, Any]:
        common = {"journey": self.journey, "slots": (), "portfolio": "folder", "title": title}
        return common | {"by": self.hal, "today": self.today, "passing": let_go(self.hal)}

    def link(self, item: Item, *links: Link) -> None:
        actions.link_piece(item=item, links=links, by=self.hal, today=self.today)

    def hand_in(self, note: str = "") -> None:
        applying.hand_in(journey=self.journey, stage="folder", by=self.hal, today=self.today, note=note)

    def appoint(self) -> None:
        asked = applying.ask_assessor(journey=self.journey, assessor=self.cast.dot, by=self.cast.olu, today=self.today)
        applying.declare(appointment=asked, conflict=False, wording=DECLARED, today=self.today)

    def appoint_early(self) -> None:
        """Dot is appointed while the folder is still being built, as a scheme may want it."""
        row = Appointment.objects.create(
            journey=self.journey, assessor=self.cast.dot, asked_by=self.cast.olu, asked_on=self.today
        )
        Appointment.objects.filter(pk=row.pk).update(state=Appointment.State.APPOINTED, declared_on=self.today)

    def ask_for_more(self, reason: str = "Say more of the frog.") -> None:
        """The panel's member and its chair want more."""
        deciding.recommend(
            journey=self.journey, stage="panel", outcome=Answer.MORE, summary="Good, but short.", strengths="",
            next_time="", by=self.pat, role=Acting.PANEL, today=self.today,
        )  # fmt: skip
        deciding.decide(
            journey=self.journey, stage="panel", outcome=Answer.MORE, reason=reason, by=self.cleo, role=Acting.CHAIR,
            today=self.today,
        )  # fmt: skip


def folder_of(people: Cast, place: Path, today: date, scheme: str = SCHEME, *, service: bool = False) -> Folder:
    """A journey that has just begun, with an empty folder; with `service` it is Ada's, for her service."""
    made = place / "schemes" / "heron" / "1"
    made.mkdir(parents=True)
    (made / "scheme.toml").write_text(scheme, encoding="utf-8")
    (made / "requirements.toml").write_text(REQUIREMENTS, encoding="utf-8")
    edition = sample.publish(made, people)
    hal = sample.person("Hal Reed", "hal@water.example")
    pat, cleo = (sample.person(f"{name} Fen", f"{name.lower()}@awards.example") for name in ("Pat", "Cleo"))
    for user, role in ((pat, Role.PANEL), (cleo, Role.CHAIR)):
        organisations.join(organisation=people.body, user=user, role=role, by=people.olu)
    if service:
        hal = people.ada
    journey = journeys.begin(edition=edition, service=people.service if service else None, by=hal, today=today)
    return Folder(people, hal, pat, cleo, journey, today)
