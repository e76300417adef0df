"""Which figures and facts answer one question, and so share a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from compare.tabulate.tables_by_claim import Case, Figure, Record, place_name

_LINKS = ("conflict", "agree", "refines", "compatible", "unsure")
_APART = frozenset(("place", "population", "category", "unit"))
_ANY = frozenset(("unknown", "people"))
_WHOLE = frozenset(("killed-or-wounded", "killed-and-wounded"))


@dataclass(slots=True)
class Row:
    """One question about an event: the figures that answer it and the claims that bear on it."""

    event_id: int
    aspect: str
    population: str
    unit: str
    place: str
    figures: list[Figure] = field(default_factory=list)
    claim_ids: set[str] = field(default_factory=set)
    pairs: list[Record] = field(default_factory=list)


@dataclass(slots=True)
class _Sets:
    """Disjoint sets of figures; each knows its named population and its places."""

    figures: list[Figure]
    parent: list[int]

    def find(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def members(self, i: int) -> list[Figure]:
        root = self.find(i)
        return [f for k, f in enumerate(self.figures) if self.find(k) == root]

    def join(self, i: int, j: int, *, direct: bool) -> bool:
        """Join two sets unless that would bring two populations or two places together."""
        if self.find(i) == self.find(j):
            return True
        left, right = self.members(i), self.members(j)
        named = {f.population for f in left + right} - _ANY
        places = [{f.place_id for f in side} - {""} for side in (left, right)]
        if len(named) > 1 or (not direct and all(places) and not places[0] & places[1]):
            return False
        low, high = sorted((self.find(i), self.find(j)))
        self.parent[high] = low
        return True


def group_figures(figures: list[Figure], judgements: Iterable[Record]) -> list[Row]:
    """Rows of one event's figures.

    Figures of one aspect and unit share a row where the judges compared them (agreeing,
    conflicting, refining, or fitting by their bounds) and where nobody compared them but
    population and place are equal. Another place, population or category keeps its own
    row; a claim that conflicts from there (none of the civilians against twelve children)
    is listed in the row it contradicts.
    """
    sets = _Sets(figures, list(range(len(figures))))
    by_claim: defaultdict[str, list[int]] = defaultdict(list)
    first: dict[tuple[object, ...], int] = {}
    for i, figure in enumerate(figures):
        by_claim[figure.claim_id].append(i)
        sets.join(first.setdefault((*figure.key, figure.place_id), i), i, direct=True)
    linked = [p for p in judgements if p["relation"] in _LINKS]
    linked.sort(key=lambda p: (_LINKS.index(p["relation"]), p["claim_id_l"], p["claim_id_r"]))
    attached: list[tuple[int, str]] = []
    for pair in linked:
        if pair["relation"] != "conflict" and pair["cause"] in _APART:
            continue
        for i, j in _partners(figures, by_claim, pair):
            same = (figures[i].aspect, figures[i].unit) == (figures[j].aspect, figures[j].unit)
            direct = bool(figures[i].place_id and figures[j].place_id)
            if same and sets.join(i, j, direct=direct):
                continue
            if pair["relation"] == "conflict":
                attached += [(i, figures[j].claim_id), (j, figures[i].claim_id)]
    rows: dict[tuple[object, ...], Row] = {}
    of_root: dict[int, Row] = {}
    for i, figure in enumerate(figures):
        root = sets.find(i)
        if root not in of_root:
            together = sets.members(i)
            named = sorted({f.population for f in together} - _ANY)
            people = named[0] if named else max((f.population for f in together), key=_known)
            where = place_name([f.place_id for f in together])
            key = (figure.event_id, figure.aspect, people, figure.unit, where)
            of_root[root] = rows.setdefault(
                key, Row(figure.event_id, figure.aspect, people, figure.unit, where)
            )
        of_root[root].figures.append(figure)
        of_root[root].claim_ids.add(figure.claim_id)
    for i, claim_id in attached:
        of_root[sets.find(i)].claim_ids.add(claim_id)
    return [rows[key] for key in sorted(rows, key=str)]


def _known(population: str) -> tuple[bool, str]:
    return population != "unknown", population


def _partners(
    figures: list[Figure], by_claim: dict[str, list[int]], pair: Record
) -> list[tuple[int, int]]:
    """The figures of two claims that a judgement is about, the best matched only."""

    def fits(figure: Figure) -> bool:
        return figure.aspect == pair["aspect"] or (
            figure.aspect in _WHOLE and pair["aspect"] in (*_WHOLE, "killed", "wounded")
        )

    found = []
    for i in by_claim.get(pair["claim_id_l"], ()):
        for j in by_claim.get(pair["claim_id_r"], ()):
            x, y = figures[i], figures[j]
            if not fits(x) or not fits(y) or (x.unit != y.unit):
                continue
            off = (x.population != pair["population"]) + (y.population != pair["population"])
            far = 2 if x.place_id and y.place_id and x.place_id != y.place_id else 0
            far = far or int(x.place_id != y.place_id)
            found.append(
                ((x.aspect != pair["aspect"]) + (y.aspect != pair["aspect"]), off, far, i, j)
            )
    return [found_[3:] for found_ in sorted(found)[:1]]


def group_facts(aspect: str, judgements: Iterable[Record], case: Case) -> list[Row]:
    """Rows of facts of one aspect: the claims that judgements tie together.

    A fact nobody else speaks to has no row. Who was hit is one row a population.
    """
    rows: dict[tuple[object, ...], Row] = {}
    parent: dict[tuple[str, str], tuple[str, str]] = {}

    def find(node: tuple[str, str]) -> tuple[str, str]:
        parent.setdefault(node, node)
        while parent[node] != node:
            node = parent[node]
        return node

    linked = [p for p in judgements if p["relation"] in _LINKS]
    for pair in linked:
        left = find((pair["claim_id_l"], pair["population"]))
        right = find((pair["claim_id_r"], pair["population"]))
        parent[max(left, right)] = min(left, right)
    members: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for node in list(parent):
        members[find(node)].add(node[0])
    for root in sorted(members):
        together = sorted(members[root])
        events = {case.event[c][0] for c in together}
        event = events.pop() if len(events) == 1 else -1
        where = place_name([case.place.get(c, "") for c in together])
        key = (event, aspect, root[1], where)
        row = rows.setdefault(key, Row(event, aspect, root[1], "", where))
        row.claim_ids |= members[root]
    return [rows[key] for key in sorted(rows, key=str)]
