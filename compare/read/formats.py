"""HTML, PDF and DOCX to text. Runs in the child process of `sandbox`, never in ours."""

from __future__ import annotations

import io

from compare.errors import DocumentError

FORMATS = {".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx"}


def read_html(data: bytes, markup: str) -> dict[str, str]:
    """Main text and metadata of a page by trafilatura; by selectolax where it finds none.

    >>> page = "<html><head><title>T</title></head><body><p>Short page.</p></body></html>"
    >>> read_html(page.encode(), page)["text"]
    'Short page.'
    """
    import trafilatura
    from selectolax.lexbor import LexborHTMLParser

    found: dict[str, str] = {}
    page = trafilatura.bare_extraction(
        markup,
        include_comments=False,
        include_tables=True,
        favor_precision=True,
        with_metadata=True,
    )
    if page is not None:
        facts = page if isinstance(page, dict) else page.as_dict()
        found = {
            "text": facts.get("text") or "",
            "title": facts.get("title") or "",
            "publisher": facts.get("sitename") or "",
            "published": (facts.get("date") or "")[:10],
            "url": facts.get("url") or "",
            "language": facts.get("language") or "",
        }
    if not found.get("text", "").strip():
        tree = LexborHTMLParser(markup)
        tree.strip_tags(["script", "style", "noscript", "template"])
        body = tree.body
        lines = body.text(separator="\n").splitlines() if body is not None else []
        found["text"] = "\n\n".join(line.strip() for line in lines if line.strip())
        title = tree.css_first("title")
        if title is not None and not found.get("title"):
            found["title"] = title.text().strip()
    else:
        # trafilatura ends a paragraph with one line break; our text ends it with an empty line.
        found["text"] = "\n\n".join(found["text"].splitlines())
    return found


def read_pdf(data: bytes, markup: str) -> dict[str, str]:
    """Text and metadata of a PDF by pypdf, words broken at a line's end joined."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("the PDF is encrypted; save a copy without a password")
        pages = [page.extract_text() or "" for page in reader.pages]
        facts = reader.metadata
        title = (facts.title or "") if facts else ""
    except PyPdfError as error:
        raise DocumentError(f"broken PDF: {error}; open it and save it again") from error
    return {"text": _unwrap("\n\n".join(pages)), "title": str(title)}


def _unwrap(text: str) -> str:
    """Join the lines of a paragraph; an empty line or a short last line ends it."""
    paragraphs: list[str] = []
    for block in text.replace("\u00ad\n", "").split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        longest = max(map(len, lines), default=0)
        joined = ""
        for line in lines:
            joined = f"{joined} {line}" if joined else line
            if line[-1] in '.!?:”"’' and len(line) < 0.75 * longest:
                paragraphs.append(joined)
                joined = ""
        if joined:
            paragraphs.append(joined)
    return "\n\n".join(paragraphs)


def read_docx(data: bytes, markup: str) -> dict[str, str]:
    """Paragraphs and table cells of a DOCX in reading order by python-docx."""
    from zipfile import BadZipFile

    import docx
    from docx.opc.exceptions import OpcError
    from docx.text.paragraph import Paragraph

    try:
        document = docx.Document(io.BytesIO(data))
    except (OpcError, BadZipFile, KeyError, ValueError) as error:
        raise DocumentError(f"broken DOCX: {error}; open it and save it again") from error
    paragraphs = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            paragraphs.append(block.text)
        else:
            paragraphs += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
    facts = document.core_properties
    return {
        "text": "\n\n".join(p.strip() for p in paragraphs if p.strip()),
        "title": facts.title or "",
    }


READERS = {"html": read_html, "pdf": read_pdf, "docx": read_docx}
