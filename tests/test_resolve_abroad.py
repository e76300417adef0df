"""Speakers of events outside Afghanistan, and short forms over the texts of a case."""

from __future__ import annotations

import pandas as pd
import pytest

from compare import tables
from compare.extract import extract_claims
from compare.resolve import read_setting, resolve_sources, settle_setting
from compare.resolve.country import about_home
from compare.resolve.phrase import read_phrase
from compare.resolve.registry import registry
from compare.settings import Settings

SETTINGS = Settings()


def sources(*texts: str) -> pd.DataFrame:
    """Table `sources` of what is said in these texts, in their order."""
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
    rows = found.merge(claims[["claim_id", "document_id", "kind", "start"]])
    return rows[rows["kind"] != "narration"].sort_values(["document_id", "start"])


def speakers(*texts: str) -> list[tuple[str, str, str, str]]:
    told = sources(*texts)
    return list(told[["source", "actor", "camp", "role"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The hospital was hit,” Gaza's health ministry said.",
         ("Gaza's health ministry", "Ministry of Health of Gaza", "government", "party")),
        ("The Sudanese army said it had left the town.",
         ("The Sudanese army", "Sudanese Armed Forces", "government", "party")),
        ("Militants in Mali said they had taken the camp.",
         ("Militants in Mali", "Militants in Mali", "other", "unnamed")),
        ("The Afghan interior ministry said 80 Taliban were killed.",
         ("The Afghan interior ministry", "Afghan Ministry of Interior Affairs", "andsf", "party")),
        ("The interior ministry said 80 fighters were killed.",
         ("The interior ministry", "Afghan Ministry of Interior Affairs", "andsf", "party")),
        ("The health ministry said 24 citizens of Peru were killed.",
         ("The health ministry", "health ministry", "government", "party")),
        ("The interior minister said two men in Peshawar were shot.",
         ("The interior minister", "The interior minister", "government", "unnamed")),
        ("The Saudi-led coalition said it had hit Sanaa.",
         ("The Saudi-led coalition", "Saudi-led coalition", "other", "party")),
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
    assert about_home("Police in Peshawar, the interior minister said.", registry(None)) is False
    assert about_home("Pakistani Taliban did it, Islamabad said.", registry(None)) is False
    assert about_home("Islamabad backs the Taliban, he said.", registry(None)) is True
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


def test_what_a_pronoun_stands_for_may_be_a_short_form_of_the_case() -> None:
    found = speakers(
        "The Rapid Support Forces said they had left.",
        "The RSF left the town. It denied killing civilians.",
    )
    assert [row[1] for row in found][-1] == "Rapid Support Forces"


def test_a_short_form_of_two_names_is_left_as_the_registry_has_it() -> None:
    found = speakers(
        "The Rapid Support Forces said they had left.",
        "The Royal Sanjar Foundation said it had stayed.",
        "RSF said three journalists were held.",
    )
    assert found[2][1] == "Reporters Without Borders"


@pytest.mark.parametrize(
    ("texts", "actor", "camp"),
    [
        (["Khartoum denied the attack in El Fasher.",
          "The Sudanese government said the camp was safe.",
          "The government of Sudan rejected the report on the camp.",
          "Sudan's military government said the camp was safe.",
          "The government in Khartoum said the camp was safe.",
          "Sudan said the camp was safe."], "Government of Sudan", "government"),
        (["Kyiv said Russia had fired the missile.",
          "The Kiev regime said it had hit a depot.",
          "A spokesman for the Ukrainian government said 16 people were killed."],
         "Government of Ukraine", "government"),
        (["Naypyidaw said only fighters were hit.",
          "The Myanmar government said 50 people were killed.",
          "The Burmese junta said 50 people were killed.",
          "The ruling junta in Myanmar said 50 people were killed."],
         "Government of Myanmar", "government"),
        (["Moscow accused Ukraine of shelling the market.",
          "The Russian government said Ukraine had fired it."], "Government of Russia", "other"),
        (["Washington says Sudan's army was warned."], "Government of the United States", "us"),
        (["Islamabad rejected the report on Sudan."], "Government of Pakistan", "other"),
        (["Russia's defence ministry said 100 soldiers were killed in Ukraine.",
          "The Russian Defense Ministry said 100 soldiers were killed in Ukraine.",
          "The Ministry of Defence of Russia said 100 soldiers were killed in Ukraine."],
         "Ministry of Defence of Russia", "other"),
        (["South Sudan's Ministry of Health said 12 people died.",
          "The South Sudanese health ministry said 12 people died."],
         "Ministry of Health of South Sudan", "government"),
    ],
)  # fmt: skip
def test_a_state_speaks_by_its_capital_its_government_or_its_ministry(
    texts: list[str], actor: str, camp: str
) -> None:
    found = speakers(*texts)
    assert {(row[1], row[2]) for row in found} == {(actor, camp)}
    assert len(found) == len(texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Khartoum residents said the camp in Sudan was hit.",
         [("Khartoum residents", "local", "unnamed")]),
        ("The Kyiv Independent said 12 people died in Ukraine.",
         [("The Kyiv Independent", "media", "media")]),
        ("Paris Duval, a nurse in Sudan, said 12 people died. Paris said more would die.",
         [("Paris Duval", "local", "observer")] * 2),
        ("Kyiv and Moscow said they would talk.", [("Kyiv and Moscow", "unknown", "unnamed")]),
        ("The health ministry in Sanaa said 12 people died in Yemen.",
         [("health ministry in Sanaa", "government", "party")]),
        ("Yemen's internationally recognised government said 12 people died.",
         [("Government of Yemen", "government", "party")]),
        ("Each side said the other in Sudan had lied.", [("Each side", "unknown", "unnamed")]),
        ("Myanmar's National Unity Government (NUG) said 100 people died. The NUG said more did.",
         [("National Unity Government", "other", "party")] * 2),
        ("The rebel government of Sudan said 12 people died.",
         [("The rebel government of Sudan", "unknown", "unnamed")]),
        ("The People's Defence Force (PDF) said 12 people died in Myanmar. The PDF said it hid.",
         [("People's Defence Force", "other", "party")] * 2),
        ("The Valley Defence Force (VDF) said 12 people died in Myanmar. The VDF said it hid.",
         [("Valley Defence Force", "unknown", "unknown")] * 2),
        ("The Arakan Army said 12 people died in Myanmar.",
         [("Arakan Army", "other", "party")]),
        ("The Free Syrian Army said 12 people died.",
         [("Free Syrian Army", "other", "party")]),
        ("The Sudanese Armed Forces said 12 people died.",
         [("Sudanese Armed Forces", "government", "party")]),
        ("Volodymyr Zelenskyy, Ukraine's president, said 12 people died.",
         [("Volodymyr Zelenskyy", "government", "party")]),
        ("Olena Moroz, president of the Ukrainian Football Association, said 12 people died.",
         [("Olena Moroz", "unknown", "unknown")]),
        ("The Myanmar junta said 50 people died. The military junta said it was sorry.",
         [("Government of Myanmar", "government", "party")] * 2),
    ],
)  # fmt: skip
def test_what_is_named_after_a_state_is_not_its_government(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert [row[1:] for row in speakers(text)] == expected


@pytest.mark.parametrize(
    ("text", "sources", "actor"),
    [
        ("General Abdel Fattah al-Burhan, the army chief, said it was over. “We won,” al-Burhan "
         "said. Burhan said Sudan was safe.",
         ["General Abdel Fattah al-Burhan, the army chief", "al-Burhan", "Burhan"],
         "Abdel Fattah al-Burhan"),
        ("“We hit no camp,” said Lt-Gen. Yassir al-Atta of Sudan's army. Al-Atta said it was over.",
         ["Lt-Gen. Yassir al-Atta of Sudan's army", "Al-Atta"], "Yassir al-Atta"),
        ("Naw Ba-Nyar, a doctor in Myanmar, said 58 people died. Ba-Nyar said the jets came back.",
         ["Naw Ba-Nyar, a doctor in Myanmar", "Ba-Nyar"], "Naw Ba-Nyar"),
        ("Senior General Min Aung Hlaing said Myanmar was safe. Hlaing said it was over.",
         ["Senior General Min Aung Hlaing", "Hlaing"], "Min Aung Hlaing"),
    ],
)  # fmt: skip
def test_names_with_particles_and_hyphens_are_whole(
    text: str, sources: list[str], actor: str
) -> None:
    found = speakers(text)
    assert [row[0] for row in found] == sources
    assert {row[1] for row in found} == {actor}


KYRYLENKO = "Pavlo Kyrylenko, head of the Donetsk military administration, said 32 were hurt."


@pytest.mark.parametrize(
    ("others", "actor", "camp"),
    [
        ([], "Pavlo Kyrylenko", "government"),
        (["Olena Kyrylenko, a teacher, said 30 people were wounded."], "Kyrylenko", "unknown"),
        (["The dead are Olena Kyrylenko and her son, the police said."], "Kyrylenko", "unknown"),
    ],
)
def test_a_surname_alone_is_its_one_bearer_in_the_case(
    others: list[str], actor: str, camp: str
) -> None:
    texts = ["Kyrylenko said 33 people were wounded in Ukraine.", KYRYLENKO, *others]
    assert speakers(*texts)[0][:3] == ("Kyrylenko", actor, camp)


def test_how_tells_that_a_surname_decided() -> None:
    found = sources("Kyrylenko said 33 were wounded. He said more were hurt.", KYRYLENKO)
    assert list(found["how"]) == ["surname", "pronoun", "unlisted"]
    assert found["actor_id"].unique().tolist() == ["unlisted:pavlo-kyrylenko"]
    assert found["score"].tolist() == [0.8, 0.64, 1.0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Mrs Kyrylenko said 33 people were wounded.", "Mr Pavlo Kyrylenko said 32 were."),
        ("Khan said 33 people were wounded.", "Imran Khan said 32 people were wounded."),
    ],
)
def test_a_surname_that_may_be_anothers_stays_itself(first: str, second: str) -> None:
    assert len(set(sources(first, second)["actor_id"])) == 2


