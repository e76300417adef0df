"""Who a speaker is: from the words of a claim's source to an actor of the registry."""

from compare.resolve.stage import resolve_sources

__all__ = ["resolve_sources"]
