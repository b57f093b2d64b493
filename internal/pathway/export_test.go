package pathway

// What the tests compare with the browser's half, beyond what is exported.
var (
	DayOf     = dayOf
	TextOf    = textOf
	AddMonths = addMonths
)
