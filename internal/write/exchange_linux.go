package write

import (
	"runtime"
	"syscall"
	"unsafe"
)

// renameat2 is the number of the system call on each architecture; package syscall was frozen before
// it came.
func renameat2() uintptr {
	switch runtime.GOARCH {
	case "amd64":
		return 316
	case "arm64", "riscv64", "loong64":
		return 276
	case "386":
		return 353
	case "arm":
		return 382
	case "ppc64", "ppc64le":
		return 357
	case "s390x":
		return 347
	}
	return 0
}

// exchange makes two folders change places in one step that cannot be seen half done: renameat2(2)
// with RENAME_EXCHANGE.
func exchange(a, b string) error {
	const here, exchangeFlag = -100, 2 // AT_FDCWD, RENAME_EXCHANGE
	number := renameat2()
	if number == 0 {
		return syscall.ENOSYS
	}
	from, err := syscall.BytePtrFromString(a)
	if err != nil {
		return err
	}
	to, err := syscall.BytePtrFromString(b)
	if err != nil {
		return err
	}
	at := here
	for {
		_, _, errno := syscall.Syscall6(number, uintptr(at), uintptr(unsafe.Pointer(from)),
			uintptr(at), uintptr(unsafe.Pointer(to)), exchangeFlag, 0)
		if errno == 0 {
			return nil
		}
		if errno != syscall.EINTR {
			return errno
		}
	}
}
