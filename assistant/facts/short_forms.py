"""Short and long forms of names: countries and their people, well-known bodies, offices, acronyms, titles that drop."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from index import stem

# One entry for each country or region: its names, then its people; written alike they are one and the same.
_PLACES = """
Afghanistan, Afghan; Albania, Albanian; Algeria, Algerian; Andorra, Andorran; Angola, Angolan; Argentina, Argentine,
Argentinian; Armenia, Armenian; Australia, Australian; Austria, Austrian; Azerbaijan, Azerbaijani, Azeri; Bahamas,
Bahamian; Bahrain, Bahraini; Bangladesh, Bangladeshi; Barbados, Barbadian; Belarus, Belarusian; Belgium, Belgian;
Belize, Belizean; Benin, Beninese; Bhutan, Bhutanese; Bolivia, Bolivian; Bosnia and Herzegovina, Bosnia, Bosnian;
Botswana, Botswanan; Brazil, Brazilian; Brunei, Bruneian; Bulgaria, Bulgarian; Burkina Faso, Burkinabe; Burundi,
Burundian; Cambodia, Cambodian; Cameroon, Cameroonian; Canada, Canadian; Cape Verde, Cape Verdean; Central African
Republic, CAR; Chad, Chadian; Chile, Chilean; China, Chinese, People's Republic of China, PRC; Colombia, Colombian;
Comoros, Comorian; Democratic Republic of the Congo, DRC, DR Congo; Congo, Congolese; Costa Rica, Costa Rican; Croatia,
Croatian, Croat; Cuba, Cuban; Cyprus, Cypriot; Czech Republic, Czechia, Czech; Denmark, Danish, Dane; Djibouti,
Djiboutian; Dominica; Dominican Republic; East Timor, Timor-Leste, Timorese; Ecuador, Ecuadorian; Egypt, Egyptian; El
Salvador, Salvadoran; Equatorial Guinea; Eritrea, Eritrean; Estonia, Estonian; Eswatini, Swaziland, Swazi; Ethiopia,
Ethiopian; Fiji, Fijian; Finland, Finnish, Finn; France, French, Frenchman, Frenchmen, Frenchwoman; Gabon, Gabonese;
Gambia, Gambian; Germany, German; Ghana, Ghanaian; Greece, Greek; Greenland, Greenlandic; Grenada, Grenadian; Guatemala,
Guatemalan; Guinea, Guinean; Guinea-Bissau; Guyana, Guyanese; Haiti, Haitian; Honduras, Honduran; Hong Kong, Hongkonger;
Hungary, Hungarian; Iceland, Icelandic, Icelander; India, Indian; Indonesia, Indonesian; Iran, Iranian; Iraq, Iraqi;
Ireland, Irish, Republic of Ireland, Irishman; Israel, Israeli; Italy, Italian; Ivory Coast, Côte d'Ivoire, Ivorian;
Jamaica, Jamaican; Japan, Japanese; Jordan, Jordanian; Kazakhstan, Kazakh, Kazakhstani; Kenya, Kenyan; Kiribati; North
Korea, North Korean, DPRK; South Korea, South Korean, Republic of Korea; Korea, Korean; Kosovo, Kosovan, Kosovar;
Kuwait, Kuwaiti; Kyrgyzstan, Kyrgyz; Laos, Laotian, Lao; Latvia, Latvian; Lebanon, Lebanese; Lesotho, Basotho; Liberia,
Liberian; Libya, Libyan; Liechtenstein; Lithuania, Lithuanian; Luxembourg, Luxembourgish, Luxembourger; Madagascar,
Malagasy; Malawi, Malawian; Malaysia, Malaysian; Maldives, Maldivian; Mali, Malian; Malta, Maltese; Marshall Islands,
Marshallese; Mauritania, Mauritanian; Mauritius, Mauritian; Mexico, Mexican; Micronesia, Micronesian; Moldova, Moldovan;
Monaco, Monegasque; Mongolia, Mongolian; Montenegro, Montenegrin; Morocco, Moroccan; Mozambique, Mozambican; Myanmar,
Burma, Burmese; Namibia, Namibian; Nauru, Nauruan; Nepal, Nepali, Nepalese; Netherlands, Dutch, Holland, Dutchman; New
Zealand, New Zealander; Nicaragua, Nicaraguan; Niger, Nigerien; Nigeria, Nigerian; North Macedonia, Macedonia,
Macedonian, North Macedonian; Norway, Norwegian; Oman, Omani; Pakistan, Pakistani; Palau, Palauan; Palestine,
Palestinian; Panama, Panamanian; Papua New Guinea, Papua New Guinean; Paraguay, Paraguayan; Peru, Peruvian; Philippines,
Filipino, Philippine; Poland, Polish, Pole; Portugal, Portuguese; Qatar, Qatari; Romania, Romanian; Russia, Russian,
Russian Federation; Rwanda, Rwandan; Samoa, Samoan; San Marino; Saudi Arabia, Saudi, Saudi Arabian; Senegal, Senegalese;
Serbia, Serbian, Serb; Seychelles; Sierra Leone, Sierra Leonean; Singapore, Singaporean; Slovakia, Slovak, Slovakian;
Slovenia, Slovenian, Slovene; Solomon Islands; Somalia, Somali; South Africa, South African; South Sudan, South
Sudanese; Soviet Union, Soviet, USSR; Spain, Spanish, Spaniard; Sri Lanka, Sri Lankan; Sudan, Sudanese; Suriname,
Surinamese; Sweden, Swedish, Swede; Switzerland, Swiss; Syria, Syrian; Taiwan, Taiwanese; Tajikistan, Tajik; Tanzania,
Tanzanian; Thailand, Thai; Togo, Togolese; Tonga, Tongan; Trinidad and Tobago, Trinidad, Trinidadian; Tunisia, Tunisian;
Turkey, Türkiye, Turkish, Turk; Turkmenistan, Turkmen; Tuvalu; Uganda, Ugandan; Ukraine, Ukrainian; United Arab
Emirates, UAE, Emirati; United Kingdom, UK, Britain, Great Britain, British, Briton, Brit; United States, United States
of America, USA, US, America, American, the States; Uruguay, Uruguayan; Uzbekistan, Uzbek; Vanuatu; Vatican, Holy See;
Venezuela, Venezuelan; Vietnam, Vietnamese; Yemen, Yemeni; Yugoslavia, Yugoslav, Yugoslavian; Zambia, Zambian; Zimbabwe,
Zimbabwean; England, English, Englishman; Scotland, Scottish, Scot, Scots; Wales, Welsh, Welshman; Northern Ireland,
Northern Irish; Europe, European; Africa, African; Asia, Asian; Western Balkans, Western Balkan; Catalonia, Catalan
"""
_BODIES = """
European Union, EU; United Nations, UN; North Atlantic Treaty Organization, NATO, North Atlantic Treaty Organisation;
World Health Organization, WHO, World Health Organisation; International Monetary Fund, IMF; National Health Service,
NHS; National Crime Agency, NCA; Frontex; House of Commons, the Commons; House of Lords, the Lords; Covid, Covid-19,
COVID-19, coronavirus
"""
_OFFICES = """
Prime Minister, PM, Premier; Member of Parliament, MP; Vice President, VP, Vice-President; Chief Executive, CEO, Chief
Executive Officer; Deputy Prime Minister; President; Chancellor; Foreign Secretary; Foreign Minister; Home Secretary;
Defence Secretary; Defence Minister; Interior Minister; Justice Minister; Finance Minister; Health Secretary; Health
Minister; Chairman, Chair, Chairwoman, Chairperson; Ambassador; King; Queen; Pope; Mayor; Governor; Minister; Secretary
of State; Secretary; General Secretary; Director; Commissioner; Senator; Prince; Princess; Emperor; Archbishop; Bishop;
Judge; Speaker; Professor; Director General
"""
_HONORIFICS = frozenset(
    """mr mrs ms miss mx dr sir dame lord lady rt hon honourable right rev revd reverend his her their excellency
    majesty royal highness prof saint st jr sr esq cbe obe mbe""".split()
)
_SMALL = frozenset("of the and for in on to a an &".split())
_DEMONYM_ENDINGS = frozenset("s n ns an ian ese ish ic i er ist ism ity ans ians ers isation es".split())
_LONGEST_FORM = 5  # words of the longest form of the tables


@lru_cache(maxsize=100_000)
def plain(word: str) -> str:
    """Return a word of a name in the form in which names are compared: lower case, no accents, dots or possessive."""
    lowered = unicodedata.normalize("NFKD", word.lower()).replace("’", "'").replace(".", "")
    return "".join(c for c in lowered if not unicodedata.combining(c)).removesuffix("'s").rstrip("'")


def is_honorific(word: str) -> bool:
    """Return whether ``word`` is a title that a name is the same name without."""
    return plain(word) in _HONORIFICS


def sort_of(identity: str) -> str:
    """Return "place", "body" or "office" for what the tables list, "" for anything else."""
    return identity.partition(":")[0] if ":" in identity else ""


def known_form(listed: Sequence[str]) -> tuple[int, str] | None:
    """Return how many of the leading words make a listed form, and the identity of what it names; else None.

    Every form is listed with its capital: "US" is a country and "us" is not, "Polish" a people and "polish" is not.
    """
    if not listed or plain(listed[0]) not in _first_words():
        return None
    for length in range(min(_LONGEST_FORM, len(listed)), 0, -1):
        key = " ".join(plain(word) for word in listed[:length])
        identity = _forms().get(key)
        if identity and _is_capitalised(listed[:length], key):
            return length, identity
    return None


def spells(acronym: str, listed: Sequence[str]) -> tuple[int, int] | None:
    """Return the range of ``listed`` whose initials spell ``acronym``, small words counted or left out; else None."""
    letters = "".join(c for c in plain(acronym) if c.isalnum())
    initials = [plain(word)[:1] for word in listed]
    for start in range(len(listed)):
        end = _spelt_to(letters, initials, listed, start)
        if end:
            return start, end
    return None


def is_acronym(word: str) -> bool:
    """Return whether ``word`` is written like an acronym: "JMTF", "U.N.", "MoD"."""
    letters = word.removesuffix("'s").removesuffix("’s").replace(".", "")
    return 2 <= len(letters) <= 7 and letters.isalnum() and sum(c.isupper() for c in letters) > len(letters) / 2


def is_near_form(one: str, other: str) -> bool:
    """Return whether two words of names are forms of one word: "Texas" and "Texans", "Islam" and "Islamic"."""
    short, long = sorted((plain(one), plain(other)), key=len)
    if stem(short) == stem(long):
        return True
    return any(
        len(root) >= 4 and long.startswith(root) and long[len(root) :] in _DEMONYM_ENDINGS
        for root in (short, short[:-1])
        if root == short or short[-1:] in "aeosy"
    )


def _is_capitalised(listed: Sequence[str], key: str) -> bool:
    if key in ("us", "who", "car", "un", "pm", "eu", "mp", "vp"):
        return listed[0].replace(".", "").isupper()
    return all(word[:1].isupper() for word in listed if word not in _SMALL) or sort_of(_forms()[key]) == "office"


def _spelt_to(letters: str, initials: Sequence[str], listed: Sequence[str], start: int) -> int:
    """Where the words end that spell ``letters`` from ``start`` on; 0 where they do not."""
    position, taken = start, 0
    while position < len(initials) and taken < len(letters):
        if initials[position] == letters[taken]:
            taken += 1
        elif listed[position] not in _SMALL or position == start:
            return 0
        position += 1
    return position if taken == len(letters) else 0


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    """Every listed form, in lower case, with the identity of what it names."""
    tables = (("place", _PLACES), ("body", _BODIES), ("office", _OFFICES))
    return {form: f"{sort}:{name}" for sort, table in tables for name, form in _listed(table)}


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    return frozenset(form.partition(" ")[0] for form in _forms())


def _listed(table: str) -> Iterator[tuple[str, str]]:
    """Pairs of a name and one of its forms; the plural of a form ("Albanians") is a form too."""
    for entry in " ".join(table.split()).split(";"):
        forms = [" ".join(plain(word) for word in re.split(r"[ -]", form.strip())) for form in entry.split(",")]
        for form in forms:
            yield forms[0], form
            yield forms[0], f"{form}s"
