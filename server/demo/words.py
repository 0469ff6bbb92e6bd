"""What the made-up people of the demo say of what is in the way and what to change. No place or person in it is real.

Keys of ``hinders`` are codes of the code book of barriers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["OWN_TONGUES", "VOICES", "WORKERS", "Voice"]


@dataclass(frozen=True)
class Voice:
    """What is said in one language."""

    hinders: Mapping[str, tuple[str, ...]]
    changes: tuple[str, ...]


WORKERS: Final = ("Amina", "Joe", "Rafiq", "Grace")
"""Names of made-up outreach workers; each is shown with a label that says so."""

ENGLISH: Final = Voice(
    hinders={
        "space_control": (
            "It is locked at weekends and nobody knows who has the key.",
            "We asked to use the room. They said ask the landlord. The landlord said ask the hall.",
            "It belongs to the housing office, so they decide, and they are never here.",
        ),
        "nothing_to_join": (
            "We sit near each other but nobody starts talking. There is nothing on for people my age.",
            "It stopped in the summer and nothing came instead.",
        ),
        "cost": (
            "Three pounds does not sound like much. Twice a week, with two children, it is.",
            "First time free, then it is a membership.",
        ),
        "not_safe": (
            "Fine by day. In winter it is dark by four and there are no lights at all 🌙",
            "There was trouble by the bins last month. I go round the long way now.",
        ),
        "not_welcoming": ("You can feel it when you walk in. Nobody is rude, nobody says hello either.",),
        "hard_to_reach": (
            "The lift is broken and the bus stops running at six.",
            "Two buses each way, and the second one never waits.",
        ),
        "poor_state": (
            "No toilets, so my mother will not go.",
            "There is damp up the wall. The children cough when they come out.",
            "Half the paving is up. I fell in March.",
        ),
        "disabled_access": ("Four steps and no rail. They say there is a ramp; it is in a cupboard.",),
        "caring": ("I look after my husband. An hour away is an hour somebody else must sit with him.",),
        "full_or_closed": ("Waiting list. They stopped writing names down.",),
        "did_not_know": ("Eleven years here and I only heard of it from you.",),
        "digital": ("You book it on the website. I do not have the website.",),
        "none": ("",),
    },
    changes=(
        "Open the hall on Saturdays and let us look after it ourselves.",
        "Lights along the path.",
        "One board, in every language, that says what is on this week.",
        "Somebody from housing who comes here once a month and listens.",
        "A bus after six.",
    ),
)

BENGALI: Final = Voice(
    hinders={
        "information_language": (
            "সব কাগজ ইংরেজিতে। আমার মেয়ে স্কুল থেকে ফিরলে পড়ে শোনায়।",
            "চিঠি আসে, বুঝি না, ফেলে দিই।",
        ),
        "taking_part_english": ("কথা বুঝি, কিন্তু সবার সামনে বলতে লজ্জা লাগে।",),
        "caring": ("বাচ্চাদের রেখে যাওয়ার কেউ নেই।",),
        "did_not_know": ("পাশেই থাকি, তবু আজই প্রথম শুনলাম।",),
        "opening_times": ("ক্লাস সকাল দশটায়, তখন আমি কাজে থাকি।",),
        "space_control": ("ঘরটা কার, কাকে বলতে হবে, কেউ জানে না।", "শনিবার তালা থাকে, চাবি কার কাছে কে জানে।"),
        "poor_state": ("দেয়ালে স্যাঁতসেঁতে দাগ, বাচ্চাদের কাশি হয়।",),
        "not_safe": ("শীতকালে চারটায় অন্ধকার, রাস্তায় আলো নেই।",),
    },
    changes=(
        "মেয়েদের জন্য সপ্তাহে একদিন আলাদা সময়।",
        "বাংলায় লেখা একটা নোটিশ বোর্ড।",
        "শনিবার হলটা খোলা থাকুক।",
    ),
)

ARABIC: Final = Voice(
    hinders={
        "information_language": ("كل الأوراق بالإنجليزية، وابني هو الذي يقرأها لي.",),
        "not_fit_in": ("لا أعرف أحدًا هناك، وأخاف أن أكون غريبًا بينهم.",),
        "full_or_closed": ("قالوا إن هناك قائمة انتظار (6 أشهر).",),
        "digital": ("يجب أن تسجّل عبر الإنترنت، وهاتفي قديم.",),
        "space_control": ("القاعة مقفلة في نهاية الأسبوع ولا نعرف من يملك المفتاح.",),
        "hard_to_reach": ("الحافلة تتوقف بعد السادسة مساءً.",),
    },
    changes=(
        "شخص يتكلم العربية يومًا واحدًا في الأسبوع.",
        "أن تبقى القاعة مفتوحة في المساء.",
    ),
)

VOICES: Final[Mapping[str, Voice]] = {"en": ENGLISH, "bn": BENGALI, "ar": ARABIC}
"""By language of the interview."""

OWN_TONGUES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "old-ford": (
        ("information_language", "Warqad kasta waa Ingiriisi. Cid kale ayaan weydiiyaa."),
        ("caring", "Carruurta cid ila haysata ma jirto."),
        ("cost", "Costa troppo per tre persone."),
    ),
    "kings-heath": (
        ("information_language", "Wszystko jest po angielsku, a ja dopiero się uczę."),
        ("hard_to_reach", "Po szóstej nie ma już autobusu, a ja kończę pracę o siódmej."),
        ("not_fit_in", "Nu cunosc pe nimeni acolo și mi-e rușine să intru singură."),
        ("opening_times", "E deschis numai când sunt la muncă."),
        ("not_safe", "Vakare ten tamsu, vaikų viena neleidžiu."),
        ("information_language", "Всё на английском, я не понимаю половину."),
    ),
}
"""What people say in a language that the interview is not held in, written down as they say it, by neighbourhood."""
