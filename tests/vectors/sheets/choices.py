"""Choices: cascades, lists from files, looking values up, other, and naming a choice.

Sources: ODK XForms specification, "Secondary Instances", "itemset", jr:choice-name(); XLSForm, "choice_filter",
"select_one_from_file", "pulldata()", "select_one_external", "or_other".
"""

from tests.vectors.sheets.writing import Case, add, answer, answers, case, check, language, problems

__all__ = ["CASES"]

CASCADE = """
| survey |
| | type | name | label | choice_filter |
| | select_one division | division | Division | |
| | select_one district | district | District | division = ${division} |
| | select_multiple ward | wards | Wards | district = ${district} and division = ${division} |
| choices |
| | list_name | name | label::en | label::bn | division | district |
| | division | dhaka | Dhaka | ঢাকা | | |
| | division | sylhet | Sylhet | সিলেট | | |
| | district | city | City | শহর | dhaka | |
| | district | gazipur | Gazipur | গাজীপুর | dhaka | |
| | district | city | Sylhet city | সিলেট শহর | sylhet | |
| | ward | w1 | One | এক | dhaka | city |
| | ward | w2 | Two | দুই | dhaka | city |
| | ward | w3 | Three | তিন | dhaka | gazipur |
| | ward | w9 | Nine | নয় | sylhet | city |
"""
PLACES = 'name,label,kind\npark,Victoria Park,green\nbaths,"York Hall, baths",indoor\nmasjid,মসজিদ,indoor\n'
FROM_FILE = """
| survey |
| | type | name | label::en | label::bn | choice_filter | calculation |
| | text | kind | Kind | ধরন | | |
| | select_one_from_file places.csv | place | Place | জায়গা | kind = ${kind} | |
| | select_multiple_from_file places.csv | seen | Seen | দেখা | | |
| | calculate | title | | | | pulldata('places', 'label', 'name', ${place}) |
| | calculate | named | | | | jr:choice-name(${place}, '${place}') |
"""
LOOK_UP = """
| survey |
| | type | name | label | calculation |
| | text | code | Code | |
| | csv-external | places | | |
| | begin repeat | r | R | |
| | text | key | Key | |
| | calculate | found | | pulldata('places', 'label', 'name', ${key}) |
| | end repeat | | | |
| | calculate | title | | pulldata('places', 'label', 'name', ${code}) |
| | calculate | sort | | concat('[', pulldata('places', 'kind', 'label', ${code}), ']') |
"""
NAMED_BY_OTHERS = """
| survey |
| | type | name | label::en | choice_filter | calculation |
| | text | t | T | | |
| | select_one plain | s | S | g = ${t} | |
| | select_one shown | d | D | | |
| | calculate | named | | | jr:choice-name(${s}, '${s}') |
| | calculate | fixed | | | jr:choice-name('a', '${s}') |
| | calculate | told | | | jr:choice-name('x', '${d}') |
| | calculate | nested | | | jr:choice-name('y', '${d}') |
| choices |
| | list_name | name | label::en | g |
| | plain | a | A | 1 |
| | plain | b | B | 2 |
| | shown | x | It is ${t} | |
| | shown | y | Named ${named} | |
"""
EXTERNAL = """
| survey |
| | type | name | label | choice_filter |
| | select_one state | state | State | |
| | select_one_external towns | town | Town | state=${state} |
| choices |
| | list_name | name | label |
| | state | n | North |
| | state | s | South |
| external_choices |
| | list_name | name | label | state |
| | towns | a | Ayr | n |
| | towns | b | Bath | s |
| | towns | c | Cork | s |
"""
OTHER = """
| survey |
| | type | name | label |
| | select_one kind or_other | kind | Kind |
| | select_multiple kind or_other | kinds | Kinds |
| choices |
| | list_name | name | label |
| | kind | shop | Shop |
| | kind | café | Café |
"""
IN_REPEAT = """
| survey |
| | type | name | label | choice_filter | calculation |
| | begin repeat | r | R | | |
| | select_one area | area | Area | | |
| | select_one street | street | Street | area = ${area} | |
| | calculate | named | | | jr:choice-name(${street}, '${street}') |
| | end repeat | | | | |
| choices |
| | list_name | name | label | area |
| | area | e | East | |
| | area | w | West | |
| | street | s1 | Roman Road | e |
| | street | s2 | West Way | w |
"""
NAMED = """
| survey |
| | type | name | label::en | label::bn | calculation |
| | select_one yn | fine | Fine? | ঠিক আছে? | |
| | text | said | Said | বলা | |
| | calculate | named | | | jr:choice-name(${fine}, '${fine}') |
| | calculate | free | | | jr:choice-name(${said}, '${fine}') |
| | calculate | wrong | | | jr:choice-name(${fine}, '${said}') |
| choices |
| | list_name | name | label::en | label::bn |
| | yn | yes | Yes | হ্যাঁ |
| | yn | no | No | না |
| | yn | __proto__ | Odd | - |
"""
NAMING = "jr:choice-name"

