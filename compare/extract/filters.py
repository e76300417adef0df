"""Which verbs of speech and stance are used to attribute, and which are not."""

from __future__ import annotations

from compare.extract.cues import ACCORDING, Cue
from compare.extract.lexicon import STATEMENTS, verbs
from compare.extract.phrases import can_speak
from compare.extract.tokens import Tokens

_CHECKING = frozenset(("verify", "determine", "establish", "detect", "certify", "record"))
"""Affirmed, these tell what was found, in the publisher's voice; denied, that it is open."""
_ASPECT = frozenset(
    [
        "continue",
        "go",
        "begin",
        "start",
        "seem",
        "appear",
        "proceed",
        "rush",
        "hasten",
        "decline",
        "refuse",
        "fail",
        "want",
        "use",
        "tend",
        "manage",
        "pause",
        "take",
        "step",
        "come",
        "stop",
        "try",
        "help",
    ]
)
_READY = frozenset(("quick", "keen", "careful", "eager", "fond", "first", "ready", "swift"))
"""Who is these "to say" something says it."""
_UNREAL = frozenset(
    ("would", "may", "might", "should", "could", "can", "must", "shall", "ca", "’d")
)
_NEVER_SPEAK = frozenset(
    [
        "this",
        "that",
        "these",
        "those",
        "there",
        "which",
        "what",
        "everything",
        "something",
        "nothing",
        "anything",
        "one",
        "someone",
        "anyone",
        "somebody",
        "anybody",
        "everybody",
        "you",
        "let",
    ]
)


def attributes(tokens: Tokens, cue: Cue, quoted: bool, direct: bool) -> bool:
    """Whether a cue with content attributes it to a source.

    Not so: what would or might be said, conditions and questions, purposes
    ("to support"), the speaker's own "I think" and all thoughts and stances inside
    a quotation, and stances of what cannot speak ("the storm supports").
    """
    frames, i = cue.verb.frames, cue.token
    if direct or cue.verb is ACCORDING:
        return True
    if cue.source is None:
        return cue.passive and tokens.dep[i] not in ("acl", "advcl")
    subject = tokens.lower[cue.source[1]]
    first = cue.source[0]
    if tokens.lower[first] in ("no", "nobody", "none", "no-one"):
        return False
    if tokens.lower[first : first + 2] in (["not", "a"], ["not", "one"]):
        return False  # "not a single witness reported"
    if cue.verb.lemma in _CHECKING and not cue.negated and not cue.modal:
        return False
    speech = "q" in frames or ("c" in frames and "m" not in frames)
    clause = tokens.child(i, "ccomp") is not None and speech
    if quoted and (
        subject in ("i", "we", "you", "one", "us")
        or "m" in frames
        or not (clause or ("q" in frames and tokens.pos[cue.source[1]] != "PRON"))
    ):
        return False
    if cue.source[0] == cue.source[1] and (
        subject in _NEVER_SPEAK or (subject == "it" and not speech)
    ):
        return False
    if "v" not in frames and not clause and not can_speak(tokens, cue.source):
        return False
    if cue.modal in _UNREAL and not (cue.negated or cue.verb.status == "no-comment"):
        return False
    if _conditional(tokens, i):
        return False
    if cue.verb.lemma == "ask" and any(
        tokens.lower[k] in ("named", "identified", "quoted") for k in range(i, tokens.right[i] + 1)
    ):
        return False
    if tokens.tag[i] == "VB" and not _spoken_infinitive(tokens, i, cue):
        return False
    return not (tokens.tag[i] == "VBG" and not _spoken_participle(tokens, i, speech))


def _conditional(tokens: Tokens, i: int) -> bool:
    return tokens.dep[i] == "advcl" and any(
        tokens.lower[c] in ("if", "unless", "whether") and tokens.dep[c] == "mark"
        for c in tokens.children[i]
    )


def _spoken_infinitive(tokens: Tokens, i: int, cue: Cue) -> bool:
    if not any(tokens.tag[c] == "TO" for c in tokens.children[i]):
        return True
    governor = tokens.head[i]
    if tokens.lemma[governor] in ("able", "unable"):
        return cue.negated or tokens.lemma[governor] == "unable"
    if tokens.lemma[governor] in ("decline", "refuse") and not any(
        tokens.dep[c] == "neg" for c in tokens.children[governor]
    ):
        return False
    return (
        tokens.dep[i] in ("xcomp", "conj", "advcl", "acl", "relcl")
        and tokens.lemma[governor] in _ASPECT | _READY
    )


def _spoken_participle(tokens: Tokens, i: int, speech: bool) -> bool:
    """ "adding that" and "is saying" speak; "supporting" as a noun or purpose does not."""
    if any(tokens.dep[c] == "aux" for c in tokens.children[i]):
        return True
    dep, governor = tokens.dep[i], tokens.head[i]
    if dep == "acl":
        return tokens.lemma[governor] in STATEMENTS or speech
    if dep == "pcomp":
        return speech
    stance = dep == "advcl" and "q" in getattr(verbs().get(tokens.lemma[governor]), "frames", "")
    return stance or (
        dep in ("advcl", "conj", "ccomp", "xcomp", "dep", "ROOT", "parataxis") and speech
    )
