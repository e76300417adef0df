"""Show where accounts of the same event agree, conflict, revise or stay silent.

    import compare
    c = compare.run("fixtures/helmand-2020")
    c.discrepancies

Names are loaded when first used, so `import compare` costs almost nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from compare.cluster import cluster_events
    from compare.embed import embed_claims
    from compare.errors import CompareError
    from compare.extract import extract_claims
    from compare.judge import judge_pairs
    from compare.parse import parse_assertions, parse_values, parse_when_where
    from compare.pipeline import run
    from compare.read import Case, read_case
    from compare.report import write_report, write_tables
    from compare.resolve import resolve_sources
    from compare.review import Review, reviewer_agreement
    from compare.settings import Settings
    from compare.tabulate import tabulate_discrepancies, tabulate_revisions
    from compare.trace import trace_origins
    from compare.view import Comparison

_HOMES = {
    "Case": "read",
    "CompareError": "errors",
    "Comparison": "view",
    "Review": "review",
    "Settings": "settings",
    "cluster_events": "cluster",
    "embed_claims": "embed",
    "extract_claims": "extract",
    "judge_pairs": "judge",
    "parse_assertions": "parse",
    "parse_values": "parse",
    "parse_when_where": "parse",
    "read_case": "read",
    "resolve_sources": "resolve",
    "reviewer_agreement": "review",
    "run": "pipeline",
    "tabulate_discrepancies": "tabulate",
    "tabulate_revisions": "tabulate",
    "trace_origins": "trace",
    "write_report": "report",
    "write_tables": "report",
}

__version__ = "0.1.0"
__all__ = [
    "Case",
    "CompareError",
    "Comparison",
    "Review",
    "Settings",
    "cluster_events",
    "embed_claims",
    "extract_claims",
    "judge_pairs",
    "parse_assertions",
    "parse_values",
    "parse_when_where",
    "read_case",
    "resolve_sources",
    "reviewer_agreement",
    "run",
    "tabulate_discrepancies",
    "tabulate_revisions",
    "trace_origins",
    "write_report",
    "write_tables",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its module when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'compare' has no attribute {name!r}; it has {__all__}")
    return getattr(import_module(f"compare.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Public names, sorted."""
    return sorted([*__all__, "__version__"])
