"""What a noun phrase names: a party, a class of people, or one comparable label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon, longest
from compare.parse.assertions_powers import ARMS, GENERAL, coordinated, power, undotted
from compare.parse.assertions_roles import SUBJECTS, children, conjuncts, first_child, pobj
from compare.parse.figures_lexicon import nouns
from compare.states import ENEMY

if TYPE_CHECKING:
    from spacy.tokens import Token

_MADE = {"supplied", "made", "built", "donated", "provided", "manufactured", "designed",
         "produced"}  # fmt: skip
_NAMES = {"compound", "amod", "poss", "nmod", "det", "nummod", "quantmod", "advmod", "punct",
          "case"}  # fmt: skip
_TELL = {"say", "claim", "report", "announce", "confirm", "deny", "insist", "add", "declare",
         "admit", "acknowledge", "concede", "state", "boast", "reject", "dismiss"}  # fmt: skip
_IMPERSONAL = {"rain", "snow", "seem", "appear", "become", "be"}  # "it" may be nobody
_TOLD = {"claim", "statement", "announcement", "report", "assertion", "denial", "boast",
         "allegation", "accusation", "charge", "rumour", "rumor", "suggestion"}  # fmt: skip
_GROUPS = {"group", "movement", "organisation", "organization", "militia", "faction"}
_OUR_MEN = {"man", "side", "brother", "comrade", "colleague", "unit", "member", "leader",
            "operation", "commander", "hand", "team", "country", "people", "nation", "party",
            "personnel", "control", "territory", "rule"}  # fmt: skip
_OF_PEOPLE = {"casualty", "life", "target", "member", "leader", "population", "loss", "toll", "man",
              "force", "personnel", "crew", "commander", "chief", "unit", "people"}  # fmt: skip
_FIRST = {"we", "our", "ours", "i", "my"}
_ABOUT = {"call", "demand", "end", "reduction", "release", "request", "plea", "claim", "halt",
          "use"}  # fmt: skip
_NAMED = {"city", "town", "village", "district", "province", "port", "state", "region", "centre"}
_SAME = {"inquiry": "investigation", "probe": "investigation", "truce": "ceasefire",
         "cease": "ceasefire", "deal": "agreement", "accord": "agreement", "pact": "agreement",
         "talk": "talks", "negotiation": "talks", "electricity": "power", "power supply": "power",
         "electricity supply": "power", "water supply": "water",
         "cluster bomb": "cluster munition"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Speaker:
    """The party of the one who speaks, for `we` and `the enemy`.

    `private` is an unnamed somebody, who speaks for himself whatever people he is of.
    """

    party: str | None
    private: bool = False


def phrase(noun: Token) -> list[Token]:
    """A noun with the words that name it, without what follows a preposition."""
    tokens = [noun]
    for child in noun.children:
        if child.dep_ in _NAMES and child.i < noun.i:
            inside = list(child.subtree)
            # Who made or gave a rocket did not fire it.
            tokens += [] if any(t.lower_ in _MADE for t in inside) else inside
    return sorted(tokens, key=lambda t: t.i)


def words(tokens: list[Token]) -> list[str]:
    """Lower-case words, `U.S.` without dots; the pronoun `us` is kept apart from the country."""
    return ["we" if t.lower_ == "us" and t.text == "us" else undotted(t.lower_).replace("’", "'")
            for t in tokens]  # fmt: skip


_SAYS = frozenset(("allege", "say", "claim", "believe", "suspect", "think", "confirm", "insist"))


def party(noun: Token | None, speaker: Speaker, lexicon: Lexicon) -> str | None:
    """The party a noun phrase names: by its words, by `we`, or by `the enemy`."""
    if noun is None or reciprocal(noun):
        return None
    if noun.lower_ in ("they", "it"):
        blamed = any(c.lower_ == "behind" for c in noun.head.children)  # "it was behind the blast"
        nobody = noun.lower_ == "it" and noun.head.lemma_ in _IMPERSONAL and not blamed
        sayer = None if nobody else _sayer(noun.head)
        known = sayer is not None and sayer.pos_ != "PRON"
        return _own(party(sayer, speaker, lexicon), speaker) if known else None
    told = phrase(noun)
    # "Police allege Eric Kirkpatrick opened fire" may be parsed as one name.
    says = next((n for n, t in enumerate(told) if t.lower_ in _SAYS and t != noun), -1)
    told = told[says + 1 :]
    if own := power(noun, told, lexicon):
        return own[0]
    if owner := _owner(noun, lexicon):
        return _own(party(owner, speaker, lexicon), speaker)
    named = words(told)
    found = longest(named, lexicon.parties)
    first = _FIRST & set(named)
    if found and found[0] in GENERAL and _of_sayer(noun):
        return speaker.party  # where the union's side is not known, that of "its troops" is not
    if found is None and not first and _own_group(noun, named, speaker, lexicon):
        return speaker.party
    if found is None and not first:
        for behind in ({"of", "from", "by"}, {"in"} if noun.lemma_ == "hand" else set()):
            inner = pobj(noun, behind) if behind else None
            if inner is not None:
                return _held_by(inner, speaker, lexicon)
        return None
    if first:
        return speaker.party if found or _ours(noun, lexicon) else None
    if found is None:
        return speaker.party
    inner = pobj(noun, {"of"}) if found[0] in GENERAL else None
    if inner is not None and (state := power(inner, phrase(inner), lexicon)):
        return state[0]  # "the air forces of Russia"
    whose = longest(words(phrase(inner)), lexicon.parties) if inner is not None else None
    if whose and whose[0] not in GENERAL and whose[0] != "enemy":
        return whose[0]  # "warplanes of the coalition"
    if found[0] == "enemy":
        side = lexicon.side_of.get(speaker.party or "")
        return ENEMY.get(side or "")
    return found[0]


def _ours(noun: Token, lexicon: Lexicon) -> bool:
    """Whether "our ..." is who speaks: us, our men or our strike, but not our village."""
    lemma = noun.lemma_.lower()
    deed = lemma in lexicon.nouns or lemma in ARMS
    return noun.pos_ == "PRON" or deed or lemma in _GROUPS or lemma in _OUR_MEN


def _own(named: str | None, speaker: Speaker) -> str | None:
    """Whose "the army" or "the group" is that says what it did: the speaker's, where known."""
    return speaker.party or named if named is None or named in GENERAL else named


