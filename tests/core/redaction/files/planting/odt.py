"""An OpenDocument text with a name in every place that the format has for one."""

from tests.core.documents.samples import zipped
from tests.core.redaction.files.planting.names import Planted
from tests.core.redaction.files.planting.pictures import jpeg, png

_O = "urn:oasis:names:tc:opendocument:xmlns"
_HEAD = (
    f'xmlns:office="{_O}:office:1.0" xmlns:text="{_O}:text:1.0" xmlns:draw="{_O}:drawing:1.0" xmlns:style="{_O}:style:1.0" '
    f'xmlns:table="{_O}:table:1.0" xmlns:svg="{_O}:svg-compatible:1.0" xmlns:meta="{_O}:meta:1.0" '
    f'xmlns:fo="{_O}:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_KIND = "application/vnd.oasis.opendocument.text"


def planted(names: Planted) -> bytes:
    """The whole package."""
    content = f"""<office:document-content {_HEAD} office:version="1.3"><office:automatic-styles>
    <style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>
    <style:style style:name="White" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>
    </office:automatic-styles><office:body><office:text>
    <text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>
    <dc:creator>{names["who deleted"]}</dc:creator><dc:date>2026-03-02T10:00:00</dc:date></office:change-info>
    <text:p>{names["a deletion"]}</text:p></text:deletion></text:changed-region></text:tracked-changes>
    <text:user-field-decls><text:user-field-decl text:name="who" office:value-type="string"
    office:string-value="{names["a variable"]}"/></text:user-field-decls>
    <text:h text:outline-level="1">Contact policy of {names["a heading"]}</text:h>
    <text:p>In March {names["plain text"]} came. <text:span>{names["a part of a line"][:4]}</text:span>{names["a part of a line"][4:]}
    too.<text:change text:change-id="c1"/></text:p>
    <text:p>Not shown: <text:span text:style-name="Gone">{names["hidden text"]}</text:span> but this.</text:p>
    <text:p>White: <text:span text:style-name="White">{names["white text"]}</text:span>.</text:p>
    <text:p>Condition: <text:hidden-text text:condition="ooow:1" text:string-value="{names["text under a condition"]}"
    text:is-hidden="true"/>.</text:p>
    <text:section text:name="{names["the name of a section"]}" text:display="none"><text:p>{names["a hidden section"]}</text:p>
    </text:section>
    <text:p>Asked<office:annotation><dc:creator>{names["who commented"]}</dc:creator><text:p>{names["a comment"]}</text:p>
    </office:annotation> today.</text:p>
    <text:p><text:bookmark text:name="{names["a bookmark"]}"/>Here <text:a xlink:type="simple"
    xlink:href="https://example.org/{names["where a link leads"]}" office:title="{names["the hint of a link"]}">{names["the text of a link"]}</text:a></text:p>
    <text:p>Noted<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>
    <text:p>{names["a footnote"]} said so</text:p></text:note-body></text:note>.</text:p>
    <table:table table:name="{names["the name of a table"]}"><table:table-column/><table:table-column/><table:table-row>
    <table:table-cell><text:p>{names["a table"]}</text:p></table:table-cell><table:table-cell><text:p>7</text:p></table:table-cell>
    </table:table-row></table:table>
    <text:p><draw:frame draw:name="{names["the name of a picture"]}" text:anchor-type="as-char" svg:width="12cm" svg:height="3.4cm">
    <draw:image xlink:href="Pictures/one.png" xlink:type="simple"/><svg:title>{names["the title of a picture"]}</svg:title>
    <svg:desc>{names["alternative text"]}</svg:desc></draw:frame></text:p>
    <text:p><draw:frame text:anchor-type="as-char" svg:width="12cm" svg:height="3.4cm">
    <draw:image xlink:href="Pictures/two.jpeg" xlink:type="simple"/></draw:frame></text:p>
    </office:text></office:body></office:document-content>"""
    styles = f"""<office:document-styles {_HEAD} office:version="1.3"><office:styles><style:style style:name="Own"
    style:display-name="Style of {names["the name of a style"]}" style:family="paragraph"/></office:styles>
    <office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm"
    fo:page-height="29.7cm" fo:margin="2cm"/><style:header-style/></style:page-layout></office:automatic-styles>
    <office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1"><style:header>
    <text:p>File of {names["a header"]}</text:p></style:header><style:footer><text:p>Kept by {names["a footer"]}</text:p>
    </style:footer></style:master-page></office:master-styles></office:document-styles>"""
    meta = f"""<office:document-meta {_HEAD}><office:meta><dc:title>{names["the title"]}</dc:title>
    <meta:initial-creator>{names["the creator"]}</meta:initial-creator><dc:creator>{names["who changed it last"]}</dc:creator>
    <meta:user-defined meta:name="{names["the name of a property"]}">{names["a property"]}</meta:user-defined>
    </office:meta></office:document-meta>"""
    settings = f"""<office:document-settings {_HEAD} xmlns:config="{_O}:config:1.0" office:version="1.3"><office:settings>
    <config:config-item-set config:name="ooo:configuration-settings"><config:config-item config:name="PrinterName"
    config:type="string">{names["settings"]}</config:config-item></config:config-item-set></office:settings>
    </office:document-settings>"""
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_O}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
        + "".join(
            f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
            for name, kind in (
                ("content.xml", "text/xml"), ("styles.xml", "text/xml"), ("meta.xml", "text/xml"), ("settings.xml", "text/xml"),
                ("Pictures/one.png", "image/png"), ("Pictures/two.jpeg", "image/jpeg"),
            )
        )
        + "</manifest:manifest>"
    )  # fmt: skip
    return zipped(
        {
            "mimetype": _KIND.encode(),
            "content.xml": content.encode(),
            "styles.xml": styles.encode(),
            "meta.xml": meta.encode(),
            "settings.xml": settings.encode(),
            "Pictures/one.png": png(names, "a picture"),
            "Pictures/two.jpeg": jpeg(names, "a photograph"),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )
