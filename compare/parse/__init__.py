"""What exactly a claim states: figures, time and place, facts."""

from compare.parse.assertions import parse_assertions
from compare.parse.figures import parse_values

__all__ = ["parse_assertions", "parse_values"]
