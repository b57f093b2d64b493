package site

import (
	"strings"

	"nwioi/internal/source"
)

// ReferralsPath is where the log of referrals lies.
const ReferralsPath = "data/referrals.yaml"

// A ReferralLog is data/referrals.yaml: what the institute was asked for and whom it suggested. It is
// read so that suggestions go round fairly. Nothing of it is published, and it has no place for a
// word about a client.
type ReferralLog struct {
	File    *source.File
	Entries []Referral // in the order of the file
}

// A Referral is one entry of the log.
type Referral struct {
	Date      Date     `yaml:"date" need:"yes" doc:"The day of the referral."`
	Criteria  []string `yaml:"criteria" need:"yes" doc:"What was asked for, each as in the address of a search: concern=pain-penetration." example:"[\"concern=pain-penetration\"]"`
	Suggested []string `yaml:"suggested" format:"id" doc:"The ids of the people who were suggested." example:"[ada-okafor]"`
}

// ReferralKeys are the keys that a criterion of a referral may have: those of a search that say what
// is looked for, and not where the client lives.
var ReferralKeys = []string{
	Concern, Modality, Community, Language, InsurancePlan, City, "county", State, Telehealth, Credential,
	"format", "clients", "ages", Spirituality, "times", "fee_max", "within",
}

// SplitCriterion returns the key and value of a criterion, and whether it is one: a known key, an
// equals sign and an id.
func SplitCriterion(text string) (key, value string, ok bool) {
	key, value, ok = strings.Cut(text, "=")
	if !ok || value == "" || Slug(value) != strings.ReplaceAll(strings.ToLower(value), "_", "-") {
		return "", "", false
	}
	for _, k := range ReferralKeys {
		if k == key {
			return key, value, true
		}
	}
	return "", "", false
}
