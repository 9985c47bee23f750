"""What a mentoring service asks of itself, as rules without records: who is ready to mentor, what falls due."""

from kithwork.core.service.clearance import WORDS as MISSING_WORDS
from kithwork.core.service.clearance import Cleared, Missing, Need, Standing, Vetted, clearance
from kithwork.core.service.measures import Count, suppressed

__all__ = ["MISSING_WORDS", "Cleared", "Count", "Missing", "Need", "Standing", "Vetted", "clearance", "suppressed"]
