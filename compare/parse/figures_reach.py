"""Which trigger a counted phrase belongs to, looked for on its left, inside and on its right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.numbers.lists import word_list
from compare.parse.figures_lexicon import Noun, Sense
from compare.parse.figures_phrases import Counted, noun_between, side_before
from compare.parse.figures_triggers import Trigger, moves_away, told_of_another

if TYPE_CHECKING:
    from spacy.tokens import Token

_PERSONAL = word_list("personal")
_CIVIL = frozenset(("displaced", "returned"))
_BEFORE_OBJECT = word_list("before_object")
_AUX = word_list("aux")
_BETWEEN_AUX = word_list("between_aux")
_REPORT = word_list("report")
_STOP = word_list("stop")
JOIN = word_list("join")
_TIMES = word_list("times")
_TOLL_WORDS, _RIGHT_WORDS = 14, 30
_RISEN = frozenset(("rose", "risen", "climbed", "rises", "climbs", "grown", "increased", "fell",
                    "fallen", "dropped", "declined", "decreased"))  # fmt: skip
_REACHED = frozenset(("to", "at", "reached", "hit", "passed", "topped", "exceeded", "is", "was"))
_CAUSE = frozenset(("from", "in", "after", "following"))
_LOSE, _LOST = word_list("lose"), word_list("lost")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a phrase was found to say: aspects and their trigger; a noun from further off."""

    aspects: tuple[str, ...]
    trigger: Trigger | None
    noun: Noun | None = None
    population: str = ""


def aspects_of(trigger: Trigger, counted: Counted, roles: frozenset[str]) -> tuple[str, ...]:
    """Aspects that `trigger` can give to `counted` in one of `roles`; () if none.

    Killed and wounded in one breath are one category: killed-and-wounded, or with
    "or" killed-or-wounded.
    """
    found: list[str] = []
    for senses in trigger.senses:
        for sense in _fitting(senses, counted, roles):
            if sense.aspect not in found:
                found.append(sense.aspect)
    if "killed-or-wounded" in found and {"killed", "wounded"} & set(found):
        found.remove("killed-or-wounded")
    if "killed" in found and "wounded" in found:
        both = "killed-or-wounded" if trigger.joint == "or" else "killed-and-wounded"
        found = [both, *(a for a in found if a not in ("killed", "wounded"))]
    return tuple(found)


def _fitting(senses: Sequence[Sense], counted: Counted, roles: frozenset[str]) -> list[Sense]:
    kind = counted.noun.kind if counted.noun else ""
    fits = [s for s in senses if s.role in roles and _class_fits(s, kind, counted)]
    return [s for s in fits if s.needs] or fits


def _class_fits(sense: Sense, kind: str, counted: Counted) -> bool:
    lost = sense.needs == "person" and sense.aspect == "killed"
    if lost and counted.population in ("civilians", "children", "staff"):
        return False  # parents lose children, and the army men
    if sense.needs:
        return kind == sense.needs or (sense.needs == "thing" and not kind and bool(counted.group))
    if counted.population in ("fighters", "forces") and sense.aspect in _CIVIL:
        return False
    if sense.aspect == "captured" and kind == "thing":
        return True
    return kind in ("", "person", "family") or sense.aspect not in _PERSONAL


