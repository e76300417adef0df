"""How a speaker stands to what is said: the status of a claim."""

from __future__ import annotations

from compare.extract.cues import Cue
from compare.extract.lexicon import speakers
from compare.extract.tokens import Tokens

_SILENT = frozenset(("whether", "if", "how", "when", "where", "what", "who", "why", "which"))
_ANSWERS = frozenset(
    (
        "comment",
        "say",
        "discuss",
        "give",
        "answer",
        "elaborate",
        "disclose",
        "provide",
        "identify",
        "name",
        "respond",
        "confirm",
        "reveal",
        "specify",
        "speak",
        "mention",
        "detail",
        "address",
        "clarify",
    )
)
_MAYBE = frozenset(("may", "might", "could"))
_HEDGES = frozenset(
    [
        "possibly",
        "perhaps",
        "apparently",
        "seemingly",
        "probably",
        "likely",
        "presumably",
        "potentially",
        "maybe",
    ]
)
_HEARSAY = frozenset(["reportedly", "allegedly", "purportedly", "supposedly"])
_SEEMING = frozenset(("appear", "seem", "fear", "suspect", "believe", "think"))
_CONFIRMED = frozenset(("know", "verify", "confirm", "corroborate", "substantiate", "authenticate"))
"""What is not so in the passive is open: "the toll could not be confirmed"."""
_UNABLE = frozenset(("unable", "decline", "refuse", "fail"))
_SIGNS = frozenset(("evidence", "indication", "indications", "proof", "sign", "signs", "trace"))
_HEARD = frozenset(("report", "reports", "rumour", "rumours", "rumor", "rumors", "media"))
_ATTITUDE = {
    "concern": "condemned",
    "concerns": "condemned",
    "regret": "condemned",
    "outrage": "condemned",
    "alarm": "condemned",
    "anger": "condemned",
    "dismay": "condemned",
    "opposition": "condemned",
    "condemnation": "condemned",
    "support": "supported",
    "solidarity": "supported",
    "gratitude": "supported",
    "confidence": "supported",
    "hope": "hedged",
    "hopes": "hedged",
    "doubt": "denied",
    "doubts": "denied",
}


def cue_status(tokens: Tokens, cue: Cue, first: int) -> str:
    """The status a cue gives to content that begins at token `first`.

    Negation counts where it governs the cue, never where it stands in the
    content: "did not confirm" is unconfirmed, "said no civilian died" asserted.
    """
    status, lemma = cue.verb.status, cue.verb.lemma
    if lemma in ("express", "voice"):
        status = next(
            (
                _ATTITUDE[tokens.lower[k]]
                for k in range(first, min(first + 4, len(tokens)))
                if tokens.lower[k] in _ATTITUDE
            ),
            status,
        )
    if (
        lemma in ("suggest", "indicate", "show", "say")
        and cue.source is not None
        and any(tokens.lower[k] in _HEARD for k in range(cue.source[0], cue.source[1] + 1))
    ):
        return "reported"
    if lemma == "blame" and not any(
        tokens.pos[k] == "PROPN" or tokens.lower[k] in speakers() or _acronym(tokens.word[k])
        for k in range(first, min(first + 6, len(tokens)))
    ):
        return "asserted"
    if lemma in ("decline", "refuse") and any(
        tokens.lemma[k] in _ANSWERS for k in range(first, min(first + 3, len(tokens)))
    ):
        return "no-comment"
    if lemma == "agree" and tokens.tag[first] != "TO" and not cue.negated:
        return "asserted"
    if lemma == "ask" and tokens.text[tokens.start[first] - 1 : tokens.start[first]] in tuple(
        "\"“‘'«"
    ):
        return "asserted"
    if cue.negated or cue.modal in _UNABLE or _of_nothing(tokens, first):
        return _negated(tokens, cue, status, first)
    if lemma == "ask" and tokens.lower[first] in _SILENT:
        return "unconfirmed"
    if cue.passive and cue.source is None and status == "asserted":
        return "reported"
    if status == "asserted":
        return content_status(tokens, first, status)
    return status


def _of_nothing(tokens: Tokens, first: int) -> bool:
    """Whether the content hangs from a noun there is none of: "found no evidence that ..."."""
    noun = first - 1 - (tokens.lower[first - 1] == "that") if first > 2 else 0
    return noun > 0 and tokens.lower[noun] in _SIGNS and tokens.lower[noun - 1] == "no"


def _acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _negated(tokens: Tokens, cue: Cue, status: str, first: int) -> str:
    lemma = cue.verb.lemma
    if lemma in ("confirm", "verify"):
        return "unconfirmed"
    if tokens.lower[first] in _SILENT or lemma in _ANSWERS - {"say", "confirm"}:
        return "no-comment"
    if lemma in (
        "deny",
        "rule out",
        "know",
        "determine",
        "establish",
        "say",
        "tell",
        "acknowledge",
        "admit",
        "concede",
        "certify",
        "attest",
    ):
        return "unconfirmed"
    return {
        "supported": "condemned",
        "condemned": "hedged",
        "demanded": "denied",
        "promised": "denied",
        "hedged": "denied",
        "denied": "hedged",
    }.get(status, "denied")


def content_status(tokens: Tokens, first: int, status: str) -> str:
    """`hedged` or `reported` where the main verb of the content says no more than that."""
    _begin, end = tokens.sentences[tokens.sentence[first]]
    k = first
    for _ in range(12):
        if tokens.head[k] < first or tokens.head[k] >= end or tokens.head[k] == k:
            break
        k = tokens.head[k]
    for c in tokens.children[k]:
        if c < first:
            continue
        if tokens.lower[c] in _HEARSAY:
            return "reported"
        if tokens.lower[c] in _HEDGES or (
            tokens.lower[c] in _MAYBE
            and tokens.tag[c] == "MD"
            and not any(tokens.dep[n] == "neg" for n in tokens.children[k])
        ):
            return "hedged"
    if (
        tokens.lemma[k] in _CONFIRMED
        and tokens.child(k, "neg") is not None
        and tokens.child(k, "auxpass") is not None
    ):
        return "unconfirmed"
    complement = tokens.child(k, "acomp")
    if complement is not None and (
        tokens.lower[complement] in ("unclear", "unknown", "unconfirmed", "uncertain")
        or (
            tokens.lower[complement] in ("clear", "known", "certain")
            and any(tokens.dep[c] == "neg" for c in tokens.children[k])
        )
    ):
        return "unconfirmed"
    if tokens.lemma[k] in _SEEMING and (
        tokens.lemma[k] in ("appear", "seem") or tokens.child(k, "nsubjpass") is not None
    ):
        return "hedged"
    return status
