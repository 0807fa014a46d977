"""Tags for the PDF, which the library does not write itself: headings, paragraphs and lists for a screen reader.

Each paragraph is marked content with a number of its page; a tree under the catalog says what each one is. Whatever
is drawn beside the text is an artifact, which a reader passes over.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from acupwa.results.pdf_letters import as_seen


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
        self._turn_lines()
        self.canv.begin_tag(self.style.name)
        super().draw()
        self.canv.end_tag()

    def _turn_lines(self) -> None:
        if getattr(self, "turned", False):
            return
        self.turned = True
        laid = self.blPara
        if laid.kind == 0:
            laid.lines = [(extra, [*as_seen(" ".join(words)).split(" "), ""]) for extra, words in laid.lines]
        else:
            for line in laid.lines:
                for part in line.words:
                    part.text = as_seen(part.text)
                if line.words:
                    line.words[-1].text += " "


class TaggedCanvas(Canvas):  # type: ignore[misc]
    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._tags: list[list[str]] = []

    def begin_tag(self, tag: str) -> None:
        number = self.getPageNumber()
        while len(self._tags) < number:
            self._tags.append([])
        on_page = self._tags[number - 1]
        self._code.append(f"/{tag} <</MCID {len(on_page)}>> BDC")
        on_page.append(tag)

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
        kids: list[Any] = []
        in_order: list[Any] = []
        rows: Any = None
        for number, tags in enumerate(self._tags):
            page = self._doc.Pages.pages[number]
            page.StructParents = number
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.Tabs = PDFName("S")
            on_page: list[Any] = []
            for place, tag in enumerate(tags):
                if tag != "LI":
                    rows = None
                elif rows is None:
                    rows = []
                    listed = self._element("L", whole, rows)
                    kids.append(listed)
                parent = listed if tag == "LI" else whole
                element = self._element(tag, parent)
                leaf = element
                if tag == "LI":
                    leaf = self._element("LBody", element)
                    element.dict["K"] = self._ref(leaf)
                    rows.append(self._ref(element))
                else:
                    kids.append(element)
                leaf.dict["K"] = place
                leaf.dict["Pg"] = self._ref(page)
                on_page.append(self._ref(leaf))
            in_order += [number, PDFArray(on_page)]
        whole.dict["K"] = PDFArray([self._ref(kid) for kid in kids])
        root.dict["K"] = self._ref(whole)
        root.dict["ParentTree"] = self._ref(PDFDictionary({"Nums": PDFArray(in_order)}))
        root.dict["ParentTreeNextKey"] = len(self._tags)
        self.setCatalogEntry("StructTreeRoot", self._ref(root))
        self.setCatalogEntry("MarkInfo", self._ref(PDFDictionary({"Marked": "true"})))
        viewer = PDFDictionary({"DisplayDocTitle": "true"})
        self.setCatalogEntry("ViewerPreferences", self._ref(viewer))

    def _element(self, tag: str, parent: Any, kids: Any = None) -> Any:
        made = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(tag), "P": self._ref(parent)})
        if kids is not None:
            made.dict["K"] = PDFArray(kids)
        self._ref(made)
        return made

    def _ref(self, made: Any) -> Any:
        return self._doc.Reference(made)
