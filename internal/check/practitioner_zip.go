package check

import (
	"math"
	"strconv"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/place"
	"nwioi/internal/site"
)

// practitionerZip holds the ZIP of an office against its state.
func practitionerZip() rule {
	const id = "practitioner/zip"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "An office's ZIP lies in its state."},
		record: func(r *record) {
			for i, l := range r.Locations {
				states := zipStates(l.Zip)
				where := ""
				if p, known := place.ZIP(l.Zip); known {
					states, where = p.State, p.Town+", "
				}
				if states == "" || !site.ValidState(l.State) || strings.Contains(states, l.State) {
					continue
				}
				r.wrong(item("locations", i)+".zip", id, "ZIP "+l.Zip+" lies in "+where+site.StateName(states[:2])+", and the office in "+site.StateName(l.State),
					"check which of the two is right")
			}
		},
	}
}

// practitionerZipUnknown notes a ZIP that the table does not have. Where all ZIPs of a state are known
// that is one nobody has; elsewhere its first digits say as much.
func practitionerZipUnknown() rule {
	const id = "practitioner/zip-unknown"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Note, Summary: "An office's ZIP is one that the Postal Service uses."},
		record: func(r *record) {
			for i, l := range r.Locations {
				if zipNumber(l.Zip) < 0 {
					continue
				}
				field := item("locations", i) + ".zip"
				states := zipStates(l.Zip)
				if states == "" {
					r.wrong(field, id, "ZIP "+l.Zip+" begins with digits that the Postal Service does not use for any state", "check the figure")
					continue
				}
				if _, known := place.ZIP(l.Zip); !known && place.Covers(l.State) && strings.Contains(states, l.State) {
					r.wrong(field, id, "ZIP "+l.Zip+" is not among those we know in "+site.StateName(l.State)+", so distances are told from the middle of "+l.City,
						"check the figure; if it is right, nothing has to be done")
				}
			}
		},
	}
}

// farFromZip is the distance in miles from the middle of its ZIP at which an office can hardly lie.
const farFromZip = 50

// practitionerFarFromZip holds where an office lies against its ZIP.
func practitionerFarFromZip() rule {
	const id = "practitioner/far-from-zip"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "An office's latitude and longitude lie near its ZIP."},
		record: func(r *record) {
			for i, l := range r.Locations {
				p, known := place.ZIP(l.Zip)
				if !known || l.Latitude == nil || l.Longitude == nil {
					continue
				}
				at := place.Point{Lat: *l.Latitude, Lon: *l.Longitude}
				miles := place.Miles(at, p.Middle)
				if miles <= farFromZip {
					continue
				}
				middle := "the middle of that ZIP is at latitude " + degrees(p.Middle.Lat) + " and longitude " + degrees(p.Middle.Lon)
				hint := "check both; " + middle
				if place.Miles(place.Point{Lat: math.Abs(at.Lat), Lon: -math.Abs(at.Lon)}, p.Middle) <= farFromZip {
					hint = "a minus sign is missing or too much: " + middle
				}
				r.wrong(item("locations", i)+".latitude", id,
					"the office's latitude and longitude lie "+strconv.Itoa(int(miles))+" miles from its ZIP "+l.Zip+" ("+p.Label()+")", hint)
			}
		},
	}
}

// degrees writes a coordinate as records do.
func degrees(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }

// zipNumber returns the first three digits of a ZIP, or -1 where it is none.
func zipNumber(zip string) int {
	if len(zip) < 5 {
		return -1
	}
	n, err := strconv.Atoi(zip[:3])
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// zipStates returns the states in which the ZIPs with the same first three digits lie, such as "WA", or
// "" where there are none.
func zipStates(zip string) string {
	n := zipNumber(zip)
	if n < 0 {
		return ""
	}
	for _, r := range zipRanges {
		if r.from <= n && n <= r.to {
			return r.states
		}
	}
	return ""
}

// zipRanges are the first three digits of the ZIPs of each state, as the Postal Service assigns them to
// its sectional centers. Where a few ZIPs of one lie across a border both states stand here.
var zipRanges = []struct {
	from, to int
	states   string
}{
	{5, 5, "NY"}, {6, 7, "PR"}, {8, 8, "VI"}, {9, 9, "PR"},
	{10, 27, "MA"}, {28, 29, "RI"}, {30, 38, "NH"}, {39, 49, "ME"}, {50, 54, "VT"}, {55, 55, "MA VT"}, {56, 59, "VT"},
	{60, 62, "CT"}, {63, 63, "CT NY"}, {64, 69, "CT"}, {70, 89, "NJ"},
	{100, 149, "NY"}, {150, 196, "PA"}, {197, 199, "DE"},
	{200, 200, "DC"}, {201, 201, "VA"}, {202, 205, "DC"}, {206, 219, "MD"}, {220, 246, "VA"}, {247, 268, "WV"},
	{270, 289, "NC"}, {290, 299, "SC"}, {300, 319, "GA"}, {320, 339, "FL"}, {341, 342, "FL"}, {344, 344, "FL"}, {346, 347, "FL"}, {349, 349, "FL"},
	{350, 352, "AL"}, {354, 369, "AL"}, {370, 385, "TN"}, {386, 397, "MS"}, {398, 399, "GA"},
	{400, 418, "KY"}, {420, 427, "KY"}, {430, 459, "OH"}, {460, 479, "IN"}, {480, 499, "MI"},
	{500, 516, "IA"}, {520, 528, "IA"}, {530, 532, "WI"}, {534, 535, "WI"}, {537, 549, "WI"}, {550, 551, "MN"}, {553, 567, "MN"}, {569, 569, "DC"},
	{570, 577, "SD"}, {580, 588, "ND"}, {590, 599, "MT"},
	{600, 620, "IL"}, {622, 629, "IL"}, {630, 631, "MO"}, {633, 641, "MO"}, {644, 658, "MO"}, {660, 662, "KS"}, {664, 679, "KS"},
	{680, 681, "NE"}, {683, 693, "NE"},
	{700, 701, "LA"}, {703, 708, "LA"}, {710, 714, "LA"}, {716, 729, "AR"}, {730, 731, "OK"}, {733, 733, "TX"}, {734, 741, "OK"}, {743, 749, "OK"},
	{750, 770, "TX"}, {772, 799, "TX"},
	{800, 816, "CO"}, {820, 831, "WY"}, {832, 833, "ID"}, {834, 834, "ID WY"}, {835, 838, "ID"}, {840, 847, "UT"},
	{850, 853, "AZ"}, {855, 857, "AZ"}, {859, 860, "AZ"}, {863, 864, "AZ"}, {865, 865, "AZ NM"},
	{870, 871, "NM"}, {873, 884, "NM"}, {885, 885, "TX"}, {889, 891, "NV"}, {893, 895, "NV"}, {897, 898, "NV"},
	{900, 908, "CA"}, {910, 928, "CA"}, {930, 961, "CA"}, {967, 967, "HI AS"}, {968, 968, "HI"}, {969, 969, "GU MP"},
	{970, 978, "OR"}, {979, 979, "OR ID"}, {980, 986, "WA"}, {988, 994, "WA"}, {995, 999, "AK"},
}