@pytest.mark.parametrize("own", [
    {"actor_id": "sudan-government", "actor": "Army-led government"},
    {"actor_id": "port-sudan", "actor": "Army-led government", "aliases": "Sudanese government"},
])  # fmt: skip
@pytest.mark.parametrize("text", ["Khartoum", "the government of Sudan", "Sudan's junta"])
def test_a_row_of_the_case_says_where_a_state_stands(own: dict[str, str], text: str) -> None:
    known = registry(pd.DataFrame([own | {"camp": "other", "role": "party"}])).abroad
    found = read_phrase(text, known)
    assert found.bodies == (own["actor_id"],)
    assert known.tenure(found.bodies[0], None).camp == "other"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The IDF said it hit 12 targets in Gaza. The Israeli army said two of its men died.",
         [("Israel Defense Forces", "government", "party")] * 2),
        ("Hamas said its men held out.", [("Hamas", "other", "party")]),
        ("The OSCE monitoring mission said 20 people died in Mariupol.",
         [("OSCE Special Monitoring Mission to Ukraine", "other", "observer")]),
        ("The RSF said it had taken the airport in Khartoum.",
         [("Rapid Support Forces", "other", "party")]),
        ("The RSF's adviser, Yusuf Izzat, said men in Khartoum had fled.",
         [("Yusuf Izzat", "other", "party")]),
        ("RSF said two reporters were held in Lima.",
         [("Reporters Without Borders", "ngo", "observer")]),
        ("The SDF said it had taken the town in Syria.",
         [("Syrian Democratic Forces", "other", "party")]),
        ("Wagner said its men had taken Bakhmut.", [("Wagner Group", "other", "party")]),
        ("Anna Wagner, a nurse in Lima, said 12 people died. Wagner said more would die.",
         [("Anna Wagner", "local", "observer")] * 2),
        ("Anna Wagner, a nurse in Ukraine, said 12 people died. Wagner said more would die.",
         [("Anna Wagner", "local", "observer")] * 2),
        ("UNIFIL said two of its men were hurt in Lebanon.",
         [("United Nations Interim Force in Lebanon", "un", "observer")]),
        ("The Syrian Observatory for Human Rights said 11 people died.",
         [("Syrian Observatory for Human Rights", "ngo", "observer")]),
        ("The Hamas-run health ministry said 12 people died.",
         [("Ministry of Health of Gaza", "government", "party")]),
        ("The Hamas-run agency said 12 people died in Gaza.",
         [("Hamas-run agency", "unknown", "unknown")]),
        ("The Nigerien military said 12 people died. Niger's armed forces said two of them fled.",
         [("Armed Forces of Niger", "government", "party")] * 2),
        ("Kenyan police said two men died. The Kenyan navy said they drowned.",
         [("Police of Kenya", "government", "party"), ("Navy of Kenya", "government", "party")]),
        ("The Front for the Liberation of the Congo said two men died.",
         [("Front for the Liberation of the Congo", "unknown", "unknown")]),
        ("The Sultanate of Dar Masalit put the number of dead in Khartoum at more than 1,300.",
         [("Sultanate of Dar Masalit", "unknown", "unknown")]),
        ("Ukraine's general staff said two men died.",
         [("Armed Forces of Ukraine", "government", "party")]),
        ("The health ministry said 40 people in Goma died.",
         [("health ministry", "government", "party")]),
        ("Yahya Sarea, the Houthi military spokesman, said it hit Aden.",
         [("Yahya Sarea", "other", "party")]),
        ("Islamic State said its men hit Mosul.", [("Islamic State", "other", "party")]),
        ("The Israeli army trained Afghan pilots in Kabul, the IDF said.",
         [("Israel Defense Forces", "other", "observer")]),
    ],
)  # fmt: skip
def test_forces_and_groups_of_other_wars_are_known(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert [row[1:] for row in speakers(text)] == expected


def test_a_force_that_publishes_is_no_outlet() -> None:
    """Its own words are those of a party."""
    row = {"document_id": "d" * 16, "path": "a.txt", "publisher": "IDF", "language": "en",
           "note": "", "text": "Our forces hit a post in Gaza."}  # fmt: skip
    documents = tables.from_rows("documents", [row])
    claims = extract_claims(documents, **SETTINGS.extract.model_dump())
    found = resolve_sources(claims, documents, None, **SETTINGS.resolve.model_dump())
    assert found[["actor", "camp", "role"]].values.tolist() == [
        ["Israel Defense Forces", "government", "party"]
    ]
