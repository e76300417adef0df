"""States and their bodies, by every name that follows from the state's: no list of governments.

`Khartoum`, `the Sudanese government`, `Sudan's military government` and `the government of
Sudan` are one actor; `Russia's defence ministry` and `the Ministry of Defence of Russia` are one,
and so are `the Malian army` and `Mali's armed forces`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from compare.resolve.names import Word, key
from compare.states import State, rows_of, states

GOVERNMENT = "government"
_RULERS = frozenset(
    ["government", "govt", "regime", "junta", "authorities", "administration", "cabinet"]
)
_OF_TOWNS = frozenset(["authorities", "administration", "cabinet"])
"""Said with the name of a capital, these are the city's."""
_KINDS = frozenset(
    ["military", "transitional", "interim", "central", "federal", "national", "ruling", "de",
     "facto", "caretaker", "current", "new", "own", "civilian", "sovereign", "internationally",
     "recognised", "recognized", "elected", "legitimate"]
)  # fmt: skip
"""Words between a state and its government that make it no other body."""
_OTHERS = frozenset(
    ["shadow", "parallel", "rebel", "rival", "exile", "exiled", "opposition", "local", "regional",
     "provincial", "state", "city", "municipal", "unity", "former", "previous", "breakaway"]
)  # fmt: skip
"""Words before `government of` that make it another than the state's."""
_OFFICES = frozenset([("state",), ("staff",), ("intelligence",), ("police",), ("operations",)])
"""What one is secretary, chief or director of that is no ministry."""
_NOT_FORCES = frozenset(
    ["academy", "attache", "base", "college", "commission", "council", "court", "courts",
     "doctor", "expert", "analyst", "hospital", "intelligence", "judge", "operation", "police",
     "prosecutor", "prosecutors", "radio", "rule", "rulers", "tribunal", "zone", "camp", "post",
     "station", "state", "aid", "support", "action", "offensive", "campaign", "strike", "strikes"]
)  # fmt: skip
"""Words behind a force's name that make it another body's, or none's: `military intelligence`."""
Wording = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A body of a state that ends before word `last`: its government, a ministry or a force."""

    last: int
    state: str
    body: str


def body_at(items: Sequence[Word], at: int) -> Found | None:
    """The longest name of a state's body that begins with word `at`.

    >>> from compare.resolve.names import words
    >>> body_at(words("Russia's defence ministry said"), 0)
    Found(last=3, state='russia', body='defence')
    >>> body_at(words("the military government of Sudan"), 1)
    Found(last=5, state='sudan', body='government')
    >>> body_at(words("the armed forces of Mali"), 1)
    Found(last=5, state='mali', body='army')
    >>> body_at(words("Myanmar's National Unity Government"), 0)
    """
    if items[at].folded not in _openers():
        return None
    found = [*_owned(items, at), *_belonging(items, at)]
    return max(found, key=lambda f: f.last, default=None)


def ruler(items: Sequence[Word]) -> str:
    """The state a phrase names with a country or a capital alone, which then is its government.

    >>> from compare.resolve.names import words
    >>> ruler(words("Khartoum")), ruler(words("the United States")), ruler(words("Khartoum North"))
    ('sudan', 'us', '')
    """
    if items and items[0].folded == "the":
        items = items[1:]
    whole = [s for s, last, kind in _states_at(items, 0) if last == len(items)
             and kind != "adjective"] if items else []  # fmt: skip
    return whole[0] if whole else ""


def is_seat(word: Word) -> bool:
    """Whether a word is a capital that stands for its government.

    >>> from compare.resolve.names import words
    >>> [is_seat(w) for w in words("Kyiv Ukraine")]
    [True, False]
    """
    return any(kind == "seat" for _, _, kind in _states_at([word], 0))


def display(state: str, body: str) -> str:
    """The name a state's body is shown by.

    >>> display("sudan", "government"), display("gambia", "health")
    ('Government of Sudan', 'Ministry of Health of the Gambia')
    """
    name = "Government" if body == GOVERNMENT else {**_ministries()[0], **_forces()[0]}[body]
    return f"{name} of {_states()[state].country}"


def plain_names(state: str, body: str) -> Iterator[Wording]:
    """Names, folded, under which a registry may hold the body.

    >>> sorted(plain_names("sudan", "government"))[0]
    ('government', 'of', 'sudan')
    """
    row = _states()[state]
    if body in _forces()[0]:
        for wording in (w for w, force in _forces()[1].items() if force == body):
            yield from ((*key(own), *wording) for own in (*row.adjectives, *row.names))
            yield from ((*wording, "of", *key(own)) for own in row.names)
        return
    kinds = [w for w, ministry in _ministries()[1].items() if ministry == body]
    heads = [(GOVERNMENT,)] if body == GOVERNMENT else [(*w, "ministry") for w in kinds]
    heads += [("ministry", "of", *w) for w in kinds]
    for head in heads:
        yield from ((*key(own), *head) for own in (*row.adjectives, *row.names))
        yield from ((*head, "of", *key(own)) for own in row.names)


def _owned(items: Sequence[Word], at: int) -> Iterator[Found]:
    """`Sudan's military government`, `the Kiev regime`, `the Russian Ministry of Defence`."""
    before = items[at - 1] if at and _follows(items, at) else None
    for state, here, kind in _states_at(items, at):
        # "Kyiv police" are the city's, and the Free Syrian Army is none of the state's.
        if kind != "seat" and not (before and (before.folded in _OTHERS or _part_of_name(before))):
            yield from (Found(last, state, force) for last, force in _force_at(items, here))
        while _follows(items, here) and items[here].folded in _KINDS:
            here += 1
        if not _follows(items, here):
            continue
        if items[here].folded in _RULERS - (_OF_TOWNS if kind == "seat" else frozenset()):
            yield Found(here + 1, state, GOVERNMENT)
        for last, ministry in _ministry_at(items, here):
            yield Found(last, state, ministry)


def _belonging(items: Sequence[Word], at: int) -> Iterator[Found]:
    """`the government of Sudan`, `the military government in Khartoum`, `ministry of X of Y`."""
    before = items[at - 1] if at and _follows(items, at) else None
    if before is not None and (before.folded in _OTHERS or _part_of_name(before)):
        return
    here = at
    while here < len(items) and items[here].folded in _KINDS:
        here += 1
    heads = [*_ministry_at(items, here), *_force_at(items, at)]
    if here < len(items) and items[here].folded in _RULERS:
        heads.append((here + 1, GOVERNMENT))
    for end, body in heads:
        if not (_follows(items, end) and items[end].folded in {"of", "in"}):
            continue
        the = end + 1 < len(items) and items[end + 1].folded == "the"
        for state, last, kind in _states_at(items, end + 1 + the):
            if kind != "adjective":
                yield Found(last, state, body)


def _part_of_name(word: Word) -> bool:
    return word.capital and word.folded not in {"the", "a", *_KINDS}


def _ministry_at(items: Sequence[Word], at: int) -> Iterator[tuple[int, str]]:
    """Where a ministry's name that begins with word `at` may end, and which it is."""
    wordings = _ministries()[1]
    if at < len(items) and items[at].folded == "ministry":
        at += 1
        if not (_follows(items, at) and items[at].folded in {"of", "for"}):
            return
        at += 2 if at + 1 < len(items) and items[at + 1].folded == "the" else 1
        for size in (2, 1):
            told = tuple(w.folded for w in items[at : at + size])
            if len(told) == size and told in wordings:
                yield at + size, wordings[told]
        return
    if at < len(items) and items[at].folded in _short() and not items[at].text.islower():
        yield at + 1, _short()[items[at].folded]  # "the Russian MoD"
    for size in (2, 1):
        told = tuple(w.folded for w in items[at : at + size])
        named = told in wordings and _follows(items, at + size)
        if named and items[at + size].folded == "ministry":
            yield at + size + 1, wordings[told]


