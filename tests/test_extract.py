from __future__ import annotations

import hashlib
import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare import tables
from compare.extract import extract_claims
from compare.settings import Settings

MODEL = Settings().extract.model
Row = tuple[str, str, str | None, str | None, str]


def documents(*texts: str) -> pd.DataFrame:
    return tables.from_rows(
        "documents",
        [
            {
                "document_id": hashlib.sha256(t.encode("utf-8", "surrogatepass")).hexdigest()[:16],
                "path": f"{n}.txt",
                "publisher": "AT News",
                "language": "en",
                "note": "",
                "text": t,
            }
            for n, t in enumerate(texts)
        ],
    )


def claims(*texts: str) -> pd.DataFrame:
    return extract_claims(documents(*texts), model=MODEL)


def rows(text: str) -> list[Row]:
    found = claims(text).sort_values(["start", "end"])
    return [
        (
            r.content,
            r.kind,
            None if pd.isna(r.source) else r.source,
            None if pd.isna(r.cue) else r.cue,
            r.status,
        )
        for r in found.itertuples()
    ]


def test_an_object_before_the_comma_is_no_title() -> None:
    told = rows("At least 104 people died when rebels took the village, the Relief Council said.")
    assert [(row[0], row[2]) for row in told] == [
        ("At least 104 people died when rebels took the village", "the Relief Council")
    ]


def test_whom_an_outlet_cites_is_not_what_is_said() -> None:
    told = rows("Police arrested three men, according to the BBC, which cited two officials.")
    assert [(row[0], row[2]) for row in told] == [("Police arrested three men", "the BBC")]


