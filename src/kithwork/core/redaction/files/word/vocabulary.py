"""What a copy of a Word document may consist of: elements that shape text and pages, the values they may have,
typefaces, names of styles. What is not here is not copied: a name can hide in any attribute that takes a word.

Source: ECMA-376 part 1, 17 (WordprocessingML), 18.18 and 20 (DrawingML).
"""

import re

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
WPG = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMESPACES = {"w": W, "r": R, "a": A, "wp": WP, "pic": PIC, "wps": WPS, "wpg": WPG, "mc": MC}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _listed(names: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in names.split(","))


# Elements that are copied with their attributes: what a text stands in, and how it looks.
W_KEPT = _set(
    """
    document body p tbl tr tc tblGrid gridCol hdr ftr footnotes footnote endnotes endnote footnoteRef endnoteRef
    separator continuationSeparator pPr rPr tblPr trPr tcPr tblPrEx sectPr pStyle rStyle tblStyle keepNext keepLines
    pageBreakBefore framePr widowControl numPr ilvl numId suppressLineNumbers pBdr top left bottom right start end
    between bar shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi
    adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection
    textAlignment textboxTightWrap outlineLvl rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss
    imprint noProof color w kern position sz szCs highlight u effect bdr fitText vertAlign rtl cs em lang tblpPr
    tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW tblCellSpacing tblInd tblBorders insideH
    insideV tblLayout tblCellMar tblLook gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tcW gridSpan
    hMerge vMerge tcBorders noWrap tcMar tcFitText vAlign hideMark tl2br tr2bl footnotePr endnotePr type pgSz pgMar
    paperSrc pgBorders lnNumType pgNumType cols col noEndnote titlePg rtlGutter docGrid pos numFmt numStart numRestart
    styles docDefaults rPrDefault pPrDefault style name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat
    tblStylePr numbering abstractNum multiLevelType lvl lvlRestart isLgl suff lvlText lvlJc num abstractNumId
    lvlOverride startOverride numStyleLink styleLink
    """
)
W_UNWRAPPED = _set("ins moveTo sdt sdtContent hyperlink smartTag customXml dir bdo")
W_DROPPED = _set(
    """
    del moveFrom proofErr bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd commentReference permStart
    permEnd moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart
    customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart
    customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd sdtPr sdtEndPr smartTagPr customXmlPr
    lastRenderedPageBreak annotationRef dayShort monthShort yearShort dayLong monthLong yearLong delText delInstrText
    rPrChange pPrChange tblPrChange trPrChange tcPrChange tblPrExChange sectPrChange tblGridChange numberingChange
    cellIns cellDel cellMerge divId cnfStyle rsid webHidden vanish specVanish tblCaption tblDescription
    printerSettings nsid tmpl latentStyles aliases autoRedefine hidden locked personal personalCompose personalReply
    lvlPicBulletId numPicBullet legacy altChunk subDoc ffData
    """
)
DRAWN = {
    WP: _set(
        """
        inline anchor simplePos positionH positionV posOffset align extent effectExtent wrapNone wrapSquare wrapTight
        wrapThrough wrapPolygon start lineTo wrapTopAndBottom docPr cNvGraphicFramePr
        """
    ),
    A: _set(
        """
        graphic graphicData graphicFrameLocks xfrm off ext chOff chExt prstGeom avLst custGeom gdLst ahLst cxnLst rect
        pathLst path moveTo lnTo cubicBezTo quadBezTo arcTo close pt ln solidFill noFill srgbClr schemeClr sysClr
        prstClr lumMod lumOff alpha tint shade satMod prstDash round bevel miter headEnd tailEnd blip stretch fillRect
        picLocks spLocks effectLst lnRef fillRef effectRef fontRef noAutofit spAutoFit normAutofit gradFill gsLst gs
        lin
        """
    ),
    PIC: _set("pic nvPicPr cNvPr cNvPicPr blipFill spPr"),
    WPS: _set("wsp cNvPr cNvSpPr cNvCnPr spPr style txbx bodyPr"),
    WPG: _set("wgp grpSp cNvPr cNvGrpSpPr grpSpPr"),
}
GRAPHICS = frozenset({PIC, WPS, WPG})  # what a:graphicData may hold; charts and the like are rebuilt from pictures

