package pathway

// lately is how many days, today among them, the recent pace looks at.
const lately = 180
