"""Two hundred texts as keyboards, phones, chats and other programs send them."""

from __future__ import annotations

import unicodedata

# What turns round the text after it.
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
# Left as they are by every cleaning.
WORDS = (
    "Zoé Müller", "Nguyễn Thị Ánh", "Ελένη", "Наталья", "שָׁלוֹם", "بِسْمِ اللّٰه", "می‌خواهم", "PDF‌ها", "नमस्ते क्‍ष", "ශ්‍රී ලංකා",
    "അവന്‍", "বাংলা", "தமிழ்", "ภาษาไทย", "ខ្មែរ", "བོད་སྐད", "မြန်မာ", "ᠮᠣᠩᠭᠣᠯ", "山田　太郎".replace("　", " "),
    "葛\U000e0100城", "김 서연", "አማርኛ", "👩🏽‍🦱", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️‍🔥", "🙂‍↔️", "1️⃣", "☂︎", "🇬🇧", "ℹ️",
    "50 % – “so” … it’s ½ €3.50", "a_b/c\\d <e> & 'f' \"g\"", "בְּרֵאשִׁ֖ית",
)  # fmt: skip
# Nothing is left of these.
UNSEEN = (
    "", " \t\r\n", "\u00a0\u2003\u3000\u202f", "\u200b\u200c\u200d\ufeff\u2060", TURNING, "\u00ad\u034f\u180e", "\u3164",
    "\u2800 \u2800", "\u115f\u1160", "\uffa0", "\ufe0f\ufe0f", "\U000e0001\U000e0061\U000e007f", "\x00\x07\x1b", "\ud83d",
    "\u17b4\u17b5", "\U0001d159", "\ufffc\ufff9\ufffb", "\ufdd0\uffff", "\U000e01ef", "\u0301\u0301", "\u2028\u2029\x85",
)  # fmt: skip

_MORE_WORDS = (
    "sore wrists", "Schmerzen im Rücken", "douleur à l’épaule", "dolor de cabeza ¿otra vez?", "ból pleców, źle śpię", "bolest zad – červen",
    "Rückenschmerzen", "smerte i ryggen, Ærø", "kipeät ranteet", "sırt ağrısı İstanbul ılık", "durere de spate, țară", "háttfájás, őszinte",
    "đau lưng mãn tính", "πόνος στη μέση", "болка в гърба", "біль у спині, їжак", "ցավ", "ტკივილი", "כאב גב", "ألم في الظهر", "کمردرد دارم",
    "کمر میں درد", "पीठ दर्द", "পিঠে ব্যথা", "முதுகு வலி", "వెన్ను నొప్పి", "ಬೆನ್ನು ನೋವು", "നടുവേദന", "කොන්දේ වේදනාව", "ปวดหลัง", "ເຈັບຫຼັງ", "ឈឺខ្នង",
    "ကျောနာ", "腰痛がひどい", "허리 통증", "背痛", "背痛（很痛）", "nằm", "ሕመም", "maumivu ya mgongo", "ọgbẹ́ ẹ̀yìn", "ʻōlelo Hawaiʻi", "Ħamrun", "Þórður", "Ǆ ǆ ﬁ ﬀ", "ẞ ß",
    "½ ¾ ⅓ ² ³", "© ® ™ ℞ №", "← → ↑ ↓", "♀ ♂ ⚕ ☤", "🙂", "🙃👍🏿", "👩🏾‍⚕️", "🧑🏻‍🤝‍🧑🏿", "🏴‍☠️", "🇫🇷🇩🇪🇺🇦", "#️⃣ *️⃣ 0️⃣", "❤︎", "🫠🫶🏼", "🐈‍⬛", "⛓️‍💥", "🏳️‍⚧️",
    "☑️ done", "a–b—c‑d", "“so” ‚so‘ «so» 「so」", "it’s 5′ 9″", "10 °C", "1 000,50 €", "$5 & <b>bold</b>", "'; DROP TABLE person; --",
    "{{ 7 * 7 }}", "%s %(x)s {0}", "\\n \\t \\u0041", "../../etc/passwd", "https://x.example/?a=b&c=d#e", "a@b.example", "=1+1", "+44 20 7946 0000",
    "-3", "@SUM(A1)", "＝1＋1", "x;=1+1", "null", "None", "true", "NaN", "0", "00", "1e5", "\"quoted\"", "'quoted'", "a,b;c|d", "<script>x</script>",
    "&amp; &#x202e; &rlm;", "%E2%80%AE", "C:\\temp\\x", "....", "???!!!", "(", ")", "[x](y)", "# head", "* star", "_under_", "~~no~~", "`code`",
)  # fmt: skip
_HIDDEN = (
    "so\u00adre",
    "so\u200bre",
    "so\u200dre",
    "\ufeffsore",
    "sore\u2060",
    "s\u034fore",
    "so\u180ere",
    "sore\ufe0f",
    "\U000e0073ore",
    "so\U000e0001re",
    "so\ufff9x\ufffare\ufffb",
    "sore \ufffc",
    "so\x00re",
    "so\x07re",
    "\x1b[31msore",
    "so\x7fre",
    "so\x85re",
    "a\tb",
    "a\r\nb",
    "a\rb",
    "a\u2028b",
    "a\x0bb\x0cc",
    " \u00a0sore\u3000",
    "a\u2003b\u2009c\u202fd",
    "a\u3164b",
    "\u2800a\u2800",
    "\u115fa\u1160",
    "\uffa0a",
    "\ufdd0a\uffff",
    "\ufffd",
)
_TURNED = (
    "\u202esore",
    "so\u202ere\u202c",
    "\u202dab\u202c",
    "\u2067שלום\u2069",
    "\u2066ab",
    "ab\u2069\u2069",
    "\u200fשלום\u200e (1)",
    "\u061cألم",
    "\u202bכאב 3\u202c",
    "שלום (3) abc",
    "abc שלום 123, 456",
    "٣ أيام",
    "۳ روز",
    "כאב: 7/10",
    "\u2068x\u202e\u2069y",
    "gnp.\u202eexe",
)
_FLOODS = (
    "".join(letter + "\u0301\u0316\u0489\u035c" * 20 for letter in "help"),
    "a" + "\u0300" * 500,
    "\u0301\u0302",
    "ก" + "้" * 100,
    "\u20dd" * 5 + "x",
    "נ" + "\u05b0\u05b1\u05b2\u05b3" * 30,
    "x\u034f" * 40,
    "\u200d" * 300,
    "👩" + "\u200d👩" * 60,
    "\U0001f3f4" + "\U000e0067" * 50,
    "ㅤ" * 200,
)
_LONG = (
    "x" * 81,
    "é" * 80,
    "é" * 501,
    "e\u0301" * 80,
    "👩🏽‍🦱" * 30,
    "word " * 500,
    "\u0958" * 60,
    "ﷺ" * 90,
    "a\n" * 300,
    "שלום " * 120,
)
# Half of a character: no browser sends one in a form, other programs do.
HALF = ("\ud83d", "a\udc00b", "\udfff\ud800")

TEXTS = tuple(
    dict.fromkeys(
        (
            *WORDS,
            *(unicodedata.normalize("NFD", one) for one in WORDS),
            *UNSEEN,
            *_MORE_WORDS,
            *_HIDDEN,
            *_TURNED,
            *_FLOODS,
            *_LONG,
            *HALF,
        )
    )
)
