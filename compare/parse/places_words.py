"""Words that decide whether a capitalised word is a place, and which."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _inflected(text: str) -> frozenset[str]:
    """Regular verbs with their forms for he, she, it and for the past."""
    found = set(text.split())
    for verb in text.split():
        soft = verb.endswith("y") and verb[-2] not in "aeiou"
        stem = verb[:-1] + "ie" if soft else verb if verb.endswith("e") else ""
        es = verb + "es" if verb.endswith(("s", "sh", "ch")) else (stem or verb) + "s"
        found |= {es, (stem or verb + "e") + "d"}
    return frozenset(found)


DESCRIPTORS = {
    "province": "admin1",
    "provinces": "admin1",
    "provincial": "admin1",
    "state": "admin1",
    "district": "admin2",
    "districts": "admin2",
    "county": "admin2",
    "city": "city",
    "town": "city",
    "capital": "city",
    "village": "locality",
    "villages": "locality",
    "area": "",
    "areas": "",
    "region": "",
    "valley": "",
    "airport": "",
    "airfield": "",
    "bazaar": "",
    "highway": "",
    "road": "",
    "outskirts": "",
    "suburbs": "",
    "ولایت": "admin1",
    "ولسوالی": "admin2",
    "شهر": "city",
    "شار": "city",
}
"""Nouns beside a name, with the kind of place they say it is, "" where they say none."""

LOCATIVE = _words(
    "in at from near to into around across outside inside towards toward through throughout "
    "beyond via between onto reach reached left leave leaving entered enter visit visited "
    "visiting toured capture captured recapture recaptured retake retook seize seized on "
    "hit hits hitting struck strikes rocked rocks shook shakes shaking jolted jolts shelled bombed "
    "overran attacked attack surrounding fled flee fleeing در به از"
)
"""Words before a place where something happens, or to which it goes."""

NATIVES = _words(
    "man woman boy girl teenager grandmother mother father doctor physician surgeon resident "
    "native student teacher professor farmer lawyer soldier airman marine officer nurse journalist "
    "reporter elder climber tourist citizen refugee lawmaker mp senator congressman congresswoman "
    "member representative deputy politician player singer actor author priest"
)
"""Whoever is one of these `from` a place is at home there; what is told of may be elsewhere."""

BRIDGES = _words(
    "the of southern northern eastern western central southwestern southeastern northeastern "
    "northwestern south north east west southwest southeast northeast northwest downtown "
    "neighbouring neighboring nearby province district city town village capital restive "
    "volatile greater upper lower area areas parts outskirts all both other whole state "
    "county center centre besieged embattled afghan provincial"
)
"""Words that may stand between such a word and the name."""

IN_CAPITALS = frozenset(w for w in LOCATIVE | BRIDGES if len(w) <= 3)
"""Short words that a headline in capitals writes as if they were abbreviations."""

ALLOWED_LEFT = (
    BRIDGES
    | LOCATIVE
    | _words(
        "a an and or but for by as with while when after before since until during meanwhile "
        "however why how what where who which that this these those then now today yesterday "
        "taliban afghan us uk u.s. u.k. un both if so yes no not only also even once although "
        "though because unlike like despite about over under against among within without "
        "president minister embassy consulate ministry mission forces news via per st saint "
        "monday tuesday wednesday thursday friday saturday sunday"
    )
)
"""Capitalised words before a name that do not make it somebody's surname."""

PERSON_LEFT = _words(
    "mr mrs ms miss dr prof gen general col colonel capt captain maj major lt lieutenant sgt "
    "sergeant cmdr commander mullah mawlawi mawlavi maulvi haji hajji qari sayed sayyid "
    "senator sen rep congressman congresswoman judge justice sir lord lady prince princess "
    "mohammad mohammed muhammad ahmad ahmed abdul abdullah ali hassan hussain hussein khalil "
    "rahim karim hamid omar omer tariq tareq jawad zalmay ashraf amrullah assadullah asadullah "
    "azam sher gul najib nasir naser wali yousuf yusuf rahman aziz john james george william "
    "david michael robert richard thomas donald hillary bill joe jack paris scott"
)
"""Titles and given names: the capitalised word after them is a surname."""

