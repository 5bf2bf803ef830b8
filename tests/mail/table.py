#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Mail as it is met, row by row: a message that differs from a plain one in a
single thing, and what must come out.

    table.py INDEXER FOLDER
"""

import base64
import binascii
import json
import os
import shutil
import subprocess
import sys

TEXT = "The mill turns."
PLAIN = {"From": "Vera Holm <vera@mill.example>", "To": "news@mill.example",
         "Subject": "Mill reopens", "Date": "Tue, 12 Mar 2013 08:05:00 +0100",
         "Message-ID": "<mill-1@mill.example>", "MIME-Version": "1.0",
         "Content-Type": "text/plain; charset=utf-8"}
ROWS = []  # (name, bytes, {key: right})


def message(body=TEXT, **heads):
    """The plain message with other heads; `_` stands for "-"; None: without."""
    all_heads = dict(PLAIN)
    for name, value in heads.items():
        all_heads[name.replace("_", "-")] = value
    lines = [b"Received: from m1.example by m2.example; Tue, 12 Mar 2013 08:05:09 +0100"]
    for name, value in all_heads.items():
        if value is not None:
            lines.append(name.encode() + b": " +
                         (value if isinstance(value, bytes) else value.encode()))
    return b"\n".join(lines) + b"\n\n" + \
        (body if isinstance(body, bytes) else (body + "\n").encode())


def row(name, data, **right):
    ROWS.append((name, data, right))


def b64(text, charset="utf-8"):
    return base64.b64encode(text.encode(charset)).decode()


# ---- names (RFC 5322) --------------------------------------------------------

for value, right in [
        ("vera@mill.example", ["vera@mill.example"]),
        ("<vera@mill.example>", ["vera@mill.example"]),
        ("v@m.example, n@m.example", ["v@m.example", "n@m.example"]),
        ('"Holm, Vera" <v@m.example>', ["Holm, Vera"]),
        ("Holm, Vera <v@m.example>", ["Holm, Vera"]),
        ("'Vera Holm' <v@m.example>", ["Vera Holm"]),
        ("\"'Vera Holm'\" <v@m.example>", ["Vera Holm"]),
        ('"Vera Holm"<v@m.example>', ["Vera Holm"]),
        ('"Vera Holm <v@m.example>', ["Vera Holm"]),
        ('Vera "The Miller" Holm <v@m.example>', ["Vera The Miller Holm"]),
        ('"A \\(B\\) C" <v@m.example>', ["A (B) C"]),
        ("O'Brien <o@x.example>", ["O'Brien"]),
        ("NRK: News <n@nrk.example>", ["NRK: News"]),
        ("Vera Holm v@m.example", ["Vera Holm"]),
        ("Vera (the miller) Holm <v@m.example>", ["Vera Holm"]),
        ("Vera Holm <v@m.example> (Vale Post)", ["Vera Holm"]),
        ("(Vera Holm) v@m.example", ["Vera Holm"]),
        ("v@m.example (Vera (V) Holm)", ["Vera (V) Holm"]),
        ("v@m.example (Vera \\(V\\) Holm)", ["Vera (V) Holm"]),
        ("vera@mill.example (Vera Holm, Vale Post)", ["Vera Holm, Vale Post"]),
        ("vera at mill.example (Vera Holm), nils at weir.example (Nils Aas)",
         ["Vera Holm", "Nils Aas"]),
        ("Desk: Vera Holm <v@m.example>, Nils Aas <n@m.example>;", ["Vera Holm", "Nils Aas"]),
        ("Vera Holm <v@m.example>; Nils <n@m.example>", ["Vera Holm", "Nils"]),
        ("Vera Holm; Nils Aas", ["Vera Holm", "Nils Aas"]),
        ("A <a@x.example> B <b@x.example>", ["A", "B"]),
        ("Vera\n Holm <v@m.example>,\n Nils Aas\n <n@m.example>", ["Vera Holm", "Nils Aas"]),
        ('"Vera\n Holm" <v@m.example>', ["Vera Holm"]),
        ("=?utf-8?Q?Holm=2C_Vera?= <v@m.example>", ["Holm, Vera"]),
        ("=?utf-8?Q?Holm,_Vera?= <v@m.example>", ["Holm, Vera"]),
        ('"=?utf-8?Q?J=C3=B8rgen?=" <v@m.example>', ["Jørgen"]),
        ("=?utf-8?Q?J=C3=B8rgen_<v@m.example>?=", ["Jørgen"]),
        ("vera@mill.example (=?utf-8?Q?J=C3=B8rgen?=)", ["Jørgen"]),
        ("Vera =?utf-8?Q?H=C3=B8lm?= <v@m.example>", ["Vera Hølm"])]:
    row("From: " + value, message(From=value), author=right)
row("Sender alone", message(From=None, Sender="Vera <v@m.example>"), author=["Vera"])

# ---- encoded words (RFC 2047) ------------------------------------------------

JIS = "日本語の新聞です".encode("iso-2022-jp")


def jis(a, b, name):
    return f"=?{name}?B?{base64.b64encode(JIS[a:b]).decode()}?="


for value, right in [
        (f"=?utf-8?b?{b64('Pæl')}?= and =?utf-8?q?=C3=B8?=", "Pæl and ø"),
        (jis(0, 99, "iso-2022-jp"), "日本語の新聞です"),
        (jis(0, 8, "iso-2022-jp") + "\n " + jis(8, 99, "ISO-2022-JP"), "日本語の新聞です"),
        (f"=?utf-8?B?{b64('Højvande')[:6]}?=\n =?utf-8?B?{b64('Højvande')[6:]}?=", "Højvande"),
        (f"=?utf-8?B?{b64('Højvande')[:5]}?=\n =?utf-8?B?{b64('Højvande')[5:]}?=", "Højvande"),
        ("=?utf-8*da?Q?M=C3?= =?UTF8?Q?=B8lle?=", "Mølle"),
        ("=?utf-8?Q?M=C3=B8lle igen?=", "Mølle igen"),
        ("=?utf-8?Q?Why??=", "Why?"),
        ("Re:=?utf-8?Q?_M=C3=B8lle?=", "Re: Mølle"),
        ("=?gb2312?B?xKM=?=", "模"),
        ("=?gbk?Q?=C4=A3=B7=BB?=", "模坊"),
        (f"=?euc-kr?B?{b64('방앗간', 'euc-kr')}?=", "방앗간"),
        (f"=?big5?B?{b64('磨坊', 'big5')}?=", "磨坊"),
        (f"=?windows-1251?B?{b64('Мель', 'cp1251')}?= =?koi8-r?B?{b64('ница', 'koi8-r')}?=",
         "Мельница"),
        ("=?unknown-8bit?Q?M=F8lle?=", "Mølle"),
        ("=?x-unknown?B?TcO4bGxl?=", "Mølle"),
        ("a =?utf-8?Q?b?= c", "a b c"),
        ("a =?utf-8?Q?b?=c", "a bc"),
        ("=?utf-8?Q?a_?= =?utf-8?Q?b?=", "a b"),
        ("=?utf-8?X?a?=", "=?utf-8?X?a?="),
        ("=?utf-8?Q?a", "=?utf-8?Q?a"),
        ("Mill\n\treopens\n  soon", "Mill reopens soon"),
        ("\n Mill reopens", "Mill reopens")]:
    row("Subject: " + value, message(Subject=value), title=right)

# ---- heads in 8 bits ---------------------------------------------------------

for text, charset in [("Mølle åben", "iso-8859-1"), ("Мельница снова", "koi8-r"),
                      ("Мельница снова", "windows-1251"), ("新聞です", "shift_jis"),
                      ("日本", "iso-2022-jp"), ("Mølle", "utf-8"), ("磨坊今天", "gb2312")]:
    raw = text.encode(charset)
    row("8 bits, " + charset,
        message(Subject=raw, From=raw + b" <v@x.example>", body=raw,
                Content_Type=f"text/plain; charset={charset}"),
        title=text, author=[text], body=text)
    row("8 bits, in a part, " + charset,
        message(Subject=raw, Content_Type="multipart/mixed; boundary=b",
                body=f"--b\nContent-Type: text/plain; charset={charset}\n\n".encode() +
                raw + b"\n--b--\n"),
        title=text, body=text)
row("8 bits, not declared",
    message(Subject="Мельница снова".encode("cp1251"), Content_Type="text/plain",
            body="Мельница снова работает с понедельника по всей реке".encode("cp1251")),
    title="Мельница снова")
row("8 bits, western, not declared",
    message(Subject="Mølle åben".encode("latin-1"), Content_Type="text/plain"),
    title="Mølle åben")

# ---- transfer encodings (RFC 2045) -------------------------------------------

for name in ["base64", "BASE64", '"base64"', "base64;", "base64 (x)", " base64 ", "(c) base64",
             "Base-64", "base64, x"]:
    row("coding " + name, message(Content_Transfer_Encoding=name, body=b64("Møllen kører.")),
        body="Møllen kører.")
for name in ["quoted-printable", "Quoted-Printable;", '"quoted-printable"',
             "quoted-printable (x)", "quoted_printable", "quoted printable"]:
    row("coding " + name,
        message(Content_Transfer_Encoding=name, body="M=C3=B8llen=\n k=c3=b8rer=20\n=3D="),
        body="Møllen kører\n=")
for name, body, right in [
        ("two pieces", b64("Mo") + b64("lle ") + "\n" + b64("x"), "Molle x"),
        ("other signs", "TcO4!bGx*lbg==", "Møllen"),
        ("no padding", "TcO4bGxlbg", "Møllen"),
        ("a list's lines behind", b64("Mill.") + "\n_____\nlist@x: unsubscribe\n", "Mill."),
        ("never encoded", "The mill turns, again.", "The mill turns, again."),
        ("blanks", " ".join(b64("The mill turns")), "The mill turns"),
        ("CRLF", "VGhl\r\nIG1p\r\nbGw=\r\n", "The mill")]:
    row("base64, " + name, message(Content_Transfer_Encoding="base64", body=body), body=right)
for name, body, right in [
        ("no digits", "100 =% a=zz b=4 c=", "100 =% a=zz b=4 c"),
        ("blanks at soft ends", "The= \r\n mill=\t \r\n turns", "The mill turns")]:
    row("quoted-printable, " + name,
        message(Content_Transfer_Encoding="quoted-printable", body=body), body=right)
row("uuencode",
    message(Content_Transfer_Encoding="x-uuencode",
            body="begin 644 a.txt\n" + binascii.b2a_uu(TEXT.encode()).decode() + "`\nend"),
    body=TEXT)

# ---- types (RFC 2045, 5.2) ---------------------------------------------------

for value in ["text", "TEXT/PLAIN", "text/", "/plain", "plain", "text/plain;", "text/plain/x",
              "text/plain charset=utf-8", '"text/plain"', "charset=utf-8", "text/x-foo",
              "text/markdown", "text/plain; charset", "text/plain; charset=", "foo", "foo/bar",
              "text/plain;;charset=utf-8", "text\\plain", "text/plain, charset=utf-8",
              "text / plain", "(c) text/plain", "application/text", "us-ascii", ";", "", None,
              'text/plain; charset="utf-8']:
    row(f"type {value}", message(Content_Type=value), body=TEXT)
for value in ["text/html", "html", "TEXT/HTML;", "application/xhtml+xml",
              "text/html charset=utf-8", "text/plain"]:
    row("type of HTML " + value,
        message(Content_Type=value, body="<html><p>The mill <b>turns</b>.</p></html>"), body=TEXT)
row("charset of a meta",
    message(Content_Type="text/html",
            body=b'<html><head><meta charset="koi8-r"></head><body><p>' +
            "Мельница".encode("koi8-r") + b"</p></body>"), body="Мельница")
row("enriched",
    message(Content_Type="text/enriched",
            body="<bold>The</bold> mill\nturns <<now>.\n\nYes<param>red</param>."),
    body="The mill turns <now>.\nYes.")

# ---- parts (RFC 2046, 2231) --------------------------------------------------

PART = "--bb\nContent-Type: text/plain\n\nThe mill turns.\n--bb--"
for value in ["multipart/mixed; boundary=bb", 'multipart/mixed; boundary="bb"',
              'multipart/mixed; boundary = "bb"', "multipart/mixed; BOUNDARY=bb",
              "multipart/mixed boundary=bb", 'multipart/mixed;boundary="bb',
              'multipart/mixed; boundary="bb "', 'multipart/mixed;\n boundary="bb"',
              'multipart/mixed; boundary=\n "bb"', 'multipart/mixed; boundary="b\n b"',
              "multipart/mixed; boundary*=us-ascii''bb",
              "multipart/mixed; boundary*=us-ascii'en'b%62",
              'multipart/mixed; boundary*0="b"; boundary*1=b',
              "multipart/mixed; boundary*1=b; boundary*0=b",
              "multipart/mixed; boundary*0*=''%62; boundary*1=b",
              "multipart/mixed; boundary*0*=''%62;\n boundary*1*=%62", "multipart/mixed",
              "multipart/mixed; boundary=xx", 'multipart/mixed; boundary=""',
              "multipart/foo; boundary=bb", "multipart; boundary=bb",
              'Multipart/Mixed; type="a;b"; boundary=bb (c)',
              'multipart/mixed; x="y\\"z"; boundary=bb', "multipart/alternative; boundary=bb",
              'multipart/related; type="text/plain"; boundary=bb',
              'multipart/mixed; boundary="b\\b"', "multipart/mixed; boundary=bb; boundary=cc",
              "multipart/mixed; boundary='bb'", None]:
    row(f"parts, {value}", message(Content_Type=value, body=PART), body=TEXT)
ALTERNATIVE = "--bb\nContent-Type: multipart/alternative; boundary=cc\n\n--cc\n"
for name, body in [
        ("no types", "--bb\n\nThe mill turns.\n--bb--"),
        ("no heads", "--bb\nThe mill turns.\n--bb--"),
        ("no end", "--bb\n\nThe mill turns."),
        ("text around", "Of several parts.\n--bb\n\nThe mill turns.\n--bb--\nbehind"),
        ("blanks behind", "--bb  \n\nThe mill turns.\n--bb-- \nbehind"),
        ("CRLF", PART.replace("\n", "\r\n")), ("CR", PART.replace("\n", "\r")),
        ("others", PART[:-2] + "\nContent-Disposition: attachment\n\nno\n--bb\n"
         "Content-Type: image/png\n\nno\n--bb--"),
        ("inline", PART.replace("plain", "plain\nContent-Disposition: inline; filename=x")),
        ("an inner end missing", ALTERNATIVE + "\nThe mill turns.\n--bb--"),
        ("an alternative without type", ALTERNATIVE + "\nThe mill turns.\n--cc\n"
         "Content-Type: text/html\n\n<p>x</p>\n--cc--\n--bb--"),
        ("an empty alternative", ALTERNATIVE + "Content-Type: text/plain\n\n \n--cc\n"
         "Content-Type: text/html\n\n<p>The mill turns.</p>\n--cc--\n--bb--"),
        ("an empty type", "--bb\nContent-Type:\n\nThe mill turns.\n--bb--"),
        ("nothing but an attachment", "--bb\nContent-Type: text/plain\n"
         "Content-Disposition: attachment; filename=a.txt\n\nThe mill turns.\n--bb--")]:
    row("parts, " + name, message(Content_Type="multipart/mixed; boundary=bb", body=body),
        body=TEXT)
row("parts directly behind the heads",
    message(Content_Type="multipart/mixed; boundary=bb", body=PART).replace(b"\n\n--bb", b"\n--bb"),
    body=TEXT, title="Mill reopens")
row("a message within it",
    message(Content_Type="multipart/mixed; boundary=bb",
            body=PART[:-2] + "\nContent-Type: message/rfc822\n\nSubject: Weir\n\nno\n--bb--"),
    body=TEXT, extra=["forwarded: Weir"])
row("nothing but a message",
    message(Content_Type="message/rfc822", body="Subject: x\nContent-Type: text/html\n\n<p>One.</p>"),
    body="One.")
row("a piece of a message",
    message(Content_Type='message/partial; number=1; id="x"', body="Subject: x\n\nOne."),
    body="One.")
row("a digest",
    message(Content_Type="multipart/digest; boundary=bb",
            body="--bb\n\nFrom: a@b.example\nSubject: x\n\nOne.\n--bb\n\nSubject: y\n\nTwo.\n--bb--"),
    body="One.\n\nTwo.")

# ---- charsets by name --------------------------------------------------------

CHARSETS = {
    ("hz", "磨坊 today"): "hz-gb-2312 HZ",
    ("gb2312", "磨坊"): "gb_2312-80 cn-gb gb2312_charset x-gbk cp936 windows-936 ms936 gb18030",
    ("big5", "磨坊"): "x-x-big5 cn-big5 chinesebig5 big-5 cp950",
    ("cp949", "방앗간"): "ks_c_5601-1987 KSC5601 x-windows-949 cp949 euckr",
    ("iso2022_kr", "방앗간"): "iso-2022-kr", ("johab", "방앗간"): "johab",
    ("cp932", "新聞"): "x-sjis shift-jis windows-31j cp932 ms932",
    ("euc_jp", "新聞"): "x-euc-jp eucjp", ("iso2022_jp", "新聞"): "iso-2022-jp-1 cp50220",
    ("cp1251", "Мельница"): "win-1251 windows1251 cp-1251 x-cp1251 cyrillic(windows-1251)",
    ("koi8-r", "Мельница"): "koi8 koi8r cskoi8r charset=koi8-r", ("koi8-u", "Мельниця"): "koi8-ru",
    ("cp866", "Мельница"): "dos-866 ibm866",
    ("mac_cyrillic", "Мельница"): "x-mac-cyrillic x-mac-ukrainian",
    ("mac_roman", "café"): "x-mac-roman macintosh", ("mac_latin2", "Młyn"): "x-mac-ce",
    ("iso8859-2", "Młyn"): "iso8859-2 ISO_8859-2 iso-8859-2:1987 8859-2 latin2",
    ("cp1250", "Młyn"): "windows-1250 cp1250", ("iso8859-15", "5 €"): "latin-9 iso8859_15",
    ("iso8859-8", "טחנה"): "iso-8859-8-i iso-8859-8-e logical",
    ("cp1252", "café"): "cp1252 iso-ir-100 l1 ansi_x3.4-1968",
    ("cp850", "café"): "cp850 ibm-850", ("cp437", "café"): "dos-437",
    ("cp874", "ข่าว"): "windows-874 tis620",
    ("utf-7", "Brücke"): "unicode-1-1-utf-7 utf-7",
    ("utf-8", "Mølle"): "utf8 utf_8 'utf-8' cp65001",
    ("utf-16", "Mølle"): "utf-16", ("utf-16le", "Mølle"): "utf-16le",
}
for (codec, text), names in CHARSETS.items():
    for name in names.split():
        row("charset " + name,
            message(Content_Type=f"text/plain; charset={name}", Content_Transfer_Encoding="base64",
                    body=b64(text, codec)), body=text)

# ---- ids and heads -----------------------------------------------------------

for value in ["<a@b.example>", "<a@b.example> (x)", "(x) <a@b.example>", "a@b.example",
              "a@b.example (x)", "< a@b.example >", "\n <a@b.example>", "<a@b.example> added by x"]:
    row("Message-ID: " + value, message(Message_ID=value), id="a@b.example")
for name, data in [
        ("blanks before colons", message().replace(b"Subject:", b"Subject\t:")
         .replace(b"From:", b"From :")),
        ("other letters", message().replace(b"Subject:", b"SUBJECT:").replace(b"From:", b"from:")),
        ("no blanks", message().replace(b": ", b":", 4)),
        ("lines of blanks", message(To="a@b.example\n \n\t")),
        ("a line of blanks that ends them", message().replace(b"\n\n", b"\n \n")),
        ("a line that is no head", message(To="a@b.example\nno head here")),
        ("CR", message().replace(b"\n", b"\r")), ("CRLF", message().replace(b"\n", b"\r\n"))]:
    row("heads: " + name, data, title="Mill reopens", author=["Vera Holm"], body=TEXT)
for heads in ["From: Vera Holm <v@x.example>\nSubject: Mill\nDate: Tue, 12 Mar 2013 08:05:00 +0100",
              "Date: Tue, 12 Mar 2013 08:05:00 +0100\nFrom: v@x.example (Vera Holm)\nSubject: Mill",
              "Subject: Mill\nFrom: Vera Holm <v@x.example>\nTo: b@x.example",
              "From: v@x.example (Vera Holm)\nSubject: Mill\nOrganization: Vale\nLines: 3",
              "From: =?utf-8?Q?Vera_Holm?=\nSubject: Mill",
              "Path: a!b\nFrom: v@x.example (Vera Holm)\nNewsgroups: misc.x\nSubject: Mill"]:
    row("told by " + heads, (heads + "\n\nText.\n").encode(), format="mail", title="Mill",
        author=["Vera Holm"], body="Text.")

# ---- flowed text (RFC 3676) --------------------------------------------------

for body, right in [
        ("a \nb\n\nc \nd", "a b\n\nc d"), ("> a \n> b\nc \nd", "> a b\nc d"),
        ("> a \n>> b \n>> c", "> a\n>> b c"), (" From x \n >y", "From x >y"),
        ("a\n-- \nb \nc", "a\n--\nb c"), ("a \n-- \nb", "a\n--\nb"), ("a \n\nb", "a\n\nb")]:
    row(f"flowed {body!r}",
        message(Content_Type="text/plain; charset=utf-8; format=flowed", body=body), body=right)
row("flowed, quoted-printable",
    message(Content_Type="text/plain; format=flowed",
            Content_Transfer_Encoding="quoted-printable", body="a=20\nb=20\nc"), body="a b c")
row("flowed, delsp",
    message(Content_Type='text/plain; Format="Flowed"; DelSp="Yes"',
            body="inter \nnational  \nday "), body="international day")

# ---- mailboxes ---------------------------------------------------------------


def mail(i, text="Text {}."):
    return f"From: Vera <v@x.example>\nSubject: S{i}\n" \
        f"Date: Tue, 12 Mar 2013 08:05:00 +0100\nMessage-ID: <{i}@x>\n\n{text.format(i)}\n"


LINE = "From v@x.example Tue Mar 12 08:05:00 2013"
for line in [LINE, "From - Tue Mar 12 08:05:00 2013",
             "From v@x.example Tue Mar 12 08:05:00 +0100 2013",
             "From v@x.example Tue Mar 12 08:05:00 CET 2013",
             "From v@x.example Tue, 12 Mar 2013 08:05:00 +0100",
             "From v at x.example  Tue Mar 12 08:05:00 2013",
             "From ???@??? Tue Mar 12 08:05:00 2013", "From v@x.example  Tue Mar  2 8:05:00 2013",
             "From MAILER-DAEMON Fri Jul  8 12:08:34 2011",
             "From 1234@xxx Tue Mar 12 08:05:00 +0000 2013", "From root Tue Mar 12 08:05 2013",
             "From v@x.example Tue Mar 12 08:05:00 2013 remote from y",
             'From "Vera Holm"@x.example Tue Mar 12 08:05:00 2013', "From v@x.example"]:
    box = f"{line}\n{mail(1)}\n{line}\n{mail(2)}"
    for end in ["\n", "\r\n", "\r"]:
        row(f"mailbox {line} {end!r}", box.replace("\n", end).encode(), n=2, body="Text 1.")
row("mailbox without empty lines", f"{LINE}\n{mail(1)}{LINE}\n{mail(2)}{LINE}\n{mail(3)}".encode(),
    n=3, body="Text 1.")
NOISE = "A.\n\nFrom Monday 12 March 2013 on 08:05 all open.\n\nFrom here: go.\nFrom: x\n\n" \
    "From\n\nFrom the desk\nSubject: this\n\nB."
row("mailbox with From in the text", f"{LINE}\n{mail(1, NOISE)}\n{LINE}\n{mail(2)}".encode(),
    n=2, body=NOISE)
row("mailbox with >From", f"{LINE}\n{mail(1, '>From a.%>>From b.%> From c.%>Fromage')}\n"
    .replace("%", "\n").encode(), n=1, body="From a.\n>From b.\n> From c.\n>Fromage")
row(">From outside of mailboxes", message(body=">From a."), body=">From a.")


def main():
    indexer, folder = sys.argv[1:]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for i, (_, data, _) in enumerate(ROWS):
        with open(os.path.join(folder, f"{i:04}"), "wb") as f:
            f.write(data)
    done = subprocess.run([indexer, "show-source", folder], capture_output=True, check=True)
    records = {}
    for line in done.stdout.decode().splitlines():
        record = json.loads(line)
        records.setdefault(os.path.basename(record["path"]), []).append(record)
    bad = 0
    for i, (name, _, right) in enumerate(ROWS):
        got = records.get(f"{i:04}", [])
        for key, want in right.items():
            value = len(got) if key == "n" else got[0].get(key) if got else None
            if value != want:
                print(f"not ok mail: {name!r} {key}")
                print(f"{name!r} {key}: {value!r}, not {want!r}", file=sys.stderr)
                bad += 1
    print(f"# {len(ROWS)} rows")
    return 1 if bad else 0


sys.exit(main())
