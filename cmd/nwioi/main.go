// Command nwioi makes the site of the Northwest Institute on Intimacy: it shows it while it is edited,
// checks it and publishes it. Run it without arguments for its commands.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // so that calendars do not depend on the machine's zone files
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run is main with its surroundings handed in. It returns the exit status: 0 done, 1 the content has
// errors, 2 wrong usage or a refused folder, 3 the machine failed.
func run(ctx context.Context, args []string, _ io.Reader, stdout, stderr io.Writer) int {
	return execute(ctx, commands(stdout, stderr), args, stderr)
}
