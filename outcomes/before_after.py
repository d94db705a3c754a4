"""Before against after: what a screening found at baseline and later, factor by factor and score by score."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from clinic.models import Enrolment, Programme
from clinic.rows import rows_of
from outcomes.instruments.change import Change, Verdict, change
from outcomes.instruments.registry import UnknownInstrumentError, get
from outcomes.models import Assessment
from sessions.models import ScreeningFinding
from sessions.screening.catalogue import Factor, Kind, catalogue
from sessions.screening.comparing import ORDER, Changed, Comparison, compare
from sessions.screening.values import amount, parse
from sessions.screening_record import Known, by_factor, known_of

Occasion = ScreeningFinding.Occasion
LATER = (Occasion.END, Occasion.MONTH_6, Occasion.MONTH_12, Occasion.MONTH_24, Occasion.BETWEEN)
FEWEST = 5  # A smaller cell could point at a person.
WORDS = {
    Changed.NEW: _("Newly appeared"),
    Changed.CHANGED: _("Changed"),
    Changed.GONE: _("Gone"),
    Changed.SAME: _("As before"),
    Changed.IN_WORDS: _("In words"),
    Changed.NOT_KNOWN: _("Not known"),
}
ALIAS = "research"


@dataclass(frozen=True)
class Pair:
    """One factor, before and after. `score` is what the instrument says of the change, where it says anything."""

    factor: Factor
    before: Known
    after: Known
    comparison: Comparison
    score: Change | None

    @property
    def worse(self) -> bool:
        """Whether a person should look: newly appeared, risen, or worse by more than noise."""
        return self.comparison.worse or (self.score is not None and is_worse(self.score))

    @property
    def word(self) -> str:
        """The change in words."""
        return str(WORDS[self.comparison.changed])


@dataclass(frozen=True)
class Scored:
    """The first and the latest sitting with one instrument."""

    title: str
    first: Assessment
    last: Assessment
    change: Change

    @property
    def worse(self) -> bool:
        """Worse by more than noise."""
        return is_worse(self.change)


def is_worse(found: Change) -> bool:
    """Worse, and by a published limit."""
    return found.better is False and found.verdict in (Verdict.RELIABLE, Verdict.MEANINGFUL)


def worse_of(pairs: Iterable[Pair], scores: Iterable[Scored]) -> list[Pair | Scored]:
    """What a person should look at."""
    every: list[Pair | Scored] = [*pairs, *scores]
    return [one for one in every if one.worse]


def pairs_of(enrolment: Enrolment) -> list[Pair]:
    """Every factor that was found at baseline and again later; what newly appeared first. One query."""
    every = known_of(enrolment, ScreeningFinding.objects.in_force())
    slips = corrected(one.row for one in every)
    standing = [one for one in every if one.row.pk not in slips]
    pairs = [
        pair(rows[0].factor, rows) for rows in by_factor(standing).values() if rows[0].factor is not None
    ]
    found = [one for one in pairs if one is not None]
    return sorted(found, key=lambda one: (not one.worse, ORDER.index(one.comparison.changed)))


def corrected(rows: Iterable[ScreeningFinding]) -> set[UUID | None]:
    """What was corrected at its own occasion: a slip, and no state of affairs to compare with."""
    by_id = {row.pk: row for row in rows}
    return {
        row.replaces_id
        for row in by_id.values()
        if row.replaces_id in by_id and by_id[row.replaces_id].occasion == row.occasion
    }


def pair(factor: Factor, rows: Sequence[Known]) -> Pair | None:
    """The newest of baseline against the newest of later; the rows come newest first."""
    before = next((one for one in rows if one.row.occasion == Occasion.BASELINE), None)
    after = next((one for one in rows if one.row.occasion in LATER), None)
    if before is None or after is None:
        return None
    found = compare(factor, before.row.value, after.row.value)
    return Pair(factor, before, after, found, score_of(factor, before, after, found))


def score_of(factor: Factor, before: Known, after: Known, found: Comparison) -> Change | None:
    """What the score's own instrument says; None where it is no score or not registered."""
    if factor.kind is not Kind.SCORE or found.points is None:
        return None
    kept = parse(factor, after.row.value)
    try:
        instrument = get(str(kept["instrument"]) if isinstance(kept, dict) else "")
    except UnknownInstrumentError:
        return None
    return change(instrument, amount(factor, before.row.value), amount(factor, after.row.value))


def scores_of(rows: Iterable[Assessment]) -> list[Scored]:
    """First against latest sitting of each instrument; the rows come oldest first."""
    by_key: dict[tuple[str, str], list[Assessment]] = {}
    for row in rows:
        by_key.setdefault((row.instrument, row.version), []).append(row)
    return [scored(*key, rows) for key, rows in sorted(by_key.items()) if len(rows) > 1]


def scored(key: str, version: str, rows: Sequence[Assessment]) -> Scored:
    instrument = get(key, version)
    first, last = rows[0], rows[-1]
    assert first.score is not None and last.score is not None  # noqa: S101 - the query leaves the others out
    return Scored(str(instrument.short), first, last, change(instrument, first.score, last.score))


@dataclass(frozen=True)
class Counted:
    """How many people of a programme changed in one factor; None for a cell that is too small to show."""

    factor: Factor
    cells: tuple[int | None, ...]


COUNTED = (Changed.NEW, Changed.CHANGED, Changed.GONE, Changed.SAME)


def counts_of(programme: Programme) -> list[Counted]:
    """Changes by factor over the research login, which has no name and no words. Small cells are hidden."""
    with rows_of([programme.site_id], using=ALIAS):
        rows = list(
            ScreeningFinding.objects.using(ALIAS)
            .in_force()
            .filter(enrolment__programme=programme.pk, occasion__in=(Occasion.BASELINE, *LATER))
            .order_by("occurred_at", "id")
            .values_list("enrolment_id", "factor", "occasion", "value")
        )
    found = newest(rows)
    return [row for key, factor in catalogue().factors.items() if (row := count(factor, found.get(key, [])))]


def newest(rows: Iterable[tuple[UUID, str, str, object]]) -> dict[str, list[tuple[object, object]]]:
    """By factor, the newest value before and after of each person who has both; the rows come oldest first."""
    before: dict[tuple[str, UUID], object] = {}
    after: dict[tuple[str, UUID], object] = {}
    for person, factor, occasion, value in rows:
        (before if occasion == Occasion.BASELINE else after)[factor, person] = value
    found: dict[str, list[tuple[object, object]]] = {}
    for place, value in before.items():
        if place in after:
            found.setdefault(place[0], []).append((value, after[place]))
    return found


def count(factor: Factor, pairs: Sequence[tuple[object, object]]) -> Counted | None:
    """The cells of one factor; None where nobody has both."""
    if not pairs or factor.kind is Kind.TEXT:
        return None
    found = Counter(compare(factor, *one).changed for one in pairs)
    return Counted(factor, tuple(found[one] if found[one] >= FEWEST else None for one in COUNTED))
