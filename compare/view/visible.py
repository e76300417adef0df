"""Characters that hide or reorder text, made visible.

A quotation may carry a right-to-left override, a zero-width joiner or a
control character. Shown as they are they can make a sentence read as
something else, so every renderer shows them as `[U+202E]`.
"""

from __future__ import annotations

import json
import re
import unicodedata

# Letters and marks that Unicode says to draw as nothing (Default_Ignorable_Code_Point
# outside the categories below): fillers, joiners, variation selectors.
_BLANK = frozenset(
    {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0}
    | set(range(0xFE00, 0xFE10))
    | set(range(0xE0100, 0xE01F0))
)
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_KEPT = frozenset("\n\t")
_PLAIN = re.compile(r"[\x20-\x7e\n\t\u2010-\u2027]*")


def hidden(character: str) -> bool:
    """Whether a reader could not see this character.

    >>> hidden("\\u202e"), hidden("\\u200b"), hidden("é"), hidden("\\n")
    (True, True, False, False)
    """
    if character in _KEPT:
        return False
    return unicodedata.category(character) in _HIDDEN_CATEGORIES or ord(character) in _BLANK


def visible(text: str) -> str:
    """`text` with every hidden character as its code point; all else unchanged.

    >>> visible("fled\\u202e35\\x00")
    'fled[U+202E]35[U+0000]'
    """
    if _PLAIN.fullmatch(text):
        return text
    return "".join(f"[U+{ord(c):04X}]" if hidden(c) else c for c in text)


def escaped(text: str) -> str:
    r"""JSON text with every hidden character as its escape: seen, and read back the same.

    >>> print(escaped('{"a": "\u202e"}'))
    {"a": "\u202e"}
    """
    return "".join(json.dumps(c)[1:-1] if hidden(c) else c for c in text)


def one_line(text: str) -> str:
    """`visible` text with every run of white space as one space.

    >>> one_line("a\\n\\n  b ")
    'a b'
    """
    return " ".join(visible(text).split())
