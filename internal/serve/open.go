package serve

import (
	"os/exec"
	"runtime"
)

// openBrowser asks the system to show an address, which is our own. It does not wait for the browser.
func openBrowser(address string) (err error) {
	for _, words := range browsers(runtime.GOOS) {
		command := exec.Command(words[0], append(words[1:], address)...)
		if err = command.Start(); err == nil {
			go command.Wait() // so that it does not stay as a zombie
			return nil
		}
	}
	return err
}

// browsers returns the commands that show an address on a system, the best first. Under WSL the browser
// is most often that of the Windows around it; the first two of its commands are found nowhere else.
func browsers(system string) [][]string {
	switch system {
	case "windows":
		return [][]string{{"rundll32", "url.dll,FileProtocolHandler"}}
	case "darwin":
		return [][]string{{"open"}}
	}
	return [][]string{{"wslview"}, {"rundll32.exe", "url.dll,FileProtocolHandler"}, {"xdg-open"}}
}