def _own_group(noun: Token, named: list[str], speaker: Speaker, lexicon: Lexicon) -> bool:
    """Whether a spokesman's "the group" is his own: "the group was not behind the attack"."""
    armed = lexicon.side_of.get(speaker.party or "") == "insurgent"
    return armed and noun.lemma_ in _GROUPS and named[:-1] in (["the"], ["this"])


def reciprocal(noun: Token | None) -> bool:
    """ "Accused each other", "each accused the other side": those who are told to do so."""
    if noun is None:
        return False
    said = [t.lower_ for t in noun.doc[max(noun.i - 2, 0) : noun.i + 2]]
    after = said.pop() if noun.i + 1 < len(noun.doc) else ""
    told = said[-2:] in (["each", "other"], ["one", "another"], ["the", "other"])
    one = noun.lower_ == "one" and after == "another"
    return told or one or said in (["the", "other", "side"], ["the", "other", "party"])


def parties(noun: Token | None, speaker: Speaker, lexicon: Lexicon) -> list[str]:
    """Every party of a phrase, the first first: "Russia and Syria", "Syrian or Russian jets".

    Those who accuse each other are each accused.
    """
    if noun is not None and reciprocal(noun):
        both = first_child(noun.head, SUBJECTS)
        told = both is not None and not reciprocal(both)  # "the other attacked the base"
        found = parties(both, speaker, lexicon) if told else []
        return found if len(found) > 1 else []
    named = [party(noun, speaker, lexicon)]
    if noun is not None:
        inner = pobj(noun, {"of"})
        beside = [*conjuncts(noun), *(conjuncts(inner) if inner is not None else ())]
        beside = [other for other in beside if not ruled_out(phrase(other))]
        named += [party(other, speaker, lexicon) for other in beside]
        named += coordinated(noun, phrase(noun))
        # "The Taliban and Islamic State": the first may hang on the second as what describes it.
        named += [party(c, speaker, lexicon) for c in children(noun, {"nmod", "compound"})
                  if c.pos_ == "PROPN" and conjuncts(c)]  # fmt: skip
    return list(dict.fromkeys(one for one in named if one))


def ruled_out(told: list[Token]) -> bool:
    """ "Insurgents, not civilians", "bandits and not Boko Haram": the latter did or were not."""
    first = told[0].i
    return first > 0 and told[0].doc[first - 1].lower_ == "not"


def contrasted(noun: Token | None) -> list[Token]:
    """What a phrase is told apart from: the market of "a gathering of fighters, not a market"."""
    if noun is None:
        return []
    inner = pobj(noun, {"of"})
    beside = [c for one in (noun, inner) if one for c in children(one, {"conj", "appos"})]
    return [other for other in beside if ruled_out(phrase(other))]


def _held_by(noun: Token, speaker: Speaker, lexicon: Lexicon) -> str | None:
    """The party that another noun hangs from: villagers of a state are not the state."""
    if noun.head.lower_ != "by" and power(noun, phrase(noun), lexicon):
        return None
    return party(noun, speaker, lexicon)