VALUES = _set(
    """
    0 1 true false on off auto nil none single double dotted dashed dotDash dotDotDash triple thick thinThickSmallGap
    thickThinSmallGap thinThickThinSmallGap thinThickMediumGap thickThinMediumGap thinThickThinMediumGap
    thinThickLargeGap thickThinLargeGap thinThickThinLargeGap wave doubleWave dashSmallGap dashDotStroked threeDEmboss
    threeDEngrave outset inset dash dashLong dotDashHeavy dashLongHeavy dashedHeavy dashDotHeavy dashDotDotHeavy
    dottedHeavy wavyHeavy wavyDouble words left right center centre both start end distribute mediumKashida numTab
    highKashida lowKashida thaiDistribute top bottom baseline inline inside outside clear solid pct5 pct10 pct12 pct15
    pct20 pct25 pct30 pct35 pct37 pct40 pct45 pct50 pct55 pct60 pct62 pct65 pct70 pct75 pct80 pct85 pct87 pct90 pct95
    horzStripe vertStripe reverseDiagStripe diagStripe horzCross diagCross thinHorzStripe thinVertStripe
    thinReverseDiagStripe thinDiagStripe thinHorzCross thinDiagCross decimal bar num hyphen underscore heavy middleDot
    atLeast exact dxa pct fixed autofit restart continue around notBeside through tight text margin page column char
    character line lines linesAndChars snapToChars default first even odd nextPage nextColumn continuous evenPage
    oddPage portrait landscape textWrapping all lrTb tbRl btLr lrTbV tbRlV tbLrV tb rl lr tbV rlV lrV paragraph table
    numbering superscript subscript black blue cyan green magenta red yellow white darkBlue darkCyan darkGreen
    darkMagenta darkRed darkYellow darkGray lightGray minorHAnsi majorHAnsi minorAscii majorAscii minorBidi majorBidi
    minorEastAsia majorEastAsia dark1 light1 dark2 light2 accent1 accent2 accent3 accent4 accent5 accent6 hyperlink
    followedHyperlink background1 background2 text1 text2 bg1 bg2 tx1 tx2 dk1 dk2 lt1 lt2 hlink folHlink phClr minor
    major firstRow lastRow firstCol lastCol band1Vert band2Vert band1Horz band2Horz neCell nwCell seCell swCell
    wholeTable bullet lowerLetter upperLetter lowerRoman upperRoman ordinal cardinalText ordinalText decimalZero
    decimalEnclosedCircle numberInDash chicago hybridMultilevel multilevel singleLevel tab space nothing normal
    footnote endnote separator continuationSeparator continuationNotice pageBottom beneathText sectEnd docEnd eachPage
    eachSect newPage pageText dot underDot comma circle drop dropCap never always preserve eastAsia ascii hAnsi cs
    hint bothSides largest sq rnd flat ctr in out round rect roundRect ellipse line triangle rtTriangle diamond
    parallelogram trapezoid hexagon octagon plus star5 rightArrow leftArrow upArrow downArrow leftRightArrow
    straightConnector1 bentConnector2 bentConnector3 curvedConnector3 wedgeRectCallout wedgeRoundRectCallout
    wedgeEllipseCallout cloudCallout heart smileyFace sun moon flowChartProcess flowChartDecision flowChartTerminator
    flowChartConnector leftBrace rightBrace leftBracket rightBracket homePlate chevron can cube foldedCorner frame
    halfFrame bracePair bracketPair snip1Rect round2SameRect round1Rect teardrop pie arc donut noSmoking sysDot
    sysDash lgDash dashDot lgDashDot lgDashDotDot sysDashDot sysDashDotDot med sm lg stealth oval arrow horz vert
    vert270 wordArtVert square t b l r ctr just dist overflow ellipsis clip insideMargin outsideMargin leftMargin
    rightMargin topMargin bottomMargin relative window windowText blackWhite clr gray none tbl row cell inch points
    thinThick any
    """
)
_NUMBER = re.compile(r"^[-+]?\d{1,8}(?:\.\d{1,4})?(?:pt|in|cm|mm|pc|pi|%)?$")
_COLOUR = re.compile(r"^[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?$")
LANGUAGE = re.compile(r"^[a-z]{2,3}-[A-Z]{2}$")
_FREE = _set("author initials date name alias tag title descr tooltip anchor instr caption")


