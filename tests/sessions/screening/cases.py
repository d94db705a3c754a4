"""Every row of the eligibility table and of the table of medicines, as cases."""

import datetime as dt

from sessions.screening.evaluate import Finding, Medicine, Person, Result, Verdict, evaluate
from tests.sessions.screening.limits import LIMITS, Plan

AT = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
DOSING = dt.date(2026, 6, 8)
WOMAN, MAN = Person("female", 40), Person("male", 40)
EXCLUDE, SIGN_OFF, CAUTION = Verdict.EXCLUDE, Verdict.SIGN_OFF, Verdict.CAUTION


def qtc(milliseconds: int) -> dict[str, object]:
    return {"value": milliseconds, "formula": "fridericia"}


def score(instrument: str, total: int) -> dict[str, object]:
    return {"instrument": instrument, "total": total}


# Rule: (factor, a value that triggers it, one that does not, the verdict in a clinic).
CASES: dict[str, tuple[str, object, object, Verdict]] = {
    "psychotic_disorder": ("psychotic_disorder", "past", "never", EXCLUDE),
    "psychotic_depression": ("depression", "psychotic_features", "current", EXCLUDE),
    "family_psychosis_bipolar": ("family_psychosis_bipolar", ["bipolar"], ["none"], SIGN_OFF),
    "bipolar_1": ("bipolar_disorder", "bipolar_1", "never", EXCLUDE),
    "bipolar_2": ("bipolar_disorder", "bipolar_2", "never", SIGN_OFF),
    "mdq_screen": ("mdq_screen", "positive", "negative", SIGN_OFF),
    "psychosis_screen": ("psychosis_screen", score("pq16", 6), score("pq16", 5), SIGN_OFF),
    "dissociative_identity_disorder": ("dissociative_identity_disorder", "current", "past", EXCLUDE),
    "dissociative_subtype": ("ptsd_dissociative_subtype", "present", "absent", CAUTION),
    "dissociation_score": ("dissociation_score", score("des_b", 16), score("des_b", 15), CAUTION),
    "personality_disorder": ("personality_disorder", "present", "never", SIGN_OFF),
    "active_purging": ("eating_disorder", "current_purging", "current_without_purging", EXCLUDE),
    "alcohol_use_disorder": ("alcohol_use_disorder", "moderate", "moderate_in_remission", SIGN_OFF),
    "cannabis_use_disorder": ("cannabis_use_disorder", "severe", "mild", SIGN_OFF),
    "other_substance_disorder": ("other_substance_disorder_last_on", "2025-06-02", "2025-06-01", SIGN_OFF),
    "suicidal_ideation": ("suicidal_ideation_month", "intent", "thoughts", EXCLUDE),
    "suicidal_ideation_method": ("suicidal_ideation_month", "method", "thoughts", SIGN_OFF),
    "suicidal_behaviour": ("suicidal_behaviour", "past_3_months", "never", EXCLUDE),
    "suicidal_behaviour_earlier": ("suicidal_behaviour", "earlier", "never", SIGN_OFF),
    "consent_capacity": ("consent_capacity", "lacks", "has", EXCLUDE),
    "hypertension_uncontrolled": ("hypertension", "uncontrolled", "never", EXCLUDE),
    "hypertension_controlled": ("hypertension", "controlled", "never", SIGN_OFF),
    "blood_pressure": ("blood_pressure", [[140, 80], [130, 90]], [[170, 100], [139, 89]], EXCLUDE),
    "qtc": ("qtc", qtc(461), qtc(460), EXCLUDE),
    "ecg_rhythm": ("ecg_rhythm", "atrial_fibrillation", "sinus", EXCLUDE),
    "arrhythmia_history": ("arrhythmia_history", ["ventricular"], ["none"], EXCLUDE),
    "torsade_risk": ("torsade_risk", ["family_long_qt"], ["none"], EXCLUDE),
    "cardiovascular_disease": ("cardiovascular_disease", ["valvular"], ["none"], EXCLUDE),
    "liver_symptomatic": ("liver_disease", "symptomatic", "never", EXCLUDE),
    "liver_hepatitis_c": ("liver_disease", "hepatitis_c_without_symptoms", "never", SIGN_OFF),
    "liver_other": ("liver_disease", "other_without_symptoms", "never", SIGN_OFF),
    "hyponatraemia_history": ("hyponatraemia_history", "present", "never", EXCLUDE),
    "hyperthermia_history": ("hyperthermia_history", "present", "never", EXCLUDE),
    "thyroid": ("thyroid", "managed", "never", SIGN_OFF),
    "diabetes": ("diabetes", "unmanaged", "never", SIGN_OFF),
    "glaucoma": ("glaucoma", "managed", "never", SIGN_OFF),
    "pregnancy": ("pregnancy", "positive", "negative", EXCLUDE),
    "lactation": ("lactation", "present", "never", EXCLUDE),
    "weight": ("weight", "47.9", 48, EXCLUDE),
    "seizure_history": ("seizure_history", "present", "never", SIGN_OFF),
    "age": ("age", 17, 18, EXCLUDE),
    "cyp2d6_poor": ("cyp2d6", "poor", "normal", CAUTION),
    "housing": ("housing", "none", "stable", SIGN_OFF),
    "support_person": ("support_person", "named", "agreed", SIGN_OFF),
    "ongoing_trauma": ("ongoing_trauma", "present", "none", SIGN_OFF),
    "ptsd_severity": ("ptsd_severity", "mild", "moderate", SIGN_OFF),
    "ptsd_since_diagnosis": ("ptsd_diagnosed_on", "2026-01", "2025-11", SIGN_OFF),
    "first_line_treatment": ("first_line_treatment", "none", "adequate", SIGN_OFF),
}
# The rows of the eligibility table that are encoded. Earlier MDMA use and 5-HTTLPR are recorded only.
ROWS = {
    "primary psychotic disorder", "first-degree relative", "bipolar I", "bipolar II, screens",
    "dissociative identity disorder", "PTSD dissociative subtype", "personality disorder", "eating disorder",
    "substance use disorder", "suicide risk", "consent capacity", "hypertension", "arrhythmia, QTc", "heart and vessels",
    "liver", "hyponatraemia, hyperthermia", "thyroid, diabetes, glaucoma", "pregnancy, lactation", "weight", "seizure",
    "age", "CYP2D6", "home and support", "ongoing trauma", "first-line treatment", "escalation, amber",
}  # fmt: skip

