package write

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// sites makes a stage and a published folder, each marked and with one file that says which it is.
func sites(t *testing.T) (stage, target string) {
	t.Helper()
	target = filepath.Join(t.TempDir(), "public")
	stage = target + staging + "123"
	for folder, text := range map[string]string{stage: "new", target: "old"} {
		if err := os.MkdirAll(filepath.Join(folder, Marker), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "index.html"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return stage, target
}

func says(t *testing.T, folder, want string) {
	t.Helper()
	got, err := os.ReadFile(filepath.Join(folder, "index.html"))
	if err != nil || string(got) != want {
		t.Errorf("%s says %q (%v), want %q", filepath.Base(folder), got, err, want)
	}
}

func TestSwap(t *testing.T) {
	unable := func(a, b string) error { return errors.ErrUnsupported }
	for name, step := range map[string]func(a, b string) error{"in one step": exchange, "in two steps": unable} {
		stage, target := sites(t)
		old, err := swap(stage, target, step)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		says(t, target, "new")
		says(t, old, "old")
		if err := recoverSite(target, "public"); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		says(t, target, "new")
		if _, err := os.Stat(old); err == nil {
			t.Errorf("%s: the old site was not cleaned up", name)
		}
	}
	// The second of two steps fails: the first is undone.
	stage, target := sites(t)
	os.RemoveAll(stage)
	if _, err := swap(stage, target, unable); err == nil {
		t.Error("a stage that is not there was published")
	}
	says(t, target, "old")
}

func TestASwapThatWasCutShortIsUndone(t *testing.T) {
	stage, target := sites(t)
	old := filepath.Join(filepath.Dir(target), "public"+previous+"123")
	if err := os.Rename(target, old); err != nil {
		t.Fatal(err)
	}
	if err := recoverSite(target, "public"); err != nil {
		t.Fatal(err)
	}
	says(t, target, "old")
	for _, left := range []string{stage, old} {
		if _, err := os.Stat(left); err == nil {
			t.Errorf("%s was not cleaned up", filepath.Base(left))
		}
	}
}