def test_no_answer_inside_a_quotation_or_in_answer_is_not_silence() -> None:
    quoted = rows("“They waited for the army, but it did not respond,” the council said.")
    assert [row[4] for row in quoted] == ["asserted"]
    answered = rows("Asked whether the army did it, he replied: “No.”")
    assert [(row[0], row[4]) for row in answered] == [("No", "asserted")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will talk,” Khalid said.", [
            ("We will talk", "direct", "Khalid", "said", "asserted")]),
        ("“A deal is near,” the envoy said, “but not yet signed.”", [
            ("A deal is near", "direct", "the envoy", "said", "asserted"),
            ("but not yet signed", "direct", "the envoy", "said", "asserted")]),
        ("Wilson in a tweet said “I stand behind the call. We need peace.”", [
            ("I stand behind the call. We need peace", "direct", "Wilson", "said", "asserted")]),
        ("According to the police, four men were arrested.", [
            ("four men were arrested", "indirect", "the police", "According to", "asserted")]),
        ("Four men were arrested, according to the police.", [
            ("Four men were arrested", "indirect", "the police", "according to", "asserted")]),
        ("The army denied that its aircraft had bombed the school.", [
            ("its aircraft had bombed the school", "indirect", "The army", "denied", "denied")]),
        ("The army said no civilians had been hurt.", [
            ("no civilians had been hurt", "indirect", "The army", "said", "asserted")]),
        ("\"Rebels attacked our convoy,\" he added.", [
            ("Rebels attacked our convoy", "direct", "he", "added", "asserted")]),
        ("\"The bomb claimed 12 lives,\" the mayor said.", [
            ("The bomb claimed 12 lives", "direct", "the mayor", "said", "asserted")]),
        ("Local media reported, citing the police, that 12 people had died.", [
            ("12 people had died", "indirect", "Local media", "reported", "asserted")]),
        ("The mayor denied that the dam was hit and later said it was shelled.", [
            ("the dam was hit", "indirect", "The mayor", "denied", "denied"),
            ("it was shelled", "indirect", "The mayor", "said", "asserted")]),
        ("The report found no evidence that soldiers had shot him.", [
            ("soldiers had shot him", "indirect", "The report", "found", "denied")]),
        ("The UN called for an immediate ceasefire.", [
            ("an immediate ceasefire", "indirect", "The UN", "called for", "demanded")]),
        ("The embassy condemned the attack on the market.", [
            ("the attack on the market", "indirect", "The embassy", "condemned", "condemned")]),
        ("The minister promised to rebuild the clinic.", [
            ("to rebuild the clinic", "indirect", "The minister", "promised", "promised")]),
        ("The UN could not confirm the report.", [
            ("the report", "indirect", "The UN", "confirm", "unconfirmed")]),
        ("The Taliban have not commented.", [
            ("have not commented", "indirect", "The Taliban", "commented", "no-comment")]),
        ("The mayor said the bridge may have collapsed.", [
            ("the bridge may have collapsed", "indirect", "The mayor", "said", "hedged")]),
        ("It was not clear who fired the shot.", [
            ("It was not clear who fired the shot", "narration", None, None, "unconfirmed")]),
        ("The minister was quoted as saying that the port would reopen.", [
            ("the port would reopen", "indirect", "The minister", "quoted as saying",
             "asserted")]),
        ("The raid was condemned by the United Nations.", [
            ("The raid", "indirect", "the United Nations", "condemned", "condemned")]),
        ("Omar Zwak said dozens were killed, adding that many had fled.", [
            ("dozens were killed", "indirect", "Omar Zwak", "said", "asserted"),
            ("many had fled", "indirect", "Omar Zwak", "adding", "asserted")]),
        ("Two helicopters collided, the ministry said, killing nine people.", [
            ("Two helicopters collided, the ministry said, killing nine people", "indirect",
             "the ministry", "said", "asserted")]),
        ("The bridge collapsed, cutting the town in two.", [
            ("The bridge collapsed, cutting the town in two", "narration", None, None,
             "asserted")]),
        ("“Peace is possible.” — Ambassador Lena Voss", [
            ("Peace is possible", "direct", "Ambassador Lena Voss", "—", "asserted")]),
        ("@DefenceSpox: Our forces have secured the bridge.", [
            ("Our forces have secured the bridge", "direct", "@DefenceSpox", ":", "asserted")]),
        ("KABUL: The bazaar reopened on Monday after a week of fighting.", [
            ("The bazaar reopened on Monday after a week of fighting", "narration", None, None,
             "asserted")]),
        ("“The city is empty,” the driver told us.\n\n“Only dogs are left.”", [
            ("The city is empty", "direct", "the driver", "told", "asserted"),
            ("Only dogs are left", "direct", "the driver", None, "asserted")]),
        ("The word “victory” was painted on the tank.", [
            ("The word “victory” was painted on the tank", "narration", None, None,
             "asserted")]),
    ],
)  # fmt: skip
def test_claims(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A majority of voters support the ban.", ("A majority of voters", "support", "the ban")),
        ("Both of his senators backed the bill.", ("Both of his senators", "backed", "the bill")),
        ("The leader is calling for some of his rivals to drop out.",
         ("The leader", "calling for", "some of his rivals to drop out")),
        ("Obama has described the dinner as Washington celebrating itself.",
         ("Obama", "described", "the dinner as Washington celebrating itself")),
        ("The envoy was quick to point out that no vote was held.",
         ("The envoy", "point out", "no vote was held")),
        ("The ministry issued a warning that the dam could break.",
         ("The ministry", "warning", "the dam could break")),
        ("Rebels within sight of capital, minister says",
         ("minister", "says", "Rebels within sight of capital")),
        ("The clinic's owners found that the drug cut strokes by a third.",
         ("The clinic's owners", "found", "the drug cut strokes by a third")),
        ("“I heard him say, ‘Leave the road,’” said Haidar, who is a baker.",
         ("Haidar, who is a baker", "said", "I heard him say, ‘Leave the road")),
        ("The police were accused by the family of torture.",
         ("the family", "accused", "The police were accused by the family of torture")),
    ],
)  # fmt: skip
def test_one_attribution(text: str, expected: tuple[str, str, str]) -> None:
    found = claims(text)
    attributed = found.dropna(subset="cue")[["source", "cue", "content"]]
    assert attributed.values.tolist() == [list(expected)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Rubio grew up there, he wrote in his book, “An American Son.”",
        "“We will not answer,” the guard said.",
        "As he spoke to the crowd, a drone circled above the square.",
    ],
)
def test_no_claim_beside_those(text: str) -> None:
    cues = claims(text).dropna(subset="cue")["cue"].tolist()
    assert cues == {"M": ["wrote"], "“": ["said"], "A": []}[text[0]]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The minister slammed the door.", None),
        ("The minister slammed the raid.", "the raid"),
        ("The gate was slammed by the guard.", None),
        ("The raid was slammed by the minister.", "The raid"),
        ("The gunmen blasted the gate open.", None),
        ("The minister blasted the mayor over the raid.", "the mayor over the raid"),
        ("Peru recalled its ambassador.", None),
        ("The troops defended the bridge.", None),
        ("The minister defended the decision.", "the decision"),
        ("The hospital admitted 40 wounded.", None),
        ("The army admitted the raid.", "the raid"),
        ("The army denied access to the site.", None),
        ("The minister dismissed the governor.", None),
        ("The minister dismissed the report.", "the report"),
        ("Ukraine's military intelligence dismissed the report.", "the report"),
        ("Senators voted against the resolution.", None),
        ("Residents voted for president on Tuesday.", None),
        ("The council voted to condemn the raid.", "to condemn the raid"),
    ],
)
def test_what_is_done_to_a_thing_is_no_content(text: str, content: str | None) -> None:
    attributed = claims(text).dropna(subset="cue")["content"].tolist()
    assert attributed == ([] if content is None else [content])