# Class: (a name it takes in, its verdict while it is taken, the days of its wait or None).
MEDICINES: dict[str, tuple[str, Verdict, int | None]] = {
    "maoi_irreversible": ("Parnate", EXCLUDE, 14),
    "moclobemide": ("Aurorix", EXCLUDE, 14),
    "harmala": ("ayahuasca", EXCLUDE, 3),
    "cyp_booster": ("Kaletra", EXCLUDE, None),
    "ssri": ("sertraline", SIGN_OFF, 7),
    "snri": ("Effexor XR", SIGN_OFF, 4),
    "cyp2d6_inhibitor": ("bupropion", SIGN_OFF, 12),
    "cyp2d6_substrate": ("tamoxifen", CAUTION, None),
    "lithium_mdma": ("lithium carbonate", SIGN_OFF, None),
    "stimulant": ("Ritalin", SIGN_OFF, None),
    "decongestant": ("Sudafed", SIGN_OFF, None),
    "caffeine": ("caffeine", CAUTION, None),
    "blood_pressure_medicine": ("carvedilol", SIGN_OFF, None),
    "serotonergic_opioid": ("tramadol", EXCLUDE, None),
    "triptan": ("Imigran", SIGN_OFF, 2),
    "serotonin_supplement": ("St John's wort", SIGN_OFF, 14),
    "tricyclic": ("amitriptyline", SIGN_OFF, None),
    "other_serotonergic": ("mirtazapine", SIGN_OFF, 10),
    "antipsychotic": ("Seroquel", SIGN_OFF, None),
    "sedative": ("diazepam", CAUTION, None),
    "gabapentinoid": ("Lyrica", CAUTION, None),
    "opioid": ("oxycodone", CAUTION, None),
    "alcohol": ("alcohol", CAUTION, 2),
    "cannabis": ("cannabis", CAUTION, None),
    "hyponatraemia_risk": ("desmopressin", SIGN_OFF, None),
    "qt_prolonging": ("methadone", SIGN_OFF, None),
}


def finding(factor: str, value: object, **about: object) -> Finding:
    return Finding(
        **({"id": f"f-{factor}", "occurred_at": AT, "source": "interview"} | about),
        factor=factor,
        value=value,
    )  # type: ignore[arg-type]


def medicine(name: str, **about: object) -> Medicine:
    given = {
        "id": "m1",
        "last_taken_on": None,
        "planned_stop_on": None,
        "stopped": False,
        "cleared": False,
    } | about
    return Medicine(name=name, **given)  # type: ignore[arg-type]


def results(
    *entries: Finding | Medicine, person: Person = WOMAN, plan: Plan | None = None, **about: object
) -> tuple[Result, ...]:
    given = {"thresholds": LIMITS, "at": AT, "dosing_on": DOSING} | about
    return evaluate(
        findings=[one for one in entries if isinstance(one, Finding)],
        medicines=[one for one in entries if isinstance(one, Medicine)],
        person=person,
        screening=plan or Plan(),
        **given,  # type: ignore[arg-type]
    )


def of(found: tuple[Result, ...], rule: str) -> list[Verdict]:
    return [one.verdict for one in found if one.rule == rule]


def only(found: tuple[Result, ...], rule: str) -> Result:
    return next(one for one in found if one.rule == rule)
