package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progressAfter is how long a step may take before a line says that it is under way.
const progressAfter = 500 * time.Millisecond

// progress says on a terminal what is being done, once that takes long, and takes the line back when
// done is called. Elsewhere than on a terminal it is silent.
func progress(w io.Writer, doing string) (done func()) {
	if !terminal(w) {
		return func() {}
	}
	var mu sync.Mutex
	shown, over := false, false
	timer := time.AfterFunc(progressAfter, func() {
		mu.Lock()
		defer mu.Unlock()
		if !over {
			shown = true
			fmt.Fprint(w, doing+" …")
		}
	})
	return func() {
		timer.Stop()
		mu.Lock()
		defer mu.Unlock()
		over = true
		if shown {
			fmt.Fprint(w, "\r\x1b[K")
		}
	}
}
