//go:build !linux

package write

import "errors"

// exchange is not to be had here in one step.
func exchange(a, b string) error { return errors.ErrUnsupported }
