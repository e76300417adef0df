"""Two claims term by term: what each says, and what the judges made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from compare.view.evidence import quote, quote_html
from compare.view.labels import CAMP, CAUSE, day, days, figure
from compare.view.lookup import Lookup, Record
from compare.view.visible import one_line, visible


def _who(source: Record) -> str:
    parts = [source["actor"], source["organisation"], CAMP[source["camp"]], source["role"]]
    return ", ".join(str(p) for p in dict.fromkeys(parts) if p)


def _figures(values: list[Record]) -> str:
    return "; ".join(
        f"{v['aspect']} ({v['population']}, {v['unit']}): “{v['wording']}”, "
        f"{figure(v['low'], v['high'])}" + (", verified" if v["verified"] else "")
        for v in values
    )


def _facts(assertions: list[Record]) -> str:
    return "; ".join(
        f"{a['aspect']}: {'denied ' if a['polarity'] == 'denied' else ''}{a['predicate']}"
        + (f", by {a['agent']}" if a["agent"] else "")
        + (f", to {a['patient']}" if a["patient"] else "")
        for a in assertions
    )


def _place(where: Record) -> str:
    names = [n for n in (where["place"], where["admin1"], where["country"]) if n]
    if not names:
        return "not stated"
    told = ", ".join(dict.fromkeys(names))
    return f"{told} ({where['place_precision']}, from the {where['place_from']})"


def _time(where: Record) -> str:
    return f"{days(where['begin'], where['end'])} ({where['date_precision']}, " + (
        f"from the {where['date_from']})"
    )


def terms(look: Lookup, claim_id: str) -> dict[str, str]:
    """What one claim says, term by term, each as text.

    Raises:
        TableError: no such claim.
    """
    claim = look.claim(claim_id)
    document = look.documents[claim["document_id"]]
    source, where = look.sources[claim_id], look.when_where[claim_id]
    event, origin = look.events[claim_id], look.origins[claim_id]
    found = {
        "who": _who(source),
        "words": claim["content"],
        "how": f"{claim['kind']}, {claim['status']}"
        + (f", “{claim['cue']}”" if claim["cue"] else ""),
        "figures": _figures(look.values.get(claim_id, [])) or "none",
        "facts": _facts(look.assertions.get(claim_id, [])) or "none",
        "place": _place(where),
        "time": _time(where),
        "published": f"{document['publisher']}, {day(document['published'])}",
        "event": str(event["event_id"]) if event["event_id"] > 0 else "none",
        "story": str(event["story_id"]) if event["story_id"] > 0 else "none",
        "origin": f"{origin['origin_id']} ({origin['how']})",
        "claim": claim_id,
    }
    return {name: one_line(text) for name, text in found.items()}


_PAGE = Markup(
    '<div style="max-width:70em">{}{}<p><b>{}</b></p><table><thead><tr>'
    '<th scope="col">Term</th><th scope="col">One</th><th scope="col">Other</th>'
    '<th scope="col">Same</th></tr></thead><tbody>{}</tbody></table>'
    "<p>Cosine of the embeddings {}: a common topic, never agreement.</p>{}</div>"
)
_LINK = Markup(
    "<details><summary>What links them into one event</summary><table><thead><tr>"
    '<th scope="col">Term</th><th scope="col">Log odds</th></tr></thead><tbody>{}</tbody>'
    "</table></details>"
)


@dataclass(frozen=True)
class Explanation:
    """Why two claims stand to each other as they do."""

    terms: pd.DataFrame
    """term, left, right, same: one row a term."""
    judgements: pd.DataFrame
    """aspect, population, relation, cause, score, reason: one row a judgement, or none."""
    link: pd.DataFrame
    """term, value, weight, contribution: what binds the two into one event, in log odds."""
    similarity: float
    """Cosine of the two vectors, -1 to 1: a common topic, never agreement."""
    verdict: str
    quotes: tuple[Any, Any]

    def __repr__(self) -> str:
        """The terms as lines, then the judgements."""
        lines = [f"{r.term:>10}  {r.left}\n{'':>10}  {r.right}" for r in self.terms.itertuples()]
        bound = [f"{r.term} {r.contribution:+.2f}" for r in self.link.itertuples()]
        link = [f"{'link':>10}  {', '.join(bound)}"] if bound else []
        return "\n".join([*lines, f"{'cosine':>10}  {self.similarity:.3f}", *link, self.verdict])

    def _repr_html_(self) -> str:
        rows = Markup("").join(
            Markup('<tr><th scope="row" style="text-align:left">{}</th>'
                   '<td style="text-align:left">{}</td><td style="text-align:left">{}</td>'
                   "<td>{}</td></tr>").format(r.term, r.left, r.right, "=" if r.same else "≠")
            for r in self.terms.itertuples()
        )  # fmt: skip
        links = Markup("").join(
            Markup('<tr><th scope="row" style="text-align:left">{}</th><td>{}</td></tr>').format(
                r.term, f"{r.contribution:+.2f}"
            )
            for r in self.link.itertuples()
        )
        return str(
            _PAGE.format(
                quote_html(self.quotes[0]),
                quote_html(self.quotes[1]),
                visible(self.verdict),
                rows,
                f"{self.similarity:.3f}",
                _LINK.format(links) if links else "",
            )
        )


def explain(
    look: Lookup, claim_a: str, claim_b: str, *, similarity: float, link: pd.DataFrame
) -> Explanation:
    """Two claims side by side, term by term, with every judgement on the pair.

    Args:
        look: the tables by claim.
        claim_a: a key of claims; the order of the two does not matter.
        claim_b: another.
        similarity: cosine of their vectors.
        link: term, value, weight, contribution, from `compare.cluster.explain_link`.

    Raises:
        TableError: there is no such claim.
    """
    left, right = sorted((claim_a, claim_b))
    a, b = terms(look, left), terms(look, right)
    table = pd.DataFrame(
        [{"term": t, "left": a[t], "right": b[t], "same": a[t] == b[t]} for t in a]
    )
    found = look.judged(left, right)
    columns = ["aspect", "population", "relation", "cause", "score", "reason"]
    judged = pd.DataFrame([{c: row[c] for c in columns} for row in found], columns=columns)
    lines = [
        f"{r['aspect']}: {r['relation']}"
        + (f" ({CAUSE[r['cause']]})" if r["cause"] else "")
        + f". {r['reason']}"
        for r in found
    ]
    verdict = " ".join(lines) or _unjudged(look, left, right)
    pair = (quote(look, left), quote(look, right))
    return Explanation(table, judged, link, similarity, one_line(verdict), pair)


def _unjudged(look: Lookup, left: str, right: str) -> str:
    """Why there is no judgement on a pair."""
    if left == right:
        return "This is one claim, not two."
    origins = [look.origins[c]["origin_id"] for c in (left, right)]
    if origins[0] == origins[1]:
        return "Not compared: both go back to one origin, so they cannot confirm each other."
    events = [look.events[c]["event_id"] for c in (left, right)]
    if events[0] != events[1] or events[0] < 0:
        return "Not compared: they are not about one event."
    return "Not compared: they share no figure or fact to compare."
