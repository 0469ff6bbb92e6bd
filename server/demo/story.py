"""What there is in the two made-up neighbourhoods of the demo, and how its people call it. No place in it is real.

People call one thing by many names, in several scripts: that is what coordinators bring together. Each neighbourhood
has a thread: in Old Ford, who holds the key of the tenants’ hall, and damp flats behind it; in Kings Heath, the last
bus, and evenings on which nothing is on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["STORIES", "Thing"]


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One thing that helps: its kind, its names by language, where people say that it is, and what is often in the way.

    ``north`` and ``east`` are degrees from the middle of the neighbourhood; people's skills have no place.
    """

    kind: str
    names: Mapping[str, tuple[str, ...]]
    where: Mapping[str, str]
    north: float = 0.0
    east: float = 0.0
    hinders: tuple[str, ...] = ()
    share: int = 2
    """How often it is spoken of beside the others."""


OLD_FORD: Final = (
    Thing(
        kind="arts_culture",
        names={
            "en": ("The evening choir", "Evening Choir", "the choir upstairs in the library", "evening quire"),
            "bn": ("সন্ধ্যার গানের দল", "ইভনিং কয়ার"),
            "ar": ("جوقة المساء",),
        },
        where={"en": "Upstairs in the library", "bn": "লাইব্রেরির দোতলায়", "ar": "الطابق العلوي في المكتبة"},
        north=0.0018,
        east=-0.0021,
        hinders=("disabled_access", "did_not_know", "taking_part_english"),
        share=4,
    ),
    Thing(
        kind="community_centre",
        names={
            "en": ("The tenants’ hall", "Tenants Hall", "tenants’ hall (the tall block)", "the hall"),
            "bn": ("টেন্যান্টস হল", "ভাড়াটেদের হলঘর"),
            "ar": ("قاعة السكان", "قاعة المستأجرين"),
        },
        where={
            "en": "On the ground floor of the tall block",
            "bn": "উঁচু দালানের নিচতলায়",
            "ar": "في الطابق الأرضي من البرج",
        },
        north=-0.0009,
        east=0.0014,
        hinders=("space_control", "space_control", "space_control", "poor_state"),
        share=6,
    ),
    Thing(
        kind="blue_space",
        names={
            "en": ("The canal path", "canal towpath"),
            "bn": ("খালের পাড়ের পথ",),
            "ar": ("ممر القناة",),
        },
        where={"en": "Between the two bridges", "bn": "দুই সেতুর মাঝখানে", "ar": "بين الجسرين"},
        north=0.0034,
        east=0.0022,
        hinders=("not_safe", "poor_state"),
        share=4,
    ),
    Thing(
        kind="green_space",
        names={
            "en": ("The little park with the pond", "pond park"),
            "bn": ("পুকুরওয়ালা ছোট পার্ক",),
            "ar": ("الحديقة الصغيرة ذات البركة",),
        },
        where={
            "en": "Behind the flats, past the bus stop",
            "bn": "ফ্ল্যাটগুলোর পেছনে",
            "ar": "خلف المباني",
        },
        north=-0.0027,
        east=-0.0012,
        hinders=("poor_state", "not_safe"),
        share=4,
    ),
    Thing(
        kind="groups_clubs",
        names={
            "en": ("The women’s sewing group",),
            "bn": ("মহিলাদের সেলাইয়ের দল", "সেলাই দল"),
            "ar": ("مجموعة الخياطة",),
        },
        where={"en": "In the room beside the school", "bn": "স্কুলের পাশের ঘরে", "ar": "في الغرفة بجانب المدرسة"},
        north=0.0011,
        east=0.0038,
        hinders=("caring", "opening_times", "space_control"),
        share=3,
    ),
    Thing(
        kind="library_learning",
        names={
            "en": ("English class", "the English lessons"),
            "bn": ("ইংরেজি শেখার ক্লাস",),
            "ar": ("دروس الإنجليزية",),
        },
        where={"en": "In the library", "bn": "লাইব্রেরির দোতলায়", "ar": "في المكتبة"},
        north=0.0017,
        east=-0.0022,
        hinders=("opening_times", "caring", "full_or_closed"),
        share=3,
    ),
    Thing(
        kind="faith",
        names={
            "en": ("Tea after Friday prayers",),
            "bn": ("জুম্মার পরে চা",),
            "ar": ("شاي بعد صلاة الجمعة",),
        },
        where={"en": "Opposite the mosque", "bn": "মসজিদের উল্টো দিকে", "ar": "مقابل المسجد"},
        north=-0.0016,
        east=-0.0035,
        hinders=("not_fit_in", "did_not_know"),
    ),
    Thing(
        kind="health_care_advice",
        names={
            "en": ("Advice morning", "the advice mornings"),
            "bn": ("পরামর্শের সকাল",),
            "ar": ("صباح الاستشارات",),
        },
        where={"en": "Next to the surgery", "bn": "ডাক্তারখানার পাশে", "ar": "بجانب العيادة"},
        north=0.0004,
        east=-0.0008,
        hinders=("information_language", "full_or_closed", "digital"),
        share=3,
    ),
    Thing(
        kind="food_growing",
        names={
            "en": ("Shared garden plots", "the plots by the arches"),
            "bn": ("সবজি চাষের জমি",),
            "ar": ("قطع الزراعة",),
        },
        where={"en": "By the railway arches", "bn": "রেললাইনের ধারে", "ar": "قرب أقواس السكة"},
        north=0.0029,
        east=-0.0033,
        hinders=("full_or_closed", "space_control"),
    ),
    Thing(
        kind="people_skills",
        names={
            "en": ("Somebody who mends bicycles for nothing",),
            "bn": ("একজন যিনি বিনা পয়সায় সাইকেল সারান",),
            "ar": ("شخص يصلح الدراجات مجانًا",),
        },
        where={},
    ),
)

