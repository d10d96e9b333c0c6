"""Footnotes in a Word file, which the document library does not write itself."""

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_EMPTY = f"""<w:footnotes {nsdecls("w")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""


class Footnotes:
    """The footnotes of one document; each is written as it is referred to."""

    def __init__(self, document: Document) -> None:
        self._document = document
        package = document.part
        held = [r.target_part for r in package.rels.values() if r.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
        if held:
            self._part = held[0]
        else:
            self._part = Part(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, _EMPTY.encode(), package.package)
            package.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._root = parse_xml(self._part.blob)
        self.next = 1 + max((int(one.get(qn("w:id"))) for one in self._root), default=0)
        """The number of the next note."""

    def refer(self, paragraph: Paragraph, text: str) -> None:
        """A mark at the end of `paragraph`, and the note it leads to."""
        number = str(self.next)
        self.next += 1
        run = paragraph.add_run()
        run.style = self._document.styles["footnote reference"]
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), number)
        run._r.append(mark)
        self._root.append(self._note(number, text))
        self._part._blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _note(self, number: str, text: str) -> object:
        styles = self._document.styles
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), number)
        paragraph = OxmlElement("w:p")
        note.append(paragraph)
        made = Paragraph(paragraph, self._document._body)
        made.style = styles["footnote text"]
        mark = made.add_run()
        mark.style = styles["footnote reference"]
        mark._r.append(OxmlElement("w:footnoteRef"))
        made.add_run(f" {text}")
        return note
