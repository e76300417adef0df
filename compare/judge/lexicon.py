"""What the judges need of `compare/data/assertions.toml`: families, sides, oppositions."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from compare.states import powers

ANYBODY = "gunmen"
"""The party of those of no known side: that another did not do it leaves open that they did."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Families of deeds, what an outcome says of who holds a place, who stands with whom."""

    family: dict[str, str]
    holds: dict[str, str]
    moves: dict[str, str]
    stance: dict[str, int]
    side: dict[str, str]
    general: dict[str, frozenset[str]]
    powers: frozenset[str]
    """States and armed groups that go by their own names."""
    parties: dict[str, str]
    light: frozenset[str]
    negators: frozenset[str]

    def party_in(self, words: str) -> str | None:
        """The party that some words name, by the longest name in them.

        >>> load().party_in("masked gunmen"), load().party_in("US air strike")
        ('gunmen', 'us')
        """
        told = words.lower().split()
        named = (
            " ".join(told[start:end])
            for size in range(len(told), 0, -1)
            for start in range(len(told) - size + 1)
            for end in [start + size]
        )
        return next((self.parties[name] for name in named if name in self.parties), None)

    def same_party(self, a: str | None, b: str | None) -> bool:
        """Whether two names may mean one party; a missing name may mean any.

        >>> load().same_party("rebels", None), load().same_party("forces", "us")
        (True, True)
        >>> load().same_party("taliban", "daesh"), load().same_party("russia", "forces")
        (False, True)
        """
        if a is None or b is None or a == b:
            return True
        return b in self.general.get(a, ()) or a in self.general.get(b, ())

    def is_party(self, label: str | None) -> bool:
        """Whether a label is a party, which may act and be blamed.

        >>> load().is_party("taliban"), load().is_party("russia"), load().is_party("hospital")
        (True, True, False)
        """
        return label in self.side or label in self.powers

    def opposed(self, a: str | None, b: str | None) -> bool:
        """Whether two parties stand on opposite sides."""
        left, right = self.side.get(a or ""), self.side.get(b or "")
        return left is not None and right is not None and left != right


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The shipped lists, read once.

    >>> load().family["shelling"], load().moves["repelled"]
    ('strike', 'no')
    """
    raw = tomllib.loads(
        resources.files("compare.data").joinpath("assertions.toml").read_text("utf-8")
    )
    outcome = raw["outcome"]
    states, groups = powers()
    own = {"fighters": groups, "government": states, "foreign": states}
    own |= {"forces": states, "gunmen": groups, "all": states | groups}
    return Lexicon(
        family={p: e["family"] for p, e in raw["occurrence"].items()},
        holds={p: e["holds"] for p, e in outcome.items() if "holds" in e},
        moves={p: e["moves"] for p, e in outcome.items() if "moves" in e},
        stance={p: e["stance"] for p, e in raw["position"].items()},
        side={party: side for side, listed in raw["sides"].items() for party in listed},
        general={
            word: frozenset(listed) | own.get(word, frozenset())
            for word, listed in raw["general"].items()
        },
        powers=states | groups,
        parties={w: code for code, listed in raw["parties"].items() for w in listed},
        light=frozenset(
            [
                *raw["wording"]["light"],
                *raw["light"]["happen"],
                *(w for name in ("adjectives", "objects") for w in raw["denial"][name]),
            ]
        ),
        negators=frozenset(raw["wording"]["negators"]),
    )
