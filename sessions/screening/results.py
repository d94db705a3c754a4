"""What the rules say: one result each, complete enough to be frozen with a decision."""

from collections.abc import Iterable
from dataclasses import dataclass

from sessions.protocol import Mark, Threshold
from sessions.screening.verdicts import STRICTNESS, Basis, Verdict, sources

MEDICINES = "medicines"


@dataclass(frozen=True)
class Result:
    """One result. `rests_on` holds the ids of findings and medicines, `factors` the factors it is about.

    `rule` is "rule.KEY", "finding.FACTOR" for what is not known, "medicine.CLASS", "washout.CLASS" or "medicine.unknown".
    `threshold` names the limits that decided, "" for none, and `threshold_text` is how they are printed.
    """

    rule: str
    verdict: Verdict
    sentence: str
    rests_on: tuple[str, ...]
    source: str
    mark: str
    threshold: str = ""
    threshold_text: str = ""
    factors: tuple[str, ...] = ()


def result(
    rule: str,
    verdict: Verdict,
    sentence: str,
    basis: Basis,
    *,
    rests_on: Iterable[str] = (),
    thresholds: Iterable[Threshold] = (),
    factors: Iterable[str] = (),
) -> Result:
    """A result with its source, mark and limits spelt out."""
    named = tuple(thresholds)
    return Result(
        rule=rule,
        verdict=verdict,
        sentence=sentence,
        rests_on=tuple(rests_on),
        source=basis.source,
        mark=str(basis.mark),
        threshold=", ".join(one.key for one in named),
        threshold_text="; ".join(f"{one} ({one.mark}: {one.source})" for one in named),
        factors=tuple(factors),
    )


def not_known(
    rule: str, sentence: str, *, rests_on: Iterable[str] = (), factors: Iterable[str] = ()
) -> Result:
    """What is not known, which is a result of its own."""
    basis = Basis(sources()["prop"], Mark.PROPOSED)
    return result(rule, Verdict.NOT_KNOWN, sentence, basis, rests_on=rests_on, factors=factors)


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """As a page shows them: not known first, then the strictest, then by rule."""
    order = list(Verdict)
    return tuple(sorted(results, key=lambda one: (order.index(one.verdict), one.rule, one.rests_on)))


def strictest(results: Iterable[Result]) -> Verdict:
    """The strictest verdict; without any result nothing is known. An exclusion stays one whatever else is open."""
    return min((one.verdict for one in results), key=STRICTNESS.index, default=Verdict.NOT_KNOWN)
