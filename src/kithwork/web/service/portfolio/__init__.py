"""A portfolio as its owner builds it: pieces in their order, what each shows, what is covered, handing it in."""

from kithwork.web.service.portfolio.handing import portfolio_file, portfolio_hand_in, portfolio_round, portfolio_zip
from kithwork.web.service.portfolio.overview import overview, portfolio, portfolio_map
from kithwork.web.service.portfolio.pieces import (
    portfolio_add,
    portfolio_change,
    portfolio_drop,
    portfolio_links,
    portfolio_piece,
)

__all__ = [
    "overview",
    "portfolio",
    "portfolio_add",
    "portfolio_change",
    "portfolio_drop",
    "portfolio_file",
    "portfolio_hand_in",
    "portfolio_links",
    "portfolio_map",
    "portfolio_piece",
    "portfolio_round",
    "portfolio_zip",
]
