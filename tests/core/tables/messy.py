"""A workbook as real ones look, written by code: title rows, merged headings, dates in every style, totals, Welsh
names, formulas, a hidden column, several sheets. All people are made up.
"""

# ruff: noqa: E501 - the rows of a wide sheet stand as they are

import io
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook

HEADS = ["No.", "Mentee", None, "D.O.B.", "Tel", None, "Post code", "Referral date", "Accepted", "Agency", "Notes"]
ROWS: list[list[Any]] = [
    [1, "Siôn", "Gwynfryn", datetime(2009, 3, 5), 7700900123, "SION@EXAMPLE.ORG", "ll57 2dg", "05/03/2026", "2026-04-01", "Ysgol Glan", None],
    [2, "Llŷr", "Ap Rhydderch", 39877, "07700 900456", "n/a", "SA1 1AA", "13.3.26", 46113, "Ysgol Glan", None],
    [],
    [3, "Mair", "Ó Braonáin", "3rd May 2010", "01632 960 111", None, None, "5 March 2026", None, "GP", None],
    [4, "Zofia", "Łękawska-Finch", "7 Mawrth 2008", "7.7009E+09", "zofia@example.org", None, "12-02-26", None, None, None],
    [5, "Siôn", "Gwynfryn", "5 Mar 2009", None, None, "LL57 2DG", "9/3/2026", None, None, None],
    [6, "Bad", "Daykin", "31/02/2007", None, "not an address", "nowhere", "soon", None, None, None],
    [7, None, None, None, None, None, None, "01/02/2026", None, None, None],
    ["Total", 7, None, None, None, None, None, None, None, None, None],
]  # fmt: skip


def workbook() -> bytes:
    book = Workbook()
    cover: Any = book.active
    cover.title = "Read me"
    cover["A1"] = "Please do not sort"
    sheet: Any = book.create_sheet("Current mentees")
    sheet["A1"] = "Glan yr Afon Mentoring: everybody"
    sheet.merge_cells("A1:K1")
    sheet["A2"] = "as at 1 November 2026"
    sheet["B3"] = "Name"
    sheet.merge_cells("B3:C3")
    for at, head in enumerate(HEADS, 1):
        if head and at != 2:
            sheet.cell(3, at, head)
            sheet.merge_cells(start_row=3, end_row=4, start_column=at, end_column=at)
    sheet["B4"], sheet["C4"], sheet["F4"] = "First name", "Surname", "E-mail"
    for down, row in enumerate(ROWS, 5):
        for at, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(down, at, value)
    sheet["K5"] = '="born "&D5'  # a formula that no program has worked out
    sheet.column_dimensions["K"].hidden = True
    old: Any = book.create_sheet("Old")
    old.sheet_state = "hidden"
    old.append(["Name", "D.O.B.", "Referral date", "Post code", "Surname"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TODAY = date(2026, 11, 22)

SEMICOLONS = "Name;Telephone;Referred on\r\nSiân Ŵyn;07700 900 123;5/3/26\r\n"
