package check

import (
	"slices"
	"strings"

	"nwioi/internal/diag"
)

// A Rule is something that is looked at in every site.
type Rule struct {
	ID       string        // "area/what", as written in site.yaml
	Severity diag.Severity // unless site.yaml says otherwise
	Summary  string        // one sentence: what the rule asks for
	// Fixed rules keep their severity whatever site.yaml says: what they refuse must not be published.
	Fixed bool
}

// A rule of this package: where it looks.
type rule struct {
	Rule
	edition func(*pass)   // at the whole edition, on every pass
	record  func(*record) // at one practitioner
	words   []string      // the words at which word is called, in lower case
	word    func(*reading)
	doubled func(*reading) // at a word that repeats the one before
	number  func(*reading) // at a word that begins with a digit
	capital func(*reading) // at a word that begins with a capital
	text    func(*reading) // at the end of every text
	sheet   func(*reading) // at the end of every file
}

// rules returns the rules of this package.
func rules() []rule {
	list := []rule{
		coursePast(),
		dateWeekday(),
		eventHost(),
		factDerived(),
		factReviewOverdue(),
		imageMissing(),
		linkAnchor(),
		linkBroken(),
		menuBroken(),
		pageHealthLink(),
		pageLayout(),
		pageOrphan(),
		pageReviewOverdue(),
		pageTagCase(),
		pageUnknownFact(),
		pathwayBranches(),
		pathwayReserved(),
		practitionerAvailability(),
		practitionerConsent(),
		practitionerFarFromZip(),
		practitionerFuture(),
		practitionerLicense(),
		practitionerLicenseExpired(),
		practitionerNoLicense(),
		practitionerPhotoConsent(),
		practitionerSameName(),
		practitionerSupervisor(),
		practitionerUnconfirmed(),
		practitionerZip(),
		practitionerZipUnknown(),
		recordSample(),
		recordUnknown(),
		referralUnknown(),
		requirementAnswer(),
		requirementOverlap(),
		siteRules(),
		urlClash(),
		urlLoop(),
		wordingAcronym(),
		wordingArticle(),
		wordingColon(),
		wordingDoubledWord(),
		wordingExpiredOffer(),
		wordingHardSpace(),
		wordingPastAsFuture(),
		wordingProgrammeUnlinked(),
		wordingRelativeTime(),
		wordingResidue(),
		wordingSpelling(),
		wordingTBD(),
		wordingTypedFigure(),
		wordingUnsourced(),
	}
	return append(list, practitionerVocabulary()...)
}

// Rules returns every rule that a site's settings can name, those of reading included, by id.
func Rules() []Rule {
	all := earlier()
	for _, r := range rules() {
		all = append(all, r.Rule)
	}
	slices.SortFunc(all, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	return all
}
