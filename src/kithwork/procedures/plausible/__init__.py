"""Plausible services of any size, made up: everybody and everything in them is invented.

`draw` makes a service out of a size, a seed and a last day, in which every rule with a figure holds, on that day and on
every day before; `load` puts so many faults into it, each of one rule, and saves it into an empty service.
"""

from kithwork.procedures.plausible.book import Fault
from kithwork.procedures.plausible.drawing import Wanted, draw
from kithwork.procedures.plausible.lanternside import run_lanternside
from kithwork.procedures.plausible.loading import Loaded, load, save

__all__ = ["Fault", "Loaded", "Wanted", "draw", "load", "run_lanternside", "save"]
