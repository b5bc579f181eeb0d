"""Texts that somebody types who means harm, or whose program is broken, by what they try."""

SQL = (
    "'",
    '"',
    "' OR '1'='1",
    "1; DROP TABLE unit; --",
    "' UNION SELECT password_hash, email FROM staff --",
    "') OR 1=1 --",
    "1' AND SLEEP(5) --",
    "1 AND (SELECT 1 FROM pg_sleep(5))",
    "\\'; SELECT 1; --",
    "%' ESCAPE '!",
    "%_%",
    "0x27204f5220313d31",
)
TEMPLATES = (
    "{{7*191}}",
    "${7*191}",
    "#{7*191}",
    "<%= 7*191 %>",
    "{{config}}",
    "{{''.__class__.__mro__}}",
    "{%print(7*191)%}",
    "%(secret_key)s",
    "%s%s%s%n",
    "{0.__class__}",
)
MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "</textarea><script>x</script>",
    "<!--",
    "]]>",
    "&#60;script&#62;",
)
PATHS = (
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "....//....//app.py",
    "%2e%2e%2fapp.py",
    "..%c0%afapp.py",
    "file:///etc/passwd",
    ".git/config",
    "con",
    ".",
    "..",
)
BREAKS = ("x\r\nSet-Cookie: evil=1", "x\nLocation: //evil.vn", "x%0d%0aX-Evil: 1", "x\u2028y", "x\x85y", "x\x0b\x0cy")
ZEROS = ("\x00", "a\x00b", "00166\x00", "\x00" * 50)
FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://evil.vn")', "＝1+1")
NUMBERS = (
    "-1",
    "0",
    "1e309",
    "NaN",
    "inf",
    "9" * 30,
    "9" * 5000,
    "0x10",
    "1_000",
    "٣",
    "２０２６",
    "2026-13",
    "0000-00",
    "9999-12",
    "2026-02-30",
    "1,5",
    " 1 ",
)
SHAPES = (
    "",
    " ",
    "null",
    "true",
    "[]",
    "{}",
    "[object Object]",
    "None",
    "undefined",
    "on",
    "*",
    "sipas-2024@99",
    "a" * 5000,
)
UNICODE = (
    "e\u0301" * 50,
    "\u202egnp",
    "\ufeff",
    "\u200b",
    "😀" * 100,
    "Ð",
    "İ",
    "ﬀ",
    "\ufffe",
    "\U0010ffff",
    "ở" * 3000,
)
BYTES = (b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"a\x80", b"%", b"%zz", b"\xf8\x88\x80\x80\x80")
TEXTS = (*SQL, *TEMPLATES, *MARKUP, *PATHS, *BREAKS, *ZEROS, *FORMULAS, *NUMBERS, *SHAPES, *UNICODE)
EVERYTHING: tuple[str | bytes, ...] = (*TEXTS, *BYTES)
