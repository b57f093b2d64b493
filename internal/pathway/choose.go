package pathway

// A Choice is the set of a series that a trainee is held to.
type Choice struct {
	Set *Set `json:"set"`
	// Exact reports whether the set holds for the contract. If not, it is the nearest there is, and Why says
	// how that came: "no-contract" (the day is not known; today stands for it), "too-early" (contracts of
	// that day were signed before the set's) or "too-late".
	Exact bool   `json:"exact"`
	Why   string `json:"why"`
}

// Choose returns of each series the set in force on the day the supervision contract was signed, in the
// order of the series' first sets. Where none was in force it returns the one whose days are nearest, of two
// the later. A contract that is no day is not known.
func Choose(sets []Set, contract, today string) []Choice {
	day, known := dayOf(contract)
	if !known {
		day, _ = dayOf(today)
	}
	choices := []Choice{}
	for i := range sets {
		set := &sets[i]
		at := 0
		for at < len(choices) && choices[at].Set.Series != set.Series {
			at++
		}
		if at == len(choices) {
			choices = append(choices, Choice{Set: set})
			continue
		}
		old, _ := away(choices[at].Set, day)
		if new, _ := away(set, day); new < old || new == old && compareText(set.From, choices[at].Set.From) > 0 {
			choices[at].Set = set
		}
	}
	for i := range choices {
		c := &choices[i]
		always := c.Set.From == "" && c.Set.Until == ""
		switch _, why := away(c.Set, day); {
		case always:
			c.Exact = true
		case !known:
			c.Why = "no-contract"
		default:
			c.Exact, c.Why = why == "", why
		}
	}
	return choices
}

// away returns how many days a day lies outside of those for which a set holds, and on which side.
func away(set *Set, day int) (int, string) {
	if from, ok := dayOf(set.From); ok && day < from {
		return from - day, "too-early"
	}
	if until, ok := dayOf(set.Until); ok && day > until {
		return day - until, "too-late"
	}
	return 0, ""
}
