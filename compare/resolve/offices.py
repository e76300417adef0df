"""Which registered actor a phrase means: by name, by office and day, by place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from compare.resolve.country import AFGHAN
from compare.resolve.lexicon import lexicon
from compare.resolve.names import alike, key, same_person, words
from compare.resolve.phrase import Phrase, read_phrase
from compare.resolve.registry import Registry
from compare.resolve.tenure import Tenure

Match = tuple[str, float, str]
"""actor_id, score in 0..1, how"""
_CANON = {
    "defense": "defence", "american": "us", "states": "us", "british": "uk",
    "afghan": "afghanistan", "organization": "organisation", "advisor": "adviser",
}  # fmt: skip
_BELOW = {"vice", "deputy", "former"}
_IDLE = {
    "of", "for", "the", "in", "to", "at", "a", "an", "and", "acting", "national", "on",
    "interim", "caretaker", "united", "new", "top", "countrys", "then",
}  # fmt: skip


def find_person(
    name: Sequence[str], phrase: Phrase, day: date | None, registry: Registry, similarity: float
) -> Match | None:
    """The one registered person of that name whose office does not speak against it.

    `name` is folded, without honorifics. A surname alone needs an alias of its
    own. Two registered persons of one name are told apart by office, else by day.
    """
    scored: dict[str, float] = {}
    for actor_id, alias in registry.people(name):
        whole = list(alias) == list(name)
        score = 1.0 if whole else same_person(name, alias, similarity, loose=False)
        if score > scored.get(actor_id, 0.0):
            scored[actor_id] = score
    fitting = {a: s for a, s in scored.items() if fits(phrase, registry.by_id[a], registry) >= 0}
    if not fitting:
        return None
    best = max(fitting.values())
    top = sorted(a for a, s in fitting.items() if s == best)
    if len(top) > 1:
        named = [a for a in top if fits(phrase, registry.by_id[a], registry) > 0]
        dated = [a for a in top if any(t.covers(day) for t in registry.by_id[a])]
        top = named if len(named) == 1 else dated
    if len(top) != 1:
        return None
    return top[0], best, "alias" if best == 1.0 else "fuzzy"


def find_surname(
    surname: str,
    phrase: Phrase,
    day: date | None,
    registry: Registry,
    near: frozenset[str],
    similarity: float,
) -> Match | None:
    """The one registered person with that surname, if office or surroundings fit.

    `near` holds the registry ids of bodies and the provinces named in the document.
    """
    if surname in lexicon().weak or len(surname) < 4:
        return None
    found = sorted(
        {
            a
            for a, alias in registry.people([surname])
            if alike(surname, alias[-1], similarity) >= 0.97
        }
    )
    if len(found) != 1:
        return None
    rows = registry.by_id[found[0]]
    fit = fits(phrase, rows, registry)
    bodies = {c for t in rows for c in registry.chain(t.organisation)}
    around = bool(bodies & near) and any(t.covers(day) for t in rows)
    if fit > 0 or (fit == 0 and around):
        return found[0], 0.8 if fit > 0 else 0.7, "surname"
    return None


def fits(phrase: Phrase, rows: Sequence[Tenure], registry: Registry) -> int:
    """1 if the phrase's office is one the actor held, -1 if it speaks against it, else 0."""
    lex = lexicon()
    if phrase.bodies:
        camps = {registry.tenure(b, None).camp for b in phrase.bodies}
        own = {c for t in rows for c in registry.chain(t.organisation)}
        named = {c for b in phrase.bodies for c in registry.chain(b)}
        if own & set(phrase.bodies) or named & {t.organisation for t in rows if t.organisation}:
            return 1
        if own & named or camps & {t.camp for t in rows}:
            return 0
        return -1
    titles = {w for t in rows for title in t.titles for w in key(title)}
    classes = {c for w in titles for c in lex.heads.get(w, ())}
    if phrase.heads & lex.plain and not phrase.heads & classes and titles:
        return -1
    if phrase.province:
        own = {c for t in rows for c in registry.chain(t.organisation)}
        if any(c.startswith(f"{phrase.province}-") for c in own):
            return 1
    return 1 if phrase.heads & classes and _canon(phrase.content) & _canon(titles) else 0


