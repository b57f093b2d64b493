package check

import (
	"nwioi/internal/diag"
)

// practitionerPhotoConsent finds photos that the person did not agree to show. They are not published.
func practitionerPhotoConsent() rule {
	const id = "practitioner/photo-consent"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "A photo is shown only with the person's consent."},
		record: func(r *record) {
			if r.Photo != nil && r.Photo.File != "" && !r.Photo.Consent.Given {
				r.wrong("photo.consent", id, "the person has not agreed that this photo is shown, so it is not published",
					"write the day on which they agreed, or remove the photo")
			}
		},
	}
}
