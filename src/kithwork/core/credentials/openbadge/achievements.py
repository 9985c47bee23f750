"""What an edition of a scheme grants, as an achievement: its criteria in words, and the framework's items it meets."""

from kithwork.core.credentials.openbadge.facts import Achievement, AchievementKind, Alignment, Shown
from kithwork.core.schemes import Edition
from kithwork.core.schemes.case.names import address, identifier

# what is granted, and whether to a service -> what Open Badges calls it
_KINDS = {
    ("award", True): AchievementKind.QUALITY,
    ("award", False): AchievementKind.AWARD,
    ("licence", True): AchievementKind.LICENCE,
    ("licence", False): AchievementKind.LICENCE,
    ("status", True): AchievementKind.CERTIFICATION,
    ("status", False): AchievementKind.CERTIFICATION,
    ("completion", True): AchievementKind.COMPLETION,
    ("completion", False): AchievementKind.COMPLETION,
}


def achievement(edition: Edition, level_id: str, *, base: str, image: str = "") -> Achievement:
    """The achievement of one level. `base` is the site's address, `image` the badge's picture (an address).

    Its items are the level and each area of requirements: all requirements of both hang on these in CASE, and a list
    of each would make a credential ten times as long to say the same. Raises KeyError for an unknown level.
    """
    about = edition.scheme
    level = next((one for one in edition.levels if one.id == level_id), None)
    if level is None:
        raise KeyError(level_id)
    page = f"{base.rstrip('/')}/schemes/{about.slug}/"
    return Achievement(
        id=f"{page}?edition={about.edition}#{level.id}",
        name=level.title,  # as the badge's picture says it
        description=about.summary,
        criteria=_criteria(edition, level_id),
        kind=_KINDS[edition.credential.kind, about.applicant == "service"],
        criteria_url=page,
        version=about.edition,
        code=level.id,
        image=image,
        alignments=_alignments(edition, level_id, base),
        credits=edition.credential.credits,
    )


def judged(edition: Edition, level_id: str) -> tuple[Shown, ...]:
    """What kinds of evidence were judged, by the stage in which that was; nothing of what anybody handed in."""
    words = edition.words
    counts: dict[str, int] = {}
    for name, _ in _asked(edition, level_id):
        title = edition.stage_for(edition.requirement(name)).title
        counts[title] = counts.get(title, 0) + 1
    return tuple(
        Shown(
            title,
            f"{number} {words.requirements} were judged here."
            if number > 1
            else f"One {words.requirement} was judged here.",
        )
        for title, number in counts.items()
    )


def _asked(edition: Edition, level_id: str) -> list[tuple[str, str]]:
    """Requirements of the level, each with its area."""
    ways = dict.fromkeys(one.assessed for one in edition.requirements)
    return [(one.id, one.area) for way in ways for one in edition.asked_at(level_id, way)]


def _criteria(edition: Edition, level_id: str) -> str:
    level, words = edition.level(level_id), edition.words
    asked = _asked(edition, level_id)
    lines = [level.summary] if level.summary else []
    if asked:
        number = f"{len(asked)} {words.requirements if len(asked) > 1 else words.requirement}"
        areas = len({area for _, area in asked})
        # a scheme may call both the same, and then there is one of each
        where = f" in {areas} {words.areas if areas > 1 else words.area}" if words.areas != words.requirements else ""
        met = f"At least {level.share.overall} per cent" if level.share else "Every one"
        lines.append(f"{met} of {number}{where} was shown and judged by {edition.scheme.body}.")
    if edition.credential.valid:
        lines.append(f"It holds for {edition.credential.valid}.")
    if edition.credential.keeps:
        lines.append("\n".join(f"- {keep}" for keep in edition.credential.keeps))
    return "\n\n".join(lines) or edition.scheme.summary


def _alignments(edition: Edition, level_id: str, base: str) -> tuple[Alignment, ...]:
    about = edition.scheme

    def item(kind: str, name: str, title: str) -> Alignment:
        url = address(base, "CFItems", identifier(about.slug, about.edition, kind, name))
        return Alignment(title, url, name, about.name)

    areas = {area for _, area in _asked(edition, level_id)}
    level = edition.level(level_id)
    return (
        item("level", level.id, level.title),
        *(item("area", area.id, area.title) for area in edition.areas if area.id in areas),
    )
