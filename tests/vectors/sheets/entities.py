"""Entities: what a response creates and changes.

Sources: ODK Entities specification 2025.1 (create, update, conditions, entities in repeats); XLSForm, "entities" sheet.
"""

from typing import Any

from tests.vectors.sheets.writing import Case, add, answer, answers, case, check

__all__ = ["CASES"]

ID = "00000000-0000-4000-8000-00000000000{}"
CREATE = """
| survey |
| | type | name | label | save_to |
| | text | name | Name | title |
| | geopoint | where | Where? | geometry |
| entities |
| | list_name | label |
| | assets | concat(${name}, '!') |
"""
ON_CONDITION = """
| survey |
| | type | name | label | save_to |
| | text | name | Name | title |
| | select_one yn | keep | Keep? | |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| entities |
| | list_name | label | create_if |
| | assets | ${name} | ${keep} = 'yes' |
"""
UPDATE = """
| survey |
| | type | name | label | save_to |
| | select_one_from_file assets.csv | which | Which? | |
| | text | name | Name | title |
| entities |
| | list_name | label | entity_id | update_if |
| | assets | ${name} | ${which} | ${name} != '' |
"""
EITHER = """
| survey |
| | type | name | label | save_to | calculation |
| | select_one_from_file assets.csv | which | Which? | | |
| | calculate | fresh | | | once(uuid()) |
| | text | name | Name | title | |
| entities |
| | list_name | label | entity_id | create_if | update_if |
| | assets | ${name} | coalesce(${which}, ${fresh}) | ${which} = '' | ${which} != '' |
"""
IN_REPEATS = """
| survey |
| | type | name | label | save_to |
| | begin repeat | place | Place | |
| | text | called | Called | places#title |
| | begin repeat | barrier | Barrier | |
| | text | words | Words | barriers#words |
| | end repeat | | | |
| | end repeat | | | |
| entities |
| | list_name | label |
| | places | ${called} |
| | barriers | ${words} |
"""
ASSETS = {"assets": "name,label,__version\na1,Park,3\na2,Pub,1\n"}


def entity(dataset: str, number: int, label: str, *, create: str = "1") -> dict[str, Any]:
    """What a new entity looks like among the answers."""
    made = {"@dataset": dataset, "@id": ID.format(number), "@create": create}
    return {"entity": made | ({"label": label} if label else {})}


CASES: list[Case] = [
    case(
        "an entity is made with an id of its own, once, and a label that follows the answers",
        CREATE,
        check("meta/entity/@id", value=ID.format(1)),
        check("meta/entity/@create", value="1"),
        answer("name", "Park"),
        answer("where", "51.5 -0.05 0 5"),
        check("meta/entity/label", value="Park!"),
        check("meta/entity/@id", value=ID.format(1)),
        answers(name="Park", where="51.5 -0.05 0 5", meta=entity("assets", 1, "Park!")),
    ),
    case(
        "an entity on a condition is marked as one to make when that holds",
        ON_CONDITION,
        answer("name", "Park"),
        check("meta/entity/@create", value="false"),
        answer("keep", "yes"),
        answers(name="Park", keep="yes", meta=entity("assets", 1, "Park", create="true")),
        answer("keep", "no"),
        check("meta/entity/@create", value="false"),
    ),
    case(
        "an update names the entity that was chosen, and the version it was seen in",
        UPDATE,
        check("meta/entity/@update", value="false"),
        answer("which", "a1"),
        check("meta/entity/@id", value="a1"),
        check("meta/entity/@baseVersion", value="3"),
        answer("name", "Green"),
        check("meta/entity/@update", value="true"),
        check("meta/entity/label", value="Green"),
        answer("which", "a2"),
        check("meta/entity/@id", value="a2"),
        check("meta/entity/@baseVersion", value="1"),
        lists=ASSETS,
    ),
    case(
        "one that is chosen is changed, none chosen is made",
        EITHER,
        check("meta/entity/@create", value="true"),
        check("meta/entity/@update", value="false"),
        check("meta/entity/@id", value=ID.format(1)),
        answer("name", "New"),
        check("meta/entity/@id", value=ID.format(1)),
        answer("which", "a2"),
        check("meta/entity/@create", value="false"),
        check("meta/entity/@update", value="true"),
        check("meta/entity/@id", value="a2"),
        lists=ASSETS,
    ),
    case(
        "entities in repeats within repeats have an id for each instance",
        IN_REPEATS,
        check("place[1]/meta/entity/@id", value=ID.format(1)),
        add("place[1]/barrier"),
        check("place[1]/barrier[1]/meta/entity/@id", value=ID.format(2)),
        add("place"),
        check("place[2]/meta/entity/@id", value=ID.format(3)),
        add("place[2]/barrier"),
        add("place[2]/barrier"),
        answer("place[2]/called", "উদ্যান"),
        answer("place[2]/barrier[2]/words", "steps"),
        check("place[1]/meta/entity/@id", value=ID.format(1)),
        check("place[2]/barrier[2]/meta/entity/@id", value=ID.format(5)),
        check("place[2]/barrier[2]/meta/entity/label", value="steps"),
        check("place[2]/meta/entity/label", value="উদ্যান"),
        check("place[1]/meta/entity/label", value=""),
    ),
]