def _force_at(items: Sequence[Word], at: int) -> Iterator[tuple[int, str]]:
    """Where a force's name that begins with word `at` may end, and which it is."""
    if at and not _follows(items, at):
        return
    for size in (2, 1):
        last = at + size
        told = tuple(w.folded for w in items[at:last])
        if len(told) < size or told not in _forces()[1]:
            continue
        after = items[last] if _follows(items, last) and last < len(items) else None
        if after is None or after.folded not in _NOT_FORCES:
            yield last, _forces()[1][told]


def portfolio_end(items: Sequence[Word], at: int) -> int:
    """Where the field of a minister or director that begins with word `at` ends; `at` for none.

    >>> from compare.resolve.names import words
    >>> portfolio_end(words("Minister of Foreign Affairs Sergei Lavrov"), 2)
    4
    """
    for size in (2, 1):
        told = tuple(w.folded for w in items[at : at + size])
        if len(told) == size and (told in _ministries()[1] or told in _OFFICES):
            return at + size
    return at


def _states_at(items: Sequence[Word], at: int) -> list[tuple[str, int, str]]:
    """States named from word `at` on, longest names only: state, end, name or seat or adjective."""
    names, longest = _names()
    for size in range(longest, 0, -1):
        part = items[at : at + size]
        if len(part) < size or not part[0].capital or not part[-1].capital:
            continue
        if any(not _follows(items, n) for n in range(at + 1, at + size)):
            continue
        if part[0].folded == "us" and not part[0].acronym:
            continue
        if found := names.get(tuple(w.folded for w in part)):
            return [(state, at + size, kind) for state, kind in found]
    return []


