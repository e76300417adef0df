"""One sentence as counted phrases (a number and the noun it counts) and triggers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compare.parse.figures_lexicon import Noun, Sense, modifiers, nouns, triggers
from compare.parse.lexicon_words import word_list
from compare.parse.numbers import Number

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUNY = frozenset(("NOUN", "PROPN", "ADJ"))
_LIGHT = word_list("light")
_MONTH_DAYS = word_list("month_days")
_DETERMINERS = word_list("determiners")
_GLUE = word_list("glue")
_NO_REPORT = word_list("no_report")


@dataclass(frozen=True, slots=True)
class Trigger:
    """One or more joined trigger words in tokens `first:past` of the sentence."""

    first: int
    past: int
    senses: tuple[tuple[Sense, ...], ...]
    joint: str
    """`and` or `or` between several, "" for one."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number and its noun in tokens `first:past`; `style` is number, singular or zero."""

    number: Number
    first: int
    digits_past: int
    past: int
    style: str
    noun: Noun | None
    group: str
    population: str
    """"" where the phrase itself does not say."""
    nominal: tuple[Sense, ...] = ()
    """The counted noun is itself a trigger: deaths, attacks."""
    inside: Trigger | None = None
    """A trigger inside the phrase: 12 *wounded* soldiers, three of the *wounded*."""
    context: bool = False
    """Only the whole a part is taken from: two of the *five*."""


def find_triggers(lower: Sequence[str], taken: frozenset[int]) -> list[Trigger]:
    """Triggers of a sentence, joined where only `and`, `or` or a comma stands between.

    `taken` are tokens inside numbers, which are never triggers.
    """
    hits: list[Trigger] = []
    i = 0
    while i < len(lower):
        for words, senses in triggers().get(lower[i], ()):
            if tuple(lower[i : i + len(words)]) == words and i not in taken:
                hits.append(Trigger(i, i + len(words), (senses,), ""))
                i += len(words)
                break
        else:
            i += 1
    joined: list[Trigger] = []
    for hit in hits:
        last = joined[-1] if joined else None
        between = lower[last.past : hit.first] if last else ()
        if last and between and _joins(last, hit, between):
            joint = "or" if last.joint == "or" or {"or", "/", "and/or"} & set(between) else "and"
            joined[-1] = Trigger(last.first, hit.past, last.senses + hit.senses, joint)
        else:
            joined.append(hit)
    return joined


def _joins(last: Trigger, hit: Trigger, between: Sequence[str]) -> bool:
    if not set(between) <= _GLUE | {"been", "were", "was", "have", "has"}:
        return False
    roles = {s.role for s in last.senses[-1]} | {s.role for s in hit.senses[0]}
    forms = {s.form for s in last.senses[-1]}, {s.form for s in hit.senses[0]}
    if not roles <= {"verb", "self", "state", "force"}:
        return False
    if ("ing" in forms[0]) != ("ing" in forms[1]):
        return False
    return bool({"and", "or", "/", "and/or"} & set(between)) or len(between) == 1


def find_counted(
    tokens: Sequence[Token],
    lower: Sequence[str],
    numbers: Sequence[Number],
    found: Sequence[Trigger],
) -> list[Counted]:
    """Every number, `no ...` and `a child` of a sentence with the noun it counts, in order.

    `numbers` lie inside the sentence and count in the document, as tokens' `idx` does.
    """
    starts = {t.first: t for t in found}
    counted: list[Counted] = []
    covered: set[int] = set()
    for number in numbers:
        inside = [
            i for i, t in enumerate(tokens) if t.idx < number.end and t.idx + len(t) > number.start
        ]
        if not inside:
            continue
        covered.update(inside)
        counted.append(_phrase(tokens, lower, starts, number, inside[0], inside[-1] + 1, "number"))
    for i in range(len(lower)):
        if i in covered or any(c.first <= i < c.past for c in counted):
            continue
        zero = _zero(lower, i)
        if zero:
            counted.append(
                _phrase(tokens, lower, starts, _made(tokens, i, zero, 0.0), i, zero, "zero")
            )
        elif (one := _singular(tokens, lower, i, covered)) is not None:
            phrase = _phrase(tokens, lower, starts, _made(tokens, i, one, 1.0), i, one, "singular")
            number = replace(
                phrase.number, end=tokens[phrase.past - 1].idx + len(tokens[phrase.past - 1])
            )
            counted.append(replace(phrase, number=number))
    counted.sort(key=lambda c: c.first)
    return _partitives(lower, counted)


