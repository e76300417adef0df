"""Where and when: the event's own time, what is inherited, and from where."""

import pandas as pd
import pytest

from compare.parse.when_where import parse_when_where, sentence_starts
from compare.tables import from_rows


def parsed(text: str, *claims: tuple[str, str, str], title: str | None = None) -> pd.DataFrame:
    """`claims` are (content, source, cue), each looked up in the text; the rows in their order."""
    rows = []
    for content, source, cue in claims:
        start = text.index(content)
        row = {
            "claim_id": f"d:{start}-{start + len(content)}",
            "document_id": "d",
            "start": start,
            "end": start + len(content),
            "content": content,
            "kind": "indirect" if source else "narration",
            "status": "asserted",
        }
        if source:
            at, said = text.index(source), text.index(cue)
            row |= {"source": source, "source_start": at, "source_end": at + len(source)}
            row |= {"cue": cue, "cue_start": said, "cue_end": said + len(cue)}
        rows.append(row)
    document = {
        "document_id": "d",
        "path": "a.txt",
        "publisher": "P",
        "published": "2020-10-14",
        "title": title,
        "language": "en",
        "note": "",
        "text": text,
    }
    found = parse_when_where(
        from_rows("claims", rows), from_rows("documents", [document]), sentences_back=3
    )
    return found.set_index("claim_id").loc[[str(r["claim_id"]) for r in rows]]


@pytest.mark.parametrize(
    ("text", "content", "source", "cue", "day", "origin"),
    [
        ("He said on Tuesday that the attack on Sunday killed two.",
         "the attack on Sunday killed two", "He", "said", "2020-10-11", "claim"),
        ("On Tuesday the army said two men had died.",
         "two men had died", "the army", "said", "2020-10-14", "document"),
        ("Two men had died, the army said on Tuesday.",
         "Two men had died", "the army", "said", "2020-10-14", "document"),
        ("On Sunday, two men died.", "two men died", "", "", "2020-10-11", "sentence"),
        ("A raid on Sunday failed. The army said the raid killed two.",
         "the raid killed two", "The army", "said", "2020-10-14", "document"),
    ],
)  # fmt: skip
def test_event_time_is_not_statement_time(
    text: str, content: str, source: str, cue: str, day: str, origin: str
) -> None:
    row = parsed(text, (content, source, cue)).iloc[0]
    assert (str(row["begin"].date()), row["date_from"]) == (day, origin)


def test_a_known_event_keeps_the_date_told_before() -> None:
    found = parsed(
        "A raid on Sunday failed. The army said the raid killed two.",
        ("A raid on Sunday failed", "", ""),
        ("the raid killed two", "The army", "said"),
    )
    assert [str(t.date()) for t in found["begin"]] == ["2020-10-11", "2020-10-11"]
    assert list(found["date_from"]) == ["claim", "sentence"]


@pytest.mark.parametrize(
    ("text", "content", "source", "place", "origin"),
    [
        ("The army said 12 died in Nawa, Helmand.", "12 died in Nawa, Helmand", "The army",
         "Nawa", "claim"),
        ("In Helmand, the army said, 12 died.", "12 died", "the army", "Helmand", "sentence"),
        ("12 died, said a police spokesman for Takhar.", "12 died",
         "a police spokesman for Takhar", "Takhar", "sentence"),
        ("12 died, said the UK embassy in Kabul.", "12 died", "the UK embassy in Kabul",
         "Kabul", "document"),
        ("Helmand is tense. 12 died, he said.", "12 died", "he", "Helmand", "document"),
    ],
)  # fmt: skip
def test_where_a_place_is_read(
    text: str, content: str, source: str, place: str, origin: str
) -> None:
    row = parsed(text, (content, source, "said")).iloc[0]
    assert (row["place"], row["place_from"]) == (place, origin)


def test_a_road_and_a_meeting_elsewhere_are_no_scene() -> None:
    text = "Lashkargah is tense. The highway to Kandahar was closed. Two men died."
    found = parsed(text, ("The highway to Kandahar was closed", "", ""), ("Two men died", "", ""))
    assert found["place"].tolist() == ["Lashkargah", "Lashkargah"]
    text = "Lashkargah is tense, officials in Kabul said. Two men died."
    assert parsed(text, ("Two men died", "", ""))["place"].tolist() == ["Lashkargah"]
    text = "No civilians died, the army said. The envoy had met Taliban leaders in Doha."
    found = parsed(text, ("No civilians died", "", ""), ("The envoy had met Taliban", "", ""))
    assert found["place"].isna().tolist() == [True, False]
    text = "The Taliban and their supporters in Pakistan did it."
    assert parsed(text, (text[:-1], "", ""))["place"].isna().tolist() == [True]