def fit(attribute: str, value: str) -> bool:
    """Whether a value can say nothing of anybody: a number no longer than a size, a colour, a word of the format."""
    if attribute.startswith("rsid") or attribute in _FREE:
        return False
    return value in VALUES or bool(_NUMBER.match(value) or _COLOUR.match(value))


TYPEFACES = _listed(
    """
    Calibri, Calibri Light, Cambria, Cambria Math, Candara, Consolas, Constantia, Corbel, Aptos, Aptos Display, Aptos
    Narrow, Arial, Arial Black, Arial Narrow, Arial Unicode MS, Times New Roman, Times, Courier New, Courier, Verdana,
    Tahoma, Trebuchet MS, Georgia, Garamond, Book Antiqua, Bookman Old Style, Century, Century Gothic, Century
    Schoolbook, Comic Sans MS, Franklin Gothic Book, Franklin Gothic Medium, Gill Sans MT, Gill Sans, Helvetica,
    Helvetica Neue, Impact, Lucida Console, Lucida Sans, Lucida Sans Unicode, Microsoft Sans Serif, MS Sans Serif, MS
    Gothic, MS Mincho, Palatino, Palatino Linotype, Perpetua, Rockwell, Segoe UI, Segoe UI Symbol, Segoe UI Emoji,
    Segoe Print, Segoe Script, Sitka, Symbol, Wingdings, Wingdings 2, Wingdings 3, Webdings, Marlett, Tw Cen MT,
    Univers, Ebrima, Mangal, Nirmala UI, Yu Gothic, Yu Mincho, SimSun, Open Sans, Open Sans Light, Roboto, Lato,
    Montserrat, Noto Sans, Noto Serif, Source Sans Pro, Ubuntu, OpenSymbol, Liberation Sans, Liberation Serif,
    Liberation Mono, Liberation Sans Narrow, DejaVu Sans, DejaVu Serif, DejaVu Sans Mono, Carlito, Caladea, FreeSans,
    FreeSerif, Lohit Devanagari, Atkinson Hyperlegible, OpenDyslexic, Mulish, Poppins, Raleway, Nunito, Oswald,
    Merriweather, Playfair Display, PT Sans, PT Serif, Quicksand, Bahnschrift, Futura
    """
)
STYLES = _listed(
    """
    normal, title, subtitle, strong, emphasis, intense emphasis, subtle emphasis, quote, intense quote, subtle
    reference, intense reference, book title, list paragraph, no spacing, header, footer, caption, footnote text,
    footnote reference, endnote text, endnote reference, hyperlink, followedhyperlink, page number, line number, body
    text, body text 2, body text 3, body text indent, body text first indent, list, list 2, list 3, list bullet, list
    bullet 2, list bullet 3, list number, list number 2, list number 3, list continue, toc heading, table of figures,
    default paragraph font, normal table, table normal, no list, table grid, table grid light, plain text, normal
    (web), balloon text, date, signature, closing, salutation, block text, placeholder text, index heading, index 1,
    annotation text, annotation reference, heading 1, heading 2, heading 3, heading 4, heading 5, heading 6, heading
    7, heading 8, heading 9, toc 1, toc 2, toc 3, toc 4, toc 5, toc 6, toc 7, toc 8, toc 9
    """
)


def says_nothing(attribute: str, value: str) -> bool:
    """Whether a value of a copy is the format's own, whoever bears it as a name too: Page, Black, Georgia."""
    return fit(attribute, value) or (attribute not in _FREE and (value in TYPEFACES or value.casefold() in STYLES))


PLAIN_FIELD = re.compile(r"^\s*(PAGE|NUMPAGES|SECTIONPAGES)(?:\s+\\\*\s*(?:MERGEFORMAT|Arabic|roman|Roman))*\s*$")