def _made(tokens: Sequence[Token], first: int, past: int, value: float) -> Number:
    last = tokens[max(past, first + 1) - 1]
    return Number(value, value, "exact", tokens[first].idx, last.idx + len(last))


def _zero(lower: Sequence[str], i: int) -> int:
    word, after = lower[i], lower[i + 1] if i + 1 < len(lower) else ""
    if word in ("no", "without") and after == "one":
        return i + 2
    if word == "nobody":
        return i + 1
    if word == "none" and after == "of":
        return i + 1
    if word in ("no", "without") and after not in _NO_REPORT and after:
        return i + 2 if after == "any" else i + 1
    return 0


def _singular(
    tokens: Sequence[Token], lower: Sequence[str], i: int, covered: set[int]
) -> int | None:
    """`a shepherd`, `another child`, a headline's bare `Child`: one past the article, or None."""
    article = lower[i] in ("a", "an", "another", "one")
    at = i + 1 if article else i
    if at >= len(tokens) or at in covered:
        return None
    if not article:
        fresh = i == 0 or lower[i - 1] in (
            "and",
            ",",
            ":",
            "kills",
            "killing",
            "injures",
            "wounds",
            "kill",
            "injuring",
            "wounding",
        )
        bare = i == 0 or tokens[0].is_title
        if not (fresh and bare) or (
            i and lower[i - 1] in ("and", ",") and lower[0] in ("the", "a", "an")
        ):
            return None
    for end in range(at, min(at + 5, len(tokens))):
        noun = nouns().get(lower[end])
        ends = (
            end + 1 >= len(tokens)
            or tokens[end + 1].pos_ not in ("NOUN", "PROPN")
            or (lower[end + 1] in triggers())
        )
        if noun and noun.kind == "person" and ends and lower[end] != "people":
            plural = tokens[end].tag_ in ("NNS", "NNPS") or lower[end] in _COLLECTIVE
            return None if plural or any(k in covered for k in range(at, end + 1)) else at
        if tokens[end].pos_ not in _NOUNY and not tokens[end].is_punct:
            return None
        if lower[end] in triggers():
            return None
    return None


_COLLECTIVE = word_list("collective")


def _partitives(lower: Sequence[str], counted: list[Counted]) -> list[Counted]:
    """Mark the five in "two of the five" and in "of the five on board, two ..." as context."""
    out: list[Counted] = []
    for c in counted:
        whole = any(o.first < c.first < o.past for o in out)
        of = lower[c.first - 2 : c.first] in (["of", "the"], ["of", "its"], ["of", "their"])
        before = lower[c.first - 3] if c.first > 2 else ""
        opens = of and (
            c.first == 2
            or before
            in ("", ",", ";", "most", "many", "some", "half", "none", "out", "%", "percent")
        )
        out.append(replace(c, context=whole or (opens and before not in ("%", "percent"))))
    return out


