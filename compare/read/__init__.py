"""Read a case from disk: its documents, their metadata, ready-made claims.

Outside files are untrusted. One that cannot be used becomes a row of the
`problems` table and the rest goes on.
"""

from compare.read.case import Case, read_case

__all__ = ["Case", "read_case"]
