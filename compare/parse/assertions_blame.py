"""Whom a deed is put down to: blamed for it, responsible for it, behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_parties import Speaker, name, party
from compare.parse.assertions_polarity import denied, negated
from compare.parse.assertions_roles import Fact, antecedent, children, first_child, pobj, roles

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWNS = {"claim", "accept", "admit", "take", "acknowledge", "assume", "bear", "have"}
_DISOWNS = {"deny", "disclaim", "reject", "disavow"}
_HOLDS = {"have", "bear", "play"}
_PART = {"responsibility", "involvement", "role", "part", "hand", "blame"}
_DEED_BEFORE = {"it", "this", "that"}
_OUTCOMES = {"killing", "destruction", "displacement"}
_BACK = 40
_DONE = {"the", "this", "that", "these", "those"}
_BEHIND = {"order", "mastermind", "orchestrate", "organise", "organize", "plan", "direct"}
_CALLING = {"call", "brand", "label", "deem", "consider"}
_CRIMES = {"provocation", "crime", "atrocity", "massacre", "act", "terrorism"}
_LEANING = {"lie", "rest", "belong"}


def put_down_to(deed: Token, lexicon: Lexicon) -> tuple[Token | None, bool]:
    """Who is said to have done the deed that a noun names, and whether that is denied.

    "Blamed the rebels for the attack", "blamed the attack on the rebels", "the rebels are
    responsible for, or behind, the attack", "claimed, or denied, responsibility for it". Who
    has not claimed it is not said to have denied it.
    """
    head = deed.head
    if head.lemma_ == "blame" and deed.dep_ in ("dobj", "nsubjpass"):
        return pobj(deed, {"on"}) or pobj(head, {"on"}), _denied(head, lexicon)
    if head.lemma_ in _CALLING and deed.dep_ == "dobj":
        return first_child(head, {"oprd", "attr"}), negated(head, lexicon)  # "a Russian war crime"
    if ordered(deed):
        return _first(head, "nsubj"), _denied(head, lexicon)
    if head.lemma_ in ("attribute", "ascribe") and deed.dep_ in ("dobj", "nsubjpass"):
        return pobj(head, {"to"}) or pobj(deed, {"to"}), _denied(head, lexicon)
    if deed.dep_ == "nsubj" and head.lemma_ == "be":
        work = _first(head, "attr")
        if work is not None and work.lower_ == "accident":
            return work, _denied(head, lexicon)
        return (pobj(work, {"of"}) if work and work.lower_ == "work" else None), _denied(
            head, lexicon
        )
    if deed.dep_ == "nsubj" and head.lemma_ == "have":
        return _unconnected(head), True
    if deed.dep_ != "pobj":
        return None, False
    link, above = head.lower_, head.head
    if link == "for" and above.lemma_ == "blame" and above.pos_ == "VERB":
        return _first(above, "dobj", "nsubjpass"), _denied(above, lexicon)
    if link == "of" and above.lemma_ in ("accuse", "suspect") and above.pos_ == "VERB":
        return _first(above, "dobj", "nsubjpass"), _denied(above, lexicon)
    if link == "behind" and above.lemma_ == "be":
        return _first(above, "nsubj"), _denied(above, lexicon)
    if link == "for" and above.lower_ == "responsible":
        return _responsible(above, lexicon)
    if link == "with" and above.lemma_ == "do" and above.head.lower_ == "nothing":
        return _first(above.head.head, "nsubj"), True
    if link == "in" and above.lemma_ == "participate":
        return _first(above, "nsubj"), _denied(above, lexicon)
    if link == "in" and above.lemma_ == "involve":
        who = _first(above, "nsubjpass")
        return (who, True) if _denied(above, lexicon) else (None, False)
    if link in ("for", "in"):
        part = above if above.lemma_ in _PART else first_child(above, {"dobj"})
        if part is not None and part.lemma_ in _PART:
            return _of_part(part, lexicon)
    return None, False


def deeds(
    predicate: str, agents: list[str], told: str | None, innocent: list[str]
) -> Iterator[Fact]:
    """A deed with each of its doers, on whom it was; with none, also who is said to be innocent."""
    if not agents:
        yield Fact("occurrence", predicate, None, told)
    for doer in agents:
        yield Fact("occurrence", predicate, doer, told)
        yield Fact("responsibility", predicate, doer, told)
    for cleared in () if agents else innocent:
        yield Fact("responsibility", predicate, cleared, told, True)


def ordered(deed: Token) -> bool:
    """Whether somebody is told to be behind a deed that was done: "Kyiv ordered the attack"."""
    known = any(c.lower_ in _DONE for c in children(deed, {"det"}))
    return known and deed.dep_ == "dobj" and deed.head.lemma_ in _BEHIND


def _unconnected(verb: Token) -> Token | None:
    """Whom a deed is said to have nothing to do with."""
    nothing = first_child(verb, {"dobj"})
    done = first_child(nothing, {"relcl", "acl"}) if nothing is not None else None
    known = nothing is not None and nothing.lower_ == "nothing" and done is not None
    return pobj(done, {"with"}) if known and done and done.lemma_ == "do" else None


def of_pronoun(token: Token, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """Who is behind a deed named before: "the rebels were behind it"."""
    if token.lower_ not in _DEED_BEFORE or token.dep_ != "pobj":
        return
    yield from _of_deed_before(token, *put_down_to(token, lexicon), speaker, lexicon)


def answerable(token: Token, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """Who is responsible, to blame or denies a part, where the deed is told elsewhere."""
    if token.lemma_ == "death":  # of itself no deed, but one that somebody is blamed for
        who, cleared = put_down_to(token, lexicon)
        of = token.dep_ == "pobj" and token.head.lower_ == "of"  # "most of the deaths"
        some = token.head.head if of else token
        if some.dep_ == "nsubjpass" and some.head.lemma_ == "cause":
            by = party(pobj(some.head, {"by"}), speaker, lexicon)
            if by is not None and not negated(some.head, lexicon):
                yield from deeds("killing", [by], name(pobj(token, {"of"}), speaker, lexicon), [])
                return
        if named := party(who, speaker, lexicon):
            told = name(pobj(token, {"of"}), speaker, lexicon)
            yield Fact("responsibility", "killing", named, told, cleared or None)
        return
    who, cleared = _of_deed_unsaid(token, lexicon)
    if who is not None:
        yield from _of_deed_before(token, who, cleared, speaker, lexicon)


def _of_deed_unsaid(token: Token, lexicon: Lexicon) -> tuple[Token | None, bool]:
    verb = token.head
    if token.lemma_ in lexicon.denial["objects"] and token.dep_ == "dobj":
        rejected = verb.lemma_ in lexicon.denial["verbs"]  # "dismissed the accusations against it"
        return (pobj(token, {"against"}), True) if rejected else (None, False)
    if pobj(token, {"for", "in"}) is not None or pobj(verb, {"for", "in", "on"}) is not None:
        return None, False
    if token.lower_ == "involved" and token.dep_ not in ("amod", "acl"):
        cleared = _denied(token, lexicon)  # "they were not involved"
        return (_first(token, "nsubjpass", "nsubj"), True) if cleared else (None, False)
    if token.lower_ == "responsible" and verb.lemma_ == "be":
        return _responsible(token, lexicon)
    if token.dep_ == "dobj":
        if token.lemma_ in _PART:
            return _of_part(token, lexicon)
        if verb.lemma_ == "blame":
            return token, negated(verb, lexicon)
    crime = token.lemma_ in _CRIMES and any(c.lower_ in _DONE for c in children(token, {"det"}))
    done = token.dep_ == "dobj" and (token.lower_ in _DEED_BEFORE or crime) and _does(verb)
    blamed = token.dep_ == "xcomp" and token.lower_ == "blame" and verb.lemma_ == "be"
    return (_first(verb, "nsubj"), negated(verb, lexicon)) if done or blamed else (None, False)


def _does(verb: Token) -> bool:
    """ "Carried it out", "committed this", "did it"."""
    out = any(c.lower_ == "out" for c in children(verb, {"prt"}))
    return verb.lemma_ in ("do", "commit", "perpetrate") or (verb.lemma_ == "carry" and out)


def _of_deed_before(
    token: Token, blamed: Token | None, cleared: bool, speaker: Speaker, lexicon: Lexicon
) -> Iterator[Fact]:
    """The deed is the last one told within `_BACK` words, or where there is none, the next one.

    One that is told once, as a blast is, goes before killing, which may have been its outcome.
    """
    who = party(blamed, speaker, lexicon)
    if who is None:
        return
    before = token.doc[max(token.i - _BACK, 0) : token.i]
    around = [*reversed(list(before)), *token.doc[token.i + 1 : token.i + _BACK]]
    told = [deed for near in around if (deed := _deed_told(near, lexicon))]
    deed = next((deed for deed in told if deed not in _OUTCOMES), told[0] if told else None)
    if deed is None and token.lemma_ in _CRIMES:
        deed = "attack"  # "this provocation"
    if deed:
        yield Fact("responsibility", deed, who, None, cleared or None)


def _deed_told(token: Token, lexicon: Lexicon) -> str | None:
    """The deed that a word tells by itself, as a noun or a verb."""
    lemma = token.lemma_.lower()
    if token.pos_ == "NOUN":
        senses = [lexicon.nouns[lemma]] if lemma in lexicon.nouns else []
    else:
        near = {t.lower_ for t in token.doc[token.i + 1 : token.i + 4]}  # "shot it down"
        senses = [s for s in lexicon.verbs.get(lemma, ()) if not s.needs or s.needs in near]
        senses = senses if token.pos_ == "VERB" else []
    return next((s.predicate for s in senses if s.aspect == "occurrence"), None)


def _denied(verb: Token, lexicon: Lexicon) -> bool:
    """Whether what a verb says is denied, by itself or by who speaks: "denied they were behind"."""
    return denied(verb, 0, lexicon)


def _first(verb: Token, *roles: str) -> Token | None:
    """Who plays the first of these roles that somebody plays."""
    found = next((held for role in roles if (held := children(verb, {role}))), [])
    return antecedent(found[0]) if found else None


def _doer(verb: Token) -> Token | None:
    """Who does what a verb tells, inherited too: "accused the army of taking part in it"."""
    return _first(verb, "nsubj") or roles(verb)[0]


def _responsible(word: Token, lexicon: Lexicon) -> tuple[Token | None, bool]:
    """ "The rebels are responsible", "held the rebels responsible", "those responsible"."""
    verb = word.head
    who = _first(word, "nsubj") or _first(verb, "dobj", "nsubjpass", "nsubj")
    return who, _denied(verb, lexicon)


def _of_part(part: Token, lexicon: Lexicon) -> tuple[Token | None, bool]:
    verb = part.head
    for word in children(part, {"compound", "amod"}):
        # "Said the rebels bore responsibility": parsed as if responsibility was said.
        if word.lemma_ in _OWNS and first_child(word, {"nsubj"}) is not None:
            verb = word
    if verb.lemma_ in _LEANING and part.dep_ == "nsubj":
        return pobj(verb, {"with", "on", "to"}), negated(verb, lexicon)
    if part.dep_ != "dobj":
        return None, False
    if verb.lemma_ == "take" and part.lemma_ == "part":
        return _doer(verb), _denied(verb, lexicon)
    if verb.lemma_ in _HOLDS and (negated(verb, lexicon) or part.lemma_ != "responsibility"):
        return _first(verb, "nsubj"), negated(verb, lexicon)  # "had no hand in it"
    if negated(verb, lexicon):
        return None, False
    if verb.lemma_ in _DISOWNS:
        return _first(verb, "nsubj"), True
    if verb.lemma_ in _OWNS and part.lemma_ == "responsibility":
        return _first(verb, "nsubj"), False
    return None, False
