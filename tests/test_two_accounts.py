"""Two accounts through the whole flow, from files to verdicts: what they conflict on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from compare.view import Comparison

ACCOUNTS = [
    ("The ministry said the explosion in the market of Mogadishu was an accident caused by a gas "
     "cylinder.", "Officials in Mogadishu said a car bomb caused the explosion at the market.",
     "occurrence"),
    ("The governor said the explosion in Quetta was an accident.",
     "Police said a bomb exploded in Quetta.", "occurrence"),
    ("The army announced that it had shot down an enemy drone over Gao.",
     "The rebels denied that they had lost a drone over Gao.", "occurrence"),
    ("The rebels said they had withdrawn from Goma.",
     "Residents said the rebels were still in Goma.", "outcome"),
    ("The ministry said the hospital in Mosul was fully operational.",
     "Doctors said the hospital in Mosul had stopped working.", "outcome"),
    ("The mayor said the curfew in Nablus was lifted on Monday.",
     "Residents said the curfew in Nablus was still in force.", "outcome"),
    ("The general said reinforcements had arrived in Bakhmut.",
     "A soldier said no reinforcements had come to Bakhmut.", "occurrence"),
    ("The spokesman said the minister was in good health after the attack in Mogadishu.",
     "The group said the minister was killed in the attack in Mogadishu.", "occurrence"),
    ("The police said the priest in Kaduna was freed without a ransom.",
     "The diocese said a ransom was paid for the priest in Kaduna.", "occurrence"),
    ("Israel said aid trucks had entered Rafah on Sunday.",
     "The UN said no trucks had entered Rafah on Sunday.", "occurrence"),
    ("The ministry said fighters were using the hospital in Kunduz as a firing position.",
     "Doctors said there were no fighters in the hospital in Kunduz.", "occurrence"),
    ("The government said no civilians remained in Avdiivka.",
     "Aid workers said 1,000 civilians were still in Avdiivka.", "occurrence"),
    ("The ministry said the pilot in Kandahar ejected safely.",
     "The Taliban said the pilot in Kandahar was killed.", "occurrence"),
    ("The UN said the convoy reached Sumy.",
     "The governor said the convoy was turned back before Sumy.", "occurrence"),
    ("The junta said the activist was released in Yangon.",
     "Her family said the activist was still in detention in Yangon.", "outcome"),
    ("A doctor said that three of the wounded in Lviv died overnight.",
     "The mayor of Lviv said that none of the wounded had died.", "killed"),
    ("The company said all the crew of the tanker that burned off Djibouti were safe.",
     "The navy said two sailors were killed when the tanker burned off Djibouti.", "killed"),
    ("The airline said everyone on board the plane that crashed in Odesa had survived.",
     "Rescuers said nine people died when the plane crashed in Odesa.", "killed"),
    ("The defence ministry said the helicopters crashed in Helmand because of a technical fault.",
     "The Taliban said the helicopters in Helmand were shot down.", "occurrence"),
    ("The police said the student in Nairobi died after falling from a bridge.",
     "His family said police shot the student in Nairobi dead.", "responsibility"),
    ("The government said it had regained full control of Bambari.",
     "The rebel coalition said its fighters still controlled most of Bambari.", "outcome"),
    ("The president said the ceasefire was holding in Donetsk.",
     "Separatists said heavy fighting continued in Donetsk.", "outcome"),
    ("The ministry said the truce in Aleppo was holding.",
     "Activists said the army had violated the truce in Aleppo.", "occurrence"),
    ("The Houthis said they hit a US destroyer in the Red Sea.",
     "The Pentagon said no US ship had been hit in the Red Sea.", "occurrence"),
    ("The company denied paying a ransom for the crew held in Hobyo.",
     "Pirates said they received a ransom of $2 million for the crew held in Hobyo.",
     "occurrence"),
    ("The army chief said the coup in Bangui had failed.",
     "Soldiers said on state television they had seized power in Bangui.", "outcome"),
    ("The defence minister said no foreign troops were present in Benghazi.",
     "The UN said hundreds of Turkish troops were stationed in Benghazi.", "occurrence"),
    ("The opposition said 100,000 people marched in Caracas.",
     "Police said 8,000 people took part in the march in Caracas.", "other"),
    ("The army said its helicopter made an emergency landing in Wardak.",
     "The Taliban said they shot down the helicopter in Wardak.", "responsibility"),
    ("The official said the prisoner in Minsk hanged himself.",
     "His lawyer said the prisoner in Minsk was beaten to death.", "occurrence"),
    ("Officials said that rebels had laid down their weapons in Bunia.",
     "The rebels said they had not surrendered in Bunia.", "outcome"),
    ("Tribal leaders said the drone strike in Aden hit a wedding convoy.",
     "US officials said the drone strike in Aden killed only militants.", "victim"),
    ("The governor said the road between Goma and Sake was open.",
     "Drivers said the road between Goma and Sake had been cut by the rebels.", "outcome"),
    ("The party said its leader was arrested at his home in Dakar.",
     "The prosecutor said the party leader had not been arrested in Dakar.", "occurrence"),
    ("Sudan's army said it recaptured Wad Medani on Saturday.",
     "The Rapid Support Forces said they had not lost Wad Medani.", "outcome"),
    ("Witnesses said the rocket that hit the market in Idlib was fired from rebel areas.",
     "Rescuers said the government fired the rocket that hit the market in Idlib.",
     "responsibility"),
    ("The ministry said troops freed all 180 hostages held near Zaria.",
     "The gunmen said they still held 50 hostages near Zaria.", "outcome"),
    ("Prosecutors said the man shot by police in Nanterre had been armed.",
     "Witnesses said the man shot by police in Nanterre was unarmed.", "occurrence"),
    ("Ukraine said Russia bore responsibility for the explosion at Olenivka prison.",
     "Russia said Ukraine shelled the prison at Olenivka.", "responsibility"),
    ("The UN said the bridge at Kakhovka had been destroyed by Russian forces.",
     "Moscow said Ukrainian shelling destroyed the bridge at Kakhovka.", "responsibility"),
    ("Russia's defence ministry said it struck a training ground in Poltava.",
     "Ukraine's general staff denied any strikes on Poltava.", "occurrence"),
    ("The army said the aid convoy in Rafah was not attacked.",
     "The agency said its convoy came under fire in Rafah.", "occurrence"),
    ("The army said militants took 300 boys from a school in Kankara.",
     "The governor said no students were abducted in Kankara.", "occurrence"),
    ("The opposition said the election in Kinshasa was rigged.",
     "The electoral commission said the vote in Kinshasa was free and fair.", "occurrence"),
    ("Police said the protesters in Conakry threw stones at officers before shots were fired.",
     "The opposition said the protesters in Conakry were peaceful.", "occurrence"),
    ("The minister said the dam was intact in Kakhovka.",
     "Officials said the dam in Kakhovka had been breached.", "occurrence"),
    ("The energy company said power was restored in Kharkiv.",
     "Residents of Kharkiv said they still had no electricity.", "outcome"),
    ("The foreign ministry said talks in Doha had resumed.",
     "The Taliban said talks in Doha remained suspended.", "outcome"),
    ("The ministry said all hostages had been freed from the theatre in Moscow.",
     "Relatives said dozens of hostages were still inside the theatre in Moscow.", "outcome"),
    ("The junta said it had released 200 prisoners from Insein prison.",
     "Activists said only 50 prisoners were released from Insein prison.", "released"),
    ("The health ministry said 40 people were infected with cholera in Goma.",
     "The WHO said 400 cholera cases were confirmed in Goma.", "infected"),
    ("Turkey said its drones killed 12 PKK members in Kirkuk.",
     "Yazidi officials said the drones killed civilians in Kirkuk.", "victim"),
    ("The governor said a humanitarian corridor was opened from Mariupol.",
     "Residents said Russian troops blocked the corridor from Mariupol.", "outcome"),
    ("The hospital director said the hospital in Sumy was out of service after the strike.",
     "The health ministry said the hospital in Sumy was operating normally.", "outcome"),
    ("The prime minister said the border at Rafah was closed.",
     "The Egyptian foreign ministry said the Rafah crossing was open.", "outcome"),
    ("Rights groups said detainees were tortured in Evin prison.",
     "The judiciary said no detainee had been tortured in Evin prison.", "occurrence"),
    ("The UN said 87 bodies were found in a mass grave near El Geneina.",
     "The RSF denied that there was a mass grave near El Geneina.", "occurrence"),
    ("The opposition said security forces fired live rounds at protesters in Abidjan.",
     "The interior minister said police in Abidjan used only tear gas.", "occurrence"),
    ("The health ministry said 112 people were killed when Israeli troops opened fire on crowds "
     "near Gaza City.",
     "The Israeli military said most deaths near Gaza City were caused by a stampede.",
     "responsibility"),
    ("The Taliban said they captured the district centre of Sangin.",
     "The governor of Helmand said Sangin had not fallen.", "outcome"),
    ("Residents of Kapisa said the air strike hit a wedding.",
     "The air force said the strike in Kapisa hit a Taliban base.", "occurrence"),
    ("Doctors said a clinic in Saada was hit by an air strike.",
     "The coalition said its jets bombed an arms depot in Saada.", "occurrence"),
    ("Elders said helicopters bombed a madrasa in Khost.",
     "The defence ministry said the air strike in Khost targeted a Taliban training centre.",
     "occurrence"),
    ("The mayor said a missile hit a bus in Kramatorsk.",
     "The ministry said the missile hit a military base in Kramatorsk.", "occurrence"),
    ("The army said villagers left Sagaing of their own accord.",
     "Residents said soldiers forced them to leave Sagaing.", "occurrence"),
    ("Kyiv said children were forcibly deported from Melitopol.",
     "Moscow said families from Melitopol moved to Russia voluntarily.", "occurrence"),
    ("The court said the man in Baku confessed freely.",
     "His lawyer said the man in Baku was forced to confess.", "occurrence"),
    ("The warden said the inmates in Bagram were treated humanely.",
     "Rights groups said the inmates in Bagram were abused.", "occurrence"),
    ("The agency distributed food aid in Tigray.",
     "The UN said no aid was delivered in Tigray.", "occurrence"),
    ("Israel said its troops left the hospital in Jabalia.",
     "Doctors said troops remained inside the hospital in Jabalia.", "outcome"),
    ("The RSF said it controls the airport in Nyala.",
     "The army said the airport in Nyala is in its hands.", "outcome"),
    ("The army said its soldiers rescued the hostages in Zamfara.",
     "The bandits said they released the hostages in Zamfara.", "outcome"),
    ("The army said no civilians were in the building in Deir al-Balah.",
     "Residents said two families were inside the building in Deir al-Balah.", "occurrence"),
    ("The army said the village of Tari was empty when it was shelled.",
     "Residents said families were in Tari when it was shelled.", "occurrence"),
    ("The school in Toretsk was empty, the mayor said.",
     "A teacher said children were in the school in Toretsk.", "occurrence"),
    ("The army said residents in Tulkarm were warned before the raid.",
     "Residents said the raid in Tulkarm came without warning.", "occurrence"),
    ("The army said fighting had stopped in Uvira.",
     "Residents said gunfire continued in Uvira.", "outcome"),
    ("The president said calm had returned to Port Sudan.",
     "Residents said clashes continued in Port Sudan.", "outcome"),
]  # fmt: skip
"""Two accounts and the aspect on which they conflict."""


@pytest.fixture(scope="module")
def conflicts(
    run_accounts: Callable[..., Comparison], tmp_path_factory: pytest.TempPathFactory
) -> set[tuple[str, str, str]]:
    """Every conflict of a case that holds all accounts: two documents and the aspect."""
    texts = {
        f"{number}{side}.md": ("2024-03-12", text)
        for number, (*told, _) in enumerate(ACCOUNTS)
        for side, text in zip("ab", told, strict=True)
    }
    found = run_accounts(tmp_path_factory.mktemp("accounts"), texts)
    document = dict(zip(found.claims["claim_id"], found.claims["document_id"], strict=True))
    path = dict(zip(found.documents["document_id"], found.documents["path"], strict=True))
    told = found.judgements[found.judgements["relation"] == "conflict"]
    return {
        (*sorted(Path(path[document[claim]]).stem for claim in pair), aspect)
        for *pair, aspect in told[["claim_id_l", "claim_id_r", "aspect"]].itertuples(index=False)
    }


@pytest.mark.parametrize("number", range(len(ACCOUNTS)))
def test_two_accounts_conflict(number: int, conflicts: set[tuple[str, str, str]]) -> None:
    *_, aspect = ACCOUNTS[number]
    found = {told for one, other, told in conflicts if (one, other) == (f"{number}a", f"{number}b")}
    assert found == {aspect}


def test_accounts_of_other_events_conflict_with_none(
    conflicts: set[tuple[str, str, str]],
) -> None:
    assert {one[:-1] for one, other, _ in conflicts if one[:-1] != other[:-1]} == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Residents said the strike hit a house in Gaza City.",
         "Medics said the strike hit a school in Gaza City."),
        ("Residents said the strike in Gaza City hit a school and a police station.",
         "Medics said the strike in Gaza City hit a school."),
        ("Residents said the strike hit a school and an army base in Nawa.",
         "The army said the strike hit a Taliban hideout in Nawa."),
        ("Residents said shells hit a school in Lviv.",
         "The army said rockets hit a barracks in Kharkiv."),
        ("The army said there were no civilians in the building in Rafah.",
         "The UN said thousands of civilians were in the city of Rafah."),
        ("The UN said the strike hit a prison in Nawa.",
         "The army said the strike hit a village in Nawa."),
    ],
)  # fmt: skip
def test_accounts_that_may_both_be_true_do_not_conflict(
    one: str, other: str, run_accounts: Callable[..., Comparison], tmp_path: Path
) -> None:
    texts = {"a.md": ("2024-03-12", one), "b.md": ("2024-03-12", other)}
    found = run_accounts(tmp_path, texts)
    assert "conflict" not in set(found.judgements["relation"])
