package source

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file gets its new content whole, keeps its mode, and leaves nothing beside it.
func TestSave(t *testing.T) {
	root := t.TempDir()
	full := filepath.Join(root, "data", "a.yaml")
	if err := errors.Join(os.Mkdir(filepath.Dir(full), 0o755), os.WriteFile(full, []byte("old"), 0o640)); err != nil {
		t.Fatal(err)
	}
	if err := Save(root, "data/a.yaml", []byte("old"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(full)
	if err != nil || string(got) != "new" {
		t.Fatalf("the file holds %q, %v", got, err)
	}
	if info, _ := os.Stat(full); info.Mode().Perm() != 0o640 {
		t.Errorf("the mode became %v", info.Mode())
	}
	if left, _ := os.ReadDir(filepath.Dir(full)); len(left) != 1 {
		t.Errorf("%v lie in the folder", left)
	}
}

// A file that changed meanwhile, or is gone, is left alone.
func TestSaveOfWhatChanged(t *testing.T) {
	root := t.TempDir()
	full := filepath.Join(root, "a.yaml")
	if err := os.WriteFile(full, []byte("edited"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Save(root, "a.yaml", []byte("old"), []byte("new")); !errors.Is(err, ErrChanged) {
		t.Errorf("the error is %v", err)
	}
	if got, _ := os.ReadFile(full); string(got) != "edited" {
		t.Errorf("the file holds %q", got)
	}
	if err := Save(root, "gone.yaml", []byte("old"), []byte("new")); !errors.Is(err, ErrChanged) {
		t.Errorf("the error is %v", err)
	}
	if _, err := os.Stat(filepath.Join(root, "gone.yaml")); err == nil {
		t.Error("a file that was gone is back")
	}
}

// Nothing is written through a link or outside of the folder.
func TestSaveThroughLinks(t *testing.T) {
	top := t.TempDir()
	root, outside := filepath.Join(top, "site"), filepath.Join(top, "outside")
	for _, dir := range []string{root, outside} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	far := filepath.Join(outside, "a.yaml")
	err := errors.Join(os.WriteFile(far, []byte("old"), 0o644),
		os.Symlink(far, filepath.Join(root, "a.yaml")), os.Symlink(outside, filepath.Join(root, "data")))
	if err != nil {
		t.Skip(err)
	}
	for _, file := range []string{"a.yaml", "data/a.yaml", "../outside/a.yaml"} {
		err := Save(root, file, []byte("old"), []byte("new"))
		if err == nil || strings.HasPrefix(file, "..") == strings.Contains(err.Error(), "link") {
			t.Errorf("%s: the error is %v", file, err)
		}
		if got, _ := os.ReadFile(far); string(got) != "old" {
			t.Fatalf("%s was written through", file)
		}
	}
}
