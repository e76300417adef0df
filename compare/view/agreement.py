"""Who agrees with whom: a source by source matrix of judged pairs."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd

from compare.errors import TableError
from compare.tables import records
from compare.view.labels import CAMP
from compare.view.lookup import Lookup
from compare.view.picture import Picture, theme
from compare.view.visible import one_line

AGREEING = ("agree", "refines", "compatible")
_COLUMN = dict.fromkeys(AGREEING, 0) | {"conflict": 1, "unsure": 2}
MOST = 24
"""Most speakers drawn; those compared most often are kept."""


def agreement_counts(look: Lookup) -> pd.DataFrame:
    """How often each two speakers were compared, and how it came out.

    Returns:
        actor_l, actor_r (with `actor_l < actor_r`), n, n_agree, n_conflict, n_unsure,
        one row a pair of speakers, sorted. A compatible or refining figure counts
        as agreeing; pairs that are not comparable are left out.
    """
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    actor = {claim_id: one_line(source["actor"]) for claim_id, source in look.sources.items()}
    told = look.judgements[["claim_id_l", "claim_id_r", "relation"]]
    for left, right, relation in told.itertuples(index=False, name=None):
        names = sorted((actor[left], actor[right]))
        if relation in _COLUMN:
            counts[names[0], names[1]][_COLUMN[relation]] += 1
    rows = [
        {"actor_l": a, "actor_r": b, "n": sum(n), "n_agree": n[0], "n_conflict": n[1],
         "n_unsure": n[2]}
        for (a, b), n in sorted(counts.items())
    ]  # fmt: skip
    columns = ["actor_l", "actor_r", "n", "n_agree", "n_conflict", "n_unsure"]
    return pd.DataFrame(rows, columns=columns)


def tint(balance: float, dark: bool) -> tuple[str, str]:
    """Fill of a cell, from all conflicting (-1) to all agreeing (1), and the ink that reads on it.

    >>> tint(0.0, False), tint(1.0, False)
    (('#f4f1ea', '#000000'), ('#00568a', '#ffffff'))
    """
    # Orange to blue through a neutral: told apart with every common colour vision.
    ends = ("#e69f00", "#3a3f45", "#56b4e9") if dark else ("#a33b00", "#f4f1ea", "#00568a")
    parts = [[int(end[i : i + 2], 16) for i in (1, 3, 5)] for end in ends]
    away = parts[2] if balance > 0 else parts[0]
    mixed = [round(m + (a - m) * abs(balance)) for m, a in zip(parts[1], away, strict=True)]
    linear = [c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in mixed]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    # Where black and white read equally well (WCAG 2.2, relative luminance): 4.58 to 1.
    ink = "#000000" if luminance > 0.179 else "#ffffff"
    return "#" + "".join(f"{c:02x}" for c in mixed), ink


def _chart(cells: pd.DataFrame, order: list[str], dark: bool) -> Any:
    import altair as alt

    cells = cells.assign(**{
        name: [tint(balance, dark)[at] for balance in cells["balance"]]
        for at, name in enumerate(("fill", "ink"))
    })  # fmt: skip
    side = max(34, min(58, 620 // max(len(order), 1)))
    x = alt.X("right:N", sort=order, title=None, axis=alt.Axis(labelAngle=-40, orient="top"))
    y = alt.Y("left:N", sort=order, title=None)
    # No gradient as a legend: the cells carry their numbers, and its id in the SVG would change.
    colour = alt.Color("fill:N", scale=None, legend=None)
    tiles = alt.Chart(cells).mark_rect(stroke="#16181b" if dark else "#fdfcfa", strokeWidth=2)
    ink = alt.Color("ink:N", scale=None, legend=None)
    texts = alt.Chart(cells).mark_text(fontSize=11).encode(x=x, y=y, text="label:N", color=ink)
    return (
        alt.layer(tiles.encode(x=x, y=y, color=colour), texts)
        .properties(
            width=alt.Step(side),
            height=alt.Step(30),
            title="Pairs of claims: agreeing / conflicting",
        )
        .configure(**theme(dark))
    )


def agreement(look: Lookup) -> Picture:
    """Draw `agreement_counts`: in each cell `agreeing / conflicting` pairs, tinted by balance.

    Raises:
        TableError: no two speakers were compared.
    """
    counts = agreement_counts(look)
    if counts.empty:
        raise TableError("no two speakers were compared; see judgements, which has no such pair")
    totals: defaultdict[str, int] = defaultdict(int)
    pairs = records(counts)
    for pair in pairs:
        totals[pair["actor_l"]] += pair["n"]
        totals[pair["actor_r"]] += pair["n"]
    kept = set(sorted(totals, key=lambda a: (-totals[a], a))[:MOST])
    camp = {one_line(s["actor"]): s["camp"] for s in look.sources.values()}
    order = sorted(kept, key=lambda a: (list(CAMP).index(camp[a]), a))
    rows = []
    for pair in pairs:
        left, right = pair["actor_l"], pair["actor_r"]
        told = pair["n_agree"] + pair["n_conflict"]
        balance = (pair["n_agree"] - pair["n_conflict"]) / told if told else 0.0
        label = f"{pair['n_agree']} / {pair['n_conflict']}"
        if {left, right} <= kept:
            for a, b in dict.fromkeys([(left, right), (right, left)]):
                rows.append({"left": a, "right": b, "balance": balance, "label": label})
    cells = pd.DataFrame(rows).sort_values(["left", "right"], ignore_index=True)
    words = "; ".join(
        f"{p['actor_l']} and {p['actor_r']}: {p['n_agree']} agreeing, {p['n_conflict']} conflicting"
        for p in pairs
    )
    alt = f"Pairs of claims by speaker, agreeing / conflicting. {words}."
    light, dark = (_chart(cells, order, d) for d in (False, True))
    return Picture(light=light, dark=dark, alt=alt)
