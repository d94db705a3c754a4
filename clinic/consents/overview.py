"""What stands and what does not, kind by kind: the order of the page, over plain rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from clinic.consents.texts import ConsentText, kinds, offered
from clinic.models import Consent


@dataclass
class Line:
    """One kind. `consent`: the one in force; `withdrawn`: the last that was taken back, where none is in force."""

    text: ConsentText
    consent: Consent | None = None
    withdrawn: Consent | None = None

    @property
    def kind(self) -> Consent.Kind:
        return Consent.Kind(self.text.kind)

    @property
    def older(self) -> bool:
        """Whether the text has a newer version than the one that was explained."""
        return self.consent is not None and self.consent.text_version != self.text.version


@dataclass
class Overview:
    """What is not in force stands first. `former` holds what was withdrawn, newest first."""

    lacking: list[Line] = field(default_factory=list)
    standing: list[Line] = field(default_factory=list)
    former: list[Consent] = field(default_factory=list)

    @property
    def kinds(self) -> int:
        return len(self.lacking) + len(self.standing)


def overview(consents: Iterable[Consent]) -> Overview:
    """Sort a participant's consents, those in force first, into what stands, what lacks and what was before."""
    made, now, before = Overview(), dict[str, Consent](), dict[str, Consent]()
    for consent in consents:
        if consent.withdrawn_at is None:
            now[consent.kind] = consent
        else:
            made.former.append(consent)
            before.setdefault(consent.kind, consent)
    asked = [Line(offered(kind)[0], now.pop(kind, None), before.get(kind)) for kind in kinds()]
    made.standing = [line for line in asked if line.consent]
    made.lacking = [line for line in asked if not line.consent]
    # Kinds that are asked no more are read and withdrawn, and never missed.
    made.former = [*now.values(), *made.former]
    return made
