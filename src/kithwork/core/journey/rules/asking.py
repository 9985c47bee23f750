"""Questions answered, forms filled in, decisions: what is asked of somebody and settled by an answer."""

from collections.abc import Iterable
from datetime import date

from kithwork.core.journey.case import Case, Found
from kithwork.core.journey.entries import Answer, Entry, EntryKind
from kithwork.core.journey.position import ActKind
from kithwork.core.schemes.model import (
    ChecklistStage,
    DecisionStage,
    FormStage,
    Outcome,
    PanelStage,
    PortfolioStage,
    Role,
)

Opened = date | None


def checklist(case: Case, stage: ChecklistStage, opened: Opened) -> Found:
    found = Found()
    for entry in case.of_stage[stage.id]:
        if entry.kind is EntryKind.ANSWERED:
            found.reach(Outcome.ANSWERED, entry.on)
            found.done = entry.on
    if opened and not found.done:
        found.due = case.due(stage.within, opened, stage.id)
        found.acts.append(case.act(stage.id, ActKind.ANSWER, stage.by, opened, due=found.due))
    return found


def form(case: Case, stage: FormStage, opened: Opened) -> Found:
    """A form is open until it is handed in, and again each time a decision asks for more of it.

    One that a third party fills in is first asked of them by the applicant, and again when they decline.
    """
    found = Found()
    again = asked_again(case, stage)
    since = opened
    invited: date | None = None
    for entry in case.entries:
        if entry.stage == stage.id and entry.kind is EntryKind.SUBMITTED:
            found.reach(Outcome.SUBMITTED, entry.on)
            found.done = entry.on
        elif entry.stage == stage.id and entry.kind is EntryKind.INVITED:
            invited = entry.on
        elif entry.stage == stage.id and entry.kind is EntryKind.DECLINED:
            invited, since = None, entry.on
        elif id(entry) in again:
            found.reach(Outcome.SUBMITTED, entry.on, holds=False)
            found.done, since, invited = None, entry.on, None
    if opened and since and not found.done:
        found.due = case.due(stage.within, since, stage.id)
        if stage.by is not Role.SUPPORTER:
            found.acts.append(case.act(stage.id, ActKind.FILL_IN, stage.by, since, due=found.due))
            return found
        # the applicant may always ask somebody else, so that a silent supporter holds nobody up
        found.acts.append(case.act(stage.id, ActKind.ASK, Role.APPLICANT, since, due=None if invited else found.due))
        if invited:
            found.acts.append(case.act(stage.id, ActKind.FILL_IN, Role.SUPPORTER, invited, due=found.due))
    return found


def asked_again(case: Case, stage: FormStage | PortfolioStage) -> set[int]:
    """The entries (by identity) by which a decision asks for a form or a portfolio again; one voice of several does
    not.
    """
    return {
        id(entry)
        for one in case.edition.stages
        if isinstance(one, DecisionStage | PanelStage) and one.reopens
        for entry in resolved(one, case.of_stage[one.id])[0]
        if entry.outcome is Answer.MORE and case.reopened(one, entry) == stage.id
    }


def resolved(stage: DecisionStage | PanelStage, entries: Iterable[Entry]) -> tuple[list[Entry], list[Entry], bool]:
    """The decisions that count, the voices given since the last one, and whether those before them disagreed.

    Where several decide they must agree: a decision counts when all of them have said the same, and a disagreement
    wipes their voices, so that they talk and decide again.
    """
    wanted = stage.deciders if isinstance(stage, DecisionStage) else 1
    decided: list[Entry] = []
    voices: list[Entry] = []
    disagreed = False
    for entry in entries:
        if entry.kind is not EntryKind.DECIDED:
            continue
        voices.append(entry)
        if len({voice.outcome for voice in voices}) > 1:
            voices, disagreed = [], True
        elif len(voices) == wanted:
            decided.append(entry)
            voices, disagreed = [], False
    return decided, voices, disagreed


def decision(case: Case, stage: DecisionStage | PanelStage, opened: Opened) -> Found:
    """Recommended by those who look, where the scheme wants it, and then decided."""
    found = Found()
    final = isinstance(stage, PanelStage) or stage.decides == "award"
    # who climbs to a higher level is decided upon anew, in what the whole comes to and in what only that level asks
    entries = case.in_cycle(stage.id) if final or stage.levels else case.of_stage[stage.id]
    decisions, voices, found.disagreed = resolved(stage, entries)
    decided = decisions[-1] if decisions else None
    if decided and decided.outcome in {Answer.YES, Answer.NO}:
        found.reach(Outcome.YES if decided.outcome is Answer.YES else Outcome.NO, decided.on)
        found.done = decided.on
        return found
    begins = next((n for n, entry in enumerate(entries, start=1) if entry is decided), 0)  # two may be equal
    recommended = [entry for entry in entries[begins:] if entry.kind is EntryKind.RECOMMENDED]
    found.voices = tuple(entry.outcome for entry in recommended if entry.outcome)
    if opened is None:
        return found
    since = max(opened, decided.on) if decided else opened
    found.due = case.due(stage.within, opened, stage.id)
    wanted, recommender = _recommenders(stage)
    if len(recommended) < wanted and recommender:
        found.acts.append(
            case.act(stage.id, ActKind.RECOMMEND, recommender, since, due=found.due, count=wanted - len(recommended))
        )
    else:
        last = max([since, *(entry.on for entry in (*recommended, *voices))])
        left = (stage.deciders if isinstance(stage, DecisionStage) else 1) - len(voices)
        found.acts.append(case.act(stage.id, ActKind.DECIDE, stage.by, last, due=found.due, count=left))
    return found


def _recommenders(stage: DecisionStage | PanelStage) -> tuple[int, Role | None]:
    if isinstance(stage, PanelStage):
        return stage.members, Role.PANEL
    return (1, stage.recommended_by) if stage.recommended_by else (0, None)
