"""What all lists have in common: a filter, sorting by a column, pages, and the same rows as CSV."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from kithwork.web.kit.cards import Column
from kithwork.web.kit.forms import GovBoundField
from kithwork.web.kit.spreadsheets import csv_address, csv_answer, csv_wanted

__all__ = ["PER_PAGE", "Filter", "Sorting", "asked", "csv_address", "csv_answer", "csv_wanted", "page_of"]

M = TypeVar("M", bound=Model)
PER_PAGE = 50


class _FilterField(GovBoundField):
    """In a filter everything may be left out, so nothing says so."""

    optional = False


class Filter(forms.Form):
    """A filter beside a list; the present sorting goes along."""

    bound_field_class = _FilterField
    sort = forms.CharField(required=False, widget=forms.HiddenInput)


class Sorting:
    """Sorting by `?sort=name` or `?sort=-name`. `by` maps a column to the fields that order it."""

    def __init__(self, request: HttpRequest, by: Mapping[str, Sequence[Any]], default: str) -> None:
        asked = request.GET.get("sort", default)
        self._query = request.GET.copy()
        self._query.pop("page", None)
        self.down = asked.startswith("-")
        self.name = asked.removeprefix("-")
        if self.name not in by:
            self.down, self.name = default.startswith("-"), default.removeprefix("-")
        self._by = by

    def apply(self, rows: QuerySet[M]) -> QuerySet[M]:
        rows = rows.order_by(*self._by[self.name], "id")
        return rows.reverse() if self.down else rows

    def column(self, name: str, text: str, *, numeric: bool = False) -> Column:
        """A header that sorts by its column, and by a second click the other way round."""
        current = name == self.name
        query = self._query.copy()
        query["sort"] = f"-{name}" if current and not self.down else name
        order = ("descending" if self.down else "ascending") if current else ""
        return Column(text, numeric, f"?{query.urlencode()}", order)


def page_of(
    request: HttpRequest, rows: Any, per_page: int = PER_PAGE, parameter: str = "page", number: int | None = None
) -> Page[Any]:
    """The page asked for; a wrong number gives the first or the last. `number` is how many rows there are, where that
    is known.
    """
    pages = Paginator(rows, per_page)
    if number is not None:
        pages.__dict__["count"] = number  # where its cached property would put it
    return pages.get_page(request.GET.get(parameter))


def asked(form: forms.Form) -> dict[str, Any]:
    """What a filter asks for; a choice that does not exist asks for nothing."""
    form.is_valid()
    return {name: form.cleaned_data.get(name) or "" for name in form.fields}
