"""What a run leaves behind: one page to read, tables to work on, a manifest to trust."""

from compare.report.html import report_html, write_report
from compare.report.manifest import hash_inputs, read_manifest, write_manifest
from compare.report.sheets import write_tables
from compare.report.verify import Difference, verify

__all__ = [
    "Difference",
    "hash_inputs",
    "read_manifest",
    "report_html",
    "verify",
    "write_manifest",
    "write_report",
    "write_tables",
]
