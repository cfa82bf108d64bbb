"""A report as JUnit XML, which CI services show: one test case for each claim."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from assistant.gate import FailOn, fails
from assistant.rendering import LABELS, explained
from assistant.types import CheckedClaim, Report, Verdict

_NAME_CHARACTERS = 120  # by judgement: what a list of test cases shows of a name
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0, escaped or not


def render_junit(report: Report, level: FailOn = FailOn.UNSUPPORTED, name: str = "text") -> str:
    """Return ``report`` as JUnit XML. A claim that ``level`` stops is a failure; another one tells why it passes.

    Args:
        report: the checked text.
        level: which verdicts are failures.
        name: what the suite is called: the file that was checked.
    """
    stopped = sum(fails(claim, level) for claim in report.claims)
    counts = {"tests": str(len(report.claims)), "failures": str(stopped), "errors": "0", "skipped": "0"}
    suites = ET.Element("testsuites", {"name": "pincite", **counts})
    suite = ET.SubElement(suites, "testsuite", {"name": _legal(name), **counts})
    _properties(suite, report, level)
    for number, claim in enumerate(report.claims, start=1):
        suite.append(_case(claim, number, level, name))
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _properties(suite: ET.Element, report: Report, level: FailOn) -> None:
    properties = ET.SubElement(suite, "properties")
    told = {"policy": report.policy.value, "checker": report.checker, "fail-on": level.value}
    for key, value in {**told, "nothing-to-check": str(len(report.remarks))}.items():
        ET.SubElement(properties, "property", {"name": key, "value": _legal(value)})


def _case(claim: CheckedClaim, number: int, level: FailOn, name: str) -> ET.Element:
    words = " ".join(claim.text.split())
    shown = words if len(words) <= _NAME_CHARACTERS else words[:_NAME_CHARACTERS].rstrip() + "…"
    case = ET.Element("testcase", {"classname": _legal(name), "name": _legal(f"{number}. {shown}"), "time": "0"})
    details = _legal("\n".join(explained(claim)))
    if fails(claim, level):
        message = _legal(f"{LABELS[claim.verdict]}: {claim.reason}")
        ET.SubElement(case, "failure", {"type": claim.verdict.value, "message": message}).text = details
    elif claim.verdict is not Verdict.SUPPORTED:
        ET.SubElement(case, "system-out").text = details
    return case


def _legal(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)
