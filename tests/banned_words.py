"""Words that people do not meet in Fieldwell: whom each would puzzle or hurt, why, and what to say instead.

A line names stems: "upload" also finds "uploaded" and "Uploading". A stem that ends with `.` is a whole word. What
is banned for coordinators is banned for everybody; what is banned for workers is banned for residents too.
"""

from dataclasses import dataclass
from typing import Final

from tests.sentences import Audience

__all__ = ["BANNED", "BANNED_IN", "EXCEPTIONS", "NAMES", "Banned"]


@dataclass(frozen=True, kw_only=True)
class Banned:
    """Stems of words, the widest audience that must not hear them, the reason, and what to say instead."""

    stems: str
    nobody_below: Audience
    because: str
    instead: str


def everybody(stems: str, *, because: str, instead: str) -> Banned:
    return Banned(stems=stems, nobody_below=Audience.COORDINATORS, because=because, instead=instead)


def field(stems: str, *, because: str, instead: str) -> Banned:
    return Banned(stems=stems, nobody_below=Audience.WORKERS, because=because, instead=instead)


BANNED: Final = (
    everybody("sync", because="nobody who fills in forms says it", instead="send; up to date"),
    everybody("submi", because="word of forms and courts", instead="send; answers; interview; response"),
    everybody("outbox queue", because="furniture of programmers", instead="not sent yet; waits on this phone"),
    everybody("token credential", because="word of programmers", instead="link; permission; sign-in"),
    everybody("device. devices.", because="people carry phones", instead="phone; computer"),
    everybody("enrol", because="word of schools and armies", instead="get this phone ready; add a phone"),
    everybody("upload", because="a direction that only computers know", instead="send; choose a file"),
    everybody("cache. cached cookie", because="word of programmers", instead="what is saved on this phone"),
    everybody("payload json parse. parsing", because="word of programmers", instead="what came; the text"),
    everybody("revision. revisions", because="inner name", instead="version"),
    everybody("quarantin", because="sounds like illness", instead="set aside"),
    everybody("instrument", because="sounds like music or surgery", instead="form; questions"),
    everybody("session", because="word of programmers", instead="sign-in; where you are signed in"),
    everybody("fatal abort kill execut illegal terminat", because="frightens", instead="stop; could not"),
    everybody("invalid", because="hurts people with a disability, and mends nothing", instead="say what to write"),
    everybody("error failed failure unexpected oops", because="blames, and mends nothing", instead="what happened"),
    everybody("incorrect you.forgot you.failed your.mistake", because="blames the person", instead="what to do"),
    everybody("please sorry", because="longer, and no kinder", instead="the verb alone"),
    everybody("click", because="phones have no mouse", instead="press; choose"),
    everybody("log.in login logged.in logged.out logout", because="one word per thing", instead="sign in; sign out"),
    everybody("username user. users.", because="people are people", instead="sign-in name; person"),
    everybody("url. string. boolean null id.", because="word of programmers", instead="address; text; name"),
    everybody("app.store native browser.tab", because="one word per thing", instead="tab; app"),
    everybody("e.g. i.e. etc. via.", because="Latin", instead="such as; that is; by"),
    everybody(
        "color center. neighborhood organiz authoriz canceled dialog. favorite license.",
        because="spelling of another country",
        instead="the British spelling",
    ),
    everybody("telephone mobile handset", because="one word per thing", instead="phone"),
    everybody("signal", because="one word per thing", instead="connection"),
    everybody("submitter respondent participant beneficiary", because="cold", instead="person; resident"),
    everybody("skip.to.content", because="one wording per act", instead="Skip to the page"),
    everybody("don't.know dont.know", because="a typewriter's apostrophe", instead="I don’t know"),
    field("server database", because="people see phones and a team", instead="the team; our side"),
    field("console", because="only coordinators see it", instead="the team"),
    field("the.record. a.record. records.", because="inner name", instead="answers; interview"),
    field("export import sheet.", because="work of coordinators", instead="send; take out"),
    field("response. responses.", because="a word for coordinators", instead="answers; interview"),
    field("optional.field required mandatory", because="word of forms", instead="(optional); answer this to go on"),
    field("erroneous unable terminate commence utilise obtain prior", because="stiff", instead="the short word"),
    Banned(
        stems="interview form. coordinator",
        nobody_below=Audience.RESIDENTS,
        because="a resident answers questions of a team",
        instead="your answers; these questions; the team",
    ),
)

# (sentence, stem) → why it may stay.
EXCEPTIONS: Final[dict[tuple[str, str], str]] = {
    ("Form not on offer", "form."): "the console says it; the same file holds the words of posters",
    ("Choose a form that a poster can carry.", "form."): "the console says it, to who makes a poster",
    ("Complete records (JSON lines)", "json"): "the name of a format, for who reads the file with a program",
    ("Choose only languages that the form and the neighbourhood share.", "form."): "the console says it, as above",
}

# Loan words and words of programmers, by language: (words, instead).
BANNED_IN: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "bn": (
        ("সিঙ্ক সিংক", "পাঠান"),
        ("টোকেন", "লিংক; অনুমতি"),
        ("সাবমিট আউটবক্স", "পাঠান; এখনো পাঠানো হয়নি"),
        ("ডিভাইস", "ফোন"),
        ("আপলোড", "পাঠান"),
        ("ক্যাশ ডেটাবেস ডাটাবেস", "এই ফোনে যা রাখা আছে"),
        ("সেশন", "সাইন ইন"),
        ("এরর ইনভ্যালিড অবৈধ", "কী হয়েছে, কী করতে হবে"),
        ("ক্লিক", "চাপুন; বেছে নিন"),
        ("সংরক্ষণ", "রাখা"),
        ("সম্পত্তি", "যা সাহায্য করে"),
        ("জানালায়", "ট্যাবে; উইন্ডোতে"),
    ),
    "ar": (
        ("مزامنة زامن", "أرسل"),
        ("توكن", "رابط; إذن"),
        ("سيرفر", "خادم"),
        ("جهاز", "هاتف"),
        ("كاش كوكي", "ما هو محفوظ في هذا الهاتف"),
        ("جلسة جلسات", "دخول"),
        ("غير.صالح", "قل ما المطلوب"),
        ("انقر اضغط.فوق", "اضغط; اختر"),
        ("فضلك يرجى الرجاء", "الفعل وحده"),
        ("تقديم", "إرسال"),
        ("استعمال استعمل استُعمل", "استخدام; استخدم"),
    ),
}

# Words that begin with a capital inside a sentence, and may: names of places, programs, formats and what is on keys.
NAMES: Final = frozenset(
    """Fieldwell Chrome Firefox Safari Excel LibreOffice GeoJSON Polygon MultiPolygon Old Ford Well Communities North
    South East London Northamptonshire United Kingdom National Grid Office Statistics Earth Longitude Wi-Fi QR I HTTPS
    CSV WGS LSOA MB WAV Print Location Tab Shift Enter Bengali Sylheti Arabic English Web Content
    Accessibility Guidelines AA Equality Advisory Support Service TalkBack VoiceOver NVDA JAWS Chromium
    FeatureCollection JSON QGIS PMTiles XLSForm XForm Kobo ODK HEIC JPEG PIN""".split()
)
