"""Who a speaker is: the registry, names, phrases and whole passages."""

import csv
import random
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import TableError
from compare.evaluate.speakers import evaluate, read_marked, score, tables
from compare.resolve import resolve_sources
from compare.resolve.names import alike, same_person, spellings
from compare.resolve.phrase import read_phrase
from compare.resolve.registry import registry, shipped
from compare.resolve.unlisted import _alike
from compare.schema import CAMPS, ROLES
from compare.settings import Settings
from compare.tables import from_rows

KEYWORDS = Settings().resolve.model_dump()
GOLD = Path(__file__).parent.parent / "fixtures" / "gold"


def speakers(text, *, published="2020-10-20", publisher="Valley Post", actors=None):
    """actor_id, camp and organisation of every marked speaker of a passage."""
    rows = [dict(passage="p", split="dev", published=published, publisher=publisher, text=text)]
    documents, claims, marks = tables(rows)
    found = resolve_sources(claims, documents, actors, **KEYWORDS).set_index("claim_id")
    return [found.loc[i, "actor_id"] for i in marks], found


def marked(text):
    """`[He] said` as gold marks without answers."""
    return text.replace("]", "](x;;;)")


@pytest.mark.parametrize(("a", "b", "same"), [
    ("arian", "aryan", True), ("tariq", "tareq", True), ("omar", "omer", True),
    ("hejri", "hijri", True), ("leggett", "legget", True), ("yousuf", "yousef", True),
    ("khalilzad", "khalizad", True), ("zwak", "zhwak", True), ("seddiqi", "siddiqi", True),
    ("ahmad", "ahmadi", False), ("ahmadi", "ahmadzai", False), ("karim", "karimi", False),
    ("omar", "amir", False), ("rahimi", "rahmani", False), ("wilson", "watson", False),
])  # fmt: skip
def test_spellings(a, b, same):
    assert (alike(a, b, 0.9) > 0) is same
    assert alike(a, b, 0.9) == alike(b, a, 0.9)


@pytest.mark.parametrize(("a", "b", "same"), [
    ("omar zwak", "omer zwaak", True), ("omar zwak", "karim zwak", False),
    ("azam afzali", "mohammad azam afzali", True), ("zwak", "omar zwak", False),
    ("austin miller", "austin scott miller", True), ("john miller", "austin scott miller", False),
    ("mohammad khan", "mohammad yasin khan", False), ("ahmad khan", "ahmad wali khan", False),
    ("dawud karimi", "dawud noori", False), ("abdul ahmadi", "abdul karim ahmadi", False),
])  # fmt: skip
def test_two_names_of_one_person(a, b, same):
    assert (same_person(a.split(), b.split(), 0.9, loose=False) > 0) is same


@pytest.mark.parametrize(("text", "form", "written", "bodies"), [
    ("US Special Representative for Afghanistan Reconciliation, Zalmay Khalilzad", "person",
     "Zalmay Khalilzad", ("us-government",)),
    ("Acting Defense Minister, Gen Assadullah Khalid", "person", "Assadullah Khalid",
     ("afg-mod",)),
    ("Minister of Defence Asadullah Khalid", "person", "Asadullah Khalid", ("afg-mod",)),
    ("Secretary of State Antony Blinken", "person", "Antony Blinken", ()),
    ("Director of Public Health Abdul Omar", "person", "Abdul Omar", ()),
    ("Iran's mission to the United Nations", "body", "", ("iran-government",)),
    ("Pakistan's ambassador to the UN, Munir Akram", "person", "Munir Akram",
     ("pakistan-government",)),
    ("the Russian MoD", "body", "", ("russia-defence",)),
    ("the UK embassy in Kabul", "body", "", ("uk-embassy-kabul",)),
    ("a spokesman for the Afghan Interior Ministry", "office", "", ("afg-moi",)),
    ("Ghani's spokesman Sediq Sediqqi", "person", "Sediq Sediqqi", ()),
    ("two security sources", "unnamed", "", ()),
    ("hospital records seen by the United Nations", "body", "", ()),
    ("witnesses interviewed by the United Nations", "unnamed", "", ()),
    ("the Pakistani interior ministry", "body", "", ("pakistan-interior",)),
    ("WHO", "body", "", ("who",)),
    ("who", "pronoun", "", ()),
    ("US", "body", "", ("us-government",)),
    ("us", "pronoun", "", ()),
    ("local authorities", "collective", "", ()),
    ("Ataullah Afghan, head of the Helmand provincial council", "person", "Ataullah Afghan",
     ("helmand-council",)),
])  # fmt: skip
def test_phrases(text, form, written, bodies):
    found = read_phrase(text, registry(None))
    assert (found.form, found.written, found.bodies) == (form, written, bodies)


