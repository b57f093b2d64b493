package write_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"nwioi/internal/write"
)

// Of many updates at once none is lost, and nothing is left beside the file.
func TestUpdatesAtOnce(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "log")
	const n = 40
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() {
			err := write.Update(t.Context(), path, func(old []byte) ([]byte, error) { return fmt.Appendf(old, "line %d\n", i), nil })
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(string(text), "\n"); got != n {
		t.Errorf("the file has %d lines, want %d", got, n)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("the folder holds %v", left)
	}
}

// A file keeps its mode, a link stays a link, and what is read-only or refused stays as it is.
func TestUpdateTouchesNothingElse(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	put := func(mode os.FileMode) {
		t.Helper()
		os.Remove(file)
		if err := os.WriteFile(file, []byte("old"), mode); err != nil {
			t.Fatal(err)
		}
	}
	add := func(old []byte) ([]byte, error) { return append(old, " new"...), nil }
	put(0o600)
	if err := os.Symlink("file", link); err != nil {
		t.Skip(err)
	}
	if err := write.Update(t.Context(), link, add); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(file)
	info, _ := os.Stat(file)
	kind, _ := os.Lstat(link)
	if string(text) != "old new" || info.Mode().Perm() != 0o600 || kind.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the file holds %q with mode %v, the link is %v", text, info.Mode(), kind.Mode())
	}

	put(0o444)
	err := write.Update(t.Context(), file, add)
	if _, ok := errors.AsType[*write.Failed](err); !ok || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("a read-only file: %v", err)
	}
	refusal := errors.New("no")
	put(0o644)
	if err := write.Update(t.Context(), file, func([]byte) ([]byte, error) { return nil, refusal }); !errors.Is(err, refusal) {
		t.Errorf("a refusal becomes %v", err)
	}
	if text, _ := os.ReadFile(file); string(text) != "old" {
		t.Errorf("a refused change left %q", text)
	}
	if err := write.Update(t.Context(), dir, add); err == nil {
		t.Error("a folder was updated")
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := write.Update(stopped, filepath.Join(dir, "none", "file"), add); err == nil {
		t.Error("a file was made in a folder that does not exist")
	}
}
