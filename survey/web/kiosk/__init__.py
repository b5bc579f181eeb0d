"""/k: a device at a counter, paired once, that asks one person after another for weeks."""
