"""Groups: which lots may be split into factors, or factors into items, and how many together (METHOD §6).

In a lot of ten people perhaps two answered the item about complaints; factor minus its other items would be theirs. So
lots are split in groups, in which every part that has answers has enough respondents, and all parts or none are told.
One part, the anchor, has enough respondents in every single lot of the group: without it the sum of a lot, which is
known, and the sums of the parts over the group could add up to a few people.
"""

from collections.abc import Sequence

Parts = Sequence[int]  # respondents of each factor, or of each item, in one lot


def told(lots: Sequence[Parts], minimum: int) -> list[list[int]]:
    """The groups that can be told now, as indices of the lots, oldest first; lots in none of them wait."""
    groups: list[list[int]] = []
    group: list[int] = []
    anchors: set[int] = set()
    for index, parts in enumerate(lots):
        shared = {part for part, count in enumerate(parts) if count >= minimum}
        shared = shared & anchors if group else shared
        if not shared:
            continue
        anchors = shared
        group.append(index)
        if _enough([sum(column) for column in zip(*(lots[member] for member in group), strict=True)], minimum):
            groups.append(group)
            group, anchors = [], set()
    return groups


def _enough(parts: Parts, minimum: int) -> bool:
    return all(count == 0 or count >= minimum for count in parts)
