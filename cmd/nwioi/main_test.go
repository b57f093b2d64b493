package main

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"nwioi": main})
}

// The scripts of testdata run the program as a shell would. Beside the commands of testscript they have
//
//	exits STATUS COMMAND ARGUMENT...   run a command, which must end with this very status
//	occupy VARIABLE                    listen at a free port and put its address into the variable
//	holds FOLDER TEXT...               some file of the folder holds each text; ! holds: no file does
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "occupy": occupy, "holds": holds,
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND ARGUMENT...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("the status is %d, want %d", got, want)
	}
}

func occupy(ts *testscript.TestScript, neg bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	ts.Setenv(args[0], l.Addr().String())
}

func holds(ts *testscript.TestScript, neg bool, args []string) {
	var all strings.Builder
	err := filepath.WalkDir(ts.MkAbs(args[0]), func(p string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			var text []byte
			text, err = os.ReadFile(p)
			all.WriteString(p + "\n")
			all.Write(text)
		}
		return err
	})
	ts.Check(err)
	for _, text := range args[1:] {
		if strings.Contains(all.String(), text) == neg {
			ts.Fatalf("%s holds %q: %t", args[0], text, neg)
		}
	}
}

// An interrupted build ends with a sentence and the status of a machine that did not do its part, and
// leaves nothing behind.
func TestInterruptedBuild(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "site.yaml"), []byte("title: Small\nurl: https://example.org/\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGUSR1)
	stop()
	var stdout, stderr strings.Builder
	if status := run(ctx, []string{"build", "--root", dir}, strings.NewReader(""), &stdout, &stderr); status != machineFailed {
		t.Errorf("the status is %d, want %d", status, machineFailed)
	}
	if !strings.Contains(stderr.String(), "interrupted") || stdout.Len() > 0 {
		t.Errorf("it says %q and prints %q", stderr.String(), stdout.String())
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("it leaves %v behind (%v)", left, err)
	}
}

// Queries and criteria of any size are harmless, and none is printed whole.
func TestLongQueries(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "site.yaml"), []byte("title: Small\nurl: https://example.org/\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	const megabytes = 10 << 20
	for _, c := range []struct {
		command, text string
		status        int
	}{
		{"search", strings.Repeat("painful sex ", megabytes/12), done},
		{"search", strings.Repeat("x", megabytes), done},
		{"search", "q=" + strings.Repeat("%41", megabytes/3), done},
		{"search", "state=" + strings.Repeat("WA&state=", megabytes/9), done},
		{"search", "a\x1b[2J\x00b", done},
		{"refer", strings.Repeat("couples, ", megabytes/9), wrongUsage},
		{"refer", strings.Repeat("x", 1999), wrongUsage},
		{"refer", "a\x1b[2Jb", wrongUsage},
	} {
		var stdout, stderr strings.Builder
		status := run(t.Context(), []string{c.command, "--root", dir, "--as-of", "2026-11-22", c.text}, strings.NewReader(""), &stdout, &stderr)
		if status != c.status {
			t.Errorf("%s %.20q: the status is %d, want %d: %s", c.command, c.text, status, c.status, stderr.String())
		}
		if said := stdout.Len() + stderr.Len(); said > 20000 || strings.ContainsAny(stdout.String()+stderr.String(), "\x1b\x00") {
			t.Errorf("%s %.20q: %d bytes are printed", c.command, c.text, said)
		}
	}
}
