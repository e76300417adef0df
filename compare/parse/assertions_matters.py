"""The readers of particular matters: each tells what one word says of its own, or nothing."""

from __future__ import annotations

from compare.parse.assertions_civil import civil_of
from compare.parse.assertions_civilians import civilians_of
from compare.parse.assertions_course import course_of
from compare.parse.assertions_dealings import dealings_of
from compare.parse.assertions_intent import intent_of
from compare.parse.assertions_supplies import supplies_of
from compare.parse.assertions_will import will_of

MATTERS = (civil_of, course_of, will_of, civilians_of, dealings_of, intent_of, supplies_of)
"""Supplies, votes and crowds; how things go on; force and treatment; civilians who were there;
access, money, cargo and inquiries; intent; shortages. Each takes a token, its lemma, who speaks
and the lexicon."""
