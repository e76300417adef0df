"""Figures of claims: what was counted, of whom, how many, and inside which claim."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare import tables
from compare.errors import EvaluationError
from compare.evaluate.figures import evaluate
from compare.evaluate.figures_data import read_phrases
from compare.parse.figures import find_figures, parse_values
from compare.settings import Settings

GOLD = Path(__file__).parent.parent / "fixtures" / "gold"
KEYWORDS = {name: getattr(Settings().parse, name) for name in ("model", "vague", "about", "nearly")}

CASES = [
    (
        "killed 12 and wounded 14, among them three children",
        [
            ("killed", "unknown", 12, 12),
            ("wounded", "unknown", 14, 14),
            ("killed-or-wounded", "children", 3, 3),
        ],
    ),
    (
        "The clinic had received 19 wounded, among them five children.",
        [("wounded", "unknown", 19, 19), ("wounded", "children", 5, 5)],
    ),
    (
        "The death toll had risen to 22: 12 of its staff and 10 patients, three of them children.",
        [
            ("killed", "unknown", 22, 22),
            ("killed", "staff", 12, 12),
            ("killed", "civilians", 10, 10),
            ("killed", "children", 3, 3),
        ],
    ),
    ("At least a dozen people died, and likely many more.", [("killed", "people", 12, None)]),
    (
        "They killed two children aged seven and eight, and six other people.",
        [("killed", "children", 2, 2), ("killed", "people", 6, 6)],
    ),
    (
        "71 Taliban were killed in Nawa, 20 in Nahr-e-Saraj.",
        [("killed", "fighters", 71, 71), ("killed", "fighters", 20, 20)],
    ),
    (
        "Eighty Taliban killed, nearly 100 injured",
        [("killed", "fighters", 80, 80), ("wounded", "fighters", 90, 100)],
    ),
    ("On 28 and 29 May soldiers killed 100 men.", [("killed", "people", 100, 100)]),
    ("The raid on 5, 6 and 7 June killed 20 rebels.", [("killed", "fighters", 20, 20)]),
    ("Forty of the dead were children.", [("killed", "children", 40, 40)]),
    ("38 children under 18 were killed.", [("killed", "children", 38, 38)]),
    ("The final number of victims was 171.", [("killed-or-wounded", "unknown", 171, 171)]),
    ("Twelve pilgrims were trampled to death.", [("killed", "civilians", 12, 12)]),
    ("The raid killed 12 Hezbollah members.", [("killed", "fighters", 12, 12)]),
    (
        "The hospital had taken in 15 dead and 90 wounded.",
        [("killed", "unknown", 15, 15), ("wounded", "unknown", 90, 90)],
    ),
    ("They handed over 300 prisoners.", [("other", "unknown", 300, 300)]),
    ("They handed over more than 300 prisoners.", [("other", "unknown", 301, None)]),
    ("Six gang members were shot dead.", [("killed", "fighters", 6, 6)]),
    ("361 prisoners were released.", [("released", "unknown", 361, 361)]),
    ("There were 400 cholera cases.", [("infected", "unknown", 400, 400)]),
    ("12 children were infected with polio.", [("infected", "children", 12, 12)]),
    ("At least 45 of 57 migrants were killed.", [("killed", "civilians", 45, None)]),
    ("Of 57 migrants, 45 drowned.", [("killed", "civilians", 45, 45)]),
    ("Out of 46 guards, 15 drowned in the river.", [("killed", "forces", 15, 15)]),
    ("Over 70 rebels were killed and wounded.", [("killed-and-wounded", "fighters", 71, None)]),
    (
        "Rebels seized 200 girls, and 21 of them were set free.",
        [("captured", "children", 200, 200), ("released", "unknown", 21, 21)],
    ),
    ("43 soldiers were killed or seriously injured.", [("killed-or-wounded", "forces", 43, 43)]),
    ("Nearly 200 people were killed or injured.", [("killed-or-wounded", "people", 180, 200)]),
    (
        "1 guard killed and wounded 3 in a blast",
        [("killed", "forces", 1, 1), ("wounded", "forces", 3, 3)],
    ),
    ("There were no civilian casualties.", [("killed-or-wounded", "civilians", 0, 0)]),
    ("There were no reports of civilian casualties.", [("killed-or-wounded", "civilians", 0, 0)]),
    ("The ministry had no comment on the 12 dead.", [("killed", "unknown", 12, 12)]),
    ("Two of the five soldiers were killed.", [("killed", "forces", 2, 2)]),
    (
        "“Alarming numbers of civilians” have been “displaced, injured or killed”.",
        [("displaced", "civilians", 3, None), ("killed-or-wounded", "civilians", 3, None)],
    ),
    (
        "The violence has forced thousands of civilians to leave their homes.",
        [("displaced", "civilians", 2000, 1999999)],
    ),
    (
        "5,000 families fled. That comes to 30,000 people.",
        [("displaced", "people", 5000, 5000), ("displaced", "people", 30000, 30000)],
    ),
    ("The shop had no tickets left.", []),
    ("She didn't kill 100 ISIS militants.", []),
    ("The death toll stands at 45, down from 60.", [("killed", "unknown", 45, 45)]),
    ("All but two of the passengers were killed.", []),
    ("Not one civilian was killed in the strike.", [("killed", "civilians", 0, 0)]),
    ("Not a single civilian was killed.", [("killed", "civilians", 0, 0)]),
    ("12 people, not 20, were killed.", [("killed", "people", 12, 12)]),
    ("Fighters killed not one but three policemen.", [("killed", "forces", 3, 3)]),
    ("Dozens if not hundreds of people were killed.", [("killed", "people", 200, 1999)]),
    ("Not more than 12 people were killed.", [("killed", "people", None, 12)]),
    ("Nobody was killed, let alone 12 civilians.", [("killed", "people", 0, 0)]),
    ("Officials put the number of dead at 30.", [("killed", "unknown", 30, 30)]),
    ("The number killed stood at 30.", [("killed", "unknown", 30, 30)]),
    ("Every one of the 12 passengers was killed.", [("killed", "civilians", 12, 12)]),
    ("One in ten of the hostages was killed.", []),
    ("One in every three families has fled.", []),
    ("One in ten", []),
    ("They killed two in Nawa.", [("killed", "unknown", 2, 2)]),
    ("Six members of one family were killed.", [("killed", "civilians", 6, 6)]),
    ("Five people from one family were wounded.", [("wounded", "people", 5, 5)]),
    ("Four of the wounded later died in hospital.", [("killed", "unknown", 4, 4)]),
    (
        "Four of the wounded later succumbed to their injuries.",
        [("killed", "unknown", 4, 4)],
    ),
    ("Two ministers succumbed to pressure.", []),
    ("Among the dead were two children.", [("killed", "children", 2, 2)]),
    ("Civilian casualties fell by 30 percent.", []),
    ("Civilian deaths dropped from 900 to 876.", [("killed", "civilians", 876, 876)]),
    (
        "The death toll from the collision of two army helicopters rose to 15 on Friday.",
        [("killed", "unknown", 15, 15)],
    ),
    ("Two Air Force helicopters collided.", [("destroyed", "unknown", 2, 2)]),
    (
        "Of those killed, 40 were women and 60 children.",
        [("killed", "women", 40, 40), ("killed", "children", 60, 60)],
    ),
    (
        "Three policemen were wounded along with two civilians.",
        [("wounded", "forces", 3, 3), ("wounded", "civilians", 2, 2)],
    ),
    ("He fired just one shot from his gun.", []),
    (
        "Two shot, one killed in Kabul.",
        [("killed", "unknown", 1, 1), ("killed-or-wounded", "unknown", 2, 2)],
    ),
    ("Three ministers left the talks.", []),
    ("Four hundred families left the district.", [("displaced", "people", 400, 400)]),
    (
        "A British man and two American soldiers were killed.",
        [("killed", "people", 1, 1), ("killed", "forces", 2, 2)],
    ),
    ("Raj Chohan , a 59 - year - old woman , was leaving her car .", []),
    ("He took the ball at the 17 with 48 seconds left.", []),
    ("The navy seized nine rifles from the 12 rebels.", [("captured", "unknown", 9, 9)]),
    ("A nurse and other wounded figures were seen.", []),
    ("In Rome, one of the seven cities, houses were evacuated.", []),
    ("A cat has nine lives.", []),
    ("The storm claimed nine lives.", [("killed", "unknown", 9, 9)]),
    ("So no successful attacks are possible.", []),
    ("The rule said that no harm would come to them.", []),
    ("The death toll rose from 12 to 17.", [("killed", "unknown", 17, 17)]),
    ("All its crew were safe.", [("killed", "unknown", 0, 0)]),
    ("All but two of the passengers survived.", []),
    ("Not all of the passengers survived.", []),
    ("She hoped that all the passengers were safe.", []),
    ("Three of the wounded died overnight.", [("killed", "unknown", 3, 3)]),
    ("None of the wounded had died.", [("killed", "unknown", 0, 0)]),
    ("The number of dead rose to 17 from 12.", [("killed", "unknown", 17, 17)]),
    ("Officials updated the death toll from 12 to 17.", [("killed", "unknown", 17, 17)]),
    (
        "The death toll has risen to 57, with 109 injured.",
        [("killed", "unknown", 57, 57), ("wounded", "unknown", 109, 109)],
    ),
    (
        "Sixty civilians were killed, including seven children, and 111 were injured.",
        [
            ("killed", "civilians", 60, 60),
            ("killed", "children", 7, 7),
            ("wounded", "civilians", 111, 111),
        ],
    ),
    (
        "Nine people were killed and 20, including four women, were wounded.",
        [("killed", "people", 9, 9), ("wounded", "people", 20, 20), ("wounded", "women", 4, 4)],
    ),
    (
        "Roadside bomb kills woman and 2 children",
        [("killed", "women", 1, 1), ("killed", "children", 2, 2)],
    ),
    ("Three officials said 12 people died.", [("killed", "people", 12, 12)]),
    ("Harbour shooting: eleven deaths verified", [("killed", "unknown", 11, 11)]),
    ("Three of the wounded died in hospital.", [("killed", "unknown", 3, 3)]),
    ("None of the injuries was fatal.", []),
    ("A 63-year-old woman was shot.", [("killed-or-wounded", "women", 1, 1)]),
    ("He may have intended to shoot another one.", []),
    ("The floods could displace 10,000 people.", []),
    ("Troops launched a raid to kill 12 rebels.", []),
    ("Up to 200 people may have been killed.", [("killed", "people", None, 200)]),
    ("The shell held nine pellets in each shot.", []),
    ("His two brothers, 17 and 22, were arrested.", [("detained", "civilians", 2, 2)]),
    ("Jets dropped two 500-pound bombs on a displaced persons camp.", []),
    ("40 people in the displaced people's camp fled.", [("displaced", "people", 40, 40)]),
    ("40 people in the displaced persons camp were wounded.", [("wounded", "people", 40, 40)]),
    ("40 displaced families in the camp.", [("displaced", "people", 40, 40)]),
    ("The raid killed 12 people, all of them soldiers.", [("killed", "forces", 12, 12)]),
    ("They put the number of dead at 100, all civilians.", [("killed", "civilians", 100, 100)]),
    ("The raid killed nine people, all from one family.", [("killed", "people", 9, 9)]),
    ("33 villagers had been taken away by gunmen.", [("captured", "civilians", 33, 33)]),
    ("40 tonnes of rubble were taken away.", []),
    (
        "Fourteen bodies were pulled out, 8 of them women.",
        [("killed", "unknown", 14, 14), ("killed", "women", 8, 8)],
    ),
    ("Rescuers recovered 14 bodies.", [("killed", "unknown", 14, 14)]),
    ("The army recovered two pipe bombs.", []),
    ("The bodies of two women -- 68 and 48-years-old.", [("killed", "women", 2, 2)]),
    ("Two officers were arrested and one was charged.", [("detained", "forces", 2, 2)]),
    ("76 of them returned to duty", []),
    ("Twelve Taliban soldiers were killed.", [("killed", "fighters", 12, 12)]),
    ("Twelve anti-Taliban soldiers were killed.", [("killed", "forces", 12, 12)]),
    ("A one-time levy on money returned.", []),
    ("He died after falling about 60m from a ridge.", []),
    (
        "21 schoolgirls captured in 2014 have been freed.",
        [("released", "children", 21, 21)],
    ),
    (
        "The death toll of the attack, in which a man drove a lorry into a crowd on the promenade "
        "of the southern city late on 14 July, rose to 85.",
        [("killed", "unknown", 85, 85)],
    ),
    ("The A-29 squadron met at 14:30 on 12 October.", []),
]


def figures(text):
    return find_figures([text], **KEYWORDS)[0]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_reads(text, expected):
    assert sorted(
        ((f.aspect, f.population, f.low, f.high) for f in figures(text)), key=str
    ) == sorted(expected, key=str)


def test_people_and_households_stay_two_units():
    found = figures("35,000 people, about 5,000 households, have been displaced.")
    assert [(f.low, f.high, f.unit) for f in found] == [
        (35000, 35000, "people"),
        (4500, 5500, "households"),
    ]


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("Fighters shot his two brothers.", ["subset"]),
        ("12 people were killed, including 3 children.", ["total", "subset"]),
        ("Another 300 people were displaced on Sunday.", ["new"]),
        ("Over 70 were killed in Helmand; at least 20 in Nawa alone.", ["total", "subset"]),
        ("The hospital had taken in 15 dead.", ["subset"]),
        ("Fewer than ten of the casualties were caused by gunfire.", ["subset"]),
        ("They saw at least 10 dead bodies.", ["subset"]),
        ("Rescuers pulled 14 bodies from the rubble.", ["subset"]),
        ("Fourteen bodies were recovered from the river.", ["subset"]),
        ("The hospital said it had received 17 bodies.", ["subset"]),
        ("The hospital received the bodies of 14 people.", ["subset"]),
        ("They had received 22 dead and 60 wounded.", ["subset"] * 2),
        ("Two clinics received at least 30 bodies and 80 injured people.", ["subset"] * 2),
        ("Seventeen bodies were brought to the morgue.", ["subset"]),
        ("The clinic admitted 40 wounded.", ["subset"]),
        ("The clinic has registered 45 bodies.", ["subset"]),
        ("Police registered 45 bodies.", ["total"]),
        ("The strike killed 30 people. Among them were five children.", ["total", "subset"]),
        ("The strike killed 30 people. Five children were among them.", ["total", "subset"]),
        ("Officers recovered two pipe bombs.", []),
        ("Two bombs killed nine people.", ["total"] * 2),
        ("Troops killed 203 rebels in the town between March 23 and 31.", ["total"]),
        ("Troops killed 203 rebels in the town on July 15, 2016.", ["total"]),
        ("Ten people were killed immediately.", ["subset"]),
        ("Ten people died at the scene.", ["subset"]),
        ("An officer and two soldiers were killed.", ["share"] * 2),
        ("Five civilians and three soldiers were killed.", ["total"] * 2),
        ("Twelve wounded were taken to the clinic.", ["subset"]),
        ("The 12 wounded were taken to the clinic.", ["total"]),
        ("Nine people were arrested and taken to prison.", ["total"]),
        ("Five people were wounded and taken to the clinic.", ["total"]),
        ("Five people were killed and 12 wounded were taken to the clinic.", ["total", "subset"]),
        ("The hospital said 17 people were killed.", ["total"]),
        ("Three nurses and two cooks were among the 12 people killed.", ["subset"] * 2 + ["total"]),
        ("14 of the injured were in a critical condition.", ["subset"]),
        ("People helped an injured man.", ["subset"]),
        ("21 of the girls kidnapped by rebels have been freed.", ["subset"]),
        ("Two of the five girls were kidnapped.", ["total"]),
        ("84 people died and 18 are critically injured.", ["total", "subset"]),
        ("Dozens were injured.", ["total"]),
        ("Two of its members were shot.", ["subset"]),
        ("Two of their fighters were killed.", ["total"]),
        ("A woman and two men were shot.", ["total", "share"]),
        ("The navy seized 12 Somali and 11 Yemeni nationals.", ["share", "share"]),
        ("Two soldiers and three villagers were killed.", ["total", "total"]),
        ("His wife and 13-year-old son were killed.", ["subset"]),
        ("A third worker was wounded.", ["subset"]),
        ("Three workers (one a pregnant woman) were killed.", ["total", "subset", "subset"]),
        ("A man died in a march by thousands.", ["total"]),
        ("The toll rose by 12.", ["total"]),
        ("The mother of a four-year-old boy was killed.", []),
        ("The killing of a woman was confirmed.", ["total"]),
        ("Another man was wounded.", ["new"]),
        ("Nurses and a man were killed.", ["subset"]),
        ("A 63-year-old woman and two men were shot.", ["subset", "share"]),
        ("12 people were arrested for looting.", ["subset"]),
        ("12 people were arrested for the attack.", ["total"]),
    ],
)
def test_tells_totals_from_parts_and_from_new(text, scopes):
    assert [f.scope for f in figures(text)] == scopes


@pytest.mark.parametrize(
    ("text", "verified"),
    [
        ("OCHA has verified 9,687 displaced people.", [True]),
        (
            "1,051 people had been verified as displaced, 35,000 were reported displaced.",
            [True, False],
        ),
        ("The ministry could not verify that 12 people were killed.", [False]),
        ("Officials confirmed that 12 people were killed.", [False]),
    ],
)
def test_knows_what_the_source_verified(text, verified):
    assert [f.verified for f in figures(text)] == verified


@pytest.mark.parametrize(
    ("text", "responsible"),
    [
        ("Gunmen disguised as police attacked the bank and killed 5 people.", "Gunmen"),
        ("Afghan forces killed 25 Taliban.", "Afghan forces"),
        ("Twelve people were killed by Taliban gunmen in Kabul.", "Taliban gunmen"),
        ("Twelve people were killed in a US air strike.", "US air strike"),
        ("A roadside bomb killed 5 people.", None),
        ("Twelve people died.", None),
    ],
)
def test_names_who_is_said_to_have_done_it(text, responsible):
    assert [f.responsible for f in figures(text)] == [responsible]


def test_two_figures_of_one_sentence_keep_their_own_places():
    helmand, nawa = figures("Over 70 were killed across Helmand; at least 20 in Nawa alone.")
    assert (helmand.place_id, nawa.place_id) == ("1140043", nawa.place_id)
    assert nawa.place_id is not None
    assert nawa.place_id != helmand.place_id


def test_a_place_they_share_is_the_claims_and_not_theirs():
    assert [f.place_id for f in figures("12 were killed and 14 wounded in Kabul.")] == [None] * 2


def test_the_gold_the_parser_was_built_on_is_read():
    phrases = read_phrases(GOLD / "figures_dev.csv")
    read = find_figures([p.text for p in phrases], **KEYWORDS)
    wrong = [
        p.phrase_id
        for p, found in zip(phrases, read, strict=True)
        if sorted(((f.aspect, f.population, f.low, f.high, f.unit) for f in found), key=str)
        != sorted(p.figures, key=str)
    ]
    assert wrong == []


def test_missing_evaluation_data_is_said(tmp_path):
    with pytest.raises(EvaluationError, match="aoav_afghanistan_2020_h1"):
        evaluate(tmp_path, GOLD)


TEXT = (
    'TOLO News said the ministry reported that 12 soldiers were killed. "Dozens fled," he said. '
    "Nine people died."
)


def claims(*spans):
    document = "d" * 16
    rows = []
    for start, end in spans:
        rows.append(
            {
                "claim_id": f"{document}:{start}-{end}",
                "document_id": document,
                "start": start,
                "end": end,
                "content": TEXT[start:end],
                "kind": "indirect",
                "status": "asserted",
            }
        )
    documents = tables.from_rows(
        "documents",
        [
            {
                "document_id": document,
                "path": "a.txt",
                "publisher": "P",
                "language": "en",
                "note": "",
                "text": TEXT,
            }
        ],
    )
    return tables.from_rows("claims", rows), documents


def span(words):
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_a_figure_belongs_to_the_innermost_claim_around_it():
    outer = span("the ministry reported that 12 soldiers were killed")
    inner = span("12 soldiers were killed")
    values = parse_values(*claims(outer, inner), **KEYWORDS)
    assert values["claim_id"].tolist() == [f"{'d' * 16}:{inner[0]}-{inner[1]}"]
    assert values["wording"].tolist() == ["12"]


@pytest.mark.parametrize(
    ("text", "content", "wordings"),
    [
        ("Reports that 12 died are false.", "Reports that 12 died are false", []),
        ("It is not true that 12 died.", "It is not true that 12 died", []),
        ("There is no evidence that 12 died.", "There is no evidence that 12 died", []),
        ("Contrary to reports that 20 died, 3 did.", "Contrary to reports that 20 died, 3 did", []),
        ("The toll of 12 dead was exaggerated.", "The toll of 12 dead was exaggerated", []),
        ("Reports that 12 died are true.", "Reports that 12 died are true", ["12"]),
        ("There were no reports of deaths.", "There were no reports of deaths", ["no reports"]),
        # What the attribution denies is a figure of the claim, whose status says so.
        ("The army denied that 12 people died.", "12 people died", ["12"]),
        ("The army rejected the claim that 12 people died.", "12 people died", ["12"]),
    ],
)
def test_what_a_claim_calls_false_is_no_figure_of_it(text, content, wordings):
    start = text.index(content)
    table, documents = claims((start, start + len(content)))
    documents = documents.assign(text=text)
    assert parse_values(table, documents, **KEYWORDS)["wording"].tolist() == wordings


def test_figures_outside_every_claim_are_left_out():
    values = parse_values(*claims(span("Dozens fled")), **KEYWORDS)
    assert values[["aspect", "low", "high", "rule", "wording"]].to_numpy().tolist() == [
        ["displaced", 24.0, 199.0, "vague:dozens", "Dozens"]
    ]


def test_the_table_does_not_depend_on_the_order_of_claims():
    table, documents = claims(span("Dozens fled"), span("Nine people died"))
    forwards = parse_values(table, documents, **KEYWORDS)
    backwards = parse_values(table.iloc[::-1], documents, **KEYWORDS)
    pd.testing.assert_frame_equal(forwards, backwards)


PARTS = """12|at least nine|dozens of|no|a|children|Taliban|people|killed|were killed|wounded|and
or|,|including|of them|in Nawa|houses|displaced|fled|the death toll rose to|families|(|.|;|by
35,000|between 8 and 15|verified|an air strike|attacks"""
WORDS = st.sampled_from(PARTS.replace("\n", "|").split("|"))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=14).map(" ".join))
def test_any_words_give_ordered_ranges_inside_their_claim(text):
    document = "e" * 16
    documents = tables.from_rows(
        "documents",
        [
            {
                "document_id": document,
                "path": "a.txt",
                "publisher": "P",
                "language": "en",
                "note": "",
                "text": text,
            }
        ],
    )
    table = tables.from_rows(
        "claims",
        [
            {
                "claim_id": f"{document}:0-{len(text)}",
                "document_id": document,
                "start": 0,
                "end": len(text),
                "content": text,
                "kind": "narration",
                "status": "asserted",
            }
        ],
    )
    values = parse_values(table, documents, **KEYWORDS)
    for value in values.itertuples():
        assert 0 <= value.start < value.end <= len(text)
        assert text[value.start : value.end] == value.wording
        assert pd.isna(value.low) or pd.isna(value.high) or value.low <= value.high


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Six AK 47 rifles were seized.", [(6.0, "weapons", "AK 47 rifles")]),
        ("He seized 14 AK-47 rifles.", [(14.0, "weapons", "AK-47 rifles")]),
        ("13 fully loaded magazines were seized.", [(13.0, "magazines", "fully loaded magazines")]),
        ("35 newly displaced families came.", [(35.0, "families", "newly displaced families")]),
    ],
)
def test_what_is_counted_may_be_described_by_make_or_state(text, expected):
    parse = Settings().parse
    [figures] = find_figures([text], model=Settings().extract.model, vague=parse.vague,
                             about=parse.about, nearly=parse.nearly)  # fmt: skip
    assert [(f.low, f.unit, f.group) for f in figures] == expected
