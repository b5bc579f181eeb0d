"""/staff/ranking: rank ranges within groups, and the funnel."""
