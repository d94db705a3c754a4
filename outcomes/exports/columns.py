"""The columns of the long master, by profile: what each is, for the query, the codebook and the manifest."""

from dataclasses import dataclass
from enum import StrEnum


class Profile(StrEnum):
    """What may leave. `limited` holds codes and dates; `safe-harbor` neither."""

    LIMITED = "limited"
    SAFE_HARBOR = "safe-harbor"


@dataclass(frozen=True)
class Column:
    """One column of the master."""

    name: str
    type: str
    label: str


PARTICIPANT = Column("participant", "code", "Participant's code in the record")
EXPORT_ID = Column("participant", "code", "Random id of the participant, made for this programme's exports")
SITE = Column("site", "code", "Clinic that holds the record")
VISIT = Column("visit", "code", "Key of the visit; entry: lasting characteristics; empty: none")
OCCASION = Column("occasion", "integer", "Number of the sitting with this instrument at this visit, from 1")
DATE = Column(
    "occurred_on", "date", "Day of the sitting in the clinic's time zone; empty: the source gives none"
)
DAY = Column("study_day", "integer", "Days from enrolment to the sitting; empty: not known")
INSTRUMENT = Column("instrument", "code", "Key of the instrument")
VERSION = Column("version", "code", "Version of the instrument; imported: as the source has it")
MODE = Column("mode", "code", "How the answers came: self, staff, rater, import")
ITEM = Column("item", "code", "Key of the item or score")
VALUE = Column("value", "number", "The value, where it is a number; empty: missing, or a code")
CODE = Column("code", "code", "The value, where it is a code")
MISSING = Column("missing", "code", "Why there is no value: not_answered, not_in_source, too_many_missing")

COLUMNS: dict[str, tuple[Column, ...]] = {
    Profile.LIMITED: (
        PARTICIPANT, SITE, VISIT, OCCASION, DATE, DAY, INSTRUMENT, VERSION, MODE, ITEM, VALUE, CODE, MISSING,
    ),
    Profile.SAFE_HARBOR: (
        EXPORT_ID, VISIT, OCCASION, DAY, INSTRUMENT, VERSION, MODE, ITEM, VALUE, CODE, MISSING,
    ),
}  # fmt: skip
# 45 CFR 164.514(b)(2)(i)(C): all ages over 89 become one category, 90 or more.
AGE_ITEMS = ("age", "age_years")
OLDEST = 89
ALLOCATION = "allocation"
