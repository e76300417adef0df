"""The judges on pairs of texts, their symmetry, and their speed of ruling."""

import math
import re
from dataclasses import replace
from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.evaluate.relations_pairs import Text, judge_texts
from compare.judge.accounts import gather, told
from compare.judge.compare_claims import compare_claims
from compare.judge.elsewhen import elsewhen, find_apart, mark_background, named
from compare.judge.figures import Limits, example, judge_figures
from compare.judge.lexicon import load
from compare.judge.pairs import topics
from compare.judge.sides import Fact, Figure, Side
from compare.tables import from_rows

LIMITS = Limits(near=0.1, window_days=1.0, growth_days=3.0, slip_days=14.0)

PAIRS = [
    # left, right, relation, cause, aspect
    ("12 people were killed", "At least 10 people were killed", "compatible", "bound", "killed"),
    ("At least 80 Taliban were killed", "More than 80 Taliban were killed", "agree", "", "killed"),
    ("12 people were killed", "Nine people were killed", "conflict", "value", "killed"),
    ("More than 10 people were killed", "10 people were killed", "compatible", "bound", "killed"),
    ("Two Tunisian men were killed in Nice", "84 people were killed in Nice", "compatible",
     "population", "killed"),
    ("Two Tunisian men were killed in Nice", "Three Algerians were killed in Nice",
     "not-comparable", "population", "killed"),
    ("Nine Kurdish fighters were killed", "100 ISIS fighters were killed", "not-comparable",
     "population", "killed"),
    ("Nine Kurdish fighters were killed", "Over 100 Islamic State fighters were killed",
     "not-comparable", "population", "killed"),
    ("The Taliban picked up the weapon", "The army picked up the weapon", "not-comparable",
     "category", ""),
    ("Nine Kurdish fighters were killed", "Five Peshmerga fighters were killed", "conflict",
     "value", "killed"),
    ("Two French men were killed in Nice", "Three people were killed in Nice", "conflict", "value",
     "killed"),
    ("29 people were killed, among them five attackers", "Eight attackers were killed", "conflict",
     "value", "killed"),
    ("12 fighters were killed, including two commanders", "Three fighters were killed", "conflict",
     "value", "killed"),
    ("12 fighters were killed, including two commanders", "At least five fighters were killed",
     "compatible", "population", "killed"),
    ("Syrian or Peruvian jets hit the convoy", "Peruvian jets hit the convoy", "agree", "",
     "responsibility"),
    ("Syrian or Peruvian jets hit the convoy", "Peru did not strike the convoy", "conflict",
     "denial", "occurrence"),
    ("Chilean forces shelled the city", "Chilean forces did not fire on the city", "conflict",
     "denial", "occurrence"),
    ("The strike killed nine civilians", "No civilians were present", "conflict", "denial",
     "victim"),
    ("Peru attacked the tanker", "Peru had no hand in the attack on the tanker", "conflict",
     "denial", "responsibility"),
    ("80 American soldiers were killed", "No Americans were harmed", "conflict", "denial",
     "killed"),
    ("The jets hit a gathering of fighters, not a market", "The strike hit a market", "conflict",
     "denial", "occurrence"),
    ("Ten men died", "The leader was not killed", "not-comparable", "category", ""),
    ("The fighting has stopped", "Fighting continues", "conflict", "outcome", "outcome"),
    ("The claim of a strike on the clinic was fake news", "The strike hit the clinic", "conflict",
     "denial", "occurrence"),
    ("Peru carried out no strikes on targets in Tena", "Peruvian jets hit a clinic", "conflict",
     "denial", "responsibility"),
    ("The commander was killed in a drone strike", "The commander is alive", "conflict", "denial",
     "occurrence"),
    ("Two more bodies were found", "12 people were killed", "compatible", "population", "killed"),
    ("Posted 11:11 GMT, Sunday", "Posted 13:42 GMT, Sunday", "not-comparable", "category", ""),
    ("Police killed a wanted man", "Gunmen killed five villagers", "not-comparable",
     "responsibility", "killed"),
    ("They saw four bodies", "12 people were killed", "compatible", "population", "killed"),
    ("The road was closed.", "The road was open.", "conflict", "outcome", "outcome"),
    ("No fighters were released", "The girls were freed", "not-comparable", "category", ""),
    ("70 rebels were killed", "70 rebels were killed and wounded", "not-comparable", "category",
     "killed"),
    ("35,000 people were displaced", "5,000 households were displaced", "not-comparable", "unit",
     "displaced"),
    ("35,000 people were displaced", "35 people were displaced", "conflict", "transcription",
     "displaced"),
    ("300 families have been displaced", "Nobody has been displaced", "conflict", "denial",
     "displaced"),
    ("A girl holds a bottle", "A boy holds a bottle", "not-comparable", "category", ""),
    ("12 children were killed", "No civilians were killed", "conflict", "denial", "killed"),
    ("Over 20 rebels were killed in Nawa", "Over 70 rebels were killed in Helmand", "compatible",
     "place", "killed"),
    ("American forces violated the agreement", "American forces have not violated the agreement",
     "conflict", "denial", "occurrence"),
    ("The Taliban captured the base", "The army held the base", "conflict", "outcome", "outcome"),
    ("Taliban mortars killed the villagers", "Army mortars killed the villagers", "conflict",
     "responsibility", "responsibility"),
    ("The army blamed the Taliban for the attack on the base",
     "Daesh claimed responsibility for the attack on the base", "conflict", "responsibility",
     "responsibility"),
    ("The army blamed the Taliban for the attack on the base",
     "The Taliban were not behind the attack on the base", "conflict", "denial",
     "responsibility"),
    ("The ministry blamed the Taliban for the bombing",
     "The Taliban denied any involvement in the attack", "conflict", "denial", "responsibility"),
    ("The Taliban shot down the helicopter", "The helicopter was not shot down", "conflict",
     "denial", "occurrence"),
    ("The helicopter was not shot down", "The helicopter crashed", "not-comparable", "category",
     ""),
    ("Islam Qala has not fallen", "The Taliban captured Islam Qala", "conflict", "outcome",
     "outcome"),
    ("Islam Qala has not fallen", "The Taliban captured the border crossing of Islam Qala",
     "conflict", "outcome", "outcome"),
    ("Islam Qala has not fallen", "The Taliban captured a base in Islam Qala", "not-comparable",
     "category", ""),
    ("The village was bombed", "US forces did not bomb the village", "not-comparable", "category",
     ""),
    ("Peru accused Chilean forces of blowing up the dam", "Peru had sabotaged the Tena dam",
     "conflict", "responsibility", "responsibility"),
    ("Peru accused Chilean forces of blowing up the dam", "Chile did not blow up the dam",
     "conflict", "denial", "occurrence"),
    ("Chile thwarted an attack", "Peru repelled an attack", "compatible", "wording", "occurrence"),
    ("Soldiers shelled the market", "Peru shelled the market", "agree", "", "responsibility"),
    ("Gunmen attacked the clinic", "The Taliban did not attack the clinic", "not-comparable",
     "category", ""),
    ("A bomb killed the elders", "The Taliban denied responsibility for killing the elders",
     "compatible", "wording", "occurrence"),
    ("Ten fighters were hiding in the clinic", "There were no rebels in the clinic", "conflict",
     "denial", "occurrence"),
    ("The dead were terrorists", "The dead were farmers", "conflict", "population", "victim"),
    ("Most of the dead were children", "None of the dead were civilians", "conflict", "denial",
     "victim"),
    ("Troops were in full control of the town", "The Taliban captured the town", "conflict",
     "outcome", "outcome"),
    ("Ten members of one family were among the dead", "Four of the wounded died",
     "not-comparable", "population", "killed"),
    ("Reports that 12 civilians died in Nawa are false", "12 civilians died in Nawa", "conflict",
     "denial", "occurrence"),
    ("The air strike killed 12 fighters", "The air strike killed 12 children", "conflict",
     "population", "victim"),
    ("We condemn the Taliban offensive", "We support the Taliban offensive", "conflict",
     "position", "position"),
    ("Five rockets hit the city", "Fourteen rockets hit the city", "conflict", "value", "text"),
    ("Five rockets hit the city", "5 rockets hit the city", "agree", "", "text"),
    ("Five rockets hit the city", "At least four rockets hit the city", "compatible", "bound",
     "text"),
    ("The governor is in the city", "The governor isn't in the city", "conflict", "denial", "text"),
    ("A woman gazes at the sun", "A woman gazes at the moon", "compatible", "wording",
     "occurrence"),
    ("Two men sat by the river", "Three men ran through the market", "not-comparable", "category",
     "other"),
    ("A guard was killed", "Four people were killed", "compatible", "population", "killed"),
    ("A worker was killed", "Two workers were killed", "unsure", "value", "killed"),
    ("An officer and two soldiers were killed", "Three soldiers were killed", "compatible",
     "population", "killed"),
    ("An officer and two soldiers were killed", "One soldier was killed", "conflict", "value",
     "killed"),
    ("Ten people were killed immediately", "Fifteen people were killed", "compatible",
     "population", "killed"),
    ("The army denied that 45 soldiers had died", "Four soldiers were killed", "not-comparable",
     "category", ""),
    ("The army denied that soldiers had died", "Four soldiers were killed", "conflict", "denial",
     "victim"),
    ("Mortar shells, not air strikes, hit the market", "Shells hit the market", "agree", "",
     "occurrence"),
    ("No missiles were launched at Peru", "Peruvian troops shelled the town", "not-comparable",
     "category", ""),
    ("No missiles were launched at Peru", "Chilean troops shelled Peru", "conflict", "denial",
     "occurrence"),
    ("The hospital received 17 bodies", "The strike killed 45 people", "compatible", "population",
     "killed"),
    ("The hospital received 57 bodies", "The strike killed 45 people", "conflict", "value",
     "killed"),
    ("The hospital received 17 bodies", "A clinic received 12 bodies", "not-comparable",
     "population", "killed"),
    ("The clinic treated 120 wounded people", "The clinic treated 45 wounded people", "conflict",
     "value", "wounded"),
    ("A hospital received 30 bodies", "A hospital received 12 bodies", "not-comparable",
     "population", "killed"),
    ("We treated 34 wounded civilians", "34 civilians were wounded", "agree", "", "wounded"),
    ("The hospital said 17 were killed", "The strike killed 45 people", "conflict", "value",
     "killed"),
    ("No attacks took place during the ceremony", "Gunmen attacked the soldiers", "not-comparable",
     "category", ""),
    ("The army used chlorine gas in the town", "The army denied the use of chemical weapons",
     "conflict", "denial", "occurrence"),
    ("There was no chemical attack", "Rebels attacked the town", "not-comparable", "category", ""),
    ("Peru and Chile accused each other of shelling villages", "Peru did not shell any villages",
     "conflict", "denial", "occurrence"),
    ("Each side accused the other of opening fire", "The army opened fire", "compatible",
     "wording", "occurrence"),
    ("One worker was killed", "Two workers were killed", "conflict", "value", "killed"),
    ("The army repelled the rebels", "Eight men surrendered", "not-comparable", "category", ""),
    ("The rebels beheaded nine fighters", "The army killed dozens of fighters", "not-comparable",
     "responsibility", "killed"),
    ("Police shot the thieves", "Gunmen opened fire in the street", "not-comparable", "category",
     ""),
    ("US forces could not confirm that the bridge was destroyed", "The bridge was destroyed",
     "unsure", "status", "occurrence"),
    ("The rebels lost 12 fighters", "No helicopter crashed", "not-comparable", "category", ""),
    ("The helicopters collided", "Rebels shot down the helicopters", "conflict",
     "responsibility", "occurrence"),
    ("The convoy was not attacked", "The convoy came under fire", "conflict", "denial",
     "occurrence"),
    ("The army denied that its jets had targeted civilians", "Jets bombed the village",
     "not-comparable", "category", ""),
    ("Some of the dead were fighters", "The strike killed civilians", "not-comparable",
     "category", ""),
    ("Siddiqui was not simply killed in crossfire, but was executed by the Taliban",
     "Afghan soldiers killed Siddiqui", "conflict", "responsibility", "responsibility"),
    ("The prison was not struck by rockets", "The prison was hit by rockets", "conflict",
     "denial", "occurrence"),
    ("The army said Ukraine shelled the prison with US-supplied rockets",
     "Russian artillery shelled the prison", "conflict", "responsibility", "responsibility"),
    ("The president called the attack on the prison a deliberate Russian crime",
     "Ukraine attacked the prison", "conflict", "responsibility", "responsibility"),
    ("Seven people were killed, including two attackers", "Five people were killed",
     "compatible", "population", "killed"),
    ("Seven people were killed, including two attackers", "Six people were killed",
     "conflict", "value", "killed"),
    ("Three of its vehicles were destroyed", "Five vehicles were destroyed", "conflict", "value",
     "destroyed"),
    ("The army had no information about civilian casualties", "Civilians were killed",
     "not-comparable", "category", ""),
    ("Soldiers carried out executions in the town", "There were no executions in the town",
     "conflict", "denial", "occurrence"),
    ("The execution of the plan began", "There were no executions", "not-comparable", "category",
     ""),
]  # fmt: skip


