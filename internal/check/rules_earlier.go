package check

import "nwioi/internal/diag"

// earlier returns the rules of the steps before this one, which report what is wrong with one file by
// itself. They stand here so that site.yaml can name them and the documentation lists them; a test holds
// the list against the code that reports them.
//
// Fixed are those whose problem leaves a part of a file unread, or would let something unsafe or false
// into the output. The others judge what could be read, and a site may see them differently.
func earlier() []Rule {
	fixed := func(id, summary string) Rule { return Rule{id, diag.Error, summary, true} }
	loose := func(id string, severity diag.Severity, summary string) Rule {
		return Rule{id, severity, summary, false}
	}
	return []Rule{
		loose("course/sign-up", diag.Error, "A course that people can sign up for says where."),
		loose("event/sign-up", diag.Error, "An event that people can sign up for says where."),
		fixed("course/duplicate-instance", "No two dates of a course have one id."),
		fixed("date/form", "A date is a year, a month and a day."),
		fixed("date/impossible", "A date is a day that the calendar has."),
		fixed("file/depth", "Folders are not nested too deeply."),
		fixed("file/encoding", "Text files are UTF-8."),
		fixed("file/kind", "Files are files and folders are folders."),
		fixed("file/link", "A symbolic link stays within its folder."),
		fixed("file/name", "A file's name can stand in an address."),
		fixed("file/too-large", "No file is too large to read."),
		loose("file/unknown", diag.Warning, "Every file in content/ and data/ is read."),
		fixed("file/unreadable", "Every file can be read."),
		loose("markdown/alt", diag.Error, "A picture has words for those who do not see it."),
		loose("markdown/callout", diag.Error, "A callout is one of the known kinds."),
		fixed("markdown/fact", "A cited fact is written as {{fact \"id\"}}."),
		loose("markdown/footnote", diag.Error, "A footnote is written once and referred to."),
		loose("markdown/heading-order", diag.Warning, "Headings skip no level."),
		loose("markdown/link", diag.Error, "A link has words and leads somewhere."),
		fixed("markdown/raw-html", "Markdown holds no HTML."),
		fixed("markdown/scheme", "Links are https, mailto, tel or within the site."),
		fixed("markdown/too-large", "A page stays within bounds."),
		fixed("markdown/too-wide", "A table stays within bounds."),
		fixed("page/alias", "A former address is one on this site."),
		fixed("page/date", "A news post has its day."),
		fixed("page/folder", "A folder's name can stand in an address."),
		fixed("page/front-matter", "A page begins with front matter between two lines of three hyphens."),
		fixed("page/slug", "A slug can stand in an address."),
		fixed("picture/unreadable", "Every picture can be read."),
		fixed("practitioner/alias", "A former id has the form of an id."),
		fixed("practitioner/contact", "There is a way to reach the person."),
		fixed("practitioner/coordinates", "A place lies on Earth."),
		fixed("practitioner/fees", "Fees say what, how long and as of when, or to ask."),
		fixed("practitioner/location", "Who sees clients in person has an office."),
		fixed("practitioner/photo", "A photo is a picture in data/practitioners/photos."),
		fixed("practitioner/reserved-id", "An id is not the name of another part of the directory."),
		fixed("practitioner/state", "A state is one of the Postal Service's two-letter codes."),
		fixed("practitioner/year", "A year is one in which somebody can have begun."),
		fixed("record/date-order", "What begins ends later."),
		fixed("record/time", "A time of day belongs to a day, and an end to a beginning."),
		fixed("record/weekday", "The day of the week is that of the date."),
		fixed("record/email", "An e-mail address has the form of one."),
		fixed("record/fact", "A fact has a value, or says how it is worked out, not both."),
		fixed("record/id", "A record's file name can stand in an address."),
		fixed("record/phone", "A phone number is in international form."),
		fixed("record/url", "An address is an https address."),
		fixed("referral/criterion", "A criterion of a referral is a key and an id, and no word about the client."),
		fixed("referral/id", "Those suggested in a referral are ids of people."),
		fixed("requirement/duplicate-id", "No two requirements of a set have one id."),
		fixed("requirement/state", "A set's state is one by its two letters."),
		fixed("requirement/unknown", "A requirement depends on one that exists."),
		fixed("site/missing", "The site has data/site.yaml."),
		fixed("site/timezone", "The time zone is one that is known."),
		fixed("site/url", "The site's address is one that a site can have."),
		fixed("theme/asset", "A theme's styles and scripts can be bundled."),
		fixed("theme/missing-layout", "A theme has every layout that the site needs."),
		fixed("theme/template", "A theme's templates can be used."),
		loose("theme/unknown-layout", diag.Warning, "Every template of a theme is used."),
		fixed("vocabulary/alias-claimed", "No two words of a vocabulary claim one alias."),
		fixed("vocabulary/duplicate-id", "No id stands in a vocabulary twice."),
		fixed("vocabulary/state", "A licence has its state."),
		fixed("vocabulary/tier", "A licence says whether it is independent or an associate's."),
		fixed("yaml/choice", "A value is one of those the key allows."),
		loose("yaml/comment", diag.Warning, "A # that belongs to a text is in quotes."),
		fixed("yaml/duplicate-key", "No key stands twice."),
		fixed("yaml/form", "A text has the form the key asks for."),
		fixed("yaml/missing-key", "Required keys are there."),
		fixed("yaml/refused", "YAML is written without anchors, tags and tabs."),
		fixed("yaml/syntax", "YAML can be read."),
		fixed("yaml/too-long", "A text is not longer than its key allows."),
		fixed("yaml/too-many", "A list is not longer than its key allows."),
		fixed("yaml/too-many-problems", "A file does not have more problems than can be listed."),
		fixed("yaml/type", "A value is of the kind the key asks for."),
		fixed("yaml/unknown-key", "Every key is a known one."),
		fixed("yaml/value", "A value can be understood."),
	}
}
