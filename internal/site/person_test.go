package site

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

var today = Date{2026, 11, 20}

func TestFreshnessAtItsLimits(t *testing.T) {
	for _, test := range []struct {
		status string
		age    int
		want   Freshness
	}{
		{"open", 0, OpenNow}, {"open", 60, OpenNow}, {"open", 61, Ageing}, {"open", 120, Ageing}, {"open", 121, Unconfirmed},
		{"waitlist", 60, WaitNow}, {"waitlist", 61, Ageing}, {"waitlist", 120, Ageing}, {"waitlist", 121, Unconfirmed},
		{"closed", 0, Closed}, {"closed", 500, Closed}, {"open", -3, OpenNow},
	} {
		if got := FreshnessOf(Availability{Status: test.status, ConfirmedOn: today.AddDays(-test.age)}, today); got != test.want {
			t.Errorf("%s, confirmed %d days ago, is %d, want %d", test.status, test.age, got, test.want)
		}
	}
	for age, want := range map[int]bool{0: false, 180: false, 181: true} {
		p := &Practitioner{Status: "active", LastConfirmed: today.AddDays(-age)}
		if got := p.Public(today, nil).StaleRecord; got != want {
			t.Errorf("a record confirmed %d days ago is flagged: %t, want %t", age, got, want)
		}
	}
}

func TestConsent(t *testing.T) {
	day := func(n int) Date { return today.AddDays(n) }
	for name, test := range map[string]struct {
		consent *Consent
		want    bool
	}{
		"none": {nil, false}, "empty": {&Consent{}, false}, "given": {&Consent{AgreedOn: day(-9)}, true}, "given today": {&Consent{AgreedOn: today}, true},
		"given tomorrow": {&Consent{AgreedOn: day(1)}, false}, "withdrawn": {&Consent{day(-9), day(-1)}, false}, "withdrawn today": {&Consent{day(-9), today}, false},
		"withdrawn from tomorrow": {&Consent{day(-9), day(1)}, true},
	} {
		if got := (&Practitioner{Consent: test.consent}).Consented(today); got != test.want {
			t.Errorf("%s: %t, want %t", name, got, test.want)
		}
	}
}

func TestPlacesHideWhatIsFiner(t *testing.T) {
	at := 47.5
	full := Location{Label: "Room", Street: "1 Shore Road", City: "Tacoma", State: "WA", Zip: "98402", Latitude: &at, Longitude: &at}
	for precision, want := range map[string]Location{
		"exact": full, "": full,
		"zip":  {Label: "Room", City: "Tacoma", State: "WA", Zip: "98402"},
		"city": {Label: "Room", City: "Tacoma", State: "WA"},
	} {
		l := full
		l.Precision, want.Precision = precision, precision
		if got := l.Shown(); got != want {
			t.Errorf("with the precision %q it shows %+v", precision, got)
		}
	}
	p := &Practitioner{Status: "active", Locations: []Location{{Street: "1 Shore Road", City: "Tacoma", Zip: "98402", Precision: "city"}}}
	if got := p.Public(today, nil).Locations[0]; got.Street != "" || got.Zip != "" {
		t.Errorf("the projection shows %+v", got)
	}
}

// The projection of somebody who has left says the name and the dates, and nothing else.
func TestAlumniKeepTheirNameAlone(t *testing.T) {
	p := fullRecord(t)
	p.Status = "alumni"
	q := p.Public(today, nil)
	kept := []string{"ID", "File", "Name", "Status", "Sample", "Member", "Confirmed", "Aliases"}
	v := reflect.ValueOf(*q)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if set := !v.Field(i).IsZero(); set != slices.Contains(kept, name) && name != "File" && name != "Sample" {
			t.Errorf("%s is kept: %t", name, set)
		}
	}
}

// fullRecord returns a record in which everything is given.
func fullRecord(t *testing.T) *Practitioner {
	t.Helper()
	p := &Practitioner{ID: "ada"}
	var fill func(v reflect.Value, depth int)
	fill = func(v reflect.Value, depth int) {
		if depth > 6 || !v.CanSet() {
			return
		}
		switch v.Kind() {
		case reflect.String:
			v.SetString("x")
		case reflect.Bool:
			v.SetBool(true)
		case reflect.Int:
			v.SetInt(2026)
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), depth+1)
		case reflect.Struct:
			if v.Type() == reflect.TypeFor[Date]() {
				v.Set(reflect.ValueOf(today))
				return
			}
			for i := range v.NumField() {
				fill(v.Field(i), depth+1)
			}
		}
	}
	fill(reflect.ValueOf(p).Elem(), 0)
	return p
}

// What is private has no place in the type that pages see.
func TestPersonHasNoPlaceForWhatIsPrivate(t *testing.T) {
	person := reflect.TypeFor[Person]()
	for i := range person.NumField() {
		f := person.Field(i)
		for _, word := range []string{"private", "consent", "discard"} {
			if strings.Contains(strings.ToLower(f.Name), word) || strings.Contains(strings.ToLower(f.Type.String()), word) {
				t.Errorf("a person has %s of the type %v", f.Name, f.Type)
			}
		}
		if f.Type == reflect.TypeFor[*Practitioner]() {
			t.Errorf("a person leads back to the record through %s", f.Name)
		}
	}
}

// An expired licence counts for nothing: no letters, no credential, no state.
func TestExpiredLicencesDoNotCount(t *testing.T) {
	p := &Practitioner{
		Status: "active", Degrees: []string{"PhD"}, Formats: Formats{Telehealth: true},
		Licenses:       []License{{State: "WA", Type: "LMFT"}, {State: "OR", Type: "LPC", Expires: today.AddDays(-1)}, {State: "ID", Type: "LMFT", Expires: today}},
		Compacts:       []Compact{{Name: "PSYPACT", States: []string{"UT", "WA"}}, {Name: "Old", States: []string{"TX"}, Expires: today.AddDays(-1)}},
		Certifications: []Certificate{{Type: "aasect-cst"}, {Type: "aasect-cse", Expires: today.AddDays(-1)}},
	}
	q := p.Public(today, nil)
	if want := []string{"ID", "UT", "WA"}; !slices.Equal(q.Telehealth, want) {
		t.Errorf("by video in %v, want %v", q.Telehealth, want)
	}
	if want := []string{"PhD", "LMFT", "CST"}; !slices.Equal(q.Letters, want) {
		t.Errorf("the letters are %v, want %v", q.Letters, want)
	}
	if want := []string{"lmft", "aasect-cst"}; !slices.Equal(q.Credentials, want) {
		t.Errorf("the credentials are %v, want %v", q.Credentials, want)
	}
	if len(q.Licenses) != 3 {
		t.Error("a page cannot say which licence has expired")
	}
	p.Formats.Telehealth = false
	if q := p.Public(today, nil); len(q.Telehealth) > 0 {
		t.Errorf("somebody who sees nobody by video does so in %v", q.Telehealth)
	}
}
