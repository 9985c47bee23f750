"""A PDF with a name in every place that the format has for one, as hostile and as careless programs leave them."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.core.redaction.files.planting.names import Planted
from tests.core.redaction.files.planting.pictures import drawn, jpeg

_FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def _image(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Object:
    grey = picture.convert("L")
    stream = pdf.make_stream(grey.tobytes())
    stream.Type, stream.Subtype, stream.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    stream.Width, stream.Height, stream.BitsPerComponent = grey.width, grey.height, 8
    return stream


def _photo(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Object:
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
    stream = pdf.make_stream(content)
    stream.Type, stream.Subtype, stream.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
    stream.Width, stream.Height, stream.BitsPerComponent, stream.Filter = width, height, 8, Name.DCTDecode
    return stream


def planted(names: Planted) -> bytes:
    """One page after another revision of itself."""
    first = io.BytesIO()
    old = pikepdf.new()
    page = old.add_blank_page(page_size=(595, 842))
    page.Contents = old.make_stream(f"BT /F1 12 Tf 72 700 Td (Met {names['an earlier revision']} today) Tj ET".encode())
    page.obj.Resources = Dictionary(Font=Dictionary(F1=_FONT))
    old.save(first, static_id=True)

    pdf = pikepdf.open(io.BytesIO(first.getvalue()))
    page = pdf.pages[0]
    _page(pdf, page, names)
    _beside(pdf, page, names)
    whole = io.BytesIO()
    pdf.save(whole, static_id=True)
    # A program that only appends leaves what was there before; here the whole before stands in front of the new one,
    # so that readers of the end see the new one alone.
    orphan = f"\n990 0 obj\n<< /Who ({names['an object that nothing refers to']}) >>\nendobj\n".encode()
    before = first.getvalue() + orphan
    return before + _shifted(whole.getvalue(), len(before))


def _shifted(content: bytes, by: int) -> bytes:
    """The same file, further down: with a table of where its objects are then."""
    pdf = pikepdf.open(io.BytesIO(content))
    out = io.BytesIO()
    pdf.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = out.getvalue()
    at = data.rfind(b"xref\n", 0, data.rfind(b"startxref"))
    lines = data[at:].split(b"\n")
    moved = []
    for line in lines:
        if len(line) >= 18 and line[10:11] == b" " and line[:10].isdigit() and line.rstrip().endswith(b"n"):
            moved.append(f"{int(line[:10]) + by:010d}".encode() + line[10:])
        else:
            moved.append(line)
    table = b"\n".join(moved)
    start = table.rfind(b"startxref\n")
    return data[:at] + table[:start] + f"startxref\n{at + by}\n%%EOF\n".encode()


def _page(pdf: pikepdf.Pdf, page: pikepdf.Page, names: Planted) -> None:
    form = pdf.make_stream(f"BT /F1 12 Tf 0 0 Td (Form of {names['a form XObject']}) Tj ET".encode())
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, [0, -5, 300, 20]
    form.Resources = Dictionary(Font=Dictionary(F1=_FONT))
    unused = pdf.make_stream(f"BT /F1 12 Tf 0 0 Td (Unused {names['a form XObject that is not drawn']}) Tj ET".encode())
    unused.Type, unused.Subtype, unused.BBox = Name.XObject, Name.Form, [0, 0, 300, 20]
    unused.Resources = Dictionary(Font=Dictionary(F1=_FONT))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(f"Layer {names['the name of a layer']}")))
    off = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Draft")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer, off]), D=Dictionary(ON=Array([layer]), OFF=Array([off])))
    split = names["text in pieces"]
    hexed = names["text in hexadecimal"].encode("latin-1").hex()
    covered = names["text under a black box"]
    content = f"""
    BT /F1 12 Tf 72 780 Td (Progress of {names["plain text"]} and {names["the same line"]}, who came on Monday) Tj ET
    BT /F1 12 Tf 72 760 Td [({split[:3]}) -20 ({split[3:]}) -300 (was late)] TJ ET
    BT /F1 12 Tf 72 740 Td <{hexed}> Tj ET
    BT /F1 12 Tf 72 720 Td ({covered} lives here) Tj ET 0 g 70 716 200 16 re f
    1 g BT /F1 12 Tf 72 700 Td ({names["white text"]}) Tj ET 0 g
    3 Tr BT /F1 12 Tf 72 680 Td ({names["text that is not drawn"]}) Tj ET 0 Tr
    BT /F1 12 Tf 900 680 Td ({names["text beside the page"]}) Tj ET
    BT /F1 0.9 Tf 72 660 Td ({names["text of one point"]}) Tj ET
    /Span <</ActualText ({names["ActualText"]})>> BDC BT /F1 12 Tf 72 640 Td (somebody) Tj ET EMC
    /OC /Off BDC BT /F1 12 Tf 72 620 Td ({names["a layer that is off"]}) Tj ET EMC
    /OC /On BDC BT /F1 12 Tf 72 600 Td (seen by {names["a layer that is on"]}) Tj ET EMC
    q 1 0 0 1 72 580 cm /Form Do Q
    q 0 0 1 1 re W n BT /F1 12 Tf 300 560 Td ({names["text that is clipped away"]}) Tj ET Q
    q 380 0 0 110 72 440 cm /Picture Do Q
    q 380 0 0 110 72 320 cm /Photo Do Q
    BT /F1 12 Tf 0 1 -1 0 560 300 Tm (Along the edge {names["text on its side"]}) Tj ET
    """
    page.Contents = pdf.make_stream(content.encode("cp1252"))
    page.obj.Resources = Dictionary(
        Font=Dictionary(F1=_FONT),
        XObject=Dictionary(
            Form=form,
            Unused=unused,
            Picture=_image(pdf, drawn(["A scan of the list", f"signed {names['the pixels of a picture']}"])),
            Photo=_photo(pdf, jpeg(names, "a photograph")),
        ),
        Properties=Dictionary(On=layer, Off=off),
    )
    page.obj.PieceInfo = Dictionary(Maker=Dictionary(Private=String(names["private data of a program"])))


def _beside(pdf: pikepdf.Pdf, page: pikepdf.Page, names: Planted) -> None:
    with pdf.open_metadata() as xmp:
        xmp["dc:description"] = f"about {names['XMP']}"
    pdf.docinfo["/Title"] = f"Review of {names['the title']}"
    pdf.docinfo["/Author"] = names["the author"]
    pdf.docinfo["/Subject"] = names["the subject"]
    pdf.docinfo["/Keywords"] = names["the keywords"]
    pdf.docinfo["/Mentee"] = names["a property of its own"]
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Meeting {names['a bookmark']}", 0))
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String(f"field {names['the name of a field']}"),
            TU=String(names["the hint of a field"]), V=String(names["the value of a field"]),
            DV=String(names["the default of a field"]), Rect=[72, 250, 300, 270], DA=String("/Helv 12 Tf 0 g"), F=4,
            P=page.obj,
        )
    )  # fmt: skip
    choice = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Ch, T=String("who"), Opt=Array([String(names["a choice"])]),
            Rect=[72, 220, 300, 240], F=4, P=page.obj, DA=String("/Helv 12 Tf 0 g"),
        )
    )  # fmt: skip
    pdf.Root.AcroForm = pdf.make_indirect(
        Dictionary(
            Fields=Array([field, choice]), NeedAppearances=True, DA=String("/Helv 12 Tf 0 g"),
            DR=Dictionary(Font=Dictionary(Helv=_FONT)),
        )
    )  # fmt: skip
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=[500, 700, 520, 720], Contents=String(f"ask {names['a comment']}"),
        T=String(names["the author of a comment"]), Subj=String(names["the subject of a comment"]),
    )  # fmt: skip
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[72, 200, 300, 215],
        A=Dictionary(S=Name.URI, URI=String(f"https://example.org/people/{names['a link']}")),
    )  # fmt: skip
    free = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=[72, 150, 400, 180], Contents=String(f"typed {names['a typed note']}"),
        DA=String("/Helv 12 Tf 0 g"),
    )  # fmt: skip
    page.obj.Annots = Array([field, choice, *(pdf.make_indirect(one) for one in (note, link, free))])
    pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(
        pdf,
        f"Rang {names['an attached file']} at six".encode(),
        filename=f"notes {names['the name of an attached file']}.txt",
    )
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{names['a script']}')"))
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=String(f"Portrait of {names['alternative text']}")),
        )
    )
    pdf.Root.Dests = Dictionary({f"/Section {names['a named destination']}": Array([page.obj, Name.Fit])})
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(names["a page label"]))]))
