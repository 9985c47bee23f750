"""Small editions made of a few stages, and roads through them on which every step has been allowed."""

from datetime import date, timedelta
from typing import Any

from kithwork.core.journey import Act, ActKind, Answer, Entry, EntryKind, Position, fold, may, term
from kithwork.core.schemes import Edition, Role, load_texts

APPLICANT, OFFICER, ASSESSOR = Role.APPLICANT, Role.OFFICER, Role.ASSESSOR
PANEL, CHAIR, SUPPORTER = Role.PANEL, Role.CHAIR, Role.SUPPORTER
DAY = date(2026, 3, 2)  # a Monday

_HEAD = """
[scheme]
slug = "wren"
edition = "1"
name = "Wren"
body = "The Wren Trust"
applicant = "person"
summary = "Made up."
source = "made up"
"""
_BADGE = """
[[stages]]
id = "badge"
kind = "award"
title = "Badge"
opens = ["{opens}"]
"""


def days(number: int, start: date = DAY) -> date:
    return start + timedelta(days=number)


def edition(
    stages: str,
    *,
    award: str = "form submitted",
    scheme: str = "",
    credential: str = "",
    levels: str = '[[levels]]\nid = "one"\ntitle = "One"\n',
    parts: str = "",
    requirements: str = "",
) -> Edition:
    """An edition of these stages, in front of them a form that is open from the start, behind them the award."""
    form = stage("form", "form", "\n".join(_FIELD))
    text = "\n".join(
        [
            _HEAD + scheme,
            levels,
            '[credential]\nkind = "award"\nholds = "Holds"\n' + credential,
            parts,
            form,
            stages,
            _BADGE.format(opens=award),
        ]
    )
    return load_texts({"scheme.toml": text, "requirements.toml": requirements}, "wren/1")


_FIELD = ("fields = [", '  { id = "why", page = "P", label = "Why", kind = "text" },', "]")


def stage(name: str, kind: str, *lines: str, opens: str = "") -> str:
    opening = f'opens = ["{opens}"]\n' if opens else ""
    return f'[[stages]]\nid = "{name}"\nkind = "{kind}"\ntitle = "{name.title()}"\n{opening}' + "\n".join(lines) + "\n"


def supported(name: str, *lines: str, opens: str = "form submitted") -> str:
    return stage(name, "form", 'by = "supporter"', 'supporter = "Your head"', *_FIELD, *lines, opens=opens)


def requirement(name: str, area: str, *lines: str, level: str = "one", assessed: str = "online") -> str:
    return (
        f'[[requirement]]\nid = "{name}"\nnumber = "{name}"\nlevel = "{level}"\narea = "{area}"\ntitle = "T"\n'
        f'asks = "A."\nassessed = "{assessed}"\nsource = "made up"\n' + "\n".join(lines) + "\n"
    )


def areas(*names: str) -> str:
    return "".join(f'[[areas]]\nid = "{name}"\ntitle = "{name.title()}"\n' for name in names)


class Road:
    """A journey that is written step by step; a step that is not allowed fails the test with its reason."""

    def __init__(self, edition: Edition, on: date = DAY, **more: Any) -> None:
        self.edition = edition
        self.entries: list[Entry] = []
        self.does(on, EntryKind.OPENED, APPLICANT, **more)

    def at(self, today: date) -> Position:
        return fold(self.edition, self.entries, today)

    def _entry(self, on: date, kind: EntryKind, by: Role, stage: str, item: str, **more: Any) -> Entry:
        return Entry(on, kind, by, stage, item, **more)

    def does(self, on: date, kind: EntryKind, by: Role, stage: str = "", item: str = "", **more: Any) -> "Road":
        entry = self._entry(on, kind, by, stage, item, **more)
        verdict = may(self.edition, self.at(on), entry)
        assert verdict, f"{kind} {stage} {item}: {verdict.because}"
        self.entries.append(entry)
        return self

    def refuses(self, on: date, kind: EntryKind, by: Role, stage: str = "", item: str = "", **more: Any) -> str:
        """Why it is not allowed."""
        verdict = may(self.edition, self.at(on), self._entry(on, kind, by, stage, item, **more))
        assert not verdict, f"{kind} {stage} {item} was allowed"
        return verdict.because

    def applied(self, on: date = DAY) -> "Road":
        return self.does(on, EntryKind.SUBMITTED, APPLICANT, "form")

    def decided(self, on: date, outcome: Answer, by: Role = OFFICER, stage: str = "decision") -> "Road":
        return self.does(on, EntryKind.DECIDED, by, stage, outcome=outcome)

    def granted(self, on: date) -> "Road":
        seen = self.at(on)
        until = term(self.edition, seen, on)
        return self.does(on, EntryKind.GRANTED, OFFICER, "badge", level=seen.earned, until=until)

    def acts(self, today: date, stage: str | None = None) -> list[tuple[Role, ActKind, int]]:
        """Who has what to do, and how many; of a stage, or of everything."""
        return sorted(
            (act.role, act.what, act.count) for act in self.at(today).acts if stage is None or act.stage == stage
        )

    def act(self, today: date, what: ActKind, role: Role) -> Act:
        return next(act for act in self.at(today).acts if act.what is what and act.role is role)
