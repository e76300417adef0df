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

from compare.numbers.lists import word_list
from compare.parse.assertions_lexicon import load
from compare.parse.assertions_polarity import irrealis, possible
from compare.parse.figures_lexicon import Noun
from compare.parse.figures_phrases import Counted
from compare.parse.figures_reach import JOIN, Reach, Surroundings, aspects_of
from compare.parse.figures_triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWNERS = frozenset(("his", "her", "my"))
_ARMED = frozenset(("fighters", "forces"))
"""Whose own count of their dead is the count that others contest."""
_KIN = frozenset(("civilians", "children", "women", "people"))
_FRESH = word_list("fresh")
_ANY = frozenset(("verb", "self", "state", "toll", "noun", "force"))
_HELD = frozenset(("captured", "detained", "missing"))
_FREE = frozenset(("free", "release", "rescue", "liberate", "escape", "return", "find", "swap"))
_EYES = frozenset(("see", "spot", "notice", "witness", "glimpse"))
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
    verb = s.tokens[link.trigger.first]
    meant = verb.pos_ == "VERB" and (irrealis(verb, load()) or possible(verb))
    return None if meant else link


def _summed(s: Surroundings, links: list[Link | None]) -> list[Link | None]:
    """Links where a woman and two men who were shot have a share each in the three that were."""
    found = list(links)
    for chain in _chains(s, links):
        for k in chain:
            link = links[k]
            if link is not None and s.counted[k].population in ("", "people"):
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
        if not (link and link.trigger and link.scope == "total" and people):
            chain = []
        elif alike and gap in ([","], ["and"], [",", "and"]):
            chain = [*chain, k]
            if gap[-1] == "and":
                yield chain
        else:
            chain = [k]


def _link(s: Surroundings, k: int, c: Counted, links: list[Link | None]) -> Link | None:
    if c.style == "singular" and _of_somebody(s, s.tokens[c.past - 1]):
        return None
    part = _is_part(s, k)
    scope = "subset" if part else _scope(s, c)
    joined = (
        _joined(s, k, c, links)
        if list(s.lower[max(0, c.first - 3) : c.first]) == ["as", "well", "as"]
        else None
    )
    if joined:
        return joined
    own = s.own(k)
    if own and own.trigger and own.trigger.first >= c.past and _let_go(s, c, own):
        return Link(("other",), None, scope)
    if own:
        inherited = None if own.noun or own.population else _elided(s, k, c, links, part)
        return Link(own.aspects, own.trigger, scope, inherited, own.noun, own.population)
    if part:
        whole = _whole(s, k, c, links)
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


def _let_go(s: Surroundings, c: Counted, own: Reach) -> bool:
    """Whether those held are counted as they come free: 21 girls taken in 2014 were released.

    How many were taken is then not said.
    """
    noun = s.tokens[c.past - 1]
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    return bool(_HELD & set(own.aspects)) and verb.lemma_.lower() in _FREE


def _scope(s: Surroundings, c: Counted) -> str:
    before = set(s.lower[max(0, c.first - 2) : c.first])
    within = set(s.lower[c.noun_first : c.past + 1])
    if c.style == "number" and (
        _FRESH & (before | within)
        or "another" in s.lower[c.first - 1 : c.first]
        or "more" in within
    ):
        return "new"
    # Somebody's own people, "his two brothers", are no count of all who were hit.
    own = c.population in _KIN and _OWNERS & (before | within)
    alone = "alone" in s.lower[c.past : c.past + 5]
    part = own or alone or _some_of(s, c) or _seen(s.tokens[c.past - 1])
    return "subset" if part else "total"


def _some_of(s: Surroundings, c: Counted) -> bool:
    """Whether some of those hit are told apart: 14 of the injured, 2 of its men, an injured man."""
    if c.style == "singular":
        if "-" in s.lower[c.first : c.past] and "old" in s.lower[c.first : c.past]:
            return True  # a boy of four is somebody, not how many there were
        told = next((t for t in s.triggers if t.past == c.first), None)
        return told is not None and s.lower[told.first - 1 : told.first] in (["a"], ["an"])
    after = list(s.lower[c.noun_first : c.noun_first + 2])
    own = after[1:] in (["its"], ["their"], ["our"]) and c.population not in _ARMED
    some = own or s.lower[c.past - 1] == "the"
    return c.style == "number" and after[:1] == ["of"] and some


def _of_somebody(s: Surroundings, noun: Token) -> bool:
    """ "The mother of a boy was killed": of the boy nothing is said."""
    outer = noun.head.head
    deed = any(s.tokens[t.first].i <= outer.i < s.tokens[t.past - 1].i + 1 for t in s.triggers)
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and outer.pos_ == "NOUN" and not deed


def _seen(noun: Token) -> bool:
    """Whether somebody saw those counted: there may have been more."""
    return noun.dep_ == "dobj" and noun.head.lemma_.lower() in _EYES


def _is_part(s: Surroundings, k: int) -> bool:
    """Whether the phrase counts some of a total: including 3, 5 of them, 3 were among the dead."""
    c = s.counted[k]
    before = list(s.lower[max(0, c.first - 3) : c.first])
    if list(s.lower[c.noun_first : c.noun_first + 2]) in (
        ["of", "them"],
        ["of", "whom"],
        ["of", "those"],
    ):
        return True
    if "including" in before or before[-1:] == ["whom"] or before[-2:] == ["among", "them"]:
        return True
    tail = list(s.lower[c.past : c.past + 3])
    if tail[1:2] == ["among"] and tail[0] in ("were", "was", "are", "is"):
        return True
    if tail[:1] == ["and"] and k + 1 < len(s.counted) and s.counted[k + 1].first == c.past + 1:
        return _is_part(s, k + 1)
    return tail[:2] == ["among", "them"] or (before[-1:] == ["with"] and "among" in tail)


def _whole(s: Surroundings, k: int, c: Counted, links: list[Link | None]) -> Link | None:
    """The total a part belongs to; a part of killed and wounded alike is killed-or-wounded."""
    wholes = [(i, link) for i, link in enumerate(links) if link and link.scope != "subset"]
    if not wholes:
        return None
    i, link = wholes[-1]
    aspects = link.aspects
    of_them = list(s.lower[c.noun_first : c.noun_first + 2]) == ["of", "them"]
    if len(wholes) > 1 and i == k - 1 and wholes[-2][0] == k - 2 and not of_them:
        told = {aspects, wholes[-2][1].aspects}
        if told == {("killed",), ("wounded",)}:
            aspects = ("killed-or-wounded",)
    return Link(aspects, link.trigger, "subset", None if c.population else i)


def _joined(s: Surroundings, k: int, c: Counted, links: list[Link | None]) -> Link | None:
    """The trigger of the phrase before, where only `and`, a comma or the like stands between."""
    if not k or (c.noun is None and not c.population):
        return None
    link = links[k - 1]
    gap = s.lower[s.counted[k - 1].past : c.first]
    if link is None or link.trigger is None or not gap or not set(gap) <= JOIN | {")"}:
        return None
    aspects = aspects_of(link.trigger, c, _ANY)
    return Link(aspects, link.trigger, link.scope) if aspects else None


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
