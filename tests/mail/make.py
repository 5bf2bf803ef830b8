# SPDX-License-Identifier: GPL-2.0-or-later
"""Random messages of which the right reading is known.

Each is drawn from the ways in which mail is written, the odd ones among them;
what is odd leaves a tag, by which differential.py knows why another reader
may read it otherwise."""

import base64
import binascii
import quopri

SCRIPTS = [
    ("latin", "mill river weir flour harbour ferry bridge tower north morning".split(),
     ["utf-8", "us-ascii", "iso-8859-1", "windows-1252"]),
    ("western", "Mølle Brücke café señor Ærø über élève naïve Öl façade".split(),
     ["utf-8", "iso-8859-1", "windows-1252", "iso-8859-15"]),
    ("polish", "młyn rzeka źródło łąka żółw gęś ćma świt".split(),
     ["utf-8", "iso-8859-2", "windows-1250"]),
    ("russian", "мельница река утро мост снова работает понедельник".split(),
     ["utf-8", "koi8-r", "windows-1251", "iso-8859-5"]),
    ("greek", "μύλος ποτάμι γέφυρα πρωί λιμάνι".split(),
     ["utf-8", "iso-8859-7"]),
    ("hebrew", "טחנה נהר גשר בוקר שלום מים".split(),
     ["utf-8", "windows-1255", "iso-8859-8"]),
    ("chinese", "磨坊 今天 重新 开放 河流 桥梁 星期一".split(),
     ["utf-8", "gb2312", "gbk", "gb18030"]),
    ("japanese", "水車 新聞 今朝 ふたたび まわる カタカナ".split(),
     ["utf-8", "iso-2022-jp", "shift_jis", "euc-jp"]),
    ("korean", "방앗간 오늘 다시 열다 강물".split(), ["utf-8", "euc-kr"]),
]
NAMES = ["Vera Holm", "Nils Aas", "Jūratė Kazlauskienė", "José Peña", "谷村", "Ирина Волкова",
         "Vera Holm (Desk)", "Holm, Vera", "Vera \"V\" Holm", "O'Brien", "Dr. Weir", "שלום"]


def words(r, most=8, script=None):
    """Words of one script, and a charset that has them."""
    script = script or r.choice(SCRIPTS)
    return " ".join(r.choice(script[1]) for _ in range(r.randint(1, most))), \
        r.choice(script[2]), script


def q_encode(data):
    keep = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return "".join("_" if c == 32 else chr(c) if c in keep else "=%02X" % c
                   for c in data)


