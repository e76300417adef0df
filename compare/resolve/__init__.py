"""Who a speaker is: from the words of a claim's source to an actor of the registry."""

from compare.resolve.setting import read_setting, settle_setting
from compare.resolve.stage import resolve_sources, resolve_within
from compare.resolve.unlisted import name_strangers

__all__ = [
    "name_strangers",
    "read_setting",
    "resolve_sources",
    "resolve_within",
    "settle_setting",
]
