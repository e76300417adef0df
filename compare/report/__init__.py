"""What a run leaves behind: a report to read, tables to work on, a manifest to trust."""

from compare.report.annotations import write_annotations
from compare.report.content import Background, judges
from compare.report.crate import write_crate
from compare.report.docx import write_docx
from compare.report.files import kept_in
from compare.report.formats import write_all
from compare.report.html import report_html, write_report
from compare.report.manifest import hash_inputs, read_manifest, write_manifest
from compare.report.markdown import write_markdown
from compare.report.pdf import write_pdf
from compare.report.sheets import write_tables
from compare.report.verify import Difference, verify

__all__ = [
    "Background",
    "Difference",
    "hash_inputs",
    "judges",
    "kept_in",
    "read_manifest",
    "report_html",
    "verify",
    "write_all",
    "write_annotations",
    "write_crate",
    "write_docx",
    "write_manifest",
    "write_markdown",
    "write_pdf",
    "write_report",
    "write_tables",
]
