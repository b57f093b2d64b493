package assemble

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"nwioi/internal/site"
)

// unfold takes the line breaks out of a vCard that RFC 6350 puts into long lines, and fails where a line
// is longer than it allows or ends otherwise than it says.
func unfold(t testing.TB, card []byte) string {
	t.Helper()
	if !bytes.HasSuffix(card, []byte("\r\n")) {
		t.Errorf("the card does not end with a line break: %q", card)
	}
	for _, line := range strings.Split(strings.TrimSuffix(string(card), "\r\n"), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
		if !utf8.ValidString(line) {
			t.Errorf("a line is broken inside a character: %q", line)
		}
		if strings.ContainsAny(line, "\r\n") {
			t.Errorf("a bare line break in %q", line)
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(card), "\r\n ", ""), "\r\n", "\n")
}

// Every card of the institute has the form of RFC 6350, and the lines that readers need.
func TestCards(t *testing.T) {
	p := institute(t, site.Options{})
	cards := 0
	for _, one := range p.Profiles {
		body := p.bodies[site.FileOf(site.VCardURL(one.ID))]
		if body == nil {
			continue
		}
		cards++
		card := unfold(t, body)
		if !strings.HasPrefix(card, "BEGIN:VCARD\nVERSION:4.0\n") || !strings.HasSuffix(card, "\nEND:VCARD\n") {
			t.Errorf("the card of %s is no vCard 4.0:\n%s", one.ID, card)
		}
		for _, want := range []string{"\nFN:", "\nN:", "\nUID:", "\nURL:" + p.Base.Absolute(site.ProfileURL(one.ID)) + "\n"} {
			if strings.Count(card, want) != 1 {
				t.Errorf("the card of %s has not one line %q", one.ID, want)
			}
		}
		for line := range strings.Lines(card) {
			if strings.HasPrefix(line, "N:") && len(parts(strings.TrimSpace(line[2:]))) != 5 {
				t.Errorf("the name of %s has not five parts: %q", one.ID, line)
			}
			if strings.HasPrefix(line, "ADR") && len(parts(line)) != 7 {
				t.Errorf("an address of %s has not seven parts: %q", one.ID, line)
			}
		}
	}
	if cards < 20 {
		t.Errorf("%d cards: too few to prove anything", cards)
	}
}

// parts splits the value of a property at the semicolons that are not escaped; one inside a parameter
// comes before the colon.
func parts(line string) []string {
	if name, value, found := strings.Cut(line, ":"); found && !strings.Contains(name, " ") {
		line = value
	}
	var out []string
	var b strings.Builder
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && i+1 < len(line):
			i++
			b.WriteByte(line[i])
		case line[i] == ';':
			out = append(out, b.String())
			b.Reset()
		default:
			b.WriteByte(line[i])
		}
	}
	return append(out, b.String())
}

// What people write cannot become a line of the card.
func TestCardEscapes(t *testing.T) {
	file, text := person("ada", consent+"practice: 'Semi; colon, comma \\ backslash'\n")
	text = strings.Replace(text, "headline: I listen", `headline: "One\nTEL:+1900\r\nEMAIL:evil@example.org"`, 1)
	text = strings.Replace(text, "family: Example", `family: "Ünïcödé-Ünïcödé-Ünïcödé-Ünïcödé-Ünïcödé-Ünïcödé-Ünïcödé; Jr, III"`, 1)
	p := publish(t, siteOf("data/site.yaml", settings, file, text), site.Options{})
	card := unfold(t, p.bodies["directory/ada/card.vcf"])
	for _, want := range []string{
		`NOTE:One\nTEL:+1900\nEMAIL:evil@example.org` + "\n",
		`ORG:Semi\; colon\, comma \\ backslash` + "\n",
		`N:Ünïcödé-Ünïcödé-Ünïcödé-Ünïcödé-Ünïcödé-Ünïcödé-Ünïcödé\; Jr\, III;Ada;;;LMFT` + "\n",
	} {
		if !strings.Contains(card, want) {
			t.Errorf("the card has no line %q:\n%s", want, card)
		}
	}
	if strings.Contains(card, "\nTEL") || strings.Count(card, "\nEMAIL") != 1 {
		t.Errorf("a headline became a line of the card:\n%s", card)
	}
}

func FuzzFold(f *testing.F) {
	f.Add("NOTE:short")
	f.Add("NOTE:" + strings.Repeat("é", 200))
	f.Add("NOTE:" + strings.Repeat("𝕊", 40) + strings.Repeat("a", 75))
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\n") || strings.HasPrefix(text, " ") {
			t.Skip()
		}
		var b strings.Builder
		fold(&b, text)
		if got := unfold(t, []byte(b.String())); got != text+"\n" {
			t.Errorf("%q became %q", text, got)
		}
	})
}
