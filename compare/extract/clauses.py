"""Clauses that stand beside their cue: after it at once, before it, or around it."""

from __future__ import annotations

from compare.extract.cues import Cue
from compare.extract.lexicon import TIMES, verbs
from compare.extract.tokens import FINITE, Tokens

Span = tuple[int, int]
_RESULTS = frozenset(("kill", "wound", "injure", "leave", "destroy", "damage", "cause", "force",
                      "displace", "trap", "cut", "burn", "bring", "send"))  # fmt: skip
"""What follows from what is told, and is no way of telling it."""
_PARTINGS = frozenset((",", "—", "–", "--", "-", "”", '"', "''", "’"))
_SAID = frozenset(("charge", "claim", "allegation", "accusation", "assertion", "report", "account",
    "suggestion", "version", "figure", "toll", "something"))  # fmt: skip
"""With a comma before them these stand for the clause before it."""
_DENIALS = frozenset(("deny", "refute", "dispute"))
_VAGUE = frozenset(
    ["thing", "word", "all", "everything", "something", "anything", "what", "way", "remark", "time"]
)


def that_clause(tokens: Tokens, cue: Cue) -> Span | None:
    """ "said on Friday at a news conference that ...", wherever the parse hangs the clause."""
    _, end = tokens.sentences[tokens.sentence[cue.token]]
    for k in range(cue.last + 1, min(cue.last + 16, end - 1)):
        if tokens.lower[k] == "that" and tokens.dep[k - 1] == "cc":
            return None  # "that a reporter was reporting there and that it was unclear"
        if tokens.lower[k] == "that" and tokens.dep[k] in ("mark", "nsubj", "dobj", "det"):
            verb = tokens.head[k]
            if verb > k and tokens.pos[verb] in ("VERB", "AUX") and tokens.right[verb] < end:
                return k + 1, tokens.right[verb]
            break
        if tokens.tag[k] in FINITE or tokens.word[k] in (":", ";") or goes_on(tokens, k):
            return None
    return _misread(tokens, cue, end)


def before_news(tokens: Tokens, span: Span) -> Span:
    """A wish without the news that it answers: "vowed to act after gunmen killed 12".

    The parse hangs it on what is wished.
    """
    first, end = span
    for k in range(first + 2, end - 2):
        verb = tokens.head[k]
        if tokens.lower[k] == "after" and tokens.dep[k] == "mark" and k < verb <= end and (
            tokens.child(verb, "nsubj", "nsubjpass") is not None
        ):  # fmt: skip
            return first, k - 1
    return span


def taken_up(tokens: Tokens, cue: Cue) -> Span | None:
    """The clause that a remark at its end takes up, to the word that does so.

    "soldiers fired at the crowd, an allegation" is what the army is said to deny in
    "... soldiers fired at the crowd, an allegation the army denies".
    """
    i = cue.token
    noun = tokens.head[i]
    if tokens.dep[i] != "relcl" or cue.source is None or "n" not in cue.verb.frames:
        return None
    if tokens.lemma[noun] in _SAID:
        first = last = noun
        while tokens.word[first - 1] != "," and tokens.dep[first - 1] in ("det", "amod"):
            first -= 1
    elif cue.verb.lemma in _DENIALS:
        opener = next((c for c in tokens.children[i] if tokens.tag[c] == "WDT"), None)
        if opener is None:
            return None
        first = last = opener
    else:
        return None
    clause = tokens.head[noun]
    while tokens.pos[clause] not in ("VERB", "AUX") and tokens.head[clause] != clause:
        clause = tokens.head[clause]
    if first < 2 or tokens.word[first - 1] != "," or clause >= first:
        return None
    told = tokens.child(clause, "ccomp", "dobj")
    spoken = tokens.lemma[clause] in verbs() and told is not None and clause < told < first
    return tokens.left[told if spoken and told is not None else clause], last


def has_content(tokens: Tokens, verb: int) -> bool:
    """Whether a verb has content of its own: "and said that ...", "and blamed the army"."""
    blames = tokens.lemma[verb] in ("blame", "accuse", "condemn")
    return tokens.child(verb, "ccomp", *(("dobj",) if blames else ())) is not None


