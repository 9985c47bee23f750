"""Component tags and filters. A template builtin, so no `{% load %}` is needed."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import count
from typing import Any

from django import forms, template
from django.core.paginator import Page, Paginator
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.dates import MONTHS
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from kithwork.web.kit.cards import (
    Column,
    Count,
    EvidenceMap,
    Kind,
    Link,
    Place,
    StateTag,
    SummaryRow,
    TaskRow,
    Text,
    TimelineEvent,
)
from kithwork.web.kit.charts import BOTTOM, HEIGHT, LEFT, RIGHT, WIDTH, Chart, drawn
from kithwork.web.kit.forms import ErrorSummary, GovBoundField

register = template.Library()
SHOWN = "kit_summary_shown"  # set on a form whose errors stand above the heading already


# Filters


@register.filter
def longdate(value: date | datetime | None) -> str:
    """'3 March 2027'; a moment is shown as its local day; nothing for None."""
    if not value:
        return ""
    if isinstance(value, datetime) and is_aware(value):
        value = localtime(value)
    return f"{value.day} {_month(value.month, get_language())} {value.year}"


@lru_cache(maxsize=64)
def _month(number: int, language: str | None) -> str:
    """The month's name in the language that is active; kept, for a table asks for hundreds."""
    return str(MONTHS[number])


@register.filter
def clock(value: datetime | None) -> str:
    """'14:05 on 3 March 2027'."""
    if not value:
        return ""
    local = localtime(value) if is_aware(value) else value
    return gettext("%(time)s on %(day)s") % {"time": f"{local:%H:%M}", "day": longdate(local)}


