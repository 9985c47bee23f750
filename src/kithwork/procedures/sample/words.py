"""What people in the sample write: answers to any scheme's form, a declaration, a story."""

from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.schemes import Column, Edition, FieldKind, FormField
from kithwork.evidence.passing import Passing

DECLARED = "I have no personal, paid or working tie to this service or to anybody in it."


def answer(form_field: FormField, edition: Edition, **given: object) -> object:
    """A plausible answer to a field; `given` overrules by field id."""
    if form_field.id in given:
        return given[form_field.id]
    match form_field.kind:
        case FieldKind.NUMBER:
            return 1
        case FieldKind.MONEY:
            return 184_000
        case FieldKind.YESNO:
            return True
        case FieldKind.CHOICE:
            return form_field.options[0]
        case FieldKind.LEVEL:
            return edition.levels[0].id
        case FieldKind.EMAIL:
            return "ada@lanternside.example"
        case FieldKind.PHONE:
            return "020 7946 0018"
        case FieldKind.WEB:
            return "https://lanternside.example"
        case FieldKind.DATE:
            return "2026-01-15"
        case FieldKind.LONG:
            return (
                "We bring together young people who have few adults to turn to with trained volunteers from the town. "
                "Pairs meet for an hour or two a week, for about a year, and every pair has a coordinator behind it."
            )
        case FieldKind.ROWS:
            return [
                {column.id: _cell(column, number) for column in form_field.columns}
                for number in range(form_field.at_least)
            ]
        case FieldKind.TEXT:
            return "Ada Marsh" if form_field.personal else "Lanternside Mentoring"


def _cell(column: Column, number: int) -> object:
    """A plausible cell; rows differ, as a scheme may ask."""
    match column.kind:
        case FieldKind.NUMBER:
            return number + 1
        case FieldKind.DATE:
            return f"2025-0{number + 5}-15"
        case FieldKind.CHOICE:
            return column.options[number % len(column.options)]
        case FieldKind.TEXT:
            return f"Placement {number + 1} at Fellside School"


_PARTS = (
    "When J first came to us she had moved school twice and spent her evenings alone. Her teacher asked whether "
    "a mentor might help, and we met J at home to hear what she wanted: somebody to talk to who was not family, and "
    "a way back into drawing, which she had given up. We told her how matches are made and that she could say no.",
    "We introduced J to M, who had finished training that spring and who paints. They met on Saturdays. The first "
    "weeks were slow; M told us so in supervision and we suggested doing something side by side and not face to face. "
    "They went to a print workshop. J began to bring her sketchbook. At the first review she said that she felt more "
    "sure of herself in class, and at the second that she had joined the art club without being asked.",
    "After ten months J, M and we planned the ending together. They looked back through the sketchbook, and J chose "
    "three drawings for the town library. J says that what helped most was that somebody kept turning up. M is with "
    "us still and will be matched again. What we learned is to give a quiet start more time before we worry.",
)
STORY = "\n\n".join((*_PARTS, "In J's own words: 'I was heard, and I got to choose.' " * 8))


INVENTED = "Everybody in it is invented, so nobody can be found by it."


def let_go(by: User) -> Passing:
    """Through the privacy gate without a look: for what the sample says, in which nobody is real."""
    return Passing(by, timezone.now(), INVENTED)
