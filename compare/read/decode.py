"""Bytes to text: which encoding, and how we know."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from compare.errors import DocumentError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?([A-Za-z0-9_.:-]{2,40})""")
_HEAD = 4096
"""A declaration of the encoding stands within the first bytes (HTML says 1,024)."""


@dataclass(frozen=True)
class Decoded:
    """Text with `\\n` line ends, its encoding, and how that was found."""

    text: str
    encoding: str
    how: str


def decode(data: bytes, *, markup: bool, fallback_encoding: str) -> Decoded:
    r"""Decode `data`; tried in order: byte order mark, declaration (markup only),
    strict UTF-8, the case's setting, a scored guess.

    Raises:
        DocumentError: the bytes are not text, or no encoding fits.

    >>> decode("Chargé".encode("utf-8"), markup=False, fallback_encoding="")
    Decoded(text='Chargé', encoding='utf-8', how='strict')
    >>> decode(b"a\r\nb", markup=False, fallback_encoding="").text
    'a\nb'
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding, "byte order mark")
    if b"\0" in data:
        raise DocumentError(
            f"binary data: a NUL byte at offset {data.index(0)}; expected text "
            "(UTF-8 if you can choose), .html, .pdf or .docx"
        )
    declared = _DECLARED.search(data[:_HEAD]) if markup else None
    for name, how in (
        (declared.group(1).decode("ascii") if declared else "", "declared"),
        ("utf-8", "strict"),
        (fallback_encoding, "setting"),
    ):
        try:
            if name:
                return _strictly(data, codecs.lookup(name).name, how)
        except (DocumentError, LookupError):
            continue
    return _guess(data)


def _strictly(data: bytes, encoding: str, how: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, ValueError) as error:
        raise DocumentError(f"not valid {encoding} ({how}): {error}; save it as UTF-8") from error
    if not isinstance(text, str):  # a declared codec such as "hex" maps bytes to bytes
        raise DocumentError(f"{encoding} ({how}) is no text encoding")
    return Decoded(_line_ends(text), encoding, how)


def _guess(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise DocumentError(
            f"binary data or an unknown encoding ({len(data)} bytes, first {data[:8]!r}); "
            "save it as UTF-8"
        )
    return _strictly(data, best.encoding, "guess")


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
