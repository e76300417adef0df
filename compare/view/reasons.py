"""Why a row has its verdict: the few pairs that say it best, and all the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from compare.view.lookup import Lookup, Record

FITTING = {
    "disputed": ("conflict",),
    "revised": ("refines", "compatible", "conflict", "not-comparable"),
    "agreed": ("agree", "refines", "compatible"),
    "single-source": (),
    "unclear": ("unsure", "conflict", "not-comparable", "compatible"),
}
MOST = 3
"""Most reasons shown under a row; the others are folded away."""
OTHERS = 100
"""Most reasons that are folded away."""
SLIP = "Suspected transcription slip"
_HARM = ("killed", "wounded", "killed-and-wounded", "killed-or-wounded")
_BETWEEN = ("", "party against observer", "party against party")


@dataclass(frozen=True)
class Reasons:
    """The reasons of a row: `shown` at once, `others` on demand, `between` whom."""

    shown: tuple[str, ...]
    others: tuple[str, ...]
    between: str


def _fitting(look: Lookup, row: Record) -> list[Record]:
    """The judged pairs of a row's claims that speak for its verdict."""
    ids = sorted(set(row["claim_ids"].split()))
    found = [
        pair
        for i, left in enumerate(ids)
        for right in ids[i + 1 :]
        for pair in look.judged(left, right)
        if pair["relation"] in FITTING[row["verdict"]]
    ]
    own = [p for p in found if p["aspect"] == row["aspect"]]
    # Nobody hurt against twelve killed is judged on the killed, told on all who were hurt.
    harm = [p for p in found if p["aspect"] in _HARM] if row["aspect"] in _HARM else []
    return own or harm


def _parties(look: Lookup, pair: Record) -> int:
    """How many sides of a pair are parties to the conflict or their allies: 0, 1 or 2."""
    roles = [look.sources.get(pair[k], {}).get("role") for k in ("claim_id_l", "claim_id_r")]
    return sum(role in ("party", "ally") for role in roles)


def _diverse(look: Lookup, ordered: Sequence[Record]) -> list[Record]:
    """The first pairs of which no two set the same words of one claim against others.

    A second reason on a claim must have another cause, so that one odd figure does
    not fill the list.
    """
    chosen: list[Record] = []
    used: Counter[str] = Counter()
    seen: set[tuple[str, ...]] = set()
    for pair in ordered:
        ends = (pair["claim_id_l"], pair["claim_id_r"])
        actors = sorted(look.sources.get(c, {}).get("actor_id") or c for c in ends)
        kind = (*actors, pair["cause"])
        if kind in seen or any(used[c] for c in ends) or len(chosen) == MOST:
            continue
        seen.add(kind)
        used.update(ends)
        chosen.append(pair)
    return chosen


def reasons(look: Lookup, row: Record) -> Reasons:
    """The reasons behind a row's verdict.

    A suspected slip of the pen comes first, then party against party, party against
    observer and the rest, the strongest first.

    Args:
        look: the tables by claim.
        row: a row of discrepancies.
    """
    fitting = FITTING[row["verdict"]]
    found = _fitting(look, row)
    found.sort(
        key=lambda p: (
            p["cause"] != "transcription", fitting.index(p["relation"]),
            p["cause"] != row["cause"], -_parties(look, p), -p["score"],
            p["claim_id_l"], p["claim_id_r"],
        )
    )  # fmt: skip

    def told(pair: Record) -> str:
        slip = pair["cause"] == "transcription"
        return f"{SLIP}. {pair['reason']}" if slip else str(pair["reason"])

    shown = list(dict.fromkeys(told(p) for p in _diverse(look, found)))
    others = [r for r in dict.fromkeys(told(p) for p in found) if r not in shown]
    if len(others) > OTHERS:
        others[OTHERS:] = [f"{len(others) - OTHERS:,} more: see the table judgements"]
    kinds = {_BETWEEN[_parties(look, p)] for p in found if p["relation"] == "conflict"}
    between = "; ".join(kind for kind in reversed(_BETWEEN) if kind and kind in kinds)
    return Reasons(tuple(shown), tuple(others), between)
