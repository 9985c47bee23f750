"""Every kind of mistake as a row: made in the sample, told in these words."""

from tests.core.schemes.mistakes.fitting import FITTING
from tests.core.schemes.mistakes.further import FURTHER
from tests.core.schemes.mistakes.reading import READING
from tests.core.schemes.mistakes.shapes import SHAPES
from tests.core.schemes.mistakes.words import Row

ROWS = [*READING, *SHAPES, *FITTING, *FURTHER]

__all__ = ["ROWS", "Row"]
