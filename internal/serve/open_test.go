//go:build linux

package serve_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nwioi/internal/serve"
)

// The first program that is there is given the address, and the server does not wait for it. Where there
// is none, the server says so and goes on.
func TestOpen(t *testing.T) {
	for _, program := range []string{"xdg-open", "wslview", "rundll32.exe", ""} {
		t.Run(program, func(t *testing.T) {
			dir := t.TempDir()
			told := filepath.Join(dir, "told")
			if program != "" {
				script := "#!/bin/sh\necho \"$@\" > '" + told + "'\nexec /bin/sleep 2\n"
				must(t, os.WriteFile(filepath.Join(dir, program), []byte(script), 0o755))
			}
			t.Setenv("PATH", dir)
			s := startAs(t, usual(), func(config *serve.Config) { config.Open = true })
			if program == "" {
				s.awaitLog("No browser could be opened")
			}
			if _, body := s.get("/about/"); plain(body) != "about us" {
				t.Errorf("the page is %q", plain(body))
			}
			if program == "" {
				return
			}
			for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(5 * time.Millisecond) {
				if text, _ := os.ReadFile(told); strings.HasSuffix(strings.TrimSpace(string(text)), s.url+"/") {
					break
				}
				if time.Now().After(deadline) {
					t.Fatal("the browser was not told the address")
				}
			}
		})
	}
}
