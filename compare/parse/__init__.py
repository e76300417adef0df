"""What exactly a claim states: figures, time and place, facts."""

from compare.parse.assertions import SPEAKS, parse_assertions
from compare.parse.figures import parse_values
from compare.parse.when_where import find_homonyms, parse_when_where, settle_homonyms

__all__ = [
    "SPEAKS",
    "find_homonyms",
    "parse_assertions",
    "parse_values",
    "parse_when_where",
    "settle_homonyms",
]
