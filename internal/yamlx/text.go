package yamlx

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"nwioi/internal/diag"
)

const bom = "\uFEFF"

// CheckText returns a text file's content without a byte order mark and with every line ending in
// \n. It reports a file that is larger than MaxBytes, is not UTF-8 or holds a NUL; clean is nil then.
// Data is not modified; where there is nothing to clean, clean is data itself.
func CheckText(path string, data []byte) (clean []byte, problems diag.List) {
	refuse := func(pos diag.Pos, rule, message, hint, source string) (clean []byte, problems diag.List) {
		return nil, diag.List{{Path: path, Pos: pos, Severity: diag.Error, Rule: rule, Message: message, Hint: hint, Source: source}}
	}
	if len(data) > MaxBytes {
		return refuse(diag.Pos{}, "file/too-large",
			fmt.Sprintf("this file has %d KiB, and a text file may have %d at most", (len(data)+1023)>>10, MaxBytes>>10),
			"split it into several files", "")
	}
	if !utf8.Valid(data) {
		message, hint := "this file is not UTF-8 text", "save it again with the encoding UTF-8"
		if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
			return refuse(diag.Pos{}, "file/encoding", "this file is UTF-16 text, not UTF-8", hint, "")
		}
		at := 0
		for at < len(data) {
			r, size := utf8.DecodeRune(data[at:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		pos, line := placeOf(data, at)
		return refuse(pos, "file/encoding", message+": a character here is written in another encoding", hint, line)
	}
	if at := bytes.IndexByte(data, 0); at >= 0 {
		pos, line := placeOf(data, at)
		return refuse(pos, "file/encoding", "this is not a text file: it holds a NUL character",
			"save it as plain text with the encoding UTF-8", line)
	}
	for bytes.HasPrefix(data, []byte(bom)) {
		data = data[len(bom):]
	}
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	return data, nil
}

// placeOf returns the place of the byte at offset and the text of its line, whatever the encoding.
func placeOf(data []byte, offset int) (diag.Pos, string) {
	before := data[:offset]
	start := bytes.LastIndexAny(before, "\r\n") + 1
	end := len(data)
	if n := bytes.IndexAny(data[offset:], "\r\n"); n >= 0 {
		end = offset + n
	}
	lines := 1 + bytes.Count(before, []byte("\n")) + bytes.Count(before, []byte("\r")) - bytes.Count(before, []byte("\r\n"))
	col := 1 + utf8.RuneCount(bytes.TrimPrefix(before[start:], []byte(bom)))
	line := strings.TrimPrefix(strings.ToValidUTF8(string(data[start:end]), "\uFFFD"), bom)
	return diag.Pos{Line: lines, Col: col}, line
}
