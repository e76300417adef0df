"""How the accounts on one row stand, and which verdicts a change of settings moves."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from compare.schema import CAUSES, TABLES
from compare.tabulate.tables_by_claim import Case, Record

_FIT = frozenset(("agree", "compatible", "refines"))


def verdict(
    pairs: list[Record], claim_ids: set[str], case: Case, dispute_score: float
) -> tuple[str, str]:
    """Verdict and main cause of a row.

    Disputed where claims of two independent origins conflict, surely enough; unclear
    where a conflict is less sure or a judge is; revised where one source changed its
    figure; agreed where two origins fit together; single-source where there is but one.
    The main cause is that of most pairs of origins, so reprints add nothing; a suspected
    slip is the cause only where nothing else is disputed.

    Args:
        pairs: rows of `judgements` among the row's claims, on its question.
        claim_ids: the row's claims.
        case: the tables by claim.
        dispute_score: least score of a conflict that makes a row disputed, in [0, 1].
    """
    conflicts: dict[str, set[tuple[str, ...]]] = {}
    doubts: dict[str, set[tuple[str, ...]]] = {}
    revisions, fits = set(), set()
    for pair in pairs:
        origins = tuple(sorted(case.origin[pair[k]] for k in ("claim_id_l", "claim_id_r")))
        if pair["relation"] == "conflict" and origins[0] != origins[1]:
            sure = pair["score"] >= dispute_score
            (conflicts if sure else doubts).setdefault(pair["cause"], set()).add(origins)
        elif pair["relation"] == "unsure":
            doubts.setdefault(pair["cause"], set()).add(origins)
        elif pair["cause"] == "revision":
            revisions.add(origins)
        elif pair["relation"] in _FIT and origins[0] != origins[1]:
            fits.add(origins)
    if conflicts:
        return "disputed", _main(conflicts)
    if revisions:
        return "revised", "revision"
    if doubts and not fits:
        return "unclear", _main(doubts)
    if len({case.origin[c] for c in claim_ids}) == 1:
        return "single-source", ""
    if fits:
        bound = Counter(p["cause"] for p in pairs if p["relation"] in _FIT)
        return "agreed", "" if not bound or bound[""] else _main({c: {("", c)} for c in bound})
    return "unclear", _main(doubts) if doubts else ""


def _main(causes: dict[str, set[tuple[str, ...]]]) -> str:
    return min(causes, key=lambda c: (c == "transcription", -len(causes[c]), CAUSES.index(c)))


def compare_verdicts(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Which verdicts differ between two tables of discrepancies.

    Args:
        before: table `discrepancies` under one set of settings.
        after: the same under another.

    Returns:
        One row a question whose verdict or cause differs, with the key of
        `discrepancies`, and `before`, `after`, `cause_before`, `cause_after`. A question
        that only one of them asks has the verdict `absent` in the other. Sorted by key.

    >>> from compare.tables import empty
    >>> compare_verdicts(empty("discrepancies"), empty("discrepancies")).shape
    (0, 9)
    """
    key = list(TABLES["discrepancies"].key)
    told = ["verdict", "cause"]
    both = before[key + told].merge(
        after[key + told], on=key, how="outer", suffixes=("_before", "_after"), validate="1:1"
    )
    both = both.rename(columns={"verdict_before": "before", "verdict_after": "after"})
    for column in ("before", "after"):
        both[column] = both[column].fillna("absent")
    for column in ("cause_before", "cause_after"):
        both[column] = both[column].fillna("")
    differs = (both["before"] != both["after"]) | (both["cause_before"] != both["cause_after"])
    columns = [*key, "before", "after", "cause_before", "cause_after"]
    return both.loc[differs, columns].sort_values(key, ignore_index=True)
