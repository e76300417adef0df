"""Bytes to text that looks enough like news to get past the first line of a parser."""

# ruff: noqa: E501 - lists of fragments, one topic a line
from __future__ import annotations

FRAGMENTS: tuple[str, ...] = (
    *["The", "said", "that", "the", "Taliban", "had", "attacked", "Lashkargah", "on", "Monday", "and", "of", "in", "to", "denied", "told"],
    *["civilians", "children", "fighters", "people", "families", "were", "killed", "wounded", "displaced", "fled", "captured"],
    *["he", "she", "they", "his", "who", "according", "reported", "claimed", "spokesman", "ministry", "governor", "UN", "AT", "News"],
    *["Helmand", "Nawa", "Nad", "Ali", "Kandahar", "Takhar", "Baharak", "province", "district", "city", "village"],
    *["12", "35,000", "1.5", "0", "00", "999999999999999999999", "1e308", "-3", "½", "²", "٣٥", "۱۲", "12th", "2020", "1399", "10/11/2020"],
    *["two", "dozen", "dozens", "hundreds", "thousand", "million", "half", "a", "an", "no", "none", "nearly", "about", "over", "least"],
    *["between", "from", "until", "ago", "last", "next", "this", "early", "late", "night", "yesterday", "today", "week", "month", "year"],
    *["January", "February", "October", "Oct.", "Mizan", "Aqrab", "spring", "autumn", "14", "31", "30", "29", "8am", "23:59", "noon"],
    *["not", "never", "nobody", "rejected", "confirmed", "condemned", "withdrew", "retaken", "if", "would", "could", "unless"],
    " ", " ", " ", "  ", "\n", "\n\n", "\r", "\t", "\x0b", "\x0c", "\x85", "\u2028", "\u2029",
    ".", ",", ";", ":", "?", "!", "-", "–", "—", "…", "/", "(", ")", "[", "]", "{", "}", "%", "$",
    "'", '"', "“", "”", "‘", "’", "„", "«", "»", "‹", "›", "``", "''", "´´", "'s", "n't", "「", "」",
    "---\n", "---", "publisher: ", "published: ", "title: ", "url: ", "document,content,source\n",
    "#", "&", "*", "!!python/object:os.system", "<<", "|", ">", "@", "=", "+", "\\", "\\ud800", "\\x00",
    "\0", "\x01", "\x1b[31m", "\ufeff", "\ufffe", "\ufffd", "\u00ad", "\u200b", "\u200c", "\u200d",
    "\u202e", "\u202d", "\u2066", "\u2069", "\u0301", "\u0301\u0323\u0336", "e\u0301", "é", "ß", "ﬁ",
    "İ", "ı", "ﷺ", "هلمند", "طالبان", "لشکرگاه", "二十人", "😀", "👩\u200d👩\u200d👧", "🇦🇫", "\U0010ffff", "𝟙𝟚",
    "Ⅻ", "①", "௧", "０", "１２", "һe", "Ѕaid", "<p>", "</p>", "<script>", "&#0;", "&lt;", "<!--", "]]>",
)  # fmt: skip
_RAW = 255


def text_of(data: bytes) -> str:
    """A text in which most bytes are one fragment; 255 begins a code point of three bytes.

    Lone surrogates are left out: `read` refuses them before any stage sees a text.

    >>> text_of(bytes([0, 1, 255, 1, 0, 0]))
    'The said 𐀀'
    """
    parts: list[str] = []
    at = 0
    while at < len(data):
        byte = data[at]
        at += 1
        if byte == _RAW:
            code = int.from_bytes(data[at : at + 3], "big") % 0x110000
            at += 3
            parts.append("" if 0xD800 <= code < 0xE000 else chr(code))
        else:
            fragment = FRAGMENTS[byte % len(FRAGMENTS)]
            parts.append(fragment + " " if fragment.isalnum() and fragment.isascii() else fragment)
    return "".join(parts)
