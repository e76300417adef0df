"""Victims: who was hit."""

from __future__ import annotations

from compare.judge.populations import ARMED, CIVIL, lie
from compare.judge.rulings import Ruling, gap_days
from compare.judge.sides import Side
from compare.schema import POPULATIONS

_HOW = {"only-hit": "only", "part-hit": "part"}
HARM = frozenset(("killed", "wounded", "killed-or-wounded", "killed-and-wounded"))


def hit(side: Side) -> dict[str, str]:
    """Populations said to be hit (`yes`), alone (`only`), among others (`part`) or not (`no`)."""
    told: dict[str, str] = {}
    for fact in side.facts:
        if fact.aspect == "victim" and fact.patient in POPULATIONS:
            how = "no" if fact.denied else _HOW.get(fact.predicate, "yes")
            if told.get(fact.patient, "yes") == "yes":
                told[fact.patient] = how
    for figure in side.figures:
        # Who denies that 45 soldiers died may know of four.
        open_ = side.status == "denied" and figure.high > 0
        if figure.aspect in HARM and figure.population not in ("unknown", "people") and not open_:
            told.setdefault(figure.population, "no" if figure.high == 0 else "yes")
    return told


def _counts(side: Side, populations: frozenset[str]) -> set[float]:
    return {
        f.low for f in side.figures if f.aspect in HARM and f.population in populations and f.low
    }


def judge_victims(a: Side, b: Side, window_days: float) -> dict[str, Ruling]:
    """Who was hit: children or fighters, civilians or none, by population.

    Denied of a population and affirmed of it, or of part of it, is a conflict: children
    are civilians. In accounts of one strike, blast or raid, fighters alone against
    civilians is a conflict of population, surest where both give the same number; where
    the numbers differ both may have been hit, and the judge is unsure.
    """
    first, second = sorted((a, b), key=lambda s: s.order)
    left, right = hit(first), hit(second)
    if not left or not right or first.actor_id == second.actor_id:
        return {}
    apart = gap_days(a, b)
    if apart is not None and apart > window_days:
        return {}
    found: dict[str, Ruling] = {}
    for p in sorted(left):
        for q in sorted(right):
            ruling = _pair(first, p, left[p], second, q, right[q])
            if ruling is not None:
                population = p if lie(p, q, "killed") == "inside" else q
                known = found.get(population)
                if known is None or (known.relation != "conflict" and ruling.score > known.score):
                    found[population] = ruling
    if found:
        return found
    return _armed_or_civil(first, left, second, right)


def _pair(a: Side, p: str, how_p: str, b: Side, q: str, how_q: str) -> Ruling | None:
    rest = lie(p, q, "killed")
    if rest == "apart":
        return None
    no_p, no_q = how_p == "no", how_q == "no"
    if no_p and no_q:
        return Ruling("agree", "", 0.85, f"{a.who} and {b.who}: no {p} were hit")
    if no_p != no_q:
        # None of the whole excludes the part; none of the part leaves the whole open.
        whole_denied = (
            rest == "same" or (no_p and rest == "contains") or (no_q and rest == "inside")
        )
        if not whole_denied:
            return None
        says, who, denies = (b, q, a) if no_p else (a, p, b)
        return Ruling(
            "conflict", "denial", 0.9, f"{says.who}: {who} were hit; {denies.who} denies it"
        )
    if rest == "same":
        return Ruling("agree", "", 0.85, f"{a.who} and {b.who}: {p} were hit")
    return Ruling("compatible", "population", 0.8, f"{a.who}: {p} hit; {b.who}: {q} hit")


def _armed_or_civil(
    a: Side, left: dict[str, str], b: Side, right: dict[str, str]
) -> dict[str, Ruling]:
    for one, told, other, others in ((a, left, b, right), (b, right, a, left)):
        armed = sorted(p for p, how in told.items() if p in ARMED and how in ("yes", "only"))
        civil = sorted(p for p, how in others.items() if p in CIVIL and how in ("yes", "only"))
        if not armed or not civil or set(told) & CIVIL or set(others) & ARMED:
            continue
        only = "only" in {*told.values(), *others.values()}
        counts = _counts(one, ARMED), _counts(other, CIVIL)
        alike = bool(counts[0] & counts[1]) and a.deed and b.deed
        if not (only or alike or a.single or b.single):
            continue
        tale = f"{one.who}: {armed[0]} were hit; {other.who}: {civil[0]} were hit"
        if only or not (counts[0] and counts[1]) or counts[0] & counts[1]:
            return {civil[0]: Ruling("conflict", "population", 0.85, tale)}
        return {civil[0]: Ruling("unsure", "population", 0.5, f"{tale}; both may be true")}
    return {}
