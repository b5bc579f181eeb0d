"""Paper forms: clerks key them twice, by keyboard; a batch counts once both times agree."""
