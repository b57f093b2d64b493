package assemble

import (
	"io"
	"strings"
	"unicode/utf8"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// An addressCard is what a person's vCard says.
type addressCard struct {
	uid, url, name, given, family, letters, practice, title, note string
	categories                                                    string
	addresses                                                     *theme.List[cardAddress]
	phone, email, website, revised                                string
	sample                                                        bool
}

type cardAddress struct{ street, city, state, zip string }

func (a *assembler) vcard(p *site.Person) addressCard {
	c := a.cards[p.ID].view
	v := addressCard{
		uid: a.Base.Absolute(site.ProfileURL(p.ID)), url: a.Base.Absolute(site.ProfileURL(p.ID)),
		name: c.Name, given: p.Name.Given, family: p.Name.Family, letters: strings.Join(p.Letters, ","),
		practice: p.Practice, title: "Certified Integrated Intimacy Practitioner", note: p.Headline,
		phone: p.Contact.Phone, email: p.Contact.Email, website: p.Contact.Website,
		revised: strings.ReplaceAll(p.Confirmed.String(), "-", ""), sample: p.Sample,
	}
	if p.InPerson {
		var addresses []cardAddress
		for _, l := range p.Locations {
			addresses = append(addresses, cardAddress{l.Street, l.City, l.State, l.Zip})
		}
		v.addresses = list(a, addresses)
	}
	return v
}

// vcardLayout makes a vCard 4.0 (RFC 6350) that keeps to what readers of vCard 3.0 understand too.
var vcardLayout = &goLayout[addressCard]{func(w io.Writer, c addressCard) error {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fold(&b, name+":"+value)
		}
	}
	b.WriteString("BEGIN:VCARD\r\nVERSION:4.0\r\n")
	line("UID", c.uid)
	line("FN", vText(c.name))
	letters := strings.Split(c.letters, ",")
	for i := range letters {
		letters[i] = vText(letters[i])
	}
	line("N", vText(c.family)+";"+vText(c.given)+";;;"+strings.Join(letters, ","))
	line("ORG", vText(c.practice))
	line("TITLE", vText(c.title))
	line("TEL;TYPE=work,voice", c.phone) // as text: readers of 3.0 would show "tel:" as part of it
	line("EMAIL;TYPE=work", vText(c.email))
	for _, at := range c.addresses.All() {
		line("ADR;TYPE=work", ";;"+vText(at.street)+";"+vText(at.city)+";"+vText(at.state)+";"+vText(at.zip)+";United States")
	}
	line("URL", c.url)
	if c.website != "" {
		line("URL;TYPE=work", c.website)
	}
	note := c.note
	if c.sample {
		note = "Sample record: this person is invented. " + note
		line("CATEGORIES", "Sample record")
	}
	line("NOTE", vText(note))
	if c.revised != "" {
		line("REV", c.revised+"T000000Z")
	}
	b.WriteString("END:VCARD\r\n")
	_, err := io.WriteString(w, b.String())
	return err
}}

// vText escapes a text value (RFC 6350, section 3.4). Line breaks that could begin a property become
// escaped ones.
func vText(s string) string {
	return strings.NewReplacer("\\", "\\\\", ",", "\\,", ";", "\\;", "\r\n", "\\n", "\n", "\\n", "\r", "\\n").Replace(s)
}

// fold writes a content line, broken after at most 75 octets and inside no character (RFC 6350,
// section 3.2).
func fold(b *strings.Builder, line string) {
	limit := 75
	for len(line) > limit {
		cut := limit
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut] + "\r\n ")
		line = line[cut:]
		limit = 74 // the space at the beginning counts
	}
	b.WriteString(line + "\r\n")
}