def test_a_second_verb_with_its_own_object_begins_another_claim() -> None:
    found = claims("The rebels denied that they had shot it down and blamed the army.")
    assert found["content"].tolist() == ["they had shot it down", "the army"]


def test_a_subject_behind_its_verb_is_told_too() -> None:
    found = claims("The raid killed 30 people. Among them were five children.")
    assert found["content"].tolist() == [
        "The raid killed 30 people", "Among them were five children",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "content", "status"),
    [
        ("Neither the army nor the government has admitted paying a ransom.", "paying a ransom",
         "unconfirmed"),
        ("Neither side admitted striking the hospital.", "striking the hospital", "unconfirmed"),
        ("The army has not admitted killing civilians.", "killing civilians", "unconfirmed"),
        ("Neither the police nor the hospital would say how many had died.", "how many had died",
         "no-comment"),
        ("The group put the number of dead at 100, all of them civilians.",
         "the number of dead at 100, all of them civilians", "asserted"),
        ("The mayor put the toll at 12, at least five of them children, and left.",
         "the toll at 12, at least five of them children", "asserted"),
    ],
)  # fmt: skip
def test_neither_and_who_those_counted_are(text: str, content: str, status: str) -> None:
    found = claims(text)
    assert found[["content", "status"]].to_numpy().tolist() == [[content, status]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Officials raised the death toll to 15 on Sunday.",
         [("Officials", "the death toll to 15")]),
        ("The mayor, who had earlier spoken of 12 dead, lowered the toll to nine.",
         [("The mayor", "12 dead"), ("The mayor", "the toll to nine")]),
        ("Police put the number of protesters detained at more than 300.",
         [("Police", "the number of protesters detained at more than 300")]),
        ("The ministry revised its estimate of the displaced down to 4,000.",
         [("The ministry", "its estimate of the displaced down to 4,000")]),
        ("The UN revised the number of civilians killed from 11 to 16.",
         [("The UN", "the number of civilians killed from 11 to 16")]),
        ("The government raised the number of troops in the region to 5,000.",
         [("", "The government raised the number of troops in the region to 5,000")]),
        ("The governor, who is an ally of the army, called for calm and put the number of those "
         "killed at fewer than 100.",
         [("", "The governor, who is an ally of the army"),
          ("The governor, who is an ally of the army", "calm"),
          ("The governor, who is an ally of the army",
           "the number of those killed at fewer than 100")]),
        ("The blast cut the road to the south.", [("", "The blast cut the road to the south")]),
        ("Rescuers found one body in the rubble and pulled three survivors out on Tuesday.",
         [("", "Rescuers found one body in the rubble and pulled three survivors out on Tuesday")]),
        ('The army accused what it called "the gangs of the north" of burning 14 homes.',
         [("The army", 'what it called "the gangs of the north" of burning 14 homes'),
          ("it", "the gangs of the north")]),
        ("The president condemned what he called a massacre of civilians.",
         [("The president", "what he called a massacre of civilians"),
          ("he", "a massacre of civilians")]),
        ('"We did not target the school," said the army spokesman, Brig. Gen. Amos Tal, adding '
         "that Sgt. Omar Safi had been hurt.",
         [("the army spokesman, Brig. Gen. Amos Tal", "We did not target the school"),
          ("the army spokesman, Brig. Gen. Amos Tal", "Sgt. Omar Safi had been hurt")]),
    ],
)  # fmt: skip
def test_what_is_revised_named_and_ranked(text: str, told: list[tuple[str, str]]) -> None:
    found = claims(text)
    who = ["" if pd.isna(a) else text[int(a) : int(b)]
           for a, b in zip(found["source_start"], found["source_end"], strict=True)]  # fmt: skip
    assert list(zip(who, found["content"], strict=True)) == told


