package place

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"math"
	"strconv"
	"strings"
	"testing"
)

// The table is what its description promises: sorted, complete rows, each in its state.
func TestTable(t *testing.T) {
	type box struct {
		from, to                 int // prefixes
		south, north, west, east float64
	}
	// The states' extents, with the tenth of a degree by which a ZIP may reach over a border.
	states := map[string]box{
		"WA": {980, 994, 45.5, 49.1, -124.9, -116.8},
		"OR": {970, 979, 41.9, 46.4, -124.7, -116.4},
		"ID": {832, 838, 41.9, 49.1, -117.3, -110.9},
	}
	count := map[string]int{}
	last := ""
	for _, p := range All() {
		if n, err := strconv.Atoi(p.ZIP); len(p.ZIP) != 5 || err != nil || n < 0 {
			t.Errorf("%q is no ZIP", p.ZIP)
			continue
		}
		if p.ZIP <= last {
			t.Errorf("%s stands after %s", p.ZIP, last)
		}
		last = p.ZIP
		b, ok := states[p.State]
		if prefix, _ := strconv.Atoi(p.ZIP[:3]); !ok || !Covers(p.State) || prefix < b.from || prefix > b.to {
			t.Errorf("%s lies in %q", p.ZIP, p.State)
		}
		if p.Middle.Lat < b.south || p.Middle.Lat > b.north || p.Middle.Lon < b.west || p.Middle.Lon > b.east {
			t.Errorf("%s lies at %v, outside of %s", p.ZIP, p.Middle, p.State)
		}
		for _, name := range []string{p.Town, p.County} {
			if name == "" || name != strings.TrimSpace(name) || name[0] < 'A' || name[0] > 'Z' || strings.HasSuffix(name, " County") {
				t.Errorf("%s: the name %q", p.ZIP, name)
			}
		}
		count[p.State]++
	}
	if count["WA"] != 715 || count["OR"] != 478 || count["ID"] != 320 {
		t.Errorf("the table has %v", count)
	}
}

// What the site ships of it, codes and points as differences, is at most 10 kB.
func TestSize(t *testing.T) {
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	var buffer []byte
	var code, lat, lon int64
	for _, p := range All() {
		n, _ := strconv.ParseInt(p.ZIP, 10, 64)
		y, x := int64(math.Round(p.Middle.Lat*1000)), int64(math.Round(p.Middle.Lon*1000))
		buffer = binary.AppendVarint(buffer, n-code)
		buffer = binary.AppendVarint(buffer, y-lat)
		buffer = binary.AppendVarint(buffer, x-lon)
		code, lat, lon = n, y, x
	}
	w.Write(buffer)
	w.Close()
	t.Logf("%d bytes", packed.Len())
	if packed.Len() > 10_000 {
		t.Errorf("the codes and points take %d bytes", packed.Len())
	}
}

func TestZIP(t *testing.T) {
	for code, want := range map[string]string{
		"98402": "Tacoma, WA Pierce", "98103-1234": "Seattle, WA King", "97330": "Corvallis, OR Benton", "83814": "Coeur d'Alene, ID Kootenai",
	} {
		p, ok := ZIP(code)
		if got := p.Label() + " " + p.County; !ok || got != want {
			t.Errorf("%s is %q, want %q", code, got, want)
		}
	}
	for _, code := range []string{"", "9840", "984020", "98398", "98402 1234", "00000", "99999", "10001", "９８４０２"} {
		if p, ok := ZIP(code); ok {
			t.Errorf("%q is %v", code, p)
		}
	}
}

func TestTown(t *testing.T) {
	tacoma, _ := ZIP("98402")
	if p, ok := Town("tacoma", "WA"); !ok || p.County != "Pierce" || p.ZIP != "" || Miles(p.Middle, tacoma.Middle) > 5 {
		t.Errorf("Tacoma is %v", p)
	}
	if p, ok := Town("Portland", "OR"); !ok || p.County != "" {
		t.Errorf("Portland lies in three counties, not in %q", p.County)
	}
	if p, ok := Town("St. Helens", "OR"); !ok || p.Town != "Saint Helens" {
		t.Errorf("St. Helens is %v", p)
	}
	if _, ok := Town("Tacoma", "OR"); ok {
		t.Error("there is a Tacoma in Oregon")
	}
}

// Distances between city halls and the like, in miles as maps give them, against the middles of the
// towns' ZIPs: within four miles or four hundredths.
func TestDistances(t *testing.T) {
	for _, test := range []struct {
		from, to string
		miles    float64
	}{
		{"98101", "97204", 145}, // Seattle to Portland
		{"98101", "99201", 228}, // Seattle to Spokane
		{"97204", "83702", 344}, // Portland to Boise
		{"98101", "98402", 25},  // Seattle to Tacoma
		{"97401", "97301", 61},  // Eugene to Salem
		{"98660", "97204", 8},   // Vancouver to Portland
		{"83201", "83401", 52},  // Pocatello to Idaho Falls
	} {
		a, _ := ZIP(test.from)
		b, _ := ZIP(test.to)
		if got := Miles(a.Middle, b.Middle); math.Abs(got-test.miles) > max(4, test.miles/25) {
			t.Errorf("from %s to %s are %.1f miles, and not about %.0f", a.Label(), b.Label(), got, test.miles)
		}
	}
}

// The angle between two vectors is the distance by another way.
func TestMilesAgainstVectors(t *testing.T) {
	vector := func(p Point) [3]float64 {
		lat, lon := p.Lat*math.Pi/180, p.Lon*math.Pi/180
		return [3]float64{math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)}
	}
	all := All()
	for i := range all {
		a, b := all[i].Middle, all[(i*7+400)%len(all)].Middle
		u, v := vector(a), vector(b)
		cross := math.Sqrt(math.Pow(u[1]*v[2]-u[2]*v[1], 2) + math.Pow(u[2]*v[0]-u[0]*v[2], 2) + math.Pow(u[0]*v[1]-u[1]*v[0], 2))
		want := earth * math.Atan2(cross, u[0]*v[0]+u[1]*v[1]+u[2]*v[2])
		if got := Miles(a, b); math.Abs(got-want) > 1e-6 {
			t.Errorf("from %v to %v: %v, and by vectors %v", a, b, got, want)
		}
	}
}

func BenchmarkZIP(b *testing.B) {
	for b.Loop() {
		ZIP("98402")
	}
}