def test_the_registry_is_sound():
    names = {t.actor_id for t in shipped()}
    assert len(names) >= 600
    for row in shipped():
        assert row.camp in CAMPS
        assert row.role in ROLES
        assert not row.organisation or row.organisation in names, row


@pytest.mark.parametrize(("day", "actor"), [
    ("2020-10-20", "zalmay-khalilzad"), ("2021-12-01", "thomas-west"),
])  # fmt: skip
def test_an_office_is_held_on_a_day(day, actor):
    found, _ = speakers(
        marked("[The US special representative for Afghanistan] met both sides."), published=day
    )
    assert found == [actor]


def test_a_ministry_changes_sides_with_its_government():
    text = marked("[The interior ministry] said the road was open.")
    before = speakers(text, published="2021-08-14")[1]["camp"].tolist()
    after = speakers(text, published="2021-08-16")[1]["camp"].tolist()
    assert (before, after) == (["andsf"], ["taliban"])


def test_an_unknown_speaker_is_one_actor_over_documents_and_stays_itself():
    rows = [
        dict(passage=p, split="dev", published="2021-01-01", publisher="P", text=marked(text))
        for p, text in [
            ("a", "[Omar Rezai, a miller,] said so."),
            ("b", "[Omer Rezai] said so too."),
            ("c", "[Karim Rezai] said nothing."),
            ("d", "[Rezai] said less."),
        ]
    ]
    documents, claims, marks = tables(rows)
    found = resolve_sources(claims, documents, None, **KEYWORDS).set_index("claim_id")
    ids = [found.loc[i, "actor_id"] for i in marks]
    assert ids[0] == ids[1] == "unlisted:omar-rezai"
    assert len(set(ids)) == 3


def test_narration_is_the_publishers():
    documents = from_rows("documents", [
        dict(document_id=d, path=d, publisher=p, language="en", note="", text="It rained.")
        for d, p in [("a", "UNAMA"), ("b", "Khaama"), ("c", "Valley Post")]
    ])  # fmt: skip
    claims = from_rows("claims", [
        dict(claim_id=f"{d}:0-9", document_id=d, start=0, end=9, content="It rained",
             kind="narration", status="asserted")
        for d in "abc"
    ])  # fmt: skip
    found = resolve_sources(claims, documents, None, **KEYWORDS)
    assert found[["actor_id", "camp", "how"]].values.tolist() == [
        ["unama", "un", "publisher"],
        ["khaama", "media", "publisher"],
        ["unlisted:valley-post", "media", "publisher"],
    ]


@pytest.mark.parametrize(("text", "same"), [
    ("[Finance Minister Helena Sorvino] said it. Her deputy, Paul Krantz, was blunter. "
     "[He] said it would hurt.", False),
    ("[Striker Luca Moretti] said so. [The striker] said no more.", True),
    ("[Judge Ann Baker] said so. [Baker] said no more.", True),
    ("[Bishop Tomas Reyes] said so. [The bishop] said no more.", True),
    ("[Novelist Ana Pires] said so. [The author] said no more.", True),
])  # fmt: skip
def test_whom_pronouns_and_trades_mean(text, same):
    ids, _ = speakers(marked(text))
    assert (ids[0] == ids[1]) is same


