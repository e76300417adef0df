"""The words a source is said to have said: the complement of a cue in the parse."""

from __future__ import annotations

from dataclasses import replace

from compare.extract.clauses import (
    before_news,
    beside,
    clause_after,
    clause_around,
    clause_before,
    goes_on,
    has_content,
    taken_up,
    that_clause,
)
from compare.extract.cues import ACCORDING, Cue, before_or
from compare.extract.lexicon import PLATFORMS, STATEMENTS, TIMES, verbs
from compare.extract.objects import (
    addressed,
    before_charge,
    counted_to,
    displaced,
    more_counted,
    of_them,
    past_addressee,
    unsaid,
    without_form,
)
from compare.extract.openings import hidden, opened
from compare.extract.phrases import can_speak
from compare.extract.tokens import FINITE, Tokens

Span = tuple[int, int]
_POINTERS = frozenset(("it", "that", "this", "him", "her", "them", "me", "you", "us", "so",
                       "himself", "herself", "themselves", "what", "which", "whom",
                       "who"))  # fmt: skip
_NAMING = frozenset(("cite", "quote"))
_LATER = frozenset(("when", "after", "before", "while", "as", "although", "though", "since"))


def content_of(tokens: Tokens, cue: Cue) -> tuple[Span | None, int]:
    """First and last token of the content, and the last token of the cue.

    The cue grows by the preposition that its content follows ("called for").
    Returns (None, last) where the verb attributes nothing.
    """
    frames = cue.verb.frames
    if cue.verb is ACCORDING:
        return clause_around(tokens, cue), cue.last
    if cue.passive:
        span, last = _passive(tokens, cue)
        named = span is not None and cue.verb.lemma in _NAMING and can_speak(tokens, span)
        return (None, last) if named else (span, last)  # "was quoted by the agency as saying"
    right = _complement(tokens, cue) or _shared(tokens, cue)
    if right is not None:
        (first, last), end = right
        denial = cue.verb.status == "denied" and tokens.lower[first] in ("it", "this", "that")
        if first == last and tokens.lower[first] in _POINTERS and not denial:
            return None, cue.last
        if cue.verb.lemma == "claim" and tokens.lemma[last] in ("life", "victim"):
            return None, cue.last  # "the bomb claimed 12 lives"
        if cue.verb.lemma in _NAMING and can_speak(tokens, (first, last)):
            return None, cue.last  # "citing two officials" says whom it has it from, not what
        wished = cue.verb.status in ("promised", "demanded")
        return before_news(tokens, (first, last)) if wished else (first, last), end
    if (
        "c" in frames
        and any(
            tokens.lower[c] == "as" and tokens.dep[c] in ("mark", "advmod")
            for c in tokens.children[cue.token]
        )
        and tokens.left[cue.token] < cue.first
    ):
        return beside(tokens, tokens.left[cue.token], tokens.right[cue.token]), cue.last
    if (clause := taken_up(tokens, cue)) is not None:
        return clause, cue.last
    if "c" in frames and (clause := that_clause(tokens, cue)) is not None:
        return clause, cue.last
    if ("c" in frames or "q" in frames) and "m" not in frames:
        if "c" in frames and (clause := clause_after(tokens, cue)) is not None:
            return clause, cue.last
        return clause_before(tokens, cue), cue.last
    return None, cue.last


