"""A Word document with a name in every place that the format has for one."""

import io
import zipfile

import openpyxl

from tests.core.redaction.files.planting.names import Planted
from tests.core.redaction.files.planting.pictures import drawn, jpeg, png

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
_DAY = 'w:date="2026-03-02T10:00:00Z"'


def p(*runs: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(runs)}</w:p>"


def r(text: str, look: str = "") -> str:
    dressed = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{dressed}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _picture(relation: str, described: str, name: str, crop: str = "") -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="4000000" cy="1150000"/>'
        f'<wp:docPr id="7" name="{name}" descr="{described}"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="0" name="{name}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>{crop}'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="4000000" cy="1150000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _box(new: str, old: str) -> str:
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="2600000" cy="500000"/>'
        '<wp:docPr id="9" name="Text Box 1"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="2600000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:srgbClr val="FFF2CC"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="7F6000"/></a:solidFill>'
        f"</a:ln></wps:spPr><wps:txbx><w:txbxContent>{p(r('Box: ' + new + ' rang'))}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{p(r('Box: ' + old + ' rang'))}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def _cell(*blocks: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="2800" w:type="dxa"/></w:tcPr>{"".join(blocks)}</w:tc>'


def _table(names: Planted) -> str:
    edge = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    look = f'<w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{edge}</w:tblBorders>' \
           f'<w:tblCaption w:val="{names["the caption of a table"]}"/></w:tblPr>'  # fmt: skip
    grid = '<w:tblGrid><w:gridCol w:w="2800"/><w:gridCol w:w="2800"/></w:tblGrid>'
    inner = f"<w:tbl>{look.replace(names['the caption of a table'], 'x')}{grid}<w:tr>{_cell(p(r(names['a table in a table'])))}{_cell(p(r('7')))}</w:tr></w:tbl>"
    return (
        f"<w:tbl>{look}{grid}<w:tr>{_cell(p(r('Mentee', '<w:b/>')))}{_cell(p(r('Notes', '<w:b/>')))}</w:tr>"
        f"<w:tr>{_cell(p(r(names['a table'])))}{_cell(p(r('met twice')), inner, p())}</w:tr>"
        f'<w:tr><w:trPr><w:del w:id="90" w:author="{names["who deleted a row"]}" {_DAY}/></w:trPr>'
        f"{_cell(p(r(names['a deleted row'])))}{_cell(p(r('gone')))}</w:tr></w:tbl>"
    )