def find_holder(phrase: Phrase, day: date | None, registry: Registry) -> Match | None:
    """Who held the office a title names on that day, if the registry has exactly one.

    Offices that several hold at once, such as spokesman, are never looked up.
    """
    lex = lexicon()
    if day is None or not phrase.heads or phrase.heads == {"spokesperson"}:
        return None
    asked = {w for w in _canon(phrase.content) if not lex.heads.get(w, frozenset()) & phrase.heads}
    if not asked or phrase.number != "sg":
        return None
    afghan = any(w.startswith(AFGHAN) for w in phrase.words)
    named = afghan or phrase.bodies or phrase.province or phrase.words & lex.foreign
    found = {
        row.actor_id
        for row, title, bodies in _titles(registry)
        if row.covers(day)
        and (named or registry.by_title(row))
        and title.heads & phrase.heads
        and asked <= _canon(title.words | bodies)
        and asked & _canon(title.words)
        and phrase.words & _BELOW == title.words & _BELOW
    }
    return (found.pop(), 0.9, "office") if len(found) == 1 else None


@lru_cache(maxsize=8)
def _titles(registry: Registry) -> list[tuple[Tenure, Phrase, frozenset[str]]]:
    """Every dated title of every person, with the words of the body it belongs to."""
    found = []
    for row in registry.rows:
        if row.kind == "person" and row.valid_from:
            bodies = frozenset(key(registry.name(row.organisation, row.valid_from)))
            found += [(row, read_phrase(t, registry), bodies) for t in row.titles]
    return found


def _canon(found: frozenset[str] | set[str]) -> set[str]:
    return {_CANON.get(w, w) for w in found} - _IDLE - {""}


def local_body(phrase: Phrase, province: str, registry: Registry) -> str:
    """The provincial body a general title belongs to: governor, council, police, authorities."""
    if not province or phrase.words & {"district", "shadow", "taliban"}:
        return ""
    for sign, suffix in (
        ({"governor", "governors"}, "governor"),
        ({"council", "councillor", "councilor", "councilman"}, "council"),
        ({"police"}, "police"),
        ({"authorities"}, "authorities"),
    ):
        if suffix == "authorities" and not (
            phrase.province or phrase.words & {"local", "provincial"}
        ):
            continue
        if phrase.words & sign and f"{province}-{suffix}" in registry.by_id:
            return f"{province}-{suffix}"
    if {"provincial", "spokesperson"} <= phrase.words | phrase.heads:
        return f"{province}-governor"
    return ""


def find_body(name: str, registry: Registry, similarity: float) -> Match | None:
    """The registered body of that name, or the one whose name differs by a slip.

    Figures and states in a name must agree: the 205th Corps is not the 207th, nor the Nigerien
    military the Nigerian.
    """
    exact = registry.exact(words(name)[1:] if key(name) != _all(name) else words(name))
    if exact:
        return exact[0], 1.0, "alias"
    return _near(name, registry, similarity) if len(name) >= 10 else None


def _all(name: str) -> tuple[str, ...]:
    return tuple(w.folded for w in words(name))


@lru_cache(maxsize=4096)
def _near(name: str, registry: Registry, similarity: float) -> Match | None:
    from rapidfuzz import process
    from rapidfuzz.fuzz import ratio

    asked = " ".join(key(name))
    table = registry.bodies
    found = process.extract(
        asked, list(table), scorer=ratio, score_cutoff=100 * similarity, limit=5
    )
    hits = [(table[text], score / 100) for text, score, _ in found if _told(text) == _told(asked)]
    if not hits or len({h[0] for h in hits if h[1] == hits[0][1]}) > 1:
        return None
    return hits[0][0], hits[0][1], "fuzzy"


def _told(name: str) -> tuple[list[str], frozenset[str]]:
    """The figures and the states in a folded name."""
    return [c for c in name if c.isdigit()], lexicon().foreign & frozenset(name.split())
