"""What a mentoring service asks of itself, as rules without records: who is ready to mentor, what falls due."""

from kithwork.core.service.clearance import WORDS as MISSING_WORDS
from kithwork.core.service.clearance import Cleared, Missing, Need, Standing, Vetted, clearance

__all__ = ["MISSING_WORDS", "Cleared", "Missing", "Need", "Standing", "Vetted", "clearance"]
