"""/staff/comments: what citizens wrote, in batches, and what the unit answers in public."""
