"""Tables, charts and quoted evidence, for a notebook and for the report."""

from compare.view.comparison import Comparison
from compare.view.evidence import Evidence, Quote

__all__ = ["Comparison", "Evidence", "Quote"]