@register.filter
def waited(days: int | None) -> str:
    """A number of days as people say it: 'today', '3 days', '5 weeks', 'about 4 months', 'about 2 years'."""
    if days is None:
        return ""
    if days < 0:
        return gettext("in %(time)s") % {"time": waited(-days)}
    if days == 0:
        return gettext("today")
    if days < 14:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if days < 84:
        return ngettext("%(n)s week", "%(n)s weeks", days // 7) % {"n": days // 7}
    if days < 700:
        months = round(days / 30.44)
        return ngettext("about %(n)s month", "about %(n)s months", months) % {"n": months}
    years = round(days / 365.25)
    return ngettext("about %(n)s year", "about %(n)s years", years) % {"n": years}


@register.filter
def pounds(value: int | None) -> str:
    """Whole pounds: '£550', '£1,200'."""
    if value is None:
        return ""
    return f"−£{-value:,}" if value < 0 else f"£{value:,}"


@register.filter
def plural(number: int | None, words: str) -> str:
    """'1 match', '3 matches': {{ n|plural:"match,matches" }}; a regular noun needs its singular alone."""
    one, _, many = words.partition(",")
    amount = number or 0
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"


@register.filter
def chosen_number(form: forms.Form) -> int:
    """How many fields of a filter ask for something; the sorting is none of them."""
    if not form.is_bound:
        return 0
    form.is_valid()
    return sum(bool(value) for name, value in form.cleaned_data.items() if name != "sort")


@register.filter
def inline_svg(svg: str) -> SafeString:
    """Our own SVG text without its XML declaration, to stand inside a page (the policy admits no data: image)."""
    # Only ever given markup made by this site (a QR code), never anything that came from a person
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308


# Tags


def _kind(kind: Kind | str) -> Kind:
    return kind if isinstance(kind, Kind) else Kind(kind)


@register.simple_tag
def state_tag(word: Text | StateTag, kind: Kind | str = Kind.GREY) -> SafeString:
    """{% state_tag "Overdue" "red" %} or {% state_tag row.state %}."""
    tag = word if isinstance(word, StateTag) else StateTag(word, _kind(kind))
    return format_html('<strong class="govuk-tag{}">{}</strong>', tag.kind.css, tag.word)


_BUTTONS = {
    "primary": "",
    "secondary": " govuk-button--secondary",
    "warning": " govuk-button--warning",
    "inverse": " govuk-button--inverse",
}


@register.simple_tag
def button(
    text: Text, href: str = "", kind: str = "primary", name: str = "", value: str = "", form: str = ""
) -> SafeString:
    """{% button "Save" %} sends its form; {% button "Start" href="/start/" kind="secondary" %} is a link."""
    css = _BUTTONS[kind]
    if href:
        return format_html(
            '<a href="{}" role="button" draggable="false" class="govuk-button{}" data-module="govuk-button">{}</a>',
            href,
            css,
            text,
        )
    more = format_html(' name="{}" value="{}"', name, value) if name else SafeString("")
    more += format_html(' form="{}"', form) if form else SafeString("")
    return format_html(
        '<button type="submit" class="govuk-button{}" data-module="govuk-button"{}>{}</button>', css, more, text
    )


@register.simple_tag
def back(href: str, text: Text = "") -> SafeString:
    """{% back "/matches/" %}, in the block `back`."""
    return format_html(
        '<nav aria-label="{}"><a href="{}" class="govuk-back-link">{}</a></nav>',
        gettext("Back"),
        href,
        text or gettext("Back"),
    )


_numbers = count(1)


@register.inclusion_tag("kit/task_list.html")
def task_list(rows: Iterable[TaskRow], prefix: str = "") -> dict[str, Any]:
    """{% task_list rows %}; give two lists on one page different prefixes when their ids must be stable."""
    return {"rows": rows, "prefix": prefix or f"task-{next(_numbers) % 1_000_000}"}


def _shown(value: object) -> SafeString:
    """Any card's value as safe HTML."""
    match value:
        case None:
            return SafeString("")
        case StateTag():
            return state_tag(value)
        case Link():
            hidden = format_html('<span class="govuk-visually-hidden"> {}</span>', value.hidden) if value.hidden else ""
            return format_html('<a class="govuk-link" href="{}">{}{}</a>', value.href, value.text, hidden)
        case Count():
            return format_html('<a class="govuk-link" href="{}">{}</a>', value.href, f"{value.number:,}")
        case date():
            return SafeString(longdate(value))
        case bool():
            return SafeString(gettext("Yes") if value else gettext("No"))
        case int():
            return SafeString(f"{value:,}")
        case _:
            return conditional_escape(value if isinstance(value, str) else str(value))


@dataclass(frozen=True, slots=True)
class _Line:
    key: Text
    shown: SafeString
    href: str
    change: Text


@register.inclusion_tag("kit/summary_list.html")
def summary_list(rows: Iterable[SummaryRow]) -> dict[str, Any]:
    """{% summary_list rows %}: keys and values, with 'Change' where a row has a link."""
    lines: list[_Line] = []
    for row in rows:
        if isinstance(row.value, list | tuple):
            shown = SafeString("").join(_shown(value) + SafeString("<br>") for value in row.value)
            shown = SafeString(shown.removesuffix("<br>"))
        else:
            shown = _shown(row.value)
        empty = format_html('<span class="kw-muted">{}</span>', gettext("Not given"))
        lines.append(_Line(row.key, shown or empty, row.href, row.change))
    return {"rows": lines, "any_change": any(line.href for line in lines)}


@register.inclusion_tag("kit/timeline.html")
def timeline(events: Iterable[TimelineEvent]) -> dict[str, Any]:
    """{% timeline events %}, in the order given."""
    return {"events": events}


@dataclass(frozen=True, slots=True)
class _PageLink:
    number: int | str
    href: str
    current: bool


@register.inclusion_tag("kit/pager.html", takes_context=True)
def pager(context: Context, page_obj: Page[Any], parameter: str = "page") -> dict[str, Any]:
    """{% pager page_obj %}: nothing on a single page; the rest of the query string is kept."""
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request is not None else QueryDict(mutable=True)

    def address(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    paginator: Paginator[Any] = page_obj.paginator
    items = [
        _PageLink(number, address(number) if isinstance(number, int) else "", number == page_obj.number)
        for number in paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page_obj,
        "items": items,
        "previous": address(page_obj.number - 1),
        "next": address(page_obj.number + 1),
    }


_NOTICE_WORDS: dict[str, Text] = {
    "info": "",
    "success": gettext_lazy("Done"),
    "warning": gettext_lazy("Take care"),
    "error": gettext_lazy("Problem"),
}


@register.inclusion_tag("kit/notice.html")
def notice(text: Text, kind: str = "info", href: str = "", link: Text = "") -> dict[str, Any]:
    """{% notice "The policy is due on 3 March 2027." "warning" href="/policies/4/" link="Review it" %}."""
    return {"text": text, "kind": kind, "word": _NOTICE_WORDS[kind], "href": href, "link": link or href}


@register.inclusion_tag("kit/warning.html")
def warning(text: Text) -> dict[str, Any]:
    """{% warning "This cannot be undone." %}."""
    return {"text": text}


@register.inclusion_tag("kit/empty.html")
def empty(text: Text, href: str = "", action: Text = "", kind: str = "primary") -> dict[str, Any]:
    """What belongs on an empty page, and the first step: {% empty "No matches yet." href="/x/" action="Make one" %}."""
    return {"text": text, "href": href, "action": action, "kind": kind}


@register.inclusion_tag("kit/subnav.html")
def subnav(places: Iterable[Place], label: Text = "") -> dict[str, Any]:
    """{% subnav places "This match" %}: the pages of one record, under its heading."""
    return {"places": places, "label": label or gettext("In this part")}


@register.inclusion_tag("kit/progress.html")
def progress(done: int, total: int, text: Text) -> dict[str, Any]:
    """{% progress 12 40 "Reading documents" %}."""
    return {"done": done, "total": total, "text": text, "id": f"progress-{next(_numbers) % 1_000_000}"}


@dataclass(frozen=True, slots=True)
class _Cell:
    shown: SafeString
    numeric: bool
    head: Text


@register.inclusion_tag("kit/data_table.html")
def data_table(
    columns: Sequence[Column | Text],
    rows: Iterable[Sequence[object]],
    caption: Text,
    hide_caption: bool = False,
    row_headers: bool = True,
    stack: bool = False,
) -> dict[str, Any]:
    """{% data_table columns rows caption="Matches" %}: cells are text, numbers, dates, Link, Count or StateTag.

    `stack`: rows that are read one by one, and not compared, stand one under the other on a phone.
    """
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    return {
        "columns": heads,
        "rows": [
            [_Cell(_shown(value), head.numeric, head.text) for head, value in zip(heads, row, strict=True)]
            for row in rows
        ],
        "stack": stack,
        "sorts": any(head.href for head in heads),
        "caption": caption,
        "hide_caption": hide_caption,
        "row_headers": row_headers,
    }


@register.inclusion_tag("kit/chart.html")
def chart(chart: Chart) -> dict[str, Any]:  # the template says {% chart chart %}
    """{% chart waiting %}: the picture, what it says, its key, and its figures as a table."""
    return {
        "chart": chart,
        "drawn": drawn(chart),
        "columns": [Column(head, numeric=at > 0) for at, head in enumerate(chart.heads)],
        "id": f"chart-{next(_numbers) % 1_000_000}",
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "figures": LEFT - 5,
        "right": WIDTH - RIGHT,
        "under": HEIGHT - BOTTOM + 18,
    }


@register.inclusion_tag("kit/evidence_map.html", takes_context=True)
def evidence_map(context: Context, map: EvidenceMap) -> dict[str, Any]:  # the template says {% evidence_map map %}
    """{% evidence_map map %}: areas down, requirements across; with `?map=table` in the address, as a table."""
    request = context.get("request")
    as_table = request is not None and request.GET.get("map") == "table"
    table: list[tuple[object, ...]] = []
    for area in map.areas if as_table else ():
        for cell in area.cells:
            text = f"{cell.number} {cell.title}"
            table.append((area.title, Link(text, cell.href) if cell.href else text, cell.tag))
    columns = [Column(gettext("Area")), Column(map.unit), Column(gettext("State"))]
    return {"map": map, "as_table": as_table, "table_columns": columns, "table_rows": table}


@register.simple_tag
def error_summary(*given: forms.BaseForm | forms.BaseFormSet[Any] | str | None) -> SafeString:
    """{% error_summary form %} above the page's heading; the form then leaves its own out."""
    held = [form for form in given if isinstance(form, forms.BaseForm | forms.BaseFormSet)]
    for form in held:
        for one in form.forms if isinstance(form, forms.BaseFormSet) else [form]:
            setattr(one, SHOWN, True)
    return SafeString(render_to_string("kit/errors.html", {"summary": ErrorSummary(*held)}))


@register.filter
def summary_of(form: forms.BaseForm) -> ErrorSummary:
    """For the form's own template: its errors, without marking them as shown."""
    return ErrorSummary(form)


@register.simple_tag
def field(bound: BoundField, size: str = "s", heading: bool = False) -> SafeString:
    """One field by itself: {% field form.name size="l" heading=True %} makes its label the page's h1."""
    if isinstance(bound, GovBoundField):
        bound.label_size = size
        bound.is_heading = heading
    return bound.as_field_group()
