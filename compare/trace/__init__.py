"""Where a claim comes from: reprints, relays and one speaker in many outlets."""

from compare.trace.stage import trace_origins

__all__ = ["trace_origins"]