def test_what_another_clause_goes_on_to_say_is_not_what_a_reporter_reports() -> None:
    found = claims("The group said that there was a journalist reporting from the place and that "
                   "it was unclear how he was killed.")  # fmt: skip
    assert found["content"].tolist() == [
        "there was a journalist reporting from the place and that it was unclear how he was killed"
    ]


def test_a_subject_with_what_befell_it_opens_its_clause() -> None:
    found = claims("Prosecutors said the man shot by police in Nanterre had been armed.")
    assert found["content"].tolist() == ["the man shot by police in Nanterre had been armed"]


def test_what_is_not_mentioned_is_not_denied() -> None:
    found = claims("The ministry did not mention civilian casualties.")
    assert found["status"].tolist() == ["no-comment"]


@pytest.mark.parametrize(
    ("text", "wish", "news"),
    [
        ("The mayor vowed to drive out the rebels after armed men killed 70 people in Lima.",
         "to drive out the rebels", "armed men killed 70 people in Lima"),
        ("The UN called for an inquiry after 12 people were killed in a strike on Lima.",
         "an inquiry", "12 people were killed in a strike on Lima"),
        ("The envoy urged restraint when troops opened fire on a crowd in Lima.",
         "restraint", "troops opened fire on a crowd in Lima"),
        ("“We will stay,” the mayor said, after shells hit the town hall in Lima.",
         "We will stay", "shells hit the town hall in Lima"),
    ],
)  # fmt: skip
def test_news_that_speech_answers_is_told_by_the_publisher(text: str, wish: str, news: str) -> None:
    found = claims(text).set_index("content")["kind"]
    assert set(found.index) == {wish, news}
    assert found[news] == "narration" != found[wish]


def test_headlines_of_other_articles_are_no_narration() -> None:
    text = ("Rebels took the bridge on Monday.\n\nRelated Articles\n"
            "Blast kills 20 people in Kabul\nTwo rebels leave the talks\n"
            "A woman fled over the bridge with her son.")  # fmt: skip
    assert claims(text)["content"].tolist() == [
        "Rebels took the bridge on Monday", "A woman fled over the bridge with her son",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "notice",
    [
        "All rights reserved.",
        "© 2018 Cable News Network, Inc. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "Newsletter Sign Up Continue reading the story Please verify you're not a robot by "
        "clicking the box.",
        "You must select a newsletter to subscribe to.",
        "You agree to receive occasional updates and special offers for the products we sell.",
        "An error has occurred. Please try again later.",
        "Your browser does not support the video that goes with this story.",
        "window.ads = window.ads || []; ads.push({ 'mode': 'Fighters killed 12.' });",
        '(function(d, s) { var js; d.write("Fighters killed 12 in Nawa."); }(document, 1));',
        "@media only screen and (min-width : 500px) {.mobile { display: none; }}",
    ],
)
def test_notices_of_the_page_are_no_narration(notice: str) -> None:
    text = f"Rebels took the bridge on Monday. {notice} Elders fled the town of Nawa."
    told = claims(text)["content"].tolist()
    assert told == ["Rebels took the bridge on Monday", "Elders fled the town of Nawa"]


