"""Places: spellings, homonyms, words that are no places, containment, any text at all."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare import gazetteer
from compare.errors import TableError
from compare.parse.places import dominant, find_places
from compare.parse.places_told import find_scenes

PIECES = (
    "in Nawa Helmand , . district of Lashkar Gah the province city Kandahar US U.S. Nad-e-Ali "
    "ناوه ولایت هلمند Paris Musa Qala's The provincial capital \n\n e - Nahr"
)


def named(text: str, title: str = "") -> list[tuple[str, str | None]]:
    return [
        (m.wording, gazetteer.place(m.place_id).name if m.place_id else None)
        for m in find_places(text, title=title)
    ]


@pytest.mark.parametrize(
    ("spellings", "place_id"),
    [
        ("Lashkargah|Lashkar Gah|Lashkargāh|LASHKARGAH|لشکرگاه", "1134720"),
        ("Helmand|Hilmand|HELMAND|هلمند", "1140043"),
        ("Nawa-e-Barakzaiy|Nawa-i-Barakzayi|Nawa-e-Barakzayi|Nawa Barakzai|Nawa-ye-Barakzai",
         "7053031"),
        ("Nad Ali|Nad-e-Ali|Nad-e Ali|Nad Ali/Marja|Nadali", "7053029"),
        ("Nahr-e-Saraj|Nahre Siraj|Nahr-i-Saraj|Nahr-e Saraj|Greshk|Girishk|نهر سراج", "7053030"),
        ("Hazara Qarluq", "af-baharak-hazara-qarluq"),
        ("Nimroz|Nimruz|Neemroz", "1131821"),
    ],
)  # fmt: skip
def test_every_spelling_is_one_place(spellings: str, place_id: str) -> None:
    for spelling in spellings.split("|"):
        found = find_places(f"The Taliban were in {spelling} then.")
        assert [(m.wording, m.place_id) for m in found] == [(spelling, place_id)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pirates were caught in the Gulf of Aden.", []),
        ("A ship sank in the South China Sea.", []),
        ("The missile fell into the Sea of Japan.", []),
        ("Militants of the Niger Delta met.", []),
        ("Boats left the Bay of Bengal for Bangladesh.", ["Bangladesh"]),
        ("They met in Aden.", ["Aden"]),
        ("It rained in the Gulf province of Papua New Guinea.", ["Gulf", "Papua New Guinea"]),
        ("Fighting reached Port Sudan, in Red Sea state.", ["Port Sudan", "Red Sea"]),
    ],
)
def test_a_sea_is_no_place_on_land(text: str, expected: list[str]) -> None:
    assert [wording for wording, _ in named(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vincent Jackson was held. A statement on Jackson followed.", []),
        ("Vincent Jackson was held in Jackson.", ["Jackson"]),
        ("Nobody was held. A statement on Jackson followed.", ["Jackson"]),
        ("Lights were seen over York, Maine.", ["Maine"]),
        ("Lights were seen over York, England.", ["York", "England"]),
        ("It rained in Georgia, Texas and Alabama.", ["Georgia", "Texas", "Alabama"]),
        ("A Moscow man was killed.", ["Moscow"]),
        ("DRIVER HELD IN LASHKARGAH", ["LASHKARGAH"]),
    ],
)
def test_a_name_that_is_no_place_here(text: str, expected: list[str]) -> None:
    assert [wording for wording, _ in named(text)] == expected


@pytest.mark.parametrize(
    ("text", "locative"),
    [
        ("A physician from southern Alabama was named.", False),
        ("A lawmaker from Helmand spoke.", False),
        ("People fled from Helmand.", True),
        ("FIGHTING IN HELMAND", True),
    ],
)
def test_whoever_is_from_a_place_may_be_elsewhere(text: str, locative: bool) -> None:
    [mention] = find_places(text)
    assert mention.locative is locative


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blast in Kunduz hit the Sayedabad mosque. Kunduz was calm.", ["Kunduz", "Kunduz"]),
        ("The blast in Wardak hit the Sayedabad mosque.", ["Wardak", "Sayedabad"]),
        ("The blast in Kunduz was heard. Sayedabad was calm. Kunduz was too.",
         ["Kunduz", "Sayedabad", "Kunduz"]),
    ],
)  # fmt: skip
def test_a_site_may_bear_the_name_of_a_place_elsewhere(text: str, expected: list[str]) -> None:
    assert [m.wording for m in find_places(text)] == expected


def test_an_unlisted_spelling_is_found_by_its_sound() -> None:
    assert [(m.wording, m.how) for m in find_places("Afghan forces left Sangeenn.")] == [
        ("Sangeenn", "sound")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clashes in Nawa district of Helmand.", ("Nawa", "7053031")),
        ("Clashes in Nawa district of Ghazni.", ("Nawa", "7052985")),
        ("Taliban clashes in Nawa.", ("Nawa", None)),
        ("Helmand burns. Helmand, in Helmand. Taliban are in Nawa.", ("Nawa", "7053031")),
        ("A strike on Baharak, Takhar.", ("Baharak", "7053318")),
        ("A strike on Baharak, Badakhshan.", ("Baharak", "7052664")),
        ("An Afghan strike on Baharak.", ("Baharak", None)),
        ("In Kandahar city it rained.", ("Kandahar city", "1138336")),
        ("In Kandahar province it rained.", ("Kandahar", "1138335")),
        ("In Kandahar it rained.", ("Kandahar", "1138335")),
        ("In Kabul it rained.", ("Kabul", "1138958")),
        ("In Georgia and Armenia.", ("Georgia", "614540")),
        ("A lorry attack in Nice.", ("Nice", "2990440")),
    ],
)
def test_homonyms(text: str, expected: tuple[str, str | None]) -> None:
    assert expected in [(m.wording, m.place_id) for m in find_places(text)]


def test_a_title_is_context_but_not_text() -> None:
    text = "Taliban fighters took Nawa."
    assert [(m.start, m.place_id) for m in find_places(text, title="War in Helmand")] == [
        (text.index("Nawa"), "7053031")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "They gave us water.",
        "Michael Jordan retired.",
        "Paris Hilton spoke.",
        "George Washington slept.",
        "The Washington Post wrote it.",
        "Grover Cleveland won.",
        "The Chicago Cubs won.",
        "Reading is nice.",
        "Farah Karimi, an Afghan lawyer, wrote it.",
        "General Abdul Rahim Wardak met an Afghan.",
        "Afghan elders met on 21 Mizan 1399.",
    ],
)
def test_what_is_no_place(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Helmand is tense. The province is cut off.", ("The province", "Helmand")),
        ("Lashkargah in Helmand is tense. Half the city fled.", ("the city", "Lashkargah")),
        ("War in Takhar reached the provincial capital.", ("the provincial capital", "Taloqan")),
    ],
)
def test_places_spoken_of_again(text: str, expected: tuple[str, str]) -> None:
    assert named(text)[-1] == expected


def test_containment() -> None:
    helmand, nawa, ghazni, city = "1140043", "7053031", "1141268", "1134720"
    assert gazetteer.contains(helmand, nawa)
    assert not gazetteer.contains(nawa, helmand)
    assert gazetteer.contains(helmand, helmand)
    assert gazetteer.relation(nawa, helmand) == "inside"
    assert gazetteer.relation(helmand, nawa) == "contains"
    assert gazetteer.relation(nawa, ghazni) == "disjoint"
    assert gazetteer.relation(nawa, None) == "unknown"
    assert gazetteer.around(city) == (city, "7053027", helmand, "1149361")
    with pytest.raises(TableError, match="'nowhere' is not in the gazetteer"):
        gazetteer.place("nowhere")


def test_the_gazetteer_holds_together() -> None:
    places = gazetteer.load().places
    provinces = [p for p in places.values() if p.country == "AF" and p.kind == "admin1"]
    assert len(provinces) == 34
    assert all(places[p.capital_id].kind == "city" for p in provinces)
    assert all(p.parent_id in places for p in places.values() if p.parent_id)
    assert all(p.parent_id for p in places.values() if p.kind != "country")
    assert all(gazetteer.around(p)[-1] == gazetteer.country(p).place_id for p in places)  # type: ignore[union-attr]
    assert sum(p.kind == "admin2" for p in places.values()) >= 400


def test_dominant_is_none_on_a_tie() -> None:
    assert dominant(find_places("Helmand and Takhar."), "admin1") is None


@given(
    st.lists(
        st.sampled_from(PIECES.split(" ")),
        max_size=12,
    ).map(" ".join)
    | st.text(max_size=80)
)
@settings(max_examples=300, deadline=None)
def test_spans_hold_for_any_text(text: str) -> None:
    last = 0
    for mention in find_places(text, title="War in Helmand"):
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.wording
        assert mention.candidates
        assert mention.place_id is None or mention.place_id in gazetteer.load().places
        last = mention.end


@pytest.mark.parametrize(
    "piece", ["a", " ", "a'", "U.", "of the ", "Nahr-e-", "in Nawa, ", "Nawa. ", "Lashkar "]
)
def test_a_long_text_takes_time_in_proportion(
    piece: str, in_proportion: Callable[..., bool]
) -> None:
    assert in_proportion(find_places, piece)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Khartoum denied the attack in El Fasher.", ["El Fasher"]),
        ("Kyiv has also accused Moscow of it.", []),
        ("The Kiev regime lied. Shells hit the town.", []),
        ("The military government in Khartoum fell.", []),
        ("Moscow was not to blame. Kyiv will answer.", []),
        ("Fighting in Khartoum state. Kabul protests went on.", ["Khartoum", "Kabul"]),
        ("Shells hit a camp in the attack\n\nCairo condemned it.", []),
        ("The Khartoum government fled to Port Sudan.", ["Port Sudan"]),
        ("Fighting went on in Khartoum. Khartoum was shelled.", ["Khartoum", "Khartoum"]),
        ("The Kremlin spokesman said so.", []),
        ("A drone fell near the Kremlin.", ["Kremlin"]),
        ("Residents of Khartoum said so.", ["Khartoum"]),
        ("Khartoum residents said so.", ["Khartoum"]),
        ("Two were killed in Kyiv, officials said.", ["Kyiv"]),
    ],
)
def test_a_capital_that_speaks_or_rules_is_no_place(text: str, expected: list[str]) -> None:
    assert [m.wording for m in find_scenes(text)] == expected
