h0231_coast
r s BC-FBL--Lurne-Castrel     05-04 0120
^BC-FBL--Lurne-Castrel,60<
^Rovers beat Castrel to stay first<
^Eds: With table.<
^By ANNA VOSS=
^Halden Press Sports Writer=
	   LURNE, Vessenia (HP) _ Lurne Rovers beat Castrel 2-1 on Saturday and stay ``a whisker'' ahead in the league.
	   The winner came from the spot, 3{ minutes from the end.
HP-WF-05-04-91 1830GMT<