def test_pairs_and_both_orders_judge_alike() -> None:
    texts = [(Text(a, "A"), Text(b, "B")) for a, b, *_ in PAIRS]
    found = judge_texts(texts)
    told = [(f.relation, f.cause, f.aspect) for f in found]
    assert told == [tuple(row[2:]) for row in PAIRS]
    swapped = judge_texts([(b, a) for a, b in texts])
    assert [(f.relation, f.cause, f.aspect, f.score) for f in swapped] == [
        (f.relation, f.cause, f.aspect, f.score) for f in found
    ]


def test_one_source_that_grows_revises_and_says_so() -> None:
    [found] = judge_texts(
        [
            (
                Text("1,051 displaced people have been verified", "OCHA", date="2020-10-14"),
                Text("3,520 displaced people have been verified", "OCHA", date="2020-10-18"),
            )
        ]
    )
    assert (found.relation, found.cause) == ("refines", "revision")
    assert found.reason == (
        "OCHA (14 Oct): “1,051” people displaced, verified; OCHA (18 Oct): “3,520” people "
        "displaced, verified: the same source, 4 days later"
    )


ASPECTS = ("killed", "wounded", "killed-or-wounded", "displaced")
POPULATIONS = ("civilians", "children", "fighters", "people", "unknown")


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    low = draw(st.sampled_from((0.0, 1.0, 9.0, 12.0, 35.0, 35000.0)))
    high = draw(st.sampled_from((low, low + 5, math.inf)))
    return Figure(
        draw(st.sampled_from(ASPECTS)), draw(st.sampled_from(POPULATIONS)), low, high,
        draw(st.sampled_from(("people", "households"))),
        draw(st.sampled_from(("exact", "about", "vague:dozens"))), draw(st.booleans()),
        draw(st.sampled_from(("total", "subset"))), f"{low:g}", draw(st.integers(0, 9)),
        draw(st.sampled_from((None, "1140043", "1134720"))),
    )  # fmt: skip


