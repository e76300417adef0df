"""Sentence pairs the project generates to teach the inference model small decisive edits.

Corpora teach a model to read topic overlap as entailment. Each generator here
takes a sentence and changes one thing that decides: a number, a place, a date,
a negation, who did it to whom, an outcome. Each also yields pairs with the
same surface and another label, so that no word alone gives the label away.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

Pair = tuple[str, str, str]
E, N, C = "entailment", "neutral", "contradiction"

_LISTS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
WORDS = _LISTS["numbers"].split()
VALUES = [*range(2, 21), *range(30, 100, 10)]
WORD_OF = dict(zip(VALUES, WORDS, strict=True))
VALUE_OF = dict(zip(WORDS, VALUES, strict=True))
ORDINALS, PLACES, MONTHS, DAYS, COLOURS = (
    _LISTS[name].split() for name in ("ordinals", "places", "months", "days", "colours")
)
OPPOSITES = [line.split("/") for line in _LISTS["opposites"].strip().splitlines()]
SWAPS: dict[str, list[str]] = {}
for _a, _b in OPPOSITES:
    SWAPS.setdefault(_a, []).append(_b)
    SWAPS.setdefault(_b, []).append(_a)
SYNONYMS: dict[str, str] = {}
for _line in _LISTS["synonyms"].strip().splitlines():
    _a, _b = _line.split("/")
    SYNONYMS |= {_a: _b, _b: _a}
KINDS = {
    kind: members.split()
    for kind, members in (line.split(": ") for line in _LISTS["kinds"].strip().splitlines())
}
KIND_OF: dict[str, list[str]] = {}
for _kind, _members in KINDS.items():
    for _member in _members:
        KIND_OF.setdefault(_member, []).append(_kind)
HYPERNYMS = {
    **{member: kinds[0] for member, kinds in KIND_OF.items() if member.islower()},
    **dict.fromkeys(("man", "woman", "soldier", "teacher", "doctor", "farmer"), "person"),
    **dict.fromkeys(("men", "women", "soldiers", "teachers", "doctors", "farmers"), "people"),
    **dict.fromkeys(("boy", "girl"), "child"),
    **dict.fromkeys(("boys", "girls"), "children"),
}
AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|can|could|will|would|should|must|did|does|do)\b"
    r"(?! not\b|n't|n’t)"
)
CARDINAL = re.compile(
    r"\b(\d{1,3}(?:,\d{3})+|\d{1,6}|" + "|".join(WORDS) + r")\b(?![-.,:/%]\d|(?:st|nd|rd|th)\b)",
    re.I,
)
ORDINAL = re.compile(r"\b(" + "|".join(ORDINALS) + r")\b", re.I)


def _cased(new: str, old: str) -> str:
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def _swap(text: str, match: re.Match[str], new: str) -> str:
    """The text with another word at the match, and the article before it put right."""
    before = text[: match.start()]
    article = re.search(r"\b([Aa])n? $", before)
    if article:
        before = before[: article.start()] + article[1] + ("n " if new[0] in "aeiouAEIO" else " ")
    return before + _cased(new, match.group()) + text[match.end() :]


def _value(word: str) -> int:
    lowered = word.lower()
    return VALUE_OF[lowered] if lowered in VALUE_OF else int(word.replace(",", ""))


def _written(value: int, like: str, rng: random.Random) -> str:
    if value in WORD_OF and rng.random() < (0.8 if like[0].isalpha() else 0.2):
        return WORD_OF[value]
    return f"{value:,}" if value >= 10000 or "," in like else str(value)


def cardinals(text: str, rng: random.Random) -> Iterator[Pair]:
    """A number changed, rewritten, bounded."""
    found = [m for m in CARDINAL.finditer(text) if not m.group().startswith("0")]
    found = [m for m in found if not 1900 <= _value(m.group()) <= 2100 and _value(m.group()) > 1]
    if not found:
        return
    match = rng.choice(found)
    value, word = _value(match.group()), match.group()
    other = rng.choice(
        [
            v
            for v in (
                value + rng.randint(1, 3),
                max(2, value - rng.randint(1, 3)),
                value * rng.randint(2, 10),
                max(2, value // rng.randint(2, 10)),
                rng.choice(VALUES),
            )
            if v != value
        ]
        or [value + 1]
    )
    yield text, _swap(text, match, _written(other, word, rng)), C
    if value in WORD_OF:
        same = WORD_OF[value] if word[0].isdigit() else str(value)
        yield text, _swap(text, match, same), E
    low, high = sorted((value, other))
    less, more = rng.choice(("less than", "fewer than", "under")), rng.choice(("more than", "over"))
    least = rng.choice(("at least", "no fewer than"))
    said = {v: _written(v, word, rng) for v in (low, high)}
    bounded: list[tuple[str, str, str]] = [
        (said[low], f"{less} {said[high]}", E),
        (said[high], f"{more} {said[low]}", E),
        (said[low], f"{more} {said[high]}", C),
        (said[high], f"{less} {said[low]}", C),
        (said[low], f"{more} {said[low]}", C),
        (said[low], f"{less} {said[low]}", C),
        (said[low], f"{least} {said[low]}", E),
        (said[high], f"{least} {said[low]}", E),
        (f"{more} {said[low]}", said[high], N),
        (f"{less} {said[high]}", said[low], N),
        (f"{least} {said[low]}", said[low], N),
        (f"{more} {said[high]}", said[low], C),
        (f"{less} {said[low]}", said[high], C),
        (f"{least} {said[high]}", said[low], C),
        (f"{more} {said[high]}", f"{more} {said[low]}", E),
        (f"{more} {said[low]}", f"{more} {said[high]}", N),
    ]
    for premise, hypothesis, label in rng.sample(bounded, 3):
        yield _swap(text, match, premise), _swap(text, match, hypothesis), label


def ordinals(text: str, rng: random.Random) -> Iterator[Pair]:
    """An ordinal changed or rewritten."""
    found = list(ORDINAL.finditer(text))
    if not found:
        return
    match = rng.choice(found)
    at = ORDINALS.index(match.group().lower())
    ends = {1: "st", 2: "nd", 3: "rd"}
    digits = [f"{n}{'th' if n in (11, 12, 13) else ends.get(n % 10, 'th')}" for n in range(1, 32)]
    other = rng.choice([n for n in range(20) if n != at])
    yield text, _swap(text, match, rng.choice((ORDINALS[other], digits[other]))), C
    yield text, _swap(text, match, digits[at]), E


def _listed(words: list[str], label: str = C) -> Callable[[str, random.Random], Iterator[Pair]]:
    pattern = re.compile(r"\b(" + "|".join(words) + r")\b")

    def generate(text: str, rng: random.Random) -> Iterator[Pair]:
        found = list(pattern.finditer(text))
        if found:
            match = rng.choice(found)
            yield text, _swap(text, match, rng.choice([w for w in words if w != match[0]])), label

    return generate


_OPPOSED = re.compile(r"\b(" + "|".join(sorted(SWAPS, key=len, reverse=True)) + r")\b", re.I)


def opposites(text: str, rng: random.Random) -> Iterator[Pair]:
    """A word changed to one that excludes it."""
    found = list(_OPPOSED.finditer(text))
    if found:
        match = rng.choice(found)
        yield text, _swap(text, match, rng.choice(SWAPS[match.group().lower()])), C


_SYNONYM = re.compile(r"\b(" + "|".join(sorted(SYNONYMS, key=len, reverse=True)) + r")\b")
_MEMBER = re.compile(r"\b(" + "|".join(KIND_OF) + r")\b")


def siblings(text: str, rng: random.Random) -> Iterator[Pair]:
    """A thing changed to another of its kind, which excludes it."""
    found = list(_MEMBER.finditer(text))
    if found:
        match = rng.choice(found)
        kind = rng.choice(KIND_OF[match.group()])
        yield text, _swap(text, match, rng.choice([w for w in KINDS[kind] if w != match[0]])), C


def synonyms(text: str, rng: random.Random) -> Iterator[Pair]:
    """A word changed to one that means the same."""
    found = list(_SYNONYM.finditer(text))
    if found:
        match = rng.choice(found)
        yield text, _swap(text, match, SYNONYMS[match.group()]), E


def general(text: str, rng: random.Random) -> Iterator[Pair]:
    """A word changed to a more general one (entailed), and back (not entailed)."""
    found = [m for m in re.finditer(r"\w+", text) if m.group() in HYPERNYMS]
    if found:
        match = rng.choice(found)
        wider = _swap(text, match, HYPERNYMS[match.group()])
        yield text, wider, E
        yield wider, text, N


def negated(text: str, rng: random.Random) -> str:
    """The sentence with its first auxiliary negated; empty where it has none."""
    match = AUXILIARY.search(text)
    if not match:
        return ""
    word = match.group()
    short = word + "n't" if word not in ("can", "will") else {"can": "can't", "will": "won't"}[word]
    form = rng.choice((f"{word} not", f"{word} not", short, f"{word} never"))
    return text[: match.start()] + form + text[match.end() :]


def negations(text: str, rng: random.Random) -> Iterator[Pair]:
    """A clause negated on one side or on both."""
    other = negated(text, rng)
    if other:
        yield text, other, C
        yield other, text, C
        yield other, negated(text, rng), E


def negate_hypotheses(pairs: list[Pair], rng: random.Random) -> Iterator[Pair]:
    """Labelled pairs whose hypothesis is negated.

    What follows from the premise is then excluded by it, what is excluded follows, and what
    is open stays open: so `not` alone tells a model nothing.
    """
    turned = {E: C, C: E, N: N}
    for premise, hypothesis, label in pairs:
        other = negated(hypothesis, rng)
        if other:
            yield premise, other, turned[label]


def contrapose(pairs: list[Pair], rng: random.Random) -> Iterator[Pair]:
    """Labelled pairs turned round with the premise negated.

    Where B follows from A, `not A` follows from `not B`; where A excludes B, `not A` follows
    from B; what is open is taken to stay open under a negated premise.
    """
    for premise, hypothesis, label in pairs:
        not_premise, not_hypothesis = negated(premise, rng), negated(hypothesis, rng)
        if not not_premise:
            continue
        if label == N:
            yield not_premise, hypothesis, N
        elif label == C:
            yield hypothesis, not_premise, E
        elif not_hypothesis:
            yield not_hypothesis, not_premise, E


def hedges(text: str, rng: random.Random) -> Iterator[Pair]:
    """A hedged sentence does not entail the bare one; a reported fact is not denied."""
    bare = text[0].lower() + text[1:] if text[:1].isupper() and text[1:2].islower() else text
    opening = rng.choice(
        (
            "It is possible that",
            "It is not clear whether",
            "There are fears that",
            "Unconfirmed reports say that",
            "Some believe that",
        )
    )
    yield f"{opening} {bare}", text, N
    yield text, f"{rng.choice(('It is true that', 'It is a fact that'))} {bare}", E
    yield text, f"{rng.choice(('It is false that', 'It is not true that'))} {bare}", C


def identity(text: str, rng: random.Random) -> Iterator[Pair]:
    """A sentence entails itself: overlap alone is no sign of conflict."""
    yield text, text, E


SIDES = [
    "the Taliban",
    "government forces",
    "the army",
    "the police",
    "US forces",
    "the rebels",
    "the militia",
    "Afghan commandos",
    "the insurgents",
    "NATO troops",
    "the air force",
]
THINGS = [
    "the city",
    "the district centre",
    "the checkpoint",
    "the bridge",
    "the highway",
    "the village",
    "the base",
    "the police headquarters",
    "the market",
]
HARM = [
    ("attacked", "attacked"),
    ("killed", "killed"),
    ("bombed", "bombed"),
    ("ambushed", "ambushed"),
    ("shelled", "shelled"),
    ("accused", "accused"),
    ("defeated", "defeated"),
    ("captured", "captured"),
]
HELD = [
    "{a} captured {t}",
    "{a} seized {t}",
    "{a} took control of {t}",
    "{t} fell to {a}",
    "{a} overran {t}",
]
KEPT = [
    "{a} failed to capture {t}",
    "{b} repelled the attack of {a} on {t}",
    "{b} still hold {t}",
    "{t} remains under the control of {b}",
    "{b} pushed {a} back from {t}",
]
HIT = [
    ("civilians", "fighters"),
    ("children", "militants"),
    ("students", "insurgents"),
    ("women and children", "armed men"),
    ("farmers", "soldiers"),
]


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def templates(rng: random.Random, count: int) -> Iterator[Pair]:
    """Role swaps, opposed outcomes, whom a strike hit, dates, places, who denies what."""
    for _ in range(count):
        a, b = rng.sample(SIDES, 2)
        t, u = rng.sample(THINGS, 2)
        verb, part = rng.choice(HARM)
        active, passive = f"{a} {verb} {b}", f"{b} were {part} by {a}"
        yield _sentence(active), _sentence(passive), E
        yield _sentence(active), _sentence(f"{b} {verb} {a}"), N
        yield _sentence(passive), _sentence(f"{a} were {part} by {b}"), N
        took, kept = rng.choice(HELD), rng.choice(KEPT)
        yield _sentence(took.format(a=a, t=t)), _sentence(kept.format(a=a, b=b, t=t)), C
        yield _sentence(kept.format(a=a, b=b, t=t)), _sentence(took.format(a=a, t=t)), C
        yield _sentence(took.format(a=a, t=t)), _sentence(rng.choice(HELD).format(a=a, t=t)), E
        yield _sentence(took.format(a=a, t=t)), _sentence(took.format(a=a, t=u)), N
        who, others = rng.choice(HIT)
        n, m = rng.sample(VALUES, 2)
        day, later = rng.sample(DAYS, 2)
        place, elsewhere = rng.sample(PLACES, 2)
        strike = f"the strike on {day} in {place} killed {n} {who}"
        yield _sentence(strike), _sentence(f"no {who} were killed in the strike on {day}"), C
        yield (
            _sentence(strike),
            _sentence(f"the strike on {day} in {place} killed only {others} and no {who}"),
            C,
        )
        yield _sentence(strike), _sentence(f"{WORD_OF[n]} {who} died in {place} on {day}"), E
        yield (
            _sentence(strike),
            _sentence(f"the strike on {later} in {elsewhere} killed {m} {others}"),
            N,
        )
        yield _sentence(strike), _sentence(f"people were killed in {place}"), E
        yield (
            _sentence(strike),
            _sentence(f"the strike on {day} in {place} was carried out by {a}"),
            N,
        )
        yield _sentence(f"{a} denied that they {verb} {b}"), _sentence(active), N
        yield _sentence(f"{a} did not attack {t}"), _sentence(f"{a} attacked {t}"), C
        yield _sentence(f"{a} confirmed that they attacked {t}"), _sentence(f"{a} attacked {t}"), E
        yield _sentence(f"{a} may have attacked {t}"), _sentence(f"{a} attacked {t}"), N
        yield _sentence(f"{a} called on {b} to leave {t}"), _sentence(f"{b} left {t}"), N
        month, other_month = rng.sample(MONTHS, 2)
        date = rng.randint(1, 28)
        yield (
            _sentence(f"the attack on {t} began on {date} {month}"),
            _sentence(f"the attack on {t} began on {date} {other_month}"),
            C,
        )
        yield (
            _sentence(f"about {n} families, or {n * 7} people, fled {place}"),
            _sentence(f"{n * 7} people fled {place}"),
            E,
        )
        yield (
            _sentence(f"about {n * 1000:,} people fled {place}"),
            _sentence(f"{m * 1000:,} people fled {place}"),
            C,
        )


GENERATORS = (
    cardinals,
    ordinals,
    _listed(PLACES),
    _listed(MONTHS),
    _listed(DAYS),
    _listed(COLOURS),
    siblings,
    opposites,
    synonyms,
    general,
    negations,
    hedges,
    identity,
)
RATES = (0.9, 1.0, 0.8, 0.8, 1.0, 0.7, 0.6, 0.6, 0.4, 0.25, 0.12, 0.04, 0.1)


def generate(sentences: list[str], seed: int, template_count: int) -> list[Pair]:
    """Every generated pair, in a fixed order for a given list and seed."""
    rng = random.Random(seed)
    pairs: list[Pair] = []
    for text in sentences:
        for make, rate in zip(GENERATORS, RATES, strict=True):
            if rng.random() < rate:
                pairs += make(text, rng)
    pairs += templates(rng, template_count)
    return pairs
