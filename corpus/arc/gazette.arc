filedesc://gazette.arc 0.0.0.0 20100105120000 text/plain 68
1 0 crawler
URL IP-address Archive-date Content-type Archive-length

http://gazette.example/castrel/rink-under-glass 10.0.0.7 20100105120114 text/html 967
HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8

<html lang="en"><head><title>Skating rink of Castrel opens under glass - Sarn Gazette</title>
<meta property="article:published_time" content="2009-12-04T08:30:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Skating rink of Castrel opens under glass</h1>
<p>The skating rink behind the old tannery has a roof at last. Twelve panes of glass, each as wide as a tram, keep off the rain that closed it for most of last winter.</p>
<p>"We counted forty-one days of slush," said Petra Ansgar, who keeps the skates. "Children came with buckets instead of blades."</p>
<p>The town paid for the iron, a brewery for the glass. Lessons begin on Saturday; those who bring their grandparents pay half.</p>
<p>In spring the ice gives way to roller skates, and in August to the chess club, which has promised to sweep up.</p></article>
<footer>Sarn Gazette</footer></body></html>

