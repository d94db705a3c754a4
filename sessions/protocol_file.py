"""Reads a protocol: a TOML file, checked word by word. The schema stands in protocols/README.md."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from clinic.refusals import refuse
from clinic.sections import Section, choice, text, texts
from sessions.gate_conditions import KINDS
from sessions.protocol import (
    Alert,
    CheckIns,
    Condition,
    Discharge,
    Dose,
    Effects,
    Gate,
    Mark,
    Protocol,
    Report,
    Screening,
    Staffing,
    Threshold,
    Visit,
    VitalsClock,
    Window,
)
from sessions.protocol_values import amount, minutes, roles, whole, yes_or_no

FOLDER = Path(__file__).resolve().parent / "protocols"
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
VISIT_KINDS = ("screening", "preparation", "dosing", "integration", "follow-up")
TOP = (
    "key", "title", "edition", "substance", "summary", "sources", "thresholds", "visits", "doses",
    "supplemental_window", "vitals_clock", "staffing", "screening", "gate", "effects", "discharge", "check_ins",
    "alerts", "reports",
)  # fmt: skip
SOURCED = ("source", "mark")


def shipped() -> dict[str, bytes]:
    """The protocol files that come with the software, by name."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.toml"))}


def load(content: bytes, *, file: str) -> Protocol:
    """The protocol in a TOML file. Raises RefusedError, which names the file, the key and the reason."""
    top = Section(file, "", tables(content, file))
    top.only(*TOP)
    made = Reader(top).protocol()
    check(top, made)
    return made