def _phrase(
    tokens: Sequence[Token],
    lower: Sequence[str],
    starts: dict[int, Trigger],
    number: Number,
    first: int,
    digits_past: int,
    style: str,
) -> Counted:
    i, size = digits_past, len(tokens)
    inside: Trigger | None = None
    nominal: tuple[Sense, ...] = ()
    hits: list[tuple[int, int, Noun]] = []
    modified: list[str] = []
    start = i
    if (
        i + 1 < size
        and lower[i] == "of"
        and (lower[i + 1] in _DETERMINERS or style == "zero" or lower[i + 1] == "them")
    ):
        i += 2 if lower[i + 1] in _DETERMINERS | {"them"} else 1
        while i < size and tokens[i].like_num:
            i += 1
        start = i
    while i < size:
        trigger = starts.get(i)
        length = _listed(lower, i)
        if trigger and length < trigger.past - trigger.first + (length == 1 and _is_noun(trigger)):
            if _is_noun(trigger):
                nominal, i = trigger.senses[0], trigger.past
                continue
            attributive = _attributive(tokens, lower, trigger)
            if inside is None and attributive:
                inside, i = trigger, trigger.past
                continue
            break
        if length:
            hits.append((i, i + length, nouns()[" ".join(lower[i : i + length])]))
            i += length
        elif _fits(tokens, lower, i):
            modified.append(lower[i])
            i += 1
        elif (
            lower[i] == "and"
            and hits
            and _listed(lower, i + 1)
            and (hits[-1][1] == i and _same_phrase(lower, i))
        ) or (lower[i] == "-" and i > start and i + 1 < size and not tokens[i].whitespace_):
            i += 1
        else:
            break
    noun, group, population = _named(tokens, lower, start, i, hits, modified, nominal)
    return Counted(
        number,
        first,
        digits_past,
        max(i, digits_past),
        style,
        noun,
        group,
        population,
        nominal,
        inside,
    )


def _is_noun(trigger: Trigger) -> bool:
    return all(s.role == "noun" for s in trigger.senses[0])


def _same_phrase(lower: Sequence[str], i: int) -> bool:
    return {lower[i - 1], lower[i + 1]} <= {"women", "children", "men", "boys", "girls", "elderly"}


def _listed(lower: Sequence[str], i: int) -> int:
    for length in (3, 2, 1):
        if i + length <= len(lower) and " ".join(lower[i : i + length]) in nouns():
            return length
    return 0


def _fits(tokens: Sequence[Token], lower: Sequence[str], i: int) -> bool:
    word = lower[i]
    if word in _MONTH_DAYS or not (tokens[i].text[0].isalnum()):
        return False
    return (
        tokens[i].pos_ in _NOUNY
        or word in modifiers()
        or word in _LIGHT
        or (word in ("newly", "internally", "severely", "seriously", "critically", "badly"))
    )


def _attributive(tokens: Sequence[Token], lower: Sequence[str], trigger: Trigger) -> bool:
    """`12 wounded civilians` and `three of the wounded`, but not `12 soldiers killed`."""
    senses = [s for group in trigger.senses for s in group]
    if any(s.form in ("base", "s", "ing") for s in senses) or trigger.past >= len(tokens):
        return False
    after = tokens[trigger.past]
    if tokens[trigger.first - 1].pos_ in ("NOUN", "PROPN") and trigger.first:
        return False
    return bool(_listed(lower, trigger.past)) or (
        after.pos_ == "NOUN" and after.tag_ == "NNS" and lower[trigger.past] not in _MONTH_DAYS
    )


def _named(
    tokens: Sequence[Token],
    lower: Sequence[str],
    start: int,
    past: int,
    hits: list[tuple[int, int, Noun]],
    modified: list[str],
    nominal: tuple[Sense, ...],
) -> tuple[Noun | None, str, str]:
    if not hits:
        made = next((modifiers()[w] for w in reversed(modified) if w in modifiers()), "")
        words = [w for w in modified if w not in _LIGHT]
        if nominal or not words:
            return None, "", made
        group = tokens[start].doc.text[
            tokens[start].idx : tokens[past - 1].idx + len(tokens[past - 1])
        ]
        return None, group, made
    first, last, noun = hits[-1]
    group = tokens[start].doc.text[tokens[start].idx : tokens[last - 1].idx + len(tokens[last - 1])]
    if len(hits) > 1 and lower[first - 1] == "and":
        return noun, group, "civilians"
    if not noun.generic or noun.kind != "person":
        return noun, group, noun.population
    earlier = [
        n.population
        for _, _, n in hits[:-1]
        if not n.generic and n.kind == "person" and n.population != "people"
    ]
    named = [modifiers()[w] for w in modified if w in modifiers()]
    population = (earlier or named or [""])[-1]
    if not population and lower[last : last + 1] == ["of"] and "family" in lower[last : last + 4]:
        population = "civilians"
    return noun, group, population or (noun.population if noun.population != "unknown" else "")
