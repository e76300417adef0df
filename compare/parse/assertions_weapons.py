"""Attacks with chemicals and from the air, and the use of arms as a deed of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_blame import deeds, put_down_to
from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_modality import irrealis, possible
from compare.parse.assertions_parties import Speaker, name, parties, party, phrase
from compare.parse.assertions_roles import Fact, children, first_child, pobj
from compare.parse.assertions_things import not_time

if TYPE_CHECKING:
    from spacy.tokens import Token

CHEMICAL = "chemical-attack"
_ON = {"on", "against", "upon", "at", "over"}
_SHOT = {"ammunition", "bullet", "round"}
_DEEDS = {"attack", "strike", "shelling", "blast"}
_STANDING = {"is", "are"}
_AIRCRAFT = {"warplane", "jet", "plane", "aeroplane", "airplane", "aircraft", "helicopter",
             "chopper", "gunship", "drone"}  # fmt: skip


def chemicals(noun: Token | None, lexicon: Lexicon) -> bool:
    """Whether a noun names chemicals as arms: "sarin", "nerve agents", "barrels of chlorine".

    What police clear a street with, tear gas, is none.
    """
    if noun is None:
        return False
    lemma, told = noun.lemma_.lower(), {t.lower_ for t in phrase(noun) if t != noun}
    if "tear" in told:
        return False
    made = lemma in lexicon.arms["made"] and not told.isdisjoint(lexicon.arms["kinds"])
    return lemma in lexicon.arms["alone"] or made or chemicals(pobj(noun, {"of"}), lexicon)


def from_the_air(agent: Token | None, predicate: str) -> bool:
    """Whether an attack is a strike: "warplanes attacked the camp", "the air force attacked it"."""
    if agent is None or predicate != "attack":
        return False
    lemma = agent.lemma_.lower()
    flying = lemma == "force" and any(t.lower_ == "air" for t in phrase(agent))
    return flying or lemma in _AIRCRAFT


def with_chemicals(deed: Token, predicate: str, lexicon: Lexicon) -> bool:
    """Whether an attack is told as one with chemicals: "a gas attack", "bombed it with sarin"."""
    if predicate not in _DEEDS:
        return False
    kinds, made = lexicon.arms["kinds"], lexicon.arms["made"]
    told = [t for t in phrase(deed) if t != deed and t.dep_ in ("amod", "compound", "nmod")]
    nouns = {t.lemma_.lower() for t in told if t.dep_ == "compound"}
    named = not kinds.isdisjoint(t.lower_ for t in told) and nouns <= kinds | made
    tear = any(t.lower_ == "tear" for t in told)
    return (named and not tear) or chemicals(pobj(deed, {"with"}), lexicon)


def used_on(
    verb: Token, lemma: str, arm: Token | None, lexicon: Lexicon
) -> tuple[bool, Token | None]:
    """Whether a verb tells that chemicals were used in war, and on whom, where it says so.

    "Chlorine is used to clean water" is told of no war.
    """
    verbs = lexicon.arms["verbs"] | lexicon.arms["aimed"]
    if arm is None or lemma not in verbs or not chemicals(arm, lexicon):
        return False, None
    target = not_time(pobj(verb, _ON) or pobj(arm, _ON))
    if target is not None:
        return True, target
    helped = {c.lower_ for c in children(verb, {"auxpass", "aux"})}
    standing = not helped.isdisjoint(_STANDING) and "being" not in helped
    meant = [c.lemma_.lower() for c in children(verb, {"xcomp", "advcl"}) if c.tag_ == "VB"]
    peaceful = any(m not in lexicon.verbs and m not in lexicon.harm_verbs for m in meant)
    return not (lemma in lexicon.arms["aimed"] or standing or peaceful), None


def use_of(noun: Token, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """The deed that `use` names: "the army's use of chemical weapons against the rebels"."""
    arm = pobj(noun, {"of"})
    chemical, shot = chemicals(arm, lexicon), arm is not None and arm.lemma_.lower() in _SHOT
    if arm is None or not (chemical or shot or arm.lemma_.lower() in lexicon.arms["others"]):
        return
    if irrealis(noun, lexicon) or (noun.head.pos_ == "VERB" and possible(noun.head)):
        return
    target = not_time(pobj(noun, _ON) or pobj(arm, _ON))
    predicate, patient = (CHEMICAL, target) if chemical else ("use", arm)
    if shot:
        # As of a shooting told by a verb, only a party tells one from another.
        predicate, patient = "shooting", target if party(target, speaker, lexicon) else None
    told = name(patient, speaker, lexicon)
    blamed, cleared = put_down_to(noun, lexicon)
    doing = parties(first_child(noun, {"poss"}), speaker, lexicon)
    doing = doing or parties(pobj(noun, {"by"}) or pobj(arm, {"by"}), speaker, lexicon)
    accused = parties(blamed, speaker, lexicon)
    doing = doing or ([] if cleared else accused)
    yield from deeds(predicate, doing, told, accused if cleared else [])