@pytest.mark.parametrize(("publisher", "text", "expected"), [
    ("Valley Post", "[UNICEF] said six died. [A spokesman] said ten were hurt. [He] gave no names.",
     ["unicef"] * 3),
    ("Valley Post", "[The Taliban] said six died. [Spokesman Luca Moretti] said ten were hurt.",
     ["taliban", "unlisted:luca-moretti"]),
    ("Valley Post", "[The Taliban] said it was theirs. Residents fled. [They] said nobody died.",
     ["taliban", "unnamed"]),
    ("Valley Post", "[The Taliban] said residents fled. [They] said nobody died.", ["taliban"] * 2),
    ("Ministry of Defence", "[The ministry] said nobody died. [A spokesman] said it was quiet.",
     ["afg-mod"] * 2),
    ("Valley Post", "[A spokesman] said it was quiet.", ["unnamed"]),
    ("Odesa City Council", "[The city council] said nobody died.",
     ["unlisted:odesa-city-council"]),
    ("Valley Post", "Aircraft killed civilians, [Zabihullah Mujahid] said.",
     ["zabihullah-mujahid"]),
    ("Valley Post", "They met the governor, [Tomas Reyes], and left. [He] said it was quiet.",
     ["unlisted:tomas-reyes"] * 2),
])  # fmt: skip
def test_whom_a_spokesman_speaks_for(publisher, text, expected):
    ids, _ = speakers(marked(text), publisher=publisher)
    assert [i.split(":")[0] if i.startswith("unnamed") else i for i in ids] == expected


@pytest.mark.parametrize(("publisher", "text", "camp"), [
    ("MSF", "[Capt. Luca Moretti, a spokesman,] said it was quiet.", "ngo"),
    ("MSF", "[Luca Moretti, its general director,] said it was quiet.", "ngo"),
    ("Valley Post", "[UNICEF] said six died. [Luca Moretti, its head,] said it was quiet.", "un"),
    ("Valley Post", "[Capt. Luca Moretti, a spokesman,] said it was quiet.", "unknown"),
])  # fmt: skip
def test_a_named_officer_is_of_the_body_that_he_speaks_for(publisher, text, camp):
    _, found = speakers(marked(text), publisher=publisher)
    assert set(found.loc[found["actor"] == "Luca Moretti", "camp"]) == {camp}


def test_a_named_spokesman_has_the_side_of_who_spoke_before():
    _, found = speakers(marked("[UNICEF] said six died. [Spokesman Luca Moretti] said ten did."))
    assert set(found["camp"]) == {"un"}
    assert set(found["organisation"]) == {"UNICEF"}


def test_a_body_named_once_is_it_and_the_bank():
    ids, found = speakers(marked(
        "The European Central Bank cut its rate. [The bank] said so. [It] said growth was slow."
    ))  # fmt: skip
    assert ids == ["unlisted:european-central-bank"] * 2
    assert set(found["mention"]) == {"European Central Bank"}


def test_a_case_extends_and_replaces_the_registry():
    actors = pd.DataFrame([
        dict(actor_id="sanjar", actor="Sanjar Trust", kind="organisation", camp="ngo",
             role="humanitarian", aliases="Sanjar|ST"),
        dict(actor_id="omar-zwak", actor="Omar Zwak", kind="person", camp="government",
             role="party", aliases=""),
    ])  # fmt: skip
    text = marked("[Sanjar] said so. [Omar Zwak] agreed.")
    found, table = speakers(text, actors=actors)
    assert found == ["sanjar", "omar-zwak"]
    assert sorted(table["camp"]) == ["government", "ngo"]


GOOD = {"actor_id": "x", "actor": "X Trust", "camp": "ngo", "role": "observer"}