FACTS = st.builds(
    Fact,
    aspect=st.sampled_from(("occurrence", "responsibility", "outcome", "position", "victim")),
    predicate=st.sampled_from(("strike", "captured", "held", "condemn", "hit", "violation")),
    family=st.sampled_from(("strike", "violation")),
    denied=st.booleans(),
    agent=st.sampled_from((None, "taliban", "us", "forces")),
    patient=st.sampled_from((None, "mosque", "children", "taliban")),
    wording=st.sampled_from(("a", "b")),
)


@st.composite
def sides(draw: st.DrawFn, name: str) -> Side:
    published = draw(st.sampled_from((None, 0, 86_400_000, 864_000_000)))
    begin = draw(st.sampled_from((None, 0, 864_000_000)))
    return Side(
        name, draw(st.sampled_from(("a", "b"))), "A", None, "taliban",
        draw(st.sampled_from(("asserted", "denied"))),
        draw(st.sampled_from(("asserted", "hedged", "unconfirmed", "no-comment"))),
        draw(st.booleans()), draw(st.booleans()), name, published, "", None, "", "", begin,
        None if begin is None else begin + 86_400_000,
        (-1 if published is None else published, name),
        draw(st.lists(figures(), max_size=3)), draw(st.lists(FACTS, max_size=4)),
        account=draw(st.frozensets(FACTS.map(told), max_size=3)),
    )  # fmt: skip


