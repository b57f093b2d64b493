package site

import (
	"fmt"
	"strconv"
)

// AskDays is how many days before its limit a person is first asked to confirm something, so that nobody
// is asked again who has just answered.
const AskDays = 14

// practitioners lists what of the records has to be confirmed or runs out, and consent that is missing or
// was taken back. Of people who are not published nothing else is asked, of alumni nothing but consent.
func (g *agenda) practitioners() {
	owner := g.owner("", DirectoryURL)
	for _, p := range g.Practitioners {
		d := Due{Owner: owner, Kind: DuePractitioner, ID: p.ID, Name: p.Name.Full(), Sample: p.Sample}
		switch c := p.Consent; {
		case p.Consented(g.AsOf):
			if p.Status != "alumni" {
				g.confirmations(p, d)
				g.papers(p, d)
			}
		case c == nil || c.AgreedOn.IsZero():
			d.On, d.What = g.AsOf, "this person has not agreed to be listed, so nothing of them is published"
			d.Do = "ask them, and add consent: {agreed_on: …} with the day on which they agreed, or remove the file"
			d.ask = "May we list you? We have no note of a day on which you agreed."
			d.otherwise = "Nothing about you is published unless you agree."
			g.add(p.File, "consent", d)
		case !c.WithdrawnOn.IsZero() && !c.WithdrawnOn.After(g.AsOf):
			d.On, d.What = c.WithdrawnOn, "this person withdrew their consent on "+c.WithdrawnOn.Long()+", so nothing of them is published"
			d.Do = "remove the file once nothing in it is needed any more"
			g.add(p.File, "consent.withdrawn_on", d)
		}
	}
}

// confirmations lists what the person alone knows: that the record is right, and whether they have room.
func (g *agenda) confirmations(p *Practitioner, d Due) {
	ahead := min(g.within, AskDays)
	if last := p.LastConfirmed; !last.IsZero() && g.near(last.AddDays(FlagDays), ahead) {
		d.On = last.AddDays(FlagDays)
		d.What = g.told(d.On, "nobody has confirmed the record since "+last.Long(), "the record is to be confirmed again by "+d.On.Long())
		d.Do = "send it to the person, and write the day on which they said that all of it is right"
		d.ask = "Is all of your page still right? You last said so on " + last.Long() + "."
		d.otherwise = fmt.Sprintf("Once %d days have passed, on %s, your page says that it was not confirmed since %s.", FlagDays, d.On.Long(), last.Long())
		if g.over(d.On) {
			d.otherwise = "Your page says that it was not confirmed since " + last.Long() + "."
		}
		g.add(p.File, "last_confirmed", d)
	}
	a := p.Availability
	if a.Status == "closed" || p.Status == "paused" {
		return
	}
	if on := a.ConfirmedOn.AddDays(FreshDays); !a.ConfirmedOn.IsZero() && g.near(on, ahead) {
		d.On = on
		d.What = g.told(on, "the availability has not been confirmed since "+a.ConfirmedOn.Long(), "the availability is to be confirmed again by "+on.Long())
		d.Do = "ask the person, and write the day of the answer after confirmed_on:"
		said := "that you take new clients"
		if a.Status == "waitlist" {
			said = "that you keep a waiting list"
		}
		d.ask = "Is your availability still right? On " + a.ConfirmedOn.Long() + " you told us " + said + "."
		d.otherwise = g.fading(a, on)
		g.add(p.File, "availability.confirmed_on", d)
	}
}

// fading says what becomes of an availability that is not confirmed: see Freshness.
func (g *agenda) fading(a Availability, stale Date) string {
	gone := a.ConfirmedOn.AddDays(CountsDays)
	now := "After " + stale.Long() + " your page says"
	if g.over(stale) {
		now = "Your page says"
	}
	now += " “not confirmed since " + a.ConfirmedOn.Long() + "”, and those who confirmed within " + strconv.Itoa(FreshDays) + " days stand above you in the list."
	if g.over(gone) {
		return now + " More than " + strconv.Itoa(CountsDays) + " days have passed, so it no longer counts at all, and you stand further down."
	}
	return now + " After " + gone.Long() + ", when " + strconv.Itoa(CountsDays) + " days have passed, it no longer counts at all, and you move further down."
}

// papers lists licences, compacts, certifications and the membership that ran out or will.
func (g *agenda) papers(p *Practitioner, d Due) {
	for i, l := range p.Licenses {
		g.paper(p, d, l.Expires, "licenses["+strconv.Itoa(i)+"].expires", "licence "+l.Type+" of "+StateName(l.State),
			"A licence that has run out does not count: your page marks it as expired, and it gives you no letters and no state for sessions by video.")
	}
	for i, c := range p.Compacts {
		g.paper(p, d, c.Expires, "compacts["+strconv.Itoa(i)+"].expires", "privilege "+c.Name,
			"A privilege that has run out does not count: it gives you no state for sessions by video.")
	}
	for i, c := range p.Certifications {
		g.paper(p, d, c.Expires, "certifications["+strconv.Itoa(i)+"].expires", "certification "+CertificateLetters(g.Vocabulary(Certification), c.Type),
			"A certification that has run out does not count: your page marks it as expired, and it gives you no letters.")
	}
	if on := p.CIIP.Renews; g.due(on) {
		d.On = on
		d.What = g.told(on, "the membership was to be renewed by ", "the membership is to be renewed by ") + on.Long()
		d.Do = "ask whether they stay, and write the new date after renews:"
		d.ask = "Will you stay a Certified Integrated Intimacy Practitioner? Your membership " + g.told(on, "was", "is") + " to be renewed by " + on.Long() + "."
		d.otherwise = "The date of your membership stays as it is in our record, and we ask you again."
		g.add(p.File, "ciip.renews", d)
	}
}

// paper lists one thing that runs out on a day, under the name that it has in a sentence.
func (g *agenda) paper(p *Practitioner, d Due, on Date, field, name, otherwise string) {
	if !g.due(on) {
		return
	}
	d.On = on
	d.What = g.told(on, "the "+name+" ran out on "+on.Long()+", so it does not count", "the "+name+" runs out on "+on.Long())
	d.Do = g.told(on, "ask whether it was renewed, and write the new date", "ask for the renewal, and write the new date")
	d.ask = "Have you renewed your " + name + "? In our record it " + g.told(on, "ran", "runs") + " out on " + on.Long() + ". If you have, please tell us the new date."
	d.otherwise = otherwise
	g.add(p.File, field, d)
}
