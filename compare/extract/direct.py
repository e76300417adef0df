"""Which cue a quotation belongs to, read from the words around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from compare.extract.cues import ACCORDING, Cue
from compare.extract.lexicon import ADDRESSEES
from compare.extract.phrases import can_speak
from compare.extract.quotes import MARKS, Quote
from compare.extract.tokens import FINITE, Tokens
from compare.extract.unlisted import REACH, verb_after, verb_before

_ENDS = frozenset(".!?…")
_SILENT = frozenset(("decline", "refuse"))
_AFTER = frozenset(",.;!?—–)-…")


@dataclass(frozen=True)
class Bound:
    """A quotation and who says it; `start` lies before it where it ends an indirect clause."""

    quote: Quote
    start: int
    source: tuple[int, int] | None
    cue: Cue | None


def complete(text: str, quote: Quote) -> bool:
    """Whether a quotation ends where a clause ends, rather than inside one."""
    if _last(text, quote) in (",", *_ENDS, "—", "-"):
        return True
    k = quote.end
    while k < len(text) and text[k] in " \t":
        k += 1
    return k >= len(text) or text[k] == "\n" or text[k] in _AFTER


def _title(tokens: Tokens, quote: Quote) -> bool:
    """Whether it names a work ('in his book, "An American Son"'): capitals, no clause."""
    words = [
        tokens.word[k]
        for k in range(tokens.at[quote.inner_start], tokens.at[quote.inner_end])
        if len(tokens.word[k]) > 3 or tokens.pos[k] == "PROPN"
    ]
    return (
        2 <= len(words) <= 8
        and all(w[:1].isupper() for w in words)
        and not all(w.isupper() for w in words)
        and _last(tokens.text, quote) not in ("!", "?")
        and not any(
            tokens.tag[k] in FINITE or tokens.tag[k] == "VB"
            for k in range(tokens.at[quote.inner_start], tokens.at[quote.inner_end])
        )
    )


def _last(text: str, quote: Quote) -> str:
    """The last character within, past the marks of quotations that end with this one."""
    k = quote.inner_end
    while k > quote.inner_start and (text[k - 1].isspace() or text[k - 1] in MARKS):
        k -= 1
    return text[k - 1] if k > quote.inner_start else ""


def whole_sentence(tokens: Tokens, quote: Quote) -> bool:
    """Whether a quotation is speech of its own, not a word in scare quotes."""
    inner = tokens.text[quote.inner_start : quote.inner_end].lstrip(" \t\xa0" + MARKS)
    last = _last(tokens.text, quote)
    words = range(tokens.at[quote.inner_start], tokens.at[quote.inner_end])
    verbs = any(tokens.tag[k] in FINITE or tokens.tag[k] == "VB" for k in words)
    return (
        len(words) >= 4
        and verbs
        and (inner[:1].isupper() or not inner[:1].isalpha())
        and (last in _ENDS or last in (",", "—", "-") or not quote.closed)
    )


def bind(
    tokens: Tokens,
    quotes: Sequence[Quote],
    cues: Sequence[Cue],
    paragraphs: Sequence[tuple[int, int]],
    done: Sequence[Quote],
) -> list[Bound]:
    """Outer quotations with the cue that introduces, follows or interrupts them.

    One that follows another in its paragraph without a cue of its own goes on
    from it; one that fills a paragraph, or follows a sentence on what somebody
    said, has the speaker of the last cue before it. Words in scare quotes and
    those in `done` are left out.
    """
    by_token = {cue.token: cue for cue in cues}
    voiced = [cue for cue in cues if speaks(tokens, cue)]
    positions = [cue.token for cue in voiced]
    outer = [q for q in quotes if q.depth == 0 and q.inner_end > q.inner_start]
    skip = set(done)
    bound: list[Bound] = []
    for n, quote in enumerate(outer):
        if quote in skip:
            continue
        paragraph = _paragraph(paragraphs, quote.start)
        low = max(outer[n - 1].end if n else 0, paragraph[0])
        high = min(
            outer[n + 1].start if n + 1 < len(outer) else len(tokens.text),
            _paragraph(paragraphs, quote.end - 1)[1],
        )
        cue = None
        if complete(tokens.text, quote) and not _title(tokens, quote):
            before = _cue_before(tokens, quote, low, by_token)
            if before is None and tokens.text[low : quote.start].rstrip().endswith(":"):
                before = verb_before(tokens, quote, low)
            cue = (
                before
                or _cue_after(tokens, quote, high, by_token)
                or verb_after(tokens, quote, high)
            )
            if cue is not None:
                start = quote.inner_start if before else _clause_start(tokens, quote, low)
                bound.append(Bound(quote, start, cue.source, cue))
        if cue is None and whole_sentence(tokens, quote):
            last = bound[-1] if bound else None
            if (
                last
                and last.quote.start >= paragraph[0]
                and _paragraph(paragraphs, last.quote.end - 1) == paragraph
            ):
                bound.append(Bound(quote, quote.inner_start, last.source, last.cue))
                continue
            speaker = _last_speaker(tokens, quote, paragraphs, voiced, positions, last)
            if speaker is not None:
                bound.append(Bound(quote, quote.inner_start, speaker, None))
    return bound


def speaks(tokens: Tokens, cue: Cue) -> bool:
    """Whether a cue is speech by somebody, whose voice a later quotation may go on with."""
    frames = cue.verb.frames
    return (
        "q" in frames
        and "m" not in frames
        and tokens.tag[cue.token] != "VB"
        and cue.verb.lemma not in _SILENT
        and cue.source is not None
        and can_speak(tokens, cue.source)
    )


def _last_speaker(
    tokens: Tokens,
    quote: Quote,
    paragraphs: Sequence[tuple[int, int]],
    voiced: Sequence[Cue],
    positions: Sequence[int],
    last: Bound | None,
) -> tuple[int, int] | None:
    """Who spoke last in this paragraph or the one before it."""
    here = bisect_right(paragraphs, (quote.start, 1 << 62)) - 1
    floor = paragraphs[max(here - 1, 0)][0]
    k = bisect_left(positions, tokens.at[quote.start]) - 1
    found = None
    if k >= 0 and tokens.start[voiced[k].token] >= floor:
        found = voiced[k].source
    if (
        last is not None
        and last.source is not None
        and last.quote.end > floor
        and (found is None or tokens.start[voiced[k].token] < last.quote.start)
    ):
        found = last.source
    return found


def _clause_start(tokens: Tokens, quote: Quote, low: int) -> int:
    """Where the clause begins that a quotation ends: 'It failed and "should act," he said'."""
    text = tokens.text
    p = quote.start
    while p > low and text[p - 1].isspace():
        p -= 1
    if p == low or text[p - 1] in '.!?:;"”’)—–':
        return quote.inner_start
    inner = text[quote.inner_start : quote.inner_start + 1]
    if text[p - 1] == "," and inner.isupper():
        return quote.inner_start
    k = tokens.at[p - 1]
    floor = tokens.at[low]
    while (
        k > floor
        and tokens.word[k - 1] not in (".", "!", "?", ";")
        and "\n" not in tokens.word[k - 1]
    ):
        k -= 1
    return max(tokens.start[k], low)


def _paragraph(paragraphs: Sequence[tuple[int, int]], position: int) -> tuple[int, int]:
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
    if strong and strong in ".!?;":
        return None
    verbs = 0
    floor = tokens.at[low]
    for i in range(k, max(floor, k - REACH) - 1, -1):
        if tokens.word[i] in (".", "!", "?") and tokens.end[i] < p:
            return None
        cue = cues.get(i)
        if cue is not None and "q" in cue.verb.frames and not cue.passive:
            if strong not in (",", ":") and not _leads(tokens, i, k):
                return None
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


def _leads(tokens: Tokens, i: int, k: int) -> bool:
    """Whether nothing but "that", adverbs and the person addressed stands between."""
    return all(
        tokens.lower[t] == "that"
        or tokens.pos[t] in ("ADV", "PUNCT", "PART", "SPACE", "ADP")
        or tokens.lower[t] in ADDRESSEES
        or tokens.ent[t] in ("PERSON", "ORG", "DATE", "TIME")
        or tokens.tag[t] == "PRP"
        for t in range(i + 1, k + 1)
    )


def _cue_after(tokens: Tokens, quote: Quote, high: int, cues: dict[int, Cue]) -> Cue | None:
    text = tokens.text
    p = quote.end
    while p < high and text[p] in " \t,":
        p += 1
    if p < high and text[p] in ".!?;":
        return None
    ended = _last(text, quote) in _ENDS and text[p : p + 1].isupper()
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
        if (
            cue is not None
            and "q" in cue.verb.frames
            and cue.verb.lemma not in _SILENT
            and (tokens.tag[i] != "VBG" or cue.verb is ACCORDING)
        ):
            own = ended or not whole_sentence(tokens, quote)
            if own and _speaks_on(tokens, i):
                return None
            return cue
        if tokens.tag[i] in FINITE and tokens.dep[i] not in ("relcl", "aux", "auxpass", "acl"):
            return None
    return None


def _speaks_on(tokens: Tokens, i: int) -> bool:
    """Whether a cue after a quotation has content of its own to its right."""
    k = i + 1
    while k < len(tokens) and tokens.pos[k] in ("ADV", "PART"):
        k += 1
    rest = tokens.text[tokens.end[k - 1] : tokens.end[k - 1] + 3].lstrip(" ,:")
    return (rest[:1] in tuple("\"“‘'") and bool(rest)) or any(
        c > i and tokens.dep[c] in ("ccomp", "xcomp") and tokens.left[c] == k
        for c in tokens.children[i]
    )
