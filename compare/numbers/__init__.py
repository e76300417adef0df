"""Numbers in running text, read as ranges; parsing and judging both need them."""

from compare.numbers.reading import Number, find_numbers
from compare.numbers.words import format_number

__all__ = ["Number", "find_numbers", "format_number"]
