"""Sentences that nobody said, in many scripts, for generated responses."""

from itertools import product
from typing import Final

__all__ = ["TEXTS"]

BEGINNINGS: Final = (
    "The park by the canal",
    "Lunch club at the church hall",
    "St. Mary’s library",
    "The choir on Tuesdays",
    "Walking group",
    "Boxing gym",
    "Community garden",
    "Allotments behind the school",
    "খালের ধারের পার্ক",
    "মহিলাদের সেলাইয়ের দল",
    "পাড়ার পাঠাগার",
    "مكتبة الحي",
    "نادي الشباب",
    "حديقة قرب القناة",
    "社区公园",
    "老人活动中心",
    "Biblioteka przy moście",
    "Świetlica dla dzieci",
    "Grădina de lângă școală",
    "Парк у канала",
    "Xarunta bulshada",
    "محلے کا پارک",
    "Centro comunitário",
    "Bibliothèque de quartier",
)
MIDDLES: Final = (
    "is what keeps me going",
    "closes too early",
    "has no toilets",
    "is far from the bus",
    "costs too much now",
    "needs better lights",
    "বিকেলে বন্ধ থাকে",
    "সবার জন্য খোলা নয়",
    "بعيدة عن بيتي",
    "مُغلقة في المساء",
    "没有座位",
    "太贵了",
    "jest zamknięta wieczorem",
    "этого мало",
    "waa qaali",
)
ENDINGS: Final = (
    "and I miss my friends there",
    "since the winter",
    "for people like us",
    "because nobody told me",
    "when it rains",
    "শীতের পর থেকে",
    "منذ الشتاء",
    "从冬天开始",
    "od zimy",
    "с зимы",
    "tan iyo jiilaalkii",
    "near number twelve bridge",
    "with the children",
    "on Sundays",
    "zebra crossing missing",
)
TEXTS: Final = tuple(f"{first} {second} {third}." for first, second, third in product(BEGINNINGS, MIDDLES, ENDINGS))
