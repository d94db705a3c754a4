"""Layer 3, what came of it: instruments, assessments, check-ins, charts, the cohort and the exports."""
