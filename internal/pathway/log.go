package pathway

// A Log is what a trainee notes: hours, and what is known of the person. The planner's notebook is one.
type Log struct {
	Entries     []Entry      `json:"entries"`
	Supervisors []Supervisor `json:"supervisors"`
	// Marks says of a requirement, named as "set/requirement", that it is under way ("doing") or "done".
	Marks map[string]string `json:"marks"`
	// Degree is the day the degree was posted, Contract the day the supervision contract was signed; ISO
	// 8601, empty where it is not known.
	Degree   string  `json:"degree"`
	Contract string  `json:"contract"`
	Profile  Profile `json:"profile"`
	// Tracks names, by set or series, the track that is taken.
	Tracks map[string]string `json:"tracks"`
}

// The kinds of entries.
const (
	Supervised    = "supervision"
	SexTherapy    = "sex-therapy"
	OtherTherapy  = "other-therapy"
	OtherPractice = "other-practice"
)

// The kinds of sessions.
const (
	Individual = "individual"
	Group      = "group"
)

// An Entry is one line of a log.
type Entry struct {
	ID       string `json:"id"`
	Date     string `json:"date"` // ISO 8601
	Kind     string `json:"kind"`
	Quarters int    `json:"quarters"` // of an hour
	// Session is "individual" or "group" as the trainee calls it; People are those in training who shared
	// it, the trainee included, 0 where that is not known. A set may call the same session otherwise.
	Session    string `json:"session"`
	People     int    `json:"people"`
	Format     string `json:"format"`  // "in-person", "video" or empty: not known
	Clients    string `json:"clients"` // "one", "couple-or-family", "group" or empty: not known
	Supervisor string `json:"supervisor"`
	Setting    string `json:"setting"`
	Note       string `json:"note"`
}

// A Supervisor is somebody whom entries name, with "yes", "no" or, where it is not known, "" for each
// association that may have approved them.
type Supervisor struct {
	Name   string `json:"name"`
	AASECT string `json:"aasect"`
	AAMFT  string `json:"aamft"`
}

// approved returns whether the association has approved the supervisor: "yes", "no" or "".
func (s Supervisor) approved(association string) string {
	switch association {
	case "aasect":
		return s.AASECT
	case "aamft":
		return s.AAMFT
	}
	return ""
}

const (
	mostQuarters = 24 * 4 // in a day
	mostPeople   = 99
)

// Validate returns what is wrong with an entry, as codes, or nothing. An entry with a fault counts for
// nobody.
//
//	date-missing, date-impossible     no day, or none that the calendar has
//	hours-missing, hours-too-many     no time, or more than a day has
//	hours-not-quarters                not in whole quarters of an hour (the browser's half alone can meet it)
//	kind-unknown, session-unknown, format-unknown, clients-unknown
//	people-impossible                 fewer than none, or not in whole people, or more than 99
func Validate(e Entry) []string {
	faults := []string{}
	fault := func(is bool, code string) {
		if is {
			faults = append(faults, code)
		}
	}
	_, isDay := dayOf(e.Date)
	fault(e.Date == "", "date-missing")
	fault(e.Date != "" && !isDay, "date-impossible")
	fault(e.Quarters <= 0, "hours-missing")
	fault(e.Quarters > mostQuarters, "hours-too-many")
	fault(!among(e.Kind, Supervised, SexTherapy, OtherTherapy, OtherPractice), "kind-unknown")
	fault(!among(e.Session, "", Individual, Group), "session-unknown")
	fault(!among(e.Format, "", "in-person", "video"), "format-unknown")
	fault(!among(e.Clients, "", "one", "couple-or-family", "group"), "clients-unknown")
	fault(e.People < 0 || e.People > mostPeople, "people-impossible")
	return faults
}

func among(value string, list ...string) bool {
	for _, item := range list {
		if item == value {
			return true
		}
	}
	return false
}
