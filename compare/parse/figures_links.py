"""What happened to each counted phrase: the trigger it belongs to, and how it was told.

In order: a verb right before it ("killed 12"), its own noun ("14 deaths"), a trigger
inside it ("12 wounded soldiers"), the next trigger after it that is not busy with an
object of its own ("12 were killed"), a toll before it, the total it is part of, the
phrase it is joined to by `and`, the dependency parse, and last what the phrase before
it counted ("71 in Nawa, 20 in Nahr-e-Saraj").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.parse.figures_lexicon import Sense
from compare.parse.figures_phrases import Counted, Trigger
from compare.parse.lexicon_words import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

PERSONAL = frozenset(
    (
        "killed",
        "wounded",
        "killed-or-wounded",
        "killed-and-wounded",
        "missing",
        "detained",
        "captured",
        "surrendered",
        "displaced",
        "returned",
    )
)
_ARMED_STAY = frozenset(("displaced", "returned"))
_BEFORE_OBJECT = word_list("before_object")
_AUX = word_list("aux")
_REPORT = word_list("report")
_STOP = word_list("stop")
_JOIN = word_list("join")
_PART = word_list("part")
_TOLL_WORDS = 12


@dataclass(frozen=True, slots=True)
class Link:
    """The aspects of one counted phrase, the trigger they come from, and its scope."""

    aspects: tuple[str, ...]
    trigger: Trigger | None
    scope: str
    inherited: int | None = None
    """Index of the phrase whose noun this one goes on counting."""


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
    if "killed" in found and "wounded" in found:
        both = "killed-or-wounded" if trigger.joint == "or" else "killed-and-wounded"
        found = [both, *(a for a in found if a not in ("killed", "wounded"))]
    return tuple(found)


def _fitting(senses: Sequence[Sense], counted: Counted, roles: frozenset[str]) -> list[Sense]:
    kind = counted.noun.kind if counted.noun else ""
    fits = [s for s in senses if s.role in roles and _class_fits(s, kind, counted)]
    special = [s for s in fits if s.needs]
    return special or fits


def _class_fits(sense: Sense, kind: str, counted: Counted) -> bool:
    if sense.needs:
        if sense.needs == "thing" and not kind and counted.group:
            return True
        return kind == sense.needs
    if counted.population in ("fighters", "forces") and sense.aspect in _ARMED_STAY:
        return False
    if sense.aspect == "captured" and kind == "thing":
        return True
    return kind in ("", "person", "family") or sense.aspect not in PERSONAL


@dataclass
class Sentence:
    """A sentence's tokens, triggers and counted phrases, and the links between them."""

    tokens: Sequence[Token]
    lower: Sequence[str]
    triggers: Sequence[Trigger]
    counted: Sequence[Counted]

    def __post_init__(self) -> None:
        """Index triggers and phrases by their tokens."""
        self._start = {t.first: t for t in self.triggers}
        self._end = {t.past: t for t in self.triggers}
        self._at = {c.first: k for k, c in enumerate(self.counted)}

    def links(self) -> list[Link | None]:
        """One link a counted phrase, None where nothing is said to have happened to it."""
        links: list[Link | None] = []
        for k, counted in enumerate(self.counted):
            links.append(None if counted.context else self._link(k, counted, links))
        return links

    def _link(self, k: int, c: Counted, links: list[Link | None]) -> Link | None:
        part = self._is_part(c)
        scope = "subset" if part else self._scope(c)
        own = self._before(c) or self._inside(c) or self._after(c, k) or self._toll(c)
        if own and own[0] and not (part and own[1] is None):
            return Link(own[0], own[1], scope, self._elided(k, c, links, part))
        if c.style != "number" and not part:
            shared = self._shared(k, c, links) if c.style == "singular" else None
            return shared
        if part:
            totals = self._totals(k, links)
            if totals:
                return Link(totals[0], totals[1], scope, totals[2])
        shared = self._shared(k, c, links)
        if shared:
            return shared
        parsed = self._parsed(c)
        if parsed:
            return Link(parsed[0], parsed[1], scope, self._elided(k, c, links, part))
        return self._ellipsis(k, c, links, scope)

    def _scope(self, c: Counted) -> str:
        before = set(self.lower[max(0, c.first - 2) : c.first])
        within = set(self.lower[c.digits_past : c.past + 1])
        fresh = {"newly", "new", "additional", "further", "fresh"}
        if c.style == "number" and (
            fresh & (before | within) or "another" in before or "more" in within
        ):
            return "new"
        if "alone" in self.lower[c.past : c.past + 5]:
            return "subset"
        return "total"

    def _is_part(self, c: Counted) -> bool:
        before = list(self.lower[max(0, c.first - 3) : c.first])
        after = list(self.lower[c.digits_past : c.digits_past + 2])
        if after in (["of", "them"], ["of", "whom"], ["of", "those"]):
            return True
        if before[-1:] == ["including"] or before[-2:] == ["among", "them"]:
            return True
        if before[-1:] == ["whom"] or before[-2:] == ["among", "whom"] or "including" in before:
            return True
        tail = list(self.lower[c.past : c.past + 3])
        return (
            tail[:2] == ["among", "them"]
            or tail == ["among", "the", "dead"]
            or (before[-1:] == ["with"] and "among" in tail)
        )

    def _before(self, c: Counted) -> tuple[tuple[str, ...], Trigger | None] | None:
        at = c.first
        while at > 0 and at not in self._end and self.lower[at - 1] in _BEFORE_OBJECT | _AUX:
            at -= 1
        trigger = self._end.get(at)
        if trigger is None:
            return None
        between = self.lower[at : c.first]
        passive = self._passive(trigger)
        if set(between) & _AUX and trigger.first > 0:
            return None
        verbs = [s for group in trigger.senses for s in group if s.role == "verb"]
        if verbs and not passive and "of" not in between:
            return aspects_of(trigger, c, frozenset(("verb", "state"))), trigger
        if any(s.role == "force" for s in trigger.senses[-1]):
            return (
                (aspects_of(trigger, c, frozenset(("force",))), trigger)
                if (self._moved(c.past))
                else None
            )
        if "of" in between and any(s.role in ("toll", "noun") for s in trigger.senses[-1]):
            return aspects_of(trigger, c, frozenset(("toll", "noun"))), trigger
        state = any(s.role == "state" for s in trigger.senses[-1])
        if state and (":" in between or self.lower[trigger.first] in ("taken", "took")):
            return aspects_of(trigger, c, frozenset(("state",))), trigger
        return None

    def _moved(self, at: int) -> bool:
        words = " ".join(self.lower[at : at + 8])
        return any(
            p in words
            for p in (
                "from their",
                "out of",
                "to flee",
                "to leave",
                "to abandon",
                "from homes",
                "to escape",
                "to move",
                "to seek",
                "to take refuge",
                "from the area",
            )
        )

    def _passive(self, trigger: Trigger) -> bool:
        """Whether a be-form stands before the trigger, so that its subject is its object."""
        at = trigger.first - 1
        while (at >= 0 and self.tokens[at].pos_ in ("ADV", "AUX", "PART")) or (
            at >= 0
            and self.lower[at] in ("reportedly", "also", "not", "reported", "feared", "confirmed")
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
        if any(s.role in ("state", "self") for s in senses if s.form != "ing"):
            return False
        if all(s.form in ("s", "ing") for s in verbs):
            return True
        if trigger.first and self.lower[trigger.first - 1] in ("have", "has", "had", "to"):
            return True
        at = trigger.past
        if at < len(self.tokens) and self.lower[at] in ("at", "more", "up", "an"):
            at += 1 if self.lower[at] == "an" else 0
        if at in self._at or trigger.past in self._at:
            return True
        if at >= len(self.tokens):
            return False
        after = self.tokens[at]
        return after.pos_ in ("DET", "PRON", "PROPN") and after.lower_ not in (
            "that",
            "which",
            "who",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "this",
            "all",
            "both",
            "overnight",
            "each",
        )

    def _inside(self, c: Counted) -> tuple[tuple[str, ...], Trigger | None] | None:
        if c.nominal:
            made = Trigger(c.digits_past, c.past, (c.nominal,), "")
            return aspects_of(made, c, frozenset(("noun",))), made
        if c.inside and self.lower[c.digits_past : c.digits_past + 1] != ["of"]:
            return aspects_of(c.inside, c, frozenset(("verb", "state", "self"))), c.inside
        return None

    def _after(self, c: Counted, k: int) -> tuple[tuple[str, ...], Trigger | None] | None:
        at, last, steps = c.past, k, 0
        roles = frozenset(("verb", "self", "state", "force"))
        while at < len(self.tokens) and steps < 30:
            steps += 1
            trigger = self._start.get(at)
            if trigger and not all(s.role in ("noun", "toll") for s in trigger.senses[0]):
                left = self.lower[at] == "left" and (at + 1 in self._start)
                if left:
                    at = trigger.past
                    continue
                if self._busy(trigger):
                    return None
                force = any(s.role == "force" for s in trigger.senses[0])
                if force and not self._moved(trigger.past):
                    at = trigger.past
                    continue
                found = aspects_of(trigger, c, roles)
                return (found, trigger) if found else None
            if trigger:
                at = trigger.past
                continue
            if at in self._at and self._at[at] > last:
                other = self.counted[self._at[at]]
                gap = self.lower[self.counted[last].past : at]
                along = (
                    set(gap) <= _JOIN
                    or other.nominal
                    or (other.noun is not None and other.noun.kind in ("thing", "place"))
                )
                if not along:
                    return None
                last, at = self._at[at], max(other.past, at + 1)
                continue
            if not self._transparent(at, c):
                return None
            at += 1
        return None

    def _transparent(self, at: int, c: Counted) -> bool:
        token, word = self.tokens[at], self.lower[at]
        if word in (";", ".", "!", "?") or (word == ":" and at > c.past):
            return False
        if word in _STOP and not (word == "as" and self.lower[at + 1 : at + 2] == ["well"]):
            return False
        if token.pos_ == "VERB":
            return word in _REPORT
        return not (token.pos_ == "SCONJ" and word != "that")

    def _toll(self, c: Counted) -> tuple[tuple[str, ...], Trigger | None] | None:
        if c.noun is not None and not c.noun.generic and c.noun.kind != "family":
            return None
        for trigger in reversed(self.triggers):
            if trigger.past > c.first or c.first - trigger.past > _TOLL_WORDS:
                continue
            between = self.lower[trigger.past : c.first]
            toll = any(s.role == "toll" for s in trigger.senses[0])
            stated = {"numbered", "totalled", "totaled", "exceeds", "stands", "stood"} & set(
                between
            )
            words = " ".join(self.lower[max(0, trigger.first - 4) : trigger.first])
            if not (
                toll
                or (stated and "number" in words)
                or (set(between[:1]) & {"numbered", "totalled", "totaled"})
            ):
                continue
            if self.lower[c.first - 1] == "from" or ";" in between:
                return None
            if any(
                trigger.past <= o.first < c.first and self.lower[o.first - 1] != "from"
                for o in self.counted
            ):
                return None
            return aspects_of(trigger, c, frozenset(("toll", "verb", "state"))), trigger
        return None

    def _totals(
        self, k: int, links: list[Link | None]
    ) -> tuple[tuple[str, ...], Trigger | None, int] | None:
        whole = [(i, link) for i, link in enumerate(links) if link and link.scope != "subset"]
        if not whole:
            return None
        i, link = whole[-1]
        aspects = link.aspects
        if len(whole) > 1:
            told = {whole[-1][1].aspects, whole[-2][1].aspects}
            if told == {("killed",), ("wounded",)} and i == k - 1 and whole[-2][0] == k - 2:
                aspects = ("killed-or-wounded",)
        return aspects, link.trigger, i

    def _shared(self, k: int, c: Counted, links: list[Link | None]) -> Link | None:
        if not k or links[k - 1] is None:
            return None
        before, link = self.counted[k - 1], links[k - 1]
        gap = self.lower[before.past : c.first]
        if not gap or not set(gap) <= _JOIN | {")"} or link is None or link.trigger is None:
            return None
        roles = frozenset(("verb", "self", "state", "toll", "noun", "force"))
        aspects = aspects_of(link.trigger, c, roles)
        if c.noun is None and not c.population and c.style == "number":
            return None
        return Link(aspects, link.trigger, link.scope) if aspects else None

    def _parsed(self, c: Counted) -> tuple[tuple[str, ...], Trigger | None] | None:
        token = self.tokens[max(c.digits_past, c.past) - 1]
        base = self.tokens[0].i
        for _ in range(6):
            head = token.head
            trigger = next((t for t in self.triggers if t.first <= head.i - base < t.past), None)
            if trigger and token.dep_ in ("nsubjpass", "nsubj", "dobj", "attr", "conj", "pobj"):
                direct = token.dep_ == "dobj"
                if direct or token.dep_ == "nsubjpass" or not self._busy(trigger):
                    roles = frozenset(("verb",)) if direct else frozenset(("verb", "self", "state"))
                    found = aspects_of(trigger, c, roles)
                    return (found, trigger) if found else None
            if head is token or token.dep_ in ("nsubj", "nsubjpass", "dobj", "advcl", "ccomp"):
                return None
            token = head
        return None

    def _elided(self, k: int, c: Counted, links: list[Link | None], part: bool) -> int | None:
        """The phrase before, when this one says no noun of its own ("and wounded 14")."""
        if c.population or (c.noun is not None and not c.noun.generic) or (c.group and not c.noun):
            return None
        if any(s.role == "toll" for s in (self._end_toll(c) or ())):
            return None
        others = self.lower[c.digits_past : c.past]
        for i in range(k - 1, -1, -1):
            counted, link = self.counted[i], links[i]
            if counted.context:
                return i
            if link is None:
                continue
            if "others" in others and counted.population in ("children", "women") and not part:
                return None
            if link.scope == "subset" and not part:
                continue
            return i
        return None

    def _end_toll(self, c: Counted) -> tuple[Sense, ...] | None:
        for trigger in reversed(self.triggers):
            if trigger.past <= c.first and any(s.role == "toll" for s in trigger.senses[0]):
                return trigger.senses[0] if c.first - trigger.past <= _TOLL_WORDS else None
        return None

    def _ellipsis(self, k: int, c: Counted, links: list[Link | None], scope: str) -> Link | None:
        bare = (c.noun is None and not c.group) or (
            c.noun is not None and c.noun.generic and not c.population
        )
        earlier = [i for i in range(k) if links[i] is not None]
        if bare and earlier:
            link = links[earlier[-1]]
            if (
                link is not None
                and link.aspects
                and not ({"attacks", "strikes"} & set(link.aspects))
            ):
                return Link(link.aspects, link.trigger, scope, earlier[-1])
        if c.noun is not None and c.noun.kind in ("person", "family") and c.style == "number":
            return Link(("other",), None, scope)
        return None
