"""How much of all who were hit a counted phrase is: the total, some of them, or more of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.numbers.lists import word_list
from compare.parse.figures_lexicon import ARMED, nouns
from compare.parse.figures_phrases import Counted
from compare.parse.figures_reach import Reach, Surroundings
from compare.parse.figures_triggers import Trigger
from compare.parse.figures_wards import brought_in

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWNERS = frozenset(("his", "her", "my"))
_KIN = frozenset(("civilians", "children", "women", "people"))
_ORDINALS = frozenset(("second", "third", "fourth", "fifth", "other", "last", "next"))
_EYES = frozenset(("see", "spot", "notice", "witness", "glimpse"))
BODIES = frozenset(("body", "corpse"))
_FINDING = frozenset(
    ("find", "recover", "retrieve", "pull", "discover", "unearth", "exhume", "count")
)
"""Bodies found so far are not all who died."""
_FRESH = word_list("fresh")
_BE = frozenset(("is", "are", "was", "were"))
_INCLUDE = frozenset(("include", "includes", "included"))
_GRADES = frozenset(("critically", "seriously", "gravely", "badly", "severely", "lightly",
                     "slightly", "mildly"))  # fmt: skip
_AT_ONCE = frozenset(("immediately", "instantly", "outright"))
_OF_WHOM = 6
"""Words that may tell whose a part is, before it is said to be among the dead."""


def scope_of(s: Surroundings, c: Counted) -> str:
    """Total, subset or new, as far as the phrase itself tells."""
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
    if c.style == "singular" and s.lower[c.first] == "another":
        return "new"
    part = own or alone or _beside_others(s, c) or _some_of(s, c) or _seen(s.tokens[c.past - 1])
    part = part or brought_in(s, c)
    return "subset" if part else "total"


def is_part(s: Surroundings, k: int) -> bool:
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
    if before[:2] == ["among", "them"] and before[2] in _BE:
        return True
    if listed_among(s, c):
        return True
    tail = list(s.lower[c.past : c.past + 3])
    near = list(s.lower[c.past : c.past + _OF_WHOM])
    be = next((i for i, word in enumerate(near) if word in _BE), -1)
    if be >= 0 and near[be + 1 : be + 2] == ["among"] and (be == 0 or near[0] in ("of", "from")):
        return True
    if tail[:1] == ["and"] and k + 1 < len(s.counted) and s.counted[k + 1].first == c.past + 1:
        return is_part(s, k + 1)
    return tail[:2] == ["among", "them"] or (before[-1:] == ["with"] and "among" in tail)


def listed_among(s: Surroundings, c: Counted) -> Trigger | None:
    """What befell those of whom a phrase is some: `dead` in "among the dead were two children".

    And in "the dead, or those who died, included two children".
    """
    be = c.first - 1
    before = [t for t in s.triggers if t.past <= c.first]
    if before and s.lower[0] == "of" and before[0].first == 2 and before[0] is before[-1]:
        comma = list(s.lower[before[0].past : before[0].past + 1]) == [","]
        return before[0] if comma else None  # "of those killed, 40 were women and 60 children"
    hit = next((t for t in before if t.past == be), None)
    if hit is None or be < 1:
        return None
    if s.lower[be] in _INCLUDE:
        return hit if {"the", "those"} & set(s.lower[max(0, hit.first - 2) : hit.first]) else None
    named = s.lower[be] in _BE and "among" in s.lower[max(0, hit.first - 2) : hit.first]
    return hit if named else None


def of_somebody(s: Surroundings, noun: Token) -> bool:
    """ "The mother of a boy was killed": of the boy nothing is said."""
    outer = noun.head.head
    deed = any(s.tokens[t.first].i <= outer.i < s.tokens[t.past - 1].i + 1 for t in s.triggers)
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and outer.pos_ == "NOUN" and not deed


def _beside_others(s: Surroundings, c: Counted) -> bool:
    """Whether one is told beside others with no count between: "women and a man were killed"."""
    if c.style != "singular" or c.first < 2 or s.lower[c.first - 1] != "and":
        return False
    noun = nouns().get(s.lower[c.first - 2])
    return noun is not None and noun.kind == "person" and c.population in ("", "people")


def _some_of(s: Surroundings, c: Counted) -> bool:
    """Whether some of those hit are told apart: 14 of the injured, 2 of its men, an injured man."""
    if c.style == "singular":
        told = s.lower[c.first : c.past]
        if ("-" in told and "old" in told) or not _ORDINALS.isdisjoint(told):
            return True  # a boy of four or a third worker is somebody, not how many there were
        if any(other.past == c.first for other in s.counted):
            return True  # "one a pregnant woman"
        hit = next((t for t in s.triggers if t.past == c.first), None)
        return hit is not None and s.lower[hit.first - 1 : hit.first] in (["a"], ["an"])
    if c.number.high == 1 and s.lower[c.first - 1 : c.first] == ["("]:
        return True  # "three workers (one a pregnant woman)"
    after = list(s.lower[c.noun_first : c.noun_first + 2])
    # A side's count of its own dead, or vehicles, is the count that others contest.
    own = after[1:] in (["its"], ["their"], ["our"]) and c.population not in ARMED
    own = own and (c.noun is None or c.noun.kind != "thing")
    named = after == ["of", "the"] and bool(c.nominal)  # "ten of the casualties"
    some = own or named or s.lower[c.past - 1] == "the" or _told_of_all(s, c)
    return c.style == "number" and after[:1] == ["of"] and some


def _told_of_all(s: Surroundings, c: Counted) -> bool:
    """Whether the deed is told of the whole: 21 of the girls *kidnapped* by rebels were freed."""
    hit = next((t for t in s.triggers if t.first == c.past), None)
    verb = s.tokens[hit.first] if hit else None
    return verb is not None and verb.dep_ == "acl" and verb.head == s.tokens[c.past - 1]


def _seen(noun: Token) -> bool:
    """Whether somebody saw those counted: there may have been more."""
    verb = noun.head.lemma_.lower()
    found = noun.dep_ in ("dobj", "nsubjpass") and verb in _FINDING
    return (noun.dep_ == "dobj" and verb in _EYES) or (found and noun.lemma_.lower() in BODIES)


def selected(s: Surroundings, own: Reach) -> bool:
    """Whether what befell those counted picks them out of all: killed on the spot, critically
    injured, arrested for looting."""
    first, past = (own.trigger.first, own.trigger.past) if own.trigger else (0, 0)
    after = list(s.lower[past : past + 3])
    if own.aspects == ("wounded",):
        return bool(_GRADES & set(s.lower[max(0, first - 1) : first]))
    if own.aspects == ("killed",):
        there = after in (["on", "the", "spot"], ["at", "the", "scene"])
        return there or bool(_AT_ONCE & set(after[:1]))
    for_one = after[:1] == ["for"] and after[1:2] not in (["the"], ["this"], ["that"], ["it"])
    return own.aspects == ("detained",) and (for_one or after[:2] == ["on", "charges"])
