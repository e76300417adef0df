"""Every table of the flow: its columns, its key and the rules it keeps.

A table is a pandas DataFrame at every boundary; `compare.tables.check` holds
one to what is written here. `docs/tables.md` is generated from this file.

Intervals are half-open everywhere: `start <= i < end` for characters (Unicode
code points), `begin <= t < end` for times. A missing `high` means *no upper
bound*; a missing `low` means *no lower bound was stated*. Text columns use ""
only where the column says so; otherwise a missing value is `<NA>`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

TEXT, INT, REAL, FLAG, TIME = "string", "Int64", "Float64", "boolean", "datetime64[ms]"

# fmt: off
KINDS = ("direct", "indirect", "mixed", "narration")
STATUSES = (
    "asserted", "reported", "hedged", "denied", "demanded", "promised",
    "condemned", "supported", "unconfirmed", "no-comment",
)
CAMPS = (
    "taliban", "andsf", "government", "local", "us", "nato", "embassy",
    "un", "ngo", "media", "other", "unknown",
)
ROLES = (
    "party", "ally", "observer", "local authority", "humanitarian", "media",
    "unnamed", "unknown",
)
FIGURE_ASPECTS = (
    "killed", "wounded", "killed-or-wounded", "killed-and-wounded", "missing",
    "detained", "captured", "released", "surrendered", "infected", "displaced", "returned",
    "attacks", "strikes", "destroyed", "areas", "other",
)
ASSERTION_ASPECTS = ("occurrence", "responsibility", "outcome", "victim", "position")
POPULATIONS = (
    "civilians", "children", "women", "fighters", "forces", "staff", "people", "unknown",
)
PRECISIONS_PLACE = ("exact", "near", "district", "admin1", "country", "none")
PRECISIONS_DATE = ("hour", "day", "days", "week", "month", "year", "none")
RELATIONS = ("agree", "compatible", "refines", "conflict", "unsure", "not-comparable")
CAUSES = (
    "", "value", "bound", "category", "population", "unit", "place", "time", "revision",
    "denial", "target", "responsibility", "outcome", "position", "status", "wording",
    "transcription",
)
VERDICTS = ("disputed", "agreed", "revised", "single-source", "unclear")
PROBLEM_KINDS = ("rejected", "duplicate", "warning")
ACTIONS = (
    "accept", "reject", "change-speaker", "change-value", "split-event", "merge-event",
    "change-relation",
)
# fmt: on


@dataclass(frozen=True)
class Column:
    """One column: its pandas dtype, what it means, and what it may hold."""

    name: str
    dtype: str
    about: str
    required: bool = True
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: its columns in order, its key, and rules over whole rows."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rules: tuple[tuple[str, Callable[[pd.DataFrame], pd.Series]], ...] = ()

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]


def _c(name: str, dtype: str, about: str, *values: str) -> Column:
    return Column(name, dtype, about, True, values)


def _o(name: str, dtype: str, about: str, *values: str) -> Column:
    return Column(name, dtype, about, False, values)


def _ordered(low: str, high: str, strict: bool = False) -> Callable[[pd.DataFrame], pd.Series]:
    def holds(frame: pd.DataFrame) -> pd.Series:
        a, b = frame[low], frame[high]
        return a.isna() | b.isna() | ((a < b) if strict else (a <= b))

    return holds


_SPAN = ("start must be before end", _ordered("start", "end", strict=True))
_PAIR_COLUMNS = (
    _c("claim_id_l", TEXT, "the claim whose id sorts first"),
    _c("claim_id_r", TEXT, "the other claim"),
    _c("event_id", INT, "the event both belong to"),
    _c("aspect", TEXT, "what is compared", *FIGURE_ASPECTS, *ASSERTION_ASPECTS, "text"),
    _c("population", TEXT, 'whom a figure counts, "" where none'),
)

# One column a line reads as the table it is.
# fmt: off
TABLES: dict[str, Table] = {t.name: t for t in (
    Table("documents", "One row a distinct text, unaltered after reading.", ("document_id",), (
        _c("document_id", TEXT, "16 hex digits of the text's sha256 (reprint: + NUL, publisher)"),
        _c("path", TEXT, "path inside the case, with forward slashes"),
        _c("publisher", TEXT, "who published it, as written; \"unknown\" where nobody says"),
        _o("published", TIME, "when, to the day (UTC midnight) or finer"),
        _o("url", TEXT, "where"),
        _o("title", TEXT, "its headline"),
        _c("language", TEXT, "ISO 639-1 code, \"und\" where not determined"),
        _c("note", TEXT, "what the reader must know, such as `paraphrase`, or \"\""),
        _c("text", TEXT, "the whole text, on which every offset in every table counts"),
    )),
    Table("problems", "What could not be read, or was read with a reserve.",
          ("path", "kind", "message"), (
        _c("path", TEXT, "path inside the case"),
        _c("kind", TEXT, "how bad", *PROBLEM_KINDS),
        _c("message", TEXT, "what was found, where, what was expected, what to do"),
    )),
    Table("claims", "One row a claim: who said what, in which words.", ("claim_id",), (
        _c("claim_id", TEXT, "`{document_id}:{start}-{end}`"),
        _c("document_id", TEXT, "the document it stands in"),
        _c("start", INT, "first character of the content"),
        _c("end", INT, "one past its last character"),
        _c("content", TEXT, "`text[start:end]`"),
        _c("kind", TEXT, "how it is spoken; narration is the publisher's own claim", *KINDS),
        _o("source", TEXT, "the speaker as written; missing for narration and elided speakers"),
        _o("source_start", INT, "first character of the speaker"),
        _o("source_end", INT, "one past its last"),
        _o("cue", TEXT, "the words that attribute"),
        _o("cue_start", INT, "first character of the cue"),
        _o("cue_end", INT, "one past its last"),
        _c("status", TEXT, "how the speaker stands to it", *STATUSES),
        _o("parent_claim_id", TEXT, "the claim this one is quoted inside, for nested speech"),
    ), (_SPAN,)),
    Table("sources", "One row a claim: who its speaker is.", ("claim_id",), (
        _c("claim_id", TEXT, "the claim"),
        _c("source", TEXT, "the speaker as written, or the publisher for narration"),
        _c("mention", TEXT, "the speaker's fullest name in the document (\"he\" -> the name)"),
        _c("actor_id", TEXT,
           "registry or state's body, or `unlisted:...` made from the name, or `unnamed:...`"),
        _c("actor", TEXT, "display name of the actor"),
        _o("organisation", TEXT, "the body the actor speaks for"),
        _c("camp", TEXT, "side", *CAMPS),
        _c("role", TEXT, "stand towards the conflict", *ROLES),
        _c("score", REAL, "0 to 1, how sure the match is; 1 is an exact alias"),
        _c("how", TEXT, "why this actor: alias, office, pronoun, fuzzy, surname, unlisted, ..."),
    )),
    Table("values", "One row a figure in a claim.",
          ("claim_id", "start", "end", "aspect", "population"), (
        _c("claim_id", TEXT, "the claim it stands in"),
        _c("aspect", TEXT, "what is counted as having happened", *FIGURE_ASPECTS),
        _c("population", TEXT, "who or what is counted", *POPULATIONS),
        _c("group", TEXT, "the counted noun as written, such as `houses` or `students`, or \"\""),
        _o("low", REAL, "least number the words allow"),
        _o("high", REAL, "most; missing means no upper bound"),
        _c("unit", TEXT, "people, families, households, vehicles, helicopters, incidents, ..."),
        _c("wording", TEXT, "the words of the figure, `text[start:end]`"),
        _c("rule", TEXT, "exact, at-least, at-most, more-than, range, about, nearly, vague:<word>, "
           "reviewed"),
        _c("verified", FLAG, "the source says it counted or verified this itself"),
        _c("scope", TEXT, "total, subset (of a larger figure), share (of people counted side by "
           "side) or new (since the last count)", "total", "subset", "share", "new"),
        _o("responsible", TEXT, "who is said to have done it, as written"),
        _o("place_id", TEXT, "the figure's own place, where it differs from the claim's"),
        _c("start", INT, "first character of the wording in the document"),
        _c("end", INT, "one past its last"),
    ), (_SPAN, ("low must not be above high", _ordered("low", "high")))),
    Table("assertions", "One row a fact asserted, denied or demanded that is not a figure.",
          ("claim_id", "start", "end", "aspect", "predicate", "agent", "patient"), (
        _c("claim_id", TEXT, "the claim"),
        _c("aspect", TEXT, "what kind of fact", *ASSERTION_ASPECTS),
        _c("predicate", TEXT, "its canonical label, such as captured, repelled, violated, condemn"),
        _c("polarity", TEXT, "affirmed, or denied by a negation or cue", "affirmed", "denied"),
        _o("agent", TEXT, "who did it: camp or actor id"),
        _o("patient", TEXT, "to whom, towards whom, or what"),
        _c("wording", TEXT, "`text[start:end]`"),
        _c("start", INT, "first character"),
        _c("end", INT, "one past the last"),
    ), (_SPAN,)),
    Table("when_where", "One row a claim: where and when what it tells happened.", ("claim_id",), (
        _c("claim_id", TEXT, "the claim"),
        _o("place_id", TEXT, "gazetteer id"),
        _o("place", TEXT, "name in the gazetteer"),
        _o("admin1", TEXT, "province"),
        _o("country", TEXT, "country name"),
        _c("place_precision", TEXT, "after UCDP GED", *PRECISIONS_PLACE),
        _c("place_from", TEXT, "where it was read", "claim", "sentence", "document", "none"),
        _o("place_sure", FLAG, "whether it happened there by the words: a word of place stands "
           "before it or another of its province, or the speaker answers for it"),
        _c("place_wording", TEXT, "as written, or \"\""),
        _o("place_start", INT, "first character of that wording"),
        _o("place_end", INT, "one past its last"),
        _o("begin", TIME, "earliest time, included"),
        _o("end", TIME, "latest, excluded"),
        _c("date_precision", TEXT, "how fine", *PRECISIONS_DATE),
        _c("date_from", TEXT, "where it was read; document means the day of publication",
           "claim", "sentence", "document", "none"),
        _c("date_wording", TEXT, "as written, or \"\""),
        _o("date_start", INT, "first character of that wording"),
        _o("date_end", INT, "one past its last"),
        _c("mentioned_place_ids", TEXT, "ids of every place the claim names, joined by a space"),
    ), (("begin must be before end", _ordered("begin", "end", strict=True)),)),
    Table("events", "One row a claim: the incident and the story it belongs to.", ("claim_id",), (
        _c("claim_id", TEXT, "the claim"),
        _c("event_id", INT, "the incident, from 1 in order of time; -1 is noise"),
        _c("story_id", INT, "the wider development; -1 is noise"),
        _c("near_threshold", FLAG, "some decision behind it lies within 1e-5 of its threshold"),
    )),
    Table("origins", "One row a claim: the independent origin it goes back to.", ("claim_id",), (
        _c("claim_id", TEXT, "the claim"),
        _c("origin_id", TEXT, "equal for reprints, relays and one speaker in many outlets"),
        _c("how", TEXT, "why", "own", "reprint", "relay", "same-speaker"),
    )),
    Table("judgements", "One row a pair of claims and aspect: do they agree, and why.",
          ("claim_id_l", "claim_id_r", "aspect", "population"), (
        *_PAIR_COLUMNS,
        _c("relation", TEXT, "the outcome", *RELATIONS),
        _c("cause", TEXT, "what makes the difference, \"\" for agreement", *CAUSES),
        _c("score", REAL, "0 to 1, how sure the judge is"),
        _c("reason", TEXT, "a sentence a person can read"),
        _c("near_threshold", FLAG, "the score lies within 1e-5 of a threshold"),
        _c("reviewed", FLAG, "a reviewer set this relation"),
    ), (("claim_id_l must sort before claim_id_r",
         lambda f: f["claim_id_l"] < f["claim_id_r"]),)),
    Table("discrepancies", "One row a question about an event: where its accounts stand.",
          ("event_id", "aspect", "population", "unit", "place"), (
        _c("event_id", INT, "the event"),
        _c("aspect", TEXT, "the question", *FIGURE_ASPECTS, *ASSERTION_ASPECTS, "text"),
        _c("population", TEXT, "whom it is about, or \"\""),
        _c("unit", TEXT, "people, households, ... or \"\""),
        _c("place", TEXT, "where, or \"\""),
        _c("verdict", TEXT, "how the accounts stand", *VERDICTS),
        _c("cause", TEXT, "main cause of a difference", *CAUSES),
        _c("n_outlets", INT, "publishers that carry a claim on it"),
        _c("n_speakers", INT, "actors who speak to it"),
        _c("n_independent", INT, "independent origins"),
        _o("low", REAL, "least figure any source gives; never an average"),
        _o("high", REAL, "most; missing means some source sets no upper bound"),
        *(
            _c(camp, TEXT, f"what {camp} sources say, or `silent`; empty if the case has none")
            for camp in CAMPS
        ),
        _c("claim_ids", TEXT, "the claims behind the row, joined by a space"),
        _c("reviewed", FLAG, "a reviewer's decision bears on this row"),
    )),
    Table("revisions", "One row a step in the series of figures one actor gave.",
          ("actor_id", "event_id", "aspect", "population", "unit", "place", "step"), (
        _c("actor_id", TEXT, "who"),
        _c("event_id", INT, "on which event"),
        _c("aspect", TEXT, "of what", *FIGURE_ASPECTS),
        _c("population", TEXT, "of whom", *POPULATIONS),
        _c("unit", TEXT, "in which unit"),
        _c("place", TEXT, "where, or \"\""),
        _c("step", INT, "1 for the first figure given"),
        _o("published", TIME, "when"),
        _o("low", REAL, "least"),
        _o("high", REAL, "most, missing means no upper bound"),
        _c("change", TEXT, "against the step before", "first", "up", "down", "same", "refined"),
        _c("claim_id", TEXT, "the claim that gives it"),
    )),
    Table("decisions", "One row a reviewer's decision, and what became of it in this run.",
          ("when", "decision_id"), (
        _c("decision_id", TEXT, "16 hex digits of the sha256 of the row as it was decided"),
        _c("when", TEXT, "time in UTC, ISO 8601 to the microsecond"),
        _c("who", TEXT, "the reviewer"),
        _c("action", TEXT, "what was decided", *ACTIONS),
        _c("claim_id", TEXT, "the claim as it was named, or \"\""),
        _c("quote", TEXT, "its words, or \"\""),
        _c("other_claim_id", TEXT, "the second claim of a pair, or \"\""),
        _c("other_quote", TEXT, "its words, or \"\""),
        _c("wording", TEXT, "the figure as written, or \"\""),
        _c("field", TEXT, "the cell or question decided on, or \"\""),
        _c("old", TEXT, "what the reviewer saw; \"\" is not checked"),
        _c("new", TEXT, "what it should be, or \"\""),
        _c("why", TEXT, "the reason given, or \"\""),
        _c("state", TEXT, "whether it holds, gave way to a later one, or no longer fits",
           "applied", "superseded", "not-applied"),
        _c("note", TEXT, "why it does not fit, or how its claim was found again, or \"\""),
    )),
)}
# fmt: on
