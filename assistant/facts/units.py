"""Units: their names, what they measure, and the factor to the base unit of that measure."""

CURRENCIES = frozenset({"GBP", "USD", "EUR", "JPY"})
CURRENCY_SIGNS = {"£": "GBP", "$": "USD", "€": "EUR", "¥": "JPY"}
_UNITS: dict[tuple[str, float], str] = {
    ("%", 1): "%, per cent, percent",
    ("percentage point", 1): "percentage point, percentage points, pp, pps",
    ("GBP", 1): "pound, pounds, pounds sterling, gbp",
    ("USD", 1): "dollar, dollars, us dollars, usd",
    ("EUR", 1): "euro, euros, eur",
    ("USD", 0.01): "cents",
    ("GBP", 0.01): "pence",
    ("month", 12): "year, years, yr, yrs, year-old, years old",
    ("month", 1): "month, months",
    ("month", 120): "decade, decades",
    ("day", 1): "day, days",
    ("day", 7): "week, weeks",
    ("minute", 60): "hour, hours, hr, hrs",
    ("minute", 1): "minute, minutes, mins",
    ("second", 1): "seconds",
    ("metre", 1000): "km, kilometre, kilometres, kilometer, kilometers",
    ("metre", 1): "metre, metres, meter, meters",
    ("mile", 1): "mile, miles",
    ("foot", 1): "ft, foot, feet",
    ("gram", 1000): "kg, kgs, kilogram, kilograms, kilo, kilos",
    ("gram", 1e6): "tonne, tonnes",
    ("gram", 1): "gram, grams",
    ("ton", 1): "ton, tons",
    ("hectare", 1): "hectare, hectares, ha",
    ("acre", 1): "acre, acres",
    ("times", 1): "times, fold",
}
DURATIONS = frozenset({"month", "day", "minute", "second"})

UNITS = {name: unit for unit, names in _UNITS.items() for name in names.split(", ")}
"""Base unit and factor by name: ``UNITS["years"] == ("month", 12)``."""
