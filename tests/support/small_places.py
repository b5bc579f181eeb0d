"""A tree of five offices and a questionnaire of three items, small enough to solve for every answer."""

from datetime import datetime

from survey.extensions import writing
from survey.models import Point, Questionnaire
from survey.models import Unit as UnitRow

CONTENT = """{"key": "small", "scale": "satisfaction-5", "title": {"vi": "x", "en": "x"},
 "factors": [{"key": "A", "title": {"vi": "A", "en": "A"}}, {"key": "B", "title": {"vi": "B", "en": "B"}}],
 "items": [{"key": "A1", "factor": "A", "text": {"vi": "x", "en": "x"}},
           {"key": "A2", "factor": "A", "text": {"vi": "x", "en": "x"}},
           {"key": "B1", "factor": "B", "text": {"vi": "x", "en": "x"}}],
 "facts": [{"key": "trips", "text": {"vi": "x", "en": "x"}, "options": [
            {"key": "0", "text": {"vi": "x", "en": "x"}}, {"key": "1", "text": {"vi": "x", "en": "x"}}]}],
 "about": [{"key": "age", "text": {"vi": "x", "en": "x"}, "options": [
            {"key": "young", "text": {"vi": "x", "en": "x"}}, {"key": "middle", "text": {"vi": "x", "en": "x"}},
            {"key": "old", "text": {"vi": "x", "en": "x"}}]}]}"""


def build(published: datetime) -> dict[int, int]:
    """A city, a district with answers of its own and two wards, and a ward under the city; points by unit."""
    content = CONTENT.replace("\n", "")
    tree = (("HN", None), ("D", "HN"), ("W1", "D"), ("W2", "D"), ("W3", "HN"))
    with writing() as session:
        session.add(Questionnaire(key="small", version=1, content=content, sha256="0" * 64, published_at=published))
        ids: dict[str, int] = {}
        points = {}
        for code, parent in tree:
            unit = UnitRow(
                code=code, name=code, folded=code, sort_key=code, kind="commune", parent_id=parent and ids[parent]
            )
            session.add(unit)
            session.flush()
            point = Point(code=f"P{code}", unit_id=unit.id, kind="poster", label="x", questionnaire_key="small")
            session.add(point)
            session.flush()
            ids[code], points[unit.id] = unit.id, point.id
    return points