@pytest.mark.parametrize(("change", "words"), [
    ({"camp": "rebels"}, "line 0 (x): camp is 'rebels'"),
    ({"role": "boss"}, "line 0 (x): role is 'boss'"),
    ({"actor": " "}, "line 0 ('x'): actor is empty"),
    ({"kind": "thing"}, "line 0 (x): kind is 'thing'"),
    ({"valid_from": "May 2020"}, "valid_from is 'May 2020'"),
    ({"valid_from": "2021-01-02", "valid_to": "2021-01-01"}, "is not before"),
    ({"colour": "red"}, "unknown columns ['colour']"),
])  # fmt: skip
def test_a_bad_row_of_the_case_is_named(change, words):
    with pytest.raises(TableError) as error:
        registry(pd.DataFrame([GOOD | change]))
    assert words in str(error.value)


def test_marks_of_the_gold_are_read():
    text, marks = read_marked("[A (B)](name;a;un;C (D)) said [](elided;a;un;) no.", "p", "dev")
    assert text == "A (B) said  no."
    assert [(m.source, m.organisation) for m in marks] == [("A (B)", "C (D)"), ("", "")]


def test_gold_passages():
    results = evaluate(Path(), GOLD)
    figures = {r.title: r.table.set_index("family").loc["all"] for r in results}
    dev, test = figures["who the speaker is, dev"], figures["who the speaker is, test"]
    assert (dev["marks"], test["marks"]) == (134, 117)
    assert min(dev["actor"], dev["camp"], dev["organisation"]) >= 0.97
    assert min(test["actor"], test["camp"], test["organisation"]) >= 0.97


def test_row_order_does_not_matter():
    with (GOLD / "speakers.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[:20]
    documents, claims, marks = tables(rows)
    random.Random(3).shuffle(rows)
    shuffled_documents, shuffled_claims, _ = tables(rows)
    one = resolve_sources(claims, documents, None, **KEYWORDS)
    other = resolve_sources(shuffled_claims, shuffled_documents, None, **KEYWORDS)
    pd.testing.assert_frame_equal(one, other)
    assert len(score(one, marks)) == len(marks)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=60))
def test_any_phrase_is_read(text):
    assert read_phrase(text, registry(None)).form in {
        "pronoun", "person", "body", "office", "unnamed", "collective",
    }  # fmt: skip


@settings(deadline=None, max_examples=25)
@given(st.text("HeTalibn .,'’“”-()\n&ا", min_size=1, max_size=40), st.data())
def test_any_source_has_an_actor(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    documents = from_rows("documents", [
        dict(document_id="d", path="d", publisher=text, language="en", note="", text=text)
    ])  # fmt: skip
    claims = from_rows("claims", [
        dict(claim_id=f"d:0-{len(text)}", document_id="d", start=0, end=len(text), content=text,
             kind="indirect", status="asserted", source=text[start:end], source_start=start,
             source_end=end)
    ])  # fmt: skip
    found = resolve_sources(claims, documents, None, **KEYWORDS)
    assert found["actor_id"].str.len().min() > 0


NAMES = st.lists(
    st.sampled_from(["omar", "omer", "amir", "o", "m", "khalilzad", "khalizad", "zwak", "rezai",
                     "rezaee", "mohammad", "muhammad", "abdul", "shahabuddin", "shahabudin"]),
    min_size=1, max_size=4,
).map(tuple)  # fmt: skip


@given(NAMES, NAMES)
def test_a_name_is_looked_for_wherever_it_may_be_found(a: tuple[str, ...], b: tuple[str, ...]):
    short, long = sorted((a, b), key=len)
    holding = {key: {long} for word in long for key in spellings(word)}
    if a == b or same_person(short, long, 0.9, loose=False):
        assert long in _alike(short, holding)


@pytest.mark.parametrize(
    ("day", "camp"), [(date(2020, 10, 8), "andsf"), (date(2021, 10, 8), "taliban")]
)
def test_the_police_of_a_province_serve_whoever_holds_their_ministry(day: date, camp: str) -> None:
    assert registry(None).tenure("kunduz-police", day).camp == camp
