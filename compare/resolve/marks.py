"""The words of a text marked as name, title, body, place or none of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from compare.resolve.governments import is_seat, portfolio_end
from compare.resolve.lexicon import lexicon
from compare.resolve.names import PARTICLES, Word
from compare.resolve.registry import Hit, Registry

_INNER = PARTICLES | {"e", "i"}
_LEADING = frozenset(["al", "el", "ul", "bin", "ibn", "de", "von", "der"])
"""Particles that a surname alone may begin with: al-Burhan, de Blasio."""
_SMALL = {
    "the", "a", "an", "and", "his", "her", "their", "its", "our", "this", "that", "these", "those",
    "according", "meanwhile", "but", "however", "while", "acting", "new", "former", "also", "late",
    "then", "as", "earlier", "later", "when", "after", "before", "if", "in", "on", "at", "for",
    "both", "each", "either", "neither", "every", "one", "two", "three", "some", "another",
    "several", "many", "other", "senior", "top",
    "deputy", "anonymous", "local", "first", "second", "no", "not", "moreover", "furthermore",
    "afghan", "afghanistan", "kabul", "we", "he", "she", "they", "it", "i",
    "you", "there", "here", "what", "who",
}  # fmt: skip


_ANOTHER = frozenset(["rebel", "opposition", "ruling", "governing", "rival", "islamist"])
_SINGULAR = frozenset(["boss", "malik", "charge", "daffaires", "witness", "eyewitness"])
_MANY = frozenset(["people", "men", "women", "police", "children", "troops", "staff", "both"])
_SURNAMES = {
    "baker",
    "bishop",
    "boss",
    "cardinal",
    "chaplain",
    "dean",
    "driver",
    "farmer",
    "judge",
    "justice",
    "major",
    "marshal",
    "pastor",
    "pope",
    "priest",
    "tailor",
    "carpenter",
}
"""Words for an office or a trade that end many names: Kate Bishop, Ann Baker."""


@dataclass
class Reading:
    """Words of a phrase with their marks: N name, T title, H honorific, B body, `.` other."""

    items: list[Word]
    marks: list[str] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    persons: list[Hit] = field(default_factory=list)


def mark(items: Sequence[Word], registry: Registry) -> Reading:
    """Marks every word of a text: part of a name, a title, a body, or none of these."""
    lex = lexicon()
    reading = Reading(list(items), ["."] * len(items))
    marks = reading.marks
    reading.hits = registry.scan(items, persons=False)
    for hit in reading.hits:
        kind = "B" if _free(items, hit, registry) else "."
        marks[hit.first : hit.last] = [kind] * (hit.last - hit.first)
    reading.hits = [h for h in reading.hits if marks[h.first] == "B"]
    taken = {n for h in reading.hits for n in range(h.first, h.last)}
    reading.hits += [
        h for h in _ministries(items, registry) if not taken & set(range(h.first, h.last))
    ]
    for n, word in enumerate(items):
        if marks[n] == "B":
            continue
        after = items[n + 1] if n + 1 < len(items) else None
        if word.folded in lex.honorifics and word.capital and after and after.capital:
            marks[n] = "H"
        elif word.folded in lex.heads and not _within(items, n):
            last = not (after and after.capital and after.start - word.end == 1)
            named = n and marks[n - 1] == "N" and items[n].start - items[n - 1].end == 1
            surname = word.capital and named and last and word.folded in _SURNAMES
            marks[n] = "N" if surname else "T"
        elif word.capital and word.folded not in lex.foreign:
            marks[n] = "." if word.folded in _SMALL and not word.acronym else "N"
        elif _particle(items, n, n > 0 and marks[n - 1] == "N"):
            marks[n] = "N"
    _portfolios(reading)
    _places(reading, registry)
    for hit in registry.scan(items, persons=True):
        if registry.by_id[hit.actor_id][0].kind != "person":
            continue
        before = hit.first and marks[hit.first - 1] == "N"
        if hit.last - hit.first > 1 or not (before or marks[hit.last : hit.last + 1] == ["N"]):
            reading.persons.append(hit)
            for n in range(hit.first, hit.last):
                marks[n] = "H" if items[n].folded in lex.honorifics else "N"
            reading.hits = [h for h in reading.hits if h.last <= hit.first or h.first >= hit.last]
    return reading


def _portfolios(reading: Reading) -> None:
    """The field of an office is part of it: not the name of `Minister of Defence Asad Khalid`."""
    items, marks = reading.items, reading.marks
    for n in range(len(items) - 2):
        if marks[n] == "T" and items[n + 1].folded == "of":
            for at in range(n + 2, portfolio_end(items, n + 2)):
                marks[at] = "T" if marks[at] == "N" else marks[at]


def _particle(items: Sequence[Word], n: int, inside: bool) -> bool:
    """A small word of a name: within one (von der Leyen), or at the head of a surname."""
    word, end = items[n], n + 1
    while inside and end < len(items) and items[end].folded in _INNER:
        end += 1
    if end == len(items) or not items[end].capital:
        return False
    leads = word.folded in _LEADING and items[end].start - word.end == 1
    return leads or (inside and word.folded in _INNER)


def _ministries(items: Sequence[Word], registry: Registry) -> list[Hit]:
    """The ministry behind a minister: `defence minister`, `minister of defence`."""
    hits: list[Hit] = []
    for n, word in enumerate(items):
        if word.folded not in {"minister", "ministers"}:
            continue
        ministry = Word("Ministry", "ministry", word.start, word.end)
        spans = [(max(0, n - size), n, True) for size in (4, 3, 2, 1)]
        spans += [(n + 1, n + 1 + size, False) for size in (4, 3, 2)]
        for first, last, before in spans:
            part = list(items[first:last])
            if first == last or len(part) < last - first:
                continue
            sought = [*part, ministry] if before else [ministry, *part]
            found = registry.exact(sought)
            hit = Hit(first, n + 1, found[0]) if found and before else None
            hit = Hit(n, last, found[0]) if found and not before else hit
            if hit and _free(items, hit, registry):
                hits.append(hit)
                break
    return hits


def _within(items: Sequence[Word], n: int) -> bool:
    """A common noun in capitals is part of the body's name that its owner or capitals make it.

    So the Sanjar Women's Network, and the People's Defence Force.
    """
    word, lex = items[n], lexicon()
    if not (word.capital and lex.heads[word.folded] & lex.plain):
        return False
    led = n > 0 and items[n - 1].capital and n + 1 < len(items)
    nearby = led and items[n + 1].capital and items[n + 1].folded in lex.bodies
    return nearby or (word.text.endswith(("'s", "’s", "s'", "s’")) and body_end(items, n + 1) > 0)


def _free(items: Sequence[Word], hit: Hit, registry: Registry) -> bool:
    """Another country's nationality before a general name makes it another body.

    So do capitals after a name of one word, up to a word for a body: `The National` is a
    paper, `the National Unity Government` is none.
    """
    if hit.first and items[hit.first - 1].text == "National":
        return False  # the National Security Council is not the UN's
    alone = hit.last - hit.first == 1 and not items[hit.first].acronym
    if alone and hit.first and items[hit.first - 1].folded in _ANOTHER:
        return False  # the rebel coalition is not the coalition
    if alone and (body_end(items, hit.last) or _of_longer(items, hit, registry)):
        return False
    if hit.first and items[hit.first - 1].folded in lexicon().foreign:
        return items[hit.first - 1].folded in registry.tenure(hit.actor_id, None).actor.casefold()
    return True


def _of_longer(items: Sequence[Word], hit: Hit, registry: Registry) -> bool:
    """One word of a longer name: Kyiv Independent, National Accord, Paris Duval."""
    word, lex = items[hit.first], lexicon()
    publisher = registry.by_id[hit.actor_id][0].kind == "publisher"
    before = items[hit.first - 1] if hit.first else None
    if publisher and before and is_seat(before) and word.start - before.end == 1:
        return True
    after = items[hit.last] if hit.last < len(items) else None
    if after is None or not (publisher or is_seat(word)):
        return False
    if not after.capital or after.start - word.end != 1:
        return False
    return after.folded not in {*lex.heads, *lex.honorifics, *lex.foreign} and not after.acronym


def body_end(items: Sequence[Word], at: int) -> int:
    """Where the capitals from word `at` on end in a word for a body, with no title among them.

    0 if they do not.
    """
    while at < len(items) and items[at].capital and items[at].start - items[at - 1].end == 1:
        if items[at].folded in lexicon().bodies:
            return at + 1
        if items[at].folded in lexicon().heads or items[at].folded in lexicon().honorifics:
            return 0
        at += 1
    return 0


def _places(reading: Reading, registry: Registry) -> None:
    """A province is no name, unless it stands last after a given name (Naeem Wardak)."""
    items, marks = reading.items, reading.marks
    for size in (3, 2, 1):
        for n in range(len(items) - size + 1):
            if tuple(w.folded for w in items[n : n + size]) not in registry.provinces:
                continue
            behind = n > 0 and marks[n - 1] == "N"
            if set(marks[n : n + size]) <= {"N", "."} and not behind:
                marks[n : n + size] = ["P"] * size


def name_runs(reading: Reading) -> list[tuple[int, int]]:
    """Stretches of name words, not across a comma or other gap."""
    runs: list[tuple[int, int]] = []
    for n, kind in enumerate(reading.marks):
        if kind != "N":
            continue
        joined = (
            bool(runs)
            and runs[-1][1] == n
            and (reading.items[n].start - reading.items[n - 1].end <= 2)
        )
        if joined and not _closed(reading, n):
            runs[-1] = (runs[-1][0], n + 1)
        else:
            runs.append((n, n + 1))
    return runs


def _closed(reading: Reading, n: int) -> bool:
    """A comma or a possessive parts the word before `n` from it."""
    before, word = reading.items[n - 1], reading.items[n]
    return word.start - before.end > 1 or before.text.endswith(("'s", "’s"))


def is_plural(head: str) -> bool:
    """Whether an office as written, folded, is that of several people.

    >>> is_plural("officials"), is_plural("police"), is_plural("witness")
    (True, True, False)
    """
    return head in _MANY or head.endswith(("men", "people", "women")) or (
        head.endswith("s") and head not in _SINGULAR
    )  # fmt: skip
