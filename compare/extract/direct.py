"""Which cue a quotation belongs to, read from the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compare.extract.cues import Cue
from compare.extract.quotes import Quote
from compare.extract.tokens import FINITE, Tokens

REACH = 60
"""How many tokens a cue may stand from its quotation."""
_ENDS = frozenset(".!?…")
_AFTER = frozenset(",.;!?—–)-…")


@dataclass(frozen=True)
class Bound:
    """A quotation and who says it."""

    quote: Quote
    source: tuple[int, int] | None
    cue: Cue | None


def complete(text: str, quote: Quote) -> bool:
    """Whether a quotation ends where a clause ends, rather than inside one."""
    inner = text[quote.inner_start : quote.inner_end].rstrip()
    if inner[-1:] in (",", *_ENDS, "—", "-"):
        return True
    k = quote.end
    while k < len(text) and text[k] in " \t":
        k += 1
    return k >= len(text) or text[k] == "\n" or text[k] in _AFTER


def whole_sentence(tokens: Tokens, quote: Quote) -> bool:
    """Whether a quotation is speech of its own, not a word in scare quotes."""
    inner = tokens.text[quote.inner_start : quote.inner_end].strip()
    words = range(tokens.at[quote.inner_start], tokens.at[quote.inner_end])
    verbs = any(tokens.tag[k] in FINITE or tokens.tag[k] == "VB" for k in words)
    return (
        len(words) >= 4
        and verbs
        and (inner[:1].isupper() or not inner[:1].isalpha())
        and (inner[-1:] in _ENDS or inner[-1:] in (",", "—", "-") or not quote.closed)
    )


def bind(
    tokens: Tokens,
    quotes: Sequence[Quote],
    cues: Sequence[Cue],
    paragraphs: Sequence[tuple[int, int]],
) -> list[Bound]:
    """Outer quotations with the cue that introduces, follows or interrupts them.

    A quotation that begins after the one before it in the same paragraph and
    has no cue of its own continues it. Others are left out here.
    """
    by_token = {cue.token: cue for cue in cues}
    outer = [q for q in quotes if q.depth == 0 and q.inner_end > q.inner_start]
    bound: list[Bound] = []
    for n, quote in enumerate(outer):
        low = max(
            outer[n - 1].end if n else 0,
            _paragraph(paragraphs, quote.start)[0],
        )
        high = min(
            outer[n + 1].start if n + 1 < len(outer) else len(tokens.text),
            _paragraph(paragraphs, quote.end - 1)[1],
        )
        done = complete(tokens.text, quote)
        before = _cue_before(tokens, quote, low, by_token) if done else None
        after = _cue_after(tokens, quote, high, by_token) if done else None
        cue = before or after
        if cue is not None:
            bound.append(Bound(quote, cue.source, cue))
    return bound


def _paragraph(paragraphs: Sequence[tuple[int, int]], position: int) -> tuple[int, int]:
    from bisect import bisect_right

    k = bisect_right(paragraphs, (position, 1 << 62)) - 1
    return paragraphs[max(k, 0)]


def _cue_before(tokens: Tokens, quote: Quote, low: int, cues: dict[int, Cue]) -> Cue | None:
    text = tokens.text
    k = tokens.at[quote.start] - 1
    if (
        quote.start
        and tokens.at[quote.start] < len(tokens)
        and tokens.start[tokens.at[quote.start]] < quote.start
    ):
        k += 1
    p = quote.start
    while p > low and text[p - 1].isspace():
        p -= 1
    strong = text[p - 1 : p]
    verbs = 0
    floor = tokens.at[low]
    for i in range(k, max(floor, k - REACH) - 1, -1):
        if tokens.word[i] in (".", "!", "?") and tokens.end[i] < p:
            return None
        cue = cues.get(i)
        if cue is not None and "q" in cue.verb.frames and not cue.passive:
            if verbs == 0 or strong == ":":
                if cue.source is not None or tokens.tag[i] == "VBG":
                    return cue
            elif strong == "," and tokens.dep[i] in ("ROOT", "conj", "ccomp") and verbs == 1:
                return cue
        if tokens.tag[i] in FINITE:
            verbs += 1
            if strong not in (",", ":"):
                return None
    return None


def _cue_after(tokens: Tokens, quote: Quote, high: int, cues: dict[int, Cue]) -> Cue | None:
    text = tokens.text
    inner = text[quote.inner_start : quote.inner_end].rstrip()
    p = quote.end
    while p < high and text[p] in " \t,":
        p += 1
    if p < high and text[p] in ".!?;":
        return None
    ended = inner[-1:] in _ENDS and text[p : p + 1].isupper()
    k = tokens.at[p]
    ceiling = tokens.at[high]
    for i in range(k, min(ceiling, k + REACH)):
        if tokens.word[i] in (".", "!", "?"):
            return None
        if i <= k + 1 and tokens.lower[i] in (
            "but",
            "while",
            "though",
            "although",
            "when",
            "after",
        ):
            return None
        cue = cues.get(i)
        if cue is not None and "q" in cue.verb.frames and tokens.tag[i] != "VBG":
            if ended and _speaks_on(tokens, i, quote):
                return None
            return cue
        if tokens.tag[i] in FINITE and tokens.dep[i] not in ("relcl", "aux", "auxpass", "acl"):
            return None
    return None


def _speaks_on(tokens: Tokens, i: int, quote: Quote) -> bool:
    """Whether a cue after a closed sentence has content of its own to its right."""
    return any(c > i and tokens.dep[c] in ("ccomp", "xcomp") for c in tokens.children[i]) or (
        tokens.text[tokens.end[i] : tokens.end[i] + 3].lstrip(" ,:")[:1] in tuple("\"“‘'")
    )