def _follows(items: Sequence[Word], at: int) -> bool:
    """There is a word at `at`, and only a blank or a hyphen before it."""
    return 0 < at < len(items) and items[at].start - items[at - 1].end <= 1


@lru_cache(maxsize=1)
def _states() -> dict[str, State]:
    return {state.state: state for state in states()}


@lru_cache(maxsize=1)
def _names() -> tuple[dict[Wording, list[tuple[str, str]]], int]:
    """Every name of every state with its kind, and the most words one has."""
    names: dict[Wording, list[tuple[str, str]]] = {}
    for row in _states().values():
        for kind, told in (("name", row.names), ("seat", row.seats), ("adjective", row.adjectives)):
            for name in told:
                names.setdefault(key(name), []).append((row.state, kind))
    return names, max(map(len, names))


@lru_cache(maxsize=1)
def _ministries() -> tuple[dict[str, str], dict[Wording, str]]:
    """Names of the ministries, and which one each wording tells."""
    return _named_in("ministries.tsv", "ministry")


@lru_cache(maxsize=1)
def _forces() -> tuple[dict[str, str], dict[Wording, str]]:
    """The same of forces."""
    return _named_in("forces.tsv", "force")


def _named_in(table: str, column: str) -> tuple[dict[str, str], dict[Wording, str]]:
    rows = rows_of(table)
    wordings = {w: r[column] for r in rows for w in _wordings(r["wordings"])}
    return {r[column]: r["name"] for r in rows}, wordings


@lru_cache(maxsize=1)
def _short() -> dict[str, str]:
    """The ministry that each short form tells, such as `mod`."""
    rows = rows_of("ministries.tsv")
    return {w[0]: row["ministry"] for row in rows for w in _wordings(row["short"])}


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    """The words that a body's name can begin with."""
    told = {name[0] for name in (*_names()[0], *_ministries()[1], *_forces()[1])}
    return frozenset(told | _RULERS | _KINDS | {"ministry"})


def _wordings(cell: str) -> tuple[Wording, ...]:
    return tuple(key(name) for name in cell.split("|") if name)
