"""What people are asked after the last part: a few statements to agree with, and two open questions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """Answered from 1 to 5, see SCALE."""

    id: str
    says: str


QUESTIONS = (
    Question("purpose", "It was clear beforehand what this was for."),
    Question("useful", "I can use what I learnt."),
    Question("pace", "The pace was right for me."),
    Question("heard", "There was room for my questions and experience."),
    Question("setting", "The place, or the connection, worked for me."),
)
SCALE = {
    5: "Strongly agree",
    4: "Agree",
    3: "Neither agree nor disagree",
    2: "Disagree",
    1: "Strongly disagree",
}
HELPED = "What helped you most?"
CHANGE = "What should we change?"
FEWEST = 3  # answers, below which sums would tell who said what
