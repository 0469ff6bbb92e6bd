"""What the made-up people of the demo say. No place or person in it is real.

Each thing that helps is (kind, name, where it is); each thing in the way is (code, words).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["VOICES", "WORKERS", "Voice"]


@dataclass(frozen=True)
class Voice:
    """What is said in one language; a blank place means that it is not told in words."""

    helps: tuple[tuple[str, str, str], ...]
    hinders: tuple[tuple[str, str], ...]
    changes: tuple[str, ...]


WORKERS: Final = ("Amina", "Joe", "Rafiq", "Grace")
"""Names of made-up outreach workers; each is shown with a label that says so."""

ENGLISH: Final = Voice(
    helps=(
        ("green_space", "The little park with the pond", "Behind the flats, past the bus stop"),
        ("groups_clubs", "Thursday lunch club", "In the church hall on the corner"),
        ("blue_space", "The canal path", "Between the two bridges"),
        ("arts_culture", "The evening choir", "Upstairs in the library"),
        ("community_centre", "The tenants' hall", "On the ground floor of the tall block"),
        ("food_growing", "Shared garden plots", "By the railway arches"),
        ("people_skills", "Somebody who mends bicycles for nothing", ""),
        ("getting_about", "The bench outside the chemist", "On the high street"),
    ),
    hinders=(
        ("space_control", "It is locked at weekends and nobody knows who has the key."),
        ("nothing_to_join", "We sit near each other but nobody starts talking. There is nothing on for people my age."),
        ("cost", "Three pounds does not sound like much. Twice a week, with two children, it is."),
        ("not_safe", "Fine by day. In winter it is dark by four and there are no lights at all 🌙"),
        ("not_welcoming", "You can feel it when you walk in. Nobody is rude, nobody says hello either."),
        ("hard_to_reach", "The lift is broken and the bus stops running at six."),
        ("poor_state", "No toilets, so my mother will not go."),
        ("none", ""),
    ),
    changes=(
        "Open the hall on Saturdays and let us look after it ourselves.",
        "Lights along the path.",
        "One board, in every language, that says what is on this week.",
    ),
)

BENGALI: Final = Voice(
    helps=(
        ("groups_clubs", "মহিলাদের সেলাইয়ের দল", "স্কুলের পাশের ঘরে"),
        ("green_space", "পুকুরওয়ালা ছোট পার্ক", "ফ্ল্যাটগুলোর পেছনে"),
        ("faith", "জুম্মার পরে চা", "মসজিদের উল্টো দিকে"),
        ("library_learning", "ইংরেজি শেখার ক্লাস", "লাইব্রেরির দোতলায়"),
        ("food_growing", "সবজি চাষের জমি", "রেললাইনের ধারে"),
        ("health_care_advice", "পরামর্শের সকাল", "ডাক্তারখানার পাশে"),
    ),
    hinders=(
        ("information_language", "সব কাগজ ইংরেজিতে। আমার মেয়ে স্কুল থেকে ফিরলে পড়ে শোনায়।"),
        ("taking_part_english", "কথা বুঝি, কিন্তু সবার সামনে বলতে লজ্জা লাগে।"),
        ("caring", "বাচ্চাদের রেখে যাওয়ার কেউ নেই।"),
        ("did_not_know", "পাশেই থাকি, তবু আজই প্রথম শুনলাম।"),
        ("opening_times", "ক্লাস সকাল দশটায়, তখন আমি কাজে থাকি।"),
        ("space_control", "ঘরটা কার, কাকে বলতে হবে, কেউ জানে না।"),
    ),
    changes=(
        "মেয়েদের জন্য সপ্তাহে একদিন আলাদা সময়।",
        "বাংলায় লেখা একটা নোটিশ বোর্ড।",
    ),
)

ARABIC: Final = Voice(
    helps=(
        ("community_centre", "قاعة السكان", "في الطابق الأرضي من البرج"),
        ("shops_work", "مقهى الزاوية", "مقابل محطة الحافلات"),
        ("green_space", "الحديقة الصغيرة ذات البركة", "خلف المباني"),
        ("sport_activity", "كرة القدم مساء الجمعة", "في ملعب المدرسة"),
    ),
    hinders=(
        ("information_language", "كل الأوراق بالإنجليزية، وابني هو الذي يقرأها لي."),
        ("not_fit_in", "لا أعرف أحدًا هناك، وأخاف أن أكون غريبًا بينهم."),
        ("full_or_closed", "قالوا إن هناك قائمة انتظار (6 أشهر)."),
        ("digital", "يجب أن تسجّل عبر الإنترنت، وهاتفي قديم."),
    ),
    changes=(
        "شخص يتكلم العربية يومًا واحدًا في الأسبوع.",
        "أن تبقى القاعة مفتوحة في المساء.",
    ),
)

VOICES: Final[Mapping[str, Voice]] = {"en": ENGLISH, "bn": BENGALI, "ar": ARABIC}
