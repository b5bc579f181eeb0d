"""/staff/compare: two sides of one unit, and whether their difference is one."""