def _field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _body(names: Planted) -> str:
    split = names["a name in three runs"]
    content = [
        p(r("Review of the match"), style="Heading1"),
        p(r(f"In March {names['plain text']} came to the centre. "), r("Twice.", "<w:b/>")),
        p(r("Then "), r(split[:2], "<w:b/>"), '<w:proofErr w:type="spellStart"/>', r(split[2:5]), r(split[5:], "<w:i/>"), r(" left.")),
        p(r("Added: "), f'<w:ins w:id="1" w:author="{names["who inserted"]}" {_DAY}>{r(names["an insertion"])}</w:ins>'),
        p(
            r("Removed: "),
            f'<w:del w:id="2" w:author="{names["who deleted"]}" {_DAY}><w:r><w:delText>{names["a deletion"]}</w:delText></w:r></w:del>',
            r("."),
        ),
        p(
            f'<w:moveFrom w:id="3" w:author="x" {_DAY}>{r(names["text moved away"])}</w:moveFrom>',
            f'<w:moveTo w:id="4" w:author="x" {_DAY}>{r(names["text moved here"])}</w:moveTo>',
        ),
        p(r(f"Not shown: {names['hidden text']}", "<w:vanish/>"), r("Shown.")),
        p(r(names["text of a hidden style"], '<w:rStyle w:val="Ghost"/>'), r("Also shown.")),
        p(r(names["white text"], '<w:color w:val="FFFFFF"/>')),
        p(f'<w:hyperlink r:id="rLink" w:tooltip="{names["the hint of a link"]}">{r(names["the text of a link"])}</w:hyperlink>'),
        p(_field(f' HYPERLINK "mailto:{names["a field"]}@example.org" ', names["the result of a field"])),
        p(f'<w:fldSimple w:instr=" AUTHOR {names["a simple field"]} ">{r(names["the result of a simple field"])}</w:fldSimple>'),
        f'<w:sdt><w:sdtPr><w:alias w:val="{names["the title of a control"]}"/><w:tag w:val="{names["the tag of a control"]}"/>'
        f'<w:dropDownList><w:listItem w:displayText="{names["an item of a list"]}" w:value="1"/></w:dropDownList></w:sdtPr>'
        f"<w:sdtContent>{p(r(names['a control']))}</w:sdtContent></w:sdt>",
        p(f'<w:bookmarkStart w:id="5" w:name="{names["a bookmark"]}"/>', r("Here."), '<w:bookmarkEnd w:id="5"/>'),
        p(
            '<w:commentRangeStart w:id="1"/>', r("Discussed."), '<w:commentRangeEnd w:id="1"/>',
            '<w:r><w:commentReference w:id="1"/></w:r>',
        ),
        p(f'<w:smartTag w:uri="urn:x" w:element="PersonName"><w:smartTagPr><w:attr w:name="who" w:val="{names["a smart tag"]}"/>'
          f"</w:smartTagPr>{r('them')}</w:smartTag>"),
        p(r("See"), '<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:endnoteReference w:id="2"/></w:r>'),
        p(_picture("rPic", f"Portrait of {names['alternative text']}", names["the name of a picture"])),
        p(_picture("rPhoto", "", "Photo")),
        p(_picture("rCrop", "", "Cropped", '<a:srcRect b="55000"/>')),
        p(_box(names["a text box"], names["an old text box"])),
        _table(names),
        p(r(f"Listed {names['a list']}"), style="Listed"),
        p(r(f"A style of its own for {names['a line in a style of its own']}"), style="Own"),
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>numbered</w:t></w:r></w:p>',
        p(r(f'"{names["an e-mail address"].lower()}@example.org"'), r(" wrote.")),
    ]  # fmt: skip
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rHead"/><w:footerReference w:type="default" r:id="rFoot"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" '
        'w:footer="708" w:gutter="0"/></w:sectPr>'
    )
    return f"<w:document {_HEAD}><w:body>{''.join(content)}{section}</w:body></w:document>"


def _styles(names: Planted) -> str:
    return (
        f'<w:styles {_HEAD}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/>'
        '<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:rPr><w:b/>'
        '<w:color w:val="1F4E79"/><w:sz w:val="32"/></w:rPr></w:style><w:style w:type="character" w:styleId="Ghost">'
        '<w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style>'
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="Own"><w:name w:val="Style of {names["the name of a style"]}"/>'
        '<w:basedOn w:val="Normal"/><w:rPr><w:i/><w:color w:val="C00000"/></w:rPr></w:style>'
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/></w:style></w:styles>'
    )


def _notes(kind: str, text: str) -> str:
    line, more = p("<w:r><w:separator/></w:r>"), p("<w:r><w:continuationSeparator/></w:r>")
    said = p(f"<w:r><w:{kind}Ref/></w:r>", r(f" {text} said so"))
    return (
        f'<w:{kind}s {_HEAD}><w:{kind} w:type="separator" w:id="0">{line}</w:{kind}>'
        f'<w:{kind} w:type="continuationSeparator" w:id="1">{more}</w:{kind}>'
        f'<w:{kind} w:id="2">{said}</w:{kind}></w:{kind}s>'
    )


