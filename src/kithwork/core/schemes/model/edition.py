"""An edition as a whole: its parts found by name, and what is asked at which level."""

from collections.abc import Iterator
from functools import cached_property
from graphlib import TopologicalSorter

from pydantic import Field

from kithwork.core.schemes.model.asks import Area, Requirement
from kithwork.core.schemes.model.kinds import Part, StageKind
from kithwork.core.schemes.model.offer import About, Credential, Duty, Fee, Level, Paper, Privacy, Words
from kithwork.core.schemes.model.stages import (
    AssignmentStage,
    EvidenceStage,
    PortfolioStage,
    RenewalStage,
    Stage,
    VisitStage,
)


class Edition(Part):
    """One published version of a scheme. Built by `loader.load`; its references are proved by `checker.mistakes`."""

    scheme: About
    words: Words = Words()
    privacy: Privacy = Privacy()
    levels: tuple[Level, ...] = Field(min_length=1)
    credential: Credential
    fees: tuple[Fee, ...] = ()
    areas: tuple[Area, ...] = ()
    stages: tuple[Stage, ...] = Field(min_length=1)
    requirements: tuple[Requirement, ...] = ()
    duties: tuple[Duty, ...] = ()
    papers: tuple[Paper, ...] = ()

    @cached_property
    def key(self) -> str:
        return f"{self.scheme.slug}/{self.scheme.edition}"

    @cached_property
    def _stage_by_id(self) -> dict[str, Stage]:
        return {stage.id: stage for stage in self.stages}

    @cached_property
    def by_waiting(self) -> tuple[Stage, ...]:
        """The stages in an order in which each comes after those that it waits for, wherever the files have it."""
        waits = {stage.id: [condition.stage for condition in stage.opens] for stage in self.stages}
        return tuple(self._stage_by_id[stage_id] for stage_id in TopologicalSorter(waits).static_order())

    @cached_property
    def _requirement_by_id(self) -> dict[str, Requirement]:
        return {requirement.id: requirement for requirement in self.requirements}

    @cached_property
    def _levels_within(self) -> dict[str, frozenset[str]]:
        return {level.id: frozenset({level.id, *level.includes}) for level in self.levels}

    @cached_property
    def _in_scope(self) -> dict[tuple[str, str], tuple[Requirement, ...]]:
        ways = {requirement.assessed for requirement in self.requirements}
        return {
            (level.id, way): tuple(
                requirement
                for requirement in self.requirements
                if requirement.assessed == way and requirement.level in self._levels_within[level.id]
            )
            for level in self.levels
            for way in ways
        }

    def stage(self, stage_id: str) -> Stage:
        """Raises KeyError when the edition has no such stage."""
        return self._stage_by_id[stage_id]

    def requirement(self, requirement_id: str) -> Requirement:
        """Raises KeyError when the edition has no such requirement."""
        return self._requirement_by_id[requirement_id]

    def level(self, level_id: str) -> Level:
        return next(level for level in self.levels if level.id == level_id)

    def area(self, area_id: str) -> Area:
        return next(area for area in self.areas if area.id == area_id)

    def fee(self, fee_id: str) -> Fee:
        return next(fee for fee in self.fees if fee.id == fee_id)

    def duty(self, duty_id: str) -> Duty:
        return next(duty for duty in self.duties if duty.id == duty_id)

    def paper(self, paper_id: str) -> Paper:
        return next(paper for paper in self.papers if paper.id == paper_id)

    @cached_property
    def renewal(self) -> RenewalStage | None:
        """The stage in which a holder asks to renew; None when the credential cannot be renewed."""
        return next((stage for stage in self.stages if isinstance(stage, RenewalStage)), None)

    @cached_property
    def most_assessors(self) -> int:
        """How many may judge one journey: as many as the scheme wants, and for a script that several mark, as many
        more as may mark it.
        """
        several = [s.markers for s in self.stages if isinstance(s, AssignmentStage) and s.standardised]
        return max([self.scheme.assessors, *several])

    def in_play(self, stage: Stage, level_id: str, *, renewal: bool) -> bool:
        """Whether a stage belongs to the road of somebody who aims at that level, the first time or to renew."""
        if stage.when != "always" and (stage.when == "renewal") != renewal:
            return False
        return not stage.levels or not self._levels_within[level_id].isdisjoint(stage.levels)

    def asked_at(self, level_id: str, assessed: str) -> tuple[Requirement, ...]:
        """The requirements that a level asks for and that are assessed in this way, in the edition's order."""
        return self._in_scope.get((level_id, assessed), ())

    def stages_of(self, *kinds: StageKind) -> Iterator[Stage]:
        return (stage for stage in self.stages if stage.kind in kinds)

    def stage_for(self, requirement: Requirement) -> Stage:
        """The stage in which a requirement is assessed."""
        return next(
            stage
            for stage in self.stages
            if isinstance(stage, EvidenceStage | VisitStage | PortfolioStage) and stage.assessed == requirement.assessed
        )

    def counts(self) -> dict[str, dict[str, int]]:
        """What `kithwork scheme show --json` prints: counts of requirements by level, area and way of assessing.

        Areas and ways count the first level's own requirements.
        """
        first = [r for r in self.requirements if r.level == self.levels[0].id]
        return {
            "levels": {lv.id: sum(r.level == lv.id for r in self.requirements) for lv in self.levels},
            "areas": {area.id: sum(r.area == area.id for r in first) for area in self.areas},
            "assessed": {
                way: sum(r.assessed == way for r in first) for way in dict.fromkeys(r.assessed for r in first)
            },
        }
