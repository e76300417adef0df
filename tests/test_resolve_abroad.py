"""Speakers of events outside Afghanistan, and short forms over the texts of a case."""

from __future__ import annotations

import pytest

from compare import tables
from compare.extract import extract_claims
from compare.resolve import read_setting, resolve_sources, settle_setting
from compare.resolve.country import about_home
from compare.resolve.registry import registry
from compare.settings import Settings

SETTINGS = Settings()


def speakers(*texts: str) -> list[tuple[str, str, str, str]]:
    documents = tables.from_rows(
        "documents",
        [
            {"document_id": f"{n:016x}", "path": f"{n}.txt", "publisher": "Sanjar Weekly",
             "language": "en", "note": "", "text": text}
            for n, text in enumerate(texts)
        ],
    )  # fmt: skip
    claims = extract_claims(documents, **SETTINGS.extract.model_dump())
    found = resolve_sources(claims, documents, None, **SETTINGS.resolve.model_dump())
    rows = found.merge(claims[["claim_id", "kind", "start"]]).sort_values(["claim_id", "start"])
    told = rows[rows["kind"] != "narration"]
    return list(told[["source", "actor", "camp", "role"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The hospital was hit,” Gaza's health ministry said.",
         ("Gaza's health ministry", "Gaza's health ministry", "government", "party")),
        ("The Sudanese army said it had left the town.",
         ("The Sudanese army", "Sudanese army", "government", "party")),
        ("Militants in Mali said they had taken the camp.",
         ("Militants in Mali", "Militants in Mali", "other", "unnamed")),
        ("The Afghan interior ministry said 80 Taliban were killed.",
         ("The Afghan interior ministry", "Afghan Ministry of Interior Affairs", "andsf", "party")),
        ("The interior ministry said 80 fighters were killed.",
         ("The interior ministry", "Afghan Ministry of Interior Affairs", "andsf", "party")),
        ("Pakistan's army denied firing into Afghanistan.",
         ("Pakistan's army", "Pakistan Army", "other", "observer")),
    ],
)  # fmt: skip
def test_general_names_are_afghan_only_at_home(
    text: str, expected: tuple[str, str, str, str]
) -> None:
    assert speakers(text) == [expected]


def test_a_text_without_a_country_is_about_what_the_others_are_about() -> None:
    texts = ["The ferry sank off Kenya.", "A boat capsized near Somalia.", "The police said so."]
    assert settle_setting(read_setting(texts, None))["home"] is False
    assert settle_setting(read_setting(["The police said so."], None))["home"] is True
    assert about_home("A Kunduz hospital, like one in Yemen, was hit.", registry(None)) is True


def test_short_forms_are_learned_from_other_texts_and_their_own_text_first() -> None:
    found = speakers(
        "The paramilitary Rapid Support Forces said they had left Sudan's capital.",
        "The RSF denied killing villagers.",
        "Reporters in the Field Society (RFS) said its work in Sudan was over.",
    )
    assert [row[1] for row in found] == [
        "Rapid Support Forces", "Rapid Support Forces", "Reporters in the Field Society",
    ]  # fmt: skip


def test_a_short_form_of_two_names_is_left_as_the_registry_has_it() -> None:
    found = speakers(
        "The Rapid Support Forces said they had left.",
        "The Royal Sanjar Foundation said it had stayed.",
        "RSF said three journalists were held.",
    )
    assert found[2][1] == "Reporters Without Borders"
