"""Counted phrases of a sentence: a number with the noun it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compare.numbers import Number
from compare.numbers.lists import word_list
from compare.numbers.vague import Vague
from compare.parse.figures_implicit import Implicit, find_implicit, set_aside
from compare.parse.figures_lexicon import ARMED, Noun, Sense, all_are, modifiers, nouns, part_is
from compare.parse.figures_triggers import Trigger
from compare.states import armed_group

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMED = frozenset(("NOUN", "PROPN", "ADJ"))
_LIGHT = word_list("light")
_WHEN = word_list("month_days")
_DETERMINERS = word_list("determiners")
_KIN = word_list("kin")
_YEARS_OLD = ["-", "year", "-", "old"]
_NOBODY = Noun("people", "people", "person", generic=False)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number and its noun in tokens `first:past`; the noun starts at `noun_first`."""

    number: Number
    first: int
    noun_first: int
    past: int
    style: str
    """number, singular (`a child`) or zero (`no civilians`)."""
    noun: Noun | None
    group: str
    """The noun as written, with what describes it, or ""."""
    population: str
    """"" where the phrase itself does not say."""
    nominal: tuple[Sense, ...] = ()
    """The counted noun is itself a trigger: deaths, attacks."""
    inside: Trigger | None = None
    """A trigger inside the phrase: 12 *wounded* soldiers, three of the *wounded*."""
    context: bool = False
    """No figure: the whole a part is taken from (two of the *five*), or a speaker."""


def find_counted(
    tokens: Sequence[Token],
    lower: Sequence[str],
    numbers: Sequence[Number],
    found: Sequence[Trigger],
    no_reports: Vague,
) -> list[Counted]:
    """Every number, `no ...` and `a child` of a sentence with the noun it counts, in order.

    `numbers` lie inside the sentence and count in the document, as tokens' `idx` does;
    `no_reports` is what "no reports of" allows.
    """
    reader = _Reader(tokens, lower, {t.first: t for t in found})
    counted: list[Counted] = []
    for number in numbers:
        inside = [
            i for i, t in enumerate(tokens) if t.idx < number.end and t.idx + len(t) > number.start
        ]
        every = inside and list(lower[inside[0] - 1 : inside[-1] + 1]) == ["every", "one"]
        if inside and not (every or set_aside(tuple(lower[max(0, inside[0] - 2) : inside[0]]))):
            counted.append(reader.phrase(number, inside[0], inside[-1] + 1, "number"))
    covered = frozenset(i for c in counted for i in range(c.first, c.past))
    for implicit in find_implicit(tokens, lower, covered):
        counted.append(_implied(reader, implicit, no_reports))
    counted.sort(key=lambda c: (c.first, c.past))
    return counted


def _implied(reader: _Reader, implicit: Implicit, no_reports: Vague) -> Counted:
    tokens = reader.tokens
    last = tokens[max(implicit.past, implicit.first + 1) - 1]
    start, end = tokens[implicit.first].idx, last.idx + len(last)
    if implicit.style == "unreported":
        number = Number(no_reports.low, no_reports.high, "vague:no reports", start, end)
        return reader.phrase(number, implicit.first, implicit.past, "zero")
    if implicit.style == "zero":
        phrase = reader.phrase(
            Number(0.0, 0.0, "exact", start, end), implicit.first, implicit.past, "zero"
        )
        return replace(phrase, noun=_NOBODY, population="people") if implicit.nobody else phrase
    phrase = reader.phrase(
        Number(1.0, 1.0, "exact", start, end), implicit.first, implicit.past, "singular"
    )
    last = tokens[max(phrase.past, implicit.first + 1) - 1]
    return replace(phrase, number=replace(phrase.number, end=last.idx + len(last)))


_BODY = 5
"""Words within which a body is named behind `of`."""