def tables(content: bytes, file: str) -> dict[str, Any]:
    """The file's tables, numbers with a point as Decimal. Raises RefusedError."""
    try:
        return tomllib.loads(content.decode("utf-8"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise refuse(file, "the protocol is not UTF-8 text") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise refuse(file, f"the protocol is not TOML: {error}") from error


class Reader:
    """Turns the tables of one file into the protocol."""

    def __init__(self, top: Section):
        self.top = top
        self.sources = {name: text(value) for name, value in top.section("sources").table.items()}

    def protocol(self) -> Protocol:
        """The whole of it."""
        top = self.top
        key = top.take("key", text)
        top.key_like("key", key, KEY)
        return Protocol(
            key=key,
            **{name: top.take(name, text) for name in ("title", "edition", "substance", "summary")},
            thresholds={one.key: one for one in self.thresholds()},
            visits=tuple(self.visit(part) for part in top.sections("visits")),
            doses=tuple(self.dose(part) for part in top.sections("doses")),
            supplemental_window=self.window(),
            vitals_clock=self.clock(),
            staffing=self.staffing(),
            screening=self.screening(),
            gate=self.gate(),
            effects=self.effects(),
            discharge=self.discharge(),
            check_ins=self.check_ins(),
            alerts=tuple(self.alert(part) for part in self.some("alerts")),
            reports=tuple(self.report(part) for part in self.some("reports")),
        )

    def some(self, key: str) -> list[Section]:
        """The tables of an array that may be missing."""
        return self.top.sections(key) if key in self.top.table else []

    def sourced(self, part: Section) -> dict[str, Any]:
        """Where a table comes from: `source` names one of the file's sources."""
        return {
            "source": self.sources[part.take("source", choice(*self.sources))],
            "mark": Mark(part.take("mark", choice(*(mark.value for mark in Mark)))),
        }

    def part(self, name: str, *keys: str) -> Section:
        """One table of the file with just these keys."""
        return self.top.section(name, *keys, *SOURCED)

    def thresholds(self) -> list[Threshold]:
        """Limits by name."""
        every = self.top.section("thresholds")
        return [self.threshold(every, key) for key in every.table]

    def threshold(self, every: Section, key: str) -> Threshold:
        every.key_like(key, key, KEY)
        part = every.section(key, "value", "unit", "why", *SOURCED)
        return Threshold(
            key=key,
            value=part.take("value", amount),
            unit=part.take("unit", text),
            why=part.take("why", text),
            **self.sourced(part),
        )

    def visit(self, part: Section) -> Visit:
        days, names = ("offset_days", "before_days", "after_days"), ("key", "title", "anchor")
        part.only(*names, *days, "kind", "minutes", "instruments", "staff", *SOURCED)
        part.key_like("key", part.take("key", text), KEY)
        return Visit(
            **{name: part.take(name, text) for name in names},
            kind=part.take("kind", choice(*VISIT_KINDS)),
            **{name: part.take(name, whole(0, 3_650)) for name in days},
            minutes=part.take("minutes", whole(1, 1_440)),
            instruments=tuple(part.take("instruments", texts, [])),
            staff=part.take("staff", roles),
            **self.sourced(part),
        )

    def dose(self, part: Section) -> Dose:
        amounts = ("initial_mg", "supplemental_mg", "total_mg")
        part.only("visit", *amounts, *SOURCED)
        return Dose(
            visit=part.take("visit", text),
            **{name: part.take(name, amount) for name in amounts},
            **self.sourced(part),
        )

    def window(self) -> Window:
        part = self.part("supplemental_window", "from_minutes", "to_minutes")
        names = ("from_minutes", "to_minutes")
        return Window(**{name: part.take(name, whole(0, 1_440)) for name in names}, **self.sourced(part))

    def clock(self) -> VitalsClock:
        part = self.part("vitals_clock", "before_dose_minutes", "after_dose_minutes", "late_after_minutes")
        return VitalsClock(
            before_dose_minutes=part.take("before_dose_minutes", whole(1, 1_440)),
            after_dose_minutes=part.take("after_dose_minutes", minutes),
            late_after_minutes=part.take("late_after_minutes", whole(1, 240)),
            **self.sourced(part),
        )

    def staffing(self) -> Staffing:
        part = self.part("staffing", "people", "parts", "registration")
        return Staffing(
            people=part.take("people", whole(1, 10)),
            parts=tuple(part.take("parts", texts)),
            registration=part.take("registration", yes_or_no),
            **self.sourced(part),
        )

    def screening(self) -> Screening:
        part = self.part("screening", "setting", "deciders", "overriders", "not_known_blocks", "required")
        required = part.section("required", optional=True)
        for factor in required.table:
            required.key_like(factor, factor, KEY)
        return Screening(
            setting=part.take("setting", choice("clinic", "trial")),
            deciders=part.take("deciders", roles),
            overriders=part.take("overriders", roles),
            not_known_blocks=part.take("not_known_blocks", yes_or_no),
            required={factor: required.take(factor, whole(1, 3_650)) for factor in required.table},
            **self.sourced(part),
        )

    def gate(self) -> Gate:
        part = self.part("gate", "authorisers", "override", "conditions")
        conditions = part.take("conditions", lambda value: value)
        if not isinstance(conditions, list) or not all(isinstance(one, dict) for one in conditions):
            raise part.wrong("conditions", "must be [[gate.conditions]]")
        return Gate(
            authorisers=part.take("authorisers", roles),
            override=part.take("override", yes_or_no),
            conditions=tuple(
                self.condition(Section(part.file, f"gate.conditions[{number}]", one))
                for number, one in enumerate(conditions, start=1)
            ),
            **self.sourced(part),
        )

    def condition(self, part: Section) -> Condition:
        """One condition: what its kind needs is asked for, and nothing else is allowed."""
        kind = KINDS[part.take("kind", choice(*KINDS))]
        part.only("key", "title", "kind", "solve", *SOURCED, *kind.needs, *kind.may_have)
        part.key_like("key", part.take("key", text), KEY)
        facts = {name: part.take(name, parse) for name, parse in kind.needs.items()}
        facts |= {name: part.take(name, parse) for name, parse in kind.may_have.items() if name in part.table}
        return Condition(
            **{name: part.take(name, text) for name in ("key", "title", "kind", "solve")},
            facts=facts,
            **self.sourced(part),
        )

    def effects(self) -> Effects:
        part = self.part("effects", "list", "at_minutes")
        return Effects(
            names=tuple(part.take("list", texts)),
            at_minutes=part.take("at_minutes", minutes),
            **self.sourced(part),
        )

    def discharge(self) -> Discharge:
        part = self.part("discharge", "least_minutes", "criteria", "agree")
        return Discharge(
            least_minutes=part.take("least_minutes", whole(0, 1_440)),
            criteria=tuple(part.take("criteria", texts)),
            agree=tuple(part.take("agree", texts)),
            **self.sourced(part),
        )

    def check_ins(self) -> CheckIns:
        part = self.part("check_ins", "days", "calls")
        return CheckIns(
            days=part.take("days", minutes), calls=part.take("calls", minutes), **self.sourced(part)
        )

    def alert(self, part: Section) -> Alert:
        part.only("key", "when", "level", "hours", *SOURCED)
        return Alert(
            **{name: part.take(name, text) for name in ("key", "when")},
            level=part.take("level", choice("red", "amber", "yellow")),
            hours=part.take("hours", whole(0, 720)),
            **self.sourced(part),
        )

    def report(self, part: Section) -> Report:
        part.only("key", "title", "days", *SOURCED)
        return Report(
            **{name: part.take(name, text) for name in ("key", "title")},
            days=part.take("days", whole(0, 366)),
            **self.sourced(part),
        )


def check(top: Section, made: Protocol) -> None:
    """What no single key can be wrong about. Raises RefusedError."""
    check_visits(top, made)
    window = made.supplemental_window
    if window.to_minutes <= window.from_minutes:
        raise top.section("supplemental_window").wrong("to_minutes", "must lie after from_minutes")
    for condition in made.gate.conditions:
        for name, value in condition.facts.items():
            if name.endswith("_at_most") and value not in made.thresholds:
                raise top.wrong(f"gate.{condition.key}.{name}", f"there is no threshold {value!r}")
    once(top, "gate.conditions", [one.key for one in made.gate.conditions])


def check_visits(top: Section, made: Protocol) -> None:
    """Visits come once each, and hang on a visit that stands before them."""
    once(top, "visits", [visit.key for visit in made.visits])
    known = {"enrolment"}
    for visit in made.visits:
        if visit.anchor not in known:
            raise top.wrong(
                f"visits.{visit.key}.anchor", f"{visit.anchor!r} is no visit that stands before it"
            )
        known.add(visit.key)
    dosing = {visit.key for visit in made.visits if visit.kind == "dosing"}
    for dose in made.doses:
        if dose.visit not in dosing:
            raise top.wrong("doses.visit", f"there is no dosing visit {dose.visit!r}")
        if dose.total_mg < dose.initial_mg:
            raise top.wrong(f"doses.{dose.visit}.total_mg", "is less than the first dose")


def once(top: Section, where: str, keys: list[str]) -> None:
    """Each key stands once."""
    for key in keys:
        if keys.count(key) > 1:
            raise top.wrong(where, f"{key!r} stands there twice")
