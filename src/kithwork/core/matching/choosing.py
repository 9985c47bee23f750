"""What a coordinator asks of a proposal: who else, at what cost to the others; and why somebody is left without."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kithwork.core.matching.assigning import Assignment, Impossible, Objective, Pair, assign
from kithwork.core.matching.fit import Fit, fit, vetoes
from kithwork.core.matching.grid import Grid
from kithwork.core.matching.scoring import NEVER


@dataclass(frozen=True, slots=True)
class Choice:
    """One mentor for one mentee, everybody else matched as well as can be around the two."""

    mentor: int  # position
    fit: Fit
    cost: int  # fit that all others have less in sum than in the proposal; below 0: more
    fewer: int  # mentees who are matched less than in the proposal, this one counted
    assignment: Assignment


def what_if(
    grid: Grid,
    capacities: Sequence[int],
    objective: Objective,
    today: date,
    proposal: Assignment,
    pair: Pair,
    *,
    keep: Collection[Pair] = (),
    forbid: Collection[Pair] = (),
) -> Choice:
    """This pair instead of what was proposed: solved anew around it, exactly. `keep` and `forbid` as for `assign`.

    Raises Impossible where the pair is vetoed or the mentor's places are all kept for others.
    """
    mentee, mentor = pair
    others = {one for one in keep if one[0] != mentee}
    found = assign(grid, capacities, objective, today, keep={*others, pair}, forbid=set(forbid) - {pair})
    before = proposal.total - max(int(proposal.fit_of[mentee]), 0)
    told = fit(grid.scorer.mentees[mentee], grid.scorer.mentors[mentor], grid.scorer.rules, today)
    after = found.total - int(found.fit_of[mentee])
    return Choice(mentor, told, before - after, proposal.matched - found.matched, found)


def choices(
    grid: Grid,
    capacities: Sequence[int],
    objective: Objective,
    today: date,
    proposal: Assignment,
    mentee: int,
    *,
    keep: Collection[Pair] = (),
    forbid: Collection[Pair] = (),
    most: int = 5,
) -> list[Choice]:
    """The mentors who fit a mentee best, each with what it would cost the others; best fit first, then by position."""
    fits = grid.row(mentee)
    fits[[mentor for who, mentor in forbid if who == mentee]] = NEVER
    found: list[Choice] = []
    for mentor in np.argsort(-fits, kind="stable").tolist():
        if len(found) == most or fits[mentor] == NEVER:
            break
        try:
            found.append(
                what_if(grid, capacities, objective, today, proposal, (mentee, mentor), keep=keep, forbid=forbid)
            )
        except Impossible:  # the mentor's places are kept for others
            continue
    return found


def why_unmatched(grid: Grid, mentee: int) -> list[str]:
    """Why a mentee is left without, in sentences: what stands in the way of how many mentors, the most first; or that
    those who could do more for others."""
    if possible := int((grid.row(mentee) != NEVER).sum()):
        one = "The one possible mentor is" if possible == 1 else f"All {possible} possible mentors are"
        return [f"{one} matched with others, so that as much as can be is reached for all."]
    scorer = grid.scorer
    ours, rules = scorer.mentees[mentee], scorer.rules
    if not scorer.mentors:
        return ["There are no mentors."]
    counted: Counter[str] = Counter()
    for mentor in scorer.mentors:
        counted.update(set(vetoes(ours, mentor, rules)) or {"The fit is below what the rules ask for."})
    every = len(scorer.mentors)
    return [f"{count} of {every} mentors: {why}" for why, count in sorted(counted.items(), key=lambda c: (-c[1], c[0]))]
