"""/staff/scorecard: the targets of a plan beside what was measured."""