def goes_on(tokens: Tokens, k: int) -> bool:
    """Whether a participle is the speaker's next cue ("..., adding that ...")."""
    if tokens.pos[k] in ("ADV", "CCONJ") and k + 1 < len(tokens):
        k += 1
    return (
        tokens.tag[k] == "VBG"
        and tokens.dep[k] != "amod"
        and "q" in getattr(verbs().get(tokens.lemma[k]), "frames", "")
    )


def _misread(tokens: Tokens, cue: Cue, end: int) -> Span | None:
    """The rest of the sentence after "found that", where the parse sees no clause in it."""
    k = cue.last + 1
    if k >= end - 3 or tokens.lower[k] != "that" or tokens.tag[k] != "IN":
        return None
    while end > k and tokens.pos[end - 1] in ("PUNCT", "SPACE"):
        end -= 1
    return k + 1, end - 1


def clause_after(tokens: Tokens, cue: Cue) -> Span | None:
    """A clause that follows the cue at once, where the parse hangs it elsewhere."""
    _, end = tokens.sentences[tokens.sentence[cue.token]]
    first = cue.last + 1
    if (
        first >= end
        or cue.source is None
        or cue.source[0] > cue.last
        or tokens.pos[first] in ("PUNCT", "SPACE", "ADP", "CCONJ", "SCONJ", "VERB", "AUX")
        or tokens.lemma[first] in TIMES
    ):
        return None
    for k in range(first, end):
        if tokens.word[k] in (",", ";", ":") or "\n" in tokens.word[k]:
            return None
        if tokens.tag[k] in FINITE and k > first:
            if tokens.dep[k] == "conj" and tokens.head[k] == cue.token:
                return None  # "found a body and pulled three people out"
            while end > k and tokens.pos[end - 1] in ("PUNCT", "SPACE"):
                end -= 1
            return first, end - 1
    return None


def clause_before(tokens: Tokens, cue: Cue) -> Span | None:
    """The clause a cue follows or interrupts: "CLAUSE, he said", "A, he said, B"."""
    i = cue.token
    if cue.source is None:
        return None
    begin, _ = tokens.sentences[tokens.sentence[i]]
    start = min(cue.first, cue.source[0])
    if start < begin:
        return None
    for t in range(start - 1, begin, -1):
        if tokens.word[t] in ("”", '"', "''") and tokens.word[t - 1] in (".", "!", "?", "…", ","):
            begin = t + 1
            break
    k = start - 1
    while k >= begin and tokens.pos[k] == "SPACE":
        k -= 1
    if k < begin or _opens_quotation(tokens, k):
        return None  # '"Rebels attacked our convoy," he said': nothing was said before "Rebels"
    end = _interrupted(tokens, cue, k)
    if end is not None:
        return begin, end
    if k == begin or (_fronted(tokens, begin, k) and not _tail(tokens, cue, begin)):
        return None
    clause = next(
        (c for c in tokens.children[i] if tokens.dep[c] == "ccomp" and tokens.right[c] < start),
        None,
    )
    if clause is None and tokens.word[k] not in _PARTINGS and not _run_on(tokens, cue):
        return None
    return begin, k


def _opens_quotation(tokens: Tokens, k: int) -> bool:
    mark = tokens.word[k] in ("“", '"', "``", "«", "„", "‘", "'")
    return mark and not tokens.text[: tokens.start[k]][-1:].strip()


def _run_on(tokens: Tokens, cue: Cue) -> bool:
    """ "This means fewer operations he said, adding ...": the comma before "he said" is missing."""
    i = cue.token
    return (
        tokens.dep[i] == "relcl"
        and cue.source is not None
        and cue.source[1] == cue.first - 1
        and tokens.lemma[i] in ("say", "add", "tell")
        and tokens.lemma[tokens.head[i]] not in _VAGUE
        and i + 1 < len(tokens)
        and tokens.word[i + 1] in (",", ".", ";")
    )


