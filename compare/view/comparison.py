"""What a run returns: every table, frozen, and the ways to look at them."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from compare.review.session import Review
from compare.schema import VERDICTS
from compare.settings import Settings
from compare.tables import empty, records
from compare.view.agreement import agreement
from compare.view.evidence import Evidence, evidence
from compare.view.explain import Explanation, explain
from compare.view.foremost import foremost_rows, part_of
from compare.view.labels import CAMP, MARK, VERDICT
from compare.view.lookup import Lookup, grouped, look_up
from compare.view.map import claim_map
from compare.view.picture import Picture
from compare.view.positions import Play, Position, by_event, in_play, positions, summary
from compare.view.sensitivity import SHARE, sensitivity
from compare.view.timeline import row_timelines, series, timeline
from compare.view.visible import visible

if TYPE_CHECKING:
    from great_tables import GT

FIRST_ROWS = 8
"""How many disputed rows the notebook view of a comparison lists."""


@dataclass(frozen=True, repr=False)
class Comparison:
    """The tables of one run. Each field is described in `compare.schema`.

    `vectors` is float32 (n_claims, dim), row i for row i of `claims`.

    >>> import compare
    >>> c = compare.run("fixtures/saltmere-2031")
    >>> c.verdicts["disputed"] > 0, type(c.table()).__name__
    (True, 'GT')
    >>> row = int(c.discrepancies.index[c.discrepancies["verdict"] == "disputed"][0])
    >>> c.evidence(row).quotes[0].actor
    'Saltmere City Council'
    >>> a, b = c.judgements.query("relation == 'conflict'").iloc[0][["claim_id_l", "claim_id_r"]]
    >>> c.explain(a, b).judgements["relation"].tolist()[0]
    'conflict'
    >>> c.timeline("displaced")
    <Picture: ...>
    >>> c.sensitivity(share=0.5)["setting"].is_unique
    False
    """

    title: str
    settings: Settings
    documents: pd.DataFrame
    problems: pd.DataFrame
    claims: pd.DataFrame
    sources: pd.DataFrame
    values: pd.DataFrame
    assertions: pd.DataFrame
    when_where: pd.DataFrame
    vectors: np.ndarray
    events: pd.DataFrame
    origins: pd.DataFrame
    judgements: pd.DataFrame
    discrepancies: pd.DataFrame
    revisions: pd.DataFrame
    decisions: pd.DataFrame = field(default_factory=lambda: empty("decisions"))
    whole: Comparison | None = None
    """The comparison that this is the foremost part of."""

    @cached_property
    def lookup(self) -> Lookup:
        """The tables by claim id."""
        return look_up(
            self.documents, self.claims, self.sources, self.values, self.assertions,
            self.when_where, self.events, self.origins, self.judgements,
        )  # fmt: skip

    @property
    def summary(self) -> str:
        """What was read, in one line."""
        return summary(self.documents, self.claims, self.sources, self.events)

    def foremost(self, most: int) -> Comparison:
        """The same with at most so many rows, and no more of its tables than these need.

        Disputed rows go first, of a verdict those of most independent accounts.
        """
        if len(self.discrepancies) <= most:
            return self
        if most not in self._parts:
            tables = part_of(self, foremost_rows(self.discrepancies, most))
            self._parts[most] = replace(self, **tables, whole=self)
        return self._parts[most]

    @cached_property
    def _parts(self) -> dict[int, Comparison]:
        """Those that were asked for, by their number of rows: every format of a report asks."""
        return {}

    @cached_property
    def positions(self) -> list[Position]:
        """Every row of discrepancies laid out side by side, disputed first."""
        return positions(self.lookup, self.discrepancies, self.play)

    @cached_property
    def play(self) -> Play:
        """Camps the whole case is about, each with the claims that speak of it."""
        if self.whole is not None:
            return self.whole.play
        return in_play(self.claims, self.sources, self.assertions)

    @cached_property
    def timelines(self) -> dict[int, Picture]:
        """The timeline of each row, by its number, whose figures move over time."""
        return row_timelines(self.lookup, self.positions, self.revisions)

    @property
    def verdicts(self) -> dict[str, int]:
        """How many rows have each verdict, disputed first."""
        counts = Counter(self.discrepancies["verdict"].tolist())
        return {verdict: counts[verdict] for verdict in VERDICTS}

    def evidence(self, row: int) -> Evidence:
        """The quotations behind row `row` of `discrepancies` (its index).

        Raises:
            IndexError: there is no such row.
        """
        if not 0 <= row < len(self.discrepancies):
            raise IndexError(
                f"discrepancies has the rows 0 to {len(self.discrepancies) - 1}; no row {row}"
            )
        return evidence(self.lookup, records(self.discrepancies.iloc[[row]])[0])

    def table(self) -> GT:
        """Events by camps as a great-tables table; silent and disputed cells marked."""
        from compare.view.table import table

        return table(self.title, self.lookup, self.positions)

    def explain(self, claim_a: str, claim_b: str) -> Explanation:
        """Two claims term by term: what links them, and what the judges made of them.

        Raises:
            TableError: there is no such claim.
        """
        rows = [
            int((self.claims["claim_id"] == self.lookup.claim(c)["claim_id"]).to_numpy().argmax())
            for c in (claim_a, claim_b)
        ]
        cosine = float(self.vectors[rows[0]] @ self.vectors[rows[1]])
        left, right = sorted((claim_a, claim_b))
        link = pd.DataFrame(columns=["term", "value", "weight", "contribution"])
        if left != right:
            from compare.cluster import explain_link

            link = explain_link(
                left, right, self.claims, self.documents, self.values, self.assertions,
                self.when_where, self.vectors, decay_days=self.settings.cluster.decay_days,
            )  # fmt: skip
        return explain(self.lookup, left, right, similarity=cosine, link=link)

    def timeline(self, aspect: str, *, population: str | None = None) -> Picture:
        """Every dated figure on `aspect` over time, one series an actor, with ranges.

        Args:
            aspect: such as `displaced` or `killed`; see `values["aspect"]`.
            population: only figures on these, such as `children`.

        Raises:
            TableError: there is no dated figure on it.
        """
        fits = {"aspect": aspect} | ({"population": population} if population else {})
        steps = grouped(self.revisions, "claim_id")
        figures = series(self.lookup, self.claims["claim_id"], fits, steps)
        title = f"{population} {aspect}" if population else aspect
        return timeline(figures, title=title, unit=title)

    def agreement(self) -> Picture:
        """Speakers by speakers: how many compared pairs agree and conflict.

        Raises:
            TableError: no two speakers were compared.
        """
        return agreement(self.lookup)

    def map(self) -> Picture:
        """The claims on the two principal axes of their vectors, by event.

        Raises:
            TableError: there is no claim.
        """
        titles = {e.event_id: e.title for e in by_event(self.lookup, self.positions)}
        return claim_map(self.lookup, self.claims, self.vectors, titles)

    def sensitivity(self, *, share: float = SHARE) -> pd.DataFrame:
        """Which verdicts change when a threshold moves by `share` of itself, down and up.

        Raises:
            SettingsError: `share` is not between 0 and 1.
        """
        return sensitivity(self, share=share)

    def review(self, case: str | os.PathLike[str], *, who: str) -> Review:
        """Review this run of the case folder `case`: each decision is added to its log.

        Raises:
            DecisionError: `who` is empty, or `case` is no folder.
        """
        from compare.resolve.registry import registry

        return Review(self, case, who=who, actors=registry(None).by_id)

    def explore(self) -> Any:
        """A widget: filter by event, source, aspect and verdict; read a row in its document."""
        from compare.view.explore import explore

        return explore(self.lookup, self.positions)

    def __repr__(self) -> str:
        """What was read and how the rows stand, in one line."""
        counts = ", ".join(f"{n} {VERDICT[v].lower()}" for v, n in self.verdicts.items())
        return f"<Comparison {visible(self.title)!r}: {self.summary}; {counts}>"

    def _repr_html_(self) -> str:
        tally = Markup(" · ").join(
            Markup("<b>{}</b> {} {}").format(n, MARK[v], VERDICT[v].lower())
            for v, n in self.verdicts.items()
        )
        disputed = [p for p in self.positions if p.verdict == "disputed"]
        items = Markup("").join(
            Markup("<li>{} <b>{}</b>{}: {}</li>").format(
                MARK["disputed"], visible(p.question),
                Markup(", {}").format(visible(p.place)) if p.place else "",
                "; ".join(
                    f"{CAMP[s.camp]} {' / '.join(visible(t.says) for t in s.statements)}"
                    for s in p.sides
                ),
            )
            for p in disputed[:FIRST_ROWS]
        )  # fmt: skip
        rest = len(disputed) - FIRST_ROWS
        more = Markup("<p>and {} more disputed rows.</p>").format(rest) if rest > 0 else ""
        problems = (
            Markup("<p>{} problems with the documents: see <code>.problems</code>.</p>").format(
                len(self.problems)
            )
            if len(self.problems)
            else ""
        )
        return str(
            Markup(
                '<div style="max-width:60em"><h3>{}</h3><p>{}</p><p>{}</p>'
                '<ul style="list-style:none;padding:0">{}</ul>{}{}</div>'
            ).format(visible(self.title), visible(self.summary), tally, items, more, problems)
        )