def _complement(tokens: Tokens, cue: Cue) -> tuple[Span, int] | None:
    i, verb, frames = cue.token, cue.verb, cue.verb.frames
    span: Span | None = None
    last = cue.last
    thing: int | None = None
    for c in tokens.children[i]:
        if c < i:
            continue
        dep = tokens.dep[c]
        whole = (tokens.left[c], tokens.right[c])
        part: Span | None = None
        if (
            dep == "ccomp"
            and whole[0] > i
            and (
                "o" in frames
                or "a" in frames
                or ("n" in frames and tokens.lower[whole[0]] == "what")
                or ("c" in frames and (_finite(tokens, c) or _wh(tokens, c)))
                or ("v" in frames and tokens.tag[c] == "VBG" and tokens.child(c, "nsubj"))
            )
        ):
            part = past_addressee(tokens, c, thing), whole[1]
        elif (
            dep in ("xcomp", "advcl")
            and whole[0] > i
            and (infinitive := any(tokens.tag[k] == "TO" for k in tokens.children[c]))
            and (("x" in frames and infinitive) or ("o" in frames and thing is not None))
        ) or (
            dep == "xcomp"
            and whole[0] > i
            and (
                ("a" in frames and (thing is not None or tokens.pos[c] in ("NOUN", "PROPN")))
                or ("n" in frames and tokens.tag[c] == "VBG")
                or ("c" in frames and _finite(tokens, c))
            )
        ):
            part = whole if thing is None else (tokens.left[thing], whole[1])
        elif dep in ("dobj", "dative") and thing is None and tokens.pos[c] != "ADP":
            if tokens.lemma[c] in TIMES:
                continue
            thing = c
            if unsaid(tokens, verb.lemma, c):
                continue
            if "n" in frames and not addressed(tokens, c, frames):
                part = whole[0], without_form(tokens, c, whole[1])
            elif "c" in frames:
                part = hidden(tokens, c)
        elif (
            dep in ("advcl", "ccomp", "xcomp")
            and whole[0] > i
            and (
                (tokens.lower[whole[0]] == "as" and "a" in frames and thing is not None)
                or (tokens.lower[whole[0]] == "for" and "for" in verb.particles)
            )
        ):
            if thing is None:
                part = whole[0] + 1, whole[1]
                last = whole[0] if whole[0] == last + 1 else last
            else:
                part = tokens.left[thing], whole[1]
        elif dep in ("oprd", "attr", "acomp") and "a" in frames:
            part = whole if thing is None else (tokens.left[thing], whole[1])
        elif dep in ("prep", "agent", "dative"):
            name = tokens.lower[c]
            if tokens.child(c, "pobj", "pcomp") is None:
                continue
            if thing is not None and (
                (name in verb.joined and not unsaid(tokens, verb.lemma, thing))
                or (name == "as" and "a" in frames)
            ):
                part = tokens.left[thing], whole[1]
            elif name == "as" and c == i + 1 and "n" in frames and thing is None:
                part = displaced(tokens, c)
            elif name in verb.particles and span is None and not manner(tokens, c):
                part = c + 1, whole[1]
                if c <= last + 2:
                    last = max(last, c)
        elif (
            dep == "advcl"
            and "n" in frames
            and thing is None
            and tokens.pos[c] == "ADJ"
            and (object_ := tokens.child(c, "dobj")) is not None
            and object_ > c
        ):
            part = tokens.left[object_], tokens.right[object_]
        if part is not None:
            span = part if span is None else (min(span[0], part[0]), max(span[1], part[1]))
    if span is not None and thing is not None:
        span = span[0], max(span[1], counted_to(tokens, verb, thing, tokens.right[i]))
    elif span is not None:
        span = span[0], before_charge(tokens, i, span)
    if span is None:
        return None
    first, end = _extend(tokens, cue, opened(tokens, cue, span))
    end = of_them(tokens, end)
    return (first, min(end, _second_cue(tokens, i, first, end) - 1)), last


def _shared(tokens: Tokens, cue: Cue) -> tuple[Span, int] | None:
    """The content of the verb that "or" or "nor" joins: "neither confirmed nor denied the raid"."""
    joined = next((c for c in tokens.children[cue.token] if tokens.dep[c] == "conj"), None)
    if joined is None or not before_or(tokens, cue.token):
        return None
    found = _complement(tokens, replace(cue, token=joined, last=joined))
    return (found[0], cue.last) if found else None