def test_a_title_gives_a_place_without_offsets() -> None:
    row = parsed("Twelve died.", ("Twelve died", "", ""), title="War in Helmand").iloc[0]
    assert (row["place"], row["admin1"], row["place_from"]) == ("Helmand", "Helmand", "document")
    assert pd.isna(row["place_start"])


def test_nothing_is_made_up() -> None:
    row = parsed("Twelve died.", ("Twelve died", "", "")).iloc[0]
    assert pd.isna(row["place_id"])
    assert (row["place_precision"], row["place_from"]) == ("none", "none")
    assert (row["date_precision"], row["date_from"]) == ("day", "document")


def test_an_open_homonym_keeps_its_wording_and_country() -> None:
    row = parsed("Taliban died in Nawa.", ("Taliban died in Nawa", "", "")).iloc[0]
    assert pd.isna(row["place_id"])
    assert (row["place_wording"], row["country"]) == ("Nawa", "Afghanistan")
    assert pd.isna(row["admin1"])


def test_sentences_do_not_end_in_abbreviations() -> None:
    text = "Col. Leggett met Gen. Miller. On Oct. 14 he left."
    assert [text[i:] for i in sentence_starts(text)] == [text, "On Oct. 14 he left."]


def test_offsets_are_those_of_the_document() -> None:
    text = "Zwak said 20 died in Lashkargah on Sunday."
    row = parsed(text, ("20 died in Lashkargah on Sunday", "Zwak", "said")).iloc[0]
    assert text[row["place_start"] : row["place_end"]] == row["place_wording"] == "Lashkargah"
    assert text[row["date_start"] : row["date_end"]] == row["date_wording"] == "Sunday"


@pytest.mark.parametrize(
    ("text", "content", "source", "place", "sure"),
    [
        ("Two men died in Marja.", "Two men died in Marja", "", "Marja", True),
        ("The flight was bound for Tokyo.", "The flight was bound for Tokyo", "", "Tokyo", False),
        ("Shots shook Tokyo. In Tokyo, two men died.", "Shots shook Tokyo", "", "Tokyo", True),
        ("In Marja, two men died.", "two men died", "", "Marja", True),
        ("The Takhar governor said two men died.", "two men died", "The Takhar governor",
         "Takhar", True),
        ("Fighting goes on in Helmand. Two men died.", "Two men died", "", "Helmand", True),
        ("The Helmand team lost. Two men died.", "Two men died", "", "Helmand", False),
        ("Police in Queens, New York, were called. A woman died in Richmond Hill.",
         "A woman died in Richmond Hill", "", "Richmond Hill", False),
        ("A woman died in Richmond Hill.", "A woman died in Richmond Hill", "",
         "Richmond Hill", True),
        ("A woman died in Paris. Police in New York helped.", "A woman died in Paris", "",
         "Paris", True),
    ],
)  # fmt: skip
def test_a_place_is_sure_where_the_words_say_it_happened_there(
    text: str, content: str, source: str, place: str, sure: bool
) -> None:
    row = parsed(text, (content, source, "said")).iloc[0]
    assert (row["place"], row["place_sure"]) == (place, sure)


@pytest.mark.parametrize(
    "text",
    [
        "FILE - In this Sept. 30, 2019, file photo, two men died.",
        "An image taken from a video of August 14, 2019 shows that two men died.",
        "Two men died, as these satellite photos released on Sept. 30, 2019 show.",
        "Two men died for the first time in 108 years.",
        "Two men died. It was two days after the attack.",
        "Two men died. The road was built in 2003.",
    ],
)
def test_what_dates_no_event(text: str) -> None:
    content = "Two men died" if "Two men died" in text else "two men died"
    row = parsed(text, (content, "", "")).iloc[0]
    assert (str(row["begin"].date()), row["date_from"]) == ("2020-10-14", "document")


@pytest.mark.parametrize(
    ("before", "begin", "date_from"),
    [
        ("Two jets crashed on Sunday.", "2020-10-11", "sentence"),
        ("Men have fought here since last summer.", "2020-10-14", "document"),
    ],
)
def test_an_event_spoken_of_as_known_is_of_the_day_last_told(
    before: str, begin: str, date_from: str
) -> None:
    first = before.removesuffix(".")
    found = parsed(f"{before} Two men died in the crash.",
                   (first, "", ""), ("Two men died in the crash", "", ""))  # fmt: skip
    row = found.iloc[1]
    assert (str(row["begin"].date()), row["date_from"]) == (begin, date_from)
