"""Names: how they fold, how they sound, and when two of them are one person's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from compare.resolve.lexicon import lexicon

_WORD = re.compile(r"@?[^\W_](?:[\w.'’]*[^\W_])?(?:(?<=s)['’](?= [A-Z]))?", re.UNICODE)
"""The apostrophe after a plural is part of the word within a name: the Millworkers' Union."""
_POSSESSIVE = re.compile(r"['’]s?$")
_SOUNDS = (
    ("kh", "x"), ("gh", "g"), ("ch", "c"), ("th", "t"), ("dh", "d"), ("zh", "z"), ("ph", "f"),
    ("ou", "u"), ("oo", "u"), ("ow", "u"), ("ee", "i"), ("ie", "i"), ("ai", "ai"), ("ay", "ai"),
    ("ck", "k"), ("q", "k"), ("w", "v"), ("o", "u"), ("e", "i"), ("y", "i"), ("j", "j"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = "aiu"
PARTICLES = frozenset(
    ["al", "el", "ul", "bin", "ibn", "de", "van", "von", "der", "la", "din"]
)  # fmt: skip
"""Words within a name that are written small."""
_OWNED = frozenset(
    ["run", "led", "held", "backed", "controlled", "affiliated", "aligned", "linked"]
)  # fmt: skip
"""What follows a name with a hyphen where it is only said whose something is."""
_RATIO_FROM = 7
"""Letters a name needs before one wrong consonant is taken for a slip of the pen."""


@dataclass(frozen=True)
class Word:
    """One word of a text: as written, folded, and where it stands."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """It begins with a capital, or is a handle."""
        return self.text[0].isupper() or self.text[0] == "@"

    @property
    def acronym(self) -> bool:
        """All capitals, full stops aside: `US`, `U.S.`, `USFOR`."""
        letters = self.text.replace(".", "")
        letters = _POSSESSIVE.sub("", letters)
        return len(letters) > 1 and letters.isupper()


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """One word without case, accents, full stops and possessive.

    >>> fold("U.S."), fold("Chargé"), fold("Governor’s"), fold("d’Affaires")
    ('us', 'charge', 'governor', 'daffaires')
    """
    word = _POSSESSIVE.sub("", word) or word
    plain = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return kept.replace(".", "").replace("'", "").replace("’", "") or word


def words(text: str) -> list[Word]:
    """The words of a text with their offsets; hyphens and slashes divide.

    >>> [(w.text, w.folded) for w in words("RFE/RL's U.S. envoy")]
    [('RFE', 'rfe'), ("RL's", 'rl'), ('U.S', 'us'), ('envoy', 'envoy')]
    """
    return [Word(m.group(), fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def owning(items: Sequence[Word], last: int) -> bool:
    """Whether a name that ends before word `last` only tells whose the next thing is.

    >>> owning(words("the Hamas-run ministry"), 2), owning(words("the Hamas ministry"), 2)
    (True, False)
    """
    if last >= len(items):
        return False
    return items[last].start == items[last - 1].end + 1 and items[last].text in _OWNED


@lru_cache(maxsize=65536)
def key(text: str) -> tuple[str, ...]:
    """A name as folded words, without a leading article.

    >>> key("The Washington Post")
    ('washington', 'post')
    """
    folded = tuple(w.folded for w in words(text))
    return folded[1:] if folded[:1] == ("the",) and len(folded) > 1 else folded


def folded_text(text: str) -> str:
    """A text as folded words, one blank between them, without a leading article.

    >>> folded_text("The Governor’s Office")
    'governor office'
    """
    return " ".join(key(text))


def slug(text: str) -> str:
    """A readable id.

    >>> slug("The UN's human-rights office")
    'un-human-rights-office'
    """
    return "-".join(key(text)).replace("@", "") or "nobody"


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """How a transliterated name sounds, roughly, so that its spellings meet.

    >>> sound("tariq") == sound("tareq"), sound("aryan") == sound("arian")
    (True, True)
    >>> sound("yousuf"), sound("qari")
    ('iusuf', 'kari')
    """
    for old, new in _SOUNDS:
        word = word.replace(old, new)
    word = _DOUBLE.sub(r"\1", word)
    return word.removesuffix("h") if len(word) > 3 else word


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of the sound, the first letter kept.

    >>> skeleton("hejri") == skeleton("hijri")
    True
    """
    heard = sound(word)
    return heard[:1] + "".join(c for c in heard[1:] if c not in _VOWELS)


@lru_cache(maxsize=65536)
def alike(a: str, b: str, similarity: float) -> float:
    """How surely two folded words spell one name: 0 for no, up to 1.

    The consonants must agree and one vowel at most may differ; in long names
    one slip is allowed where the rapidfuzz ratio reaches `similarity`. A name
    with a vowel more at its end is another name.

    >>> alike("omar", "omer", 0.9) > 0, alike("karim", "karimi", 0.9), alike("john", "jane", 0.9)
    (True, 0.0, 0.0)
    """
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.fuzz import ratio

    if a == b:
        return 1.0
    if len(a) == 1 or len(b) == 1:
        return 0.8 if a[0] == b[0] else 0.0
    x, y = sound(a), sound(b)
    if x == y:
        return 0.97
    if (x[-1] in _VOWELS) != (y[-1] in _VOWELS):
        return 0.0
    measured: float = ratio(x, y) / 100
    if skeleton(a) == skeleton(b):
        return 0.92 if Levenshtein.distance(x, y) <= 1 and min(len(x), len(y)) > 3 else 0.0
    near = min(len(x), len(y)) >= _RATIO_FROM and x[0] == y[0] and x[-1] == y[-1]
    return 0.95 * measured if near and measured >= similarity else 0.0


def spellings(word: str) -> set[str]:
    """Keys of a folded word, so that words share one where `alike` may take them for one name.

    An initial has one key of its own, which is none of the words that it may stand for.

    >>> spellings("omar") & spellings("omer"), spellings("o")
    ({'umr'}, {'o.'})
    """
    if len(word) == 1:
        return {f"{word}."}
    heard = sound(word)
    return {skeleton(word)} | ({f"{heard[0]}-{heard[-1]}"} if len(heard) >= _RATIO_FROM else set())


def bare(name: Sequence[str]) -> tuple[str, ...]:
    """A name without the particles it begins with.

    >>> bare(["al", "burhan"]), bare(["abdel", "fattah", "al", "burhan"])
    (('burhan',), ('abdel', 'fattah', 'al', 'burhan'))
    """
    start = next((n for n, word in enumerate(name) if word not in PARTICLES), 0)
    return tuple(name[start:])


def same_person(a: Sequence[str], b: Sequence[str], similarity: float, *, loose: bool) -> float:
    """How surely two folded names, without honorifics, are one person's: 0 to 1.

    Every word of the shorter must be found in the longer, in order. A shared
    surname or given name alone never does, and no two different given names
    meet. `loose` (inside one document) lets the shorter lack the surname, or be
    the last words of the longer.

    >>> same_person(["omar", "zwak"], ["omer", "zwaak"], 0.9, loose=False)
    0.92
    >>> same_person(["azam", "afzali"], ["mohammad", "azam", "afzali"], 0.9, loose=False) > 0
    True
    >>> same_person(["zwak"], ["omar", "zwak"], 0.9, loose=False)
    0.0
    >>> same_person(["omar", "zwak"], ["karim", "zwak"], 0.9, loose=False)
    0.0
    """
    short, long = (list(a), list(b)) if len(a) <= len(b) else (list(b), list(a))
    if len(short) < 2:
        return 0.0
    weak = lexicon().weak
    scores: list[float] = []
    places: list[int] = []
    at = 0
    for word in short:
        found = next(
            ((i, s) for i in range(at, len(long)) if (s := alike(word, long[i], similarity)) > 0),
            None,
        )
        if found is None:
            if len(word) == 1 and word != short[0]:
                continue
            return 0.0
        places.append(found[0])
        scores.append(found[1])
        at = found[0] + 1
    strong = [long[i] for i in places if long[i] not in weak and len(long[i]) > 1]
    left_out = [w for i, w in enumerate(long) if i not in places and w not in weak and len(w) > 1]
    if len(short) == len(long):
        return min(scores)
    if not strong:
        return 0.0
    whole = places[-1] == len(long) - 1
    before = [w for w in long[: places[0]] if w not in weak and len(w) > 1]
    if whole and not left_out:
        return 0.98 * min(scores)
    if whole and not before and long[0] not in weak and len(strong) >= 2:
        return 0.9 * min(scores)
    ends = whole and places == list(range(len(long) - len(short), len(long)))
    return 0.85 * min(scores) if loose and (ends or not before) else 0.0
