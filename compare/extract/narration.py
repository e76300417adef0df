"""What the publisher says itself: sentences that nobody else is made to say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from compare.extract.furniture import stands_in
from compare.extract.lexicon import verbs
from compare.extract.tokens import FINITE, SUBJECTS, Tokens

Chars = tuple[int, int]
MIN_WORDS = 4
_AFTER = frozenset(("after", "when"))


def narrate(
    tokens: Tokens,
    taken: Sequence[Chars],
    sources: Sequence[Chars],
    paragraphs: Sequence[Chars],
    apart: Sequence[Chars],
) -> list[tuple[Chars, int]]:
    """The characters of each narrated clause, and its first token.

    `taken` are sorted intervals of contents and cues, `sources` those of sources,
    `apart` those of text that narrates nothing.
    A sentence without any is one clause; in others the part around the main
    verb counts if that verb is outside them, up to the source of the next cue, and
    the news that speech answers: "called for calm after a bomb killed 12".
    """
    found = []
    for begin, end in _sentences(tokens, paragraphs):
        if stands_in(tokens.start[begin], apart):
            continue
        root = next(
            (
                k
                for k in range(begin, end)
                if tokens.head[k] == k or not begin <= tokens.head[k] < end
            ),
            begin,
        )
        free = _free(tokens, begin, end, taken)
        part = next(((a, b) for a, b in free if a <= root < b), None)
        found += [clause for a, b in free if (clause := _answered(tokens, root, a, b))]
        if part is None or _passes_on(tokens, root):
            continue
        a, b = part
        if b < end:
            n = bisect_left(sources, (tokens.end[root],))
            if n < len(sources) and sources[n][0] < tokens.end[b - 1]:
                b = tokens.at[sources[n][0]]
            b = _cut(tokens, root, b)
        if tokens.tag[b - 1] == "TO":
            continue  # "has not been able to" of "has not been able to verify the video"
        if a > begin and a < root:
            a = max(a, min(tokens.left[root], root))
        if b - a >= MIN_WORDS and _states(tokens, a, b):
            found.append((tokens.span(a, b - 1), a))
    return found


def _answered(tokens: Tokens, root: int, a: int, b: int) -> tuple[Chars, int] | None:
    """The news that a free part from `a` to `b` tells after the speech that answers it."""
    k = next((k for k in range(a, min(a + 2, b)) if tokens.lower[k] in _AFTER), b)
    if a <= root < b or k >= b or tokens.dep[k] not in ("mark", "advmod"):
        return None
    verb = tokens.head[k]
    last = min(b - 1, tokens.right[verb])
    told = k < verb <= last and tokens.child(verb, *SUBJECTS) is not None
    # A simple past may be taken for a participle: "after armed men killed 12".
    past = tokens.tag[verb] == "VBN" or _states(tokens, k + 1, last + 1)
    if not told or last - k < MIN_WORDS or not past:
        return None
    return tokens.span(k + 1, last), k + 1


def _passes_on(tokens: Tokens, verb: int) -> bool:
    """Whether a verb only tells through whom speech comes: "quoted the army as saying that ..."."""
    return any(
        tokens.lower[c] == "as"
        and (spoken := tokens.child(c, "pcomp")) is not None
        and tokens.lemma[spoken] in verbs()
        for c in tokens.children[verb]
    )


def _sentences(tokens: Tokens, paragraphs: Sequence[Chars]) -> list[tuple[int, int]]:
    """Sentences cut at the ends of paragraphs."""
    cuts = sorted({tokens.at[high] for _, high in paragraphs})
    found, k = [], 0
    for begin, end in tokens.sentences:
        while k < len(cuts) and cuts[k] <= begin:
            k += 1
        while k < len(cuts) and cuts[k] < end:
            found.append((begin, cuts[k]))
            begin = cuts[k]
            k += 1
        found.append((begin, end))
    return found


def _free(tokens: Tokens, begin: int, end: int, taken: Sequence[Chars]) -> list[tuple[int, int]]:
    free, run = [], None
    for k in range(begin, end):
        n = bisect_left(taken, (tokens.start[k] + 1,)) - 1
        busy = n >= 0 and taken[n][1] > tokens.start[k]
        if busy and run is not None:
            free.append((run, k))
            run = None
        elif not busy and run is None:
            run = k
    if run is not None:
        free.append((run, end))
    return free


def _cut(tokens: Tokens, root: int, b: int) -> int:
    """End of the free part before the conjunction that leads into the attribution."""
    while b > root + 1 and (
        tokens.pos[b - 1] in ("CCONJ", "SCONJ", "PUNCT", "SPACE", "ADP", "AUX")
        or tokens.dep[b - 1] in ("cc", "mark")
    ):
        b -= 1
    return b


def _inverted(tokens: Tokens, k: int) -> bool:
    """Whether a word is the subject behind its verb: "Among them were five children"."""
    verb = tokens.head[k]
    before = any(tokens.dep[c] == "prep" and c < verb for c in tokens.children[verb])
    return tokens.dep[k] == "attr" and tokens.lemma[verb] == "be" and before and k > verb


def _states(tokens: Tokens, a: int, b: int) -> bool:
    """Whether a clause has a verb and who does it; a simple past that the tagger takes for a
    participle ("The bazaar reopened") hangs on its own subject."""
    if tokens.word[b - 1] == "?":
        return False
    inside = range(a, b)
    return (
        any(tokens.tag[k] in FINITE for k in inside)
        and any(tokens.dep[k] in SUBJECTS or _inverted(tokens, k) for k in inside)
    ) or any(
        tokens.tag[k] == "VBN"
        and tokens.dep[k] == "acl"
        and tokens.dep[tokens.head[k]] == "ROOT"
        and tokens.head[k] == k - 1
        for k in inside
    )