class Maker:
    """One message; `tags` says what is odd in it."""

    def __init__(self, r):
        self.r = r
        self.tags = set()
        self.n = 0

    def chance(self, one_in):
        return self.r.randrange(one_in) == 0

    # -- heads ---------------------------------------------------------------

    def encoded(self, text, charset, tag_as):
        """Text as encoded words, cut between characters, or anywhere."""
        r = self.r
        data = text.encode(charset)
        stateful = charset.startswith("iso-2022")
        pieces = [data]
        if len(data) > 3 and self.chance(2):
            if self.chance(2) and not stateful:
                at = r.randint(1, len(data) - 1)
                pieces = [data[:at], data[at:]]
                try:
                    data[:at].decode(charset)
                    data[at:].decode(charset)
                except UnicodeDecodeError:
                    self.tags.add("word-cut-" + tag_as)
            else:
                at = r.randint(1, len(text) - 1) if len(text) > 1 else 0
                if at:
                    pieces = [text[:at].encode(charset), text[at:].encode(charset)]
        if len(pieces) > 1:
            self.tags.add("two-words-" + tag_as)
        out = []
        for p in pieces:
            name = charset if not self.chance(3) else charset.upper()
            if self.chance(12):
                name += "*en"
            if r.random() < 0.5:
                b = base64.b64encode(p).decode()
                if self.chance(12) and b.endswith("="):
                    b = b.rstrip("=")
                    self.tags.add("word-unpadded-" + tag_as)
                out.append(f"=?{name}?{r.choice('bB')}?{b}?=")
            else:
                out.append(f"=?{name}?{r.choice('qQ')}?{q_encode(p)}?=")
        return r.choice([" ", "\n ", "\n\t", "  "]).join(out)

    def subject(self):
        text, charset, script = words(self.r, 6)
        if script[0] == "latin" and self.chance(2):
            if self.chance(3) and " " in text:
                return text, text.replace(" ", self.r.choice(["\n ", "\n\t", "\n \n "]), 1)
            return text, text
        more, _, _ = words(self.r, 2, SCRIPTS[0])
        value = self.encoded(text, charset, "subject")
        where = self.r.randrange(4)
        if where == 0:
            return more + " " + text, more + " " + value
        if where == 1:
            return text + " " + more, value + " " + more
        return text, value

    def person(self):
        """A name and how it is written."""
        r = self.r
        name = r.choice(NAMES)
        local = r.choice(["vera", "nils.aas", "news+desk", "v_h"])
        address = local + "@" + r.choice(["mill.example", "weir.example", "a.b.example"])
        plain = all(c.isalnum() or c == " " for c in name) and name.isascii()
        way = r.randrange(8)
        if way == 0:
            return address, r.choice([address, f"<{address}>"])
        if way == 1 and name.isascii() and not set(name) & set('()",'):
            spaced = address if not self.chance(3) else local + " at mill.example"
            if "@" not in spaced:
                self.tags.add("name-at")
            else:
                self.tags.add("name-comment")
            return name, f"{spaced} ({name})"
        if not name.isascii():
            charset = "utf-8" if way < 6 or "谷" not in name else "iso-2022-jp"
            word = self.encoded(name, charset, "from")
            if self.chance(6):
                self.tags.add("name-quoted-word")
                word = '"' + word.replace("\n", "") + '"'
            return name, f"{word} <{address}>"
        if plain and way < 4:
            if self.chance(4):
                first, last = name.split(" ", 1)
                self.tags.add("name-inner-comment")
                return name, f"{first} (the miller) {last} <{address}>"
            return name, f"{name} <{address}>"
        if name == "Dr. Weir" and way < 5:
            return name, f"{name} <{address}>"
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return name, f'"{quoted}" <{address}>'

    def people(self):
        some = [self.person() for _ in range(1 if not self.chance(4) else 2)]
        value = self.r.choice([", ", ",\n "]).join(v for _, v in some)
        if self.chance(20):
            self.tags.add("name-group")
            value = f"Desk: {value};"
        return [n for n, _ in some], value

    # -- bodies --------------------------------------------------------------

    def charset_name(self, charset):
        """The charset as people write it."""
        odd = {"iso-8859-1": ["ISO_8859-1", "latin1", "iso8859-1"],
               "windows-1251": ["cp1251", "win-1251", "x-cp1251"],
               "windows-1250": ["cp-1250", "windows1250"],
               "koi8-r": ["koi8r", "KOI8"],
               "gb2312": ["gb_2312-80", "x-gbk", "cn-gb"],
               "shift_jis": ["x-sjis", "shift-jis"],
               "euc-kr": ["ks_c_5601-1987", "x-windows-949"],
               "utf-8": ["UTF8", "utf_8", "unicode-1-1-utf-8"],
               "iso-8859-8": ["iso-8859-8-i"]}
        if charset in odd and self.chance(4):
            self.tags.add("charset-name")
            return self.r.choice(odd[charset])
        return charset

    def coded(self, data, seven):
        """A transfer encoding's name and the text in it."""
        r = self.r
        way = r.randrange(4)
        if way == 0 or (way == 1 and not seven):
            coded = base64.encodebytes(data)
            if self.chance(8) and len(data) > 9:
                at = r.randint(1, len(data) - 1)
                coded = base64.encodebytes(data[:at]) + base64.encodebytes(data[at:])
                self.tags.add("base64-pieces")
            name = "base64"
        elif way == 2:
            coded = quopri.encodestring(data)
            if self.chance(6):
                coded = coded.replace(b"=\n", b"= \t\n")
                self.tags.add("soft-blanks")
            name = "quoted-printable"
        else:
            return r.choice(["7bit", "8bit", "binary", None]) if seven else "8bit", data
        if self.chance(8):
            name = r.choice([f'"{name}"', name + ";", name + " (x)", name.upper()])
            self.tags.add("coding-name")
        return name, coded

    def text(self):
        """A part of text: its right reading, heads, body."""
        r = self.r
        kind = r.choice(["plain"] * 5 + ["html", "flowed"])
        script = r.choice(SCRIPTS)
        charset = r.choice(script[2])
        paragraphs = [words(r, 9, script)[0] for _ in range(r.randint(1, 3))]
        right = "\n\n".join(paragraphs)
        type_ = "text/plain"
        more = ""
        if kind == "html":
            source = "".join(f"<p>{p}</p>\n" for p in paragraphs)
            type_ = "text/html"
        elif kind == "flowed":
            source = "\n\n".join(p.replace(" ", " \n", 1) for p in paragraphs) + "\n"
            more = r.choice(["; format=flowed", '; Format="Flowed"'])
            self.tags.add("flowed")
        else:
            source = right + "\n"
        data = source.encode(charset)
        heads = []
        name, body = self.coded(data, all(c < 128 for c in data))
        said = self.charset_name(charset)
        if kind == "plain" and charset == "us-ascii" and self.chance(3):
            if self.chance(2):
                odd = r.choice(["text", "plain", "text/", "text/plain/x", "charset=us-ascii"])
                heads.append(("Content-Type", odd))
                self.tags.add("type-odd")
        else:
            gap = r.choice(["; ", ";", ";\n ", "; "])
            quote = r.choice(['"', ""])
            heads.append(("Content-Type", f"{type_}{gap}charset={quote}{said}{quote}{more}"))
            if kind == "plain" and self.chance(12):
                heads[-1] = ("Content-Type", f"{type_} charset={said}")
                self.tags.add("type-no-semicolon")
        if name:
            heads.append(("Content-Transfer-Encoding", name))
        r.shuffle(heads)
        return right, heads, body

    def boundary(self):
        """A boundary and the parameter that tells it."""
        r = self.r
        self.n += 1
        b = r.choice(["=_part", "b", "----=_Next", "a.b+c"]) + str(self.n) + \
            "x" * r.randrange(3)
        way = r.randrange(8)
        cut = len(b) // 2
        if way == 0:
            return b, f'boundary*0="{b[:cut]}";\n boundary*1="{b[cut:]}"'
        if way == 1:
            hexed = "".join(c if c.isalnum() else "%%%02X" % ord(c) for c in b)
            return b, f"boundary*=us-ascii''{hexed}"
        if way == 2 and b.isalnum():
            return b, f"boundary={b}"
        if way == 3:
            self.tags.add("boundary-blanks")
            return b, f'boundary = "{b}"'
        return b, f'boundary="{b}"'

    def parts(self, depth):
        """A multipart: its right reading, heads, body."""
        r = self.r
        kind = r.choice(["mixed", "alternative", "related", "mixed"])
        b, parameter = self.boundary()
        rights, chunks = [], []
        for i in range(r.randint(1, 3)):
            if kind == "alternative" and i > 0:
                right, heads, body = "", [("Content-Type", "text/html")], b"<p>other</p>"
            else:
                right, heads, body = self.text() if kind == "alternative" \
                    else self.part(depth + 1)
            if kind == "mixed" and i > 0 and self.chance(3):
                heads = [h for h in heads if h[0] != "Content-Disposition"]
                heads.append(("Content-Disposition", "attachment; filename=a.txt"))
                right = ""
            rights.append(right)
            chunks.append(b"--" + b.encode() + r.choice([b"\n", b"\n", b" \n"]) +
                          self.head_bytes(heads) + b"\n" + body.rstrip(b"\n") + b"\n")
        if kind != "alternative" and self.chance(8):
            chunks.append(b"--" + b.encode() + b"\nContent-Type: message/rfc822\n\n"
                          b"From: a@b.example\nSubject: inner\n\nNot this.\n")
        end = b"--" + b.encode() + b"--\n"
        if depth == 0 and self.chance(10):
            end = b""
        before = b"This is a message in MIME format.\n" if self.chance(4) else b""
        right = "\n\n".join(x for x in rights if x)
        return right, [("Content-Type", f"multipart/{kind}; {parameter}")], \
            before + b"".join(chunks) + end

    def part(self, depth):
        if depth < 3 and self.chance(3 if depth == 0 else 5):
            return self.parts(depth)
        return self.text()

    # -- the message ---------------------------------------------------------

    def head_bytes(self, heads):
        return "".join(f"{k}: {v}\n" for k, v in heads).encode()

    def message(self, i):
        r = self.r
        title, subject = self.subject()
        authors, people = self.people()
        right, heads, body = self.part(0)
        ident = f"m{i}@mill.example"
        own = f"<{ident}>"
        if self.chance(8):
            own = r.choice([own + " (added by gate)", "\n " + own])
            self.tags.add("id-comment")
        all_heads = [("From", people), ("To", "news@mill.example"), ("Subject", subject),
                     ("Date", "Tue, 12 Mar 2013 08:05:00 +0100"), ("Message-ID", own)]
        if self.chance(10):
            all_heads[1] = ("To", "news@mill.example,\n \n desk@mill.example")
        all_heads += [("MIME-Version", "1.0")] + heads
        r.shuffle(all_heads)
        data = self.head_bytes(all_heads) + b"\n" + body
        if self.chance(10):
            data = data.replace(b"Subject:", b"Subject :", 1)
            self.tags.add("blank-before-colon")
        if self.chance(4) and self.tags.isdisjoint({"soft-blanks"}):
            data = data.replace(b"\n", b"\r\n")
        return data, {"title": title, "author": authors, "id": ident, "body": right}
