package yamlx_test

import (
	"os"
	"testing"

	"gopkg.in/yaml.v3"

	"nwioi/internal/yamlx"
)

// profile is a record of the usual size and shape: groups on one line, short lists, a page of text.
type profile struct {
	Name     name     `yaml:"name" need:"yes"`
	Pronouns string   `yaml:"pronouns"`
	Status   string   `yaml:"status" need:"yes" pattern:"^(active|paused|alumni)$"`
	Headline string   `yaml:"headline" need:"yes" max:"120"`
	Degrees  []string `yaml:"degrees"`
	Licenses []struct {
		State    string `yaml:"state" need:"yes"`
		Type     string `yaml:"type" need:"yes"`
		Number   string `yaml:"number" need:"yes"`
		Expires  day    `yaml:"expires"`
		Verified day    `yaml:"verified_on"`
	} `yaml:"licenses" need:"yes"`
	CIIP struct {
		Since day `yaml:"since" need:"yes"`
	} `yaml:"ciip" need:"yes"`
	Specialties struct {
		Top   []string `yaml:"top" max:"3"`
		Other []string `yaml:"other" max:"9"`
	} `yaml:"specialties" need:"yes"`
	Languages []string `yaml:"languages" need:"yes"`
	Formats   struct {
		InPerson   bool `yaml:"in_person"`
		Telehealth bool `yaml:"telehealth"`
	} `yaml:"formats"`
	Fees struct {
		Individual *struct {
			Amount  int `yaml:"amount" need:"yes"`
			Minutes int `yaml:"minutes" need:"yes"`
		} `yaml:"individual"`
		AsOf day `yaml:"as_of"`
	} `yaml:"fees"`
	Contact yamlx.Map[string] `yaml:"contact"`
	Bio     string            `yaml:"bio" need:"yes"`
}

func BenchmarkDecode(b *testing.B) {
	data, err := os.ReadFile("testdata/profile.yaml")
	if err != nil {
		b.Fatal(err)
	}
	var p profile
	if problems := yamlx.Decode("profile.yaml", data, 1, &p); problems != nil {
		b.Fatal(problems)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		var p profile
		yamlx.Decode("profile.yaml", data, 1, &p)
	}
}

// What the YAML reader takes of that.
func BenchmarkNodes(b *testing.B) {
	data, err := os.ReadFile("testdata/profile.yaml")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		var n yaml.Node
		if err := yaml.Unmarshal(data, &n); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBroken(b *testing.B) {
	data, err := os.ReadFile("testdata/profile.yaml")
	if err != nil {
		b.Fatal(err)
	}
	data = append([]byte("degrees: [\n"), data...)
	b.ReportAllocs()
	for b.Loop() {
		var p profile
		yamlx.Decode("profile.yaml", data, 1, &p)
	}
}
