"""Where in a sentence something is said to have happened, and what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.numbers.lists import word_list
from compare.parse.figures_lexicon import Sense, triggers

if TYPE_CHECKING:
    from spacy.tokens import Token

_DWELLINGS = word_list("dwellings")
_GLUE = word_list("glue")
_CLOCK = frozenset(("seconds", "second", "minutes", "minute", "hours", "hour", "days", "weeks"))
_MOVED = ("from their", "out of", "to flee", "to leave", "to abandon", "from homes", "to escape",
          "to move", "to seek", "to take refuge", "from the area", "to evacuate")  # fmt: skip
_POSTS = frozenset(["duty", "work", "service", "office", "power", "normal", "parliament", "court",
                    "talks", "negotiations", "action", "earth"])  # fmt: skip
_DISPLACED = frozenset(("person", "persons", "people", "family", "families"))
_SITES = frozenset(("camp", "camps", "site", "sites", "settlement", "settlements", "shelter",
                    "shelters"))  # fmt: skip
_OR = frozenset(("or", "/", "and/or"))
_RUN_ON = re.compile(r"(killed|injured|wounded)(?:in|by|at|on|and|when|after)$")


@dataclass(frozen=True, slots=True)
class Trigger:
    """One or more joined trigger words in tokens `first:past` of the sentence."""

    first: int
    past: int
    senses: tuple[tuple[Sense, ...], ...]
    joint: str
    """`and` or `or` between several, "" for one."""

    def roles(self) -> frozenset[str]:
        """Every role one of its words can play."""
        return frozenset(sense.role for senses in self.senses for sense in senses)

    def is_noun(self) -> bool:
        """Whether it names what is counted: deaths, casualties, attacks."""
        return all(sense.role == "noun" for sense in self.senses[0])


def told_of_another(tokens: Sequence[Token], trigger: Trigger, *, zero: bool) -> bool:
    """Whether a trigger says nothing of a phrase before it, which is none where `zero`.

    It describes the noun after it ("a nurse and other wounded men"), or it is `left` for what
    remains ("no tickets left", "with 48 seconds left"), or what is left is nowhere to live
    ("three ministers left the talks").
    """
    word = tokens[trigger.past - 1]
    if word.dep_ == "amod" and word.head.i > word.i and word.head.tag_ == "NNS":
        return True
    to = [t.lower_ for t in tokens[trigger.past : trigger.past + 2]]
    if word.lemma_ == "return" and to[:1] == ["to"] and to[1:] and to[1] in _POSTS:
        return True  # "76 of them returned to duty"
    if trigger.past - trigger.first == 1 and word.lemma_ == "leave":
        things = [child for child in word.children if child.dep_ == "dobj"]
        if any(t.pos_ == "NOUN" and t.lower_ not in _DWELLINGS for t in things):
            return True
    return word.lower_ == "left" and (zero or tokens[trigger.first - 1].lower_ in _CLOCK)


def moves_away(lower: Sequence[str], at: int) -> bool:
    """Whether the words from `at` on say that whom they follow left: "to flee", "from their"."""
    words = " ".join(lower[at : at + 8])
    return any(phrase in words for phrase in _MOVED)


def negated(tokens: Sequence[Token], trigger: Trigger) -> bool:
    """Whether a deed is said not to have been: who "didn't kill 100" counts nobody."""
    return any(
        child.dep_ == "neg" and child.nbor().lower_ not in ("fewer", "less", "more", "only", "just")
        for verb in tokens[trigger.first : trigger.past]
        for child in verb.children
        if child.i + 1 < len(child.doc)
    )


def repaired(word: str) -> str:
    """A trigger that a missing space glued to the next word, cut free.

    >>> repaired("killedin"), repaired("killer")
    ('killed', 'killer')
    """
    glued = _RUN_ON.match(word)
    return glued.group(1) if glued else word


def find_triggers(lower: Sequence[str], taken: frozenset[int]) -> list[Trigger]:
    """Triggers of a sentence, joined where only `and`, `or` or a comma stands between.

    `lower` are its words in lower case, `taken` the indices of words inside numbers,
    which are never triggers.

    >>> [(t.first, t.past, t.joint) for t in find_triggers("12 killed or injured".split(), {0})]
    [(1, 4, 'or')]
    """
    hits: list[Trigger] = []
    i = 0
    while i < len(lower):
        for words, senses in triggers().get(lower[i], ()):
            if tuple(lower[i : i + len(words)]) == words and i not in taken:
                if words[-1] == "displaced" and _housed(lower, i + len(words)):
                    continue
                hits.append(Trigger(i, i + len(words), (senses,), ""))
                i += len(words)
                break
        else:
            i += 1
    joined: list[Trigger] = []
    for hit in hits:
        last = joined[-1] if joined else None
        between = lower[last.past : hit.first] if last else ()
        apart = last and hit.past in taken and _counted_before(last, taken)
        if last and between and not apart and _joins(last, hit, between):
            joint = "or" if last.joint == "or" or _OR & set(between) else "and"
            joined[-1] = Trigger(last.first, hit.past, last.senses + hit.senses, joint)
        else:
            joined.append(hit)
    return joined


def _housed(lower: Sequence[str], at: int) -> bool:
    """Whether a place is named by who lives there: "a displaced persons camp"."""
    after = [word for word in lower[at : at + 2] if word not in _DISPLACED]
    return bool(after) and after[0] in _SITES


def _counted_before(trigger: Trigger, taken: frozenset[int]) -> bool:
    """A number just before: in "1 guard killed and wounded 3" the verbs count apart."""
    return any(i in taken for i in range(trigger.first - 3, trigger.first))


def _joins(last: Trigger, hit: Trigger, between: Sequence[str]) -> bool:
    if not set(between) <= _GLUE:
        return False
    ends = (last.senses[-1], hit.senses[0])
    if not {s.role for senses in ends for s in senses} <= {"verb", "self", "state", "force"}:
        return False
    ongoing = [any(s.form == "ing" for s in senses) for senses in ends]
    return ongoing[0] == ongoing[1] and (len(between) == 1 or bool({"and", *_OR} & set(between)))
