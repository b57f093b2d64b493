package check

import "nwioi/internal/diag"

// practitionerConsent finds records of people who have not agreed to be listed, or no longer do. They
// are left out of every output; the record itself is what remains to be dealt with.
func practitionerConsent() rule {
	const id = "practitioner/consent"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "Everyone who has a record agreed to be listed."},
		record: func(r *record) {
			c := r.Consent
			switch {
			case r.Consented(r.pass.AsOf):
			case c == nil || c.AgreedOn.IsZero():
				r.wrong("", id, "this person has not agreed to be listed, so nothing of them is published",
					"add consent: {agreed_on: …} with the day on which they agreed")
			case !c.WithdrawnOn.IsZero() && !c.WithdrawnOn.After(r.pass.AsOf):
				r.wrong("consent.withdrawn_on", id, "this person withdrew their consent on "+c.WithdrawnOn.Long()+", so nothing of them is published",
					"remove the file once nothing in it is needed any more")
			default:
				r.wrong("consent.agreed_on", id, "the consent begins on "+c.AgreedOn.Long()+", so nothing of this person is published before",
					"check the date")
			}
		},
	}
}
