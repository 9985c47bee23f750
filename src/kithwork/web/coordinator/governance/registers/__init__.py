"""The registers a service keeps about itself: insurance, risks, board, money, aims, what is said, what is changed."""

from kithwork.web.coordinator.governance.registers.aims import OUTCOMES, TARGETS
from kithwork.web.coordinator.governance.registers.board import MEETINGS, TRUSTEES
from kithwork.web.coordinator.governance.registers.book import Book, pages_of
from kithwork.web.coordinator.governance.registers.learning import CHANGES, COMPLAINTS, EVALUATIONS, PRACTISED
from kithwork.web.coordinator.governance.registers.money import FUNDING, INSURANCE
from kithwork.web.coordinator.governance.registers.risks import RISKS

BOOKS: tuple[Book, ...] = (
    INSURANCE,
    RISKS,
    TRUSTEES,
    MEETINGS,
    FUNDING,
    OUTCOMES,
    TARGETS,
    EVALUATIONS,
    COMPLAINTS,
    CHANGES,
    PRACTISED,
)

__all__ = ["BOOKS", "Book", "pages_of"]