@settings(deadline=None)
@given(sides("d:1-2"), sides("d:3-4"))
def test_every_judge_is_symmetric(a: Side, b: Side) -> None:
    shared = topics(a) & topics(b)
    lexicon = load()
    assert compare_claims(a, b, shared, LIMITS, lexicon) == compare_claims(
        b, a, shared, LIMITS, lexicon
    )


@settings(deadline=None)
@given(sides("d:1-2"), sides("d:3-4"), figures(), figures())
def test_a_bound_never_conflicts_with_a_number_it_allows(
    a: Side, b: Side, x: Figure, y: Figure
) -> None:
    ruling = judge_figures(a, x, b, y, LIMITS)
    meets = max(x.low, y.low) <= min(x.high, y.high)
    if ruling and meets and ruling.relation == "conflict":
        # Only a denial may conflict with a figure that fits.
        assert "denied" in (a.status, b.status) or ruling.cause == "denial"


@pytest.mark.parametrize(("x", "y"), list(product(("killed",), ("wounded", "displaced"))))
def test_other_aspects_are_never_compared(x: str, y: str) -> None:
    [found] = judge_texts([(Text(f"12 people were {x}", "A"), Text(f"9 people were {y}", "B"))])
    assert not found.judged or found.relation == "not-comparable"