KINGS_HEATH: Final = (
    Thing(
        kind="groups_clubs",
        names={
            "en": ("Thursday lunch club", "Thursday Lunch Club", "lunch club at the church", "the lunch club"),
            "bn": ("বৃহস্পতিবারের দুপুরের খাবারের দল",),
            "ar": ("نادي غداء الخميس",),
        },
        where={"en": "In the church hall on the corner", "bn": "কোণের গির্জার হলে", "ar": "في قاعة الكنيسة عند الزاوية"},
        north=0.0012,
        east=0.0009,
        hinders=("hard_to_reach", "did_not_know"),
        share=5,
    ),
    Thing(
        kind="green_space",
        names={
            "en": ("The recreation ground", "the rec", "Rec ground"),
            "bn": ("খেলার মাঠ",),
            "ar": ("ساحة الترفيه",),
        },
        where={"en": "Behind the shops", "bn": "দোকানের পেছনে", "ar": "خلف المحلات"},
        north=-0.0023,
        east=0.0016,
        hinders=("not_safe", "poor_state"),
        share=5,
    ),
    Thing(
        kind="community_centre",
        names={
            "en": ("The community centre", "community center"),
            "bn": ("কমিউনিটি সেন্টার",),
            "ar": ("المركز المجتمعي",),
        },
        where={"en": "Across from the school", "bn": "স্কুলের উল্টো দিকে", "ar": "مقابل المدرسة"},
        north=0.0006,
        east=-0.0019,
        hinders=("nothing_to_join", "nothing_to_join", "cost"),
        share=5,
    ),
    Thing(
        kind="getting_about",
        names={
            "en": ("The bus into town", "the number 9 bus"),
            "bn": ("শহরের বাস",),
            "ar": ("الحافلة إلى المدينة",),
        },
        where={"en": "The stop outside the chemist", "bn": "ওষুধের দোকানের সামনে", "ar": "الموقف أمام الصيدلية"},
        north=0.0001,
        east=0.0003,
        hinders=("hard_to_reach", "hard_to_reach", "hard_to_reach", "cost"),
        share=6,
    ),
    Thing(
        kind="sport_activity",
        names={
            "en": ("Friday football", "football on Fridays"),
            "bn": ("শুক্রবারের ফুটবল",),
            "ar": ("كرة القدم مساء الجمعة",),
        },
        where={"en": "On the school pitch", "bn": "স্কুলের মাঠে", "ar": "في ملعب المدرسة"},
        north=-0.0008,
        east=-0.0031,
        hinders=("cost", "full_or_closed"),
        share=3,
    ),
    Thing(
        kind="food_growing",
        names={
            "en": ("The allotments", "allotment plots"),
            "bn": ("ভাগের সবজি জমি",),
            "ar": ("الحدائق المقسّمة",),
        },
        where={"en": "Along the brook", "bn": "নালার ধারে", "ar": "على طول الجدول"},
        north=0.0033,
        east=-0.0014,
        hinders=("full_or_closed", "space_control"),
        share=3,
    ),
    Thing(
        kind="children_young_people",
        names={
            "en": ("Youth club", "the youth club on Mondays"),
            "bn": ("কিশোরদের ক্লাব",),
            "ar": ("نادي الشباب",),
        },
        where={"en": "In the community centre", "bn": "কমিউনিটি সেন্টারে", "ar": "في المركز المجتمعي"},
        north=0.0007,
        east=-0.0018,
        hinders=("full_or_closed", "nothing_to_join"),
        share=3,
    ),
    Thing(
        kind="shops_work",
        names={
            "en": ("The corner café", "corner cafe"),
            "bn": ("কোণের ক্যাফে",),
            "ar": ("مقهى الزاوية",),
        },
        where={"en": "Opposite the bus stop", "bn": "বাসস্টপের উল্টো দিকে", "ar": "مقابل محطة الحافلات"},
        north=0.0002,
        east=0.0006,
        hinders=("cost", "not_fit_in"),
        share=3,
    ),
    Thing(
        kind="people_skills",
        names={
            "en": ("A neighbour who fills in forms for people",),
            "bn": ("এক প্রতিবেশী যিনি ফরম পূরণ করে দেন",),
            "ar": ("جار يساعد الناس في ملء الاستمارات",),
        },
        where={},
    ),
)

STORIES: Final[Mapping[str, tuple[Thing, ...]]] = {"old-ford": OLD_FORD, "kings-heath": KINGS_HEATH}
"""By neighbourhood."""
