"""A workbook with a name in every place that the format has for one."""

import io
import zipfile

import openpyxl
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Drawing
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.core.redaction.files.planting.names import Planted
from tests.core.redaction.files.planting.pictures import drawn, png


def planted(names: Planted) -> bytes:
    """Two sheets that are shown, two that are not."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = f"Plan {names['the name of a sheet']}"
    sheet.append(["Mentee", "Meetings", "Born", "Notes"])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F4E79")
    sheet.append([names["a cell"], 7, "2009-05-04", f"spoke of {names['the end of a long cell']} at length"])
    sheet.append([names["a cell of a hidden row"], 1])
    sheet.row_dimensions[3].hidden = True
    sheet["F1"], sheet["F2"] = "Private", names["a cell of a hidden column"]
    sheet.column_dimensions["F"].hidden = True
    sheet["A4"] = f'=IF(TRUE,"{names["a formula"]}","")'
    sheet["A5"] = f"{names['a cell that shows nothing']}"
    sheet["A5"].number_format = ";;;"
    sheet["B5"] = 4
    sheet["B5"].number_format = f'0 "of {names["the format of a number"]}"'
    sheet["A6"] = "Site"
    sheet["A6"].hyperlink = f"https://example.org/people/{names['where a link leads']}"
    sheet["A6"].hyperlink.tooltip = names["the hint of a link"]
    sheet["A7"] = "seen"
    sheet["A7"].comment = Comment(f"ask {names['a comment']}", names["who commented"])
    choice = DataValidation(type="list", formula1=f'"{names["a list of choices"]},other"')
    choice.promptTitle, choice.prompt, choice.error = "Who", names["a prompt"], names["an error text"]
    choice.add("A8")
    sheet.add_data_validation(choice)
    sheet["A9"] = names["a white cell"]
    sheet["A9"].font = Font(color="FFFFFF")
    sheet.merge_cells("A10:C10")
    sheet["A10"] = f"Merged for {names['a merged cell']}"
    sheet.oddHeader.center.text = f"File of {names['a header']}"
    sheet.oddFooter.left.text = f"Kept by {names['a footer']}"
    sheet.column_dimensions["A"].width = 28
    sheet.freeze_panes = "A2"
    picture = Drawing(io.BytesIO(png(names, "a picture")))
    sheet.add_image(picture, "H2")
    other = book.create_sheet("Second")
    other["A1"] = f"also {names['a second sheet']}"
    for state in ("hidden", "veryHidden"):
        secret = book.create_sheet(names[f"the name of a {state} sheet"])
        secret.sheet_state = state
        secret["A1"] = names[f"a cell of a {state} sheet"]
    book.defined_names["Who"] = DefinedName(
        "Who", attr_text=f'"{names["a defined name"]}"', comment=names["its comment"]
    )
    book.properties.creator, book.properties.title = names["the creator"], names["the title"]
    book.properties.lastModifiedBy, book.properties.keywords = names["who changed it last"], names["the keywords"]
    out = io.BytesIO()
    book.save(out)
    return _more(out.getvalue(), names)


def _more(content: bytes, names: Planted) -> bytes:
    """What openpyxl does not write."""
    out = io.BytesIO()
    loose = io.BytesIO()
    drawn([f"unused {names['a picture that is not shown']}"], (760, 140)).save(loose, "PNG")
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/workbook.xml":
                user = f'<fileSharing userName="{names["who keeps it"]}"/><workbookPr'.encode()
                data = data.replace(b"<workbookPr", user, 1)
            if name == "xl/worksheets/sheet1.xml":
                value = names["a value that a formula had"].encode()
                data = data.replace(b'<c r="A4"><f>', b'<c r="A4" t="str"><f>').replace(
                    b"</f><v></v>", b"</f><v>" + value + b"</v>"
                )
                data = data.replace(b"</f><v/>", b"</f><v>" + value + b"</v>").replace(
                    b"</f><v />", b"</f><v>" + value + b"</v>"
                )
            if name == "xl/sharedStrings.xml":
                left = f"<si><t>{names['a string that no cell has any more']}</t></si></sst>".encode()
                data = data.replace(b"</sst>", left)
            new.writestr(name, data)
        new.writestr("xl/persons/person.xml", f'<personList><person displayName="{names["people"]}"/></personList>')
        new.writestr("xl/threadedComments/threadedComment1.xml", f"<t><text>{names['a threaded comment']}</text></t>")
        new.writestr("customXml/item1.xml", f"<root>{names['custom XML']}</root>")
        new.writestr(
            "xl/printerSettings/printerSettings1.bin",
            f"Printer of {names['settings of a printer']}".encode("utf-16-le"),
        )
        new.writestr("xl/media/loose.png", loose.getvalue())
    return out.getvalue()
