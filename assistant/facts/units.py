"""Units: their names, what they measure, and the factor to the base unit; and the words for numbers."""

CURRENCIES = frozenset({"GBP", "USD", "EUR", "JPY", "INR", "CNY", "CHF"})
CURRENCY_SIGNS = {"£": "GBP", "$": "USD", "€": "EUR", "¥": "JPY", "₹": "INR"}
_UNITS: dict[tuple[str, float], str] = {
    ("%", 1): "%, per cent, percent, pc",
    ("percentage point", 1): "percentage point, percentage points, pp, pps",
    ("GBP", 1): "pound, pounds, pounds sterling, gbp",
    ("USD", 1): "dollar, dollars, us dollars, usd",
    ("EUR", 1): "euro, euros, eur",
    ("JPY", 1): "yen, jpy",
    ("INR", 1): "rupee, rupees, inr",
    ("CNY", 1): "yuan, renminbi, cny, rmb",
    ("CHF", 1): "swiss francs, chf",
    ("USD", 0.01): "cents",
    ("GBP", 0.01): "pence",
    ("month", 12): "year, years, yr, yrs, year-old, years old, years of age",
    ("month", 1): "month, months",
    ("month", 120): "decade, decades",
    ("month", 1200): "century, centuries",
    ("day", 1): "day, days",
    ("day", 7): "week, weeks",
    ("day", 14): "fortnight, fortnights",
    ("minute", 60): "hour, hours, hr, hrs",
    ("minute", 1): "minute, minutes, min, mins",
    ("second", 1): "seconds, sec, secs",
    ("metre", 1000): "km, kilometre, kilometres, kilometer, kilometers",
    ("metre", 1): "metre, metres, meter, meters",
    ("metre", 0.01): "cm, centimetre, centimetres, centimeter, centimeters",
    ("metre", 0.001): "mm, millimetre, millimetres, millimeter, millimeters",
    ("metre", 1609.344): "mile, miles",
    ("metre", 1852): "nautical mile, nautical miles",
    ("metre", 0.3048): "ft, foot, feet",
    ("metre", 0.9144): "yard, yards",
    ("metre", 0.0254): "inch, inches",
    ("gram", 1000): "kg, kgs, kilogram, kilograms, kilo, kilos",
    ("gram", 1e6): "tonne, tonnes",
    ("gram", 1): "g, gram, grams, gramme, grammes",
    ("gram", 0.001): "mg, milligram, milligrams",
    ("gram", 453.592): "lb, lbs",
    ("gram", 28.3495): "oz, ounce, ounces",
    ("gram", 6350.29): "stone",
    ("ton", 1): "ton, tons",
    ("hectare", 1): "hectare, hectares, ha",
    ("hectare", 0.404686): "acre, acres",
    ("hectare", 100): "square kilometre, square kilometres, square kilometer, square kilometers, sq km, km2, km²",
    ("hectare", 258.999): "square mile, square miles, sq mi",
    ("square metre", 1): "square metre, square metres, square meter, square meters, sq m, m2, m²",
    ("square metre", 0.092903): "square foot, square feet, sq ft",
    ("litre", 1): "litre, litres, liter, liters",
    ("litre", 0.001): "ml, millilitre, millilitres, milliliter, milliliters",
    ("km/h", 1): "km/h, kph, kmh, kilometres per hour, kilometres an hour, kilometers per hour",
    ("km/h", 1.609344): "mph, miles per hour, miles an hour",
    ("watt", 1e3): "kw, kilowatt, kilowatts",
    ("watt", 1e6): "mw, megawatt, megawatts",
    ("watt", 1e9): "gw, gigawatt, gigawatts",
    ("times", 1): "times, fold",
}
DURATIONS = frozenset({"month", "day", "minute", "second"})

UNITS = {name: unit for unit, names in _UNITS.items() for name in names.split(", ")}
"""Base unit and factor by name: ``UNITS["years"] == ("month", 12)``."""

DAYS = {"month": 365.25 / 12, "day": 1.0, "minute": 1 / 1440, "second": 1 / 86400}
"""How many days a base unit of time lasts; a month on average."""

_UP_TO_NINETEEN = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL_NUMBERS = {word: value for value, word in enumerate(_UP_TO_NINETEEN)}
SMALL_NUMBERS |= {word: 10 * value for value, word in enumerate(_TENS, 2)}

SCALES = {"hundred": 1e2, "dozen": 12, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7}
SCALES |= {"billion": 1e9, "trillion": 1e12}
SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12}

_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth""".split()
ORDINALS = {word: value for value, word in enumerate(_ORDINALS, 1)} | {"hundredth": 100, "thousandth": 1000}
ORDINALS |= {f"{ten[:-1]}ieth": 10 * value for value, ten in enumerate(_TENS, 2)}
ORDINALS |= {f"{ten}-{_ORDINALS[one]}": 10 * value + one + 1 for value, ten in enumerate(_TENS, 2) for one in range(9)}

MULTIPLES: dict[str, float] = {"doubled": 2, "doubles": 2, "double": 2, "doubling": 2, "twice": 2, "twofold": 2}
MULTIPLES |= dict.fromkeys(["tripled", "triples", "triple", "tripling", "trebled", "treble", "thrice", "threefold"], 3)
MULTIPLES |= dict.fromkeys(["quadrupled", "quadruples", "quadruple", "quadrupling", "fourfold"], 4)
MULTIPLES |= {"quintupled": 5, "fivefold": 5, "sixfold": 6, "sevenfold": 7, "eightfold": 8, "ninefold": 9}
MULTIPLES |= {"tenfold": 10, "hundredfold": 100} | dict.fromkeys(["halved", "halving"], 0.5)

PARTS = {
    "half": 50.0,
    "third": 100 / 3,
    "quarter": 25.0,
    "fourth": 25.0,
    "fifth": 20.0,
    "sixth": 100 / 6,
    "seventh": 100 / 7,
}
PARTS |= {"eighth": 12.5, "tenth": 10.0, "twentieth": 5.0, "hundredth": 1.0}
"""Shares of a whole, in per cent."""

LABELS = frozenset(
    """act annex appendix article box chapter chart class clause figure grade group level line number note option
    order page paragraph part phase plan regulation room route schedule section stage step table tier type unit
    version volume week year day about around over under nearly almost some at by for from in of on than the to with
    and or""".split()
)
"""Words before a number that say what it counts off; after any other capital ("Apollo 11") it is part of the name."""
