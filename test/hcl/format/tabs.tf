	resource	"a"	"b"	{
		x	=	1	# c
		yy	=	[	1,	2	]
	
	}
