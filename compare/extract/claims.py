"""From cues and quotations to claims: one row a span of content."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from compare.extract.clauses import taken_up
from compare.extract.contents import content_of
from compare.extract.cues import Cue, find_cues
from compare.extract.direct import bind, whole_sentence
from compare.extract.filters import attributes
from compare.extract.furniture import find_furniture, stands_in
from compare.extract.labels import find_labels
from compare.extract.narration import narrate
from compare.extract.nouns import find_nouns
from compare.extract.quotes import MARKS, Quote, find_paragraphs, find_quotes
from compare.extract.silence import find_silences
from compare.extract.status import content_status, cue_status
from compare.extract.tokens import Tokens

Chars = tuple[int, int]
_EDGE_LEFT = re.compile(r"[\s" + re.escape(MARKS) + r",.;:!?…—–)\]-]+")
_EDGES = frozenset(MARKS + " \t\r\n,.;:!?…—–-")
_CITED = 12
"""Words within which those cited end and what they told begins."""
_ECHOED = frozenset(("he", "she", "it", "they", "i", "we"))
_ABBREVIATED = re.compile(r"(?:^|[\s(“\"])(?:[A-Za-z]\.){2,}$")


@dataclass(frozen=True)
class Claim:
    """One claim in characters, before it becomes a row."""

    start: int
    end: int
    source: Chars | None
    cue: Chars | None
    status: str
    kind: str


def trim(text: str, start: int, end: int) -> Chars:
    """The span without the marks, blanks and stops around it.

    >>> trim('“We left.” ', 0, 11)
    (1, 8)
    """
    while start < end and (text[start] in _EDGES or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _EDGES or text[end - 1].isspace()):
        if text[end - 1] == "." and _ABBREVIATED.search(text, max(start, end - 12), end):
            break
        end -= 1
    return start, end


def claims_of(tokens: Tokens) -> list[Claim]:
    """Every claim of a document, attributed or narrated, in order."""
    text = tokens.text
    apart = find_furniture(text)
    paragraphs = find_paragraphs(text, apart)
    quotes = find_quotes(text, paragraphs)
    covered = _coverage(text, quotes)
    spoken = _attributed(tokens, quotes, covered, paragraphs, apart)
    found = [c for c in spoken if not stands_in(c.start, apart)]
    taken = _merge(
        [span for c in found for span in ((c.start, c.end), c.cue) if span]
        + [(q.start, q.end) for q in quotes if q.depth == 0 and whole_sentence(tokens, q)]
    )
    sources = sorted({c.source for c in found if c.source})
    for chars, first in narrate(tokens, taken, sources, paragraphs, apart):
        start, end = trim(text, *chars)
        status = content_status(tokens, first, "asserted")
        found.append(Claim(start, end, None, None, status, "narration"))
    return _distinct([c for c in found if c.end > c.start])


def _attributed(
    tokens: Tokens,
    quotes: list[Quote],
    covered: bytearray,
    paragraphs: list[Chars],
    apart: list[Chars],
) -> list[Claim]:
    text = tokens.text
    inner = _coverage(text, quotes, depth=1)
    cues = [c for c in find_cues(tokens) if not stands_in(tokens.start[c.token], apart)]
    outside = [c for c in cues if not covered[tokens.start[c.token]]]
    found: list[Claim] = []
    done: list[Quote] = []
    for label in find_labels(tokens, quotes, paragraphs):
        start, end = trim(text, *label.content)
        low, high = (bisect_left(quotes, at, key=lambda q: q.start) for at in label.content)
        done += quotes[low:high]
        kind = "direct" if label.verbatim else _kind(covered, start, end)
        found.append(Claim(start, end, label.source, label.cue, "asserted", kind))
    stances: list[tuple[Cue, Claim]] = []
    taken: dict[int, list[Quote]] = {}
    for b in bind(tokens, quotes, outside, paragraphs, done):
        chars = b.start, b.quote.inner_end
        if b.cue is not None:
            taken.setdefault(b.cue.token, []).append(b.quote)
            found.append(_claim(tokens, b.cue, chars, b.cue.last, covered))
        elif b.source is not None:
            found.append(
                Claim(*trim(text, *chars), tokens.span(*b.source), None, "asserted", "direct")
            )
    for noun in find_nouns(tokens):
        start, end = _that(
            tokens, *_within(tokens.span(*noun.content), tokens.start[noun.token], paragraphs)
        )
        found.append(
            Claim(
                start,
                end,
                tokens.span(*noun.source),
                tokens.span(noun.token, noun.token),
                noun.status,
                _kind(covered, start, end),
            )
        )
    for silence in find_silences(tokens):
        if covered[silence.cue[0]]:
            continue  # "They waited, but he did not respond," she said: no answer to the press
        found.append(
            Claim(
                *trim(text, *silence.content), silence.source, silence.cue, "no-comment", "indirect"
            )
        )
    remarks: list[int] = []
    for cue in cues:
        span, last = content_of(tokens, cue)
        if span is None:
            continue
        if taken_up(tokens, cue) is not None:
            remarks.append(tokens.start[cue.token])
        quoted = bool(covered[tokens.start[cue.token]])
        if not attributes(tokens, cue, quoted, cue.token in taken):
            continue
        chars = _within(tokens.span(*span), tokens.start[cue.token], paragraphs)
        if quoted:
            chars = _inside(chars, tokens.start[cue.token], quotes)
        if any(q.start < chars[1] for q in taken.get(cue.token, [])):
            continue
        claim = _claim(tokens, cue, chars, last, inner if quoted else covered)
        if claim.status not in ("asserted", "unconfirmed", "no-comment"):
            stances.append((cue, claim))
        found.append(claim)
    return _without_echoes(tokens, _without_remarks(text, _inner(found), remarks), stances)


def _inner(found: list[Claim]) -> list[Claim]:
    """Claims told within another end where it ends, before the cue that closes it: "the
    president ordered a truce, his office said" """
    closed = sorted((c.start, c.end, c.cue[1]) for c in found if c.cue and c.cue[0] >= c.end)
    inner = []
    for claim in found:
        k = bisect_left(closed, (claim.start,)) - 1
        if k >= 0 and claim.start < closed[k][1] < claim.end <= closed[k][2]:
            claim = replace(claim, end=closed[k][1])
        inner.append(claim)
    return inner


