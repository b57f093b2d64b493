package pathway

// An answer to a condition: the profile meets it, contradicts it, or does not say.
type answer int

const (
	unsaid answer = iota
	yes
	no
)

// of says whether a profile meets the condition, and names the question whose answer contradicts it. A
// question without an answer contradicts nothing. Of several questions the first by name is told.
func (c Condition) of(p Profile) (answer, string) {
	met, contradicts := yes, ""
	for question, wanted := range c {
		given := p[question]
		if len(given) == 0 {
			if met == yes {
				met = unsaid
			}
			continue
		}
		if !share(given, wanted) && (contradicts == "" || compareText(question, contradicts) < 0) {
			met, contradicts = no, question
		}
	}
	return met, contradicts
}

// share reports whether two lists have an item in common.
func share(a, b []string) bool {
	for _, item := range a {
		if among(item, b...) {
			return true
		}
	}
	return false
}