def test_who_speaks_as_a_notice_does_is_told() -> None:
    text = "The regulator said that all rights reserved to the miners had lapsed on Friday."
    assert claims(text)["content"].tolist() == [
        "all rights reserved to the miners had lapsed on Friday"
    ]


def test_a_semicolon_after_brackets_is_no_code() -> None:
    text = "The function (a dinner) ended; guards fired into the window. Elders pushed (hard) back;"
    assert claims(text)["content"].tolist() == [
        "The function (a dinner) ended; guards fired into the window",
        "Elders pushed (hard) back",
    ]


def test_a_quotation_that_each_paragraph_opens_again_is_one_claim() -> None:
    text = "“The truck burned.\n\n“We ran to the river,” Salim said."
    assert rows(text) == [
        ("The truck burned.\n\n“We ran to the river", "direct", "Salim", "said", "asserted")
    ]


def test_nested_speech_has_its_parent() -> None:
    found = claims("TOLO News reported that, according to the ministry, nine men died.")
    outer, inner = found.sort_values("start").itertuples()
    assert (outer.source, inner.source) == ("TOLO News", "the ministry")
    assert inner.parent_claim_id == outer.claim_id
    assert pd.isna(outer.parent_claim_id)


def test_own_stance_told_again_is_no_second_claim() -> None:
    assert rows("He said he condemned the attack.") == [
        ("he condemned the attack", "indirect", "He", "said", "asserted")
    ]


def test_who_is_accused_is_no_source() -> None:
    found = claims("The governor accused the Taliban of burning the school.")
    assert found[["source", "content"]].to_numpy().tolist() == [
        ["The governor", "the Taliban of burning the school"]
    ]


def test_row_order_does_not_matter() -> None:
    texts = [f"“We lost {n} men,” Captain {c} said. They fled." for n, c in enumerate("ABCDEF")]
    shuffled = random.Random(3).sample(texts, len(texts))
    pd.testing.assert_frame_equal(claims(*texts), claims(*shuffled))


def test_no_documents_give_no_claims() -> None:
    assert len(extract_claims(tables.empty("documents"), model=MODEL)) == 0


def test_progress_is_told_for_each_document() -> None:
    told: list[tuple[int, int]] = []
    extract_claims(
        documents("He left.", "She said no."),
        model=MODEL,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 2), (2, 2)]


WORDS = st.sampled_from(
    (
        *("“", "”", '"', "'", "‘", "’", "''", ",", ".", ":", "?", "—", "\n\n", "(", ")", ";"),
        *("said", "he", "the", "ministry", "according", "to", "that", "told", "denied", "who"),
        *("condemned", "attack", "was", "quoted", "as", "saying", "Khalid", "@x", "killed"),
        *("adding", "not", "could", "confirm", "comment", "in", "a", "tweet", "“No,”", "call"),
        *("for", "of", "report", "😀", "e\u0301", "\u200f", "القوات"),
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=120))
def test_every_span_is_its_words(text: str) -> None:
    for r in claims(text).itertuples():
        assert text[r.start : r.end] == r.content
        assert r.content.strip() == r.content != ""
        assert pd.isna(r.source) or text[r.source_start : r.source_end] == r.source
        assert pd.isna(r.cue) or text[r.cue_start : r.cue_end] == r.cue
        assert (r.kind == "narration") <= pd.isna(r.source)
