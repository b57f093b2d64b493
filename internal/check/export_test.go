package check

// Own reports whether the rule is one of this package.
func Own(id string) bool {
	for _, r := range rules() {
		if r.ID == id {
			return true
		}
	}
	return false
}
