"""Whether two reviewers agree more often than chance would have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from compare.review.decision import Decision


@dataclass(frozen=True)
class Agreement:
    """Krippendorff's alpha, or None and the reason why there is none."""

    alpha: float | None
    units: int
    reviewers: tuple[str, ...]
    reason: str = ""


def ratings(decisions: Sequence[Decision]) -> dict[tuple[str, ...], dict[str, str]]:
    """What each reviewer last decided on each unit.

    A unit is a claim or figure (accept or reject), or a pair of claims and its question
    (the relation, the accepted one where it was accepted). Decisions that only one side
    can make, such as a new speaker, are no ratings.
    """
    units: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for d in sorted(decisions, key=lambda d: d.at):
        named = (d.claim_id or d.quote, d.other_claim_id or d.other_quote)
        if d.action == "change-relation" or (d.action == "accept" and d.paired):
            relation = (d.new or d.old).partition(":")[0]
            if relation:
                units["relation", *sorted(named), d.field][d.who] = relation
        elif d.action in ("accept", "reject"):
            units["claim", named[0], d.wording][d.who] = d.action
    return dict(sorted(units.items()))


def reviewer_agreement(decisions: Sequence[Decision]) -> Agreement:
    """Krippendorff's alpha, nominal, over the units that two reviewers or more decided.

    1 is agreement throughout, 0 what chance would give, below 0 is worse than chance. It is
    None where fewer than two units are shared, or where only one value occurs in them, so
    that chance cannot be told from agreement.

    Source: Krippendorff, Content Analysis, 4th ed., 2019, chapter 12; computed by the
    package krippendorff.

    >>> def says(who, claim, action):
    ...     return Decision("2020-11-03", who, action, claim)
    >>> both = [says("A", "d:0-1", "accept"), says("B", "d:0-1", "accept"),
    ...         says("A", "d:2-3", "reject"), says("B", "d:2-3", "reject")]
    >>> reviewer_agreement(both).alpha, reviewer_agreement(both[:2]).reason
    (1.0, 'only 1 unit was decided by two reviewers; alpha needs 2')
    """
    shared = {u: by for u, by in ratings(decisions).items() if len(by) > 1}
    who = tuple(sorted({name for by in shared.values() for name in by}))
    if len(shared) < 2:
        units = f"only {len(shared)} unit{'s' * (len(shared) != 1)} was decided by two reviewers"
        return Agreement(None, len(shared), who, f"{units}; alpha needs 2")
    domain = sorted({value for by in shared.values() for value in by.values()})
    if len(domain) < 2:
        reason = f"every decision is {domain[0]!r}; alpha is not defined where nothing varies"
        return Agreement(None, len(shared), who, reason)
    import krippendorff

    counts = [[list(by.values()).count(v) for v in domain] for by in shared.values()]
    alpha = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
    return Agreement(round(float(alpha), 12), len(shared), who)
