"""All judges on one pair of claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from compare.judge import figures
from compare.judge.elsewhen import elsewhen
from compare.judge.figures import Limits, judge_figures
from compare.judge.lexicon import Lexicon
from compare.judge.occurrence import judge_occurrence, one_kind
from compare.judge.outcome import judge_outcome
from compare.judge.places import lie_of_places, relation
from compare.judge.populations import lie
from compare.judge.positions import judge_positions
from compare.judge.responsibility import judge_responsibility
from compare.judge.rulings import RANK, Ruling, tempered
from compare.judge.sides import Figure, Side
from compare.judge.targets import judge_cargo, judge_targets
from compare.judge.victims import judge_victims
from compare.judge.wording import differs, judge_wording


class Finding(NamedTuple):
    """A ruling with what it is filed under."""

    aspect: str
    population: str
    ruling: Ruling


def compare_claims(
    a: Side, b: Side, topics: set[str], limits: Limits, lexicon: Lexicon
) -> list[Finding]:
    """Every ruling on two claims, one an aspect and population; the order of a and b is nothing.

    What one account tells of another year or another case than its own contradicts nothing.
    """
    a, b = sorted((a, b), key=lambda side: side.order)
    found = _findings(a, b, topics, limits, lexicon)
    why = elsewhen(a, b) if any(f.ruling.relation == "conflict" for f in found) else ""
    return [_set_apart(finding, why) for finding in found] if why else found


def _set_apart(finding: Finding, why: str) -> Finding:
    ruling = finding.ruling
    if ruling.relation != "conflict":
        return finding
    return finding._replace(ruling=Ruling("not-comparable", "time", 0.7, f"{ruling.reason}; {why}"))


def _findings(
    a: Side, b: Side, topics: set[str], limits: Limits, lexicon: Lexicon
) -> list[Finding]:
    found: list[Finding] = []
    if any(t.startswith("figure:") for t in topics):
        found += _figures(a, b, limits)
    counted = bool(found)
    if "victim" in topics:
        rulings = judge_victims(a, b, limits.window_days)
        found += [Finding("victim", p, tempered(r, a, b)) for p, r in sorted(rulings.items())]
    for aspect in ("occurrence", "responsibility", "outcome", "position"):
        rulings_of = [tempered(r, a, b) for r in _facts(a, b, aspect, limits, lexicon)]
        if aspect != "position":
            rulings_of = [_elsewhere(r, a, b) for r in rulings_of]
        if aspect == "occurrence" and counted:
            # That people were killed is no news beside how many were.
            rulings_of = [r for r in rulings_of if r.relation == "conflict"]
        if rulings_of:
            best = min(rulings_of, key=lambda r: (RANK[r.relation], -r.score, r.reason))
            found.append(Finding(aspect, "", best))
    ruling = judge_wording(a, b) if all(map(slight, found)) else None
    if ruling is not None:
        return [Finding("text", "", tempered(ruling, a, b))]
    return [
        _with_reserve(finding, a, b, lexicon) if slight(finding) else finding for finding in found
    ]


def _elsewhere(ruling: Ruling, a: Side, b: Side) -> Ruling:
    """A deed or an outcome of one place contradicts none of another."""
    if ruling.relation != "conflict" or relation(a.place_id, b.place_id) != "disjoint":
        return ruling
    why = f"{ruling.reason}; of {a.place} and of {b.place}"
    return Ruling("not-comparable", "place", 0.7, why)


_CROWD = re.compile(
    r"\b(?:march|protest|rall(?:y|ied)|demonstrat|gathered|crowd|turn(?:ed)? out|took part)", re.I
)
"""How many came is one question, however their coming is told."""
_SLIGHT = frozenset(("occurrence", "other"))


def slight(finding: Finding) -> bool:
    """Whether a ruling says little of the two sentences as a whole.

    A deed in common, or people counted as nothing in particular, leaves room for any
    difference in the rest of the words: wording and the inference model are asked too.
    """
    return finding.aspect in _SLIGHT


def _with_reserve(finding: Finding, a: Side, b: Side, lexicon: Lexicon) -> Finding:
    """Agreement in part only, where each side has words of weight that the other lacks."""
    both = {f.family for x in a.facts for y in b.facts if one_kind(x, y) for f in (x, y)}
    known = {f.wording for side in (a, b) for f in side.facts if f.family in both}
    if not differs(a, b, known):
        return finding
    if finding.aspect == "other" and all(_CROWD.search(side.text) for side in (a, b)):
        return finding
    if finding.aspect == "other" and finding.ruling.relation == "conflict":
        ruling = finding.ruling._replace(cause="category")
        return _doubted(finding._replace(ruling=ruling), "conflict", "not-comparable",
                        "but what they say of them differs")  # fmt: skip
    if not both & set(lexicon.family.values()):
        # Verbs at large, unlike deeds of war, are denied of one thing and told of another.
        finding = _doubted(finding, "conflict", "unsure", "the rest of their words differs")
    return _doubted(finding, "agree", "compatible", "the rest of their words differs")


def beside_text(found: list[Finding], ruling: Ruling) -> list[Finding]:
    """What typed judges found, with what the inference model makes of the two texts.

    Beside a typed ruling, however slight, the model is heard only where it contradicts:
    agreement on a deed becomes agreement in part, and a denial that the model reads as
    one following from the other is left unsure. Where the model is not sure enough it says
    nothing: that is no sign that the accounts leave anything open.
    """
    if ruling.relation == "unsure":
        return found
    if not found:
        return [Finding("text", "", ruling)]
    if ruling.relation == "conflict":
        doubted = [_doubted(f, "agree", "compatible", "the rest of their words differs")
                   for f in found]  # fmt: skip
        return [*doubted, Finding("text", "", ruling)]
    if ruling.relation in ("agree", "refines"):
        why = "the inference model reads one as following from the other"
        return [_doubted(f, "conflict", "unsure", why) for f in found]
    return found


def _doubted(finding: Finding, relation: str, becomes: str, why: str) -> Finding:
    ruling = finding.ruling
    if ruling.relation != relation:
        return finding
    return finding._replace(ruling=ruling._replace(
        relation=becomes, cause=ruling.cause or "wording", reason=f"{ruling.reason}; {why}",
    ))  # fmt: skip


def _facts(a: Side, b: Side, aspect: str, limits: Limits, lexicon: Lexicon) -> Iterator[Ruling]:
    window = limits.window_days
    right = [f for f in b.facts if f.aspect == aspect]
    for x in a.facts if right else ():
        if x.aspect != aspect:
            continue
        for y in right:
            if aspect == "occurrence":
                ruling = judge_occurrence(a, x, b, y, window, lexicon)
                ruling = ruling or judge_targets(a, x, b, y, window, lexicon)
                ruling = ruling or judge_cargo(a, x, b, y, window)
            elif aspect == "responsibility":
                ruling = judge_responsibility(a, x, b, y, window, lexicon)
            elif aspect == "outcome":
                ruling = judge_outcome(a, x, b, y, window, lexicon)
            else:
                ruling = judge_positions(a, x, b, y, lexicon)
            if ruling is not None:
                yield ruling


_ANY, _OTHER = 1, 2
_SAME = {"same": 0, "inside": _OTHER, "contains": _OTHER, "apart": 3}
"""How far apart those counted are; whom a claim does not name may be the other's."""
_PART = {True: 0, False: 1}


