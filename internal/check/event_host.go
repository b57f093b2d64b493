package check

import "nwioi/internal/diag"

// eventHost finds coming events by people whom the site does not show as active: readers would be sent
// to somebody they cannot read about.
func eventHost() rule {
	const id = "event/host"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "Who gives an event that is to come is listed in the directory."},
		edition: func(p *pass) {
			for _, v := range p.Events {
				who := p.Practitioner(v.By)
				if who == nil || v.Last().Before(p.AsOf) || v.Status == "cancelled" {
					continue
				}
				switch {
				case !who.Consented(p.AsOf):
					p.wrong(v.File, "by", id, who.Name.Full()+" did not agree to be listed, so nobody can read who gives this", "ask for their consent, or take the event out")
				case who.Status != "active":
					p.wrong(v.File, "by", id, who.Name.Full()+" is listed as "+who.Status+", and this event is still to come", "check the person's status, or set status: cancelled")
				}
			}
		},
	}
}