@given(sides("d:1-2"), sides("d:3-4"), st.integers(0, 99), st.integers(0, 99))
@settings(deadline=None)
def test_the_dead_never_agree_with_the_dead_and_wounded(a: Side, b: Side, n: int, m: int) -> None:
    x = example(float(n), float(n), aspect="killed")
    for whole in ("killed-or-wounded", "killed-and-wounded"):
        y = example(float(m), float(m), aspect=whole)
        ruling = judge_figures(a, x, b, y, LIMITS)
        assert ruling is None or ruling.relation != "agree"


def test_one_account_that_counts_twice_has_revised_nothing() -> None:
    rulings = []
    for document, text in (("u", "28 died"), ("u", "it is now 28"), ("v", "28 died")):
        a, b = placed("u:0-9", "u", "85 died"), placed(f"{document}:1-9", document, text)
        a.actor_id = b.actor_id = "unama"
        ruling = judge_figures(a, example(85.0, 85.0), b, example(28.0, 28.0), LIMITS)
        assert ruling is not None
        rulings.append((ruling.relation, ruling.cause))
    assert rulings == [
        ("not-comparable", "category"), ("refines", "revision"), ("refines", "revision"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("speaker", "other", "relation"),
    [
        ("Government of Chile", "Government of Peru", "not-comparable"),
        ("Government of Chile", "Government of Chile", "conflict"),
        ("Government of Chile", "Red Cross", "conflict"),
    ],
)
def test_of_two_governments_each_counts_its_own(speaker: str, other: str, relation: str) -> None:
    a, b = placed("a:0-9", "u", "its death toll is 35"), placed("b:0-9", "v", "46 people died")
    a.actor, b.actor = speaker, other
    ruling = judge_figures(a, example(35.0, 35.0), b, example(46.0, 46.0), LIMITS)
    assert ruling is not None
    assert ruling.relation == relation


@pytest.mark.parametrize(
    ("speaker", "other", "nation", "doer", "relation"),
    [
        ("Chilean army", "Peruvian army", "", None, "not-comparable"),
        ("Chilean army", "Red Cross", "", None, "conflict"),
        ("Chilean army", "Red Cross", "Peru", None, "not-comparable"),
        ("Chilean army", "Red Cross", "Chile", None, "conflict"),
        ("Chilean army", "Peruvian army", "", "chile", "conflict"),
    ],
)
def test_of_two_armies_each_counts_its_own_soldiers(
    speaker: str, other: str, nation: str, doer: str | None, relation: str
) -> None:
    a, b = placed("a:0-9", "u", "35 soldiers died"), placed("b:0-9", "v", "46 soldiers died")
    a.actor, b.actor = speaker, other
    x, y = (replace(example(n, n), population="forces") for n in (35.0, 46.0))
    ruling = judge_figures(a, replace(x, doer=doer), b, replace(y, nation=nation), LIMITS)
    assert ruling is not None
    assert ruling.relation == relation


def test_whom_the_enemy_hit_are_those_the_other_side_did() -> None:
    taliban = Text("The enemy killed 15 civilians in Archi", "Taliban", "taliban", "party")
    official = Text("An Afghan air force strike killed 12 civilians in Archi", "An official")
    [found] = judge_texts([(taliban, official)])
    assert (found.relation, found.cause, found.aspect) == ("conflict", "value", "killed")


def test_what_a_party_admits_at_its_own_cost_is_marked() -> None:
    army = Text("Two soldiers were killed in the attack", "Army", "andsf", "party")
    taliban = Text("Eight soldiers were killed in the attack", "Taliban", "taliban", "party")
    [found] = judge_texts([(army, taliban)])
    assert (found.relation, found.cause) == ("conflict", "value")
    assert found.reason.endswith("; Army reports losses of its own side, against its interest")


def account(claim_id: str, actor: str, *facts: Fact) -> Side:
    return Side(
        claim_id, actor, actor, None, "media", "asserted", "asserted", False, False, claim_id,
        0, "1 Jan", None, "", "", None, None, (0, claim_id), [], list(facts), document_id=actor,
    )  # fmt: skip


ATTACK = Fact("occurrence", "attack", "attack", False, None, None, "attack")
NO_ATTACK = Fact("occurrence", "attack", "attack", True, None, None, "attacks")
CLOSED = Fact("outcome", "closed", "closed", False, None, "road", "closed")
OPEN = Fact("outcome", "open", "open", False, None, "road", "reopened")


BY_PERU = Fact("responsibility", "strike", "strike", False, "peru", None, "strike")
NOT_PERU = Fact("responsibility", "strike", "strike", True, "peru", None, "strike")
STRUCK = Fact("responsibility", "strike", "strike", False, None, "gate", "hit")
BY_CHILE = Fact("responsibility", "shelling", "strike", False, "chile", None, "shelling")


@pytest.mark.parametrize(
    ("one", "other", "whole", "relation"),
    [
        (NOT_PERU, BY_PERU, [BY_CHILE], "conflict"),
        (NOT_PERU, BY_PERU, [STRUCK], "conflict"),
        # The claim, a claim of another account, what else the first account tells.
        (NO_ATTACK, ATTACK, [], "conflict"),
        (NO_ATTACK, ATTACK, [ATTACK], "not-comparable"),
        (OPEN, CLOSED, [], "conflict"),
        (OPEN, CLOSED, [CLOSED], "compatible"),
    ],
)
def test_who_tells_both_is_contradicted_by_neither_half(
    one: Fact, other: Fact, whole: list[Fact], relation: str
) -> None:
    sides = {
        "a:1": account("a:1", "a", one),
        "a:2": account("a:2", "a", *whole),
        "b:1": account("b:1", "b", other),
    }
    gather(sides, dict.fromkeys(sides, (1, 1)))
    shared = topics(sides["a:1"]) & topics(sides["b:1"])
    [finding] = compare_claims(sides["a:1"], sides["b:1"], shared, LIMITS, load())
    assert finding.ruling.relation == relation


def placed(claim_id: str, document_id: str, text: str, **more: object) -> Side:
    side = account(claim_id, document_id)
    side.text, side.apart = text, named(text)
    side.figures = [example(float(n), float(n)) for n in map(int, re.findall(r"\b\d\d\b", text))]
    for name, value in more.items():
        setattr(side, name, value)
    return side


@pytest.mark.parametrize(
    ("text", "other", "relation"),
    [
        # What one account tells beside its news, and another's news.
        ("a quake in february killed 61", "the quake killed 12", "not-comparable"),
        ("a quake in february killed 61", "the quake in february killed 12", "conflict"),
        ("two years ago a quake killed 61", "the quake killed 12", "not-comparable"),
        ("in contrast to that day 61 were killed", "the quake killed 12", "not-comparable"),
        ("a similar attack killed 61", "the attack killed 12", "not-comparable"),
        (
            "one in 2003 killed many, one in february 61",
            "the quake in february killed 12",
            "not-comparable",
        ),
        ("the march killed 61", "the quake killed 12", "conflict"),
        ("on 3 february a quake killed 61", "the quake killed 12", "conflict"),
    ],
)
def test_background_contradicts_nothing(text: str, other: str, relation: str) -> None:
    sides = {
        "a:1": placed("a:1", "a", text),
        "a:2": placed("a:2", "a", "the quake killed 13"),
        "b:1": placed("b:1", "b", other),
    }
    mark_background(sides, dict.fromkeys(sides, (1, 1)))
    [found] = compare_claims(sides["a:1"], sides["b:1"], {"figure:casualties"}, LIMITS, load())
    assert found.ruling.relation == relation
    # Where the account tells of nothing else, its time is that of the news.
    alone = {k: side for k, side in sides.items() if k != "a:2"}
    mark_background(alone, dict.fromkeys(alone, (1, 1)))
    [found] = compare_claims(sides["a:1"], sides["b:1"], {"figure:casualties"}, LIMITS, load())
    assert found.ruling.relation == "conflict"


def test_a_time_shortly_before_publication_is_that_of_the_news() -> None:
    day = 86_400_000
    begin, end = 0, 31 * day
    sides = {
        "a:1": placed("a:1", "a", "61 were killed in january", begin=begin, end=end),
        "a:2": placed("a:2", "a", "the quake killed 13"),
        "b:1": placed("b:1", "b", "the quake killed 12"),
    }
    for published, said in ((40 * day, ""), (400 * day, "a (1 Jan) tells of it as of “january”")):
        sides["a:1"].published = published
        mark_background(sides, dict.fromkeys(sides, (1, 1)))
        assert elsewhen(sides["a:1"], sides["b:1"]) == said
        assert elsewhen(sides["b:1"], sides["a:1"]) == said


def test_a_contrast_sets_apart_what_happened_on_one_day() -> None:
    day = {"begin": 0, "end": 86_400_000}
    sides = {
        "a:1": placed("a:1", "a", "in contrast to the quake 61 were killed", **day),
        "a:2": placed("a:2", "a", "the quake killed 13", **day),
        "b:1": placed("b:1", "b", "the quake killed 12", **day),
    }
    mark_background(sides, dict.fromkeys(sides, (1, 1)))
    said = "a (1 Jan) tells of it “in contrast to” another"
    assert elsewhen(sides["a:1"], sides["b:1"]) == said
    assert elsewhen(sides["a:2"], sides["b:1"]) == ""


def test_a_sentence_that_goes_on_is_set_apart_with_the_one_before() -> None:
    told = ["A quake struck the town in  February", "It killed 61", "It killed 12"]
    spans = [(0, 36), (38, 50), (90, 102)]
    claims = from_rows("claims", [
        {"claim_id": f"a:{n}", "document_id": "a", "start": start, "end": end, "content": text,
         "kind": "narration", "status": "asserted"}
        for n, (text, (start, end)) in enumerate(zip(told, spans, strict=True))
    ])  # fmt: skip
    values = pd.DataFrame({"claim_id": ["a:1", "a:2"], "aspect": "killed"})
    found = find_apart(claims, values)
    assert found["claim_id"].tolist() == ["a:0", "a:1"]
    assert found["apart"].tolist() == ["february", "february"]
    # The third claim, which is not set apart, has a figure of what the second tells.
    assert found["plainly"].tolist() == [False, True]
    assert not find_apart(claims, values[:1])["plainly"].any()