def _figures(a: Side, b: Side, limits: Limits) -> list[Finding]:
    """Figures matched one to one, the most alike first, so that no figure rules twice.

    A figure on another population is compared only where its own has no partner.
    """
    ranked = []
    for x in a.figures:
        for y in b.figures:
            ruling = judge_figures(a, x, b, y, limits)
            if ruling is not None:
                keys = _key(x), _key(y)
                ranked.append(
                    (
                        (_distance(a, x, b, y), RANK[ruling.relation], -ruling.score, keys),
                        x,
                        y,
                        ruling,
                    )
                )
    ranked.sort(key=lambda r: r[0])
    found: dict[tuple[str, str], Finding] = {}
    used: set[int] = set()
    for _, x, y, ruling in ranked:
        if id(x) in used or id(y) in used:
            continue
        used |= {id(x), id(y)}
        key = figures.aspect(x, y), figures.population(x, y)
        found.setdefault(key, Finding(*key, tempered(ruling, a, b)))
    return [found[key] for key in sorted(found)]


def _key(x: Figure) -> tuple[str, str, float, float, int]:
    return x.aspect, x.population, x.low, x.high, x.start


def _distance(a: Side, x: Figure, b: Side, y: Figure) -> tuple[int, int, int, int]:
    where = lie_of_places(a, x, b, y)
    near = {"same": 0, "disjoint": 2}.get(where, 1)
    people = _SAME[lie(x.population, y.population, x.aspect)]
    if people == _OTHER and "unknown" in (x.population, y.population):
        people = _ANY
    return _PART[x.unit == y.unit], people, _PART[x.aspect == y.aspect], near