@dataclass(frozen=True, slots=True)
class _Reader:
    tokens: Sequence[Token]
    lower: Sequence[str]
    starts: dict[int, Trigger]

    def phrase(self, number: Number, first: int, past_number: int, style: str) -> Counted:
        """The counted phrase whose number is tokens `first:past_number`."""
        lower, size = self.lower, len(self.lower)
        start = i = self._partitive(past_number, number, style)
        inside: Trigger | None = None
        nominal: tuple[Sense, ...] = ()
        hits: list[tuple[int, int, Noun]] = []
        described: list[str] = []
        while i < size:
            trigger, length = self.starts.get(i), listed(lower, i)
            if trigger and trigger.is_noun():
                nominal, i = trigger.senses[0], trigger.past
            elif trigger and length <= trigger.past - trigger.first:
                if inside is not None or not self._attributive(trigger):
                    break
                inside, i = trigger, trigger.past
            elif length:
                hits.append((i, i + length, nouns()[" ".join(lower[i : i + length])]))
                i += length
            elif self._describes(i, start):
                nominal = () if self.tokens[i].pos_ == "NOUN" else nominal
                described.append(lower[i])
                i += 1
            elif self._glue(i, start, bool(hits)):
                i += 1
            elif list(lower[i + 1 : i + 5]) == _YEARS_OLD:
                i += 5
            else:
                break
        if not (hits or described or nominal) and lower[i : i + 1] in (["were"], ["was"]):
            start = i + 1
            length = listed(lower, start)
            if length:
                named = nouns()[" ".join(lower[start : start + length])]
                hits.append((start, start + length, named))
        noun, group, population = self._named(start, i, hits, described, bool(nominal))
        past = max(i, past_number)
        if population in ("", "people"):
            of = list(lower[past_number : past_number + 1]) == ["of"]
            population = all_are(lower, past) or (of and part_is(lower, past)) or population
        return Counted(
            number, first, past_number, past, style, noun, group, population, nominal, inside
        )

    def _partitive(self, i: int, number: Number, style: str) -> int:
        """Past `of the`, `of the five` and `of 57` after a number, `of` after a vague one."""
        if i + 1 >= len(self.lower) or self.lower[i] != "of":
            return i
        after = self.lower[i + 1]
        if after in _DETERMINERS or after in ("them", "whom", "those", "one"):
            return self._past_numbers(i + 2)
        if style == "number" and self.tokens[i + 1].like_num:
            return self._past_numbers(i + 1)
        return i + 1 if style == "zero" or number.rule.startswith("vague") else i

    def _past_numbers(self, i: int) -> int:
        while i < len(self.lower) and self.tokens[i].like_num:
            i += 1
        return i

    def _glue(self, i: int, start: int, named: bool) -> bool:
        """`and` in "women and children", a hyphen inside a word."""
        if self.lower[i] in ("and", "or") and self._before_its_noun(i):
            return True
        if self.lower[i] == "and":
            return named and {self.lower[i - 1], *self.lower[i + 1 : i + 2]} <= _KIN
        joined = i + 1 < len(self.lower) and not self.tokens[i].whitespace_
        return self.lower[i] == "-" and i > start and joined

    def _before_its_noun(self, i: int) -> bool:
        """Whether what describes a noun is joined to more of the kind: foreign and local troops."""
        word, conjunction = self.tokens[i - 1], self.tokens[i]
        described = word.dep_ in ("amod", "compound", "nmod") and word.head.i > conjunction.i
        return described and any(c.dep_ == "conj" for c in word.children)

    def _describes(self, i: int, start: int) -> bool:
        word, token = self.lower[i], self.tokens[i]
        if word in _WHEN or not token.text[0].isalnum():
            return False
        before = self.tokens[i - 1]
        if i > start and before.tag_ == "NNS" and not listed(self.lower, i - 1):
            return False
        if token.pos_ in _NAMED or word in modifiers() or word in _LIGHT:
            return True
        # "14 AK-47 rifles", "six AK 47 rifles", "13 fully loaded magazines"
        model = any(map(str.isdigit, word)) and (
            any(map(str.isalpha, word)) or (i > start and before.pos_ == "PROPN")
        )
        made = token.tag_ == "VBN" or (token.tag_ == "RB" and word.endswith("ly"))
        return model or (made and any(listed(self.lower, n) for n in (i + 1, i + 2)))

    def _attributive(self, trigger: Trigger) -> bool:
        """`12 wounded civilians` and `three of the wounded`, but not `12 soldiers killed`."""
        senses = [s for group in trigger.senses for s in group]
        if any(s.form in ("base", "s", "ing") for s in senses):
            return False
        if trigger.past >= len(self.tokens):
            return False
        if trigger.first and self.tokens[trigger.first - 1].pos_ in ("NOUN", "PROPN"):
            return False
        after = self.tokens[trigger.past]
        return bool(listed(self.lower, trigger.past)) or (
            after.tag_ == "NNS" and self.lower[trigger.past] not in _WHEN
        )

    def _named(
        self,
        start: int,
        past: int,
        hits: list[tuple[int, int, Noun]],
        described: list[str],
        nominal: bool,
    ) -> tuple[Noun | None, str, str]:
        made = [modifiers()[w] for w in described if w in modifiers()]
        if not hits:
            named = [w for w in described if w not in _LIGHT]
            group = "" if nominal or not named else self._text(start, past)
            return None, group, made[-1] if made else ""
        first, last, noun = hits[-1]
        group = self._text(start, last)
        if noun.kind == "family" and noun.unit == "families" and self.lower[start - 1] == "one":
            return nouns()["civilians"], group, "civilians"
        if len(hits) > 1 and self.lower[first - 1] == "and":
            return noun, group, "civilians"
        theirs = any(n.population == "fighters" for _, _, n in hits[:-1])
        if noun.population == "forces" and theirs and "-" not in self.lower[start:last]:
            return noun, group, "fighters"  # "12 Taliban soldiers"
        if not noun.generic or noun.kind != "person":
            return noun, group, noun.population
        earlier = [
            n.population
            for _, _, n in hits[:-1]
            if not n.generic and n.kind == "person" and n.population != "people"
        ]
        population = (earlier or made or [""])[-1]
        if not population and armed_group([t.text for t in self.tokens[start:last]]):
            population = "fighters"  # "12 Hezbollah members"
        if not population and self.lower[last : last + 1] == ["of"]:
            population = self._members_of(last + 1)
        return noun, group, population or (noun.population if noun.population != "unknown" else "")

    def _members_of(self, first: int) -> str:
        """The population of a body that people belong to: of the police, of one family."""
        if "family" in self.lower[first : first + 3]:
            return "civilians"
        for i in range(first, min(first + _BODY, len(self.lower))):
            length = listed(self.lower, i)
            if length:
                population = nouns()[" ".join(self.lower[i : i + length])].population
                return population if population in ARMED else ""
            if not (self._describes(i, first) or self.lower[i] in _DETERMINERS):
                break
        return ""

    def _text(self, first: int, past: int) -> str:
        return str(self.tokens[first].doc[self.tokens[first].i : self.tokens[past - 1].i + 1].text)


def listed(lower: Sequence[str], i: int) -> int:
    """How many words from `i` on make the longest listed noun; 0 for none.

    >>> listed("four aid workers died".split(), 1)
    2
    """
    for length in (3, 2, 1):
        if i + length <= len(lower) and " ".join(lower[i : i + length]) in nouns():
            return length
    return 0


def noun_between(lower: Sequence[str], first: int, past: int) -> Noun | None:
    """The first noun for particular people or families among the words `first` to `past`."""
    for i in range(first, past):
        length = listed(lower, i)
        if length and i + length <= past:
            noun = nouns()[" ".join(lower[i : i + length])]
            if noun.kind in ("person", "family") and not noun.generic:
                return noun
    return None


def side_before(lower: Sequence[str], past: int) -> str:
    """Fighters, forces or civilians, whichever is named last before the word `past`."""
    for i in range(past - 1, -1, -1):
        noun = nouns().get(lower[i])
        found = noun.population if noun and not noun.generic else modifiers().get(lower[i])
        if found in ("fighters", "forces", "civilians"):
            return found
    return ""
