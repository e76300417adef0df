"""What stands on the page and belongs to no account: lists of other articles, notices, code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TEASERS = re.compile(
    r"^[^\S\n]*(?:(?:related|recommended) (?:articles?|stories|news|posts?|content|coverage)"
    r"|(?:read|see) (?:also|more)|also read|more on this|more stories)\b[^\n.!?]{0,40}(?=\n|$)"
    r"(?:\n(?![^\n]*[.!?…][\"'”’)]*[^\S\n]*(?:\n|$))(?=[^\n]*\w)[^\n]{1,150}(?=\n|$))*",
    re.IGNORECASE | re.MULTILINE,
)
_NOTICES = (
    # Of rights, and of who wrote and edited.
    r"[^.!?\n]{0,120}\ball rights reserved(?=[^\S\n]*(?:[.!?\n]|\Z))",
    r"this (?:material|article|content|story) may not be (?:published|reproduced|copied)\b",
    r"(?:©|(?:\(c\)|copyright) (?:©|\(c\)|\d{4}))",
    r"(?:additional )?(?:reporting|writing|editing) by [^.\n]{3,120}; (?:writing|editing) by\b",
    # Of letters to subscribe to.
    r"(?:[^.!?\n]{0,60}\b)?please verify you[’']re not a robot\b",
    r"you must (?:select a newsletter|enter a valid e-?mail)\b",
    r"(?:sign up )?you (?:agree to|will) receive (?:\w+ ){0,2}(?:e-?mails?|updates|offers)\b",
    r"thank(?:s| you) for (?:subscribing|signing up)\b",
    r"(?:please )?(?:sign up|subscribe|register) (?:for|to|here|now)\b[^.!?\n]{0,60}"
    r"\b(?:newsletters?|e-?mails?|alerts|briefings?|inbox|channel|podcast)\b",
    r"get (?:our|the latest|breaking)\b[^.!?\n]{0,80}\b(?:inbox|newsletter|e-?mail|app)\b",
    r"invalid e-?mail address\b",
    # Of the page itself.
    r"an error has occurred\b",
    r"(?:please )?(?:click|tap) (?:here|on the link) (?:to|for)\b",
    r"(?:please )?(?:enable|turn on|allow) (?:javascript|cookies)\b",
    r"(?:this|our) (?:web)?site uses cookies\b",
    r"by (?:continuing to use|using|browsing) (?:this|our) (?:web)?site\b",
    r"your browser (?:does not|doesn[’']t) support\b",
    r"(?:follow|like|join|find) (?:us|@\w+) on (?:twitter|facebook|instagram|telegram)\b",
    r"share this (?:article|story|page|post)\b",
)
_NOTICE = re.compile(
    rf"(?:(?<=[.!?…”\"'’)\]]\s)|(?<=\n)|\A)[^\S\n]*(?:{'|'.join(_NOTICES)})[^.!?\n]*[.!?]?",
    re.IGNORECASE,
)
"""A sentence that begins as a notice does. What precedes a keyword is bounded, so that a long text
takes time in proportion."""

_CODE = re.compile(
    r"(?<!\S)(?://<!\[CDATA\[|@media [^\n{}]{1,80}\{|\(?function ?\w*\([\w, ]{0,80}\) ?\{"
    r"|(?:var \w+|window\.[\w.]{1,80}) ?=|[\w.$]{1,80}\.push\()"
)
"""How a script or a style sheet begins that was left in a text."""


def stands_in(at: int, apart: Sequence[tuple[int, int]]) -> bool:
    """Whether a character lies in one of these intervals.

    >>> stands_in(3, [(0, 3)]), stands_in(2, [(0, 3)])
    (False, True)
    """
    return any(low <= at < high for low, high in apart)


def find_furniture(text: str) -> list[tuple[int, int]]:
    """Half-open intervals of lists of other articles, of notices and of code.

    A list is a heading and lines without a full stop, a notice one sentence, and code goes to the
    last `;` or `}` of its line.

    >>> text = "He left.\\nRelated Articles\\nBlast kills 20 in Kabul\\nThe woman, 40, fled."
    >>> [text[a:b] for a, b in find_furniture(text)]
    ['Related Articles\\nBlast kills 20 in Kabul']
    >>> text = "He left. © 2018 Cable News Network. All rights reserved. An error has occurred."
    >>> [text[a:b] for a, b in find_furniture(text)]
    ['© 2018 Cable News Network.', 'All rights reserved.', 'An error has occurred.']
    >>> text = "He left. window.ads = []; ads.push({mode: 'a'}); He was 40."
    >>> [text[a:b] for a, b in find_furniture(text)]
    ["window.ads = []; ads.push({mode: 'a'});"]
    """
    found = [m.span() for form in (_TEASERS, _NOTICE) for m in form.finditer(text)]
    return sorted([*found, *_code(text)])


def _code(text: str) -> Iterator[tuple[int, int]]:
    line = 0
    for start in (m.start() for m in _CODE.finditer(text)):
        if start < line:
            continue
        line = text.find("\n", start) % (len(text) + 1)  # -1 is the end of the text
        end = 1 + max(text.rfind(mark, start, line) for mark in ";}")
        if end:
            yield start, end