def planted(names: Planted) -> bytes:
    """The whole package."""
    book = openpyxl.Workbook()
    book.active["A1"] = names["an embedded workbook"]
    within = io.BytesIO()
    book.save(within)
    cropped = io.BytesIO()
    drawn(["What is shown", "", f"cut away {names['the cropped part of a picture']}"]).save(cropped, "PNG")
    parts: dict[str, bytes | str] = {
        "link": f"https://example.org/people/{names['where a link leads']}",
        "word/document.xml": _body(names),
        "word/styles.xml": _styles(names),
        "word/numbering.xml": f'<w:numbering {_HEAD}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{names["the text of a number"]} %1:"/>'
        '<w:lvlJc w:val="left"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        "word/header1.xml": f"<w:hdr {_HEAD}>{p(r('File of ' + names['a header']))}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_HEAD}>{p(r('Written by ' + names['a footer'] + ', page '), _field(' PAGE ', '1'))}</w:ftr>",
        "word/footnotes.xml": _notes("footnote", names["a footnote"]),
        "word/endnotes.xml": _notes("endnote", names["an endnote"]),
        "word/comments.xml": f'<w:comments {_HEAD}><w:comment w:id="1" w:author="{names["who commented"]}" w:initials="Q" {_DAY}>'
        f"{p(r('Ask ' + names['a comment'] + ' first'))}</w:comment></w:comments>",
        "word/people.xml": f'<w15:people {_HEAD}><w15:person w15:author="{names["people"]}"/></w15:people>',
        "word/settings.xml": f'<w:settings {_HEAD}><w:docVars><w:docVar w:name="who" w:val="{names["a variable"]}"/></w:docVars>'
        f'<w:attachedTemplate r:id="rTemplate"/><w:rsids><w:rsidRoot w:val="00AA11BB"/></w:rsids></w:settings>',
        "word/_rels/settings.xml.rels": _rels([("rTemplate", "attachedTemplate", f"file:///C:/{names['a template']}.dotx", "External")]),
        "word/fontTable.xml": f'<w:fonts {_HEAD}><w:font w:name="{names["a typeface"]} Hand"/></w:fonts>',
        "word/glossary/document.xml": f"<w:glossaryDocument {_HEAD}><w:docParts>{p(r(names['a building block']))}</w:docParts></w:glossaryDocument>",
        "word/media/image1.png": png(names, "a picture"),
        "word/media/image2.jpeg": jpeg(names, "a photograph"),
        "word/media/image3.png": cropped.getvalue(),
        "word/embeddings/book.xlsx": within.getvalue(),
        "word/vbaData.xml": f"<x>{names['data of a program']}</x>",
        "customXml/item1.xml": f"<root><person>{names['custom XML']}</person></root>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{names["the creator"]}</dc:creator><dc:title>{names["the title"]}'
        f"</dc:title><cp:lastModifiedBy>{names['who changed it last']}</cp:lastModifiedBy><cp:keywords>{names['the keywords']}"
        "</cp:keywords></cp:coreProperties>",
        "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Manager>'
        f"{names['the manager']}</Manager><Company>{names['the company']}</Company></Properties>",
        "docProps/custom.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="x" pid="2" '
        f'name="{names["the name of a property"]}"><vt:lpwstr>{names["a property"]}</vt:lpwstr></property></Properties>',
        "docProps/thumbnail.jpeg": _thumbnail(names["a thumbnail"]),
    }  # fmt: skip
    return _package(parts)


def _thumbnail(name: str) -> bytes:
    out = io.BytesIO()
    drawn([f"first page of {name}"], (700, 120)).save(out, "JPEG")
    return out.getvalue()


def _rels(rows: list[tuple[str, str, str, str]]) -> str:
    made = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"{f" TargetMode={mode!r}" if mode else ""}/>'.replace(
            "'", '"'
        )
        for key, kind, target, mode in rows
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def _package(parts: dict[str, bytes | str]) -> bytes:
    kinds = {
        "document": "document.main", "styles": "styles", "numbering": "numbering", "header1": "header", "footer1": "footer",
        "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments", "settings": "settings", "fontTable": "fontTable",
    }  # fmt: skip
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    links = [
        ("rStyles", "styles", "styles.xml", ""), ("rNum", "numbering", "numbering.xml", ""), ("rHead", "header", "header1.xml", ""),
        ("rFoot", "footer", "footer1.xml", ""), ("rNotes", "footnotes", "footnotes.xml", ""), ("rEnd", "endnotes", "endnotes.xml", ""),
        ("rSet", "settings", "settings.xml", ""), ("rFonts", "fontTable", "fontTable.xml", ""), ("rComm", "comments", "comments.xml", ""),
        ("rPic", "image", "media/image1.png", ""), ("rPhoto", "image", "media/image2.jpeg", ""),
        ("rCrop", "image", "media/image3.png", ""), ("rPack", "package", "embeddings/book.xlsx", ""),
    ]  # fmt: skip
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" '
        f'ContentType="image/jpeg"/><Default Extension="xlsx" ContentType="application/octet-stream"/>{overrides}</Types>'
    )
    top = [("r1", "officeDocument", "word/document.xml", ""), ("r2", "thumbnail", "docProps/thumbnail.jpeg", "")]
    link = parts.pop("link", "https://example.org/")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", _rels(top))
        archive.writestr("word/_rels/document.xml.rels", _rels([*links, ("rLink", "hyperlink", str(link), "External")]))
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