def _without_remarks(text: str, found: list[Claim], remarks: list[int]) -> list[Claim]:
    """Claims without what others remark on them: ", a charge the army denies"."""
    cut = []
    for claim in found:
        k = bisect_left(remarks, claim.start)
        if k < len(remarks) and remarks[k] < claim.end:
            comma = text.rfind(",", claim.start, remarks[k])
            claim = replace(claim, end=comma) if comma > claim.start else claim
        cut.append(claim)
    return cut


def _without_echoes(
    tokens: Tokens, found: list[Claim], stances: list[tuple[Cue, Claim]]
) -> list[Claim]:
    """Without the speaker's own stance told again: "he said he condemned the attack" is one
    claim of his, not two."""
    reach = _merge([(c.start, c.end) for c in found])
    starts = [a for a, _ in reach]
    echoes = set()
    for cue, claim in stances:
        source = cue.source
        if source is None or source[0] != source[1] or tokens.lower[source[0]] not in _ECHOED:
            continue
        position = tokens.start[cue.token]
        k = bisect_right(starts, position) - 1
        if k >= 0 and reach[k][0] <= position < reach[k][1]:
            echoes.add(claim)
    return [c for c in found if c not in echoes]


def _inside(span: Chars, position: int, quotes: list[Quote]) -> Chars:
    """The part of a span in the outer quotation around `position`."""
    k = bisect_right(quotes, position, key=lambda q: q.start) - 1
    while k > 0 and quotes[k].depth:
        k -= 1
    around = quotes[max(k, 0)]
    return max(span[0], around.inner_start), min(span[1], around.inner_end)


def _within(span: Chars, position: int, paragraphs: list[Chars]) -> Chars:
    """The part of a span in the paragraph of `position`, which a parse may overrun."""
    low, high = paragraphs[max(bisect_right(paragraphs, (position, 1 << 62)) - 1, 0)]
    return max(span[0], low), min(span[1], high)


def _claim(tokens: Tokens, cue: Cue, chars: Chars, last: int, covered: bytearray) -> Claim:
    start, end = chars
    start, end = _that(tokens, start, end)
    kind = _kind(covered, start, end)
    source = tokens.span(*cue.source) if cue.source else None
    first = min(tokens.at[start], len(tokens) - 1)
    return Claim(
        start, end, source, tokens.span(cue.first, last), cue_status(tokens, cue, first), kind
    )


def _that(tokens: Tokens, start: int, end: int) -> Chars:
    """The trimmed span without the "that" which only joins it to its cue."""
    k = tokens.at[start]
    if k < len(tokens) and tokens.lower[k] == "citing":  # "reported, citing police, that ..."
        ahead = range(k, min(k + _CITED, tokens.at[end]))
        k = next((n for n in ahead if tokens.lower[n] == "that"), k)
        start = tokens.start[k]
    if (
        k < len(tokens)
        and tokens.lower[k] == "that"
        and (tokens.dep[k] == "mark" or tokens.tag[k] == "IN" or _joins(tokens, k))
    ):
        start = max(start, tokens.end[k])
    return trim(tokens.text, start, end)


def _joins(tokens: Tokens, k: int) -> bool:
    """Whether a "that" which the tagger takes for a relative pronoun only joins a clause."""
    return tokens.tag[k] == "WDT" and tokens.dep[k] not in ("nsubj", "nsubjpass")


def _kind(covered: bytearray, start: int, end: int) -> str:
    inside = covered.count(1, start, end)
    return "direct" if inside >= end - start else "mixed" if inside else "indirect"


def _distinct(claims: list[Claim]) -> list[Claim]:
    """One claim a span, the first cue's; in order of start, outer before inner."""
    seen: dict[Chars, Claim] = {}
    for c in sorted(claims, key=lambda c: (c.start, -c.end, c.cue or (1 << 62, 0))):
        seen.setdefault((c.start, c.end), c)
    return list(seen.values())


def parents(claims: list[Claim]) -> list[Claim | None]:
    """For each claim, ordered as `_distinct` leaves them, the innermost one around it."""
    found: list[Claim | None] = []
    stack: list[Claim] = []
    for c in claims:
        while stack and stack[-1].end < c.end:
            stack.pop()
        found.append(stack[-1] if stack and stack[-1].kind != "narration" else None)
        stack.append(c)
    return found


def _merge(spans: list[Chars]) -> list[Chars]:
    merged: list[Chars] = []
    for a, b in sorted(spans):
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return merged


def _coverage(text: str, quotes: list[Quote], depth: int = 0) -> bytearray:
    """1 for each character inside a quotation at least `depth` deep."""
    covered = bytearray(len(text) + 1)
    for q in quotes:
        if q.depth == depth:
            covered[q.start : q.end] = b"\x01" * (q.end - q.start)
    return covered
