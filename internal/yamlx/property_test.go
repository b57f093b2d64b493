package yamlx_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"

	"nwioi/internal/yamlx"
)

// A tree has texts, lists and groups inside one another.
type tree struct {
	Text  string             `yaml:"text" json:"text"`
	Texts []string           `yaml:"texts" json:"texts"`
	Yes   bool               `yaml:"yes" json:"yes"`
	Count int                `yaml:"count" json:"count"`
	Maybe *int               `yaml:"maybe" json:"maybe"`
	Part  part               `yaml:"part" json:"part"`
	Parts []part             `yaml:"parts" json:"parts"`
	Named map[string]part    `yaml:"named" json:"named"`
	Lists map[string][][]int `yaml:"lists" json:"lists"`
}

type part struct {
	A string `yaml:"a" json:"a"`
	B *bool  `yaml:"b" json:"b"`
}

func trees() *rapid.Generator[tree] {
	text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune(" \n\t:#-[]{}\"'|>&*!%@`,?~yesno0123.ä日\\"))),
		rapid.SampledFrom([]string{"yes", "null", "~", "", "01067", "1.10", "<<", "0x1F", "2026-01-01", "|\n a", "- a", "? b", "---", "...", " lead", "trail ", "a: b", "a #b"}))
	// What no YAML text can hold without tags, or what is refused wherever it stands.
	text = text.Filter(func(s string) bool {
		return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
			return unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\u2028' || r == '\u2029' || r == '\uFFFE' || r == '\uFFFF' || r == '\uFEFF'
		})
	})
	parts := rapid.Custom(func(t *rapid.T) part {
		return part{text.Draw(t, "a"), rapid.Ptr(rapid.Bool(), true).Draw(t, "b")}
	})
	return rapid.Custom(func(t *rapid.T) tree {
		return tree{
			Text: text.Draw(t, "text"), Texts: rapid.SliceOfN(text, 0, 4).Draw(t, "texts"), Yes: rapid.Bool().Draw(t, "yes"), Count: rapid.Int().Draw(t, "count"),
			Maybe: rapid.Ptr(rapid.Int(), true).Draw(t, "maybe"), Part: parts.Draw(t, "part"), Parts: rapid.SliceOfN(parts, 0, 3).Draw(t, "parts"),
			Named: rapid.MapOfN(text, parts, 0, 3).Draw(t, "named"),
			Lists: rapid.MapOfN(text, rapid.SliceOfN(rapid.SliceOfN(rapid.Int(), 0, 3), 0, 3), 0, 2).Draw(t, "lists"),
		}
	})
}

// Whatever a writer of YAML or JSON makes of a value reads back as the value, and nothing is reported.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := trees().Draw(t, "tree")
		for name, marshal := range map[string]func(any) ([]byte, error){"yaml": yaml.Marshal, "json": json.Marshal} {
			data, err := marshal(want)
			if err != nil {
				t.Fatal(err)
			}
			var own, got tree
			if name == "yaml" && (yaml.Unmarshal(data, &own) != nil || !cmp.Equal(want, own, cmpopts.EquateEmpty())) {
				continue // the writer's own mistake: it cannot write a text of nothing but line ends
			}
			if problems := yamlx.Decode("a.yaml", data, 1, &got); problems != nil {
				t.Fatalf("%s\nreported: %+v", data, problems)
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%s from\n%s\n%s", name, data, diff)
			}
		}
	})
}
