"""Words: languages and what they fall back to, guidance, media, and answers shown in labels.

Sources: ODK XForms specification, "Languages", "itext", "output"; XLSForm, "Multiple language support", "media".
"""

from tests.vectors.sheets.writing import Case, add, answer, case, check, language, remove

__all__ = ["CASES"]

THREE = """
| survey |
| | type | name | label::en | label::bn | label::ar | hint::en | hint::bn |
| | text | who | Who? | কে? | - | Your name | |
| | text | where | | কোথায়? | أين؟ | | আপনার ঠিকানা |
| | select_one yn | ok | Fine? | | | | |
| choices |
| | list_name | name | label::en | label::bn | label::ar |
| | yn | yes | Yes | হ্যাঁ | نعم |
| | yn | no | No | | لا |
"""
GUIDED = """
| survey |
| | type | name | label::en | label::bn | hint::en | guidance_hint::en | guidance_hint::bn |
| | text | who | Who? | কে? | Your name | Ask for the full name | পুরো নাম জিজ্ঞেস করুন |
| | text | free | Free | খোলা | | | |
"""
PICTURES = """
| survey |
| | type | name | label::en | label::bn | media::image::en | media::image::bn | media::audio::en |
| | text | who | Who? | কে? | who.png | কে.png | who.mp3 |
| | text | alone | Alone | একা | one.png | - | |
| | text | plain | Plain | সাধা | | | |
"""
MESSAGES = """
| survey |
| | type | name | label::en | label::bn | constraint | constraint_message::en | constraint_message::bn | required |\
 required_message::en | required_message::bn |
| | integer | n | N | সংখ্যা | . < 10 | At most nine | নয়ের বেশি নয় | yes | Give a number | একটি সংখ্যা দিন |
| | integer | m | M | | . < 10 | | | | | |
"""
SHOWN = """
| survey |
| | type | name | label::en | label::bn | hint::en | relevant | calculation |
| | text | town | Town | শহর | | | |
| | text | secret | Secret | গোপন | | ${town} = 'Bow' | |
| | note | said | ${town} and ${secret}. | ${secret}, ${town} | | | |
| | begin repeat | shop | Shop | দোকান | | | |
| | text | name | Name | নাম | | | |
| | calculate | place | | | | | position(..) |
| | decimal | price | ${place}: the price at ${name} in ${town}? | ${name}: দাম? | As ${name} says | | |
| | end repeat | | | | | | |
"""
CHOSEN = """
| survey |
| | type | name | label::en | label::bn | calculation |
| | begin repeat | r | R | R | |
| | select_one kind | kind | Kind | ধরন | |
| | calculate | named | | | jr:choice-name(${kind}, '${kind}') |
| | text | why | Why ${named}? | ${named} কেন? | |
| | end repeat | | | | |
| choices |
| | list_name | name | label::en | label::bn |
| | kind | park | Park | পার্ক |
| | kind | pub | Pub | - |
"""
PEOPLE = """
| survey |
| | type | name | label |
| | text | me | Me |
| | text | you | You |
| | select_one who | who | Who? |
| choices |
| | list_name | name | label |
| | who | me | ${me} |
| | who | you | ${you} |
"""

CASES: list[Case] = [
    case(
        "a text that is missing is shown in the form's own language, or else in any that has it",
        THREE,
        check("who", label="Who?", hint="Your name"),
        check("ok", labels=["Yes", "No"]),
        language("bn"),
        check("who", label="কে?", hint="Your name"),
        check("where", label="কোথায়?", hint="আপনার ঠিকানা"),
        check("ok", label="Fine?", labels=["হ্যাঁ", "No"]),
        language("ar"),
        check("who", label="Who?"),
        check("where", label="أين؟", hint="আপনার ঠিকানা"),
        check("ok", labels=["نعم", "لا"]),
        language("en"),
        check("where", label="কোথায়?"),
    ),
    case(
        "guidance is a text of its own beside the hint",
        GUIDED,
        check("who", hint="Your name", guidance="Ask for the full name"),
        check("free", hint=None, guidance=None),
        language("bn"),
        check("who", hint="Your name", guidance="পুরো নাম জিজ্ঞেস করুন"),
    ),
    case(
        "pictures and sounds go with a label, by the names of their files, each falling back by itself",
        PICTURES,
        check("who", media={"image": "who.png", "audio": "who.mp3"}),
        check("plain", media={}, label="Plain"),
        language("bn"),
        check("who", label="কে?", media={"image": "কে.png", "audio": "who.mp3"}),
        check("alone", label="একা", media={"image": "one.png"}),
    ),
    case(
        "what is said of a wrong and of a missing answer is in the language shown",
        MESSAGES,
        check("n", message="At most nine", required_message="Give a number", problem="required"),
        check("m", message=None, required_message=None),
        language("bn"),
        answer("n", "10"),
        check("n", message="নয়ের বেশি নয়", required_message="একটি সংখ্যা দিন", problem="constraint"),
    ),
    case(
        "answers in labels follow them, and a hidden one is blank",
        SHOWN,
        check("said", label=" and ."),
        answer("town", "Bow"),
        answer("secret", "'x' & <y>"),
        check("said", label="Bow and 'x' & <y>."),
        language("bn"),
        check("said", label="'x' & <y>, Bow"),
        answer("town", "Poplar"),
        check("said", label=", Poplar"),
    ),
    case(
        "labels in a repeat show the answers of their own instance",
        SHOWN,
        answer("town", "Bow"),
        answer("shop[1]/name", "Ana's"),
        add("shop"),
        answer("shop[2]/name", "বেন"),
        check("shop[1]/price", label="1: the price at Ana's in Bow?", hint="As Ana's says"),
        check("shop[2]/price", label="2: the price at বেন in Bow?", hint="As বেন says"),
        language("bn"),
        check("shop[2]/price", label="বেন: দাম?", hint="As বেন says"),
        remove("shop[1]"),
        language("en"),
        check("shop[1]/price", label="1: the price at বেন in Bow?"),
    ),
    case(
        "the label of a choice inside another label follows the language",
        CHOSEN,
        answer("r[1]/kind", "park"),
        add("r"),
        answer("r[2]/kind", "pub"),
        check("r[1]/why", label="Why Park?"),
        check("r[2]/why", label="Why Pub?"),
        language("bn"),
        check("r[1]/why", label="পার্ক কেন?"),
        check("r[2]/why", label="Pub কেন?"),
        answer("r[1]/kind", ""),
        check("r[1]/why", label=" কেন?"),
        language("en"),
        check("r[1]/why", label="Why ?"),
    ),
    case(
        "labels of choices show answers too",
        PEOPLE,
        answer("me", "আনা"),
        check("who", labels=["আনা", ""]),
        answer("you", "Ben"),
        check("who", labels=["আনা", "Ben"]),
    ),
]
