package webtest

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

var shots = flag.String("shots", "", "write screenshots into this `folder`")

func TestMain(m *testing.M) {
	flag.Parse()
	status := m.Run()
	closeBrowser()
	closeSites()
	os.Exit(status)
}

// need skips the test for want of something that a machine may lack, and fails it where CI=true.
func need(t *testing.T, lacking string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(lacking)
	}
	t.Skip(lacking)
}

// npm returns the path of a file of the test-only npm packages.
func npm(t *testing.T, path string) string {
	t.Helper()
	full, err := filepath.Abs(filepath.Join("node_modules", path))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(full); err != nil {
		need(t, "skipped: the test-only npm packages are not installed (npm ci --ignore-scripts in internal/webtest)")
	}
	return full
}

// node runs one of the scripts of testdata with Node and returns what it printed.
func node(t *testing.T, script string, args ...string) []byte {
	t.Helper()
	npm(t, "ical.js/package.json")
	program, err := exec.LookPath("node")
	if err != nil {
		need(t, "skipped: Node is not installed")
	}
	out, err := exec.CommandContext(t.Context(), program, append([]string{filepath.Join("testdata", script)}, args...)...).Output()
	if err != nil {
		words := err.Error()
		if failed, ok := err.(*exec.ExitError); ok {
			words += "\n" + string(failed.Stderr)
		}
		t.Fatalf("%s: %s\n%s", script, words, out)
	}
	return out
}
