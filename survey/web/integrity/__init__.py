"""/staff/integrity: what citizens said of harassment and of money beside the rules, for inspectors above a unit."""
