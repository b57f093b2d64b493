package webtest

import (
	"bytes"
	"encoding/json"
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
func need(t testing.TB, lacking string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal("CI=true, and " + lacking)
	}
	t.Skip("skipped: " + lacking)
}

// npm returns the path of a file of the test-only npm packages.
func npm(t *testing.T, path string) string {
	t.Helper()
	full, err := filepath.Abs(filepath.Join("node_modules", path))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(full); err != nil {
		need(t, "the test-only npm packages are not installed (npm ci --ignore-scripts in internal/webtest)")
	}
	return full
}

// node hands input to one of the scripts of testdata, as JSON, and reads its answer into output.
func node(t *testing.T, script string, input, output any) {
	t.Helper()
	npm(t, "ical.js/package.json")
	program, err := exec.LookPath("node")
	if err != nil {
		need(t, "Node is not installed")
	}
	text, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), program, filepath.Join("testdata", script))
	var stdout, stderr bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(text), &stdout, &stderr
	if err := c.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", script, err, stderr.Bytes())
	}
	if err := json.Unmarshal(stdout.Bytes(), output); err != nil {
		t.Fatalf("%s: %v\n%s", script, err, short(stdout.String()))
	}
}
