//go:build unix

package write

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"
)

// errLocked says that another build holds the lock.
var errLocked = errors.New("another build is at work")

// lock takes the lock of a folder without waiting. The system lets go of it when the process ends,
// however it does. On a disk without locks nobody is kept out.
func lock(folder string) (unlock func(), err error) {
	f, err := os.Open(folder)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err != syscall.EINTR {
			break
		}
	}
	switch {
	case err == nil:
		return func() { f.Close() }, nil
	case errors.Is(err, syscall.EWOULDBLOCK):
		f.Close()
		return nil, errLocked
	}
	f.Close()
	return func() {}, nil
}

// waitForLock takes the lock of a folder as soon as it is free.
func waitForLock(ctx context.Context, folder string) (unlock func(), err error) {
	for {
		unlock, err = lock(folder)
		if !errors.Is(err, errLocked) {
			return unlock, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}
