"""What reviewers decide: an append-only log, its effect on a run, and their agreement."""

from compare.review.agreement import Agreement, reviewer_agreement
from compare.review.apply import (
    apply_relations,
    apply_speakers,
    apply_values,
    mark_reviewed,
    rejected_claims,
)
from compare.review.decision import Decision
from compare.review.events import apply_events
from compare.review.label_studio import from_label_studio, to_label_studio
from compare.review.log import read_decisions
from compare.review.outcome import Outcome, Placed, decisions_table, place, problem_rows
from compare.review.session import Review

__all__ = [
    "Agreement",
    "Decision",
    "Outcome",
    "Placed",
    "Review",
    "apply_events",
    "apply_relations",
    "apply_speakers",
    "apply_values",
    "decisions_table",
    "from_label_studio",
    "mark_reviewed",
    "place",
    "problem_rows",
    "read_decisions",
    "rejected_claims",
    "reviewer_agreement",
    "to_label_studio",
]