SPEAKING = _inflected(
    "deny reject accuse claim allege condemn denounce insist maintain announce declare confirm "
    "acknowledge warn threaten blame urge demand call vow pledge promise respond answer argue "
    "agree refuse want hope believe welcome dismiss summon impose negotiate retaliate reply"
) | _words(
    "say says said tell tells told admit admits admitted expel expels expelled stated backed "
    "protested ordered ruled asked"
)
"""What a government does and a city does not: a capital before it stands for the state."""

BEFORE_SPEAKING = _words(
    "has have had will would also later then again already never not did does was is been to"
)
"""Words between such a capital and its verb: `Kyiv was told`, `Moscow is to blame`."""

RULING = _words("government regime junta")
"""Nouns that make the capital before them, or after their `in`, the name of who rules there."""

PREPOSITIONS = _words("of for by with on as about against over and or")
"""After these a capital is no subject: `residents of Khartoum said`."""

ADDRESSED = _inflected("accuse blame urge warn condemn denounce ask press") | _words(
    "accusing blaming urging warning told"
)
"""Verbs whose object, a capital, stands for the state."""

GIVEN_NAMES = _words(
    "jordan chad georgia israel paris london austin dallas charlotte victoria florence madison "
    "jackson houston lincoln cleveland carson sydney santiago diego lima virginia carolina "
    "washington clinton kent chelsea brooklyn savannah phoenix tyler wayne warren clayton "
    "hamilton nelson wellington stanley salvador francisco lorenzo regina alexandria aurora "
    "jamal farah roma valencia sofia vienna verona milan troy irving arlington marion eugene "
    "gilbert glendale garland spencer holland burton sterling dayton carlisle santa kobe"
)
"""Places that are as often a person: they need a word of place beside them."""

NEED_EVIDENCE = _words(
    "wardak zadran dzadran shinwari shinwar khogyani khugyani andar farsi sherzad daman khoshi "
    "kang bangi zazi jaji tani gilan rashidan mizan maruf maroof charkh bak kot sayad sayyad "
    "argo chora mukhtar gulistan golestan sabri sabari qalandar bolan bulan lash lal chal yawan "
    "saghar tulak jurm nili doshi khash farah musa balkh bala hyderabad sharan khulm safi "
    "mandol naray nikeh nesh dilah daman panjab punjab mazar shahrak"
)
"""Afghan places that are also surnames, common nouns or months."""

NEVER = _words(
    "central center centre union hope western eastern northern southern north south east west "
    "march may male most man of orange enterprise independence "
    "republic capital district federal national sur nord sud est ouest centro the an in is "
    "liberal best much police media post star sun mayo grace rose mission peace progress new "
    "delta crystal moon liberty paradise surprise bell home corona mercy faith justice union "
    "bar ban can ham ray ash sky ark ubi ab day dai ten wan chin tak fes salt para plateau "
    "upper lower river rivers lakes coast savanes hills oriental occidental litoral maritime "
    "highlands islands saint santa san port fort mount lake"
)
"""Names in the gazetteer that are ordinary English words; alone they are never places."""

EVERYDAY = _words("nice reading split bath mobile")
"""Cities whose names are everyday words too: capitals alone do not make them places."""

AFGHAN = ("afghan", "taliban", "افغان", "طالبان")
"""A text with a word that begins so, or a province, may name Afghan districts and towns."""

CALENDAR = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december"
)
GENERIC = _words("air base airbase camp bay city district and")
"""Words inside a name that may be written small."""

KNOWN_STATES = frozenset({"US", "GB", "CA", "AU"})
"""Countries whose first-level divisions the press names without a word of place."""

ANAPHORS = {
    "province": "admin1",
    "district": "admin2",
    "city": "city",
    "town": "city",
    "country": "country",
}
"""`the province` takes up the last place of this kind."""

OUTLETS = _words("news times tv radio post press herald daily tribune gazette")
"""Behind the name of a place, in capitals, they make it the name of a paper or a station."""
WATERS = _words("gulf sea bay strait straits ocean channel lagoon delta")
"""`the Gulf of Aden`, `the South China Sea` and `the Niger Delta` are not Aden, China and Niger."""
