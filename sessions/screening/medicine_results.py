"""What the medicine list says: one result for each class a medicine falls under, and one for each unknown name.

No sentence tells anyone to end or change a medicine: it says what the rule is, and that the prescriber decides.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from sessions.protocol import Threshold
from sessions.screening.matching import match
from sessions.screening.results import MEDICINES, Result, not_known, result
from sessions.screening.verdicts import Verdict
from sessions.screening.washouts import Entry, Medicine, washout_calendar

PRESCRIBER = "Any change to it is the prescriber's decision."


def medicine_results(
    medicines: Iterable[Medicine],
    thresholds: Mapping[str, Threshold],
    dosing_on: dt.date | None,
    substance: str,
) -> Iterator[Result]:
    """Every result of the medicine list."""
    every = list(medicines)
    for one in every:
        yield from unknown_names(one)
    for entry in washout_calendar(
        medicines=every, thresholds=thresholds, dosing_on=dosing_on, substance=substance
    ):
        yield class_result(entry)
        if open_washout(entry):
            yield not_known(
                f"washout.{entry.rule.key}",
                f"{called(entry)}: {entry.reason}. {PRESCRIBER}",
                rests_on=[entry.medicine.id],
                factors=[MEDICINES],
            )


def unknown_names(medicine: Medicine) -> Iterator[Result]:
    """An unknown name is asked about; a near one is offered, never taken."""
    found = match(medicine.name)
    for name in found.unknown:
        near = f" Is it {' or '.join(found.suggestions)}?" if found.suggestions else ""
        sentence = (
            f"“{name}”: unknown, ask. It is not in the table of medicines, which says nothing about it.{near}"
        )
        yield not_known("medicine.unknown", sentence, rests_on=[medicine.id], factors=[MEDICINES])


def class_result(entry: Entry) -> Result:
    """The class's rule over one medicine."""
    limits = [entry.wait.threshold] if entry.wait.threshold else []
    return result(
        f"medicine.{entry.rule.key}",
        verdict_of(entry),
        " ".join(sentences(entry)),
        entry.rule.basis,
        rests_on=[entry.medicine.id],
        thresholds=limits,
        factors=[MEDICINES],
    )


def verdict_of(entry: Entry) -> Verdict:
    """The class's action, and what a met wait and a signature make of it.

    A signature never lifts an exclusion whose wait is known and not met; that takes an override of the decision.
    """
    action, signed = entry.rule.action, entry.medicine.cleared
    if entry.met:
        return Verdict.CLEAR if signed or action is Verdict.CAUTION else Verdict.SIGN_OFF
    if not signed:
        return action
    if action is Verdict.EXCLUDE and not (entry.medicine.stopped and entry.ends_on is None):
        return action
    return Verdict.CAUTION


def open_washout(entry: Entry) -> bool:
    """Whether a wait is part of the rule, an end is planned or past, and no date can be computed or was signed for."""
    ending = entry.medicine.stopped or entry.medicine.planned_stop_on is not None
    return entry.wait.named and ending and entry.ends_on is None and not entry.medicine.cleared


def called(entry: Entry) -> str:
    """The name as written, and what it is where that differs."""
    known = entry.substance.name if entry.substance else entry.rule.label
    written = entry.medicine.name.strip()
    return written if written.casefold() == known.casefold() else f"{written} ({known})"


def sentences(entry: Entry) -> Iterator[str]:
    """Why, the wait, the signature, the window after a dose, and whose decision a change is."""
    yield f"{called(entry)}, {entry.rule.label}: {entry.rule.sentence}"
    yield from wait_sentences(entry)
    if entry.after_dose_until:
        yield f"After the dose it matters until {entry.after_dose_until.isoformat()}."
    yield (
        "It is signed that it may stand."
        if entry.medicine.cleared
        else "No signature says that it may stand."
    )
    yield PRESCRIBER


def wait_sentences(entry: Entry) -> Iterator[str]:
    if not entry.wait.named:
        return
    if entry.ends_on is None or entry.wait.days is None:
        yield f"No date is computed: {entry.reason}."
        return
    half_life = f", from a {entry.wait.half_life}" if entry.wait.half_life else ""
    plan = ", by the prescriber's plan" if entry.planned else ""
    yield f"The wait is {entry.wait.days} days{half_life}; its first day over is {entry.ends_on.isoformat()}{plan}."
    if entry.dosing_on is None:
        yield "No dosing day is set."
    else:
        yield f"The dosing day is {entry.dosing_on.isoformat()}: the wait is {'' if entry.met else 'not '}met."
