"""The kit's lists, with shorter pages: this desk's rows are tall."""

from typing import Any

from django.core.paginator import Page
from django.db.models.functions import Coalesce, Lower
from django.http import HttpRequest

from kithwork.web.kit import lists
from kithwork.web.kit.lists import Filter, Sorting, asked, csv_address, csv_answer, csv_wanted

__all__ = [
    "PER_PAGE", "Filter", "Sorting", "asked", "by_applicant", "csv_address", "csv_answer", "csv_wanted", "page_of",
]  # fmt: skip

PER_PAGE = 25


def by_applicant(journey: str = "") -> Lower:
    """What sorts rows by the service or the person that applies; `journey` leads to it, such as 'journey__'."""
    return Lower(Coalesce(f"{journey}service__name", f"{journey}person__name"))


def page_of(request: HttpRequest, rows: Any, per_page: int = PER_PAGE, parameter: str = "page") -> Page[Any]:
    """The page asked for; a wrong number gives the first or the last."""
    return lists.page_of(request, rows, per_page, parameter)
