"""/staff/frozen: figures of a period that is over, for ever the same."""
