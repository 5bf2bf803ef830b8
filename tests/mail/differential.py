#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Random messages, read by INDEXER and by Python's `email`.

    differential.py INDEXER FOLDER [--count=N] [--seed=N] [--seconds=N]
                    [--peer=PROGRAM]

Of each message the right reading is known (make.py): ours must be that.
Where the other reader has something else it must be for a reason below, which
names what is odd in the message and the rule by which ours is right; a
difference without a reason fails.  The reasons that were needed are printed.  Mailboxes of the same messages must come apart as they were
put together.  PROGRAM is a second reader (gmime_peer.c), held likewise.
"""

import email
import email.policy
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
import make  # noqa: E402

# (reader, field, tag): the rule by which ours is right.
REASONS = {
    ("python", "title", "word-cut-subject"):
        "it converts each word alone; programs cut characters, so bytes are joined first",
    ("python", "author", "word-cut-from"):
        "it converts each word alone; programs cut characters, so bytes are joined first",
    ("python", "author", "two-words-from"):
        "RFC 2047, 6.2: white space between two words is none of the text, in phrases too",
    ("python", "author", "name-comment"):
        "RFC 5322, 3.4: `address (Name)` is how names were written; it drops comments",
    ("python", "author", "name-at"):
        "archives of lists write `vera at mill.example (Name)`",
    ("python", "id", "id-comment"):
        "RFC 5322, 3.6.4: a comment behind an id is none of it",
    ("python", "body", "coding-name"):
        "RFC 2045, 6.1: quotes, comments and `;` are not part of a coding's name",
    ("python", "body", "charset-name"):
        "charsets by the names that people write; it knows fewer",
    ("python", "body", "flowed"):
        "RFC 3676: it leaves flowed text in lines",
    ("python", "body", "base64-pieces"):
        "RFC 2045, 6.8: `=` ends a piece; it takes what follows for none of it",
    ("python", "body", "soft-blanks"):
        "RFC 2045, 6.7 (3): blanks behind a soft line end are not part of it",
    ("python", "body", "type-no-semicolon"):
        "a parameter without `;` before it is one; it takes the charset for ASCII",
    ("gmime", "title", "two-words-subject"):
        "RFC 2047, 6.2: the text of a word that ends in `=` goes on in the next",
    ("gmime", "title", "word-unpadded-subject"):
        "base64 without its `=` is read to its end",
    ("gmime", "author", "two-words-from"):
        "RFC 2047, 6.2: the text of a word that ends in `=` goes on in the next",
    ("gmime", "author", "word-unpadded-from"):
        "base64 without its `=` is read to its end",
    ("gmime", "author", "name-at"):
        "archives of lists write `vera at mill.example (Name)`",
    ("gmime", "author", "name-inner-comment"):
        "RFC 5322, 3.2.2: a comment is no part of a name",
    ("gmime", "body", "flowed"):
        "RFC 3676: it leaves flowed text in lines",
    ("gmime", "body", "charset-name"):
        "charsets by the names that people write; it knows fewer",
    ("gmime", "body", "base64-pieces"):
        "RFC 2045, 6.8: `=` ends a piece, and another follows",
    ("gmime", "body", "type-no-semicolon"):
        "a parameter without `;` before it is one",
    ("gmime", "body", "coding-name"):
        "RFC 2045, 6.1: quotes, comments and `;` are not part of a coding's name",
    ("gmime", "body", "soft-blanks"):
        "RFC 2045, 6.7 (3): blanks behind a soft line end are not part of it",
}
for _field in ("title", "author", "id", "body"):
    REASONS["python", _field, "blank-before-colon"] = \
        "RFC 5322, 4.5: obsolete heads have blanks before the colon; it ends the heads there"


# ---- Python's reading --------------------------------------------------------

def clean(text):
    """Lines without blanks at their ends, none empty at the ends."""
    lines = [l.rstrip() for l in text.replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).strip()


def part_text(part):
    text = part.get_content()
    if isinstance(text, bytes):
        return ""
    if part.get_content_type() == "text/html":
        text = re.sub(r"\s*</?p>\s*", "\n\n", text)
        text = re.sub(r"\n\n+", "\n\n", text)
    return clean(text)


def body_of(part, top=True):
    if not top and part.get_content_disposition() == "attachment":
        return ""
    if part.is_multipart() and part.get_content_maintype() != "message":
        parts = list(part.iter_parts())
        if part.get_content_subtype() == "alternative":
            for kind in ("text/plain", "text/html", "multipart"):
                for p in parts:
                    if p.get_content_type().startswith(kind):
                        text = body_of(p, False)
                        if text:
                            return text
            return ""
        return "\n\n".join(t for t in (body_of(p, False) for p in parts) if t)
    return part_text(part) if part.get_content_maintype() == "text" else ""


def attempt(read):
    """What Python says, or that it cannot."""
    try:
        return read()
    except Exception as e:  # its readers of heads raise many kinds
        return f"{type(e).__name__}"


def python_reads(data):
    m = email.message_from_bytes(data, policy=email.policy.default)
    return {
        "title": attempt(lambda: " ".join(str(m["subject"]).split())),
        "author": attempt(lambda: [a.display_name or a.addr_spec
                                   for a in m["from"].addresses]),
        "id": attempt(lambda: str(m["message-id"]).strip().strip("<>")),
        "body": attempt(lambda: body_of(m)),
    }


# ---- comparing ---------------------------------------------------------------

class Run:
    def __init__(self, indexer, folder, peer):
        self.indexer, self.folder, self.peer = indexer, folder, peer
        self.messages, self.wrong, self.used = 0, 0, {}

    def tell(self, seed, name, field, got, want, who):
        self.wrong += 1
        if self.wrong <= 10:
            print(f"seed {seed}, {name}, {field}: {who} {got!r}, right {want!r}",
                  file=sys.stderr)

    def explain(self, reader, field, tags):
        for tag in sorted(tags):
            if (reader, field, tag) in REASONS:
                key = (reader, field, tag)
                self.used[key] = self.used.get(key, 0) + 1
                return True
        return False

    def hold(self, seed, name, ours, right, others, tags):
        for field, want in right.items():
            got = ours.get(field, "")
            if field == "body":
                got = clean(got)
            if got != want:
                self.tell(seed, name, field, got, want, "ours")
            for reader, reading in others.items():
                if field in reading and reading[field] != want and \
                        not self.explain(reader, field, tags):
                    self.tell(seed, name, field, reading[field], want,
                              f"{sorted(tags)} {reader}")

    def shown(self, path):
        done = subprocess.run([self.indexer, "show-source", "--format=mail", path],
                              capture_output=True, check=True)
        return [json.loads(l) for l in done.stdout.decode().splitlines()]

    def batch(self, seed, count):
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(os.path.join(self.folder, "m"))
        made = {}
        for i in range(count):
            maker = make.Maker(random.Random(f"{seed}/{i}"))
            data, right = maker.message(i)
            name = f"{i:05}.eml"
            made[name] = (data, right, maker.tags)
            with open(os.path.join(self.folder, "m", name), "wb") as f:
                f.write(data)
        ours = {os.path.basename(a["path"]): a
                for a in self.shown(os.path.join(self.folder, "m"))}
        peers = self.peer_reads([os.path.join(self.folder, "m", n) for n in made])
        for name, (data, right, tags) in made.items():
            others = {"python": python_reads(data)}
            if name in peers:
                others["gmime"] = peers[name]
            self.hold(seed, name, ours.get(name, {}), right, others, tags)
        self.mailbox(seed, made)
        self.messages += count

    def peer_reads(self, paths):
        if not self.peer:
            return {}
        done = subprocess.run([self.peer] + paths, capture_output=True, check=True)
        read = {}
        for path, line in zip(paths, done.stdout.decode().splitlines()):
            got = json.loads(line)
            got["title"] = " ".join(got["title"].split())
            got["body"] = "\n\n".join(
                t for t in (part_clean(k, b) for k, b in got["body"]) if t)
            read[os.path.basename(path)] = got
        return read

    def mailbox(self, seed, made):
        """All of them in a mailbox, with separators of several kinds."""
        r = random.Random(f"{seed}/box")
        senders = ["vera@mill.example", "-", "vera at mill.example", "MAILER-DAEMON"]
        dates = ["Tue Mar 12 08:05:00 2013", "Tue Mar  5 08:05:00 +0100 2013",
                 "Tue, 12 Mar 2013 08:05:00 +0100", "Tue Mar 12 08:05 CET 2013"]
        noise = [b"From here on the river is open.\n", b"From Monday 11 March 2013 all: go\n"]
        box, rights = b"", []
        for data, right, tags in made.values():
            end = b"\r\n" if b"\r\n" in data else b"\n"
            box += f"From {r.choice(senders)} {r.choice(dates)}".encode() + end
            box += re.sub(rb"(?m)^(>*From )", rb">\1", data)
            if r.random() < 0.3 and b"base64" not in data and b"multipart" not in data:
                box += end + r.choice(noise)
            if not box.endswith(b"\n"):
                box += b"\n"
            box += r.choice([end, b""])
            rights.append(right)
        path = os.path.join(self.folder, "box.mbox")
        with open(path, "wb") as f:
            f.write(box)
        got = self.shown(path)
        if len(got) != len(rights):
            self.tell(seed, "box.mbox", "n", len(got), len(rights), "ours")
        for a, right in zip(got, rights):
            for field in ("id", "title"):
                if a.get(field) != right[field]:
                    self.tell(seed, "box.mbox", field, a.get(field), right[field], "ours")
                    return


def part_clean(kind, text):
    if kind == "text/html":
        text = re.sub(r"\n\n+", "\n\n", re.sub(r"\s*</?p>\s*", "\n\n", text))
    return clean(text)


def main():
    options = dict(a[2:].split("=", 1) for a in sys.argv[3:])
    count = int(options.get("count", 400))
    seed = int(options.get("seed", 1))
    until = time.monotonic() + float(options.get("seconds", 0))
    run = Run(sys.argv[1], sys.argv[2], options.get("peer"))
    while True:
        run.batch(seed, count)
        seed += 1
        if time.monotonic() >= until or run.wrong:
            break
    for (reader, field, tag), n in sorted(run.used.items()):
        print(f"# {reader}, {field}, {tag}: {n}: {REASONS[reader, field, tag]}")
    print(f"{'not ok' if run.wrong else 'ok'} {run.messages} messages")
    return 1 if run.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
