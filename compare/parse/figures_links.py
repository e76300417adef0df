"""What happened to each counted phrase of a sentence, and how it was told.

First what is said of the phrase itself (`figures_reach`): a verb right before it
("killed 12"), its own noun ("14 deaths"), a trigger inside it ("12 wounded soldiers"),
the next trigger after it that has no object of its own ("12 were killed"), a toll before
it. Then what it shares: the total it is part of, the phrase it is joined to by `and`,
the dependency parse, and last what the phrase before it counted ("71 in Nawa, 20 in
Nahr-e-Saraj").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import load
from compare.parse.assertions_modality import irrealis, possible
from compare.parse.figures_implicit import ALL
from compare.parse.figures_lexicon import Noun
from compare.parse.figures_phrases import Counted
from compare.parse.figures_reach import JOIN, Reach, Surroundings, aspects_of
from compare.parse.figures_scope import (
    BODIES,
    is_part,
    listed_among,
    of_somebody,
    scope_of,
    selected,
)
from compare.parse.figures_triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANY = frozenset(("verb", "self", "state", "toll", "noun", "force"))
_HELD = frozenset(("captured", "detained", "missing"))
_HANDLED = frozenset(("recover", "defuse", "discover", "seize", "dismantle", "disarm", "confiscate",
                      "neutralise", "neutralize"))  # fmt: skip
_FREE = frozenset(("free", "release", "rescue", "liberate", "escape", "return", "find", "swap"))
_GROWTH = frozenset(
    ["rose", "risen", "rise", "grew", "grown", "increase", "increased", "up", "fell", "down"]
)  # fmt: skip
_TOTAL = frozenset(("total", "toll", "tally"))


@dataclass(frozen=True, slots=True)
class Link:
    """The aspects of one counted phrase, the trigger they come from, and its scope."""

    aspects: tuple[str, ...]
    trigger: Trigger | None
    scope: str
    inherited: int | None = None
    """Index of the phrase whose noun this one goes on counting."""
    noun: Noun | None = None
    """A noun found away from the number: the number of displaced *families*."""
    population: str = ""


def link_figures(sentence: Surroundings) -> list[Link | None]:
    """One link a counted phrase of `sentence`, None where nothing is said to have happened."""
    links: list[Link | None] = []
    for k, counted in enumerate(sentence.counted):
        links.append(None if counted.context else _link(sentence, k, counted, links))
    return _summed(sentence, [link and _happened(sentence, link) for link in links])


def _happened(s: Surroundings, link: Link) -> Link | None:
    """The link, unless its verb only says what was meant, might happen or is to come."""
    if link.trigger is None:
        return link
    thing = s.tokens[link.trigger.past - 1]
    handled = thing.dep_ in ("dobj", "nsubjpass") and thing.head.lemma_.lower() in _HANDLED
    if handled and thing.lemma_.lower() not in BODIES:
        return None  # "recovered two pipe bombs"
    word = s.tokens[link.trigger.first]
    if word.pos_ not in ("VERB", "NOUN"):
        word = s.tokens[link.trigger.past - 1]  # "successful attacks"
    verb = word.head if word.pos_ == "NOUN" and word.dep_ in ("nsubj", "nsubjpass") else word
    meant = word.pos_ in ("VERB", "NOUN") and (
        irrealis(word, load()) or (verb.pos_ in ("VERB", "AUX") and possible(verb))
    )
    return None if meant else link


def _summed(s: Surroundings, links: list[Link | None]) -> list[Link | None]:
    """Links where a woman and two men who were shot have a share each in the three that were."""
    found = list(links)
    for chain in _chains(s, links):
        for k in chain:
            link = links[k]
            who = s.counted[k].population
            # An officer and two soldiers are three of the army's dead.
            several = [s.counted[n].population for n in chain].count(who) > 1
            if link is not None and (several or who in ("", "people")):
                found[k] = replace(link, scope="share")
    return found


def _chains(s: Surroundings, links: list[Link | None]) -> Iterator[list[int]]:
    """Runs of people counted side by side, `and` before the last, of whom one thing is said."""
    chain: list[int] = []
    for k, link in enumerate(links):
        gap = list(s.lower[s.counted[k - 1].past : s.counted[k].first]) if chain else []
        before = links[k - 1] if chain else None
        noun = s.counted[k].noun
        people = noun is None or noun.kind == "person"
        alike = (
            before and link and before.aspects == link.aspects and before.trigger == link.trigger
        )
        told = {"total", "subset"} if s.counted[k].style == "singular" else {"total"}
        if not (link and link.trigger and link.scope in told and people):
            chain = []
        elif alike and gap in ([","], ["and"], [",", "and"]):
            chain = [*chain, k]
            if gap[-1] == "and":
                yield chain
        else:
            chain = [k]


def _link(s: Surroundings, k: int, c: Counted, links: list[Link | None]) -> Link | None:
    if c.style == "singular" and of_somebody(s, s.tokens[c.past - 1]):
        return None
    if c.style == "zero" and s.lower[c.first] in ALL:
        return Link(("killed",), None, "total")
    before = list(s.lower[max(0, c.first - 4) : c.first])
    if before[-1:] == ["by"] and _GROWTH.isdisjoint(before):
        return None  # who did it: "killed by 12 gunmen", "a march by thousands"
    if "from" in s.lower[max(0, c.first - 6) : c.first] and _taken(s, c):
        return None  # what was seized, and from whom
    part = is_part(s, k)
    scope = "subset" if part else scope_of(s, c)
    beside = list(s.lower[max(0, c.first - 3) : c.first]) == ["as", "well", "as"]
    if beside and (joined := _joined(s, k, c, links)):
        return joined
    since = _since(s, c)
    if c.style == "zero" and since is None and _hurt(s, c):
        return None  # "none of the wounded was a child"
    own = since or s.own(k) or _listed(s, c)
    if own and own.trigger and own.trigger.first >= c.past and _let_go(s, c, own):
        return Link(("released",), None, scope)
    if own and own.trigger and selected(s, own):
        scope = "subset" if scope == "total" else scope
    if own:
        inherited = None if own.noun or own.population else _elided(s, k, c, links, part)
        return Link(own.aspects, own.trigger, scope, inherited, own.noun, own.population)
    if part:
        whole = _whole(s, k, c, links)
        if whole and _HELD & set(whole.aspects) and _freed(s.tokens[c.past - 1]):
            return Link(("released",), None, scope)  # "seized 200 girls; 21 of them were set free"
        if whole:
            return whole
    if c.style == "zero":
        return None
    joined = _joined(s, k, c, links)
    if joined or c.style == "singular":
        return joined
    parsed = _parsed(s, c)
    if parsed:
        return Link(parsed.aspects, parsed.trigger, scope, _elided(s, k, c, links, part))
    return _ellipsis(s, k, c, links, scope)


def _since(s: Surroundings, c: Counted) -> Reach | None:
    """What befell some of the wounded since: three of them died."""
    found = _parsed(s, c) if _hurt(s, c) else None
    return found if found and "wounded" not in found.aspects else None


def _hurt(s: Surroundings, c: Counted) -> bool:
    """Whether a phrase counts some "of the wounded"."""
    after = (list(s.lower[at : at + 3]) for at in (c.noun_first, c.past))
    return any(w[:2] == ["of", "the"] and w[2:] in (["wounded"], ["injured"]) for w in after)


def _listed(s: Surroundings, c: Counted) -> Reach | None:
    """What befell those among whom, or along with whom, a phrase is counted."""
    hit = listed_among(s, c)
    if hit is None and list(s.lower[c.first - 2 : c.first]) in (["along", "with"],
                                                                 ["together", "with"]):  # fmt: skip
        hit = next((t for t in s.triggers if t.past == c.first - 2), None)
    aspects = aspects_of(hit, c, _ANY) if hit else ()
    return Reach(aspects, hit) if aspects else None


def _taken(s: Surroundings, c: Counted) -> bool:
    """Whether the last verb before a phrase, and before the `from` between, is one of seizing."""
    last = next((t for t in reversed(s.triggers) if t.past <= c.first), None)
    if last is None or "from" not in s.lower[last.past : c.first]:
        return False
    return any(x.aspect in _HELD for group in last.senses for x in group)


def _let_go(s: Surroundings, c: Counted, own: Reach) -> bool:
    """Whether those held are counted as they come free: 21 girls taken in 2014 were released.

    How many were taken is then not said.
    """
    return bool(_HELD & set(own.aspects)) and _freed(s.tokens[c.past - 1])


def _freed(noun: Token) -> bool:
    while noun.dep_ in ("pobj", "prep") and noun.head != noun:
        noun = noun.head
    verb = noun.head
    free = verb.lemma_ == "set" and any(c.lower_ == "free" for c in verb.children)
    return free or verb.lemma_.lower() in _FREE


def _whole(s: Surroundings, k: int, c: Counted, links: list[Link | None]) -> Link | None:
    """The total a part belongs to; a part of killed and wounded alike is killed-or-wounded."""
    of_them = list(s.lower[c.noun_first : c.noun_first + 2]) == ["of", "them"]
    told_of = of_them or list(s.lower[c.first - 2 : c.first]) == ["among", "them"]
    # "14 bodies were found, 9 of them women": those found are themselves a part.
    wholes = [(i, link) for i, link in enumerate(links)
              if link and (link.scope != "subset" or (told_of and i == k - 1))]  # fmt: skip
    if not wholes:
        return None
    i, link = wholes[-1]
    aspects = link.aspects
    if len(wholes) > 1 and i == k - 1 and wholes[-2][0] == k - 2 and not of_them:
        told = {aspects, wholes[-2][1].aspects}
        if told == {("killed",), ("wounded",)}:
            aspects = ("killed-or-wounded",)
    return Link(aspects, link.trigger, "subset", None if c.population else i)


def _joined(s: Surroundings, k: int, c: Counted, links: list[Link | None]) -> Link | None:
    """The trigger of the phrase before, where only `and` or the like, or a colon, is between."""
    if not k or (c.noun is None and not c.population):
        return None
    link = links[k - 1]
    gap = s.lower[s.counted[k - 1].past : c.first]
    if link is None or link.trigger is None or not gap or not set(gap) <= JOIN | {")", ":"}:
        return None
    aspects = aspects_of(link.trigger, c, _ANY)
    return Link(aspects, link.trigger, "subset" if ":" in gap else link.scope) if aspects else None


def _parsed(s: Surroundings, c: Counted) -> Reach | None:
    """The verb above the phrase in the dependency parse."""
    token = s.tokens[max(c.noun_first, c.past) - 1]
    base = {t.i: k for k, t in enumerate(s.tokens)}
    for _ in range(6):
        head = token.head
        at = base.get(head.i, -1)
        trigger = next((t for t in s.triggers if t.first <= at < t.past), None)
        if trigger and token.dep_ in ("nsubjpass", "nsubj", "dobj", "attr", "conj", "pobj"):
            return s.above(trigger, c, token.dep_)
        if head.i == token.i or token.dep_ in ("nsubj", "nsubjpass", "dobj", "advcl", "ccomp"):
            return None
        if token.dep_ == "prep" and token.lower_ == "in":
            return None  # "killed in two rounds of bombing"
        token = head
    return None


def _elided(
    s: Surroundings, k: int, c: Counted, links: list[Link | None], part: bool
) -> int | None:
    """The phrase whose noun this one leaves out: killed 3 police and wounded 5."""
    if c.population or (c.noun is not None and not c.noun.generic) or (c.group and not c.noun):
        return None
    if _TOTAL & set(s.lower[max(0, c.first - 4) : c.first]):
        return None
    others = "others" in s.lower[c.noun_first : c.past]
    for i in range(k - 1, -1, -1):
        counted, link = s.counted[i], links[i]
        if counted.context and counted.population:
            return i
        if link is None or (link.scope == "subset" and not part):
            continue
        unlike = counted.population in ("children", "women") and not part
        return None if unlike and (others or counted.style == "singular") else i
    return None


def _ellipsis(
    s: Surroundings, k: int, c: Counted, links: list[Link | None], scope: str
) -> Link | None:
    """What the phrase before counted, for a number alone; else `other` for people."""
    bare = (c.noun is None and not c.group) or (
        c.noun is not None and c.noun.generic and not c.population
    )
    noun = s.tokens[c.past - 1]
    # "Two were arrested and one was charged": it has a verb of its own.
    acts = noun.dep_ in ("nsubj", "nsubjpass") and noun.head.pos_ == "VERB"
    earlier = [link for link in links if link is not None]
    if bare and not acts and earlier and not {"attacks", "strikes"} & set(earlier[-1].aspects):
        total = bool(_TOTAL & set(s.lower[max(0, c.first - 4) : c.first]))
        last = max(i for i in range(k) if links[i] is not None)
        return Link(earlier[-1].aspects, earlier[-1].trigger, scope, None if total else last)
    if c.noun is not None and c.noun.kind in ("person", "family") and c.style == "number":
        return Link(("other",), None, scope)
    return None
