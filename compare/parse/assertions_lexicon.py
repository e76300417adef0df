"""The word lists of `compare/data/assertions.toml`, arranged for look-up."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

Phrases = dict[tuple[str, ...], str]
_NAMED = frozenset(("taliban", "haqqani", "daesh"))
_PARTING = frozenset(("-", "and", "or", ","))
"""Words by which what a phrase names is two, or against the first."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What one verb or noun states; `needs` is a word that must stand close by."""

    aspect: str
    predicate: str
    needs: str
    takes: str
    holds: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Verbs and nouns by lemma, phrases by their words, and lists."""

    verbs: dict[str, tuple[Sense, ...]]
    deeds: frozenset[str]
    """The predicates of listed occurrences."""
    nouns: dict[str, Sense]
    parties: Phrases
    victims: Phrases
    harm_verbs: frozenset[str]
    harm_nouns: frozenset[str]
    denial: dict[str, frozenset[str]]
    light: dict[str, frozenset[str]]
    side_of: dict[str, str]
    idioms: dict[str, frozenset[str]]
    arms: dict[str, frozenset[str]]
    """Words for chemicals and other arms whose use is a deed."""


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The shipped lists, read once.

    >>> load().verbs["repel"][0].predicate, load().parties["islamic", "state"]
    ('repelled', 'daesh')
    """
    raw = tomllib.loads(
        resources.files("compare.data").joinpath("assertions.toml").read_text("utf-8")
    )
    verbs: dict[str, list[Sense]] = {}
    nouns: dict[str, Sense] = {}
    for aspect in ("occurrence", "outcome", "position"):
        for predicate, entry in raw[aspect].items():
            takes, holds = entry.get("takes", "agent"), entry.get("holds", "")
            for verb in entry["verbs"]:
                lemma, _, needs = verb.partition(" ")
                verbs.setdefault(lemma, []).append(Sense(aspect, predicate, needs, takes, holds))
            for noun in entry["nouns"]:
                nouns[noun] = Sense(aspect, predicate, "", takes, holds)
    return Lexicon(
        # A sense that needs a word is tried before one that does not.
        verbs={v: tuple(sorted(s, key=lambda x: not x.needs)) for v, s in verbs.items()},
        deeds=frozenset(raw["occurrence"]),
        nouns=nouns,
        parties=_phrases(raw["parties"]),
        victims=_phrases(raw["victims"]),
        harm_verbs=frozenset(raw["harm"]["verbs"]),
        harm_nouns=frozenset(raw["harm"]["nouns"]),
        denial={k: frozenset(v) for k, v in raw["denial"].items()},
        light={k: frozenset(v) for k, v in raw["light"].items()},
        arms={k: frozenset(v) for k, v in raw["arms"].items()},
        idioms={verb: frozenset(objects) for verb, objects in raw["idioms"].items()},
        side_of={party: side for side, listed in raw["sides"].items() for party in listed},
    )


def _phrases(table: dict[str, list[str]]) -> Phrases:
    return {tuple(words.split()): code for code, listed in table.items() for words in listed}


def gerunds(verbs: Iterable[str]) -> frozenset[str]:
    """Verbs as they end in -ing.

    >>> sorted(gerunds(["leave", "flee", "go"]))
    ['fleeing', 'going', 'leaving']
    """
    return frozenset(f"{v if v.endswith('ee') else v.removesuffix('e')}ing" for v in verbs)


def longest(words: list[str], phrases: Phrases) -> tuple[str, int, int] | None:
    """The longest listed phrase in `words`, the last of equals: code, start, end.

    Fighters by name stay so whatever their arm is called: "Taliban forces"; but "anti-Taliban
    forces" are not theirs.

    >>> longest(["the", "afghan", "air", "force"], load().parties)
    ('andsf', 1, 4)
    >>> [longest(words.split(), load().parties)[0] for words in
    ...  ("taliban forces", "rebel troops", "anti - taliban forces", "taliban and army forces")]
    ['taliban', 'fighters', 'forces', 'forces']
    """
    best: tuple[str, int, int] | None = None
    for start in range(len(words)):
        if words[max(start - 2, 0) : start] == ["anti", "-"]:
            continue
        for end in range(min(len(words), start + 4), start, -1):
            code = phrases.get(tuple(words[start:end]))
            if code == "own-hand" and end < len(words):
                continue  # a suicide bomber is no suicide
            if code and (best is None or end - start >= best[2] - best[1]):
                best = code, start, end
    if best is None or best[0] in _NAMED:
        return best
    for at in range(best[1]):
        code = phrases.get((words[at],), "")
        general = code == "fighters" and best[0] != "fighters"
        around = words[max(at - 1, 0) : best[1]]
        if (general or code in _NAMED) and _PARTING.isdisjoint(around):
            return code, at, best[2]
    return best