def _interrupted(tokens: Tokens, cue: Cue, k: int) -> int | None:
    """Last token of a clause that the cue interrupts: "The goal, he said, is peace"."""
    if tokens.word[k] not in _PARTINGS or cue.source is None:
        return None
    _, end = tokens.sentences[tokens.sentence[cue.token]]
    after = max(cue.last, cue.source[1]) + 1
    limit = min(after + 12, end)
    while after < limit and tokens.word[after] not in _PARTINGS:
        if tokens.tag[after] in FINITE or tokens.pos[after] == "PUNCT":
            return None
        after += 1
    if after >= limit:
        return None
    while end > after and tokens.pos[end - 1] in ("PUNCT", "SPACE"):
        end -= 1
    rest = range(after + 1, end)
    if tokens.tag[after + 1 : after + 2] == ["VBG"]:  # "two collided, he said, killing nine"
        return end - 1 if tokens.lemma[after + 1] in _RESULTS else None
    if tokens.lower[after + 1 : after + 2] in (["but"], ["while"], ["which"], ["who"]) or not any(
        tokens.tag[t] in FINITE for t in rest
    ):
        return None
    return end - 1


def _tail(tokens: Tokens, cue: Cue, begin: int) -> bool:
    """Whether a cue closes a sentence without a verb: "Rebels close to town, minister says"."""
    _, end = tokens.sentences[tokens.sentence[cue.token]]
    last = max(cue.last, cue.source[1] if cue.source else 0)
    return (
        tokens.pos[begin] not in ("ADP", "SCONJ", "ADV", "PUNCT")
        and "q" in cue.verb.frames
        and all(tokens.pos[t] in ("PUNCT", "SPACE") for t in range(last + 1, end))
    )


def _fronted(tokens: Tokens, begin: int, k: int) -> bool:
    """Whether all before the cue is an opening phrase ("After the vote, he said ...")."""
    for t in range(begin, k):
        if tokens.tag[t] in FINITE:
            verb = tokens.head[t] if tokens.dep[t] in ("aux", "auxpass") else t
            marked = any(
                tokens.dep[c] == "mark" or tokens.tag[c] == "WRB"
                for c in tokens.children[verb]
                if c < verb
            )
            if tokens.dep[verb] in ("ROOT", "ccomp", "conj", "parataxis") and not marked:
                return False
    return True


def clause_around(tokens: Tokens, cue: Cue) -> Span | None:
    """The clause that "according to X" goes with."""
    if cue.source is None:
        return None
    last = cue.source[1]
    begin, end = tokens.sentences[tokens.sentence[cue.first]]
    if begin < cue.first - 1 and tokens.word[cue.first - 1] == "(":
        return begin, cue.first - 2
    if tokens.dep[cue.token] == "prep" and tokens.right[cue.token] < end:
        last = max(last, tokens.right[cue.token])
    return beside(tokens, cue.first, last)


def beside(tokens: Tokens, first: int, last: int) -> Span | None:
    """The rest of the sentence around an inserted phrase: before it where it ends the
    clause, after it where it opens it, both where it interrupts."""
    begin, end = tokens.sentences[tokens.sentence[first]]
    while begin < first and tokens.pos[begin] in ("SPACE", "CCONJ"):
        begin += 1
    for k in range(first - 1, begin, -1):
        if tokens.word[k] in (";", "(") or "\n\n" in tokens.word[k]:
            begin = k + 1
            break
    for k in range(first - 1, begin, -1):
        if tokens.lower[k] == "that" and tokens.dep[k] == "mark":
            begin = k + 1
        if tokens.pos[k] != "PUNCT":
            break
    k = last + 1
    while k < end and tokens.word[k] in (",", "”", '"', "'", "’", ")"):
        k += 1
    stop = next(
        (t for t in range(k, end) if tokens.word[t] in (";", ")") or "\n\n" in tokens.word[t]), end
    )
    if not any(
        tokens.pos[t] not in ("PUNCT", "SPACE", "ADV", "CCONJ", "SCONJ")
        for t in range(begin, first)
    ):
        return (k, stop - 1) if k < stop else None
    if (
        k >= stop - 1
        or tokens.lower[k] in ("and", "but", "while", "which", "who", "though")
        or tokens.word[last + 1] != ","
    ):
        return begin, first - 1
    return begin, stop - 1
