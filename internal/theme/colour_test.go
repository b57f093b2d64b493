package theme_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestContrast holds every pair of tokens that meets on a page to WCAG 2.2: 7:1 for text (1.4.6), 3:1 for
// what shows where a control is (1.4.11), in both moods.
func TestContrast(t *testing.T) {
	data, err := os.ReadFile("../../themes/institute/styles/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, found := strings.Cut(string(data), "prefers-color-scheme: dark")
	if !found {
		t.Fatal("tokens.css has no dark mood")
	}
	for mood, css := range map[string]string{"light": light, "dark": dark} {
		colours := map[string]float64{}
		for _, m := range regexp.MustCompile(`--([\w-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(css, -1) {
			colours[m[1]] = luminance(t, m[2])
		}
		check := func(least float64, pairs ...string) {
			for _, pair := range pairs {
				front, back, _ := strings.Cut(pair, " on ")
				a, known := colours[front]
				b, alsoKnown := colours[back]
				if !known || !alsoKnown {
					t.Errorf("%s: tokens.css lacks a colour of %q", mood, pair)
					continue
				}
				if ratio := (max(a, b) + .05) / (min(a, b) + .05); ratio < least {
					t.Errorf("%s: %s has %.2f:1, less than %.1f:1", mood, pair, ratio, least)
				}
			}
		}
		check(7,
			"ink on paper", "ink on raised", "ink on tide", "soft on paper", "soft on raised", "soft on tide",
			"link on paper", "link on raised", "link on tide", "clay on paper", "clay on tide", "on-clay on clay",
			"amber on on-amber", "red on paper", "red on raised", "paper on ink")
		check(3, "line on paper", "line on raised", "line on tide", "clay on raised", "link on moss", "amber on paper")
	}
}

// luminance is the relative luminance of an sRGB colour, as WCAG defines it.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	channel := func(shift int) float64 {
		c := float64(n>>shift&255) / 255
		if c <= .04045 {
			return c / 12.92
		}
		return math.Pow((c+.055)/1.055, 2.4)
	}
	return .2126*channel(16) + .7152*channel(8) + .0722*channel(0)
}