@dataclass
class Surroundings:
    """A sentence's tokens, triggers and counted phrases, indexed by position."""

    tokens: Sequence[Token]
    lower: Sequence[str]
    triggers: Sequence[Trigger]
    counted: Sequence[Counted]

    def __post_init__(self) -> None:
        """Index triggers and phrases by their tokens."""
        self._start = {t.first: t for t in self.triggers}
        self._end = {t.past: t for t in self.triggers}
        self._at = {c.first: k for k, c in enumerate(self.counted)}

    def own(self, k: int) -> Reach | None:
        """What is said of phrase `k` itself, the nearest statement first."""
        c = self.counted[k]
        found = self._before(c) or self._inside(c)
        if not found and not self._within_told(k):
            bare = c.noun is None and c.first > 0 and self.lower[c.first - 1] in _REACHED
            found = (self._toll(c) if bare else None) or self._after(c, k) or self._toll(c)
        if found and found.trigger and self._lost(found.trigger, c):
            return Reach(found.aspects, found.trigger, found.noun,
                         side_before(self.lower, found.trigger.first))  # fmt: skip
        return found

    def _within_told(self, k: int) -> bool:
        """Whether phrase `k` is part of a count already told: 60 were killed, including 7 boys."""
        c = self.counted[k]
        before = self.lower[: c.first]
        if "including" not in before:
            return False
        at = len(before) - 1 - before[::-1].index("including")
        whole = max((i for i in range(k) if self.counted[i].past <= at), default=None)
        if whole is None or any(at < t.first < c.first for t in self.triggers):
            return False
        told = self.own(whole)
        return told is not None and told.trigger is not None and told.trigger.past <= at

    def above(self, trigger: Trigger, c: Counted, dependency: str) -> Reach | None:
        """A trigger that governs phrase `c` in the parse, as its object or its subject."""
        if dependency == "dobj":
            return self._reach(trigger, c, ("verb",))
        if dependency != "nsubjpass" and (self._busy(trigger) or self._of_another(trigger, c)):
            return None
        return self._reach(trigger, c, ("verb", "self", "state"))

    def _before(self, c: Counted) -> Reach | None:
        """A verb that takes the phrase as its object: killed 12, deaths of 12."""
        at = c.first
        while at > 0 and at not in self._end and self.lower[at - 1] in _BEFORE_OBJECT | _AUX:
            at -= 1
        trigger = self._end.get(at)
        if trigger is None:
            return None
        between = self.lower[at : c.first]
        if set(between) & _AUX and trigger.first > 0:
            return None
        if ":" in between and any(s.form == "ing" for s in trigger.senses[-1]):
            return None  # "Harbour shooting: eleven deaths" names the happening, not the count
        verbs = [s for group in trigger.senses for s in group if s.role == "verb"]
        last = trigger.senses[-1]
        roles: tuple[str, ...] = ()
        ongoing = any(s.form == "ing" for s in verbs)
        if verbs and not self._passive(trigger) and ("of" not in between or ongoing):
            roles = ("verb", "state")
        elif any(s.role == "force" for s in last) and moves_away(self.lower, c.past):
            roles = ("force",)
        elif "of" in between and any(s.role in ("toll", "noun") for s in last):
            roles = ("toll", "noun")
        elif any(s.role == "state" for s in last) and (
            ":" in between or self.lower[trigger.first] in ("taken", "took")
        ):
            roles = ("state",)
        return self._reach(trigger, c, roles)

    def _reach(self, trigger: Trigger, c: Counted, roles: Sequence[str]) -> Reach | None:
        aspects = aspects_of(trigger, c, frozenset(roles))
        return Reach(aspects, trigger) if aspects else None

    def _passive(self, trigger: Trigger) -> bool:
        """Whether a be-form stands before the trigger, so that its subject is its object."""
        at = trigger.first - 1
        while at >= 0 and (
            self.tokens[at].pos_ in ("ADV", "AUX", "PART") or self.lower[at] in _BETWEEN_AUX
        ):
            if self.lower[at] in _AUX:
                return True
            at -= 1
        return False

    def _busy(self, trigger: Trigger) -> bool:
        """Whether the trigger has an object of its own after it, so takes no subject."""
        senses = [s for group in trigger.senses for s in group]
        verbs = [s for s in senses if s.role in ("verb", "force")]
        if not verbs or self._passive(trigger):
            return False
        if any(s.role in ("state", "self") and s.form != "ing" for s in senses):
            return False
        if all(s.form in ("s", "ing") for s in verbs):
            return True
        if trigger.first and self.lower[trigger.first - 1] in ("have", "has", "had", "to"):
            return True
        at = trigger.past
        if at >= len(self.tokens) or at in self._at:
            return at in self._at
        after = self.tokens[at]
        return after.pos_ in ("DET", "PRON", "PROPN") and self.lower[at] not in _TIMES

    def _inside(self, c: Counted) -> Reach | None:
        if c.nominal and not (
            "lives" in self.lower[c.noun_first : c.past] and _LOST.isdisjoint(self.lower)
        ):
            made = Trigger(c.noun_first, c.past, (c.nominal,), "")
            return self._reach(made, c, ("noun",))
        if c.inside and self.lower[c.noun_first : c.noun_first + 1] != ["of"]:
            return self._reach(c.inside, c, ("verb", "state", "self"))
        return None

    def _after(self, c: Counted, k: int) -> Reach | None:
        """The next trigger that has no object of its own: 12 people in two cars were killed."""
        at, last = c.past, k
        for _ in range(_RIGHT_WORDS):
            if at >= len(self.tokens):
                return None
            trigger = self._start.get(at)
            if trigger and self._passes(trigger):
                at = trigger.past
            elif trigger:
                if self._busy(trigger) or self._of_another(trigger, c):
                    return None
                return self._reach(trigger, c, ("verb", "self", "state", "force"))
            elif self._at.get(at, -1) > last:
                other = self.counted[self._at[at]]
                gap = set(self.lower[self.counted[last].past : at])
                aside = other.noun is not None and other.noun.kind in ("thing", "place")
                if not (gap <= JOIN or other.nominal or aside):
                    return None
                last, at = self._at[at], max(other.past, at + 1)
            elif self._transparent(at, c):
                at += 1
            else:
                return None
        return None

    def _of_another(self, trigger: Trigger, c: Counted) -> bool:
        return told_of_another(self.tokens, trigger, zero=c.style == "zero")

    def _passes(self, trigger: Trigger) -> bool:
        """Whether a trigger says nothing of a phrase before it: left dead, forced to stay."""
        if all(s.role in ("noun", "toll") for s in trigger.senses[0]):
            return True
        if self.lower[trigger.first] in ("left", "leave") and trigger.past in self._start:
            return True
        later = (i for i in range(trigger.past, len(self.tokens))
                 if self.tokens[i].pos_ not in ("ADV", "AUX"))  # fmt: skip
        if self.lower[max(0, trigger.first - 1)] == "the" and next(later, None) in self._start:
            return True  # "three of the wounded later died"
        forced = any(s.role == "force" for s in trigger.senses[0])
        return forced and not moves_away(self.lower, trigger.past)

    def _transparent(self, at: int, c: Counted) -> bool:
        token, word = self.tokens[at], self.lower[at]
        if word in (";", ".", "!", "?") or (word == ":" and at > c.past):
            return False
        if word == "as" and (at + 1 in self._start or self.lower[at + 1 : at + 2] == ["well"]):
            return True
        if word in _STOP:
            return False
        if token.pos_ == "VERB":
            return word in _REPORT
        return token.pos_ != "SCONJ" or word == "that"

    def _toll(self, c: Counted) -> Reach | None:
        """A toll some words before: the death toll rose to 57, the number of wounded is 112."""
        particular = c.noun is not None and not c.noun.generic and c.noun.kind != "family"
        if particular or c.style == "singular":
            return None  # "the toll in the attack, in which a man drove ..., rose to 85"
        rose = not _RISEN.isdisjoint(self.lower[max(0, c.first - 4) : c.first])
        reach = len(self.lower) if rose else _TOLL_WORDS
        for trigger in reversed(self.triggers):
            if trigger.past > c.first or c.first - trigger.past > reach:
                continue
            between = self.lower[trigger.past : c.first]
            before = list(self.lower[max(0, trigger.first - 5) : trigger.first])
            numbered = bool({"numbered", "totalled", "totaled"} & set(between[:2]))
            number_of = "number" in before and ("of" in before or before[-1] == "number")
            deaths = rose and trigger.is_noun() and trigger.senses[0][0].aspect in _PERSONAL
            if not ("toll" in trigger.roles() or numbered or number_of or deaths):
                continue
            if self.lower[c.first - 1] == "from" or ";" in between:
                return None
            if not rose and any(
                trigger.past <= o.first < c.first
                and o.style != "singular"
                and self.lower[o.first - 1] != "from"
                for o in self.counted
            ):
                return None
            first = trigger.first - (before[::-1].index("number") if number_of else 0)
            after = next((i for i, w in enumerate(between) if w in _CAUSE), len(between))
            noun = noun_between(self.lower, first, trigger.past + after)
            found = self._reach(trigger, c, ("toll", "verb", "state", "noun"))
            whom = side_before(self.lower, trigger.first) if deaths else ""
            whom = noun.population if noun else whom or "unknown"
            return found and Reach(found.aspects, trigger, noun, whom)
        return None

    def _lost(self, trigger: Trigger, c: Counted) -> bool:
        """Whether the phrase is somebody's own loss: the army lost 10 men, suffered 30 deaths."""
        near = set(self.lower[max(0, trigger.first - 1) : c.first]) | set(
            self.lower[max(0, c.first - 2) : c.first]
        )
        return c.population in ("", "people") and bool(near & _LOSE)
