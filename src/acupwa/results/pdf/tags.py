"""Tags for the PDF, which the library does not write itself: headings, paragraphs and lists for a screen reader.

Each paragraph is marked content with a number of its page; a tree under the catalog says what each one is. Whatever
is drawn beside the text is an artifact, which a reader passes over.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFText
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from acupwa.results.pdf.letters import as_seen, as_typed

LIST_ITEM = "LI"


@contextmanager
def artifact(canvas: Any) -> Iterator[None]:
    canvas._code.append("/Artifact BMC")
    canvas.saveState()
    yield
    canvas.restoreState()
    canvas._code.append("EMC")


class TaggedParagraph(Paragraph):  # type: ignore[misc]
    """The name of its style is its tag. Lines are turned round where they hold right-to-left letters.

    Each line ends in a space: without it the words at its end and at the next line's start are read as one.
    """

    def draw(self) -> None:
        self.canv.begin_tag(self.style.name, self._turned_lines())
        super().draw()
        self.canv.end_tag()

    def _turned_lines(self) -> str:
        """Turns the lines round, and gives their words as they are read; empty when nothing was turned."""
        laid, read, seen = self.blPara, "", ""
        if laid.kind == 0:
            lines = [" ".join(words) for _extra, words in laid.lines]
            laid.lines = [
                (extra, [*as_seen(line).split(" "), ""])
                for (extra, _words), line in zip(laid.lines, lines, strict=True)
            ]
            read, seen = " ".join(lines), " ".join(as_seen(line) for line in lines)
        else:
            for line in laid.lines:
                for part in line.words:
                    read += part.text
                    part.text = as_seen(part.text)
                    seen += part.text
                if line.words:
                    line.words[-1].text += " "
                    read, seen = read + " ", seen + " "
        return as_typed(read) if read != seen else ""


class TaggedCanvas(Canvas):  # type: ignore[misc]
    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._tags: list[list[tuple[str, str]]] = []
        self._list: Any = None
        self._kids: dict[int, tuple[Any, list[Any]]] = {}

    def begin_tag(self, tag: str, read: str = "") -> None:
        """`read` is what is read out, copied and searched, where the eye meets the letters in another order."""
        number = self.getPageNumber()
        while len(self._tags) < number:
            self._tags.append([])
        on_page = self._tags[number - 1]
        self._code.append(f"/{tag} <</MCID {len(on_page)}>> BDC")
        on_page.append((tag, read))

    def end_tag(self) -> None:
        self._code.append("EMC")

    def save(self) -> None:
        if self._code:
            self.showPage()
        self._write_tree()
        super().save()

    def _write_tree(self) -> None:
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        whole = self._element("Document", root)
        by_page: list[Any] = []
        for number, tags in enumerate(self._tags):
            page = self._doc.Pages.pages[number]
            page.StructParents, page.Tabs = number, PDFName("S")
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            marked = [self._leaf(tag, read, place, page, whole) for place, (tag, read) in enumerate(tags)]
            by_page += [number, PDFArray([self._ref(one) for one in marked])]
        root.dict["ParentTree"] = self._ref(PDFDictionary({"Nums": PDFArray(by_page)}))
        root.dict["ParentTreeNextKey"] = len(self._tags)
        for element, kids in self._kids.values():
            element.dict["K"] = PDFArray([self._ref(kid) for kid in kids])
        self.setCatalogEntry("StructTreeRoot", self._ref(root))
        self.setCatalogEntry("MarkInfo", self._ref(PDFDictionary({"Marked": "true"})))
        self.setCatalogEntry("ViewerPreferences", self._ref(PDFDictionary({"DisplayDocTitle": "true"})))

    def _leaf(self, tag: str, read: str, place: int, page: Any, whole: Any) -> Any:
        """The element that holds piece `place` of a page. Items in a row share a list, over a page's end too."""
        if tag == LIST_ITEM:
            self._list = self._list or self._element("L", whole)
            made = self._element("LBody", self._element(tag, self._list))
        else:
            self._list = None
            made = self._element(tag, whole)
        made.dict["K"], made.dict["Pg"] = place, self._ref(page)
        if read:
            made.dict["ActualText"] = PDFText("\ufeff" + read, enc="utf-16-be")
        return made

    def _element(self, tag: str, parent: Any) -> Any:
        made = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(tag), "P": self._ref(parent)})
        self._kids.setdefault(id(parent), (parent, []))[1].append(made)
        return made

    def _ref(self, made: Any) -> Any:
        return self._doc.Reference(made)