def _second_cue(tokens: Tokens, i: int, first: int, end: int) -> int:
    """Where a verb joined to the cue begins that the parse hung on the content:
    "fear that A has failed and warn that B"."""
    for k in range(first + 2, end):
        if tokens.word[k] == "," and goes_on(tokens, k + 1):
            return k
        if tokens.dep[k] == "cc" and k + 2 < end:
            verb = k + 1 + (tokens.pos[k + 1] == "ADV")  # "and later said that"
            if (
                tokens.tag[verb] == tokens.tag[i]
                and tokens.dep[verb] == "conj"
                and tokens.lemma[verb] in verbs()
                and has_content(tokens, verb)
                and tokens.tag[tokens.head[verb]] != tokens.tag[verb]
            ):
                return k
    return end + 1


def _extend(tokens: Tokens, cue: Cue, span: Span) -> Span:
    """The content with what follows it in the same clause, which parsers hang on the cue.

    Times, "in a statement", a second verb and what it does while speaking stay out, and
    of a stance to a thing ("backs the plan because ...") all clauses.
    """
    i, stance = cue.token, not set(cue.verb.frames) & set("cxo")
    first, last = span
    for c in tokens.children[i]:
        if tokens.left[c] <= last or c < i:
            continue
        dep = tokens.dep[c]
        if more_counted(tokens, c):
            last = c
            continue
        if dep in ("punct", "cc"):
            if tokens.word[c] in (",", "and", "but", "-") or dep == "cc":
                continue
            break
        if dep in ("conj", "parataxis", "npadvmod", "advmod", "prt", "intj", "dep"):
            break
        if dep == "advcl" and (
            stance or tokens.tag[c] == "VBG" or tokens.lower[tokens.left[c]] in _LATER
        ):
            break
        if dep == "prep" and (manner(tokens, c) or tokens.tag[c] == "VBG"):
            break
        last = tokens.right[c]
    return first, last


def manner(tokens: Tokens, prep: int) -> bool:
    """Whether a preposition opens a time or the form of a statement ("in a tweet")."""
    thing = tokens.child(prep, "pobj")
    return thing is not None and (
        tokens.lemma[thing] in TIMES
        or tokens.lemma[thing] in STATEMENTS
        or tokens.lower[thing] in PLATFORMS
        or tokens.ent[thing] in ("DATE", "TIME")
    )


def _passive(tokens: Tokens, cue: Cue) -> tuple[Span | None, int]:
    """ "was condemned by X", "was accused by X of Y", "it was reported that Y"."""
    i, frames = cue.token, cue.verb.frames
    subject = tokens.child(i, "nsubjpass", "nsubj")
    clause = next(
        (
            c
            for c in tokens.children[i]
            if tokens.dep[c] in ("ccomp", "csubjpass") and c > i and _finite(tokens, c)
        ),
        None,
    )
    if clause is not None and "c" in frames:
        return (tokens.left[clause], tokens.right[clause]), cue.last
    raised = tokens.child(i, "xcomp")
    if cue.source is None and subject is not None and raised is not None and "c" in frames:
        return (tokens.left[subject], max(tokens.right[raised], tokens.right[i])), cue.last
    if cue.source is None or subject is None or tokens.tag[subject] in ("WP", "WDT"):
        return None, cue.last
    if not set(frames) & set("na"):
        return None, cue.last
    if unsaid(tokens, cue.verb.lemma, subject):
        return None, cue.last
    joined = any(tokens.lower[k] in cue.verb.joined for k in range(i + 1, tokens.right[i]))
    end = tokens.right[i] if joined else tokens.right[subject]
    while end > i and tokens.pos[end] in ("PUNCT", "SPACE"):
        end -= 1
    return (tokens.left[subject], end), cue.last


def _finite(tokens: Tokens, clause: int) -> bool:
    return tokens.tag[clause] in FINITE or any(
        tokens.tag[c] in FINITE and tokens.dep[c] in ("aux", "auxpass", "cop", "ccomp")
        for c in tokens.children[clause]
    )


def _wh(tokens: Tokens, clause: int) -> bool:
    return tokens.tag[tokens.left[clause]] in ("WP", "WRB", "WDT") or tokens.lower[
        tokens.left[clause]
    ] in ("whether", "if")
