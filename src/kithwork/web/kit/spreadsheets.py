"""The rows of a list as CSV, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

from kithwork.core.tables.writing import safe


def csv_wanted(request: HttpRequest) -> bool:
    return request.GET.get("format") == "csv"


def csv_address(request: HttpRequest) -> str:
    """The same list as CSV."""
    query = request.GET.copy()
    query.pop("page", None)
    query["format"] = "csv"
    return f"?{query.urlencode()}"


def csv_answer(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Rows as CSV in UTF-8 with the mark by which spreadsheets know it."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([safe(value) for value in row])
    return answer
