/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Articles.java - the articles of a JSON lines file, for LucenePeer
 *
 * Takes id, title, body, section and date out of the lines and steps over the rest; it
 * believes that they are JSON.  Several threads may read: each takes a block
 * of whole lines at a time and parses it by itself.  A string without escapes
 * is decoded at once.
 */
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

final class Articles implements AutoCloseable {
    private static final int BLOCK = 1 << 18;

    private final InputStream in;
    private byte[] rest = new byte[0];
    private final AtomicLong articles = new AtomicLong();
    private final AtomicLong textBytes = new AtomicLong();

    static final class Article {
        String id, title, body, section;
        boolean dated;
        long date;
    }

    Articles(String path) throws IOException {
        in = new FileInputStream(path);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    long articles() {
        return articles.get();
    }

    long textBytes() {
        return textBytes.get();
    }

    Cursor cursor() {
        return new Cursor();
    }

    /* The next whole lines; null at the end. */
    private synchronized byte[] block() throws IOException {
        byte[] buf = Arrays.copyOf(rest, rest.length + BLOCK);
        int n = rest.length;

        for (;;) {
            int got = in.read(buf, n, buf.length - n);
            int end;

            if (got > 0)
                n += got;
            for (end = n; end > 0 && buf[end - 1] != '\n'; end--) {
            }
            if (got < 0 || (n == buf.length && end > 0)) {
                if (got < 0)
                    end = n;
                rest = Arrays.copyOfRange(buf, end, n);
                return end > 0 ? Arrays.copyOf(buf, end) : null;
            }
            if (n == buf.length)
                buf = Arrays.copyOf(buf, n * 2);
        }
    }

    /* Seconds from 1970 of an ISO 8601 date, Long.MIN_VALUE of none. */
    static long secondsOf(String s) {
        int y, mo, d, t = s.indexOf('T');
        long seconds;

        if (s.length() < 4)
            return Long.MIN_VALUE;
        try {
            y = Integer.parseInt(s.substring(0, 4));
            mo = s.length() >= 7 ? Integer.parseInt(s.substring(5, 7)) : 1;
            d = s.length() >= 10 ? Integer.parseInt(s.substring(8, 10)) : 1;
            seconds = java.time.LocalDate.of(y, mo, d).toEpochDay() * 86400;
            return t < 0 ? seconds : seconds + timeOf(s, t + 1);
        } catch (RuntimeException e) {
            return Long.MIN_VALUE;
        }
    }

    private static long timeOf(String s, int at) {
        long seconds = two(s, at) * 3600L + two(s, at + 3) * 60L
            + two(s, at + 6);
        int i = at;

        while (i < s.length() && "+-Z".indexOf(s.charAt(i)) < 0)
            i++;
        if (i + 5 < s.length() && s.charAt(i) != 'Z')
            seconds -= (s.charAt(i) == '-' ? -1 : 1)
                * (two(s, i + 1) * 3600L + two(s, i + 4) * 60L);
        return seconds;
    }

    private static int two(String s, int at) {
        if (at + 2 > s.length())
            return 0;
        return (s.charAt(at) - '0') * 10 + s.charAt(at + 1) - '0';
    }

    /* What one thread reads with. */
    final class Cursor {
        private byte[] buf = new byte[0];
        private int at;
        private int valueBytes;
        private byte[] plain = new byte[1 << 16];
        private final Article article = new Article();

        /* Lent until the next call; null at the end. */
        Article next() throws IOException {
            if (at == buf.length) {
                buf = block();
                at = 0;
                if (buf == null) {
                    buf = new byte[0];
                    return null;
                }
            }
            line();
            return article;
        }

        private void line() {
            long bytes = 0;

            article.id = article.title = article.body = "";
            article.section = "";
            article.dated = false;
            space();
            at++; /* { */
            for (;;) {
                int key, len;

                while (buf[at] != '"' && buf[at] != '}')
                    at++;
                if (buf[at] == '}')
                    break;
                key = at + 1;
                skipString();
                len = at - 1 - key;
                while (buf[at++] != ':') {
                }
                space();
                if (buf[at] != '"' || !wanted(key, len)) {
                    skipValue();
                    continue;
                }
                bytes += take(key, len);
            }
            while (at < buf.length && buf[at++] != '\n') {
            }
            articles.incrementAndGet();
            textBytes.addAndGet(bytes);
        }

        private boolean is(int key, int len, String name) {
            if (len != name.length())
                return false;
            for (int i = 0; i < len; i++)
                if (buf[key + i] != name.charAt(i))
                    return false;
            return true;
        }

        private boolean wanted(int key, int len) {
            return is(key, len, "id") || is(key, len, "title")
                || is(key, len, "body") || is(key, len, "section")
                || is(key, len, "date");
        }

        /* Keep a value; its bytes where it counts as text. */
        private int take(int key, int len) {
            String value = string();

            if (is(key, len, "id")) {
                article.id = value;
            } else if (is(key, len, "title")) {
                article.title = value;
                return valueBytes;
            } else if (is(key, len, "body")) {
                article.body = value;
                return valueBytes;
            } else if (is(key, len, "section")) {
                article.section = value;
            } else {
                article.date = secondsOf(value);
                article.dated = article.date != Long.MIN_VALUE;
            }
            return 0;
        }

        private void space() {
            while (buf[at] == ' ' || buf[at] == '\t')
                at++;
        }

        private void skipString() {
            for (at++; buf[at] != '"'; at++)
                if (buf[at] == '\\')
                    at++;
            at++;
        }

        private void skipValue() {
            int depth = 0;

            for (;; at++) {
                byte c = buf[at];

                if (c == '"') {
                    skipString();
                    at--;
                } else if (c == '[' || c == '{') {
                    depth++;
                } else if (depth > 0 && (c == ']' || c == '}')) {
                    depth--;
                } else if (depth == 0 && (c == ',' || c == '}')) {
                    return;
                }
            }
        }

        private String string() {
            int from = at + 1;
            int i = from;

            while (buf[i] != '"' && buf[i] != '\\')
                i++;
            if (buf[i] == '"') {
                at = i + 1;
                valueBytes = i - from;
                return new String(buf, from, i - from, StandardCharsets.UTF_8);
            }
            return escaped(from);
        }

        private String escaped(int i) {
            int n = 0;
            int run = i;

            for (;;) {
                while (buf[i] != '"' && buf[i] != '\\')
                    i++;
                if (n + i - run + 8 > plain.length)
                    plain = Arrays.copyOf(plain, 2 * (n + i - run + 8));
                System.arraycopy(buf, run, plain, n, i - run);
                n += i - run;
                if (buf[i] == '"')
                    break;
                if (buf[i + 1] == 'u') {
                    int cp = hex(i + 2);

                    i += 6;
                    if (cp >= 0xD800 && cp < 0xDC00 && buf[i] == '\\') {
                        cp = 0x10000 + ((cp - 0xD800) << 10)
                            + (hex(i + 2) - 0xDC00);
                        i += 6;
                    }
                    n = put(cp, n);
                } else {
                    plain[n++] = simple(buf[i + 1]);
                    i += 2;
                }
                run = i;
            }
            at = i + 1;
            valueBytes = n;
            return new String(plain, 0, n, StandardCharsets.UTF_8);
        }

        private int hex(int from) {
            int v = 0;

            for (int i = from; i < from + 4; i++)
                v = v * 16 + Character.digit(buf[i], 16);
            return v;
        }

        private byte simple(byte c) {
            switch (c) {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            default:
                return c;
            }
        }

        private int put(int cp, int n) {
            byte[] utf8 = new String(Character.toChars(cp))
                .getBytes(StandardCharsets.UTF_8);

            System.arraycopy(utf8, 0, plain, n, utf8.length);
            return n + utf8.length;
        }
    }
}