def _owner(noun: Token, lexicon: Lexicon) -> Token | None:
    """Who says so, of whose forces or arms it tells: "the army said its jets hit the base"."""
    whose = next((c for c in children(noun, {"poss"}) if c.lower_ in ("its", "their")), None)
    if whose is None or noun.dep_ not in (*SUBJECTS, "nsubjpass", "pobj"):
        return None
    found = longest(words(phrase(noun)), lexicon.parties)
    own = noun.lemma_.lower() in ARMS if found is None else found[0] in GENERAL
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    # "Two of its fighters", "any of its rockets": the first word is what acts.
    sayer = _sayer(above if above.pos_ in ("VERB", "AUX") else above.head) if own else None
    if sayer is None or sayer.pos_ == "PRON":
        return None
    told = sayer.lemma_ in _GROUPS or party(sayer, Speaker(None), lexicon)
    return sayer if told else None


def _of_sayer(noun: Token) -> bool:
    """Whether it is told as the own of who speaks: "the union said its troops withdrew"."""
    own = any(c.lower_ in ("its", "their") for c in children(noun, {"poss"}))
    return own and _sayer(noun.head) is not None


def _sayer(verb: Token) -> Token | None:
    """Who tells what a verb says: "the army said it held", "the claim that they hold"."""
    while verb.dep_ == "conj":
        verb = verb.head
    above = verb.head.head if verb.dep_ == "amod" else verb.head
    if verb.dep_ in ("ccomp", "amod") and above.lemma_ in _TELL:
        return first_child(above, SUBJECTS)
    if verb.dep_ not in ("acl", "ccomp") or above.lemma_ not in _TOLD:
        return None
    # "The Taliban claim that they hold it"; "the guards rejected the claim that they did it".
    answers = above.dep_ == "dobj" and above.head.lemma_ in _TELL and len(phrase(above)) < 3
    return first_child(above.head, SUBJECTS) if answers else above


def victim(noun: Token | None, lexicon: Lexicon) -> str | None:
    """The class of people a noun phrase names, as `civilians`."""
    if noun is None:
        return None
    told = [t for t in phrase(noun) if t.dep_ != "poss" and not _small(t)]
    found = longest(words(told), lexicon.victims)
    if found is None and noun.lemma_ in ("number", "dozen", "score", "hundred", "ten", "rest",
                                         "all", "none", "most", "many", "some", "one"):  # fmt: skip
        return victim(pobj(noun, {"of"}), lexicon)
    if found is not None and found[2] < len(told) and not _person_or_harm(noun, lexicon):
        return None  # "a civilian settlement", "the police station"
    return found[0] if found else None


def _person_or_harm(noun: Token, lexicon: Lexicon) -> bool:
    listed = nouns().get(noun.lower_)
    person = listed is not None and listed.kind in ("person", "family")
    named = noun.pos_ == "PROPN" or noun.ent_type_ == "PERSON"
    return person or named or noun.lemma_.lower() in lexicon.harm_nouns | _OF_PEOPLE


def _small(token: Token) -> bool:
    """ "Minor injuries" are no minors', nor "patient efforts" a patient's."""
    return token.dep_ == "amod" and token.lower_ in ("minor", "patient")


def name(
    noun: Token | None, speaker: Speaker, lexicon: Lexicon, *, whose: bool = False
) -> str | None:
    """A noun phrase as one comparable label: a party, or its head and compounds.

    With `whose`, the party that a thing belongs to stands for the thing: "the Taliban
    offensive" is the Taliban; without, only a phrase that is itself a party is one.
    """
    nobody = noun is not None and (noun.lower_ in ("one", "no") or noun.pos_ == "PRON")
    if noun is None or (nobody and noun.lower_ not in _FIRST) or reciprocal(noun):
        return None
    if noun.lower_ in ("that", "which") or noun.lemma_.lower() == "target":
        # "Evidence that they attacked" may be parsed so; "hit targets in the city" names none.
        return "civilian" if any(c.lower_ == "civilian" for c in noun.children) else None
    if noun.pos_ == "NUM":
        # "80 were wounded": of whom, their number does not say.
        return name(pobj(noun, {"of"}), speaker, lexicon, whose=whose)
    inner = pobj(noun, {"of"}) if noun.lemma_ in _NAMED else None
    if inner is not None and inner.pos_ == "PROPN":  # "the city of Ganja"
        return name(inner, speaker, lexicon, whose=whose)
    if noun.lemma_ in _ABOUT:
        inner = pobj(noun, {"for", "of", "to", "that"})
        if inner is not None:
            return name(inner, speaker, lexicon, whose=whose)
    told = phrase(noun)
    own = power(noun, told, lexicon)
    named = own[0] if own else party(noun, speaker, lexicon)
    found = longest(words(told), lexicon.parties)
    alone = own[1] if own else found is None or found[2] == len(told)
    if named and (whose or alone):
        return named
    if noun.lemma_.lower() == "fire" and any(c.lower_ == "cease" for c in noun.children):
        return "ceasefire"
    if noun.lemma_.lower() in _SAME:  # "peace talks" are talks
        return _SAME[noun.lemma_.lower()]
    parts = [t.lemma_.lower() for t in noun.children if t.dep_ == "compound" and t.i < noun.i]
    label = " ".join([*parts, noun.lemma_.lower()])
    return _SAME.get(label, label).replace(" - ", "-")