CASES: list[Case] = [
    case(
        "a cascade of three levels offers what belongs to the answers above",
        CASCADE,
        check("division", choices=["dhaka", "sylhet"], labels=["Dhaka", "Sylhet"]),
        check("district", choices=[]),
        answer("division", "dhaka"),
        check("district", choices=["city", "gazipur"], labels=["City", "Gazipur"]),
        check("wards", choices=[]),
        answer("district", "city"),
        check("wards", choices=["w1", "w2"]),
        answer("wards", "w2 w1"),
        problems(),
        answer("wards", "w2 w3"),
        problems(wards="choice"),
        language("bn"),
        check("wards", labels=["এক", "দুই"]),
    ),
    case(
        "an answer stays when an answer above changes, and is wrong where it is not offered any more",
        CASCADE,
        answer("division", "dhaka"),
        answer("district", "city"),
        answer("wards", "w1"),
        answer("division", "sylhet"),
        check("district", choices=["city"], labels=["Sylhet city"], problem=None, value="city"),
        check("wards", choices=["w9"], problem="choice", value="w1"),
        answer("division", ""),
        problems(district="choice", wards="choice"),
        answer("division", "dhaka"),
        problems(),
    ),
    case(
        "a list from a file has its words in it, the same in every language",
        FROM_FILE,
        check("place", choices=[]),
        answer("kind", "indoor"),
        check("place", choices=["baths", "masjid"], labels=["York Hall, baths", "মসজিদ"]),
        language("bn"),
        check("place", labels=["York Hall, baths", "মসজিদ"], label="জায়গা"),
        answer("place", "masjid"),
        check("title", value="মসজিদ"),
        check("named", value="মসজিদ"),
        answer("place", "park"),
        problems(place="choice"),
        answer("seen", "park masjid"),
        problems(place="choice"),
        answer("seen", "park bandstand"),
        problems(place="choice", seen="choice"),
        lists={"places": PLACES},
    ),
    case(
        "a list that is not there offers nothing and calls no answer wrong",
        FROM_FILE,
        check("seen", choices=[], labels=[]),
        answer("place", "park"),
        answer("seen", "anything goes"),
        problems(),
        check("title", value=""),
        check("named", value=""),
    ),
    case(
        "a list that is there and empty calls every answer wrong",
        FROM_FILE,
        answer("seen", "park"),
        problems(seen="choice"),
        lists={"places": "name,label,kind\n"},
    ),
    case(
        "pulldata gives a column of the first row that fits, blank where none does",
        LOOK_UP,
        check("title", value=""),
        answer("code", "baths"),
        check("title", value="York Hall, baths"),
        answer("code", "মসজিদ"),
        check("title", value=""),
        check("sort", value="[indoor]"),
        answer("code", "Park"),
        check("title", value=""),
        answer("r[1]/key", "park"),
        check("r[1]/found", value="Victoria Park"),
        add("r"),
        answer("r[2]/key", "masjid"),
        check("r[2]/found", value="মসজিদ"),
        check("r[1]/found", value="Victoria Park"),
        lists={"places": PLACES},
    ),
    case(
        "select_one_external is a cascade like any other",
        EXTERNAL,
        check("town", choices=[]),
        answer("state", "s"),
        check("town", choices=["b", "c"], labels=["Bath", "Cork"]),
        answer("town", "a"),
        problems(town="choice"),
        answer("town", "c"),
        problems(),
        external={"towns": "name,label,state\na,Ayr,n\nb,Bath,s\nc,Cork,s\n"},
    ),
    case(
        "or_other offers other, and asks which",
        OTHER,
        check("kind", choices=["shop", "café", "other"], labels=["Shop", "Café", "Other"]),
        check("kind_other", relevant=False),
        answer("kind", "other"),
        check("kind_other", relevant=True),
        answer("kind_other", "দোকান"),
        answer("kinds", "shop other"),
        check("kinds_other", relevant=True),
        answers(kind="other", kind_other="দোকান", kinds="shop other"),
        answer("kind", "shop"),
        answers(kind="shop", kinds="shop other"),
        answer("kinds", "café"),
        check("kinds_other", relevant=False),
        problems(),
    ),
    case(
        "a cascade inside a repeat reads its own instance",
        IN_REPEAT,
        add("r"),
        answer("r[1]/area", "e"),
        answer("r[2]/area", "w"),
        check("r[1]/street", choices=["s1"]),
        check("r[2]/street", choices=["s2"]),
        answer("r[1]/street", "s1"),
        answer("r[2]/street", "s1"),
        check("r[1]/street", problem=None),
        check("r[2]/street", problem="choice"),
        check("r[1]/named", value="Roman Road"),
        check("r[2]/named", value=""),
        answer("r[2]/street", "s2"),
        check("r[2]/named", value="West Way"),
    ),
    case(
        "the label of a choice is in the language shown, blank for no choice",
        NAMED,
        check("named", value=""),
        answer("fine", "yes"),
        check("named", value="Yes"),
        check("wrong", value=""),
        answer("said", "no"),
        check("free", value="No"),
        answer("said", "No"),
        check("free", value=""),
        language("bn"),
        check("named", value="হ্যাঁ"),
        answer("fine", "no"),
        check("named", value="না"),
        answer("fine", "__proto__"),
        check("named", value="Odd"),
        language("en"),
        check("named", value="Odd"),
        covers=[f"{NAMING}/{column}" for column in ("blank", "wrong kind", "boundary", "another script")],
    ),
    case(
        "the label of a choice follows what decides which choices there are, and what the label shows",
        NAMED_BY_OTHERS,
        check("told", value="It is "),
        answer("t", "1"),
        answer("s", "a"),
        check("named", value="A"),
        check("fixed", value="A"),
        check("told", value="It is 1"),
        check("nested", value="Named A"),
        answer("t", "2"),
        check("named", value=""),
        check("fixed", value=""),
        check("told", value="It is 2"),
        check("nested", value="Named "),
    ),
]
